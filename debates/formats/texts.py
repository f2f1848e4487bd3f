"""Bytes of a text file to a text, whatever wrote it."""

from __future__ import annotations

import codecs

from django.utils.translation import gettext as _

from debates.formats.drafts import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 or UTF-32 with a byte order mark, with plain line ends.

    Raises Unreadable with the line that cannot be read. What was saved in an older encoding is not guessed at.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(_("This is no text in UTF-8. Save the file as UTF-8 and try again."), at=line) from None
    if not text.strip():
        raise Unreadable(_("The file is empty."))
    if "\0" in text:
        raise Unreadable(_("This is no text file: it holds binary data."), at=text.count("\n", 0, text.index("\0")) + 1)
    return text.replace("\r\n", "\n").replace("\r", "\n")
