"""The citations of the lines of a text, and its reference list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debates.citing.bibliography import bibliography
from debates.citing.styles import style_named
from debates.drafting.blocks import Origin, Run
from debates.drafting.escaping import escaped
from debates.models.draft import CitationStyle
from debates.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from debates.citing.bibliography import Entry
    from debates.citing.bibliography import Run as CitingRun
    from debates.models import Source

HEADINGS = ("References", "Works Cited", "Bibliography")


class Citations:
    """The sources of statements, by the ids of these, as a style cites them."""

    def __init__(self, sources: Mapping[int, Sequence[Source]], style: str, language: str) -> None:
        self.sources = sources
        self.style = style_named(style)
        every = [source for each in sources.values() for source in each]
        self.entries = bibliography(every, style, language=language)
        self._by_source = {id(source): entry for entry in self.entries for source in entry.sources}

    def of(self, statement: int) -> Run | None:
        """How a text cites all sources of `statement`, in one pair of brackets where the style has brackets."""
        cited: dict[str, str] = {}
        for source in self.sources.get(statement, ()):
            words, markdown = _cited(self._by_source[id(source)], source)
            cited.setdefault(words, markdown)
        if not cited:
            return None
        if all(words.startswith("(") and words.endswith(")") for words in cited):
            inner = [(words[1:-1], markdown[1:-1]) for words, markdown in cited.items()]
            words, markdown = (f"({'; '.join(parts)})" for parts in zip(*inner, strict=True))
        else:
            words, markdown = " ".join(cited), " ".join(cited.values())
        return Run(words, Origin.CITATION, statement, markdown)

    def entries_of(self, statements: Iterable[int]) -> list[Entry[Source]]:
        """The references of what `statements` rest on, in the order of the style."""
        wanted = {id(source) for statement in statements for source in self.sources.get(statement, ())}
        return [entry for entry in self.entries if any(id(source) in wanted for source in entry.sources)]

    def entries_in(self, text: str) -> list[Entry[Source]]:
        """The references of the works that `text`, in Markdown, cites as this style does."""
        return [entry for entry in self.entries if _says(text, _markdown(entry.citation_runs()))]


def _cited(entry: Entry[Source], source: Source) -> tuple[str, str]:
    runs = entry.citation_runs(source.locator)
    return "".join(run.text for run in runs), _markdown(runs)


def _says(text: str, citation: str) -> bool:
    """Whether `text` has the words of `citation`, without its brackets, in which others or a page may stand as well."""
    words = citation[1:-1] if citation.startswith("(") else citation
    # Most of a long list is in no draft, and Python finds that out faster than a pattern.
    return bool(words) and words in text and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _markdown(runs: Iterable[CitingRun]) -> str:
    return "".join(f"*{escaped(run.text)}*" if run.italic and run.text.strip() else escaped(run.text) for run in runs)


class Part(NamedTuple):
    start: int
    body: int  # where its heading ends
    end: int


def reference_list(entries: Sequence[Entry[Source]], heading: str) -> str:
    """The list as the end of a text in Markdown, "" where there is nothing to list."""
    return "\n\n".join([f"## {heading}", *(entry.markdown for entry in entries)]) if entries else ""


def part_with_references(text: str) -> Part | None:
    """Where in `text` the reference list stands: from its heading to the next one, or to the end."""
    found = re.search(rf"^#{{1,6}} +(?:{'|'.join(HEADINGS)})[ #]*$", text, re.MULTILINE)
    if found is None:
        return None
    after = re.compile(r"^#{1,6} ", re.MULTILINE).search(text, found.end())
    return Part(found.start(), found.end(), after.start() if after else len(text))


def with_references(
    text: str, entries: Sequence[Entry[Source]], heading: str, *, known: Sequence[Entry[Source]] = ()
) -> str:
    """`text` with its reference list put in, or in the place of the one that it has.

    Paragraphs there that name none of the `known` works stay behind the list: the person wrote on below it, or cites
    a work that the map does not have.
    """
    part = part_with_references(text) or Part(len(text), len(text), len(text))
    theirs = _written_by_hand(text[part.body : part.end], known)
    made = reference_list(entries, heading) or (f"## {heading}" if theirs else "")
    before, after = text[: part.start].rstrip(), text[part.end :].strip()
    return "\n\n".join(piece for piece in (before, made, *theirs, after) if piece)


def _written_by_hand(body: str, known: Sequence[Entry[Source]]) -> list[str]:
    """The paragraphs of a reference list that are no reference of ours, in whatever style or older state of a work."""
    cards = [entry.work.card for entry in known]
    names = {fold(name) for card in cards for name in (card.title, card.url, card.doi)} - {""}
    paragraphs = [piece.strip("\n") for piece in body.split("\n\n")]
    folded = [(piece, f" {fold(piece)} ") for piece in paragraphs if piece.strip()]
    return [piece for piece, words in folded if not any(f" {name} " in words for name in names)]


def recited(text: str, sources: Mapping[int, Sequence[Source]], style: str, language: str) -> str:
    """`text` with the citations that our other styles write for `sources` written as `style` does.

    Two lines that another style cites in the same words, and this one in others, are left as they are.
    """
    now = Citations(sources, style, language)
    instead: dict[str, set[str]] = {}
    for other in CitationStyle.values:
        before = Citations(sources, other, language)
        for statement in sources:
            old, new = before.of(statement), now.of(statement)
            if old and new and old.markdown.startswith("("):
                instead.setdefault(old.markdown, set()).add(new.markdown)
    sure = {old: news.pop() for old, news in instead.items() if len(news) == 1}
    if not sure:
        return text
    longest_first = "|".join(re.escape(old) for old in sorted(sure, key=len, reverse=True))
    return re.sub(longest_first, lambda found: sure[found[0]], text)
