"""The sentence that follows an act on a class, with the way back in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from django.http import HttpRequest


def say(request: HttpRequest, sentence: str, *, undo: str = "") -> None:
    """Say `sentence` on the next page; `undo` is the address whose POST takes back what was done."""
    messages.success(request, render_to_string("classrooms/_said.html", {"sentence": sentence, "undo": undo}, request))
