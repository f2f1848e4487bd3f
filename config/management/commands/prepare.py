"""`manage.py prepare`: everything that must be in place before the site can be served."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command

from config import __version__
from config.health import migrations


class Command(BaseCommand):
    help = "Migrate the database, make the cache table, collect the static files and, with --demo, load the demo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the demo topic and its people")
        parser.add_argument("--no-static", action="store_true", help="leave the static files alone")

    def handle(self, *, demo: bool, no_static: bool, **options: object) -> None:
        if migrations() != "ok":
            self.stdout.write("Preparing the database …")
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("clear_expired")
        if not no_static:
            collect_static()
        if demo:
            call_command("load_demo", stdout=self.stdout)


def collect_static() -> None:
    """Collect and compress, unless the very same files were collected before."""
    stamp = Path(settings.STATIC_ROOT) / "collected.sha256"
    wanted = fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)


def fingerprint() -> str:
    """A hash of every static file's name and content, and of how they are stored."""
    digest = hashlib.sha256(f"{__version__} {settings.STORAGES['staticfiles']['BACKEND']}".encode())
    for finder in get_finders():
        for name, storage in finder.list(None):
            with storage.open(name) as file:
                digest.update(name.encode() + b"\0" + file.read())
    return digest.hexdigest()
