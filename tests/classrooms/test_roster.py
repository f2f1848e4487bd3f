"""The roster: how a pasted list is read, stored and printed, and a guest who turns out to be on it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from classrooms.models import Classroom, LookKind, Pupil
from classrooms.roster import LONGEST, read_roster
from debates.models import Membership, Refused, Statement, Vote
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.factories import make_guest
from tests.markup import by_id, dom, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from django.test import Client

    from tests.conftest import LogIn

# -- reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        ("Ada L.\nBen K.\n", ["Ada L.", "Ben K."]),
        ("\ufeffAda L.\r\n\r\n  Ben   K. \r\n", ["Ada L.", "Ben K."]),
        ("Lovelace, Ada\nKant, Ben", ["Lovelace, Ada", "Kant, Ben"]),
        ("name\nAda L.", ["Ada L."]),
        ("first,last\nAda,Lovelace\nBen,\n", ["Ada Lovelace", "Ben"]),
        ("Family name,Given name\nLovelace,Ada", ["Ada Lovelace"]),
        ("Nachname;Vorname;Klasse\nLovelace;Ada;9b", ["Ada Lovelace"]),
        ('ID,Student\n7,"Lovelace, Ada"\n8,"Kant ""Ben"" K."', ["Lovelace, Ada", 'Kant "Ben" K.']),
        ("First name\tLast name\nAda\tLovelace", ["Ada Lovelace"]),
        ("Ada\tLovelace\nBen\tKant", ["Ada Lovelace", "Ben Kant"]),
        ("=HYPERLINK(1)\n@x", ["=HYPERLINK(1)", "@x"]),
        ('"Ada', ['"Ada']),
        ("\u202eAda\u200b L.\x00", ["Ada L."]),
        ("", []),
        ("name\n\n", []),
    ],
)
def test_list_is_read_as_people_paste_it(pasted: str, names: list[str]) -> None:
    assert read_roster(pasted).names == names


def test_list_is_sorted_into_what_is_clear_and_what_is_not() -> None:
    roster = read_roster("Ada L.\nada l.\n\nBen K.\n+1\n" + "x" * 81, known=["BEN K."])

    assert [(row.line, row.name) for row in roster.new] == [(1, "Ada L."), (5, "+1")]
    assert [(row.line, row.name) for row in roster.repeated] == [(2, "ada l.")]
    assert [row.name for row in roster.known] == ["Ben K."]
    assert [row.line for row in roster.too_long] == [6]
    assert [row.name for row in roster.formulas] == ["+1"]
    assert (roster.blank, roster.is_clear) == (1, False)
    assert roster.lines.split("\n")[:4] == ["Ada L.", "ada l.", "Ben K.", "+1"]


@pytest.mark.parametrize("pasted", ["\n".join(map(str, range(10_000))), "x" * (LONGEST + 1)])
def test_list_that_is_no_class_is_refused(pasted: str) -> None:
    with pytest.raises(Refused) as refused:
        read_roster(pasted)
    assert refused.value.field == "names"


@given(st.text(alphabet='Aé,;\t"\n\r =\u202e', max_size=60))
@settings(max_examples=50)
def test_whatever_is_pasted_every_name_is_one_line_and_read_again_is_the_same(pasted: str) -> None:
    names = read_roster(pasted).names

    assert all(name and "\n" not in name and "\t" not in name and name == name.strip() for name in names)
    assert len({name.casefold() for name in names}) == len(names)


# -- storing ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def classroom(alice: User) -> Classroom:
    return make_classroom(alice)


@pytest.fixture
def teacher(alice: User, log_in: LogIn) -> Client:
    return log_in(alice)


def paste(teacher: Client, classroom: Classroom, names: str, do: str = "look", **more: Any) -> Any:
    return teacher.post(reverse("class-roster", args=[classroom.pk]), {"names": names, "do": do} | more)


def names_in(classroom: Classroom) -> list[str]:
    return list(classroom.pupils.filter(left=None).values_list("name", flat=True))


@pytest.mark.django_db
def test_list_is_shown_before_anything_is_stored(teacher: Client, classroom: Classroom) -> None:
    classroom.enrol(["Ben K."])

    looked = paste(teacher, classroom, "first,last\nAda,L.\nBen,K.\n")
    stored = paste(teacher, classroom, by_id(looked, "id_names").text or "", "store")

    assert looked.status_code == 200
    assert "New 1 name There already 1 name, left out: Ben K." in text(dom(looked))
    assert stored.status_code == 303
    assert names_in(classroom) == ["Ada L.", "Ben K."]
    assert not User.objects.exclude(username="alice").exclude(email="").exists()


@pytest.mark.django_db
def test_names_that_occur_twice_are_told_apart_by_the_teacher(teacher: Client, classroom: Classroom) -> None:
    refused = paste(teacher, classroom, "Ada L.\nAda L.\nBen K.", "store")
    assert refused.status_code == 422
    assert names_in(classroom) == []
    assert by_id(refused, "id_names").text == "Ada L.\nAda L.\nBen K."
    assert "Twice in the list Ada L. (line 2)" in text(dom(refused))

    paste(teacher, classroom, "Ada L.\nAda L.\nBen K.", "skip")
    paste(teacher, classroom, "Ada L.\nAda M.\nBen K.", "store")

    assert names_in(classroom) == ["Ada L.", "Ada M.", "Ben K."]


@pytest.mark.django_db
def test_list_in_a_file_is_read_whatever_its_encoding(teacher: Client, classroom: Classroom) -> None:
    file = SimpleUploadedFile("9b.csv", "Vorname;Nachname\r\nZoë;Müller\r\n".encode("cp1252"), "text/csv")

    response = paste(teacher, classroom, "", file=file)

    assert by_id(response, "id_names").text == "Zoë Müller"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("names", "file"), [("", None), ("\n \n", None), ("", b"\x00\x01\x02\xff" * 50), ("\n".join("ab" * 5_000), None)]
)
def test_what_is_no_list_is_refused_and_kept(
    teacher: Client, classroom: Classroom, names: str, file: bytes | None
) -> None:
    sent: dict[str, Any] = {"file": SimpleUploadedFile("x.csv", file)} if file else {}
    response = paste(teacher, classroom, names, **sent)

    assert response.status_code == 422
    assert (by_id(response, "id_names").text or "").strip() == names.strip()
    assert names_in(classroom) == []


@pytest.mark.django_db
def test_roster_costs_the_same_for_any_class_and_its_opening_is_noted(
    teacher: Client, classroom: Classroom, alice: User
) -> None:
    counts = []
    for more in (["Ada L."], [f"Pupil {number}" for number in range(40)]):
        classroom.enrol(more)
        with data_queries() as asked:
            page = teacher.get(reverse("class-roster", args=[classroom.pk]))
        counts.append(len(asked))

    assert abs(counts[0] - counts[1]) <= 2
    assert counts[1] <= 8
    assert "41 pupils, by name" in text(dom(page))
    look = classroom.looks.order_by("pk")[0]
    assert (look.kind, look.teacher) == (LookKind.ROSTER, alice)


# -- one pupil -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_pupil_is_renamed_and_a_name_that_is_none_refused(teacher: Client, classroom: Classroom) -> None:
    (ada,) = make_pupils(classroom, "Ada L.")
    address = reverse("pupil", args=[ada.pk])

    teacher.post(address, {"name": " Ada  Lovelace "})
    refused = [teacher.post(address, {"name": name}).status_code for name in ("", "x" * 81)]

    assert names_in(classroom) == ["Ada Lovelace"]
    assert refused == [422, 422]


@pytest.mark.django_db
def test_pupil_is_taken_out_of_the_class_and_its_maps_and_back_by_undo(
    teacher: Client, classroom: Classroom, alice: User, log_in: LogIn
) -> None:
    (ada,) = make_pupils(classroom, "Ada L.")
    topic = make_assignment(classroom, alice).topic
    assert topic is not None
    hers = topic.claims.get().add_argument("supports", "It tires", by=ada.user)
    browser = log_in(ada.user)

    done = teacher.post(reverse("pupil-departure", args=[ada.pk]), follow=True)
    gone = [browser.get(place.get_absolute_url()).status_code for place in (classroom, topic)]
    (undo,) = list(by_id(done, "messages").iter("form"))
    teacher.post(undo.get("action", ""))
    back = [browser.get(place.get_absolute_url()).status_code for place in (classroom, topic)]

    assert (gone, back) == ([404, 404], [200, 200])
    hers.refresh_from_db()
    assert hers.author == ada.user
    assert Membership.objects.get(topic=topic, user=ada.user).role == "writer"


# -- cards -----------------------------------------------------------------------------------------------------------


def make_cards(teacher: Client, classroom: Classroom, *pupils: Pupil) -> Any:
    return teacher.post(reverse("class-cards", args=[classroom.pk]), {"pupils": [pupil.pk for pupil in pupils]})


@pytest.mark.django_db
def test_card_opens_the_account_of_its_pupil(teacher: Client, classroom: Classroom, client: Client) -> None:
    ada, ben = classroom.enrol(["Ada L.", "Ben K."])

    page = make_cards(teacher, classroom, ada, ben)
    words = texts(dom(page), "card-slip__words")
    client.post(reverse("phrase-login"), {"phrase": words[0], "next": reverse("class-list")})

    assert texts(dom(page), "card-slip__name") == ["Ada L.", "Ben K."]
    assert "Period 3" in text(dom(client.get(reverse("class-list"))))
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert [look.pupil for look in classroom.looks.filter(kind=LookKind.CARDS).order_by("pk")] == [ada, ben]
    assert words[0] not in text(dom(teacher.get(reverse("class-cards", args=[classroom.pk]))))


@pytest.mark.django_db
def test_new_card_ends_the_old_one_and_whoever_has_words_is_not_chosen(teacher: Client, classroom: Classroom) -> None:
    ada, ben = classroom.enrol(["Ada L.", "Ben K."])
    old = ada.new_card()

    boxes = [box for box in dom(teacher.get(reverse("class-cards", args=[classroom.pk]))).iter("input")
             if box.get("name") == "pupils" and box.get("checked") is not None]  # fmt: skip
    make_cards(teacher, classroom, ada)

    assert [box.get("value") for box in boxes] == [str(ben.pk)]
    assert User.objects.by_return_phrase(old) is None


@pytest.mark.django_db
def test_nobody_makes_words_for_an_account_that_is_not_of_the_class(
    teacher: Client, classroom: Classroom, bob: User
) -> None:
    """Whoever joined with what they had before keeps it to themselves: words are a key to all of it."""
    code = classroom.code
    assert code is not None
    guest = make_guest()
    User.objects.filter(pk=guest.pk).update(date_joined=guest.date_joined - timedelta(days=1))
    known, named = classroom.join(guest, code=code, name="Ada"), classroom.join(bob, code=code, name="Bob")

    page = teacher.get(reverse("class-cards", args=[classroom.pk]))

    assert "Nobody here needs a card." in text(dom(page))
    for pupil in (known, named):
        assert make_cards(teacher, classroom, pupil).status_code == 422
        with pytest.raises(Refused, match="only they can make words"):
            Pupil.objects.get(pk=pupil.pk).new_card()
    assert not User.objects.exclude(phrase_hash=None).exists()


@pytest.mark.django_db
def test_cards_are_a_hundred_at_most_and_of_this_class(teacher: Client, classroom: Classroom, bob: User) -> None:
    pupils = classroom.enrol([f"Pupil {number}" for number in range(101)])
    (foreign,) = make_pupils(make_classroom(bob), "Ada L.")

    answers = [make_cards(teacher, classroom, *some) for some in (pupils, [foreign], [])]

    assert [each.status_code for each in answers] == [422, 422, 422]
    assert "At most 100 cards at once" in text(dom(answers[0]))
    assert not User.objects.exclude(phrase_hash=None).exists()


# -- a guest who is on the roster ------------------------------------------------------------------------------------


@pytest.fixture
def came(classroom: Classroom) -> Pupil:
    code = classroom.code
    assert code is not None
    return classroom.join(make_guest(), code=code, name="ada l.")


@pytest.mark.django_db
def test_guest_is_given_to_the_roster_after_a_look_at_what_moves(
    teacher: Client, classroom: Classroom, alice: User, came: Pupil, log_in: LogIn
) -> None:
    (ada,) = classroom.enrol(["Ada L."])
    topic = seat_of(make_assignment(classroom, alice), came).group.topic
    assert topic is not None
    line = topic.claims.get().add_argument("supports", "It tires", by=came.user)
    topic.statements.get(text="but sleep matters").cast_vote(voter=came.user, value=3)
    guest, browser = came.user_id, log_in(came.user)

    roster = teacher.get(reverse("class-roster", args=[classroom.pk]))
    offered = next(link.get("href", "") for link in dom(roster).iter("a") if "/merge/" in link.get("href", ""))
    look = text(dom(teacher.get(offered)))
    done = teacher.post(reverse("pupil-merge", args=[came.pk]), {"to": ada.pk})

    assert "Becomes Ada L." in look
    assert "1 argument, 1 vote, 0 comments, 0 drafts" in look
    assert done.status_code == 303
    line.refresh_from_db()
    assert line.author == ada.user
    assert Vote.objects.get().voter == ada.user
    assert not User.objects.filter(pk=guest).exists()
    assert names_in(classroom) == ["Ada L."]
    assert classroom.looks.filter(kind=LookKind.MERGE, pupil=ada).count() == 1
    # The browser of the guest goes on as the pupil's, in the middle of the lesson.
    assert "Your teachers know you as “Ada L.”" in text(dom(browser.get(classroom.get_absolute_url())))


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["of another class too", "here before", "with an account"])
def test_account_that_is_more_than_this_class_is_not_given_away(
    teacher: Client, classroom: Classroom, bob: User, came: Pupil, who: str
) -> None:
    (ada,) = classroom.enrol(["Ada L."])
    match who:
        case "of another class too":
            other = make_classroom(bob)
            assert other.code is not None
            other.join(came.user, code=other.code, name="ada")
        case "here before":
            begun = came.user.date_joined - timedelta(days=1)
            User.objects.filter(pk=came.user_id).update(date_joined=begun)
        case _:
            came.user.upgrade(username="ada", password="correct horse")

    response = teacher.post(reverse("pupil-merge", args=[came.pk]), {"to": ada.pk})

    assert response.status_code == 422
    assert User.objects.filter(pk=came.user_id).exists()
    assert names_in(classroom) == ["Ada L.", "ada l."]


@pytest.mark.django_db
def test_guest_is_given_to_nobody_outside_the_roster(teacher: Client, classroom: Classroom, came: Pupil) -> None:
    (foreign,) = make_pupils(make_classroom(User.objects.get(username="alice"), "Another"), "Ben K.")
    classroom.enrol(["Ada L."])

    for to in (foreign.pk, came.pk, "x", ""):
        assert teacher.post(reverse("pupil-merge", args=[came.pk]), {"to": to}).status_code == 422
    assert Statement.objects.count() == 0
    assert Pupil.objects.filter(pk=came.pk).exists()
