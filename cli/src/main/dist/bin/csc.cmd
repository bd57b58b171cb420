@echo off
rem csc as it is downloaded. Environment: JAVA_HOME, CSC_JAVA_OPTS (options for the JVM), CSC_PLUGINS (folder of drop-in
rem plugins, default drop-in\ in the folder of csc).
setlocal EnableExtensions DisableDelayedExpansion
for %%d in ("%~dp0..") do set "DIST=%%~fd"
set "JAVA=%DIST%\runtime\bin\java.exe"
if not exist "%JAVA%" if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
if not exist "%JAVA%" for /f "delims=" %%j in ('where java 2^>nul') do if not exist "%JAVA%" set "JAVA=%%j"
if not exist "%JAVA%" (
  echo csc: no Java found; install a JDK 25, for example Temurin 25 from https://adoptium.net, and set JAVA_HOME to it. 1>&2
  exit /b 1
)
if not defined CSC_PLUGINS set "CSC_PLUGINS=%DIST%\drop-in"
"%JAVA%" "@%DIST%\jvm.options" %CSC_JAVA_OPTS% "-Dcsc.home=%DIST%" "-Dcsc.plugins=%CSC_PLUGINS%" -cp "%DIST%\lib\*" org.scenecontexts.cli.Main %*
exit /b %errorlevel%
