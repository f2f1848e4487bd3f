"""A draft as HTML to be read on a page and printed from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from debates.drafting.paper import paper_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debates.drafting.paper import Piece, Span


def page_of(text: str, *, below: int = 1) -> SafeString:
    """`text`, Markdown, as HTML: what was typed is escaped. Its headings stand `below` levels deeper than in a file."""
    return _pieces(paper_of(text), below)


def _pieces(pieces: Sequence[Piece], below: int) -> SafeString:
    return format_html_join("\n", "{}", ((_piece(piece, below),) for piece in pieces))


def _piece(piece: Piece, below: int) -> SafeString:
    words = _spans(piece.spans)
    match piece.kind:
        case "heading":
            return format_html("<h{0}>{1}</h{0}>", min(6, piece.level + below), words)
        case "reference":
            return format_html('<p class="paper__reference">{}</p>', words)
        case "code":
            return format_html("<pre>{}</pre>", words)
        case "rule":
            return mark_safe("<hr>")
        case "quote":
            return format_html("<blockquote>{}</blockquote>", _pieces(piece.within, below))
        case "list":
            return _list(piece, below)
    return format_html("<p>{}</p>", words)


def _list(piece: Piece, below: int) -> SafeString:
    items = format_html_join("", "<li>{}</li>", ((_pieces(item, below),) for item in piece.items))
    if not piece.ordered:
        return format_html("<ul>{}</ul>", items)
    if piece.start != 1:
        return format_html('<ol start="{}">{}</ol>', str(piece.start), items)
    return format_html("<ol>{}</ol>", items)


def _spans(spans: Sequence[Span]) -> SafeString:
    return format_html_join("", "{}", ((_span(span),) for span in spans))


def _span(span: Span) -> SafeString:
    made = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in span.text.split("\n")))
    if span.code:
        made = format_html("<code>{}</code>", span.text)
    if span.italic:
        made = format_html("<em>{}</em>", made)
    if span.bold:
        made = format_html("<strong>{}</strong>", made)
    if span.url:
        made = format_html('<a href="{}" rel="nofollow ugc noopener noreferrer">{}</a>', span.url, made)
    return made
