"""The shape of a source, shared by adding one and changing one."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from debates.citing.csl_files import MOST_ITEMS
from debates.citing.identifiers import doi_in, tidy_address, understand
from debates.forms.fields import AddressField, KeyedForm, LineField, LinesField
from debates.models import Source, SourceKind, SourceMedium

_ARTICLES = ("article-journal", "article-newspaper", "article-magazine")
# Which parts matter for what; the page folds the others away. What is not named here matters for everything.
MATTERS: dict[str, tuple[str, ...]] = {
    "container": (
        "document", "webpage", "chapter", *_ARTICLES, "dataset", "speech", "motion_picture", "broadcast", "song",
        "post",
    ),
    "volume": ("book", "chapter", "article-journal", "article-magazine", "legislation"),
    "issue": ("article-journal", "article-magazine", "report"),
    "pages": ("chapter", *_ARTICLES),
    "edition": ("book", "chapter"),
    "publisher": (
        "document", "webpage", "book", "chapter", "report", "thesis", "dataset", "motion_picture", "broadcast", "song",
        "legislation",
    ),
    "doi": ("document", "book", "chapter", *_ARTICLES, "report", "thesis", "dataset"),
    "accessed": ("document", "webpage", "dataset", "post"),
}  # fmt: skip
PASTED_LENGTH = 500
_LENGTHS = {column.name: column.max_length for column in Source._meta.fields}
FILE_BYTES = 1_000_000


def _line(label: Any, name: str, **more: Any) -> LineField:
    return LineField(label=label, max_length=_LENGTHS[name], **{"required": False} | more)


HINTS: dict[str, Any] = {
    "pasted": _("Paste it and it is put in its place below. Nothing is fetched from it."),
    "author": _("Family, Given; Family, Given. An organisation as it is called."),
    "published": _("As the source gives it: 2024, or 3 May 2024."),
    "container": _("The journal, newspaper, book, site or programme it is part of."),
    "accessed": _("A page may change: 2026-11-25."),
    "locator": _("p. 5, chapter 2, or 1:30"),
}
SHORT = frozenset({"published", "volume", "issue", "pages", "edition", "accessed"})


class Part(NamedTuple):
    """A field in the page. `matters` names the media it is for, parted by spaces; without any it is for all."""

    field: BoundField
    hint: str
    matters: str
    short: bool
    kind: str


class SourceForm(KeyedForm):
    """A source. `pasted` is an address or a DOI in any form, which is put where it belongs; nothing is fetched."""

    pasted = LineField(label=_("Address or DOI"), max_length=PASTED_LENGTH, required=False)
    medium = forms.ChoiceField(
        label=_("What it is"), choices=SourceMedium, initial=SourceMedium.DOCUMENT, required=False
    )
    title = _line(_("Title"), "title", required=True, error_messages={"required": _("A source needs a title.")})
    author = _line(_("Author"), "author")
    published = _line(_("Date"), "published")
    container = _line(_("Published in"), "container")
    volume = _line(_("Volume"), "volume")
    issue = _line(_("Number"), "issue")
    pages = _line(_("Pages from–to"), "pages")
    edition = _line(_("Edition"), "edition")
    publisher = _line(_("Publisher"), "publisher")
    url = AddressField(label=_("Address"), max_length=500, required=False)
    doi = _line(_("DOI"), "doi")
    accessed = _line(_("Day on which you read it"), "accessed")
    locator = _line(_("Page or section you mean"), "locator")
    quotation = LinesField(label=_("Quotation"), max_length=1_000, required=False)
    kind = forms.ChoiceField(
        label=_("What it proves with"), choices=SourceKind, initial=SourceKind.DOCUMENT, required=False
    )

    def about_it(self) -> list[Part]:
        """The fields that a reference is made of, after the title."""
        names = (
            "author", "published", "container", "volume", "issue", "pages", "edition", "publisher", "url", "doi",
            "accessed",
        )  # fmt: skip
        return [self._part(name) for name in names]

    def of_it(self) -> list[Part]:
        """The fields that say what of it is meant."""
        return [self._part("locator"), self._part("quotation")]

    @property
    def says_what_of_it(self) -> bool:
        return any(part.field.value() or part.field.errors for part in self.of_it())

    @property
    def hint_of_pasted(self) -> str:
        return str(HINTS["pasted"])

    def _part(self, name: str) -> Part:
        kind = "url" if name == "url" else "text"
        return Part(self[name], HINTS.get(name, ""), " ".join(MATTERS.get(name, ())), name in SHORT, kind)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or SourceKind.DOCUMENT

    def clean_medium(self) -> str:
        return self.cleaned_data["medium"] or SourceMedium.DOCUMENT

    def clean_pasted(self) -> str:
        pasted: str = self.cleaned_data["pasted"]
        found = understand(pasted)
        if pasted and not (found.url or found.doi):
            raise ValidationError(
                _("This is no address and no DOI. One begins with https://, the other with 10. as in 10.1000/182.")
            )
        return pasted

    def clean_url(self) -> str:
        return tidy_address(self.cleaned_data["url"])

    def clean(self) -> dict[str, Any]:
        """Put what was pasted where it belongs, and a DOI that stands as an address among the DOIs."""
        data = super().clean() or {}
        found = understand(data.pop("pasted", ""))
        url, doi = data.get("url") or found.url, data.get("doi") or found.doi
        if named := doi_in(url):
            url, doi = "", doi or named
        if found.medium and data.get("medium") == SourceMedium.DOCUMENT:
            data["medium"] = found.medium
        return data | {"url": url, "doi": doi_in(doi) or doi}

    @property
    def has_only_what_was_pasted(self) -> bool:
        """Whether there is an address or a DOI to put in its place, and no title yet."""
        return bool(self.data.get("pasted", "").strip()) and not self.data.get("title", "").strip()

    def looked_at(self) -> SourceForm:
        """The form again with what was pasted in its place, for somebody who wants to see that before it is stored."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        found = understand(typed["pasted"])
        if not (found.url or found.doi):
            return self
        filled = {"url": typed["url"] or found.url, "doi": typed["doi"] or found.doi, "pasted": ""}
        if typed["medium"] in ("", SourceMedium.DOCUMENT):
            filled["medium"] = found.medium
        return SourceForm(initial=typed | filled)


class SourceChangeForm(SourceForm):
    """A source that is there already, with the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data.pop("key", None)
        return data


class SourceFileForm(forms.Form):
    """A file of CSL-JSON, or its text."""

    file = forms.FileField(label=_("File of CSL-JSON"), required=False, allow_empty_file=True)
    text = forms.CharField(
        label=_("Or paste it here"), required=False, max_length=FILE_BYTES, strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )  # fmt: skip
    most = MOST_ITEMS

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file is None and not data.get("text") and not self.errors:
            self.add_error("file", _("Choose a file, or paste its text."))
        if file is not None and file.size > FILE_BYTES:
            self.add_error("file", _("The file is larger than 1 MB."))
        return data

    def content(self) -> bytes:
        """What was sent."""
        file = self.cleaned_data.get("file")
        return bytes(file.read()) if file is not None else str(self.cleaned_data["text"]).encode("utf-8", "replace")
