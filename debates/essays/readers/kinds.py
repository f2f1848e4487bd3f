"""Which kind of file this is: by how it begins, and only then by its name."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debates.essays.readers.essay_file import refuse

# How each kind is called in names of files.
SUFFIXES = {
    "docx": (".docx",),
    "pdf": (".pdf",),
    "html": (".html", ".htm", ".xhtml"),
    "md": (".md", ".markdown"),
    "txt": (".txt", ".text"),
}
NAMED = {suffix: kind for kind, suffixes in SUFFIXES.items() for suffix in suffixes}
_ZIP, _OLE, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
# What a PDF begins with may stand behind other bytes, within the first kilobyte.
_PDF, _PDF_WITHIN, _WEB_WITHIN = b"%PDF-", 1_024, 8_192
_WEB = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
# Pictures, sounds, films, archives and programs.
_BINARY = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"ID3", b"OggS", b"\x1f\x8b", b"7z\xbc\xaf",
    b"Rar!", b"MZ", b"\x7fELF", b"\0\0\0\x18ftyp", b"\0\0\0\x20ftyp",
)  # fmt: skip
# Kinds that hold text we do not read, by their names.
_OTHERS = {
    ".doc", ".odt", ".ott", ".rtf", ".pages", ".wps", ".wpd", ".hwp", ".hwpx", ".epub", ".tex", ".latex", ".csv",
    ".tsv", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".odp", ".key", ".json", ".xml", ".mht", ".mhtml", ".eml",
    ".jpg", ".jpeg", ".png", ".gif", ".heic", ".webp", ".tif", ".tiff", ".mp3", ".mp4", ".mov", ".zip",
}  # fmt: skip
_WORDS = {
    "docx": gettext_lazy("a Word document"), "pdf": gettext_lazy("a PDF"), "html": gettext_lazy("a web page"),
    "md": gettext_lazy("Markdown"), "txt": gettext_lazy("plain text"),
}  # fmt: skip
_READ = gettext_lazy("Word (.docx), PDF with text, web pages (.html), Markdown (.md) and plain text (.txt) are read.")


def which_are_read() -> str:
    """The sentence that says which files are read."""
    return str(_READ)


def kind_of(name: str, data: bytes) -> str:
    """The kind of the file: a key of SUFFIXES. Raises Refused with what to do, for one that is not read."""
    suffix = suffix_of(name)
    if data.startswith(_OLE):
        _refuse_old_word(data)
    if data.startswith(_ZIP):
        return _kind_of_zip(data)
    if _PDF in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(_RTF):
        refuse(_("This is a file in Rich Text Format. Save it as .docx and try again."))
    if data.startswith(_BINARY):
        refuse(_("This file holds no text. %(read)s") % {"read": which_are_read()})
    if _is_web(data):
        return "html"
    if suffix in _OTHERS:
        refuse(
            _("Files that end in “%(suffix)s” are not read. %(read)s") % {"suffix": suffix, "read": which_are_read()}
        )
    return _kind_of_text(suffix)


def mistaken(name: str, kind: str) -> str:
    """The sentence that says that the name of a file is wrong about it, or nothing."""
    if NAMED.get(suffix_of(name), kind) == kind:
        return ""
    return _("The file is not what its name says: it is read as %(kind)s.") % {"kind": _WORDS[kind]}


def suffix_of(name: str) -> str:
    base, dot, ending = name.rpartition(".")
    return f".{ending.strip().lower()}" if dot and base else ""


def _is_web(data: bytes) -> bool:
    """Whether a page begins here, in whichever encoding."""
    start = data[:_WEB_WITHIN].replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf")
    return bool(_WEB.match(_COMMENT.sub(b"", start)))


def _kind_of_text(suffix: str) -> str:
    kind = NAMED.get(suffix, "txt")
    if kind in {"docx", "pdf"}:
        sentence = _("This file is called “%(suffix)s”, but it is none. Save it again from the program that made it.")
        refuse(sentence % {"suffix": suffix})
    return kind


def _refuse_old_word(data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        refuse(_("This document is protected with a password. Save it without one and try again."))
    refuse(_("This is a document of an older Word. Open it, save it as .docx, and try again."))


def _kind_of_zip(data: bytes) -> str:
    """Word documents are zips, and so is much else; the first names in them tell."""
    if b"word/" in data and b"[Content_Types].xml" in data:
        return "docx"
    if data[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.text"):
        refuse(_("This is an OpenDocument text. Save it as .docx and try again."))
    refuse(_("This file holds other files, but no Word document. %(read)s") % {"read": which_are_read()})
