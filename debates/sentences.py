"""A change in words: one whole sentence for each verb, so that it can be translated, and what stands below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from debates.diff import Piece, differences
from debates.models import Topic

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from debates.history import Lines
    from debates.models import Change

QUOTED = 80

# "verb" or "verb:variant", see _variant.
SENTENCES: dict[str, StrOrPromise] = {
    "topic-created": gettext_lazy("{who} began this topic"),
    "topic-revised": gettext_lazy("{who} changed the topic"),
    "topic-closed": gettext_lazy("{who} closed the topic"),
    "topic-reopened": gettext_lazy("{who} opened the topic again"),
    "copy": gettext_lazy("{who} copied the statements of another topic"),
    "import": gettext_lazy("{who} brought lines in from a file"),
    "unimport": gettext_lazy("{who} took out what had come from a file"),
    "erase": gettext_lazy("{who} left this site for good; words that nobody had answered went along"),
    "add": gettext_lazy("{who} added a line"),
    "add:claim": gettext_lazy("{who} made a claim"),
    "add:supports": gettext_lazy("{who} argued for {parent}"),
    "add:opposes": gettext_lazy("{who} argued against {parent}"),
    "suggest": gettext_lazy("{who} made a line a suggestion again"),
    "suggest:claim": gettext_lazy("{who} suggested a claim"),
    "suggest:supports": gettext_lazy("{who} suggested an argument for {parent}"),
    "suggest:opposes": gettext_lazy("{who} suggested an argument against {parent}"),
    "accept": gettext_lazy("{who} accepted a suggestion"),
    "link": gettext_lazy("{who} linked a line in a second place"),
    "link:supports": gettext_lazy("{who} linked a line as an argument for {parent}"),
    "link:opposes": gettext_lazy("{who} linked a line as an argument against {parent}"),
    "move": gettext_lazy("{who} moved a line"),
    "reorder": gettext_lazy("{who} changed the place of a line among its neighbours"),
    "turn": gettext_lazy("{who} turned a line"),
    "turn:supports": gettext_lazy("{who} turned a “but” into a “because”"),
    "turn:opposes": gettext_lazy("{who} turned a “because” into a “but”"),
    "revise": gettext_lazy("{who} changed a wording"),
    "revise:note": gettext_lazy("{who} changed the note of {line}"),
    "withdraw": gettext_lazy("{who} took a line back"),
    "remove": gettext_lazy("{who} removed a line as a moderator"),
    "restore": gettext_lazy("{who} brought a line back"),
    "cite": gettext_lazy("{who} added a source to {line}"),
    "uncite": gettext_lazy("{who} took a source away from {line}"),
    "quote": gettext_lazy("{who} rested {line} on a passage"),
    "unquote": gettext_lazy("{who} took a passage away from {line}"),
    "comment": gettext_lazy("{who} commented on {line}"),
    "comment:question": gettext_lazy("{who} asked a question about {line}"),
    "uncomment": gettext_lazy("{who} took a comment on {line} back"),
}
UNKNOWN = gettext_lazy("{who} changed something")
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
    **dict.fromkeys(("cite", "uncite"), _source),
    **dict.fromkeys(("quote", "unquote"), _passage),
    **dict.fromkeys(("comment", "uncomment"), _comment),
}
