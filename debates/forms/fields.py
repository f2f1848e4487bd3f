"""Form fields that bring a text into its stored form before it is measured."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from debates.text import clean_line, clean_text

_NO_ADDRESS = _("This is no web address. One begins with http:// or https://.")


class LineField(forms.CharField):
    """One line: a sentence, a title, a name."""

    tidy = staticmethod(clean_line)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        # Far too long is refused before any work is put into it.
        if self.max_length is not None and len(text) > 10 * self.max_length:
            raise forms.ValidationError(
                _("At most %(limit)s characters, please; this has %(count)s."),
                params={"limit": self.max_length, "count": len(text)},
            )
        return self.tidy(text)


class AddressField(forms.URLField):
    """The address of a page on the web, which becomes a link."""

    default_validators = [URLValidator(schemes=["http", "https"], message=_NO_ADDRESS)]
    default_error_messages = {"invalid": _NO_ADDRESS}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)

    def to_python(self, value: Any) -> str:
        scheme, colon, rest = (super().to_python(value) or "").partition(":")
        return scheme.lower() + colon + rest


class LinesField(LineField):
    """Several lines: a note, a comment, a quotation."""

    tidy = staticmethod(clean_text)
    widget = forms.Textarea
