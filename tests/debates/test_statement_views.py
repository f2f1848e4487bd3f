"""One statement: its focus page, its wording, and what its author and the editors may do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Change, Essay, Statement, Topic
from tests.conftest import LogIn
from tests.factories import make_member, make_topic, make_tree, make_votes
from tests.markup import PARTIAL, box_of, by_class, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from tests.markup import Response

type Tree = dict[str, Statement]


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A public topic of Alice, in which Bob is a writer."""
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    return topic


@pytest.fixture
def tree(topic: Topic, bob: User) -> Tree:
    return make_tree(
        topic,
        bob,
        """
        Four days are enough
          + Rest helps learning
            - Rest is not free
              + Someone pays for it
          + Buildings cost less
          + Teachers stay longer
          - Parents work five days
        """,
    )


@pytest.fixture
def editor(topic: Topic) -> User:
    user = User.objects.create_user("eve", password="!")
    make_member(topic, user, "editor")
    return user


def url(name: str, statement: Statement) -> str:
    return reverse(f"statement-{name}", args=[statement.pk])


def heading(response: Response) -> str:
    return text(next(dom(response).iter("h1")))


def links(response: Response, place: str) -> list[str]:
    return [text(link) for each in by_class(dom(response), place) for link in each.iter("a")]


def row(statement: Statement) -> dict[str, Any]:
    """The statement as it is stored, to tell whether anything was changed."""
    return dict(Statement.objects.values().get(pk=statement.pk))


def sentence(response: Response) -> str:
    (said,) = [each for each in dom(response).iter() if each.get("data-sentence") is not None]
    return text(said)


# -- the focus page ---------------------------------------------------------------------------------------------


def test_focus_page_shows_the_lines_above_and_the_two_sides(client: Client, topic: Topic, tree: Tree) -> None:
    response = client.get(tree["Rest is not free"].get_absolute_url())

    assert heading(response) == "Rest is not free"
    assert links(response, "breadcrumb") == ["Four days", "Four days are enough", "Rest helps learning"]
    assert texts(by_id(response, "for"), "argument-card__text") == ["Supports: Someone pays for it"]
    assert texts(by_id(response, "against"), "argument-card__text") == []


@pytest.mark.parametrize(
    ("line", "side"),
    [
        ("Rest helps learning", "Helps for the claim"),
        ("Parents work five days", "Helps against the claim"),
        ("Rest is not free", "Helps against the claim"),
        ("Someone pays for it", "Helps against the claim"),
    ],
)
def test_focus_page_says_which_side_it_helps(client: Client, tree: Tree, line: str, side: str) -> None:
    facts = texts(by_id(client.get(tree[line].get_absolute_url()), f"s{tree[line].pk}"), "facts")

    assert facts[0].startswith(side)


def test_claim_in_focus_has_no_side(client: Client, tree: Tree) -> None:
    response = client.get(tree["Four days are enough"].get_absolute_url())

    assert "Helps" not in texts(dom(response), "facts")[0]
    assert texts(dom(response), "argument")[0].startswith("Claim")


def test_focus_page_leads_to_its_siblings(client: Client, tree: Tree) -> None:
    response = client.get(tree["Buildings cost less"].get_absolute_url())

    (siblings,) = by_class(dom(response), "siblings")
    assert text(siblings) == "‹ Previous 2 of 4 on this line Next ›"
    assert [link.get("href") for link in siblings.iter("a")] == [
        tree["Rest helps learning"].get_absolute_url(),
        tree["Teachers stay longer"].get_absolute_url(),
    ]


def test_note_is_markdown_without_html(client: Client, tree: Tree, bob: User) -> None:
    line = tree["Rest helps learning"]
    line.revise(text=line.text, note="See *this* <b>bold</b> [x](javascript:alert(1))", version=1, by=bob)

    (prose,) = by_class(by_id(client.get(line.get_absolute_url()), f"s{line.pk}"), "prose")

    assert [text(each) for each in prose.iter("em")] == ["this"]
    assert list(prose.iter("b")) == []
    assert [link.get("href") for link in prose.iter("a")] == []


def test_number_of_edits_leads_to_the_history(client: Client, tree: Tree, bob: User) -> None:
    line = tree["Rest helps learning"]
    for version in (1, 2):
        line.revise(text=f"Rest helps, {version}", version=version, by=bob)

    article = by_id(client.get(line.get_absolute_url()), f"s{line.pk}")

    (history,) = [link for link in article.iter("a") if link.get("href") == url("history", line)]
    assert text(history) == "edited twice"


