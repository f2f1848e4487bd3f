"""Coming in and going out."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts.models import User
from tests.conftest import PASSWORD

LogIn = Callable[[User], Client]
NEW = {"username": "dora", "email": "", "password1": "four words make one"}


def me(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_login_page_has_three_doors_and_none_for_guests(client: Client, db: None) -> None:
    page = client.get(reverse("account_login"))
    assert page.status_code == 200
    for door in ("account_login", "phrase-login"):
        assert f'action="{reverse(door)}"' in page.text
    assert reverse("account_signup") in page.text
    assert f'action="{reverse("guest")}"' not in page.text


@pytest.mark.parametrize("login", ["alice", "ALICE", "alice@school.example", "Alice@School.example"])
def test_login_takes_the_name_or_the_email(client: Client, alice: User, login: str) -> None:
    alice.change_email("alice@school.example")
    answer = client.post(reverse("account_login"), {"login": login, "password": PASSWORD, "next": "/help/"})
    assert (answer.status_code, answer["Location"]) == (302, "/help/")
    assert me(client) == str(alice.pk)


def test_login_ends_with_the_browser_unless_asked_to_stay(client: Client, alice: User) -> None:
    client.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})
    assert client.session.get_expire_at_browser_close()
    client.logout()
    client.post(reverse("account_login"), {"login": "alice", "password": PASSWORD, "remember": "on"})
    assert not client.session.get_expire_at_browser_close()


def test_login_answers_the_same_for_a_wrong_password_and_for_nobody(client: Client, alice: User) -> None:
    alice.change_email("alice@school.example")
    pages = []
    for login in ("alice", "nobody", "alice@school.example", "nobody@school.example"):
        page = client.post(reverse("account_login"), {"login": login, "password": "wrong"})
        assert page.status_code == 422
        pages.append(without_token(page.text).replace(f'value="{login}"', ""))
    assert len(set(pages)) == 1
    assert "do not belong together" in pages[0]


def test_login_points_to_the_mistake(client: Client, alice: User) -> None:
    page = client.post(reverse("account_login"), {"login": "alice", "password": "wrong"}).text
    field = page[page.index('<input type="password"') :].split(">")[0]
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_password_error"' in field
    assert "autofocus" in field
    assert 'id="id_password_error"' in page
    assert "wrong" not in field


def test_login_is_narrow_for_one_account_after_five_wrong_passwords(client: Client, alice: User, bob: User) -> None:
    for _ in range(5):
        client.post(reverse("account_login"), {"login": "alice", "password": "wrong"})
    page = client.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})
    assert page.status_code == 422
    assert "Too many wrong tries" in page.text
    assert client.post(reverse("account_login"), {"login": "bob", "password": PASSWORD}).status_code == 302


def test_login_of_thirty_pupils_from_one_school_is_not_limited(db: None) -> None:
    User.objects.bulk_create([User(username=f"pupil{n}") for n in range(30)])
    for pupil in User.objects.all():
        pupil.set_password(PASSWORD)
        pupil.save()
    for n in range(30):
        answer = Client().post(reverse("account_login"), {"login": f"pupil{n}", "password": PASSWORD})
        assert answer.status_code == 302


def test_login_sends_those_with_an_account_on(log_in: LogIn, alice: User) -> None:
    answer = log_in(alice).get(reverse("account_login"), {"next": "/help/"})
    assert (answer.status_code, answer["Location"]) == (302, "/help/")


def test_login_lets_a_guest_in_and_warns_them_first(log_in: LogIn, alice: User, db: None) -> None:
    guest = log_in(User.objects.create_guest())
    assert "guest without a return phrase" in guest.get(reverse("account_login")).text
    guest.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})
    assert me(guest) == str(alice.pk)


def test_closed_account_is_told_so(client: Client, alice: User) -> None:
    User.objects.update(is_active=False)
    answer = client.post(reverse("account_login"), {"login": "alice", "password": PASSWORD}, follow=True)
    assert "This account is closed" in answer.text
    assert me(client) is None


def test_signup_needs_a_name_and_a_password_only(client: Client, db: None) -> None:
    answer = client.post(reverse("account_signup"), NEW | {"next": "/help/"})
    assert (answer.status_code, answer["Location"]) == (302, "/help/")
    dora = User.objects.get()
    assert (dora.username, dora.email, dora.is_guest, me(client)) == ("dora", "", False, str(dora.pk))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("username", "", "This cannot stay empty"),
        ("username", "Alice", "This user name is taken"),
        ("username", "a b", "without spaces"),
        ("username", "a@b.example", "without spaces"),
        ("username", "guest-1", "given to guests"),
        ("username", "x" * 41, "At most 40"),
        ("email", "no address", "valid email"),
        ("password1", "short", "too short"),
        ("password1", "password1", "too common"),
        ("password1", "82736482736", "numeric"),
    ],
)
def test_signup_says_at_the_field_what_is_wrong(client: Client, alice: User, field: str, value: str, says: str) -> None:
    page = client.post(reverse("account_signup"), NEW | {field: value})
    assert page.status_code == 422
    error = page.text[page.text.index(f'id="id_{field}_error"') :].split("</span>")[0]
    assert says in error
    assert User.objects.count() == 1


def test_signup_takes_a_password_of_64_characters(client: Client, db: None) -> None:
    client.post(reverse("account_signup"), NEW | {"password1": "ü" * 64})
    assert User.objects.get().check_password("ü" * 64)


def test_signup_does_not_tell_whether_an_email_is_known(client: Client, alice: User) -> None:
    alice.change_email("alice@school.example")
    answer = client.post(reverse("account_signup"), NEW | {"email": "alice@school.example"})
    assert answer.status_code == 302
    assert User.objects.filter(email="alice@school.example").count() == 2


def test_signup_of_a_guest_keeps_the_guest(log_in: LogIn, db: None) -> None:
    guest = User.objects.create_guest()
    answer = log_in(guest).post(reverse("account_signup"), NEW)
    assert answer.status_code == 302
    assert User.objects.get().pk == guest.pk
    assert User.objects.get().username == "dora"


def test_logout_is_asked_by_get_and_done_by_post(log_in: LogIn, alice: User) -> None:
    client = log_in(alice)
    assert "Sign out?" in client.get(reverse("account_logout")).text
    assert me(client) == str(alice.pk)
    assert client.post(reverse("account_logout")).status_code == 302
    assert me(client) is None


def test_logout_asks_a_guest_without_words_first(log_in: LogIn, db: None) -> None:
    guest = User.objects.create_guest()
    client = log_in(guest)
    assert "Make a return phrase first" in client.post(reverse("account_logout")).text
    assert me(client) == str(guest.pk)
    client.post(reverse("account_logout"), {"sure": "yes"})
    assert me(client) is None


def test_logout_lets_a_guest_with_words_go(log_in: LogIn, db: None) -> None:
    guest = User.objects.create_guest()
    guest.new_return_phrase()
    client = log_in(guest)
    client.post(reverse("account_logout"))
    assert me(client) is None


def test_guest_goes_on_where_they_were(client: Client, db: None) -> None:
    answer = client.post(reverse("guest"), {"next": "/help/"})
    assert (answer.status_code, answer["Location"]) == (302, "/help/")
    assert User.objects.get().is_guest
    assert me(client) == str(User.objects.get().pk)


def test_guest_is_made_once(client: Client, db: None) -> None:
    client.post(reverse("guest"))
    client.post(reverse("guest"))
    assert User.objects.count() == 1


def test_guests_in_a_burst_are_slowed_down(db: None, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"guest": "3/m/ip"}
    statuses = [Client().post(reverse("guest")).status_code for _ in range(4)]
    assert statuses == [302, 302, 302, 429]
    assert User.objects.count() == 3


def test_upgrade_keeps_the_person_and_the_session(log_in: LogIn, db: None) -> None:
    guest = User.objects.create_guest()
    client = log_in(guest)
    assert "six words" in client.get(reverse("upgrade")).text
    answer = client.post(reverse("upgrade"), NEW | {"email": "dora@school.example", "next": "/help/"})
    assert (answer.status_code, answer["Location"]) == (302, "/help/")
    dora = User.objects.get()
    assert (dora.pk, dora.username, dora.email) == (guest.pk, "dora", "dora@school.example")
    assert client.get(reverse("account-home")).status_code == 200


def test_upgrade_refuses_a_taken_name_and_keeps_what_was_typed(log_in: LogIn, alice: User) -> None:
    page = log_in(User.objects.create_guest()).post(
        reverse("upgrade"), NEW | {"username": "ALICE", "email": "dora@school.example"}
    )
    assert page.status_code == 422
    assert "This user name is taken" in page.text
    assert 'value="dora@school.example"' in page.text


def test_upgrade_is_nothing_for_an_account(log_in: LogIn, alice: User) -> None:
    answer = log_in(alice).post(reverse("upgrade"), NEW)
    assert (answer.status_code, answer["Location"]) == (302, reverse("account-home"))
    assert User.objects.get().username == "alice"


def without_token(text: str) -> str:
    """The page but for what differs in any two answers: the token against forged posts, where the mark stands."""
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)
