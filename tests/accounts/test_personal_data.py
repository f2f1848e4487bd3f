"""What this site holds about a person: taken along, or erased."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime

import html5lib
import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import personal_data
from accounts.models import Session, User
from accounts.personal_data import Section
from tests.conftest import PASSWORD

LogIn = Callable[[User], Client]


class Notes:
    """An app that holds notes."""

    name = "notes"

    def __init__(self) -> None:
        self.erased: list[int] = []
        self.fails = 0

    def export(self, user: User) -> list[Section]:
        rows = [{"text": "<b>Hej</b> & hå", "votes": 0, "open": True, "at": None}] if user.username == "alice" else []
        return [Section("notes", "My notes", {"text": "Text", "votes": "Votes", "open": "Open", "at": "When"}, rows)]

    def erase(self, user: User) -> None:
        if self.fails:
            self.fails -= 1
            raise IntegrityError("somebody is posting")
        self.erased.append(user.pk)


@pytest.fixture
def notes() -> Iterator[Notes]:
    holder = Notes()
    personal_data.register(holder)
    yield holder
    personal_data.holders.remove(holder)


def test_json_tells_all_thatholders_hold(log_in: LogIn, alice: User, notes: Notes) -> None:
    alice.change_email("alice@school.example")
    answer = log_in(alice).get(reverse("data-download"))
    assert answer["Content-Disposition"] == 'attachment; filename="counterpoint-my-data.json"'
    data = json.loads(answer.content)
    assert (data["format"], data["version"]) == ("counterpoint-personal-data", 1)
    (account,) = data["account"]["account"]["rows"]
    assert (account["user_name"], account["email"], account["guest"]) == ("alice", "alice@school.example", False)
    assert account["browsers_signed_in"] == 1
    assert datetime.fromisoformat(account["joined"]) <= timezone.now()
    assert data["notes"]["notes"]["rows"] == [{"text": "<b>Hej</b> & hå", "votes": 0, "open": True, "at": None}]


def test_json_holds_nothing_that_opens_the_account(log_in: LogIn, alice: User) -> None:
    phrase = alice.new_return_phrase()
    text = log_in(alice).get(reverse("data-download")).text
    assert alice.password not in text
    assert str(alice.phrase_hash) not in text
    assert phrase not in text
    assert not any(session.session_key in text for session in Session.objects.all())


def test_data_is_only_ever_mine(log_in: LogIn, alice: User, bob: User, notes: Notes) -> None:
    assert "alice" not in log_in(bob).get(reverse("data-download")).text
    assert "Hej" not in log_in(bob).get(reverse("data-download-html")).text


def test_html_opens_without_the_site_and_runs_nothing(log_in: LogIn, alice: User, notes: Notes) -> None:
    answer = log_in(alice).get(reverse("data-download-html"))
    assert answer["Content-Disposition"] == 'attachment; filename="counterpoint-my-data.html"'
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)
    tags = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "link", "img", "iframe", "form", "a", "b"}
    assert "&lt;b&gt;Hej&lt;/b&gt; &amp; hå" in answer.text
    values = dict(zip((dt.text for dt in page.iter("dt")), (dd.text for dd in page.iter("dd")), strict=True))
    assert (values["User name"], values["Votes"], values["Open"], values["When"]) == ("alice", "0", "yes", "–")


def test_delete_says_what_goes_and_what_stays(log_in: LogIn, alice: User) -> None:
    page = log_in(alice).get(reverse("account-delete")).text
    assert "What others answered stays as by a former participant" in page
    assert User.objects.filter(pk=alice.pk).exists()


@pytest.mark.parametrize("form", [{}, {"password": ""}, {"password": "wrong"}, {"word": "DELETE"}])
def test_delete_of_an_account_needs_its_password(log_in: LogIn, alice: User, form: dict[str, str]) -> None:
    page = log_in(alice).post(reverse("account-delete"), form)
    assert page.status_code == 422
    assert 'id="id_password_error"' in page.text
    assert User.objects.filter(pk=alice.pk).exists()


@pytest.mark.parametrize(("word", "status"), [("", 422), ("yes", 422), (" delete ", 302), ("DELETE", 302)])
def test_delete_of_a_guest_needs_the_word(log_in: LogIn, db: None, word: str, status: int) -> None:
    guest = User.objects.create_guest()
    assert log_in(guest).post(reverse("account-delete"), {"word": word}).status_code == status
    assert User.objects.exists() == (status == 422)


def test_delete_leaves_no_row_with_the_name_the_email_or_the_id(
    log_in: LogIn, alice: User, bob: User, notes: Notes
) -> None:
    alice.change_email("alice@school.example")
    alice.rename("Ms Wonderland")
    alice.new_return_phrase()
    LogEntry.objects.log_actions(bob.pk, [alice], CHANGE, "renamed")
    LogEntry.objects.log_actions(alice.pk, [bob], CHANGE, "closed")
    here, there = log_in(alice), log_in(alice)
    pk, phrase_hash = alice.pk, str(alice.phrase_hash)
    assert rows_with(pk, "alice", "wonderland", phrase_hash)

    answer = here.post(reverse("account-delete"), {"password": PASSWORD}, follow=True)

    assert "Your account and your data are deleted" in answer.text
    assert rows_with(pk, "alice", "wonderland", phrase_hash) == []
    assert notes.erased == [pk]
    assert there.get(reverse("account-home")).status_code == 302
    assert User.objects.get() == bob


def rows_with(pk: int, *words: str) -> list[str]:
    """Every row of every table that points to this person or holds one of the words."""
    found = []
    for model in apps.get_models():
        for row in model._default_manager.all():
            texts = [str(row.serializable_value(field.attname)).lower() for field in model._meta.concrete_fields]
            points = any(
                isinstance(field, models.ForeignKey)
                and field.related_model is User
                and row.serializable_value(field.attname) == pk
                for field in model._meta.concrete_fields
            )
            held = isinstance(row, Session) and row.get_decoded().get("_auth_user_id") == str(pk)
            logged = isinstance(row, LogEntry) and (row.content_type, row.object_id) == (
                ContentType.objects.get_for_model(User),
                str(pk),
            )
            if points or held or logged or any(word in text for word in words for text in texts):
                found.append(f"{model.__name__} {row.pk}")
    return found


def test_erase_starts_again_when_somebody_is_posting(alice: User, notes: Notes) -> None:
    notes.fails = 2
    personal_data.erase(alice)
    assert not User.objects.exists()


def test_erase_that_cannot_finish_takes_nothing(log_in: LogIn, alice: User, notes: Notes) -> None:
    log_in(alice)
    notes.fails = 99
    with pytest.raises(IntegrityError):
        personal_data.erase(alice)
    assert User.objects.get() == alice
    assert Session.objects.filter(user=alice).exists()
