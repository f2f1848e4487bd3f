"""A table that another system gave, to be filled in with grades."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import SpokenForm
from debates.essays.readers.encodings import decoded
from debates.models import Refused

MOST_BYTES = 2_000_000


class FillForm(SpokenForm, forms.Form):
    """`anyway` fills in those who are found, and leaves the others as they are."""

    file = forms.FileField(
        label=_("The file that Canvas gave you"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"})
    )
    drafts = forms.BooleanField(label=_("with grades that are not released yet"), required=False)
    anyway = forms.BooleanField(label=_("leave out those who are not found"), required=False)

    def clean_file(self) -> str:
        """The text of the file."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large for a gradebook: at most 2 MB."))
        try:
            return decoded(file.read()).text
        except Refused as refused:
            raise forms.ValidationError(str(refused.message)) from None
