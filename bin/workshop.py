"""The commands behind the Makefile: an environment from the locks, and in it whatever was asked for.

Standard library alone, because it runs before anything is installed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
RUN_LOCK, DEV_LOCK = "requirements.txt", "requirements-dev.txt"
MADE_AGAIN = [
    ".venv", "staticfiles", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache",
    ".coverage", "htmlcov",
]  # fmt: skip

# What pip says, and what that means to someone who only wanted to start the program.
PIP_TROUBLES = {
    "A package has to be compiled here and there is no C compiler: install one (Debian and Ubuntu: "
    "`apt install build-essential python3-dev`; macOS: `xcode-select --install`) and run this again.": (
        "command 'gcc' failed", "command 'cc' failed", "command 'clang' failed", "No such file or directory: 'gcc'",
        "No such file or directory: 'cc'", "Python.h: No such file", "linker `cc` not found",
        "Microsoft Visual C++",
    ),
    "The packages could not be downloaded: check the network (or pip's proxy and mirror settings) and run this "
    "again.": (
        "Failed to establish a new connection", "NewConnectionError", "NameResolutionError", "Connection refused",
        "Temporary failure in name resolution", "ConnectTimeout", "Read timed out", "ProxyError", "SSLError",
        "No matching distribution found",
    ),
    "The disk is full: make room (about 300 MB) and run this again.": ("No space left on device",),
    "A downloaded package is not the one the lock names, so nothing was installed: run this again, and if it "
    "stays so, tell whoever keeps this repository.": ("DO NOT MATCH THE HASHES",),
}  # fmt: skip


def say(text: str) -> None:
    print(text, flush=True)


def stop(sentence: str) -> None:
    raise SystemExit(sentence)


# -- The environment -------------------------------------------------------------------------------


def make_venv() -> None:
    """A virtual environment that works; one left by a Python that has gone is made anew."""
    works = (BIN / "python").exists() and not subprocess.run(
        [BIN / "python", "-c", "import sys, ensurepip; sys.exit(sys.version_info < (3, 12))"],
        capture_output=True,
    ).returncode
    if works and (BIN / "pip").exists():
        return
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if made.returncode:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        stop(
            f"This Python {version} cannot make virtual environments: install its venv package "
            f"(Debian and Ubuntu: `apt install python{version}-venv`) and run this again."
        )


def install(lock: str) -> None:
    """What the lock names, with checked hashes; nothing at all when the lock has not changed."""
    stamp = VENV / f"{lock}.installed"
    wanted = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted and os.access(BIN / "python", os.X_OK):
        return
    make_venv()
    say(f"Installing the packages of {lock} (once; a minute or so) …")
    # Isolated from the user's own packages, not from pip's settings: a school may need its mirror or proxy.
    pip: list[str | Path] = [
        BIN / "python",
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "install",
        "--prefer-binary",
    ]
    done = subprocess.run(
        [*pip, "--require-hashes", "-r", ROOT / lock], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        explain(done.stdout)
    stamp.write_text(wanted)


def explain(output: str) -> None:
    for sentence, signs in PIP_TROUBLES.items():
        if any(sign in output for sign in signs):
            stop(sentence)
    tail = "\n".join(output.splitlines()[-15:])
    stop(f"{tail}\npip could not install the packages; its last lines stand above.")


def start(*command: str | Path) -> None:
    """Become the command, so that signals reach it and its exit code is ours."""
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execv(command[0], [str(part) for part in command])  # noqa: S606


# -- The commands ----------------------------------------------------------------------------------


def run() -> None:
    if os.name == "nt":
        stop("The server does not run on Windows itself: install WSL (`wsl --install`) and run `make run` inside it.")
    install(RUN_LOCK)
    start(BIN / "python", "manage.py", "serve")


def test(*arguments: str) -> None:
    install(DEV_LOCK)
    start(BIN / "python", "-m", "pytest", "-n", "auto", *arguments)


def bench(*arguments: str) -> None:
    install(DEV_LOCK)
    start(BIN / "python", "-m", "benchmarks", *arguments)


def check() -> None:
    """Every check, all of them even when one fails, then the tests."""
    install(DEV_LOCK)
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    if failed:
        stop("Failed: " + ", ".join(failed) + ".")
    say("All checks passed.")


def passes(name: str, command: list[str]) -> bool:
    say(f"── {name}")
    started = time.monotonic()
    program: list[str | Path] = [BIN / command[0], *command[1:]]
    production = {"SECRET_KEY": "k" * 25 + "0123456789" * 3, "HTTPS": "on", "ALLOWED_HOSTS": "counterpoint.example"}
    mail = {"SMTP_HOST": "mail.counterpoint.example"}
    environment = os.environ | production | mail if "--deploy" in command else os.environ
    done = subprocess.run(program, cwd=ROOT, env=environment)
    say(f"   {'passed' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - started:.0f} s")
    return done.returncode == 0


TEMPLATES = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
CHECKS = {
    "style": ["ruff", "check", "--quiet"],
    "format": ["ruff", "format", "--check", "--quiet"],
    "types": ["mypy"],
    "imports": ["lint-imports"],
    "templates": ["djade", "--check", "--target-version", "6.1", *TEMPLATES],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "production settings": ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "vendored files": ["python", "bin/vendor.py", "--check"],
    "YAML": ["yamllint", "--strict", "."],
    "compose file": ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
    "Dockerfile": ["hadolint", "Dockerfile"],
    "tests": ["python", "-m", "pytest", "-n", "auto"],
}


def reformat() -> None:
    install(DEV_LOCK)
    subprocess.run([BIN / "ruff", "format"], cwd=ROOT, check=True)
    # It answers 1 when it changed something, which is what it was asked to do.
    subprocess.run([BIN / "djade", "--target-version", "6.1", *TEMPLATES], cwd=ROOT)


def lock() -> None:
    """Both locks anew, with hashes and without the address of any index."""
    install(DEV_LOCK)
    common: list[str | Path] = [
        BIN / "uv", "pip", "compile", "pyproject.toml", "--quiet", "--upgrade", "--universal",
        "--python-version", "3.12", "--generate-hashes", "--no-emit-index-url", "--no-header",
    ]  # fmt: skip
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never"}
    for command in (["-o", RUN_LOCK], ["--group", "dev", "-c", RUN_LOCK, "-o", DEV_LOCK]):
        subprocess.run([*common, *command], cwd=ROOT, env=environment, check=True)
    say(f"Locked: {RUN_LOCK}, {DEV_LOCK}. Run `make check` and read the difference before you commit it.")


def vendor() -> None:
    if not shutil.which("npm"):
        stop("Fetching the browser libraries needs npm: install Node.js and run this again.")
    start(sys.executable, ROOT / "bin" / "vendor.py")


def clean() -> None:
    for name in MADE_AGAIN:
        path = ROOT / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    say("Removed what can be made again. Your data in var/ is untouched.")


COMMANDS = {task.__name__: task for task in (run, test, check, bench, lock, vendor, clean)} | {"format": reformat}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        stop("Say what to do: " + ", ".join(COMMANDS) + ".")
    COMMANDS[sys.argv[1]](*sys.argv[2:])
