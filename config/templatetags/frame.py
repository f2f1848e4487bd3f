"""The parts of the page frame that are the same for everyone who reads in the same language."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST_PARTS = 512  # a part for each page name and language, and room to spare


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
