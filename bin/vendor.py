#!/usr/bin/env python3
"""Fetch what others made and the repository keeps, browser libraries and fonts (`make vendor`), or verify (`--check`).

The list is static/vendor/VENDORED.json; what browsers must not be served stands outside of static/. Fetching needs
npm and a network; checking needs neither.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "static" / "vendor" / "VENDORED.json"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def fetch(package: dict[str, Any], folder: Path) -> None:
    """Unpack the named files of one exact version into the tree, and note what they are."""
    spec = f"{package['name']}@{package['version']}"
    subprocess.run(["npm", "pack", "--silent", spec], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as tar:
        for file in package["files"]:
            member = tar.extractfile(f"package/{file['from']}")
            if member is None:
                raise SystemExit(f"{spec} has no file {file['from']}.")
            data = member.read()
            target = ROOT / file["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            file["sha256"] = sha256(data)
    archive.unlink()
    print(f"{spec}: {len(package['files'])} files")


def refresh() -> None:
    packages = json.loads(LIST.read_text(encoding="utf-8"))
    for package in packages:
        with tempfile.TemporaryDirectory() as folder:
            fetch(package, Path(folder))
    LIST.write_text(json.dumps(packages, indent=2) + "\n", encoding="utf-8")


def changed() -> list[str]:
    """The vendored files that are missing or are not what the list says."""
    files = [file for package in json.loads(LIST.read_text(encoding="utf-8")) for file in package["files"]]
    bad = []
    for file in files:
        path = ROOT / file["path"]
        if not path.is_file() or sha256(path.read_bytes()) != file["sha256"]:
            bad.append(file["path"])
    listed = {file["path"] for file in files} | {LIST.relative_to(ROOT).as_posix()}
    for folder in {LIST.parent, *((ROOT / file["path"]).parent for file in files)}:
        found = {path.relative_to(ROOT).as_posix() for path in folder.rglob("*") if path.is_file()}
        bad.extend(sorted(found - listed))
    return bad


def main() -> None:
    if sys.argv[1:] != ["--check"]:
        refresh()
        return
    bad = changed()
    if bad:
        raise SystemExit("Not what static/vendor/VENDORED.json says: " + ", ".join(bad) + ". Run `make vendor`.")
    print("Vendored files: all as listed.")


if __name__ == "__main__":
    main()
