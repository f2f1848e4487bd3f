"""Argdown as JSON: what Argdown's own export makes of our Argdown, with the map that arguebuf reads.

Without the places in a source text, for there is none, and without colours. Titles are those of our Argdown.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import orjson

from debates.formats.argdown import names_of
from debates.formats.features import GONE_TEXT
from debates.formats.own_records import record_of

if TYPE_CHECKING:
    from debates.formats.document import Document, Line

type Row = dict[str, Any]

STATEMENT, ARGUMENT = "equivalence-class", "argument"
_KINDS = {"supports": "support", "opposes": "attack"}
_SECTION = "s1"


def write(document: Document) -> bytes:
    """`document` as Argdown's JSON."""
    names = names_of(document)
    nodes = {names[line.id]: _node(line, names) for line in document.lines if not line.is_link}
    relations = []
    for line in document.lines:
        if line.is_link:
            _add_reference(nodes[names[line.id]], line)
        if line.parent is not None:
            relation = _relation(line, names)
            relations.append(relation)
            for end in (relation["from"], relation["to"]):
                nodes[end]["relations"].append(relation)
    content = {
        "arguments": {title: node for title, node in nodes.items() if node["type"] == ARGUMENT},
        "statements": {title: node for title, node in nodes.items() if node["type"] == STATEMENT},
        "relations": relations,
        "map": _map(nodes, relations),
        "sections": [_section(document.title)],
        "tags": {},
    }
    return orjson.dumps(content, option=orjson.OPT_UTC_Z | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _type(name: str) -> str:
    return STATEMENT if name[0] == "C" else ARGUMENT


def _node(line: Line, names: dict[str, str]) -> Row:
    title, data = names[line.id], record_of(line)
    claim = _type(title) == STATEMENT
    member: Row = {
        "type": "statement",
        "role": "top-level-statement" if claim else "argument-description",
        "isTopLevel": claim,
        "title": title,
        "text": line.text or GONE_TEXT,
        "section": _SECTION,
    }
    node: Row = {"type": _type(title), "title": title, "relations": [], "members": [member], "section": _SECTION}
    node["isUsedAsTopLevelStatement" if claim else "pcs"] = True if claim else []
    if data:
        member["data"] = node["data"] = data
    return node


def _add_reference(node: Row, link: Line) -> None:
    """A link is a member that only names its title."""
    role = "relation-statement" if node["type"] == STATEMENT else "argument-description"
    if node["type"] == STATEMENT:
        node["isUsedAsRelationStatement"] = True
    node["members"].append(
        {
            "type": "statement", "role": role, "isTopLevel": False, "title": node["title"], "isReference": True,
            "text": "", "section": _SECTION, "data": {"here": record_of(link)},
        }
    )  # fmt: skip


def _relation(line: Line, names: dict[str, str]) -> Row:
    child, parent = names[line.id], names[line.parent or ""]
    return {
        "type": "relation", "relationType": _KINDS[line.stance], "from": child, "fromType": _type(child),
        "to": parent, "toType": _type(parent),
    }  # fmt: skip


def _section(title: str) -> Row:
    data = {"isGroup": False}
    return {"type": "section", "id": _SECTION, "level": 1, "title": title, "children": [], "data": data} | data


def _map(nodes: dict[str, Row], relations: list[Row]) -> Row:
    """The same as a graph: statements first, as Argdown orders them."""
    ordered = sorted(nodes.values(), key=lambda node: node["type"] == ARGUMENT)
    ids = {node["title"]: f"n{number}" for number, node in enumerate(ordered)}
    return {"nodes": [_map_node(node, ids) for node in ordered], "edges": _map_edges(relations, ids)}


def _map_node(node: Row, ids: dict[str, str]) -> Row:
    title = node["title"]
    sort = "statement-map-node" if node["type"] == STATEMENT else "argument-map-node"
    text = node["members"][0]["text"]
    return {"id": ids[title], "title": title, "type": sort, "labelTitle": title, "labelText": text}


def _map_edges(relations: list[Row], ids: dict[str, str]) -> list[Row]:
    return [
        {
            "id": f"e{number}", "type": "map-edge", "relationType": relation["relationType"],
            "from": ids[relation["from"]], "to": ids[relation["to"]],
        }
        for number, relation in zip(count(1), relations, strict=False)
    ]  # fmt: skip
