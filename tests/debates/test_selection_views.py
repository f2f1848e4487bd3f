"""Making something of chosen words of an essay: claims, arguments, passages; what is refused, and what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from debates.models import Essay, Passage, Statement, Topic
from tests.debates.large import bushy, grow
from tests.factories import make_member, make_topic, make_tree
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from accounts.models import User
    from tests.conftest import LogIn
    from tests.markup import Response

TEXT = """# Rest

Rest helps people learn 😀. Nobody denies it.

## Work

Rest could be dull. Parents work five days, and many parents rest."""


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    return topic


@pytest.fixture
def essay(topic: Topic, alice: User) -> Essay:
    return topic.add_essay(by=alice, title="Rest", text=TEXT)


@pytest.fixture
def tree(topic: Topic, bob: User) -> dict[str, Statement]:
    return make_tree(topic, bob, "Four days are enough\n  + Rest helps learning\n  - Parents work five days")


def box(essay: Essay) -> str:
    return reverse("essay-passages", args=[essay.pk])


def chosen(words: str, **fields: Any) -> dict[str, Any]:
    """What the form sends for `words` of the text."""
    start = TEXT.index(words)
    place = {"start": start, "end": start + len(words), "words": words, "version": 1, "key": str(uuid4())}
    return place | {"kind": "claim", "text": "Sleep makes learning easy"} | fields


def form_of(response: Response) -> Element:
    """The open box, not the one in the template that scripts fill in."""
    return by_id(response, "make")


def shows(response: Response) -> dict[str, str]:
    """What the fields of the open box say."""
    fields: dict[str, str] = {}
    for field in form_of(response).iter():
        name, checked = field.get("name"), field.get("type") != "radio" or field.get("checked") is not None
        if name and checked and field.tag in {"input", "textarea"}:
            fields[name] = (field.text or "") if field.tag == "textarea" else field.get("value") or ""
    return fields


# -- the box -------------------------------------------------------------------------------------------------------


def test_sentence_opens_the_box_below_it_with_its_words(topic: Topic, essay: Essay, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).get(reverse("topic-essay", args=[topic.slug]), {"sentence": 2})

    assert response.status_code == 200
    assert text(by_class(form_of(response), "making__words")[0]).startswith(
        "From the words you chose Nobody denies it."
    )
    part = by_id(response, "part-0")
    assert form_of(response) in list(part.iter()) or by_id(response, "make").tag == "form"
    assert [text(each) for each in by_class(dom(response), "selection")] == ["Nobody denies it."]
    assert shows(response)["start"] == str(TEXT.index("Nobody"))


def test_sentences_are_taken_together(topic: Topic, essay: Essay, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).get(box(essay), {"sentence": 2, "to": 3}, headers=PARTIAL)

    assert is_fragment(response)
    words = "Nobody denies it.\n\n## Work\n\nRest could be dull."
    assert shows(response)["words"].replace("\r", "") == words
    again = log_in(bob).post(box(essay), shows(response) | {"take": "1", "sentence": 4, "to": 4, "text": "Kept"})
    assert shows(again)["words"] == "Parents work five days, and many parents rest."
    assert shows(again)["text"] == "Kept"


@pytest.mark.parametrize("query", [{}, {"sentence": 9}, {"start": 5, "end": 5}, {"start": 3, "end": 999}])
def test_box_without_words_asks_for_some(essay: Essay, bob: User, log_in: LogIn, query: dict[str, Any]) -> None:
    response = log_in(bob).get(box(essay), query)

    assert response.status_code == 200
    assert shows(response)["start"] == ""
    assert [label for label in form_of(response).iter("label") if text(label) == "Sentences"] != []


def test_box_offers_the_lines_near_by_first(essay: Essay, tree: dict[str, Statement], bob: User, log_in: LogIn) -> None:
    start = TEXT.index("Parents")
    tree["Parents work five days"].quote(essay, start, start + 7, by=bob)
    tree["Rest helps learning"].quote(essay, TEXT.index("Rest helps"), TEXT.index("Rest helps") + 4, by=bob)

    near = log_in(bob).get(reverse("essay-lines", args=[essay.pk]), {"sentence": 3})
    found = log_in(bob).get(reverse("essay-lines", args=[essay.pk]) + "?sentence=3&q=learn")

    assert [text(line) for line in by_class(dom(near), "making__lines")[0]] == [
        "But Parents work five days", "Because Rest helps learning", "Claim Four days are enough",
    ]  # fmt: skip
    assert [text(line) for line in by_class(dom(found), "making__lines")[0]] == ["Because Rest helps learning"]


def test_searching_for_a_line_keeps_the_chosen_one_and_what_was_typed(
    essay: Essay, tree: dict[str, Statement], bob: User, log_in: LogIn
) -> None:
    claim = tree["Four days are enough"]
    sent = chosen("Nobody denies it.", kind="opposes", parent=claim.pk, q="learn", find="1", text="Not quite")

    response = log_in(bob).post(box(essay), sent)

    assert response.status_code == 200
    assert [text(line) for line in by_class(form_of(response), "making__lines")[0]] == [
        "Claim Four days are enough", "Because Rest helps learning",
    ]  # fmt: skip
    kept = shows(response)
    assert (kept["kind"], kept["parent"], kept["text"]) == ("opposes", str(claim.pk), "Not quite")
    assert not Statement.objects.filter(text="Not quite").exists()


def test_line_is_chosen_in_the_map_beside(essay: Essay, tree: dict[str, Statement], bob: User, log_in: LogIn) -> None:
    line = tree["Rest helps learning"]

    response = log_in(bob).post(box(essay), chosen("Nobody denies it.", choose=line.pk, show="lines"))

    assert response.status_code == 200
    assert (shows(response)["kind"], shows(response)["parent"]) == ("supports", str(line.pk))
    assert text(by_class(form_of(response), "reading__parent")[0]) == "Rest helps learning"
    assert by_id(response, "essay-lines") is not None


def test_checking_gives_hints_and_makes_nothing(
    essay: Essay, tree: dict[str, Statement], bob: User, log_in: LogIn
) -> None:
    sent = chosen("Rest could be dull.", text="Rest is always dull; it is.", check="1")

    response = log_in(bob).post(box(essay), sent)

    assert response.status_code == 200
    hints = [text(each) for each in by_class(form_of(response), "making__hints")[0]]
    assert hints == [
        "The text says “could”, your line “always”. Does the text go that far?",
        "This may be two ideas: “;”. Two lines can be answered one by one.",
    ]
    assert Statement.objects.count() == 3


def test_hints_come_while_one_writes(essay: Essay, bob: User, log_in: LogIn) -> None:
    words = "Parents work five days, and many parents rest."
    start = TEXT.index(words)
    asked = {"start": str(start), "end": str(start + len(words)), "text": words.removesuffix(".")}

    response = log_in(bob).get(reverse("essay-hints", args=[essay.pk]), asked, headers=PARTIAL)

    assert is_fragment(response)
    assert text(dom(response)).startswith("These words stand in the text in the same order: “Parents work five")
    quiet = log_in(bob).get(reverse("essay-hints", args=[essay.pk]), asked | {"text": "Families have full weeks"})
    assert text(dom(quiet)) == ""


# -- making --------------------------------------------------------------------------------------------------------


def test_words_become_a_claim_with_its_passage(essay: Essay, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(box(essay), chosen("Nobody denies it."))

    made = Statement.objects.get(text="Sleep makes learning easy")
    assert (made.parent, made.author, made.status) == (None, bob, "visible")
    assert [(passage.essay, passage.quote) for passage in made.passages.all()] == [(essay, "Nobody denies it.")]
    assert (response.status_code, response["Location"]) == (303, f"{essay.get_absolute_url()}#p-{made.pk}")


@pytest.mark.parametrize("kind", ["supports", "opposes"])
def test_words_become_an_argument_under_the_chosen_line(
    essay: Essay, tree: dict[str, Statement], bob: User, log_in: LogIn, kind: str
) -> None:
    parent = tree["Parents work five days"]

    log_in(bob).post(box(essay), chosen("many parents rest", kind=kind, parent=parent.pk))

    made = Statement.objects.get(text="Sleep makes learning easy")
    assert (made.parent, made.stance, made.depth) == (parent, kind, 2)
    assert made.passages.get().quote == "many parents rest"


def test_words_are_attached_to_a_line_that_is_there(
    essay: Essay, tree: dict[str, Statement], bob: User, log_in: LogIn
) -> None:
    line, browser = tree["Parents work five days"], log_in(bob)
    sent = chosen("Parents work five days", kind="attach", parent=line.pk, text="")

    for _once in range(2):
        response = browser.post(box(essay), sent)

    assert response.status_code == 303
    assert [passage.quote for passage in line.passages.all()] == ["Parents work five days"]
    assert Statement.objects.count() == 3


def test_form_sent_twice_makes_one_line_and_one_passage(essay: Essay, bob: User, log_in: LogIn) -> None:
    browser, sent = log_in(bob), chosen("Nobody denies it.")

    answers = [browser.post(box(essay), sent)["Location"] for _once in range(2)]

    assert answers[0] == answers[1]
    assert (Statement.objects.count(), Passage.objects.count()) == (1, 1)


def test_other_words_under_an_old_key_are_a_conflict_that_shows_both(essay: Essay, bob: User, log_in: LogIn) -> None:
    browser, sent = log_in(bob), chosen("Nobody denies it.")
    browser.post(box(essay), sent)

    response = browser.post(box(essay), sent | {"text": "Something else"})

    assert response.status_code == 409
    assert "Stored already: Sleep makes learning easy" in text(form_of(response))
    assert shows(response)["text"] == "Something else"
    assert shows(response)["key"] != sent["key"]
    assert Statement.objects.count() == 1


def test_script_gets_what_has_changed_and_nothing_else(
    topic: Topic, essay: Essay, tree: dict[str, Statement], bob: User, log_in: LogIn
) -> None:
    response = log_in(bob).post(box(essay), chosen("Nobody denies it."), headers=PARTIAL)

    made = Statement.objects.get(text="Sleep makes learning easy")
    assert is_fragment(response)
    assert response["HX-Trigger"] == '{"say": "Posted."}'
    swapped = [each.get("id") for each in dom(response).iter() if each.get("hx-swap-oob")]
    assert swapped == ["part-0", "coverage", "unused-count"]
    assert by_id(response, f"p-{made.pk}").tag == "mark"
    [new] = by_class(dom(response), "margin-notes__new")
    assert (new.get("tabindex"), new.get("autofocus")) == ("-1", "")
    assert texts(dom(response), "coverage__text")[0].startswith("1 of 4 sentences are used")
    assert list(by_id(response, "making")) == []
    draft = f"essay-{essay.pk}-{TEXT.index('Nobody')}-{TEXT.index('Nobody') + 17}"
    assert by_id(response, "coverage").get("data-draft-clear") == draft


def test_script_gets_every_paragraph_that_a_passage_runs_through(essay: Essay, bob: User, log_in: LogIn) -> None:
    words = "Nobody denies it.\n\n## Work\n\nRest could be dull."

    response = log_in(bob).post(box(essay), chosen(words, show="lines"), headers=PARTIAL)

    swapped = [each.get("id") for each in dom(response).iter() if each.get("hx-swap-oob")]
    assert swapped == ["part-0", "part-1", "part-2", "coverage", "essay-lines", "unused-count"]
    assert Passage.objects.get().quote == words


def test_suggestion_waits_with_its_passage(topic: Topic, essay: Essay, charlie: User, log_in: LogIn) -> None:
    Topic.objects.update(visitor_role="suggester")

    response = log_in(charlie).post(box(essay), chosen("Nobody denies it."), headers=PARTIAL)

    made = Statement.objects.get(text="Sleep makes learning easy")
    assert (made.status, made.passages.get().quote) == ("suggested", "Nobody denies it.")
    assert "Your suggestion waits for an editor." in text(by_id(response, "making"))
    assert list(dom(log_in(charlie).get(essay.get_absolute_url())).iter("mark")) == []


def test_visitor_writes_first_and_says_afterwards_who_they_are(essay: Essay) -> None:
    client = Client()

    asked = client.post(box(essay), chosen("Nobody denies it."))
    assert asked["Location"].startswith("/who/")
    assert Statement.objects.count() == 0

    response = client.post(reverse("who-guest"), {"post": asked["Location"].partition("post=")[2]})
    made = Statement.objects.get(text="Sleep makes learning easy")
    assert response["Location"].endswith(f"#p-{made.pk}")
    assert made.passages.get().quote == "Nobody denies it."


# -- refused -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " "}, "Write one sentence first."),
        ({"text": "x" * 301}, "300"),
        ({"kind": "opposes"}, "Choose the line that it answers."),
        ({"kind": "opposes", "parent": "x" * 9}, "Choose the line that it answers."),
        ({"kind": "dance"}, "Say what to make of these words."),
        ({"kind": "opposes", "parent": 10**9}, "Choose a line of this topic."),
        ({"kind": "attach", "text": ""}, "Choose the line that rests on these words."),
        ({"start": "", "end": "", "words": ""}, "Choose some words of the text first."),
        ({"start": 40, "end": 40, "words": " \n"}, "Choose some words of the text first."),
        ({"start": TEXT.index("\n"), "end": TEXT.index("\n") + 2, "words": "\n"}, "Choose some words of the text"),
    ],
)
def test_refused_form_comes_back_with_what_was_typed(
    essay: Essay, bob: User, log_in: LogIn, fields: dict[str, Any], sentence: str
) -> None:
    sent = chosen("Nobody denies it.") | fields

    response = log_in(bob).post(box(essay), sent, headers=PARTIAL)

    assert response.status_code == 422
    assert sentence in text(form_of(response))
    assert shows(response)["text"].strip() == str(sent["text"]).strip()
    assert (Statement.objects.count(), Passage.objects.count()) == (0, 0)


def test_too_much_text_is_no_passage(essay: Essay, bob: User, log_in: LogIn) -> None:
    Essay.objects.update(text="Word. " * 1_000)

    response = log_in(bob).post(box(essay), chosen("Nobody denies it.") | {"start": 0, "end": 5_900, "words": ""})

    assert response.status_code == 422
    assert "at most 5,000 characters" in text(form_of(response))


def test_line_of_another_person_rests_on_nothing_new(
    topic: Topic, essay: Essay, tree: dict[str, Statement], charlie: User, log_in: LogIn
) -> None:
    line = tree["Parents work five days"]
    sent = chosen("Parents work five days", kind="attach", parent=line.pk)

    response = log_in(charlie).post(box(essay), sent)

    assert response.status_code == 403
    assert "Only its author and the editors of this topic may change this." in text(form_of(response))
    assert not line.passages.exists()


def test_line_of_another_topic_is_as_one_that_is_not_there(essay: Essay, alice: User, bob: User, log_in: LogIn) -> None:
    elsewhere = make_topic(bob).add_claim("Elsewhere", by=bob)
    hidden = essay.topic.add_claim("Perhaps", by=alice, suggested=True)

    for line in (elsewhere, hidden):
        response = log_in(bob).post(box(essay), chosen("Nobody denies it.", kind="supports", parent=line.pk))
        assert response.status_code == 422
        assert "Choose a line of this topic." in text(form_of(response))
        assert "Elsewhere" not in text(form_of(response))


def test_reader_may_not_make_anything(topic: Topic, essay: Essay, charlie: User, log_in: LogIn) -> None:
    Topic.objects.update(visitor_role="viewer")

    response = log_in(charlie).post(box(essay), chosen("Nobody denies it."))

    assert response.status_code == 403
    assert "Sleep makes learning easy" in text(dom(response))
    Topic.objects.update(visibility="private")
    assert log_in(charlie).post(box(essay), chosen("Nobody denies it.")).status_code == 404
    assert Statement.objects.count() == 0


# -- two people at once ---------------------------------------------------------------------------------------------


def test_words_that_moved_are_found_where_they_stand_now(essay: Essay, alice: User, bob: User, log_in: LogIn) -> None:
    essay.revise(by=alice, version=1, text="A new beginning.\n\n" + TEXT)

    response = log_in(bob).post(box(essay), chosen("Nobody denies it."), headers=PARTIAL)

    passage = Passage.objects.get()
    assert passage.quote == "Nobody denies it."
    # The reader's page shows the former text: it is loaded anew.
    assert response.status_code == 204
    assert response["HX-Redirect"] == f"{essay.get_absolute_url()}#p-{passage.statement_id}"


@pytest.mark.parametrize(
    ("text_now", "sentence"),
    [
        ("Everybody denies it.", "are not in this text any more"),
        ("So: Nobody denies it. Nobody denies it.", "stand in it more than once"),
    ],
)
def test_words_that_are_gone_are_chosen_again_and_nothing_is_lost(
    essay: Essay, alice: User, bob: User, log_in: LogIn, text_now: str, sentence: str
) -> None:
    sent = chosen("Nobody denies it.")
    essay.revise(by=alice, version=1, text=text_now)

    response = log_in(bob).post(box(essay), sent)

    assert response.status_code == 409
    assert sentence in text(form_of(response))
    kept = shows(response)
    assert (kept["text"], kept["words"], kept["start"]) == (sent["text"], sent["words"], "")
    assert Statement.objects.count() == 0
    again = log_in(bob).post(box(essay), kept | {"take": "1", "sentence": 1})
    assert log_in(bob).post(box(essay), shows(again)).status_code == 303
    assert Passage.objects.get().statement.text == sent["text"]


def test_essay_that_was_taken_away_gives_the_words_back(essay: Essay, alice: User, bob: User, log_in: LogIn) -> None:
    address = box(essay)
    essay.remove(by=alice)

    response = log_in(bob).post(address, chosen("Nobody denies it."))

    assert response.status_code == 410
    assert "This text was taken away." in text(dom(response))
    assert "Sleep makes learning easy" in text(dom(response))
    assert Statement.objects.count() == 0


# -- borders ---------------------------------------------------------------------------------------------------------


def test_places_are_code_points_and_no_sign_is_cut_apart(topic: Topic, alice: User, log_in: LogIn) -> None:
    words = "e\u0301te\u0301 👩‍👩‍👧 שלום"
    essay = topic.add_essay(by=alice, title="Signs", text=f"Un {words} ok. Fin.")
    said = essay.text[3:-9]
    start = essay.text.index(said)

    for cut_start, cut_end in ((start, start + len(said)), (start + 6, start + 7)):
        sent = {"kind": "claim", "text": f"From {cut_start}", "start": cut_start, "end": cut_end, "words": ""}
        log_in(alice).post(box(essay), sent)

    assert [passage.quote for passage in Passage.objects.order_by("pk")] == [said.strip(), "👩‍👩‍👧"]


def test_words_with_other_line_breaks_are_the_same_words(essay: Essay, bob: User, log_in: LogIn) -> None:
    start, end = TEXT.index("Nobody"), TEXT.index(" Parents")
    sent = chosen("Nobody denies it.") | {
        "end": end,
        "words": "Nobody denies it.\r\n\r\nWork\r\n\r\nRest could be dull.",
    }

    log_in(bob).post(box(essay), sent)

    assert Passage.objects.get().quote == TEXT[start:end]


# -- figures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["claim", "opposes"])
def test_making_costs_the_same_queries_whatever_rests_on_the_text(
    topic: Topic, essay: Essay, alice: User, log_in: LogIn, kind: str
) -> None:
    browser, made, counts = log_in(alice), grow(topic, alice, bushy(60)), []
    for at, some in enumerate((made[:2], made[2:])):
        for place, line in enumerate(some):
            essay.passages.create(statement=line, start=place, end=place + 9, quote=TEXT[place : place + 9])
        sent = chosen("Nobody denies it.", kind=kind, parent=made[0].pk, text=f"Line number {at} is new")
        browser.post(box(essay), sent | {"text": "Named once", "key": str(uuid4())})
        with data_queries() as asked:
            assert browser.post(box(essay), sent, headers=PARTIAL).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 27
