"""What a class keeps about people: who may ask for it, who is told, and what a person takes along."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import personal_data
from accounts.models import User
from classrooms.models import (
    Assignment,
    Classroom,
    Feedback,
    Grade,
    GradeVersion,
    Look,
    LookKind,
    Phrase,
    Position,
    Pupil,
    Rubric,
    TeacherRole,
    Work,
)
from debates.models import Draft, Statement, Topic
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.conftest import LogIn
from tests.factories import make_topic, make_user
from tests.markup import by_id, dom, text
from tests.queries import data_queries

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from tests.markup import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom(alice: User) -> Classroom:
    return make_classroom(alice)


@pytest.fixture
def ada(classroom: Classroom) -> Pupil:
    return make_pupils(classroom, "Ada L.")[0]


@pytest.fixture
def assignment(classroom: Classroom, ada: Pupil, alice: User) -> Assignment:
    return make_assignment(classroom, alice)


@pytest.fixture
def line(assignment: Assignment, ada: Pupil) -> Statement:
    return Statement.objects.get(text="Homework helps").add_argument("supports", "It tires", by=ada.user)


# -- whose words these are ----------------------------------------------------------------------------------------


def test_name_is_shown_once_it_was_asked_for_and_the_pupil_reads_that(
    classroom: Classroom, ada: Pupil, assignment: Assignment, line: Statement, alice: User, log_in: LogIn
) -> None:
    browser, url = log_in(alice), reverse("assignment-who", args=[assignment.pk, line.pk])

    before = browser.get(url)
    assert "Ada L." not in before.content.decode()
    assert not Look.objects.filter(kind=LookKind.NAME).exists()
    answer = browser.post(url, {"reason": " A parent  asks. "})
    assert (answer.status_code, answer["Location"]) == (303, url)

    assert text(by_id(browser.get(url), "answer-title")) == "Ada L."
    look = Look.objects.get(kind=LookKind.NAME)
    assert (look.teacher, look.pupil, look.statement, look.reason) == (alice, ada, line, "A parent asks.")
    mine = text(dom(log_in(ada.user).get(reverse("class-privacy", args=[classroom.pk]))))
    assert "alice looked up your name on a line of yours." in mine
    assert "Because: A parent asks." in mine


def test_answer_is_not_shown_later_without_a_new_question(
    assignment: Assignment, line: Statement, alice: User, bob: User, classroom: Classroom, log_in: LogIn
) -> None:
    url = reverse("assignment-who", args=[assignment.pk, line.pk])
    classroom.add_teacher(bob)
    log_in(alice).post(url)

    assert "Ada L." not in log_in(bob).get(url).content.decode()
    Look.objects.update(at=timezone.now() - timedelta(minutes=11))
    assert "Ada L." not in log_in(alice).get(url).content.decode()


def test_line_of_a_teacher_or_of_another_map_names_nobody(
    assignment: Assignment, line: Statement, alice: User, log_in: LogIn
) -> None:
    browser = log_in(alice)
    own = Statement.objects.get(text="Homework helps")
    other = make_topic(alice).add_claim("Elsewhere", by=alice)

    page = browser.post(reverse("assignment-who", args=[assignment.pk, own.pk]))
    assert "No pupil of this class wrote it." in text(dom(page))
    assert browser.get(reverse("assignment-who", args=[assignment.pk, other.pk])).status_code == 404
    assert not Look.objects.filter(kind=LookKind.NAME).exists()


# -- looks --------------------------------------------------------------------------------------------------------


def test_page_opened_again_within_the_hour_is_one_look_and_a_question_is_one_each_time(
    classroom: Classroom, ada: Pupil, line: Statement, alice: User, bob: User
) -> None:
    for _time in range(3):
        Look.objects.note(classroom, LookKind.ROSTER, by=alice)
        Look.objects.note(classroom, LookKind.NAME, by=alice, pupil=ada, at=line)
    Look.objects.note(classroom, LookKind.ROSTER, by=bob)
    Look.objects.note(classroom, LookKind.ROSTER, by=alice, pupil=ada)
    kinds = list(Look.objects.order_by("kind", "pk").values_list("kind", "teacher", "pupil"))
    assert kinds == [("name", alice.pk, ada.pk)] * 3 + [
        ("roster", alice.pk, None), ("roster", bob.pk, None), ("roster", alice.pk, ada.pk),
    ]  # fmt: skip

    Look.objects.update(at=timezone.now() - timedelta(minutes=61))
    Look.objects.note(classroom, LookKind.ROSTER, by=alice)
    assert Look.objects.count() == 7


def test_pupil_reads_only_what_was_about_them(classroom: Classroom, ada: Pupil, alice: User, log_in: LogIn) -> None:
    (ben,) = make_pupils(classroom, "Ben K.")
    Look.objects.note(classroom, LookKind.MERGE, by=alice, pupil=ben)
    Look.objects.note(classroom, LookKind.EXPORT, by=alice)
    Look.objects.create(classroom=classroom, kind=LookKind.GRADES, teacher=alice, at=timezone.now() - timedelta(days=9))

    page = log_in(ada.user).get(reverse("class-privacy", args=[classroom.pk]))

    assert "took names of the class home" in text(dom(page))
    assert "guest’s work" not in text(dom(page))
    assert "opened the work or grades" not in text(dom(page))  # before she came
    assert "Ben" not in page.content.decode()


def test_list_of_looks_is_narrowed_and_paged_in_as_many_queries(
    classroom: Classroom, ada: Pupil, alice: User, bob: User, log_in: LogIn
) -> None:
    browser, url = log_in(alice), reverse("class-looks", args=[classroom.pk])
    Look.objects.note(classroom, LookKind.EXPORT, by=alice, pupil=ada)
    assert len(rows(browser.get(url))) == 2  # this one is a look, too
    with data_queries() as few:
        browser.get(url)
    for number in range(118):
        Look.objects.create(classroom=classroom, kind=LookKind.NAME, teacher=bob, reason=f"R{number}")
    with data_queries() as many:
        page = browser.get(url)
    assert len(few) == len(many)

    assert len(rows(page)) == 100
    (older,) = [link for link in dom(page).iter("a") if link.get("href", "").startswith("?before=")]
    assert len(rows(browser.get(url + older.get("href", "")))) == 20
    assert len(rows(browser.get(f"{url}?pupil={ada.pk}"))) == 1
    assert "Nobody has looked." in text(dom(browser.get(f"{url}?teacher={bob.pk}&kind=export")))
    assert len(rows(browser.get(f"{url}?teacher=x&kind=nothing&before=-1"))) == 100


def rows(page: Response) -> list[Element]:
    (body,) = dom(page).iter("tbody")
    return list(body.iter("tr"))


# -- what a person takes along ------------------------------------------------------------------------------------


def fill(ada: Pupil, assignment: Assignment, line: Statement, teacher: User) -> None:
    seat = seat_of(assignment, ada)
    Work.objects.create(seat=seat, conclusion="So it does.", used_ai="Spelling")
    Feedback.objects.create(seat=seat, statement=line, kind="praise", text="Well put", by=teacher)
    Feedback.objects.create(seat=seat, kind="fix", text="Taken back", by=teacher, withdrawn=timezone.now())
    grade = Grade.objects.create(seat=seat, total=90, version=2, by=teacher)
    GradeVersion.objects.create(grade=grade, version=1, total=80, by=teacher, released=timezone.now())
    GradeVersion.objects.create(grade=grade, version=2, total=90, by=teacher, comment="A draft")
    Position.objects.create(seat=seat, claim_id=line.parent_id, phase="before", value=3)  # type: ignore[misc]
    Statement.objects.get(text="but sleep matters").cast_vote(voter=ada.user, value=1)
    Look.objects.note(ada.classroom, LookKind.NAME, by=teacher, pupil=ada, at=line, reason="Asked")


def held(user: User) -> dict[str, list[dict[str, object]]]:
    return {each.key: list(each.rows) for each in personal_data.export(user)["classrooms"]}  # type: ignore[arg-type]


def test_pupil_takes_along_everything_that_classes_hold(
    ada: Pupil, assignment: Assignment, line: Statement, alice: User
) -> None:
    fill(ada, assignment, line, alice)

    mine = held(ada.user)

    assert [row["name"] for row in mine["classes"]] == ["Ada L."]
    assert [row["assignment"] for row in mine["seats"]] == ["Both sides"]
    assert [row["conclusion"] for row in mine["works"]] == ["So it does."]
    assert [(row["kind"], row["text"]) for row in mine["feedback"]] == [("Praise", "Well put")]
    assert [row["total"] for row in mine["grades"]] == [80.0]
    assert [row["value"] for row in mine["positions"]] == [3]
    assert [(row["teacher"], row["reason"]) for row in mine["looks"]] == [("alice", "Asked")]
    assert not any(mine[key] for key in ("teaching", "phrases", "rubrics", "looks_made"))


def test_teacher_takes_along_what_they_did_and_no_pupils_name(
    ada: Pupil, assignment: Assignment, line: Statement, alice: User
) -> None:
    fill(ada, assignment, line, alice)
    Phrase.objects.create(teacher=alice, kind="fix", text="Add a source.")
    Rubric.objects.create(owner=alice, title="Mine", criteria=[])

    mine = held(alice)

    assert [row["role"] for row in mine["teaching"]] == [str(TeacherRole.OWNER.label)]
    assert [row["text"] for row in mine["phrases"]] == ["Add a source."]
    assert [row["title"] for row in mine["rubrics"]] == ["Mine"]
    assert {row["text"] for row in mine["feedback_given"]} == {"Well put", "Taken back"}
    assert len(mine["grading"]) == 2
    assert len(mine["looks_made"]) == 1
    assert "Ada" not in str(mine)


def test_file_of_one_pupil_has_what_teachers_see_and_is_noted(
    classroom: Classroom, ada: Pupil, assignment: Assignment, line: Statement, alice: User, log_in: LogIn
) -> None:
    fill(ada, assignment, line, alice)
    make_topic(alice, visibility="public").add_claim("Written elsewhere", by=ada.user)

    answer = log_in(alice).get(reverse("pupil-data", args=[ada.pk, "json"]))

    assert "Ada" not in answer["Content-Disposition"]
    told = json.loads(answer.content)
    assert [row["text"] for row in told["statements"]["rows"]] == ["It tires"]
    assert [row["total"] for row in told["grades"]["rows"]] == [80.0]
    assert not {"votes", "positions", "drafts", "looks"} & told.keys()
    assert "elsewhere" not in answer.content.decode()
    look = Look.objects.get(kind=LookKind.EXPORT)
    assert (look.pupil, look.teacher) == (ada, alice)
    page = log_in(alice).get(reverse("pupil-data", args=[ada.pk, "html"]))
    assert text(next(dom(page).iter("h1"))) == "Ada L. · Period 3"
    assert log_in(alice).get(reverse("pupil-data", args=[ada.pk, "exe"])).status_code == 404


def test_file_of_a_class_names_whose_each_row_is_in_as_many_queries_for_many(
    classroom: Classroom, ada: Pupil, assignment: Assignment, line: Statement, alice: User, log_in: LogIn
) -> None:
    fill(ada, assignment, line, alice)
    browser, url = log_in(alice), reverse("class-data", args=[classroom.pk])
    with data_queries() as few:
        browser.get(url)
    for pupil in make_pupils(classroom, "Ben K.", "Chidi O."):
        line.add_argument("opposes", f"No, says {pupil.pk}", by=pupil.user)

    with data_queries() as many:
        packed = zipfile.ZipFile(io.BytesIO(browser.get(url).content))

    assert len(few) == len(many)
    told = json.loads(packed.read("class.json"))
    assert {row["pupil"] for row in told["statements"]["rows"]} == {"Ada L.", "Ben K.", "Chidi O."}
    assert [row["pupil"] for row in told["works"]["rows"]] == ["Ada L."]
    assert "Chidi O." in packed.read("class.html").decode()


# -- leaving ------------------------------------------------------------------------------------------------------


def test_class_of_a_teacher_who_leaves_goes_to_the_co_teacher(
    classroom: Classroom, ada: Pupil, assignment: Assignment, alice: User, bob: User
) -> None:
    classroom.add_teacher(bob)

    personal_data.erase(alice)

    assert [(each.user, each.role) for each in classroom.teachers.all()] == [(bob, "owner")]
    assert Pupil.objects.get() == ada


def test_class_that_nobody_teaches_any_more_goes_and_words_stay_with_the_pupil(
    classroom: Classroom, ada: Pupil, assignment: Assignment, line: Statement, alice: User
) -> None:
    Work.objects.create(seat=seat_of(assignment, ada), conclusion="So it does.")

    personal_data.erase(alice)

    assert not Classroom.objects.exists()
    line.refresh_from_db()
    assert line.author == ada.user
    assert Draft.objects.get(author=ada.user).text == "So it does."


def test_pupil_who_leaves_is_nowhere_in_the_class(
    classroom: Classroom, ada: Pupil, assignment: Assignment, line: Statement, alice: User
) -> None:
    fill(ada, assignment, line, alice)
    line.add_argument("opposes", "No", by=make_user())

    personal_data.erase(ada.user)

    assert not Pupil.objects.exists()
    assert not Look.objects.filter(kind=LookKind.NAME).exists()
    line.refresh_from_db()
    assert (line.author, line.text) == (None, "It tires")
    assert Topic.objects.exists()
