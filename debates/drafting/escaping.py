"""Words as Markdown that says just these words, with as few signs as that needs."""

from __future__ import annotations

import re

# What is markup wherever it stands. An underscore within a word is none, nor is "&" before a space.
_MARKUP = re.compile(r"[\\`*\[\]<]|~(?=~)|&(?=[#\w])|(?<![^\W_])_|_(?![^\W_])|!(?=\[)")
# What is markup at the beginning of a line.
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_SIGN = re.compile(r"[>#+=~-]")


def escaped(text: str) -> str:
    """`text` for anywhere but the beginning of a line."""
    return _MARKUP.sub(r"\\\g<0>", text)


def started(markdown: str) -> str:
    """A line that was escaped, for the beginning of a block."""
    if _SIGN.match(markdown):
        return f"\\{markdown}"
    return _NUMBER.sub(r"\1\\\2", markdown, count=1) if _NUMBER.match(markdown) else markdown
