"""All that is counted of a topic, a branch or one person's part, in one pass over what one load gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debates.analysis.balance import Balance, Split, balance_of, depths_of, untested_in
from debates.analysis.evidence import Repeated, Resting, repeated_passages, unsourced_in, unsupported_in
from debates.analysis.exchanges import by_side_hurt, labels, longest_exchange, objections_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debates.analysis.evidence import PassageRecord
    from debates.analysis.scope import Scope


@dataclass(frozen=True, slots=True)
class Analysis:
    """Counts and ids, in reading order where nothing else is said. No grade, no winner, nobody compared."""

    statements: int
    claims: int
    top: Balance  # right below the claims, or below the branch's root
    all_levels: Balance
    depths: tuple[int, ...]
    longest_exchange: tuple[int, ...]
    open_objections: Split
    reinstated: Split  # objections whose every reply is itself answered
    answered: tuple[int, ...]
    untested: tuple[int, ...]
    unsupported: tuple[int, ...]
    unsourced: tuple[Resting, ...]
    repeated: tuple[Repeated, ...]


def analyse(scope: Scope, passages: Iterable[PassageRecord] = ()) -> Analysis:
    """Everything at once: the work list and the API show parts of it."""
    forest, arguments = scope.forest, scope.arguments
    is_open, replied = objections_in(scope)
    answered, stands = labels(forest)
    return Analysis(
        statements=len(scope.lines),
        claims=len(scope.lines) - sum(1 for line in scope.lines if line.depth),
        top=balance_of(forest, filter(scope.is_top, arguments)),
        all_levels=balance_of(forest, arguments),
        depths=depths_of(scope.lines),
        longest_exchange=longest_exchange(scope),
        open_objections=by_side_hurt(forest, scope.owed(is_open)),
        reinstated=by_side_hurt(forest, [each for each in scope.owed(replied) if each.id in stands]),
        answered=tuple(line.id for line in scope.lines if line.id in answered),
        untested=untested_in(scope),
        unsupported=unsupported_in(scope),
        unsourced=unsourced_in(scope),
        repeated=repeated_passages(scope, passages),
    )
