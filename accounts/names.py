"""Names that people give themselves: visible, one line, no tricks with direction or stacked marks, nobody else's."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User

# No "@": a user name never looks like somebody's e-mail address.
validate_username = RegexValidator(r"^[\w.+-]+\Z", _("Letters, digits and . + - _ only, without spaces."))

# Letters and symbols that show nothing: the fillers of Hangul, the blank of Braille.
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_MARKS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3,}")

_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Cn"}


def clean_name(typed: str) -> str:
    """The name in one normal form and on one line; refuses what is invisible or climbs over other lines."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if BLANK & set(name) or any(unicodedata.category(char) in _UNSEEN for char in name) or _MARKS.search(name):
        raise ValidationError(_("This name holds characters that cannot be seen or that cover other lines."))
    return name


def refuse_likeness(name: str, *, of: User) -> None:
    """Raise ValidationError where others would take `of`, called `name`, for another person with an account.

    Names are read one by one, a hundred thousand in about a second: a column for it would be one more thing to keep.
    """
    wanted = _likeness(name)
    others = get_user_model().objects.exclude(pk=of.pk).filter(is_guest=False).values_list("username", "display_name")
    if any(wanted in map(_likeness, names) for names in others.iterator(chunk_size=2_000)):
        raise ValidationError(_("Somebody else goes by this name or one that looks like it. Choose another one."))


def _likeness(name: str) -> str:
    """What two names have in common that look alike: the letters and digits, without case and accents."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in plain if char.isalnum()) or plain
