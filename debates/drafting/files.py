"""The files that a draft can be taken along as."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Written:
    """A draft as a file needs it. `language` is that of its words, as in “ko” or “pt-BR”."""

    title: str
    text: str
    language: str = "en"


class Writer(Protocol):
    def __call__(self, draft: Written) -> bytes: ...


@dataclass(frozen=True, slots=True)
class DraftFile:
    name: str
    title: StrOrPromise
    media_type: str

    def write(self, draft: Written) -> bytes:
        """The bytes of the file."""
        # Imported when asked for: the libraries behind some of them are large.
        writer: Writer = import_module(f"debates.drafting.as_{self.name}").write
        return writer(draft)


_FILES = (
    DraftFile("docx", _("Word"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    DraftFile("pdf", "PDF", "application/pdf"),
    DraftFile("md", "Markdown", "text/markdown; charset=utf-8"),
    DraftFile("txt", _("Plain text"), "text/plain; charset=utf-8"),
)
FILES = {each.name: each for each in _FILES}
