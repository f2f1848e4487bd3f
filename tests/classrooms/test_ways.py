"""The way back from a map to the assignment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debates.models import Statement
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils

if TYPE_CHECKING:
    from accounts.models import User
    from tests.conftest import LogIn

pytestmark = pytest.mark.django_db


def test_map_leads_its_pupil_back_to_the_assignment(alice: User, log_in: LogIn) -> None:
    classroom = make_classroom(alice)
    (ada,) = make_pupils(classroom, "Ada L.")
    assignment = make_assignment(classroom, alice)
    line = Statement.objects.get(text="because practice does")
    link = f'href="{assignment.get_absolute_url()}"'

    pages = [log_in(ada.user).get(each.get_absolute_url()) for each in (line.topic, line)]
    assignment.remove()
    later = log_in(ada.user).get(line.get_absolute_url())

    assert [link in page.content.decode() for page in (*pages, later)] == [True, True, False]
