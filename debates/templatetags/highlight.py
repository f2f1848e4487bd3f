"""Marks the words of a search in what it found."""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from debates.text import fold

register = template.Library()

_WORDS = re.compile(r"(\w+)")


@register.filter
def marked(text: str, query: str) -> SafeString:
    """`text` as HTML, with <mark> around the words that `query` found.

    {{ topic.title|marked:choice.query }}. A word begins with one of the query; where none does, it holds one.
    """
    pieces = _WORDS.split(text)
    folded = [fold(piece) for piece in pieces]
    hits: set[int] = set()
    for wanted in fold(query).split():
        beginning = {at for at, word in enumerate(folded) if word.startswith(wanted)}
        hits |= beginning or {at for at, word in enumerate(folded) if wanted in word}
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", piece) if at in hits else piece,) for at, piece in enumerate(pieces))
    )
