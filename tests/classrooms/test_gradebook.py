"""The gradebook and its files: headers as other systems have them, no formulas, numbers that stay numbers."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from classrooms.gradebook.files import as_csv, as_workbook
from classrooms.gradebook.presets import PRESETS, split_name
from classrooms.gradebook.reading import gradebook_of
from classrooms.models import Look, LookKind
from debates.formats.csv_table import unguarded
from tests.classrooms.factories import make_assignment, make_pupils, seat_of
from tests.classrooms.grading_world import Graded, grade, graded_class
from tests.markup import by_class, dom, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from classrooms.gradebook.presets import Cell
    from tests.conftest import LogIn

pytestmark = pytest.mark.django_db

CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠A")


@pytest.fixture
def world(alice: User) -> Graded:
    """Ada has 80 released, Ben 87.5 as a draft."""
    world = graded_class(alice)
    grade(world.seats[0], alice, total=Decimal(80))
    world.assignment.release()
    grade(world.seats[1], alice, total=Decimal("87.5"))
    return world


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def taken(log_in: LogIn, teacher: User, world: Graded, name: str, **query: str) -> list[list[str]]:
    answer = log_in(teacher).get(reverse("gradebook-file", args=[world.classroom.pk, name]), query)
    assert answer.status_code == 200
    return read(answer.content)


def test_file_for_canvas_has_its_headers_letter_by_letter(world: Graded, alice: User, log_in: LogIn) -> None:
    head, possible, ada, ben = taken(log_in, alice, world, "canvas")

    assert head == [*CANVAS, "Both sides"]
    assert possible == ["    Points Possible", "", "", "", "", "100"]
    assert (ada, ben) == (["Ada L.", "", "", "", "Period 3", "80"], ["Ben K.", "", "", "", "Period 3", ""])


def test_file_with_drafts_has_them(world: Graded, alice: User, log_in: LogIn) -> None:
    *_head, ada, ben = taken(log_in, alice, world, "plain", grades="drafts")

    assert (ada, ben) == (["Ada L.", "80"], ["Ben K.", "87.5"])


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("moodle", ["First name", "Last name", "ID number", "Email address", "Both sides (Real)"]),
        ("google", ["Last Name", "First Name", "Email Address", "Both sides"]),
        ("plain", ["Name", "Both sides"]),
    ],
)
def test_files_begin_with_the_headers_of_their_system(
    world: Graded, alice: User, log_in: LogIn, name: str, head: list[str]
) -> None:
    assert taken(log_in, alice, world, name)[0] == head


def test_two_assignments_of_one_title_are_two_columns(world: Graded, alice: User) -> None:
    make_assignment(world.classroom, alice)

    assert gradebook_of(world.classroom).titles() == ["Both sides", "Both sides (2)"]


@pytest.mark.parametrize("name", FORMULAS)
def test_name_that_is_a_formula_is_none_in_the_file(name: str) -> None:
    ((cell, number),) = read(as_csv([[name, Decimal("-1.5")]]))

    assert (cell[0], unguarded(cell), number) == ("'", name, "-1.5")


@settings(max_examples=40)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=4))
def test_cells_come_back_as_they_were(row: list[str]) -> None:
    (back,) = read(as_csv([[*row, 7]]))

    assert [unguarded(cell) for cell in back] == [*row, "7"]


def test_workbook_has_no_formula_and_numbers_are_numbers() -> None:
    rows: list[list[Cell]] = [[name, Decimal("87.5")] for name in FORMULAS]

    book = as_workbook([["Name", "=A1"], *rows], title="Gradebook")

    sheet = ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count("<v>87.5</v>") == len(FORMULAS)


def test_taking_names_home_is_noted(world: Graded, alice: User, log_in: LogIn) -> None:
    taken(log_in, alice, world, "plain")

    assert Look.objects.filter(kind=LookKind.EXPORT, teacher=alice, pupil=None).count() == 1


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", ("Ada", "Lovelace")),
        ("Lovelace, Ada", ("Ada", "Lovelace")),
        ("Ada", ("Ada", "")),
        ("", ("", "")),
    ],
)
def test_name_is_split(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_gradebook_page_says_what_is_a_draft(world: Graded, alice: User, log_in: LogIn) -> None:
    page = log_in(alice).get(reverse("gradebook", args=[world.classroom.pk]))

    (table,) = by_class(dom(page), "gradebook")
    assert [text(row) for row in table.iter("tr")][1:] == ["Ada L.80", "Ben K.87.5draft"]


def test_gradebook_asks_the_same_for_few_and_for_many(world: Graded, alice: User) -> None:
    with data_queries() as few:
        gradebook_of(world.classroom)
    make_pupils(world.classroom, "Chidi O.", "Dora P.", "Eve Q.")
    for _number in range(2):
        given = make_assignment(world.classroom, alice)
        grade(seat_of(given, world.pupils[0]), alice, total=Decimal(1))

    with data_queries() as many:
        book = gradebook_of(world.classroom)

    assert (len(many), len(book.lines), len(book.assignments)) == (len(few), 5, 3)
    assert len(few) == 5


# -- Canvas’s own file ---------------------------------------------------------------------------------------------

EXPORT = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Both sides (123),Quiz (9),Current Score\r\n"
    "    Points Possible,,,,,100,10,(read only)\r\n"
    '"L., Ada",1001,s-1,ada,Period 3,,7,90\r\n'
    '"K., Ben",1002,s-2,ben,Period 3,55,8,80\r\n'
)


def filled(log_in: LogIn, teacher: User, world: Graded, content: str, **more: str) -> Any:
    file = SimpleUploadedFile("grades.csv", content.encode("utf-8-sig"))
    return log_in(teacher).post(reverse("gradebook-filling", args=[world.classroom.pk]), {"file": file} | more)


def test_export_of_canvas_comes_back_with_the_grades_and_nothing_else_changed(
    world: Graded, alice: User, log_in: LogIn
) -> None:
    before = read(EXPORT.encode())

    after = read(filled(log_in, alice, world, EXPORT).content)

    assert after[:2] == before[:2]
    assert after[2] == ["L., Ada", "1001", "s-1", "ada", "Period 3", "80", "7", "90"]
    assert after[3] == before[3]  # Ben's grade is a draft
    drafts = read(filled(log_in, alice, world, EXPORT, drafts="on").content)
    assert drafts[3] == ["K., Ben", "1002", "s-2", "ben", "Period 3", "87.5", "8", "80"]


def test_pupil_whom_canvas_does_not_know_is_told_first(world: Graded, alice: User, log_in: LogIn) -> None:
    unlike = EXPORT.replace("L., Ada", "Lovelace, A.")

    told = filled(log_in, alice, world, unlike)
    left_out = filled(log_in, alice, world, unlike, anyway="on")

    assert (told.status_code, "Ada L." in texts(dom(told), "grading-conflict")[0]) == (422, True)
    assert read(left_out.content)[2:] == read(unlike.encode())[2:]


def test_namesakes_are_left_as_they_are(world: Graded, alice: User, log_in: LogIn) -> None:
    twice = EXPORT + '"L., Ada",1003,s-3,ada2,Period 3,,1,10\r\n'

    assert filled(log_in, alice, world, twice).status_code == 422


def test_assignment_that_canvas_does_not_know_is_a_new_column(world: Graded, alice: User, log_in: LogIn) -> None:
    unlike = EXPORT.replace("Both sides (123)", "Essay (123)")

    head, possible, ada, _ben = read(filled(log_in, alice, world, unlike).content)

    assert (head[-1], possible[-1], ada[-1]) == ("Both sides", "100", "80")


@pytest.mark.parametrize("content", ["", "Name,Points\r\nAda,1\r\n", 'Student,"ID\r\n', "\0\1\2"])
def test_file_that_is_no_export_of_canvas_is_refused(world: Graded, alice: User, log_in: LogIn, content: str) -> None:
    answer = filled(log_in, alice, world, content)

    assert (answer.status_code, answer["Content-Type"]) == (422, "text/html; charset=utf-8")


def test_all_presets_can_be_made_of_an_empty_class(alice: User) -> None:
    world = graded_class(alice, "Ada L.")
    world.pupils[0].leave()

    assert all(list(preset.rows(gradebook_of(world.classroom), False)) for preset in PRESETS.values())
