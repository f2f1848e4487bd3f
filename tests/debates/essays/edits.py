"""Random edits of an essay whose characters know where they stood at first.

An edit that could as well have been another, by what it leaves, is not made: nobody could tell where a passage is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.diff import words as tokens_of
from debates.essays.signs import same_start
from tests.debates.essays.writing import HAN, Letter, anew, plain

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from tests.debates.essays.writing import Text, Writer


class Editor:
    """Edits paragraphs of letters. What could as well have happened some words further is not done."""

    def __init__(self, rng: random.Random, writer: Writer, paragraphs: list[str]) -> None:
        self.rng, self.writer = rng, writer
        self.paragraphs: list[Text] = []
        self.carried: set[int] = set()  # the paragraphs that were moved or copied
        self.repeated = ["Yes."]  # sentences that were written again, which looks like a move once the first is gone
        at = 0
        for paragraph in paragraphs:
            self.paragraphs.append([Letter(char, at + number) for number, char in enumerate(paragraph)])
            at += len(paragraph) + 2

    @property
    def text(self) -> Text:
        joined: Text = []
        for paragraph in self.paragraphs:
            joined += [*paragraph, *anew("\n\n")]
        return joined[:-2]

    def edit(self, times: int) -> None:
        kinds: list[tuple[Callable[[], bool], int]] = [
            (self.words, 24), (self.slip, 10), (self.mark, 6), (self.sentence, 6),
            (self.move, 2), (self.copy, 2), (self.remove, 1), (self.part, 1), (self.join, 1),
        ]  # fmt: skip
        while times:
            [kind] = self.rng.choices([kind for kind, _often in kinds], [often for _kind, often in kinds])
            times -= kind()

    def words(self) -> bool:
        """Put some words where some were, or none."""
        most = self.rng.choice((0, 1, 1, 2, 4))
        script = self.rng.choice(self.writer.scripts[4:8])
        return self._replace(most, self.writer.words(self.rng.randint(most == 0, 4), script))

    def sentence(self) -> bool:
        again = self.rng.choice(self.writer.said)
        if again not in plain(self.text):
            return False
        self.repeated.append(again)
        written = self.rng.choice(("", self.writer.sentence(self.writer.scripts[0]), again))
        return self._replace(self.rng.choice((0, 20)) if written else 20, written)

    def _replace(self, most: int, written: str) -> bool:
        paragraph = self.rng.choice(self.paragraphs)
        tokens, new = tokens_of(plain(paragraph)), tokens_of(written)
        first = self.rng.randrange(len(tokens))
        last = min(len(tokens), first + most)
        if self._is_again(paragraph, most, written) or not _is_clear(tokens, (first, last), new):
            return False
        if first == last:
            new = [*new, " "]
        elif not new and first and tokens[first - 1].isspace() and not (tokens[last:] and tokens[last][0].isalnum()):
            first -= 1  # a space goes with the words
        start, end = len("".join(tokens[:first])), len("".join(tokens[:last]))
        if not written and not plain(paragraph[:start] + paragraph[end:]).strip():
            return False
        paragraph[start:end] = anew("".join(new))
        return True

    def _is_again(self, paragraph: Text, most: int, written: str) -> bool:
        """Whether something would stand twice side by side, or nearly, or a sentence go that was written again."""
        twice = bool(written) and written in plain(self._neighbours(paragraph))
        return twice or (most > 0 and any(said in plain(paragraph) for said in self.repeated))

    def _neighbours(self, paragraph: Text) -> Text:
        at = next(at for at, each in enumerate(self.paragraphs) if each is paragraph)
        return [letter for each in self.paragraphs[max(0, at - 1) : at + 2] for letter in each]

    def slip(self) -> bool:
        """A slip of the pen, or one mended: a letter left out, doubled, wrong, or changed for the next one."""
        paragraph = self.rng.choice(self.paragraphs)
        at = self.rng.randrange(max(1, len(paragraph) - 3))
        here = paragraph[at : at + 3]
        if len(here) < 3 or not all(letter.char.isascii() and letter.char.isalpha() for letter in here):
            return False
        one, two, three = here
        paragraph[at : at + 3] = self.rng.choice(
            (
                [one, three],
                [one, two, *anew(two.char), three],
                [one, *anew("z"), three],
                [one, three, two],
                [one, *anew(" "), two, three],
            )
        )
        return True

    def mark(self) -> bool:
        """Part a sentence, or join two."""
        paragraph = self.rng.choice(self.paragraphs)
        text = plain(paragraph)
        if (at := text.find(". ", self.rng.randrange(len(text)))) >= 0:
            paragraph[at : at + 3] = [*anew(", "), *self._cased(paragraph[at + 2 : at + 3], str.lower)]
            return True
        if (at := text.find(", ", self.rng.randrange(len(text)))) >= 0:
            paragraph[at : at + 3] = [*anew(". "), *self._cased(paragraph[at + 2 : at + 3], str.upper)]
            return True
        return False

    @staticmethod
    def _cased(letters: Text, change: Callable[[str], str]) -> Text:
        return [Letter(change(char)[:1], origin) for char, origin in letters]

    def move(self) -> bool:
        return self._put(lambda at: self.paragraphs.pop(at))

    def copy(self) -> bool:
        return self._put(
            lambda at: [Letter(char, -2 - origin if origin >= 0 else origin) for char, origin in self.paragraphs[at]]
        )

    def _put(self, take: Callable[[int], Text]) -> bool:
        at, to = self.rng.randrange(len(self.paragraphs)), self.rng.randrange(len(self.paragraphs))
        # Which of two paragraphs was copied and which moved, nobody could tell.
        if (
            abs(at - to) < min(8, len(self.paragraphs) // 3)
            or self._has_twin(at)
            or id(self.paragraphs[at]) in self.carried
        ):
            return False
        self.carried.add(id(self.paragraphs[at]))
        self.paragraphs.insert(to, take(at))
        return True

    def part(self) -> bool:
        """Begin a new paragraph between two sentences."""
        at = self.rng.randrange(len(self.paragraphs))
        paragraph = self.paragraphs[at]
        if id(paragraph) in self.carried:
            return False
        cut = plain(paragraph).find(". ", self.rng.randrange(len(paragraph)))
        if cut >= 0:
            self.paragraphs[at : at + 1] = [paragraph[: cut + 1], paragraph[cut + 2 :]]
        return cut >= 0

    def join(self) -> bool:
        at = self.rng.randrange(len(self.paragraphs) - 1)
        if not self.carried.isdisjoint(map(id, self.paragraphs[at : at + 2])):
            return False
        self.paragraphs[at : at + 2] = [[*self.paragraphs[at], *anew(" "), *self.paragraphs[at + 1]]]
        return True

    def remove(self) -> bool:
        at = self.rng.randrange(len(self.paragraphs))
        if self._has_twin(at) or any(said in plain(self.paragraphs[at]) for said in self.repeated):
            return False
        self.paragraphs.pop(at)
        return True

    def _has_twin(self, at: int) -> bool:
        """Which of two paragraphs that are the same was moved, nobody could tell, nor which of two side by side."""
        texts = [plain(each) for each in self.paragraphs]
        return texts.count(texts[at]) > 1 or texts[max(0, at - 1)] in texts[at + 1 : at + 2]


def _is_clear(tokens: list[str], gone: tuple[int, int], new: list[str]) -> bool:
    """Whether it can be told from the text afterwards what went and what came: whole words, and others than before."""
    first, last = gone
    behind = tokens[last : last + 1]
    if tokens[first].isspace() or (last > first and tokens[last - 1].isspace()) or _slides(tokens, gone, new):
        return False
    goes_on = bool(first) and not tokens[first - 1].isspace() and tokens[first - 1] not in HAN
    is_gone_on = bool(behind) and behind[0][0].isalnum() and behind[0] not in HAN
    if (goes_on and (new or is_gone_on)) or (new and is_gone_on):
        return False  # two words would be one
    return not any(_alike(one, other) for one in tokens[first:last] for other in new)


def _alike(one: str, other: str) -> bool:
    """Whether two words have most letters in common at their ends."""
    one, other = one.casefold(), other.casefold()
    ends = same_start(one, other) + same_start(one[::-1], other[::-1])
    return (one == other and not one.isspace()) or (one[0].isalnum() and 2 * ends > max(len(one), len(other)))


def _words(tokens: list[str]) -> list[str]:
    return [token.casefold() for token in tokens if not token.isspace()]


def _slides(tokens: list[str], gone: tuple[int, int], new: list[str]) -> bool:
    """Whether the same text would come from the same change some words further on, or back."""
    old, come = _words(tokens[slice(*gone)]), _words(new)
    before, behind = _words(tokens[: gone[0]])[-1:], _words(tokens[gone[1] :])[:1]
    slides = any(before == each[-1:] or behind == each[:1] for each in (old, come) if each)
    return slides or bool(old and come and (old[0] == come[0] or old[-1] == come[-1] or come[0] in old))
