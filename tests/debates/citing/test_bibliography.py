"""Reference lists as a teacher expects them, compared whole: an update of the processor may not alter them unseen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debates.citing.bibliography import Run, bibliography, citation
from debates.citing.cards import Card
from debates.citing.styles import Style
from debates.models import SourceMedium

BOOK = Card(
    "Thinking, fast & slow", "book", "Kahneman, Daniel", edition="2nd ed.", publisher="Farrar, Straus and Giroux",
    published="2011",
)  # fmt: skip
ARTICLE = Card(
    "Sleep and school start times", "article-journal", "Wheaton, Anne G.; Chapman, Daniel P.; Croft, Janet B.",
    "Journal of School Health", volume="86", issue="5", pages="363-381", published="May 2016", doi="10.1111/josh.12388",
)  # fmt: skip
PAGE = Card(
    "School bells", "webpage", container="Example", published="3 September 2024", url="https://example.org/bells",
    accessed="2026-11-25",
)  # fmt: skip
UNDATED = Card("Our bells", "webpage", url="https://example.org/our", accessed="25 November 2026")
NEWS = Card('Pupils\' "late" start', "article-newspaper", "Ryu, Min", "The Daily", pages="A3", published="2025-03-01")
VIDEO = Card(
    "A long day", "motion_picture", "Lee, Bong", publisher="YouTube", published="2019", url="https://v.example/1"
)
REPORT = Card("World report", "report", "World Health Organization", publisher="World Health Organization")
TWO = Card("In it", "chapter", "Abe, Bea; Cole, Dee", "The book", pages="1–9", publisher="P", published="2001")
KOREAN = Card("학교의 아침", "book", "김, 민수", publisher="창비", published="2020")
WILD = Card("A <b>bold</b> $5 {title} \\ *x*", "book", "A & B {Co}", published="Spring 1999", publisher="C$D")
ALL = [BOOK, ARTICLE, PAGE, UNDATED, NEWS, VIDEO, REPORT, TWO, KOREAN, WILD]

APA = """\
A & B {Co}. (Spring 1999). *A <b>bold</b> $5 {title} \\ *x**. C$D.
Abe, B., & Cole, D. (2001). In it. In *The book* (pp. 1–9). P.
Kahneman, D. (2011). *Thinking, fast & slow* (2nd ed.). Farrar, Straus and Giroux.
Lee, B. (2019). *A long day* [Video]. YouTube. https://v.example/1
*Our bells*. (n.d.). Retrieved November 25, 2026, from https://example.org/our
Ryu, M. (2025, March 1). Pupils' "late" start. *The Daily*, A3.
*School bells*. (2024, September 3). Example. https://example.org/bells
Wheaton, A. G., Chapman, D. P., & Croft, J. B. (2016). Sleep and school start times. *Journal of School Health*, \
*86*(5), 363–381. https://doi.org/10.1111/josh.12388
World Health Organization. (n.d.). *World report*.
김민수. (2020). *학교의 아침*. 창비."""
MLA = """\
A & B {Co}. *A <b>bold</b> $5 {Title} \\ *x**. C$D, Spring 1999.
Abe, Bea, and Dee Cole. “In It.” *The Book*, P, 2001, pp. 1–9.
Kahneman, Daniel. *Thinking, Fast & Slow*. 2nd ed., Farrar, Straus and Giroux, 2011.
Lee, Bong. *A Long Day*. YouTube, 2019, https://v.example/1.
*Our Bells*. https://example.org/our. Accessed 25 Nov. 2026.
Ryu, Min. “Pupils' "Late" Start.” *The Daily*, 1 Mar. 2025, p. A3.
“School Bells.” *Example*, 3 Sept. 2024, https://example.org/bells.
Wheaton, Anne G., et al. “Sleep and School Start Times.” *Journal of School Health*, vol. 86, no. 5, May 2016, \
pp. 363–81, https://doi.org/10.1111/josh.12388.
World Health Organization. *World Report*. World Health Organization.
김민수. *학교의 아침*. 창비, 2020."""
CHICAGO = """\
A & B {Co}. Spring 1999. *A <b>bold</b> $5 {Title} \\ *x**. C$D.
Abe, Bea, and Dee Cole. 2001. “In It.” In *The Book*. P.
Example. 2024. “School Bells.” September 3. https://example.org/bells.
Kahneman, Daniel. 2011. *Thinking, Fast & Slow*. 2nd ed. Farrar, Straus and Giroux.
Lee, Bong. 2019. *A Long Day*. YouTube. https://v.example/1.
“Our Bells.” n.d. Accessed November 25, 2026. https://example.org/our.
Ryu, Min. 2025. “Pupils' "Late" Start.” *The Daily*, March 1.
Wheaton, Anne G., Daniel P. Chapman, and Janet B. Croft. 2016. “Sleep and School Start Times.” *Journal of School \
Health* 86 (5): 363–81. https://doi.org/10.1111/josh.12388.
World Health Organization. n.d. *World Report*. World Health Organization.
김민수. 2020. *학교의 아침*. 창비."""
NOTES = """\
A & B {Co}. *A <b>bold</b> $5 {Title} \\ *x**. C$D, Spring 1999.
Abe, Bea, and Dee Cole. “In It.” In *The Book*. P, 2001.
Example. “School Bells.” September 3, 2024. https://example.org/bells.
Kahneman, Daniel. *Thinking, Fast & Slow*. 2nd ed. Farrar, Straus and Giroux, 2011.
Lee, Bong. *A Long Day*. YouTube, 2019. https://v.example/1.
“Our Bells.” Accessed November 25, 2026. https://example.org/our.
Ryu, Min. “Pupils' "Late" Start.” *The Daily*, March 1, 2025.
Wheaton, Anne G., Daniel P. Chapman, and Janet B. Croft. “Sleep and School Start Times.” *Journal of School Health* \
86, no. 5 (2016): 363–81. https://doi.org/10.1111/josh.12388.
World Health Organization. *World Report*. World Health Organization, n.d.
김민수. *학교의 아침*. 창비, 2020."""


def starred(runs: tuple[Run, ...]) -> str:
    """The runs with stars around what is in italics."""
    return "".join(f"*{run.text}*" if run.italic else run.text for run in runs)


@pytest.mark.parametrize(
    ("style", "wanted"), [("apa", APA), ("mla", MLA), ("chicago", CHICAGO), ("chicago-notes", NOTES)]
)
def test_list_is_as_the_style_asks(style: str, wanted: str) -> None:
    entries = bibliography(ALL, style)

    assert [starred(entry.runs) for entry in entries] == wanted.split("\n")
    assert all(entry.text == "".join(run.text for run in entry.runs) for entry in entries)


@pytest.mark.parametrize(
    ("card", "apa", "mla", "chicago"),
    [
        (BOOK, "(Kahneman, 2011)", "(Kahneman)", "(Kahneman 2011)"),
        (ARTICLE, "(Wheaton et al., 2016)", "(Wheaton et al.)", "(Wheaton et al. 2016)"),
        (TWO, "(Abe & Cole, 2001)", "(Abe and Cole)", "(Abe and Cole 2001)"),
        (PAGE, "(School Bells, 2024)", "(“School Bells”)", "(Example 2024)"),
        (
            REPORT,
            "(World Health Organization, n.d.)",
            "(World Health Organization)",
            "(World Health Organization, n.d.)",
        ),
        (KOREAN, "(김민수, 2020)", "(김민수)", "(김민수 2020)"),
        (WILD, "(A & B {Co}, Spring 1999)", "(A & B {Co})", "(A & B {Co} Spring 1999)"),
    ],
)
def test_text_cites_it(card: Card, apa: str, mla: str, chicago: str) -> None:
    assert [citation(card, style) for style in ("apa", "mla", "chicago")] == [apa, mla, chicago]


@pytest.mark.parametrize(
    ("locator", "apa", "mla", "chicago", "note"),
    [
        ("p. 5", "(Kahneman, 2011, p. 5)", "(Kahneman 5)", "(Kahneman 2011, 5)", " 2011), 5."),
        ("12-13", "(Kahneman, 2011, pp. 12–13)", "(Kahneman 12–13)", "(Kahneman 2011, 12–13)", " 2011), 12–13."),
        ("xi", "(Kahneman, 2011, p. xi)", "(Kahneman xi)", "(Kahneman 2011, xi)", " 2011), xi."),
        ("5쪽", "(Kahneman, 2011, p. 5)", "(Kahneman 5)", "(Kahneman 2011, 5)", " 2011), 5."),
        (
            "chapter 2",
            "(Kahneman, 2011, chapter 2)",
            "(Kahneman, chapter 2)",
            "(Kahneman 2011, chapter 2)",
            ", chapter 2.",
        ),
    ],
)
def test_citation_says_where(locator: str, apa: str, mla: str, chicago: str, note: str) -> None:
    [cited] = [BOOK.filled_from(Card(locator=locator))]

    assert [citation(cited, style) for style in ("apa", "mla", "chicago")] == [apa, mla, chicago]
    assert citation(cited, Style.NOTES).endswith(note)


def test_comma_stands_within_quotation_marks_and_before_an_address() -> None:
    assert citation(PAGE.filled_from(Card(locator="section 3")), "mla") == "(“School Bells,” section 3)"
    note = citation(UNDATED.filled_from(Card(locator="5")), "chicago-notes")
    assert note == "“Our Bells,” accessed November 25, 2026, 5, https://example.org/our."


def test_citation_has_its_italics() -> None:
    [entry] = bibliography([PAGE], "apa")

    assert entry.citation_runs("p. 2") == (Run("(", False), Run("School Bells", True), Run(", 2024, p. 2)", False))


def test_works_of_one_author_and_year_are_told_apart() -> None:
    entries = bibliography(
        [Card("B", "book", "Kim", published="2020"), Card("A", "book", "Kim", published="2020")], "apa"
    )

    assert sorted(entry.text[:12] for entry in entries) == ["Kim. (2020a)", "Kim. (2020b)"]
    assert {entry.citation() for entry in entries} == {"(Kim, 2020a)", "(Kim, 2020b)"}


def test_work_that_is_cited_twice_is_listed_once() -> None:
    [entry] = bibliography([BOOK, BOOK], "apa")

    assert entry.sources == [BOOK, BOOK]
    assert entry.citation() == "(Kahneman, 2011)"


def test_date_in_words_does_not_alter_numbers_elsewhere() -> None:
    entries = bibliography([Card("Year 9999", "book", "Kim 9998", published="Spring 1999")], "apa")

    assert [entry.text for entry in entries] == ["Kim 9998. (Spring 1999). Year 9999."]


def test_title_in_another_language_is_left_as_it_is() -> None:
    card = Card("Der Prozess gegen die Zeit", "book", "Kafka")

    assert bibliography([card], "mla", language="de")[0].text == "Kafka. Der Prozess gegen die Zeit."
    assert bibliography([card], "mla", language="en")[0].text == "Kafka. Der Prozess Gegen Die Zeit."
    assert bibliography([card], "mla", language="??")[0].text == "Kafka. Der Prozess Gegen Die Zeit."


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize("title", ["AMAs BTS AMAs", "iPhone and {AMAs}", "“McDonald” Has mRNA", "U.S. ÉNA Is $NASA"])
def test_capitals_within_a_word_stay(style: Style, title: str) -> None:
    [entry] = bibliography([Card(title, "book", "Kim")], style)

    assert title.casefold() in entry.text.casefold()
    assert all(word in entry.text for word in title.split() if not word.istitle() and word != "and")


def test_html_is_safe() -> None:
    card = Card("<script>alert(1)</script>", "webpage", '"><img>', url='https://example.org/"><b>')
    [entry] = bibliography([card], "apa")

    assert "<script" not in entry.html
    assert "<img" not in entry.html
    assert "<b>" not in entry.html
    assert '<a href="https://example.org/&quot;&gt;&lt;b&gt;"' in entry.html


def test_only_addresses_of_the_web_are_links() -> None:
    [entry] = bibliography([Card("T", "webpage", url="javascript:alert(1)")], "apa")

    assert "<a" not in entry.html


def test_markdown_says_what_was_typed() -> None:
    [entry] = bibliography([Card("*Stars* [and] _lines_", "book", "Kim", url="https://example.org/a_b")], "apa")

    assert entry.markdown == r"Kim. (n.d.). *\*Stars\* \[and\] \_lines\_*. <https://example.org/a_b>"


def test_address_stays_as_it_was_typed() -> None:
    [entry] = bibliography([Card("뉴스", "webpage", url="https://한국.kr/뉴스?q=가")], "apa")

    assert entry.text == "뉴스. (n.d.). https://한국.kr/뉴스?q=가"


def test_empty_list_is_empty() -> None:
    assert bibliography([], "apa") == []


_TEXT = st.text(alphabet="ab1 \\${}[]<>&#@*_`~'\"“”:;,.-–/=+|%!?()^é김א\u200d👍\u0300\x7f\x1f\ufffe\ud800", max_size=14)
_CARDS = st.builds(
    Card, title=_TEXT.map("T{}".format), medium=st.sampled_from(SourceMedium.values), author=_TEXT, container=_TEXT,
    volume=_TEXT, issue=_TEXT, pages=_TEXT, edition=_TEXT, publisher=_TEXT, published=_TEXT, url=_TEXT, doi=_TEXT,
    accessed=_TEXT, locator=_TEXT,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(_CARDS, min_size=1, max_size=3), st.sampled_from(list(Style)))
def test_whatever_is_typed_makes_a_list(cards: list[Card], style: Style) -> None:
    entries = bibliography(cards, style)

    assert sum(len(entry.sources) for entry in entries) == len(cards)
    assert all("T" in entry.text.upper() and entry.citation("p. 3") for entry in entries)
    assert not any("source.invalid" in entry.text or "10.5555" in entry.text for entry in entries)
