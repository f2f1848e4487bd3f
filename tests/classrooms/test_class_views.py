"""The pages of a class: made, seen, set up, copied, put away, deleted; and who teaches it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from classrooms.models import Classroom, Pupil, Work
from debates.models import Draft, Membership, Role, Statement, Topic
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.factories import make_guest, make_user
from tests.markup import PARTIAL, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from accounts.models import User
    from tests.conftest import LogIn

pytestmark = pytest.mark.django_db

BEGUN = {"name": "9b History", "time_zone": "Europe/Berlin", "key": "k"}


def test_class_is_made_once_however_often_the_form_is_sent(alice: User, log_in: LogIn) -> None:
    browser = log_in(alice)

    first = browser.post(reverse("class-create"), BEGUN)
    again = browser.post(reverse("class-create"), BEGUN)

    made = Classroom.objects.get()
    assert first["Location"] == again["Location"] == made.get_absolute_url()
    assert (made.name, made.time_zone) == ("9b History", "Europe/Berlin")


@pytest.mark.parametrize("wrong", [{"name": " "}, {"name": "x" * 81}, {"time_zone": "Mars/Olympus"}])
def test_class_form_keeps_what_was_typed(alice: User, log_in: LogIn, wrong: dict[str, str]) -> None:
    response = log_in(alice).post(reverse("class-create"), BEGUN | wrong, headers=PARTIAL)

    assert response.status_code == 422
    assert is_fragment(response)
    assert by_id(response, "id_name").get("value") == (BEGUN | wrong)["name"]
    assert not Classroom.objects.exists()


def test_list_tells_taught_from_attended_and_hides_the_archive(alice: User, bob: User, log_in: LogIn) -> None:
    mine, old, other = make_classroom(alice), make_classroom(alice, "Last year"), make_classroom(bob, "Bob’s")
    make_pupils(mine, "Ada L.")
    mine.enrol(["Ben K."])
    old.archive(by=alice)
    assert other.code is not None
    other.join(alice, code=other.code, name="Alice")

    page = dom(log_in(alice).get(reverse("class-list")))

    sections = [text(each) for each in page.iter("section")]
    assert any("Period 3 1 pupil has joined · 1 not yet" in each for each in sections)
    assert not any("Last year" in each for each in sections)
    assert any("Classes I am in" in each and "Bob’s" in each for each in sections)
    assert "1 class in the archive" in text(page)


def test_class_page_names_no_pupil_and_costs_the_same_for_thirty(alice: User, log_in: LogIn) -> None:
    classroom, browser = make_classroom(alice), log_in(alice)
    make_pupils(classroom, "Ada L.")
    make_assignment(classroom, alice)
    counts = []

    for more in ([], [f"Pupil {number}" for number in range(30)]):
        classroom.enrol(more)
        with data_queries() as asked:
            response = browser.get(classroom.get_absolute_url())
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 8
    assert "1 pupil has joined · 30 on the roster have not come yet" in text(dom(response))
    assert "Ada L." not in response.content.decode()
    assert not classroom.looks.exists()


def test_pupil_sees_what_there_is_to_do_and_nobody_else(alice: User, log_in: LogIn) -> None:
    classroom = make_classroom(alice)
    ada, _ben = make_pupils(classroom, "Ada L.", "Ben K.")
    assignment = make_assignment(classroom, alice)
    make_assignment(classroom, alice, published=False, title="Not shown yet")
    seat = seat_of(assignment, ada)
    assert seat.group.topic is not None
    seat.group.topic.claims.get().add_argument("supports", "It tires", by=ada.user)
    browser = log_in(ada.user)

    with data_queries() as asked:
        page = browser.get(classroom.get_absolute_url())

    said = text(dom(page))
    name = seat.group.topic.pseudonyms.get(user=ada.user).name
    assert "Your teachers know you as “Ada L.”" in said
    assert f"You are {name} here" in said
    assert "Not shown yet" not in said
    assert "Ben K." not in said
    assert "alice" not in page.content.decode()
    assert len(asked) <= 9


def test_first_sight_of_the_class_is_the_joining_of_whoever_has_a_card(alice: User, log_in: LogIn) -> None:
    classroom = make_classroom(alice)
    (ada,) = classroom.enrol(["Ada L."])
    make_assignment(classroom, alice)

    log_in(ada.user).get(classroom.get_absolute_url())

    ada.refresh_from_db()
    assert ada.has_come


# -- settings --------------------------------------------------------------------------------------------------------


def settings_of(classroom: Classroom, **changed: object) -> dict[str, object]:
    stored = classroom.settings() | {"version": classroom.version} | changed
    return {name: "" if value is None else value for name, value in stored.items()}


def test_settings_are_saved(alice: User, log_in: LogIn) -> None:
    classroom = make_classroom(alice)
    sent = settings_of(classroom, name="9b", ends="2027-06-30", keep_months=6, seats=30)

    response = log_in(alice).post(reverse("class-edit", args=[classroom.pk]), sent)

    classroom.refresh_from_db()
    assert response.status_code == 303
    assert classroom.settings() == {
        "name": "9b", "time_zone": classroom.time_zone, "ends": date(2027, 6, 30), "keep_months": 6, "seats": 30,
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"seats": 0},
        {"seats": 1001},
        {"keep_months": 61},
        {"ends": "soon"},
        {"ends": "2027-02-30"},
        {"ends": "9999-12-31"},
    ],
)
def test_settings_that_make_no_sense_are_refused(alice: User, log_in: LogIn, wrong: dict[str, object]) -> None:
    classroom = make_classroom(alice)
    address = reverse("class-edit", args=[classroom.pk])

    response = log_in(alice).post(address, settings_of(classroom, **wrong), headers=PARTIAL)

    assert response.status_code == 422
    assert len([each for each in dom(response).iter("span") if each.get("class") == "error"]) == 1


def test_two_who_change_settings_see_both(alice: User, log_in: LogIn) -> None:
    classroom = make_classroom(alice)
    mine = settings_of(classroom, name="Mine")
    classroom.revise(version=1, name="Theirs")

    response = log_in(alice).post(reverse("class-edit", args=[classroom.pk]), mine)

    assert response.status_code == 409
    assert by_id(response, "id_name").get("value") == "Mine"
    assert "Theirs" in text(by_id(response, "class-form"))
    version = next(each for each in dom(response).iter("input") if each.get("name") == "version")
    assert version.get("value") == "2"


def test_archive_is_undone_where_it_is_told(alice: User, log_in: LogIn) -> None:
    classroom, browser = make_classroom(alice), log_in(alice)

    done = browser.post(reverse("class-archive", args=[classroom.pk]), follow=True)

    classroom.refresh_from_db()
    assert classroom.is_archived
    (undo,) = list(by_id(done, "messages").iter("form"))
    browser.post(undo.get("action", ""))
    classroom.refresh_from_db()
    assert not classroom.is_archived


def test_copy_takes_assignments_along_but_no_person_word_vote_or_date(alice: User, log_in: LogIn) -> None:
    classroom = make_classroom(alice, seats=30)
    (ada,) = make_pupils(classroom, "Ada L.")
    shared = make_assignment(classroom, alice, due=timezone.now() + timedelta(days=1), requirements={"votes": 3})
    left = make_assignment(classroom, alice, title="Stays here")
    topic = shared.topic
    assert topic is not None
    topic.add_claim("A claim of Ada", by=ada.user)
    topic.claims.get(text="Homework helps").cast_vote(voter=ada.user, value=3)
    sent = {"name": "Next year", "assignments": [shared.pk], "key": "k"}
    browser = log_in(alice)

    browser.post(reverse("class-copy", args=[classroom.pk]), sent)
    browser.post(reverse("class-copy", args=[classroom.pk]), sent)

    made = Classroom.objects.get(name="Next year")
    copy = made.assignments.get()
    assert copy.topic is not None
    assert copy.topic != topic
    assert (copy.title, copy.requirements, copy.due, copy.published) == ("Both sides", {"votes": 3}, None, None)
    assert {each.text for each in copy.topic.statements.all()} == {
        "Homework helps", "because practice does", "but sleep matters",
    }  # fmt: skip
    assert (made.seats, made.pupils.count(), copy.seats.count()) == (30, 0, 0)
    assert not copy.topic.statements.exclude(votes=None).exists()
    assert left.classroom == classroom


# -- deletion --------------------------------------------------------------------------------------------------------


def test_deletion_says_what_goes_and_loses_no_word(alice: User, log_in: LogIn) -> None:
    classroom = make_classroom(alice)
    ada, _ben = make_pupils(classroom, "Ada L.", "Ben K.")
    seat = seat_of(make_assignment(classroom, alice), ada)
    topic = seat.group.topic
    assert topic is not None
    topic.claims.get().add_argument("supports", "It tires", by=ada.user)
    Work.objects.create(seat=seat, conclusion="So it does.")
    browser, address = log_in(alice), reverse("class-removal", args=[classroom.pk])

    asked = text(dom(browser.get(address)))
    refused = browser.post(address, {"name": "Period 4"})
    assert refused.status_code == 422
    assert Classroom.objects.exists()
    browser.post(address, {"name": " period  3 "})

    assert "2 names of pupils, 1 assignment" in asked
    assert "1 conclusion becomes a draft" in asked
    assert not Classroom.objects.exists()
    assert Statement.objects.get(text="It tires").author == ada.user
    assert Draft.objects.get().author == ada.user
    assert (Draft.objects.get().text, Draft.objects.get().title) == ("So it does.", "Both sides")
    assert Membership.objects.get(topic=topic, user=ada.user).role == Role.WRITER
    assert not Pupil.objects.exists()


def test_pupil_of_a_deleted_class_goes_on_writing(alice: User, log_in: LogIn) -> None:
    classroom = make_classroom(alice)
    (ada,) = make_pupils(classroom, "Ada L.")
    topic = seat_of(make_assignment(classroom, alice), ada).group.topic
    assert topic is not None
    claim = topic.claims.get()
    classroom.dissolve()

    response = log_in(ada.user).post(
        reverse("statement-arguments", args=[claim.pk]), {"stance": "supports", "text": "Still here"}
    )

    assert response.status_code == 303
    assert Topic.objects.get(pk=topic.pk).statements.filter(text="Still here").exists()


# -- teachers --------------------------------------------------------------------------------------------------------


def test_co_teacher_is_added_by_user_name_and_looks_after_the_maps(alice: User, bob: User, log_in: LogIn) -> None:
    classroom = make_classroom(alice)
    make_pupils(classroom, "Ada L.")
    topic = make_assignment(classroom, alice, shape="groups").groups.get().topic

    log_in(alice).post(reverse("class-teachers", args=[classroom.pk]), {"username": " BOB "})

    assert [each.user.username for each in classroom.teachers.order_by("pk")] == ["alice", "bob"]
    assert Membership.objects.get(topic=topic, user=bob).role == Role.EDITOR


@pytest.mark.parametrize("kind", ["nobody", "guest", "closed"])
def test_whoever_cannot_teach_is_answered_like_nobody(alice: User, log_in: LogIn, kind: str) -> None:
    classroom = make_classroom(alice)
    names = {"nobody": "nobody", "guest": make_guest().username, "closed": make_user("gone", is_active=False).username}

    response = log_in(alice).post(reverse("class-teachers", args=[classroom.pk]), {"username": names[kind]})

    assert response.status_code == 422
    assert text(by_id(response, "id_username_error")).startswith("Nobody here has this user name.")


def test_names_of_accounts_cannot_be_tried_out_without_end(alice: User, log_in: LogIn) -> None:
    browser, address = log_in(alice), reverse("class-teachers", args=[make_classroom(alice).pk])

    statuses = [browser.post(address, {"username": f"guess{number}"}).status_code for number in range(21)]

    assert statuses == [422] * 20 + [429]


def test_removed_teacher_reads_the_maps_no_more_and_what_they_made_stays(alice: User, bob: User, log_in: LogIn) -> None:
    classroom = make_classroom(alice)
    teacher = classroom.add_teacher(bob)
    make_pupils(classroom, "Ada L.")
    shared = make_assignment(classroom, bob)
    grouped = make_assignment(classroom, bob, shape="groups", title="In groups")
    copy = grouped.groups.get().topic
    assert shared.topic is not None

    log_in(alice).post(reverse("class-teacher-removal", args=[classroom.pk, teacher.pk]))

    assert not classroom.teachers.filter(user=bob).exists()
    assert not Membership.objects.filter(topic=copy, user=bob).exists()
    assert Membership.objects.get(topic=copy, user=alice).role == Role.OWNER
    assert Membership.objects.get(topic=shared.topic, user=bob).role == Role.OWNER


def test_teacher_leaves_and_the_last_owner_does_not(alice: User, bob: User, log_in: LogIn) -> None:
    classroom = make_classroom(alice)
    teacher, owner = classroom.add_teacher(bob), classroom.teachers.get(user=alice)

    left = log_in(bob).post(reverse("class-teacher-removal", args=[classroom.pk, teacher.pk]))
    stays = log_in(alice).post(reverse("class-teacher-removal", args=[classroom.pk, owner.pk]))

    assert left["Location"] == reverse("class-list")
    assert (stays.status_code, classroom.teachers.get()) == (422, owner)
    assert "needs an owner" in text(dom(stays))


def test_owner_hands_over(alice: User, bob: User, log_in: LogIn) -> None:
    classroom = make_classroom(alice)
    teacher = classroom.add_teacher(bob)

    log_in(alice).post(reverse("class-teacher-role", args=[classroom.pk, teacher.pk]))

    assert log_in(bob).get(reverse("class-edit", args=[classroom.pk])).status_code == 200


def test_class_that_is_deleted_soon_says_so_and_offers_the_owner_to_keep_it(alice: User, log_in: LogIn) -> None:
    classroom = make_classroom(alice, ends=timezone.localdate() - timedelta(days=20), keep_months=1)
    (ada,) = make_pupils(classroom, "Ada L.")

    mine, hers = (text(dom(log_in(user).get(classroom.get_absolute_url()))) for user in (alice, ada.user))

    assert "the names, votes and grades of this class are deleted" in mine
    assert "Keep it longer" in mine
    assert "are deleted" in hers
    assert "Keep it longer" not in hers


def test_visitor_is_told_how_one_comes_into_a_class() -> None:
    response = Client().get(reverse("class-list"))

    assert texts(dom(response), "empty")[0].startswith("You are in no class yet.")
