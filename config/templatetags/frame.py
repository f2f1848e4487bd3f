"""The parts of the page frame that are the same in one language for everyone, and what a refusal gives back."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

register = template.Library()

MOST_PARTS = 512  # a part for each page name and language, and room to spare

# The fields in which people write more than they would like to write again.
WRITTEN: dict[str, StrOrPromise] = {
    "text": _("What you wrote"),
    "note": _("Note"),
    "title": _("Title"),
    "question": _("Question"),
    "claim": _("First claim"),
    "background": _("Background"),
    "quotation": _("Quotation"),
    "passage": _("Words of the essay"),
}


@register.filter
def written(request: HttpRequest | str) -> list[tuple[str, StrOrPromise, str]]:
    """(name, label, words) of what was typed into a form that was not taken, so that a refusal can give it back.

    A page that stands without a request has "" for it.
    """
    if isinstance(request, str):
        return []
    fields = ((name, label, request.POST.get(name, "").strip()) for name, label in WRITTEN.items())
    return [field for field in fields if field[2]]


@register.simple_tag
def constant(name: str, page: str | None = None) -> SafeString:
    """The template `name`, rendered once for each language (and `page`) and kept.

    Translating and reversing the frame anew took longer than most pages. The template sees `page` and nothing else.
    """
    if settings.DEBUG:
        return render_to_string(name, {"page": page})
    return _rendered(name, page, get_language())


@lru_cache(maxsize=MOST_PARTS)
def _rendered(name: str, page: str | None, language: str | None) -> SafeString:
    return render_to_string(name, {"page": page})
