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


class PassagePlaces:
    """Puts the passages of `draft`, whose essays are mended, into their places."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.texts = {essay.id: essay.text for essay in reversed(draft.document.essays)}  # the first of a name counts
        self.searches = 0
        self.quoted = 0

    def put(self, line: Line, span: Span) -> bool:
        """Whether the essay says it: where the passage says, or elsewhere."""
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
