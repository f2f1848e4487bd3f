"""What somebody pastes to begin a source: an address or a DOI, tidied. Nothing is fetched from either."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from debates.models.source import SourceMedium

# The form that the DOI Handbook gives (ISO 26324): "10.", a number of the registrant, a slash, anything printed.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_AT = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/+|(?:doi|info:doi)[:/ ]\s*|urn:doi:", re.IGNORECASE)
# Signs that end the sentence a DOI stands in, rather than the DOI.
_AFTER = ".,;:!?\"'”’»>]}"
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|mc_[ce]id|igshid|igsh|_hsenc|_hsmi|ref_src",
    re.IGNORECASE,
)
_VIDEO = ("youtube.com", "youtu.be", "vimeo.com", "dailymotion.com", "ted.com")
_POSTS = (
    "twitter.com",
    "x.com",
    "facebook.com",
    "instagram.com",
    "threads.net",
    "bsky.app",
    "tiktok.com",
    "reddit.com",
)
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?")


_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """What a pasted text names, as far as it is sure."""

    url: str = ""
    doi: str = ""
    medium: str = ""


def understand(pasted: str) -> Found:
    """The address or DOI in `pasted`; nothing where it is neither."""
    text = pasted.strip().strip("<>")
    if len(text) > _LONGEST:
        return Found()
    if doi := doi_in(text):
        return Found(doi=doi, medium=SourceMedium.JOURNAL.value)
    if re.match(r"https?://", text, re.IGNORECASE):
        url = tidy_address(text)
        return Found(url=url, medium=medium_of(url))
    if _HOST.fullmatch(text):
        url = tidy_address(f"https://{text}")
        return Found(url=url, medium=medium_of(url))
    return Found()


def doi_in(text: str) -> str:
    """The DOI that `text` is: bare, after "doi:", or in an address of doi.org. "" where it is none.

    DOIs are alike in either case (DOI Handbook, 2.4) and are kept in small letters.
    """
    plain = text.strip().strip("<>")
    at = _DOI_AT.match(plain)
    said = unquote(plain[at.end() :]) if at and "doi.org" in at[0].lower() else plain[at.end() :] if at else plain
    found = _DOI.fullmatch(said.strip())
    return _without_end(found[0]).lower() if found else ""


def _without_end(doi: str) -> str:
    """`doi` without the signs around it. A bracket that it opens itself stays."""
    plain = doi.rstrip(_AFTER)
    while plain.endswith(")") and plain.count(")") > plain.count("("):
        plain = plain[:-1].rstrip(_AFTER)
    return plain


def tidy_address(url: str) -> str:
    """`url` with its scheme and host in small letters, and without what only tells who sent the reader there.

    What cannot be taken apart comes back as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.netloc.rpartition("@")
    except ValueError:
        return url.strip()
    kept = _query_kept(parts.query)
    netloc = f"{host[0]}{host[1]}{host[2].lower()}"
    return urlunsplit(SplitResult(parts.scheme.lower(), netloc, parts.path, kept, parts.fragment))


def _query_kept(query: str) -> str:
    """The query without the names that track. One that has none of them is not written anew."""
    pairs = [pair for pair in query.split("&") if not _TRACKING.fullmatch(pair.partition("=")[0])]
    return "&".join(pairs)


def medium_of(url: str) -> str:
    """What stands at an address, where its host tells: a video or a post; else a web page."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        host = ""
    for medium, hosts in ((SourceMedium.VIDEO, _VIDEO), (SourceMedium.POST, _POSTS)):
        if any(host == name or host.endswith(f".{name}") for name in hosts):
            return medium.value
    return SourceMedium.WEB_PAGE.value
