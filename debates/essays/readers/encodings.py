"""Bytes to a text: by what the file says of itself, then by what fits; a guess is told.

UTF-8 that decodes is UTF-8. Older files are guessed at, by charset-normalizer where the script tells the code pages
apart, and by the letters of languages among the code pages of Latin script, of which it knows too little.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from debates.essays.readers.essay_file import refuse
from debates.essays.readers.latin_pages import NOT_LATIN, PAGES, best_page

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What the wider form of an encoding reads as well: files say one and hold the other.
_WIDER = {"euc_kr": "cp949", "shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252",
          "ascii": "cp1252", "latin_1": "cp1252", "iso8859-9": "cp1254"}  # fmt: skip
_NAMES = {"cp949": "EUC-KR", "cp932": "Shift JIS", "gb18030": "GB 18030", "big5": "Big5", "koi8_r": "KOI8-R"}
# Enough to tell by; the time to tell grows with it.
_SAMPLE = 200_000
_START = 20_000
# Of the characters of a text, how many may be such that no text has.
_MOST_STRANGE = 0.01
# Of UTF-16 in ASCII, how much is zero bytes: the half of it, but for a quotation mark here and there.
_ZEROS_OF_ASCII = 0.4
# Of UTF-32, how many characters have two zero bytes: all but emoji and rare signs.
_FIRST_PLANE = 0.8
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UNSEEN = {"Cn", "Co", "Cs"}


class Decoded(NamedTuple):
    """A text, and the sentence about how its bytes were read, if there is something to say."""

    text: str
    note: str = ""


def decoded(data: bytes, *, declared: str = "") -> Decoded:
    """The text of `data`; `declared` is the encoding that the file names. Raises Refused where it is no text."""
    found = _marked(data) or _utf8(data) or _wide(data) or _declared(data, declared) or _damaged(data) or _guessed(data)
    if found is None or _strange(found.text) > _MOST_STRANGE:
        refuse(_("This file holds no text that can be read. Save it as a text in UTF-8, as .docx or as .pdf."))
    return found


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _marked(data: bytes) -> Decoded | None:
    """By the byte order mark."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    text = _tried(data, encoding) if encoding else None
    if text is None:
        return None
    return Decoded(text, "" if encoding == "utf-8-sig" else _read_as(encoding.upper()))


def _utf8(data: bytes) -> Decoded | None:
    text = _tried(data, "utf-8")
    return None if text is None or "\0" in text else Decoded(text)


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 or UTF-32 without a mark: spaces and line ends have a zero byte, always on the same side."""
    size, zeros = len(data), data.count(0)
    if size % 2 or not zeros or (zeros < _ZEROS_OF_ASCII * size and _is_text_with_zeros(data)):
        return None
    first, second, third, fourth = (data[start::4].count(0) for start in range(4))
    quarter = size / 4
    if min(third, fourth) > _FIRST_PLANE * quarter or min(first, second) > _FIRST_PLANE * quarter:
        encoding = "utf-32-be" if first > fourth else "utf-32-le"
    else:
        encoding = "utf-16-be" if first + third > second + fourth else "utf-16-le"
    text = _tried(data, encoding)
    return Decoded(text, _read_as(encoding[:6].upper())) if text and _strange(text) <= _MOST_STRANGE else None


def _is_text_with_zeros(data: bytes) -> bool:
    """Whether this would be a text in UTF-8 without its zero bytes; letters of UTF-16 are none, or controls."""
    text = _tried(data.replace(b"\0", b""), "utf-8")
    return text is not None and not _CONTROLS.search(text[:_START])


def _declared(data: bytes, name: str) -> Decoded | None:
    """As the file says, if that is an encoding of text and fits."""
    try:
        encoding = codecs.lookup(name).name.replace("-", "_") if name else ""
    except LookupError:
        return None
    encoding = _WIDER.get(encoding.replace("iso8859_", "iso8859-"), encoding)
    text = _tried(data, encoding) if encoding in {*PAGES, *NOT_LATIN} or encoding.startswith("iso8859") else None
    return None if text is None else Decoded(text)


def _damaged(data: bytes) -> Decoded | None:
    """UTF-8 in which a few bytes are wrong, as when two files were put together."""
    text = data.decode("utf-8", "replace")
    wrong, beyond = text.count("�"), sum(char > "\x7f" for char in text)
    if b"\0" in data or beyond < 10 * wrong:
        return None
    return Decoded(text, _("Some characters of this file cannot be read: they are shown as “�”."))


def _guessed(data: bytes) -> Decoded | None:
    if b"\0" in data:
        return None
    sample = data[:_SAMPLE] if len(data) <= _SAMPLE else data[: data.rfind(b"\n", 0, _SAMPLE) + 1] or data[:_SAMPLE]
    encoding = best_page(sample)
    if not encoding:
        match = from_bytes(sample, cp_isolation=[*NOT_LATIN, *PAGES]).best()
        encoding = match.encoding if match and match.encoding in NOT_LATIN else best_page(sample, any_share=True)
    text = _tried(data, encoding) if encoding else None
    if text is None:
        return None
    sentence = _("The file is in an older encoding, read as %(name)s. If letters look wrong, save it as UTF-8.")
    return Decoded(text, sentence % {"name": _NAMES.get(encoding, encoding.replace("cp", "Windows-"))})


def _read_as(name: str) -> str:
    return _("Read as %(encoding)s.") % {"encoding": name}


def _strange(text: str) -> float:
    """Which part of the beginning of `text` is control characters, or no characters at all."""
    some = text[:_START]
    unseen = sum(unicodedata.category(char) in _UNSEEN for char in some)
    return (len(_CONTROLS.findall(some)) + unseen) / max(1, len(some))
