"""Leaving for good: what a person's account takes along, and what stays as by a former participant.

- A statement that others answered, linked, commented on or found a source for stays, and so does every line of theirs
  above it; without an author. Where it does not show (withdrawn, removed, suggested), its words go, and what was
  suggested waits no more. Every other statement of theirs is deleted.
- A comment that others answered stays as a removed one without its words; the others are deleted.
- An essay that they added stays, without their name, while a passage of somebody else's line is of it; else it goes
  with its former versions. So do the versions of what they took away. Their drafts and visits go.
- Changes stay, so that the numbers of a topic keep no gap, without the person and without the words that went.
- A topic whose only owner leaves goes to the member who can do most and has been there longest, guests last. Without
  members it is deleted if nobody else wrote in it; else it is closed, as there is nobody to look after it any more.
- Votes, memberships, pseudonyms and share links go; sources stay with their statement.
"""

from __future__ import annotations

from itertools import batched
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from debates.models import (
    Change,
    Comment,
    Essay,
    EssayVersion,
    Membership,
    Passage,
    Role,
    ShareLink,
    Source,
    Statement,
    Status,
    Topic,
)
from debates.models.act import act_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from accounts.models import User
    from debates.models.act import Act

# What stands where words were erased. It is data, read by every reader in whatever language.
ERASED = "[…]"
AT_ONCE = 500


def erase(user: User) -> None:
    """Take `user` out of every topic. Locks each of them in turn, in one order for everyone, within a transaction."""
    ShareLink.objects.filter(created_by=user).delete()
    Topic.objects.touch(user)
    for topic in Topic.objects.filter(pk__in=_topics_of(user)).order_by("pk"):
        with act_on(topic, by=None, verb="erase", closed_too=True) as act:
            gone = _erase_statements(topic, user) + _erase_comments(topic, user) + _erase_essays(topic, user)
            if not _hand_over(act, user):
                topic.delete()
            elif gone:
                act.record()


def _topics_of(user: User) -> set[int]:
    """The topics that hold words of `user`, or that they own."""
    owned = Membership.objects.filter(user=user, role=Role.OWNER).values_list("topic_id", flat=True)
    argued = Statement.objects.filter(author=user).values_list("topic_id", flat=True)
    commented = Comment.objects.filter(author=user).values_list("statement__topic_id", flat=True)
    added = Change.objects.filter(actor=user, verb="essay-added").values_list("topic_id", flat=True)
    copied = Essay.objects.filter(added_by=user).values_list("topic_id", flat=True)
    return {*owned, *argued.distinct(), *commented.distinct(), *added.distinct(), *copied.distinct()}


# -- statements ---------------------------------------------------------------------------------------------------


def _erase_statements(topic: Topic, user: User) -> int:
    """Delete what nothing of others rests on; blank what stays but does not show. Returns how many were deleted."""
    theirs = Statement.objects.filter(topic=topic, author=user)
    above = {pk: (parent, target) for pk, parent, target in theirs.values_list("pk", "parent_id", "refers_to_id")}
    kept = _held(above, _answered(topic, user))
    for pks in batched(above.keys() - kept, AT_ONCE):
        Change.objects.filter(statement__in=pks).update(before={}, after={})
        Statement.objects.filter(pk__in=pks).delete()
    blank(theirs.exclude(status=Status.VISIBLE))
    return len(above) - len(kept)


def blank(hidden: QuerySet[Statement]) -> None:
    """Take their words from statements that do not show, and from what the history tells of these."""
    own = hidden.filter(refers_to=None)
    _strip(Change.objects.filter(statement__in=own, verb__in=("add", "suggest", "revise")), ("text", "note"))
    own.update(text=ERASED, note="", search_text="")
    own.filter(status=Status.SUGGESTED).update(status=Status.REMOVED)  # nothing is left to decide about


def _answered(topic: Topic, user: User) -> set[int]:
    """The statements of `user` that others answered, linked, commented on or found a source for.

    A passage is the essay's words and nobody's: it goes with its statement, and the essay keeps them.
    """
    theirs = Statement.objects.filter(topic=topic, author=user)
    others = Statement.objects.filter(topic=topic).exclude(author=user)
    remarks = Comment.objects.filter(statement__in=theirs, removed=False).exclude(author=user)
    sources = Source.objects.filter(statement__in=theirs).exclude(added_by=user)
    return {
        *sources.values_list("statement_id", flat=True),
        *others.filter(parent__in=theirs).values_list("parent_id", flat=True),
        *others.filter(refers_to__in=theirs).values_list("refers_to_id", flat=True),
        *remarks.values_list("statement_id", flat=True),
    }


