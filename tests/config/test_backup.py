"""A backup restores to exactly what was there, or changes nothing."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from accounts.models import Session, User
from config.backup import kept_tables
from debates.models import Change, Statement, Topic, Vote
from debates.search import statements_matching
from tests.factories import make_topic, make_tree, make_votes

pytestmark = pytest.mark.django_db(transaction=True)

TREE = """
Schools should keep four days
  + Sleep is longer
    - Only for a “few” pupils — 睡眠 😀
  - Parents work on Fridays
"""


@pytest.fixture
def topic(alice: User) -> Topic:
    topic = make_topic(alice)
    tree = make_tree(topic, alice, TREE)
    make_votes(tree["Sleep is longer"], 0, 4, 4)
    # A parent with a higher number than its child: rows do not come in the order of the tree.
    later = topic.add_claim("A later claim", by=alice)
    tree["Parents work on Fridays"].move_under(later, stance="opposes", by=alice)
    return topic


def backup(file: Path) -> dict[str, Any]:
    """Write a backup, and return what its manifest says of the tables."""
    call_command("backup", str(file), verbosity=0)
    with zipfile.ZipFile(file) as archive:
        return dict(json.loads(archive.read("manifest.json"))["tables"])


def rewrite(file: Path, changed: dict[str, bytes]) -> Path:
    """A copy of the archive with other contents for the members given."""
    copy = file.with_name(f"changed-{file.name}")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
    return copy


@pytest.fixture
def saved(topic: Topic, tmp_path: Path) -> Path:
    file = tmp_path / "saved.zip"
    backup(file)
    return file


def test_restored_database_is_what_was_backed_up(topic: Topic, tmp_path: Path) -> None:
    before = backup(tmp_path / "before.zip")
    call_command("flush", interactive=False, verbosity=0)
    assert User.objects.count() == 0

    call_command("restore", str(tmp_path / "before.zip"), verbosity=0)

    assert backup(tmp_path / "after.zip") == before
    assert before["debates.Statement"]["rows"] == Statement.objects.count() == 5
    assert before["debates.Vote"]["rows"] == Vote.objects.count() == 3


def test_restored_site_goes_on(saved: Path, topic: Topic, alice: User) -> None:
    Topic.objects.all().delete()

    call_command("restore", str(saved), "--replace", verbosity=0)

    again = Topic.objects.get(pk=topic.pk)
    numbers = list(Change.objects.filter(topic=again).order_by("number").values_list("number", flat=True))
    added = again.add_claim("Written after the restore", by=alice)
    assert numbers == list(range(1, len(numbers) + 1))
    assert added.pk > 5
    assert [statement.text for statement in statements_matching("friday")] == ["Parents work on Fridays"]
    assert [statement.text for statement in statements_matching("written after")] == ["Written after the restore"]


def test_rows_that_came_after_the_backup_are_gone(saved: Path, topic: Topic, alice: User) -> None:
    topic.add_claim("Too late", by=alice)

    call_command("restore", str(saved), "--replace", verbosity=0)

    assert not Statement.objects.filter(text="Too late").exists()
    assert statements_matching("too late").count() == 0


def test_restore_refuses_to_overwrite(saved: Path, topic: Topic, alice: User) -> None:
    topic.add_claim("Not in the backup", by=alice)

    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(saved), verbosity=0)

    assert Statement.objects.filter(text="Not in the backup").exists()


def test_sessions_are_not_carried_over(topic: Topic, alice: User, tmp_path: Path) -> None:
    Client().force_login(alice)
    assert Session.objects.count() == 1
    file = tmp_path / "backup.zip"

    tables = backup(file)
    call_command("restore", str(file), "--replace", verbosity=0)

    assert "accounts.Session" not in tables
    assert Session.objects.count() == 0


def test_restore_forgets_the_cache(saved: Path) -> None:
    cache.set("limit-of-someone", 30)

    call_command("restore", str(saved), "--replace", verbosity=0)

    assert cache.get("limit-of-someone") is None


def test_every_table_of_the_site_is_in_the_backup(topic: Topic, tmp_path: Path) -> None:
    tables = backup(tmp_path / "backup.zip")

    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    kept = {model._meta.db_table for model in kept_tables()}
    left_out = {"accounts_session", "django_session", "django_migrations", "cache"}
    assert len(tables) == len(kept)
    assert {name for name in there - kept if "_fts" not in name} <= left_out


def damaged(saved: Path, label: str, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(saved) as archive:
        rows = archive.read(f"{label}.jsonl")
    assert old in rows
    return rewrite(saved, {f"{label}.jsonl": rows.replace(old, new)})


def test_altered_backup_is_refused(saved: Path) -> None:
    altered = damaged(saved, "debates.Statement", b"Sleep is longer", b"Sleep is shorter")

    with pytest.raises(CommandError, match=r"damaged: debates\.Statement"):
        call_command("restore", str(altered), "--replace", verbosity=0)

    assert Statement.objects.filter(text="Sleep is longer").exists()


def test_backup_that_breaks_off_is_refused(saved: Path) -> None:
    half = saved.with_name("half.zip")
    half.write_bytes(saved.read_bytes()[:2000])

    with pytest.raises(CommandError, match="cannot be read as a backup"):
        call_command("restore", str(half), "--replace", verbosity=0)


def test_other_zip_is_refused(tmp_path: Path, db: None) -> None:
    file = tmp_path / "holiday.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("beach.jpg", b"...")

    with pytest.raises(CommandError, match="no manifest"):
        call_command("restore", str(file), verbosity=0)


def with_manifest(saved: Path, **changes: Any) -> Path:
    with zipfile.ZipFile(saved) as archive:
        manifest = json.loads(archive.read("manifest.json")) | changes
    return rewrite(saved, {"manifest.json": json.dumps(manifest).encode()})


def test_backup_of_another_version_names_that_version(saved: Path) -> None:
    other = with_manifest(saved, version="9.9", migrations=[["debates", "0099_future"]])

    with pytest.raises(CommandError, match=r"made by Counterpoint 9\.9 .* restore it with that version"):
        call_command("restore", str(other), "--replace", verbosity=0)


def test_rows_the_database_refuses_change_nothing(saved: Path, topic: Topic, alice: User) -> None:
    topic.add_claim("Still here", by=alice)
    with zipfile.ZipFile(saved) as archive:
        tables = json.loads(archive.read("manifest.json"))["tables"]
    # A backup whose checksums are right and whose votes are of nobody: only the database can notice.
    tables["accounts.User"] |= {"rows": 0, "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
    orphans = rewrite(with_manifest(saved, tables=tables), {"accounts.User.jsonl": b""})

    with pytest.raises(CommandError, match="refused the rows"):
        call_command("restore", str(orphans), "--replace", verbosity=0)

    assert Statement.objects.filter(text="Still here").exists()
    assert User.objects.filter(username="alice").exists()


def test_database_of_an_older_version_is_left_alone(saved: Path) -> None:
    newest = MigrationRecorder(connection).migration_qs.order_by("-pk").first()
    assert newest is not None
    newest.delete()

    with pytest.raises(CommandError, match="older version"):
        call_command("restore", str(saved), "--replace", verbosity=0)

    MigrationRecorder(connection).record_applied(newest.app, newest.name)


def test_backup_is_for_its_owner_alone(saved: Path) -> None:
    assert saved.stat().st_mode & 0o777 == 0o600


def test_backup_that_fails_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No backup was written"):
        call_command("backup", str(tmp_path / "missing" / "backup.zip"), verbosity=0)

    assert list(tmp_path.iterdir()) == []