def test_sources_and_passages_stand_beside_the_words(client: Client, topic: Topic, tree: Tree, bob: User) -> None:
    line = tree["Rest helps learning"]
    line.cite(by=bob, title="A study", url="https://example.org/study", author="Ann", quotation="Rest helps.")
    essay = Essay.objects.create(topic=topic, title="An essay", text="Sleep is when we learn.")
    line.quote(essay, 0, 5, by=bob)

    page = dom(client.get(line.get_absolute_url()))

    (source,) = by_class(page, "source")
    (link,) = list(source.iter("a"))
    assert (text(link), link.get("href")) == ("A study", "https://example.org/study")
    assert set(link.get("rel", "").split()) >= {"noopener", "nofollow", "noreferrer"}
    assert texts(page, "passage") == ["Sleep An essay Show in the essay"]


def test_withdrawn_statement_keeps_its_replies_and_loses_its_words(
    client: Client, topic: Topic, tree: Tree, bob: User
) -> None:
    line = tree["Rest helps learning"]
    line.withdraw(by=bob)

    response = client.get(line.get_absolute_url())

    assert response.status_code == 200
    assert heading(response) == "Taken back by its author"
    assert texts(by_id(response, "against"), "argument-card__text") == ["Opposes: Rest is not free"]
    assert "Rest helps learning" not in response.content.decode()
    assert dom(response).find(".//*[@id='vote']") is None
    assert by_class(dom(response), "side__add") == []


def test_removed_statement_says_that_a_moderator_did_it(client: Client, tree: Tree, alice: User) -> None:
    line = tree["Rest helps learning"]
    line.remove(by=alice)

    response = client.get(line.get_absolute_url())

    assert heading(response) == "Removed by a moderator"
    assert "Rest helps learning" not in response.content.decode()


def test_what_a_removed_statement_rests_on_shows_to_its_author_and_the_editors_alone(
    client: Client, tree: Tree, alice: User, bob: User, charlie: User, log_in: LogIn
) -> None:
    line = tree["Rest helps learning"]
    line.cite(by=bob, title="A secret study", quotation="So it is.")
    line.remove(by=alice)

    for reader, shows in ((client, False), (log_in(charlie), False), (log_in(bob), True), (log_in(alice), True)):
        page = reader.get(line.get_absolute_url())
        assert ("A secret study" in page.content.decode()) is shows


def test_words_above_that_were_taken_back_do_not_show(client: Client, tree: Tree, bob: User) -> None:
    tree["Rest helps learning"].withdraw(by=bob)

    response = client.get(tree["Rest is not free"].get_absolute_url())

    assert links(response, "breadcrumb") == ["Four days", "Four days are enough", "Taken back"]
    assert "Rest helps learning" not in response.content.decode()


def test_suggestion_is_seen_by_its_author_and_the_editors_alone(
    client: Client, topic: Topic, tree: Tree, alice: User, bob: User, charlie: User, log_in: LogIn
) -> None:
    make_member(topic, charlie, "suggester")
    made = tree["Rest helps learning"].add_argument("opposes", "Perhaps not", by=charlie, suggested=True)

    answers = {
        person: log_in(user).get(made.get_absolute_url()).status_code
        for person, user in {"author": charlie, "owner": alice, "writer": bob}.items()
    }

    assert answers == {"author": 200, "owner": 200, "writer": 404}
    assert client.get(made.get_absolute_url()).status_code == 404
    page = dom(log_in(charlie).get(made.get_absolute_url()))
    assert "A suggestion: an editor has to accept it before others see it." in texts(page, "notice")


def test_link_shows_the_words_and_the_branch_of_its_target(tree: Tree, bob: User, log_in: LogIn) -> None:
    target = tree["Rest helps learning"]
    link = target.link_under(tree["Parents work five days"], stance="opposes", by=bob)

    response = log_in(bob).get(link.get_absolute_url(), {"add": "supports"})

    assert heading(response) == "Rest helps learning"
    assert texts(by_id(response, "against"), "argument-card__text") == ["Opposes: Rest is not free"]
    assert box_of(response).get("action") == url("arguments", target)
    assert "This line stands in two places. Go to the other one" in texts(dom(response), "notice")


