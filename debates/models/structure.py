"""The tree's moving parts, for verbs that hold the topic's lock: places, moves, depths, and what they record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models.errors import Refused
from debates.models.kinds import MAX_DEPTH, Status
from debates.models.places import Place, former_position, place_of, place_under, position_behind

if TYPE_CHECKING:
    from debates.models.act import Act
    from debates.models.statement import Statement


def ancestors(statement_id: int) -> list[int]:
    """The ids from `statement_id` itself up to its claim."""
    return _walk(
        "SELECT id, parent_id FROM debates_statement WHERE id = %s",
        "SELECT s.id, s.parent_id FROM debates_statement s JOIN walk ON s.id = walk.parent_id",
        statement_id,
    )


def branch(statement_id: int) -> list[int]:
    """The ids of `statement_id` and all below it."""
    return _walk(
        "SELECT id, parent_id FROM debates_statement WHERE id = %s",
        "SELECT s.id, s.parent_id FROM debates_statement s JOIN walk ON s.parent_id = walk.id",
        statement_id,
    )


def _walk(start: str, step: str, statement_id: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE walk(id, parent_id) AS ({start} UNION ALL {step}) SELECT id FROM walk",  # noqa: S608
            [statement_id],
        )
        return [row[0] for row in cursor.fetchall()]


def height(statement: Statement) -> int:
    """How many levels lie below `statement`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE walk(id, depth) AS (SELECT id, depth FROM debates_statement WHERE id = %s UNION ALL"
            " SELECT s.id, s.depth FROM debates_statement s JOIN walk ON s.parent_id = walk.id)"
            " SELECT MAX(depth) FROM walk",
            [statement.pk],
        )
        return int(cursor.fetchone()[0]) - statement.depth


