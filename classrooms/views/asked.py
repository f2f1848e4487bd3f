"""Numbers that an address or a form may carry."""

from __future__ import annotations

# The number of a row has at most so many digits: a longer one is no number of ours, and no database takes it.
MOST_DIGITS = 18


def number_in(sent: str | None) -> int | None:
    """The number that was sent, None where it is none."""
    is_number = sent is not None and sent.isascii() and sent.isdigit() and len(sent) <= MOST_DIGITS
    return int(sent) if is_number and sent else None
