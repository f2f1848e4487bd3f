"""A pupil of a class: the name that its teachers know, beside an account that needs none."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.sessions import hand_sessions
from classrooms.merging import move_rows
from debates.merging import merge_people
from debates.models import Gone, Membership, Refused, Role
from debates.text import clean_line

if TYPE_CHECKING:
    from classrooms.models.classroom import Classroom

NAME_LENGTH = 80
# A guest who joins by the code has an account that is as old as their joining, give or take a slow minute.
BEGUN_WITHIN = timedelta(minutes=1)

ELSEWHERE = _(
    "This guest was here before they joined, or is in another class, too: their account is their own, and cannot be "
    "given away. Let the pupil come back with the card of the roster."
)
OWN_WORDS = _("This pupil has an account of their own: only they can make words for it, on their account page.")


class Pupil(models.Model):
    """`name` is for teachers alone: no page, file or header gives it to a peer. Those who left keep their row."""

    classroom = models.ForeignKey("classrooms.Classroom", on_delete=models.DB_CASCADE, related_name="pupils")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_CASCADE, related_name="attending")
    name = models.CharField(_("name that the teacher knows"), max_length=NAME_LENGTH, blank=True)
    # Put on the roster by a teacher, rather than come in by the code.
    rostered = models.BooleanField(default=False, editable=False)
    joined = models.DateTimeField(null=True, blank=True, editable=False)
    left = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=["classroom", "user"], name="pupil_once"),)

    def __str__(self) -> str:
        return self.name or str(_("Pupil without a name"))

    @property
    def has_come(self) -> bool:
        return self.joined is not None

    def put_name(self, name: str) -> None:
        """Bring a name into its stored form. Raises Refused."""
        self.name = clean_line(name)
        if len(self.name) > NAME_LENGTH:
            raise Refused(_("This name is too long: at most 80 characters."), field="name")

    # -- verbs ---------------------------------------------------------------------------------------

    def note_join(self) -> None:
        """The pupil is here, for the first time perhaps."""
        if self.joined is None:
            self.joined = timezone.now()
            self.save(update_fields=["joined"])
            self.classroom.settle(self)

    def rejoin(self, name: str = "") -> None:
        """See Joined.join. Whoever comes back keeps the name that the teacher gave them."""
        if not self.name:
            self.put_name(name)
        self.left, self.joined = None, self.joined or timezone.now()
        self.save()
        self.open_maps()

    def open_maps(self) -> None:
        """Make the pupil a member of the maps in which they have a seat."""
        for seat in self.seats.select_related("assignment", "group__topic", "pupil").exclude(group__topic=None):
            seat.assignment.let_in(seat)

    def close_maps(self) -> None:
        """Take that membership back. What the pupil wrote stays in the maps, and theirs."""
        given = Membership.objects.filter(user=self.user_id, role__in=(Role.WRITER, Role.SUGGESTER))
        given.filter(topic__groups__seats__pupil=self).delete()

    @transaction.atomic
    def rename(self, name: str) -> None:
        """Give the pupil the name that the teacher knows. Raises Refused, Gone, Closed."""
        self.classroom.locked()
        self.put_name(name)
        if not self.name:
            raise Refused(_("Write the pupil’s name. Peers do not see it."), field="name")
        if not Pupil.objects.filter(pk=self.pk).update(name=self.name):
            raise Gone(_("This pupil was deleted meanwhile."))

    @transaction.atomic
    def leave(self) -> None:
        """Take the pupil out of the class and its maps; what they wrote stays theirs, and they can be let in again."""
        self.classroom.locked(archived_too=True)
        Pupil.objects.filter(pk=self.pk, left=None).update(left=timezone.now())
        self.refresh_from_db()
        self.close_maps()

    @transaction.atomic
    def come_back(self) -> None:
        """Let a pupil in again who was taken out. Raises Gone, Closed."""
        self.classroom.locked()
        if not Pupil.objects.filter(pk=self.pk).update(left=None):
            raise Gone(_("This pupil was deleted meanwhile."))
        self.refresh_from_db()
        self.open_maps()

    @property
    def is_of_class(self) -> bool:
        """Whether the account was begun for this class: nobody else’s account is a teacher’s to open or to merge."""
        begun_here = self.joined is not None and self.joined - self.user.date_joined < BEGUN_WITHIN
        return self.user.is_guest and (self.rostered or begun_here)

    def is_elsewhere(self) -> bool:
        """Whether the account is a pupil of another class, too."""
        return Pupil.objects.filter(user=self.user_id).exclude(pk=self.pk).exists()

    @transaction.atomic
    def take_over(self, guest: Pupil) -> None:
        """Make all that `guest`, a pupil who came in by the code, wrote and voted this pupil's; `guest` is then gone.

        For whoever joined without their card. Raises Refused, Gone, Closed.
        """
        classroom = self.classroom.locked()
        found = classroom.pupils.filter(pk__in=(self.pk, guest.pk)).select_related("user")
        people = {pupil.pk: pupil for pupil in found}
        if len(people) < 2:
            raise Refused(_("Choose two pupils of this class."), field="guest")
        theirs, mine = people[guest.pk], people[self.pk]
        theirs.demand_may_be_given()
        merge_people(theirs.user, into=mine.user)
        mine.joined, mine.left = min(filter(None, (mine.joined, theirs.joined)), default=timezone.now()), None
        mine.save(update_fields=["joined", "left"])
        move_rows(theirs, to=mine)
        move_on(theirs, to=mine)

    def demand_may_be_given(self) -> None:
        """Raise Refused unless this is a guest of this class alone, whose work a teacher may give to a pupil."""
        if not self.user.is_guest or self.rostered:
            raise Refused(_("Only a guest without a name on the roster can become a pupil of it."), field="guest")
        if not self.is_of_class or self.is_elsewhere():
            raise Refused(ELSEWHERE, field="guest")

    @transaction.atomic
    def new_card(self) -> str:
        """Six new words with which the pupil comes back on any device, told once; the old ones stop working.

        Raises Refused where the account is the pupil’s own affair, Closed, Gone.
        """
        self.classroom.locked()
        if not self.is_of_class or (not self.rostered and self.is_elsewhere()):
            raise Refused(OWN_WORDS)
        return self.user.new_return_phrase()


def move_on(guest: Pupil, *, to: Pupil) -> None:
    """Delete the account of `guest`, whose browser is then `to`'s: nobody has to sign in anew in the lesson."""
    hand_sessions(guest.user, to=to.user)
    guest.user.delete()


def by_name(classroom: Classroom) -> models.QuerySet[Pupil]:
    """Who belongs to the class now, in the order of names: the only order there is."""
    return classroom.pupils.filter(left=None).select_related("user").order_by("name", "pk")
