"""A template as a stencil: rendered once for each kind of thing, then filled in by plain Python for every one.

A list of 300 lines then costs what joining strings costs, and its markup stays in a template. What differs from line
to line is a blank: the template may place it, once or often, but neither test nor filter it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    type Kind = tuple[tuple[str, str | bool], ...]

# Two characters for private use mark a blank while the template is rendered; no user's text is in it then.
_BLANK = re.compile("\ue000(\\w+)\ue001")
# What unused parts of the template leave behind.
_SPACE = re.compile(r"\s*\n\s*")


def fill(template: str, kind: Kind, blanks: Mapping[str, str]) -> SafeString:
    """`template`, rendered with the variables of `kind`, with each of `blanks` escaped in its place."""
    stencil = _stencil(template, get_language(), kind, tuple(blanks))
    values = {name: value if isinstance(value, SafeString) else escape(value) for name, value in blanks.items()}
    return SafeString(stencil % values)


@lru_cache(maxsize=4096)
def _stencil(template: str, language: str | None, kind: Kind, blanks: tuple[str, ...]) -> str:
    context = dict(kind) | {name: SafeString(f"\ue000{name}\ue001") for name in blanks}
    html = _SPACE.sub("\n", get_template(template).render(context)).strip()
    return _BLANK.sub(r"%(\1)s", html.replace("%", "%%"))
