"""What stands beside a draft while it is written: the lines of the map, and what the text still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import override

from debates.citing.lacking import missing
from debates.drafting.blocks import markdown_of
from debates.drafting.composing import sentence_of
from debates.drafting.paper import paper_of, plain_of
from debates.drafting.reading import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debates.citing.bibliography import Entry
    from debates.drafting.citations import Citations
    from debates.drafting.composing import Material
    from debates.models import Source
    from debates.tree import Node

DEEPEST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the map. `sentence` is what it puts into a text: its words with their citation, in Markdown."""

    node: Node
    sentence: str
    used: bool

    @property
    def level(self) -> int:
        return min(self.node.depth, DEEPEST_SHOWN)


class Lacking(NamedTuple):
    """A work that the text cites, what its reference would have and does not, and a source of it, to be mended."""

    title: str
    pk: str
    sentences: list[str]


def lines_beside(material: Material, text: str, citations: Citations) -> list[Line]:
    """The lines of a map, and which of them stand in `text` already, in their own words."""
    said = _folded(plain_of(text))
    made = []
    for node in lines_of(material):
        sentence = markdown_of(sentence_of(node, citations.of(node.branch_id)))
        made.append(Line(node, sentence, _folded(node.text).rstrip(".。") in said))
    return made


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def prompts_of(text: str, language: str) -> list[str]:
    """What is still to be written: a sentence for each heading with nothing below it. None of it is in the text.

    `language` is that in which the text was put together.
    """
    with override(language):
        conclusion = _("Conclusion")
    return [_prompt(title, conclusion) for title in _empty_parts(text)]


def _empty_parts(text: str) -> Iterator[str]:
    pieces = paper_of(text)
    for at, piece in enumerate(pieces):
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        if piece.kind == "heading" and (after is None or (after.kind == "heading" and after.level <= piece.level)):
            yield piece.text


def _prompt(title: str, conclusion: str) -> str:
    if title == conclusion:
        return _("Conclusion: what follows from all this? Say what weighs most for you, and why.")
    return _("Nothing stands below “%(title)s” yet.") % {"title": title}


def lacking_in(entries: Sequence[Entry[Source]], style: str) -> list[Lacking]:
    """What lacks in the sources of `entries`, each with where it is mended."""
    found = [(entry, missing(entry.work.card, style)) for entry in entries]
    return [Lacking(entry.work.card.title, str(entry.sources[0].pk), lacks) for entry, lacks in found if lacks]
