"""Adding: arguments under a statement, claims to a topic, and what looks alike while one writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import MAX_DEPTH, Essay, Passage, Source, Statement, Topic
from tests.conftest import LogIn
from tests.factories import make_member, make_topic, make_tree
from tests.markup import PARTIAL, box_of, by_class, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from tests.markup import Response

type Tree = dict[str, Statement]

NO_ADDRESS = "This is no web address. One begins with http:// or https://."
KEY = "0b0c6a4e-5d5e-4a43-9a1f-0d3c5a3f9d11"


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A public topic of Alice, in which Bob is a writer."""
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    return topic


@pytest.fixture
def tree(topic: Topic, alice: User) -> Tree:
    return make_tree(
        topic,
        alice,
        """
        Four days are enough
          + Rest helps learning
            - Sleep costs money
          - Parents work five days
        """,
    )


@pytest.fixture
def essay(topic: Topic) -> Essay:
    return Essay.objects.create(topic=topic, title="An essay", text="We sleep.\nSleep is when we learn.")


def url(parent: Statement) -> str:
    return reverse("statement-arguments", args=[parent.pk])


def an_argument(**fields: Any) -> dict[str, Any]:
    return {"stance": "opposes", "text": "Someone has to watch them.", "key": KEY} | fields


def everything(topic: Topic) -> list[Any]:
    """All that adding could alter, to tell that nothing was."""
    statements = list(Statement.objects.filter(topic=topic).order_by("pk").values())
    return [statements, topic.changes.count(), Source.objects.count(), Passage.objects.count()]


def errors(response: Response) -> list[str]:
    return texts(dom(response), "error")


def typed(response: Response) -> dict[str, str]:
    """What stands in the fields of the box."""
    box = box_of(response)
    fields = [each for each in box.iter() if each.tag in {"input", "textarea"} and each.get("name")]
    return {each.get("name", ""): each.get("value") or "".join(each.itertext()) for each in fields}


# -- an argument is added -----------------------------------------------------------------------------------------


def test_argument_is_added_behind_its_siblings(topic: Topic, tree: Tree, bob: User, log_in: LogIn) -> None:
    parent = tree["Four days are enough"]

    response = log_in(bob).post(url(parent), an_argument(text="  Someone  has to watch them. ", note="Who?"))

    made = Statement.objects.get(text="Someone has to watch them.")
    assert (made.parent, made.topic, made.author, made.stance) == (parent, topic, bob, "opposes")
    assert (made.note, made.status, made.depth) == ("Who?", "visible", 1)
    assert made.position > tree["Parents work five days"].position
    assert topic.changes.order_by("-number")[0].verb == "add"
    assert response.status_code == 303


def test_reader_is_led_back_to_the_columns_with_the_new_card(
    topic: Topic, tree: Tree, bob: User, log_in: LogIn
) -> None:
    parent, browser = tree["Four days are enough"], log_in(bob)

    response = browser.post(url(parent), an_argument())

    made = Statement.objects.latest("pk")
    place = f"{topic.get_absolute_url()}?claim={parent.pk}&new={made.pk}"
    assert response["Location"] == f"{place}#s{made.pk}"
    card = by_id(browser.get(place), f"s{made.pk}")
    assert (card.get("autofocus"), card.get("tabindex")) == ("", "-1")


def test_reader_is_led_back_to_the_focus_page_deeper_down(tree: Tree, bob: User, log_in: LogIn) -> None:
    parent = tree["Rest helps learning"]

    response = log_in(bob).post(url(parent), an_argument())

    made = Statement.objects.latest("pk")
    assert response["Location"] == f"{parent.get_absolute_url()}?new={made.pk}#s{made.pk}"


