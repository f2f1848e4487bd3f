"""Documents for the tests of formats: random ones, one that holds everything, and how two are compared."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from debates.formats.document import Ballot, Document, Line, Remark, SourceCard, Span, Text, reading_order
from debates.formats.features import ALL, GONE_TEXT, Feature
from debates.text import clean_line, clean_text

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

TEXT_LENGTH = 120
# What some format takes for something else than words.
TRAPS = (
    "-> See 1.1.", "-> See discussion #12: Cats", "1.1. Pro:", "1.2. Con: -> See 1.1.", "1. Thesis:", "Sources:", "[1]",
    "[2] and [1].", "[12] https://x.org", "=cmd", "=1+1", "+1", "-1", "@here", "#", "# heading", "#tag", "#(a tag)",
    "* star *", "a*b*c", "_", "a_b_c", "\\", "\\\\ \\n \\", "`code`", "```", "end", "end end", '"', "'", '"quoted"',
    "</text>", "<b>bold</b>", "<x>", "<!-- no comment -->", "&amp; &lt; &#65;", "&", "<A1>: it", "[C1]: it", "[C1]",
    "@[C1] @<A1>", "[a](https://x.org)", "https://x.org/a_(b)?c=d&e=f#g", "// comment", "/* x */", "{x: 1}", "} x {",
    '{"a": "}"}', "===", "---", "--", "----", "(1) one", "1. one", "+ a", "- a", "_ a", "+> a", "<- a", ">< a",
    ":smile:", ".x.", "Pro: yes", "Con: no", "Because it rains", "But it does not", "a|b|c", "a,b;c", "tab\tinside",
    "%%", "$1", "${x}", "{{ x }}", "{% x %}", "%(x)s", "]]>", "--", "NaN", "null", "0", "007", "1e5",
    "@include(x.argdown)", "group", "[taken", "no text]", "~~x~~", "> quote", "1) one", "\N{ZERO WIDTH JOINER}",
)  # fmt: skip
WORDS = (
    "Schools", "should open later", "because", "잠을 더 자면", "성적이 오른다", "النوم مهم", "للطلاب", "é", "naïve",
    "😀", "👩‍👩‍👧", "🇰🇷", "“curly”", "…", "–", "日本語", "שלום", "ß", "x", "100 %", "e.g.", "C++", "A.", "why?",
)  # fmt: skip
ADDRESSES = (
    "https://example.org/", "http://example.org/a_(b)?c=d&e=f#g", "https://example.org/%EA%B0%80~x;y=1,2/", "https://x.org/*_*",
    "https://example.org:8080/a//b/@c/{d}", "https://en.example.org/wiki/[x]_'y'",
)  # fmt: skip
LANGUAGES = ("en", "ko", "ar", "de")
MEDIA = ("document", "webpage", "book", "article-journal", "motion_picture")
CARD_LINES = (
    "author", "publisher", "published", "locator", "container", "volume", "issue", "pages", "edition", "doi",
    "accessed",
)  # fmt: skip
KINDS = ("document", "data", "expert", "example", "experience")
_ANY = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"])
_PIECES = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(WORDS), st.sampled_from(TRAPS), st.text(_ANY, min_size=1, max_size=12)
)
START = datetime(2024, 2, 29, 23, 59, 58, tzinfo=UTC)


# -- random documents ------------------------------------------------------------------------------------------------


def _stable(text: str, limit: int) -> str:
    """`text` as cleaning leaves it, within the limit, on one line."""
    for _round in range(4):
        text = clean_line(text)[:limit]
    return text


@cache
def texts(limit: int = TEXT_LENGTH) -> st.SearchStrategy[str]:
    """Sentences: words of many writings, and what formats use as signs. Cleaned, never empty."""
    pieces = st.lists(_PIECES, min_size=1, max_size=5).map(lambda found: _stable(" ".join(found), limit))
    return pieces.filter(lambda text: bool(text) and clean_line(text) == text and text != GONE_TEXT)


@cache
def paragraphs() -> st.SearchStrategy[str]:
    """Notes and backgrounds: several lines, some of them blank."""
    lines = st.lists(st.one_of(texts(60), st.just("")), min_size=1, max_size=4).map("\n".join).map(clean_text)
    return lines.filter(lambda text: bool(text) and clean_text(text) == text)


@st.composite
def documents(draw: DrawFn, keeps: frozenset[Feature] = ALL, *, max_lines: int = 12) -> Document:
    """A document that settling and mending leave as it is, with what a format that `keeps` these can hold."""
    document = Document(title=draw(texts(60)))
    if Feature.QUESTION in keeps:
        document.question = draw(st.one_of(st.just(""), texts(80)))
    if Feature.BACKGROUND in keeps:
        document.background = draw(st.one_of(st.just(""), paragraphs()))
    if Feature.LANGUAGE in keeps:
        document.language = draw(st.sampled_from(LANGUAGES))
    if Feature.ESSAYS in keeps:
        document.essays = draw(_essays())
    lines: list[Line] = []
    for number in range(draw(st.integers(1, max_lines))):
        lines.append(draw(_placed(lines, number)))
    if Feature.LINKS in keeps:
        _add_links(draw, lines)
    document.lines = reading_order(lines)
    if Feature.GROUPS in keeps:
        _group(draw, document)
    for line in document.lines:
        _fill(draw, line, keeps, document.essays)
    return document


_STANCES = st.sampled_from(["supports", "opposes"])


@st.composite
def _placed(draw: DrawFn, lines: list[Line], number: int) -> Line:
    parent = draw(st.sampled_from([None, *lines, *lines[-1:]])) if lines else None
    stance = draw(_STANCES) if parent else ""
    return Line(id=f"s{number}", parent=parent.id if parent else None, stance=stance, text=draw(texts()))


def _add_links(draw: DrawFn, lines: list[Line]) -> None:
    """Up to three links: each to a line that is not above it and stands not yet in its place."""
    above = {line.id: line.parent for line in lines}
    taken = {(line.id, line.parent) for line in lines}
    words = list(lines)
    for number in range(draw(st.integers(0, 3))):
        target, parent = draw(st.sampled_from(words)), draw(st.sampled_from(words))
        at: str | None = parent.id
        while at is not None and at != target.id:
            at = above[at]
        if at is None and (target.id, parent.id) not in taken:
            taken.add((target.id, parent.id))
            stance = draw(_STANCES)
            place = draw(st.integers(0, len(lines)))
            lines.insert(place, Line(id=f"l{number}", parent=parent.id, stance=stance, refers_to=target.id))


def _group(draw: DrawFn, document: Document) -> None:
    """Let neighbours of one stance stand together, some of the time."""
    number = 0
    for parent, siblings in document.below().items():
        if parent is None:
            continue
        for stance in ("supports", "opposes"):
            members = [line for line in siblings if line.stance == stance]
            if len(members) > 1 and draw(st.booleans()):
                number += 1
                for line in members[: draw(st.integers(2, len(members)))]:
                    line.group = number


_BIT = {feature: at for at, feature in enumerate(Feature)}
_CHOICE = st.integers(0, 2 ** len(Feature) - 1)
_SECONDS, _VERSIONS = st.integers(0, 10**7), st.integers(2, 99)
_TALLIES = st.lists(st.integers(0, 40), min_size=5, max_size=5).filter(any)


def _fill(draw: DrawFn, line: Line, keeps: frozenset[Feature], essays: list[Text]) -> None:
    """Everything optional of a line, each in about one line of four."""
    # One draw each rather than one for every feature: drawing is what costs.
    chosen = draw(_CHOICE) & draw(_CHOICE)

    def some(feature: Feature) -> bool:
        return feature in keeps and bool(chosen >> _BIT[feature] & 1)

    if some(Feature.TAKEN_BACK):
        line.status = draw(st.sampled_from(["withdrawn", "removed"]))
        line.text = "" if line.is_link else GONE_TEXT
    if some(Feature.NOTES):
        line.note = draw(paragraphs())
    if some(Feature.AUTHORS):
        line.author = draw(texts(40))
    if some(Feature.DATES):
        line.created = START + timedelta(seconds=draw(_SECONDS))
        line.updated = line.created + timedelta(seconds=draw(_SECONDS))
    if some(Feature.VERSIONS):
        line.version = draw(_VERSIONS)
    if some(Feature.SOURCES):
        line.sources = draw(_sources(details=Feature.SOURCE_DETAILS in keeps))
    if some(Feature.TALLIES):
        line.tally = tuple(draw(_TALLIES))
    if some(Feature.BALLOTS):
        line.ballots = [Ballot(f"v{number}", draw(st.integers(0, 4))) for number in range(draw(st.integers(1, 3)))]
    if some(Feature.COMMENTS):
        line.comments = draw(_remarks(line.id))
    if essays and some(Feature.ESSAYS):
        line.passages = [draw(_spans(draw(st.sampled_from(essays))))]


@cache
def _sources(*, details: bool) -> st.SearchStrategy[list[SourceCard]]:
    empty, short = st.just(""), texts(30)
    fields = {
        "title": texts(80),
        "url": st.one_of(empty, st.sampled_from(ADDRESSES)),
        "quotation": st.one_of(empty, paragraphs()),
    }
    if details:
        fields["kind"] = st.sampled_from(KINDS)
        fields["medium"] = st.sampled_from(MEDIA)
        fields |= {name: st.one_of(empty, short) for name in CARD_LINES}
    return st.lists(st.builds(SourceCard, **fields), min_size=1, max_size=2)


@st.composite
def _remarks(draw: DrawFn, line: str) -> list[Remark]:
    first = Remark(f"{line}-1", draw(paragraphs()), draw(st.sampled_from(["comment", "question"])), created=START)
    if draw(st.booleans()):
        return [first]
    answer = Remark(f"{line}-2", draw(texts()), author=draw(texts(40)), reply_to=first.id)
    return [first, answer]


_FROM = st.sampled_from(["", "The Daily Post, 3 May 2026"])


@st.composite
def _essays(draw: DrawFn) -> list[Text]:
    count = draw(st.integers(0, 2))
    return [
        Text(f"e{n}", draw(texts(40)), draw(paragraphs()), draw(st.sampled_from(["", "Ada"])), draw(_FROM))
        for n in range(count)
    ]


@st.composite
def _spans(draw: DrawFn, essay: Text) -> Span:
    if draw(st.integers(0, 3)) == 3:
        start = draw(st.integers(0, 500))
        return Span(essay.id, start, start + draw(st.integers(1, 80)), draw(paragraphs()), lost=True)
    start = draw(st.integers(0, len(essay.text) - 1))
    end = draw(st.integers(start + 1, len(essay.text)))
    return Span(essay.id, start, end, essay.text[start:end])


def mutated(content: bytes, data: st.DataObject) -> bytes:
    """A valid file with some of its bytes left out, repeated, exchanged or added."""
    for _change in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = min(len(content), start + data.draw(st.integers(0, 40)))
        pieces = [b"", content[start:end] * 2, b"\xff", b"\n", b"[", b"}", b"<", b'"', b"-1", b"x"]
        piece = data.draw(st.sampled_from(pieces))
        content = content[:start] + piece + content[end:]
    return content


# -- comparing -------------------------------------------------------------------------------------------------------


def shape(document: Document) -> tuple[Any, ...]:
    """Everything that `document` says, without the names that a format makes up: ids, numbers of groups, `at`."""
    place = {line.id: number for number, line in enumerate(document.lines)}
    essays = {essay.id: number for number, essay in enumerate(document.essays)}
    groups: defaultdict[str | None, dict[int, int]] = defaultdict(dict)
    lines = []
    for line in document.lines:
        known = groups[line.parent]
        group = None if line.group is None else known.setdefault(line.group, len(known) + 1)
        lines.append(
            (
                None if line.parent is None else place[line.parent],
                line.stance, line.text, line.note,
                None if line.refers_to is None else place[line.refers_to],
                group, line.status, line.author, line.created, line.updated, line.version,
                tuple(_card_shape(card) for card in line.sources),
                tuple((essays[span.essay], span.start, span.end, span.quote, span.lost) for span in line.passages),
                _remarks_shape(line.comments),
                line.tally,
                tuple((ballot.voter, ballot.value) for ballot in line.ballots),
            )
        )  # fmt: skip
    head = (document.title, document.question, document.background, document.language)
    return (*head, tuple((each.title, each.text, each.author, each.source) for each in document.essays), tuple(lines))


def _card_shape(card: SourceCard) -> tuple[str, ...]:
    return astuple(card)


def _remarks_shape(remarks: list[Remark]) -> tuple[tuple[Any, ...], ...]:
    place = {remark.id: number for number, remark in enumerate(remarks)}
    return tuple(
        (each.text, each.kind, each.author, each.created, None if each.reply_to is None else place[each.reply_to])
        for each in remarks
    )


# -- one with everything ---------------------------------------------------------------------------------------------


def small_document() -> Document:
    """Two claims, arguments on three levels and a link: the tree of most literal tests."""
    return Document(
        title="School mornings",
        question="When should school begin?",
        lines=[
            Line("1", text="School should begin at nine."),
            Line("2", "1", "supports", "Teenagers sleep late."),
            Line("3", "2", "opposes", "They sleep late by choice."),
            Line("4", "1", "opposes", "Parents begin at eight."),
            Line("5", text="School should stay as it is."),
            Line("6", "5", "supports", refers_to="4"),
        ],
    )


def full_document() -> Document:
    """The small one with everything that a topic can hold."""
    document = small_document()
    document.background, document.language = "The council decides in May.\n\nIt asks for reasons.", "ko"
    document.essays = [Text("e", "Sleep", "Teenagers need nine hours.", "Ada", "School paper, 2026")]
    claim, because, but, parents, _stay, link = document.lines
    claim.note, claim.tally, claim.version = "Nine sharp.\n\nEvery day.", (1, 0, 2, 0, 5), 3
    claim.ballots = [Ballot("1", 4), Ballot("2", 2)]
    claim.author, claim.created, claim.updated = "Azure Heron", START, START + timedelta(days=1)
    because.group = 1
    document.lines.insert(3, Line("7", "1", "supports", "Who sleeps late is tired at eight.", group=1))
    because.sources = [
        SourceCard(
            "Sleep and school", "https://example.org/sleep_(2020)", "Nine hours.\n\nNot eight.", "data", "A. Author",
            "A Press", "2020", "p. 12",
        )
    ]  # fmt: skip
    because.passages = [Span("e", 0, 20, "Teenagers need nine "), Span("e", 4, 9, "They sleep.", lost=True)]
    but.comments = [
        Remark("c", "Is it a choice?", "question", "Green Otter", START),
        Remark("d", "It is.", reply_to="c"),
    ]
    parents.status, parents.text = "withdrawn", GONE_TEXT
    link.note = "Here too."
    return document
