"""The Trivial Graph Format as solvers read it: names, a line with #, then attacker and attacked.

There is room for no words: the names are the numbers of the outline, 1.2 is a_1_2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.formats.attacks import argument_names, attacks

if TYPE_CHECKING:
    from debates.formats.document import Document


def write(document: Document) -> bytes:
    """The attacks of a document, for solvers of abstract argumentation."""
    names = argument_names(document)
    rows = [*names.values(), "#", *(f"{names[source]} {names[target]}" for source, target in attacks(document))]
    return "".join(f"{row}\n" for row in rows).encode()
