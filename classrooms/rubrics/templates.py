"""The rubrics that everyone may begin with, as data. A teacher takes a copy and changes it as they like.

The criteria follow what is known of how argument maps are judged; the words of the levels are our own. They say what
a reader can see, not how many boxes there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    type Levels = tuple[tuple[int, StrOrPromise], ...]


@dataclass(frozen=True)
class CriterionTemplate:
    """`points` is what the best level is worth, 0 where the criterion is for judging alone."""

    key: str
    name: StrOrPromise
    points: int
    levels: Levels

    def copy(self) -> dict[str, Any]:
        levels = [{"points": points, "text": str(text)} for points, text in self.levels]
        return {"key": self.key, "name": str(self.name), "points": self.points, "levels": levels}


@dataclass(frozen=True)
class RubricTemplate:
    name: str
    title: StrOrPromise
    purpose: StrOrPromise
    criteria: tuple[CriterionTemplate, ...]

    def copy(self) -> list[dict[str, Any]]:
        """The criteria in the language of the reader, to be stored."""
        return [criterion.copy() for criterion in self.criteria]

    @property
    def points(self) -> int:
        return sum(criterion.points for criterion in self.criteria)


_WHOLE = RubricTemplate(
    "whole", _("Argument map"), _("six criteria, 100 points: the map and the conclusion"),
    (
        CriterionTemplate("idea", _("One clear idea"), 15, (
            (15, _("Each argument makes one point, in a full sentence that a newcomer to the map understands.")),
            (11, _("Nearly every argument makes one point; one or two need a second reading.")),
            (7, _("Several arguments hold two ideas, or are only a few words.")),
            (3, _("What is meant has to be guessed.")),
        )),
        CriterionTemplate("place", _("The right place and stance"), 15, (
            (15, _("Each argument speaks to the line just above it, and does what its label says.")),
            (11, _("One argument would stand better elsewhere, or the label needs a thought.")),
            (7, _("Several arguments answer another line than the one above them.")),
            (3, _("For and against are mixed up.")),
        )),
        CriterionTemplate("grounded", _("Grounded"), 20, (
            (20, _("Every argument that needs it rests on a passage or a source, and says no more than that does.")),
            (15, _("All but one are backed, or a reference lacks a detail.")),
            (10, _("Some rest on something; others only claim.")),
            (5, _("Nothing is backed, or the passages do not say what is made of them.")),
        )),
        CriterionTemplate("fair", _("Both sides at their best"), 15, (
            (15, _("Each side could recognise itself: its best reasons are there, in fair words.")),
            (11, _("Both sides are there, one of them weaker than it could be.")),
            (7, _("The other side is mentioned, but only to be dismissed.")),
            (3, _("There is one side only.")),
        )),
        CriterionTemplate("answers", _("Answers objections"), 20, (
            (20, _("Meets the strongest objection: refutes it, narrows it, or grants a part and says what is left.")),
            (15, _("Answers an objection, but not the strongest one.")),
            (10, _("Answers by saying the own point again.")),
            (5, _("Leaves objections without an answer.")),
        )),
        CriterionTemplate("weighs", _("A conclusion that weighs"), 15, (
            (15, _("Compares the weight of both sides, decides with reasons, and says what is still unknown.")),
            (11, _("Draws on both sides and decides, but compares them only briefly.")),
            (7, _("Sums up both sides, then picks one without saying why.")),
            (3, _("Gives an opinion in which the map plays no part.")),
        )),
    ),
)  # fmt: skip

_QUICK = RubricTemplate(
    "quick", _("Quick check"), _("three criteria with two levels, for twenty minutes"),
    (
        CriterionTemplate("clear", _("Clear"), 2, (
            (2, _("A sentence that can be argued with.")),
            (1, _("A topic or a feeling, not yet an argument.")),
        )),
        CriterionTemplate("connected", _("Connected"), 2, (
            (2, _("Speaks to the line above it.")),
            (1, _("Speaks to something else.")),
        )),
        CriterionTemplate("answered", _("Answers somebody"), 2, (
            (2, _("Takes up what another person wrote.")),
            (1, _("Stands alone.")),
        )),
    ),
)  # fmt: skip

_COUNTER = RubricTemplate(
    "counter", _("Counter-argument"), _("one skill, four levels: mentions, explains, gives evidence on both, resolves"),
    (
        CriterionTemplate("counter", _("Takes the other side seriously"), 4, (
            (4, _("Resolves: weighs the two sides against each other, and comes to a view that does justice to both.")),
            (3, _("Gives evidence on both: the objection and the answer each rest on something.")),
            (2, _("Explains: says why somebody could think otherwise.")),
            (1, _("Mentions: says that others think otherwise.")),
        )),
    ),
)  # fmt: skip

_VALUE = RubricTemplate(
    "value", _("Critical thinking, by the names of VALUE"),
    _("five criteria without points, for looking at a programme; the AAC&U does not mean them for grading"),
    (
        CriterionTemplate("issue", _("Explanation of issues"), 0, (
            (4, _("Says what the question is, what hangs on it, and which words need a meaning.")),
            (3, _("Says what the question is and most of what one must know to answer it.")),
            (2, _("Names the question, and leaves words open that decide it.")),
            (1, _("Takes the question as known.")),
        )),
        CriterionTemplate("evidence", _("Evidence"), 0, (
            (4, _("Questions the sources themselves, and builds on what they can bear.")),
            (3, _("Chooses fitting sources, and asks about some of them.")),
            (2, _("Uses sources, and takes them at their word.")),
            (1, _("Goes without sources.")),
        )),
        CriterionTemplate("context", _("Influence of context and assumptions"), 0, (
            (4, _("Lays open own and others’ assumptions, and what they do to the answer.")),
            (3, _("Finds several assumptions, own ones among them.")),
            (2, _("Sees what others take for granted, less what is one’s own.")),
            (1, _("Does not notice what is taken for granted.")),
        )),
        CriterionTemplate("position", _("Position"), 0, (
            (4, _("Takes a position with its limits, and makes room for others in it.")),
            (3, _("Takes a position that reckons with other views.")),
            (2, _("Takes a position and knows that there are others.")),
            (1, _("States an opinion.")),
        )),
        CriterionTemplate("conclusions", _("Conclusions and what follows"), 0, (
            (4, _("Concludes from all that was weighed, and says what follows, and how surely.")),
            (3, _("Concludes from both sides, and names some of what follows.")),
            (2, _("Concludes from what fits the conclusion.")),
            (1, _("Concludes something that the arguments do not carry.")),
        )),
    ),
)  # fmt: skip

TEMPLATES: dict[str, RubricTemplate] = {each.name: each for each in (_WHOLE, _QUICK, _COUNTER, _VALUE)}
