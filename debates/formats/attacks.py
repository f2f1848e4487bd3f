"""What abstract argumentation sees of a topic: statements, and which attacks which. Support is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debates.formats.document import Document


def argument_names(document: Document) -> dict[str, str]:
    """A name for each statement that solvers take, made from its number in the outline: a_1_2 is 1.2."""
    numbers = document.numbers()
    return {
        line.id: "a_" + "_".join(map(str, numbers[line.id])) for line in document.lines if not line.is_link
    }  # fmt: skip


def attacks(document: Document) -> list[tuple[str, str]]:
    """The ids of attacker and attacked, each pair once. A link attacks with the statement that it repeats."""
    pairs = ((line.refers_to or line.id, line.parent) for line in document.lines if line.stance == "opposes")
    return list(dict.fromkeys((source, target) for source, target in pairs if target is not None))
