"""A1 and A2: what people write is shown as words, whatever it looks like, on every page that shows it."""

from __future__ import annotations

import re
from itertools import batched
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import fromstring

import html5lib
import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.formats.document import Document, Line
from debates.formats.registry import FORMATS
from debates.markdown import render_markdown
from debates.models import Essay, EssayVersion, Statement, Topic
from tests.attacks.payloads import PAYLOADS, hostile
from tests.factories import make_member, make_topic, make_user
from tests.markup import PARTIAL, dom
from tests.test_matrix import OTHER_ROWS, TOPIC_ROWS
from tests.world import World, address

if TYPE_CHECKING:
    from tests.conftest import LogIn

BATCHES = [list(batch) for batch in batched(PAYLOADS, 6)]
# The answers of the API are JSON, which no browser runs: tests/debates/api sees to their type. Files have a test below.
READ = [
    row.name
    for row in TOPIC_ROWS
    if row.method == "GET"
    and TOPIC_ROWS[row][0]["owner"] == "200"
    and not row.name.startswith("api-")
    and row.name not in {"topic-file", "topic-sources-file"}
]
OWN_PAGES = [
    row.name
    for row in OTHER_ROWS
    if row.method == "GET"
    and OTHER_ROWS[row][0]["outsider"] == "200"
    and row.name not in {"api-schema-yaml", "api-schema"}
]
XML = {"topic-map-svg"}


def infested(owner: User, payloads: list[str]) -> World:
    """A topic in which every field of every kind says what the payloads say."""
    every = "\n\n".join(payloads)
    topic = make_topic(owner, visibility="public", names_shown="names", background=every, question=every[:300])
    topic.revise(by=owner, title=payloads[0])
    author = make_user()
    author.display_name = payloads[-1][:60]
    author.save()
    make_member(topic, author)
    claims = [topic.add_claim(payload, by=author, note=every) for payload in payloads]
    line = claims[0].add_argument("opposes", payloads[0], by=author, note=every)
    essay = Essay.objects.create(topic=topic, title=payloads[0], author=payloads[-1], text=every, version=2)
    former = {"title": payloads[-1], "source": payloads[0], "text": f"{every}\n\n{payloads[-1]}"}
    EssayVersion.objects.create(topic=topic, essay_number=essay.pk, version=1, **former)
    for payload in payloads:
        under = line.add_argument("supports", payload, by=author)
        under.revise(text=payload[::-1], version=1, by=author)
        under.revise(text=payload, version=2, by=author)
        link = "https://example.org/" + payload.replace(" ", "").replace("\n", "")
        fields = dict.fromkeys(("author", "publisher", "published", "locator", "quotation"), payload)
        fields["published"] = payload[:40]
        line.cite(by=author, title=payload, url=link, **fields)
        line.comment(payload, by=author)
        line.quote(essay, every.index(payload), every.index(payload) + len(payload), by=author)
    lost = line.passages.all()[0]
    line.passages.filter(pk=lost.pk).update(lost=True)
    suggestion = line.add_argument("supports", payloads[0], by=author, note=every, suggested=True)
    shared = topic.share("viewer", by=owner)
    args: dict[str, list[Any]] = {
        "topic": [topic.slug], "statement": [line.pk], "join": [shared.token], "share-link": [topic.slug, shared.pk],
        "essay": [essay.pk], "essay-create": [topic.slug], "passage": [lost.pk],
        "source": [line.sources.all()[0].pk],
        "suggestion": [suggestion.pk], "account_reset_password_from_key": ["1", "key"],
    }  # fmt: skip
    return World(topic, {"owner": owner, "author": author}, args)


