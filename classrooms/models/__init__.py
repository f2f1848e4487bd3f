"""Classes: one file per noun, with its fields, constraints and verbs."""

from classrooms.models.assignment import Assignment, Requirement, Shape, Sides
from classrooms.models.classroom import Archived, Classroom
from classrooms.models.feedback import Feedback, FeedbackKind, Phrase
from classrooms.models.grade import Grade, GradeVersion
from classrooms.models.group import Group, Seat, Side
from classrooms.models.join_code import JoinCode
from classrooms.models.look import Look, LookKind
from classrooms.models.position import Phase, Position
from classrooms.models.pupil import Pupil
from classrooms.models.rubric import Rubric
from classrooms.models.snapshot import Snapshot
from classrooms.models.teacher import Teacher, TeacherRole
from classrooms.models.twin import Twin
from classrooms.models.work import Work

__all__ = [
    "Archived",
    "Assignment",
    "Classroom",
    "Feedback",
    "FeedbackKind",
    "Grade",
    "GradeVersion",
    "Group",
    "JoinCode",
    "Look",
    "LookKind",
    "Phase",
    "Phrase",
    "Position",
    "Pupil",
    "Requirement",
    "Rubric",
    "Seat",
    "Shape",
    "Side",
    "Sides",
    "Snapshot",
    "Teacher",
    "TeacherRole",
    "Twin",
    "Work",
]
