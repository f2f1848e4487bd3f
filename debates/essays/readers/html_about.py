"""What a web page says about itself: its title, and who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# In the order in which they are believed: first what libraries read.
_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title")
_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author")
_MOST_NAMES = 20
_LONGEST = 1_000


class About:
    """What the `meta` elements say. `page` is the title of the browser’s window, often with the name of the site."""

    def __init__(self) -> None:
        self.page = ""
        self._said: dict[str, list[str]] = {}

    def hear(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("name") or attributes.get("property") or ""
        content = attributes.get("content", "").strip()[:_LONGEST]
        if content and name.lower() in {*_TITLES, *_AUTHORS}:
            said = self._said.setdefault(name.lower(), [])
            if len(said) < _MOST_NAMES and content not in said:
                said.append(content)

    def title(self, heading: str) -> str:
        """The title of the text, of which `heading` is the first."""
        said = next((self._said[name][0] for name in _TITLES if name in self._said), "")
        return said or heading or self.page

    @property
    def author(self) -> str:
        """Whoever wrote it; an address is no name."""
        for name in _AUTHORS:
            names = [each for each in self._said.get(name, []) if not each.startswith(("http://", "https://"))]
            if names:
                return ", ".join(names)
        return ""
