"""`manage.py restore FILE`: the database as it was in a backup, or exactly as it is."""

import zipfile
from argparse import ArgumentParser
from pathlib import Path

from django.core.cache import cache
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError

from config.backup import BackupError, applied_migrations, check_shape, holds_data, load, read_manifest
from config.health import migrations


class Command(BaseCommand):
    help = "Restore the database from FILE, written by `backup` on either engine. All or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="delete what the database holds now")

    def handle(self, *, file: Path, replace: bool, **options: object) -> None:
        try:
            with zipfile.ZipFile(file) as archive:
                manifest = read_manifest(archive)
                self.prepare(replace=replace)
                check_shape(manifest)
                load(archive, manifest)
        except (OSError, zipfile.BadZipFile) as error:
            raise CommandError(f"{file} cannot be read as a backup.") from error
        except DatabaseError as error:
            raise CommandError("The database refused the rows of the backup; nothing was changed.") from error
        except BackupError as error:
            raise CommandError(str(error)) from error
        # It may hold sessions and limits of people who are no longer the same.
        cache.clear()
        rows = sum(facts["rows"] for facts in manifest["tables"].values())
        self.stdout.write(f"Restored {rows} rows as they were on {manifest['made']}. Everybody signs in again.")

    def prepare(self, *, replace: bool) -> None:
        """Tables to restore into, without harm to anything that is there."""
        if not applied_migrations():
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        elif migrations() != "ok":
            raise CommandError("The database is of an older version: bring it up to date with `manage.py prepare`.")
        if holds_data() and not replace:
            raise CommandError("The database is not empty. Make a backup of it first, then say --replace.")
