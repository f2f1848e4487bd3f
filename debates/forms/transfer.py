"""The shape of what is sent in to be read: a file or a text, and what to call the topic it becomes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import SpokenForm
from debates.formats.registry import MOST_BYTES, READERS
from debates.forms.fields import LineField
from debates.models.topic import TITLE_LENGTH

PASTED_LENGTH = 1_000_000


class ImportForm(SpokenForm, forms.Form):
    """A file or a pasted text, in a format that is found out unless it is named."""

    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True)
    text = forms.CharField(
        label=_("Or paste it here"), required=False, max_length=PASTED_LENGTH, strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        error_messages={"max_length": _("More than a million characters: send it as a file.")},
    )  # fmt: skip
    format = forms.ChoiceField(
        label=_("Format"), required=False,
        choices=[("", _("Find out from the file")), *((name, each.title) for name, each in READERS.items())],
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file is None and not data.get("text") and not self.errors:
            self.add_error("file", _("Choose a file, or paste a text."))
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", _("The file is larger than 10 MB."))
        return data

    def content(self) -> tuple[bytes, str]:
        """What was sent, and how the file is called."""
        file = self.cleaned_data.get("file")
        if file is not None:
            return file.read(), file.name
        return self.cleaned_data["text"].encode("utf-8", "replace"), ""


class BringForm(SpokenForm, forms.Form):
    """What the new topic is called."""

    title = LineField(
        label=_("Title"), max_length=TITLE_LENGTH, error_messages={"required": _("A topic needs a title.")}
    )
