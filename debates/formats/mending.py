"""From what a file says to what can be stored: lengths, depths, dates and addresses within the limits of the models.

Nothing is lost in silence: what does not fit goes to the nearest place that holds it, and a note says so.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.formats.document import Document, Line, SourceCard, Span, Text
from debates.formats.drafts import NoteKind
from debates.formats.features import GONE_TEXT
from debates.formats.passage_places import PassagePlaces, storable
from debates.models import MAX_DEPTH, CommentKind, Source, SourceKind, SourceMedium, Stance, Status
from debates.models.comment import COMMENT_LENGTH
from debates.models.kinds import NOTE_LENGTH, TEXT_LENGTH
from debates.models.topic import BACKGROUND_LENGTH, QUESTION_LENGTH, TITLE_LENGTH
from debates.text import clean_line, clean_text

if TYPE_CHECKING:
    from debates.formats.drafts import Draft

_LINES = frozenset(Source.FIELDS) - {"kind", "medium", "quotation"}
SOURCE_LENGTHS = {column.name: column.max_length or 0 for column in Source._meta.fields if column.name in _LINES}
QUOTATION_LENGTH = 1_000
ESSAY_LENGTH = 200_000
NAME_LENGTH = 60
NO_TEXT = "[no text]"
_LANGUAGE = re.compile(r"(?=.{2,16}\Z)[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_WEB = URLValidator(schemes=["http", "https"])


def mend(draft: Draft) -> None:
    """Bring every text of `draft`, which is settled, into its stored form and within its limit, in place."""
    _mend_topic(draft)
    _mend_essays(draft)
    places = PassagePlaces(draft)
    for line in draft.document.lines:
        _mend_line(draft, line, places)
    _leave_out_empty(draft)
    _raise_the_deepest(draft)


def shortened(text: str, limit: int) -> str:
    """`text` cut behind the last word within `limit`, with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip() + "…"


# -- the topic and its essays -----------------------------------------------------------------------------------


def _mend_topic(draft: Draft) -> None:
    document = draft.document
    title, question = clean_line(document.title), clean_line(document.question)
    background = clean_text(document.background)
    if len(question) > QUESTION_LENGTH:
        background = f"{question}\n\n{background}".strip()
        question = shortened(question, QUESTION_LENGTH)
        draft.note(NoteKind.REPAIRED, _("The question is long: all of it stands in the background."))
    if len(title) > TITLE_LENGTH:
        background = f"{title}\n\n{background}".strip()
        draft.note(NoteKind.REPAIRED, _("The title is long: all of it stands in the background."))
    if len(background) > BACKGROUND_LENGTH:
        draft.note(NoteKind.SKIPPED, _("The background is cut behind 5,000 characters."))
    document.title, document.question = shortened(title, TITLE_LENGTH), question
    document.background = shortened(background, BACKGROUND_LENGTH)
    if not _LANGUAGE.fullmatch(document.language):
        draft.note(NoteKind.REPAIRED, _("The language of the file is none: it is read as English."))
        document.language = "en"


def _mend_essays(draft: Draft) -> None:
    kept: list[Text] = []
    for essay in draft.document.essays:
        if len(essay.text) > ESSAY_LENGTH:
            draft.note(NoteKind.SKIPPED, _("An essay is cut behind 200,000 characters."))
        essay.title = shortened(clean_line(essay.title), 200) or _("Essay")
        essay.author = shortened(clean_line(essay.author), 200)
        essay.source = shortened(clean_line(essay.source), 500)
        # Not cleaned: passages count its characters.
        essay.text = storable(essay.text[:ESSAY_LENGTH])
        if essay.text.strip():
            kept.append(essay)
    draft.document.essays = kept


# -- a line --------------------------------------------------------------------------------------------------------


def _mend_line(draft: Draft, line: Line, places: PassagePlaces) -> None:
    line.note = clean_text(line.note)
    if line.is_link:
        line.text = ""
    else:
        _mend_text(draft, line)
    if len(line.note) > NOTE_LENGTH:
        draft.note(NoteKind.SKIPPED, _("A note is cut behind 5,000 characters."), at=line.at)
        line.note = shortened(line.note, NOTE_LENGTH)
    _mend_stance(draft, line)
    if line.status not in (Status.VISIBLE, Status.WITHDRAWN, Status.REMOVED):
        line.status = Status.VISIBLE
    line.author = shortened(clean_line(line.author), NAME_LENGTH)
    line.created, line.updated = _moment(line.created), _moment(line.updated)
    line.version = min(max(line.version, 1), 1_000_000)
    line.group = None if line.group is None else abs(line.group) % 32_000
    line.sources = [card for card in line.sources if _mend_source(draft, line, card)]
    kept = [span for span in line.passages if places.put(line, span)]
    line.passages = list({_place_of(span): span for span in kept}.values())
    _mend_comments(draft, line)
    line.ballots = [ballot for ballot in line.ballots if ballot.voter and ballot.value in range(5)]


def _place_of(span: Span) -> tuple[object, ...]:
    """What tells the passages of one line apart: those that stand in the text by their place, the others by all."""
    return (span.essay, span.start, span.end, span.quote if span.lost else None)


def _mend_text(draft: Draft, line: Line) -> None:
    whole = clean_line(line.text)
    if whole != " ".join(line.text.split()):
        draft.note(NoteKind.REPAIRED, _("Characters that do not show are left out."), at=line.at)
    if line.gone and not whole:
        whole = GONE_TEXT
    if len(whole) > TEXT_LENGTH:
        line.note = f"{whole}\n\n{line.note}".strip()
        sentence = _("A text of %(count)s characters is more than one sentence: all of it stands in the note.")
        draft.note(NoteKind.REPAIRED, sentence % {"count": len(whole)}, at=line.at)
    line.text = shortened(whole, TEXT_LENGTH)


