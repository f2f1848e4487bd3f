"""The roster: pupils whom a teacher puts into a class by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from classrooms.models.pupil import Pupil
from debates.models import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classrooms.models.classroom import Classroom

MOST_PUPILS = 1_000


class Rostered:
    """What having a roster adds to a class."""

    @transaction.atomic
    def enrol(self: Classroom, names: Sequence[str]) -> list[Pupil]:  # type: ignore[misc]
        """New pupils with an account each, which has no e-mail address and no password: a card opens it.

        A name that is on the roster already is left out, so that a list may be pasted twice. Raises Refused, Gone,
        Closed.
        """
        now = self.locked()
        known = set(now.pupils.filter(left=None).values_list("name", flat=True))
        wanted = [name for name in dict.fromkeys(names) if name not in known]
        if now.pupils.filter(left=None).count() + len(wanted) > MOST_PUPILS:
            raise Refused(_("A class has at most 1,000 pupils."), field="names")
        people = User.objects.create_guests(len(wanted))
        pupils = [Pupil(classroom=now, user=user, rostered=True) for user in people]
        for pupil, name in zip(pupils, wanted, strict=True):
            pupil.put_name(name)
        return Pupil.objects.bulk_create(pupils)
