"""Names that people give themselves: visible, one line, no tricks with direction or stacked marks."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# No "@": a user name never looks like somebody's e-mail address.
validate_username = RegexValidator(r"^[\w.+-]+\Z", _("Letters, digits and . + - _ only, without spaces."))

_MARKS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3,}")


def clean_name(typed: str) -> str:
    """The name in one normal form and on one line; refuses what is invisible or climbs over other lines."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if any(unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn"} for char in name) or _MARKS.search(name):
        raise ValidationError(_("This name holds characters that cannot be seen or that cover other lines."))
    return name
