"""Write first, say who you are afterwards: what an unknown visitor posts is kept until they choose a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Comment, Pseudonym, Source, Statement, Topic, Vote
from tests.conftest import PASSWORD, LogIn
from tests.factories import make_guest, make_topic, make_tree
from tests.markup import box_of, by_class, by_id, dom, text, texts

if TYPE_CHECKING:
    from tests.markup import Response

WORDS = "Someone has to watch them."


@pytest.fixture
def topic(alice: User) -> Topic:
    """A public topic of Alice, in which every visitor writes."""
    return make_topic(alice, visibility="public")


@pytest.fixture
def claim(topic: Topic, alice: User) -> Statement:
    return make_tree(topic, alice, "Four days are enough\n  + because")["Four days are enough"]


def write(client: Client, parent: Statement, **fields: str) -> Response:
    return client.post(
        reverse("statement-arguments", args=[parent.pk]), {"stance": "opposes", "text": WORDS, "key": "k-1"} | fields
    )


def offered_name(client: Client) -> str:
    button = next(form for form in dom(client.get("/who/")).iter("form") if form.get("action") == "/who/guest/")
    return text(next(button.iter("button"))).removeprefix("Post as ")


def counts() -> list[int]:
    return [kind.objects.count() for kind in (Statement, Source, Comment, Vote, User)]


# -- the question ---------------------------------------------------------------------------------------------------


def test_question_shows_what_was_written_under_the_line_above(client: Client, claim: Statement) -> None:
    write(client, claim)

    page = dom(client.get("/who/"))

    assert [text(each) for each in page.iter("h1")] == ["Who is speaking?"]
    assert texts(page, "reading") == [f"Four days are enough but {WORDS}"]
    doors = [text(each) for each in by_class(page, "doors")[0].iter("h2")]
    assert doors == ["Go on as a guest", "I was here before", "Sign in"]


@pytest.mark.parametrize(
    ("names_shown", "promise"),
    [("names", "this topic shows the names of accounts"), ("pseudonyms", "no reader sees the name of your account")],
)
def test_question_promises_no_pseudonym_where_names_show(
    client: Client, topic: Topic, claim: Statement, alice: User, names_shown: str, promise: str
) -> None:
    topic.revise(by=alice, names_shown=names_shown)
    write(client, claim)

    assert promise in " ".join(texts(dom(client.get("/who/")), "lead"))


def test_nothing_is_posted_by_looking(client: Client, claim: Statement) -> None:
    write(client, claim)
    before = counts()

    for address in ("/who/", "/who/guest/", "/who/post/"):
        client.get(address)

    assert counts() == before
    assert (client.get("/who/guest/").status_code, client.get("/who/post/").status_code) == (405, 405)


def test_nothing_to_post_leads_to_the_topics(client: Client, topic: Topic) -> None:
    answers = [client.get("/who/"), client.post("/who/guest/"), client.post("/who/post/")]

    assert [(each.status_code, each["Location"]) for each in answers] == [
        (303, "/topics/"), (303, "/who/"), (303, "/who/"),
    ]  # fmt: skip
    assert User.objects.filter(is_guest=True).count() == 0


def test_what_was_written_last_is_what_waits(client: Client, claim: Statement) -> None:
    write(client, claim)
    write(client, claim, text="On second thoughts.", key="k-2")

    client.post("/who/guest/")

    assert list(Statement.objects.filter(parent=claim, stance="opposes").values_list("text", flat=True)) == [
        "On second thoughts."
    ]


def test_two_tabs_lose_nothing_of_each_other(client: Client, claim: Statement) -> None:
    first = write(client, claim)["Location"]
    second = write(client, claim, text="In another tab.", key="k-2")["Location"]
    assert [texts(dom(client.get(each)), "reading")[0].partition(" but ")[2] for each in (first, second)] == [
        WORDS, "In another tab.",
    ]  # fmt: skip

    client.post("/who/guest/", {"post": "k-1"})
    late = client.post("/who/guest/", {"post": "k-2"})
    (post,) = [form for form in dom(client.get(late["Location"])).iter("form") if form.get("action") == "/who/post/"]
    client.post("/who/post/", {field.get("name", ""): field.get("value", "") for field in post.iter("input")})

    guest = User.objects.get(is_guest=True)
    made = Statement.objects.filter(author=guest).order_by("pk")
    assert list(made.values_list("text", flat=True)) == [WORDS, "In another tab."]


def test_only_the_last_few_wait(client: Client, claim: Statement) -> None:
    for number in range(7):
        write(client, claim, text=f"Number {number}", key=f"k-{number}")

    pending = client.session["pending_posts"]

    assert [each["text"] for each in pending] == [f"Number {number}" for number in range(2, 7)]


def test_words_are_shown_as_words(client: Client, claim: Statement) -> None:
    write(client, claim, text="<script>alert(1)</script>")

    response = client.get("/who/")

    assert "Four days are enough but <script>alert(1)</script>" in texts(dom(response), "reading")
    assert "<script>alert" not in response.content.decode()


# -- as a guest -----------------------------------------------------------------------------------------------------


def test_guest_posts_under_the_name_that_was_offered(client: Client, topic: Topic, claim: Statement) -> None:
    write(client, claim, source_title="A study")
    name = offered_name(client)

    response = client.post("/who/guest/")

    made = Statement.objects.get(text=WORDS)
    author = made.author
    assert author is not None
    assert author.is_guest
    assert Pseudonym.objects.get(topic=topic, user=author).name == name
    assert (made.parent, made.stance) == (claim, "opposes")
    assert Source.objects.get().statement == made
    assert (response.status_code, response["Location"]) == (
        303, f"{topic.get_absolute_url()}?claim={claim.pk}&new={made.pk}#s{made.pk}",
    )  # fmt: skip


def test_guest_is_told_their_name_and_how_to_come_back(client: Client, claim: Statement) -> None:
    write(client, claim)
    name = offered_name(client)

    page = client.post("/who/guest/", follow=True)

    (said,) = [each for each in texts(by_id(page, "messages"), "notice") if name in each]
    assert said.startswith(f"You are {name} in this topic.")
    assert "six words" in said


def test_guest_goes_on_in_the_same_session(client: Client, claim: Statement) -> None:
    write(client, claim)
    client.post("/who/guest/")

    response = write(client, claim, text="One more.", key="k-2")

    assert f"&new={Statement.objects.get(text='One more.').pk}#" in response["Location"]
    assert User.objects.filter(is_guest=True).count() == 1


def test_posting_twice_makes_one_guest_and_one_argument(client: Client, claim: Statement) -> None:
    write(client, claim)

    client.post("/who/guest/")
    second = client.post("/who/guest/")

    assert second["Location"] == "/who/"
    assert Statement.objects.filter(text=WORDS).count() == 1
    assert User.objects.filter(is_guest=True).count() == 1


def test_name_taken_meanwhile_is_replaced(client: Client, topic: Topic, claim: Statement, bob: User) -> None:
    write(client, claim)
    name = offered_name(client)
    Pseudonym.objects.create(topic=topic, user=bob, name=name)

    client.post("/who/guest/")

    author = Statement.objects.get(text=WORDS).author
    assert author is not None
    assert Pseudonym.objects.get(topic=topic, user=author).name != name


# -- as somebody known ------------------------------------------------------------------------------------------------


def test_who_signs_in_posts_what_waited(client: Client, claim: Statement, bob: User) -> None:
    write(client, claim)

    response = client.post(
        reverse("account_login"), {"login": "bob", "password": PASSWORD, "next": "/who/"}, follow=True
    )
    assert Statement.objects.filter(text=WORDS).count() == 0
    (post,) = [form for form in dom(response).iter("form") if form.get("action") == "/who/post/"]
    client.post(post.get("action", ""))

    assert Statement.objects.get(text=WORDS).author == bob


def test_who_makes_an_account_posts_what_waited(client: Client, claim: Statement) -> None:
    write(client, claim)

    form = {"username": "dora", "password1": "four words make one", "next": "/who/"}
    response = client.post(reverse("account_signup"), form)
    assert response["Location"] == "/who/"
    client.post("/who/post/")

    author = Statement.objects.get(text=WORDS).author
    assert author is not None
    assert author.username == "dora"


def test_who_types_six_words_posts_what_waited(client: Client, claim: Statement) -> None:
    guest = make_guest()
    phrase = guest.new_return_phrase()
    write(client, claim)

    response = client.post(reverse("phrase-login"), {"phrase": phrase, "next": "/who/"})
    assert response["Location"] == "/who/"
    client.post("/who/post/")

    assert Statement.objects.get(text=WORDS).author == guest


def test_doors_lead_back_to_the_question(client: Client, claim: Statement) -> None:
    write(client, claim)

    links = [link.get("href") for link in by_class(dom(client.get("/who/")), "doors")[0].iter("a")]

    assert links == [f"/accounts/{door}/?next=/who/%3Fpost%3Dk-1" for door in ("phrase/login", "login", "signup")]


def test_stranger_does_not_post_without_saying_who_they_are(client: Client, claim: Statement) -> None:
    write(client, claim)

    assert client.post("/who/post/")["Location"] == "/who/?post=k-1"
    assert Statement.objects.filter(text=WORDS).count() == 0


def test_person_with_a_name_does_not_become_a_guest(client: Client, claim: Statement, bob: User) -> None:
    write(client, claim)
    client.post(reverse("account_login"), {"login": "bob", "password": PASSWORD, "next": "/who/"})

    client.post("/who/guest/")

    assert User.objects.filter(is_guest=True).count() == 0
    assert Statement.objects.filter(text=WORDS).count() == 0


# -- what else waits --------------------------------------------------------------------------------------------------


def test_claim_waits_and_is_posted(client: Client, topic: Topic) -> None:
    client.post(reverse("topic-claims", args=[topic.slug]), {"text": "Three days are enough", "key": "k-1"})

    response = client.post("/who/guest/")

    made = Statement.objects.get(text="Three days are enough")
    assert response["Location"] == f"{topic.get_absolute_url()}?claim={made.pk}"


def test_comment_waits_and_is_posted(client: Client, claim: Statement) -> None:
    client.post(reverse("statement-comments", args=[claim.pk]), {"text": "For whom?", "kind": "question"})

    client.post("/who/guest/")

    assert (Comment.objects.get().text, Comment.objects.get().kind) == ("For whom?", "question")


def test_vote_waits_and_is_cast(client: Client, topic: Topic, claim: Statement, alice: User) -> None:
    topic.revise(by=alice, guests_vote=True)
    client.post(reverse("statement-vote", args=[claim.pk]), {"value": 3})

    response = client.post("/who/guest/")

    assert Vote.objects.get().value == 3
    assert response["Location"] == f"{claim.get_absolute_url()}#vote"


# -- what happens meanwhile -------------------------------------------------------------------------------------------


def test_words_are_given_back_where_they_cannot_be_posted_any_more(
    client: Client, claim: Statement, alice: User
) -> None:
    write(client, claim, note="My note")
    claim.withdraw(by=alice)

    response = client.post("/who/guest/")

    assert response.status_code == 422
    typed = [text(area) for area in box_of(response).iter("textarea")]
    assert typed[0] == WORDS
    assert "My note" in typed
    assert box_of(response).get("action") == reverse("statement-arguments", args=[claim.pk])
    assert Statement.objects.filter(text=WORDS).count() == 0


def test_words_are_given_back_where_the_topic_was_closed_meanwhile(
    client: Client, topic: Topic, claim: Statement, alice: User
) -> None:
    write(client, claim)
    topic.close(by=alice)

    response = client.post("/who/guest/")

    assert response.status_code == 403
    assert "This topic is closed." in text(by_id(response, "main"))
    assert text(by_id(response, "written-text")) == WORDS
    assert Statement.objects.filter(text=WORDS).count() == 0
    topic.reopen(by=alice)
    client.post("/who/post/")
    assert Statement.objects.filter(text=WORDS).count() == 1


def test_topic_made_private_meanwhile_is_not_found(client: Client, topic: Topic, claim: Statement, alice: User) -> None:
    write(client, claim)
    topic.revise(by=alice, visibility="private")

    assert client.post("/who/guest/").status_code == 404
    assert Statement.objects.filter(text=WORDS).count() == 0


def test_topic_deleted_meanwhile_asks_nobody_in_circles(client: Client, topic: Topic, claim: Statement) -> None:
    write(client, claim)
    topic.delete()

    response = client.post("/who/guest/", follow=True)

    assert response.redirect_chain[-1][0] == "/topics/"
    assert User.objects.filter(is_guest=True).count() == 0


def test_many_guests_from_one_address_are_slowed_down(client: Client, claim: Statement, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"guest": "1/m/ip"}  # type: ignore[attr-defined]
    write(client, claim)
    client.post("/who/guest/")
    second = Client()
    write(second, claim, text="One more.", key="k-2")

    response = second.post("/who/guest/")

    assert response.status_code == 429
    assert Statement.objects.filter(text="One more.").count() == 0
    assert "but One more." in texts(dom(second.get("/who/")), "reading")[0]


def test_more_than_anyone_writes_is_not_kept(client: Client, claim: Statement) -> None:
    response = write(client, claim, **{f"padding-{number}": "x" * 10_000 for number in range(100)})

    assert response.status_code == 400
    assert client.get("/who/")["Location"] == "/topics/"


def test_signed_in_writer_is_not_asked(claim: Statement, bob: User, log_in: LogIn) -> None:
    response = write(log_in(bob), claim)

    assert response["Location"] != "/who/"
    assert Statement.objects.get(text=WORDS).author == bob
