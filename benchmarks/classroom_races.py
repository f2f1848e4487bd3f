"""Races of a class at size: C10 forty join for thirty seats, C11 a template is edited while groups copy it, C12 pupils
delete their accounts while they write.

Each person is a process with a database connection of its own. JOINERS in the environment makes it another number.
"""

from __future__ import annotations

import os
import random
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks.workers import at_once

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from classrooms.models import Assignment

JOINERS = int(os.environ.get("JOINERS", "40"))
SEATS = JOINERS * 3 // 4
WRITERS, LINES, EDITS = 10, 20, 10


def _joins(classroom: int, user: int) -> str:
    """Whether somebody got in who sent the form twice."""
    from accounts.models import User
    from classrooms.models import Classroom
    from debates.models import Refused

    found, person = Classroom.objects.get(pk=classroom), User.objects.get(pk=user)
    code = found.code
    assert code is not None
    try:
        for _time in range(2):
            found.join(person, code=code, name="Ada")
    except Refused:
        return "full"
    return "in"


def last_seats() -> list[str]:
    """C10. Half of those who want a seat also ask from a second device at the same moment."""
    from classrooms.models import Pupil
    from tests.classrooms.factories import make_classroom
    from tests.factories import make_guest, make_user

    classroom = make_classroom(make_user(), seats=SEATS)
    guests = [make_guest().pk for _person in range(JOINERS)]
    came = _at_once([partial(_joins, classroom.pk, pk) for pk in guests + guests[::2]])
    joined = Pupil.objects.filter(classroom=classroom).count()
    print(f"  C10: {JOINERS} people, half of them twice, for {SEATS} seats: {joined} pupils")
    return _failed(came) + ([] if joined == SEATS else [f"{joined} pupils in {SEATS} seats"])


def _seats(assignment: int, pupil: int) -> None:
    from classrooms.models import Assignment, Pupil

    found = Assignment.objects.get(pk=assignment)
    found.seat(Pupil.objects.get(pk=pupil), by=found.created_by)  # type: ignore[arg-type]


def _edits(assignment: int) -> None:
    """The teacher: a line reworded and one added below it, each time in this order, and brought to the groups."""
    from classrooms.flowing import bring
    from classrooms.models import Assignment
    from debates.models import Statement

    found = Assignment.objects.select_related("topic", "created_by").get(pk=assignment)
    by: Any = found.created_by
    line = Statement.objects.get(topic=found.topic_id or 0, text="because practice does")
    for edit in range(EDITS):
        line.revise(text=f"Words {edit:02}", version=line.version, by=by)
        line.refresh_from_db()
        line.add_argument("opposes", f"Answer {edit:02}", by=by)
        bring(found, by=by)


def template_edits() -> list[str]:
    """C11."""
    from classrooms.flowing import bring
    from tests.classrooms.factories import make_assignment, make_classroom, make_pupils
    from tests.factories import make_user

    teacher = make_user()
    classroom = make_classroom(teacher)
    pupils = make_pupils(classroom, *(f"Pupil {number}" for number in range(JOINERS // 2)))
    assignment = make_assignment(classroom, teacher, shape="each", published=False)
    acts = [partial(_seats, assignment.pk, pupil.pk) for pupil in pupils]
    came = _at_once([partial(_edits, assignment.pk), *acts])
    wrong = _halves(assignment)
    bring(assignment, by=teacher)
    behind = [each for each in _answers(assignment) if len(each) != EDITS]
    print(f"  C11: {EDITS} edits while {len(pupils)} groups were made: {len(wrong)} half edits, {len(behind)} behind")
    return _failed(came) + wrong + [f"a group is behind: {each}" for each in behind]


def _texts(assignment: Assignment) -> list[list[str]]:
    from debates.models import Statement

    groups = assignment.groups.all()
    return [
        sorted(Statement.objects.filter(topic=each.topic_id or 0).values_list("text", flat=True)) for each in groups
    ]


def _answers(assignment: Assignment) -> list[list[str]]:
    return [[words for words in texts if words.startswith("Answer")] for texts in _texts(assignment)]


def _halves(assignment: Assignment) -> list[str]:
    """Groups with an answer to words that they do not have yet, or with a line that came twice."""
    found = []
    for texts in _texts(assignment):
        answers = [words[-2:] for words in texts if words.startswith("Answer")]
        words = max((each[-2:] for each in texts if each.startswith("Words")), default="")
        if len(texts) != len(set(texts)) or max(answers, default="") > words:
            found.append(f"a half edit: {texts}")
    return found


def _writes(claim: int, user: int) -> None:
    """What comes from somebody who is gone by then, the database refuses."""
    from django.db import IntegrityError

    from accounts.models import User
    from debates.models import Refused, Statement

    line, by = Statement.objects.get(pk=claim), User.objects.get(pk=user)
    try:
        for number in range(LINES):
            line.add_argument("supports", f"Line {number} of {user}", by=by)
    except (Refused, IntegrityError):
        return


def _goes(user: int) -> None:
    from accounts.models import User

    time.sleep(random.random() / 2)
    User.objects.get(pk=user).delete()


def deletions() -> list[str]:
    """C12."""
    from debates.models import Change, Pseudonym, Statement, Vote
    from tests.classrooms.factories import make_assignment, make_classroom, make_pupils
    from tests.debates.trees import faults
    from tests.factories import make_user

    teacher = make_user()
    classroom = make_classroom(teacher)
    pupils = make_pupils(classroom, *(f"Pupil {number}" for number in range(WRITERS)))
    topic: Any = make_assignment(classroom, teacher).topic
    claim, users = topic.claims.get().pk, [pupil.user_id for pupil in pupils]
    came = _at_once([partial(_writes, claim, user) for user in users] + [partial(_goes, user) for user in users])
    named = [
        *Statement.objects.filter(author_id__in=users), *Change.objects.filter(actor_id__in=users),
        *Pseudonym.objects.filter(user_id__in=users), *Vote.objects.filter(voter_id__in=users),
    ]  # fmt: skip
    stayed = Statement.objects.filter(parent=claim, author=None).count()
    print(f"  C12: {WRITERS} pupils leave while they write: {len(named)} rows name one, {stayed} lines stayed")
    return _failed(came) + [f"names somebody who is gone: {row!r}" for row in named] + faults(topic)


def _at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    return at_once(_call, acts)[1]


def _call(act: Callable[[], Any]) -> Any:
    return act()


def _failed(came: list[Any]) -> list[str]:
    return [f"{type(each).__name__}: {each}" for each in came if isinstance(each, Exception)]


def run(_sizes: list[int]) -> None:
    """Print what became of each race. Exits with a sentence when one was lost."""
    from django.db import connection

    print(f"\nRaces of a class on {connection.vendor}")
    wrong = [*last_seats(), *template_edits(), *deletions()]
    for each in wrong[:10]:
        print(f"  {each[:300]}")
    if wrong:
        raise SystemExit("The races of a class were lost.")
