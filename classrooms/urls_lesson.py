"""The addresses of what happens in the lesson."""

from django.urls import URLPattern, path

from classrooms.views import feedback, poll, presentation, progress

urlpatterns: list[URLPattern] = [
    path("assignments/<int:pk>/progress/", progress.progress, name="assignment-progress"),
    path("assignments/<int:pk>/pause/", progress.pause, name="assignment-pause"),
    path("assignments/<int:pk>/resumption/", progress.resumption, name="assignment-resumption"),
    path("assignments/<int:pk>/unveiling/", progress.unveiling, name="assignment-unveiling"),
    path("assignments/<int:pk>/presentation/", presentation.presentation, name="assignment-presentation"),
    path("assignments/<int:pk>/poll/", poll.poll, name="assignment-poll"),
    path("assignments/<int:pk>/position/", poll.position, name="assignment-position"),
    # Feedback.
    path("assignments/<int:pk>/lesson/", feedback.lesson, name="assignment-lesson"),
    path("seats/<int:pk>/arguments/", feedback.seat_arguments, name="seat-arguments"),
    path("seats/<int:pk>/feedback/", feedback.seat_feedback, name="seat-feedback"),
    path("feedback/<int:pk>/tick/", feedback.tick, name="feedback-tick"),
    path("feedback/<int:pk>/withdrawal/", feedback.withdrawal, name="feedback-withdrawal"),
    path("feedback/<int:pk>/return/", feedback.comeback, name="feedback-return"),
    path("phrases/<int:pk>/removal/", feedback.phrase_removal, name="phrase-removal"),
]
