"""`manage.py backup [FILE]`: the whole database in one file, while the site runs."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from config.backup import BackupError, write_backup


class Command(BaseCommand):
    help = "Write the whole database to FILE (a zip), consistent while the site runs, on either engine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="default: backups/counterpoint-<time>.zip in DATA_DIR")

    def handle(self, *, file: Path | None, **options: object) -> None:
        target = file or default_file()
        try:
            manifest = write_backup(target)
        except (BackupError, OSError) as error:
            raise CommandError(f"No backup was written: {error}") from error
        rows = sum(facts["rows"] for facts in manifest["tables"].values())
        self.stdout.write(f"Backed up {rows} rows of {len(manifest['tables'])} tables to {target}")


def default_file() -> Path:
    folder = Path(settings.DATA_DIR) / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"counterpoint-{datetime.now(UTC):%Y%m%d-%H%M%S}.zip"
