"""The ideas of a MindMup map to lines, of the versions 1 to 3 and of other tools that write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from debates.formats.document import Line
from debates.formats.drafts import Draft, NoteKind, Unreadable
from debates.formats.stances import stance_of, without_prefix

if TYPE_CHECKING:
    from collections.abc import Sequence

GROUP_KINDS = {"supports": "supporting", "opposes": "opposing"}
OURS = "counterpoint"
# Sets of co-premises that have no number are counted from here.
UNNUMBERED = 10_000

type Idea = dict[str, Any]
type Place = tuple[str | None, str, int | None]  # parent, stance, group


class Reading:
    """A draft while a map is read into it."""

    def __init__(self, content: Idea) -> None:
        self.content = content
        self.draft = Draft()
        self.count = 0

    def run(self) -> Draft:
        if not ("ideas" in self.content or "title" in self.content):
            raise Unreadable(_("This is no map of MindMup: it has neither “title” nor “ideas”."))
        version = self.content.get("formatVersion")
        ours = _dictionary(_attributes(self.content).get(OURS))
        document = self.draft.document
        document.question, document.background = _text(ours.get("question")), _text(ours.get("background"))
        tops = _below(self.content) if version == 3 or self.content.get("id") == "root" else [self.content]
        document.title = _text(self.content.get("title"))
        self._lay_out(self._claims(tops, titled=bool(document.title)))
        self._note_connectors()
        return self.draft

    def _claims(self, tops: list[Idea], *, titled: bool) -> list[Idea]:
        """The roots; but a single root of a map without a title names the topic, unless arguments hang on it."""
        document = self.draft.document
        if len(tops) != 1 or (titled and tops[0] is not self.content):
            return tops
        (top,) = tops
        document.title = _text(top.get("title"))
        below = _below(top)
        if not below or any(_group_stance(each) or without_prefix(_text(each.get("title")))[0] for each in below):
            return tops
        document.question = document.question or _note(top)
        return below

    def _lay_out(self, claims: Sequence[Idea]) -> None:
        stack: list[tuple[Idea, Place]] = [(idea, (None, "", None)) for idea in reversed(claims)]
        while stack:
            idea, (parent, stance, group) = stack.pop()
            within = _group_stance(idea)
            if within and parent is not None:
                place: Place = (parent, within, self._number(idea))
            else:
                line = self._line(idea, (parent, stance, group))
                self.draft.document.lines.append(line)
                place = (line.id, "", None)
            stack.extend((child, place) for child in reversed(_below(idea)))

    def _line(self, idea: Idea, place: Place) -> Line:
        self.count += 1
        parent, stance, group = place
        text = _text(idea.get("title"))
        if parent is not None and not stance:
            stance, text = without_prefix(text)
        link = _dictionary(_attributes(idea).get(OURS)).get("link")
        return Line(
            id=_name(idea.get("id")) or f"idea-{self.count}", parent=parent, stance=stance, text=text,
            note=_note(idea), refers_to=_name(link) or None, group=group,
        )  # fmt: skip

    def _number(self, group: Idea) -> int | None:
        """The number of a set of co-premises: its own, or a new one for several ideas that stand together."""
        number = _dictionary(_attributes(group).get(OURS)).get("group")
        if isinstance(number, int) and not isinstance(number, bool):
            return number
        self.count += 1
        return UNNUMBERED + self.count if len(_below(group)) > 1 else None

    def _note_connectors(self) -> None:
        links = {line.id for line in self.draft.document.lines if line.is_link}
        connectors = self.content.get("links")
        for connector in connectors if isinstance(connectors, list) else []:
            if _name(_dictionary(connector).get("ideaIdFrom")) not in links:
                sentence = _("A connector between two ideas is left out: it does not say which way it points.")
                self.draft.note(NoteKind.SKIPPED, sentence)


def _below(idea: Idea) -> list[Idea]:
    """The ideas below one, by rank: first those on the right, then those on the left, each from the middle on."""
    ideas = idea.get("ideas")
    if isinstance(ideas, list):  # as tools write it whose language has one type for both
        return [each for each in ideas if isinstance(each, dict)]
    ranked = [(_rank(key), each) for key, each in _dictionary(ideas).items() if isinstance(each, dict)]
    return [each for (left, away), each in sorted(ranked, key=lambda pair: pair[0])]


def _rank(key: str) -> tuple[bool, float]:
    try:
        rank = float(key)
    except ValueError:
        rank = float("inf")
    return (rank < 0, abs(rank)) if rank == rank else (False, float("inf"))


def _group_stance(idea: Idea) -> str:
    """The stance of a group node, "" for an idea. Some tools say with `true` that it is one, and leave it at that."""
    kind = _attributes(idea).get("group")
    if not kind:
        return ""
    return stance_of(kind) or "supports" if isinstance(kind, str) else "supports"


def _attributes(idea: Idea) -> Idea:
    return _dictionary(idea.get("attr"))


def _note(idea: Idea) -> str:
    return _text(_dictionary(_attributes(idea).get("note")).get("text"))


def _dictionary(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _name(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
