"""Where statements stand among their siblings: the distances between them, and places as the history keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from debates.models.errors import Refused
from debates.models.kinds import MAX_DEPTH, Status

if TYPE_CHECKING:
    from debates.models.statement import Statement
    from debates.models.topic import Topic

# Siblings stand this far apart, so that one can be put between two without touching the others.
GAP = 1 << 16


class Place(NamedTuple):
    depth: int
    position: int


def place_under(parent: Statement | None, *, topic: Topic, hidden_too: bool = False) -> Place:
    """The place behind the last child of `parent`, which must be able to bear one more.

    `hidden_too`: what stood under a line that was taken back may stand there again.
    """
    from debates.models.statement import Statement

    siblings = Statement.objects.on_line(topic.pk, parent.pk if parent else None).order_by()
    if parent is None:
        last = siblings.aggregate(last=Max("position"))["last"]
        return Place(0, (last or 0) + GAP)
    row = (
        Statement.objects.filter(pk=parent.pk, topic=topic)
        .annotate(last=Max("arguments__position"))
        .values("depth", "status", "refers_to", "last")
        .first()
    )
    if row is None:
        raise Refused(_("The line above is not part of this topic any more."), field="parent")
    if row["refers_to"]:
        raise Refused(_("A link bears no arguments: answer the statement it points to."), field="parent")
    if row["status"] == Status.SUGGESTED or (row["status"] != Status.VISIBLE and not hidden_too):
        raise Refused(_("The line above was taken back meanwhile, so it cannot be answered."), field="parent")
    if row["depth"] >= MAX_DEPTH:
        raise Refused(
            _("This branch is %(limit)s levels deep, which is the limit. Answer a line further up.")
            % {"limit": MAX_DEPTH},
            field="parent",
        )
    return Place(row["depth"] + 1, (row["last"] or 0) + GAP)


def position_behind(after: Statement | None, *, parent_id: int | None, topic: Topic, moving: Statement) -> int:
    """A position right behind the sibling `after`, or before all others."""
    from debates.models.statement import Statement

    siblings = list(
        Statement.objects.on_line(topic.pk, parent_id).exclude(pk=moving.pk).in_order().values_list("pk", "position")
    )
    index = 0
    if after is not None:
        ids = [pk for pk, _position in siblings]
        if after.pk not in ids:
            raise Refused(_("That line is not beside this one any more."), field="after")
        index = ids.index(after.pk) + 1
    low = siblings[index - 1][1] if index else (siblings[0][1] - 2 * GAP if siblings else 0)
    high = siblings[index][1] if index < len(siblings) else low + 2 * GAP
    if high - low < 2:
        _spread([pk for pk, _position in siblings])
        low, high = index * GAP, (index + 1) * GAP
    return (low + high) // 2


def place_of(statement: Statement) -> dict[str, Any]:
    """Where `statement` stands, as the history keeps it: a position alone means nothing once siblings were spread."""
    from debates.models.statement import Statement

    siblings = Statement.objects.on_line(statement.topic_id, statement.parent_id)
    earlier = Q(position__lt=statement.position) | Q(position=statement.position, pk__lt=statement.pk)
    behind = siblings.filter(earlier).order_by("-position", "-pk").values_list("pk", flat=True).first()
    return {
        "parent": statement.parent_id, "stance": statement.stance, "position": statement.position, "behind": behind,
    }  # fmt: skip


def former_position(place: dict[str, Any], *, topic: Topic, moving: Statement) -> int:
    """The position that puts `moving` back at `place`: behind the sibling it stood behind, if that is still there."""
    from debates.models.statement import Statement

    siblings = Statement.objects.on_line(topic.pk, place["parent"]).exclude(pk=moving.pk)
    if place["behind"] is None:
        return position_behind(None, parent_id=place["parent"], topic=topic, moving=moving)
    behind = siblings.filter(pk=place["behind"]).first()
    if behind is None:
        return int(place["position"])
    return position_behind(behind, parent_id=place["parent"], topic=topic, moving=moving)


def _spread(ids: list[int]) -> None:
    """Give siblings that have grown too close their distance back."""
    from debates.models.statement import Statement

    rows = [Statement(pk=pk, position=(index + 1) * GAP) for index, pk in enumerate(ids)]
    Statement.objects.bulk_update(rows, ["position"], batch_size=500)
