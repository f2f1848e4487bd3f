"""Pupils: a pasted list, one of them, cards, and who turns out to be whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import SpokenForm
from classrooms.models.pupil import NAME_LENGTH
from classrooms.roster import LONGEST
from debates.essays.readers.encodings import decoded
from debates.forms.fields import LineField
from debates.models import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classrooms.models import Pupil

MOST_BYTES = 1_000_000
# Each takes forty milliseconds, so that nobody can try six words after six words.
MOST_CARDS = 100


class RosterForm(SpokenForm, forms.Form):
    """Names, pasted or in a file."""

    names = forms.CharField(
        label=_("Names"),
        help_text=_("One a line, or a table copied from a spreadsheet with a heading such as First name, Last name."),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("Or a CSV file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
    )

    def clean_file(self) -> str:
        """The text of the file."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large for a list of names: at most 1 MB."))
        try:
            return decoded(file.read()).text
        except Refused as refused:
            raise forms.ValidationError(str(refused.message)) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["text"] = data.get("file") or data.get("names", "")
        if not self.errors and not data["text"].strip():
            self.add_error("names", _("Paste the names of your pupils here, one a line."))
        return data


class PupilForm(SpokenForm, forms.Form):
    name = LineField(
        label=_("Name"),
        help_text=_("For the teachers of this class alone: classmates see a colour and an animal."),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the pupil’s name. Peers do not see it.")},
    )


class PupilsForm(SpokenForm, forms.Form):
    """Some pupils of a class, by their numbers."""

    pupils = forms.TypedMultipleChoiceField(
        label=_("Pupils"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one pupil."),
            "invalid_choice": _("Somebody you chose is not in the class any more. Look once more."),
        },
    )

    def __init__(self, pupils: Iterable[Pupil], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {pupil.pk: pupil for pupil in pupils}
        self.fields["pupils"].choices = [(pk, str(pupil)) for pk, pupil in self.offered.items()]  # type: ignore[attr-defined]

    def clean_pupils(self) -> list[Pupil]:
        chosen: list[int] = self.cleaned_data["pupils"]
        if len(chosen) > MOST_CARDS:
            raise forms.ValidationError(_("At most 100 cards at once. Print the others afterwards."))
        return [self.offered[pk] for pk in chosen]


class MergeForm(SpokenForm, forms.Form):
    """Which pupil of the roster a guest is."""

    to = forms.TypedChoiceField(
        label=_("This guest is"),
        coerce=int,
        error_messages={
            "required": _("Choose a name."),
            "invalid_choice": _("This pupil is not on the roster any more."),
        },
    )

    def __init__(self, pupils: Iterable[Pupil], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {pupil.pk: pupil for pupil in pupils}
        choices = [("", _("Choose a name")), *((pk, str(pupil)) for pk, pupil in self.offered.items())]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> Pupil:
        return self.offered[self.cleaned_data["to"]]
