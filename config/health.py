"""Is the process alive, and may it be given requests? For proxies, containers and the operator."""

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger("counterpoint.health")


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} not applied" if missing else "ok"


def shared_cache() -> str:
    cache.get("health")
    return "ok"


CHECKS: dict[str, Callable[[], str]] = {"database": database, "migrations": migrations, "cache": shared_cache}


def outcome(name: str) -> str:
    """`ok`, or what is wrong in words that tell a stranger nothing about the inside; the log has more."""
    try:
        return CHECKS[name]()
    except Exception:
        log.exception("the check of the %s failed", name)
        return "not reachable"


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of anything else, so that a database that is away restarts no process."""
    return JsonResponse({"live": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """The process can serve: the database answers and is migrated, the cache answers. 503 says what is not so."""
    outcomes = {name: outcome(name) for name in CHECKS}
    well = all(value == "ok" for value in outcomes.values())
    return JsonResponse(outcomes, status=200 if well else 503)
