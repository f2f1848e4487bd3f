"""The pages of texts beside the map: adding one, editing it, its versions, its end; passages that lost their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Change, Essay, EssayVersion, Passage, Statement, Topic
from tests.factories import make_member, make_topic
from tests.markup import by_class, by_id, dom, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from tests.conftest import LogIn
    from tests.markup import Response

pytestmark = pytest.mark.django_db

TEXT = "Buses are late. Trains are full of people.\n\nBicycles are quick, and they cost little."
EVIL = "</textarea><script>alert(1)</script>"


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    topic = make_topic(alice, visibility="public", visitor_role="viewer")
    make_member(topic, bob, "writer")
    return topic


@pytest.fixture
def essay(topic: Topic, bob: User) -> Essay:
    """A text that Bob, a writer, has added."""
    return topic.add_essay(by=bob, title="Ways to town", text=TEXT)


@pytest.fixture
def claim(topic: Topic, alice: User) -> Statement:
    return topic.add_claim("Ride a bicycle.", by=alice)


def quote(claim: Statement, essay: Essay, words: str, by: User) -> Passage:
    start = essay.text.index(words)
    return claim.quote(essay, start, start + len(words), by=by)


def new(topic: Topic) -> str:
    return reverse("essay-create", args=[topic.slug])


def edit(essay: Essay) -> str:
    return reverse("essay-edit", args=[essay.pk])


def versions(essay: Essay) -> str:
    return reverse("essay-versions", args=[essay.pk])


def place(passage: Passage) -> str:
    return reverse("passage-place", args=[passage.pk])


def field(response: Response, name: str) -> str:
    """What stands in a field of the page."""
    (found,) = [each for each in dom(response).iter() if each.get("name") == name and each.tag in {"input", "textarea"}]
    return found.get("value", "") if found.tag == "input" else "".join(found.itertext()).removeprefix("\n")


def errors(response: Response) -> list[str]:
    return texts(dom(response), "error")


def buttons(response: Response) -> list[str]:
    return [text(each) for each in by_id(response, "main").iter("button")]


def notices(response: Response) -> list[str]:
    return texts(dom(response), "notice")


def as_file(words: str, name: str = "ways.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode(), "text/plain")


# -- adding ------------------------------------------------------------------------------------------------------------


def test_form_asks_for_a_text_or_a_file(topic: Topic, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).get(new(topic))

    assert response.status_code == 200
    (file,) = [each for each in dom(response).iter("input") if each.get("type") == "file"]
    assert file.get("accept") == ".docx,.pdf,.html,.htm,.xhtml,.md,.markdown,.txt,.text"
    assert buttons(response) == ["Read it"]


def test_pasted_text_is_shown_as_understood_before_it_is_stored(topic: Topic, bob: User, log_in: LogIn) -> None:
    pasted = "# Ways to town\n\nBuses are late. Trains are full.\n\n\n\nBicycles are quick."

    response = log_in(bob).post(new(topic), {"text": pasted, "author": "Ann Kim", "do": "read"})

    assert (response.status_code, Essay.objects.count()) == (200, 0)
    assert texts(by_id(response, "main"), "facts") == ["1 heading 2 paragraphs 3 sentences 9 words"]
    assert (field(response, "title"), field(response, "author")) == ("Ways to town", "Ann Kim")
    assert field(response, "text") == "# Ways to town\n\nBuses are late. Trains are full.\n\nBicycles are quick."
    assert buttons(response)[0] == "Lay it beside the map"


def test_file_survives_the_look_at_it(topic: Topic, bob: User, log_in: LogIn) -> None:
    browser = log_in(bob)
    looked = browser.post(new(topic), {"file": as_file(TEXT), "do": "read"})
    names = ("key", "read_as", "title", "author", "source", "text")

    stored = browser.post(new(topic), {name: field(looked, name) for name in names} | {"do": "store"})

    essay = Essay.objects.get()
    assert (stored.status_code, stored["Location"]) == (303, essay.get_absolute_url())
    assert (essay.title, essay.text, essay.added_by) == ("ways", TEXT, bob)
    assert topic.changes.latest("number").verb == "essay-added"


def test_file_is_looked_at_first_even_where_storing_was_asked_for(topic: Topic, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(new(topic), {"file": as_file(TEXT), "title": "Mine"})

    assert (response.status_code, Essay.objects.count(), field(response, "title")) == (200, 0, "Mine")


def test_second_file_takes_the_place_of_the_first_but_not_of_words_of_ones_own(
    topic: Topic, bob: User, log_in: LogIn
) -> None:
    browser = log_in(bob)
    looked = browser.post(new(topic), {"file": as_file(TEXT), "do": "read"})
    kept = {name: field(looked, name) for name in ("read_as", "text")}

    again = browser.post(new(topic), kept | {"file": as_file("Ships sail."), "do": "read"})
    mine = browser.post(new(topic), kept | {"text": "I walk.", "file": as_file("Ships sail."), "do": "read"})

    assert field(again, "text") == "Ships sail."
    assert (mine.status_code, field(mine, "text")) == (422, "I walk.")
    assert errors(mine) == [
        "There are words of yours in the box below. Empty it to read the file, or leave the file out."
    ]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.txt", b"", "The file is empty."),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(200), "This file holds no text."),
        ("a.docx", b"PK\x03\x04" + bytes(60), "no Word document"),
    ],
)
def test_file_that_is_not_read_is_refused_at_its_field(
    topic: Topic, bob: User, log_in: LogIn, name: str, data: bytes, sentence: str
) -> None:
    file = SimpleUploadedFile(name, data)

    response = log_in(bob).post(new(topic), {"file": file, "title": "My title", "do": "read"})

    assert (response.status_code, field(response, "title")) == (422, "My title")
    (said,) = errors(response)
    assert sentence in said


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": "A title"}, "Paste or upload a text first."),
        ({"text": "Some words"}, "Give the text a title, so that it can be told from others."),
        ({"text": "Some words", "title": "t" * 201}, "At most 200 characters, please; this has 201."),
        ({"text": "a" * 200_001, "title": "A"}, "This text is too long: at most 200,000 characters."),
    ],
)
def test_text_that_cannot_be_stored_comes_back_with_a_sentence(
    topic: Topic, bob: User, log_in: LogIn, typed: dict[str, str], sentence: str
) -> None:
    response = log_in(bob).post(new(topic), typed)

    assert (response.status_code, Essay.objects.count()) == (422, 0)
    assert {name: field(response, name) for name in typed} == typed
    assert sentence in errors(response)[0]


def test_two_megabytes_come_back_with_their_number(topic: Topic, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(new(topic), {"text": "word " * 400_000, "title": "Long", "do": "read"})

    assert (response.status_code, field(response, "title"), len(field(response, "text"))) == (422, "Long", 2_000_000)
    assert errors(response) == [
        "This text has 2,000,000 characters; at most 200,000 are stored. Split it into several texts."
    ]


def test_more_than_a_form_may_hold_is_told_in_a_sentence(topic: Topic, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(new(topic), {"text": "word " * 600_000})

    assert (response.status_code, Essay.objects.count()) == (413, 0)
    assert "your words are still in the form" in text(by_id(response, "main"))


def test_form_sent_twice_makes_one_text(topic: Topic, bob: User, log_in: LogIn) -> None:
    browser, sent = log_in(bob), {"title": "A", "text": "B", "key": "k"}

    first, second = browser.post(new(topic), sent), browser.post(new(topic), sent)
    other = browser.post(new(topic), sent | {"text": "Other words"})

    assert (first.status_code, second["Location"], Essay.objects.count()) == (303, first["Location"], 1)
    assert (other.status_code, field(other, "text")) == (409, "Other words")
    assert field(other, "key") != "k"


def test_evil_words_stay_words(topic: Topic, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(new(topic), {"title": EVIL, "text": EVIL, "do": "read"})

    assert (field(response, "title"), field(response, "text")) == (EVIL, EVIL)
    assert not [each for each in dom(response).iter("script") if "alert" in (each.text or "")]


# -- who is speaking ---------------------------------------------------------------------------------------------------


@pytest.fixture
def open_topic(alice: User) -> Topic:
    return make_topic(alice, visibility="public", visitor_role="writer")


def test_visitors_text_waits_until_they_say_who_they_are(open_topic: Topic, client: Client) -> None:
    asked = client.post(new(open_topic), {"title": "A", "text": "B", "key": "k"})
    assert asked["Location"] == "/who/?post=k"

    client.post(reverse("who-guest"), {"post": "k"})

    essay = Essay.objects.get()
    assert (essay.title, essay.added_by and essay.added_by.is_guest) == ("A", True)


def test_visitors_long_text_is_stored_once_they_go_on_as_a_guest(open_topic: Topic, client: Client) -> None:
    sent = {"title": "A", "text": "글 " * 50_000, "key": "k"}

    asked = client.post(new(open_topic), sent)
    assert (asked.status_code, Essay.objects.count(), len(field(asked, "text"))) == (422, 0, 100_000)
    assert "too long to wait" in notices(asked)[0]
    client.post(new(open_topic), sent | {"as": "guest"})

    essay = Essay.objects.get()
    assert (len(essay.text), essay.added_by and essay.added_by.is_guest) == (99_999, True)


def test_visitors_unfinished_text_is_refused_before_they_are_asked(open_topic: Topic, client: Client) -> None:
    response = client.post(new(open_topic), {"text": "B"})

    assert (response.status_code, errors(response)) == (
        422,
        ["Give the text a title, so that it can be told from others."],
    )


def test_text_comes_back_from_who_may_not_write(topic: Topic, charlie: User, log_in: LogIn) -> None:
    response = log_in(charlie).post(new(topic), {"text": EVIL, "title": "Mine"})

    assert (response.status_code, Essay.objects.count()) == (403, 0)
    assert text(by_id(response, "written-text")) == EVIL


# -- editing -----------------------------------------------------------------------------------------------------------


def test_edit_says_what_became_of_the_passages(
    essay: Essay, claim: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    for words in ("Buses are late.", "Bicycles are quick", "they cost little", "Trains are full of people."):
        quote(claim, essay, words, alice)
    browser = log_in(bob)
    changed = TEXT.replace(" Trains are full of people.", "").replace("quick", "very quick")

    response = browser.post(edit(essay), {"title": "Ways", "text": changed, "version": 1})

    essay.refresh_from_db()
    assert (response.status_code, essay.text, essay.title, essay.version) == (303, changed, "Ways", 2)
    (said,) = notices(browser.get(response["Location"]))[:1]
    assert said.startswith("Saved. 1 passage stands in changed words, 1 passage lost its place. See them")
    assert "Undo" in said


def test_checking_stores_nothing_and_names_what_would_lose_its_place(
    essay: Essay, claim: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    quote(claim, essay, "Trains are full of people.", alice)
    before = Change.objects.count()

    response = log_in(bob).post(
        edit(essay), {"title": "Ways", "text": "Bicycles are quick.", "version": 1, "do": "check"}
    )

    essay.refresh_from_db()
    assert (response.status_code, essay.text, Change.objects.count()) == (200, TEXT, before)
    assert text(by_id(response, "outlook-title")) == "1 passage would lose its place"
    assert [text(each) for each in by_class(dom(response), "essay-losses")] == [
        "Trains are full of people. Ride a bicycle."
    ]
    assert (field(response, "text"), field(response, "version")) == ("Bicycles are quick.", "1")


def test_checking_tells_of_no_suggestion_that_the_reader_does_not_know(
    topic: Topic, essay: Essay, claim: Statement, alice: User, bob: User, charlie: User, log_in: LogIn
) -> None:
    make_member(topic, charlie, "suggester")
    secret = claim.add_argument("supports", "Only a suggestion", by=charlie, suggested=True)
    quote(secret, essay, "Trains are full of people.", alice)
    sent: dict[str, Any] = {"title": "Ways", "text": "Bicycles are quick.", "version": 1}

    writer = log_in(bob).post(edit(essay), sent | {"do": "check"})
    owner = log_in(alice).post(edit(essay), sent | {"do": "check"})

    assert text(by_id(writer, "outlook-title")) == "No passage would lose its place"
    assert text(by_id(owner, "outlook-title")) == "1 passage would lose its place"
    browser = log_in(bob)
    assert notices(browser.get(browser.post(edit(essay), sent)["Location"]))[0].startswith("Saved. Undo")


def test_two_people_at_one_text_lose_neither(essay: Essay, alice: User, bob: User, log_in: LogIn) -> None:
    log_in(alice).post(edit(essay), {"title": "Ways", "text": TEXT.replace("late", "early"), "version": 1})
    mine = {"title": "Ways", "text": TEXT.replace("full", "empty"), "version": 1}

    met = log_in(bob).post(edit(essay), mine)

    assert (met.status_code, field(met, "text"), field(met, "version")) == (409, mine["text"], "2")
    assert "Someone changed this text" in text(by_id(met, "theirs-title"))
    assert "Buses are early." in text(by_id(met, "theirs"))
    (changed,) = by_class(dom(met), "essay-change")
    assert [text(each) for each in changed.iter("ins")] == ["[added: late]", "[added: empty]"]
    assert Essay.objects.get().text == TEXT.replace("late", "early")

    log_in(bob).post(edit(essay), mine | {"version": field(met, "version")})
    assert (Essay.objects.get().text, Essay.objects.get().version) == (mine["text"], 3)


def test_edit_whose_answer_was_lost_is_no_conflict(essay: Essay, bob: User, log_in: LogIn) -> None:
    browser, sent = log_in(bob), {"title": "Ways", "text": "Walk.", "version": 1}
    browser.post(edit(essay), sent)

    assert browser.post(edit(essay), sent).status_code == 303
    assert (Essay.objects.get().version, EssayVersion.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"text": ""}, "Paste or upload a text first."), ({"title": " "}, "Give the text a title")],
)
@pytest.mark.parametrize("do", ["save", "check"])
def test_edit_that_leaves_nothing_is_refused(
    essay: Essay, bob: User, log_in: LogIn, typed: dict[str, str], sentence: str, do: str
) -> None:
    sent = {"title": "Ways", "text": "My words", "author": "Kim", "version": 1, "do": do} | typed

    response = log_in(bob).post(edit(essay), sent)

    assert (response.status_code, field(response, "author"), Essay.objects.get().version) == (422, "Kim", 1)
    assert sentence in errors(response)[0]


def test_text_is_edited_by_who_added_it_and_by_editors_alone(
    topic: Topic, essay: Essay, alice: User, charlie: User, log_in: LogIn
) -> None:
    make_member(topic, charlie, "writer")

    response = log_in(charlie).post(edit(essay), {"title": "Mine", "text": EVIL, "version": 1})

    assert (response.status_code, text(by_id(response, "written-text"))) == (403, EVIL)
    assert log_in(alice).get(edit(essay)).status_code == 200
    assert Essay.objects.get().text == TEXT


# -- versions ----------------------------------------------------------------------------------------------------------


def said_by(response: Response) -> list[str]:
    return [text(each) for each in by_class(dom(response), "change__what")]


def test_versions_say_who_wrote_them_and_what_changed(
    essay: Essay, alice: User, bob: User, charlie: User, log_in: LogIn
) -> None:
    essay.revise(by=alice, version=1, text=TEXT.replace("late", "early"), author="Kim")
    names = dict(essay.topic.pseudonyms.values_list("user", "name"))

    response = log_in(charlie).get(versions(essay), {"from": 1, "to": 2})

    assert [said.rpartition(",")[0].split(",")[0] for said in said_by(response)] == [names[alice.pk], names[bob.pk]]
    (changed,) = by_class(dom(response), "essay-change")
    assert ([text(each) for each in changed.iter("del")], [text(each) for each in changed.iter("ins")]) == (
        ["[removed: late]"], ["[added: early]"],
    )  # fmt: skip
    assert "Bring it back" not in " ".join(buttons(response))


def test_versions_cost_the_same_whatever_their_number(essay: Essay, bob: User, log_in: LogIn) -> None:
    browser = log_in(bob)
    for version in range(1, 4):
        essay.revise(by=bob, version=version, text=f"{version}")
    with data_queries() as few:
        browser.get(versions(essay), {"from": 1})
    for version in range(4, 9):
        essay.revise(by=bob, version=version, text=f"{version}")

    with data_queries() as many:
        response = browser.get(versions(essay), {"from": 1})

    assert (len(said_by(response)), len(few), len(many)) == (9, len(many), 6)


def test_older_versions_stand_on_the_next_page(topic: Topic, essay: Essay, bob: User, log_in: LogIn) -> None:
    EssayVersion.objects.bulk_create(
        EssayVersion(topic=topic, essay_number=essay.pk, version=number, title=f"T{number}", text="x")
        for number in range(1, 61)
    )
    Essay.objects.update(version=61)

    first = log_in(bob).get(versions(essay))
    second = log_in(bob).get(versions(essay), {"before": 12})

    shown = [texts(dom(page), "change__text") for page in (first, second)]
    assert (len(shown[0]), shown[0][1], shown[1][0], len(shown[1])) == (50, "T60", "T11", 11)


def test_former_version_comes_back_with_its_passages(
    essay: Essay, claim: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    passage = quote(claim, essay, "Trains are full of people.", alice)
    essay.revise(by=bob, version=1, text="Ships.")
    browser = log_in(bob)

    response = browser.post(versions(essay), {"version": 1})

    passage.refresh_from_db()
    assert (response.status_code, Essay.objects.get().text, passage.lost) == (303, TEXT, False)
    browser.post(reverse("change-undo", args=[essay.topic.slug, essay.topic.changes.latest("number").number]))
    assert Essay.objects.get().text == "Ships."


@pytest.mark.parametrize("version", ["", "7", "x", "9" * 30])
def test_version_that_never_was_is_refused(essay: Essay, bob: User, log_in: LogIn, version: str) -> None:
    response = log_in(bob).post(versions(essay), {"version": version})

    assert (response.status_code, Essay.objects.get().version) == (422, 1)


# -- the end of a text -------------------------------------------------------------------------------------------------


def test_removed_text_comes_back_from_the_message(
    essay: Essay, claim: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    quote(claim, essay, "Buses are late.", alice)
    browser = log_in(bob)

    response = browser.post(reverse("essay-removal", args=[essay.pk]))

    assert (response.status_code, Essay.objects.count(), Passage.objects.count()) == (303, 0, 0)
    page = browser.get(response["Location"])
    undo = [form.get("action") for form in dom(page).iter("form") if "undoing" in (form.get("action") or "")]
    browser.post(undo[0] or "")
    assert (Essay.objects.get().text, Passage.objects.get().quote) == (TEXT, "Buses are late.")


@pytest.mark.parametrize("name", ["essay-edit", "essay-versions"])
def test_page_of_a_removed_text_says_so(essay: Essay, bob: User, log_in: LogIn, client: Client, name: str) -> None:
    essay.remove(by=bob)

    for browser in (log_in(bob), client):
        response = browser.get(reverse(name, args=[essay.pk]))
        assert (response.status_code, "taken away" in text(by_id(response, "main"))) == (410, True)


def test_words_for_a_removed_text_come_back(essay: Essay, bob: User, log_in: LogIn) -> None:
    essay.remove(by=bob)

    response = log_in(bob).post(edit(essay), {"title": "Ways", "text": EVIL, "version": 1})

    assert (response.status_code, text(by_id(response, "written-text"))) == (410, EVIL)


def test_removed_text_of_a_private_topic_is_nothing_to_strangers(
    essay: Essay, alice: User, bob: User, charlie: User, log_in: LogIn
) -> None:
    essay.topic.revise(by=alice, visibility="private")
    essay.remove(by=bob)

    assert log_in(charlie).get(versions(essay)).status_code == 404


# -- passages that lost their place ------------------------------------------------------------------------------------


@pytest.fixture
def lost(essay: Essay, claim: Statement, alice: User, bob: User) -> Passage:
    """A passage of Alice's claim that an edit left without its place."""
    passage = quote(claim, essay, "Trains are full of people.", alice)
    essay.revise(by=bob, version=1, text="Buses are late. Our trains are rather full of tired people, often. Walk.")
    Passage.objects.update(lost=True, quote=passage.quote)
    return Passage.objects.get()


