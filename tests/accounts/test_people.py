"""Who people are: accounts, guests, and the six words that bring them back."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from accounts.models import User
from accounts.names import clean_name
from accounts.phrases import make_phrase, read_phrase, unknown_words, words_by_prefix

PHRASE = "raccoon banana crumble blush blade small"


def test_guest_has_no_password_no_name_and_an_unguessable_user_name(db: None) -> None:
    one, other = User.objects.create_guest(), User.objects.create_guest()
    assert one.is_guest
    assert not one.has_usable_password()
    assert one.shown_name == ""
    assert str(one) == "Guest"
    assert one.username.startswith("guest-")
    assert len(one.username) == len("guest-") + 32
    assert one.username != other.username


@pytest.mark.parametrize("field", ["email", "display_name"])
def test_guest_cannot_say_who_they_are_even_in_raw_sql(db: None, field: str) -> None:
    guest = User.objects.create_guest()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=guest.pk).update(**{field: "alice@school.example"})


def test_guest_cannot_be_staff(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=User.objects.create_guest().pk).update(is_staff=True)


def test_user_name_is_taken_whatever_the_case(alice: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ALICE")


def test_shown_name_is_the_chosen_one_or_the_user_name(alice: User) -> None:
    assert alice.shown_name == "alice"
    alice.rename("Alice A.")
    assert User.objects.get(pk=alice.pk).shown_name == "Alice A."


def test_phrase_brings_its_person_back_and_no_one_else(alice: User, bob: User) -> None:
    phrase = alice.new_return_phrase()
    bob.new_return_phrase()
    assert User.objects.by_return_phrase(phrase) == alice


def test_phrase_is_not_stored(alice: User) -> None:
    phrase = alice.new_return_phrase()
    stored = User.objects.filter(pk=alice.pk).values().get()
    assert len(str(stored["phrase_hash"])) == 64
    assert not any(word in str(stored["phrase_hash"]) for word in phrase.split())


def test_new_phrase_ends_the_old_one(alice: User) -> None:
    old = alice.new_return_phrase()
    new = alice.new_return_phrase()
    assert User.objects.by_return_phrase(old) is None
    assert User.objects.by_return_phrase(new) == alice


def test_phrase_of_a_closed_account_opens_nothing(alice: User) -> None:
    phrase = alice.new_return_phrase()
    User.objects.update(is_active=False)
    assert User.objects.by_return_phrase(phrase) is None


def test_phrase_still_works_under_a_retired_key(alice: User, settings: Settings) -> None:
    phrase = alice.new_return_phrase()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key"
    assert User.objects.by_return_phrase(phrase) == alice


def test_phrase_hash_depends_on_the_key(alice: User, settings: Settings) -> None:
    phrase = alice.new_return_phrase()
    settings.SECRET_KEY = "another key"
    assert User.objects.by_return_phrase(phrase) is None


def test_phrase_has_six_words_of_two_thousand() -> None:
    drawn = [make_phrase().split() for _ in range(50)]
    assert {len(words) for words in drawn} == {6}
    assert len(words_by_prefix()) == 2048
    assert len({tuple(words) for words in drawn}) == 50


@pytest.mark.parametrize(
    "typed",
    [
        PHRASE,
        "  Raccoon BANANA\tcrumble\nblush  blade small ",
        "raccoon-banana-crumble-blush-blade-small",
        "racc bana crum blus blad smal",
        "1. raccoon, 2. banana, 3. crumble, 4. blush, 5. blade, 6. small".replace(".", "").translate(
            {ord(digit): None for digit in "123456"}
        ),
    ],
)
def test_phrase_is_read_whatever_its_shape(typed: str) -> None:
    assert read_phrase(typed) == PHRASE


@pytest.mark.parametrize(
    "typed", ["", "raccoon", PHRASE + " zoo", PHRASE.replace("small", "smxxl"), "🙂 " * 6, "rac ban cru blu bla sma"]
)
def test_phrase_that_cannot_be_one_is_not_read(typed: str) -> None:
    assert read_phrase(typed) is None


def test_unknown_words_are_named() -> None:
    assert unknown_words("raccoon bananna qwerty Blush") == ["qwerty"]


def test_upgrade_keeps_the_person_and_their_words(db: None) -> None:
    guest = User.objects.create_guest()
    phrase = guest.new_return_phrase()
    guest.upgrade(username="dora", password="a long enough one", email="dora@school.example")
    dora = User.objects.get(username="dora")
    assert dora.pk == guest.pk
    assert not dora.is_guest
    assert dora.shown_name == "dora"
    assert authenticate(username="dora", password="a long enough one") == dora
    assert User.objects.by_return_phrase(phrase) == dora
    assert EmailAddress.objects.get(user=dora).email == "dora@school.example"


def test_change_of_email_leaves_one_address(alice: User) -> None:
    alice.change_email("one@school.example")
    alice.change_email("two@school.example")
    assert list(EmailAddress.objects.values_list("email", "primary")) == [("two@school.example", True)]
    alice.change_email("")
    assert not EmailAddress.objects.exists()


def test_name_is_kept_in_one_form_and_on_one_line() -> None:
    assert clean_name("  Zoe\u0308 \n Müller ") == "Zoë Müller"


@pytest.mark.parametrize(
    "name", ["a\u202eb", "a\u200bb", "a\x00b", "e" + "\u0301" * 5, "\ufeffalice", "\u3164", "a\u2800b", "\u115f\u1160"]
)
def test_name_with_tricks_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        clean_name(name)
