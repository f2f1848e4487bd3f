"""Which format a file is in, from how it begins and how it is called."""

from __future__ import annotations

import re

from debates.formats.drafts import Unreadable
from debates.formats.strict_json import load
from debates.formats.texts import decoded

_KIALO_V2 = re.compile(r"\s*Discussion Name:")
_KIALO_V1 = re.compile(r"\s*Discussion Title:")
_ARGDOWN = re.compile(r"^\s*(?:===\s*$|<[^>\n/]+>|\[[^\]\n]+\]\s*:|[+\-]>?\s*[<\[]|<[+\-_])", re.MULTILINE)
_SADFACE_TYPES = ("atom", "scheme", "inference", "conflict")
_ENDINGS = {
    "argdown": "argdown", "ad": "argdown", "opml": "opml", "mm": "freemind", "mup": "mindmup", "csv": "csv",
    "tsv": "csv", "md": "markdown", "markdown": "markdown",
}  # fmt: skip


def detect(data: bytes, file_name: str = "") -> str | None:
    """The name of the format that reads `data`, None where nothing fits. Never raises."""
    try:
        text = decoded(data)
    except Unreadable:
        return None
    start = text.lstrip()[:2_000]
    ending = file_name.rpartition(".")[2].lower()
    if start[:1] in "{[" and (found := _json(data)):
        return found
    if start.startswith("<"):
        return _xml(start) or _ENDINGS.get(ending)
    if _KIALO_V2.match(start):
        return "kialo"
    if _KIALO_V1.match(start):
        return "kialo-v1"
    return _ENDINGS.get(ending) or _text(start)


def _json(data: bytes) -> str | None:
    try:
        content = load(data)
    except Unreadable:
        return None
    if not isinstance(content, dict):
        return None
    if content.get("format") == "counterpoint":
        return "json"
    if "AIF" in content:
        return "xaif"
    if "formatVersion" in content or "ideas" in content:
        return "mindmup"
    nodes = content.get("nodes")
    if isinstance(nodes, list) and "edges" in content:
        first = next((node for node in nodes if isinstance(node, dict)), {})
        is_sadface = first.get("type") in _SADFACE_TYPES or "metadata" in content
        return "sadface" if is_sadface else "aif"
    return None


def _xml(start: str) -> str | None:
    if re.search(r"<opml\b", start):
        return "opml"
    if re.search(r"<map\b", start):
        return "freemind"
    return "argdown" if _ARGDOWN.search(start) else None


def _text(start: str) -> str | None:
    """Unmarked text: a table, an argument map, an outline; in the order in which they can be told apart."""
    head = start.split("\n", 1)[0].lower()
    if any(sign in head for sign in ",;\t") and re.search(r"\btext\b", head):
        return "csv"
    if _ARGDOWN.search(start):
        return "argdown"
    return "markdown" if re.search(r"^\s*(?:#|[-*+]\s|\d+\.\s)", start, re.MULTILINE) else None
