"""A draft: its text as it is stored, its history, and two windows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.utils import timezone

from debates.models import Conflict, Draft, Refused
from debates.models.draft import DISCARDED_KEPT, MOST_VERSIONS, clean_draft
from tests.factories import make_topic

if TYPE_CHECKING:
    from accounts.models import User


@pytest.fixture
def draft(alice: User) -> Draft:
    return Draft.objects.begin(make_topic(alice), by=alice, title="My draft", text="First.")


def kept(draft: Draft) -> list[str]:
    return list(draft.versions.order_by("version").values_list("text", flat=True))


def age(draft: Draft) -> None:
    """Let all that is kept be older than what a new state is kept beside."""
    draft.versions.update(at=timezone.now() - timedelta(minutes=5))


def test_indented_lines_keep_their_place_and_nothing_else_that_is_hidden() -> None:
    text = "1. one  \r\n   - two\u200b\r\n\tcode\x0c\n   \n\n\n\n  end\n"

    assert clean_draft(text) == "1. one\n   - two\n    code\n\n  end"
    assert clean_draft(clean_draft(text)) == clean_draft(text)
    assert clean_draft("\ue000a\n \u200b\n ") == "a"
    assert clean_draft(" " * 5_000 + "a") == " " * 200 + "a"


def test_text_is_stored_and_what_was_there_is_kept(draft: Draft) -> None:
    draft.write("Second.", version=1)

    assert (draft.text, draft.version, kept(draft)) == ("Second.", 2, ["First."])


def test_states_of_the_next_minutes_are_not_kept_unless_that_is_asked(draft: Draft) -> None:
    draft.write("Second.", version=1)
    draft.write("Third.", version=2)
    draft.write("Fourth.", version=3, always_kept=True)
    age(draft)
    draft.write("Fifth.", version=4)

    assert kept(draft) == ["First.", "Third.", "Fourth."]


def test_same_text_again_is_no_other_version_whatever_was_read(draft: Draft) -> None:
    draft.write("Second.", version=1)
    draft.write("Second. ", version=1)

    assert (draft.version, kept(draft)) == (2, ["First."])


def test_text_written_over_another_is_a_conflict_with_that(draft: Draft) -> None:
    other = Draft.objects.get(pk=draft.pk)
    draft.write("Second.", version=1)

    with pytest.raises(Conflict) as met:
        other.write("Mine.", version=1)

    assert met.value.current.text == "Second."
    draft.refresh_from_db()
    assert draft.text == "Second."
    other.write("Mine.", version=2, always_kept=True)
    assert kept(draft) == ["First.", "Second."]


def test_title_and_style_are_written_with_it(draft: Draft) -> None:
    draft.write("First.", version=1, title=" Another  title ", style="mla")

    assert (draft.title, draft.style, draft.version, kept(draft)) == ("Another title", "mla", 2, [])
    with pytest.raises(Refused):
        draft.write("First.", version=2, title=" ")


def test_former_text_comes_back_and_what_it_replaces_is_kept(draft: Draft) -> None:
    draft.write("Second.", version=1)

    draft.restore(draft.versions.get(version=1))

    assert (draft.text, draft.version, kept(draft)) == ("First.", 3, ["First.", "Second."])


def test_only_so_many_states_are_kept(draft: Draft) -> None:
    for number in range(MOST_VERSIONS + 3):
        draft.version = number
        draft.keep(f"State {number}", always=True)

    assert kept(draft)[0] == "State 3"
    assert len(kept(draft)) == MOST_VERSIONS


def test_draft_discarded_long_ago_is_cleared_away(draft: Draft, alice: User) -> None:
    recent = Draft.objects.begin(draft.topic, by=alice, title="Recent", text="")
    stays = Draft.objects.begin(draft.topic, by=alice, title="Stays", text="")
    recent.discard()
    draft.discard()
    Draft.objects.filter(pk=draft.pk).update(discarded=timezone.now() - DISCARDED_KEPT - timedelta(days=1))

    call_command("clear_expired")

    assert set(Draft.objects.all()) == {recent, stays}
