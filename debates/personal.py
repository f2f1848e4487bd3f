"""What debates hold about a person, for accounts.personal_data: everything they wrote or did, and its erasure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.personal_data import Section
from debates.erasure import erase
from debates.models import (
    VOTE_WORDS,
    Change,
    Comment,
    CommentKind,
    Draft,
    Membership,
    Pseudonym,
    Role,
    ShareLink,
    Source,
    SourceKind,
    SourceMedium,
    Statement,
    Status,
    Topic,
    Visibility,
    Visit,
    Vote,
)
from debates.personal_rows import rows_of, worded
from debates.personal_texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from debates.personal_rows import Row, Told


class Debates:
    """The holder of all that people do in topics."""

    name = "debates"

    def export(self, user: User) -> list[Section]:
        """What `user` wrote or did, also where it was taken back; of topics they cannot read, without the title."""
        titles = _titles(user)
        return [
            Section(key, title, columns, [_named(row, titles) for row in rows])
            for key, title, columns, rows in (
                _topics(user), _statements(user), _comments(user), _votes(user), _sources(user), _changes(user),
                _memberships(user), _pseudonyms(user), _share_links(user), *texts_of(user),
            )
        ]  # fmt: skip

    def erase(self, user: User) -> None:
        """See debates.erasure."""
        erase(user)


def _titles(user: User) -> dict[int, str]:
    """The titles of the topics that `user` has to do with and can still read."""
    theirs = Membership.objects.filter(user=user).values("topic")
    acted = Change.objects.filter(actor=user).values("topic")
    voted = Vote.objects.filter(voter=user).values("statement__topic")
    known = Q(pk__in=Draft.objects.filter(author=user).values("topic"))
    known |= Q(pk__in=Visit.objects.filter(user=user).values("topic"))
    topics = Topic.objects.filter(Q(pk__in=theirs) | Q(pk__in=acted) | Q(pk__in=voted) | known)
    readable = topics.filter(~Q(visibility=Visibility.PRIVATE) | Q(pk__in=theirs))
    return dict(readable.values_list("pk", "title"))


def _named(row: Row, titles: Mapping[int, str]) -> Row:
    return {name: titles.get(value, "") if name == "topic" else value for name, value in row.items()}


def _topics(user: User) -> Told:
    columns = {
        "title": _("Title"), "question": _("Question"), "background": _("Background"), "address": _("Address"),
        "readers": _("Who can read it"), "created": _("Created"), "closed": _("Closed"),
    }  # fmt: skip
    begun = Topic.objects.filter(created_by=user).order_by("pk")
    rows = rows_of(
        begun, title="title", question="question", background="background", address="slug", readers="visibility",
        created="created", closed="closed_at",
    )  # fmt: skip
    return "topics", _("Topics I began"), columns, worded(rows, "readers", dict(Visibility.choices))


def _statements(user: User) -> Told:
    columns = {
        "topic": _("Topic"), "number": _("Number"), "answers": _("Answers number"), "stance": _("Stance"),
        "text": _("Text"), "note": _("Note"), "repeats": _("Repeats number"), "status": _("Status"),
        "version": _("Version"), "created": _("Created"), "updated": _("Changed"),
    }  # fmt: skip
    rows = rows_of(
        Statement.objects.filter(author=user).order_by("pk"), topic="topic_id", number="pk", answers="parent_id",
        stance="stance", text="text", note="note", repeats="refers_to_id", status="status", version="version",
        created="created", updated="updated",
    )  # fmt: skip
    return "statements", _("What I argued"), columns, worded(rows, "status", dict(Status.choices))


def _comments(user: User) -> Told:
    columns = {
        "topic": _("Topic"), "about": _("About number"), "kind": _("Kind"), "text": _("Text"),
        "created": _("Created"), "removed": _("Taken back"),
    }  # fmt: skip
    rows = rows_of(
        Comment.objects.filter(author=user).order_by("pk"), topic="statement__topic_id", about="statement_id",
        kind="kind", text="text", created="created", removed="removed",
    )  # fmt: skip
    return "comments", _("My comments and questions"), columns, worded(rows, "kind", dict(CommentKind.choices))


def _votes(user: User) -> Told:
    columns = {
        "topic": _("Topic"), "about": _("About number"), "value": _("Vote"), "words": _("In words"), "at": _("When"),
    }  # fmt: skip
    rows = rows_of(
        Vote.objects.filter(voter=user).order_by("pk"), topic="statement__topic_id", about="statement_id",
        value="value", words="value", at="at",
    )  # fmt: skip
    return "votes", _("My votes"), columns, worded(rows, "words", dict(enumerate(VOTE_WORDS)))


def _sources(user: User) -> Told:
    columns = {
        "topic": _("Topic"), "about": _("About number"), "kind": _("Kind"), "medium": _("What it is"),
        "title": _("Title"), "author": _("Author"), "container": _("Published in"), "volume": _("Volume"),
        "issue": _("Issue"), "pages": _("Pages"), "edition": _("Edition"), "publisher": _("Publisher"),
        "published": _("Date"), "url": _("Link"), "doi": _("DOI"), "accessed": _("Read on"),
        "locator": _("Page or section"), "quotation": _("Quotation"), "created": _("Created"),
    }  # fmt: skip
    fields = {name: name for name in (*Source.FIELDS, "created")}
    added = Source.objects.filter(added_by=user).order_by("pk")
    rows = rows_of(added, topic="statement__topic_id", about="statement_id", **fields)
    told = worded(rows, "kind", dict(SourceKind.choices))
    return "sources", _("Sources I added"), columns, worded(told, "medium", dict(SourceMedium.choices))


def _changes(user: User) -> Told:
    """Each act with the words it left; what stood there before may be another person's."""
    columns = {
        "topic": _("Topic"), "change": _("Change"), "act": _("Act"), "about": _("About number"), "text": _("Text"),
        "note": _("Note"), "at": _("When"),
    }  # fmt: skip
    made = Change.objects.filter(actor=user).order_by("topic", "number")
    rows = rows_of(
        made, topic="topic_id", change="number", act="verb", about="statement_id", text="after", note="after", at="at"
    )
    words = (row | {name: row[name].get(name, "") for name in ("text", "note")} for row in rows)
    return "changes", _("What I did"), columns, words


def _memberships(user: User) -> Told:
    columns = {"topic": _("Topic"), "role": _("Role"), "joined": _("Joined")}
    rows = rows_of(Membership.objects.filter(user=user).order_by("pk"), topic="topic_id", role="role", joined="joined")
    return "memberships", _("Topics I belong to"), columns, worded(rows, "role", dict(Role.choices))


def _pseudonyms(user: User) -> Told:
    rows = rows_of(Pseudonym.objects.filter(user=user).order_by("pk"), topic="topic_id", name="name")
    return "pseudonyms", _("My pseudonyms"), {"topic": _("Topic"), "name": _("Pseudonym")}, rows


def _share_links(user: User) -> Told:
    """Without the addresses, which open the topics to whoever holds this file."""
    columns = {
        "topic": _("Topic"), "role": _("Role"), "created": _("Created"), "expires": _("Expires"),
        "revoked": _("Revoked"),
    }  # fmt: skip
    rows = rows_of(
        ShareLink.objects.filter(created_by=user).order_by("pk"), topic="topic_id", role="role", created="created",
        expires="expires", revoked="revoked",
    )  # fmt: skip
    return "share_links", _("Links I gave out"), columns, worded(rows, "role", dict(Role.choices))
