"""A15 and A21: texts that are slow to read, and letters that misbehave."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from accounts.forms import PhraseForm, SignUpForm
from accounts.models import User
from debates.forms.source import SourceForm
from debates.forms.statement import (
    ArgumentForm,
    CommentForm,
    PlaceForm,
    StatementForm,
    VoteForm,
    WordingForm,
    find_words,
)
from debates.forms.topic import BeginForm, CopyForm, SettingsForm, ShareForm
from debates.markdown import render_markdown
from debates.models import Essay, Statement, Topic
from debates.similar import likeness, telling_words
from debates.templatetags.highlight import marked
from debates.text import clean_line, clean_text, fold
from tests.conftest import LogIn
from tests.factories import make_topic

# -- A15 ------------------------------------------------------------------------------------------------------------

WORST: dict[str, Callable[[int], str]] = {
    "one letter": lambda n: "a" * n,
    "spaces": lambda n: " " * n + "x",
    "lines": lambda n: "\n" * n + "x",
    "spaces and lines": lambda n: " \n" * (n // 2) + "x",
    "combining marks": lambda n: "a" + "\u0301" * n,
    "marks out of order": lambda n: "\u0315\u0300\u05ae\u0300" * (n // 4),
    "hangul": lambda n: "\u1100\u1161\u11a8" * (n // 3),
    "ligatures": lambda n: "\ufdfa" * (n // 18),
    "brackets": lambda n: "[" * n,
    "links in links": lambda n: "[a](" * (n // 4),
    "emphasis": lambda n: "*a_ " * (n // 4),
    "stars": lambda n: "*" * n + "a",
    "stars around": lambda n: "a**b" + "c* " * (n // 3),
    "quotes": lambda n: "> " * (n // 2),
    "lists": lambda n: "- " * (n // 2),
    "backticks": lambda n: "".join("`" * (at % 50 + 1) + "a" for at in range(n // 26)),
    "references": lambda n: "[a]: <" * (n // 6),
    "angles": lambda n: "<" * n,
    "tags": lambda n: "<a " * (n // 3),
    "comments": lambda n: "<!--" * (n // 4),
    "entities": lambda n: "&#x" * (n // 3),
    "backslashes": lambda n: "\\" * n,
    "addresses": lambda n: "http://" + "a." * (n // 2),
    "mail": lambda n: "a@" * (n // 2),
    "percent": lambda n: "%(a)s" * (n // 5),
}  # fmt: skip

WORK: dict[str, Callable[[str], Any]] = {
    "clean_text": clean_text,
    "clean_line": clean_line,
    "fold": lambda words: fold(clean_line(words)),
    "markdown": render_markdown,
    "telling words": lambda words: likeness(telling_words(clean_line(words)), telling_words(clean_line(words))),
    "marked": lambda words: marked(clean_line(words), words[:60]),
}
# What is worked on whole, and cleaned before anything else: a note, a background. Everything longer is refused before.
LENGTH = 5_000


def seconds(work: Callable[[], Any]) -> float:
    """This process's own time, the best of three."""
    best = 1e9
    for _time in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("what", WORST)
@pytest.mark.parametrize("name", WORK)
def test_a15_time_grows_with_the_text_and_no_faster(name: str, what: str) -> None:
    """Four times the text takes about four times as long; sixteen times would be the sign of a slow pattern."""
    work, write = WORK[name], WORST[what]
    short, long = write(LENGTH), write(4 * LENGTH)

    once, more = seconds(lambda: work(short)), seconds(lambda: work(long))

    assert more < 10 * once + 0.02
    assert once < 0.25


TEXT_FORMS: list[type[forms.Form]] = [
    StatementForm, ArgumentForm, WordingForm, PlaceForm, VoteForm, SourceForm, CommentForm, BeginForm, SettingsForm,
    CopyForm, ShareForm, PhraseForm, SignUpForm,
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("form", TEXT_FORMS)
def test_a15_field_that_is_far_too_long_is_refused_at_once(form: type[forms.Form]) -> None:
    """200,000 characters of the worst kind in every field at once cost no more than reading them a few times."""
    fields = list(form().fields)
    reading = seconds(
        lambda: [text.casefold().encode() for text in (WORST["one letter"](200_000),) for _field in fields]
    )

    for what, write in WORST.items():
        filled = dict.fromkeys(fields, write(200_000))
        # Spaces around a text are no part of it; what is left of those is short, and taken.
        assert is_valid(form, filled) is False or len(filled[fields[0]].strip()) == 1, what
        assert seconds(partial(is_valid, form, filled)) < 30 * reading + 0.05 * len(fields), what


def is_valid(form: type[forms.Form], filled: dict[str, str]) -> bool:
    return form(filled).is_valid()


def test_a15_words_are_looked_for_in_a_long_essay_at_once() -> None:
    essay = Essay(text="a" * 200_000 + "b")

    assert find_words("a" * 2_000 + "c", [essay]) is None
    assert seconds(lambda: find_words("a" * 2_000 + "c", [essay])) < 0.5


@pytest.mark.parametrize("what", WORST)
def test_a15_search_for_anything_is_answered(client: Client, alice: User, what: str) -> None:
    claim = make_topic(alice, visibility="public").add_claim("A claim", by=alice)
    query = WORST[what](7_000)

    answers = [
        client.get(reverse("topic-list"), {"q": query}),
        client.get(reverse("statement-similar", args=[claim.pk]), {"text": query}),
    ]

    assert [each.status_code for each in answers] == [200, 200]
    assert all(len(each.content) < 200_000 for each in answers)


# -- A21 ------------------------------------------------------------------------------------------------------------

HIDDEN = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\x00\x07\x1b\x7f\x85"
ODD = f"a{HIDDEN}b" + "e" + "\u0301" * 500 + "\ufb01\u212b"


def test_a21_no_field_stores_what_hides_or_climbs(alice: User, log_in: LogIn) -> None:
    topic = make_topic(alice, title=ODD[:100], question=ODD[:250], background=ODD)
    claim = topic.add_claim(ODD[:290], by=alice, note=ODD)
    browser = log_in(alice)
    browser.post(reverse("statement-comments", args=[claim.pk]), {"text": ODD})
    browser.post(reverse("statement-sources", args=[claim.pk]), {
        "title": ODD[:190], "author": ODD[:190], "publisher": ODD[:190], "published": ODD[:40], "quotation": ODD,
    })  # fmt: skip
    name = browser.post(reverse("profile"), {"display_name": ODD[:60], "email": ""})

    stored = [
        *Topic.objects.values_list("title", "question", "background")[0],
        *Statement.objects.values_list("text", "note")[0],
        *claim.sources.values_list("title", "author", "publisher", "published", "quotation")[0],
        *claim.comments.values_list("text")[0],
    ]

    assert [text for text in stored if any(char in HIDDEN for char in text)] == []
    assert [text for text in stored if text.count("\u0301") > 6] == []
    assert [text for text in stored if not text.startswith("ab\u00e9")] == []
    assert all("\u212b" not in text for text in stored)
    assert (name.status_code, User.objects.get().display_name) == (422, "")  # a name is not altered, but refused


def test_a21_names_that_look_alike_are_one(alice: User) -> None:
    for name in ("Alice", "ALICE", "ali\u200bce", "\u202eecila", "al\u0131ce\u0307", "ａｌｉｃｅ"):
        Client().post(reverse("account_signup"), {"username": name, "password1": "four words make one"})

    names = [name for name in User.objects.values_list("username", flat=True) if name != "alice"]
    assert [name for name in names if fold(name) == "alice" or not name.isprintable()] == []
