"""What the site calls: a file or a pasted text in, the text of an essay out, or a sentence that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.essays.readers import docx, html, markdown, pdf, plain
from debates.essays.readers.essay_file import MOST_BYTES, EssayFile, essay_file, refuse
from debates.essays.readers.kinds import NAMED, SUFFIXES, kind_of, mistaken, suffix_of, which_are_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from debates.essays.readers.essay_file import Found

__all__ = ["ACCEPTED", "SUFFIXES", "read_file", "read_text", "which_are_read"]

# For the `accept` of a file's input.
ACCEPTED = ",".join(NAMED)
_READERS: dict[str, Callable[[bytes], Found]] = {
    "docx": docx.read, "pdf": pdf.read, "html": html.read, "md": markdown.read, "txt": plain.read,
}  # fmt: skip


def read_file(name: str, data: bytes) -> EssayFile:
    """The text of the file `name`, whatever its name says. Raises Refused with field="file".

    At most 10 MB and 200,000 characters are read. Without a title in the file, its name is the title.
    """
    if len(data) > MOST_BYTES:
        refuse(_("The file is larger than 10 MB. Take its pictures out, or paste its text."))
    if not data.strip():
        refuse(_("The file is empty."))
    kind = kind_of(name, data)
    found = _READERS[kind](data)
    found.title = found.title.strip() or _spoken(name)
    found.notes = (mistaken(name, kind), *found.notes)
    return essay_file(found, kind)


def read_text(text: str) -> EssayFile:
    """A pasted text. Raises Refused with field="text". A heading on its first line is its title."""
    return essay_file(plain.from_text(text, field="text"), "pasted", field="text")


def _spoken(name: str) -> str:
    """The name of a file as a title: "my_essay-2.docx" gives "my essay 2"."""
    base = name.replace("\\", "/").rpartition("/")[2]
    stem = base[: len(base) - len(suffix_of(base))].replace("_", " ")
    return stem if " " in stem else stem.replace("-", " ")