def _mend_stance(draft: Draft, line: Line) -> None:
    if line.parent is None:
        line.stance = ""
    elif line.stance not in Stance.values:
        line.stance = Stance.SUPPORTS
        sentence = _("“%(line)s” does not say which way it points: it is read as a “because”.")
        draft.note(NoteKind.REPAIRED, sentence % {"line": shortened(line.text, 60)}, at=line.at)


def _moment(at: datetime | None) -> datetime | None:
    """`at` in UTC, None where no clock can have shown it."""
    if at is None:
        return None
    moment = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    early, late = datetime(1900, 1, 2, tzinfo=UTC), timezone.now() + timedelta(days=1)
    return moment.astimezone(UTC) if early < moment < late else None


def _mend_source(draft: Draft, line: Line, card: SourceCard) -> bool:
    """Whether anything is left of it."""
    card.kind = card.kind if card.kind in SourceKind.values else SourceKind.DOCUMENT
    card.medium = card.medium if card.medium in SourceMedium.values else SourceMedium.DOCUMENT
    card.quotation = clean_text(card.quotation)
    for name in SOURCE_LENGTHS:
        setattr(card, name, clean_line(getattr(card, name)))
    if card.url and not is_address(card.url):
        card.quotation = f"{card.url}\n\n{card.quotation}".strip() if card.title else card.quotation
        card.title, card.url = card.title or card.url, ""
        draft.note(NoteKind.REPAIRED, _("The address of a source is none: it is kept as text."), at=line.at)
    card.title = card.title or card.url or shortened(clean_line(card.quotation), 80)
    for name, limit in SOURCE_LENGTHS.items():
        value = getattr(card, name)
        if len(value) > limit:
            card.quotation = f"{card.quotation}\n\n{value}".strip()
            setattr(card, name, shortened(value, limit))
            draft.note(NoteKind.REPAIRED, _("A long part of a source stands in its quotation."), at=line.at)
    if len(card.quotation) > QUOTATION_LENGTH:
        draft.note(NoteKind.SKIPPED, _("A quotation is cut behind 1,000 characters."), at=line.at)
        card.quotation = shortened(card.quotation, QUOTATION_LENGTH)
    return bool(card.title)


def is_address(url: str) -> bool:
    """Whether `url` is a web address that the site may link to."""
    if len(url) > SOURCE_LENGTHS["url"] or not url.startswith(("http://", "https://")):
        return False
    try:
        _WEB(url)
    except ValidationError:
        return False
    return True


def _mend_comments(draft: Draft, line: Line) -> None:
    kept = []
    answered = {remark.reply_to for remark in line.comments}
    for remark in line.comments:
        remark.text = clean_text(remark.text)
        remark.kind = remark.kind if remark.kind in CommentKind.values else CommentKind.COMMENT
        remark.author = shortened(clean_line(remark.author), NAME_LENGTH)
        remark.created = _moment(remark.created)
        if len(remark.text) > COMMENT_LENGTH:
            draft.note(NoteKind.SKIPPED, _("A comment is cut behind 2,000 characters."), at=line.at)
            remark.text = shortened(remark.text, COMMENT_LENGTH)
        if not remark.text and remark.id in answered:
            remark.text = GONE_TEXT
        if remark.text:
            kept.append(remark)
    # An answer is to a remark itself, and to one that is there.
    tops = {remark.id for remark in kept if remark.reply_to is None}
    for remark in kept:
        if remark.reply_to not in tops:
            remark.reply_to = None
    line.comments = kept


# -- lines together ------------------------------------------------------------------------------------------------


def _leave_out_empty(draft: Draft) -> None:
    """A line without words stays only where something rests on it."""
    document = draft.document
    needed = {line.parent for line in document.lines} | {line.refers_to for line in document.lines}
    kept: list[Line] = []
    for line in document.lines:
        if line.text or line.is_link:
            kept.append(line)
        elif line.id in needed or line.note or line.sources or line.passages:
            line.text = shortened(clean_line(line.note), TEXT_LENGTH) or NO_TEXT
            draft.note(NoteKind.REPAIRED, _("A line has no words."), at=line.at)
            kept.append(line)
        else:
            draft.note(NoteKind.SKIPPED, _("A line without words is left out."), at=line.at)
    document.lines = kept


def _raise_the_deepest(draft: Draft) -> None:
    """What stands deeper than the limit is put under the deepest line of its path that may still be answered."""
    document: Document = draft.document
    depths: dict[str, int] = {}
    place: dict[str, str | None] = {}
    raised = 0
    for line in document.lines:
        if line.parent is None:
            depths[line.id] = 0
            continue
        bearer = place.get(line.parent, line.parent)
        depths[line.id] = min(depths[line.parent] + 1, MAX_DEPTH)
        if depths[line.parent] >= MAX_DEPTH:
            # Its parent stands on the last level: it becomes a neighbour of it.
            place[line.id] = line.parent = bearer
            raised += 1
        elif depths[line.id] == MAX_DEPTH:
            place[line.id] = line.parent
    if raised:
        sentence = _("%(count)s lines are deeper than the limit of 50 levels: they stand on the last level.")
        draft.note(NoteKind.REPAIRED, sentence % {"count": raised})
