"""A statement: any node of the tree. Claims have no parent; arguments support or oppose theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import IntegrityError, models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models.act import act_on
from debates.models.comment import Discussed
from debates.models.constraints import CompositeForeignKey
from debates.models.errors import Refused
from debates.models.evidence import Cited
from debates.models.kinds import MAX_DEPTH, NOTE_LENGTH, TEXT_LENGTH, Stance, Status
from debates.models.placed import Placed
from debates.models.places import place_under
from debates.models.resending import form_of, same_again
from debates.models.vote import Voted
from debates.models.wording import Worded

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.topic import Topic


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible(self) -> Self:
        return self.filter(status=Status.VISIBLE)

    def shown(self) -> Self:
        """The visible ones, but for links to what was taken back: they have nothing to say."""
        return self.visible().filter(Q(refers_to=None) | Q(refers_to__status=Status.VISIBLE))

    def supporting(self) -> Self:
        return self.filter(stance=Stance.SUPPORTS)

    def opposing(self) -> Self:
        return self.filter(stance=Stance.OPPOSES)

    def on_line(self, topic_id: int, parent_id: int | None) -> Self:
        """The statements under one parent, or the claims of a topic. By these columns both engines use an index."""
        return self.filter(topic=topic_id, depth=0) if parent_id is None else self.filter(parent=parent_id)

    def in_order(self) -> Self:
        """The author's order."""
        return self.order_by("position", "pk")


_Statements = models.Manager.from_queryset(StatementQuerySet)


class StatementManager(_Statements["Statement"]):
    def get_queryset(self) -> StatementQuerySet:
        return StatementQuerySet(self.model, using=self._db)

    def add(
        self,
        topic: Topic,
        parent: Statement | None,
        *,
        text: str,
        by: User,
        stance: str = "",
        note: str = "",
        key: str = "",
        suggested: bool = False,
    ) -> Statement:
        """A new statement under `parent`, or a claim. The same `key` by the same person makes no second one.

        When the time is over for `by`, by the clock that dates it, it is a suggestion: sent too late, but not lost.
        Raises Refused, Gone, Closed, SlowDown; Conflict where the key was sent with something else in the form.
        """
        statement = Statement(topic=topic, parent=parent, stance=stance, author=by, key=key or None)
        statement.write(text, note)
        try:
            with act_on(topic, by=by, verb="add", late_too=True) as act:
                statement.created, statement.updated, statement.is_late = act.at, act.at, act.is_over
                if suggested or act.is_over:
                    statement.status, act.verb = Status.SUGGESTED, "suggest"
                place = place_under(parent, topic=act.topic)
                statement.depth, statement.position = place.depth, place.position
                statement.save(force_insert=True)
                act.record(statement=statement, after=statement.as_recorded())
        except (IntegrityError, Refused):
            made = self.sent_before(by, key, statement)
            if made is None:
                raise
            return made
        return statement

    def sent_before(self, by: User, key: str, sent: Statement) -> Statement | None:
        """What the same person stored with this `key`, whatever happened to its place and its words since.

        Raises Conflict where that was not the same as what is `sent` now.
        """
        made = self.filter(author=by, key=key).first() if key else None
        if made is None:
            return None
        first = made.changes.filter(verb__in=("add", "suggest", "link")).order_by("number").first()
        was = first.after if first else made.as_recorded()
        return same_again(made, was=form_of(made, was), sent=form_of(sent, sent.as_recorded()))


class ClaimManager(StatementManager):
    def get_queryset(self) -> StatementQuerySet:
        return super().get_queryset().filter(parent=None)


class ArgumentManager(StatementManager):
    def get_queryset(self) -> StatementQuerySet:
        return super().get_queryset().filter(parent__isnull=False)


class RebuttalManager(StatementManager):
    def get_queryset(self) -> StatementQuerySet:
        return super().get_queryset().filter(depth__gte=2, stance=Stance.OPPOSES)


