"""The words of an Argdown statement: escapes, emphasis, links, tags, mentions and shortcodes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from debates.formats.document import SourceCard

# What means something to Argdown's lexer in the middle of a line. Dots and colons only where they enclose something,
# slashes only where they begin a comment; three equals signs would begin front matter.
_MEANS_SOMETHING = re.compile(r"[\\*_\[<{#]|/(?=[/*])|=(?==)|(?<==)=|\.(?=\S+\.)|:(?=\S+:)|(?<=@include)\(")
# An address in parentheses may hold a pair of them.
URL = r"(?:[^()\n]|\([^()\n]{0,500}\)){1,2000}"
_TOKEN = re.compile(
    r"\\(?P<escaped>.)"
    rf"|\[(?P<label>[^\[\]]+)\]\((?P<url>{URL})\)"
    r"|@(?:\[(?P<statement>[^\[\]]+)\]|<(?P<argument>[^<>]+)>)"
    r"|(?<!\S)#(?:\((?P<tag>[^()]+)\)|(?P<word>[\w-]+))(?P<inside>(?=\s+[^\s#]))?"
    r"|(?P<code>\.[^\s.]{1,12}\.|:[^\s:]{1,12}:)"
    r"|(?P<mark>\*\*|\*|__|_)"
)
_MAY_FOLLOW = frozenset(" \t\n)}_.,!?;:-*")
_SYMBOLS = {
    "A": "∀", "E": "∃", "O": "𝗢", "P": "𝗣", "->": "→", "<->": "↔", "~": "¬", "^": "∧", "v": "∨", "v_": "⊻", "<>": "◇",
    "[]": "◻", "happy": "😀", "smile": "☺", "laugh": "😆", "lol": "😆", "rofl": "🤣", "joy": "😂", "heart": "❤",
    "love": "😍", "wink": "😉", "shush": "🤫", "meh": "😐", "eye-roll": "🙄", "sad": "😢", "scream": "😱", "+1": "👍",
    "up": "👍", "-1": "👎", "down": "👎", "think": "🤔", "star": "⭐", "y": "✔", "agree": "✔", "n": "❌",
    "disagree": "❌", "?": "❓", "question": "❓",
}  # fmt: skip


def escaped(text: str) -> str:
    """`text`, which is one line, so that Argdown reads nothing but words."""
    return _MEANS_SOMETHING.sub(r"\\\g<0>", text)


@dataclass(slots=True)
class Words:
    """What a piece of Argdown says: its text, and what it links to and is tagged with."""

    text: str = ""
    cards: list[SourceCard] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def words_of(raw: str) -> Words:
    """The words of `raw`. Tags at its end are taken out, those within a sentence stay in it."""
    found = Words()
    pieces: list[str] = []
    opened: list[tuple[str, int]] = []
    at = 0
    for token in _TOKEN.finditer(raw):
        pieces.append(raw[at : token.start()])
        at = token.end()
        pieces.append(token["mark"] or _said(token, found))
        if token["mark"]:
            _mark(token, pieces, opened)
    pieces.append(raw[at:])
    found.text = " ".join("".join(pieces).split())
    return found


def _said(token: re.Match[str], found: Words) -> str:
    """What stands in the text for a token that is no emphasis."""
    if token["escaped"]:
        return token["escaped"]
    if token["label"]:
        found.cards.append(SourceCard(title=token["label"].strip(), url=token["url"].strip()))
        return token["label"]
    if title := token["statement"] or token["argument"]:
        return f"“{title}”"
    if tag := token["tag"] or token["word"]:
        found.tags.append(tag)
        return token[0] if token["inside"] is not None else ""
    return _SYMBOLS.get(token["code"][1:-1], token["code"])


def _mark(token: re.Match[str], pieces: list[str], opened: list[tuple[str, int]]) -> None:
    """Take away the pair that this mark closes, or remember it; one that is never closed stays a sign."""
    text, mark = token.string, token["mark"]
    before, after = text[token.start() - 1 : token.start()], text[token.end() : token.end() + 1]
    if opened and opened[-1][0] == mark and (not after or after in _MAY_FOLLOW):
        pieces[opened.pop()[1]] = pieces[-1] = ""
    elif after.strip() and not (mark[0] == "_" and before.isalnum()):
        opened.append((mark, len(pieces) - 1))
