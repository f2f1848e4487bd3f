"""The environment, in which any name may instead be NAME_FILE: the path of a file that holds the value."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import environ
from django.core.management.utils import get_random_secret_key
from environ.fileaware_mapping import FileAwareMapping


class TrimmedFiles(FileAwareMapping):
    def __getitem__(self, key: str) -> str:
        # Editors end a file with a new line; no secret of ours does.
        return str(super().__getitem__(key)).strip()


class Environment(environ.Env):
    ENVIRON = TrimmedFiles()

    def get_value(self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, **more: Any) -> Any:
        try:
            return super().get_value(var, cast, default, **more)
        except ValueError as error:
            # Settings are read before anything could turn an exception into words.
            raise SystemExit(
                f"{var}={self.ENVIRON[var]} is not a whole number: correct it in the environment or in .env, "
                "or leave it out."
            ) from error


def kept_key(file: Path) -> str:
    """The secret key of this installation: made once, and kept beside the database."""
    if not file.exists():
        mine = file.with_name(f"{file.name}.{os.getpid()}")
        mine.touch(0o600)
        mine.write_text(get_random_secret_key(), encoding="utf-8")
        # A link appears whole or not at all; when another process was first, its key is the one.
        with suppress(FileExistsError):
            os.link(mine, file)
        mine.unlink()
    return file.read_text(encoding="utf-8").strip()