class Statement(Placed, Worded, Voted, Cited, Discussed, models.Model):
    """One idea in one sentence. A link (`refers_to`) has a stance and a place; text and branch are its target's."""

    topic = models.ForeignKey("debates.Topic", on_delete=models.DB_CASCADE, related_name="statements")
    parent = models.ForeignKey(
        "self", on_delete=models.DB_CASCADE, null=True, blank=True, related_name="arguments", db_index=False
    )
    stance = models.CharField(max_length=8, choices=Stance, blank=True)
    text = models.CharField(_("one idea, in one sentence"), max_length=TEXT_LENGTH, blank=True)
    note = models.TextField(_("note"), max_length=NOTE_LENGTH, blank=True)
    position = models.BigIntegerField(default=0)
    depth = models.SmallIntegerField(default=0)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, blank=True, related_name="statements"
    )
    refers_to = models.ForeignKey("self", on_delete=models.DB_CASCADE, null=True, blank=True, related_name="links")
    premise_group = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.VISIBLE)
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(default=timezone.now)
    updated = models.DateTimeField(default=timezone.now)
    # Makes a form that is sent twice one statement: unique per author.
    key = models.CharField(max_length=36, null=True, blank=True, editable=False)  # noqa: DJ001 - null is "no key"
    search_text = models.TextField(editable=False, default="")
    # The two columns that let the database itself keep the tree a tree: see Meta.constraints.
    parent_depth = models.GeneratedField(
        expression=F("depth") - 1, output_field=models.SmallIntegerField(), db_persist=True
    )
    bears_in = models.GeneratedField(
        expression=models.Case(models.When(refers_to=None, then=F("topic")), default=None),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )

    objects: ClassVar[StatementManager] = StatementManager()

    class Meta:
        indexes = (
            models.Index(fields=["topic", "depth"], name="statement_by_level"),
            # With what a link refers to: the replies of every line of a page are counted in the index alone.
            models.Index(fields=["parent", "stance", "status", "refers_to"], name="statement_replies"),
            # How many wait for an editor: asked on every page that an editor opens.
            models.Index(fields=["topic"], condition=Q(status="suggested"), name="statement_waiting"),
            # What the two composite keys below look up for every row that goes: without, deleting is quadratic.
            models.Index(fields=["parent", "topic", "parent_depth"], name="statement_parent_key"),
            models.Index(fields=["refers_to", "topic"], name="statement_target_key"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(parent=None, stance="", depth=0)
                | Q(parent__isnull=False, stance__in=Stance.values, depth__gte=1),
                name="statement_stance_with_parent",
            ),
            models.CheckConstraint(condition=Q(depth__gte=0, depth__lte=MAX_DEPTH), name="statement_depth"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="statement_status"),
            models.CheckConstraint(
                condition=Q(refers_to=None) & ~Q(text="") | Q(refers_to__isnull=False, text="", parent__isnull=False),
                name="statement_text_or_link",
            ),
            models.CheckConstraint(
                condition=models.lookups.LessThanOrEqual(Length("text"), TEXT_LENGTH), name="statement_text_length"
            ),
            models.UniqueConstraint(fields=["author", "key"], name="statement_key_once"),
            models.UniqueConstraint(fields=["id", "bears_in", "depth"], name="statement_bears"),
            models.UniqueConstraint(fields=["id", "bears_in"], name="statement_referable"),
            # A parent is in the same topic, exactly one level up (so no cycle can be), and not a link.
            CompositeForeignKey(
                fields=("parent", "topic", "parent_depth"), to_fields=("id", "bears_in", "depth"),
                name="statement_parent_fits",
            ),
            # A link refers to a statement of the same topic that is not a link itself.
            CompositeForeignKey(
                fields=("refers_to", "topic"), to_fields=("id", "bears_in"), name="statement_target_fits"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.text or f"→ {self.refers_to_id}"

    def get_absolute_url(self) -> str:
        return reverse("statement", args=[self.pk])

    @property
    def is_claim(self) -> bool:
        return self.parent_id is None

    @property
    def is_link(self) -> bool:
        return self.refers_to_id is not None

    def as_recorded(self) -> dict[str, Any]:
        """What the history keeps of a new statement."""
        kept = {"parent": self.parent_id, "stance": self.stance, "text": self.text, "position": self.position}
        more = {"note": self.note, "refers_to": self.refers_to_id}
        return kept | {name: value for name, value in more.items() if value}


class Claim(Statement):
    """A statement without a parent: a position on the topic."""

    objects: ClassVar[ClaimManager] = ClaimManager()

    class Meta:
        proxy = True


class Argument(Statement):
    """A statement with a parent, which it supports or opposes."""

    objects: ClassVar[ArgumentManager] = ArgumentManager()

    class Meta:
        proxy = True

    @property
    def rebuttals(self) -> StatementQuerySet:
        return Rebuttal.objects.get_queryset().filter(parent_id=self.pk)


class Rebuttal(Statement):
    """An argument that opposes an argument."""

    objects: ClassVar[RebuttalManager] = RebuttalManager()

    class Meta:
        proxy = True
