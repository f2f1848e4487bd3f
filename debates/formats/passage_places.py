"""Where the passages of a file stand in its essays: where they say, or elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.formats.drafts import NoteKind

if TYPE_CHECKING:
    from debates.formats.document import Line, Span
    from debates.formats.drafts import Draft

# Each search goes through a whole essay.
MOST_SEARCHES = 1_000
# All passages together: a small file can point at the whole of a long essay a hundred thousand times.
MOST_QUOTED = 20_000_000
LONGEST_QUOTE = 200_000


def storable(text: str) -> str:
    """`text` with a blank for each character that cannot be stored, so that it keeps its length."""
    return "".join(char if _is_storable(char) else " " for char in text)


def _is_storable(char: str) -> bool:
    return char in "\n\t" or (char >= " " and not "\ud800" <= char <= "\udfff" and char != "\x7f")


class PassagePlaces:
    """Puts the passages of `draft`, whose essays are mended, into their places."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.texts = {essay.id: essay.text for essay in reversed(draft.document.essays)}  # the first of a name counts
        self.searches = 0
        self.quoted = 0

    def put(self, line: Line, span: Span) -> bool:
        """Whether the essay says it: where the passage says, or elsewhere. What is lost stays so, with its words."""
        if span.lost:
            return self._keep_lost(line, span)
        text = self.texts.get(span.essay, "")
        self.quoted += max(0, min(span.end, len(text)) - max(span.start, 0))
        if self.quoted > MOST_QUOTED:
            sentence = _("The passages of this file quote more than 20 million characters: this one is left out.")
            self.draft.note(NoteKind.SKIPPED, sentence, at=line.at)
            return False
        if 0 <= span.start < span.end <= len(text):
            there = text[span.start : span.end]
            if not span.quote or there == span.quote:
                span.quote = there
                return True
        return self._search(line, span, text)

    def _keep_lost(self, line: Line, span: Span) -> bool:
        """Whether anything of a passage that lost its place can be kept: its words, and the essay that it is of."""
        span.quote = storable(span.quote[:LONGEST_QUOTE])
        self.quoted += len(span.quote)
        if span.essay not in self.texts or not span.quote.strip() or self.quoted > MOST_QUOTED:
            self.draft.note(NoteKind.SKIPPED, _("A passage without a place or without words is left out."), at=line.at)
            return False
        span.start = min(max(span.start, 0), LONGEST_QUOTE)
        span.end = min(max(span.end, span.start + 1), 2 * LONGEST_QUOTE)
        return True

    def _search(self, line: Line, span: Span, text: str) -> bool:
        if text and span.quote:
            self.searches += 1
        if self.searches > MOST_SEARCHES:
            sentence = _("A passage is not where the file says. So are 1,000 others: it was not looked for.")
            self.draft.note(NoteKind.SKIPPED, sentence, at=line.at)
            return False
        found = text.find(span.quote) if span.quote else -1
        if found < 0:
            self.draft.note(NoteKind.SKIPPED, _("A passage is not in the essay."), at=line.at)
            return False
        span.start, span.end = found, found + len(span.quote)
        self.draft.note(NoteKind.REPAIRED, _("A passage stands elsewhere in the essay than the file says."), at=line.at)
        return True
