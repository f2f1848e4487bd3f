"""The blocks of a Markdown outline to lines: headings and list items are lines, what else there is is their note."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from debates.formats.document import Line
from debates.formats.drafts import Draft, NoteKind, Unreadable
from debates.formats.markdown_footnotes import taken_out
from debates.formats.markdown_inline import MOST_NESTED, MOST_NESTED_INLINE, parser, said
from debates.formats.markdown_sections import dissolve
from debates.formats.stances import stance_of, without_prefix

if TYPE_CHECKING:
    from markdown_it.token import Token

    from debates.formats.document import SourceCard
    from debates.formats.markdown_inline import Said

# What the parser reads in a minute.
MOST_LINES = 200_000
_FRONT = re.compile(r"---\n(.*?\n)?(?:---|\.\.\.)(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:(.*)$", re.MULTILINE)
_QUOTATION_MARKS = ('"', "'")
_QUOTE = re.compile(r"\s*> ?")
_QUOTE_AFTER_MARKER = re.compile(r"[^>]*> ?")  # “- > quoted”
_QUESTION_LENGTH = 300


class Reading:
    """A draft while an outline is read into it."""

    def __init__(self, text: str) -> None:
        if text.count("\n") > MOST_LINES:
            raise Unreadable(_("The file has more than 200,000 lines of text. Divide it, or use another format."))
        self.draft = Draft()
        self.markdown = parser()
        self.env: dict[str, Any] = {}
        self.source, self.footnotes = taken_out(self._without_front_matter(text))
        self.lines = self.source.split("\n")
        self.headings: list[tuple[int, Line]] = []
        self.items: list[Line] = []
        self.unsaid: set[str] = set()  # items that have no words yet
        self.bare: set[str] = set()  # lines without a label, whose words may say what is below them
        self.anchors: dict[str, str] = {}
        self.blocks: defaultdict[str | None, list[str]] = defaultdict(list)  # notes, under None the background
        self.titled = False

    def run(self) -> Draft:
        tokens = self.markdown.parse(self.source, self.env)
        self.markdown.options["maxNesting"] = MOST_NESTED_INLINE
        if any(token.level >= MOST_NESTED - 1 for token in tokens):
            raise Unreadable(_("Lists and quotations are nested deeper than this site reads."))
        at = 0
        while at < len(tokens):
            at = self._take(tokens, at)
        self._join_blocks()
        self._find_targets()
        dissolve(self.draft, self.bare)
        return self.draft

    def _without_front_matter(self, text: str) -> str:
        """The text with blank lines instead of the YAML that many tools put above it, of which the title is kept."""
        front = _FRONT.match(text)
        if front is None:
            return text
        title = _TITLE.search(front[0])
        self.draft.document.title = _unquoted(title[1].strip()) if title else ""
        return "\n" * front[0].count("\n") + text[front.end() :]

    # -- blocks --------------------------------------------------------------------------------------------------------

    def _take(self, tokens: list[Token], at: int) -> int:
        """Take the block that begins at `at`; where the next one begins."""
        token = tokens[at]
        match token.type:
            case "heading_open":
                self._take_heading(int(token.tag[1]), tokens[at + 1])
                return at + 3
            case "inline":
                self._take_paragraph(token)
            case "list_item_open":
                self._take_item(token)
            case "list_item_close":
                self.items.pop()
            case "blockquote_open":
                self._append(self._raw(token, quoted=True))
                while not (tokens[at].type == "blockquote_close" and tokens[at].level == token.level):
                    at += 1
            case "fence" | "code_block" | "html_block":
                self._append(self._raw(token, quoted=False))
        return at + 1

    def _take_heading(self, level: int, inline: Token) -> None:
        if self.items:
            self._take_paragraph(inline)
            return
        text = self._said(inline)
        if not self.titled and not self.headings and level == 1:
            self.titled = True
            self.draft.document.title = text.words
            return
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        parent = self.headings[-1][1] if self.headings else None
        line = self._line(inline, parent)
        self._say(line, text)
        self.headings.append((level, line))

    def _take_item(self, token: Token) -> None:
        line = self._line(token, self._above())
        self.unsaid.add(line.id)
        self.items.append(line)

    def _take_paragraph(self, inline: Token) -> None:
        here = self._above()
        if here is not None and here.id in self.unsaid:
            self.unsaid.discard(here.id)
            self._say(here, self._said(inline))
        elif here is not None:
            self._append(inline.content)
        else:
            self._take_introduction(inline)

    def _take_introduction(self, inline: Token) -> None:
        """What stands above the first claim: a question, if it is one, or the background."""
        document, text = self.draft.document, self._said(inline)
        asks = text.words.endswith("?") and len(text.words) <= _QUESTION_LENGTH and not self.blocks[None]
        if not document.question and (text.label == "question" or asks):
            document.question = text.words
        else:
            self._append(inline.content)

    # -- lines ---------------------------------------------------------------------------------------------------------

    def _above(self) -> Line | None:
        """The line that the next item or paragraph belongs to."""
        if self.items:
            return self.items[-1]
        return self.headings[-1][1] if self.headings else None

    def _line(self, token: Token, parent: Line | None) -> Line:
        number = len(self.draft.document.lines) + 1
        line = Line(id=f"line-{number}", parent=parent.id if parent else None, at=(token.map or [0])[0] + 1)
        self.draft.document.lines.append(line)
        return line

    def _say(self, line: Line, text: Said) -> None:
        """Give a line its words. A prefix that is not bold counts as well, where there is something to argue about."""
        line.text, line.stance = text.words, stance_of(text.label)
        if not text.label:
            self.bare.add(line.id)
            if line.parent is not None or self.items:
                line.stance, line.text = without_prefix(text.words)
        line.sources = [*text.sources, *self._noted(text, line)]
        self.anchors |= dict.fromkeys(text.anchors, line.id)
        if text.only_link:
            line.refers_to = text.only_link

    def _noted(self, text: Said, line: Line) -> list[SourceCard]:
        """The sources in the footnotes of a line."""
        found = []
        for label in text.footnotes:
            if label in self.footnotes:
                found.append(self.footnotes[label].card(self.markdown, self.env))
            else:
                sentence = _("The footnote %(label)s is not in the file.") % {"label": label}
                self.draft.note(NoteKind.SKIPPED, sentence, at=line.at)
        return found

    def _find_targets(self) -> None:
        """Let links refer to lines by name; one that leads to no line becomes a line with the same words."""
        for line in self.draft.document.lines:
            if line.refers_to is not None:
                line.refers_to = self.anchors.get(line.refers_to)
                line.text = line.text.removeprefix("→").strip()
                if line.refers_to is None:
                    sentence = _("“%(line)s” links to a place that is not in the file: it is a line of its own.")
                    self.draft.note(NoteKind.REPAIRED, sentence % {"line": line.text[:60]}, at=line.at)

    # -- texts ---------------------------------------------------------------------------------------------------------

    def _said(self, inline: Token) -> Said:
        return said(inline.content, self.markdown, self.env)

    def _append(self, text: str) -> None:
        """Put a block of Markdown into the note of the line above it, or into the background."""
        here = self._above()
        self.blocks[here.id if here else None].append(text)

    def _join_blocks(self) -> None:
        document = self.draft.document
        document.background = "\n\n".join(self.blocks[None]).strip()
        for line in document.lines:
            line.note = "\n\n".join(self.blocks[line.id]).strip()

    def _raw(self, token: Token, *, quoted: bool) -> str:
        """The lines of a block as they stand in the file, without what encloses them."""
        first, last = token.map or (0, 0)
        lines = self.lines[first:last]
        if quoted:
            first_sign = _QUOTE if _QUOTE.match(lines[0]) else _QUOTE_AFTER_MARKER
            lines = [first_sign.sub("", lines[0], count=1), *(_without_sign(line) for line in lines[1:])]
        return "\n".join(line.strip() for line in lines).strip()


def _unquoted(words: str) -> str:
    words = words[1:] if words.startswith(_QUOTATION_MARKS) else words
    return words[:-1] if words.endswith(_QUOTATION_MARKS) else words


def _without_sign(line: str) -> str:
    sign = _QUOTE.match(line)
    return line[sign.end() :] if sign else line
