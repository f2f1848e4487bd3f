"""Who belongs to a topic, with which role, and the links that invite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models.errors import Gone, Refused

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.topic import Topic


class Role(models.TextChoices):
    """From least to most. What each may do stands in debates/permissions.py."""

    VIEWER = "viewer", _("Viewer: reads and votes")
    SUGGESTER = "suggester", _("Suggester: comments, and suggests arguments for others to accept")
    WRITER = "writer", _("Writer: adds arguments and changes their own")
    EDITOR = "editor", _("Editor: changes and moves anything, accepts suggestions")
    OWNER = "owner", _("Owner: also settings, sharing and members")

    @property
    def rank(self) -> int:
        return list(Role).index(self)

    @classmethod
    def for_visitors(cls) -> list[tuple[str, str]]:
        """Roles that a topic may give to readers who are not members."""
        return [choice for choice in cls.choices if choice[0] in {"viewer", "suggester", "writer"}]  # type: ignore[misc]

    @classmethod
    def for_sharing(cls) -> list[tuple[str, str]]:
        """Roles that a share link may carry."""
        return [choice for choice in cls.choices if choice[0] != "owner"]  # type: ignore[misc]


class MembershipManager(models.Manager["Membership"]):
    def is_moderator(self, user: User, topic: Topic) -> bool:
        """Whether `user` looks after what others wrote in `topic`: no visitor does."""
        return self.filter(topic=topic, user=user, role__in=(Role.EDITOR, Role.OWNER)).exists()


class Membership(models.Model):
    topic = models.ForeignKey("debates.Topic", on_delete=models.DB_CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    joined = models.DateTimeField(default=timezone.now, editable=False)
    # Where the time of a topic ends: until when this member has it, if not as long as everyone.
    until = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[MembershipManager] = MembershipManager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["topic", "user"], name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} · {self.role} · {self.topic_id}"

    @transaction.atomic
    def change_role(self, role: str) -> None:
        """Give this member another role. Raises Refused when the topic would be without an owner."""
        if role not in Role.values:
            raise Refused(_("Choose one of the roles."), field="role")
        if role != Role.OWNER:
            self._leave_an_owner()
        self.role = role
        if not Membership.objects.filter(pk=self.pk).update(role=role):
            raise Gone(_("This person is no member any more."))

    @transaction.atomic
    def end(self) -> None:
        """This person belongs to the topic no more; what they wrote stays. Raises Refused for the last owner."""
        self._leave_an_owner()
        self.delete()

    def _leave_an_owner(self) -> None:
        """Refuse when nobody else owns the topic. Its row is locked, so that two owners cannot go at once."""
        from debates.models.topic import Topic

        if Topic.objects.select_for_update(no_key=True).filter(pk=self.topic_id).first() is None:
            raise Gone(_("This topic was deleted meanwhile."))
        owners = Membership.objects.filter(topic=self.topic_id, role=Role.OWNER)
        if owners.filter(pk=self.pk).exists() and not owners.exclude(pk=self.pk).exists():
            raise Refused(_("A topic needs an owner. Make another member an owner first."), field="role")


class ShareLink(models.Model):
    """An address that makes whoever follows it a member. 128 random bits; it expires and can be revoked."""

    topic = models.ForeignKey("debates.Topic", on_delete=models.DB_CASCADE, related_name="share_links")
    role = models.CharField(max_length=10, choices=Role.for_sharing())
    token = models.CharField(max_length=43, unique=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(default=timezone.now, editable=False)
    expires = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(role__in=[value for value, _label in Role.for_sharing()]), name="sharelink_role"
            ),
        )

    def __str__(self) -> str:
        return f"{self.topic_id} · {self.role}"

    def get_absolute_url(self) -> str:
        return reverse("join", args=[self.token])

    @property
    def works(self) -> bool:
        return self.revoked is None and (self.expires is None or self.expires > timezone.now())

    def revoke(self) -> None:
        """The link works no more; who joined through it stays."""
        self.revoked = timezone.now()
        self.save(update_fields=["revoked"])


@dataclass(frozen=True, slots=True)
class Standing:
    """What one person may do in one topic; worked out by debates/permissions.py and nowhere else."""

    user_id: int | None
    role: str
    rights: frozenset[str]

    def may(self, right: str) -> bool:
        return right in self.rights

    def may_change(self, author_id: int | None) -> bool:
        """Whether they may alter a statement by `author_id`: their own as a writer, any as an editor."""
        return "edit" in self.rights or ("write" in self.rights and author_id is not None and author_id == self.user_id)
