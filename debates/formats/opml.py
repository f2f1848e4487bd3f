"""OPML 2.0 (opml.org/spec2.opml), for outliners: an outline per line, whose text says “Pro:” or “Con:” in front.

What the specification has no attribute for stands in attributes that begin with an underscore; `_note` is what
outliners themselves use. The topic stands in one element of our own namespace in the head.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from debates.drawing.wrapping import xml_safe
from debates.formats.counts import tally_of, whole
from debates.formats.document import Line, SourceCard
from debates.formats.drafts import Draft, NoteKind, Unreadable
from debates.formats.html_text import plain
from debates.formats.nesting import lay_out, nested, points, tag
from debates.formats.source_cells import cell_of, sources_of
from debates.formats.stances import WORDS, stance_of
from debates.formats.xml_reading import parsed

if TYPE_CHECKING:
    from debates.formats.document import Document
    from debates.formats.xml_reading import Element

NAMESPACE = "urn:counterpoint:topic"
ABOUT = ("question", "background", "language")


# -- writing -----------------------------------------------------------------------------------------------------------


def write(document: Document) -> bytes:
    """The outline of `document`. A link has the words of its target and `_link`, which names it."""
    words = document.words()
    about = {"version": "1"} | {name: getattr(document, name) for name in ABOUT}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:topic="{NAMESPACE}">',
        "  <head>",
        f"    <title>{escape(xml_safe(document.title))}</title>",
        "    " + tag("topic:about", about, end="/>"),
        "  </head>",
        "  <body>",
        *nested(document, lambda line: tag("outline", _attributes(line, words[line.id])), "</outline>", indent=2),
        "  </body>",
        "</opml>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _attributes(line: Line, words: str) -> dict[str, str | int | None]:
    return {
        "text": f"{WORDS[line.stance]}: {words}" if line.stance in WORDS else words,
        "created": _rfc822(line.created), "_id": line.id, "_stance": line.stance, "_link": line.refers_to,
        "_note": line.note, "_author": line.author, "_updated": _rfc822(line.updated), "_group": line.group,
        "_votes": " ".join(map(str, line.tally or ())), "_sources": cell_of(line.sources),
        "_status": line.status if line.gone else "",
    }  # fmt: skip


def _rfc822(at: datetime | None) -> str:
    return format_datetime(at.astimezone(UTC), usegmt=True) if at else ""


# -- reading -----------------------------------------------------------------------------------------------------------


def read(data: bytes) -> Draft:
    """The draft of an outline from any outliner. Raises Unreadable."""
    root = parsed(data, root="opml")
    body = next(root.named("body"), None)
    if body is None:
        raise Unreadable(_("This outline has no “body”."), at=root.at)
    draft = Draft()
    head = next(root.named("head"), None)
    about = next(head.named(f"{{{NAMESPACE}}}about"), None) if head else None
    title = next(head.named("title"), None) if head else None
    draft.document.title = title.text if title else ""
    for name in ABOUT if about else ():
        setattr(draft.document, name, about.attributes.get(name, "") if about else "")
    _Reading(draft, ours=about is not None).run(list(body.named("outline")))
    return draft


class _Reading:
    """A draft while an outline is read into it."""

    def __init__(self, draft: Draft, *, ours: bool) -> None:
        self.draft = draft
        self.ours = ours
        self.count = 0

    def run(self, tops: list[Element]) -> None:
        if not self.ours and tops and any(points(plain(top.attributes.get("text", ""))) for top in tops):
            # The arguments stand right under the topic, which is then what they argue about.
            self.draft.document.lines.append(Line(id="topic", text=self.draft.document.title))
            lay_out(self.draft, tops, self._line, _below, under="topic")
        else:
            lay_out(self.draft, tops, self._line, _below, sections=not self.ours)

    def _line(self, element: Element) -> Line | None:
        said = element.attributes
        if said.get("isComment", "").lower() == "true":
            self.draft.note(NoteKind.SKIPPED, _("This outline is a comment, with all that is below it."), at=element.at)
            return None
        self.count += 1
        text = said.get("text") or said.get("title", "")
        return Line(
            id=said.get("_id") or f"outline-{self.count}", text=text if self.ours else plain(text),
            stance=stance_of(said.get("_stance", "") or said.get("stance", "")), note=self._note(said),
            refers_to=said.get("_link") or None, group=whole(said.get("_group", "")),
            status=said.get("_status") or "visible", author=said.get("_author", ""),
            created=self._moment(said.get("created", ""), element), tally=tally_of(said.get("_votes", "")),
            updated=self._moment(said.get("_updated", ""), element), sources=self._sources(element), at=element.at,
        )  # fmt: skip

    def _note(self, said: dict[str, str]) -> str:
        note = said.get("_note", "")
        return note if self.ours else plain(note)

    def _sources(self, element: Element) -> list[SourceCard]:
        """Ours, and what an outline of the types link, include and rss points to. Nothing is fetched."""
        said = element.attributes
        found = sources_of(said.get("_sources", ""))
        url = said.get("url") or said.get("xmlUrl") or said.get("htmlUrl") or ""
        if url:
            found.append(SourceCard(title=url, url=url))
        if said.get("type") == "include":
            sentence = _("What this outline includes is not fetched; its address is kept as a source.")
            self.draft.note(NoteKind.SKIPPED, sentence, at=element.at)
        return found

    def _moment(self, word: str, element: Element) -> datetime | None:
        if not word:
            return None
        try:
            moment = parsedate_to_datetime(word)
        except (ValueError, IndexError, OverflowError):
            self.draft.note(NoteKind.SKIPPED, _("“%(word)s” is no date of OPML.") % {"word": word[:60]}, at=element.at)
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _below(element: Element) -> list[Element]:
    return list(element.named("outline"))