def test_script_gets_the_new_card_and_the_button_for_one_more(tree: Tree, bob: User, log_in: LogIn) -> None:
    parent = tree["Four days are enough"]

    response = log_in(bob).post(url(parent), an_argument(), headers=PARTIAL)

    made = Statement.objects.latest("pk")
    assert response.status_code == 200
    assert is_fragment(response)
    card = by_id(response, f"s{made.pk}")
    assert texts(card, "argument-card__text") == ["Opposes: Someone has to watch them."]
    assert (card.get("autofocus"), card.get("data-stance"), card.get("data-draft-clear")) == (
        "", "opposes", f"topic-{made.topic_id}-under-{parent.pk}-opposes",
    )  # fmt: skip
    count = by_id(response, f"count-opposes-{parent.pk}")
    assert (text(count), count.get("hx-swap-oob")) == ("2", "true")
    (more,) = by_class(dom(response), "side__add")
    assert [link.get("hx-get") for link in more.iter("a")] == [f"{url(parent)}?stance=opposes"]
    assert json.loads(response["HX-Trigger"]) == {"say": "Posted."}


def test_form_sent_twice_makes_one_argument(topic: Topic, tree: Tree, essay: Essay, bob: User, log_in: LogIn) -> None:
    parent, browser = tree["Four days are enough"], log_in(bob)
    form = an_argument(source_title="A study", passage="Sleep is when")

    first = browser.post(url(parent), form)
    before = everything(topic)
    second = browser.post(url(parent), form)

    assert first["Location"] == second["Location"]
    assert everything(topic) == before
    assert (Source.objects.count(), Passage.objects.count()) == (1, 1)


@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_other_words_under_an_old_key_are_given_back_with_a_new_one(
    topic: Topic, tree: Tree, bob: User, log_in: LogIn, headers: dict[str, str]
) -> None:
    parent, browser = tree["Four days are enough"], log_in(bob)
    browser.post(url(parent), an_argument())
    before = everything(topic)

    response = browser.post(url(parent), an_argument(text="Nobody watches them.", note="Who?"), headers=headers)

    assert (response.status_code, everything(topic)) == (409, before)
    box = typed(response)
    assert (box["text"], box["note"]) == ("Nobody watches them.", "Who?")
    assert [text(each) for each in box_of(response).iter("q")] == ["Someone has to watch them."]
    assert box["key"] not in {"", KEY}
    assert browser.post(url(parent), an_argument(**box)).status_code == 303
    assert sorted(Statement.objects.filter(author=bob).values_list("text", flat=True)) == [
        "Nobody watches them.", "Someone has to watch them.",
    ]  # fmt: skip


def test_same_key_of_another_person_is_another_argument(
    topic: Topic, tree: Tree, alice: User, bob: User, log_in: LogIn
) -> None:
    parent = tree["Four days are enough"]

    for person in (alice, bob):
        log_in(person).post(url(parent), an_argument())

    assert sorted(Statement.objects.filter(key=KEY).values_list("author__username", flat=True)) == ["alice", "bob"]


def test_argument_under_a_link_stands_under_its_target(topic: Topic, tree: Tree, bob: User, log_in: LogIn) -> None:
    target = tree["Rest helps learning"]
    link = target.link_under(tree["Parents work five days"], stance="opposes", by=bob)

    response = log_in(bob).post(url(link), an_argument())

    made = Statement.objects.latest("pk")
    assert made.parent == target
    assert response["Location"] == f"{target.get_absolute_url()}?new={made.pk}#s{made.pk}"


# -- what it rests on ---------------------------------------------------------------------------------------------


def test_argument_comes_with_its_source(tree: Tree, bob: User, log_in: LogIn) -> None:
    log_in(bob).post(
        url(tree["Four days are enough"]), an_argument(source_title="A study", source_url="example.org/study")
    )

    source = Source.objects.get()
    assert (source.title, source.url, source.added_by) == ("A study", "https://example.org/study", bob)
    assert source.statement.text == "Someone has to watch them."