def test_actions_are_offered_to_the_author_and_the_editors(
    client: Client, topic: Topic, tree: Tree, alice: User, bob: User, charlie: User, log_in: LogIn
) -> None:
    line = tree["Rest helps learning"]
    make_member(topic, charlie)

    offered = {
        name: len(by_class(dom(browser.get(line.get_absolute_url())), "argument__actions"))
        for name, browser in {
            "author": log_in(bob), "owner": log_in(alice), "writer": log_in(charlie), "stranger": client,
        }.items()
    }  # fmt: skip

    assert offered == {"author": 1, "owner": 1, "writer": 0, "stranger": 0}


def test_statement_of_a_private_topic_is_not_found(client: Client, alice: User, charlie: User, log_in: LogIn) -> None:
    line = make_tree(make_topic(alice), alice, "A secret claim")["A secret claim"]

    assert client.get(line.get_absolute_url()).status_code == 404
    assert log_in(charlie).get(line.get_absolute_url()).status_code == 404
    assert heading(log_in(alice).get(line.get_absolute_url())) == "A secret claim"


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30])
def test_unknown_statement_is_not_found(client: Client, topic: Topic, pk: str) -> None:
    assert client.get(f"/statements/{pk}/").status_code == 404


def test_fragment_of_the_focus_page_is_its_columns(client: Client, tree: Tree) -> None:
    line = tree["Rest helps learning"]

    response = client.get(line.get_absolute_url(), headers=PARTIAL)

    assert is_fragment(response)
    assert by_id(response, f"columns-{line.pk}").get("class") == "sides"


@pytest.mark.parametrize("size", [3, 30])
def test_focus_page_asks_the_same_few_questions_whatever_stands_around_it(
    topic: Topic, tree: Tree, alice: User, bob: User, log_in: LogIn, size: int
) -> None:
    line = tree["Rest is not free"]
    essay = Essay.objects.create(topic=topic, title="An essay", text="x " * 100)
    for number in range(size):
        line.add_argument("supports", f"Reply {number}", by=bob).add_argument("opposes", "No", by=alice)
        line.cite(by=bob, title=f"Source {number}")
        line.quote(essay, number, number + 1, by=bob)
        line.comment(f"Comment {number}", by=alice)
    make_votes(line, 1, 2, 3)
    deep = line
    for number in range(size):
        deep = deep.add_argument("supports", f"Level {number}", by=bob)
    browser = log_in(alice)

    with data_queries() as asked:
        browser.get(line.get_absolute_url())
    with data_queries() as asked_deep_down:
        browser.get(deep.get_absolute_url())

    assert len(asked) == 12, "\n".join(asked)
    assert len(asked_deep_down) == 7, "\n".join(asked_deep_down)


# -- the wording ------------------------------------------------------------------------------------------------


def test_wording_gives_the_words_to_change(tree: Tree, bob: User, log_in: LogIn) -> None:
    line = tree["Rest helps learning"]

    response = log_in(bob).get(url("wording", line))

    form = by_id(response, "wording")
    assert [text(area) for area in form.iter("textarea")] == ["Rest helps learning", ""]
    assert [each.get("value") for each in form.iter("input") if each.get("name") == "version"] == ["1"]


def test_new_words_are_stored_with_a_new_version(tree: Tree, bob: User, log_in: LogIn) -> None:
    line = tree["Rest helps learning"]

    response = log_in(bob).post(url("wording", line), {"text": " Rest  helps. ", "note": "Why?", "version": 1})

    assert (response.status_code, response["Location"]) == (303, line.get_absolute_url())
    line.refresh_from_db()
    assert (line.text, line.note, line.version, line.author) == ("Rest helps.", "Why?", 2, bob)


def test_script_is_led_to_the_changed_statement(tree: Tree, bob: User, log_in: LogIn) -> None:
    line = tree["Rest helps learning"]

    response = log_in(bob).post(url("wording", line), {"text": "Rest helps.", "version": 1}, headers=PARTIAL)

    assert (response.status_code, response["HX-Redirect"]) == (204, line.get_absolute_url())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "A statement needs words. To take it back, withdraw it."),
        (" \u200b\u202e ", "A statement needs words. To take it back, withdraw it."),
        ("x" * 301, "At most 300 characters, please; this has 301."),
    ],
)
def test_words_that_cannot_be_stored_are_given_back(
    tree: Tree, bob: User, log_in: LogIn, typed: str, said: str
) -> None:
    line, before = tree["Rest helps learning"], row(tree["Rest helps learning"])

    response = log_in(bob).post(url("wording", line), {"text": typed, "note": "My note", "version": 1})

    assert response.status_code == 422
    assert texts(dom(response), "error") == [said]
    assert text(next(by_id(response, "wording").iter("textarea"))) == text_of(typed)
    assert [text(area) for area in by_id(response, "wording").iter("textarea")][1] == "My note"
    assert row(line) == before


