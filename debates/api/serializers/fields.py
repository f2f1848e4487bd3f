"""Strict fields: a number is no text, `true` is no number, and a name that nobody knows is refused."""

from __future__ import annotations

from typing import Any

from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from debates.text import clean_line, clean_text

NO_ADDRESS = gettext_lazy("This is no web address. One begins with http:// or https://.")
LARGEST = 2**63 - 1


class StrictSerializer(serializers.Serializer[Any]):
    """Takes an object with the names it knows, and no others."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := sorted(set(data) - set(self.fields))):
            known = ", ".join(self.fields)
            sentence = _("There is no such field here. There are: %(known)s.") % {"known": known}
            raise serializers.ValidationError({name[:60]: [sentence] for name in unknown[:10]})
        return super().to_internal_value(data)


class StrictCharField(serializers.CharField):
    default_error_messages = {"invalid": gettext_lazy("This must be a text, in quotation marks.")}

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class LineField(StrictCharField):
    """One line, brought into its stored form before it is measured, as the forms of the pages do."""

    tidy = staticmethod(clean_line)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        longest = 10 * (self.max_length or 0)
        if isinstance(data, str) and len(data) <= longest:  # what is far too long is refused as it is
            data = self.tidy(data)
        return super().run_validation(data)


class LinesField(LineField):
    """Several lines: a note, a comment, a quotation."""

    tidy = staticmethod(clean_text)


class AddressField(LineField):
    """The address of a page on the web."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(URLValidator(schemes=["http", "https"], message=NO_ADDRESS))

    def to_internal_value(self, data: Any) -> str:
        scheme, colon, rest = super().to_internal_value(data).partition(":")
        return scheme.lower() + colon + rest


class StrictIntegerField(serializers.IntegerField):
    default_error_messages = {"invalid": gettext_lazy("This must be a whole number, without quotation marks.")}

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            self.fail("invalid")
        return int(super().to_internal_value(data))


class IdField(StrictIntegerField):
    """The number of something."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST, **kwargs)


class StrictBooleanField(serializers.BooleanField):
    default_error_messages = {"invalid": gettext_lazy("This must be true or false, without quotation marks.")}

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid")
        return data


class WordField(serializers.ChoiceField):
    """One of a few words."""

    default_error_messages = {"invalid_choice": gettext_lazy("This must be one of: {choices}.")}

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or data not in self.choices:
            self.fail("invalid_choice", choices=", ".join(map(str, self.choices)))
        return data
