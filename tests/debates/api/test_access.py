"""Who is asking: tokens, their scopes, sessions with CSRF, limits, and other origins."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken, User
from debates.models import RateWindow, Statement, Topic
from tests.debates.api.conftest import Program, problem
from tests.debates.together import together
from tests.factories import make_guest, make_topic, make_tree

if TYPE_CHECKING:
    from tests.conftest import LogIn
    from tests.debates.api.conftest import Api


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer cp_wrong", "Token cp_x", "Basic YTpi", "cp_x", "Bearer é"]
)
def test_wrong_token_is_no_visitor(api: Api, alice: User, header: str) -> None:
    make_topic(alice, visibility="public")
    program = api()
    program.headers = {"Authorization": header}

    answer = program.get("topics/")

    assert "account page" in problem(answer, 401)["detail"]
    assert answer["WWW-Authenticate"] == 'Bearer realm="counterpoint"'


def test_expired_revoked_and_idle_tokens_are_no_visitors(api: Api, alice: User) -> None:
    token, secret = ApiToken.issue(alice, "x", scopes={"read"}, expires=timezone.now() + timedelta(hours=1))
    program = Program(secret)
    assert program.get("me/").json()["user_name"] == "alice"

    User.objects.update(is_active=False)
    problem(program.get("me/"), 401)
    User.objects.update(is_active=True)
    ApiToken.objects.update(expires=timezone.now() - timedelta(seconds=1))
    problem(program.get("me/"), 401)
    token.delete()
    problem(program.get("me/"), 401)


def test_token_beside_a_session_counts_alone(api: Api, log_in: LogIn, alice: User, bob: User) -> None:
    _token, secret = ApiToken.issue(bob, "x", scopes={"read"})

    answer = log_in(alice).get("/api/v1/me/", headers={"Authorization": f"Bearer {secret}"})

    assert answer.json()["user_name"] == "bob"


@pytest.mark.parametrize(("scope", "reads", "writes"), [("read", 200, 403), ("write", 403, 201), ("export", 403, 403)])
def test_scope_says_what_a_token_may(api: Api, alice: User, scope: str, reads: int, writes: int) -> None:
    topic = make_topic(alice)
    program = api(alice, scope)

    read = program.get(f"topics/{topic.pk}/")
    wrote = program.post(f"topics/{topic.pk}/claims/", {"text": "A claim"})

    assert (read.status_code, wrote.status_code) == (reads, writes)
    assert Statement.objects.count() == (writes == 201)


def test_me_tells_the_token(api: Api, alice: User) -> None:
    told = api(alice, "read").get("me/").json()

    assert told["token"] == {"name": "test", "scopes": ["read"], "expires": None}
    problem(api().get("me/"), 401)


def test_browser_session_writes_with_the_csrf_token_alone(alice: User) -> None:
    topic = make_topic(alice)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)
    browser.get("/accounts/profile/")
    url, body = f"/api/v1/topics/{topic.pk}/claims/", {"text": "A claim"}

    refused = browser.post(url, body, content_type="application/json")
    token = browser.cookies["csrftoken"].value
    taken = browser.post(url, body, content_type="application/json", headers={"X-CSRFToken": token})

    problem(refused, 403)
    assert taken.status_code == 201
    assert Statement.objects.count() == 1


def test_guest_writes_with_a_session_but_owns_nothing(log_in: LogIn, alice: User) -> None:
    topic, browser = make_topic(alice, visibility="public"), log_in(make_guest())

    claim = browser.post(f"/api/v1/topics/{topic.pk}/claims/", {"text": "A claim"}, content_type="application/json")
    begun = browser.post("/api/v1/topics/", {"question": "Mine?"}, content_type="application/json")

    assert claim.status_code == 201
    assert claim.json()["author"] == topic.pseudonyms.exclude(user=alice).get().name
    assert "needs an account" in problem(begun, 403)["detail"]
    assert Topic.objects.count() == 1


# -- limits ------------------------------------------------------------------------------------------------------


def test_limit_is_told_and_kept_for_each_token(api: Api, alice: User, settings: Any) -> None:
    settings.API_READS_PER_MINUTE = 2
    program, other = api(alice), api(alice)

    first, second, third = (program.get("topics/") for _each in range(3))

    assert first["RateLimit-Policy"] == '"reads";q=2;w=60'
    assert first["RateLimit"].startswith('"reads";r=1;t=')
    assert second["RateLimit"].startswith('"reads";r=0;t=')
    problem(third, 429)
    assert 1 <= int(third["Retry-After"]) <= 60
    assert third["RateLimit"].startswith('"reads";r=0;t=')
    assert other.get("topics/").status_code == 200


def test_limit_of_writing_is_another(api: Api, alice: User, settings: Any) -> None:
    settings.API_WRITES_PER_MINUTE = 1
    program, topic = api(alice), make_topic(alice)

    answers = [program.post(f"topics/{topic.pk}/claims/", {"text": f"Claim {n}"}) for n in range(2)]

    assert [answer.status_code for answer in answers] == [201, 429]
    assert program.get(f"topics/{topic.pk}/").status_code == 200
    assert Statement.objects.count() == 1


def test_visitors_are_limited_by_their_address_which_is_stored_nowhere(api: Api, settings: Any) -> None:
    settings.API_ANONYMOUS_PER_MINUTE = 1
    program = api()

    problem([program.get("topics/") for _each in range(2)][1], 429)
    elsewhere = program.client.get("/api/v1/topics/", REMOTE_ADDR="192.0.2.7")

    assert elsewhere.status_code == 200
    assert not any("127.0.0.1" in window.who or "192.0.2.7" in window.who for window in RateWindow.objects.all())


def test_window_begins_anew_with_the_minute_and_old_ones_are_forgotten(db: None) -> None:
    counts = [RateWindow.count("someone", minute) for minute in (100, 100, 101)]
    RateWindow.count("another", 500)
    RateWindow.forget(before=400)

    assert counts == [1, 2, 1]
    assert [window.who for window in RateWindow.objects.all()] == ["another"]


@pytest.mark.django_db(transaction=True)
def test_window_counts_every_one_of_many_at_once() -> None:
    counted = together(*[lambda: RateWindow.count("someone", 7)] * 8)

    assert sorted(counted) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_many_acts_in_a_minute_are_a_problem_with_a_time(api: Api, alice: User, settings: Any) -> None:
    topic = make_topic(alice)
    settings.WRITES_PER_MINUTE = 1

    answer = api(alice).post(f"topics/{topic.pk}/claims/", {"text": "A claim"})

    problem(answer, 429)
    assert answer["Retry-After"] == "60"


# -- other origins ---------------------------------------------------------------------------------------------


def test_other_origins_get_nothing_unless_configured(api: Api) -> None:
    read = api().get("topics/", origin="https://notebook.example.org")
    asked = api().ask("OPTIONS", "topics/", origin="https://notebook.example.org")

    for answer in (read, asked):
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_configured_origin_reads_and_asks_first(api: Api, alice: User, settings: Any) -> None:
    settings.API_CORS_ORIGINS = ["https://notebook.example.org"]
    origin = {"origin": "https://notebook.example.org"}

    asked = api().ask("OPTIONS", "topics/", **origin)
    read = api(alice).get("topics/", **origin)
    wrong = api().get("topics/nowhere/", **origin)
    stranger = api().get("topics/", origin="https://evil.example.org")

    assert asked.status_code == 204
    assert "POST" in asked["Access-Control-Allow-Methods"]
    assert "Authorization" in asked["Access-Control-Allow-Headers"]
    for answer in (asked, read, wrong):
        assert answer["Access-Control-Allow-Origin"] == "https://notebook.example.org"
        assert "Origin" in answer["Vary"]
        assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "ETag" in read["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Origin" not in stranger.headers


def test_answers_are_kept_by_no_shared_cache(api: Api, alice: User) -> None:
    topic = make_topic(alice, visibility="public")

    for path in ("topics/", f"topics/{topic.pk}/", "nowhere/"):
        assert api().get(path)["Cache-Control"] in {"no-store", "private, no-cache"}


def test_failure_is_a_problem_that_says_nothing_of_the_inside(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    topic = make_topic(alice, visibility="public")
    make_tree(topic, alice, "A claim")
    client = Client(raise_request_exception=False)

    def broken(*_args: object, **_named: object) -> None:
        raise RuntimeError("secret-of-the-house")

    monkeypatch.setattr("debates.api.tree.tree_row", broken)
    answer = client.get(f"/api/v1/topics/{topic.pk}/tree/")

    assert "secret-of-the-house" not in str(problem(answer, 500))


def test_database_away_is_a_problem_with_a_time(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def away(*_args: object, **_named: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("debates.models.RateWindow.count", away)
    answer = Client(raise_request_exception=False).get("/api/v1/topics/")

    problem(answer, 503)
    assert answer["Retry-After"] == "10"