@pytest.mark.parametrize("words", ["Sleep is when", "“Sleep is when”", " Sleep  is when ", '"Sleep is when"'])
def test_argument_comes_with_its_passage(tree: Tree, essay: Essay, bob: User, log_in: LogIn, words: str) -> None:
    log_in(bob).post(url(tree["Four days are enough"]), an_argument(passage=words))

    passage = Passage.objects.get()
    assert (passage.start, passage.end, passage.quote) == (10, 23, "Sleep is when")
    assert essay.text[passage.start : passage.end] == passage.quote


def test_passage_is_found_across_a_line_break(tree: Tree, essay: Essay, bob: User, log_in: LogIn) -> None:
    log_in(bob).post(url(tree["Four days are enough"]), an_argument(passage="We sleep. Sleep is"))

    assert Passage.objects.get().quote == "We sleep.\nSleep is"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"source_title": "A study", "source_url": "javascript:alert(1)"}, NO_ADDRESS),
        ({"source_title": "A study", "source_url": "ftp://example.org/"}, NO_ADDRESS),
        (
            {"passage": "Sleep is never"},
            "These words are not in the essay. Copy them from it exactly, or leave this empty.",
        ),
        ({"source_url": "https://example.org"}, "Give the source a title, so that a reader knows what it is."),
        ({"source_title": "x" * 201}, "At most 200 characters, please; this has 201."),
        ({"note": "x" * 5001}, "At most 5000 characters, please; this has 5001."),
    ],
)  # fmt: skip
def test_support_that_cannot_be_is_given_back_with_all_that_was_typed(
    topic: Topic, tree: Tree, essay: Essay, bob: User, log_in: LogIn, fields: dict[str, str], said: str
) -> None:
    before = everything(topic)

    response = log_in(bob).post(url(tree["Four days are enough"]), an_argument(**fields))

    assert response.status_code == 422
    assert errors(response) == [said]
    assert typed(response).items() >= an_argument(**fields).items()
    assert everything(topic) == before


# -- what cannot be an argument -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "Write one sentence first."),
        ({"text": " \n\t "}, "Write one sentence first."),
        ({"text": "\u200b\u202e\u2066\ufeff"}, "Write one sentence first."),
        ({"text": "\x01\x02\x1b"}, "Write one sentence first."),
        ({"text": "x" * 301}, "At most 300 characters, please; this has 301."),
        ({"text": "x" * 3001}, "At most 300 characters, please; this has 3001."),
        ({"stance": ""}, "Say whether it supports or opposes the line above."),
        ({"stance": "both"}, "Say whether it supports or opposes the line above."),
    ],
)
@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_argument_that_cannot_be_is_given_back_and_changes_nothing(
    topic: Topic, tree: Tree, bob: User, log_in: LogIn, fields: dict[str, str], said: str, headers: dict[str, str]
) -> None:
    before = everything(topic)

    response = log_in(bob).post(url(tree["Four days are enough"]), an_argument(**fields), headers=headers)

    assert response.status_code == 422
    assert is_fragment(response) is bool(headers)
    assert errors(response) == [said]
    assert typed(response)["key"] == KEY
    assert typed(response)["text"].split() == an_argument(**fields)["text"].split()
    assert everything(topic) == before


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("One\r\ntwo\tthree", "One two three"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("\u202egnp.exe", "gnp.exe"),
        ("zero\u200bwidth\u2060", "zerowidth"),
        ("Cafe\u0301", "Café"),
        ("a" + "\u0301" * 500, "á" + "\u0301" * 5),
        ("<b>bold</b> & {{ 7 }} %s", "<b>bold</b> & {{ 7 }} %s"),
        ("x" * 300, "x" * 300),
        ("👩‍👩‍👧 ערב", "👩‍👩‍👧 ערב"),
    ],
)
def test_words_are_stored_in_their_plain_form(tree: Tree, bob: User, log_in: LogIn, sent: str, stored: str) -> None:
    log_in(bob).post(url(tree["Four days are enough"]), an_argument(text=sent))

    assert Statement.objects.latest("pk").text == stored


