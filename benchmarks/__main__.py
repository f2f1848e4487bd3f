"""python -m benchmarks [NAME …] [--sizes 100,1000]: on the engine of DATABASE_URL, else SQLite.

Everything runs on a database of its own, which is thrown away.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from importlib import import_module
from pathlib import Path

NAMES = (
    "pages",
    "essay",
    "anchoring",
    "votes",
    "races",
    "files",
    "api",
    "analysis",
    "desk",
    "joining",
    "deadline",
    "gradebook",
    "progress",
    "classroom_races",
    "classroom_load",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=(*NAMES, []), help="which; all if none is named")
    parser.add_argument("--sizes", default="100,1000,10000,100000", help="statements of the topics that pages are of")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        try:
            for name in arguments.names or NAMES:
                import_module(f"benchmarks.{name}").run([int(size) for size in arguments.sizes.split(",")])
        finally:
            clean_up()


def prepare(folder: Path) -> None:
    """Django as in production, on an empty database of the engine that is asked for."""
    os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "ERROR"}
    os.environ |= {"STATIC_ROOT": str(folder / "static"), "WRITES_PER_MINUTE": str(10**9)}
    import django
    from django.conf import settings

    settings.DATABASES["default"]["TEST"] = {"NAME": str(folder / "bench.sqlite3")} if _sqlite(settings) else {}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.ALLOWED_HOSTS = ["testserver"]
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("collectstatic", interactive=False, verbosity=0)
    connection.creation.create_test_db(verbosity=0, autoclobber=True)


def _sqlite(settings: object) -> bool:
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")  # type: ignore[attr-defined]


def clean_up() -> None:
    from django.db import connection

    connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
