"""The long texts of a person: what they laid beside a map, their drafts, and up to where they have read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.models import Change, Draft, DraftVersion, Essay, EssayVersion, Visit
from debates.models.draft import CitationStyle
from debates.personal_rows import rows_of, worded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User
    from debates.personal_rows import Row, Told


def texts_of(user: User) -> tuple[Told, ...]:
    """The sections of all that is theirs among the texts."""
    return _essays(user), _drafts(user), _draft_versions(user), _visits(user)


def _essays(user: User) -> Told:
    """Every state of an essay that they stored, as far as it is kept."""
    columns = {
        "topic": _("Topic"), "number": _("Number"), "version": _("Version"), "title": _("Title"),
        "author": _("Author"), "source": _("Where it is from"), "text": _("Text"),
    }  # fmt: skip
    return "essays", _("Texts I laid beside a map, or changed"), columns, _states(_stored_by(user))


def _stored_by(user: User) -> set[tuple[int, int]]:
    """The essays and versions that `user` stored; bringing back what was removed stores nothing of theirs."""
    made = Change.objects.filter(actor=user, verb__in=("essay-added", "essay-revised"), undoes=None)
    return {(after["essay"], after["version"]) for after in made.values_list("after", flat=True) if "version" in after}


def _states(stored: set[tuple[int, int]]) -> Iterator[Row]:
    numbers = {number for number, _version in stored}
    columns = {name: name for name in ("version", "title", "author", "source", "text")}
    former = EssayVersion.objects.filter(essay_number__in=numbers).order_by("essay_number", "version")
    now = Essay.objects.filter(pk__in=numbers).order_by("pk")
    seen: set[tuple[int, int]] = set()
    for rows in (
        rows_of(former, topic="topic_id", number="essay_number", **columns),
        rows_of(now, topic="topic_id", number="pk", **columns),
    ):
        for row in rows:
            state = (row["number"], row["version"])
            if state in stored and state not in seen:
                seen.add(state)
                yield row


def _drafts(user: User) -> Told:
    columns = {
        "topic": _("Topic"), "number": _("Number"), "title": _("Title"), "text": _("Text"),
        "style": _("Style of citations"), "choices": _("What was chosen"), "created": _("Created"),
        "updated": _("Changed"), "discarded": _("Discarded"),
    }  # fmt: skip
    rows = rows_of(
        Draft.objects.filter(author=user).order_by("pk"), topic="topic_id", number="pk", title="title", text="text",
        style="style", choices="choices", created="created", updated="updated", discarded="discarded",
    )  # fmt: skip
    told = (row | {"choices": json.dumps(row["choices"], ensure_ascii=False)} for row in rows)
    return "drafts", _("My drafts"), columns, worded(told, "style", dict(CitationStyle.choices))


def _draft_versions(user: User) -> Told:
    columns = {
        "topic": _("Topic"), "number": _("Number"), "version": _("Version"), "text": _("Text"), "at": _("When"),
    }  # fmt: skip
    rows = rows_of(
        DraftVersion.objects.filter(draft__author=user).order_by("draft", "version"), topic="draft__topic_id",
        number="draft_id", version="version", text="text", at="at",
    )  # fmt: skip
    return "draft_versions", _("What my drafts were"), columns, rows


def _visits(user: User) -> Told:
    columns = {"topic": _("Topic"), "seen": _("Read up to change"), "at": _("When")}
    rows = rows_of(Visit.objects.filter(user=user).order_by("pk"), topic="topic_id", seen="seen", at="at")
    return "visits", _("When I was where"), columns, rows
