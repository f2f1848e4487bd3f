"""The format of the ICCMA of 2023: `p af <number>`, then pairs of numbers from 1; what they say stands in comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.formats.attacks import argument_names, attacks

if TYPE_CHECKING:
    from debates.formats.document import Document


def write(document: Document) -> bytes:
    """The attacks of a document, for solvers of abstract argumentation."""
    words = document.words()
    numbers = {line: number for number, line in enumerate(argument_names(document), 1)}
    rows = [f"p af {len(numbers)}"]
    rows += [f"# {number}: {words[line]}" for line, number in numbers.items()]
    rows += [f"{numbers[source]} {numbers[target]}" for source, target in attacks(document)]
    return "".join(f"{row}\n" for row in rows).encode()
