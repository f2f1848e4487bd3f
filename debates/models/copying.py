"""A topic as a template: what it asks and says, in a new topic, without the people, their votes and its history."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from debates.models.act import act_on
from debates.models.errors import Refused
from debates.models.essay import Essay
from debates.models.kinds import Status
from debates.models.passage import Passage
from debates.models.source import Source

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import User
    from debates.models.statement import Statement
    from debates.models.topic import Topic

    type Copies = dict[int, Statement]

KEPT = ("question", "background", "language", "visitor_role", "guests_vote", "votes_shown", "names_shown")
KEPT_OF_STATEMENT = ("stance", "text", "note", "position", "depth", "premise_group", "search_text")
KEPT_OF_PASSAGE = ("start", "end", "quote", "prefix", "suffix", "lost")
# A copy keeps the database to itself while it is written: ten seconds or so for as many statements.
MOST_COPIED = 20_000


class Copied:
    """What copying adds to a topic."""

    def copy(self: Topic, *, by: User, title: str = "", with_arguments: bool = True) -> Topic:  # type: ignore[misc]
        """A new private topic of `by`, with this one's texts, essays and claims, and the arguments if wished.

        Votes, comments, people, suggestions, what was taken back and the history stay behind. The number of queries
        grows with the levels of the tree, not with the statements.
        """
        return self.copy_of(by=by, title=title, with_arguments=with_arguments)[0]

    @transaction.atomic
    def copy_of(  # type: ignore[misc]
        self: Topic, *, by: User, title: str = "", with_arguments: bool = True, without: Collection[int] = ()
    ) -> tuple[Topic, Copies]:
        """As copy(), with the copy of each statement by the number of the original.

        `without` are people whose lines stay behind, with all that stands below them.
        """
        from debates.models.topic import Topic

        texts = {name: getattr(self, name) for name in KEPT}
        made = Topic.objects.begin(by=by, title=title or self.title, **texts)
        with act_on(made, by=by, verb="copy") as act:
            copies = _copy_statements(self, made, by, with_arguments=with_arguments, without=without)
            _copy_sources(self, copies, by)
            _copy_essays(self, made, copies)
            if copies:
                act.record(after={"statements": len(copies)})
        return made, copies


def _copy_statements(source: Topic, made: Topic, by: User, *, with_arguments: bool, without: Collection[int]) -> Copies:
    """Level by level, as a child needs its parent's id; links last, as they need their target's."""
    from debates.models.statement import Statement

    wanted = Statement.objects.filter(topic=source, status=Status.VISIBLE).order_by("depth", "position", "pk")
    if not with_arguments:
        wanted = wanted.filter(depth=0)
    if without:
        wanted = wanted.exclude(author__in=without)
    originals = list(wanted[: MOST_COPIED + 1])
    if len(originals) > MOST_COPIED:
        raise Refused(_("This topic is too large to be copied whole. Copy its claims alone."), field="extent")
    levels: defaultdict[int, list[Statement]] = defaultdict(list)
    links = []
    for original in originals:
        if original.is_link:
            links.append(original)
        else:
            levels[original.depth].append(original)
    copies: Copies = {}
    for depth in sorted(levels):
        _copy_level([each for each in levels[depth] if depth == 0 or each.parent_id in copies], made, by, copies)
    _copy_level([each for each in links if {each.parent_id, each.refers_to_id} <= copies.keys()], made, by, copies)
    return copies


def _copy_level(originals: list[Statement], made: Topic, by: User, copies: Copies) -> None:
    from debates.models.statement import Statement

    rows = [
        Statement(
            topic=made,
            author=by,
            parent=copies[original.parent_id] if original.parent_id else None,
            refers_to=copies[original.refers_to_id] if original.refers_to_id else None,
            **{name: getattr(original, name) for name in KEPT_OF_STATEMENT},
        )
        for original in originals
    ]
    Statement.objects.bulk_create(rows)
    copies.update(zip((original.pk for original in originals), rows, strict=True))


def _copy_sources(source_topic: Topic, copies: Copies, by: User) -> None:
    rows = Source.objects.filter(statement__topic=source_topic).order_by("pk")
    Source.objects.bulk_create(
        Source(
            statement=copies[source.statement_id],
            added_by=by,
            **{name: getattr(source, name) for name in Source.FIELDS},
        )
        for source in rows
        if source.statement_id in copies
    )


def _copy_essays(source: Topic, made: Topic, copies: Copies) -> None:
    essays = list(Essay.objects.filter(topic=source).order_by("pk"))
    if not essays:
        return
    rows = [Essay(topic=made, added_by=made.created_by, **essay.texts()) for essay in essays]
    Essay.objects.bulk_create(rows)
    new = dict(zip((essay.pk for essay in essays), rows, strict=True))
    Passage.objects.bulk_create(
        Passage(
            statement=copies[passage.statement_id],
            essay=new[passage.essay_id],
            **{name: getattr(passage, name) for name in KEPT_OF_PASSAGE},
        )
        for passage in Passage.objects.filter(essay__topic=source).order_by("pk")
        if passage.statement_id in copies
    )
