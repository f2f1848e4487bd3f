"""The class that most tests of classes are about; a file with another of its own defines that under the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.classrooms.factories import make_classroom, make_pupils
from tests.factories import make_topic, make_tree

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import User
    from classrooms.models import Classroom, Pupil
    from debates.models import Topic
    from tests.conftest import LogIn

TREE = """Homework helps
  + because practice does
  - but sleep matters"""


@pytest.fixture
def classroom(alice: User) -> Classroom:
    return make_classroom(alice, time_zone="Europe/Berlin", ends=None, keep_months=13, seats=None, name="9b")


@pytest.fixture
def pupils(classroom: Classroom) -> list[Pupil]:
    return make_pupils(classroom, "Ada L.", "Ben K.", "Chidi O.", "Dana S.")


@pytest.fixture
def topic(alice: User) -> Topic:
    topic = make_topic(alice)
    make_tree(topic, alice, TREE)
    return topic


@pytest.fixture
def teacher(alice: User, log_in: LogIn) -> Client:
    return log_in(alice)