@pytest.mark.parametrize("payloads", BATCHES, ids=range(len(BATCHES)))
def test_a1_payload_runs_on_no_page_that_shows_it(alice: User, payloads: list[str], log_in: LogIn) -> None:
    world = infested(alice, payloads)
    owner, author = log_in(alice), log_in(world.people["author"])
    asked: dict[str, Any] = {}

    for name in READ:
        asked[name] = owner.get(address(world, name))
    for name in OWN_PAGES:
        asked[f"own {name}"] = author.get(address(world, name))
    found = {"q": "pwned"}
    asked["search"] = owner.get(reverse("topic-list"), found)
    asked["echoed search"] = owner.get(reverse("topic-list"), {"q": payloads[0]}, headers=PARTIAL)
    asked["places found"] = owner.get(address(world, "statement-place"), {"q": payloads[0]})
    asked["versions"] = owner.get(address(world, "essay-versions"), {"from": 1})
    asked["alike"] = owner.get(address(world, "statement-similar"), {"text": payloads[0]})
    asked["columns"] = owner.get(address(world, "topic"), {"add": "supports", "sort": payloads[0]}, headers=PARTIAL)
    asked["missing"] = owner.get(f"/{payloads[0]}/")

    assert {name: bad for name, page in asked.items() if (bad := found_in(name, page))} == {}
    shown = "".join(page.content.decode() for page in asked.values())
    assert "pwned" in shown.lower()


def found_in(name: str, page: Any) -> list[str]:
    if page["Content-Type"].startswith("application/json"):
        return []
    bad = hostile(fromstring(page.content) if name in XML else dom(page))  # noqa: S314 - our own drawing
    if name.endswith("data-download-html"):
        bad.remove("<style>")  # a file to keep has its style with it
    return bad


def test_a1_payload_runs_in_no_file_that_is_taken_along(alice: User, log_in: LogIn) -> None:
    harmless, infected = infested(alice, ["Nothing."]), infested(alice, PAYLOADS[:30])
    browser = log_in(alice)

    for name, parse in (("html", html5lib.parse), ("svg", fromstring)):
        plain, full = (
            parse(b"".join(browser.get(reverse("topic-file", args=[world.topic.slug, name]))))
            for world in (harmless, infected)
        )
        assert set(hostile(full)) <= set(hostile(plain))  # the page's own style
        assert "PWNED" in "".join(full.itertext())


def test_a1_payload_in_a_file_runs_in_no_preview(alice: User, log_in: LogIn) -> None:
    lines = [
        Line("0", text="Claim"),
        *(Line(str(n), "0", "what", p, refers_to=None) for n, p in enumerate(PAYLOADS, 1)),
    ]
    data = FORMATS["json"].write(Document(PAYLOADS[0], PAYLOADS[1], lines=lines[:40]))
    browser = log_in(alice)

    sent = browser.post(reverse("imports"), {"file": SimpleUploadedFile("<img src=x onerror=PWNED()>.json", data)})
    preview = browser.get(sent["Location"])

    assert hostile(dom(preview)) == []
    assert "PWNED" in preview.content.decode()


FORMS: dict[str, list[str]] = {
    "statement-arguments": ["stance", "text", "note", "passage", "source_title", "source_url", "key"],
    "topic-claims": ["text", "note", "key"],
    "statement-wording": ["text", "note", "version"],
    "statement-place": ["parent", "stance"],
    "statement-sources": ["kind", "title", "author", "publisher", "published", "url", "locator", "quotation"],
    "statement-passages": ["passage"],
    "statement-comments": ["text", "kind", "reply_to"],
    "statement-vote": ["value"],
    "statement-order": ["step"],
    "topic-create": ["question", "title", "claim", "background", "visibility"],
    "topic-edit": ["title", "question", "background", "language", "visibility", "visitor_role", "votes_shown"],
    "topic-copy": ["title", "extent"],
    "topic-links": ["role", "days"],
    "topic-removal": ["title"],
    "profile": ["display_name", "email"],
    "account_login": ["login", "password", "next"],
    "account_signup": ["username", "email", "password1", "next"],
    "account_reset_password": ["email"],
    "phrase-login": ["phrase", "next"],
}


@pytest.mark.parametrize("headers", [{}, PARTIAL])
@pytest.mark.parametrize("payloads", BATCHES[:3], ids=range(3))
def test_a1_payload_runs_in_no_form_that_gives_it_back(
    alice: User, payloads: list[str], headers: dict[str, str], log_in: LogIn
) -> None:
    world = infested(alice, payloads)
    asked = {}
    for name, fields in FORMS.items():
        browser = Client() if name.startswith(("account_", "phrase")) else log_in(alice)
        # Too long, so that it comes back; the payload first, so that it comes back whole.
        form = {field: (payloads[at % len(payloads)] + "x" * 350)[:2000] for at, field in enumerate(fields)}
        asked[name] = browser.post(address(world, name), form, headers=headers)

    assert {name: bad for name, page in asked.items() if (bad := hostile(dom(page)))} == {}
    assert {page.status_code for page in asked.values()} <= {422, 303, 204, 302, 200}


