"""Templates to start from, and a topic to practise in: little to fill in, all of it or nothing, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from debates.models import Essay, Statement, Topic, Visibility
from debates.models.topic import BACKGROUND_LENGTH
from debates.starting import STARTS
from tests.factories import make_guest
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text

if TYPE_CHECKING:
    from accounts.models import User
    from tests.conftest import LogIn
    from tests.markup import Response

NAMES = ["essay", "question", "debate"]
# What a willing person fills in, and no more than is needed.
FILLED = {
    "essay": {"title": "On rest", "text": "# On rest\n\nWe sleep. We wake."},
    "question": {"question": "When does school start?", "options": "At eight.\n\nAt nine.\nAt eight.\n"},
    "debate": {"claim": "Homework should be abolished."},
}


def address(start: str = "") -> str:
    return reverse("topic-create") + (f"?start={start}" if start else "")


def page(client: Client, start: str) -> Response:
    return client.get(address(start))


def field(response: Response, name: str) -> str:
    found = by_id(response, f"id_{name}")
    return found.get("value") or "".join(found.itertext())


def counts() -> tuple[int, int, int]:
    return Topic.objects.count(), Statement.objects.count(), Essay.objects.count()


@pytest.mark.parametrize("start", NAMES)
def test_template_says_what_it_is_for_and_shows_its_steps_to_be_edited(bob: User, log_in: LogIn, start: str) -> None:
    response = page(log_in(bob), start)

    assert text(next(dom(response).iter("h1"))) == str(STARTS[start].title)
    steps = field(response, "background").strip()
    assert steps.startswith(f"**{STARTS[start].opening}**\n\n1. {STARTS[start].steps[0]}\n2. ")
    assert len(steps) < BACKGROUND_LENGTH / 2


@pytest.mark.parametrize("start", ["", "nothing", "ESSAY", "../essay"])
def test_new_topic_offers_the_templates_where_none_is_chosen(bob: User, log_in: LogIn, start: str) -> None:
    response = page(log_in(bob), start)

    (starts,) = by_class(dom(response), "starts")
    assert [link.get("href") for link in starts.iter("a")] == [address(name) for name in NAMES]
    assert by_id(response, "id_question") is not None


@pytest.mark.parametrize(
    ("start", "title", "question", "claims"),
    [
        ("essay", "On rest", "", []),
        ("question", "When does school start", "When does school start?", ["At eight.", "At nine."]),
        ("debate", "Homework should be abolished.", "", ["Homework should be abolished."]),
    ],
)
def test_topic_begins_with_what_its_template_asked(
    bob: User, log_in: LogIn, start: str, title: str, question: str, claims: list[str]
) -> None:
    client = log_in(bob)
    steps = field(page(client, start), "background")

    response = client.post(address(start), FILLED[start] | {"background": steps})

    topic = Topic.objects.get()
    assert response.status_code == 303
    assert (topic.title, topic.question, topic.visibility) == (title, question, Visibility.PRIVATE)
    assert list(topic.claims.in_order().values_list("text", flat=True)) == claims
    assert topic.background == steps.strip()
    assert topic.created_by == bob


def test_steps_are_numbered_on_the_page_of_the_topic(bob: User, log_in: LogIn) -> None:
    client = log_in(bob)
    steps = field(page(client, "debate"), "background")

    response = client.post(address("debate"), FILLED["debate"] | {"background": steps}, follow=True)

    (prose,) = by_class(dom(response), "prose")
    assert len(list(prose.iter("li"))) == len(STARTS["debate"].steps)
    assert text(next(prose.iter("strong"))) == str(STARTS["debate"].opening)


def test_steps_that_were_removed_stay_away(bob: User, log_in: LogIn) -> None:
    log_in(bob).post(address("debate"), FILLED["debate"] | {"background": ""})

    assert Topic.objects.get().background == ""


def test_text_that_was_pasted_lies_beside_the_map(bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(address("essay"), FILLED["essay"])

    essay = Essay.objects.get()
    assert (essay.title, essay.text, essay.added_by) == ("On rest", "# On rest\n\nWe sleep. We wake.", bob)
    assert response["Location"] == essay.get_absolute_url()


def test_text_that_is_still_to_come_is_asked_for_next(bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(address("essay"), {"title": "On rest"})

    assert response["Location"] == reverse("essay-create", args=["on-rest"])
    assert counts() == (1, 0, 0)


def test_topic_from_a_template_is_led_to_by_scripts_and_says_where_its_settings_are(bob: User, log_in: LogIn) -> None:
    client = log_in(bob)

    response = client.post(address("essay"), FILLED["essay"], headers=PARTIAL)

    essay = Essay.objects.get()
    assert (response.status_code, response["HX-Redirect"]) == (204, essay.get_absolute_url())
    told = by_id(client.get(reverse("topic", args=["on-rest"])), "messages")
    assert "/topics/on-rest/settings/" in [link.get("href") for link in told.iter("a")]
    assert next(each.get("data-draft-clear") for each in told.iter("span")) == "new-topicessay"


@pytest.mark.parametrize("start", NAMES)
def test_template_sent_twice_begins_one_topic(bob: User, log_in: LogIn, start: str) -> None:
    client, form = log_in(bob), FILLED[start] | {"key": "k-1"}

    first, second = client.post(address(start), form), client.post(address(start), form)

    assert counts()[0] == 1
    assert first["Location"] == second["Location"]


@pytest.mark.parametrize(
    ("start", "form", "name", "sentence"),
    [
        ("essay", {"text": "We sleep."}, "title", "Give the text a title"),
        ("question", {"question": "When?"}, "options", "Write the options that you choose between"),
        ("question", {"question": "When?", "options": "At eight.\nAt eight."}, "options", "This is one."),
        ("question", {"question": "When?", "options": "\n".join("abcdefghijk")}, "options", "These are 11."),
        ("question", {"question": "When?", "options": "a\n" + "b" * 301}, "options", "this has 301"),
        ("question", {"options": "a\nb"}, "question", "A topic begins with a question"),
        ("debate", {"title": "Homework"}, "claim", "Write the motion first."),
    ],
)
@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_template_that_is_not_filled_in_comes_back_as_typed(
    bob: User, log_in: LogIn, start: str, form: dict[str, str], name: str, sentence: str, headers: dict[str, str]
) -> None:
    response = log_in(bob).post(address(start), form, headers=headers)

    assert (response.status_code, is_fragment(response)) == (422, bool(headers))
    assert sentence in text(by_id(response, f"id_{name}_error"))
    for typed in form:
        assert field(response, typed).strip() == form[typed].strip()
    assert by_id(response, "topic-form").get("action") == address(start)
    assert counts() == (0, 0, 0)


def test_template_begins_nothing_when_a_part_of_it_is_refused(bob: User, log_in: LogIn, settings: LazySettings) -> None:
    settings.WRITES_PER_MINUTE = 2  # the topic and its first claim, but not the second

    response = log_in(bob).post(address("question"), FILLED["question"])

    assert response.status_code == 429
    assert "At nine." in field(response, "options")
    assert counts() == (0, 0, 0)


def test_words_of_a_visitor_wait_until_there_is_an_account(client: Client, bob: User) -> None:
    response = client.post(address("debate"), FILLED["debate"])

    assert response["Location"] == f"{reverse('account_login')}?next=%2Ftopics%2Fnew%2F%3Fstart%3Ddebate"
    client.force_login(bob)
    # The session survives signing in by the page; here the words are put where it would leave them.
    session = client.session
    session["begun_topic"] = {"start": "debate"} | FILLED["debate"]
    session.save()
    assert field(page(client, "debate"), "claim").strip() == "Homework should be abolished."
    assert field(page(client, ""), "claim").strip() == ""


@pytest.mark.parametrize("start", NAMES)
def test_guest_is_told_that_a_topic_needs_an_account(log_in: LogIn, db: None, start: str) -> None:
    response = log_in(make_guest()).post(address(start), FILLED[start])

    assert response.status_code == 403
    ways = [link.get("href") for link in dom(response).iter("a")]
    assert f"{reverse('upgrade')}?next=/topics/new/%3Fstart%3D{start}" in ways
    assert counts() == (0, 0, 0)


def test_steps_are_in_the_language_of_the_reader() -> None:
    with translation.override("en"):
        assert STARTS["essay"].background().startswith("**Mapping this text, step by step**\n\n1. Read it once")


# -- practice ---------------------------------------------------------------------------------------------------------


def practise(client: Client, **form: Any) -> Response:
    return client.post(reverse("practice"), form)


def test_practice_topic_is_made_in_one_press_and_is_ones_own(bob: User, log_in: LogIn) -> None:
    client = log_in(bob)

    response = practise(client)

    topic = Topic.objects.get()
    assert (response.status_code, response["Location"]) == (303, topic.get_absolute_url())
    assert topic.title.startswith("Practice, ")
    assert topic.visibility == Visibility.PRIVATE
    assert list(topic.memberships.values_list("user", "role")) == [(bob.pk, "owner")]
    assert "Only you" in text(by_id(client.get(reverse("desk")), f"topic-{topic.pk}"))


def test_practice_topic_takes_a_title(bob: User, log_in: LogIn) -> None:
    practise(log_in(bob), title="  My   speech ")

    assert Topic.objects.get().title == "My speech"


def test_practice_with_too_long_a_title_comes_back_on_the_desk(bob: User, log_in: LogIn) -> None:
    response = practise(log_in(bob), title="x" * 121)

    assert response.status_code == 422
    assert "this has 121" in text(by_id(response, "id_title_error"))
    assert field(response, "title") == "x" * 121
    assert counts() == (0, 0, 0)


def test_practice_sent_twice_makes_one_topic(bob: User, log_in: LogIn) -> None:
    client = log_in(bob)

    assert practise(client, key="k-1")["Location"] == practise(client, key="k-1")["Location"]
    assert counts() == (1, 0, 0)


def test_practice_is_for_people_with_an_account(log_in: LogIn, db: None) -> None:
    assert practise(log_in(make_guest())).status_code == 403
    assert practise(Client())["Location"].startswith(reverse("account_login"))
    assert log_in(make_guest()).get(reverse("practice")).status_code == 405
    assert counts() == (0, 0, 0)
