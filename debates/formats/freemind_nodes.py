"""The nodes of FreeMind and Freeplane to lines: texts in four places, stances by icon, attribute or first word."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.formats.counts import tally_of, whole
from debates.formats.document import Line, SourceCard
from debates.formats.drafts import Draft, NoteKind
from debates.formats.html_text import plain, text_of
from debates.formats.nesting import lay_out, points
from debates.formats.source_cells import sources_of
from debates.formats.stances import stance_of

if TYPE_CHECKING:
    from debates.formats.xml_reading import Element

ICONS = {"supports": "button_ok", "opposes": "button_cancel"}
ABOUT = ("question", "background", "language")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ICON_STANCES = {icon: stance for stance, icon in ICONS.items()} | {
    "yes": "supports", "addition": "supports", "emoji-2795": "supports", "emoji-1F44D": "supports",
    "no": "opposes", "stop": "opposes", "stop-sign": "opposes", "emoji-2796": "opposes", "emoji-1F44E": "opposes",
}  # fmt: skip

type Said = defaultdict[str, list[str]]


class Reading:
    """A draft while the map around the node `top` is read into it."""

    def __init__(self, top: Element) -> None:
        self.top = top
        self.draft = Draft()
        self.ours = bool(_attributes(top)["counterpoint"])
        self.count = 0

    def run(self) -> Draft:
        document, tops = self.draft.document, _below(self.top)
        document.title = self._words(self.top)
        if self.ours:
            said = _attributes(self.top)
            for name in ABOUT:
                setattr(document, name, "".join(said[name]) or getattr(document, name))
            lay_out(self.draft, tops, self._line, _below, prefixes=False, sections=False)
        elif any(_icon_stance(each) or points(self._words(each)) for each in tops):
            # The arguments stand right around the topic, which is then what they argue about.
            claim = self._line(self.top)
            claim.stance = ""
            document.lines.append(claim)
            lay_out(self.draft, tops, self._line, _below, under=claim.id)
        else:
            document.background = _note(self.top)
            lay_out(self.draft, tops, self._line, _below)
        return self.draft

    def _line(self, element: Element) -> Line:
        xml, said = element.attributes, _attributes(element)
        first = {name: values[0] for name, values in said.items()}
        self.count += 1
        self._note_arrows(element, first)
        return Line(
            id=xml.get("ID") or f"node-{self.count}", text=self._words(element), note=_note(element),
            stance=stance_of(first.get("stance", "")) or _icon_stance(element), refers_to=first.get("link"),
            group=whole(first.get("group", "")), status=first.get("status", "visible"),
            author=first.get("author", ""), tally=tally_of(first.get("votes", "")),
            sources=_sources(element, said["source"]), created=_moment(xml.get("CREATED", "")),
            updated=_moment(xml.get("MODIFIED", "")), at=element.at,
        )  # fmt: skip

    def _words(self, element: Element) -> str:
        """What a node says: an attribute, HTML in it (FreeMind 0.8), rich text (0.9), or a word of the program."""
        for name in ("TEXT", "LOCALIZED_TEXT"):
            if text := element.attributes.get(name, ""):
                return text if self.ours else plain(text)
        return next((text_of(rich) for rich in _rich(element, "NODE")), "")

    def _note_arrows(self, element: Element, said: dict[str, str]) -> None:
        arrows = sum(1 for _arrow in element.named("arrowlink"))
        if arrows > ("link" in said):
            sentence = _("An arrow to another node is left out: it does not say which way it points.")
            self.draft.note(NoteKind.SKIPPED, sentence, at=element.at)


def _below(element: Element) -> list[Element]:
    return list(element.named("node"))


def _attributes(element: Element) -> Said:
    said: Said = defaultdict(list)
    for each in element.named("attribute"):
        said[each.attributes.get("NAME", "").casefold()].append(each.attributes.get("VALUE", ""))
    return said


def _rich(element: Element, kind: str) -> list[Element]:
    return [each for each in element.named("richcontent") if each.attributes.get("TYPE", "").upper() == kind]


def _note(element: Element) -> str:
    """The note, and Freeplane's details above it."""
    return "\n\n".join(text_of(rich) for kind in ("DETAILS", "NOTE") for rich in _rich(element, kind))


def _icon_stance(element: Element) -> str:
    stances = (_ICON_STANCES.get(icon.attributes.get("BUILTIN", ""), "") for icon in element.named("icon"))
    return next(filter(None, stances), "")


def _sources(element: Element, cells: list[str]) -> list[SourceCard]:
    """Our sources, or what the node links to on the web; a link to another node is none."""
    url = element.attributes.get("LINK", "")
    if cells or not url or url.startswith("#"):
        return [card for cell in cells for card in sources_of(cell)]
    return [SourceCard(title=url, url=url)]


def _moment(word: str) -> datetime | None:
    """A moment in milliseconds since 1970."""
    if not (word.isascii() and word.isdigit() and len(word) < 15):
        return None
    return EPOCH + timedelta(milliseconds=int(word))
