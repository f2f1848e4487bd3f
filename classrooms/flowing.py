"""What a teacher changes in the template flows to the groups: new lines, and new words where the group kept the old.

What a group has changed itself stays as it is. So does what was moved, turned or taken back in the template.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from classrooms.carrying import carry_evidence
from classrooms.models import Group, Twin
from debates.models import Change, Statement, Status, Topic
from debates.models.act import act_on, in_one_go
from debates.models.places import place_under
from debates.models.structure import set_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from classrooms.models import Assignment
    from debates.models.act import Act

    type Words = tuple[str, str]  # a text and its note


class Edit(NamedTuple):
    """A change of the template: a new line, or new words for one, and the groups that do not have it yet."""

    line: Statement
    groups: tuple[Group, ...]
    is_new: bool
    before: str = ""  # the words that the groups have


class Own(NamedTuple):
    """A line that was reworded in the template, and before that or since by the group itself: its words stay."""

    line: Statement
    group: Group
    copy: Statement


@dataclass(frozen=True, slots=True)
class Flow:
    """What stands between the template and the groups."""

    edits: tuple[Edit, ...] = ()
    own: tuple[Own, ...] = ()

    @property
    def count(self) -> int:
        """How many changes can be brought to groups."""
        return len(self.edits)


def flow_of(assignment: Assignment) -> Flow:
    """The changes of the template that groups do not have. Five queries, whatever the number of groups and lines."""
    groups = list(assignment.groups.exclude(topic=None).select_related("topic"))
    if assignment.shape == "shared" or assignment.topic_id is None or not groups:
        return Flow()
    return _Template(assignment, groups).flow()


@transaction.atomic
@in_one_go()
def bring(assignment: Assignment, *, by: User) -> Flow:
    """Bring the changes of the template to every group: to all of them or, where anything fails, to none.

    Gives what was brought, and what was left as the groups have it. Raises Closed, Gone.
    """
    now = assignment.locked()
    # In the order in which verbs over several topics lock them, so that no two wait for each other.
    Topic.objects.select_for_update(of=("self",), no_key=True).filter(pk=now.topic_id or 0).first()
    flow = flow_of(now)
    wanted: defaultdict[Group, list[Edit]] = defaultdict(list)
    for edit in flow.edits:
        for group in edit.groups:
            wanted[group].append(edit)
    for group in sorted(wanted, key=lambda each: each.topic_id or 0):
        if group.topic is not None:
            with act_on(group.topic, by=by, verb="add", closed_too=True) as act:
                _bring(act, group, wanted[group])
    return flow


class _Template:
    """The template beside what the groups have of it."""

    def __init__(self, assignment: Assignment, groups: list[Group]) -> None:
        self.groups, topic = groups, assignment.topic_id
        lines = Statement.objects.filter(topic=topic, status=Status.VISIBLE).order_by("depth", "position", "pk")
        lines = lines.exclude(author__in=assignment.strangers())
        self.lines = {line.pk: line for line in lines}
        of_template = Twin.objects.filter(group__in=groups, original__topic=topic).select_related("copy")
        self.twins = {(twin.group_id, twin.original_id): twin for twin in of_template}
        self.former = _former_words(self._reworded())

    def _reworded(self) -> dict[int, Statement]:
        changed = (self.lines.get(twin.original_id) for twin in self.twins.values())
        found = {line.pk: line for line in changed if line is not None}
        return {pk: line for pk, line in found.items() if any(self._is_behind(group, line) for group in self.groups)}

    def _is_behind(self, group: Group, line: Statement) -> bool:
        twin = self.twins.get((group.pk, line.pk))
        return twin is not None and not line.is_link and twin.version < line.version

    def flow(self) -> Flow:
        edits, own = [], []
        for line in self.lines.values():
            lacking = tuple(group for group in self.groups if (group.pk, line.pk) not in self.twins)
            if lacking:
                edits.append(Edit(line, lacking, is_new=True))
            behind = [group for group in self.groups if self._is_behind(group, line)]
            kept = [group for group in behind if not self._is_untouched(group, line)]
            own += [Own(line, group, self.twins[group.pk, line.pk].copy) for group in kept]
            if waiting := tuple(group for group in behind if group not in kept):
                before = self.twins[waiting[0].pk, line.pk].copy.text
                edits.append(Edit(line, waiting, is_new=False, before=before))
        return Flow(tuple(edits), tuple(own))

    def _is_untouched(self, group: Group, line: Statement) -> bool:
        """Whether the group has the words that it was given, or the new ones already."""
        twin = self.twins[group.pk, line.pk]
        given = self.former[line.pk].get(twin.version)
        return (twin.copy.text, twin.copy.note) in {given, (line.text, line.note)}


def _former_words(lines: dict[int, Statement]) -> dict[int, dict[int, Words]]:
    """What each of `lines` said in each of its versions. One query."""
    found = {pk: {line.version: (line.text, line.note)} for pk, line in lines.items()}
    at = {pk: line.version for pk, line in lines.items()}
    changes = Change.objects.filter(statement__in=lines).order_by("topic", "-number")
    for pk, before in changes.values_list("statement_id", "before"):
        # Every change of words counts one version: see debates.models.structure.set_text.
        if pk is not None and {"text", "note"} & before.keys() and at[pk] > 1:
            text, note = found[pk][at[pk]]
            at[pk] -= 1
            found[pk][at[pk]] = (before.get("text", text), before.get("note", note))
    return found


def _bring(act: Act, group: Group, edits: Iterable[Edit]) -> None:
    """Give the map that `act` has locked all of `edits`, parents before what stands under them."""
    twins = {twin.original_id: twin for twin in Twin.objects.filter(group=group).select_related("copy")}
    here = {pk: twin.copy for pk, twin in twins.items()}
    made: dict[int, Statement] = {}
    for edit in sorted(edits, key=lambda each: (each.line.is_link, each.line.depth)):
        if edit.is_new:
            copy = _add(act, edit.line, here)
            if copy is not None:
                made[edit.line.pk] = here[edit.line.pk] = copy
        else:
            twin = twins[edit.line.pk]
            set_text(act, twin.copy.fresh(act), edit.line.text, edit.line.note)
            Twin.objects.filter(pk=twin.pk).update(version=edit.line.version)
    carry_evidence(made, into=act.topic)
    Twin.objects.note(group, made, {edit.line.pk: edit.line.version for edit in edits})


def _add(act: Act, line: Statement, here: dict[int, Statement]) -> Statement | None:
    """The copy of a new line, or None where what it stands under or points to is no part of this map."""
    parent, target = here.get(line.parent_id or 0), here.get(line.refers_to_id or 0)
    if (line.parent_id and parent is None) or (line.refers_to_id and target is None):
        return None
    place = place_under(parent, topic=act.topic, hidden_too=True)
    copy = Statement(
        topic=act.topic, parent=parent, refers_to=target, author=act.by, depth=place.depth, position=place.position,
        stance=line.stance, text=line.text, note=line.note, search_text=line.search_text,
    )  # fmt: skip
    copy.save(force_insert=True)
    act.record(statement=copy, after=copy.as_recorded(), verb="link" if line.is_link else "add")
    return copy
