"""A8–A10, A20, A22, A24 and A25: what can be done with a request alone."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Membership, RateWindow, Statement, Topic, Vote
from tests.conftest import PASSWORD, LogIn
from tests.factories import make_guest, make_member, make_topic
from tests.markup import by_class, dom, text
from tests.test_matrix import OTHER_ROWS, REFUSED_UNREAD, TOPIC_ROWS
from tests.world import ROLES, World, address, build, posted

if TYPE_CHECKING:
    from tests.markup import Response

ALL_ROWS = [*TOPIC_ROWS, *OTHER_ROWS]


def world_of(role: str, kind: str = "public", **options: Any) -> tuple[World, Client]:
    world, browser = build(kind), Client(**options)
    if role != "anonymous":
        browser.force_login(world.people[role])
    return world, browser


def tables() -> dict[str, list[Any]]:
    """Every row of every table, but for the count of how many requests somebody made this minute."""
    models = [model for model in apps.get_models() if model is not RateWindow]
    return {model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in models}


def altered(before: dict[str, list[Any]]) -> set[str]:
    now = tables()
    return {label for label in before if before[label] != now[label]}


def ask_all(world: World, browser: Client, method: str, **more: Any) -> dict[str, Response]:
    """The answer of every address to one method, one after the other, each undone before the next."""
    answers: dict[str, Response] = {}
    start = dict(browser.cookies.items())
    for row in ALL_ROWS:
        if row.method != method:
            continue
        cache.clear()
        with transaction.atomic():
            form = posted(world, row.name)
            url = address(world, row.name)
            answers[row.name] = browser.get(url, **more) if method == "GET" else browser.post(url, form, **more)
            transaction.set_rollback(True)
        browser.cookies.clear()
        browser.cookies.update(start)
    return answers


# -- A8 -------------------------------------------------------------------------------------------------------------


def test_a8_one_person_is_one_vote_however_often(alice: User, bob: User, log_in: LogIn) -> None:
    claim = make_topic(alice, visibility="public").add_claim("A claim", by=alice)
    browser = log_in(bob)

    for number in range(50):
        browser.post(reverse("statement-vote", args=[claim.pk]), {"value": number % 5})

    assert list(Vote.objects.values_list("voter__username", "value")) == [("bob", 4)]


def test_a8_guests_from_one_address_do_not_swing_a_public_topic(alice: User, log_in: LogIn) -> None:
    claim = make_topic(alice, visibility="public").add_claim("A claim", by=alice)

    answers = {
        log_in(make_guest()).post(reverse("statement-vote", args=[claim.pk]), {"value": 4}).status_code
        for _number in range(20)
    }

    assert answers == {403}
    assert Vote.objects.count() == 0


# -- A9 -------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anonymous", "owner"])
def test_a9_nothing_is_written_without_the_token(role: str) -> None:
    world, browser = world_of(role, enforce_csrf_checks=True)
    before = tables()
    start = dict(browser.cookies.items())
    answers = {}

    for row in ALL_ROWS:
        if row.method == "POST":
            answers[row.name] = browser.post(address(world, row.name), posted(world, row.name)).status_code
            browser.cookies.clear()
            browser.cookies.update(start)

    # Nothing in between is asked for: a refused method is refused before or after the token, both change nothing.
    # The API asks a visitor who they are, and knows nothing at an address that is none.
    refused = {name: {401, 403, 404, 405} if name.startswith("api-") else {403, 405} for name in answers}
    assert {name for name, status in answers.items() if status not in refused[name]} == set()
    assert altered(before) == set()


@pytest.mark.django_db
def test_a9_token_of_another_site_is_none() -> None:
    world, browser = world_of("owner", enforce_csrf_checks=True)
    browser.get(address(world, "topic"))
    token = browser.cookies["csrftoken"].value
    before = tables()
    url = address(world, "topic-claims")

    foreign = browser.post(
        url, {"text": "Mine", "csrfmiddlewaretoken": token}, headers={"origin": "https://evil.example"}
    )
    made_up = browser.post(url, {"text": "Mine", "csrfmiddlewaretoken": "x" * 64})
    plain = browser.post(url, '{"text": "Mine"}', content_type="text/plain")

    assert [each.status_code for each in (foreign, made_up, plain)] == [403, 403, 403]
    assert altered(before) == set()
    assert browser.post(url, {"text": "Mine", "csrfmiddlewaretoken": token}).status_code == 303


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a9_reading_changes_nothing(role: str) -> None:
    world, browser = world_of(role)
    before = tables()

    for row in ALL_ROWS:
        if row.method == "GET" and row.name != "account_logout":
            form = posted(world, row.name)
            browser.get(address(world, row.name), {**form, "next": "/", "add": "supports", "_method": "POST"})

    assert altered(before) == set()


# -- A10 ------------------------------------------------------------------------------------------------------------


def test_a10_vote_is_cast_for_nobody_else(alice: User, bob: User, log_in: LogIn) -> None:
    claim = make_topic(alice, visibility="public").add_claim("A claim", by=alice)
    form = {"value": 1, "voter": alice.pk, "voter_id": alice.pk, "statement": 1, "at": "2001-01-01", "pk": 1}

    log_in(bob).post(reverse("statement-vote", args=[claim.pk]), form)

    assert list(Vote.objects.values_list("voter", "value")) == [(bob.pk, 1)]


def test_a10_topic_is_begun_in_nobody_elses_name(alice: User, bob: User, log_in: LogIn) -> None:
    form = {
        "question": "Who owns the street?", "created_by": alice.pk, "by": alice.pk, "slug": "help",
        "closed_at": "2001-01-01", "last_change": 99, "names_shown": "names", "visitor_role": "viewer", "id": 1,
    }  # fmt: skip

    log_in(bob).post(reverse("topic-create"), form)

    topic = Topic.objects.get()
    assert (topic.created_by, topic.slug, topic.closed_at, topic.last_change) == (bob, "who-owns-the-street", None, 1)
    assert (topic.names_shown, topic.visitor_role, topic.visibility) == ("pseudonyms", "writer", "private")
    assert list(Membership.objects.values_list("user", "role")) == [(bob.pk, "owner")]


def test_a10_settings_alter_what_they_show_and_nothing_else(alice: User, bob: User, log_in: LogIn) -> None:
    topic = make_topic(alice)
    before = Topic.objects.values().get()
    form = topic.settings() | {
        "title": "New title", "slug": "new", "created_by": bob.pk, "closed_at": "2001-01-01", "last_change": 0, "id": 9,
    }  # fmt: skip

    log_in(alice).post(reverse("topic-edit", args=[topic.slug]), form)

    after = Topic.objects.values().get()
    changed = {name for name in before if before[name] != after[name]}  # type: ignore[literal-required]
    assert changed == {"title", "search_text", "last_change", "changed_at"}


@pytest.mark.parametrize("role", ["owner", "OWNER", "", "admin", "owner "])
def test_a10_link_gives_no_ownership(alice: User, log_in: LogIn, role: str) -> None:
    topic = make_topic(alice)

    response = log_in(alice).post(reverse("topic-links", args=[topic.slug]), {"role": role, "days": "1"})

    assert response.status_code == 422
    assert topic.share_links.count() == 0


def test_a10_nobody_makes_themselves_staff(bob: User, log_in: LogIn) -> None:
    before = User.objects.values().get(pk=bob.pk)
    powers = {"is_staff": "on", "is_superuser": "on", "is_active": "on", "is_guest": "on", "password": "x", "id": 1}

    log_in(bob).post(reverse("profile"), {"display_name": "Bob", "email": ""} | powers)
    Client().post(reverse("account_signup"), {"username": "dora", "password1": "four words make one"} | powers)

    after = User.objects.values().get(pk=bob.pk)
    changed = {name for name in before if before[name] != after[name]}  # type: ignore[literal-required]
    assert changed - {"last_login"} == {"display_name"}
    dora = User.objects.get(username="dora")
    assert (dora.is_staff, dora.is_superuser, dora.is_guest) == (False, False, False)


# -- A20 ------------------------------------------------------------------------------------------------------------

ELSEWHERE = ["//evil.example/", "https:evil.example", "/\\evil.example", "https://testserver@evil.example/"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anonymous", "guest", "owner"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a20_no_address_leads_to_another_host(role: str, method: str) -> None:
    world, browser = world_of(role)
    for number, evil in enumerate(ELSEWHERE[:2] if role == "guest" else ELSEWHERE):
        headers = {"referer": evil if number % 2 else f"https://evil.example/{evil}"}
        start = dict(browser.cookies.items())
        # One is enough where nothing is read of it: a method that is refused, an answer that leads nowhere.
        unread = REFUSED_UNREAD | {row for row in ALL_ROWS if row.name.startswith("api-")} if number else set()
        for row in ALL_ROWS:
            if row.method != method or row in unread:
                continue
            with transaction.atomic():
                url, form = address(world, row.name), posted(world, row.name) | {"next": evil}
                response = (browser.get if method == "GET" else browser.post)(url, form, headers=headers)
                transaction.set_rollback(True)
            browser.cookies.clear()
            browser.cookies.update(start)
            # What somebody asked for may be kept for after signing in, behind the question mark.
            for header in ("Location", "HX-Redirect"):
                assert "evil" not in response.get(header, "").partition("?")[0], row
            if response["Content-Type"].startswith("text/html"):
                ways = [
                    each.get(name, "") for each in dom(response).iter() for name in ("href", "action", "formaction")
                ]
                assert [way for way in ways if "evil" in way.partition("?")[0]] == [], row


# -- A22 ------------------------------------------------------------------------------------------------------------

TARGETS = [
    "http://127.0.0.1:22/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://localhost/admin/",
    "http://0x7f000001/", "https://example.org/redirect?to=http://127.0.0.1/",
]  # fmt: skip


def test_a22_server_asks_nobody_whatever_address_it_is_given(
    alice: User, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[Any] = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, where: called.append(where))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *where, **more: called.append(where))
    topic = make_topic(alice, visibility="public", background="\n".join(f"<{target}>" for target in TARGETS))
    claim = topic.add_claim("A claim", by=alice, note=" ".join(TARGETS))
    browser = log_in(alice)

    for target in TARGETS:
        browser.post(reverse("statement-sources", args=[claim.pk]), {"title": "A study", "url": target})
        browser.post(reverse("statement-arguments", args=[claim.pk]), {
            "stance": "supports", "text": f"See {target}", "source_title": "x", "source_url": target,
        })  # fmt: skip
    page = browser.get(claim.get_absolute_url())

    assert len(by_class(dom(page), "source")) >= 4
    assert called == []


# -- A24 ------------------------------------------------------------------------------------------------------------

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


def faults(response: Response, *, personal: bool) -> list[str]:
    """What is wrong with the headers of an answer."""
    wrong = [name for name, value in HEADERS.items() if response.get(name) != value]
    policy = response.get("Content-Security-Policy", "")
    framed = "frame-ancestors 'none'" in policy or policy.endswith("sandbox")
    if not policy.startswith("default-src 'none'") or "unsafe" in policy or not framed:
        wrong.append(f"policy {policy!r}")
    if not response.get("Permissions-Policy", "").startswith("camera=()"):
        wrong.append("Permissions-Policy")
    if response.get("Content-Type", "").startswith("text/html"):
        wrong += [name for name in ("Cookie", "HX-Request-Type") if name not in response.get("Vary", "")]
    # What has an ETag is kept by its reader alone, who asks each time whether it is still good.
    kept = {"private, no-cache"} if "ETag" in response else set()
    if personal and response.get("Cache-Control", "") not in kept and "no-store" not in response["Cache-Control"]:
        wrong.append(f"Cache-Control {response.get('Cache-Control')!r}")
    return wrong


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anonymous", "viewer", "owner"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a24_every_answer_carries_the_headers(role: str, method: str) -> None:
    world, browser = world_of(role, "private")

    answers = ask_all(world, browser, method)

    personal = role != "anonymous"
    assert {name: wrong for name, each in answers.items() if (wrong := faults(each, personal=personal))} == {}
    assert len({each.status_code for each in answers.values()}) >= 4


@pytest.mark.django_db
def test_a24_answers_beside_the_pages_carry_them_too(alice: User, log_in: LogIn, settings: Any) -> None:
    settings.SERVESTATIC_USE_FINDERS = True
    topic = make_topic(alice, visibility="public")
    browser, strict = log_in(alice), Client(enforce_csrf_checks=True)
    settings.WRITES_PER_MINUTE = 0
    answers = {
        404: browser.get("/no/such/page/"),
        301: browser.get("/topics"),
        400: browser.get("/topics/", headers={"host": "evil.example"}),
        429: browser.post(reverse("topic-claims", args=[topic.slug]), {"text": "Mine"}),
        422: browser.post(reverse("topic-create"), {}),
        405: browser.put("/topics/"),
        403: strict.post("/accounts/theme/", {"theme": "dark"}),
        200: browser.get("/static/vendor/htmx.min.js"),
    }

    assert {status: each.status_code for status, each in answers.items()} == {status: status for status in answers}
    assert {status: wrong for status, each in answers.items() if (wrong := faults(each, personal=False))} == {}


def test_a24_session_is_renewed_by_signing_in_and_kept_from_scripts(client: Client, bob: User) -> None:
    client.post(reverse("guest"))
    before = client.cookies["sessionid"].value

    client.post(reverse("account_login"), {"login": "bob", "password": PASSWORD})

    cookie = client.cookies["sessionid"]
    assert cookie.value != before
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


# -- A25 ------------------------------------------------------------------------------------------------------------

# Acts on a topic, which are limited; the others write nothing into one.
ACTS = {
    "change-undo", "comment-removal", "passage-removal", "practice", "source-removal", "statement-arguments",
    "statement-comments", "statement-links", "statement-order", "statement-passages", "statement-place",
    "statement-restoration", "statement-sources", "statement-stance", "statement-withdrawal", "statement-wording",
    "suggestion-acceptance", "suggestion-refusal", "topic-claims", "topic-closure", "topic-copy", "topic-create",
    "topic-edit", "topic-reopening",
}  # fmt: skip


@pytest.mark.django_db
def test_a25_script_is_slowed_down_in_words_and_nothing_is_changed(settings: Any) -> None:
    world, browser = world_of("owner")
    settings.WRITES_PER_MINUTE = 0
    before = tables()

    answers = {name: each for name, each in ask_all(world, browser, "POST").items() if name in ACTS}

    assert {name: each.status_code for name, each in answers.items()} == dict.fromkeys(ACTS, 429)
    silent = {name for name, each in answers.items() if "That was a lot in one minute." not in text(dom(each))}
    assert silent == set()
    assert altered(before) == set()


def test_a25_limit_is_of_one_person_and_one_minute(alice: User, bob: User, log_in: LogIn, settings: Any) -> None:
    settings.WRITES_PER_MINUTE = 5
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    statuses = []

    for number in range(7):
        statuses.append(log_in(bob).post(reverse("topic-claims", args=[topic.slug]), {"text": f"{number}"}).status_code)
    others = log_in(alice).post(reverse("topic-claims", args=[topic.slug]), {"text": "Mine"}).status_code
    topic.changes.update(at=topic.created.replace(year=2001))
    later = log_in(bob).post(reverse("topic-claims", args=[topic.slug]), {"text": "Later"}).status_code

    assert (statuses, others, later) == ([303] * 5 + [429] * 2, 303, 303)
    assert Statement.objects.count() == 7
