"""The joining words: a small set that claims nothing. Each line stays a sentence of its own behind its colon."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

SHORT = 48
# “Sentence.”, “Sentence?)” and the like are sentences that have ended.
_ENDED = re.compile(r"[.!?…。！？؟।][”’\"')\]»」』]*$")
# A full stop that may move behind a citation is no part of an abbreviation.
_STOP = re.compile(r"(?<![.…])(?P<stop>[.。])$")
_ABBREVIATED = re.compile(
    r"(?:\b\w|\b(?:etc|e\.g|i\.e|vs|al|ca|Jr|Sr|Dr|Mr|Mrs|Ms|St|Inc|Ltd|Co|Corp))\.$", re.IGNORECASE
)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]$")


class Ending(NamedTuple):
    """The words of a sentence, and the full stop that stands behind them or behind a citation."""

    words: str
    stop: str


def ending_of(text: str, *, cited: bool) -> Ending:
    """`text` as a sentence. A stop is moved only behind a citation, and given only where none ends the sentence."""
    found = _STOP.search(text)
    if cited and found and not _ABBREVIATED.search(text):
        return Ending(text[: found.start()], found["stop"])
    if _ENDED.search(text):
        return Ending(text, "." if cited else "")
    return Ending(text, "。" if _UNSPACED.search(text) else ".")


def shortened(text: str) -> str:
    """The beginning of `text`, to be recognised by."""
    if len(text) <= SHORT:
        return text.rstrip(".。")
    head = text[:SHORT]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:–-") + " …"


def beginning(stance: str, *, first: bool) -> str:
    """What stands before an argument right below the claim."""
    if stance == "supports":
        return _("One reason:") if first else _("Another reason:")
    return _("One objection:") if first else _("Another objection:")


def following(stance: str, above: str) -> str:
    """What stands before an argument behind the line it is about, whose own stance is `above`."""
    if stance == "supports":
        return _("In support of this:")
    return _("In reply:") if above == "opposes" else _("Against this:")


def returning(stance: str, above: str) -> str:
    """The same where the line that it is about stands further up: %(line)s is its beginning."""
    if stance == "supports":
        return _("In support of “%(line)s”:")
    return _("In reply to “%(line)s”:") if above == "opposes" else _("Against “%(line)s”:")


def together() -> str:
    """What stands before a line that makes one reason with the line before it."""
    return _("Together with this:")


def together_with() -> str:
    return _("Together with “%(line)s”:")


def another_claim() -> str:
    return _("Another claim:")


def elsewhere() -> str:
    """What stands in the place of a line that is written in another place of the text."""
    return _("“%(line)s” (see there).")


def about_claim() -> str:
    return _("On the claim “%(line)s”")