def test_withdrawn_statement_cannot_be_answered(
    topic: Topic, tree: Tree, alice: User, bob: User, log_in: LogIn
) -> None:
    parent = tree["Rest helps learning"]
    parent.withdraw(by=alice)
    before = everything(topic)

    response = log_in(bob).post(url(parent), an_argument())

    assert response.status_code == 422
    assert errors(response) == ["The line above was taken back meanwhile, so it cannot be answered."]
    assert typed(response)["text"] == "Someone has to watch them."
    assert everything(topic) == before


def test_words_of_a_withdrawn_statement_do_not_stand_above_the_box(
    tree: Tree, alice: User, bob: User, log_in: LogIn
) -> None:
    parent = tree["Rest helps learning"]
    parent.withdraw(by=alice)

    for response in (log_in(bob).get(url(parent)), log_in(bob).post(url(parent), an_argument())):
        assert "Rest helps learning" not in response.content.decode()


def test_branch_ends_at_the_deepest_level(topic: Topic, tree: Tree, bob: User, log_in: LogIn) -> None:
    parent = tree["Four days are enough"]
    for level in range(MAX_DEPTH):
        parent = parent.add_argument("supports", f"Level {level}", by=bob)
    before = everything(topic)

    response = log_in(bob).post(url(parent), an_argument())

    assert response.status_code == 422
    assert errors(response) == ["This branch is 50 levels deep, which is the limit. Answer a line further up."]
    assert everything(topic) == before


def test_closed_topic_takes_no_argument(topic: Topic, tree: Tree, alice: User, log_in: LogIn) -> None:
    topic.close(by=alice)
    before = everything(topic)

    response = log_in(alice).post(url(tree["Four days are enough"]), an_argument())

    assert response.status_code == 403
    assert everything(topic) == before


def test_more_than_a_person_writes_is_kept_for_later(
    topic: Topic, tree: Tree, bob: User, log_in: LogIn, settings: Any
) -> None:
    settings.WRITES_PER_MINUTE = 2
    browser, parent = log_in(bob), tree["Four days are enough"]
    browser.post(url(parent), an_argument())
    before = everything(topic)

    response = browser.post(
        url(parent), an_argument(text="Two more acts, not one.", key="another-key", source_title="A study")
    )

    assert response.status_code == 429
    assert typed(response)["text"] == "Two more acts, not one."
    assert typed(response)["source_title"] == "A study"
    assert everything(topic) == before


def test_script_finds_the_sentence_of_a_refusal_that_it_does_not_show(
    tree: Tree, bob: User, log_in: LogIn, settings: Any
) -> None:
    settings.WRITES_PER_MINUTE = 0

    response = log_in(bob).post(url(tree["Four days are enough"]), an_argument(), headers=PARTIAL)

    assert (response.status_code, is_fragment(response)) == (429, True)
    said = [text(each) for each in dom(response).iter() if each.get("data-sentence") is not None]
    assert said == ["That was a lot in one minute. Wait a moment, then send it again; your words are kept."]


# -- the box ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("stance", "word"), [("supports", "because"), ("opposes", "but")])
def test_box_reads_the_pair_aloud(tree: Tree, bob: User, log_in: LogIn, stance: str, word: str) -> None:
    response = log_in(bob).get(url(tree["Rest helps learning"]), {"stance": stance}, headers=PARTIAL)

    assert is_fragment(response)
    box = box_of(response)
    assert (box.get("data-stance"), box.get("action")) == (stance, url(tree["Rest helps learning"]))
    assert texts(box, "reading") == [f"Rest helps learning {word} …"]
    assert typed(response)["stance"] == stance


def test_box_is_a_page_without_a_script(tree: Tree, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).get(url(tree["Rest helps learning"]), {"stance": "opposes"})

    assert [text(each) for each in dom(response).iter("h1")] == ["Write an argument"]
    assert typed(response).keys() >= {"key", "stance", "text", "note", "source_title", "source_url"}


