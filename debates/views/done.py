"""The sentence that follows an act, with the way back in it: undo instead of "are you sure?"."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string

from debates.models import Topic


def say_done(request: HttpRequest, sentence: str, topic: Topic | None = None, *, draft: str = "") -> None:
    """Say `sentence` on the next page, with a button that undoes the change just made, if there was one.

    `topic` is the one that the verb ran on: the verb has left the number of its change there. `draft` is the key of
    the form whose words are stored now, so that the device need not keep them any longer.
    """
    context = {"sentence": sentence, "topic": topic, "number": topic and topic.just_changed, "draft": draft}
    messages.success(request, render_to_string("debates/_done.html", context, request))
