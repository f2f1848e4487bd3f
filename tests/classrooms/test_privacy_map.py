"""docs/privacy.md tells of every column why it is kept and how long, and no address of a machine is kept at all."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection

from debates.models import RateWindow

PAGE = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text()
MAP = {
    head.group(1): rows
    for part in PAGE.split("\n### ")[1:]
    if (head := re.match(r"`([\w.]+)`", part))
    for rows in [[line.strip("|").split("|") for line in part.splitlines() if line.startswith("| `")]]
}
TABLES = {
    model._meta.label: {field.name for field in model._meta.concrete_fields}
    for model in apps.get_models(include_auto_created=True)
    if not model._meta.proxy and model._meta.managed
}


def test_data_map_has_every_table_and_no_other() -> None:
    assert MAP.keys() ^ TABLES.keys() == set()


@pytest.mark.parametrize("label", sorted(TABLES))
def test_data_map_has_every_column_once_and_says_why_and_how_long(label: str) -> None:
    names = [name for row in MAP[label] for name in re.findall(r"`(\w+)`", row[0])]

    assert sorted(names) == sorted(TABLES[label])
    assert all(len(row) == 3 and all(cell.strip() for cell in row) for row in MAP[label])


def test_no_column_is_for_the_address_of_a_machine() -> None:
    kinds = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.get_internal_type() == "GenericIPAddressField" or re.search(r"(^|_)(ip|addr|agent)(_|$)", field.name)
    }

    assert kinds == set()


@pytest.mark.django_db
def test_cache_forgets_an_address_once_its_limit_has_run_out(settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_of_test"}
    }
    call_command("createcachetable", verbosity=0)
    caches.create_connection("default").set("limit:ip:192.0.2.8", 1, timeout=60)
    _put("limit:ip:192.0.2.7")
    RateWindow.count("hash-of-somebody", int(time.time()) // 60 - 120)

    call_command("clear_expired")

    assert _keys() == {":1:limit:ip:192.0.2.8"}
    assert not RateWindow.objects.exists()


def _put(key: str) -> None:
    """An entry that ran out yesterday."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cache_of_test (cache_key, value, expires) VALUES (%s, %s, %s)",
            [f":1:{key}", "", "2026-01-01 00:00:00"],
        )


def _keys() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache_of_test")
        return {row[0] for row in cursor.fetchall()}
