"""Who may do what, as one table, and the loaders that find and authorise in one call.

What a reader may not see is a 404, whether it exists or not; what they see but may not do is a 403.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from debates.models import Change, Essay, Membership, Standing, Statement, Status, Topic, Visibility
from debates.models.membership import ShareLink

if TYPE_CHECKING:
    from debates.models.act import Actor

READ = "read"  # every page of the topic
VOTE = "vote"  # on others' statements
COMMENT = "comment"  # on the wording
SUGGEST = "suggest"  # a statement that an editor accepts or not
WRITE = "write"  # statements, and changes to one's own
EDIT = "edit"  # anyone's statements: wording, place, stance, removal; suggestions; undo
MANAGE = "manage"  # settings, sharing, members, closing, the right to delete
CHANGE = "change"  # not in the table: WRITE on one's own statement, EDIT on any
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
ADDING = frozenset({"add", "suggest", "link", "cite", "uncite", "comment", "uncomment"})
# A closed topic is read, and its owner may open it again.
WHEN_CLOSED = frozenset({READ, MANAGE})

SENTENCES = {
    VOTE: _("You can read this topic, but not vote in it. Guests vote where the owner lets them."),
    COMMENT: _("You can read this topic, but not comment in it."),
    SUGGEST: _("You can read this topic, but not write in it. Ask its owner for a link."),
    WRITE: _("You can suggest here, but not write. Ask the owner of the topic for the role of a writer."),
    EDIT: _("Only the editors of this topic may do that."),
    CHANGE: _("Only its author and the editors of this topic may change this."),
    UNDO: _("Only the person who made this change and the editors of the topic may take it back."),
    MANAGE: _("Only the owner of this topic may do that."),
}
CLOSED = _("This topic is closed. You can read it, and its owner can open it again.")


def standing_in(topic: Topic, user: Actor, role: str) -> Standing:
    """What `user` may do in `topic`, given the `role` of their membership ("" without one)."""
    guest = not user.is_authenticated or user.is_guest
    rights = RIGHTS[role]
    if topic.visibility != Visibility.PRIVATE:
        # A member of a topic that all may read can do what a visitor can, whatever their role.
        rights |= RIGHTS[topic.visitor_role] - ({VOTE} if guest and not topic.guests_vote else set())
    if not topic.is_open:
        rights &= WHEN_CLOSED
    return Standing(user.pk, role, rights)


def _role_of(user: Actor, topic: str) -> Subquery:
    return Subquery(Membership.objects.filter(topic=OuterRef(topic), user_id=user.pk or 0).values("role")[:1])


def _has_essay(topic: str) -> Exists:
    return Exists(Essay.objects.filter(topic=OuterRef(topic)))


def _settle(topic: Topic, user: Actor, role: str | None, has_essay: bool) -> Topic:
    topic.standing, topic.has_essay = standing_in(topic, user, role or ""), has_essay
    if not topic.standing.may(READ):
        raise Http404
    return topic


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
    found = Topic.objects.annotate(role=_role_of(user, "pk"), essay=_has_essay("pk")).filter(**which).first()
    if found is None:
        raise Http404
    topic = _settle(found, user, found.role, found.essay)  # type: ignore[attr-defined]
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
        .annotate(role=_role_of(user, "topic"), essay=_has_essay("topic"))
        .filter(pk=pk)
    ).first()
    if statement is None:
        raise Http404
    topic = _settle(statement.topic, user, statement.role, statement.essay)  # type: ignore[attr-defined]
    mine = user.pk is not None and statement.author_id == user.pk
    if statement.status == Status.SUGGESTED and not (mine or topic.standing.may(EDIT)):
        raise Http404
    return statement


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
    if change.actor_id is None or change.actor_id != standing.user_id or change.statement is None:
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
