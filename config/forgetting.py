"""The cache’s own table: entries that have run out stay there until it is full, and some are about an address."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.utils import timezone


def forget_cached() -> None:
    """Delete what has run out. Limits on signing in are kept by the address that they are about, an hour at most."""
    cache = settings.CACHES["default"]
    if not cache["BACKEND"].endswith(".DatabaseCache"):
        return
    table, expires = connection.ops.quote_name(cache["LOCATION"]), connection.ops.quote_name("expires")
    # As the backend itself writes them: UTC, without saying so.
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0, tzinfo=None))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {expires} < %s", [now])  # noqa: S608 - names of the settings
