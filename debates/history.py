"""Changes to readable entries, newest first: a fixed number of queries, and nobody reads what was hidden from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from debates.models import Change, Comment, NamesShown, Pseudonym, Statement, Status
from debates.models.undo import INVERSES, undone
from debates.permissions import EDIT, may_undo
from debates.sentences import Told, quotation, tell
from debates.suggestions import told_to_others

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from debates.models import Topic
    from debates.models.act import Actor

SHOWN = 40
# Which verbs a choice shows; None is all of them. "mine" is by person, not by verb.
CHOICES: dict[str, frozenset[str] | None] = {
    "all": None,
    "mine": None,
    "wording": frozenset({"revise", "topic-revised", "essay-revised"}),
    "structure": frozenset({
        "add", "suggest", "accept", "link", "move", "reorder", "turn", "withdraw", "remove", "restore", "copy", "erase",
        "import", "unimport",
    }),
}  # fmt: skip
# Verbs about many lines at once.
IMPORTING = frozenset({"import", "unimport"})
# What each verb brought, so that undoing it has no sense any more once the line was taken back.
BRINGING = frozenset({"add", "suggest", "link"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as one reader sees it."""

    number: int
    at: datetime
    mine: bool
    told: Told
    undoes: int | None = None  # the number of the change that this one took back
    undone_by: int | None = None  # the number of the change that took this one back
    may_undo: bool = False
    may_redo: bool = False

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)


@dataclass(frozen=True, slots=True)
class History:
    """A stretch of entries. `older` is where the next stretch begins, None at the end; `total` is of all stretches."""

    entries: tuple[Entry, ...]
    older: int | None
    total: int


def history_of(
    topic: Topic, user: Actor, *, show: str = "all", before: int | None = None, since: int | None = None,
    statement: Statement | None = None,
) -> History:  # fmt: skip
    """Up to SHOWN changes of `topic` (or of one statement of it) older than the number `before`, newer than `since`."""
    changes = told = changes_for(topic, user)
    if statement is not None:
        changes = told = told.filter(statement=statement)
    if show == "mine":
        changes = changes.filter(actor_id=user.pk) if user.pk else changes.none()
    if verbs := CHOICES[show]:
        changes = changes.filter(verb__in=verbs)
    if before is not None:
        changes = changes.filter(number__lt=before)
    if since is not None:
        changes = changes.filter(number__gt=since)
    found = _loaded(changes, topic)[: SHOWN + 1]
    shown = list(found)
    older = shown[SHOWN - 1].number if len(shown) > SHOWN else None
    return History(_entries(shown[:SHOWN], topic, user), older, told.count())


def changes_for(topic: Topic, user: Actor) -> QuerySet[Change]:
    """The changes of `topic` that its reader may hear of: not what others suggested and no editor accepted."""
    changes = topic.changes.all()
    return changes if topic.standing.may(EDIT) else told_to_others(changes, topic, reader_id=user.pk)


def entry_of(change: Change, topic: Topic, user: Actor) -> Entry:
    """One change, read anew."""
    return _entries([_loaded(topic.changes.filter(pk=change.pk), topic).get()], topic, user)[0]


def words_of(statement: Statement, user: Actor) -> str:
    """What `statement` says now, "" for whom it is not to be read."""
    target = statement.refers_to
    row = {
        "text": statement.text, "status": statement.status, "author_id": statement.author_id,
        "refers_to__text": target and target.text, "refers_to__status": target and target.status,
    }  # fmt: skip
    return Lines(statement.topic, user.pk, {statement.pk: row}, {}).words(statement.pk)


def _loaded(changes: QuerySet[Change], topic: Topic) -> QuerySet[Change]:
    named = Pseudonym.objects.filter(topic_id=topic.pk, user=OuterRef("actor")).values("name")[:1]
    return (
        changes.select_related("actor", "statement", "undoes").annotate(pseudonym=Subquery(named)).order_by("-number")
    )


def _entries(changes: Sequence[Change], topic: Topic, user: Actor) -> tuple[Entry, ...]:
    lines = Lines.around(changes, topic, user)
    taken_back = undone(topic) if changes else set()
    standing = _standing_undoings(changes, taken_back)
    entries = []
    for change in changes:
        change.topic = topic
        entry = Entry(
            number=change.number,
            at=change.at,
            mine=user.pk is not None and change.actor_id == user.pk,
            told=tell(change, lines, who=_name(change, topic)),
            undoes=change.undoes.number if change.undoes else None,
        )
        entries.append(_with_undo(entry, change, lines, standing.get(change.pk), is_undone=change.pk in taken_back))
    return tuple(entries)


