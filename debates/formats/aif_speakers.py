"""Who said what, as AIF has it: a locution on the statement, or one in the dialogue that asserts it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debates.formats.aif_rows import id_of, kind_of, name_of, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debates.formats.own_records import Row

# "NAME : what they say", as nearly every L-node of AIFdb has it
_SPEAKER = re.compile(r"\s*([^:]{1,60}?)\s*:\s")


class Speakers:
    """The people of an AIF object. `locution_of` gives for a statement the L-node that asserts it."""

    def __init__(self, aif: Row, edges: Iterable[tuple[str, str]]) -> None:
        nodes = rows(aif, "nodes")
        self.spoken = {name_of(node): str(node.get("text", "")) for node in nodes if kind_of(node) == "L"}
        acts = {name_of(node) for node in nodes if kind_of(node) == "YA"}
        self.locution_of = _locutions(edges, set(self.spoken), acts)
        self.people = {id_of(each.get("participantID")): _full_name(each) for each in rows(aif, "participants")}
        self.persons: dict[str, str] = {}
        for each in rows(aif, "locutions"):
            self.persons.setdefault(name_of(each), id_of(each.get("personID")))

    def of(self, statement: str) -> str:
        """The name of who said it, "" where the file does not tell."""
        for node in (statement, self.locution_of.get(statement, "")):
            if name := self.people.get(self.persons.get(node, "")):
                return name
            if found := _SPEAKER.match(self.spoken.get(node, "")):
                return found[1]
        return ""


def _locutions(edges: Iterable[tuple[str, str]], locutions: set[str], acts: set[str]) -> dict[str, str]:
    """For each node that an L-node asserts, at once or through a YA-node, the first that does."""
    voiced: dict[str, str] = {}
    for source, target in edges:
        if source in locutions:
            voiced.setdefault(target, source)
    found = {target: source for target, source in voiced.items() if target not in acts}
    for source, target in edges:
        if source in acts and source in voiced:
            found.setdefault(target, voiced[source])
    return found


def _full_name(person: Row) -> str:
    parts = (person.get("firstname"), person.get("surname"))
    return " ".join(part.strip() for part in parts if isinstance(part, str) and part.strip())
