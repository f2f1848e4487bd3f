"""Markdown to the text it means: headings stay, and what else it marks becomes plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from debates.essays.readers import html
from debates.essays.readers.encodings import decoded
from debates.essays.readers.essay_file import Found, refuse
from debates.essays.readers.flow import Flow
from debates.essays.readers.pieces import BULLET, Piece, heading_of, item, joined, left_out, number, tables_kept

if TYPE_CHECKING:
    from markdown_it.token import Token

# A list takes two levels: twenty lists within each other.
_MOST_NESTED = 40
_MOST_NESTED_INLINE = 20
# A longer paragraph is taken as it is: the parser may take quadratic time.
_LONGEST = 20_000
_MOST_CHARACTERS = 500_000
_MOST_LINES = 50_000
_FRONT = re.compile(r"---[ ]*\n(.{0,10000}?\n)?(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL)
_YAML_LINE = re.compile(r"\s*$|[\w-]+:(?:\s|$)|[ \t]|- |#|[\]}]")
_YAML_NAME = re.compile(r"(title|authors?|subtitle|[\w-]+):\s*(.*)$", re.IGNORECASE)
_YAML_ITEM = re.compile(r"\s*-\s+(?:name:\s*)?(.+)$")
_FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\]\s]{1,60}\]:.*(?:\n(?: {2,}|\t).*)*", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,60}\]")
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def read(data: bytes) -> Found:
    """The text of a .md file (CommonMark with tables), its title and author from the YAML above it, or its heading."""
    source, note = decoded(data)
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    if len(source) > _MOST_CHARACTERS or source.count("\n") > _MOST_LINES:
        refuse(_("This Markdown file is too long to be read. Split it into several texts."))
    front = _front(source)
    found = _Reading().run(source[front[0] :])
    found.title = front[1].get("title", "") or found.title
    found.author = front[1].get("author", "")
    found.notes = (note, *found.notes)
    return found


def _front(source: str) -> tuple[int, dict[str, str]]:
    """Where the text begins behind the YAML above it, and the title and author that the YAML names.

    It is read line by line: a reader of all of YAML can be made to expand a few lines to gigabytes.
    """
    front = _FRONT.match(source)
    lines = (front[1] or "").splitlines() if front else []
    if front is None or not all(_YAML_LINE.match(line) for line in lines):
        return 0, {}
    named: dict[str, list[str]] = {}
    last: list[str] = []
    for line in lines:
        if found := _YAML_NAME.match(line):
            last = named.setdefault(found[1].lower().rstrip("s"), [])
            last += [each for each in map(_unquoted, found[2].strip("[] ").split(",")) if each]
        elif found := _YAML_ITEM.match(line):
            last += [_unquoted(found[1])]
    return front.end(), {name: ", ".join(words) for name, words in named.items()}


def _unquoted(words: str) -> str:
    return words.strip().strip("\"'").strip()


class _Reading:
    """The blocks of a file while they become pieces."""

    def __init__(self) -> None:
        self.markdown = MarkdownIt("commonmark", {"maxNesting": _MOST_NESTED}).enable(["strikethrough", "table"])
        self.markdown.disable("inline")
        self.env: dict[str, Any] = {}
        self.flow = Flow()
        self.lists: list[int | None] = []  # the number of the next item in each open list, None without numbers
        self.marker = ""
        self.heading = 0
        self.pictures = self.footnotes = 0

    def run(self, source: str) -> Found:
        source, self.footnotes = _FOOTNOTE.subn("", source)
        tokens = self.markdown.parse(source, self.env)
        self.markdown.options["maxNesting"] = _MOST_NESTED_INLINE
        if any(token.level >= _MOST_NESTED - 1 for token in tokens):
            refuse(_("Lists and quotations in this file are nested deeper than this site reads."))
        for token in tokens:
            self._take(token)
        notes = (left_out(pictures=self.pictures, footnotes=self.footnotes), tables_kept(self.flow.tables))
        return Found(joined(self.flow.pieces), title=heading_of(self.flow.pieces), notes=notes)

    def _take(self, token: Token) -> None:
        match token.type:
            case "heading_open":
                self.heading = int(token.tag[1])
            case "inline":
                self._say(self._plain(token.content))
            case "bullet_list_open":
                self.lists.append(None)
            case "ordered_list_open":
                self.lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self._begin_item()
            case "fence" | "code_block":
                self._say(token.content.rstrip("\n"))
            case "html_block":
                self._take_html(token.content)
            case _:
                self._take_table(token.type)

    def _begin_item(self) -> None:
        next_number = self.lists[-1]
        self.marker = BULLET if next_number is None else number(next_number, "decimal")
        if next_number is not None:
            self.lists[-1] = next_number + 1

    def _take_html(self, source: str) -> None:
        found = html.pieces_of(source)
        self.flow.pieces += found.flow.pieces
        self.pictures += found.pictures

    def _take_table(self, kind: str) -> None:
        match kind:
            case "table_open":
                self.flow.begin_table()
            case "tr_open":
                self.flow.begin_row()
            case "th_open" | "td_open":
                self.flow.begin_cell()
            case "th_close" | "td_close":
                self.flow.end_cell()
            case "tr_close":
                self.flow.end_row()
            case "table_close":
                self.flow.end_table()

    def _say(self, text: str) -> None:
        marked = item(self.marker, text) if self.marker and not self.heading else text
        self.flow.add(Piece(marked, self.heading))
        self.marker, self.heading = "", 0

    def _plain(self, source: str) -> str:
        """The words of a paragraph: of a link its words, of a picture nothing."""
        if len(source) > _LONGEST:
            return " ".join(source.split())
        tokens: list[Token] = []
        self.markdown.inline.parse(_FOOTNOTE_MARK.sub("", source), self.markdown, self.env, tokens)
        return "".join(map(self._heard, tokens))

    def _heard(self, token: Token) -> str:
        if token.type == "image":
            self.pictures += 1
            return ""
        if token.type == "html_inline":
            return "\n" if token.content.lower().startswith("<br") else ""
        return _BREAKS.get(token.type, token.content)
