"""A file as the answer to a request, the same from a page and from the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import StreamingHttpResponse

if TYPE_CHECKING:
    from debates.formats.registry import Format
    from debates.formats.taking import Taken

# Should a browser show it all the same, a file runs nothing and asks nobody.
POLICY = "default-src 'none'; sandbox"


def file_of(taken: Taken, chosen: Format) -> StreamingHttpResponse:
    """Always an attachment, never anything that this site would run. The header counts what is left out."""
    charset = "; charset=utf-8" if chosen.media_type.startswith("text/") else ""
    response = StreamingHttpResponse(taken.pieces, content_type=chosen.media_type + charset)
    response.headers["Content-Disposition"] = f'attachment; filename="{taken.file_name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    if taken.losses:
        left_out = ", ".join(f"{loss.feature}={loss.count}" for loss in taken.losses)
        response.headers["Counterpoint-Left-Out"] = left_out
    return response
