"""What a proxy and an operator are told about the site's health."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django.asserts import assertNumQueries
from pytest_django.fixtures import Settings

from config.middleware import DatabaseAway, broken
from tests.config.test_settings import python


def test_live_asks_the_database_nothing(client: Client) -> None:
    response = client.get("/health/live")

    assert response.status_code == 200
    assert response.json() == {"live": "ok"}


@pytest.mark.django_db
def test_live_costs_no_query(client: Client) -> None:
    with assertNumQueries(0):
        client.get("/health/live")


@pytest.mark.django_db
def test_ready_names_each_thing_it_asked(client: Client) -> None:
    response = client.get("/health/ready")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "migrations": "ok", "cache": "ok"}


@pytest.mark.django_db
def test_ready_refuses_while_a_migration_is_missing(client: Client) -> None:
    newest = MigrationRecorder(connection).migration_qs.order_by("-pk").first()
    assert newest is not None
    newest.delete()

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json() == {"database": "ok", "migrations": "1 not applied", "cache": "ok"}


@pytest.mark.django_db
def test_ready_refuses_without_the_cache(client: Client, settings: Settings) -> None:
    nowhere = "redis://127.0.0.1:1/0"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": nowhere}}

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json() == {"database": "ok", "migrations": "ok", "cache": "not reachable"}
    # The next test's cache is made from the settings as they are then.
    del caches["default"]


def test_ready_refuses_without_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> str:
        raise ConnectionError("password of counterpoint@10.0.0.7 rejected")

    monkeypatch.setattr("config.health.CHECKS", {"database": refuse})

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json() == {"database": "not reachable"}


@pytest.mark.parametrize("url", ["/health/live", "/health/ready"])
def test_health_refuses_to_be_posted_to(client: Client, url: str) -> None:
    assert client.post(url).status_code == 405


def test_health_is_never_cached(client: Client) -> None:
    assert "no-store" in client.get("/health/live")["Cache-Control"]


def test_health_answers_by_the_loopback_address(client: Client) -> None:
    assert "127.0.0.1" in settings.ALLOWED_HOSTS
    assert client.get("/health/live", headers={"host": "127.0.0.1:8000"}).status_code == 200


def test_page_says_when_to_come_again_while_the_database_is_away(tmp_path: Path) -> None:
    script = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "client = Client(headers={'host': 'localhost'})\n"
        "page, live = client.get('/topics/'), client.get('/health/live')\n"
        "print(page.status_code, page['Retry-After'], b'Not in this minute.' in page.content, live.status_code)"
    )
    nobody_listens = "postgres://nobody@127.0.0.1:1/nothing"
    # DEBUG only because no static files have been collected here.
    environment = {"DATABASE_URL": nobody_listens, "DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "on"}

    done = python(tmp_path, "-c", script, **environment)

    assert done.stdout.splitlines()[-1:] == ["503 10 True 200"], done.stderr
    assert "the database does not answer" in done.stderr
    assert "nobody" not in done.stderr


def test_every_answer_says_when_to_come_again_while_the_database_is_away(tmp_path: Path) -> None:
    script = """
import django; django.setup()
from django.test import Client

def asked(method, address, **cookies):
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    client.cookies.load(cookies)
    answer = getattr(client, method)(address, {"question": "Who owns the street?"})
    print(answer.status_code, answer.get("Retry-After"), b"Not in this minute." in answer.content)

asked("get", "/nowhere/", sessionid="somebody")  # drawing the 404 asks who is asking
asked("get", "/topics/", sessionid="somebody")
asked("post", "/topics/new/")  # the session with the words is saved around the view
"""
    environment = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing", "DJANGO_SETTINGS_MODULE": "tests.settings"}

    done = python(tmp_path, "-c", script, **environment)

    assert done.stdout.splitlines() == ["503 10 True"] * 3, done.stderr


def test_other_failure_is_a_fault_of_ours() -> None:
    def fail(request: HttpRequest) -> HttpResponse:
        try:
            raise ValueError("ours")
        except ValueError:
            return broken(request)

    response = fail(RequestFactory().get("/"))

    assert (response.status_code, response.get("Retry-After")) == (500, None)


def test_other_failures_are_not_taken_for_the_database() -> None:
    middleware = DatabaseAway(lambda request: HttpResponse())

    assert middleware.process_exception(RequestFactory().get("/"), ValueError("ours")) is None
