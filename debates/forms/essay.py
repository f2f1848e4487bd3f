"""The shape of a text beside the map: pasted or from a file, looked at before it is stored, and edited later."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from accounts.forms import SpokenForm
from debates.essays.readers import ACCEPTED, MOST_BYTES, EssayFile, read_file, read_text, which_are_read
from debates.forms.fields import KeyedForm, LineField, new_key
from debates.forms.statement import find_words
from debates.models.essay import ESSAY_LENGTH

if TYPE_CHECKING:
    from debates.models import Essay

TOO_LONG = _("This text has %(length)s characters; at most %(most)s are stored. Split it into several texts.")
TEXT_AND_FILE = _("There are words of yours in the box below. Empty it to read the file, or leave the file out.")
# A browser may send more than can be stored, as a text is cleaned first; what is far beyond is not even cleaned.
MOST_SENT = 2 * ESSAY_LENGTH


class EssayTextField(forms.CharField):
    """The text as it was sent: the verb brings it into its stored form."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 16, "class": "essay-box", "spellcheck": "false"})
        super().__init__(strip=False, required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        if len(text) > MOST_SENT:
            numbers = {"length": _number(len(text)), "most": _number(ESSAY_LENGTH)}
            raise forms.ValidationError(TOO_LONG, params=numbers)
        # Browsers send line ends as in an e-mail, and there is no letter NUL.
        return text.replace("\r\n", "\n").replace("\0", "")


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)


def digest_of(text: str) -> str:
    """What tells whether a text was altered since it was read."""
    return hashlib.sha256(text.replace("\r\n", "\n").strip().encode("utf-8", "replace")).hexdigest()[:32]


class EssayFields(SpokenForm, forms.Form):
    """What every form of an essay asks for. A missing title is the verb's to refuse: looking at a text needs none."""

    title = LineField(label=_("Title"), max_length=200, required=False)
    author = LineField(label=_("Who wrote it"), max_length=200, required=False)
    source = LineField(
        label=_("Where it is from"), max_length=500, required=False,
        help_text=_("For example: The Daily Post, 3 May 2026. Nothing is fetched from an address."),
    )  # fmt: skip
    text = EssayTextField(
        label=_("The text"),
        help_text=_("An empty line parts paragraphs. A line that begins with # and a space is a heading."),
    )

    def texts(self) -> dict[str, str]:
        """What the verbs of an essay take."""
        return {name: self.cleaned_data[name] for name in ("title", "author", "source", "text")}


class EssayForm(EssayFields, KeyedForm):
    """A new essay. `read_as` tells the text that was read from a file from one that was written into the box."""

    file = forms.FileField(
        label=_("A file"), required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )  # fmt: skip
    read_as = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
    field_order = ("file", "text", "title", "author", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = which_are_read()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", _("The file is larger than 10 MB. Take its pictures out, or paste its text."))
        elif file is not None and self._words_are_theirs(str(data.get("text", ""))):
            self.add_error("file", TEXT_AND_FILE)
        return data

    def _words_are_theirs(self, text: str) -> bool:
        return bool(text.strip()) and digest_of(text) != self.cleaned_data.get("read_as")

    def understood(self) -> EssayFile:
        """The file, or the text in the box, as it is read. Raises Refused."""
        file = self.cleaned_data.get("file")
        return read_file(file.name, file.read()) if file is not None else read_text(self.cleaned_data["text"])

    def filled_in(self, read: EssayFile) -> EssayForm:
        """This form with what was read, to be looked at; what was typed about the text stays."""
        data = self.cleaned_data
        titles = {"title": data["title"] or read.title, "author": data["author"] or read.author}
        kept = {"source": data["source"], "key": data["key"] or new_key()}
        return EssayForm(initial=titles | kept | {"text": read.text, "read_as": digest_of(read.text)})

    def renew(self, made: Essay) -> None:
        super().renew(made)
        self.stored = made.title


class EssayEditForm(EssayFields):
    """Other words for an essay. `version` is the one that was read."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    @classmethod
    def of(cls, essay: Essay) -> EssayEditForm:
        return cls(initial=essay.texts() | {"version": essay.version})

    def against(self, stored: Essay) -> EssayEditForm:
        """This form with what was typed, to be saved over what is `stored` now."""
        return EssayEditForm(initial=self.cleaned_data | {"version": stored.version})


class PlaceForm(SpokenForm, forms.Form):
    """Where a passage stands: its words, and the numbers of their place where a guess was chosen."""

    passage = forms.CharField(
        label=_("Its words, copied from the text"), strip=False, max_length=ESSAY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Paste the words of the text first.")},
    )  # fmt: skip
    start = forms.IntegerField(required=False, min_value=0, max_value=ESSAY_LENGTH, widget=forms.HiddenInput)

    def place_in(self, essay: Essay) -> tuple[int, int] | None:
        """Where in `essay` the words stand: where the number says, or anywhere. None where they do not."""
        words, start = self.cleaned_data["passage"].replace("\r\n", "\n"), self.cleaned_data["start"]
        if start is not None and essay.text.startswith(words, start):
            return start, start + len(words)
        plain = words.strip()
        found = find_words(plain, [essay]) or find_words(plain.strip('“”"'), [essay])
        return found and found[1:]
