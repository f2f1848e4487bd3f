"""Which Windows code page of Latin script a text is in, told by the letters of the languages that are written in it."""

from __future__ import annotations

import unicodedata

# The letters beyond a to z of each language, by the code page that has them. In the order of how often they are met.
PAGES: dict[str, tuple[str, ...]] = {
    "cp1252": (
        "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúü", "àáâãçéêíóôõúü", "àèéìíîòóù", "åäöé", "æøåéòó",
        "áæéëïóöüè", "áæðéíóöúýþ",
    ),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîșțşţ"),
    "cp1254": ("âçğıîöşüi̇",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöšüž"),
}  # fmt: skip
# Code pages whose letters look like no Latin word: charset-normalizer tells them apart.
NOT_LATIN = ("cp949", "cp932", "gb18030", "big5", "cp1251", "cp1253", "cp1255", "cp1256", "koi8_r")
# In Latin script most letters are those of ASCII; in any other script, next to none.
_MOST_SPECIAL = 0.3
_LEAST_KNOWN = 0.9


def best_page(data: bytes, *, any_share: bool = False) -> str:
    """The code page in which the letters of `data` are those of one language; "" where it seems to be none.

    `any_share` takes the one that fits best, as what is left when no other script fits.
    """
    letters = sum(chr(byte).isalpha() for byte in data if byte < 0x80)
    special = sum(byte >= 0xC0 for byte in data)
    if not any_share and special > _MOST_SPECIAL * (letters + special):
        return ""
    scores = {page: _known(data, page) for page in PAGES}
    best = max(scores, key=lambda page: scores[page])
    return best if any_share or scores[best] >= _LEAST_KNOWN else ""


def _known(data: bytes, page: str) -> float:
    """Which part of the special letters of `data` belongs to one language of `page`; 1 where there are none."""
    try:
        text = data.decode(page)
    except UnicodeDecodeError:
        return -1.0
    special = [char for char in text.lower() if char > "\x7f" and _counts(char)]
    if not special:
        return 1.0
    return max(sum(char in alphabet for char in special) for alphabet in PAGES[page]) / len(special)


def _counts(char: str) -> bool:
    """Whether `char` is a letter, or one of the signs that a letter of another page looks like; no punctuation."""
    return unicodedata.category(char) not in {"Pd", "Pi", "Pf", "Ps", "Pe", "Po", "Zs", "Cf", "Sc"}
