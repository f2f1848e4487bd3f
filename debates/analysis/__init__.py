"""What can be counted in a tree, by pure functions: no queries, no users. Definitions only; no grade and no verdict."""

from debates.analysis.sides import (
    AGAINST,
    FOR,
    Shape,
    open_objections,
    reading_order,
    side_along,
    sides_in,
    unanswered,
)

__all__ = [
    "AGAINST",
    "FOR",
    "Shape",
    "open_objections",
    "reading_order",
    "side_along",
    "sides_in",
    "unanswered",
]
