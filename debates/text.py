"""What happens to every text before it is stored: one normal form, nothing that hides or overflows."""

import re
import unicodedata
from collections.abc import Iterator

from accounts.names import BLANK

# Directional overrides, embeddings and isolates reorder what follows them; the marks U+200E and U+200F stay, as
# right-to-left writing needs them. Zero-width space, word joiner, soft hyphen and BOM make two texts look alike that
# are not; the joiners U+200C and U+200D stay where they join something, as in Persian and in emoji.
_HIDDEN = dict.fromkeys(
    [
        *range(0x202A, 0x202F),
        *range(0x2066, 0x2070),
        *range(0xFFF9, 0xFFFC),
        0x200B,
        0x2060,
        0xFEFF,
        0x61C,
        0xAD,
        0x180E,
    ]
)
# Tags can spell out whole texts that nobody sees. They stay in the three flags that are written with them.
_FLAGS = ("".join(chr(0xE0000 + ord(char)) for char in name) for name in ("gbeng", "gbsct", "gbwls"))
_TAGS = re.compile(f"(\U0001f3f4(?:{'|'.join(_FLAGS)})\U000e007f)|[\U000e0000-\U000e007f]")
_JOINERS = "\u200c\u200d"
# What emoji are joined with and is no symbol of the category So: an arrow, and the tones of skin.
_JOINED_TOO = "\u2194\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_DIRECTION_MARKS = "\u200e\u200f"
_DIRECTION_MARKS_IN_A_ROW = 2
# Pointed and cantillated Hebrew has five marks on a letter; more than six is decoration that leaves its line.
_MARKS_IN_A_ROW = 6
_MARKS = {"Mn", "Me"}
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_CONTROLS_AND_WORSE = {"Cc", "Cs", "Cn"}


def clean_text(text: str) -> str:
    """`text` in NFC without control, hidden or stacked characters; lines are kept, spaces folded.

    It takes a time in proportion to the text, and cleaning twice is cleaning once.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_HIDDEN)
    kept = "".join(_kept(_TAGS.sub(r"\1", lines)))
    folded = _SPACES.sub(" ", unicodedata.normalize("NFC", kept))
    cleaned = _BLANK_LINES.sub("\n\n", "\n".join(line.strip() for line in folded.split("\n"))).strip()
    return cleaned if any(map(_shows, cleaned)) else ""


def _kept(text: str) -> Iterator[str]:
    """The characters of `text` but for controls, marks beyond what writing has in a row, and joiners of nothing."""
    marks = directions = 0
    joins, joiner = False, ""
    for char in text:
        category = unicodedata.category(char)
        if category in _CONTROLS_AND_WORSE and char not in "\n\t":
            continue
        if char in _JOINERS:
            joiner = joiner or (char if joins else "")
            continue
        # What is invisible between two marks does not part them; nor does a space two marks of direction.
        marks = marks + 1 if category in _MARKS else marks if category == "Cf" else 0
        directions = directions + 1 if char in _DIRECTION_MARKS else 0 if category[0] in "LNPS" else directions
        if (marks > _MARKS_IN_A_ROW and category in _MARKS) or (
            directions > _DIRECTION_MARKS_IN_A_ROW and char in _DIRECTION_MARKS
        ):
            continue
        joined = category[0] in "LM" or category == "So" or char in _JOINED_TOO
        if joiner and joined:
            yield joiner
        joins, joiner = joined or category[0] == "N", ""
        yield " " if char == "\t" else char


def _shows(char: str) -> bool:
    """Whether `char` leaves a trace on the page by itself."""
    return char not in BLANK and unicodedata.category(char)[0] not in "CMZ"


def clean_line(text: str) -> str:
    """`text` cleaned and on one line: a sentence, a title, a name."""
    return " ".join(clean_text(text).split())


def fold(text: str) -> str:
    """`text` for comparing and searching: no accents, no case, words only. "École!" gives "ecole"."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", letters))
