"""A12: no page, fragment, file, header, feed or answer of the API tells a peer who somebody is, or that two are one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.test import Client
from pypdf import PdfReader

from accounts.models import ApiToken, User
from classrooms.models import Assignment, Classroom, Look, Pupil, Teacher
from debates.formats.registry import FORMATS
from debates.merging import OWNED
from debates.models import Comment, Membership, Pseudonym, Source, Topic, Visit, Vote
from tests import world as topics
from tests.classrooms import world as classes
from tests.classrooms.factories import make_assignment, make_classroom, seat_of
from tests.classrooms.test_matrix import ROWS as CLASS_ROWS
from tests.factories import make_topic, make_user
from tests.markup import PARTIAL
from tests.test_matrix import OTHER_ROWS, TOPIC_ROWS, Row

if TYPE_CHECKING:
    from classrooms.models import Seat
    from tests.markup import Response

PUPILS = 12
# No counter of a table comes near these.
FIRST_USER, FIRST_PUPIL = 731_824_000, 918_273_000
# Each planted word has one of them: to look for these is quick.
STEMS = ("quill", "quince", "quartermaine", "c0ffee", "731824", "918273")
# Every column that says who somebody is, of what stands in topics.
PERSONS: tuple[tuple[type[Model], str], ...] = (
    *OWNED, (Vote, "voter"), (Pseudonym, "user"), (Membership, "user"), (Visit, "user"),
)  # fmt: skip
# They differ from answer to answer, whoever asks for what.
CHANGING = re.compile(
    r'name="(?:csrfmiddlewaretoken|key)" value="[^"]+"|csrftoken=[^\n]+'
    r"|\('(?:x-request-id|content-length|ratelimit)', [^)]+\)"
)
# Methods that an address does not know, whoever asks.
UNREAD = {row for rows in (TOPIC_ROWS, OTHER_ROWS, CLASS_ROWS) for row in rows if set(rows[row][0].values()) == {"405"}}
ABOUT_A_TOPIC = {
    row.name
    for row, (cells, *_closed) in TOPIC_ROWS.items()
    if row.method == "GET" and cells["writer"] == "200"
    and row.name.startswith(("topic", "statement", "api-topic", "api-statement", "api-source", "api-comment"))
}  # fmt: skip
WRITERS = [name for name, each in FORMATS.items() if each.writes]
# They end the session, or are slow and say what others say, too.
ASIDE = {"account_logout", "health-ready", "api-schema", "api-schema-yaml"}
ASKED = {
    "topic-history": ("?show=wording", "?show=structure", "?before=9", "?since=0"),
    "topic-outline": ("?show=newest", "?show=unanswered"),
    "topic-list": ("?q=because", "?show=mine"),
    "api-search": ("?q=because",),
    "api-topic-tree": ("?include=votes", "?shape=flat"),
    "api-topic-changes": ("?since=0",),
}


class School(NamedTuple):
    """A class whose people are planted, at work in a public topic; `peer` is one of its pupils."""

    topic: topics.World
    classroom: Classroom
    assignment: Assignment
    pupils: list[Pupil]
    peer: User
    planted: list[str]
    args: dict[str, list[Any]]


def plant_people(classroom: Classroom) -> tuple[list[Pupil], Teacher, list[str]]:
    """Pupils and a co-teacher whose names, addresses and numbers are like nothing else, and all of these."""
    pupils, planted = [], []
    for number in range(PUPILS):
        name, pk, has_account = f"Quillfeather{number:02}", FIRST_USER + number, number % 3 == 0
        user = User.objects.create(
            pk=pk, username=f"quill.{number:02}.user" if has_account else f"guest-{number:02}c0ffee0ddba11",
            display_name=f"Quince Shown{number:02}" if has_account else "", is_guest=not has_account, password="!",
            email=f"quill{number:02}@school.example" if has_account else "",
        )  # fmt: skip
        pupils.append(Pupil.objects.create(pk=FIRST_PUPIL + number, classroom=classroom, user=user, name=f"Ada {name}"))
        pupils[-1].note_join()
        planted += [name, user.username, str(pk), str(FIRST_PUPIL + number), user.display_name, user.email]
    second = User.objects.create(
        pk=FIRST_USER + 500, username="quill.teacher", display_name="Ms Quartermaine", email="ms@quartermaine.example"
    )
    planted += [second.username, "Quartermaine", str(second.pk)]
    return pupils, classroom.add_teacher(second), [word for word in planted if word]


def give_everything(author: User, to: User) -> None:
    """Make all that `author` did everywhere `to`'s."""
    for model, column in PERSONS:
        model._default_manager.filter(**{column: author}).update(**{column: to})


