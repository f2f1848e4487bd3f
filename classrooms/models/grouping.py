"""Who works in which map: groups, seats, and what the maps know of deadlines."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.group import Group, Seat
from classrooms.models.twin import Twin
from debates.models import Membership, Refused, Role, Statement, Topic
from debates.models.act import in_one_go
from debates.models.topic import NamesShown, Visibility

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User
    from classrooms.models.assignment import Assignment
    from classrooms.models.pupil import Pupil

MOST_GROUPS = 100


class Grouped:
    """What being worked on in groups adds to an assignment."""

    @transaction.atomic
    @in_one_go()
    def make_groups(self: Assignment, count: int, *, by: User) -> list[Group]:  # type: ignore[misc]
        """Have `count` groups, each with its map; those that are there stay. Raises Refused, Closed, Gone."""
        now = self.locked()
        if not 1 <= count <= MOST_GROUPS:
            raise Refused(_("Choose from 1 to 100 groups."), field="groups")
        numbers = set(now.groups.values_list("number", flat=True))
        return [now.new_group(number, by=by) for number in range(1, count + 1) if number not in numbers]

    def new_group(self: Assignment, number: int, *, by: User, name: str = "") -> Group:  # type: ignore[misc]
        """A group with its map: the topic itself where everyone shares one, else a copy of it."""
        if self.topic is None:
            raise Refused(_("Choose a topic first."), field="topic")
        group = Group(assignment=self, number=number, name=name)
        if self.shape == "shared":
            self.check_shared(self.topic)
            group.topic = self.topic
            group.save(force_insert=True)
        else:
            self.copy_template(group, by=by)
        self.open_map(group, by=by)
        return group

    def copy_template(self: Assignment, group: Group, *, by: User) -> None:  # type: ignore[misc]
        """Give `group` its copy. The template is locked: an edit of it is in all of the copy, or in nothing of it."""
        template = Topic.objects.select_for_update(of=("self",), no_key=True).get(pk=self.topic_id or 0)
        title = f"{template.title[:100]} · {group}"
        group.topic, copies = template.copy_of(by=by, title=title, without=self.strangers())
        group.save(force_insert=True)
        versions = dict(Statement.objects.filter(topic=template).order_by().values_list("pk", "version"))
        Twin.objects.note(group, copies, versions)

    def strangers(self: Assignment) -> set[int]:  # type: ignore[misc]
        """Pupils whose lines in the template are theirs, and no part of what is given out under a teacher's name."""
        owner = self.topic.created_by_id if self.topic else None
        return set(self.classroom.pupils.exclude(user=owner).values_list("user_id", flat=True))

    def check_shared(self: Assignment, topic: Topic) -> None:  # type: ignore[misc]
        """Refuse a topic in which a class cannot work as the assignment says."""
        if topic.names_shown == NamesShown.NAMES:
            raise Refused(
                _("This topic shows the names of accounts, and pupils are promised pseudonyms. Assign a copy of it."),
                field="topic",
            )
        if self.write_first and topic.visibility != Visibility.PRIVATE:
            raise Refused(
                _("Others can read this topic, so nobody writes in it unseen. Make it private, or assign a copy."),
                field="write_first",
            )
        # A pause, a cut-off and what counts of it are one map's: two assignments would undo each other's.
        if Group.objects.filter(topic=topic, assignment__deleted=None).exclude(assignment=self.pk or 0).exists():
            raise Refused(_("Another assignment works in this topic. Assign a copy of it."), field="topic")

    def open_map(self: Assignment, group: Group, *, by: User) -> None:  # type: ignore[misc]
        """Let the teachers look after a map, and have it close at the cut-off, and at once in a pause."""
        for teacher in self.classroom.teachers.all():
            Membership.objects.get_or_create(topic=group.topic, user_id=teacher.user_id, defaults={"role": Role.EDITOR})
        Topic.objects.filter(pk=group.topic_id or 0).update(
            closes_at=self.cutoff, touched=F("touched") + 1, names_shown=NamesShown.PSEUDONYMS
        )
        if self.paused is not None and group.topic is not None:
            group.topic.close(by=by)

    def tell_maps(self: Assignment) -> None:  # type: ignore[misc]
        """Have every map close at the cut-off that is set now."""
        maps = self.groups.values("topic")
        Topic.objects.filter(pk__in=maps).update(closes_at=self.cutoff, touched=F("touched") + 1)

    # -- seats -----------------------------------------------------------------------------------------

    @property
    def giver(self: Assignment) -> User:  # type: ignore[misc]
        """Who makes a map for a pupil who comes by: whoever gave the assignment and teaches still, or else an owner.

        Whoever makes a map owns it, so nobody who has left the class may be that.
        """
        taught = self.classroom.teachers.select_related("user")
        found = taught.filter(user=self.created_by_id or 0).first()
        return found.user if found else self.classroom.first_owner()

    @transaction.atomic
    @in_one_go()
    def seat(self: Assignment, pupil: Pupil, *, by: User) -> Seat:  # type: ignore[misc]
        """The seat of `pupil`, given now if they have none: in the smallest group, or with a map of their own."""
        now = self.locked()
        seat = now.seats.select_related("group__topic").filter(pupil=pupil).first()
        if seat is not None:
            return seat
        group = now.free_group(by=by)
        side = now.thin_side(group) if now.sides == "assigned" else ""
        seat = Seat.objects.create(assignment=now, pupil=pupil, group=group, side=side)
        now.let_in(seat)
        return seat

    def seat_all(self: Assignment, *, by: User) -> None:  # type: ignore[misc]
        """Seats for all who belong to the class now, by chance where there are groups."""
        pupils = list(self.classroom.pupils.filter(left=None).exclude(seats__assignment=self))
        random.SystemRandom().shuffle(pupils)
        for pupil in pupils:
            self.seat(pupil, by=by)

    def free_group(self: Assignment, *, by: User) -> Group:  # type: ignore[misc]
        groups = self.groups.select_related("topic").annotate(taken=Count("seats")).order_by("taken", "number")
        smallest = groups.first()
        if smallest is None or self.shape == "each":
            newest = self.groups.order_by("-number").first()
            return self.new_group(newest.number + 1 if newest else 1, by=by)
        return smallest

    def let_in(self: Assignment, seat: Seat) -> None:  # type: ignore[misc]
        """Make the pupil a member of their map: a suggester as long as everyone writes first, else a writer.

        Nobody reads a map before its assignment opens: they become a member by coming then. Who left the class does
        not. Raises Refused where the map was deleted.
        """
        if seat.group.topic is None:
            raise Refused(_("The map of this assignment was deleted. Tell your teacher."))
        if seat.pupil.left is not None or (self.opens is not None and self.opens > timezone.now()):
            return
        role = Role.SUGGESTER if self.write_first and self.unveiled is None else Role.WRITER
        given = {"role": role, "until": seat.cutoff}
        member, is_new = Membership.objects.get_or_create(
            topic=seat.group.topic, user_id=seat.pupil.user_id, defaults=given
        )
        # A pupil whose own topic the class works in stays its owner.
        if not is_new and member.role not in {Role.OWNER, Role.EDITOR}:
            Membership.objects.filter(pk=member.pk).update(**given)

    @transaction.atomic
    def extend(self: Assignment, seat: Seat, *, due: datetime | None, cutoff: datetime | None) -> None:  # type: ignore[misc]
        """Give one pupil other dates; None for those of everyone. Raises Refused, Closed, Gone.

        Where everyone's cut-off comes before the pupil's due date, theirs comes with it.
        """
        now = self.locked()
        if due and cutoff is None and now.cutoff and due > now.cutoff:
            cutoff = due
        if due and cutoff and cutoff < due:
            raise Refused(_("The cut-off must not lie before the due date."), field="cutoff")
        Seat.objects.filter(pk=seat.pk, assignment=now).update(due=due, cutoff=cutoff)
        Membership.objects.filter(topic=seat.group.topic_id, user=seat.pupil.user_id).update(until=cutoff)