def _standing_undoings(changes: Sequence[Change], taken_back: set[int]) -> dict[int, Change]:
    """For the changes that were taken back: the change that did, and still stands."""
    ids = [change.pk for change in changes if change.pk in taken_back]
    undoings = Change.objects.filter(undoes__in=ids).exclude(pk__in=taken_back).select_related("statement")
    return {undoing.undoes_id: undoing for undoing in undoings if undoing.undoes_id} if ids else {}


def _with_undo(entry: Entry, change: Change, lines: Lines, undoing: Change | None, *, is_undone: bool) -> Entry:
    """An undoing has no button of its own: the change that it took back offers to do it again."""
    if is_undone:
        again = undoing is not None and lines.may_still_undo(undoing)
        return replace(entry, undone_by=undoing.number if undoing else None, may_redo=again)
    return replace(entry, may_undo=entry.undoes is None and lines.may_still_undo(change))


def _parents(change: Change) -> tuple[int | None, int | None]:
    return change.before.get("parent"), change.after.get("parent")


def _name(change: Change, topic: Topic) -> SafeString:
    """Who did it, by the name that readers of the topic see."""
    name = ""
    if change.actor is not None:
        named = change.actor.shown_name if topic.names_shown == NamesShown.NAMES else ""
        name = named or change.pseudonym or ""  # type: ignore[attr-defined]
    return format_html("<b>{}</b>", name or _("A former participant"))


@dataclass(frozen=True, slots=True)
class Lines:
    """The statements and comments that some changes are about, as far as one reader may read them."""

    topic: Topic
    user_id: int | None
    rows: Mapping[int, Mapping[str, Any]]
    comments: Mapping[int, tuple[bool, int | None]]

    @classmethod
    def around(cls, changes: Iterable[Change], topic: Topic, user: Actor) -> Lines:
        """Two queries, whatever the number of changes."""
        changes = list(changes)
        told = [told for change in changes for told in (change.before, change.after)]
        ids = {pk for change in changes for pk in (change.statement_id, *_parents(change)) if pk}
        fields = ("pk", "text", "status", "author_id", "refers_to__text", "refers_to__status")
        rows = Statement.objects.filter(topic=topic, pk__in=ids).values(*fields)
        remarks = Comment.objects.filter(pk__in={each["comment"] for each in told if "comment" in each})
        comments = {pk: (removed, author) for pk, removed, author in remarks.values_list("pk", "removed", "author_id")}
        return cls(topic, user.pk, {row["pk"]: row for row in rows}, comments)

    def may_read(self, pk: int | None) -> bool:
        """What stands in the tree is for every reader; the rest for its author and the editors."""
        row = self.rows.get(pk or 0)
        return row is not None and (row["status"] == Status.VISIBLE or self._is_privy(row["author_id"]))

    def may_read_comment(self, pk: int | None, statement_id: int | None) -> bool:
        removed, author_id = self.comments.get(pk or 0, (True, None))
        return self.may_read(statement_id) and pk in self.comments and (not removed or self._is_privy(author_id))

    def _is_privy(self, author_id: int | None) -> bool:
        return self.topic.standing.may(EDIT) or (author_id is not None and author_id == self.user_id)

    def words(self, pk: int | None) -> str:
        """What the line says now, "" for whom it is not to be read."""
        if not self.may_read(pk):
            return ""
        row = self.rows[pk or 0]
        if row["refers_to__status"] in (None, Status.VISIBLE):
            return str(row["text"] or row["refers_to__text"] or "")
        return ""

    def quoted(self, pk: int | None) -> str:
        """The line, linked, as part of a sentence."""
        if words := self.words(pk):
            return quotation(words, reverse("statement", args=[pk]))
        row = self.rows.get(pk or 0)
        if row is None:
            return _("a line that is gone")
        return _("a suggestion") if row["status"] == Status.SUGGESTED else _("a line that was taken back")

    def may_still_undo(self, change: Change) -> bool:
        """Whether the reader may take `change` back and something is left of it; the verb itself looks closer."""
        about_topic = change.verb.startswith(("topic-", "essay-")) or change.verb in IMPORTING
        if change.verb not in INVERSES or not (about_topic or change.statement_id in self.rows):
            return False
        row = self.rows.get(change.statement_id or 0, {})
        if change.verb in BRINGING and row.get("status") in (Status.WITHDRAWN, Status.REMOVED):
            return False
        return may_undo(self.topic.standing, change)