def test_a1_payload_runs_in_no_page_of_the_administration(alice: User, log_in: LogIn) -> None:
    infested(alice, PAYLOADS[:8])
    staff = make_user("staff", is_staff=True, is_superuser=True)
    browser = log_in(staff)
    asked = {}

    for model in (User, Topic, Statement, *apps.get_models()):
        if model in admin.site._registry:
            start = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            asked[start] = browser.get(reverse(f"{start}_changelist"))
            first = model._default_manager.order_by("-pk").first()
            if first is not None:
                asked[f"{start} {first.pk}"] = browser.get(reverse(f"{start}_change", args=[first.pk]))

    assert len(asked) >= 3
    assert {page.status_code for page in asked.values()} == {200}
    assert {name: bad for name, page in asked.items() if (bad := hostile(dom(page)))} == {}


def test_a1_payload_of_a_visitor_waits_as_words(alice: User) -> None:
    topic = make_topic(alice, visibility="public")
    for payloads in batched(PAYLOADS, 5):
        client = Client()
        client.post(reverse("topic-claims", args=[topic.slug]), {"text": " ".join(payloads)[:300]})
        page = client.get("/who/")
        assert hostile(dom(page)) == [], payloads
        assert "pwned" in page.content.decode().lower()


def test_a1_check_finds_what_a_page_would_fall_for() -> None:
    class Page:
        content = "".join(f"<div>{payload}</div>" for payload in PAYLOADS[13:18]).encode()

    assert len(hostile(dom(Page()))) >= 4


# -- A2 -----------------------------------------------------------------------------------------------------------

BAD_LINKS = [
    "javascript:alert(1)", "JAVASCRIPT:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
    "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)", "javascript&colon;alert(1)", "javascript%3Aalert(1)",
    "\x01javascript:alert(1)", "java\u0000script:alert(1)", "vbscript:msgbox(1)", "data:text/html,x",
    "data:image/svg+xml,<svg onload=alert(1)>", "file:///etc/passwd", "blob:x", "ftp://example.org",
    "view-source:https://example.org", "intent://x", "feed:javascript:alert(1)", "jar:https://example.org",
]  # fmt: skip
GOOD_LINKS = ["https://example.org/", "http://example.org/?a=b#c", "mailto:ann@example.org", "/topics/", "#here"]
FRAMES = ["[x]({})", "[x](<{}>)", "<{}>", "[x][1]\n\n[1]: {}", "[x](  {}  )", '<a href="{}">x</a>', "![x]({})", "{}"]


def addresses(markdown: str) -> list[str]:
    class Page:
        content = render_markdown(markdown).encode()

    return [value for each in dom(Page()).iter() for name in ("href", "src") if (value := each.get(name)) is not None]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("link", BAD_LINKS)
def test_a2_link_of_another_scheme_does_not_survive(frame: str, link: str) -> None:
    found = addresses(frame.format(link))

    assert {scheme_of(each) for each in found} <= {"", "http", "https", "mailto"}


def scheme_of(address: str) -> str:
    """As a browser reads it: tabs and line breaks are dropped, and what stands before the first letter."""
    scheme = re.match(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", re.sub(r"[\t\n\r]", "", address), re.IGNORECASE)
    return scheme[1].lower() if scheme else ""


@pytest.mark.parametrize("link", GOOD_LINKS)
def test_a2_link_of_the_web_survives(link: str) -> None:
    assert addresses(f"[x]({link})") == [link]


def test_a2_link_of_a_reader_tells_nobody_where_it_came_from() -> None:
    class Page:
        content = render_markdown("[x](https://example.org)").encode()

    (link,) = list(dom(Page()).iter("a"))
    assert set(link.get("rel", "").split()) == {"nofollow", "ugc", "noopener", "noreferrer"}


def test_a2_html_in_markdown_stays_words() -> None:
    for payload in PAYLOADS:

        class Page:
            content = render_markdown(payload).encode()

        assert hostile(dom(Page())) == [], payload
