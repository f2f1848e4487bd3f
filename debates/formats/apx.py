"""The facts of ASPARTIX: `arg(a).` and `att(a,b).`; what each argument says stands in comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.formats.attacks import argument_names, attacks

if TYPE_CHECKING:
    from debates.formats.document import Document

# Some parsers look for facts everywhere, comments included.
_NO_FACTS = str.maketrans("()", "[]")


def write(document: Document) -> bytes:
    """The attacks of a document, for solvers of abstract argumentation."""
    names, words = argument_names(document), document.words()
    rows = [f"% {name}: {words[line].translate(_NO_FACTS)}" for line, name in names.items()]
    rows += [f"arg({name})." for name in names.values()]
    rows += [f"att({names[source]},{names[target]})." for source, target in attacks(document)]
    return "".join(f"{row}\n" for row in rows).encode()