def _held(above: Mapping[int, tuple[int | None, int | None]], answered: Iterable[int]) -> set[int]:
    """`answered`, and all of `above` that they stand under or repeat."""
    held: set[int] = set()
    stack: list[int | None] = list(answered)
    while stack:
        pk = stack.pop()
        if pk is not None and pk in above and pk not in held:
            held.add(pk)
            stack.extend(above[pk])
    return held


# -- comments -----------------------------------------------------------------------------------------------------


def _erase_comments(topic: Topic, user: User) -> int:
    """Delete what nobody answered; of the others the place stays. Returns how many lost their words."""
    theirs = Comment.objects.filter(statement__topic=topic, author=user)
    ids = set(theirs.values_list("pk", flat=True))
    about = Statement.objects.filter(pk__in=theirs.values("statement"))
    told = Change.objects.filter(statement__in=about, verb__in=("comment", "uncomment"))
    _strip(told, ("text",), comments=ids)
    answers = Comment.objects.filter(reply_to__in=theirs, removed=False).exclude(author=user)
    answered = set(answers.values_list("reply_to_id", flat=True))
    Comment.objects.filter(pk__in=answered).update(text=ERASED, removed=True, author=None)
    theirs.delete()
    return len(ids)


def _strip(changes: Iterable[Change], names: tuple[str, ...], *, comments: set[int] | None = None) -> None:
    """Take the words under `names` out of what `changes` recorded, of `comments` only if given."""

    def without(told: dict[str, Any]) -> dict[str, Any]:
        if comments is not None and told.get("comment") not in comments:
            return told
        return {name: value for name, value in told.items() if name not in names}

    for change in changes:
        change.before, change.after = without(change.before), without(change.after)
        change.save(update_fields=["before", "after"])


# -- essays -------------------------------------------------------------------------------------------------------


def _erase_essays(topic: Topic, user: User) -> int:
    """Delete the essays that they added and on which no line of others rests. Returns how many went."""
    added = _added_by(topic, user)
    others = Passage.objects.filter(essay__in=added).exclude(statement__author=user)
    gone = added - set(others.values_list("essay_id", flat=True))
    if gone:
        Essay.objects.filter(pk__in=gone, topic=topic).delete()
        EssayVersion.objects.filter(essay_number__in=gone, topic=topic).delete()
        _blank_essays(topic, gone)
    return len(gone)


def _added_by(topic: Topic, user: User) -> set[int]:
    """The numbers of the essays that `user` added; the history knows those that were taken away since."""
    told = topic.changes.filter(verb="essay-added", undoes=None, actor=user).values_list("after", flat=True)
    there = Essay.objects.filter(topic=topic, added_by=user).values_list("pk", flat=True)
    return {after["essay"] for after in told} | set(there)


def _blank_essays(topic: Topic, gone: set[int]) -> None:
    """Take the titles and the words of essays out of what changes recorded of them."""
    verbs = Q(verb__startswith="essay-") | Q(verb__in=("quote", "unquote", "place"))
    for change in topic.changes.filter(verbs):
        told = [change.before, change.after]
        if any(each.get("essay") in gone for each in told):
            for each in told:
                each.update({name: ERASED for name in ("title", "quote") if name in each})
            change.save(update_fields=["before", "after"])


# -- topics -------------------------------------------------------------------------------------------------------


def _hand_over(act: Act, user: User) -> bool:
    """Give the topic another owner if it needs one. False if nobody is left, and nothing of anybody's."""
    members = list(act.topic.memberships.select_related("user"))
    mine = [member for member in members if member.user_id == user.pk and member.role == Role.OWNER]
    others = [member for member in members if member.user_id != user.pk]
    if not mine or any(member.role == Role.OWNER for member in others):
        return True
    if others:
        heir = min(others, key=lambda other: (other.user.is_guest, -Role(other.role).rank, other.joined, other.pk))
        heir.role = Role.OWNER
        heir.save(update_fields=["role"])
        return True
    if not act.topic.statements.exists() and not act.topic.essays.exists():  # what is left is others', or rests on it
        return False
    act.verb = "topic-closed"
    act.topic.set_closed(act, timezone.now())
    act.verb = "erase"
    return True
