"""Lines that only say “Pros” or “Cons”: they are no lines, and what stands below them points that way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.formats.document import Line
from debates.formats.stances import stance_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from debates.formats.drafts import Draft


def dissolve(draft: Draft, bare: Collection[str]) -> None:
    """Take the sections among the lines `bare` out of `draft`, in place.

    What argues without a claim above it argues about the title, which becomes the claim.
    """
    document = draft.document
    bearing = {line.parent for line in document.lines}
    sections = {
        line.id: line for line in document.lines if line.id in bare and line.id in bearing and stance_of(line.text)
    }
    kept = [line for line in document.lines if line.id not in sections]
    for line in kept:
        while line.parent in sections:
            section = sections[line.parent or ""]
            line.parent, line.stance = section.parent, line.stance or stance_of(section.text)
    homeless = [line for line in kept if line.parent is None and line.stance]
    if homeless:
        claim = Line(id="title", text=document.title)
        for line in homeless:
            line.parent = claim.id
        kept.insert(0, claim)
    document.lines = kept
