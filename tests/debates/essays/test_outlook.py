"""What an edit would do to passages is what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debates.essays.outlook import compared, foresee, passages_of
from debates.permissions import topic_for
from tests.factories import make_topic

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = pytest.mark.django_db

TEXT = (
    "Buses are late. Trains are full of people.\n\nBicycles are quick, and they cost little. Buses are late.\n\n"
    "Walking is free. 👍🏽 It takes a while, but nobody minds."
)
EDITS = (
    TEXT,
    TEXT.replace("Trains are full of people.", ""),
    TEXT.replace("quick", "very quick indeed").replace("Buses are late.", "Buses are never late.", 1),
    "\n\n".join(reversed(TEXT.split("\n\n"))),
    "  " + TEXT + "\r\n\r\n\r\nMore.\x00",
    "Nothing of it is left.",
    TEXT.replace("Buses are late. Trains", "Trains"),
)


@pytest.mark.parametrize("edit", EDITS)
def test_edit_is_foreseen(alice: User, edit: str) -> None:
    topic = topic_for(alice, make_topic(alice).slug)
    essay = topic.add_essay(by=alice, title="Ways", text=TEXT)
    essay.topic = topic
    claim = topic.add_claim("Ride a bicycle.", by=alice)
    words = (
        "Buses are late. Trains are full of people.",
        "Trains are full of people.",
        "quick, and they",
        "👍🏽 It takes",
    )
    for each in words:
        claim.quote(essay, TEXT.index(each), TEXT.index(each) + len(each), by=alice)
    before = list(passages_of(essay, alice))

    foreseen = foresee(essay, edit, alice)
    anchored = essay.revise(by=alice, version=1, text=edit)

    essay.topic = topic
    done = compared(before, passages_of(essay, alice))
    assert ([each.pk for each in foreseen.lost], {each.pk for each in foreseen.altered}) == (
        [each.pk for each in done.lost], {each.pk for each in done.altered},
    )  # fmt: skip
    assert (len(done.altered), len(done.lost)) == (anchored.altered, anchored.lost)
