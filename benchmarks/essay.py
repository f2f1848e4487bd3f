"""The essay view: a text of 5,000 words with 500 passages, as the issue asks for, and a tenth of it.

"of the emptiest" is the time as a multiple of the site's emptiest page. Sizes are those of the HTML, plain and gzipped
at level 6 as the server sends it. "making" is the one request that makes a claim of chosen words.
"""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks.large import people, topic_of
from benchmarks.pages import PARTIAL, ROUNDS, _times, _weigh
from debates.essays.layout import lay_out
from debates.models import Essay, Passage, Statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from debates.models import Topic

WORDS, PASSAGES = 5_000, 500
# What words of English are like: a few that come again and again, and many that are rare.
COMMON = "the of and to in is that it was for as with be on not he by are this at from but have an they which"
SYLLABLES = "ka lo mi ter ran sol ve ni per dor al ge ti on ra mu sen bri cho pla wen ast ur ik"
_numbers = itertools.count(1)


def run(_sizes: list[int]) -> None:
    """Print a line for each kind of request at both sizes."""
    owner, reader = people(2)
    client = Client()
    client.force_login(reader)
    work: dict[tuple[str, int], Callable[[], Any]] = {("emptiest page", 0): lambda: client.get("/about/")}
    for passages in (PASSAGES // 10, PASSAGES):
        essay = _essay_of(topic_of(passages + 50, owner), owner, passages)
        work |= {(name, passages): request for name, request in _requests(client, essay).items()}
    weights = {name: _weigh(name, request) for name, request in work.items()}
    times = _times(work)
    least = times["emptiest page", 0]
    print(f"\nThe essay view on {connection.vendor}, medians of {ROUNDS} rounds; the emptiest page: {least:.1f} ms.")
    print(f"{'':22}{'passages':>9}{'queries':>9}{'ms':>8}{'of the emptiest':>17}{'kB':>7}{'kB gzipped':>12}")
    for (name, passages), took in sorted(times.items()):
        queries, plain, packed = weights[name, passages]
        print(f"{name:22}{passages:>9}{queries:>9}{took:>8.1f}{took / least:>17.1f}{plain:>7.0f}{packed:>12.1f}")


def _requests(client: Client, essay: Essay) -> dict[str, Callable[[], Any]]:
    """One request of each kind. Each making is a new one."""
    page, box = essay.get_absolute_url(), reverse("essay-passages", args=[essay.pk])
    sentence = lay_out(essay).sentences[20]
    place = {"start": sentence.start, "end": sentence.end, "words": essay.text[sentence.start : sentence.end]}

    def making() -> Any:
        number = next(_numbers)
        sent = place | {"kind": "claim", "text": f"Claim {number} of words", "version": 1, "key": f"bench-{number}"}
        return client.post(box, sent, headers=PARTIAL)

    return {
        "essay": lambda: client.get(page),
        "essay with the map": lambda: client.get(f"{page}&show=lines"),
        "essay, not used yet": lambda: client.get(f"{page}&show=unused"),
        "essay with a box": lambda: client.get(f"{page}&sentence=120"),
        "lines to choose from": lambda: client.get(
            reverse("essay-lines", args=[essay.pk]), {"sentence": 120}, headers=PARTIAL
        ),
        "making a claim": making,
    }


def _essay_of(topic: Topic, owner: User, passages: int) -> Essay:
    """A text in proportion to `passages`, which overlap where they please, each with a line that rests on it."""
    dice = random.Random(passages)
    vocabulary = ["".join(dice.choices(SYLLABLES.split(), k=dice.randint(1, 4))) for _each in range(1_500)]
    text = "\n\n".join(_paragraph(dice, vocabulary) for _each in range(WORDS * passages // PASSAGES // 100))
    essay = topic.add_essay(by=owner, title="Bench", text=text)
    lines = list(Statement.objects.filter(topic=topic).order_by("pk")[:passages])
    for line in lines:
        line.text = " ".join(dice.choices(vocabulary, k=12))
    Statement.objects.bulk_update(lines, ["text"], batch_size=200)
    Passage.objects.bulk_create([_passage(dice, essay, line) for line in lines])
    return essay


def _paragraph(dice: random.Random, vocabulary: list[str]) -> str:
    """A hundred words in five sentences."""
    words = [dice.choice(COMMON.split() if dice.random() < 0.45 else vocabulary) for _word in range(100)]
    return " ".join(" ".join(words[at : at + 20]).capitalize() + "." for at in range(0, 100, 20))


def _passage(dice: random.Random, essay: Essay, line: Statement) -> Passage:
    start = essay.text.find(" ", dice.randrange(len(essay.text) - 200)) + 1
    end = essay.text.find(" ", start + dice.randint(30, 120))
    passage = Passage(statement=line, essay=essay)
    passage.stand(essay.text, start, end)
    return passage
