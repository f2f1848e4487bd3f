"""The styles of reference lists that this site writes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Style(TextChoices):
    APA = "apa", _("APA 7")
    MLA = "mla", _("MLA 9")
    CHICAGO = "chicago", _("Chicago, author–date")
    NOTES = "chicago-notes", _("Chicago, notes")

    @property
    def heading(self) -> str:
        """What the style calls its list. Not translated: the list is in English."""
        return {"apa": "References", "mla": "Works Cited", "chicago": "References"}.get(self.value, "Bibliography")


def style_named(name: str) -> Style:
    """The style `name`, or APA where there is none of that name."""
    return Style(name) if name in Style.values else Style.APA
