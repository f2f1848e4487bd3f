"""How static files are stored when they are collected: hashed names, compressed copies, one stylesheet."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from servestatic.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/counterpoint.css"
IMPORT = re.compile(r'^@import url\("(?P<part>[\w-]+\.css)"\);\n', re.MULTILINE)

type Collected = dict[str, tuple[Storage, str]]


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed and compressed files. The parts of the stylesheet are written into it, so that a page asks for one."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: Collected, dry_run: bool = False, **options: Any) -> Iterator[tuple[Any, ...]]:
        """As the parent's, with the stylesheet in `paths` replaced by the whole of it."""
        if STYLESHEET in paths and not dry_run:
            whole = InMemoryStorage()
            whole.save(STYLESHEET, ContentFile(stylesheet(paths)))
            paths = paths | {STYLESHEET: (whole, STYLESHEET)}
        yield from super().post_process(paths, dry_run=dry_run, **options)


def stylesheet(paths: Collected) -> bytes:
    """The stylesheet with each imported part in the place of its @import."""

    def text_of(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return bytes(file.read()).decode()

    return IMPORT.sub(lambda found: text_of(f"css/{found['part']}"), text_of(STYLESHEET)).encode()
