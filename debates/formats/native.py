"""Our own JSON: everything of a topic, in flat sections that can be written and read as streams.

The schema is debates/formats/schemas/counterpoint-1.json. Statements name their parents by id; `position` orders
siblings. Version 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

import orjson
from django.utils.translation import gettext as _

from debates.formats.document import Ballot, Document, Line, Remark, SourceCard, Span, Text, reading_order
from debates.formats.drafts import MOST_LINES, Draft, NoteKind, Unreadable
from debates.formats.strict_json import load_object

type Row = dict[str, Any]
type Sections = Mapping[str, Iterable[list[Row]]]

NAME, VERSION = "counterpoint", 1
SOURCE_FIELDS = (
    "kind", "medium", "title", "author", "container", "volume", "issue", "pages", "edition", "publisher", "published",
    "url", "doi", "accessed", "locator", "quotation",
)  # fmt: skip
_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


# -- writing ---------------------------------------------------------------------------------------------------------


def encode(topic: Row, sections: Sections) -> Iterator[bytes]:
    """The file in pieces: the topic first, then section by section, a chunk of rows at a time."""
    head = {"format": NAME, "version": VERSION, "topic": topic}
    yield orjson.dumps(head, option=_OPTIONS)[:-1]
    for name, chunks in sections.items():
        yield f',\n"{name}":['.encode()
        separator = b"\n"
        for chunk in chunks:
            if chunk:
                yield separator + orjson.dumps(chunk, option=_OPTIONS)[1:-1]
                separator = b",\n"
        yield b"]"
    yield b"}\n"


def write(document: Document) -> bytes:
    """A document as a file."""
    names = ("title", "question", "background", "language")
    topic = {name: getattr(document, name) for name in names}
    return b"".join(encode(topic, {name: [rows] for name, rows in _rows_of(document).items()}))


def _rows_of(document: Document) -> dict[str, list[Row]]:
    """The sections of a document, as debates.formats.sections gives them for a topic."""
    rows: dict[str, list[Row]] = {
        "essays": [
            {
                "id": text.id, "title": text.title, "author": text.author, "source": text.source, "text": text.text,
            }
            for text in document.essays
        ]
    }  # fmt: skip
    sections = ("statements", "sources", "passages", "comments", "tallies", "votes")
    rows |= {name: [] for name in sections}
    for position, line in enumerate(document.lines):
        rows["statements"].append(_statement_row(line, position))
        rows["sources"] += [
            {"statement": line.id} | {name: getattr(card, name) for name in SOURCE_FIELDS} for card in line.sources
        ]
        rows["passages"] += [_passage_row(span, line) for span in line.passages]
        rows["comments"] += [_comment_row(remark, line) for remark in line.comments]
        if line.tally is not None:
            rows["tallies"].append({"statement": line.id, "counts": list(line.tally)})
        rows["votes"] += [{"statement": line.id, "voter": each.voter, "value": each.value} for each in line.ballots]
    return rows


def _statement_row(line: Line, position: int) -> Row:
    return {
        "id": line.id, "parent": line.parent, "stance": line.stance, "text": line.text, "note": line.note,
        "refers_to": line.refers_to, "premise_group": line.group, "status": line.status, "position": position,
        "author": line.author, "created": line.created, "updated": line.updated, "version": line.version,
    }  # fmt: skip


def _passage_row(span: Span, line: Line) -> Row:
    row = {"statement": line.id, "essay": span.essay, "start": span.start, "end": span.end, "quote": span.quote}
    return row | ({"lost": True} if span.lost else {})


def _comment_row(remark: Remark, line: Line) -> Row:
    return {
        "id": remark.id, "statement": line.id, "reply_to": remark.reply_to, "kind": remark.kind, "text": remark.text,
        "author": remark.author, "created": remark.created,
    }  # fmt: skip


# -- reading ---------------------------------------------------------------------------------------------------------


def read(data: bytes) -> Draft:
    """The draft of a file. Raises Unreadable."""
    content = load_object(data)
    if content.get("format") != NAME:
        raise Unreadable(_("This is JSON, but no topic of Counterpoint: its “format” is not “counterpoint”."))
    if content.get("version") != VERSION:
        raise Unreadable(_("This file is of another version of the format. This site reads version 1."))
    topic = content.get("topic")
    if not isinstance(topic, dict):
        raise Unreadable(_("“topic” is missing: it holds the title and the question."))
    draft = Draft()
    rows = {name: _rows(content, name, draft) for name in SECTIONS}
    draft.document = document_from(topic, rows)
    return draft


SECTIONS = ("essays", "statements", "sources", "passages", "comments", "tallies", "votes")
_NEEDS = {
    "essays": ("id", "text"), "statements": ("id",), "sources": ("statement",), "passages": ("statement", "essay"),
    "comments": ("statement", "text"), "tallies": ("statement", "counts"), "votes": ("statement", "voter", "value"),
}  # fmt: skip


def _rows(content: Row, name: str, draft: Draft) -> list[Row]:
    rows = content.get(name, [])
    if not isinstance(rows, list):
        raise Unreadable(_("“%(section)s” must be a list.") % {"section": name})
    if name == "statements" and len(rows) > MOST_LINES:
        raise Unreadable(_("The file has more than 200,000 lines."))
    whole = [row for row in rows if isinstance(row, dict) and all(row.get(key) is not None for key in _NEEDS[name])]
    if len(whole) < len(rows):
        sentence = _("%(count)s entries of “%(section)s” lack what they need.")
        draft.note(NoteKind.SKIPPED, sentence % {"count": len(rows) - len(whole), "section": name})
    return whole


def document_from(topic: Row, rows: Mapping[str, Iterable[Row]]) -> Document:
    """A document from a topic's row and the rows of its sections, wherever they come from."""
    document = Document(
        title=_text(topic.get("title")), question=_text(topic.get("question")),
        background=_text(topic.get("background")), language=_text(topic.get("language")) or "en",
    )  # fmt: skip
    document.essays = [
        Text(
            str(row["id"]), _text(row.get("title")), _text(row["text"]), _text(row.get("author")),
            _text(row.get("source")),
        )
        for row in rows["essays"]
    ]  # fmt: skip
    placed = [(_whole(row.get("position")), _line(row)) for row in rows["statements"]]
    lines = [line for _position, line in sorted(placed, key=lambda each: each[0])]
    by_id = {line.id: line for line in lines}
    for name, add in _ADDING.items():
        numbers = count(1)
        for row in rows.get(name, ()):
            line = by_id.get(str(row["statement"]))
            if line is not None:
                add(line, row, next(numbers))
    whole = all(line.parent is None or line.parent in by_id for line in lines)
    document.lines = in_order if whole and len(in_order := reading_order(lines)) == len(lines) else lines
    return document