def test_every_box_has_a_key_of_its_own(tree: Tree, bob: User, log_in: LogIn) -> None:
    browser, parent = log_in(bob), tree["Rest helps learning"]

    keys = {typed(browser.get(url(parent)))["key"] for _time in range(3)}

    assert len(keys) == 3
    assert "" not in keys


@pytest.mark.parametrize("stance", ["both", "", '"><script>'])
def test_box_for_no_stance_is_one_for_support(tree: Tree, bob: User, log_in: LogIn, stance: str) -> None:
    response = log_in(bob).get(url(tree["Rest helps learning"]), {"stance": stance})

    assert box_of(response).get("data-stance") == "supports"


def test_box_asks_for_a_passage_where_there_is_an_essay(tree: Tree, bob: User, log_in: LogIn) -> None:
    browser, parent = log_in(bob), tree["Rest helps learning"]
    without = typed(browser.get(url(parent)))
    Essay.objects.create(topic=parent.topic, title="An essay", text="Words.")

    assert "passage" not in without
    assert "passage" in typed(browser.get(url(parent)))


def test_check_shows_the_pair_and_what_is_alike_without_posting(
    topic: Topic, tree: Tree, bob: User, log_in: LogIn
) -> None:
    before = everything(topic)

    response = log_in(bob).post(
        url(tree["Four days are enough"]), an_argument(text="Rest is helping learning", check="1")
    )

    assert response.status_code == 200
    assert everything(topic) == before
    box = box_of(response)
    assert texts(box, "reading") == ["Four days are enough but Rest is helping learning"]
    assert typed(response)["text"] == "Rest is helping learning"
    assert typed(response)["key"] == KEY
    assert [text(link) for link in by_class(dom(response), "composer__similar")[0].iter("a")] == ["Rest helps learning"]


# -- who may ------------------------------------------------------------------------------------------------------


def test_visitor_is_asked_who_they_are_and_nothing_is_posted(client: Client, topic: Topic, tree: Tree) -> None:
    before = everything(topic)

    response = client.post(url(tree["Four days are enough"]), an_argument())

    assert (response.status_code, response["Location"].partition("?")[0]) == (303, "/who/")
    assert everything(topic) == before


def test_script_of_a_visitor_is_led_to_who(client: Client, tree: Tree) -> None:
    response = client.post(url(tree["Four days are enough"]), an_argument(), headers=PARTIAL)

    assert (response.status_code, response["HX-Redirect"].partition("?")[0]) == (204, "/who/")


def test_visitor_is_told_at_once_what_is_wrong(client: Client, tree: Tree) -> None:
    response = client.post(url(tree["Four days are enough"]), an_argument(text=""))

    assert response.status_code == 422
    assert errors(response) == ["Write one sentence first."]


@pytest.mark.parametrize("method", ["get", "post"])
def test_private_topic_is_not_found_by_who_does_not_belong(
    client: Client, alice: User, charlie: User, log_in: LogIn, method: str
) -> None:
    parent = make_tree(make_topic(alice), alice, "A secret claim")["A secret claim"]
    before = everything(parent.topic)

    for browser in (client, log_in(charlie)):
        response = getattr(browser, method)(url(parent), an_argument())
        assert response.status_code == 404
        assert "secret" not in response.content.decode()
    assert everything(parent.topic) == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_viewer_may_not_write(topic: Topic, tree: Tree, charlie: User, log_in: LogIn, method: str) -> None:
    Topic.objects.filter(pk=topic.pk).update(visitor_role="viewer")
    make_member(topic, charlie, "viewer")
    before = everything(topic)

    response = getattr(log_in(charlie), method)(url(tree["Four days are enough"]), an_argument())

    assert response.status_code == 403
    assert "You can read this topic, but not write in it. Ask its owner for a link." in text(by_id(response, "main"))
    assert everything(topic) == before


