"""What a teacher says about an argument."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classrooms.models import FeedbackKind, Phrase
from classrooms.models.feedback import FEEDBACK_LENGTH
from debates.forms.fields import KeyedForm, LinesField


class FeedbackForm(KeyedForm):
    """A kind and words of one's own; or a phrase, which has both."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=FeedbackKind, initial=FeedbackKind.PRAISE, required=False,
        error_messages={"invalid_choice": _("Choose praise, question or fix.")},
    )  # fmt: skip
    text = LinesField(label=_("Feedback"), max_length=FEEDBACK_LENGTH, required=False)
    keep = forms.BooleanField(label=_("Keep these words to use again"), required=False)
    statement = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, phrases: list[Phrase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phrases = phrases

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = next((each for each in self.phrases if str(each.pk) == self.data.get("phrase")), None)
        if chosen is not None:
            data |= {"kind": chosen.kind, "text": chosen.text, "keep": False}
        elif not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write your feedback first, or take a phrase."))
        return data
