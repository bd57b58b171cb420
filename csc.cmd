@echo off
rem csc: builds on first use, then runs. Environment: JAVA_HOME, CSC_JAVA_OPTS (options for the JVM),
rem CSC_PLUGINS (folder of drop-in plugins, default plugins\ beside this script).
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"
if "%ROOT:~-1%"=="\" set "ROOT=%ROOT:~0,-1%"
set "DIST=%ROOT%\cli\target\dist"

set "FOUND="
if defined JAVA_HOME call :try "%JAVA_HOME%"
if not defined FOUND for /f "delims=" %%j in ('where java 2^>nul') do if not defined FOUND call :try "%%~dpj.."
for %%d in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\BellSoft" "%ProgramFiles%\Amazon Corretto" "%LocalAppData%\Programs\Eclipse Adoptium" "%UserProfile%\.jdks" "%UserProfile%\scoop\apps") do (
  if not defined FOUND if exist "%%~d" for /d %%j in ("%%~d\*") do if not defined FOUND call :try "%%~j"
)
if not defined FOUND (
  echo csc: no JDK 25 or newer found ^(JAVA_HOME, PATH, Program Files^): install one, for example Temurin 25 from https://adoptium.net, or set JAVA_HOME to it. 1>&2
  exit /b 1
)
set "JAVA_HOME=%FOUND%"

set "LOCK=%ROOT%\.csc-building"
set "TOLD="
call :stale
if not defined STALE goto :built

rem One process at a time builds: making a folder succeeds for one only. A lock older than half an hour is a killed one's.
:lock
mkdir "%LOCK%" 2>nul && goto :locked
if not exist "%LOCK%" (
  echo csc: %ROOT% cannot be written, so csc cannot be built there; copy the project to a folder of your own. 1>&2
  exit /b 1
)
if not defined TOLD echo csc: another csc is building; waiting for it ^(its lock is %LOCK%^) ... 1>&2
set "TOLD=1"
powershell -NoProfile -Command "if ((Get-Item -LiteralPath $env:LOCK).LastWriteTime -lt (Get-Date).AddMinutes(-30)) { Remove-Item -LiteralPath $env:LOCK -Recurse }; Start-Sleep -Seconds 1" 2>nul
goto :lock

:locked
rem Another csc may have built it while this one waited.
call :stale
if defined STALE (
  echo csc: building ^(once, and again when a source changes^) ... 1>&2
  pushd "%ROOT%"
  call mvnw.cmd -q -B -ntp -Dmaven.test.skip=true -Djacoco.skip=true -pl cli -am package 1>&2
  if errorlevel 1 (
    popd
    rmdir /s /q "%LOCK%"
    echo csc: the build failed; mvnw.cmd package shows all of it. 1>&2
    exit /b 1
  )
  popd
)
rmdir /s /q "%LOCK%"

:built
rem A cache of loaded classes for each command, as in csc.
set "CACHE=csc"
for %%c in (run validate evaluate predict plugins weights info) do if "%~1"=="%%c" set "CACHE=csc-%%c"

if not defined CSC_PLUGINS set "CSC_PLUGINS=%ROOT%\plugins"
"%JAVA_HOME%\bin\java.exe" "@%DIST%\jvm.options" %CSC_JAVA_OPTS% "-XX:SharedArchiveFile=%DIST%\%CACHE%.jsa" -XX:+AutoCreateSharedArchive -Xlog:cds=off -Xlog:cds+dynamic=off "-Dcsc.home=%DIST%" "-Dcsc.plugins=%CSC_PLUGINS%" -cp "%DIST%\lib\*" org.scenecontexts.cli.Main %*
exit /b %errorlevel%

rem Sets STALE where the distribution is missing or older than a source, and clears it elsewhere.
:stale
set "STALE=1"
if exist "%DIST%\stamp" (
  set "STALE="
  for /f "delims=" %%s in ('powershell -NoProfile -Command "$t=(Get-Item -LiteralPath $env:DIST\stamp).LastWriteTime; Get-ChildItem -Path $env:ROOT\pom.xml,$env:ROOT\*\pom.xml,$env:ROOT\*\src\main -Recurse | Where-Object { $_.LastWriteTime -gt $t } | Select-Object -First 1 -ExpandProperty Name"') do set "STALE=1"
)
exit /b 0

rem Sets FOUND where the folder %1 is a JDK 25 or newer, by its release file.
:try
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%v in ('findstr /b "JAVA_VERSION=" "%~1\release"') do for /f "delims=.-+" %%m in ("%%~v") do if %%m GEQ 25 set "FOUND=%~f1"
exit /b 0
