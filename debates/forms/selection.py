"""The shape of what is sent when words of an essay are made a line, or rest under one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from debates.essays.layout import chosen_sentences, chosen_words
from debates.essays.segmenting import Span
from debates.forms.fields import KeyedForm, LineField
from debates.models import Refused, Stance
from debates.models.kinds import TEXT_LENGTH

if TYPE_CHECKING:
    from debates.essays.layout import Layout

CLAIM, ATTACH = "claim", "attach"
KINDS = (
    (CLAIM, _("A claim")),
    (Stance.SUPPORTS.value, _("Because …")),
    (Stance.OPPOSES.value, _("But …")),
    (ATTACH, _("For a line that is there")),
)
# What stands beside the text.
NOTES, LINES, UNUSED = "notes", "lines", "unused"
SHOWN = ((NOTES, _("Notes")), (LINES, _("Map")), (UNUSED, _("Not used yet")))
# The buttons of the box that make nothing: it comes back with what they ask for.
CHECK, FIND, TAKE, CHOOSE = "check", "find", "take", "choose"


class Number(forms.IntegerField):
    """A number that the page has filled in: what is none counts as missing."""

    def __init__(self) -> None:
        super().__init__(required=False, min_value=0, max_value=2**53)

    def clean(self, value: Any) -> int | None:
        try:
            number: int | None = super().clean(value)
        except forms.ValidationError:
            return None
        return number


class SelectionForm(KeyedForm):
    """Chosen words, and what is made of them. `span` says where they stand, None where they do not."""

    kind = forms.ChoiceField(
        choices=KINDS,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Say what to make of these words.")),
    )
    start, end = Number(), Number()
    words = forms.CharField(required=False, strip=False)
    # From which sentence to which, counted from 1: instead of start and end.
    sentence, to = Number(), Number()
    version, parent = Number(), Number()
    q = LineField(required=False, max_length=200)
    text = LineField(label=_("One idea, in one sentence"), max_length=TEXT_LENGTH, required=False)
    show = forms.CharField(required=False)

    def __init__(self, sent: QueryDict, layout: Layout, *, makes: bool, checks: bool = False) -> None:
        """`makes`: it is to be made now, so nothing may be missing. `checks`: hints are asked for."""
        self.asks = CHECK if checks else next((name for name in (CHECK, FIND, TAKE, CHOOSE) if name in sent), "")
        super().__init__(_answered(sent, self.asks))
        self.layout, self.makes = layout, makes and self.asks in ("", CHECK)
        self.span: Span | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            self.span = self._span(data)
        except Refused as refused:
            self.add_error("words", str(refused.message))
            self.refused_with = refused.status
        if self.makes:
            self._complete(data)
        return data

    def _span(self, data: dict[str, Any]) -> Span | None:
        start, end, sentence = data.get("start"), data.get("end"), data.get("sentence")
        if sentence and (start is None or self.asks == TAKE):
            return chosen_sentences(self.layout, sentence, data.get("to") or sentence)
        if start is None and not data.get("words") and not self.makes:
            return None
        return chosen_words(self.layout.text, Span(start or 0, end or 0), data.get("words", ""))

    def _complete(self, data: dict[str, Any]) -> None:
        kind = data.get("kind")
        if kind != ATTACH and not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write one sentence first."))
        if kind in Stance.values and not data.get("parent"):
            self.add_error("parent", _("Choose the line that it answers."))
        if kind == ATTACH and not data.get("parent"):
            self.add_error("parent", _("Choose the line that rests on these words."))

    def of(self, name: str) -> Any:
        """What a field says, also where another one is wrong."""
        return getattr(self, "cleaned_data", {}).get(name)


def _answered(sent: QueryDict, asks: str) -> QueryDict:
    """`sent` with the line that was chosen in the map beside the text; a claim stands under none."""
    data = sent.copy()
    data.setdefault("kind", CLAIM)
    if asks == CHOOSE:
        data["parent"] = sent.get(CHOOSE, "")
        if data["kind"] == CLAIM:
            data["kind"] = Stance.SUPPORTS.value
    return data
