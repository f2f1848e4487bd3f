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

MOST_PARTS = 1024  # a part for each page name and language, signed in and not, and room to spare

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
    "instructions": _("Instructions"),
    "conclusion": _("Conclusion"),
    "used_ai": _("How I used AI"),
    "comment": _("To the pupil"),
    "names": _("Names"),
    "reason": _("Why"),
}
# Of fields that a form has for each line of a list: how their names end.
WRITTEN_OFTEN: dict[str, StrOrPromise] = {"-comment": _("Words on one argument")}


@register.filter
def written(request: HttpRequest | str) -> list[tuple[str, StrOrPromise, str]]:
    """(name, label, words) of what was typed into a form that was not taken, so that a refusal can give it back.

    A page that stands without a request has "" for it.
    """
    if isinstance(request, str):
        return []
    often = ((name, label) for end, label in WRITTEN_OFTEN.items() for name in request.POST if name.endswith(end))
    fields = ((name, label, request.POST.get(name, "").strip()) for name, label in (*WRITTEN.items(), *often))
    return [field for field in fields if field[2]]


@register.simple_tag
def constant(name: str, page: str | None = None, *, signed_in: bool = False) -> SafeString:
    """The template `name`, rendered once for each language (`page`, `signed_in`) and kept.

    Translating and reversing the frame anew took longer than most pages. The template sees these two and nothing else.
    """
    if settings.DEBUG:
        return render_to_string(name, {"page": page, "signed_in": signed_in})
    return _rendered(name, page, signed_in, get_language())


@lru_cache(maxsize=MOST_PARTS)
def _rendered(name: str, page: str | None, signed_in: bool, language: str | None) -> SafeString:
    return render_to_string(name, {"page": page, "signed_in": signed_in})
