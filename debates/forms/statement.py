"""The shape of what is written about statements, shared by the pages and the API."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from debates.forms.fields import AddressField, KeyedForm, LineField, LinesField
from debates.models import CommentKind, Essay, Stance
from debates.models.comment import COMMENT_LENGTH
from debates.models.kinds import NOTE_LENGTH, TEXT_LENGTH

NO_STANCE = _("Say whether it supports or opposes the line above.")


class StatementForm(KeyedForm):
    """One sentence, with a note if wished."""

    text = LineField(
        label=_("One idea, in one sentence"), max_length=TEXT_LENGTH, widget=forms.Textarea,
        error_messages={"required": _("Write one sentence first.")},
    )  # fmt: skip
    note = LinesField(label=_("Note"), max_length=NOTE_LENGTH, required=False)


class ArgumentForm(StatementForm):
    """An argument: which way it points, and what it rests on."""

    stance = forms.ChoiceField(choices=Stance, error_messages=dict.fromkeys(["required", "invalid_choice"], NO_STANCE))
    passage = LinesField(label=_("Words of the essay it rests on"), max_length=2_000, required=False)
    source_title = LineField(label=_("Source: title"), max_length=200, required=False)
    source_url = AddressField(label=_("Source: address"), max_length=500, required=False)

    def __init__(self, *args: Any, essays: list[Essay] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.essays = essays or []
        self.found: tuple[Essay, int, int] | None = None

    def clean_passage(self) -> str:
        """Find the words in an essay of the topic; `found` says where."""
        wanted = str(self.cleaned_data["passage"]).strip("“”\"'‘’ ")
        if wanted:
            self.found = find_words(wanted, self.essays)
            if self.found is None:
                raise forms.ValidationError(
                    _("These words are not in the essay. Copy them from it exactly, or leave this empty.")
                )
        return wanted

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("source_url") and not data.get("source_title") and "source_title" not in self.errors:
            self.add_error("source_title", _("Give the source a title, so that a reader knows what it is."))
        return data


def find_words(wanted: str, essays: list[Essay]) -> tuple[Essay, int, int] | None:
    """Where `wanted` stands in one of `essays`, in code points, however its lines are broken."""
    for essay in essays:
        start = essay.text.find(wanted)
        if start < 0:
            # The same length and offsets: only the line breaks of both are made spaces.
            start = essay.text.replace("\n", " ").find(wanted.replace("\n", " "))
        if start >= 0:
            return essay, start, start + len(wanted)
    return None


class WordingForm(forms.Form):
    text = LineField(
        label=_("One idea, in one sentence"), max_length=TEXT_LENGTH, widget=forms.Textarea,
        error_messages={"required": _("A statement needs words. To take it back, withdraw it.")},
    )  # fmt: skip
    note = LinesField(label=_("Note"), max_length=NOTE_LENGTH, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class PlaceForm(forms.Form):
    """A new place: the id of the new parent, or none to make it a claim."""

    parent = forms.IntegerField(required=False, min_value=1)
    stance = forms.ChoiceField(choices=[("", ""), *Stance.choices], required=False)


class VoteForm(forms.Form):
    value = forms.TypedChoiceField(
        choices=[(value, value) for value in range(5)], coerce=int,
        error_messages={
            "invalid_choice": _("A vote is one of the five steps from 0 to 4."),
            "required": _("Choose one of the five steps."),
        },
    )  # fmt: skip


class CommentForm(KeyedForm):
    text = LinesField(
        label=_("Comment on the wording"), max_length=COMMENT_LENGTH,
        error_messages={"required": _("Write your comment first.")},
    )  # fmt: skip
    kind = forms.ChoiceField(choices=CommentKind, required=False)
    reply_to = forms.IntegerField(required=False, min_value=1)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or CommentKind.COMMENT
