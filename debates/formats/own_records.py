"""What another format has no word for, kept beside its own words under our key: its other readers pass over it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from debates.formats.document import Remark, SourceCard, Span, Text

if TYPE_CHECKING:
    from debates.formats.document import Document, Line

type Row = dict[str, Any]

KEY = "counterpoint"
VERSION = 1
_TOPIC = ("title", "question", "background", "language")
_DATES = ("created", "updated")
_CARD_WITHOUT_WORDS = SourceCard()
_CARD = frozenset(asdict(_CARD_WITHOUT_WORDS))
# Numbers beyond this are no counts of anything.
_MOST = 10**9


# -- the topic -------------------------------------------------------------------------------------------------------


def topic_record(document: Document) -> Row:
    """What stands under our key at the top of a file."""
    record: Row = {"version": VERSION} | {name: value for name in _TOPIC if (value := getattr(document, name))}
    return record | ({"essays": list(map(essay_record, document.essays))} if document.essays else {})


def restore_topic(document: Document, record: Row) -> None:
    """Give `document` what the record says of the topic."""
    for name in _TOPIC:
        value = record.get(name)
        if isinstance(value, str) and value:
            setattr(document, name, value)
    for each in _rows(record, "essays"):
        name, title, text, author, source = (_text(each, key) for key in ("id", "title", "text", "author", "source"))
        document.essays.append(Text(name, title, text, author, source))


def essay_record(essay: Text) -> Row:
    """An essay, without a source that says nothing."""
    return {name: value for name, value in asdict(essay).items() if value or name != "source"}


# -- a line ----------------------------------------------------------------------------------------------------------


def record_of(line: Line) -> Row:
    """Everything of a line but its words and its place, as far as it differs from what goes without saying."""
    record: Row = {name: value for name in ("note", "author", *_DATES) if (value := getattr(line, name))}
    if line.group is not None:
        record["group"] = line.group
    if line.status != "visible":
        record["status"] = line.status
    if line.version != 1:
        record["version"] = line.version
    if line.sources:
        record["sources"] = [card_record(card) for card in line.sources]
    if line.passages:
        record["passages"] = [span_record(span) for span in line.passages]
    if line.comments:
        record["comments"] = [asdict(remark) for remark in line.comments]
    if line.tally is not None:
        record["tally"] = list(line.tally)
    return record


def span_record(span: Span) -> Row:
    """A passage; that it has its place goes without saying."""
    return {name: value for name, value in asdict(span).items() if value or name != "lost"}


def card_record(card: SourceCard) -> Row:
    """The fields of a source that say something."""
    said = {name: value for name, value in asdict(card).items() if value}
    if card.medium == _CARD_WITHOUT_WORDS.medium:
        del said["medium"]
    return said


def restore(line: Line, record: Row) -> None:
    """Give `line` what the record says of it. What is of the wrong type is passed over."""
    for name in ("note", "author", "status"):
        if isinstance(record.get(name), str):
            setattr(line, name, record[name])
    for name in _DATES:
        setattr(line, name, moment(record.get(name)) or getattr(line, name))
    line.group = whole(record.get("group"))
    line.version = whole(record.get("version")) or 1
    line.sources = [card_from(each) for each in _rows(record, "sources")]
    line.passages = [_span(each) for each in _rows(record, "passages")]
    line.comments = [_remark(each) for each in _rows(record, "comments")]
    tally = record.get("tally")
    if isinstance(tally, list) and len(tally) == 5:
        line.tally = tuple(max(0, whole(each) or 0) for each in tally)


def card_from(record: Row) -> SourceCard:
    """The source of a record."""
    return SourceCard(**{name: value for name, value in record.items() if name in _CARD and isinstance(value, str)})


def _span(record: Row) -> Span:
    start, end = whole(record.get("start")) or 0, whole(record.get("end")) or 0
    return Span(_text(record, "essay"), start, end, _text(record, "quote"), record.get("lost") is True)


def _remark(record: Row) -> Remark:
    name, text, kind, author = (_text(record, key) for key in ("id", "text", "kind", "author"))
    return Remark(name, text, kind, author, moment(record.get("created")), _text(record, "reply_to") or None)


# -- single values ---------------------------------------------------------------------------------------------------


def whole(value: object) -> int | None:
    """`value` where it is a whole number of a sensible size."""
    sensible = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _MOST
    return value if isinstance(value, int) and sensible else None


def moment(value: object) -> datetime | None:
    """A date and time as files write it, in UTC where it does not say."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _text(record: Row, name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""


def _rows(record: Row, name: str) -> list[Row]:
    found = record.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
