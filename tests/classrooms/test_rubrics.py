"""Rubrics: the templates, the editor that works by buttons, and what becomes of one that is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from accounts.models import User
from classrooms.models import Rubric
from classrooms.rubrics.templates import TEMPLATES
from debates.models import Conflict, Refused
from tests.classrooms.factories import make_assignment, make_classroom
from tests.markup import by_class, by_id, dom, text

if TYPE_CHECKING:
    from tests.conftest import LogIn

pytestmark = pytest.mark.django_db

LEVELS = [{"points": 1, "text": "dim"}, {"points": 2, "text": "clear"}]
ONE: list[dict[str, Any]] = [{"key": "idea", "name": "Idea", "points": 2, "levels": LEVELS}]


def make_rubric(owner: User, criteria: list[dict[str, Any]] | None = None) -> Rubric:
    return Rubric.objects.begin(by=owner, title="A rubric", criteria=criteria or ONE)


def typed(**given: str) -> dict[str, str]:
    """An editor with one criterion of two levels."""
    fields = {
        "title": "Mine", "counts": "on", "key-0": "", "name-0": "One idea", "points-0-0": "4", "level-0-0": "clear",
        "points-0-1": "1,5", "level-0-1": "dim", "do": "save", "key": "k",
    }  # fmt: skip
    return fields | given


def test_templates_are_what_they_say() -> None:
    assert {name: (len(each.criteria), each.points) for name, each in TEMPLATES.items()} == {
        "whole": (6, 100), "quick": (3, 6), "counter": (1, 4), "value": (5, 0),
    }  # fmt: skip
    assert [each.points for each in TEMPLATES["whole"].criteria] == [15, 15, 20, 15, 20, 15]


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_can_be_stored_as_it_is(alice: User, name: str) -> None:
    rubric = make_rubric(alice, TEMPLATES[name].copy())

    assert rubric.criteria == TEMPLATES[name].copy()


def test_levels_are_stored_the_best_first_and_keys_are_unlike(alice: User) -> None:
    rubric = make_rubric(alice, [*ONE, ONE[0] | {"key": "idea"}, ONE[0] | {"key": "<b>", "name": "Ides é"}])

    assert [each["key"] for each in rubric.criteria] == ["idea", "idea-2", "ides-e"]
    assert [level["text"] for level in rubric.criteria[0]["levels"]] == ["clear", "dim"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name-0"),
        ({"levels": []}, "name-0"),
        ({"levels": [{"points": 1, "text": ""}]}, "level-0-0"),
        ({"levels": [{"points": "x", "text": "a"}]}, "level-0-0"),
        ({"levels": [{"points": 1, "text": "a"}, {"points": 1, "text": "b"}]}, "name-0"),
    ],
)
def test_rubric_that_could_not_be_used_is_refused(alice: User, change: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        make_rubric(alice, [ONE[0] | change])

    assert (refused.value.field, Rubric.objects.count()) == (field, 0)


def test_rubric_that_another_changed_is_a_conflict(alice: User) -> None:
    rubric = make_rubric(alice)
    rubric.revise(version=1, title="Theirs", criteria=ONE)

    with pytest.raises(Conflict):
        rubric.revise(version=1, title="Mine", criteria=ONE)

    assert Rubric.objects.get().title == "Theirs"


def test_rubric_in_use_is_not_deleted(alice: User) -> None:
    rubric = make_rubric(alice)
    make_assignment(make_classroom(alice), alice).grade_by(rubric)

    with pytest.raises(Refused):
        rubric.remove()

    assert Rubric.objects.filter(pk=rubric.pk).exists()


def test_rubric_of_a_teacher_who_goes_stays_with_the_class(alice: User, bob: User) -> None:
    classroom = make_classroom(alice)
    classroom.add_teacher(bob)
    used, unused = make_rubric(bob), make_rubric(bob)
    make_assignment(classroom, alice).grade_by(used)

    Rubric.objects.keep_for_classes(bob)

    assert (Rubric.objects.get(pk=used.pk).owner, Rubric.objects.get(pk=unused.pk).owner) == (alice, bob)


# -- the pages -----------------------------------------------------------------------------------------------------


def test_editor_stores_what_was_typed_once(alice: User, log_in: LogIn) -> None:
    client = log_in(alice)

    answers = [client.post(reverse("rubric-create"), typed()) for _time in range(2)]

    rubric = Rubric.objects.get()
    assert {answer["Location"] for answer in answers} == {rubric.get_absolute_url()}
    assert [(each["key"], each["points"]) for each in rubric.criteria] == [("one-idea", 4)]
    assert [level["points"] for level in rubric.criteria[0]["levels"]] == [4, 1.5]


@pytest.mark.parametrize(
    ("do", "shape"),
    [
        ("add-criterion", [2, 2]),
        ("add-level-0", [3]),
        ("remove-level-0-1", [1]),
        ("remove-criterion-0", []),
        ("remove-criterion-9", [2]),
        ("nonsense", [2]),
    ],
)
def test_buttons_change_the_editor_and_store_nothing(alice: User, log_in: LogIn, do: str, shape: list[int]) -> None:
    answer = log_in(alice).post(reverse("rubric-create"), typed(do=do))

    (form,) = by_class(dom(answer), "rubric-editor")
    assert [len(by_class(each, "rubric-editor__level")) for each in form.iter("fieldset")] == shape
    assert by_id(answer, "title").get("value") == "Mine"
    assert not Rubric.objects.exists()


def test_wrong_points_are_shown_at_their_level_with_what_was_typed(alice: User, log_in: LogIn) -> None:
    answer = log_in(alice).post(reverse("rubric-create"), typed(**{"points-0-1": "many"}))

    assert answer.status_code == 422
    assert by_id(answer, "points-0-1").get("value") == "many"
    assert "number" in text(by_id(answer, "level-0-1-error"))


def test_rubric_without_points_numbers_its_levels(alice: User, log_in: LogIn) -> None:
    fields = typed()
    del fields["counts"]

    log_in(alice).post(reverse("rubric-create"), fields)

    (criterion,) = Rubric.objects.get().criteria
    assert (criterion["points"], [level["points"] for level in criterion["levels"]]) == (0, [2, 1])


def test_template_becomes_a_rubric_of_the_teachers_own(alice: User, log_in: LogIn) -> None:
    assignment = make_assignment(make_classroom(alice), alice)

    log_in(alice).post(reverse("assignment-rubric", args=[assignment.pk]), {"rubric": "template:counter"})

    assignment.refresh_from_db()
    assert (assignment.rubric.owner, assignment.rubric.criteria) == (alice, TEMPLATES["counter"].copy())  # type: ignore[union-attr]


def test_rubric_is_its_owners_and_the_teachers_of_its_class(alice: User, bob: User, log_in: LogIn) -> None:
    rubric, url = make_rubric(alice), ""
    url = rubric.get_absolute_url()
    assert log_in(bob).get(url).status_code == 404
    classroom = make_classroom(alice)
    classroom.add_teacher(bob)
    make_assignment(classroom, alice).grade_by(rubric)

    assert log_in(bob).get(url).status_code == 200


def test_choice_keeps_the_rubric_of_a_colleague_and_says_where_points_differ(
    alice: User, bob: User, log_in: LogIn
) -> None:
    classroom, rubric = make_classroom(alice), make_rubric(alice)
    classroom.add_teacher(bob)
    assignment = make_assignment(classroom, alice)
    assignment.grade_by(rubric)
    address, own = reverse("assignment-rubric", args=[assignment.pk]), f"own:{rubric.pk}"

    page = dom(log_in(bob).get(address))
    answer = log_in(bob).post(address, {"rubric": own}, follow=True)

    assert [each.get("value") for each in page.iter("input") if each.get("checked") is not None] == [own]
    assert f"comes to {rubric.points:g} points" in text(dom(answer))


def test_conflict_in_the_editor_shows_both(alice: User, log_in: LogIn) -> None:
    rubric = make_rubric(alice)
    rubric.revise(version=1, title="Theirs", criteria=ONE)

    answer = log_in(alice).post(rubric.get_absolute_url(), typed(version="1"))

    assert answer.status_code == 409
    (box,) = by_class(dom(answer), "grading-conflict")
    assert ("Theirs" in text(box), by_id(answer, "title").get("value")) == (True, "Mine")
