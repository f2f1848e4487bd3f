"""Both dialects of Kialo's text export, told apart by their first line.

There is no published grammar; this follows what real exports look like. Until 2022 a node was a line,
"1.2. Pro: words"; since 2023 it is a paragraph under a header, "1.2. Pro:", with footnotes for sources at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.formats.document import Line, SourceCard
from debates.formats.drafts import Draft, NoteKind, Unreadable
from debates.formats.kialo_prose import card_of, plain, unescaped, without_footnotes, without_links
from debates.formats.texts import decoded
from debates.models.kinds import TEXT_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable

V1_TITLE, V2_TITLE = "Discussion Title:", "Discussion Name:"
_V1_NODE = re.compile(r"(1\.(?:[0-9]+\.)*)(?: (?:(Pro|Con):)?(.*)|$)")
_V2_HEADER = re.compile(r"[ \t]*((?:[0-9]+\.)+) (Question|Thesis|Pro|Con):[ \t]*")
_SOURCE = re.compile(r"\[([0-9]{1,9})\](?: (.*)|$)")
_LINK = re.compile(r"-> See ((?:[0-9]+\.)+)")
_FAR_LINK = re.compile(r"-> See discussion #([0-9]{1,20}):? ?(.*)", re.DOTALL)
_STANCES = {"Pro": "supports", "Con": "opposes"}


@dataclass(slots=True)
class _Entry:
    """A node as it stands in the file."""

    index: str
    kind: str
    at: int
    body: list[str] = field(default_factory=list)

    @property
    def above(self) -> str:
        return self.index[: self.index[:-1].rfind(".") + 1]


def read(data: bytes) -> Draft:
    """The draft of a Kialo export of either dialect. Raises Unreadable."""
    rows = decoded(data).split("\n")
    first = next(at for at, row in enumerate(rows) if row.strip())
    if rows[first].startswith(V2_TITLE):
        return _read_v2(rows, first)
    if rows[first].startswith(V1_TITLE):
        return _read_v1(rows, first)
    # A part of an export that somebody pasted.
    if _V2_HEADER.fullmatch(rows[first]):
        return _read_v2(rows, first, titled=False)
    if _V1_NODE.match(rows[first]):
        return _read_v1(rows, first, titled=False)
    sentence = _("This is no export of Kialo: it should begin with “Discussion Name:” or “Discussion Title:”.")
    raise Unreadable(sentence, at=first + 1)


# -- the two dialects ------------------------------------------------------------------------------------------------


def _read_v1(rows: list[str], first: int, *, titled: bool = True) -> Draft:
    draft = Draft()
    if titled:
        draft.document.title = rows[first].removeprefix(V1_TITLE)
        first += 1
    entries: list[_Entry] = []
    for at, row in enumerate(rows[first:], start=first + 1):
        node = _V1_NODE.match(row)
        # The root is the first node; a later "1. …" is a numbered line of somebody's words.
        if node and (not entries or node[1] != "1."):
            # The root has no stance: what looks like one is words.
            whole = node[1] == "1." and node[2]
            words = f"{node[2]}:{node[3] or ''}" if whole else node[3] or ""
            entries.append(_Entry(node[1], "" if whole else node[2] or "", at, [words]))
        elif entries:
            entries[-1].body.append(row)
        elif row.strip():
            draft.note(NoteKind.SKIPPED, _("This line belongs to no statement."), at=at)
    theses = [entry.kind for entry in entries if entry.above == "1."]
    if theses and not any(theses):
        entries[0].kind = "Question"
    _add(draft, entries, {})
    return draft


def _read_v2(rows: list[str], first: int, *, titled: bool = True) -> Draft:
    draft = Draft()
    cards, end = _sources(draft, rows)
    at = first
    if titled:
        title = [rows[at].removeprefix(V2_TITLE), *rows[at + 1 : at + 2]]
        at += 2
        # A title goes on to the next empty line.
        while title[-1].strip() and at < end and rows[at].strip() and not _V2_HEADER.fullmatch(rows[at]):
            title.append(rows[at])
            at += 1
        draft.document.title = " ".join(title)
    entries: list[_Entry] = []
    for number, row in enumerate(rows[at:end], start=at + 1):
        if header := _V2_HEADER.fullmatch(row):
            entries.append(_Entry(header[1], header[2], number))
        elif entries:
            entries[-1].body.append(row.strip())
        elif row.strip():
            draft.note(NoteKind.SKIPPED, _("This line belongs to no statement."), at=number)
    _add(draft, entries, cards)
    return draft


def _sources(draft: Draft, rows: list[str]) -> tuple[dict[int, tuple[SourceCard, int]], int]:
    """The sources by number, with the line of each, and the row at which their list begins."""
    heads = [at for at, row in enumerate(rows) if row.rstrip() == "Sources:"]
    found: dict[int, tuple[SourceCard, int]] = {}
    if not heads:
        return found, len(rows)
    following = next((row for row in rows[heads[-1] + 1 :] if row.strip()), "[1]")
    if not following.startswith("[1]"):
        return found, len(rows)  # words that somebody wrote
    quotation: list[str] = []
    for at, row in enumerate(rows[heads[-1] + 1 :], start=heads[-1] + 2):
        head = _SOURCE.fullmatch(row.rstrip())
        if head and int(head[1]) == len(found) + 1:
            _quote(found, quotation)
            found[len(found) + 1] = (card_of((head[2] or "").strip()), at)
            quotation = []
        else:
            quotation.append(row)
    _quote(found, quotation)
    for card, at in found.values():
        if not card.title and not card.quotation:
            draft.note(NoteKind.SKIPPED, _("A source says nothing: the file may be cut off here."), at=at)
    return found, heads[-1]


def _quote(found: dict[int, tuple[SourceCard, int]], rows: Iterable[str]) -> None:
    if found:
        found[len(found)][0].quotation = unescaped("\n".join(rows)).strip()


# -- from entries to lines -------------------------------------------------------------------------------------------


def _add(draft: Draft, entries: list[_Entry], cards: dict[int, tuple[SourceCard, int]]) -> None:
    question = entries[0].index if entries and entries[0].kind == "Question" else None
    used = 0
    for entry in entries:
        text, numbers = without_footnotes("\n".join(entry.body).strip(), used + 1, len(cards))
        used += len(numbers)
        line = _line(draft, entry, text)
        line.sources += [cards[number][0] for number in numbers]
        if entry.index == question and not draft.document.question and entry is entries[0]:
            _take_question(draft, line)
            continue
        if entry.above and entry.above != question:
            line.parent, line.stance = entry.above, _STANCES.get(entry.kind, "")
        elif entry.kind in _STANCES:
            draft.note(NoteKind.REPAIRED, _("An argument stands on the first level: it is a claim now."), at=entry.at)
        draft.document.lines.append(line)
    for number in range(used + 1, len(cards) + 1):
        draft.note(NoteKind.SKIPPED, _("No statement refers to this source."), at=cards[number][1])


def _take_question(draft: Draft, line: Line) -> None:
    """The question of the topic. Where it only repeats the title, there is none."""
    document = draft.document
    question = line.text or " ".join(line.note.split())
    document.question = "" if question.split() == document.title.split() else question
    document.background = line.note
    if line.sources:
        draft.note(NoteKind.SKIPPED, _("The question has sources; a topic’s question has none."), at=line.at)


def _line(draft: Draft, entry: _Entry, text: str) -> Line:
    line = Line(id=entry.index, at=entry.at)
    if link := _LINK.fullmatch(text):
        line.refers_to = link[1]
        return line
    if far := _FAR_LINK.fullmatch(text):
        line.sources.append(SourceCard(title=f"kialo:discussion/{far[1]}"))
        draft.note(NoteKind.REPAIRED, _("A link to another discussion is a line with its title."), at=entry.at)
        text = far[2] or f"#{far[1]}"
    words, cards = without_links(text)
    line.sources += cards
    _split(draft, line, plain(words))
    return line


def _split(draft: Draft, line: Line, words: str) -> None:
    """One sentence is the text; of a longer piece the first paragraph is, and the others are the note."""
    paragraphs = [" ".join(each.split()) for each in re.split(r"\n\s*\n", words)]
    whole = " ".join(paragraphs)
    if len(whole) <= TEXT_LENGTH or len(paragraphs) == 1:
        line.text = whole
        return
    line.text, line.note = paragraphs[0], "\n\n".join(paragraphs[1:])
    draft.note(NoteKind.REPAIRED, _("The paragraphs behind the first stand in the note."), at=line.at)
