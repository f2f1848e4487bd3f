"""A topic with one of everything, everyone who may come to it, and every address of the site filled in with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import timezone

from accounts.models import User
from classrooms.urls import urlpatterns as class_urls
from debates.models import Draft, Essay, EssayVersion, Topic
from tests.factories import make_guest, make_member, make_topic, make_tree, make_user

MEMBERS = ("viewer", "suggester", "writer", "editor", "owner")
VISITORS = ("anonymous", "guest", "outsider")
ROLES = VISITORS + MEMBERS


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """The name and the pattern of every address, those of included lists, too."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield entry.name or "", pattern
        else:
            yield from routes(entry, pattern)


PATTERNS = {name: pattern for name, pattern in routes() if not pattern.startswith("admin/")}
# Those of classes have a table and a world of their own: tests/classrooms/matrix.txt.
OWN_ROUTES = set(PATTERNS) - {entry.name for entry in class_urls}


class World(NamedTuple):
    """A topic with one of everything, and the arguments of every address in it."""

    topic: Topic
    people: dict[str, User]
    args: dict[str, list[Any]]


def build(kind: str) -> World:
    """`kind` is private, unlisted, public or closed (and public)."""
    people = {role: make_user(role) for role in MEMBERS} | {"outsider": make_user("outsider"), "guest": make_guest()}
    owner, author = people["owner"], make_user("author")
    topic = make_topic(owner, visibility="public" if kind == "closed" else kind)
    for role in MEMBERS[:-1]:
        make_member(topic, people[role], role)
    tree = make_tree(topic, author, "A claim\n  + because this\n  - but no\nAnother claim")
    line = tree["but no"]
    essay = Essay.objects.create(topic=topic, title="An essay", text="We sleep.")
    EssayVersion.objects.create(topic=topic, essay_number=essay.pk, version=FORMER, title="An essay", text="We slept.")
    things = {
        "suggestion": line.add_argument("opposes", "Perhaps", by=people["suggester"], suggested=True).pk,
        "source": line.cite(by=author, title="A study").pk,
        "passage": line.quote(essay, 0, 2, by=author).pk,
        "comment": line.comment("A remark", by=author).pk,
        "member": make_member(topic, make_user(), "viewer").pk,
    }
    draft = Draft.objects.begin(topic, by=people["writer"], title="A draft", text="My words.")
    draft.write("Other words.", version=1)
    link = topic.share("writer", by=owner, expires=timezone.now() + timedelta(days=1))
    if kind == "closed":
        topic.close(by=owner)
    args: dict[str, list[Any]] = {
        "topic": [topic.slug], "statement": [line.pk], "share-link": [topic.slug, link.pk], "join": [link.token],
        "member": [topic.slug, things["member"]], "change-undo": [topic.slug, 2],
        **{name: [things[name]] for name in ("suggestion", "source", "passage", "comment")},
        **{f"api-{name}": [things[name]] for name in ("source", "passage", "comment")},
        "api-topic": [topic.pk], "api-statement": [line.pk], "api-essay": [essay.pk], "api-share-link": [link.pk],
        "api-member": [topic.pk, things["member"]], "api-change-undoing": [topic.pk, 2], "api-nowhere": ["nowhere"],
        "essay": [essay.pk], "essay-create": [topic.slug],
        "draft": [draft.pk], "draft-file": [draft.pk, "txt"], "draft-version": [draft.pk, 1],
        "draft-versions": [draft.pk],
        "api-essay-versions": [essay.pk], "api-essay-version": [essay.pk, FORMER],
        "token-revocation": [0], "import-preview": [0], "import-topic": [0], "topic-file": [topic.slug, "json"],
        "topic-sources-file": [topic.slug, "json"],
        "account_reset_password_from_key": ["1", "key"],
    }  # fmt: skip
    return World(topic, people, args)


def address(world: World, name: str) -> str:
    """The arguments of the longest beginning of `name` that has some."""
    known = sorted((start for start in world.args if name.startswith(start)), key=len)
    return reverse(name, args=world.args[known[-1]] if "<" in PATTERNS[name] else [])


