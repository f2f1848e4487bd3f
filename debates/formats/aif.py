"""AIF in the JSON of AIFdb: nodes, edges and locutions. Reads xAIF and files of OVA 2 as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.formats.aif_nodes import AifGraph
from debates.formats.aif_reading import draft_of
from debates.formats.json_rows import by_row
from debates.formats.own_records import KEY
from debates.formats.strict_json import load_object

if TYPE_CHECKING:
    from debates.formats.document import Document
    from debates.formats.drafts import Draft


def write(document: Document) -> bytes:
    """A document as a node set of AIFdb; what AIF has no word for stands under our own key."""
    graph = AifGraph(document)
    return by_row(graph.content() | {KEY: graph.topic()})


def read(data: bytes) -> Draft:
    """The draft of a node set. Raises Unreadable."""
    return draft_of(load_object(data))
