"""The states of an essay: which there were, who wrote each and when, and what changed from one to the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from debates.essays.differing import differing
from debates.models import EssayVersion, NamesShown, Pseudonym

if TYPE_CHECKING:
    from datetime import datetime

    from debates.essays.differing import Differences
    from debates.models import Change, Essay, Topic
    from debates.models.essay import EssayTexts

SHOWN = 50
VERBS = ("essay-added", "essay-revised")
FIELDS = ("title", "author", "source")


@dataclass(frozen=True, slots=True)
class State:
    """One state of an essay. `change` is the number of the change that made it, None for what came from a file."""

    version: int
    title: str
    by: str
    at: datetime
    mine: bool = False
    is_now: bool = False
    change: int | None = None

    @property
    def earlier(self) -> int:
        return self.version - 1


@dataclass(frozen=True, slots=True)
class Alteration:
    """A title, an author or a source that was altered."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one state to another."""

    old: EssayTexts
    new: EssayTexts
    fields: list[Alteration]
    text: Differences


def states_of(essay: Essay, user_id: int | None, *, before: int | None = None) -> tuple[list[State], int | None]:
    """Up to SHOWN states older than the version `before`, newest first, and where the next stretch begins.

    Two queries, whatever the number of states.
    """
    topic = essay.topic
    numbers = EssayVersion.objects.filter(topic=topic, essay_number=essay.pk, version__lt=before or essay.version)
    titles = dict(numbers.order_by("-version").values_list("version", "title")[: SHOWN + 1])
    if before is None:
        titles = {essay.version: essay.title} | titles
    shown = list(titles)[:SHOWN]
    told = _changes(essay, shown)
    states = [_state(essay, version, titles[version], told.get(version), user_id) for version in shown]
    return states, shown[-1] if len(titles) > SHOWN else None


def _changes(essay: Essay, versions: list[int]) -> dict[int, Change]:
    """The change that made each of `versions`."""
    named = Pseudonym.objects.filter(topic_id=essay.topic_id, user=OuterRef("actor")).values("name")[:1]
    made = essay.topic.changes.filter(verb__in=VERBS, after__essay=essay.pk, after__version__in=versions)
    found = made.select_related("actor").annotate(pseudonym=Subquery(named)).order_by("number")
    return {change.after["version"]: change for change in found}


def _state(essay: Essay, version: int, title: str, change: Change | None, user_id: int | None) -> State:
    if change is None:
        return State(version, title, "", essay.created, is_now=version == essay.version)
    return State(
        version, title, name_in(essay.topic, change), change.at,
        mine=user_id is not None and change.actor_id == user_id,
        is_now=version == essay.version, change=change.number,
    )  # fmt: skip


def name_in(topic: Topic, change: Change) -> str:
    """Who made `change`, by the name that readers of the topic see; it is annotated with their `pseudonym`."""
    if change.actor is None:
        return _("A former participant")
    named = change.actor.shown_name if topic.names_shown == NamesShown.NAMES else ""
    return named or change.pseudonym or _("A former participant")  # type: ignore[attr-defined]


def state_at(essay: Essay, version: int) -> EssayTexts | None:
    """The texts of `essay` in that version, None where there is none."""
    if version == essay.version:
        return essay
    return EssayVersion.objects.filter(topic=essay.topic_id, essay_number=essay.pk, version=version).first()


def compare(old: EssayTexts, new: EssayTexts) -> Comparison:
    """What changed from `old` to `new`, in reading order."""
    fields = [
        Alteration(str(old._meta.get_field(name).verbose_name), getattr(old, name), getattr(new, name))  # type: ignore[union-attr]
        for name in FIELDS
        if getattr(old, name) != getattr(new, name)
    ]
    return Comparison(old, new, fields, differing(old.text, new.text))
