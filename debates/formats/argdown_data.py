"""Data in an Argdown file: `{…}` behind a statement, and the front matter. Written as JSON, read as YAML.

Argdown takes `} x` for the end of data and `===` for the end of the front matter even within strings, a title before
data for one that goes on to a `>:` or `]:` in it, and its command line includes files wherever it reads `@include(`; so
none of them is written as it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson
import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

type Row = dict[str, Any]

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_UNSAFE = re.compile("[}\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|=(?==)|(?<==)=|(?<=@include)[(]|[>\\]](?=:)")
_ROW = re.compile(r"([\w-]+): (.+)")
_BLOCK = re.compile(r"\{[ \t]*\n(.*)\}\s*", re.DOTALL)
# What YAML may take, in characters: it is read by slow code, and what is written by hand is small. Each piece costs
# something whatever its size.
MOST_YAML, EACH_YAML, MOST_NESTED = 400_000, 100, 50


def encoded(value: Any) -> str:
    """`value` as JSON on one line that is safe in an Argdown file."""
    text = orjson.dumps(value, option=orjson.OPT_UTC_Z).decode()
    return _STRING.sub(lambda string: _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", string[0]), text)


def front_matter(values: Mapping[str, Any]) -> str:
    """The front matter with a line for each value, and the empty line that must follow it."""
    return "".join(["===\n", *(f"{name}: {encoded(value)}\n" for name, value in values.items()), "===\n\n"])


class YamlReader:
    """Reads the data of one file. `left` is how much more YAML it takes; JSON costs nothing of it."""

    def __init__(self) -> None:
        self.left = MOST_YAML

    def data(self, text: str) -> Row | None:
        """What stands between braces, None where it cannot be read."""
        try:
            value = orjson.loads(text)
        except orjson.JSONDecodeError:
            block = _BLOCK.fullmatch(text)
            value = self._yaml(block[1] if block else text)
        return value if isinstance(value, dict) else None

    def front_matter(self, text: str) -> Row | None:
        """What stands in the front matter, None where it cannot be read."""
        if (found := _rows_of_json(text)) is not None:
            return found
        value = self._yaml(text)
        return value if isinstance(value, dict) else None

    def _yaml(self, text: str) -> Any:
        self.left -= len(text) + EACH_YAML
        if self.left < 0 or _depth(text) > MOST_NESTED:
            return None
        try:
            return yaml.load(text, Loader=_PlainLoader)  # noqa: S506 a SafeLoader with less in it
        except (yaml.YAMLError, RecursionError, ValueError, OverflowError, TypeError, KeyError, IndexError):
            return None


def _rows_of_json(text: str) -> Row | None:
    """The values of front matter as `front_matter` writes it, None where anything else stands in it."""
    found: Row = {}
    for row in text.strip().split("\n"):
        parts = _ROW.fullmatch(row)
        try:
            found |= {parts[1]: orjson.loads(parts[2])} if parts else {"": orjson.loads(row or "0")}
        except orjson.JSONDecodeError:
            return None
    found.pop("", None)
    return found


def _depth(text: str) -> int:
    """How deep the brackets go at most, without looking at what is quoted."""
    depth = most = 0
    for sign in re.findall(r"[\[{}\]]", text):
        depth += 1 if sign in "[{" else -1
        most = max(most, depth)
    return most


class _PlainLoader(yaml.SafeLoader):
    """YAML whose dates and numbers stay words, and without references, which make large things of small ones."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("no references")
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":bool", ":null"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
