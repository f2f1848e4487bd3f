"""Drafts: begun from a map, written beside it, kept with their history, and nobody else's."""

from __future__ import annotations

import io
from datetime import timedelta
from itertools import batched
from typing import TYPE_CHECKING, Any

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from debates.drafting import choices as bounds
from debates.models import Draft, Essay, Membership, Statement, Topic
from tests.attacks.payloads import PAYLOADS, hostile
from tests.factories import make_guest, make_member, make_topic, make_tree, make_user
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text
from tests.queries import data_queries

if TYPE_CHECKING:
    from django.conf import LazySettings

    from accounts.models import User
    from tests.conftest import LogIn
    from tests.markup import Response

CHOICES = {"order": "objections", "lines": "all", "joining": "prose", "depth": "50", "style": "apa"}
DRAFT_QUERIES = 9
LIST_QUERIES = 11


@pytest.fixture(autouse=True)
def _many_writes(settings: LazySettings) -> None:
    settings.WRITES_PER_MINUTE = 1_000


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    topic = make_topic(alice, visibility="public")
    Membership.objects.create(topic=topic, user=bob, role="writer")
    return topic


@pytest.fixture
def tree(topic: Topic, bob: User) -> dict[str, Statement]:
    made = make_tree(
        topic, bob, "Four days are enough\n  + Rest helps learning\n  - Parents work five days\n    - Not all"
    )
    made["Rest helps learning"].cite(by=bob, title="Sleep", author="Kim, Min", published="2026", medium="book")
    return made


@pytest.fixture
def draft(topic: Topic, tree: object, alice: User) -> Draft:
    return Draft.objects.begin(topic, by=alice, title="My draft", text="First.")


def drafts(client: Client, topic: Topic, **sent: Any) -> Response:
    """The page of drafts, or what posting `sent` there gives."""
    address = reverse("topic-drafts", args=[topic.slug])
    return client.post(address, CHOICES | {"title": "My draft"} | sent) if sent else client.get(address)


def save(client: Client, draft: Draft, words: str, *, version: int = 1, partial: bool = False, **more: Any) -> Response:
    headers = PARTIAL if partial else {}
    sent = {"title": draft.title, "text": words, "version": version} | more
    return client.post(reverse("draft", args=[draft.pk]), sent, headers=headers)


def stored(draft: Draft) -> str:
    return Draft.objects.get(pk=draft.pk).text


# -- beginning one -----------------------------------------------------------------------------------------------


def test_page_shows_what_the_usual_choices_give(client: Client, topic: Topic, tree: object) -> None:
    preview = text(by_id(drafts(client, topic), "draft-preview"))

    assert "One reason: Rest helps learning (Kim, 2026). " in preview
    assert "One objection: Parents work five days. In reply: Not all." in preview
    assert "References Kim, M. (2026). Sleep." in preview


def test_choices_in_the_address_are_those_of_the_form(client: Client, topic: Topic, tree: object) -> None:
    response = client.get(reverse("topic-drafts", args=[topic.slug]), CHOICES | {"order": "sides", "title": "x"})

    assert "For the claim" in text(by_id(response, "draft-preview"))
    [order] = [each for each in dom(response).iter("input") if each.get("value") == "sides"]
    assert "checked" in order.attrib


