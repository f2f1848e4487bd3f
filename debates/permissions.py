"""Who may do what, as one table, and the loaders that find and authorise in one call.

What a reader may not see is a 404, whether it exists or not; what they see but may not do is a 403.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from debates.models import (
    Change,
    Draft,
    Essay,
    EssayVersion,
    Gone,
    Membership,
    Standing,
    Statement,
    Status,
    Topic,
    Visibility,
)
from debates.models.membership import ShareLink
from debates.models.visit import unseen_by

if TYPE_CHECKING:
    from datetime import datetime

    from debates.models.act import Actor

READ = "read"  # every page of the topic
VOTE = "vote"  # on others' statements
COMMENT = "comment"  # on the wording
SUGGEST = "suggest"  # a statement that an editor accepts or not
WRITE = "write"  # statements, and changes to one's own
EDIT = "edit"  # anyone's statements: wording, place, stance, removal; suggestions; undo
MANAGE = "manage"  # settings, sharing, members, closing, the right to delete
CHANGE = "change"  # not in the table: WRITE on one's own statement, EDIT on any
CHANGE_ESSAY = "change-essay"  # not in the table: the sentence for CHANGE on an essay
UNDO = "undo"  # not in the table: see may_undo

RIGHTS: dict[str, frozenset[str]] = {
    "owner": frozenset({READ, VOTE, COMMENT, SUGGEST, WRITE, EDIT, MANAGE}),
    "editor": frozenset({READ, VOTE, COMMENT, SUGGEST, WRITE, EDIT}),
    "writer": frozenset({READ, VOTE, COMMENT, SUGGEST, WRITE}),
    "suggester": frozenset({READ, VOTE, COMMENT, SUGGEST}),
    "viewer": frozenset({READ, VOTE}),
    "": frozenset(),
}
# What one's own change needs to be taken back, where it is less than WRITE; see may_undo.
UNDONE_WITH = {"suggest": SUGGEST, "comment": COMMENT, "uncomment": COMMENT}
# Changes that add to the topic. The others alter what stands there, which may be somebody else's.
ADDING = frozenset({"add", "suggest", "link", "cite", "recite", "uncite", "comment", "uncomment"})
# A closed topic is read, and its owner may open it again.
WHEN_CLOSED = frozenset({READ, MANAGE})
# When its time is over, what people write waits for an editor.
WHEN_OVER = frozenset({READ, SUGGEST})

SENTENCES = {
    VOTE: _("You can read this topic, but not vote in it. Guests vote where the owner lets them."),
    COMMENT: _("You can read this topic, but not comment in it."),
    SUGGEST: _("You can read this topic, but not write in it. Ask its owner for a link."),
    WRITE: _("You can suggest here, but not write. Ask the owner of the topic for the role of a writer."),
    EDIT: _("Only the editors of this topic may do that."),
    CHANGE: _("Only its author and the editors of this topic may change this."),
    CHANGE_ESSAY: _("Only the person who added this text and the editors of this topic may change it."),
    UNDO: _("Only the person who made this change and the editors of the topic may take it back."),
    MANAGE: _("Only the owner of this topic may do that."),
}
CLOSED = _("This topic is closed. You can read it, and its owner can open it again.")


def standing_in(topic: Topic, user: Actor, role: str, *, until: datetime | None = None) -> Standing:
    """What `user` may do in `topic`, given the `role` and the time of their membership ("" and None without one)."""
    guest = not user.is_authenticated or user.is_guest
    rights = RIGHTS[role]
    if topic.visibility != Visibility.PRIVATE:
        # A member of a topic that all may read can do what a visitor can, whatever their role.
        rights |= RIGHTS[topic.visitor_role] - ({VOTE} if guest and not topic.guests_vote else set())
    if not topic.is_open:
        rights &= WHEN_CLOSED
    elif topic.is_over(until) and EDIT not in rights:
        rights &= WHEN_OVER
    return Standing(user.pk, role, rights)


def standing_of(topic: Topic, user: Actor, member: Membership | None) -> Standing:
    """As standing_in, for a membership that was loaded."""
    return standing_in(topic, user, member.role if member else "", until=member.until if member else None)


def _of_membership(user: Actor, topic: str) -> dict[str, Subquery]:
    mine = Membership.objects.filter(topic=OuterRef(topic), user_id=user.pk or 0)
    return {"role": Subquery(mine.values("role")[:1]), "until": Subquery(mine.values("until")[:1])}


def _has_essay(topic: str) -> Exists:
    return Exists(Essay.objects.filter(topic=OuterRef(topic)))


def _settle(topic: Topic, user: Actor, found: Any, *, has_essay: bool) -> Topic:
    """`topic` with the standing of `user`, who may read it: see _stand."""
    _stand(topic, user, found, has_essay=has_essay)
    if not topic.standing.may(READ):
        raise Http404
    return topic


def _stand(topic: Topic, user: Actor, found: Any, *, has_essay: bool) -> None:
    """Set the standing of `user` in `topic`; `found` is the row that _of_membership annotated."""
    topic.standing = standing_in(topic, user, found.role or "", until=found.until)
    topic.has_essay = has_essay


def demand(topic: Topic, right: str) -> None:
    """Raise PermissionDenied with a sentence unless the reader may."""
    if not topic.standing.may(right):
        raise PermissionDenied(SENTENCES[right] if topic.is_open else CLOSED)


def topic_for(user: Actor, slug: str, *, may: str = READ) -> Topic:
    """The topic at `slug`, with `standing` set. Raises Http404, PermissionDenied."""
    return _topic(user, may, slug=slug)


def topic_by_pk(user: Actor, pk: int, *, may: str = READ) -> Topic:
    """As topic_for, by the topic's number."""
    return _topic(user, may, pk=pk)


