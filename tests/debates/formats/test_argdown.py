"""Argdown as it is written: what we make of it ourselves, and what Argdown's own tools do."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings

from debates.formats.argdown import DEEPEST, names_of
from debates.formats.document import Document, Line, SourceCard
from debates.formats.features import kept
from debates.formats.registry import FORMATS
from debates.text import clean_line
from tests.debates.formats.conftest import Ask
from tests.debates.formats.documents import TRAPS, documents, full_document, shape, small_document

ARGDOWN = FORMATS["argdown"]


def test_write_names_claims_and_arguments_and_puts_the_rest_into_data() -> None:
    document = small_document()
    document.lines[1].sources = [SourceCard("Sleep {2020} x", "https://x.org//a")]
    document.lines[5].note = "Here too."

    assert ARGDOWN.write(document).decode() == (
        "===\n"
        'title: "School mornings"\n'
        'counterpoint: {"question":"When should school begin?","language":"en"}\n'
        "===\n\n"
        '# School mornings {"isGroup":false}\n\n'
        "[C1]: School should begin at nine.\n"
        '  + <A1>: Teenagers sleep late. {"sources":[{"title":"Sleep {2020\\u007d x","url":"https://x.org//a",'
        '"kind":"document"}]}\n'
        "    - <A2>: They sleep late by choice.\n"
        "  - <A3>: Parents begin at eight.\n\n"
        "[C2]: School should stay as it is.\n"
        '  + <A3> {"here":{"note":"Here too."}}\n'
    )


def test_write_escapes_what_argdown_would_read_as_more_than_words() -> None:
    document = Document(
        "1. *T*", lines=[Line("a", text="[x] a_b <y> {z} #t // c e.g. :smile: C:\\ == @include(f) 1. a.")]
    )

    assert ARGDOWN.write(document).decode().split("\n\n")[1:] == [
        '# 1. \\*T\\* {"isGroup":false}',
        "[C1]: \\[x] a\\_b \\<y> \\{z} \\#t \\// c e\\.g. \\:smile: C:\\\\ \\=\\= @include\\(f) 1. a.\n",
    ]


@settings(max_examples=60, deadline=None)
@given(documents(ARGDOWN.keeps))
def test_reading_gives_back_what_was_written(document: Document) -> None:
    draft = ARGDOWN.read(ARGDOWN.write(document))

    assert draft.notes == []
    assert shape(draft.document) == shape(document)


def test_reading_gives_back_every_trap() -> None:
    draft = ARGDOWN.read(ARGDOWN.write(trapped()))

    assert draft.notes == []
    assert shape(draft.document) == shape(trapped())


def test_reading_gives_back_a_document_with_everything() -> None:
    document = full_document()

    assert shape(ARGDOWN.read(ARGDOWN.write(document)).document) == shape(kept(document, ARGDOWN.keeps))


# -- what Argdown itself makes of it ---------------------------------------------------------------------------------


def examples(number: int) -> list[Document]:
    """Random documents, the same each time, so that many can be given to one start of Node."""
    found: list[Document] = []

    @settings(max_examples=number, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    @given(documents(ARGDOWN.keeps))
    def gather(document: Document) -> None:
        found.append(document)

    gather()
    return found


def trapped() -> Document:
    """Every trap as a claim, as an argument, and in the data of a link."""
    document = Document("Traps")
    for number, trap in enumerate(filter(None, map(clean_line, TRAPS))):
        claim, argument = f"c{number}", f"a{number}"
        document.lines += [
            Line(claim, text=trap),
            Line(argument, claim, "opposes", f"{trap} {trap}"),
            Line(f"l{number}", argument, "supports", refers_to="a0" if number else "c1", note=trap),
        ]
    return document


def deep(levels: int) -> Document:
    lines = [Line("0", text="0")]
    lines += [Line(str(at), str(at - 1), "supports" if at % 3 else "opposes", str(at)) for at in range(1, levels)]
    return Document("Deep", lines=lines)


def relations_of(document: Document) -> list[list[str]]:
    """As Argdown says them."""
    names = names_of(document)
    kinds = {"supports": "support", "opposes": "attack"}
    return sorted([names[line.id], kinds[line.stance], names[line.parent]] for line in document.lines if line.parent)


def words_of(document: Document, sort: str) -> list[list[Any]]:
    names = names_of(document)
    return sorted(
        [names[line.id], [line.text]] for line in document.lines if not line.is_link and names[line.id][0] == sort
    )


def test_argdown_finds_the_same_words_relations_and_data(ask_outside: Ask, tmp_path: Path) -> None:
    written = {f"{number}.argdown": document for number, document in enumerate(examples(60))}
    written |= {"traps.argdown": trapped(), "full.argdown": kept(full_document(), ARGDOWN.keeps)}
    written |= {"deep.argdown": deep(3 * DEEPEST), "none.argdown": Document("T", lines=[Line("1", text="One.")])}
    for file, document in written.items():
        (tmp_path / file).write_bytes(ARGDOWN.write(document))

    answers = ask_outside("argdown", tmp_path)

    assert set(answers) == set(written)
    for file, document in written.items():
        answer = answers[file]
        assert answer["errors"] == []
        assert sorted(answer["statements"]) == words_of(document, "C")
        assert sorted(answer["arguments"]) == words_of(document, "A")
        assert sorted(answer["relations"]) == relations_of(document)
        assert answer["frontMatter"]["title"] == document.title
        names = names_of(document)
        for line in document.lines:
            if line.sources and not line.is_link:
                assert [each["title"] for each in answer["data"][names[line.id]]["sources"]] == [
                    card.title for card in line.sources
                ]


def test_argdowns_command_line_takes_it(outside: Path, tmp_path: Path) -> None:
    for name, document in (("small", small_document()), ("full", full_document()), ("traps", trapped())):
        (tmp_path / f"{name}.argdown").write_bytes(ARGDOWN.write(document))

    command = [str(outside / "node_modules/.bin/argdown"), "json", "--throwExceptions", "--silent", "*.argdown", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)

    assert (done.returncode, done.stderr) == (0, "")
    for name, document in (("small", small_document()), ("full", full_document()), ("traps", trapped())):
        made = json.loads((tmp_path / f"out/{name}.json").read_text())
        found = sorted([each["from"], each["relationType"], each["to"]] for each in made["relations"])
        assert found == relations_of(document)
