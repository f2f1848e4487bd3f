"""Nodes and edges of AIF files, whose ids are texts or numbers and whose lists may be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debates.formats.own_records import Row


def rows(content: Row, name: str) -> list[Row]:
    """The objects of the list `name`, which may be missing, null, or hold something else."""
    found = content.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def id_of(value: object) -> str:
    """An id as files write it, a text or a whole number; "" where it is neither."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def name_of(node: Row) -> str:
    """The id of a node, which OVA 2 calls `id`. "" where it has none."""
    return id_of(node.get("nodeID", node.get("id")))


def kind_of(node: Row) -> str:
    """The type of a node: I, RA, CA, MA, PA, L, TA, YA, or what the file says instead."""
    return str(node.get("type", "")).strip().upper()


def ends_of(edge: Row) -> tuple[str, str]:
    """The ids at the two ends of an edge, where OVA 2 has whole nodes. "" where there is none."""
    return _end(edge, "from"), _end(edge, "to")


def _end(edge: Row, side: str) -> str:
    value = edge.get(f"{side}ID", edge.get(side))
    return name_of(value) if isinstance(value, dict) else id_of(value)
