"""A draft as Markdown: the text as it was typed, below its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.drafting.escaping import escaped

if TYPE_CHECKING:
    from debates.drafting.files import Written


def write(draft: Written) -> bytes:
    """The file. Opened elsewhere, the title is words and no markup; the text is as the person wrote it."""
    title = escaped(draft.title).replace("#", "\\#")
    return f"# {title}\n\n{draft.text}\n".encode()
