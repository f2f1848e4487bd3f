"""{% map_boxes drawing links %}: the boxes of a map as SVG, for the page or as a file that stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString

from debates.drawing.map import BADGE, TRUNK
from debates.drawing.wrapping import xml_safe
from debates.models import Stance
from debates.stencil import fill

if TYPE_CHECKING:
    from debates.drawing.map import Box, Drawing, Rest
    from debates.stencil import Kind
    from debates.views.map import Links

register = template.Library()

BOX, LINE, REST = "debates/_map_box.html", "debates/_map_line.html", "debates/_map_rest.html"
FILE_BOX = "debates/_map_file_box.svg"


@register.simple_tag
def map_boxes(drawing: Drawing, links: Links) -> SafeString:
    """The drawing for a page: every box leads to its statement, every badge opens or shuts a branch."""
    boxes = [fill(BOX, _kind(box), _numbers(box) | _links(box, links)) for box in drawing.boxes]
    return SafeString("\n".join(boxes + [_rest(rest, links) for rest in drawing.rests]))


@register.simple_tag
def map_file_boxes(drawing: Drawing) -> SafeString:
    """The drawing for a file: no links, and every colour said in place."""
    return SafeString("\n".join([fill(FILE_BOX, _kind(box), _numbers(box)) for box in drawing.boxes]))


@register.simple_tag
def map_text(text: str) -> str:
    """`text` without what may not stand in an XML document."""
    return xml_safe(text)


def _kind(box: Box) -> Kind:
    return (
        ("stance", box.node.stance), ("claim", box.node.is_claim), ("root", box.root),
        ("trunk_drawn", bool(box.trunk_end)), ("shut", box.shut), ("opened", bool(box.trunk_end) and not box.root),
    )  # fmt: skip


def _numbers(box: Box) -> dict[str, str]:
    text_x = str(box.x + box.face.padding)
    lines = [fill(LINE, (), {"x": text_x, "y": str(y), "text": line}) for y, line in box.baselines]
    numbers = {
        "x": box.x, "y": box.y, "width": box.face.width, "height": box.height, "right": box.right, "port": box.port,
        "top": box.y + 1, "bottom": box.y + box.height - 1, "word_y": box.y + 20, "cy": box.port + 4,
        "cx": box.right + 10 + BADGE, "close_x": box.right + TRUNK // 2,
    }  # fmt: skip
    return {name: str(number) for name, number in numbers.items()} | {
        "edge": box.edge, "trunk": box.trunk, "mark": _mark(box), "word_x": text_x, "text": SafeString("".join(lines)),
        "hidden": f"+{box.node.replies or ''}", "pk": box.node.pk,
    }  # fmt: skip


def _mark(box: Box) -> str:
    """The triangle at the end of the edge: up supports, down opposes."""
    up = box.node.stance == Stance.SUPPORTS
    return f"M{box.x - 9} {box.port - 6}l6 11h-12Z" if up else f"M{box.x - 9} {box.port + 6}l6 -11h-12Z"


def _links(box: Box, links: Links) -> dict[str, str]:
    return {
        "href": f"{links.statements}{box.node.branch_id}/", "open_href": links.opening(box.node),
        "close_href": links.closing(box.node),
    }  # fmt: skip


def _rest(rest: Rest, links: Links) -> SafeString:
    place = {"edge": rest.edge, "x": str(rest.x), "y": str(rest.baseline)}
    return fill(REST, (), place | {"href": links.rest(rest.node), "count": str(rest.node.more)})
