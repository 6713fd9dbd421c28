# escape=`
FROM mcr.microsoft.com/windows/servercore:ltsc2022
SHELL ["powershell", "-Command"]
RUN Invoke-WebRequest https://aka.ms/vs/17/release/vs_buildtools.exe -OutFile vs_buildtools.exe
# expect: shipped/no-compiler: what ships contains c-compiler
RUN Start-Process vs_buildtools.exe -Wait -ArgumentList @( `
      '--quiet', '--add', 'Microsoft.VisualStudio.Component.VC.Tools.x86.x64')
