"""Forgotten and changed passwords, and the letters about them."""

from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.test_entrance import without_token
from tests.conftest import PASSWORD


def test_password_letter_goes_to_the_account_and_its_link_works_once(
    client: Client, alice: User, mailoutbox: list[EmailMessage]
) -> None:
    alice.change_email("alice@school.example")
    client.post(reverse("account_reset_password"), {"email": "Alice@school.example"})
    (letter,) = mailoutbox
    assert (letter.subject, letter.to) == ("A new password", ["alice@school.example"])
    assert "“alice”" in letter.body
    link = next(line for line in letter.body.splitlines() if "/password/reset/key/" in line)
    page = client.get(link, follow=True)
    new = {"password1": "quite another sentence"}
    assert client.post(page.request["PATH_INFO"], {"password1": "short"}).status_code == 422
    assert "Your password is changed" in client.post(page.request["PATH_INFO"], new, follow=True).text
    alice.refresh_from_db()
    assert alice.check_password(new["password1"])
    assert "no longer works" in Client().get(link, follow=True).text
    assert [sent.subject for sent in mailoutbox] == ["A new password", "Your password was changed"]


def test_password_reset_answers_the_same_for_a_known_and_an_unknown_address(
    client: Client, alice: User, mailoutbox: list[EmailMessage]
) -> None:
    alice.change_email("alice@school.example")
    answers = []
    for email in ("alice@school.example", "nobody@school.example"):
        answer = client.post(reverse("account_reset_password"), {"email": email})
        answers.append((answer.status_code, answer["Location"], without_token(client.get(answer["Location"]).text)))
    assert answers[0] == answers[1]
    assert [letter.to for letter in mailoutbox] == [["alice@school.example"], ["nobody@school.example"]]
    assert "There is none" in mailoutbox[1].body


def test_letters_are_plain_text_without_addresses_of_machines(
    client: Client, alice: User, mailoutbox: list[EmailMessage]
) -> None:
    alice.change_email("alice@school.example")
    client.force_login(alice)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "quite another sentence"})
    (letter,) = mailoutbox
    assert letter.content_subtype == "plain"
    assert not getattr(letter, "alternatives", [])
    assert "127.0.0.1" not in letter.body
