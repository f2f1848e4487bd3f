"""What every page knows besides its own subject."""

from django.http import HttpRequest

from config import __version__

THEMES = ("light", "dark")


def page(request: HttpRequest) -> dict[str, str | bool]:
    """The reader's choices, kept in cookies so that they cost no query: theme, keyboard keys; and the version."""
    theme = request.COOKIES.get("theme", "")
    return {
        "theme": theme if theme in THEMES else "",
        "keys": request.COOKIES.get("keys") != "off",
        "version": __version__,
    }