# The number of the former state of the essay.
FORMER = 9

# What is chosen of a map to be written from.
CHOSEN = {"order": "sides", "lines": "all", "joining": "prose", "depth": "50", "style": "apa"}

# What a willing person would send; everything else is sent empty.
POSTED: dict[str, dict[str, Any]] = {
    "statement-arguments": {"stance": "supports", "text": "One more."},
    "topic-claims": {"text": "One more."},
    "statement-wording": {"text": "Other words", "version": 1},
    "statement-place": {"parent": "", "stance": ""},
    "statement-order": {"step": "up"},
    "statement-links": {"stance": "supports"},
    "statement-stance": {"stance": "supports"},
    "statement-vote": {"value": 3},
    "statement-sources": {"title": "A study"},
    "statement-sources-file": {"text": '[{"type": "book", "title": "Another study"}]'},
    "source": {"title": "Another study", "version": 1},
    "statement-passages": {"passage": "sleep"},
    "statement-comments": {"text": "A remark"},
    "essay-create": {"title": "Another", "text": "We dream."},
    "essay-edit": {"title": "An essay", "text": "We do not sleep.", "version": 1},
    "draft": {"title": "A draft", "text": "Mine.", "version": 2},
    "draft-outline": CHOSEN,
    "topic-drafts": {"title": "A draft"} | CHOSEN,
    "essay-passages": {"kind": "claim", "text": "One more.", "start": 0, "end": 2, "words": "We"},
    "essay-versions": {"version": FORMER},
    "passage-place": {"passage": "sleep"},
    "member-role": {"role": "editor"},
    "topic-links": {"role": "viewer", "days": "14"},
    "topic-removal": {"title": "Four days"},
    "topic-copy": {"title": "A copy", "extent": "everything"},
    "topic-create": {"question": "Who owns the street?"},
    "theme": {"theme": "dark"},
    "shortcuts": {"keys": "off"},
}


# The same for the API, by the name and the method.
SENT: dict[tuple[str, str], dict[str, Any]] = {
    ("api-topics", "POST"): {"question": "Who owns the street?"},
    ("api-topic", "PATCH"): {"question": "Who owns the street?"},
    ("api-topic-claims", "POST"): {"text": "One more."},
    ("api-topic-essays", "POST"): {"title": "Another", "text": "We dream."},
    ("api-essay", "PATCH"): {"text": "We do not sleep."},
    ("api-passage-place", "PUT"): {"quote": "sleep"},
    ("api-topic-share-links", "POST"): {"role": "viewer"},
    ("api-member", "PATCH"): {"role": "editor"},
    ("api-statement", "PATCH"): {"text": "Other words"},
    ("api-statement-arguments", "POST"): {"stance": "supports", "text": "One more."},
    ("api-statement-comments", "POST"): {"text": "A remark"},
    ("api-statement-passages", "POST"): {"quote": "sleep"},
    ("api-statement-place", "PUT"): {"parent": None},
    ("api-statement-sources", "POST"): {"title": "A study"},
    ("api-source", "PATCH"): {"title": "Another study"},
    ("api-statement-stance", "PUT"): {"stance": "supports"},
    ("api-statement-vote", "PUT"): {"value": 3},
    ("api-statement-wording", "PUT"): {"text": "Other words"},
}


def sent(world: World, name: str, method: str) -> dict[str, Any]:
    """What a willing program sends there."""
    if name == "api-statement-links" and method == "POST":
        return {"stance": "supports", "parent": world.topic.statements.get(text="Another claim").pk}
    if name == "api-joins":
        return {"token": world.args["join"][0]}
    return SENT.get((name, method), {})


def posted(world: World, name: str) -> dict[str, Any]:
    """What a willing person posts there."""
    if name == "topic-edit":
        return world.topic.settings()
    if name == "statement-links":
        return POSTED[name] | {"parent": world.topic.statements.get(text="Another claim").pk}
    return POSTED.get(name, {})
