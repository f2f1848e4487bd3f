"""What an edit of an essay does to its passages: each is put where its words went, or kept as lost; none is dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.essays.anchoring import Place, reanchor
from debates.models.errors import Conflict, Refused
from debates.models.essay import Essay, EssayVersion
from debates.models.kinds import Status
from debates.models.passage import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debates.models.act import Act
    from debates.models.change import Change


@dataclass(frozen=True, slots=True)
class Anchored:
    """What became of the passages of an edited text, counted. `lost` are those that lost their place by it, but for
    those of lines that do not show.
    """

    kept: int = 0  # they say what they said
    altered: int = 0  # they stand where they stood, in other words
    lost: int = 0


def set_texts(act: Act, essay: Essay, texts: dict[str, str], *, former: EssayVersion | None = None) -> Anchored:
    """Give `essay` other `texts`, keep its state until now, and re-anchor. With `former`, passages stand as in it."""
    old, version = essay.texts(), keep(act, essay)
    before = essay.as_recorded()
    essay.write(old | texts)
    if essay.texts() == old:
        return Anchored()
    version.save(force_insert=True)
    anchored = _anchor(essay, old["text"], {row["pk"]: row for row in former.passages} if former else {})
    essay.version, essay.updated = essay.version + 1, timezone.now()
    essay.save()
    act.record(before=before, after=essay.as_recorded() | {"lost": anchored.lost})
    return anchored


def keep(act: Act, essay: Essay) -> EssayVersion:
    """The state of `essay` as it is, not stored yet."""
    rows = [dict(row) for row in essay.passages.order_by("pk").values(*Passage.KEPT)]
    for row in rows:
        if not row["lost"]:
            del row["quote"], row["prefix"], row["suffix"]  # the text has them
    return EssayVersion(
        topic=act.topic, essay_number=essay.pk, version=essay.version, passages=rows, by=act.by, **essay.texts()
    )


def _anchor(essay: Essay, old: str, exact: dict[int, dict[str, Any]]) -> Anchored:
    """Put the passages of `essay` into its text: where `exact` says, and else where their words went."""
    passages = list(essay.passages.select_related("statement").order_by("start", "end", "pk"))
    searched = [passage for passage in passages if passage.pk not in exact]
    places = [
        Place(passage.start, passage.end, passage.quote, passage.prefix, passage.suffix, passage.lost)
        for passage in searched
    ]
    found = dict(zip((passage.pk for passage in searched), reanchor(old, essay.text, places), strict=True))
    targets = {pk: (row["start"], row["end"]) for pk, row in exact.items() if not row["lost"]}
    targets |= {pk: (place.start, place.end) for pk, place in found.items() if place is not None}
    return _store(essay, passages, targets)


def _store(essay: Essay, passages: list[Passage], targets: dict[int, tuple[int, int]]) -> Anchored:
    taken: set[tuple[int, int, int]] = set()
    kept = altered = lost = 0
    for passage in passages:
        said, target = passage.quote, targets.get(passage.pk)
        # Two passages of one line that have become the same words: the second has lost its own.
        if target is None or (passage.statement_id, *target) in taken:
            # What an edit did to a suggestion is told to nobody who may not read it.
            lost += not passage.lost and passage.statement.status == Status.VISIBLE
            passage.lost = True
        else:
            taken.add((passage.statement_id, *target))
            passage.stand(essay.text, *target)
            kept, altered = kept + (passage.quote == said), altered + (passage.quote != said)
    # All are lost for a moment: one may go where another stands that goes elsewhere.
    essay.passages.update(lost=True)
    Passage.objects.bulk_update(passages, ["start", "end", "quote", "prefix", "suffix", "lost"], batch_size=100)
    return Anchored(kept, altered, lost)


# -- away and back ---------------------------------------------------------------------------------------------


def put_away(act: Act, essay: Essay) -> dict[str, Any]:
    """Delete `essay` with its passages, whose last state stays. What is returned brings both back."""
    keep(act, essay).save(force_insert=True)
    recorded = essay.as_recorded()
    essay.delete()
    return recorded


def bring_back_essay(act: Act, recorded: dict[str, Any]) -> Essay:
    """The essay that was put away, under its old number, with the passages of the lines that are still there."""
    former = act.topic.essay_versions.filter(essay_number=recorded["essay"]).order_by("-version").first()
    if Essay.objects.filter(pk=recorded["essay"]).exists():
        raise Refused(_("This text is there already."))
    if former is None:  # erased with the account of whoever had added it
        raise Refused(_("This text is gone for good."))
    essay = Essay(pk=recorded["essay"], topic=act.topic, version=former.version + 1, **former.texts())
    added = act.topic.changes.filter(verb="essay-added", after__essay=essay.pk).first()
    if added is not None:
        essay.added_by_id, essay.created = added.actor_id, added.at
    essay.save(force_insert=True)
    _bring_back_passages(essay, former.passages)
    return essay


def _bring_back_passages(essay: Essay, rows: Iterable[dict[str, Any]]) -> None:
    there = set(essay.topic.statements.values_list("pk", flat=True))
    passages = []
    for row in rows:
        if row["statement_id"] in there:
            passage = Passage(essay=essay, **row)
            if not passage.lost:
                passage.stand(essay.text, passage.start, passage.end)
            passages.append(passage)
    Passage.objects.bulk_create(passages, batch_size=500)


# -- undoing -----------------------------------------------------------------------------------------------------


def essay_back(act: Act, change: Change) -> None:
    """Undo an edit: the text as it was before, where nothing newer was written."""
    essay = Essay(pk=change.after["essay"], topic=act.topic).fresh(act)
    if essay.version != change.after["version"]:
        raise Conflict(_("It was changed again since. Take the newer change back first."), current=essay)
    former = act.topic.essay_versions.get(essay_number=essay.pk, version=change.before["version"])
    set_texts(act, essay, former.texts(), former=former)


def essay_gone(act: Act, change: Change) -> None:
    """Undo an essay's coming."""
    act.record(before=put_away(act, Essay(pk=change.after["essay"], topic=act.topic).fresh(act)))


def essay_there(act: Act, change: Change) -> None:
    """Undo an essay's going."""
    essay = bring_back_essay(act, change.before)
    act.record(after=essay.as_recorded())
