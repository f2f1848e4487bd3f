"""The promises of the workshop: locks without addresses, vendored files as listed, errors that say what to do."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError

from config.management.commands.serve import check_port

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.txt", "requirements-dev.txt"]


def executable(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)
    return path


# -- Locks and vendored files ----------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_address(lock: str) -> None:
    assert re.findall(r"\w+://\S*|--(?:extra-)?index-url|--find-links", (ROOT / lock).read_text()) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_every_package_with_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text().replace("\\\n", " ")
    requirements = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]

    assert len(requirements) > 10
    assert [line for line in requirements if not re.match(r"^[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []


def test_locks_agree_on_every_version() -> None:
    pins = [dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE)) for lock in LOCKS]

    assert pins[0].items() <= pins[1].items()


def vendor_check(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, root / "bin/vendor.py", "--check"], capture_output=True, text=True, env={"PATH": ""}
    )


@pytest.fixture
def vendored(tmp_path: Path) -> Path:
    for part in ("bin", "static/vendor", "tests/browser/vendor", "debates/formats/fonts"):
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path


def test_vendored_files_are_as_listed() -> None:
    assert vendor_check(ROOT).returncode == 0


def test_vendored_file_that_was_changed_is_named(vendored: Path) -> None:
    with (vendored / "static/vendor/htmx.min.js").open("a") as file:
        file.write(";")

    done = vendor_check(vendored)

    assert done.returncode == 1
    assert "static/vendor/htmx.min.js" in done.stderr


def test_vendored_file_that_nobody_listed_is_named(vendored: Path) -> None:
    (vendored / "static/vendor/stray.js").write_text("")

    done = vendor_check(vendored)

    assert done.returncode == 1
    assert "static/vendor/stray.js" in done.stderr


# What PDF and PNG are set in.
FONTS = ("noto-sans", "noto-sans-kr", "noto-sans-arabic", "noto-sans-hebrew")


def test_vendored_packages_name_their_licence() -> None:
    packages = json.loads((ROOT / "static/vendor/VENDORED.json").read_text())

    fonts = {f"@expo-google-fonts/{name}" for name in FONTS}
    assert {package["name"] for package in packages} == {"htmx.org", "axe-core"} | fonts
    for package in packages:
        assert package["licence"]
        assert any("LICENSE" in file["path"] for file in package["files"])


# -- A machine that lacks something ------------------------------------------------------------------------


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A PATH with the few programs that any machine has, and no Python."""
    folder = tmp_path / "path"
    folder.mkdir()
    for name in ("sh", "env"):
        (folder / name).symlink_to(shutil.which(name) or "")
    return folder


def find_python(path: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(path), "HOME": str(home)}
    return subprocess.run([ROOT / "bin/python", *arguments], env=environment, capture_output=True, text=True)


OLD_PYTHON = '#!/bin/sh\ncase "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac\n'


def test_old_python_gets_one_sentence(bare_path: Path, tmp_path: Path) -> None:
    executable(bare_path / "python3", OLD_PYTHON)

    done = find_python(bare_path, tmp_path, "bin/workshop.py", "run")

    assert done.returncode == 1
    assert done.stderr == (
        "Counterpoint needs Python 3.12 or newer, and this machine has Python 3.9.2: "
        "install Python 3.13 and run this again.\n"
    )


@pytest.fixture
def clean_debian(bare_path: Path, tmp_path: Path) -> Path:
    """A machine with the programs that every Debian has, an old Python, and a note of what is installed."""
    for name in ("bash", "dirname", "mktemp", "chmod", "id", "rm"):
        (bare_path / name).symlink_to(shutil.which(name) or "")
    executable(bare_path / "python3", OLD_PYTHON)
    note = f'#!/bin/sh\necho "$*" >> {tmp_path / "apt"}\n'
    executable(bare_path / "apt-get", note)
    executable(bare_path / "sudo", '#!/bin/sh\nshift\nexec "$@"\n')
    return bare_path


def test_ci_on_a_debian_whose_python_is_too_old_stops_with_one_sentence(clean_debian: Path, tmp_path: Path) -> None:
    environment = {"PATH": str(clean_debian), "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}

    done = subprocess.run([ROOT / ".ci/run"], env=environment, capture_output=True, text=True)

    asked = (tmp_path / "apt").read_text().splitlines()
    assert [line.partition("recommends ")[2] for line in asked if "install" in line] == ["python3 python3-venv"]
    assert (done.returncode, done.stdout) == (1, "── Debian packages: python3 python3-venv\n")
    assert done.stderr.startswith("Counterpoint needs Python 3.12 or newer, and this machine has Python 3.9.2")
    assert len(done.stderr.splitlines()) == 1


def test_newer_python_beside_an_old_one_is_used(bare_path: Path, tmp_path: Path) -> None:
    executable(bare_path / "python3", OLD_PYTHON)
    (bare_path / "python3.13").symlink_to(sys.executable)

    done = find_python(bare_path, tmp_path, "-c", "print('found')")

    assert (done.returncode, done.stdout) == (0, "found\n")


def test_python_of_a_version_manager_is_found(bare_path: Path, tmp_path: Path) -> None:
    executable(bare_path / "python3", OLD_PYTHON)
    found = tmp_path / ".pyenv/versions/3.13.9/bin/python3"
    executable(found, f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')

    done = find_python(bare_path, tmp_path, "-c", "print('found')")

    assert (done.returncode, done.stdout) == (0, "found\n")


@pytest.mark.parametrize(
    ("said_by_pip", "sentence"),
    [
        ("error: command 'gcc' failed: No such file or directory", "there is no C compiler"),
        ("NewConnectionError: Failed to establish a new connection", "could not be downloaded"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one the lock names"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("something nobody foresaw", "something nobody foresaw"),
    ],
)
def test_failed_installation_says_what_to_do(tmp_path: Path, said_by_pip: str, sentence: str) -> None:
    for name in ("bin", "requirements.txt"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    executable(
        tmp_path / ".venv/bin/python",
        f'#!/bin/sh\ncase "$*" in *install*) echo "{said_by_pip}"; exit 1;; esac\n',
    )
    executable(tmp_path / ".venv/bin/pip", "#!/bin/sh\n")

    done = subprocess.run(
        [sys.executable, tmp_path / "bin/workshop.py", "run"], capture_output=True, text=True, env=dict(os.environ)
    )

    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_workshop_names_its_commands() -> None:
    done = subprocess.run([sys.executable, ROOT / "bin/workshop.py", "dance"], capture_output=True, text=True)

    assert done.returncode == 1
    assert done.stderr.startswith("Say what to do: run, test, check")


def test_taken_port_suggests_another() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CommandError, match=rf"Port {port} is in use: .* `make run PORT={port + 1}`"):
            check_port("127.0.0.1", port)


def test_free_port_is_accepted() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]

    check_port("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_address_of_another_machine_is_named(host: str) -> None:
    with pytest.raises(CommandError, match=f"HOST={host} is not an address of this machine"):
        check_port(host, 8000)


@pytest.mark.parametrize("port", [0, 99999])
def test_number_that_is_no_port_is_named(port: int) -> None:
    with pytest.raises(CommandError, match=f"PORT={port} is not the number of a port"):
        check_port("127.0.0.1", port)
