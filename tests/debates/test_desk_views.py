"""My desk: where I left off, who answered me, what is to be done; and nobody else's business."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Draft, Membership, Statement, Topic, Visit
from tests.factories import make_guest, make_member, make_topic, make_tree
from tests.markup import PARTIAL, by_class, by_id, dom, text
from tests.queries import data_queries

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from tests.conftest import LogIn
    from tests.markup import Response


@pytest.fixture(autouse=True)
def _many_writes(settings: LazySettings) -> None:
    settings.WRITES_PER_MINUTE = 10_000


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    topic = make_topic(alice, title="Four days", question="")
    make_member(topic, bob)
    return topic


@pytest.fixture
def line(topic: Topic, bob: User) -> Statement:
    """A reason of Bob's under a claim of Alice's. Bob was last here then."""
    (claim,) = make_tree(topic, topic.created_by or bob, "A claim").values()
    return claim.add_argument("supports", "Rest helps", by=bob)


def desk(client: Client) -> Response:
    return client.get(reverse("desk"))


def part(response: Response, name: str) -> str:
    """What is read in one part of the desk: places, replies, work, drafts."""
    return text(section(response, name))


def section(response: Response, name: str) -> Element:
    (found,) = [each for each in dom(response).iter("section") if each.get("aria-labelledby") == f"desk-{name}"]
    return found


def has(response: Response, name: str) -> bool:
    return any(each.get("aria-labelledby") == f"desk-{name}" for each in dom(response).iter("section"))


def links(element: Element) -> list[str]:
    return [link.get("href", "") for link in element.iter("a")]


def see(person: User, topic: Topic) -> None:
    topic.refresh_from_db()
    Visit.objects.note(topic, person)


# -- where I left off -------------------------------------------------------------------------------------------------


def test_desk_lists_the_topics_one_takes_part_in_last_changed_first(alice: User, bob: User, log_in: LogIn) -> None:
    joined = make_topic(alice, title="Joined", question="")
    make_member(joined, bob, "viewer")
    written = make_topic(alice, title="Written", question="", visibility="public")
    written.add_claim("Bob’s", by=bob)
    make_topic(alice, title="Only read", question="", visibility="public")
    make_topic(bob, title="Begun", question="")

    titles = [text(each) for each in section(desk(log_in(bob)), "places").iter("h3")]

    assert titles == ["Begun", "Written", "Joined"]


def test_desk_leaves_out_what_one_cannot_read_any_more(alice: User, bob: User, charlie: User, log_in: LogIn) -> None:
    topic = make_topic(alice, title="Secret", visibility="public")
    line = topic.add_claim("A claim", by=bob)
    line.add_argument("opposes", "A secret answer", by=alice)
    line.comment("A secret question", by=alice, kind="question")
    topic.revise(by=alice, visibility="private")

    response = desk(log_in(bob))

    assert "ecret" not in text(dom(response))
    assert "Nothing lies here yet" in text(dom(response))


def test_desk_counts_what_others_changed_since_one_was_there(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    see(bob, topic)
    topic.add_claim("Alice’s second", by=alice)
    line.comment("A remark", by=alice)
    topic.add_claim("Bob’s own", by=bob)

    response = desk(log_in(bob))

    assert "2 changes since you were here" in part(response, "places")
    assert f"/topics/{topic.slug}/history/?since=3" in links(section(response, "places"))


def test_desk_counts_from_the_last_act_of_who_left_no_mark(
    topic: Topic, line: Statement, alice: User, bob: User, charlie: User, log_in: LogIn
) -> None:
    topic.add_claim("Alice’s second", by=alice)
    make_member(topic, charlie)

    assert "1 change since you were here" in part(desk(log_in(bob)), "places")
    silent = part(desk(log_in(charlie)), "places")
    assert "Four days" in silent
    assert "since you were here" not in silent


def test_desk_says_that_nothing_is_new(topic: Topic, line: Statement, bob: User, log_in: LogIn) -> None:
    assert "Nothing new since you were here" in part(desk(log_in(bob)), "places")


def test_desk_does_not_count_suggestions_that_others_do_not_hear_of(
    topic: Topic, line: Statement, alice: User, bob: User, charlie: User, log_in: LogIn
) -> None:
    make_member(topic, charlie, "suggester")
    see(bob, topic)
    see(alice, topic)
    line.add_argument("opposes", "Perhaps", by=charlie, suggested=True)
    declined = line.add_argument("opposes", "Never", by=charlie, suggested=True)
    declined.remove(by=alice)
    see(alice, topic)
    line.add_argument("opposes", "Maybe", by=charlie, suggested=True)

    assert "Nothing new since you were here" in part(desk(log_in(bob)), "places")
    assert "1 change since you were here" in part(desk(log_in(alice)), "places")


def test_history_since_shows_what_is_newer_and_leads_to_the_rest(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    topic.add_claim("Alice’s second", by=alice)
    history = reverse("topic-history", args=[topic.slug])

    response = log_in(bob).get(f"{history}?since=3")

    assert [each.get("id") for each in by_class(dom(response), "change")] == ["change-4"]
    assert "Only what is new since you were here. Show all changes" in text(dom(response))


def test_desk_marks_what_only_one_self_can_read(alice: User, bob: User, log_in: LogIn) -> None:
    alone, shared = make_topic(bob, title="Alone"), make_topic(bob, title="Shared")
    make_member(shared, alice, "viewer")
    public = make_topic(bob, title="Public", visibility="public")

    response = desk(log_in(bob))

    marked = {
        topic.title: "Only you" in text(by_id(response, f"topic-{topic.pk}")) for topic in (alone, shared, public)
    }
    assert marked == {"Alone": True, "Shared": False, "Public": False}


# -- who answered me --------------------------------------------------------------------------------------------------


def test_desk_shows_what_others_answered_with_the_line_above(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    line.add_argument("supports", "Bob’s own", by=bob)
    answer = line.add_argument("opposes", "Rest is not idleness", by=alice)

    response = desk(log_in(bob))

    (shown,) = [each for each in section(response, "replies").iter("li") if each.get("id", "").startswith("reply-")]
    name = topic.pseudonyms.get(user=alice).name
    assert text(shown).startswith(f"You wrote: Rest helps But Rest is not idleness New since you were here {name}, ")
    assert f"{answer.get_absolute_url()}?add=opposes" in links(shown)
    opened = log_in(bob).get(f"{answer.get_absolute_url()}?add=opposes")
    assert by_class(dom(opened), "composer")


def test_desk_shows_replies_newest_first_and_new_ones_marked(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    line.add_argument("opposes", "Old", by=alice)
    see(bob, topic)
    line.add_argument("opposes", "Newer", by=alice)

    response = desk(log_in(bob))

    shown = [text(each) for each in section(response, "replies").iter("li") if each.get("id", "").startswith("reply-")]
    assert [("New since" in each, "Newer" in each) for each in shown] == [(True, True), (False, False)]


def test_desk_shows_a_suggested_reply_once_it_is_accepted_and_then_as_new(
    topic: Topic, line: Statement, alice: User, bob: User, charlie: User, log_in: LogIn
) -> None:
    make_member(topic, charlie, "suggester")
    suggestion = line.add_argument("opposes", "Perhaps", by=charlie, suggested=True)
    see(bob, topic)
    client = log_in(bob)
    assert "Perhaps" not in text(dom(desk(client)))

    suggestion.accept(by=alice)

    assert "Perhaps New since you were here" in part(desk(client), "replies")


def test_desk_hides_replies_that_were_taken_back_and_replies_to_what_was(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    line.add_argument("opposes", "Taken back", by=alice).withdraw(by=alice)
    mine = topic.add_claim("Bob takes this back", by=bob)
    mine.add_argument("opposes", "To nothing", by=alice)
    mine.withdraw(by=bob)

    told = text(dom(desk(log_in(bob))))

    assert "Taken back" not in told
    assert "To nothing" not in told
    assert "takes this back" not in told


def test_desk_shows_a_link_with_the_words_it_repeats(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    other = topic.add_claim("Sleep matters", by=alice)
    reason = other.add_argument("supports", "Said elsewhere", by=alice)
    reason.link_under(line, stance="opposes", by=alice)

    assert "But Said elsewhere" in part(desk(log_in(bob)), "replies")


# -- what is to be done -----------------------------------------------------------------------------------------------


def test_desk_lists_objections_to_ones_lines_until_they_are_answered(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    objection = line.add_argument("opposes", "Not for everyone", by=alice)
    line.add_argument("supports", "A friend", by=alice)
    client = log_in(bob)
    before = desk(client)

    objection.add_argument("opposes", "For nearly all", by=bob)

    assert "1 objection to your lines has no reply yet" in part(before, "objections")
    assert "Rest helps But Not for everyone" in part(before, "objections")
    assert not has(desk(client), "objections")


def test_desk_counts_an_objection_as_open_while_its_answer_waits_or_is_gone(
    topic: Topic, line: Statement, alice: User, bob: User, charlie: User, log_in: LogIn
) -> None:
    make_member(topic, charlie, "suggester")
    objection = line.add_argument("opposes", "Not for everyone", by=alice)
    objection.add_argument("opposes", "Waiting", by=charlie, suggested=True)
    objection.add_argument("opposes", "Gone", by=bob).withdraw(by=bob)
    line.add_argument("opposes", "Suggested", by=charlie, suggested=True)

    told = part(desk(log_in(bob)), "objections")

    assert "1 objection to your lines has no reply yet" in told
    assert "Suggested" not in told


def test_desk_counts_nothing_below_a_line_that_was_taken_back(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    line.add_argument("opposes", "Not for everyone", by=alice)
    line.comment("Which rest?", by=alice, kind="question")
    Statement.objects.get(text="A claim").withdraw(by=alice)

    response = desk(log_in(bob))

    assert "Nothing waits for you" in part(response, "work")
    assert "Not for everyone" in part(response, "replies")


def test_desk_lists_ones_arguments_without_a_source(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    line.add_argument("supports", "Alice’s", by=alice)
    client = log_in(bob)
    before = desk(client)

    line.cite(by=bob, title="A study")

    assert "1 line of yours has no source yet" in part(before, "sources")
    assert reverse("statement-sources", args=[line.pk]) in links(section(before, "sources"))
    assert not has(desk(client), "sources")


def test_desk_lists_open_questions_until_somebody_answers(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    question = line.comment("Which rest?", by=alice, kind="question")
    line.comment("A mere remark", by=alice)
    gone = line.comment("Taken back?", by=alice, kind="question")
    line.uncomment(gone, by=alice)
    client = log_in(bob)
    before = desk(client)

    line.comment("Sleep", by=bob, reply_to=question)

    assert "1 question about your lines is open" in part(before, "questions")
    assert f"{line.get_absolute_url()}#c{question.pk}" in links(section(before, "questions"))
    assert not has(desk(client), "questions")


def test_desk_asks_for_nothing_that_one_may_not_do(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    line.add_argument("opposes", "Not for everyone", by=alice)
    line.comment("Which rest?", by=alice, kind="question")
    client = log_in(bob)
    Membership.objects.filter(user=bob).update(role="suggester")
    as_suggester = desk(client)
    topic.close(by=alice)

    assert [name for name in ("objections", "sources", "questions") if has(as_suggester, name)] == [
        "objections", "questions",
    ]  # fmt: skip
    assert "Nothing waits for you" in part(desk(client), "work")
    assert "Answer it" not in part(desk(client), "replies")


def test_desk_says_how_much_of_ones_text_is_not_used(
    topic: Topic, line: Statement, alice: User, bob: User, charlie: User, log_in: LogIn
) -> None:
    make_member(topic, charlie, "suggester")
    essay = topic.add_essay(by=bob, title="On rest", text="# On rest\n\nWe sleep. We wake. We work.")
    topic.add_essay(by=alice, title="Of Alice", text="Not Bob’s to map.")
    line.quote(essay, 11, 20, by=bob)
    hidden = line.add_argument("opposes", "Perhaps", by=charlie, suggested=True)
    hidden.quote(essay, 21, 29, by=charlie)

    told = part(desk(log_in(bob)), "texts")

    assert "On rest 2 of 3 sentences not used yet" in told
    assert "Of Alice" not in told


def test_desk_shows_ten_of_each_list_and_leads_to_all_of_them(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    for number in range(12):
        line.add_argument("opposes", f"Objection {number:02}.", by=alice)

    shown = section(desk(log_in(bob)), "objections")

    told = text(shown)
    assert "12 objections to your lines have no reply yet" in told
    assert [number for number in range(12) if f"Objection {number:02}." in told] == list(range(2, 12))
    assert told.endswith("All of them: Four days (12)")
    assert f"/topics/{topic.slug}/work/?mine=1&list=objections" in links(shown)


def test_desk_shows_drafts_of_ones_own_that_are_not_discarded(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    draft = Draft.objects.begin(topic, by=bob, title="My essay", text="")
    Draft.objects.begin(topic, by=bob, title="Thrown away", text="").discard()
    Draft.objects.begin(topic, by=alice, title="Not mine", text="")

    response = desk(log_in(bob))

    assert "My essay" in part(response, "drafts")
    assert draft.get_absolute_url() in links(section(response, "drafts"))
    assert "Thrown away" not in text(dom(response))
    assert "Not mine" not in text(dom(response))


# -- whose desk -------------------------------------------------------------------------------------------------------


def test_desk_shows_each_person_their_own(topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn) -> None:
    line.add_argument("opposes", "To Bob", by=alice)

    of_alice, of_bob = desk(log_in(alice)), desk(log_in(bob))

    assert "To Bob" in part(of_bob, "replies")
    assert "Because Rest helps" in part(of_alice, "replies")
    assert "To Bob" not in part(of_alice, "replies")
    assert [has(each, "objections") for each in (of_alice, of_bob)] == [False, True]
    assert "But To Bob" in part(of_alice, "sources")


def test_desk_of_a_guest_is_like_any_other_and_reminds_of_the_six_words(alice: User, log_in: LogIn) -> None:
    guest = make_guest()
    claim = make_topic(alice, visibility="public").add_claim("A guest’s claim", by=guest)
    claim.add_argument("opposes", "An answer", by=alice)

    response = desk(log_in(guest))

    assert "An answer" in part(response, "replies")
    assert reverse("return-phrase") in links(by_class(dom(response), "notice")[0])
    assert [form.get("action") for form in section(response, "practice").iter("form")] == []


def test_desk_tells_a_visitor_what_it_is_and_how_to_begin(db: None) -> None:
    response = desk(Client())

    assert response.status_code == 200
    main = dom(response).find(".//main")
    assert main is not None
    assert text(main).startswith("A desk of your own")
    assert {f"{reverse('account_login')}?next=/desk/", reverse("phrase-login")} <= set(links(main))


def test_desk_with_nothing_on_it_names_three_ways_to_begin(bob: User, log_in: LogIn) -> None:
    response = desk(log_in(bob))

    (doors,) = by_class(dom(response), "doors")
    assert [text(each) for each in doors.iter("h2")] == ["Paste an essay", "Decide a question", "Join with a link"]
    assert {"/topics/new/?start=essay", "/topics/new/?start=question"} <= set(links(doors))


def test_header_leads_to_the_desk_whoever_is_signed_in(bob: User, log_in: LogIn) -> None:
    signed_in, visitor = (client.get(reverse("topic-list")) for client in (log_in(bob), Client()))

    def navigation(response: Response) -> list[str]:
        return [text(link) for nav in dom(response).iter("nav") if nav.get("aria-label") == "Main" for link in nav]

    assert navigation(signed_in)[:2] == ["Topics", "My desk"]
    assert "My desk" not in navigation(visitor)


# -- what it costs ----------------------------------------------------------------------------------------------------


def test_desk_costs_the_same_for_two_topics_and_for_six(alice: User, bob: User, log_in: LogIn) -> None:
    def take_part() -> None:
        topic = make_topic(alice)
        make_member(topic, bob)
        line = topic.add_claim("A claim", by=alice).add_argument("supports", "A line", by=bob)
        line.add_argument("opposes", "An answer", by=alice).cite(by=alice, title="A study")
        line.comment("Why?", by=alice, kind="question")
        essay = topic.add_essay(by=bob, title="A text", text="We sleep. We wake.")
        line.quote(essay, 0, 9, by=bob)
        Draft.objects.begin(topic, by=bob, title="A draft", text="")

    def count() -> int:
        with data_queries() as asked:
            desk(client)
        return len(asked)

    client = log_in(bob)
    for _time in range(2):
        take_part()
    few = count()
    for _time in range(4):
        take_part()

    assert (few, count()) == (19, 19)


# -- how far I have read ----------------------------------------------------------------------------------------------


def mark(response: Response) -> str | None:
    """The number that a page of a topic would send once it is seen."""
    forms = [form for form in dom(response).iter("form") if form.get("data-visit") is not None]
    fields = [field for form in forms for field in form.iter("input") if field.get("name") == "seen"]
    return fields[0].get("value") if fields else None


@pytest.mark.parametrize("page", ["topic", "topic-outline", "topic-map", "topic-essay", "topic-history"])
def test_page_of_a_topic_says_that_it_was_seen(
    topic: Topic, line: Statement, bob: User, log_in: LogIn, page: str
) -> None:
    client = log_in(bob)
    address = reverse(page, args=[topic.slug])
    seen = mark(client.get(address))

    response = client.post(reverse("topic-visit", args=[topic.slug]), {"seen": seen}, headers=PARTIAL)

    assert (seen, response.status_code, response.content) == ("3", 204, b"")
    assert list(Visit.objects.values_list("user", "topic", "seen")) == [(bob.pk, topic.pk, 3)]
    assert mark(client.get(address)) is None


def test_page_of_a_line_says_that_it_was_seen(line: Statement, bob: User, log_in: LogIn) -> None:
    assert mark(log_in(bob).get(line.get_absolute_url())) == "3"


def test_reading_alone_leaves_no_mark(topic: Topic, line: Statement, bob: User, log_in: LogIn) -> None:
    client = log_in(bob)

    client.get(topic.get_absolute_url())
    client.head(topic.get_absolute_url())

    assert not Visit.objects.exists()


def test_nothing_is_kept_of_a_topic_in_which_one_takes_no_part(alice: User, charlie: User, log_in: LogIn) -> None:
    topic = make_topic(alice, visibility="public")
    client = log_in(charlie)
    visit = reverse("topic-visit", args=[topic.slug])

    assert mark(client.get(topic.get_absolute_url())) is None
    assert client.post(visit, {"seen": 1}).status_code == 303
    assert Client().post(visit, {"seen": 1}).status_code == 403
    assert not Visit.objects.exists()


def test_mark_never_goes_back_nor_ahead_of_the_topic(topic: Topic, line: Statement, bob: User, log_in: LogIn) -> None:
    client, visit = log_in(bob), reverse("topic-visit", args=[topic.slug])

    def seen(number: str) -> int:
        client.post(visit, {"seen": number})
        return Visit.objects.get().seen

    assert [seen("1"), seen("2"), seen("1"), seen("999"), seen("1")] == [1, 2, 2, 3, 3]


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "²"])
def test_mark_that_is_no_number_means_all_of_it(
    topic: Topic, line: Statement, bob: User, log_in: LogIn, seen: str
) -> None:
    log_in(bob).post(reverse("topic-visit", args=[topic.slug]), {"seen": seen})

    assert Visit.objects.get().seen == 3


def test_without_scripts_a_button_says_that_the_changes_were_seen(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    topic.add_claim("Alice’s second", by=alice)
    client = log_in(bob)
    (form,) = section(desk(client), "places").iter("form")
    fields = {field.get("name"): field.get("value") for field in form.iter("input")}

    response = client.post(form.get("action", ""), {"seen": fields["seen"]})

    assert (response.status_code, response["Location"]) == (303, "/desk/")
    assert "Nothing new since you were here" in part(desk(client), "places")


def test_mark_is_nobodys_elses_to_make_or_see(topic: Topic, charlie: User, log_in: LogIn) -> None:
    response = log_in(charlie).post(reverse("topic-visit", args=[topic.slug]), {"seen": 1})

    assert response.status_code == 404
    assert not Visit.objects.exists()