@pytest.fixture
def school(db: None) -> School:
    topic = topics.build("public")
    owner, peer = topic.people["owner"], topic.people["writer"]
    classroom = make_classroom(owner)
    code = classroom.code
    assert code is not None
    pupils, second, planted = plant_people(classroom)
    mine = classroom.join(peer, code=code, name="Peer")
    assignment = make_assignment(classroom, owner, topic=topic.topic)
    give_everything(User.objects.get(username="author"), pupils[0].user)
    args = classes.addressed(seat_of(assignment, pupils[0]), code=code.code, teacher=second, newcomer=pupils[1])
    for pupil in pupils:
        work(seat_of(assignment, pupil))
    return School(topic, classroom, assignment, [*pupils, mine], peer, planted, args)


def work(seat: Seat) -> None:
    """One of everything that a pupil does in a map."""
    topic, user = seat.group.topic, seat.pupil.user
    assert topic is not None
    claim = topic.claims.order_by("pk")[0]
    line = claim.add_argument("opposes", f"I think so {seat.pk}", by=user)
    line.cite(by=user, title="A study")
    line.comment("A remark", by=user)
    line.revise(text=f"I do think so {seat.pk}", note="", version=1, by=user)
    if claim.author_id != user.pk:
        claim.cast_vote(voter=user, value=seat.pk % 5)


# -- reading --------------------------------------------------------------------------------------------------------


def words_in(content: bytes) -> Iterator[str]:
    """All text in an answer: of what is packed, what is inside, and what files say of themselves."""
    if content.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name
                yield from words_in(packed.read(name))
    elif content.startswith(b"%PDF"):
        read = PdfReader(io.BytesIO(content))
        yield str(read.metadata)
        yield from (page.extract_text() for page in read.pages)
    yield content.decode(errors="replace")


def told(response: Response) -> str:
    """The headers and the body of an answer, in small letters and without the escapes of addresses."""
    content = b"".join(response) if response.streaming else response.content
    cookies = (morsel.OutputString() for name, morsel in response.cookies.items() if name != "sessionid")
    said = "\n".join([*map(str, response.headers.items()), *cookies, *words_in(content)]).casefold()
    return said + unquote(said) if "%" in said else said


def pages(school: School) -> Iterator[tuple[str, str]]:
    """Every address of the site, about what pupils did, and where the peer has such a thing, about theirs."""
    own = school.args | {"pupil": [school.pupils[-1].pk], "seat": [seat_of(school.assignment, school.pupils[-1]).pk]}
    for name in topics.OWN_ROUTES - ASIDE:
        yield name, topics.address(school.topic, name)
    for name in classes.PATTERNS:
        both = {classes.address(name, args) for args in (school.args, own)}
        yield from ((name, path) for path in both)
    yield from (("nowhere", path) for path in ("/nowhere/", "/classes/999999/", "/c/ZZZZZZZZ/", "/api/v1/nowhere/"))


def variants(school: School) -> Iterator[tuple[str, str]]:
    """What the same addresses tell when they are asked for more, and every kind of file."""
    for name, queries in ASKED.items():
        yield from ((name, topics.address(school.topic, name) + query) for query in queries)
    slug, pk = school.topic.topic.slug, school.topic.topic.pk
    for each in WRITERS:
        yield "topic-file", f"/topics/{slug}/export/{each}/?history=on"
        yield "api-topic-export", f"/api/v1/topics/{pk}/export/?format={each}&report=true"
    yield "api-topic-export", f"/api/v1/topics/{pk}/export/?format=json&history=true"
    for extension in ("json", "txt", "md"):
        yield "topic-sources-file", f"/topics/{slug}/sources.{extension}"
    for extension in ("docx", "pdf", "md", "html"):
        yield "draft-file", f"/drafts/{school.topic.args['draft'][0]}/file/{extension}/"


def readable(school: School, method: str = "GET") -> Iterator[tuple[str, str]]:
    """`pages`, without those that refuse the method to everyone unread."""
    return ((name, path) for name, path in pages(school) if Row(name, method) not in UNREAD)


class Reader:
    """Somebody who asks for everything; what they were told is gone again afterwards."""

    def __init__(self, school: School, who: str) -> None:
        self.school, self.client, self.headers = school, Client(raise_request_exception=False), dict[str, str]()
        if who == "program":
            scopes = {"read", "write", "export"}
            self.headers = {"Authorization": f"Bearer {ApiToken.issue(school.peer, 'test', scopes=scopes)[1]}"}
        elif who != "anonymous":
            self.client.force_login(school.peer if who == "peer" else school.topic.people[who])
        self.start = dict(self.client.cookies.items())
        self.words = re.compile("|".join(re.escape(word.casefold()) for word in school.planted))
        self.found: set[tuple[str, str]] = set()
        self.asked = self.looks = 0

    def ask(self, name: str, method: str, path: str, data: Any = None, **headers: str) -> str:
        cache.clear()
        with transaction.atomic():
            response = getattr(self.client, method)(path, data, headers=self.headers | headers)
            said = told(response)
            self.looks += Look.objects.filter(classroom=self.school.classroom).exists()
            transaction.set_rollback(True)
        self.client.cookies.clear()
        self.client.cookies.update(self.start)
        self.asked += 1
        # What they asked for themselves is no news to them.
        news = said.replace(path, "")
        if any(stem in news for stem in STEMS):
            self.found |= {(name, word) for word in self.words.findall(news)}
        return said