def _line(row: Row) -> Line:
    group = row.get("premise_group")
    return Line(
        id=str(row["id"]), parent=_id(row.get("parent")), stance=_text(row.get("stance")),
        text=_text(row.get("text")), note=_text(row.get("note")), refers_to=_id(row.get("refers_to")),
        group=_whole(group) if group is not None else None, status=_text(row.get("status")) or "visible",
        author=_text(row.get("author")), created=_moment(row.get("created")), updated=_moment(row.get("updated")),
        version=_whole(row.get("version"), 1),
    )  # fmt: skip


def _add_source(line: Line, row: Row, _number: int) -> None:
    line.sources.append(SourceCard(**{name: _text(row.get(name)) for name in SOURCE_FIELDS}))


def _add_passage(line: Line, row: Row, _number: int) -> None:
    start, end = _whole(row.get("start")), _whole(row.get("end"))
    line.passages.append(Span(str(row["essay"]), start, end, _text(row.get("quote")), row.get("lost") is True))


def _add_comment(line: Line, row: Row, number: int) -> None:
    identity = _id(row.get("id")) or f"comment-{number}"
    kind = _text(row.get("kind")) or "comment"
    line.comments.append(
        Remark(
            identity, _text(row["text"]), kind, _text(row.get("author")), _moment(row.get("created")),
            _id(row.get("reply_to")),
        )
    )  # fmt: skip


def _add_tally(line: Line, row: Row, _number: int) -> None:
    counts = row["counts"]
    if isinstance(counts, list) and len(counts) == 5:
        line.tally = tuple(max(0, _whole(each)) for each in counts)


def _add_ballot(line: Line, row: Row, _number: int) -> None:
    line.ballots.append(Ballot(str(row["voter"]), _whole(row["value"], -1)))


_ADDING = {
    "sources": _add_source, "passages": _add_passage, "comments": _add_comment, "tallies": _add_tally,
    "votes": _add_ballot,
}  # fmt: skip


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _id(value: object) -> str | None:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None


def _whole(value: object, default: int = 0) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53 else default


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