def guess_forms(response: Response) -> list[Element]:
    return [form for each in by_class(dom(response), "essay-guesses") for form in each.iter("form")]


def test_lost_passage_is_put_where_a_guess_says(lost: Passage, alice: User, log_in: LogIn) -> None:
    browser = log_in(alice)
    page = browser.get(place(lost))
    (form,) = guess_forms(page)
    sent = {each.get("name") or "": each.get("value") or "" for each in form.iter("input")}

    response = browser.post(place(lost), sent)

    lost.refresh_from_db()
    assert text(by_class(dom(page), "passage")[0]) == "Trains are full of people."
    assert (response.status_code, lost.lost) == (303, False)
    assert lost.quote == "Our trains are rather full of tired people, often."


def test_lost_passage_is_put_at_pasted_words(lost: Passage, alice: User, log_in: LogIn) -> None:
    response = log_in(alice).post(place(lost), {"passage": " “rather full” "})

    lost.refresh_from_db()
    assert (response.status_code, lost.quote, lost.lost) == (303, "rather full", False)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Paste the words of the text first."), ("Trams", "These words are not in the text as it is now.")],
)
def test_words_that_are_not_in_the_text_come_back(
    lost: Passage, alice: User, log_in: LogIn, typed: str, sentence: str
) -> None:
    response = log_in(alice).post(place(lost), {"passage": typed})

    assert response.status_code == 422
    assert sentence in errors(response)[0]
    assert Passage.objects.get().lost


