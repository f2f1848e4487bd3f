"""The addresses of classes. Each part has its own list; those of a part stand together."""

from django.urls import URLPattern, path

from classrooms import urls_grading, urls_lesson
from classrooms.views import (
    assignment_acts,
    assignments,
    cards,
    classes,
    codes,
    endings,
    groups,
    joining,
    privacy,
    pupil_files,
    pupils,
    roster,
    teachers,
    who,
    work,
)

urlpatterns: list[URLPattern] = [
    path("classes/", classes.class_list, name="class-list"),
    path("classes/new/", classes.class_create, name="class-create"),
    # Joining.
    path("classes/join/", joining.type_code, name="class-join-code"),
    path("c/<str:code>/", joining.join, name="class-join"),
    path("card/", cards.card, name="class-card"),
    path("classes/<int:pk>/code/", codes.class_code, name="class-code"),
    path("classes/<int:pk>/board/", codes.board, name="class-board"),
    # The class itself.
    path("classes/<int:pk>/", classes.classroom, name="classroom"),
    path("classes/<int:pk>/edit/", classes.class_edit, name="class-edit"),
    path("classes/<int:pk>/copy/", classes.class_copy, name="class-copy"),
    path("classes/<int:pk>/archive/", endings.archive, name="class-archive"),
    path("classes/<int:pk>/reopening/", endings.reopening, name="class-reopening"),
    path("classes/<int:pk>/removal/", endings.removal, name="class-removal"),
    # Its teachers.
    path("classes/<int:pk>/teachers/", teachers.class_teachers, name="class-teachers"),
    path("classes/<int:pk>/teachers/<int:teacher>/role/", teachers.hand_over, name="class-teacher-role"),
    path("classes/<int:pk>/teachers/<int:teacher>/removal/", teachers.remove, name="class-teacher-removal"),
    # Its pupils.
    path("classes/<int:pk>/roster/", roster.class_roster, name="class-roster"),
    path("classes/<int:pk>/cards/", cards.class_cards, name="class-cards"),
    path("pupils/<int:pk>/", pupils.pupil, name="pupil"),
    path("pupils/<int:pk>/departure/", pupils.departure, name="pupil-departure"),
    path("pupils/<int:pk>/return/", pupils.comeback, name="pupil-return"),
    path("pupils/<int:pk>/merge/", pupils.merge, name="pupil-merge"),
    # Assignments.
    path("classes/<int:pk>/assignments/new/", assignments.assignment_create, name="assignment-create"),
    path("assignments/<int:pk>/", assignments.assignment, name="assignment"),
    path("assignments/<int:pk>/edit/", assignments.assignment_edit, name="assignment-edit"),
    path("assignments/<int:pk>/publication/", assignment_acts.publication, name="assignment-publication"),
    path("assignments/<int:pk>/copy/", assignment_acts.again, name="assignment-copy"),
    path("assignments/<int:pk>/template/", assignment_acts.template, name="assignment-template"),
    path("assignments/<int:pk>/removal/", assignment_acts.removal, name="assignment-removal"),
    path("assignments/<int:pk>/restoration/", assignment_acts.restoration, name="assignment-restoration"),
    path("assignments/<int:pk>/groups/", groups.groups, name="assignment-groups"),
    path("assignments/<int:pk>/sides/", groups.sides, name="assignment-sides"),
    path("seats/<int:pk>/group/", groups.move, name="seat-group"),
    path("seats/<int:pk>/extension/", groups.extension, name="seat-extension"),
    # A pupil at work.
    path("assignments/<int:pk>/work/", work.work, name="assignment-work"),
    path("assignments/<int:pk>/taking-back/", work.taking_back, name="assignment-taking-back"),
    path("assignments/<int:pk>/side/", work.side, name="assignment-side"),
    # What is kept, for how long, and who looked.
    path("classes/<int:pk>/looks/", privacy.class_looks, name="class-looks"),
    path("classes/<int:pk>/privacy/", privacy.class_privacy, name="class-privacy"),
    path("classes/<int:pk>/retention/", privacy.class_retention, name="class-retention"),
    path("classes/<int:pk>/data/", pupil_files.class_data, name="class-data"),
    path("pupils/<int:pk>/data/<str:suffix>/", pupil_files.pupil_data, name="pupil-data"),
    path("pupils/<int:pk>/erasure/", privacy.pupil_erasure, name="pupil-erasure"),
    path("assignments/<int:pk>/lines/", who.assignment_lines, name="assignment-lines"),
    path("assignments/<int:pk>/who/<int:statement>/", who.who, name="assignment-who"),
    # In the lesson.
    *urls_lesson.urlpatterns,
    # Grading, and what is taken out of a class.
    *urls_grading.urlpatterns,
]