def test_checking_shows_what_other_choices_give_and_stores_nothing(
    log_in: LogIn, topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    ticked = [tree["Not all"].pk]
    response = drafts(log_in(alice), topic, check="1", joining="numbered", lines="ticked", ticked=ticked)

    assert response.status_code == 200
    preview = text(by_id(response, "draft-preview"))
    assert "Not all." in preview
    assert "Rest helps" not in preview
    assert not Draft.objects.exists()


def test_checking_by_script_answers_with_the_preview_alone(
    log_in: LogIn, topic: Topic, tree: object, alice: User
) -> None:
    address = reverse("topic-drafts", args=[topic.slug])
    response = log_in(alice).post(address, CHOICES | {"title": "", "check": "1"}, headers=PARTIAL)

    assert is_fragment(response)
    assert response.status_code == 200
    assert "Rest helps learning" in text(by_id(response, "draft-preview"))


def test_draft_begins_with_what_was_chosen(log_in: LogIn, topic: Topic, tree: object, alice: User) -> None:
    response = drafts(log_in(alice), topic, title="In my words", depth="1", key="k-1", references="on")
    again = drafts(log_in(alice), topic, title="In my words", depth="1", key="k-1", references="on")

    draft = Draft.objects.get()
    assert (response.status_code, response["Location"]) == (303, draft.get_absolute_url())
    assert again["Location"] == draft.get_absolute_url()
    assert (draft.author, draft.topic, draft.title, draft.style) == (alice, topic, "In my words", "apa")
    assert draft.text.startswith("## Introduction\n\nFour days are enough.\n\n## Reasons")
    assert draft.text.endswith("## References\n\nKim, M. (2026). *Sleep*.")
    assert "Not all" not in draft.text
    assert draft.choices["depth"] == 1


def test_other_choices_under_an_old_key_are_a_conflict(log_in: LogIn, topic: Topic, tree: object, alice: User) -> None:
    drafts(log_in(alice), topic, key="k-1")

    response = drafts(log_in(alice), topic, key="k-1", order="sides", title="Another")

    assert response.status_code == 409
    assert Draft.objects.count() == 1
    assert by_id(response, "id_title").get("value") == "Another"


def test_draft_needs_a_title(log_in: LogIn, topic: Topic, tree: object, alice: User) -> None:
    response = drafts(log_in(alice), topic, title=" ", order="sides")

    assert response.status_code == 422
    assert "Give the draft a title." in text(dom(response))
    assert not Draft.objects.exists()


def test_choice_that_no_form_offers_is_refused(log_in: LogIn, topic: Topic, tree: object, alice: User) -> None:
    response = drafts(log_in(alice), topic, order="shortest", claim=["x", "0"], ticked=["1 OR 1", "²", "-1"])

    assert response.status_code == 422
    assert not Draft.objects.exists()


def test_claim_that_is_not_in_the_map_is_left_out_without_a_word(
    log_in: LogIn, topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    make_tree(topic, alice, "Five days")

    drafts(log_in(alice), topic, claim=["999999", str(tree["Four days are enough"].pk)])

    assert "Five days" not in Draft.objects.get().text.replace("Parents work five days", "")


def test_visitor_is_asked_who_they_are_and_guests_write(topic: Topic, tree: object) -> None:
    asked = drafts(Client(), topic, title="Mine")
    guest = Client()
    guest.force_login(make_guest())
    begun = drafts(guest, topic, title="Mine")

    assert asked["Location"].startswith("/who/")
    assert begun.status_code == 303
    assert Draft.objects.get().author.is_guest


def test_topic_without_claims_says_where_to_begin(client: Client, topic: Topic) -> None:
    response = drafts(client, topic)

    assert "No claim yet" in text(dom(response))
    assert "draft-choices" not in {each.get("id") for each in dom(response).iter()}


def test_too_many_arguments_are_refused_with_a_sentence(
    log_in: LogIn, topic: Topic, tree: object, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("debates.drafting.reading.MOST_ARGUMENTS", 2)

    shown, begun = drafts(Client(), topic), drafts(log_in(alice), topic, title="Mine")
    fewer = drafts(log_in(alice), topic, title="Mine", depth="1")

    assert "more than 2 arguments" in text(by_id(shown, "draft-preview"))
    assert begun.status_code == 422
    assert fewer.status_code == 303


def test_page_never_shows_what_is_suggested_or_was_taken_back(
    client: Client, topic: Topic, tree: dict[str, Statement], alice: User, bob: User
) -> None:
    tree["Four days are enough"].add_argument("supports", "Only a suggestion", by=alice, suggested=True)
    tree["Parents work five days"].withdraw(by=bob)

    said = text(dom(drafts(client, topic)))

    assert "Only a suggestion" not in said
    assert "Parents work" not in said
    assert "Not all" not in text(by_id(drafts(client, topic), "draft-preview"))
    assert "one line is left out" in said


def test_passages_come_as_quotations_with_their_section(
    log_in: LogIn, topic: Topic, tree: dict[str, Statement], alice: User, bob: User
) -> None:
    essay = Essay.objects.create(
        topic=topic, title="On weeks", author="A student", text="# On weeks\n\nFirst.\n\n## Rest\n\nWe sleep longer."
    )
    start = essay.text.index("We sleep")
    tree["Rest helps learning"].quote(essay, start, start + 8, by=bob)

    drafts(log_in(alice), topic, quotations="on")

    assert "\n\n> We sleep (A student, On weeks, “Rest”, paragraph 2)\n\n" in Draft.objects.get().text


# -- writing it ----------------------------------------------------------------------------------------------------


def test_draft_stands_beside_the_lines_of_the_map(log_in: LogIn, draft: Draft, alice: User) -> None:
    Draft.objects.filter(pk=draft.pk).update(text="Indeed: rest helps learning.\n\n## Conclusion")

    response = log_in(alice).get(draft.get_absolute_url())

    assert by_id(response, "id_text").text == "Indeed: rest helps learning.\n\n## Conclusion"
    lines = by_class(dom(response), "draft-map__lines")[0]
    assert [each.get("data-insert") for each in lines.iter("button")] == [
        "Four days are enough.", "Rest helps learning (Kim, 2026).", "Parents work five days.", "Not all.",
    ]  # fmt: skip
    assert len(by_class(lines, "draft-map__used")) == 1
    assert "Conclusion: what follows from all this?" in text(by_id(response, "draft-saved"))
    assert "5 words" in text(by_id(response, "draft-form"))


def test_save_stores_the_text_and_goes_back_to_it(log_in: LogIn, draft: Draft, alice: User) -> None:
    response = save(log_in(alice), draft, "Second.\n\n1. a\n   1. b", title="Renamed")

    assert (response.status_code, response["Location"]) == (303, draft.get_absolute_url())
    draft.refresh_from_db()
    assert (draft.title, draft.text, draft.version) == ("Renamed", "Second.\n\n1. a\n   1. b", 2)
    assert [former.text for former in draft.versions.all()] == ["First."]


def test_save_by_script_says_when_and_gives_the_version_to_go_on_from(log_in: LogIn, draft: Draft, alice: User) -> None:
    response = save(log_in(alice), draft, "Second *words*.", partial=True)

    assert is_fragment(response)
    [version] = [each.get("value") for each in dom(response).iter("input") if each.get("name") == "version"]
    assert version == "2"
    [said] = [each.get("data-said") for each in dom(response).iter() if each.get("data-said")]
    assert said == f"Saved {timezone.localtime().strftime('%H:%M')}"
    assert by_id(response, "draft-paper-text").find(".//em") is not None
    assert stored(draft) == "Second *words*."
    assert save(log_in(alice), draft, "Third.", version=2, partial=True).status_code == 200
    assert stored(draft) == "Third."


@pytest.mark.parametrize("partial", [False, True])
def test_two_windows_meet_with_both_texts(log_in: LogIn, draft: Draft, alice: User, *, partial: bool) -> None:
    client = log_in(alice)
    save(client, draft, "Second words.")

    response = save(client, draft, "Other words.", partial=partial)

    assert response.status_code == 409
    assert stored(draft) == "Second words."
    conflict = by_id(response, "draft-conflict")
    assert [text(each) for each in conflict.iter("del")] == ["[removed: Second]"]
    assert [text(each) for each in conflict.iter("ins")] == ["[added: Other]"]
    [over] = [each.get("value") for each in conflict.iter("button")]
    assert over == "2"
    if not partial:
        assert by_id(response, "id_text").text == "Other words."

    kept = save(client, draft, "Other words.", partial=partial, over=over)

    assert kept.status_code in (200, 303)
    assert stored(draft) == "Other words."
    assert set(draft.versions.values_list("text", flat=True)) == {"First.", "Second words."}


@pytest.mark.parametrize("partial", [False, True])
def test_draft_that_cannot_be_stored_keeps_what_was_typed(
    log_in: LogIn, draft: Draft, alice: User, *, partial: bool
) -> None:
    too_long = save(log_in(alice), draft, "x" * 200_001, partial=partial)
    untitled = save(log_in(alice), draft, "Typed.", title=" ", partial=partial)

    assert (too_long.status_code, untitled.status_code) == (422, 422)
    assert "at most 200,000 characters" in text(dom(too_long))
    assert "Give the draft a title." in text(dom(untitled))
    if not partial:
        assert by_id(untitled, "id_text").text == "Typed."
    assert stored(draft) == "First."


def test_citations_and_references_are_put_in_order(log_in: LogIn, draft: Draft, alice: User) -> None:
    text = "So it is (Kim, 2026).\n\n## References\n\nKim, M. (n.d.). *Sleep*.\n\nI went on here."
    response = save(log_in(alice), draft, text, cite="1", style="mla")

    assert response.status_code == 303
    draft.refresh_from_db()
    assert draft.text == "So it is (Kim).\n\n## Works Cited\n\nKim, Min. *Sleep*. 2026.\n\nI went on here."
    assert draft.style == "mla"
    assert draft.versions.get().text == "First."


def test_what_references_lack_is_said_with_where_to_mend_it(log_in: LogIn, draft: Draft, alice: User) -> None:
    save(log_in(alice), draft, "So it is (Kim, 2026).")

    lacking = by_class(dom(log_in(alice).get(draft.get_absolute_url())), "draft-lacking")[0]

    assert "Sleep: The publisher is missing." in text(lacking)
    source = draft.topic.statements.get(text="Rest helps learning").sources.get()
    assert [each.get("href") for each in lacking.iter("a")] == [reverse("source", args=[source.pk])]


def test_map_that_is_too_large_leaves_the_draft_to_itself(
    log_in: LogIn, draft: Draft, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("debates.drafting.reading.MOST_ARGUMENTS", 1)

    response = log_in(alice).get(draft.get_absolute_url())

    assert "too many to stand here" in text(dom(response))
    assert by_id(response, "id_text").text == "First."


def test_markup_that_was_typed_is_words(log_in: LogIn, draft: Draft, alice: User) -> None:
    save(log_in(alice), draft, "<script>x</script> [a](javascript:x) </textarea>")

    response = log_in(alice).get(draft.get_absolute_url())

    assert by_id(response, "id_text").text == "<script>x</script> [a](javascript:x) </textarea>"
    paper = by_id(response, "draft-paper")
    assert "<script>x</script>" in text(paper)
    assert list(paper.iter("script")) == list(paper.iter("a")) == []


# -- whose it is ---------------------------------------------------------------------------------------------------


PLACES: list[tuple[str, list[Any]]] = [
    ("draft", []), ("draft-outline", []), ("draft-file", ["md"]), ("draft-versions", []), ("draft-version", [1]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args"), PLACES)
def test_draft_is_nobody_elses(log_in: LogIn, draft: Draft, alice: User, bob: User, name: str, args: list[Any]) -> None:
    save(log_in(alice), draft, "Second.")
    address = reverse(name, args=[draft.pk, *args])

    staff = make_user("staff", is_staff=True, is_superuser=True)

    assert log_in(alice).get(address).status_code == 200
    assert [log_in(each).get(address).status_code for each in (bob, staff)] == [404, 404]
    assert Client().get(address).status_code == 404
    assert log_in(bob).post(address, {"title": "x", "text": "Mine now.", "version": 2}).status_code in (404, 405)
    assert stored(draft) == "Second."


@pytest.mark.parametrize("name", ["draft-removal", "draft-recovery"])
def test_nobody_else_puts_it_away(log_in: LogIn, draft: Draft, alice: User, bob: User, name: str) -> None:
    address = reverse(name, args=[draft.pk])

    assert log_in(bob).post(address).status_code == 404
    assert log_in(alice).get(address).status_code == 405
    assert Draft.objects.get().discarded is None


def test_list_names_ones_own_drafts_alone(log_in: LogIn, draft: Draft, topic: Topic, bob: User) -> None:
    Draft.objects.begin(topic, by=bob, title="Bob’s own", text="")

    said = text(by_id(drafts(log_in(bob), topic), "drafts"))

    assert "Bob’s own" in said
    assert "My draft " not in said


# -- putting it away, and its history --------------------------------------------------------------------------------


def test_draft_is_discarded_and_comes_back(log_in: LogIn, draft: Draft, alice: User) -> None:
    client = log_in(alice)

    gone = client.post(reverse("draft-removal", args=[draft.pk]), follow=True)
    draft.refresh_from_db()
    assert draft.discarded is not None
    assert "“My draft” is discarded." in text(by_id(gone, "messages"))
    assert "One discarded draft" in text(dom(gone))
    [undo] = list(by_id(gone, "messages").iter("form"))
    back = client.post(undo.get("action", ""))

    assert back["Location"] == draft.get_absolute_url()
    draft.refresh_from_db()
    assert draft.discarded is None


def test_discarded_draft_can_be_read_and_says_so(log_in: LogIn, draft: Draft, alice: User) -> None:
    draft.discard()

    said = text(dom(log_in(alice).get(draft.get_absolute_url())))

    assert "You have discarded this draft." in said
    assert "First." in said


def test_former_text_is_compared_and_brought_back(log_in: LogIn, draft: Draft, alice: User) -> None:
    client = log_in(alice)
    save(client, draft, "Second.")
    listed = client.get(reverse("draft-versions", args=[draft.pk]))
    address = reverse("draft-version", args=[draft.pk, 1])
    assert address in {each.get("href") for each in dom(listed).iter("a")}

    compared = client.get(address)
    restored = client.post(address)

    assert [text(each) for each in dom(compared).iter("del")] == ["[removed: First]"]
    assert restored["Location"] == draft.get_absolute_url()
    assert stored(draft) == "First."
    assert set(draft.versions.values_list("text", flat=True)) == {"First.", "Second."}
    assert client.post(reverse("draft-version", args=[draft.pk, 77])).status_code == 404


# -- the map once more, and files ------------------------------------------------------------------------------------


def test_map_is_shown_again_beside_the_text(log_in: LogIn, draft: Draft, alice: User) -> None:
    address = reverse("draft-outline", args=[draft.pk])

    response = log_in(alice).post(address, CHOICES | {"check": "1", "order": "sides"}, headers=PARTIAL)

    assert "Against the claim" in text(by_id(response, "draft-preview"))
    assert stored(draft) == "First."


@pytest.mark.parametrize(("place", "begins"), [("behind", "First.\n\n## Introduction"), ("instead", "## Introduction")])
def test_map_goes_behind_the_text_or_in_its_place(
    log_in: LogIn, draft: Draft, alice: User, place: str, begins: str
) -> None:
    sent = CHOICES | {"place": place, "version": 1, "order": "sides"}
    response = log_in(alice).post(reverse("draft-outline", args=[draft.pk]), sent)

    assert response["Location"] == draft.get_absolute_url()
    draft.refresh_from_db()
    assert draft.text.startswith(begins)
    assert draft.choices["order"] == "sides"
    assert draft.versions.get().text == "First."


def test_map_is_not_put_over_a_text_that_was_not_read(log_in: LogIn, draft: Draft, alice: User) -> None:
    save(log_in(alice), draft, "Second.")

    response = log_in(alice).post(
        reverse("draft-outline", args=[draft.pk]), CHOICES | {"place": "instead", "version": 1}
    )

    assert response.status_code == 409
    assert stored(draft) == "Second."


def test_file_is_an_attachment_with_a_safe_name(log_in: LogIn, draft: Draft, alice: User) -> None:
    save(log_in(alice), draft, "Words *here*.", title='Ünder "the" <hood>\r\nX: y')

    response = log_in(alice).get(reverse("draft-file", args=[draft.pk, "docx"]))

    assert response["Content-Disposition"] == 'attachment; filename="under-the-hood-x-y.docx"'
    assert response["X-Content-Type-Options"] == "nosniff"
    paper = docx.Document(io.BytesIO(response.content))
    assert [each.text for each in paper.paragraphs] == ['Ünder "the" <hood> X: y', "Words here."]
    assert log_in(alice).get(reverse("draft-file", args=[draft.pk, "exe"])).status_code == 404


# -- how much is asked -----------------------------------------------------------------------------------------------


def test_pages_ask_the_same_of_every_size(log_in: LogIn, draft: Draft, topic: Topic, alice: User, bob: User) -> None:
    client = log_in(alice)
    asked = []
    for _size in range(2):
        with data_queries() as of_draft:
            client.get(draft.get_absolute_url())
        with data_queries() as of_list:
            drafts(client, topic)
        asked.append((len(of_draft), len(of_list)))
        claim = topic.add_claim("Another claim", by=bob)
        for number in range(12):
            line = claim.add_argument("opposes", f"Argument {number}", by=bob)
            line.cite(by=bob, title=f"Source {number}", author="Lee", published="2020")
            Draft.objects.begin(topic, by=alice, title=f"Draft {number}", text="")

    assert asked == [(DRAFT_QUERIES, LIST_QUERIES)] * 2


def test_ticks_are_offered_for_a_map_that_has_room_for_them(
    client: Client, topic: Topic, tree: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = drafts(client, topic)
    monkeypatch.setattr("debates.views.drafts.MOST_TICKED", 2)
    many = drafts(client, topic)

    assert len([each for each in dom(few).iter("input") if each.get("name") == "ticked"]) == 3
    assert "There are more than 2 lines." in text(dom(many))
    assert bounds.MOST_TICKED <= bounds.MOST_ARGUMENTS


def test_history_keeps_what_autosaving_goes_over(log_in: LogIn, draft: Draft, alice: User) -> None:
    client = log_in(alice)
    save(client, draft, "Second.", partial=True)
    draft.versions.update(at=timezone.now() - timedelta(minutes=5))

    save(client, draft, "Third.", version=2, partial=True)
    save(client, draft, "Fourth.", version=3, partial=True)

    assert set(draft.versions.values_list("text", flat=True)) == {"First.", "Second."}


@pytest.mark.parametrize("payloads", list(batched(PAYLOADS, 20)), ids=lambda batch: batch[0][:12])
def test_payload_runs_on_no_page_of_a_draft(
    log_in: LogIn, topic: Topic, alice: User, payloads: tuple[str, ...]
) -> None:
    every = "\n\n".join(payloads)
    claim = topic.add_claim(payloads[0], by=alice)
    for payload in payloads:
        claim.add_argument("supports", payload, by=alice).cite(by=alice, title=payload, author=payload)
    draft = Draft.objects.begin(topic, by=alice, title=payloads[-1], text=every[::-1])
    draft.write(every, version=1)
    client = log_in(alice)

    pages: list[Response] = [
        client.get(reverse(name, args=[draft.pk, *args])) for name, args in PLACES if name != "draft-file"
    ]
    pages += [drafts(client, topic), save(client, draft, every + every), save(client, draft, "x" + every, partial=True)]

    assert [bad for page in pages if (bad := hostile(dom(page)))] == []


def test_draft_stays_its_writers_when_they_may_not_read_the_topic_any_more(
    alice: User, bob: User, log_in: LogIn
) -> None:
    topic = make_topic(alice, title="A secret question")
    make_member(topic, bob, "writer")
    draft = Draft.objects.begin(topic, by=bob, title="Mine", text="My own words.")
    topic.memberships.get(user=bob).end()
    browser = log_in(bob)

    page = browser.get(draft.get_absolute_url())

    assert page.status_code == 200
    assert "My own words." in text(by_id(page, "draft-paper-text"))
    assert "A secret question" not in page.content.decode()
    assert browser.get(reverse("draft-file", args=[draft.pk, "md"])).status_code == 200
    assert "Mine" in browser.get(reverse("desk")).content.decode()
    assert browser.get(reverse("draft-outline", args=[draft.pk])).status_code == 404
    assert log_in(alice).get(draft.get_absolute_url()).status_code == 404
