"""My account: what it is called, where it is open, how it ends."""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts.models import Session, User
from tests.conftest import PASSWORD

LogIn = Callable[[User], Client]
ACTS = ["guest", "theme", "shortcuts", "sessions-end"]
FORMS = ["profile", "return-phrase", "upgrade", "account-delete", "phrase-login", "account_login", "account_signup"]
POSTS = [*ACTS, *FORMS, "account_logout", "account_change_password", "account_reset_password"]
MINE = ["account-home", "profile", "return-phrase", "upgrade", "account-delete", "data-download", "data-download-html"]


@pytest.mark.parametrize("name", [*MINE, "account_change_password"])
def test_own_pages_ask_the_anonymous_to_sign_in(client: Client, db: None, name: str) -> None:
    answer = client.get(reverse(name))
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={reverse(name)}")


@pytest.mark.parametrize("name", ACTS)
def test_what_acts_takes_no_get(log_in: LogIn, alice: User, name: str) -> None:
    assert log_in(alice).get(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", ["account-home", "data-download", "data-download-html"])
def test_what_shows_takes_no_post(log_in: LogIn, alice: User, name: str) -> None:
    assert log_in(alice).post(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", POSTS)
def test_no_post_without_its_token(alice: User, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.post(reverse(name), {"password": PASSWORD}).status_code == 403
    assert User.objects.filter(pk=alice.pk).exists()


@pytest.mark.parametrize("path", ["email/", "confirm-email/", "confirm-email/x/", "reauthenticate/", "login/code/"])
def test_pages_without_use_here_are_closed(client: Client, db: None, path: str) -> None:
    assert client.get(reverse("account-home") + path).status_code == 404


def test_home_shows_an_account_its_own_things(log_in: LogIn, alice: User) -> None:
    alice.rename("Alice <b>A.</b>")
    page = log_in(alice).get(reverse("account-home")).text
    assert "Alice &lt;b&gt;A.&lt;/b&gt;" in page
    assert "<b>A." not in page
    for name in ("profile", "account_change_password", "return-phrase", "data-download", "account-delete"):
        assert reverse(name) in page
    assert reverse("upgrade") not in page


def test_home_shows_a_guest_the_way_to_an_account(log_in: LogIn, db: None) -> None:
    guest = User.objects.create_guest()
    page = log_in(guest).get(reverse("account-home")).text
    assert reverse("upgrade") in page
    assert reverse("profile") not in page
    assert guest.username not in page


@pytest.mark.parametrize("name", ["profile", "account_change_password", "account_set_password"])
def test_guest_is_led_from_pages_of_accounts_to_their_own(log_in: LogIn, db: None, name: str) -> None:
    answer = log_in(User.objects.create_guest()).get(reverse(name), follow=True)
    assert answer.request["PATH_INFO"] in (reverse("upgrade"), reverse("account-home"))


def test_profile_changes_the_name_shown(log_in: LogIn, alice: User) -> None:
    answer = log_in(alice).post(reverse("profile"), {"display_name": "  Alice   A. ", "email": ""}, follow=True)
    assert "Saved." in answer.text
    alice.refresh_from_db()
    assert alice.display_name == "Alice A."


def test_profile_refuses_a_name_with_tricks_and_shows_it_again(log_in: LogIn, alice: User) -> None:
    page = log_in(alice).post(reverse("profile"), {"display_name": "Ali\u202ece", "email": ""})
    assert page.status_code == 422
    assert 'id="id_display_name_error"' in page.text
    assert "Ali\u202ece" in page.text
    alice.refresh_from_db()
    assert alice.display_name == ""


@pytest.mark.parametrize("name", ["Ms Miller", "ms. MILLER", "Ms\u00a0Mïller", "ＭＳ ＭＩＬＬＥＲ", "b_o-b", "Bób"])
def test_profile_refuses_the_name_of_somebody_else(log_in: LogIn, alice: User, bob: User, name: str) -> None:
    bob.rename("Ms. Miller")
    page = log_in(alice).post(reverse("profile"), {"display_name": name, "email": ""})
    assert page.status_code == 422
    assert "Somebody else goes by this name" in page.text
    assert 'id="id_display_name_error"' in page.text
    alice.refresh_from_db()
    assert alice.display_name == ""


@pytest.mark.parametrize("name", ["Alice", "Ms Millers", "", "🙂", "guest"])
def test_profile_takes_a_name_that_is_nobody_elses(log_in: LogIn, alice: User, bob: User, name: str) -> None:
    bob.rename("Ms. Miller")
    User.objects.create_guest()
    assert log_in(alice).post(reverse("profile"), {"display_name": name, "email": ""}).status_code == 302
    alice.refresh_from_db()
    assert alice.display_name == name


def test_profile_keeps_a_name_that_was_there_before_somebody_elses(log_in: LogIn, alice: User, bob: User) -> None:
    User.objects.filter(pk__in=[alice.pk, bob.pk]).update(display_name="Ms. Miller")
    assert log_in(alice).post(reverse("profile"), {"display_name": "Ms. Miller", "email": ""}).status_code == 302


def test_profile_takes_nothing_but_its_fields(log_in: LogIn, alice: User) -> None:
    form = {
        "display_name": "A",
        "email": "",
        "username": "root",
        "is_staff": "on",
        "is_superuser": "on",
        "is_guest": "",
    }
    log_in(alice).post(reverse("profile"), form)
    alice.refresh_from_db()
    assert (alice.username, alice.is_staff, alice.is_superuser) == ("alice", False, False)


@pytest.mark.parametrize("password", ["", "wrong"])
def test_email_changes_only_with_the_password(log_in: LogIn, alice: User, password: str) -> None:
    form = {"display_name": "", "email": "new@school.example", "password": password}
    page = log_in(alice).post(reverse("profile"), form)
    assert page.status_code == 422
    assert "not your password" in page.text
    alice.refresh_from_db()
    assert alice.email == ""


def test_email_changes_with_the_password_and_the_old_address_is_told(
    log_in: LogIn, alice: User, mailoutbox: list[EmailMessage]
) -> None:
    alice.change_email("old@school.example")
    form = {"display_name": "", "email": "New@school.example", "password": PASSWORD}
    assert log_in(alice).post(reverse("profile"), form).status_code == 302
    alice.refresh_from_db()
    assert alice.email == "new@school.example"
    (letter,) = mailoutbox
    assert letter.to == ["old@school.example"]
    assert "new@school.example" in letter.body


def test_password_changes_and_ends_the_other_sessions(log_in: LogIn, alice: User) -> None:
    here, there = log_in(alice), log_in(alice)
    form = {"oldpassword": PASSWORD, "password1": "quite another sentence"}
    assert here.post(reverse("account_change_password"), form)["Location"] == reverse("account-home")
    assert here.get(reverse("account-home")).status_code == 200
    assert there.get(reverse("account-home")).status_code == 302


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"oldpassword": "wrong", "password1": "quite another sentence"}, "oldpassword"),
        ({"oldpassword": PASSWORD, "password1": "alice123"}, "password1"),
        ({"oldpassword": PASSWORD, "password1": ""}, "password1"),
    ],
)
def test_password_change_points_to_the_mistake(log_in: LogIn, alice: User, form: dict[str, str], field: str) -> None:
    page = log_in(alice).post(reverse("account_change_password"), form)
    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.text


