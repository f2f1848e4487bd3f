"""Reconstructions as parts of a tree: an argument with its premises below it, standing for its conclusion.

A conclusion that is named nowhere else is what the argument says. One that is said elsewhere is what the argument
supports; an argument that says nothing itself then gives it its premises.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.formats.argdown_model import Bond
from debates.formats.drafts import NoteKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debates.formats.argdown_model import Model, Structure
    from debates.formats.drafts import Draft


def fold(model: Model, draft: Draft) -> None:
    """Turn every reconstruction of `model` into bonds, in place. What is one with something else leaves `nodes`."""
    alias: dict[str, str] = {}
    bearing = {bond.child for bond in model.bonds} | {bond.parent for bond in model.bonds}
    numbers = count(1 + max((_group(node.data.get("group")) for node in model.nodes.values()), default=0))
    added: list[Bond] = []
    moved: dict[str, str] = {}
    for structure in model.structures:
        draft.note(
            NoteKind.REPAIRED,
            _("A reconstruction is read as an argument with its premises below it."), at=structure.at,
        )  # fmt: skip
        conclusion = _conclusion(structure)
        bearer = structure.argument
        if conclusion is not None and conclusion != bearer:
            bearer = _join(model, structure, conclusion, alias, bearing)
            if bearer == structure.argument and conclusion not in alias:
                moved[bearer] = conclusion
                added.append(Bond(bearer, conclusion, "supports", structure.at))
        added += _premises(structure, bearer, numbers)
    for bond in model.bonds:
        bond.child = moved.get(bond.child, bond.child)
    model.bonds += added
    for bond in model.bonds:
        bond.child, bond.parent = _final(alias, bond.child), _final(alias, bond.parent)
    for key in alias:
        model.nodes.pop(key, None)


def _group(value: object) -> int:
    return value if isinstance(value, int) and 0 < value < 10_000 else 0


def _conclusion(structure: Structure) -> str | None:
    """The statement behind the last inference."""
    concluded = any(step.key is None for step in structure.steps)
    return structure.steps[-1].key if concluded else None


def _join(model: Model, structure: Structure, conclusion: str, alias: dict[str, str], bearing: set[str]) -> str:
    """What the premises stand below; makes one of two where one of argument and conclusion says it all."""
    argument, stated = model.nodes[structure.argument], model.nodes[conclusion]
    if stated.uses > 1:
        if argument.text or argument.key in bearing or argument.uses > 1:
            return argument.key
        alias[argument.key] = conclusion
        return conclusion
    alias[conclusion] = argument.key
    if not argument.text:
        argument.text = stated.text or stated.title
    elif stated.text and stated.text != argument.text:
        argument.rules.append(stated.text)
    argument.cards += stated.cards
    argument.tags += stated.tags
    return argument.key


def _premises(structure: Structure, bearer: str, numbers: Iterator[int]) -> Iterator[Bond]:
    """The premises of each inference below what it concludes."""
    pending: list[tuple[str, int]] = []
    last = max((at for at, step in enumerate(structure.steps) if step.key is None), default=len(structure.steps))
    for at, step in enumerate(structure.steps):
        if step.key is not None:
            if at <= last or last == len(structure.steps):
                pending.append((step.key, step.at))
            continue
        following = structure.steps[at + 1].key if at + 1 < len(structure.steps) else None
        target = bearer if at == last or following is None else following
        yield from _together(pending, target, numbers)
        pending = []
    yield from _together(pending, bearer, numbers)


def _together(premises: list[tuple[str, int]], target: str, numbers: Iterator[int]) -> Iterator[Bond]:
    group = next(numbers) if len(premises) > 1 else None
    for key, at in premises:
        yield Bond(key, target, "supports", at, group=group)


def _final(alias: dict[str, str], key: str) -> str:
    seen = {key}
    while key in alias and alias[key] not in seen:
        key = alias[key]
        seen.add(key)
    return key
