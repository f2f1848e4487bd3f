"""Essays to edit, whose characters know where they stood at first.

They are hard on purpose: sentences and paragraphs that come back, words that are everywhere, scripts without spaces
and from right to left, accents that stand alone, joined emoji.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from debates.diff import words as tokens_of
from debates.essays.anchoring import Place

if TYPE_CHECKING:
    import random

ANEW = -1  # the origin of a character that an edit wrote; the copy of the character n has -2 - n
CONTEXT = 32

# Common words, syllables of rarer ones, Korean nouns and endings, Hebrew beginnings and nouns, Hindi.
WORDS = """\
the music of a prize is and to in that BTS it fans for one world
ka ro mi ten sul va ner o pli dra ge un sho be tal ri mo ses ac lu
음악 상은 팬들 세계 무대 노래 사람 마음
이 을 의 에서
ה ו ב
מוזיקה פרס עולם קהל שיר במה זמר לילה
संगीत पुरस्कार दुनिया प्रशंसक मंच गीत और का है में हिन्दी किताबें"""
COMMON, SYLLABLES, NOUNS, ENDINGS, BEGINNINGS, HEBREW_NOUNS, HINDI = (line.split() for line in WORDS.splitlines())
KOREAN = [noun + ending for noun in NOUNS for ending in (*ENDINGS, "")]
HEBREW = [beginning + noun for beginning in (*BEGINNINGS, "") for noun in HEBREW_NOUNS]
SIGNS = ["👩\u200d👧", "👍🏽", "🇰🇷", "x\u0302y\u0301", "q\u0303ue", "❤\ufe0f", "3.5", "don’t", "K-pop"]
HAN = "音楽賞世界舞台人心歌大小新年中国韓的一是在不了有和這我他你們來到時地出就分對成会可主"

type Script = tuple[list[str], str, str]  # words, what stands between them, what ends a sentence


class Letter(NamedTuple):
    char: str
    origin: int


type Text = list[Letter]


def anew(text: str) -> Text:
    return [Letter(char, ANEW) for char in text]


def plain(text: Text) -> str:
    return "".join(letter.char for letter in text)


def says(letter: Letter) -> bool:
    """Whether it is a letter, a digit or an emoji: what a passage is made of."""
    return letter.char.isalnum() or unicodedata.category(letter.char) == "So"


class Writer:
    """Writes paragraphs in several scripts, and comes back to what it wrote."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        rare = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 3))) for _word in range(400)]
        self.scripts: list[Script] = [(COMMON * 8 + rare, " ", ".")] * 6
        self.scripts += [(KOREAN, " ", "."), (HEBREW, " ", "."), (HINDI, " ", "।"), (list(HAN), "", "。")]
        self.last = ""  # two sentences that are the same do not follow each other: nobody could tell which is gone
        self.said: list[str] = ["Yes.", "The music is the music."]

    def words(self, count: int, script: Script) -> str:
        chosen = [self.rng.choice(SIGNS if self.rng.random() < 0.03 else script[0]) for _word in range(count)]
        return script[1].join(chosen)

    def sentence(self, script: Script) -> str:
        if self.rng.random() < 0.05 and (again := self.rng.choice(self.said)) != self.last:
            self.last = again
            return again
        text = self.words(self.rng.randint(3, 12), script)
        if self.rng.random() < 0.5:
            text += ("," + script[1] if script[1] else "，") + self.words(self.rng.randint(2, 8), script)
        self.last = text[0].upper() + text[1:] + script[2]
        self.said.append(self.last)
        return self.last

    def paragraph(self) -> str:
        script = self.rng.choice(self.scripts)
        if self.rng.random() < 0.1:
            return "## " + self.words(self.rng.randint(2, 5), script)
        sentences = [self.sentence(script)]
        for _more in range(self.rng.randint(1, 6)):
            sentences.append(self.sentence(script))
        return (" " if script[1] else "").join(sentences)

    def essay(self, count: int) -> list[str]:
        paragraphs: list[str] = []
        while sum(len(tokens_of(each)) for each in paragraphs) < 2 * count:
            again = len(paragraphs) > 5 and self.rng.random() < 0.02
            paragraphs.append(self.rng.choice(paragraphs[:-2]) if again else self.paragraph())
        return paragraphs


def chosen(rng: random.Random, text: str, count: int) -> list[Place]:
    """Sentences, parts of them, a word or two, and what goes over the end of a sentence or a paragraph."""
    bounds = [0]
    for token in tokens_of(text):
        bounds.append(bounds[-1] + len(token))
    stops = [at for at, bound in enumerate(bounds) if bound == 0 or text[bound - 1] in ".।。\n"]
    found: list[Place] = []
    while len(found) < count:
        kind = rng.random()
        if kind < 0.5:
            at = rng.randrange(len(stops) - 1)
            begin, end = stops[at], stops[min(len(stops) - 1, at + rng.choice((1, 1, 1, 2)))]
        else:
            begin = rng.randrange(len(bounds) - 1)
            end = min(len(bounds) - 1, begin + (rng.randint(1, 5) if kind < 0.7 else rng.randint(6, 40)))
        said = text[bounds[begin] : bounds[end]]
        start = bounds[begin] + len(said) - len(said.lstrip())
        stop = start + len(said.strip())
        if any(char.isalnum() for char in said):
            found.append(placed(text, start, stop))
    return found


def placed(text: str, start: int, end: int) -> Place:
    return Place(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], False)
