"""Trees of nodes that are seen in the test, without a database."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from debates.citing.cards import Card
from debates.drafting.blocks import to_markdown
from debates.drafting.choices import Choices
from debates.drafting.composing import Material, Quoted, compose
from debates.tree import Node, assemble

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from debates.rows import Tally

STANCES = {"+": "supports", "-": "opposes"}
_PLAIN: dict[str, Any] = {
    "note": "", "version": 1, "author": "", "author_id": 1, "created": datetime(2026, 1, 1, tzinfo=UTC),
    "supporting": 0, "opposing": 0, "passages": 0, "sources": 0, "comments": 0, "my_vote": None,
}  # fmt: skip


def node(pk: int, text: str, /, *, parent: Node | None = None, stance: str = "", **more: Any) -> Node:
    """A node whose words are `text`; `more` are fields of its own."""
    tally: Tally | None = more.pop("tally", None)
    return Node(**_PLAIN | {
        "id": pk, "branch_id": pk, "parent_id": parent.id if parent else None, "stance": stance, "text": text,
        "depth": parent.depth + 1 if parent else 0, "status": "visible", "mine": True, "position": pk,
        "tally": tally, "votes": tally.count if tally else 0,
    } | more)  # fmt: skip


def forest(text: str, **fields: dict[str, Any]) -> tuple[Node, ...]:
    """The claims of an indented text, numbered from 1 on as they stand; `n3` are fields of the third. See make_tree."""
    made: list[Node] = []
    path: list[tuple[int, Node]] = []
    for pk, line in enumerate(filter(str.strip, text.splitlines()), 1):
        indent, words, stance = len(line) - len(line.lstrip()), line.strip(), ""
        while path and path[-1][0] >= indent:
            path.pop()
        if path:
            sign, words = words.split(" ", 1)
            stance = STANCES[sign]
        made.append(node(pk, words, parent=path[-1][1] if path else None, stance=stance, **fields.get(f"n{pk}", {})))
        path.append((indent, made[-1]))
    return assemble(made)


def written(
    forest: Sequence[Node],
    sources: Mapping[int, Sequence[Card]] | None = None,
    passages: Mapping[int, Sequence[Quoted]] | None = None,
    /,
    **choices: Any,
) -> str:
    """What `choices` make of `forest`, as Markdown."""
    material: Any = Material(forest, sources or {}, passages or {})  # type: ignore[arg-type]
    return to_markdown(compose(material, Choices(**choices)))


def card(title: str, author: str, published: str, **more: str) -> Any:
    """A source, as far as a citation needs one."""
    return SimpleNamespace(pk=1, **dict.fromkeys(Card.__slots__, "") | {
        "title": title, "author": author, "published": published, "medium": "book",
    } | more)  # fmt: skip
