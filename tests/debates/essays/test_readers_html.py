"""Reading essays from web pages: the main part, no menus, no scripts, nothing hidden, nothing fetched."""

from __future__ import annotations

import pytest

from debates.essays.readers import read_file
from tests.debates.essays.reader_files import refused

PAGE = """<!DOCTYPE html>
<html lang="en"><head>
<meta name="citation_title" content="School mornings"><meta name="author" content="Ann Lee">
<meta name="author" content="Bo Kim"><meta property="article:author" content="https://example.org/ann">
<title>School mornings – The Paper</title>
<style>p { color: red }</style><script>document.write("<p>written</p>")</script></head>
<body onload="alert(1)">
<header><h1>The Paper</h1><nav><a href="/">Home</a></nav></header>
<div>Cookies?</div>
<main><article>
<header><h1>School
   mornings</h1></header>
<p>School <b>should</b> begin&nbsp;late &amp; <q>so</q> it is.<script>alert(1)</script>
<p hidden>Hidden.<p style="color: red; display: none">Unseen.<p class="sr-only">For readers.<p aria-hidden=true>Mark.
<h2>Why</h2>
<ul><li>sleep<li><p>buses</p><p>and trains</p><ul><li>cost</ul></ul>
<ol start=3 type=a><li>third<li>fourth</ol>
<blockquote><p>Quoted.</p></blockquote>
<p>A line<br>and another<br><br>and a paragraph.
<table><tr><th>Town<th>Start<tr><td>A<td>8:00</table>
<table><tr><td><p>A layout</p><p>of texts</p><td><h3>beside</h3></table>
<figure><img src="http://tracker.example/x.png" alt="clock"><figcaption>A clock.</figcaption></figure>
<pre>kept
  lines</pre>
</article><aside>Read also</aside></main>
<footer>Imprint</footer></body></html>"""

TEXT = """\
# School mornings

School should begin late & “so” it is.

## Why

- sleep

- buses

and trains

- cost

c) third

d) fourth

Quoted.

A line
and another

and a paragraph.

Town | Start

A | 8:00

A layout

of texts

### beside

A clock.

kept
lines"""


def test_page_becomes_the_text_of_its_main_part() -> None:
    file = read_file("page.html", PAGE.encode())
    assert file.text == TEXT
    assert (file.title, file.author, file.kind) == ("School mornings", "Ann Lee, Bo Kim", "html")
    assert file.notes == (
        "Only the main part of the page is read.",
        "Left out: 1 picture.",
        "1 table is read as text, a row to a paragraph.",
    )


def test_page_without_a_main_part_is_read_whole() -> None:
    page = b"<title>The Paper</title><p>One.<article>Two.</article><p>" + b"Three. " * 9
    assert read_file("page.html", page).text == "One.\n\nTwo.\n\n" + ("Three. " * 9).strip()
    assert read_file("page.html", page).title == "The Paper"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("cp949", '<meta charset="euc-kr">'),
        ("cp949", '<meta http-equiv="Content-Type" content="text/html; charset=ks_c_5601-1987">'),
        ("utf-8", '<?xml version="1.0" encoding="utf-8"?>'),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("cp949", ""),
    ],
)
def test_page_is_read_in_the_encoding_that_it_names_or_that_fits(encoding: str, said: str) -> None:
    words = "학교 교복은 필요하다. 학생들이 평등하게 느끼기 때문이다."
    assert read_file("page.html", f"{said}<html><p>{words}".encode(encoding)).text == words


@pytest.mark.parametrize("element", ["div", "table><tr><td", "ul><li", "article", "b", "blockquote", "svg><p"])
def test_hundred_thousand_elements_within_each_other_are_read(element: str) -> None:
    depth = 100_000 // (element.count("<") + 1)
    page = f"<html><p>Words.</p>{f'<{element}>' * depth}<p>Deep."
    assert read_file("page.html", page.encode()).text.startswith("Words.")


def test_articles_within_each_other_take_no_longer_than_others() -> None:
    page = read_file("page.html", b"<html>" + b"<article>x<table><tr><td>y" * 10_000)
    assert page.text.startswith("x\n\ny\n\nx")


def test_page_of_too_many_elements_is_refused() -> None:
    assert refused("page.html", b"<html>" + b"<b>" * 300_000).startswith(
        "This page has more in it than this site reads."
    )


@pytest.mark.parametrize(
    "page", [b"<html><p>Words. <!-- " + b"x" * 900_000, b"<html><p " + b"a=b " * 200_000 + b">Words.",
             b"<html><p>Words.<script>" + b"<script>" * 90_000, b"<html><p>Words.<style>" + b"</" * 400_000]
)  # fmt: skip
def test_page_that_is_not_ended_is_read_as_far_as_it_goes(page: bytes) -> None:
    assert read_file("page.html", page).text == "Words."


def test_page_of_too_many_words_is_refused() -> None:
    assert refused("page.html", b"<html>" + b"word " * 500_000).startswith("This page has more in it")


def test_page_without_text_is_refused() -> None:
    assert refused("page.html", b"<html><script>var words</script>").startswith("There is no text in this.")
