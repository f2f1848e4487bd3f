"""A snapshot: a map as it was at the cut-off. It is what is graded, and stays readable whatever follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from classrooms.freezing import document_of, writers_of
from classrooms.models.group import Group, Seat
from debates.models import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime


class SnapshotManager(models.Manager["Snapshot"]):
    def freeze(self, topic: Topic) -> None:
        """Keep `topic`, which is locked, as it is, for the assignments whose time is over and that have not yet.

        Told by debates before the first act that comes too late: the map is then as the cut-off found it.
        """
        now = timezone.now()
        over = Group.objects.filter(topic=topic, assignment__cutoff__lte=now, assignment__deleted=None)
        for group in over.exclude(snapshot__taken__gte=F("assignment__cutoff")).select_related("assignment"):
            self.take(group, topic, at=now)

    def take(self, group: Group, topic: Topic, *, at: datetime) -> Snapshot:
        """A snapshot of `topic` for `group`, in place of one that was taken before the cut-off was moved."""
        writers = writers_of(topic)
        seats = dict(Seat.objects.filter(assignment=group.assignment_id).values_list("pupil__user_id", "pk"))
        authors = {str(pk): seats[user] for pk, user in writers.items() if user in seats}
        state = {"taken": at, "last_change": topic.last_change, "document": document_of(topic), "authors": authors}
        return self.update_or_create(group=group, defaults=state)[0]

    @transaction.atomic
    def at_cutoff(self, group: Group) -> Snapshot | None:
        """The map of `group` at the cut-off, None where that is not over, or where there is no map."""
        cutoff = group.assignment.cutoff
        if cutoff is None or timezone.now() < cutoff:
            return None
        found = self.filter(group=group, taken__gte=cutoff).first()
        if found is not None or group.topic_id is None:
            return found or self.filter(group=group).first()
        topic = Topic.objects.select_for_update(of=("self",), no_key=True).filter(pk=group.topic_id).first()
        if topic is not None:
            self.freeze(topic)
        return self.filter(group=group).first()

    def forget(self, seats: Iterable[int]) -> None:
        """Take the words of the pupils of `seats` out of the snapshots, as when they are erased; the lines stay."""
        gone = set(seats)
        groups = Group.objects.filter(Q(seats__in=gone) | Q(assignment__seats__in=gone))
        for snapshot in self.filter(group__in=groups.values("pk")):
            snapshot.forget(gone)


class Snapshot(models.Model):
    """`document` is the map in our own JSON (debates/formats/native.py), with who wrote what as numbers of seats."""

    group = models.OneToOneField("classrooms.Group", on_delete=models.DB_CASCADE, related_name="snapshot")
    taken = models.DateTimeField(default=timezone.now, editable=False)
    last_change = models.PositiveIntegerField()
    document = models.JSONField()
    # The number of a statement -> the seat of its author, for what pupils of this assignment wrote.
    authors = models.JSONField(default=dict)

    objects: ClassVar[SnapshotManager] = SnapshotManager()

    def __str__(self) -> str:
        return f"map of group {self.group_id} at its cut-off"

    def forget(self, seats: Collection[int]) -> None:
        """See SnapshotManager.forget."""
        theirs = {pk for pk, seat in self.authors.items() if seat in seats}
        gone = {"text": "", "note": "", "author": "", "status": "removed"}
        lines = self.document["statements"]
        self.document["statements"] = [row | gone if str(row["id"]) in theirs else row for row in lines]
        for name in ("sources", "passages"):
            self.document[name] = [row for row in self.document[name] if str(row["statement"]) not in theirs]
        self.authors = {pk: seat for pk, seat in self.authors.items() if pk not in theirs}
        self.save(update_fields=["document", "authors"])
