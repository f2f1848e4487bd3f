"""`manage.py export_topic` and `import_topic`, as an operator calls them."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from debates.formats.registry import FORMATS
from debates.models import Topic
from tests.debates.formats.documents import full_document
from tests.factories import make_topic, make_tree

pytestmark = pytest.mark.django_db


def called(command: str, *arguments: str) -> tuple[str, str]:
    out, errors = StringIO(), StringIO()
    call_command(command, *arguments, stdout=out, stderr=errors)
    return out.getvalue(), errors.getvalue()


def test_topic_goes_out_and_comes_back(alice: User, tmp_path: Path) -> None:
    topic = make_topic(alice)
    make_tree(topic, alice, "A claim\n  + because\n  - but")
    file = tmp_path / "topic.json"

    said, _errors = called("export_topic", topic.slug, "--output", str(file), "--history")
    called("import_topic", str(file), "--owner", "alice", "--title", "Again")

    assert f"Wrote {file}" in said
    assert next(row["verb"] for row in json.loads(file.read_bytes())["changes"]) == "topic-created"
    again = Topic.objects.get(title="Again")
    assert list(again.statements.order_by("depth", "position").values_list("text", "stance")) == [
        ("A claim", ""), ("because", "supports"), ("but", "opposes"),
    ]  # fmt: skip


def test_export_says_what_is_left_out(alice: User, tmp_path: Path) -> None:
    topic = make_topic(alice)
    make_tree(topic, alice, "A claim\n  + because")

    _said, errors = called("export_topic", topic.slug, "--format", "apx", "--output", str(tmp_path / "topic.apx"))

    assert "What 1 argument supports is left out" in errors


def test_import_says_what_it_did_not_take_as_it_stands_and_a_preview_makes_nothing(alice: User, tmp_path: Path) -> None:
    file = tmp_path / "map.json"
    document = full_document()
    document.lines[1].stance = "sideways"
    file.write_bytes(FORMATS["json"].write(document))

    said, errors = called("import_topic", str(file), "--owner", "alice", "--preview")

    assert "7 lines, 2 of them claims." in said
    assert "1 repaired" in said
    assert "which way it points" in errors
    assert not Topic.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["export_topic", "nothing"], "There is no topic “nothing”"),
        (["import_topic", "missing.json", "--owner", "alice"], "cannot be read"),
        (["import_topic", "missing.json", "--owner", "nobody"], "no account “nobody”"),
    ],
)
def test_commands_say_in_one_sentence_what_is_wrong(alice: User, arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        called(*arguments)


def test_import_of_a_broken_file_names_the_line_and_makes_nothing(alice: User, tmp_path: Path) -> None:
    file = tmp_path / "map.json"
    file.write_text('{"format": "counterpoint",\n "version": ')

    with pytest.raises(CommandError, match="line 2: This is no JSON"):
        called("import_topic", str(file), "--owner", "alice", "--format", "json")

    assert not Topic.objects.exists()