def text_of(typed: str) -> str:
    return " ".join(typed.split())


def test_version_that_is_no_number_changes_nothing(tree: Tree, bob: User, log_in: LogIn) -> None:
    line, before = tree["Rest helps learning"], row(tree["Rest helps learning"])

    response = log_in(bob).post(url("wording", line), {"text": "Other words", "version": "new"})

    assert response.status_code == 422
    assert row(line) == before


def test_words_changed_meanwhile_are_shown_beside_mine(tree: Tree, alice: User, bob: User, log_in: LogIn) -> None:
    line = tree["Rest helps learning"]
    line.revise(text="Theirs came first", note="Their note", version=1, by=alice)
    before = row(line)

    response = log_in(bob).post(url("wording", line), {"text": "Mine came second", "version": 1})

    assert response.status_code == 409
    assert row(line) == before
    form = by_id(response, "wording")
    (conflict,) = by_class(form, "notice")
    assert "Theirs came first" in text(conflict)
    assert "Their note" in text(conflict)
    assert text(next(form.iter("textarea"))) == "Mine came second"
    assert [each.get("value") for each in form.iter("input") if each.get("name") == "version"] == ["2"]


def test_mine_can_be_stored_after_the_conflict_was_read(tree: Tree, alice: User, bob: User, log_in: LogIn) -> None:
    line = tree["Rest helps learning"]
    line.revise(text="Theirs came first", version=1, by=alice)

    response = log_in(bob).post(url("wording", line), {"text": "Mine came second", "version": 2})

    assert response.status_code == 303
    line.refresh_from_db()
    assert (line.text, line.version) == ("Mine came second", 3)


def test_same_words_again_are_no_change(topic: Topic, tree: Tree, bob: User, log_in: LogIn) -> None:
    line, before = tree["Rest helps learning"], row(tree["Rest helps learning"])
    changes = topic.changes.count()

    log_in(bob).post(url("wording", line), {"text": "Rest helps learning", "note": "", "version": 1})

    assert row(line) == before
    assert topic.changes.count() == changes


def test_link_has_no_words_to_change(tree: Tree, bob: User, log_in: LogIn) -> None:
    link = tree["Rest helps learning"].link_under(tree["Parents work five days"], stance="opposes", by=bob)

    response = log_in(bob).post(url("wording", link), {"text": "Other words", "version": 1})

    assert response.status_code == 422
    assert texts(dom(response), "error") == ["A link has no words of its own: change the statement it points to."]
    assert row(link)["text"] == ""


def test_protected_columns_are_not_taken_from_the_form(tree: Tree, alice: User, bob: User, log_in: LogIn) -> None:
    line, before = tree["Rest helps learning"], row(tree["Rest helps learning"])
    form = {
        "text": "Rest helps.", "version": 1, "author": alice.pk, "by": alice.pk, "topic": 1, "parent": "",
        "status": "removed", "stance": "opposes", "position": 0, "depth": 0, "id": 1, "created": "2001-01-01",
    }  # fmt: skip

    log_in(bob).post(url("wording", line), form)

    after = row(line)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"text", "search_text", "version", "updated"}


# -- who may change -----------------------------------------------------------------------------------------------

WRITES = {
    "wording": {"text": "Other words", "version": 1},
    "withdrawal": {},
    "stance": {"stance": "opposes"},
}


@pytest.mark.parametrize("name", WRITES)
def test_editor_may_change_what_another_wrote(tree: Tree, editor: User, log_in: LogIn, name: str) -> None:
    line, before = tree["Rest helps learning"], row(tree["Rest helps learning"])

    assert log_in(editor).post(url(name, line), WRITES[name]).status_code == 303
    assert row(line) != before
    assert row(line)["author_id"] == before["author_id"]


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("role", ["writer", "suggester", "viewer", ""])
def test_others_may_not_change_it(topic: Topic, tree: Tree, charlie: User, log_in: LogIn, name: str, role: str) -> None:
    if role:
        make_member(topic, charlie, role)
    line, before = tree["Rest helps learning"], row(tree["Rest helps learning"])

    response = log_in(charlie).post(url(name, line), WRITES[name])

    assert response.status_code == 403
    assert sentence(response) == "Only its author and the editors of this topic may change this."
    assert row(line) == before


