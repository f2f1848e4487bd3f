"""The progress page, what a teacher does on it, and the page for the projector."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from classrooms.fingerprints import progress_fingerprint
from classrooms.models import Assignment, Classroom, Feedback, Pupil, Seat, Work
from classrooms.progress import board_of
from classrooms.watching import watch_of
from debates.models import Closed, Pseudonym, Statement, Topic
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.factories import make_topic, make_tree
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from tests.markup import Response

pytestmark = pytest.mark.django_db

type LogIn = Callable[[User], Client]

TREE = """Homework helps
  + because practice does
  - but sleep matters
Schools should give less"""


@pytest.fixture
def classroom(alice: User) -> Classroom:
    return make_classroom(alice)


@pytest.fixture
def pupils(classroom: Classroom) -> list[Pupil]:
    return make_pupils(classroom, "Ben K.", "Ada L.", "Chidi O.")


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice)


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    return make_tree(topic, alice, TREE)


@pytest.fixture
def assignment(
    classroom: Classroom, pupils: list[Pupil], topic: Topic, tree: dict[str, Statement], alice: User
) -> Assignment:
    return make_assignment(classroom, alice, topic=topic, requirements={"supporting": 1, "conclusion": 3})


@pytest.fixture
def teacher(log_in: LogIn, alice: User) -> Client:
    return log_in(alice)


def address(assignment: Assignment, part: str = "progress") -> str:
    return f"/assignments/{assignment.pk}/{part}/"


def poll(teacher: Client, assignment: Assignment, tag: str, query: str = "") -> Response:
    return teacher.get(address(assignment) + query, headers={**PARTIAL, "if-none-match": tag})


def rows(response: Response) -> list[str]:
    return [text(row) for row in dom(response).iter("tr") if row.get("id", "").startswith("seat-")]


# -- the table ---------------------------------------------------------------------------------------------------------


def test_progress_lists_pupils_by_name_with_pseudonym_and_counts(
    teacher: Client, assignment: Assignment, pupils: list[Pupil], tree: dict[str, Statement], topic: Topic
) -> None:
    # The one who has done most does not come first.
    tree["Homework helps"].add_argument("supports", "It trains memory", by=pupils[2].user)
    seen_as = Pseudonym.objects.get(topic=topic, user=pupils[2].user).name

    ada, ben, chidi = rows(teacher.get(address(assignment)))

    assert (ada[:6], ben[:6], chidi[:8]) == ("Ada L.", "Ben K.", "Chidi O.")
    assert seen_as in chidi
    assert "1 of 1" in chidi
    assert "added a supporting argument" in chidi
    assert "3 words to go" in chidi
    assert "Not started" in ada


@pytest.mark.parametrize(
    ("show", "names"), [("not-started", ["Ben K."]), ("stuck", ["Ada L."]), ("done", ["Chidi O."]), ("odd", [])]
)
def test_progress_is_narrowed_with_counts(
    teacher: Client, assignment: Assignment, pupils: list[Pupil], show: str, names: list[str]
) -> None:
    Seat.objects.filter(pupil=pupils[1]).update(times_opened=2, opened=timezone.now())
    Work.objects.create(seat=seat_of(assignment, pupils[2]), handed_in=timezone.now(), conclusion="So be it")

    response = teacher.get(f"{address(assignment)}?show={show}")

    assert [row.split(".")[0] + "." for row in rows(response)] == (names or ["Ada L.", "Ben K.", "Chidi O."])
    assert [text(a) for a in by_class(dom(response), "segments")[-1]] == [
        "All 3", "Not started 1", "Stuck 1", "Done 1",
    ]  # fmt: skip


def test_last_step_is_the_newest_of_change_vote_and_conclusion(
    assignment: Assignment, pupils: list[Pupil], tree: dict[str, Statement]
) -> None:
    def steps() -> list[str]:
        return [str(line.step.said) if line.step else "" for line in board_of(assignment).lines]

    ben, ada, _chidi = pupils
    Seat.objects.filter(pupil=ada).update(opened=timezone.now(), times_opened=1)
    tree["Homework helps"].add_argument("opposes", "It tires", by=ben.user)
    assert steps() == ["opened the assignment", "added an opposing argument", ""]

    tree["because practice does"].cast_vote(voter=ben.user, value=3)
    work = Work.objects.create(seat=seat_of(assignment, ada))
    work.write(version=1, conclusion="So it does", used_ai="")

    assert steps() == ["wrote the conclusion", "voted", ""]


def test_progress_costs_the_same_queries_whatever_the_size(
    assignment: Assignment, classroom: Classroom, tree: dict[str, Statement]
) -> None:
    with data_queries() as few:
        board_of(assignment)
        watch_of(assignment)
    for pupil in make_pupils(classroom, *(f"Pupil {n}" for n in range(4))):
        line = tree["Homework helps"].add_argument("opposes", f"It tires {pupil}", by=pupil.user)
        line.add_argument("supports", f"Every evening {pupil}", by=pupil.user)
        Feedback.objects.give(seat_of(assignment, pupil), by=pupil.user, kind="fix", text="Why?", statement=line)

    with data_queries() as many:
        board_of(assignment)
        watch_of(assignment)

    assert len(few) == len(many) <= 19


# -- asked for again ---------------------------------------------------------------------------------------------------


def test_page_that_nothing_has_changed_on_is_answered_304_in_four_queries(
    teacher: Client, assignment: Assignment
) -> None:
    tag = teacher.get(address(assignment)).headers["ETag"]

    with data_queries() as asked:
        response = poll(teacher, assignment, tag)

    assert (response.status_code, response.content) == (304, b"")
    assert len(asked) <= 4  # the session, the person, the assignment, the sums


def test_everything_that_the_page_shows_alters_its_fingerprint(
    assignment: Assignment, pupils: list[Pupil], tree: dict[str, Statement], alice: User
) -> None:
    ben, ada, chidi = pupils
    seat = seat_of(assignment, ada)
    work = Work.objects.create(seat=seat)
    line = tree["Homework helps"].add_argument("opposes", "It tires", by=ada.user)
    note = Feedback.objects.give(seat, by=alice, kind="fix", text="Why?", statement=line)
    acts: dict[str, Callable[[], object]] = {
        "argument": lambda: line.add_argument("supports", "Every evening", by=ben.user),
        "wording": lambda: line.revise(text="It tires us", version=1, by=ada.user),
        "vote": lambda: line.cast_vote(voter=ben.user, value=4),
        "vote taken back": lambda: line.retract_vote(voter=ben.user),
        "conclusion": lambda: work.write(version=1, conclusion="So", used_ai=""),
        "handing in": work.hand_in,
        "taking back": work.take_back,
        "opening": seat.note_opening,
        "feedback": lambda: Feedback.objects.give(seat, by=alice, kind="praise", text="Well put"),
        "ticked": note.tick,
        "not ticked": note.untick,
        "feedback taken back": note.withdraw,
        "pause": lambda: assignment.pause(by=alice),
        "resumption": lambda: assignment.resume(by=alice),
        "asking": lambda: assignment.poll("before"),
        "leaving": chidi.leave,
        "due": lambda: Assignment.objects.filter(pk=assignment.pk).update(due=timezone.now()),
    }
    seen, unnoticed = [progress_fingerprint(assignment)], []

    for name, act in acts.items():
        act()
        seen.append(progress_fingerprint(assignment))
        unnoticed += [name] if seen[-1] == seen[-2] else []

    assert unnoticed == []


def test_another_choice_of_pupils_is_another_page(teacher: Client, assignment: Assignment) -> None:
    tag = teacher.get(address(assignment)).headers["ETag"]

    assert poll(teacher, assignment, tag, "?show=stuck").status_code == 200


def test_poll_gets_the_table_without_the_page_around_it(teacher: Client, assignment: Assignment) -> None:
    response = poll(teacher, assignment, '"old"')

    assert is_fragment(response)
    assert len(rows(response)) == 3


# -- in the lesson -----------------------------------------------------------------------------------------------------


def test_pause_closes_the_maps_and_resumption_opens_them(
    teacher: Client, assignment: Assignment, pupils: list[Pupil], tree: dict[str, Statement]
) -> None:
    response = teacher.post(address(assignment, "pause"))
    assert response.status_code == 303
    with pytest.raises(Closed):
        tree["Homework helps"].add_argument("opposes", "It tires", by=pupils[0].user)
    assert "Paused" in text(by_id(teacher.get(address(assignment)), "paused"))

    teacher.post(address(assignment, "resumption"))

    tree["Homework helps"].add_argument("opposes", "It tires", by=pupils[0].user)
    assignment.refresh_from_db()
    assert assignment.paused is None


def test_pupil_is_told_of_the_pause_at_the_next_poll(
    log_in: LogIn, assignment: Assignment, pupils: list[Pupil], alice: User
) -> None:
    pupil = log_in(pupils[0].user)
    tag = pupil.get(address(assignment, "lesson"), headers=PARTIAL).headers["ETag"]
    before = pupil.get(address(assignment, "lesson"), headers={**PARTIAL, "if-none-match": tag})
    assignment.pause(by=alice)

    after = pupil.get(address(assignment, "lesson"), headers={**PARTIAL, "if-none-match": tag})

    assert before.status_code == 304
    assert "Paused by your teacher." in text(dom(after))


def test_unveiling_shows_what_everyone_wrote_first(
    teacher: Client, classroom: Classroom, pupils: list[Pupil], alice: User
) -> None:
    found = make_assignment(classroom, alice, write_first=True)
    topic = seat_of(found, pupils[0]).group.topic
    assert topic is not None
    line = topic.claims[0].add_argument("opposes", "It tires", by=pupils[0].user, suggested=True)
    news = teacher.get(address(found))
    assert "waits, not seen by others" in text(by_id(news, f"news-{line.pk}"))

    response = teacher.post(address(found, "unveiling"))

    line.refresh_from_db()
    assert (response.status_code, line.status) == (303, "visible")
    assert dom(teacher.get(address(found))).find(".//*[@id='unveil']") is None


def test_unveiling_is_refused_where_nothing_is_veiled(teacher: Client, assignment: Assignment) -> None:
    assert teacher.post(address(assignment, "unveiling")).status_code == 422


def test_watch_names_what_nobody_answered_and_what_is_not_addressed(
    assignment: Assignment, pupils: list[Pupil], tree: dict[str, Statement], alice: User
) -> None:
    ben, ada, _chidi = pupils
    lone = tree["Homework helps"].add_argument("opposes", "It tires", by=ben.user)
    backed = tree["Homework helps"].add_argument("supports", "It trains", by=ada.user)
    backed.add_argument("supports", "As in sport", by=alice)
    Feedback.objects.give(seat_of(assignment, ben), by=alice, kind="fix", text="Why?", statement=lone)

    found = watch_of(assignment)

    assert [news.text for news in found.latest] == ["It trains", "It tires"]
    assert [(str(hint.why), hint.text) for hint in found.hints] == [
        ("No answer yet", "It tires"),
        ("Nobody has challenged it", "It trains"),
        ("Your feedback is not addressed yet", "It tires"),
    ]


# -- the projector -----------------------------------------------------------------------------------------------------


def present(teacher: Client, assignment: Assignment, query: str = "") -> Response:
    return teacher.get(address(assignment, "presentation") + query)


def test_presentation_shows_both_sides_by_pseudonyms_alone(
    teacher: Client, assignment: Assignment, pupils: list[Pupil], tree: dict[str, Statement], topic: Topic
) -> None:
    Topic.objects.filter(pk=topic.pk).update(names_shown="names")
    tree["Homework helps"].add_argument("opposes", "It tires", by=pupils[0].user)

    response = present(teacher, assignment, "?by=newest")

    assert text(dom(response).find(".//h1")) == "Homework helps"  # type: ignore[arg-type]
    supports, opposes = (text(part) for part in by_class(dom(response), "presentation__sides")[0])
    assert "because practice does" in supports
    assert opposes.index("It tires") < opposes.index("but sleep matters")
    main = text(dom(response).find(".//main"))  # type: ignore[arg-type]
    assert Pseudonym.objects.get(topic=topic, user=pupils[0].user).name in main
    assert all(name not in response.content.decode() for name in ("Ben K.", "Ada L.", "Chidi O."))


def test_most_discussed_comes_first_where_it_is_asked_for(
    teacher: Client, assignment: Assignment, pupils: list[Pupil], tree: dict[str, Statement]
) -> None:
    tree["Homework helps"].add_argument("opposes", "It tires", by=pupils[0].user)
    tree["but sleep matters"].add_argument("opposes", "Not so much", by=pupils[0].user)

    opposes = by_class(dom(present(teacher, assignment, "?by=discussed")), "presentation__sides")[0][1]

    assert text(opposes).index("but sleep matters") < text(opposes).index("It tires")


def test_presentation_steps_from_each_claim_through_its_arguments(
    teacher: Client, assignment: Assignment, tree: dict[str, Statement]
) -> None:
    seen, query = [], "?by=newest"
    for _step in range(6):
        response = present(teacher, assignment, query)
        seen.append(text(dom(response).find(".//h1")))  # type: ignore[arg-type]
        query = by_id(response, "next").get("href", "")
        if not query:
            break

    assert seen == ["Homework helps", "because practice does", "but sleep matters", "Schools should give less"]


def test_line_further_below_is_stepped_among_its_neighbours(
    teacher: Client, assignment: Assignment, pupils: list[Pupil], tree: dict[str, Statement]
) -> None:
    one = tree["but sleep matters"].add_argument("opposes", "Not so much", by=pupils[0].user)
    two = tree["but sleep matters"].add_argument("opposes", "Not to all", by=pupils[1].user)

    response = present(teacher, assignment, f"?at={one.pk}")

    assert f"at={two.pk}" in by_id(response, "next").get("href", "")
    assert f"at={tree['but sleep matters'].pk}" in dom(response).find(".//a[@data-up]").get("href", "")  # type: ignore[union-attr]


@pytest.mark.parametrize("at", ["0", "999999", "x", "9" * 40, "-1", "positions"])
def test_presentation_begins_anew_where_the_step_is_none(teacher: Client, assignment: Assignment, at: str) -> None:
    response = present(teacher, assignment, f"?at={at}&map=7&by=odd")

    assert text(dom(response).find(".//h1")) == "Homework helps"  # type: ignore[arg-type]


def test_presentation_hides_votes_that_readers_see_only_after_voting(
    teacher: Client, assignment: Assignment, pupils: list[Pupil], tree: dict[str, Statement], topic: Topic
) -> None:
    tree["Homework helps"].cast_vote(voter=pupils[0].user, value=4)
    hidden = texts(dom(present(teacher, assignment)), "presentation__by")[0]
    Topic.objects.filter(pk=topic.pk).update(votes_shown="always")

    shown = texts(dom(present(teacher, assignment)), "presentation__by")[0]

    assert "vote" not in hidden
    assert "1 vote: decisive" in shown


def test_join_code_stands_there_when_asked_for(teacher: Client, assignment: Assignment, classroom: Classroom) -> None:
    code = classroom.code
    assert code is not None
    assert code.shown not in present(teacher, assignment).content.decode()
    assert code.shown in text(by_class(dom(present(teacher, assignment, "?code=1")), "presentation__code")[0])


def test_presentation_costs_the_same_queries_whatever_the_size(
    teacher: Client, assignment: Assignment, pupils: list[Pupil], tree: dict[str, Statement]
) -> None:
    present(teacher, assignment)
    with data_queries() as few:
        present(teacher, assignment)
    for number in range(8):
        tree["Homework helps"].add_argument("opposes", f"It tires {number}", by=pupils[number % 3].user)

    with data_queries() as many:
        present(teacher, assignment)

    assert len(few) == len(many) <= 14
