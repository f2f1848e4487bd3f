"""AIF as AIFdb has it, and OVA, and corpora: the quirks of real files, and what is no AIF."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from debates.formats.aif_text import marked_text
from debates.formats.document import Document, Line
from debates.formats.drafts import Draft, NoteKind, Unreadable
from debates.formats.registry import FORMATS
from tests.debates.formats.graphs import graph, kinds, node, outline

AIF = FORMATS["aif"]


def read(content: object) -> Draft:
    return AIF.read(json.dumps(content).encode())


A, B, C = node("1", "Tea is good."), node("2", "It warms."), node("3", "It burns.")
RA, CA = node("8", "Default Inference", "RA"), node("9", "Default Conflict", "CA")


def test_read_takes_old_dumps_without_locutions() -> None:
    draft = read(graph([A, RA, B], [("2", "8"), ("8", "1")]))

    assert outline(draft) == ["Tea is good.", "  + It warms."]
    assert draft.notes == []


def test_read_takes_null_where_a_list_should_be() -> None:
    lists = ("locutions", "participants", "schemefulfillments", "descriptorfulfillments", "cqdescriptorfulfillments")
    draft = read(graph([A, CA, C], [("3", "9"), ("9", "1")]) | dict.fromkeys(lists))

    assert outline(draft) == ["Tea is good.", "  - It burns."]


def test_read_takes_numbers_as_ids_and_mixed() -> None:
    draft = read(graph([node(1, "Tea is good."), node(8, "", "ra"), node("2", "It warms.")], [(2, "8"), (8, "1")]))

    assert outline(draft) == ["Tea is good.", "  + It warms."]


def test_read_gives_an_empty_graph_as_one() -> None:
    draft = read(graph([], []))

    assert draft.document.lines == []
    assert [note.sentence for note in draft.notes] == ["The graph is empty."]


def test_read_keeps_linked_premises_together() -> None:
    draft = read(graph([A, B, C, RA], [("2", "8"), ("3", "8"), ("8", "1")]))

    assert outline(draft) == ["Tea is good.", "  + It warms.", "  + It burns."]
    assert [line.group for line in draft.document.lines] == [None, 1, 1]


def test_read_links_a_statement_with_several_conclusions() -> None:
    ra = node("7", "Default Inference", "RA")
    draft = read(graph([A, B, C, RA, ra], [("3", "8"), ("8", "1"), ("3", "7"), ("7", "2")]))

    assert outline(draft) == ["Tea is good.", "  + It burns.", "It warms.", "  + = It burns."]


def test_read_cuts_a_circle_and_says_so() -> None:
    draft = read(graph([A, B, RA, CA], [("2", "8"), ("8", "1"), ("1", "9"), ("9", "2")]))

    assert outline(draft) == ["Tea is good.", "  + It warms."]
    assert kinds(draft) == [NoteKind.CUT]


def test_read_cuts_what_bears_on_itself() -> None:
    draft = read(graph([A, RA], [("1", "8"), ("8", "1")]))

    assert outline(draft) == ["Tea is good."]
    assert kinds(draft) == [NoteKind.CUT]


def test_read_reports_schemes_and_edges_that_hang_in_the_air() -> None:
    draft = read(graph([A, B, RA, CA], [("2", "8"), ("9", "1"), ("2", "77"), ("8", "8")]))

    assert outline(draft) == ["Tea is good.", "It warms."]
    assert [note.sentence for note in draft.notes] == [
        "The scheme “8” lacks a premise or a conclusion.",
        "The scheme “9” lacks a premise or a conclusion.",
        "1 edges name a node that is not in the file.",
    ]


def test_read_puts_an_undercut_under_the_premise() -> None:
    draft = read(graph([A, B, C, RA, CA], [("2", "8"), ("8", "1"), ("3", "9"), ("9", "8")]))

    assert outline(draft) == ["Tea is good.", "  + It warms.", "    - It burns."]
    assert [note.sentence for note in draft.notes] == [
        "“9” bears on an inference: it stands under the premise of that."
    ]


def test_read_follows_an_undercut_of_an_undercut() -> None:
    other = [node("4", "Not if you wait."), node("7", "Default Conflict", "CA")]
    edges = [("2", "8"), ("8", "1"), ("3", "9"), ("9", "8"), ("4", "7"), ("7", "9")]
    draft = read(graph([A, B, C, RA, CA, *other], edges))

    assert outline(draft) == ["Tea is good.", "  + It warms.", "    - It burns.", "      - Not if you wait."]


def test_read_takes_two_conclusions_of_one_conflict_as_a_conflict_of_both() -> None:
    draft = read(graph([A, C, CA], [("9", "1"), ("9", "3")]))

    assert outline(draft) == ["Tea is good.", "  - = It burns.", "It burns.", "  - = Tea is good."]


def test_read_joins_statements_that_lack_a_scheme() -> None:
    draft = read(graph([A, B], [("2", "1")]))

    assert outline(draft) == ["Tea is good.", "  + It warms."]
    assert kinds(draft) == [NoteKind.REPAIRED]


def test_read_takes_a_rephrasing_as_because_and_leaves_preferences_out() -> None:
    nodes = [A, B, C, node("6", "Default Rephrase", "MA"), node("7", "Default Preference", "PA")]
    draft = read(graph(nodes, [("2", "6"), ("6", "1"), ("3", "7"), ("7", "1")]))

    assert outline(draft) == ["Tea is good.", "  + It warms.", "It burns."]
    assert kinds(draft) == [NoteKind.SKIPPED, NoteKind.REPAIRED]


def test_read_takes_the_author_from_who_is_speaking() -> None:
    dialogue = [
        node("20", "ANN : Tea is good.", "L"), node("21", "Asserting", "YA"),
        node("22", "Bob: it burns", "L"), node("23", "Asserting", "YA"),
        node("24", "Default Transition", "TA"), node("25", "Arguing", "YA"),
    ]  # fmt: skip
    edges = [("20", "21"), ("21", "1"), ("22", "23"), ("23", "3"), ("20", "24"), ("24", "22"), ("24", "25")]
    edges += [("25", "9"), ("3", "9"), ("9", "1")]
    locutions = [{"nodeID": "20", "personID": 7, "start": None}, {"nodeID": "99", "personID": "8"}]
    people = [{"participantID": "7", "firstname": "Ann", "surname": "Other"}] * 2
    draft = read(graph([A, C, CA, *dialogue], edges, locutions=locutions, participants=people))

    assert outline(draft) == ["Tea is good.", "  - It burns."]
    assert [line.author for line in draft.document.lines] == ["Ann Other", "Bob"]
    assert [note.sentence for note in draft.notes] == ["6 nodes of the dialogue are left out; who said what is kept."]


def test_read_takes_the_author_from_a_locution_on_the_statement() -> None:
    people = [{"participantID": 7, "firstname": "Ann", "surname": ""}]
    draft = read(graph([A], [], locutions=[{"nodeID": 1, "personID": "7"}], participants=people))

    assert draft.document.lines[0].author == "Ann"


def test_read_takes_the_date_of_a_node() -> None:
    draft = read(graph([node("1", "Tea.", timestamp="2012-04-12 17:22:00"), node("2", "No.", timestamp="soon")], []))

    assert [line.created for line in draft.document.lines] == [datetime(2012, 4, 12, 17, 22, tzinfo=UTC), None]


def test_read_repairs_entities_and_wrong_encodings() -> None:
    texts = ["Salt &amp; pepper", "It&#8217;s \r\n so ", "Itâ€™s fine", "Ã‰tÃ©", "Câ\u0080\u009dest", "Âge and â€œ"]
    draft = read(graph([node(number, text) for number, text in enumerate(texts, 1)], []))

    assert outline(draft) == ["Salt & pepper", "It’s so", "It’s fine", "Été", "C”est", "Âge and â€œ"]
    assert [note.sentence for note in draft.notes] == [
        "2 texts hold characters written as HTML, read as themselves.",
        "3 texts were in a wrong encoding: they are repaired.",
    ]


def test_read_leaves_words_of_our_own_files_as_they_are() -> None:
    document = Document("&amp;", lines=[Line("a", text="&lt;b&gt; Itâ€™s")])

    assert AIF.read(AIF.write(document)).document.lines[0].text == "&lt;b&gt; Itâ€™s"


def test_read_keeps_both_of_two_nodes_with_one_id() -> None:
    draft = read(graph([A, node("1", "Tea is bad."), B, RA, RA], [("2", "8"), ("8", "1")]))

    assert outline(draft) == ["Tea is good.", "  + It warms.", "Tea is bad."]
    assert kinds(draft) == [NoteKind.SKIPPED, NoteKind.REPAIRED]


def test_read_leaves_out_what_is_no_node() -> None:
    draft = read(graph([A, node(True, "no id"), {"type": "I"}, "x", node("5", "x", "EN")], []))  # type: ignore[list-item]

    assert outline(draft) == ["Tea is good."]
    assert [note.sentence for note in draft.notes] == [
        "2 nodes without an id are left out.",
        "1 nodes that neither state, infer nor contradict are left out.",
    ]


def test_read_takes_files_of_ova_2() -> None:
    nodes = [{"id": 1, "type": "I", "text": "Tea.", "x": 1}, {"id": 2, "type": "CA", "text": "", "x": 1},
             {"id": 3, "type": "I", "text": "No.", "x": 1}]  # fmt: skip
    edges = [{"from": {"id": 3}, "to": {"id": 2}}, {"from": {"id": 2}, "to": {"id": 1}}]
    draft = read({"nodes": nodes, "edges": edges, "analysis": {"txt": "All <b>of</b> it."}})

    assert outline(draft) == ["Tea.", "  - No."]
    assert [essay.text for essay in draft.document.essays] == ["All of it."]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[]", "must hold one JSON object"),
        ("{}", "“nodes” is missing"),
        ('{"nodes": {}, "edges": []}', "“nodes” is missing"),
        (
            '{"nodes": [{"id": "1", "type": "atom", "text": "Tea."}], "edges": []}',
            "No node of this file is",
        ),
        ('{"nodes": [{"nodeID": "1", "type": "L", "text": "Ann: Tea."}], "edges": []}', "No node of this file"),
        ('{"nodes": [', "only a part of it"),
        ('{"nodes": NaN}', "“NaN” is no value"),
        ('{"nodes": [], "nodes": []}', "occurs twice"),
        ('{"nodes": [{"text": "\\ud800"}]}', "no JSON"),
        ("[" * 1_000_000, "nested deeper"),
        ("", "The file is empty"),
    ],
)
def test_read_refuses_with_a_sentence(content: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        AIF.read(content.encode())


def test_read_takes_utf_16_and_a_mark() -> None:
    content = json.dumps(graph([node("1", "차는 좋다.")], []), ensure_ascii=False)

    for encoding in ("utf-8-sig", "utf-16"):
        assert outline(AIF.read(content.encode(encoding))) == ["차는 좋다."]


def test_marked_text_takes_a_tag_that_never_ends_in_linear_time() -> None:
    html = "<" + "a" * 200_000
    began = time.process_time()

    assert marked_text(html) == (html, {})
    assert time.process_time() - began < 10  # what is quadratic takes minutes
