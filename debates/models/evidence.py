"""What a statement rests on: sources, and passages of an essay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import URLValidator
from django.db import IntegrityError, models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models.act import act_on
from debates.models.errors import Refused
from debates.models.resending import same_again
from debates.text import clean_line, clean_text

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.act import Act
    from debates.models.statement import Statement
    from debates.models.topic import Topic

CONTEXT = 32


class SourceKind(models.TextChoices):
    DOCUMENT = "document", _("Document")
    DATA = "data", _("Data")
    EXPERT = "expert", _("Expert")
    EXAMPLE = "example", _("Example")
    EXPERIENCE = "experience", _("Experience")


class Source(models.Model):
    """Evidence outside the map. Nothing is fetched from `url`."""

    statement = models.ForeignKey("debates.Statement", on_delete=models.DB_CASCADE, related_name="sources")
    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind, default=SourceKind.DOCUMENT)
    title = models.CharField(_("title"), max_length=200)
    author = models.CharField(_("author"), max_length=200, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    published = models.CharField(_("date"), max_length=40, blank=True)
    url = models.URLField(
        _("address"), max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    locator = models.CharField(_("page or section"), max_length=120, blank=True)
    quotation = models.TextField(_("quotation"), max_length=1_000, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    # Makes a form that is sent twice one source: unique per person.
    key = models.CharField(max_length=36, null=True, blank=True, editable=False)  # noqa: DJ001 - null is "no key"

    FIELDS = ("kind", "title", "author", "publisher", "published", "url", "locator", "quotation")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="source_title"),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="http://") | Q(url__startswith="https://"),
                name="source_url_scheme",
            ),
            models.UniqueConstraint(fields=["added_by", "key"], condition=Q(key__isnull=False), name="source_key_once"),
        )

    def __str__(self) -> str:
        return self.title

    def as_recorded(self) -> dict[str, Any]:
        return {"source": self.pk} | {name: value for name in self.FIELDS if (value := getattr(self, name))}

    def as_sent(self) -> dict[str, Any]:
        """What somebody sent to have this source made."""
        return {"statement": self.statement_id} | {name: getattr(self, name) for name in self.FIELDS}

    def take_away(self, act: Act) -> None:
        """See Statement.uncite."""
        recorded = self.as_recorded()
        self.delete()
        act.record(statement=self.statement, before=recorded)


def bring_back_source(act: Act, statement: Statement, recorded: dict[str, Any]) -> None:
    """The source that take_away() recorded, under its old number and with the name of whoever added it."""
    fields = {name: recorded.get(name, "") for name in Source.FIELDS}
    source = Source(pk=recorded["source"], statement=statement, **fields)
    cited = act.topic.changes.filter(verb="cite", after__source=source.pk).order_by("number").first()
    if cited is not None:
        source.added_by_id, source.created = cited.actor_id, cited.at
    source.save(force_insert=True)
    act.record(statement=statement, after=source.as_recorded())


class Essay(models.Model):
    """A text beside the map."""

    topic = models.ForeignKey("debates.Topic", on_delete=models.DB_CASCADE, related_name="essays")
    title = models.CharField(max_length=200)
    author = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=200_000)
    created = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.title


class Passage(models.Model):
    """A span of an essay that a statement rests on: position and quotation, as in the W3C's Web Annotation model.

    `start` and `end` count Unicode code points of the essay's text, `end` exclusive; `prefix` and `suffix` are up
    to 32 code points of context, so that an edited text can be searched for it.
    """

    statement = models.ForeignKey("debates.Statement", on_delete=models.DB_CASCADE, related_name="passages")
    essay = models.ForeignKey(Essay, on_delete=models.DB_CASCADE, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    prefix = models.CharField(max_length=CONTEXT, blank=True)
    suffix = models.CharField(max_length=CONTEXT, blank=True)

    class Meta:
        ordering = ("start", "end")
        constraints = (
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_not_empty"),
            # As expressions, which both engines make an index: else SQLite would build the table anew, and give the
            # numbers of passages that were taken away to others.
            models.UniqueConstraint("statement", "essay", "start", "end", name="passage_once"),
        )

    def __str__(self) -> str:
        return self.quote

    def as_recorded(self) -> dict[str, Any]:
        place = {"essay": self.essay_id, "start": self.start, "end": self.end}
        return {"passage": self.pk} | place | {"quote": self.quote}

    def stored(self) -> Passage | None:
        """The same span on the same statement, if it is there already."""
        same = Passage.objects.filter(statement=self.statement_id, essay=self.essay_id, start=self.start, end=self.end)
        return same.first()

    def take_away(self, act: Act) -> None:
        """See Statement.unquote."""
        recorded = self.as_recorded()
        self.delete()
        act.record(statement=self.statement, before=recorded)


def passage_of(statement: Statement, essay: Essay, start: int, end: int) -> Passage:
    """The passage `essay.text[start:end]` with its context, not stored yet. Raises Refused."""
    if essay.topic_id != statement.topic_id or not 0 <= start < end <= len(essay.text):
        raise Refused(_("That passage is not in the essay."), field="passage")
    text = essay.text
    return Passage(
        statement=statement, essay=essay, start=start, end=end, quote=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start], suffix=text[end : end + CONTEXT],
    )  # fmt: skip


def bring_back_passage(act: Act, statement: Statement, recorded: dict[str, Any]) -> None:
    """The passage that take_away() recorded, under its old number, if the essay still says it there."""
    essay = act.topic.essays.filter(pk=recorded["essay"]).first()
    if essay is None or essay.text[recorded["start"] : recorded["end"]] != recorded["quote"]:
        raise Refused(_("The essay does not say this any more."))
    passage = passage_of(statement, essay, recorded["start"], recorded["end"])
    if passage.stored() is not None:
        return  # quoted again since: undo() says that nothing is to be done
    passage.pk = recorded["passage"]
    passage.save(force_insert=True)
    act.record(statement=statement, after=passage.as_recorded())


KEPT_OF_ESSAY = ("title", "author", "text")
KEPT_OF_PASSAGE = ("pk", "statement_id", "start", "end", "quote", "prefix", "suffix")


def take_away_essay(essay: Essay) -> dict[str, Any]:
    """Delete an essay with its passages. What is returned brings both back, as long as the history keeps it."""
    passages = [dict(row) for row in essay.passages.order_by("pk").values(*KEPT_OF_PASSAGE)]
    recorded = {"essay": essay.pk, "passages": passages} | {name: getattr(essay, name) for name in KEPT_OF_ESSAY}
    essay.delete()
    return recorded


def bring_back_essay(topic: Topic, recorded: dict[str, Any]) -> None:
    """The essay that take_away_essay() recorded, with the passages of the lines that are still there."""
    essay = Essay(pk=recorded["essay"], topic=topic, **{name: recorded[name] for name in KEPT_OF_ESSAY})
    essay.save(force_insert=True)
    there = set(topic.statements.values_list("pk", flat=True))
    rows = [row for row in recorded["passages"] if row["statement_id"] in there]
    Passage.objects.bulk_create(Passage(essay=essay, **row) for row in rows)


class Cited:
    """What evidence adds to a statement."""

    def cite(self: Statement, *, by: User, title: str, key: str = "", **fields: str) -> Source:  # type: ignore[misc]
        """Add a source. `fields` are the other columns of the source card. The same `key` by the same person makes one.

        Raises Refused, Gone, Closed, SlowDown; Conflict where the key was sent with something else in the form.
        """
        cleaned = {name: clean_line(value) for name, value in fields.items() if name != "quotation"}
        source = Source(
            statement=self, added_by=by, title=clean_line(title), quotation=clean_text(fields.get("quotation", "")),
            key=key or None, **cleaned,
        )  # fmt: skip
        if not source.title:
            raise Refused(_("A source needs a title."), field="title")
        try:
            with act_on(self.topic, by=by, verb="cite") as act:
                now = self.fresh_to_work_on(act)
                source.save(force_insert=True)
                act.record(statement=now, after=source.as_recorded())
        except (IntegrityError, Refused):
            before = Source.objects.filter(added_by=by, key=key).first() if key else None
            if before is None:
                raise
            return same_again(before, was=before.as_sent(), sent=source.as_sent())
        return source

    def uncite(self: Statement, source: Source, *, by: User) -> None:  # type: ignore[misc]
        """Take a source away."""
        with act_on(self.topic, by=by, verb="uncite") as act:
            for found in self.fresh_to_work_on(act).sources.filter(pk=source.pk):
                found.take_away(act)

    def quote(self: Statement, essay: Essay, start: int, end: int, *, by: User) -> Passage:  # type: ignore[misc]
        """Rest this statement on `essay.text[start:end]`; the passage that is there where it rests on it already."""
        passage = passage_of(self, essay, start, end)
        with act_on(self.topic, by=by, verb="quote") as act:
            now = self.fresh_to_work_on(act)
            stored = passage.stored()
            if stored is None:
                passage.save(force_insert=True)
                act.record(statement=now, after=passage.as_recorded())
        return stored or passage

    def unquote(self: Statement, passage: Passage, *, by: User) -> None:  # type: ignore[misc]
        """Take a passage away from this statement; the essay keeps it."""
        with act_on(self.topic, by=by, verb="unquote") as act:
            for found in self.fresh_to_work_on(act).passages.filter(pk=passage.pk):
                found.take_away(act)
