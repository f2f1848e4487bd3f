"""A tree as argument graphs have it: statements, and between them inferences from premises to a conclusion."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from debates.formats.own_records import record_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debates.formats.document import Document, Line
    from debates.formats.own_records import Row


@dataclass(slots=True)
class Inference:
    """That some lines together stand for or against one: each alone, or those of a group.

    A place is a line or a link; its premise is the line whose words stand there.
    """

    stance: str
    conclusion: str
    places: list[Line] = field(default_factory=list)

    @property
    def supports(self) -> bool:
        return self.stance == "supports"

    @property
    def premises(self) -> list[str]:
        """The ids of the lines with the words, one for each place."""
        return [place.refers_to or place.id for place in self.places]


def inferences(document: Document) -> list[Inference]:
    """The inferences of a document, in reading order of the first place of each."""
    found: list[Inference] = []
    groups: dict[tuple[str, int, str], Inference] = {}
    for line in document.lines:
        if line.parent is None:
            continue
        inference = Inference(line.stance, line.parent)
        if line.group is not None:
            inference = groups.setdefault((line.parent, line.group, line.stance), inference)
        if not inference.places:
            found.append(inference)
        inference.places.append(line)
    return found


def places_in_order(document: Document) -> dict[str, int]:
    """How many lines stand before each."""
    return {line.id: number for number, line in enumerate(document.lines)}


def link_records(inference: Inference, names: Mapping[str, str], order: Mapping[str, int]) -> list[Row]:
    """What a graph does not show of the links among the places: that they are links, their own fields, their turn.

    `names` are the ids of the file for those of the document. See debates.formats.schemes for the way back.
    """
    return [
        {"of": names[place.refers_to], "position": order[place.id]} | record_of(place)
        for place in inference.places
        if place.refers_to is not None
    ]
