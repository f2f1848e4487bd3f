"""What must hold of a topic's tree and history whatever was done to it; how tests look at both."""

from __future__ import annotations

from typing import Any

from debates.models import Change, Statement, Topic


def picture(topic: Topic) -> list[tuple[Any, ...]]:
    """The tree as readers see it: lines in their order, what they say and where they stand."""
    rows = Statement.objects.filter(topic=topic).order_by("depth", "parent_id", "position", "pk")
    return list(rows.values_list("pk", "parent_id", "stance", "depth", "text", "note", "status", "refers_to_id"))


def faults(topic: Topic) -> list[str]:
    """Everything that is wrong with the tree and the numbers of `topic`, in words; empty when all is well."""
    rows: dict[int, dict[str, Any]] = {row["id"]: dict(row) for row in Statement.objects.filter(topic=topic).values()}
    found = []
    for pk, row in rows.items():
        parent = rows.get(row["parent_id"])
        if row["parent_id"] is None:
            if (row["depth"], row["stance"]) != (0, ""):
                found.append(f"claim {pk} has depth {row['depth']} and stance {row['stance']!r}")
        elif parent is None:
            found.append(f"{pk} is an orphan")
        elif row["depth"] != parent["depth"] + 1 or parent["refers_to_id"] or not row["stance"]:
            found.append(f"{pk} does not fit under {parent['id']}")
        if not _reaches_a_claim(pk, rows):
            found.append(f"{pk} is in a cycle")
    shown = [(row["parent_id"], row["refers_to_id"] or pk) for pk, row in rows.items() if row["status"] == "visible"]
    for parent, line in {place for place in shown if shown.count(place) > 1}:
        found.append(f"{line} stands twice under {parent}")
    numbers = list(Change.objects.filter(topic=topic).order_by("number").values_list("number", flat=True))
    last = Topic.objects.get(pk=topic.pk).last_change
    if numbers != list(range(1, last + 1)):
        found.append(f"{last} changes, numbered {numbers}")
    return found


def _reaches_a_claim(pk: int, rows: dict[int, Any]) -> bool:
    steps = 0
    while pk in rows and rows[pk]["parent_id"] is not None and steps <= len(rows):
        pk, steps = rows[pk]["parent_id"], steps + 1
    return pk in rows and rows[pk]["parent_id"] is None
