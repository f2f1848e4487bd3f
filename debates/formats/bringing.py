"""A document into the database, in one transaction and in as many statements to it as the tree has levels.

The authors that the file names become participants of the topic: people without an account who can never sign in,
each under the name the file gives them. So votes, names and the rule that nobody votes on their own argument hold for
what was brought in as for what was written here. Whoever imports is the owner, not the author.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from debates.formats.drafts import Note, NoteKind
from debates.models import Comment, Essay, Passage, Pseudonym, Source, Statement, Topic, Vote
from debates.models.act import act_on
from debates.models.places import GAP
from debates.text import fold

if TYPE_CHECKING:
    from debates.formats.document import Document, Line
    from debates.models.act import Act

AT_ONCE = 1_000
# A class is 30 people, a town 1,000: a file that names more is no debate among people.
MOST_PEOPLE = 2_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: `done` of `total` rows."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be brought in: into a topic that is there, or into a new one of `by`."""

    document: Document
    by: User
    into: Topic | None = None
    format: str = ""
    title: str = ""


class Bringing:
    """One import. `run()` does the work and tells how far it is; `topic` is there once it is used up."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.document = order.document
        self._topic = order.into
        self.people: dict[str, User] = {}
        self.made: dict[str, int] = {}
        self.essays: list[int] = []
        self.total = _rows(order.document)
        self.done = 0

    def whole(self) -> Topic:
        """Bring all of it in at once."""
        for _progress in self.run():
            pass
        return self.topic

    @property
    def topic(self) -> Topic:
        """Where it was brought to."""
        if self._topic is None:
            raise RuntimeError("run() makes the topic")
        return self._topic

    def _begin(self) -> Topic:
        document = self.document
        title = self.order.title or document.title or _("Imported topic")
        return Topic.objects.begin(
            by=self.order.by, title=title, question=document.question, background=document.background,
            language=document.language,
        )  # fmt: skip

    def run(self) -> Generator[Progress]:
        """All of it or nothing: what stops this generator, stops the transaction."""
        with transaction.atomic():
            topic = self._topic = self._topic or self._begin()
            with act_on(topic, by=self.order.by, verb="import") as act:
                self._name_people(act)
                yield Progress(0, self.total)
                yield from self._statements(act)
                yield from self._evidence(act)
                yield from self._votes()
                self._record(act)

    # -- people -------------------------------------------------------------------------------------------------------

    def _name_people(self, act: Act) -> None:
        lines = self.document.lines
        authors = [line.author for line in lines if not line.is_link]
        authors += [remark.author for line in lines for remark in line.comments]
        names = list(dict.fromkeys(name for name in authors if name))[:MOST_PEOPLE]
        voters = list(dict.fromkeys(ballot.voter for line in lines for ballot in line.ballots))[:MOST_PEOPLE]
        made = User.objects.create_imported(len(names) + len(voters) + 1)
        unnamed, others = made[0], made[1:]
        self.people = dict(zip(names, others, strict=False)) | {"": unnamed}
        self.voters = dict(zip(voters, others[len(names) :], strict=True))
        self._give_names(act, [(unnamed, _("Imported")), *zip(others, names, strict=False)])

    def _give_names(self, act: Act, wishes: Iterable[tuple[User, str]]) -> None:
        taken = {name.casefold() for name in _names_in(act.topic)}
        rows = []
        for user, wish in wishes:
            name = wish if wish.casefold() not in taken else _other_name(wish, taken)
            taken.add(name.casefold())
            rows.append(Pseudonym(topic=act.topic, user=user, name=name))
        Pseudonym.objects.bulk_create(rows, batch_size=AT_ONCE)

    def _author(self, name: str) -> User:
        return self.people.get(name) or self.people[""]

    # -- statements ---------------------------------------------------------------------------------------------------

    def _statements(self, act: Act) -> Iterator[Progress]:
        """Level by level, as a child needs its parent's id; links last, as they need their target's."""
        first_claim = _last_position(act.topic)
        place = _places(self.document.lines, first_claim)
        depths = self.document.depths()
        levels: defaultdict[int, list[Line]] = defaultdict(list)
        for line in self.document.lines:
            levels[-1 if line.is_link else depths[line.id]].append(line)
        links = levels.pop(-1, [])
        for lines in (*(levels[depth] for depth in sorted(levels)), links):
            for some in batched(lines, AT_ONCE):
                rows = [self._statement(line, act.topic, depths[line.id], place[line.id]) for line in some]
                Statement.objects.bulk_create(rows)
                self.made.update(zip((line.id for line in some), (row.pk for row in rows), strict=True))
                yield self._further(len(rows))

    def _statement(self, line: Line, topic: Topic, depth: int, position: int) -> Statement:
        created = line.created or timezone.now()
        return Statement(
            topic=topic, parent_id=self.made[line.parent] if line.parent else None, stance=line.stance,
            text=line.text, note=line.note, position=position, depth=depth, author=self._author(line.author),
            refers_to_id=self.made[line.refers_to] if line.refers_to else None, premise_group=line.group,
            status=line.status, version=line.version, created=created, updated=line.updated or created,
            search_text=fold(line.text),
        )  # fmt: skip

    # -- what stands beside them --------------------------------------------------------------------------------------

    def _evidence(self, act: Act) -> Iterator[Progress]:
        essays = {
            text.id: Essay(topic=act.topic, title=text.title, author=text.author, source=text.source, text=text.text)
            for text in self.document.essays
        }
        Essay.objects.bulk_create(essays.values())
        self.essays = [essay.pk for essay in essays.values()]
        lines = self.document.lines
        yield from self._all(Source, (self._source(line, card) for line in lines for card in line.sources))
        yield from self._all(Passage, (self._passage(line, span, essays) for line in lines for span in line.passages))
        yield from self._comments(lines)

    def _all(self, model: type[Any], rows: Iterable[Any]) -> Iterator[Progress]:
        for some in batched(rows, AT_ONCE):
            model.objects.bulk_create(some)
            yield self._further(len(some))

    def _source(self, line: Line, card: Any) -> Source:
        fields = {name: getattr(card, name) for name in Source.FIELDS}
        return Source(statement_id=self.made[line.id], added_by=self._author(line.author), **fields)

    def _passage(self, line: Line, span: Any, essays: dict[str, Essay]) -> Passage:
        passage = Passage(statement_id=self.made[line.id], essay=essays[span.essay], quote=span.quote, lost=span.lost)
        if span.lost:
            passage.start, passage.end = span.start, span.end
        else:
            passage.stand(passage.essay.text, span.start, span.end)
        return passage

    def _comments(self, lines: list[Line]) -> Iterator[Progress]:
        """Remarks first, then the answers to them."""
        remarks = [(line, remark) for line in lines for remark in line.comments]
        made: dict[str, int] = {}
        for is_answer in (False, True):
            chosen = [(line, each) for line, each in remarks if (each.reply_to is not None) == is_answer]
            for some in batched(chosen, AT_ONCE):
                rows = [
                    Comment(
                        statement_id=self.made[line.id], text=each.text, kind=each.kind,
                        author=self._author(each.author), created=each.created or timezone.now(),
                        reply_to_id=made.get(each.reply_to or ""),
                    )
                    for line, each in some
                ]  # fmt: skip
                Comment.objects.bulk_create(rows)
                made.update(zip((each.id for _line, each in some), (row.pk for row in rows), strict=True))
                yield self._further(len(rows))

    def _votes(self) -> Iterator[Progress]:
        cast = {
            (self.made[line.id], self.voters[ballot.voter].pk): ballot.value
            for line in self.document.lines
            if not line.gone
            for ballot in line.ballots
            if ballot.voter in self.voters
        }
        rows = (Vote(statement_id=pk, voter_id=voter, value=value) for (pk, voter), value in cast.items())
        yield from self._all(Vote, rows)

    # -- the end ------------------------------------------------------------------------------------------------------

    def _further(self, rows: int) -> Progress:
        self.done += rows
        return Progress(self.done, self.total)

    def _record(self, act: Act) -> None:
        """One change for the whole import. Its statements are those between two numbers: the topic was locked."""
        if self.made or self.essays:
            numbers = self.made.values()
            told = {"first": min(numbers, default=None), "last": max(numbers, default=None), "essays": self.essays}
            act.record(after={"statements": len(self.made), "format": self.order.format, **told})


def not_stored(document: Document) -> list[Note]:
    """What a file may hold and an import does not store: for the preview, so that it promises nothing else."""
    notes = []
    totals = sum(1 for line in document.lines if line.tally and sum(line.tally) and not line.ballots)
    if totals:
        sentence = _("The totals of votes on %(count)s lines are not stored: only single votes are, by their voters.")
        notes.append(Note(NoteKind.SKIPPED, sentence % {"count": totals}))
    authors = {line.author for line in document.lines}
    authors |= {remark.author for line in document.lines for remark in line.comments}
    voters = {ballot.voter for line in document.lines for ballot in line.ballots}
    for people, words in ((authors, _MORE_AUTHORS), (voters, _MORE_VOTERS)):
        if len(people) > MOST_PEOPLE:
            notes.append(Note(NoteKind.SKIPPED, words % {"most": MOST_PEOPLE, "count": len(people)}))
    return notes


_MORE_AUTHORS = gettext_lazy("Of %(count)s authors %(most)s are named; what the others wrote is by “Imported”.")
_MORE_VOTERS = gettext_lazy("Of %(count)s voters the votes of %(most)s are stored.")


def _rows(document: Document) -> int:
    return sum(
        1 + len(line.sources) + len(line.passages) + len(line.comments) + len(line.ballots) for line in document.lines
    )


def _names_in(topic: Topic) -> set[str]:
    """The names that stand for somebody here: nobody in a file may look like them."""
    names = set(Pseudonym.objects.filter(topic=topic).values_list("name", flat=True))
    people = User.objects.filter(Q(pk__in=topic.memberships.values("user")) | Q(pk__in=topic.changes.values("actor")))
    return names | {user.shown_name for user in people if user.shown_name}


def _other_name(wish: str, taken: set[str]) -> str:
    numbers = range(2, len(taken) + 3)
    return next(name for number in numbers if (name := f"{wish[:50]} {number}").casefold() not in taken)


def _last_position(topic: Topic) -> int:
    last = Statement.objects.filter(topic=topic, depth=0).order_by("-position").values_list("position", flat=True)
    return last.first() or 0


def _places(lines: list[Line], first_claim: int) -> dict[str, int]:
    """The position of each line among its siblings; claims stand behind those that are there."""
    count: defaultdict[str | None, int] = defaultdict(int)
    count[None] = first_claim // GAP
    places = {}
    for line in lines:
        count[line.parent] += 1
        places[line.id] = count[line.parent] * GAP
    return places
