"""Whether anything has changed that a page shows which asks for itself every two seconds: sums, in one query each.

A fingerprint holds numbers and moments and no word of anybody's, so that an ETag made of it tells nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

if TYPE_CHECKING:
    from classrooms.models import Assignment, Seat

    type Fingerprint = tuple[Any, ...]

# What teachers do with the assignment itself.
_STATE = "a.version, a.published, a.paused, a.unveiled, a.switched, a.polling, a.released"
# What happens in the maps: each change of a topic is numbered, and what is no change of it counts as a touch.
_MAPS = """
 (SELECT SUM(t.last_change + t.touched) FROM classrooms_group g JOIN debates_topic t ON t.id = g.topic_id
   WHERE g.assignment_id = a.id)"""
# Votes are no changes. A vote that is altered keeps its row, and alters nothing that is shown of it.
_PROGRESS = f"""
SELECT {_STATE}, {_MAPS}, seats.*, works.*, notes.*, votes.*
FROM classrooms_assignment a
 CROSS JOIN (SELECT COUNT(*), SUM(s.group_id), SUM(s.times_opened), COUNT(p."left"),
   SUM(CASE WHEN COALESCE(s.due, z.due) <= %(now)s THEN 1 ELSE 0 END)
   FROM classrooms_seat s JOIN classrooms_pupil p ON p.id = s.pupil_id
   JOIN classrooms_assignment z ON z.id = s.assignment_id WHERE s.assignment_id = %(pk)s) seats
 CROSS JOIN (SELECT SUM(w.version), COUNT(w.handed_in), MAX(w.handed_in) FROM classrooms_work w
   JOIN classrooms_seat s ON s.id = w.seat_id WHERE s.assignment_id = %(pk)s) works
 CROSS JOIN (SELECT MAX(f.id), COUNT(f.addressed), MAX(f.addressed), COUNT(f.withdrawn) FROM classrooms_feedback f
   JOIN classrooms_seat s ON s.id = f.seat_id WHERE s.assignment_id = %(pk)s) notes
 CROSS JOIN (SELECT COUNT(v.id), MAX(v.id) FROM classrooms_seat s JOIN classrooms_pupil p ON p.id = s.pupil_id
   JOIN debates_vote v ON v.voter_id = p.user_id WHERE s.assignment_id = %(pk)s) votes
WHERE a.id = %(pk)s"""  # noqa: S608 - no outside text in it
_POSITIONS = """
 (SELECT COUNT(*) FROM classrooms_position o JOIN classrooms_seat s ON s.id = o.seat_id WHERE s.assignment_id = a.id)"""
_PRESENTED = f"""
SELECT {_STATE}, t.last_change, t.touched, t.votes_shown, {_POSITIONS},
 (SELECT COUNT(*) FROM debates_vote v JOIN debates_statement l ON l.id = v.statement_id WHERE l.topic_id = t.id)
FROM classrooms_assignment a LEFT JOIN debates_topic t ON t.id = %(topic)s WHERE a.id = %(pk)s"""  # noqa: S608
_SEAT = f"""
SELECT {_STATE}, notes.* FROM classrooms_assignment a
 CROSS JOIN (SELECT MAX(f.id), COUNT(f.addressed), MAX(f.addressed), COUNT(f.withdrawn), COUNT(f.statement_id)
   FROM classrooms_feedback f WHERE f.seat_id = %(seat)s) notes
WHERE a.id = %(pk)s"""  # noqa: S608


def progress_fingerprint(assignment: Assignment) -> Fingerprint:
    """Of the progress page. The day and whose due date is over are part of it: they alter what it says."""
    now = timezone.now()
    return (timezone.localdate(now), *_row(_PROGRESS, pk=assignment.pk, now=_moment(now)))


def presentation_fingerprint(assignment: Assignment, topic: int | None) -> Fingerprint:
    """Of the page for the projector, with the map `topic`."""
    return _row(_PRESENTED, pk=assignment.pk, topic=topic)


def seat_fingerprint(seat: Seat) -> Fingerprint:
    """Of what a pupil is told in the lesson."""
    return _row(_SEAT, pk=seat.assignment_id, seat=seat.pk)


def _moment(at: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def _row(sql: str, **params: Any) -> Fingerprint:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return tuple(cursor.fetchone() or ())
