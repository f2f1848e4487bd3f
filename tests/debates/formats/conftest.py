"""The outside readers that run in Node: where they are, or why they are not asked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

OUTSIDE = Path(__file__).parents[2] / "outside"

# Gives every file of a folder to tests/outside/<checker>.mjs and returns its answer for each, by file name.
type Ask = Callable[[str, Path], dict[str, dict[str, Any]]]


@pytest.fixture(scope="session")
def outside() -> Path:
    """The folder with other people's readers, from tests/outside/package-lock.json."""
    if shutil.which("node") is None:
        pytest.skip("Node is not installed")
    if not (OUTSIDE / "node_modules").is_dir():
        missing = "the outside readers are not installed: npm ci --prefix tests/outside"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return OUTSIDE


@pytest.fixture(scope="session")
def ask_outside(outside: Path) -> Ask:
    """One start of Node for many files: a checker prints a line of JSON with "file" for each file of the folder."""

    def ask(checker: str, folder: Path) -> dict[str, dict[str, Any]]:
        done = subprocess.run(
            ["node", str(outside / f"{checker}.mjs"), str(folder)], capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        return {answer["file"]: answer for answer in answers}

    return ask