def test_suggester_suggests(topic: Topic, tree: Tree, charlie: User, log_in: LogIn) -> None:
    Topic.objects.filter(pk=topic.pk).update(visitor_role="viewer")
    make_member(topic, charlie, "suggester")
    parent, browser = tree["Four days are enough"], log_in(charlie)

    response = browser.post(url(parent), an_argument())

    made = Statement.objects.latest("pk")
    assert (made.status, made.author) == ("suggested", charlie)
    assert response.status_code == 303
    shown = browser.get(response["Location"].partition("#")[0])
    assert shown.status_code == 200
    assert "Your suggestion waits for an editor." in text(by_id(shown, "main"))


def test_script_of_a_suggester_hears_that_it_waits(topic: Topic, tree: Tree, charlie: User, log_in: LogIn) -> None:
    Topic.objects.filter(pk=topic.pk).update(visitor_role="viewer")
    make_member(topic, charlie, "suggester")

    response = log_in(charlie).post(url(tree["Four days are enough"]), an_argument(), headers=PARTIAL)

    assert is_fragment(response)
    (notice,) = by_class(dom(response), "notice")
    assert text(notice).startswith("Your suggestion waits for an editor.")
    assert notice.get("data-draft-clear") == f"topic-{topic.pk}-under-{tree['Four days are enough'].pk}-opposes"


def test_suggestion_cannot_be_answered(topic: Topic, tree: Tree, alice: User, charlie: User, log_in: LogIn) -> None:
    make_member(topic, charlie, "suggester")
    made = tree["Four days are enough"].add_argument("opposes", "Perhaps not", by=charlie, suggested=True)
    before = everything(topic)

    response = log_in(alice).post(url(made), an_argument())

    assert response.status_code == 422
    assert everything(topic) == before


def test_protected_columns_are_not_taken_from_the_form(
    topic: Topic, tree: Tree, alice: User, bob: User, log_in: LogIn
) -> None:
    form = an_argument(
        author=alice.pk, by=alice.pk, topic=1, parent="", status="suggested", suggested="1", depth=0, position=-1, id=1
    )

    log_in(bob).post(url(tree["Four days are enough"]), form)

    made = Statement.objects.get(key=KEY)
    assert (made.author, made.parent, made.status, made.depth) == (bob, tree["Four days are enough"], "visible", 1)
    assert made.position > 0


# -- claims -------------------------------------------------------------------------------------------------------


def claims_url(topic: Topic) -> str:
    return reverse("topic-claims", args=[topic.slug])


def test_claim_is_added_to_the_topic(topic: Topic, tree: Tree, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(claims_url(topic), {"text": "Three days are enough", "key": KEY})

    made = Statement.objects.get(text="Three days are enough")
    assert (made.parent, made.stance, made.depth, made.author) == (None, "", 0, bob)
    assert (response.status_code, response["Location"]) == (303, f"{topic.get_absolute_url()}?claim={made.pk}")


def test_claim_sent_twice_is_one(topic: Topic, bob: User, log_in: LogIn) -> None:
    browser = log_in(bob)

    for _time in range(2):
        browser.post(claims_url(topic), {"text": "Three days are enough", "key": KEY})

    assert Statement.objects.filter(topic=topic).count() == 1


def test_other_claim_under_an_old_key_is_given_back(topic: Topic, bob: User, log_in: LogIn) -> None:
    browser = log_in(bob)
    browser.post(claims_url(topic), {"text": "Three days are enough", "key": KEY})

    response = browser.post(claims_url(topic), {"text": "Two days are enough", "key": KEY})

    assert (response.status_code, typed(response)["text"]) == (409, "Two days are enough")
    assert typed(response)["key"] != KEY
    assert Statement.objects.filter(text="Two days are enough").count() == 0


def test_claim_without_words_is_given_back(topic: Topic, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(claims_url(topic), {"text": " ", "key": KEY})

    assert response.status_code == 422
    assert errors(response) == ["Write one sentence first."]
    assert Statement.objects.count() == 0


def test_box_for_a_claim_has_no_stance(topic: Topic, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).get(claims_url(topic))

    assert box_of(response).get("data-stance") is None
    assert typed(response).keys() == {"key", "text"} | {"csrfmiddlewaretoken"} & typed(response).keys()


def test_claim_of_a_visitor_waits_until_they_say_who_they_are(client: Client, topic: Topic) -> None:
    response = client.post(claims_url(topic), {"text": "Three days are enough"})

    assert (response.status_code, response["Location"].partition("?")[0]) == (303, "/who/")
    assert Statement.objects.count() == 0


def test_claim_of_a_suggester_waits_for_an_editor(topic: Topic, charlie: User, log_in: LogIn) -> None:
    Topic.objects.filter(pk=topic.pk).update(visitor_role="viewer")
    make_member(topic, charlie, "suggester")

    response = log_in(charlie).post(claims_url(topic), {"text": "Three days are enough"})

    assert Statement.objects.get().status == "suggested"
    assert response.status_code == 303


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), (None, 404)])
def test_claim_is_not_taken_from_who_may_not_write(
    alice: User, charlie: User, log_in: LogIn, role: str | None, status: int
) -> None:
    topic = make_topic(alice)
    if role:
        make_member(topic, charlie, role)

    assert log_in(charlie).post(claims_url(topic), {"text": "Mine"}).status_code == status
    assert Statement.objects.count() == 0


