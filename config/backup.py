"""A backup that both engines can write and read: one zip with a file of JSON rows per table, and a manifest.

It is the same on SQLite and PostgreSQL, so it also carries a site from one to the other. The manifest holds the
version, the migrations that had been applied, and for each table its columns, row count and SHA-256. Sessions
are left out: after a restore people sign in again.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import batched
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model
from django.utils.duration import duration_string

from config import __version__

FORMAT = 1
MANIFEST = "manifest.json"
# What `migrate` writes by itself: a database with these alone is still empty.
MADE_BY_MIGRATE = {"contenttypes.ContentType", "auth.Permission"}

type Manifest = dict[str, Any]


class BackupError(Exception):
    """The archive or the database is not what it has to be; the message says so to the operator."""


def tables() -> list[type[Model]]:
    """Every table that Django manages, in an order that does not change."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return sorted((model for model in models if not model._meta.proxy), key=lambda model: model._meta.label)


def kept_tables() -> list[type[Model]]:
    return [model for model in tables() if not issubclass(model, AbstractBaseSession)]


def columns(model: type[Model]) -> list[Field[Any, Any]]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def applied_migrations() -> list[list[str]]:
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


# -- Writing -----------------------------------------------------------------------------------------


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment of the database, while others go on writing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Not atomic(): that begins IMMEDIATE here and would make every writer wait for the backup.
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def plain(value: object) -> str:
    """A value that JSON does not know, as the text that its field's to_python() reads back."""
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return duration_string(value)
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
    raise BackupError(f"A value of type {type(value).__name__} cannot be written to a backup.")


def write_backup(file: Path) -> Manifest:
    """Write the whole database to `file`, which appears only when it is complete. Returns the manifest."""
    unfinished = file.with_name(file.name + ".unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
            with snapshot():
                manifest = {
                    "format": FORMAT,
                    "version": __version__,
                    "made": datetime.now(UTC).isoformat(timespec="seconds"),
                    "migrations": applied_migrations(),
                    "tables": {model._meta.label: write_table(archive, model) for model in kept_tables()},
                }
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def write_table(archive: zipfile.ZipFile, model: type[Model]) -> dict[str, object]:
    names = [field.attname for field in columns(model)]
    rows, digest = 0, hashlib.sha256()
    with archive.open(f"{model._meta.label}.jsonl", "w", force_zip64=True) as out:
        for row in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=2000):
            # Keys in order: PostgreSQL keeps those of its JSON in another order than SQLite.
            line = json.dumps(row, default=plain, ensure_ascii=False, sort_keys=True).encode() + b"\n"
            out.write(line)
            digest.update(line)
            rows += 1
    return {"columns": names, "rows": rows, "sha256": digest.hexdigest()}


# -- Reading -----------------------------------------------------------------------------------------


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """The manifest of a backup that this version can restore, whose every table is as its checksum says."""
    try:
        manifest: Manifest = json.loads(archive.read(MANIFEST))
        listed = manifest["tables"]
    except (KeyError, TypeError, ValueError) as error:
        raise BackupError("This is not a backup of Counterpoint: it has no manifest.") from error
    for label, facts in listed.items():
        digest, rows = hashlib.sha256(), 0
        try:
            with archive.open(f"{label}.jsonl") as lines:
                for line in lines:
                    digest.update(line)
                    rows += 1
        except (KeyError, zipfile.BadZipFile, zlib.error, OSError) as error:
            raise BackupError(f"The backup is damaged: {label} cannot be read.") from error
        if (digest.hexdigest(), rows) != (facts["sha256"], facts["rows"]):
            raise BackupError(f"The backup is damaged: {label} is not what its checksum says.")
    return manifest


def check_shape(manifest: Manifest) -> None:
    """The rows must fit the tables: the same migrations, tables and columns."""
    here = {model._meta.label: [field.attname for field in columns(model)] for model in kept_tables()}
    there = {label: facts["columns"] for label, facts in manifest["tables"].items()}
    if manifest["format"] != FORMAT or manifest["migrations"] != applied_migrations() or here != there:
        raise BackupError(
            f"This backup was made by Counterpoint {manifest['version']} with other tables than those of "
            f"{__version__}: restore it with that version, then upgrade."
        )


def holds_data() -> bool:
    return any(model._base_manager.exists() for model in kept_tables() if model._meta.label not in MADE_BY_MIGRATE)


def load(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Put the rows of the backup in the place of what the database holds: all of them, or none."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for model in tables():
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
        for model in kept_tables():
            load_table(archive, model)
        connection.check_constraints()
        for model in kept_tables():
            if model._base_manager.count() != manifest["tables"][model._meta.label]["rows"]:
                raise BackupError(f"{model._meta.label} could not be restored whole; nothing was changed.")
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), kept_tables()):
                cursor.execute(statement)


def load_table(archive: zipfile.ZipFile, model: type[Model]) -> None:
    quote, fields = connection.ops.quote_name, columns(model)
    names = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
    with archive.open(f"{model._meta.label}.jsonl") as lines, connection.cursor() as cursor:
        for batch in batched(lines, 1000):
            rows = [
                [
                    field.get_db_prep_save(field.to_python(value), connection)
                    for field, value in zip(fields, json.loads(line), strict=True)
                ]
                for line in batch
            ]
            cursor.executemany(insert, rows)
