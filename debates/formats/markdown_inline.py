"""What a line of Markdown says: its words, its label, where it links, and which footnotes it has."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from debates.formats.document import SourceCard
from debates.formats.stances import stance_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# A list takes two levels: 110 lists within each other.
MOST_NESTED = 220
MOST_NESTED_INLINE = 20
# A longer paragraph is taken as it is: the parser may take quadratic time.
LONGEST = 20_000
_NOTE = re.compile(r"\[\^([^\]\s]{1,60})\]")
_ANCHOR = re.compile(r"""<a\s[^>]*?(?:id|name)\s*=\s*["']?([^"'>\s]+)""", re.IGNORECASE)
_LABELS = {"claim", "question"}


class _Markdown(MarkdownIt):
    """A parser that leaves addresses as they are written: they are kept, not followed."""

    def normalizeLink(self, url: str) -> str:
        return url

    def validateLink(self, url: str) -> bool:
        return True


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    found = _NOTE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("footnote_mark", "", 0).meta = {"label": found[1]}
    state.pos = found.end()
    return True


def parser() -> MarkdownIt:
    """A parser of blocks, which leaves the text in them to `said`."""
    made = _Markdown("commonmark", {"maxNesting": MOST_NESTED}).disable("inline")
    made.inline.ruler.before("link", "footnote_mark", _footnote_mark)
    return made


@dataclass(slots=True)
class Said:
    """The words without markup, and what stood among them. `label` is a bold word in front, with a colon."""

    words: str = ""
    label: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)  # address, words
    anchors: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)

    @property
    def only_link(self) -> str:
        """The place on this page that all of the words link to."""
        if len(self.links) == 1 and self.links[0][1].strip() == self.words and self.links[0][0].startswith("#"):
            return self.links[0][0][1:]
        return ""

    @property
    def sources(self) -> list[SourceCard]:
        web = [(url, words) for url, words in self.links if url.startswith(("http://", "https://"))]
        return [SourceCard(title=words.strip() or url, url=url) for url, words in web]


def said(text: str, markdown: MarkdownIt, env: dict[str, Any], *, breaks: str = " ") -> Said:
    """What `text` says; `breaks` stands where it breaks a line."""
    if len(text) > LONGEST:
        return Said(" ".join(text.split()))
    tokens: list[Token] = []
    markdown.inline.parse(text, markdown, env, tokens)
    return _Listening(tokens, breaks).run()


class _Listening:
    """The tokens of a line while they are being put together."""

    def __init__(self, tokens: Sequence[Token], breaks: str) -> None:
        self.tokens = tokens
        self.breaks = breaks
        self.said = Said()
        self.pieces: list[str] = []
        self.bold_from = self.link_from = -1
        self.href = ""

    def run(self) -> Said:
        for token in self.tokens:
            self._hear(token)
        words = "".join(self.pieces)
        self.said.words = words.removeprefix(":").strip() if self.said.label else words.strip()
        return self.said

    def _hear(self, token: Token) -> None:
        match token.type:
            case "softbreak" | "hardbreak":
                self.pieces.append(self.breaks)
            case "html_inline":
                self._hear_tag(token.content)
            case "footnote_mark":
                self.said.footnotes.append(token.meta["label"])
            case "strong_open":
                self.bold_from = len(self.pieces)
            case "strong_close":
                self._end_bold()
            case "link_open":
                self.link_from, self.href = len(self.pieces), str(token.attrs.get("href", ""))
            case "link_close":
                self.said.links.append((self.href, "".join(self.pieces[self.link_from :])))
            case _:
                self.pieces.append(token.content)

    def _end_bold(self) -> None:
        """A bold stance in front of all else is a label, and no part of the words."""
        word = "".join(self.pieces).strip()
        label = word.rstrip(": ").casefold()
        first = self.bold_from >= 0 and not "".join(self.pieces[: self.bold_from]).strip()
        if first and not self.said.label and (stance_of(label) or label in _LABELS):
            self.said.label = label
            self.pieces.clear()

    def _hear_tag(self, tag: str) -> None:
        found = _ANCHOR.match(tag)
        if found:
            self.said.anchors.append(found[1])
        elif tag.lower().startswith("<br"):
            self.pieces.append(self.breaks)
