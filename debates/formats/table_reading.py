"""A table of lines to a draft: whatever separates the cells, whatever the columns are called."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.formats.document import Line
from debates.formats.drafts import MOST_LINES, Draft, NoteKind, Unreadable
from debates.formats.source_cells import sources_of
from debates.formats.stances import stance_of
from debates.formats.table import ABOUT, COLUMNS, VOTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEPARATORS = ",;\t"
# A note has 5,000 characters, a line may have hundreds of quotations.
csv.field_size_limit(1_000_000)
# What other tools call our columns.
_ALIASES = {
    "parent": "parent_id", "parentid": "parent_id", "parent id": "parent_id", "reply_to": "parent_id",
    "link": "link_of", "refers_to": "link_of", "side": "stance", "type": "kind", "pro/con": "stance",
    "polarity": "stance", "relation": "stance", "statement": "text", "claim": "text", "argument": "text",
    "content": "text", "label": "text", "title": "text", "notes": "note", "description": "note", "comment": "note",
    "premise_group": "group", "user": "author", "name": "author", "source": "sources", "url": "sources",
    "date": "created", "created_at": "created", "updated_at": "updated",
}  # fmt: skip
_SAID = re.compile(r"sep=(.)\n", re.IGNORECASE)

type Cells = dict[str, str]


def draft_from(text: str, meant: Callable[[str], str]) -> Draft:
    """The draft of a table in `text`; `meant` gives each cell as it was meant. Raises Unreadable."""
    rows = _rows(text)
    at, header = next(rows, (1, []))
    draft = Draft()
    names = _names(header, draft, at)
    taking = _Taking(draft)
    for at, row in rows:
        cells = [meant(cell).strip() for cell in row]
        if len(cells) > len(names):
            draft.note(NoteKind.SKIPPED, _("This row has more cells than the first row has names."), at=at)
        taking.take({name: cell for name, cell in zip(names, cells, strict=False) if name}, at)
    return draft


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line of the file that it begins on."""
    said = _SAID.match(text)
    body = text[said.end() :] if said else text
    separator = said[1] if said else max(SEPARATORS, key=body.lstrip().partition("\n")[0].count)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True)
    begins = first = 2 if said else 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield begins, row
            begins = first + reader.line_num
    except csv.Error:
        sentence = _(
            "The quotation marks of this row do not match, or the file ends within it. Export the table again."
        )
        raise Unreadable(sentence, at=begins) from None


def _names(header: list[str], draft: Draft, at: int) -> list[str]:
    """What each column is in COLUMNS, "" for one that we do not know. An alias gives way to the name itself."""
    said = [" ".join(cell.casefold().split()) for cell in header]
    names = [""] * len(said)
    for known in (COLUMNS, _ALIASES):
        for place, word in enumerate(said):
            name = _ALIASES.get(word, word)
            if word in known and name not in names:
                names[place] = name
    if "text" not in names:
        sentence = _(
            "The first row must name the columns, at least one of which is “text”: id, parent_id, stance, text."
        )
        raise Unreadable(sentence, at=at)
    for cell, name in zip(header, names, strict=True):
        if cell.strip() and not name:
            draft.note(NoteKind.SKIPPED, _("The column “%(name)s” has no place here.") % {"name": cell[:60]}, at=at)
    return names


class _Taking:
    """A draft while rows are put into it."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.groups: dict[str, int] = {}

    def take(self, cells: Cells, at: int) -> None:
        kind = cells.get("kind", "").casefold()
        about = ABOUT.get(kind)
        if about and not cells.get("parent_id"):
            setattr(self.draft.document, about, cells.get("text", ""))
        else:
            self.draft.document.lines.append(self._line(cells, at))
            if len(self.draft.document.lines) > MOST_LINES:
                raise Unreadable(_("The file has more than 200,000 lines."))

    def _line(self, cells: Cells, at: int) -> Line:
        stance = cells.get("stance", "")
        return Line(
            # A table without ids counts its rows.
            id=cells.get("id") or str(len(self.draft.document.lines) + 1), parent=cells.get("parent_id") or None,
            stance=stance_of(stance) or stance_of(cells.get("kind", "")) or stance, text=cells.get("text", ""),
            note=cells.get("note", ""), refers_to=cells.get("link_of") or None, group=self._group(cells),
            status=cells.get("status", "").casefold() or "visible", author=cells.get("author", ""),
            created=self._moment(cells, "created", at), updated=self._moment(cells, "updated", at),
            sources=sources_of(cells.get("sources", "")), tally=self._tally(cells, at), at=at,
        )  # fmt: skip

    def _group(self, cells: Cells) -> int | None:
        """Premises stand together that have the same word here, whatever it is."""
        word = cells.get("group", "")
        return self.groups.setdefault(word, len(self.groups) + 1) if word else None

    def _moment(self, cells: Cells, name: str, at: int) -> datetime | None:
        word = cells.get(name, "")
        if not word:
            return None
        try:
            moment = datetime.fromisoformat(word)
        except ValueError:
            self.draft.note(
                NoteKind.SKIPPED, _("“%(word)s” is no date, as in 2024-02-29.") % {"word": word[:60]}, at=at
            )
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def _tally(self, cells: Cells, at: int) -> tuple[int, ...] | None:
        words = [cells.get(name, "") for name in VOTES]
        if not any(words):
            return None
        counts = [_count(word) for word in words]
        if None in counts:
            self.draft.note(NoteKind.SKIPPED, _("The votes of this row are no whole numbers."), at=at)
            return None
        return tuple(count or 0 for count in counts)


def _count(word: str) -> int | None:
    """A whole number of votes; none for an empty cell; spreadsheets may write 3.0."""
    found = re.fullmatch(r"([0-9]{1,9})(?:\.0+)?", word or "0")
    return int(found[1]) if found else None
