"""The words of a Kialo export: escapes, emphasis, links in the text, and marks of footnotes."""

from __future__ import annotations

import re

from debates.formats.document import SourceCard
from debates.formats.mending import is_address, shortened

_SIGN = r"[!-/:-@\[-`{-~]"
_ESCAPED = re.compile(rf"\\({_SIGN})")
_TO_ESCAPE = re.compile(rf"\\(?={_SIGN})|[*\[\]]")
_IN_LINK = re.compile(r"[\\*\[\]()]")
_BACKSLASHED = r"\\\g<0>"
_EMPHASIS = re.compile(r"(?<![\w\\*])(\*{1,3})(?=[^\s*])((?:\\.|[^*\\])+?)(?<=\S)\1(?![\w*])")
_LINK = r"\[((?:\\.|[^\[\]\\])++)\]\(((?:\\.|[^()\\\s])++)\)"
# Signs that are escaped are passed over in pairs, so that no link begins with one of them.
_LINK_IN_TEXT = re.compile(rf"\\.|{_LINK}")
_FOOTNOTE = re.compile(r"\\.|[ ]?\[([0-9]{1,9})\]")
# What begins a line, or is one, and would be read as something else than words.
_HEADER_LIKE = re.compile(r"((?:[0-9]+\.)+ (?:Question|Thesis|Pro|Con)|Sources|Pro|Con)(?=:)")


def escaped(text: str) -> str:
    """`text`, which is one line, so that `plain` gives it back and nothing in it is taken for a sign."""
    guarded = _TO_ESCAPE.sub(_BACKSLASHED, text)
    if guarded.startswith("-> See"):
        return "\\" + guarded
    return _HEADER_LIKE.sub(r"\1\\", guarded, count=1) if _HEADER_LIKE.match(guarded) else guarded


def unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def plain(text: str) -> str:
    """What is left of the words when emphasis and escapes are taken away."""
    return unescaped(_EMPHASIS.sub(r"\2", text))


def without_links(text: str) -> tuple[str, list[SourceCard]]:
    """`text` with the labels of its links in their places, and a source for each link."""
    cards = []

    def label(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        cards.append(linked_card(found))
        return found[1]

    return _LINK_IN_TEXT.sub(label, text), cards


def linked_card(found: re.Match[str]) -> SourceCard:
    """The source that a link names."""
    return SourceCard(title=plain(found[1]), url=unescaped(found[2]))


def without_footnotes(text: str, following: int, most: int) -> tuple[str, list[int]]:
    """`text` without its marks of footnotes, and their numbers. Marks are numbered through the whole file: only the
    one that `following` expects is a mark, any other number in brackets is something that somebody wrote."""
    numbers: list[int] = []

    def keep(found: re.Match[str]) -> str:
        if found[1] is None or int(found[1]) != following + len(numbers) or int(found[1]) > most:
            return found[0]
        numbers.append(int(found[1]))
        return ""

    return _FOOTNOTE.sub(keep, text), numbers


# -- what stands behind the number of a source ------------------------------------------------------------------------

_BARE_ADDRESS = re.compile(r"(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}(?:[/?#]\S*)?")
_SCHEME = re.compile(r"https?://")


def card_of(locator: str) -> SourceCard:
    """The source that `locator` names: an address, an address without its scheme, a link, or words."""
    if link := re.fullmatch(_LINK, locator):
        return linked_card(link)
    words = unescaped(locator)
    if _SCHEME.match(locator):
        if is_address(words):
            return SourceCard(title=shortened(words, 200), url=words)
        return SourceCard(title=_SCHEME.sub("", words, count=1))  # a sentence to which Kialo put a scheme
    if _BARE_ADDRESS.fullmatch(locator) and is_address(f"https://{words}"):
        return SourceCard(title=shortened(words, 200), url=f"https://{words}")
    return SourceCard(title=words)


def locator_of(card: SourceCard) -> str:
    """The same the other way round."""
    if card.url:
        if card.title == shortened(card.url, 200):
            return _address(card.url)
        return f"[{_IN_LINK.sub(_BACKSLASHED, card.title)}]({_address(card.url)})"
    title = escaped(card.title)
    if _SCHEME.match(title):
        return title.replace(":", "\\:", 1)
    return title.replace(".", "\\.", 1) if _BARE_ADDRESS.fullmatch(title) else title


def _address(url: str) -> str:
    return _IN_LINK.sub(_BACKSLASHED, url)
