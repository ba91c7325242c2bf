@echo off
rem Starts FerriteDB with the run-time image beside it, else with a Java 25 or newer of this machine.
rem FERRITEDB_JAVA_OPTS: further flags for the JVM, such as -Xmx1g.
setlocal
for %%i in ("%~dp0..") do set "HOME_DIR=%%~fi"
set "JAVA_CMD=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA_CMD=%JAVA_HOME%\bin\java.exe"
if exist "%HOME_DIR%\runtime\bin\java.exe" set "JAVA_CMD=%HOME_DIR%\runtime\bin\java.exe"
set "CACHE="
if exist "%HOME_DIR%\lib\ferritedb.aot" set CACHE="-XX:AOTCache=%HOME_DIR%\lib\ferritedb.aot"
"%JAVA_CMD%" "@%HOME_DIR%\lib\jvm.options" "-Dferritedb.home=%HOME_DIR%" %FERRITEDB_JAVA_OPTS% %CACHE% -jar "%HOME_DIR%\lib\ferritedb.jar" %*
exit /b %ERRORLEVEL%
