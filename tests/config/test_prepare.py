"""`manage.py prepare` makes an empty machine ready, and a ready one is left as it is."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.fixtures import Settings

from config.management.commands.prepare import fingerprint
from tests.config.test_settings import ROOT, environment_of, manage


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("prepared")
    done = prepare(data)
    assert done.returncode == 0, done.stderr
    return data


def on(data: Path) -> dict[str, str]:
    """The environment of a site that keeps everything in one folder, on SQLite whatever the suite runs on."""
    return {"DATABASE_URL": f"sqlite:///{data / 'site.sqlite3'}", "STATIC_ROOT": str(data / "static")}


def prepare(data: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return manage(data, "prepare", *arguments, **on(data), **environment)


def test_prepared_site_is_ready(prepared: Path) -> None:
    script = "from django.test import Client; print(Client(headers={'host': 'localhost'}).get('/health/ready').json())"

    done = manage(prepared, "shell", "--no-imports", "-c", script, LOG_LEVEL="ERROR", **on(prepared))

    assert done.stdout.strip() == "{'database': 'ok', 'migrations': 'ok', 'cache': 'ok'}", done.stderr


def test_static_files_are_collected_once(prepared: Path) -> None:
    manifest = prepared / "static/staticfiles.json"
    before = manifest.stat().st_mtime_ns

    done = prepare(prepared)

    assert done.returncode == 0, done.stderr
    assert manifest.stat().st_mtime_ns == before


def test_static_files_that_are_stored_otherwise_are_other_files(settings: Settings) -> None:
    before = fingerprint()

    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "config.storage.HashedStorage"}}

    assert fingerprint() != before


def test_static_file_that_was_changed_is_another_file(settings: Settings, tmp_path: Path) -> None:
    settings.STATICFILES_DIRS = [tmp_path]
    (tmp_path / "page.css").write_text("@layer base {}")
    before = fingerprint()

    (tmp_path / "page.css").write_text("@layer base { a { color: red } }")

    assert fingerprint() != before


def test_static_files_are_left_alone_when_told_so(tmp_path: Path) -> None:
    done = prepare(tmp_path, "--no-static")

    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "static").exists()


# -- `manage.py serve` ---------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def answer_of(url: str, server: subprocess.Popen[str]) -> object:
    """What the server says, once it says anything."""
    while server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310
                return json.load(response)
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(server.communicate()[1])


def test_served_site_says_where_it_is_and_who_may_log_in(prepared: Path) -> None:
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=environment_of(prepared, PORT=str(port), **on(prepared)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        health = answer_of(f"http://127.0.0.1:{port}/health/ready", server)
    finally:
        server.send_signal(signal.SIGINT)
        said, _errors = server.communicate(timeout=60)

    assert health == {"database": "ok", "migrations": "ok", "cache": "ok"}
    assert f"Counterpoint is at http://localhost:{port}/" in said
    assert f"with {settings.DEMO_PASSWORD}" in said
    assert server.returncode == 0
