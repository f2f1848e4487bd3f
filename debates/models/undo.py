"""Taking a change back: for every verb, the one that brings back what it altered, if what followed allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models import structure
from debates.models.act import act_on
from debates.models.errors import Conflict, Refused
from debates.models.essay import Essay
from debates.models.kinds import Status
from debates.models.passage import Passage, bring_back_passage
from debates.models.replacing import bring_back_essay, essay_back, essay_gone, essay_there, put_away
from debates.models.source import bring_back_source, told_of_source

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from debates.models.act import Act
    from debates.models.change import Change
    from debates.models.statement import Statement, StatementQuerySet
    from debates.models.topic import Topic

    type Inverse = Callable[[Act, Change], None]

GONE = _("What this change was about is gone.")
MEANWHILE = _("It was changed again since. Take the newer change back first.")


def undo(change: Change, *, by: User) -> Change:
    """One more change that takes `change` back. Raises Refused or Conflict, and then nothing is changed."""
    if change.verb not in INVERSES:
        raise Refused(_("This cannot be taken back."))
    verb, inverse = INVERSES[change.verb]
    with act_on(change.topic, by=by, verb=verb, undoes=change, closed_too=verb.startswith("topic-")) as act:
        if change.pk in undone(act.topic):
            raise Refused(_("This was undone already."))
        inverse(act, change)
        if not act.changes:
            raise Refused(_("It is already as it was before."))
    return act.changes[0]


def undone(topic: Topic) -> set[int]:
    """The ids of the changes of `topic` that were taken back, and not brought back since. One query."""
    found: set[int] = set()
    undoings = topic.changes.filter(undoes__isnull=False).order_by("-number")
    # Newest first: what undid a change counts only if nothing newer undid it in turn.
    for undoing, undid in undoings.values_list("pk", "undoes_id"):
        if undoing not in found and undid is not None:
            found.add(undid)
    return found


def _subject(act: Act, change: Change) -> Statement:
    """The statement of `change` as it is now."""
    from debates.models.statement import Statement

    # Read again: `change` may have been loaded before the lock.
    statement = Statement.objects.filter(pk=change.statement_id or 0, topic=act.topic).first()
    if statement is None:
        raise Refused(GONE)
    return statement


def _still_so(current: Any, change: Change) -> None:
    """Raise Conflict unless all that `change` set has the same value now."""
    if any(getattr(current, name) != value for name, value in change.after.items()):
        raise Conflict(MEANWHILE, current=current)


# -- topics -------------------------------------------------------------------------------------------------


def _topic_back(act: Act, change: Change) -> None:
    _still_so(act.topic, change)
    act.topic.set(act, change.before)


def _open_or_closed(act: Act, change: Change) -> None:
    act.topic.set_closed(act, timezone.now() if act.verb == "topic-closed" else None)


# -- statements ---------------------------------------------------------------------------------------------


def _take_back(act: Act, change: Change) -> None:
    """Withdrawn by its author, removed by anyone else: its place and the replies stay."""

    statement = _subject(act, change)
    if statement.status in {Status.WITHDRAWN, Status.REMOVED}:
        raise Refused(_("It was taken back already."))
    own = act.by is not None and statement.author_id == act.by.pk
    act.verb = "withdraw" if own else "remove"
    structure.set_status(act, statement, Status.WITHDRAWN if own else Status.REMOVED)


def _status_back(act: Act, change: Change) -> None:

    statement = _subject(act, change)
    _still_so(statement, change)
    former = change.before["status"]
    if former == Status.SUGGESTED and statement.arguments.exists():
        raise Refused(_("It has replies, so it cannot become a suggestion again."))
    if former == Status.SUGGESTED and statement.links.exists():  # they would show its words
        raise Refused(_("It stands in a second place, so it cannot become a suggestion again."))
    verbs = {Status.SUGGESTED: "suggest", Status.WITHDRAWN: "withdraw", Status.REMOVED: "remove"}
    act.verb = verbs.get(former, "accept" if statement.status == Status.SUGGESTED else "restore")
    structure.set_status(act, statement, former)


def _suggestion_back(act: Act, change: Change) -> None:
    """A suggestion is taken back; an acceptance that was undone is accepted again."""
    (_status_back if "status" in change.before else _take_back)(act, change)


def _text_back(act: Act, change: Change) -> None:
    statement = _subject(act, change)
    _still_so(statement, change)
    texts = {"text": statement.text, "note": statement.note} | change.before
    structure.set_text(act, statement, texts["text"], texts["note"])


def _stance_back(act: Act, change: Change) -> None:
    statement = _subject(act, change)
    _still_so(statement, change)
    structure.set_stance(act, statement, change.before["stance"])


def _place_back(act: Act, change: Change) -> None:
    from debates.models.statement import Statement

    moved, former = _subject(act, change), change.before
    if (moved.parent_id, moved.stance) != (change.after["parent"], change.after["stance"]):
        raise Conflict(_("It was moved elsewhere since. Take that move back first."), current=moved)
    parent = Statement.objects.filter(pk=former["parent"], topic=act.topic).first()
    if parent is None and former["parent"] is not None:
        raise Refused(_("The line it stood under is gone."))
    structure.move(act, moved, parent, stance=former["stance"], former=former)


def _order_back(act: Act, change: Change) -> None:
    statement = _subject(act, change)
    if statement.parent_id != change.after["parent"]:
        raise Conflict(_("It was moved elsewhere since. Take that move back first."), current=statement)
    structure.reorder(act, statement, former=change.before)


# -- imports ------------------------------------------------------------------------------------------------


def _import_back(act: Act, change: Change) -> None:
    """Hide all that one import brought and that still shows; what others wrote below it stays."""
    imported = _imported(act, change.after)
    hidden_before = list(imported.exclude(status=Status.VISIBLE).order_by("pk").values_list("pk", flat=True))
    hidden = imported.filter(status=Status.VISIBLE).update(status=Status.REMOVED)
    essays = [put_away(act, essay) for essay in _essays_resting_on(act, change.after, imported)]
    if hidden or essays:
        before = change.after | {"statements": hidden}
        act.record(before=before, after={"hidden_before": hidden_before, "essays": essays})


def _import_again(act: Act, change: Change) -> None:
    """Show what undoing the import hid, but for what was hidden before, or by itself since."""
    apart = act.topic.changes.filter(number__gt=change.number, statement__isnull=False).values("statement")
    imported = _imported(act, change.before).exclude(pk__in=change.after["hidden_before"]).exclude(pk__in=apart)
    shown = imported.filter(status=Status.REMOVED).update(status=Status.VISIBLE)
    for recorded in change.after["essays"]:
        bring_back_essay(act, recorded)
    if shown or change.after["essays"]:
        act.record(after=change.before | {"statements": shown})


def _essays_resting_on(act: Act, told: dict[str, Any], imported: StatementQuerySet) -> list[Essay]:
    """The essays of an import that no line of anybody else rests on."""
    essays = Essay.objects.filter(topic=act.topic, pk__in=told["essays"])
    others = Passage.objects.filter(essay__in=essays).exclude(statement__in=imported).values("essay")
    return list(essays.exclude(pk__in=others).order_by("pk"))


def _imported(act: Act, told: dict[str, Any]) -> StatementQuerySet:
    """The statements of one import: the topic was locked, so no other's numbers lie between the first and the last."""
    from debates.models.statement import Statement

    lines = Statement.objects.get_queryset().filter(topic=act.topic)
    return lines.filter(pk__range=(told["first"], told["last"])) if told["first"] else lines.none()


