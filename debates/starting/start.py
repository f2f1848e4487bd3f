"""What a template to start from consists of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Start:
    """One template. `name` is what `?start=` says, `asks` the fields of its form, in order, with what they say."""

    name: str
    icon: str
    title: StrOrPromise
    summary: StrOrPromise
    lead: StrOrPromise
    opening: StrOrPromise
    steps: tuple[StrOrPromise, ...]

    def background(self) -> str:
        """The steps as Markdown, in the language of the moment."""
        steps = (f"{number}. {step}" for number, step in enumerate(self.steps, 1))
        return "\n".join([f"**{self.opening}**", "", *steps])
