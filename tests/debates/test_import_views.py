"""A file brought in through the pages: looked at first, stored whole or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from debates.formats.detecting import detect
from debates.formats.registry import FORMATS, READERS
from debates.models import Statement, Topic, Upload
from tests.conftest import LogIn
from tests.debates.formats.documents import full_document, small_document
from tests.factories import make_guest, make_member, make_topic
from tests.markup import by_class, dom, text, texts

if TYPE_CHECKING:
    from tests.markup import Response

pytestmark = pytest.mark.django_db

IMPORTS = "/imports/"


def sent(browser: Client, data: bytes, name: str = "map.json", **form: str) -> Response:
    return browser.post(IMPORTS, {"file": SimpleUploadedFile(name, data), **form})


def stored(browser: Client, preview: str, **form: str) -> str:
    address = preview.partition("?")[0] + "topic/"
    response = browser.post(address, {"title": "Brought in"} | form)
    assert response.status_code == 200
    return b"".join(response).decode()


@pytest.fixture
def browser(alice: User, log_in: LogIn) -> Client:
    return log_in(alice)


def test_file_is_looked_at_before_anything_is_stored(browser: Client, alice: User) -> None:
    response = sent(browser, FORMATS["json"].write(full_document()))

    assert response.status_code == 303
    assert not Topic.objects.exists()
    preview = browser.get(response["Location"])
    facts = texts(dom(preview), "facts")[0]
    assert "2 claims" in facts
    assert "4 arguments" in facts
    assert "1 link" in facts
    assert "1 source" in facts
    assert "School should begin at nine." in text(by_class(dom(preview), "import-lines")[0])


def test_file_becomes_a_topic_with_a_page_that_grows(browser: Client, alice: User) -> None:
    preview = sent(browser, FORMATS["json"].write(full_document()))["Location"]

    page = stored(browser, preview)

    topic = Topic.objects.get()
    assert (topic.title, topic.created_by, topic.statements.count()) == ("Brought in", alice, 7)
    assert topic.get_absolute_url() in page
    assert page.count("<li>") >= 5
    assert page.rstrip().endswith("</html>")
    assert not Upload.objects.exists()


def test_file_is_stored_once_however_often_the_form_is_sent(browser: Client) -> None:
    preview = sent(browser, FORMATS["json"].write(small_document()))["Location"]
    responses = [browser.post(preview + "topic/", {"title": "Brought in"}) for _time in range(2)]

    pages = [b"".join(response).decode() for response in responses]

    assert "It is all there." in pages[0]
    assert "stored already" in pages[1]
    assert Topic.objects.count() == 1


def test_text_is_pasted_and_its_format_found_out(browser: Client) -> None:
    response = browser.post(IMPORTS, {"text": FORMATS["json"].write(small_document()).decode()})

    assert response.status_code == 303
    assert Upload.objects.get().format == "json"


@pytest.mark.parametrize("name", list(READERS))
def test_every_format_that_is_read_is_found_out(name: str) -> None:
    data = FORMATS[name].write(small_document())

    assert detect(data, f"map.{FORMATS[name].extension}") == name


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{"format": "counterpoint", "version": 1,\n"topic": {', "No format that this site reads"),
        (b"\x89PNG\r\n\x1a\n\0\0", "No format that this site reads"),
        (b"Just a sentence without any sign.", "No format that this site reads"),
    ],
)
def test_file_that_nothing_reads_is_refused_with_a_way_out(browser: Client, data: bytes, sentence: str) -> None:
    response = sent(browser, data, "file.bin")

    assert response.status_code == 422
    assert sentence in text(by_class(dom(response), "error")[0])
    assert not Upload.objects.exists()


def test_broken_file_of_a_named_format_says_the_line_and_keeps_what_was_pasted(browser: Client) -> None:
    response = browser.post(IMPORTS, {"text": '{"a": 1,\n"b": ', "format": "json"})

    assert response.status_code == 422
    assert "Line 2: This is no JSON" in text(by_class(dom(response), "error")[0])
    assert '"b":' in "".join(each.text or "" for each in dom(response).iter("textarea"))


def test_nothing_sent_is_refused(browser: Client) -> None:
    response = browser.post(IMPORTS, {"text": " "[:0]})

    assert response.status_code == 422
    assert "Choose a file, or paste a text." in text(by_class(dom(response), "error")[0])


def test_preview_says_what_was_not_taken_as_it_stands(browser: Client) -> None:
    rows = '[{"id": 1, "text": "A"}, {"id": 2, "parent": 3, "text": "B"}, {"id": 3, "parent": 2, "text": "C"}]'
    data = f'{{"format": "counterpoint", "version": 1, "topic": {{"title": "T"}}, "statements": {rows}}}'

    preview = browser.get(sent(browser, data.encode())["Location"])

    notes = text(by_class(dom(preview), "import-notes")[0])
    assert "cut: “B” stood below itself" in notes
    assert "which way" in notes


def test_title_is_asked_for_and_nothing_is_stored_without(browser: Client) -> None:
    preview = sent(browser, FORMATS["json"].write(small_document()))["Location"]

    response = browser.post(preview + "topic/", {"title": " "})

    assert response.status_code == 422
    assert not Topic.objects.exists()
    assert Upload.objects.exists()


def test_file_is_added_to_a_topic_of_ones_own(browser: Client, alice: User) -> None:
    topic = make_topic(alice)

    preview = sent(browser, FORMATS["json"].write(small_document()), into=topic.slug)["Location"]
    page = stored(browser, preview, into=topic.slug)

    assert "It is all there." in page
    assert Topic.objects.count() == 1
    assert topic.statements.count() == 6
    assert topic.changes.order_by("-number")[0].verb == "import"


def test_refused_import_says_so_and_stores_nothing(browser: Client, alice: User, settings: Any) -> None:
    topic = make_topic(alice)
    preview = sent(browser, FORMATS["json"].write(small_document()), into=topic.slug)["Location"]
    settings.WRITES_PER_MINUTE = 1

    page = stored(browser, preview, into=topic.slug)

    assert "Nothing was stored." in page
    assert "in one minute" in page
    assert not Statement.objects.exists()
    assert Upload.objects.exists()


@pytest.mark.parametrize("role", ["writer", "viewer"])
def test_who_may_not_edit_adds_nothing(browser: Client, bob: User, alice: User, role: str) -> None:
    topic = make_topic(bob)
    make_member(topic, alice, role)

    assert sent(browser, FORMATS["json"].write(small_document()), into=topic.slug).status_code == 403
    assert not Upload.objects.exists()


def test_outsider_does_not_learn_of_a_private_topic(browser: Client, bob: User) -> None:
    topic = make_topic(bob)

    assert browser.get(IMPORTS, {"into": topic.slug}).status_code == 404


def test_guests_and_visitors_are_told_that_it_needs_an_account(log_in: LogIn) -> None:
    assert Client().get(IMPORTS)["Location"].startswith("/accounts/login/")
    assert log_in(make_guest()).get(IMPORTS).status_code == 403


def test_file_of_another_is_not_found(browser: Client, bob: User, log_in: LogIn) -> None:
    preview = sent(browser, FORMATS["json"].write(small_document()))["Location"]

    assert log_in(bob).get(preview).status_code == 404
    assert log_in(bob).post(preview + "topic/", {"title": "Mine now"}).status_code == 404


def test_only_the_newest_file_is_kept_and_none_for_more_than_a_day(browser: Client, bob: User) -> None:
    Upload.objects.create(user=bob, format="json", content=b"", created=timezone.now() - timedelta(days=2))

    sent(browser, FORMATS["json"].write(small_document()), "one.json")
    sent(browser, FORMATS["json"].write(small_document()), "two.json")

    assert list(Upload.objects.values_list("file_name", flat=True)) == ["two.json"]


def test_files_older_than_a_day_are_cleared(bob: User) -> None:
    Upload.objects.create(user=bob, format="json", content=b"old", created=timezone.now() - timedelta(days=2))
    Upload.objects.create(user=bob, format="json", content=b"new")

    call_command("clear_expired")

    assert [bytes(content) for content in Upload.objects.values_list("content", flat=True)] == [b"new"]


def test_file_that_is_too_large_is_refused(browser: Client) -> None:
    response = sent(browser, b"[" * 10_000_001, "big.json")

    assert response.status_code == 422
    assert "larger than 10 MB" in text(by_class(dom(response), "error")[0])