def test_guess_of_a_text_that_was_edited_meanwhile_finds_the_same_words(
    lost: Passage, essay: Essay, alice: User, bob: User, log_in: LogIn
) -> None:
    essay.revise(by=bob, version=2, text="First of all: walk. Buses are late. Trains are rather full.")

    log_in(alice).post(place(lost), {"passage": "Buses are late.", "start": 0})

    lost.refresh_from_db()
    assert (lost.start, lost.quote, lost.lost) == (20, "Buses are late.", False)


def test_statement_says_that_its_passage_lost_its_place(
    lost: Passage, alice: User, charlie: User, log_in: LogIn
) -> None:
    for person, links in ((alice, [place(lost)]), (charlie, [])):
        page = log_in(person).get(lost.statement.get_absolute_url())
        (figure,) = by_class(dom(page), "passage")
        assert "lost its place" in text(figure)
        assert [a.get("href") for a in figure.iter("a") if "place" in (a.get("href") or "")] == links


def test_place_of_a_passage_is_its_authors_and_the_editors(
    lost: Passage, bob: User, charlie: User, log_in: LogIn
) -> None:
    for person in (bob, charlie):
        response = log_in(person).post(place(lost), {"passage": "Walk."})
        assert (response.status_code, Passage.objects.get().lost) == (403, True)
