# The Makefile's words for Windows: powershell -ExecutionPolicy Bypass -File make.ps1 run|test|bench
param([ValidateSet("run", "test", "bench")][string]$Target = "run", [int]$Port = 8501)
$ErrorActionPreference = "Stop"
Set-Location $PSScriptRoot
$env:TZ = "UTC"
$env:PYTHONUTF8 = "1"
$Python = ".venv\Scripts\python.exe"

function Invoke-Step([string]$Program, [string[]]$Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

$Lock = if ($Target -eq "run") { "requirements-run.txt" } else { "requirements-dev.txt" }
$Stamp = ".venv\" + $Lock
if (-not (Test-Path $Python)) { Invoke-Step "py" @("-3", "-m", "venv", ".venv") }
$Fresh = (Test-Path $Stamp) -and ((Get-FileHash $Stamp).Hash -eq (Get-FileHash $Lock).Hash)
if (-not $Fresh) {
    Invoke-Step $Python @("-m", "pip", "install", "--quiet", "--require-hashes", "-r", $Lock)
    Invoke-Step $Python @("-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", ".")
    Copy-Item $Lock $Stamp
}

switch ($Target) {
    "run" { Invoke-Step $Python @("-m", "ecodash.cli", "run", "--port", "$Port") }
    "bench" { Invoke-Step $Python @("-m", "benchmarks") }
    "test" {
        Invoke-Step $Python @("-m", "ruff", "check", ".")
        Invoke-Step $Python @("-m", "ruff", "format", "--check", ".")
        Invoke-Step $Python @("-m", "mypy", "--strict")
        Invoke-Step ".venv\Scripts\lint-imports.exe" @()
        Invoke-Step $Python @("-m", "pytest", "-n", "2", "--dist", "loadfile")
    }
}