# -- what looks alike -----------------------------------------------------------------------------------------------


def similar(client: Client, statement: Statement, words: str) -> list[str]:
    response = client.get(reverse("statement-similar", args=[statement.pk]), {"text": words}, headers=PARTIAL)
    assert response.status_code == 200
    assert is_fragment(response)
    return [text(link) for link in dom(response).iter("a")]


def test_lines_that_say_much_the_same_are_shown(client: Client, tree: Tree) -> None:
    assert similar(client, tree["Four days are enough"], "Rest helps with learning") == ["Rest helps learning"]


@pytest.mark.parametrize("words", ["", "Rest", "the and of", "Something else altogether", '" OR 1=1 --', "x" * 100_000])
def test_nothing_is_shown_where_nothing_is_alike(client: Client, tree: Tree, words: str) -> None:
    assert similar(client, tree["Four days are enough"], words) == []


def test_lines_of_other_topics_and_hidden_ones_are_not_alike(
    client: Client, topic: Topic, tree: Tree, alice: User
) -> None:
    make_tree(make_topic(alice), alice, "Rest helps learning elsewhere")
    tree["Rest helps learning"].add_argument("supports", "Rest helps learning twice", by=alice, suggested=True)
    tree["Rest helps learning"].withdraw(by=alice)

    assert similar(client, tree["Four days are enough"], "Rest helps learning") == []


def test_alike_lines_of_a_private_topic_are_not_found(client: Client, alice: User) -> None:
    claim = make_tree(make_topic(alice), alice, "A secret claim")["A secret claim"]

    assert client.get(reverse("statement-similar", args=[claim.pk]), {"text": "secret claim"}).status_code == 404


# -- what it costs --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [3, 30])
def test_adding_asks_the_same_few_questions_whatever_stands_there(
    topic: Topic, tree: Tree, bob: User, log_in: LogIn, size: int
) -> None:
    parent, browser = tree["Four days are enough"], log_in(bob)
    for number in range(size):
        parent.add_argument("opposes", f"Reply {number}", by=bob).add_argument("supports", "Yes", by=bob)

    with data_queries() as asked_for_the_box:
        browser.get(url(parent), {"stance": "opposes"}, headers=PARTIAL)
    with data_queries() as asked_for_adding:
        browser.post(url(parent), an_argument(), headers=PARTIAL)

    assert len(asked_for_the_box) == 3, "\n".join(asked_for_the_box)
    assert len(asked_for_adding) == 10, "\n".join(asked_for_adding)
