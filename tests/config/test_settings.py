"""Settings from the environment: complete, documented, and safe in production."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from config import __version__

ROOT = Path(__file__).resolve().parents[2]
READS = re.compile(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"')
PRODUCTION = {
    "SECRET_KEY": "k1-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "HTTPS": "on",
    "ALLOWED_HOSTS": "debate.example.org",
    "SMTP_HOST": "smtp.example.org",
    "TRUSTED_PROXIES": "1",
}


def environment_of(data: Path, **given: str) -> dict[str, str]:
    """The environment of a site of its own: what is given, and nothing of this machine's settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"DATA_DIR": str(data), "ENV_FILE": os.devnull} | given


def python(data: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, which has read no settings yet."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment_of(data, **environment), capture_output=True, text=True
    )


def manage(data: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return python(data, "manage.py", *arguments, **environment)


def setting(data: Path, expression: str, **environment: str) -> str:
    """The value of an expression over the settings, as a new process reads them."""
    done = python(data, "-c", f"from config import settings; print({expression})", **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_production_settings_raise_no_warning(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced)."), done.stderr


def test_deploy_check_would_notice_a_site_without_https(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | {"HTTPS": "off"})

    assert done.returncode == 1
    assert "security.W004" in done.stderr


def test_every_setting_is_in_the_example_and_no_other() -> None:
    read = {name for path in ROOT.glob("config/*.py") for name in READS.findall(path.read_text(encoding="utf-8"))}
    documented = re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(documented) == sorted(read)


def test_compose_file_sets_only_what_is_read() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    site = text[text.index("x-site:") : text.index("services:")]
    given = {name.removesuffix("_FILE") for name in re.findall(r"^    ([A-Z_]+):", site, re.MULTILINE)}
    read = set(READS.findall((ROOT / "config/settings.py").read_text(encoding="utf-8")))

    assert given - read == set()
    assert {"SECRET_KEY", "DATABASE_URL", "DATABASE_PASSWORD"} <= given


def test_secret_comes_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from the file\n")

    assert setting(tmp_path, "settings.SECRET_KEY", SECRET_KEY_FILE=str(secret)) == "from the file"


def test_database_password_comes_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("p@ss/word\n")
    url = "postgres://counterpoint@database:5432/counterpoint"

    password = setting(
        tmp_path, "settings.DATABASES['default']['PASSWORD']", DATABASE_URL=url, DATABASE_PASSWORD_FILE=str(secret)
    )

    assert password == "p@ss/word"


def test_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first, second = setting(tmp_path, "settings.SECRET_KEY"), setting(tmp_path, "settings.SECRET_KEY")

    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("environment", "demo"),
    [
        ({}, "True"),
        ({"HOST": "127.0.0.1"}, "True"),
        ({"HOST": "192.0.2.7"}, "False"),
        ({"HTTPS": "on"}, "False"),
        ({"TRUSTED_PROXIES": "1"}, "False"),
        ({"ALLOWED_HOSTS": "debate.example.org"}, "False"),
        ({"HTTPS": "on", "TRUSTED_PROXIES": "1", "DEMO": "on"}, "True"),
    ],
)
def test_demo_people_come_only_where_nobody_else_can_reach_them(
    tmp_path: Path, environment: dict[str, str], demo: str
) -> None:
    assert setting(tmp_path, "settings.DEMO", **environment) == demo


@pytest.mark.parametrize("name", ["PORT", "THREADS", "TRUSTED_PROXIES", "WRITES_PER_MINUTE"])
def test_number_that_is_none_is_one_sentence(tmp_path: Path, name: str) -> None:
    done = manage(tmp_path, "serve", **{name: "abc"})

    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr == f"{name}=abc is not a whole number: correct it in the environment or in .env, or leave it out.\n"
    )


def test_cookies_are_bound_to_the_host_with_https(tmp_path: Path) -> None:
    names = "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE"

    assert setting(tmp_path, names, **PRODUCTION) == "__Host-session __Host-csrf True"


def test_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["version"] == __version__
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"COUNTERPOINT_VERSION:-{__version__}" in (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
