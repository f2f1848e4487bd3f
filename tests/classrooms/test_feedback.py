"""Feedback on an argument: given, seen, ticked off, taken back; and the phrases that are used again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from accounts.models import User
from classrooms.models import Assignment, Classroom, Feedback, Phrase, Pupil, Seat
from classrooms.notes import lines_of
from debates.models import Conflict, Refused, Statement
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from tests.markup import Response

pytestmark = pytest.mark.django_db

type LogIn = Callable[[User], Client]


@pytest.fixture
def classroom(alice: User) -> Classroom:
    return make_classroom(alice)


@pytest.fixture
def pupils(classroom: Classroom) -> list[Pupil]:
    return make_pupils(classroom, "Ada L.", "Ben K.")


@pytest.fixture
def assignment(classroom: Classroom, pupils: list[Pupil], alice: User) -> Assignment:
    return make_assignment(classroom, alice)


@pytest.fixture
def seat(assignment: Assignment, pupils: list[Pupil]) -> Seat:
    return seat_of(assignment, pupils[0])


@pytest.fixture
def line(seat: Seat) -> Statement:
    """Ada’s argument."""
    assert seat.group.topic is not None
    return seat.group.topic.claims[0].add_argument("opposes", "It tires", by=seat.pupil.user)


@pytest.fixture
def note(seat: Seat, line: Statement, alice: User) -> Feedback:
    return Feedback.objects.give(seat, by=alice, kind="fix", text="Which source?", statement=line)


@pytest.fixture
def teacher(log_in: LogIn, alice: User) -> Client:
    return log_in(alice)


@pytest.fixture
def pupil(log_in: LogIn, seat: Seat) -> Client:
    return log_in(seat.pupil.user)


def give(teacher: Client, seat: Seat, *, partial: bool = False, **sent: object) -> Response:
    headers = PARTIAL if partial else {}
    return teacher.post(f"/seats/{seat.pk}/feedback/", {"kind": "fix", "text": "Why?", **sent}, headers=headers)


# -- given -------------------------------------------------------------------------------------------------------------


def test_teacher_gives_feedback_on_a_line(teacher: Client, seat: Seat, line: Statement, alice: User) -> None:
    response = give(teacher, seat, statement=line.pk, kind="question", text="  Whom does it tire? ")

    given = Feedback.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/seats/{seat.pk}/arguments/#feedback-on-{line.pk}")
    assert (given.statement, given.kind, given.text, given.by) == (line, "question", "Whom does it tire?", alice)
    assert "Whom does it tire?" in text(by_id(teacher.get(f"/seats/{seat.pk}/arguments/"), f"feedback-on-{line.pk}"))


def test_script_gets_the_region_of_the_line(teacher: Client, seat: Seat, line: Statement) -> None:
    response = give(teacher, seat, statement=line.pk, partial=True)

    assert is_fragment(response)
    region = text(by_id(response, f"feedback-on-{line.pk}"))
    assert "Why?" in region
    assert "Sent. The pupil sees it now." in region


def test_box_opens_at_the_line_in_the_page_and_for_a_script(teacher: Client, seat: Seat, line: Statement) -> None:
    address = f"/seats/{seat.pk}/arguments/?on={line.pk}"

    page, part = teacher.get(address), teacher.get(address, headers=PARTIAL)

    assert by_id(page, f"text-{line.pk}").tag == "textarea"
    assert is_fragment(part)
    assert [each.get("value") for each in dom(part).iter("input") if each.get("name") == "statement"] == [str(line.pk)]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": " \u200b "}, "Write your feedback first, or take a phrase."),
        ({"text": "x" * 1001}, "At most 1000 characters, please; this has 1001."),
        ({"kind": "scorn"}, "Choose praise, question or fix."),
        ({"text": "y" * 301, "keep": "1"}, "A phrase to keep has at most 300 characters."),
    ],
)
def test_feedback_that_does_not_fit_comes_back_with_what_was_typed(
    teacher: Client, seat: Seat, line: Statement, sent: dict[str, str], sentence: str
) -> None:
    response = give(teacher, seat, partial=True, statement=line.pk, **sent)

    assert response.status_code == 422
    assert sentence in text(by_id(response, f"feedback-on-{line.pk}"))
    assert (by_id(response, f"text-{line.pk}").text or "") == sent.get("text", "Why?")
    assert not Feedback.objects.exists()


def test_nobody_gives_feedback_on_a_line_of_somebody_else(
    teacher: Client, seat: Seat, line: Statement, pupils: list[Pupil], assignment: Assignment
) -> None:
    other = line.add_argument("opposes", "Not me", by=pupils[1].user)

    assert give(teacher, seat, statement=other.pk).status_code == 422
    assert give(teacher, seat, statement=999_999).status_code == 404
    assert not Feedback.objects.exists()


def test_same_form_sent_twice_is_one_feedback(seat: Seat, line: Statement, alice: User) -> None:
    def send(words: str) -> Feedback:
        return Feedback.objects.give(seat, by=alice, kind="fix", text=words, statement=line, key="k")

    first = send("Why?")

    assert send("Why?") == first
    with pytest.raises(Conflict):
        send("Whither?")
    assert Feedback.objects.count() == 1


# -- phrases -----------------------------------------------------------------------------------------------------------


def test_kept_words_are_offered_and_sent_with_one_press(
    teacher: Client, seat: Seat, line: Statement, alice: User
) -> None:
    give(teacher, seat, statement=line.pk, text="Which source says so?", keep="1")
    phrase = Phrase.objects.get()
    box = teacher.get(f"/seats/{seat.pk}/arguments/?on=0", headers=PARTIAL)
    assert texts(dom(box), "phrases") == ["Fix: Which source says so?"]

    give(teacher, seat, kind="", text="", phrase=phrase.pk)

    given = Feedback.objects.order_by("-pk")[0]
    assert (given.statement, given.kind, given.text) == (None, "fix", "Which source says so?")
    phrase.refresh_from_db()
    assert phrase.used == 2


def test_phrases_come_in_the_order_of_use_and_are_ones_own(teacher: Client, seat: Seat, alice: User, bob: User) -> None:
    Phrase.objects.create(teacher=alice, kind="fix", text="Rare", used=1)
    Phrase.objects.create(teacher=alice, kind="praise", text="Often", used=9)
    theirs = Phrase.objects.create(teacher=bob, kind="praise", text="Bob’s", used=99)

    box = teacher.get(f"/seats/{seat.pk}/arguments/?on=0", headers=PARTIAL)

    assert [text(each) for each in by_class(dom(box), "phrases")[0]] == ["Praise: Often", "Fix: Rare"]
    assert give(teacher, seat, text="", phrase=theirs.pk).status_code == 422
    assert teacher.post(f"/phrases/{theirs.pk}/removal/").status_code == 404


def test_phrase_is_forgotten_and_what_was_said_with_it_stays(
    teacher: Client, seat: Seat, note: Feedback, alice: User
) -> None:
    Phrase.objects.keep(alice, kind=note.kind, text=note.text)

    response = teacher.post(f"/phrases/{Phrase.objects.get().pk}/removal/", {"seat": seat.pk})

    assert response["Location"] == f"/seats/{seat.pk}/arguments/#phrases"
    assert not Phrase.objects.exists()
    assert Feedback.objects.count() == 1


# -- seen and ticked off -----------------------------------------------------------------------------------------------


def test_pupil_sees_feedback_at_the_next_poll(pupil: Client, seat: Seat, line: Statement, alice: User) -> None:
    address = f"/assignments/{seat.assignment_id}/lesson/"
    tag = pupil.get(address, headers=PARTIAL).headers["ETag"]
    assert pupil.get(address, headers={**PARTIAL, "if-none-match": tag}).status_code == 304

    Feedback.objects.give(seat, by=alice, kind="fix", text="Which source?", statement=line)

    response = pupil.get(address, headers={**PARTIAL, "if-none-match": tag})
    assert is_fragment(response)
    assert "Which source?" in text(dom(response))
    assert "It tires" in text(dom(response))


def test_assignment_page_of_the_pupil_has_the_feedback_and_the_tag_of_its_poll(
    pupil: Client, seat: Seat, note: Feedback
) -> None:
    page = pupil.get(f"/assignments/{seat.assignment_id}/")
    live = by_id(page, "lesson")

    again = pupil.get(live.get("hx-get", ""), headers={**PARTIAL, "if-none-match": live.get("data-etag", "")})

    assert note.text in text(live)
    assert again.status_code == 304


def test_poll_of_a_pupil_costs_five_queries(pupil: Client, seat: Seat, note: Feedback) -> None:
    address = f"/assignments/{seat.assignment_id}/lesson/"
    tag = pupil.get(address, headers=PARTIAL).headers["ETag"]

    with data_queries() as asked:
        pupil.get(address, headers={**PARTIAL, "if-none-match": tag})

    assert len(asked) <= 5  # the session, the person, the assignment, the seat, the sums


def test_class_page_counts_what_is_new_or_open(pupil: Client, seat: Seat, note: Feedback, classroom: Classroom) -> None:
    def told() -> str:
        return text(dom(pupil.get(f"/classes/{classroom.pk}/")))

    assert "1 new or open feedback" in told()
    note.tick()
    assert "new or open feedback" not in told()


def test_it_is_seen_once_the_page_says_so(pupil: Client, teacher: Client, seat: Seat, note: Feedback) -> None:
    address = f"/assignments/{seat.assignment_id}/lesson/"
    form = dom(pupil.get(address)).find(".//form[@data-visit]")
    assert form is not None
    newest = form.find("input[@name='seen']").get("value")  # type: ignore[union-attr]
    note.refresh_from_db()
    assert note.seen is None

    pupil.post(address, {"seen": newest})

    note.refresh_from_db()
    assert note.seen is not None
    assert "Seen" in text(by_id(teacher.get(f"/seats/{seat.pk}/arguments/"), f"feedback-{note.pk}"))
    assert dom(pupil.get(address)).find(".//form[@data-visit]") is None


def test_pupil_ticks_it_off_and_takes_that_back(pupil: Client, seat: Seat, note: Feedback) -> None:
    response = pupil.post(f"/feedback/{note.pk}/tick/")
    note.refresh_from_db()
    first = note.addressed
    assert (response.status_code, first is not None) == (303, True)

    pupil.post(f"/feedback/{note.pk}/tick/")
    note.refresh_from_db()
    assert note.addressed == first

    response = pupil.post(f"/feedback/{note.pk}/tick/", {"undo": "1"}, headers=PARTIAL)
    note.refresh_from_db()
    assert note.addressed is None
    assert "I have addressed this" in text(by_id(response, f"feedback-{note.pk}"))


def test_nobody_but_the_pupil_ticks_it_off(log_in: LogIn, teacher: Client, pupils: list[Pupil], note: Feedback) -> None:
    assert teacher.post(f"/feedback/{note.pk}/tick/").status_code == 403
    assert log_in(pupils[1].user).post(f"/feedback/{note.pk}/tick/").status_code == 404
    note.refresh_from_db()
    assert note.addressed is None


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("none", "Line unchanged"),
        ("revise", "Reworded since"),
        ("cite", "Evidence changed since"),
        ("withdraw", "Taken back since"),
    ],
)
def test_teacher_sees_whether_the_line_changed_since(
    teacher: Client, seat: Seat, line: Statement, note: Feedback, verb: str, said: str
) -> None:
    by = seat.pupil.user
    note.tick()
    match verb:
        case "revise":
            line.revise(text="It tires them", version=1, by=by)
        case "cite":
            line.cite(by=by, title="A study")
        case "withdraw":
            line.withdraw(by=by)

    response = teacher.get(f"/seats/{seat.pk}/arguments/?on={line.pk}", headers=PARTIAL)

    told = text(by_id(response, f"feedback-{note.pk}"))
    assert said in told
    assert "Addressed" in told


# -- taken back --------------------------------------------------------------------------------------------------------


def test_feedback_taken_back_is_gone_for_the_pupil_and_comes_back(
    teacher: Client, pupil: Client, seat: Seat, note: Feedback
) -> None:
    def read() -> bool:
        return note.text in text(dom(pupil.get(f"/assignments/{seat.assignment_id}/lesson/")))

    response = teacher.post(f"/feedback/{note.pk}/withdrawal/", headers=PARTIAL)
    assert not read()
    assert pupil.post(f"/feedback/{note.pk}/tick/").status_code == 404
    assert "Undo" in text(by_id(response, f"feedback-on-{note.statement_id}"))
    with pytest.raises(Refused):
        note.tick()

    teacher.post(f"/feedback/{note.pk}/return/")

    assert read()


# -- the page ----------------------------------------------------------------------------------------------------------


def test_page_lists_what_the_pupil_wrote_under_what_it_answers(
    teacher: Client, seat: Seat, line: Statement, pupils: list[Pupil]
) -> None:
    line.add_argument("opposes", "Not mine", by=pupils[1].user)

    page = teacher.get(f"/seats/{seat.pk}/arguments/")

    assert texts(dom(page), "in-context__above") == ["Homework helps"]
    assert texts(dom(page), "argument-card__text") == ["It tires"]


def test_page_of_many_lines_costs_the_same_and_goes_on(seat: Seat, line: Statement) -> None:
    with data_queries() as few:
        lines_of(seat)
    for number in range(51):
        line.add_argument("supports", f"Every evening {number}", by=seat.pupil.user)

    with data_queries() as many:
        found = lines_of(seat)

    assert len(few) == len(many) == 3
    assert (len(found.lines), found.total, found.more) == (50, 52, 50)
    assert [each.text for each in lines_of(seat, start=50).lines] == ["Every evening 49", "Every evening 50"]


def test_name_stays_hidden_where_the_teacher_grades_without_names(teacher: Client, seat: Seat) -> None:
    assert "Ada L." in text(dom(teacher.get(f"/seats/{seat.pk}/arguments/")))

    teacher.post(f"/assignments/{seat.assignment_id}/grading/names/", {"names": "hidden"})

    assert "Ada L." not in teacher.get(f"/seats/{seat.pk}/arguments/").content.decode()


def test_feedback_is_given_from_the_grading_page_too(teacher: Client, seat: Seat, note: Feedback) -> None:
    region = by_id(teacher.get(f"/seats/{seat.pk}/grading/"), f"feedback-on-{note.statement_id}")

    assert "Which source?" in text(region)
    assert region.find(".//a").get("hx-get") == f"/seats/{seat.pk}/arguments/?on={note.statement_id}"  # type: ignore[union-attr]


def test_number_that_is_none_is_refused_and_breaks_nothing(teacher: Client, seat: Seat) -> None:
    assert give(teacher, seat, statement="x").status_code == 422
    assert give(teacher, seat, statement="9" * 30).status_code == 422
    assert teacher.get(f"/seats/{seat.pk}/arguments/?on={'9' * 30}&from=-1").status_code == 200


def test_feedback_waits_while_the_class_is_in_the_archive(teacher: Client, seat: Seat, classroom: Classroom) -> None:
    classroom.archive(by=classroom.teachers.get(role="owner").user)

    assert give(teacher, seat).status_code == 403
    assert not Feedback.objects.exists()
