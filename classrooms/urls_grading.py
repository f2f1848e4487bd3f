"""The addresses of grading, and of what is taken out of a class."""

from django.urls import URLPattern, path

from classrooms.views import gradebook, grading, reports, rubrics, snapshots

urlpatterns: list[URLPattern] = [
    path("rubrics/", rubrics.rubric_list, name="rubric-list"),
    path("rubrics/new/", rubrics.rubric_create, name="rubric-create"),
    path("rubrics/<int:pk>/", rubrics.rubric, name="rubric"),
    path("rubrics/<int:pk>/removal/", rubrics.rubric_removal, name="rubric-removal"),
    path("assignments/<int:pk>/rubric/", rubrics.assignment_rubric, name="assignment-rubric"),
    path("assignments/<int:pk>/grading/", grading.assignment_grading, name="assignment-grading"),
    path("assignments/<int:pk>/grading/names/", grading.grading_names, name="assignment-grading-names"),
    path("assignments/<int:pk>/release/", grading.assignment_release, name="assignment-release"),
    path("seats/<int:pk>/grading/", grading.seat_grading, name="seat-grading"),
    path("seats/<int:pk>/grade/", reports.seat_grade, name="seat-grade"),
    path("groups/<int:pk>/snapshot/", snapshots.group_snapshot, name="group-snapshot"),
    # Out of the class.
    path("classes/<int:pk>/gradebook/", gradebook.gradebook, name="gradebook"),
    path("classes/<int:pk>/gradebook/filling/", gradebook.gradebook_filling, name="gradebook-filling"),
    path("classes/<int:pk>/gradebook/<slug:name>/", gradebook.gradebook_file, name="gradebook-file"),
    path("classes/<int:pk>/maps/", gradebook.class_maps, name="class-maps"),
    path("classes/<int:pk>/portfolio/", reports.class_portfolio, name="class-portfolio"),
    path("assignments/<int:pk>/report/", reports.assignment_report, name="assignment-report"),
    path("pupils/<int:pk>/report/", reports.pupil_report, name="pupil-report"),
    path("pupils/<int:pk>/portfolio/", reports.pupil_portfolio, name="pupil-portfolio"),
]