@pytest.mark.parametrize("name", [*WRITES, "restoration"])
def test_stranger_may_not_change_it(client: Client, tree: Tree, name: str) -> None:
    line, before = tree["Rest helps learning"], row(tree["Rest helps learning"])

    assert client.post(url(name, line), WRITES.get(name, {})).status_code == 403
    assert row(line) == before


@pytest.mark.parametrize("name", [*WRITES, "restoration"])
def test_statement_of_a_private_topic_cannot_be_changed_by_outsiders(
    client: Client, alice: User, charlie: User, log_in: LogIn, name: str
) -> None:
    line = make_tree(make_topic(alice), alice, "A secret claim")["A secret claim"]
    before = row(line)

    assert client.post(url(name, line), WRITES.get(name, {})).status_code == 404
    assert log_in(charlie).post(url(name, line), WRITES.get(name, {})).status_code == 404
    assert row(line) == before


@pytest.mark.parametrize("name", [*WRITES, "restoration"])
def test_nobody_changes_it_once_the_topic_is_closed(
    topic: Topic, tree: Tree, alice: User, bob: User, log_in: LogIn, name: str
) -> None:
    topic.close(by=alice)
    line, before = tree["Rest helps learning"], row(tree["Rest helps learning"])

    for person in (alice, bob):
        response = log_in(person).post(url(name, line), WRITES.get(name, {}))
        assert response.status_code == 403
        assert sentence(response) == "This topic is closed. You can read it, and its owner can open it again."
    assert row(line) == before


@pytest.mark.parametrize("name", ["withdrawal", "restoration", "stance"])
def test_verb_is_not_done_by_reading(tree: Tree, bob: User, log_in: LogIn, name: str) -> None:
    line, before = tree["Rest helps learning"], row(tree["Rest helps learning"])

    assert log_in(bob).get(url(name, line)).status_code == 405
    assert row(line) == before


# -- taking back and restoring --------------------------------------------------------------------------------------


def test_author_takes_back_and_restores(topic: Topic, tree: Tree, bob: User, log_in: LogIn) -> None:
    line, browser = tree["Rest helps learning"], log_in(bob)

    response = browser.post(url("withdrawal", line))

    assert (response.status_code, response["Location"]) == (303, line.get_absolute_url())
    assert row(line)["status"] == "withdrawn"
    page = browser.get(line.get_absolute_url())
    (restore,) = [form for form in dom(page).iter("form") if form.get("action") == url("restoration", line)]
    assert "Restore" in text(restore)
    assert browser.post(url("restoration", line)).status_code == 303
    assert row(line)["status"] == "visible"
    assert list(topic.changes.order_by("-number").values_list("verb", flat=True)[:2]) == ["restore", "withdraw"]


def test_editor_removes_what_another_wrote_and_restores_it(tree: Tree, editor: User, log_in: LogIn) -> None:
    line, browser = tree["Rest helps learning"], log_in(editor)

    browser.post(url("withdrawal", line))
    assert row(line)["status"] == "removed"

    browser.post(url("restoration", line))
    assert row(line)["status"] == "visible"


def test_author_does_not_bring_back_what_a_moderator_removed(
    tree: Tree, editor: User, bob: User, log_in: LogIn
) -> None:
    line = tree["Rest helps learning"]
    line.remove(by=editor)

    response = log_in(bob).post(url("restoration", line))

    assert response.status_code == 403
    assert sentence(response) == "Only the editors of this topic may do that."
    assert row(line)["status"] == "removed"


def test_author_does_not_turn_a_removal_into_a_withdrawal(tree: Tree, editor: User, bob: User, log_in: LogIn) -> None:
    line = tree["Rest helps learning"]
    line.remove(by=editor)

    log_in(bob).post(url("withdrawal", line))

    assert row(line)["status"] == "removed"


def test_author_is_offered_no_restoring_of_what_a_moderator_removed(
    tree: Tree, editor: User, bob: User, log_in: LogIn
) -> None:
    line = tree["Rest helps learning"]
    line.remove(by=editor)

    page = dom(log_in(bob).get(line.get_absolute_url()))

    assert [form for form in page.iter("form") if form.get("action") == url("restoration", line)] == []


def test_restoring_what_stands_there_changes_nothing(topic: Topic, tree: Tree, editor: User, log_in: LogIn) -> None:
    line, changes = tree["Rest helps learning"], topic.changes.count()

    log_in(editor).post(url("restoration", line))

    assert row(line)["status"] == "visible"
    assert topic.changes.count() == changes


