"""The page that reads offline: whole, escaped, and with a structure to hear."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings

from debates.formats.document import Document, Line, SourceCard
from debates.formats.features import kept
from debates.formats.outline import outline_of
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, full_document

if TYPE_CHECKING:
    from collections.abc import Iterator

HTML = FORMATS["html"]


def parsed(document: Document) -> Element:
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root: Element = parser.parse(HTML.write(document).decode())
    assert parser.errors == []
    return root


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def by_id(root: Element, identity: str) -> Element:
    (found,) = (each for each in root.iter() if each.get("id") == identity)
    return found


def lines_in(root: Element) -> Iterator[Element]:
    return (each for each in root.iter() if (each.get("id") or "").startswith("s-"))


def test_page_says_its_language_title_and_headings() -> None:
    root = parsed(full_document())

    assert (root.get("lang"), root.get("dir")) == ("ko", "ltr")
    assert [text_of(each) for each in root.iter("title")] == ["School mornings"]
    assert [text_of(each) for each in root.iter() if each.tag in {"h1", "h2", "h3"}] == [
        "School mornings", "1 School should begin at nine.", "2 School should stay as it is.", "Sources",
    ]  # fmt: skip
    assert len(list(root.iter("main"))) == 1


def test_page_runs_from_right_to_left_where_its_language_does() -> None:
    assert parsed(Document(title="T", language="fa-IR")).get("dir") == "rtl"


def test_page_nests_arguments_in_their_branches() -> None:
    root = parsed(full_document())
    branch = next(each for each in root.iter("details") if text_of(each).startswith("1.1 "))

    assert text_of(by_id(root, "s-1.1.1")) == "1.1.1 But They sleep late by choice."
    assert by_id(root, "s-1.1.1") in list(branch.iter())
    assert by_id(root, "s-1.2") not in list(branch.iter())


def test_page_leads_from_a_link_to_its_target_and_from_a_mark_to_its_source() -> None:
    root = parsed(full_document())
    anchors = {each.get("id") for each in root.iter()}
    inner = [each.get("href", "") for each in root.iter("a") if each.get("href", "").startswith("#")]

    assert sorted(inner) == ["#s-1.3", "#source-1"]
    assert {href[1:] for href in inner} <= anchors


def test_page_has_no_control_within_a_control() -> None:
    assert [each for summary in parsed(full_document()).iter("summary") for each in summary.iter("a")] == []


def test_page_shows_votes_authors_dates_notes_and_sources() -> None:
    text = text_of(parsed(full_document()))

    assert "Azure Heron · Feb. 29, 2024 · 8 votes, on average 3.0 of 4 Nine sharp. Every day." in text
    assert (
        "A. Author. Sleep and school. A Press. 2020. p. 12. Data https://example.org/sleep_(2020) Nine hours." in text
    )


def test_page_needs_nothing_else() -> None:
    root = parsed(full_document())
    text = HTML.write(full_document()).decode()

    assert {each.tag for each in root.iter()} & {"script", "link", "img", "iframe", "form", "object", "base"} == set()
    assert [
        each for each in root.iter() if any(name.startswith("on") or name in {"src", "style"} for name in each.attrib)
    ] == []
    assert "@import" not in text
    assert "url(" not in text
    assert "default-src 'none'" in text


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//x.org", "https://x.org/\"onclick='x"]
)
def test_page_links_to_the_web_alone(address: str) -> None:
    attack = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    card = SourceCard(attack, address, attack, author=attack)
    lines = [Line("1", text=attack, note=f"{attack}\n\n[x]({address})", author=attack, sources=[card])]
    root = parsed(Document(title=attack, question=attack, background=attack, language='"><script>', lines=lines))

    assert [each.tag for each in root.iter() if each.tag in {"script", "img"}] == []
    assert {(each.get("href") or "").partition(":")[0] for each in root.iter("a")} <= {"https", "#source-1", ""}
    assert text_of(by_id(root, "s-1")) == "1 " + attack


@settings(max_examples=20)
@given(documents(HTML.keeps))
def test_page_has_every_line_in_order(document: Document) -> None:
    entries = outline_of(kept(document, HTML.keeps)).entries
    root = parsed(document)

    assert [text_of(each) for each in lines_in(root)] == [
        " ".join(f"{entry.number} {entry.word} {entry.text}".split()) for entry in entries
    ]
    assert len({each.get("id") for each in root.iter() if each.get("id")}) == sum(
        bool(each.get("id")) for each in root.iter()
    )


def test_page_holds_fifty_levels() -> None:
    lines = [Line("0", text="Claim")] + [Line(str(at), str(at - 1), "opposes", f"But {at}") for at in range(1, 51)]

    assert len(list(lines_in(parsed(Document(title="Deep", lines=lines))))) == 51
