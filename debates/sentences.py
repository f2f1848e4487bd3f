"""A change in words: one whole sentence for each verb, so that it can be translated, and what stands below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debates.diff import Piece, differences
from debates.models import Topic
from debates.verbs import SENTENCES, UNKNOWN

if TYPE_CHECKING:
    from debates.history import Lines
    from debates.models import Change

QUOTED = 80

TEXTS_OF_TOPIC = ("title", "question", "background")


@dataclass(frozen=True, slots=True)
class Alteration:
    """Two versions of one text, as the pieces between them."""

    name: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words. `text` is what was said, or the line that the change is about."""

    sentence: SafeString
    text: str = ""
    stance: str = ""
    is_quotation: bool = False
    hidden: bool = False  # there are words, but not for this reader
    facts: tuple[SafeString | str, ...] = ()
    altered: tuple[Alteration, ...] = ()


def tell(change: Change, lines: Lines, *, who: SafeString) -> Told:
    """`change` as the reader of `lines` may hear it."""
    template = SENTENCES.get(f"{change.verb}:{_variant(change)}") or SENTENCES.get(change.verb, UNKNOWN)
    sentence = format_html(
        str(template),
        who=who,
        line=lines.quoted(change.statement_id),
        parent=lines.quoted(change.after.get("parent")),
        title=(change.after or change.before).get("title", ""),
    )
    detail = DETAILS.get(change.verb)
    return Told(sentence, **(detail(change, lines) if detail else {}))


def quotation(text: str, url: str) -> SafeString:
    """A line named in a sentence."""
    return format_html(_("“{line}”"), line=format_html('<a href="{}">{}</a>', url, Truncator(text).chars(QUOTED)))


def _variant(change: Change) -> str:
    """What the same verb was used for."""
    told = change.after or change.before
    if change.verb == "revise":
        return "" if "text" in told else "note"
    if "kind" in told and "comment" in told:
        return str(told["kind"])
    return "claim" if told.get("stance") == "" else str(told.get("stance", ""))


@dataclass(frozen=True, slots=True)
class Odds:
    """A text that undoing would bring back, and the one that stands there now."""

    name: str
    former: str
    current: str


def texts_at_odds(change: Change, current: Any) -> list[Odds]:
    """The texts over which undoing `change` and what is stored now, `current`, disagree."""
    names = {"text": _("Wording"), "note": _("Note"), **_names_of(TEXTS_OF_TOPIC)}
    return [
        Odds(shown, change.before[name], getattr(current, name))
        for name, shown in names.items()
        if name in change.before and hasattr(current, name)
    ]


def _names_of(fields: Iterable[str]) -> dict[str, str]:
    """The topic's fields, as its form calls them."""
    return {name: capfirst(str(Topic._meta.get_field(name).verbose_name)) for name in fields}  # type: ignore[union-attr]


# -- what stands below the sentence ---------------------------------------------------------------------------


def _said(change: Change, lines: Lines) -> dict[str, Any]:
    """The words of a new line, as they were then."""
    if change.verb == "link" or "text" not in change.after:
        return _line(change, lines)
    if not lines.may_read(change.statement_id):
        return {"hidden": True}
    return {"text": change.after["text"], "stance": change.after.get("stance", "")}


def _line(change: Change, lines: Lines) -> dict[str, Any]:
    """The line that was moved, turned or taken back, as it is now."""
    text = lines.words(change.statement_id)
    return {"text": text, "stance": change.after.get("stance", ""), "hidden": not text}


def _moved(change: Change, lines: Lines) -> dict[str, Any]:
    old, new = change.before.get("parent"), change.after.get("parent")
    facts: tuple[SafeString, ...] = ()
    if old != new:
        whole = _("From under {old} to under {new}.")
        if old is None:
            whole = _("From a claim of its own to under {new}.")
        elif new is None:
            whole = _("From under {old} to a claim of its own.")
        facts = (format_html(whole, old=lines.quoted(old), new=lines.quoted(new)),)
    return _line(change, lines) | {"facts": facts}


def _reworded(change: Change, lines: Lines) -> dict[str, Any]:
    if not lines.may_read(change.statement_id):
        return {"hidden": True}
    return {"altered": _altered(change, {"text": "", "note": _("Note")})}


def _altered(change: Change, names: dict[str, str]) -> tuple[Alteration, ...]:
    return tuple(
        Alteration(shown, differences(change.before.get(name, ""), change.after.get(name, "")))
        for name, shown in names.items()
        if name in change.before or name in change.after
    )


def _source(change: Change, lines: Lines) -> dict[str, Any]:
    told = change.after or change.before
    if not lines.may_read(change.statement_id):
        return {"hidden": True}
    names = ("author", "publisher", "published", "locator")
    return {"text": told.get("title", ""), "facts": (", ".join(told[name] for name in names if told.get(name)),)}


def _passage(change: Change, lines: Lines) -> dict[str, Any]:
    told = change.after or change.before
    if not lines.may_read(change.statement_id):
        return {"hidden": True}
    return {"text": told.get("quote", ""), "is_quotation": True}


def _essay(change: Change, _lines: Lines) -> dict[str, Any]:
    """The new title of a text, and how many passages lost their place; its words stand among its versions."""
    old, new, facts = change.before.get("title"), change.after.get("title"), []
    if old and new and old != new:
        facts.append(_("Its title was “%(old)s”") % {"old": old})
    if lost := int(change.after.get("lost", 0)):
        said = ngettext("%(count)s passage lost its place", "%(count)s passages lost their place", lost)
        facts.append(said % {"count": lost})
    return {"facts": tuple(facts)}


def _comment(change: Change, lines: Lines) -> dict[str, Any]:
    told = change.after or change.before
    if not told.get("text") or not lines.may_read_comment(told.get("comment"), change.statement_id):
        return {"hidden": True}
    return {"text": told["text"]}


def _imported(change: Change, _lines: Lines) -> dict[str, Any]:
    told = change.after if change.verb == "import" else change.before
    count = int(told.get("statements", 0))
    return {"facts": (ngettext("%(count)s line", "%(count)s lines", count) % {"count": count},)}


def _topic(change: Change, lines: Lines) -> dict[str, Any]:
    """The topic's texts as differences, its settings as facts."""
    names = _names_of(change.after)
    texts = {name: shown for name, shown in names.items() if name in TEXTS_OF_TOPIC}
    facts = tuple(
        _("%(setting)s: %(old)s, now %(new)s")
        % {"setting": names[name], "old": _chosen(name, change.before.get(name)), "new": _chosen(name, value)}
        for name, value in change.after.items()
        if name not in TEXTS_OF_TOPIC
    )
    return {"altered": _altered(change, texts), "facts": facts}


def _chosen(name: str, value: Any) -> str:
    """The value of a setting in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(dict(Topic._meta.get_field(name).flatchoices).get(value, value))  # type: ignore[union-attr]


DETAILS: dict[str, Callable[[Change, Lines], dict[str, Any]]] = {
    "topic-revised": _topic,
    "revise": _reworded,
    "move": _moved,
    **dict.fromkeys(("add", "suggest", "link"), _said),
    **dict.fromkeys(("accept", "reorder", "turn", "withdraw", "remove", "restore"), _line),
    **dict.fromkeys(("import", "unimport"), _imported),
    **dict.fromkeys(("cite", "recite", "uncite"), _source),
    **dict.fromkeys(("quote", "place", "unquote"), _passage),
    **dict.fromkeys(("essay-added", "essay-revised", "essay-removed"), _essay),
    **dict.fromkeys(("comment", "uncomment"), _comment),
}