def test_suggestion_is_not_accepted_by_restoring_it(topic: Topic, tree: Tree, charlie: User, log_in: LogIn) -> None:
    make_member(topic, charlie, "suggester")
    made = tree["Rest helps learning"].add_argument("opposes", "Perhaps not", by=charlie, suggested=True)

    assert log_in(charlie).post(url("restoration", made)).status_code == 403
    assert row(made)["status"] == "suggested"


def test_act_is_followed_by_a_way_to_undo_it(topic: Topic, tree: Tree, bob: User, log_in: LogIn) -> None:
    line, browser = tree["Rest helps learning"], log_in(bob)

    page = dom(browser.post(url("withdrawal", line), follow=True))

    number = topic.changes.latest("number").number
    (undo,) = [form for form in by_class(page, "inline") if form.tag == "form"]
    assert undo.get("action") == reverse("change-undo", args=[topic.slug, number])
    browser.post(undo.get("action", ""))
    assert row(line)["status"] == "visible"


def test_act_that_changed_nothing_offers_no_undo(tree: Tree, editor: User, log_in: LogIn) -> None:
    line = tree["Rest helps learning"]

    page = dom(log_in(editor).post(url("restoration", line), follow=True))

    assert [form for form in by_class(page, "inline") if form.tag == "form"] == []


# -- stance ---------------------------------------------------------------------------------------------------------


def test_stance_is_turned_and_turned_back(tree: Tree, bob: User, log_in: LogIn) -> None:
    line, browser = tree["Rest helps learning"], log_in(bob)

    assert browser.post(url("stance", line), {"stance": "opposes"}).status_code == 303
    assert row(line)["stance"] == "opposes"
    browser.post(url("stance", line), {"stance": "supports"})
    assert row(line)["stance"] == "supports"


def test_turn_sent_twice_ends_as_it_was_asked(tree: Tree, bob: User, log_in: LogIn) -> None:
    line, browser = tree["Rest helps learning"], log_in(bob)
    turns = Change.objects.filter(verb="turn")

    for _press in range(2):
        assert browser.post(url("stance", line), {"stance": "opposes"}).status_code == 303

    assert (row(line)["stance"], turns.count()) == ("opposes", 1)


@pytest.mark.parametrize("fields", [{}, {"stance": "sideways"}])
def test_turn_to_nothing_is_refused(tree: Tree, bob: User, log_in: LogIn, fields: dict[str, str]) -> None:
    line = tree["Rest helps learning"]
    before = row(line)

    response = log_in(bob).post(url("stance", line), fields)

    assert (response.status_code, sentence(response)) == (422, "Say whether it supports or opposes the line above.")
    assert row(line) == before


def test_turn_offers_the_other_stance(tree: Tree, bob: User, log_in: LogIn) -> None:
    line = tree["Rest helps learning"]

    page = dom(log_in(bob).get(line.get_absolute_url()))

    (form,) = [form for form in page.iter("form") if form.get("action") == url("stance", line)]
    assert [button.get("value") for button in form.iter("button")] == ["opposes"]


def test_claim_has_no_stance_to_turn(tree: Tree, bob: User, log_in: LogIn) -> None:
    claim = tree["Four days are enough"]
    before = row(claim)

    response = log_in(bob).post(url("stance", claim), {"stance": "opposes"})

    assert response.status_code == 422
    assert sentence(response) == "A claim has no stance to turn."
    assert row(claim) == before


def test_refusal_leads_back_to_this_host_alone(tree: Tree, bob: User, log_in: LogIn) -> None:
    claim, browser = tree["Four days are enough"], log_in(bob)

    own = browser.post(url("stance", claim), {"stance": "opposes"}, headers={"referer": "http://testserver/help/"})
    foreign = browser.post(url("stance", claim), {"stance": "opposes"}, headers={"referer": "https://evil.example/"})

    assert [link.get("href") for link in by_class(by_id(own, "main"), "button")] == ["http://testserver/help/"]
    assert [link.get("href") for link in by_class(by_id(foreign, "main"), "button")] == ["/"]


def test_script_hears_the_refusal_as_a_sentence(tree: Tree, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(url("stance", tree["Four days are enough"]), {"stance": "opposes"}, headers=PARTIAL)

    assert response.status_code == 422
    assert is_fragment(response)
    assert sentence(response) == "A claim has no stance to turn."