def test_sessions_end_everywhere_else(log_in: LogIn, alice: User, bob: User) -> None:
    here, there, bobs = log_in(alice), log_in(alice), log_in(bob)
    assert "Signed in on 1 other device." in here.get(reverse("account-home")).text
    here.post(reverse("sessions-end"))
    assert there.get(reverse("account-home")).status_code == 302
    assert here.get(reverse("account-home")).status_code == 200
    assert bobs.get(reverse("account-home")).status_code == 200


def test_sessions_end_in_the_cache_too(log_in: LogIn, alice: User, settings: Settings) -> None:
    settings.SESSION_ENGINE = "accounts.cached_sessions"
    here, there = log_in(alice), log_in(alice)
    assert there.get(reverse("account-home")).status_code == 200
    here.post(reverse("sessions-end"))
    assert there.get(reverse("account-home")).status_code == 302
    assert here.get(reverse("account-home")).status_code == 200
    assert Session.objects.filter(user=alice).count() == 1


def test_sessions_know_whose_they_are(log_in: LogIn, alice: User, client: Client) -> None:
    log_in(alice)
    client.session.save()
    assert Session.objects.get(user=alice).get_decoded()["_auth_user_id"] == str(alice.pk)


def test_session_key_changes_when_somebody_signs_in(client: Client, alice: User) -> None:
    client.get(reverse("account_login"))
    session = client.session
    session["kept"] = "draft"
    session.save()
    before = session.session_key
    client.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})
    assert client.session.session_key != before
    assert client.session["kept"] == "draft"
    assert not Session.objects.filter(pk=before).exists()
