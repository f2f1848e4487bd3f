"""What happens to every text before it is stored: one normal form, nothing that hides or overflows."""

import re
import unicodedata

# Directional overrides, embeddings and isolates reorder what follows them; the marks U+200E and U+200F stay, as
# right-to-left writing needs them. Zero-width space, word joiner, soft hyphen and BOM make two texts look alike that
# are not; the joiners U+200C and U+200D stay, as Persian and emoji need them.
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
# Letters and symbols that show nothing: the fillers of Hangul, the blank of Braille.
_BLANK = set("\u115f\u1160\u3164\uffa0\u2800")
# Pointed and cantillated Hebrew has five marks on a letter; more than six is decoration that leaves its line.
_MARKS_IN_A_ROW = 6
_MARKS = {"Mn", "Me"}
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_CONTROLS_AND_WORSE = {"Cc", "Cs", "Cn"}


def clean_text(text: str) -> str:
    """`text` in NFC without control, hidden or stacked characters; lines are kept, spaces folded."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept: list[str] = []
    marks = 0
    for char in lines.translate(_HIDDEN):
        category = unicodedata.category(char)
        if category in _CONTROLS_AND_WORSE and char not in "\n\t":
            continue
        if category in _MARKS:
            marks += 1
            if marks > _MARKS_IN_A_ROW:
                continue
        elif category != "Cf":  # an invisible character between two marks does not part them
            marks = 0
        kept.append(" " if char == "\t" else char)
    folded = _SPACES.sub(" ", unicodedata.normalize("NFC", "".join(kept)))
    cleaned = _BLANK_LINES.sub("\n\n", "\n".join(line.strip() for line in folded.split("\n"))).strip()
    return cleaned if any(map(_shows, cleaned)) else ""


def _shows(char: str) -> bool:
    """Whether `char` leaves a trace on the page by itself."""
    return char not in _BLANK and unicodedata.category(char)[0] not in "CMZ"


def clean_line(text: str) -> str:
    """`text` cleaned and on one line: a sentence, a title, a name."""
    return " ".join(clean_text(text).split())


def fold(text: str) -> str:
    """`text` for comparing and searching: no accents, no case, words only. "École!" gives "ecole"."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", letters))