# -- evidence and remarks -------------------------------------------------------------------------------------


def _uncite(act: Act, change: Change) -> None:
    source = _subject(act, change).sources.filter(pk=change.after["source"]).first()
    if source is None:
        raise Refused(GONE)
    source.take_away(act)


def _cite(act: Act, change: Change) -> None:
    bring_back_source(act, _subject(act, change), change.before)


def _recite(act: Act, change: Change) -> None:
    source = _subject(act, change).sources.filter(pk=change.after["source"]).first()
    if source is None:
        raise Refused(GONE)
    if source.as_recorded() != change.after:
        raise Conflict(MEANWHILE, current=source)
    source.set(act, told_of_source(change.before))


def _place(act: Act, change: Change) -> None:
    passage = _subject(act, change).passages.filter(pk=change.after["passage"]).first()
    if passage is None:
        raise Refused(GONE)
    if passage.as_recorded() != change.after:
        raise Conflict(MEANWHILE, current=passage)
    passage.lose(act, change.before)


def _unquote(act: Act, change: Change) -> None:
    passage = _subject(act, change).passages.filter(pk=change.after["passage"]).first()
    if passage is None:
        raise Refused(GONE)
    passage.take_away(act)


def _quote(act: Act, change: Change) -> None:
    bring_back_passage(act, _subject(act, change), change.before)


def _comment_shown(act: Act, change: Change) -> None:
    removed = act.verb == "uncomment"
    comment = _subject(act, change).comments.filter(pk=(change.after or change.before)["comment"]).first()
    if comment is None:
        raise Refused(GONE)
    if comment.removed != removed:
        comment.set_removed(act, removed)


# The verb of a change, the verb that takes it back, and how. `_take_back` and `_status_back` name theirs themselves.
INVERSES: dict[str, tuple[str, Inverse]] = {
    "topic-revised": ("topic-revised", _topic_back),
    "topic-closed": ("topic-reopened", _open_or_closed),
    "topic-reopened": ("topic-closed", _open_or_closed),
    "add": ("withdraw", _take_back),
    "link": ("withdraw", _take_back),
    "suggest": ("withdraw", _suggestion_back),
    "accept": ("suggest", _status_back),
    "withdraw": ("restore", _status_back),
    "remove": ("restore", _status_back),
    "restore": ("withdraw", _status_back),
    "revise": ("revise", _text_back),
    "turn": ("turn", _stance_back),
    "move": ("move", _place_back),
    "reorder": ("reorder", _order_back),
    "cite": ("uncite", _uncite),
    "uncite": ("cite", _cite),
    "recite": ("recite", _recite),
    "place": ("place", _place),
    "essay-added": ("essay-removed", essay_gone),
    "essay-removed": ("essay-added", essay_there),
    "essay-revised": ("essay-revised", essay_back),
    "quote": ("unquote", _unquote),
    "unquote": ("quote", _quote),
    "comment": ("uncomment", _comment_shown),
    "uncomment": ("comment", _comment_shown),
    "import": ("unimport", _import_back),
    "unimport": ("import", _import_again),
}
