"""A form that is sent twice: its key finds what was stored the first time, and other words under it are a conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from debates.models.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debates.models.statement import Statement

OTHER_WORDS = _("This form was sent before, with something else in it. What was stored then stands beside yours.")


def same_again[Stored](stored: Stored, *, was: Mapping[str, object], sent: Mapping[str, object]) -> Stored:
    """`stored`, if what it was made of equals what is sent now. Raises Conflict with it as `current`."""
    if was != sent:
        raise Conflict(OTHER_WORDS, current=stored)
    return stored


def form_of(statement: Statement, recorded: Mapping[str, object]) -> dict[str, object]:
    """What somebody sent to have `statement` made, from what was `recorded` of it."""
    return {"topic": statement.topic_id} | {name: value for name, value in recorded.items() if name != "position"}
