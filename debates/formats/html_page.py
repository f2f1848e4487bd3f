"""One HTML file that holds a whole topic and needs nothing else: no script, no picture, no other host.

Branches open and close as `details`. Whatever people wrote is escaped; their Markdown is rendered as the site does.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debates.formats.outline import Entry, described, is_right_to_left, outline_of, see_words
from debates.markdown import render_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debates.formats.document import Document, SourceCard

# Nothing but the style within may be used, whatever got into the page.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_INNER_LINK = re.compile(r'<a href="(?!https?://|mailto:)[^"]*"')


def write(document: Document) -> bytes:
    """The page of `document`."""
    outline = outline_of(document)
    lines = [*_head(document), *_introduction(document), *_branches(outline.entries), *_sources(outline.sources)]
    return ("\n".join([*lines, "</main>", "</body>", "</html>"]) + "\n").encode()


@cache
def _style() -> str:
    return (Path(__file__).parent / "html_page.css").read_text(encoding="utf-8").strip()


def _head(document: Document) -> Iterator[str]:
    language = document.language or "en"
    direction = "rtl" if is_right_to_left(language) else "ltr"
    yield "<!doctype html>"
    yield f'<html lang="{escape(language)}" dir="{direction}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{escape(document.title)}</title>"
    yield f"<style>\n{_style()}\n</style>"
    yield "</head>"
    yield "<body>"
    yield "<main>"


def _introduction(document: Document) -> Iterator[str]:
    yield f'<h1 dir="auto">{escape(document.title)}</h1>'
    if document.question:
        yield f'<p class="question" dir="auto">{escape(document.question)}</p>'
    if document.background:
        yield f'<div class="background" dir="auto">{_rendered(document.background)}</div>'


def _branches(entries: list[Entry]) -> Iterator[str]:
    """Every claim as a section, and what stands below a line within it. Closing tags wait on a stack."""
    waiting: list[str] = []
    for at, entry in enumerate(entries):
        deeper = at + 1 < len(entries) and entries[at + 1].depth > entry.depth
        while len(waiting) > entry.depth:
            yield waiting.pop()
        if entry.depth:
            yield from _argument(entry, bearing=deeper)
            waiting.append("</ul></details></li>" if deeper else "</li>")
        else:
            yield from _claim(entry, bearing=deeper)
            waiting.append("</ul></section>" if deeper else "</section>")
    yield from reversed(waiting)


def _rendered(text: str) -> str:
    """Markdown as HTML. An address within the site leads nowhere from here, or to another machine: it is no link."""
    return _INNER_LINK.sub("<a", render_markdown(text))


def _claim(entry: Entry, *, bearing: bool) -> Iterator[str]:
    yield f'<section aria-labelledby="s-{entry.number}">'
    yield f'<h2 id="s-{entry.number}" dir="auto">{_number(entry)} {_text(entry)}</h2>'
    yield from _below(entry)
    if bearing:
        yield '<ul class="outline">'


def _argument(entry: Entry, *, bearing: bool) -> Iterator[str]:
    stance = "supports" if entry.line.stance == "supports" else "opposes"
    said = f'{_number(entry)} <span class="word">{escape(entry.word)}</span> {_text(entry)}'
    yield "<li>"
    if bearing:
        yield f'<details open><summary class="line {stance}" id="s-{entry.number}" dir="auto">{said}</summary>'
        yield from _below(entry)
        yield "<ul>"
    else:
        yield f'<div class="line {stance}" id="s-{entry.number}" dir="auto">{said}</div>'
        yield from _below(entry)


def _number(entry: Entry) -> str:
    return f'<span class="number">{entry.number}</span>'


def _text(entry: Entry) -> str:
    return f'<span class="gone">{escape(entry.text)}</span>' if entry.line.gone else escape(entry.text)


def _below(entry: Entry) -> Iterator[str]:
    """What else there is to say of a line; its links stand here, since a summary is a control itself."""
    line = entry.line
    facts = [f'<a href="#s-{entry.see}">{escape(see_words(entry.see))}</a>'] if entry.see else []
    facts += [f'<a href="#source-{mark}">[{mark}]</a>' for mark in entry.marks]
    if line.author:
        facts.append(f"<bdi>{escape(line.author)}</bdi>")
    if line.created:
        day = escape(date_format(line.created, "DATE_FORMAT"))
        facts.append(f'<time datetime="{line.created.isoformat()}">{day}</time>')
    if line.tally and sum(line.tally):
        facts.append(escape(_votes(line.tally)))
    if facts:
        yield f'<div class="facts">{" · ".join(facts)}</div>'
    if line.note:
        yield f'<div class="note" dir="auto">{_rendered(line.note)}</div>'


def _votes(counts: tuple[int, ...]) -> str:
    number = sum(counts)
    mean = sum(value * count for value, count in enumerate(counts)) / number
    words = ngettext("%(count)s vote, %(mean)s of 4", "%(count)s votes, on average %(mean)s of 4", number)
    return words % {"count": number, "mean": f"{mean:.1f}"}


def _sources(sources: list[SourceCard]) -> Iterator[str]:
    if not sources:
        return
    yield f'<h2 id="sources">{escape(_("Sources"))}</h2>'
    yield "<ol>"
    for mark, card in enumerate(sources, 1):
        address = _address(card.url)
        yield f'<li id="source-{mark}" dir="auto">{escape(described(card))}{address}'
        if card.quotation:
            yield f"<blockquote>{escape(card.quotation)}</blockquote>"
        yield "</li>"
    yield "</ol>"


def _address(url: str) -> str:
    """A link for the two schemes of the web, and for nothing else."""
    if not url.startswith(("http://", "https://")):
        return f" {escape(url)}" if url else ""
    return f' <a href="{escape(url)}" rel="nofollow ugc noopener noreferrer">{escape(url)}</a>'