@pytest.fixture(autouse=True)
def _generous_limits(settings: Any) -> None:
    settings.API_READS_PER_MINUTE = settings.API_WRITES_PER_MINUTE = settings.API_ANONYMOUS_PER_MINUTE = 10**6


def test_a12_nothing_that_is_read_names_anybody(school: School) -> None:
    """The four share one school: whatever one of them does is gone again before the next asks."""
    asked = {}
    for who in ("peer", "guest", "outsider", "program"):
        reader = Reader(school, who)
        for name, path in (*readable(school), *(variants(school) if who in {"peer", "program"} else ())):
            if name.startswith("api-") == (who == "program"):
                reader.ask(name, "get", path)
        asked[who] = reader.asked
        assert reader.found == set(), who

    assert min(asked.values()) >= 60, asked
    assert len(school.planted) >= 40
    assert all(any(stem in word.casefold() for stem in STEMS) for word in school.planted)


def test_a12_no_fragment_and_no_answer_to_a_form_names_anybody(school: School) -> None:
    reader = Reader(school, "peer")

    for name, path in readable(school):
        if not name.startswith("api-"):
            reader.ask(name, "get", path, None, **PARTIAL)
    for name, path in readable(school, "POST"):
        if not name.startswith("api-"):
            reader.ask(name, "post", path, topics.posted(school.topic, name), **PARTIAL)

    assert reader.found == set()


def test_a12_crawl_would_find_a_name(school: School) -> None:
    """The teacher's own pages hold them: a crawl that sees nothing there sees nothing anywhere."""
    reader = Reader(school, "owner")

    reader.ask("class-roster", "get", f"/classes/{school.classroom.pk}/roster/")

    assert len(reader.found) >= PUPILS


def test_a12_every_page_that_shows_a_name_to_a_teacher_is_noted(school: School) -> None:
    reader = Reader(school, "owner")
    shown, unnoted = set(), set()

    for name, path in readable(school):
        if name in classes.PATTERNS:
            reader.found.clear()
            looks = reader.looks
            reader.ask(name, "get", path)
            if any(word.startswith("quillfeather") for _name, word in reader.found):
                shown.add(name)
                unnoted |= {name} if reader.looks == looks else set()

    assert unnoted == set()
    assert shown >= {"class-roster", "pupil"}


def test_a12_two_topics_do_not_tell_that_a_pupil_is_in_both(school: School) -> None:
    """Had another pupil written all that one wrote in the second topic, every answer about it would be the same."""
    one, two, *_others = school.pupils
    owner = school.topic.people["owner"]
    second = make_assignment(school.classroom, owner, topic=make_topic(owner, title="Second", visibility="public"))
    for pupil in (one, two):
        work(seat_of(second, pupil))
    topic = second.groups.get().topic
    assert topic is not None
    before = faces(school, topic, one.user)

    swap(topic, one.user, two.user)
    after = faces(school, topic, two.user)

    assert {name for name in before if before[name] != after[name]} == set()
    assert len(before) >= 30


def swap(topic: Topic, one: User, two: User) -> None:
    """Make each of the two in `topic` the other."""
    between = make_user()
    of_statements = {Comment, Source, Vote}
    for user, to in ((one, between), (two, one), (between, two)):
        for model, column in PERSONS:
            about = {"statement__topic": topic} if model in of_statements else {"topic": topic}
            if model is not Topic:
                model._default_manager.filter(**about, **{column: user}).update(**{column: to})


def faces(school: School, topic: Topic, author: User) -> dict[str, str]:
    """Every answer about `topic` to the peer, and to their programs, without what differs each time."""
    line = topic.statements.filter(author=author).order_by("pk")[0]
    source, comment = line.sources.get().pk, line.comments.get().pk
    args: dict[str, list[Any]] = {
        "topic": [topic.slug], "statement": [line.pk], "api-topic": [topic.pk], "api-statement": [line.pk],
        "source": [source], "api-source": [source], "comment": [comment], "api-comment": [comment],
        "topic-file": [topic.slug, "json"], "topic-sources-file": [topic.slug, "json"],
    }  # fmt: skip
    world = topics.World(topic, {}, args)
    readers = {each: Reader(school, each) for each in ("peer", "program")}
    seen = {}
    for name in topics.OWN_ROUTES & ABOUT_A_TOPIC:
        reader = readers["program" if name.startswith("api-") else "peer"]
        seen[name] = CHANGING.sub("", reader.ask(name, "get", topics.address(world, name)))
    return seen