def shift_branch(statement: Statement, levels: int) -> None:
    """Put all below `statement` `levels` deeper, in one statement whatever the branch's size."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE walk(id) AS (SELECT id FROM debates_statement WHERE parent_id = %s UNION ALL"
            " SELECT s.id FROM debates_statement s JOIN walk ON s.parent_id = walk.id)"
            " UPDATE debates_statement SET depth = depth + %s WHERE id IN (SELECT id FROM walk)",
            [statement.pk, levels],
        )


def move(
    act: Act, moved: Statement, parent: Statement | None, *, stance: str,
    after: Statement | None = None, former: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """See Statement.move_under. `former` is the place to put it back to, as place_of() gave it."""
    before = place_of(moved)
    place = _place_for(act, moved, parent, back=former is not None)
    levels = place.depth - moved.depth
    stance = "" if parent is None else stance or moved.stance
    if parent is not None and not stance:
        raise Refused(_("Say whether it supports or opposes its new place."), field="stance")
    moved.parent, moved.stance, moved.depth, moved.position = parent, stance, place.depth, place.position
    if after is not None:
        moved.position = position_behind(after, parent_id=moved.parent_id, topic=act.topic, moving=moved)
    elif former is not None:
        moved.position = former_position(former, topic=act.topic, moving=moved)
    moved.save(update_fields=["parent", "stance", "depth", "position"])
    if levels:
        shift_branch(moved, levels)
    act.record(statement=moved, before=before, after=place_of(moved))


def _place_for(act: Act, moved: Statement, parent: Statement | None, *, back: bool) -> Place:
    """The place behind the last child of `parent`, if `moved` may stand there with its branch."""

    if parent is None and moved.is_link:
        raise Refused(_("A link cannot be a claim."), field="parent")
    if parent is not None:
        above = ancestors(parent.pk)
        if moved.pk in above:
            raise Refused(_("A line cannot stand under itself or under its own branch."), field="parent")
        if _links_to(above, within=moved):
            raise Refused(_("A line cannot argue for or against itself."), field="parent")
        if parent.pk != moved.parent_id:
            _refuse_twice(moved, parent)
    place = place_under(parent, topic=act.topic, hidden_too=back)
    if place.depth > moved.depth and place.depth + height(moved) > MAX_DEPTH:
        raise Refused(_("With its branch this would be deeper than the limit of 50 levels."), field="parent")
    return place


def _links_to(targets: list[int], *, within: Statement) -> bool:
    """Whether the branch of `within` holds a link to one of `targets`. One query, from the few links upwards."""
    marks = ", ".join(["%s"] * len(targets))
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE walk(id, parent_id) AS ("  # noqa: S608 - only marks are put in
            f"SELECT id, parent_id FROM debates_statement WHERE refers_to_id IN ({marks}) UNION"
            " SELECT s.id, s.parent_id FROM debates_statement s JOIN walk ON s.id = walk.parent_id)"
            " SELECT 1 FROM walk WHERE id = %s LIMIT 1",
            [*targets, within.pk],
        )
        return cursor.fetchone() is not None


def _refuse_twice(statement: Statement, parent: Statement | int | None) -> None:
    """Raise Refused where `statement`, under `parent`, would stand beside what it repeats or what repeats it."""
    from debates.models.statement import Statement

    target = statement.refers_to_id or statement.pk
    again = Q(refers_to=target, status=Status.VISIBLE)
    if statement.is_link:
        again |= Q(pk=target)
    if parent and Statement.objects.filter(again, parent=parent).exclude(pk=statement.pk).exists():
        raise Refused(_("This line stands there already."), field="parent")


def link(act: Act, target: Statement, parent: Statement, *, stance: str, key: str) -> Statement:
    """See Statement.link_under."""
    from debates.models.statement import Statement

    if target.is_link:
        raise Refused(_("Link to the statement itself, not to a link."), field="target")
    if target.status != Status.VISIBLE:
        raise Refused(_("What was taken back cannot be linked."), field="target")
    if target.pk in ancestors(parent.pk):
        raise Refused(_("A line cannot argue for or against itself."), field="parent")
    place = place_under(parent, topic=act.topic)
    made = Statement(
        topic=act.topic, parent=parent, stance=stance, refers_to=target, author=act.by, key=key or None,
        depth=place.depth, position=place.position,
    )  # fmt: skip
    _refuse_twice(made, parent)
    made.save(force_insert=True)
    act.record(statement=made, after=made.as_recorded())
    return made


def set_stance(act: Act, statement: Statement, stance: str) -> None:
    before = {"stance": statement.stance}
    statement.stance = stance
    statement.save(update_fields=["stance"])
    act.record(statement=statement, before=before, after={"stance": stance})


def reorder(
    act: Act, statement: Statement, *, after: Statement | None = None, former: dict[str, Any] | None = None
) -> None:
    """See Statement.reorder. `former` is the place to put it back to, as place_of() gave it."""
    before = place_of(statement)
    if former is None:
        parent_id = statement.parent_id
        statement.position = position_behind(after, parent_id=parent_id, topic=act.topic, moving=statement)
    else:
        statement.position = former_position(former, topic=act.topic, moving=statement)
    statement.save(update_fields=["position"])
    act.record(statement=statement, before=before, after=place_of(statement))


def set_status(act: Act, statement: Statement, status: str) -> None:
    if status == Status.VISIBLE:
        _refuse_twice(statement, statement.parent_id)
    before = {"status": statement.status}
    statement.status = status
    statement.save(update_fields=["status"])
    act.record(statement=statement, before=before, after={"status": status})


def set_text(act: Act, statement: Statement, text: str, note: str) -> None:
    """New words and one version more; the same words are no change."""
    before = {"text": statement.text, "note": statement.note}
    statement.write(text, note)
    after = {"text": statement.text, "note": statement.note}
    if before == after:
        return
    statement.version = F("version") + 1
    statement.updated = timezone.now()
    statement.save(update_fields=["text", "note", "search_text", "version", "updated"])
    altered = [name for name in before if before[name] != after[name]]
    act.record(
        statement=statement,
        before={name: before[name] for name in altered},
        after={name: after[name] for name in altered},
    )
