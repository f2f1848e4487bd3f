"""Names for things of a document that hold beyond its file."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from debates.formats.document import Document


def identity(document: Document, *parts: str) -> str:
    """A UUID for a part of `document`: the same in each of its files, and another in those of other topics.

    It has the form of version 4, which SADFace asks for, though it is made from the title and the parts.
    """
    digest = sha256("\0".join((document.title, *parts)).encode("utf-8", "surrogatepass")).digest()
    return str(UUID(bytes=digest[:16], version=4))
