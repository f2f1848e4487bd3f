"""A topic: the question under debate, the container of its statements and the unit of permission."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from debates.models.act import act_on
from debates.models.copying import Copied
from debates.models.errors import Refused
from debates.models.essay import Texted
from debates.models.membership import Membership, Role, ShareLink, Standing
from debates.models.settled import Settled
from debates.text import clean_line, clean_text, fold

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User
    from debates.models.act import Act, Actor
    from debates.models.statement import Statement, StatementQuerySet

TITLE_LENGTH = 120
QUESTION_LENGTH = 300
BACKGROUND_LENGTH = 5_000
# Addresses beside those of topics.
RESERVED_SLUGS = {"new"}


class Visibility(models.TextChoices):
    PRIVATE = "private", _("Private: only people you invite")
    UNLISTED = "unlisted", _("Unlisted: anyone with the address")
    PUBLIC = "public", _("Public: listed for everyone")


class VotesShown(models.TextChoices):
    ALWAYS = "always", _("Always")
    AFTER_VOTING = "after_voting", _("To each reader once they have voted")
    WHEN_CLOSED = "when_closed", _("When the topic is closed")


class NamesShown(models.TextChoices):
    PSEUDONYMS = "pseudonyms", _("Pseudonyms, different in every topic")
    NAMES = "names", _("Names of accounts")


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: Actor) -> Self:
        """Topics that may appear in `user`'s lists: public ones and those they belong to."""
        mine = Membership.objects.filter(user_id=user.pk or 0).values("topic_id")
        return self.filter(Q(visibility=Visibility.PUBLIC) | Q(pk__in=mine))

    def of(self, user: Actor) -> Self:
        """Topics that `user` belongs to."""
        return self.filter(pk__in=Membership.objects.filter(user_id=user.pk or 0).values("topic_id"))

    def matching(self, query: str) -> Self:
        """Topics whose title, question or background holds every word of `query`."""
        words = fold(query).split()
        return self.filter(*(Q(search_text__contains=word) for word in words))

    @transaction.atomic
    def touch(self, user: User) -> None:
        """Say to whoever keeps a copy of a topic in which `user` has a name that it reads otherwise now."""
        named = self.filter(pseudonyms__user=user).order_by("pk")
        # Locked in the order in which verbs over several topics lock them.
        locked = list(named.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
        self.filter(pk__in=locked).update(touched=F("touched") + 1)

    @transaction.atomic
    def begin(self, *, by: User, title: str, question: str = "", **fields: Any) -> Topic:
        """A new topic with `by` as its owner. `fields` are further columns of the topic."""
        topic = Topic(title=title, question=question, created_by=by, **fields)
        topic.prepare()
        topic.slug = topic.free_slug()
        try:
            with transaction.atomic():
                topic.save(force_insert=True)
        except IntegrityError:  # another topic of this title was a moment faster
            topic.slug = topic.free_slug()
            topic.save(force_insert=True)
        Membership.objects.create(topic=topic, user=by, role=Role.OWNER)
        with act_on(topic, by=by, verb="topic-created") as act:
            act.record(after=topic.settings())
        return topic


class Topic(Copied, Settled, Texted, models.Model):
    """The question under debate."""

    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    question = models.CharField(_("question"), max_length=QUESTION_LENGTH, blank=True)
    background = models.TextField(_("background"), max_length=BACKGROUND_LENGTH, blank=True)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    language = models.CharField(_("language"), max_length=16, default="en")
    visibility = models.CharField(_("who can read it"), max_length=10, choices=Visibility, default=Visibility.PRIVATE)
    visitor_role = models.CharField(
        _("what readers who are not members may do"), max_length=10, choices=Role.for_visitors(), default=Role.WRITER
    )
    guests_vote = models.BooleanField(_("guests may vote"), default=False)
    votes_shown = models.CharField(
        _("when vote totals show"), max_length=12, choices=VotesShown, default=VotesShown.AFTER_VOTING
    )
    names_shown = models.CharField(
        _("how people are named"), max_length=10, choices=NamesShown, default=NamesShown.PSEUDONYMS
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When the time is over: from then on what members write is kept as a suggestion, until an editor accepts it.
    closes_at = models.DateTimeField(_("when the time is over"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, related_name="+", editable=False
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    # The number of the newest change: the sequence that keeps the history free of gaps.
    last_change = models.PositiveIntegerField(default=0, editable=False)
    # Goes up with what changes how the topic reads and is no change of it: somebody's name, or their leaving.
    touched = models.PositiveIntegerField(default=0, editable=False)
    search_text = models.TextField(editable=False, default="")

    # What the reader may do here, and whether there is a text: set by the loaders of debates/permissions.py.
    standing: Standing
    has_essay: bool
    # Whether the reader takes part here and has not seen the newest change yet: set by the same loaders.
    unseen: bool = False
    # The change that the last verb on this instance made, if it changed anything: set by act_on.
    just_changed: int | None = None

    objects = TopicQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["visibility", "-changed_at"], name="topic_listed"),)
        constraints = (
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="topic_visibility"),
            models.CheckConstraint(condition=Q(votes_shown__in=VotesShown.values), name="topic_votes_shown"),
            models.CheckConstraint(condition=Q(names_shown__in=NamesShown.values), name="topic_names_shown"),
            models.CheckConstraint(
                condition=Q(visitor_role__in=[value for value, _label in Role.for_visitors()]),
                name="topic_visitor_role",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])

    @property
    def title_is_question(self) -> bool:
        """Whether the title says the question over again, as where it was taken from it."""
        return self.title.rstrip("?？؟ ") == self.question.rstrip("?？؟ ")

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def is_over(self, until: datetime | None = None, *, at: datetime | None = None) -> bool:
        """Whether the time is over, now or `at` a moment, for a member who has it `until` then, or for everyone."""
        limit = until or self.closes_at
        return self.closes_at is not None and limit is not None and (at or timezone.now()) >= limit

    @property
    def claims(self) -> StatementQuerySet:
        from debates.models.statement import Claim

        return Claim.objects.get_queryset().filter(topic=self)

    def prepare(self) -> None:
        """Bring the texts into their stored form and make them searchable."""
        self.title = clean_line(self.title)
        self.question = clean_line(self.question)
        self.background = clean_text(self.background)
        self.search_text = fold(f"{self.title} {self.question} {self.background}")

    def free_slug(self) -> str:
        """A slug from the title that no other topic has."""
        stem = slugify(self.title, allow_unicode=True)[:60].strip("-") or "topic"
        if stem not in RESERVED_SLUGS and not Topic.objects.filter(slug=stem).exists():
            return stem
        return f"{stem}-{secrets.token_hex(4)}"

    # -- verbs ---------------------------------------------------------------------------------------

    def add_claim(self, text: str, *, by: User, note: str = "", key: str = "", suggested: bool = False) -> Statement:
        """A new claim: a position on this topic."""
        from debates.models.statement import Statement

        return Statement.objects.add(self, None, text=text, by=by, note=note, key=key, suggested=suggested)

    def close(self, *, by: User) -> None:
        """Take no contributions any more; everyone who could read still can."""
        with act_on(self, by=by, verb="topic-closed", closed_too=True) as act:
            act.topic.set_closed(act, timezone.now())
        self.closed_at = act.topic.closed_at

    def reopen(self, *, by: User) -> None:
        """Take contributions again."""
        with act_on(self, by=by, verb="topic-reopened", closed_too=True) as act:
            act.topic.set_closed(act, None)
        self.closed_at = act.topic.closed_at

    def set_closed(self, act: Act, at: datetime | None) -> None:
        """See close and reopen."""
        if self.is_open != (at is None):
            self.closed_at = at
            self.save(update_fields=["closed_at"])
            act.record()

    def share(self, role: str, *, by: User, expires: datetime | None = None) -> ShareLink:
        """A link that makes whoever follows it a member with `role`."""
        if role not in {value for value, _label in Role.for_sharing()}:
            raise Refused(_("A link can give every role but that of an owner."), field="role")
        return ShareLink.objects.create(
            topic=self, role=role, created_by=by, expires=expires, token=secrets.token_urlsafe(16)
        )

    def join(self, user: User, *, link: ShareLink) -> Membership:
        """Make `user` a member as `link` says; a member keeps the higher of two roles."""
        if link.topic_id != self.pk or not link.works:
            raise Refused(_("This link no longer works. Ask the person who gave it to you for a new one."))
        membership, made = Membership.objects.get_or_create(topic=self, user=user, defaults={"role": link.role})
        if not made and Role(link.role).rank > Role(membership.role).rank:
            membership.role = link.role
            membership.save(update_fields=["role"])
        return membership
