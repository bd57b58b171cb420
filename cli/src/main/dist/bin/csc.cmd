@echo off
rem csc as it is downloaded. Environment: JAVA_HOME, CSC_JAVA_OPTS (options for the JVM), CSC_PLUGINS (folder of drop-in
rem plugins, default drop-in\ in the folder of csc).
setlocal EnableExtensions DisableDelayedExpansion
for %%d in ("%~dp0..") do set "DIST=%%~fd"
rem The self-contained image has a Java of its own.
set "JAVA=%DIST%\runtime\bin\java.exe"
if exist "%JAVA%" goto :found

set "FOUND="
if defined JAVA_HOME call :try "%JAVA_HOME%"
if not defined FOUND for /f "delims=" %%j in ('where java 2^>nul') do if not defined FOUND call :try "%%~dpj.."
for %%d in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\BellSoft" "%ProgramFiles%\Amazon Corretto" "%LocalAppData%\Programs\Eclipse Adoptium" "%UserProfile%\.jdks" "%UserProfile%\scoop\apps") do (
  if not defined FOUND if exist "%%~d" for /d %%j in ("%%~d\*") do if not defined FOUND call :try "%%~j"
)
if not defined FOUND (
  echo csc: no JDK 25 or newer found ^(JAVA_HOME, PATH, Program Files^): install one, for example Temurin 25 from https://adoptium.net, set JAVA_HOME to it, or take the image of csc that has its own Java. 1>&2
  exit /b 1
)
set "JAVA=%FOUND%\bin\java.exe"

:found
if not defined CSC_PLUGINS set "CSC_PLUGINS=%DIST%\drop-in"
"%JAVA%" "@%DIST%\jvm.options" %CSC_JAVA_OPTS% "-Dcsc.home=%DIST%" "-Dcsc.plugins=%CSC_PLUGINS%" -cp "%DIST%\lib\*" org.scenecontexts.cli.Main %*
exit /b %errorlevel%

rem Sets FOUND where the folder %1 is a JDK 25 or newer, by its release file, as csc.cmd of the sources does.
:try
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%v in ('findstr /b "JAVA_VERSION=" "%~1\release"') do for /f "delims=.-+" %%m in ("%%~v") do if %%m GEQ 25 set "FOUND=%~f1"
exit /b 0
