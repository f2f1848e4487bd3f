"""What happens to text before it is stored: one form, nothing that hides, reorders or overflows; no word lost."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.text import clean_line, clean_text, fold

CLEANED = {
    "plain": ("A plain sentence.", "A plain sentence."),
    "empty": ("", ""),
    "spaces": ("  two   words\t\tand\u00a0more  ", "two words and more"),
    "composed": ("Cafe\u0301", "Café"),
    "hangul": ("\u1112\u1161\u11ab", "한"),
    "angstrom": ("\u212b", "Å"),
    "compatibility letters stay": ("ﬁ ² Ⅳ", "ﬁ ² Ⅳ"),
    "null": ("a\x00b", "ab"),
    "controls": ("a\x01\x07\x08\x1b[31mb\x7f\x85c", "a[31mbc"),
    "vertical tab": ("a\x0bb\x0cc", "abc"),
    "bidi override": ("abc\u202etxt.exe\u202c", "abctxt.exe"),
    "bidi embeddings": ("\u202a\u202b\u202c\u202da", "a"),
    "bidi isolates": ("\u2066a\u2067b\u2068c\u2069", "abc"),
    "arabic letter mark": ("a\u061cb", "ab"),
    "direction marks stay": ("עב\u200f! a\u200e", "עב\u200f! a\u200e"),
    "zero-width space": ("pay\u200bpal", "paypal"),
    "word joiner and byte order mark": ("\ufeffa\u2060b\ufeff", "ab"),
    "joiners of emoji stay": ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
    "joiners of Persian stay": ("می\u200cخواهم", "می\u200cخواهم"),
    "variation selector stays": ("❤\ufe0f", "❤\ufe0f"),
    "skin tones stay": ("👍🏽", "👍🏽"),
    "flags stay": ("🇰🇷", "🇰🇷"),
    "surrogate": ("a\ud800b", "ab"),
    "unassigned": ("a\U000e0fffb", "ab"),
    "noncharacter": ("a\uffffb", "ab"),
    "a few marks stay": ("Việt Nam, q̇̈", "Việt Nam, q̇̈"),
    "hebrew with points": ("שָׁלוֹם", unicodedata.normalize("NFC", "שָׁלוֹם")),
    "thai": ("ที่นี่", "ที่นี่"),
    "devanagari": ("हिन्दी", "हिन्दी"),
    "nothing that shows": ("\u200d\u2800 \u3164\u115f\u0301\u00a0", ""),
    "soft hyphen": ("pay\u00adpal", "paypal"),
    "deprecated controls": ("a\u206a\u206fb\ufff9c", "abc"),
    "tags": ("a\U000e0068\U000e0069\U000e0001b\U000e007f", "ab"),
    "tags behind another flag": ("🏴\U000e0068\U000e0069\U000e007f", "🏴"),
    "flag of Scotland stays": ("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f!",) * 2,
    "rainbow flag stays": ("🏳\ufe0f\u200d🌈", "🏳\ufe0f\u200d🌈"),
    "family with skins stays": ("👩🏽\u200d❤\ufe0f\u200d💋\u200d👨🏿", "👩🏽\u200d❤\ufe0f\u200d💋\u200d👨🏿"),
    "shaken head stays": ("🙂\u200d↔\ufe0f", "🙂\u200d↔\ufe0f"),
    "joiner behind a digit stays": ("۱۲\u200cساله", "۱۲\u200cساله"),
    "joiner behind a virama stays": ("क\u094d\u200dष", "क\u094d\u200dष"),
    "joiners in a row": ("می\u200c\u200c\u200d\u200cخواهم", "می\u200cخواهم"),
    "joiners of nothing": ("\u200da\u200c b\u200d, \u200c1\u200d2\u200d", "a b, 12"),
    "joiners between spaces": ("a \u200d \u200d \u200d b", "a b"),
    "direction marks in a row": ("a\u200e\u200f\u200e\u200f\u200eb\u200e", "a\u200e\u200fb\u200e"),
    "direction marks parted by spaces": ("a \u200e \u200e \u200e \u200e b", "a \u200e \u200e b"),
    "markup is text": ("<b>&amp;</b> [x](javascript:1)", "<b>&amp;</b> [x](javascript:1)"),
}


@pytest.mark.parametrize("what", CLEANED)
def test_text_is_cleaned(what: str) -> None:
    given_text, expected = CLEANED[what]
    assert clean_text(given_text) == expected


@pytest.mark.parametrize("what", CLEANED)
def test_line_is_cleaned_alike(what: str) -> None:
    given_text, expected = CLEANED[what]
    assert clean_line(given_text) == expected


STACKS = {
    "above and below": "\u0301\u0323",
    "over two letters": "\u035c",
    "enclosing, without a combining class": "\u0488",
    "parted by joiners": "\u0301\u200d",
    "parted by direction marks": "\u0301\u200e",
    "parted by what is dropped": "\u0301\x00\u0301\u200b",
    "all of these": "\u0301\u0323\u035c\u0489\u200d",
}


@pytest.mark.parametrize("what", STACKS)
def test_500_combining_marks_do_not_climb_out_of_their_line(what: str) -> None:
    cleaned = clean_text("Z" + STACKS[what] * 500 + "algo")
    marks = [char for char in cleaned if unicodedata.category(char) in {"Mn", "Me"}]
    assert len(marks) <= 6
    assert cleaned[0] in "ZŹẒ"
    assert cleaned.endswith("algo")


def test_lines_of_a_text_are_kept_and_of_a_sentence_joined() -> None:
    typed = "  One \r\n two\rthree\n\n\n\n\nfour  \n"
    assert clean_text(typed) == "One\ntwo\nthree\n\nfour"
    assert clean_line(typed) == "One two three four"


FOLDED = {
    "École!": "ecole", "CAFÉ-au-lait": "cafe au lait", "Straße": "strasse", "ﬁne": "fine", "x²": "x2", "Ёлка": "елка",
    "İstanbul": "istanbul", "ΣΊΣΥΦΟΣ": "σισυφοσ", "don't": "don t", "“BTS”’s run": "bts s run", "": "", "?!": "",
    "ｐｒｉｚｅ": "prize", "3.5 %": "3 5", "한국": unicodedata.normalize("NFKD", "한국"), "\x00": "",
}  # fmt: skip


@pytest.mark.parametrize("typed", FOLDED)
def test_text_is_folded_for_search(typed: str) -> None:
    assert fold(typed) == FOLDED[typed]


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(st.text())
def test_cleaned_text_is_in_normal_form_and_hides_nothing(text: str) -> None:
    cleaned = clean_text(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert not {unicodedata.category(char) for char in cleaned} & {"Cs", "Cn"}
    assert all(char == "\n" for char in cleaned if unicodedata.category(char) == "Cc")
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\u061c")
    assert "\n" not in clean_line(text)
    cleaned.encode("utf-8")


@given(
    st.text(alphabet=st.characters(categories=["L", "N"], exclude_characters="\u115f\u1160\u3164\uffa0"), min_size=1)
)
def test_letters_and_digits_are_never_lost(text: str) -> None:
    assert clean_text(text) == unicodedata.normalize("NFC", text)


def test_text_of_a_thousand_pages_is_cleaned_at_once() -> None:
    """No pattern here takes more than a time in proportion to the text: the answer is exact, and it comes."""
    assert clean_text(" \t\u00a0" * 100_000 + "a" + "\n \n" * 100_000 + "b") == "a\n\nb"


TRICKS = "\u200c\u200d\u200e\u200f\u0301\u0323\U000e0067\U000e007f🏴👩🏽a1 \n\u3164"


@given(st.text(alphabet=st.sampled_from(TRICKS), max_size=40))
def test_no_text_is_longer_than_it_looks(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert not set(cleaned) & {"\U000e0067", "\U000e007f"}
    assert not any(pair in cleaned for pair in ("\u200c\u200c", "\u200c\u200d", "\u200d\u200c", "\u200d\u200d"))
    assert not any(char in cleaned for char in (" \u200d", "\u200d ", " \u200c", "\u200c "))
    assert max(map(len, re.findall("[\u200e\u200f]+", cleaned)), default=0) <= 2


LONG = {
    "a\u200d": "a\u200d",
    "\u200d": "",
    "\u200e": "\u200e" * 2,
    "\u200e ": "\u200e \u200e ",
    "\U000e0067": "",
    "🏴\U000e0067": "🏴",
}


@pytest.mark.parametrize("trick", LONG)
def test_long_trick_is_cleaned_at_once(trick: str) -> None:
    """As above: twenty times the longest field."""
    times = 100_000 // len(trick)
    expected = LONG[trick] * times if len(trick) == 2 and trick[0] in "a🏴" else LONG[trick]
    assert clean_text("(" + trick * times + ")") == "(" + expected.removesuffix("\u200d") + ")"


@given(st.text())
def test_folding_is_the_same_for_both_forms_of_a_letter(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
