"""A source: evidence outside the map, that a statement rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models.errors import Conflict, Refused
from debates.text import clean_line, clean_text

if TYPE_CHECKING:
    from debates.models.act import Act
    from debates.models.statement import Statement


class SourceKind(models.TextChoices):
    """What a source proves with."""

    DOCUMENT = "document", _("Document")
    DATA = "data", _("Data")
    EXPERT = "expert", _("Expert")
    EXAMPLE = "example", _("Example")
    EXPERIENCE = "experience", _("Experience")


class SourceMedium(models.TextChoices):
    """What a source is, by the names of item types in the Citation Style Language 1.0.2."""

    DOCUMENT = "document", _("Other document")
    WEB_PAGE = "webpage", _("Web page")
    BOOK = "book", _("Book")
    CHAPTER = "chapter", _("Chapter of a book")
    JOURNAL = "article-journal", _("Article in a journal")
    NEWSPAPER = "article-newspaper", _("Article in a newspaper")
    MAGAZINE = "article-magazine", _("Article in a magazine")
    REPORT = "report", _("Report")
    THESIS = "thesis", _("Thesis")
    DATASET = "dataset", _("Data set")
    SPEECH = "speech", _("Speech")
    INTERVIEW = "interview", _("Interview")
    VIDEO = "motion_picture", _("Film or video")
    BROADCAST = "broadcast", _("Broadcast")
    SONG = "song", _("Song or recording")
    POST = "post", _("Post in a social network")
    LAW = "legislation", _("Law")
    PERSONAL = "personal_communication", _("Letter or conversation")


class Source(models.Model):
    """Evidence outside the map. Nothing is fetched from `url` or for `doi`.

    `author` is one or more people, "Family, Given; Family, Given"; without a comma it is a name as it stands, such as
    an organisation's.
    """

    statement = models.ForeignKey("debates.Statement", on_delete=models.DB_CASCADE, related_name="sources")
    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind, default=SourceKind.DOCUMENT)
    medium = models.CharField(_("what it is"), max_length=24, choices=SourceMedium, default=SourceMedium.DOCUMENT)
    title = models.CharField(_("title"), max_length=200)
    author = models.CharField(_("author"), max_length=500, blank=True)
    container = models.CharField(_("published in"), max_length=200, blank=True)
    volume = models.CharField(_("volume"), max_length=40, blank=True)
    issue = models.CharField(_("number"), max_length=40, blank=True)
    pages = models.CharField(_("pages"), max_length=40, blank=True)
    edition = models.CharField(_("edition"), max_length=40, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    published = models.CharField(_("date"), max_length=40, blank=True)
    url = models.URLField(
        _("address"), max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    doi = models.CharField(_("DOI"), max_length=200, blank=True)
    accessed = models.CharField(_("day of reading"), max_length=40, blank=True)
    locator = models.CharField(_("page or section"), max_length=120, blank=True)
    quotation = models.TextField(_("quotation"), max_length=1_000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    # Makes a form that is sent twice one source: unique per person.
    key = models.CharField(max_length=36, null=True, blank=True, editable=False)  # noqa: DJ001 - null is "no key"

    FIELDS = (
        "kind", "medium", "title", "author", "container", "volume", "issue", "pages", "edition", "publisher",
        "published", "url", "doi", "accessed", "locator", "quotation",
    )  # fmt: skip

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

    def write(self, fields: dict[str, str]) -> None:
        """Put `fields`, columns of the source card, into their stored form. Raises Refused without a title."""
        for name, value in fields.items():
            setattr(self, name, clean_text(value) if name == "quotation" else clean_line(value))
        if not self.title:
            raise Refused(_("A source needs a title."), field="title")

    def as_recorded(self) -> dict[str, Any]:
        return {"source": self.pk} | {name: value for name in self.FIELDS if (value := getattr(self, name))}

    def as_sent(self) -> dict[str, Any]:
        """What somebody sent to have this source made."""
        return {"statement": self.statement_id} | {name: getattr(self, name) for name in self.FIELDS}

    def set(self, act: Act, fields: dict[str, str], *, version: int | None = None) -> None:
        """See Statement.recite. Raises Conflict where `version` is given and is not the stored one."""
        if version is not None and version != self.version:
            raise Conflict(_("Someone changed this source while you did. Both are below."), current=self)
        before = self.as_recorded()
        self.write(fields)
        after = self.as_recorded()
        if before != after:
            self.version += 1
            self.save()
            act.record(statement=self.statement, before=before, after=after)

    def take_away(self, act: Act) -> None:
        """See Statement.uncite."""
        recorded = self.as_recorded()
        self.delete()
        act.record(statement=self.statement, before=recorded)


def bring_back_source(act: Act, statement: Statement, recorded: dict[str, Any]) -> None:
    """The source that take_away() recorded, under its old number and with the name of whoever added it."""
    source = Source(pk=recorded["source"], statement=statement, **told_of_source(recorded))
    cited = act.topic.changes.filter(verb="cite", after__source=source.pk).order_by("number").first()
    if cited is not None:
        source.added_by_id, source.created = cited.actor_id, cited.at
    source.save(force_insert=True)
    act.record(statement=statement, after=source.as_recorded())


def told_of_source(recorded: dict[str, Any]) -> dict[str, str]:
    """The columns of a source from what a change kept of it: what was empty is not in it."""
    defaults = {"kind": SourceKind.DOCUMENT.value, "medium": SourceMedium.DOCUMENT.value}
    return {name: recorded.get(name, defaults.get(name, "")) for name in Source.FIELDS}
