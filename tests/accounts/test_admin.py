"""People, as those who run the site see them."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from accounts.models import User

LogIn = Callable[[User], Client]


def test_admin_has_no_door_of_its_own(client: Client, db: None) -> None:
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.request["PATH_INFO"] == reverse("account_login")


def test_admin_is_closed_to_others(log_in: LogIn, alice: User) -> None:
    assert log_in(alice).get(reverse("admin:index"), follow=True).status_code == 403


def test_admin_never_shows_what_proves_who_somebody_is(log_in: LogIn, alice: User, bob: User) -> None:
    alice.new_return_phrase()
    bob.is_staff = bob.is_superuser = True
    bob.save()
    client = log_in(bob)
    assert "alice" in client.get(reverse("admin:accounts_user_changelist")).text
    page = client.get(reverse("admin:accounts_user_change", args=[alice.pk])).text
    assert 'name="display_name"' in page
    assert str(alice.phrase_hash) not in page
    assert alice.password not in page