def _topic(user: Actor, may: str, **which: str | int) -> Topic:
    topics = Topic.objects.annotate(**_of_membership(user, "pk"), essay=_has_essay("pk"), news=unseen_by(user))
    found = topics.filter(**which).first()
    if found is None:
        raise Http404
    topic = _settle(found, user, found, has_essay=found.essay)  # type: ignore[attr-defined]
    topic.unseen = found.news  # type: ignore[attr-defined]
    demand(topic, may)
    return topic


def statement_for(user: Actor, pk: int, *, may: str = READ) -> Statement:
    """The statement `pk` with its topic, whose `standing` is set. Raises Http404, PermissionDenied."""
    statement = _found(user, pk)
    _demand_on(statement, may)
    return statement


def bearer_for(user: Actor, pk: int, *, may: str = READ) -> Statement:
    """As statement_for; for a link the statement it points to, which bears the replies and the evidence of both."""
    statement = _found(user, pk)
    if statement.refers_to_id is not None:
        statement = _found(user, statement.refers_to_id)
    _demand_on(statement, may)
    return statement


def _found(user: Actor, pk: int) -> Statement:
    statement = (
        Statement.objects.select_related("topic", "refers_to")
        .annotate(**_of_membership(user, "topic"), essay=_has_essay("topic"), news=unseen_by(user))
        .filter(pk=pk)
    ).first()
    if statement is None:
        raise Http404
    topic = _settle(statement.topic, user, statement, has_essay=statement.essay)  # type: ignore[attr-defined]
    topic.unseen = statement.news  # type: ignore[attr-defined]
    mine = user.pk is not None and statement.author_id == user.pk
    if statement.status == Status.SUGGESTED and not (mine or topic.standing.may(EDIT)):
        raise Http404
    return statement


def essay_for(user: Actor, pk: int, *, may: str = READ) -> Essay:
    """The essay `pk` with its topic, whose `standing` is set; CHANGE is for who added it, and for editors.

    Raises Http404, PermissionDenied.
    """
    found = Essay.objects.select_related("topic").annotate(**_of_membership(user, "topic")).filter(pk=pk).first()
    if found is None:
        raise Http404
    topic = _settle(found.topic, user, found, has_essay=True)
    if may != CHANGE:
        demand(topic, may)
    elif not topic.standing.may_change(found.added_by_id):
        raise PermissionDenied(SENTENCES[CHANGE_ESSAY] if topic.is_open else CLOSED)
    return found


def former_essay_for(user: Actor, pk: int) -> None:
    """Raise Gone where the essay `pk` was taken away from a topic that `user` may read; else Http404."""
    former = EssayVersion.objects.filter(essay_number=pk).order_by("-version").values_list("topic", flat=True).first()
    if former is None:
        raise Http404
    topic_by_pk(user, former)
    raise Gone(_("This text was taken away. Its editors can bring it back from the history of the topic."))


def draft_for(user: Actor, pk: int, *, map_too: bool = False) -> Draft:
    """The draft `pk` of `user` with its topic, whose `standing` is set. It is nobody else's. Raises Http404.

    It stays theirs where they may not read the topic any more; with `map_too` that is a 404.
    """
    found = (
        Draft.objects.select_related("topic")
        .annotate(**_of_membership(user, "topic"), essay=_has_essay("topic"))
        .filter(pk=pk, author_id=user.pk or 0)
        .first()
    )
    if found is None:
        raise Http404
    _stand(found.topic, user, found, has_essay=found.essay)
    if map_too and not found.topic.standing.may(READ):
        raise Http404
    return found


def _demand_on(statement: Statement, right: str) -> None:
    topic = statement.topic
    if right != CHANGE:
        demand(topic, right)
    elif not topic.standing.may_change(statement.author_id):
        raise PermissionDenied(SENTENCES[CHANGE] if topic.is_open else CLOSED)


def may_undo(standing: Standing, change: Change) -> bool:
    """Any change as an editor; one's own as who may make it still; those of the topic itself as its owner."""
    if change.verb.startswith("topic-"):
        return standing.may(MANAGE)
    if standing.may(EDIT):
        return True
    if change.actor_id is None or change.actor_id != standing.user_id:
        return False
    if change.verb.startswith("essay-"):
        return standing.may(WRITE)
    if change.statement is None:
        return False
    if change.verb == "suggest" and change.statement.author_id != standing.user_id:
        return False  # an acceptance that they took back as an editor: to accept it again is for editors
    if change.verb in ADDING:
        return standing.may(UNDONE_WITH.get(change.verb, WRITE))
    return standing.may_change(change.statement.author_id)


def change_for(user: Actor, slug: str, number: int) -> Change:
    """The change `number` of a topic, which the reader may undo. Raises Http404, PermissionDenied."""
    return change_of(topic_for(user, slug), number)


def change_of(topic: Topic, number: int) -> Change:
    """As change_for, of a topic that a loader gave."""
    change = Change.objects.select_related("statement").filter(topic=topic, number=number).first()
    if change is None:
        raise Http404
    change.topic = topic
    if not may_undo(topic.standing, change):
        raise PermissionDenied(SENTENCES[UNDO] if topic.is_open else CLOSED)
    return change


def share_link_for(token: str) -> ShareLink:
    """The share link of `token`, working or not: holding it is the permission to see what it is of."""
    link = ShareLink.objects.select_related("topic").filter(token=token).first()
    if link is None:
        raise Http404
    return link
