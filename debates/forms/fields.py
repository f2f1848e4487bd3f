"""Form fields that bring a text into its stored form before it is measured, and the key of a form sent twice."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms import NEEDED, TOO_LONG
from debates.text import clean_line, clean_text

_NO_ADDRESS = _("This is no web address. One begins with http:// or https://.")


class LineField(forms.CharField):
    """One line: a sentence, a title, a name."""

    default_error_messages = {"required": NEEDED, "max_length": TOO_LONG}
    tidy = staticmethod(clean_line)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        # Far too long is refused before any work is put into it.
        if self.max_length is not None and len(text) > 10 * self.max_length:
            raise forms.ValidationError(TOO_LONG, params={"limit_value": self.max_length, "show_value": len(text)})
        return self.tidy(text)


class AddressField(forms.URLField):
    """The address of a page on the web, which becomes a link."""

    default_validators = [URLValidator(schemes=["http", "https"], message=_NO_ADDRESS)]
    default_error_messages = {"invalid": _NO_ADDRESS, "required": NEEDED, "max_length": TOO_LONG}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)

    def to_python(self, value: Any) -> str:
        scheme, colon, rest = (super().to_python(value) or "").partition(":")
        return scheme.lower() + colon + rest


class LinesField(LineField):
    """Several lines: a note, a comment, a quotation."""

    tidy = staticmethod(clean_text)
    widget = forms.Textarea


def new_key() -> str:
    return str(uuid.uuid4())


class KeyedForm(forms.Form):
    """A form that makes something. `key` makes one that is sent twice one thing."""

    key = forms.CharField(max_length=36, required=False, initial=new_key, widget=forms.HiddenInput)
    # The words that were stored with this key, where others were typed: see renew.
    stored = ""

    def renew(self, made: Any) -> None:
        """Give what was typed a key of its own, since the one it came with has `made` a line, a source or a comment."""
        self.stored = next(str(getattr(made, name)) for name in ("words", "text", "title") if hasattr(made, name))
        self.data = {name: self.data.get(name) for name in self.data} | {"key": new_key()}
