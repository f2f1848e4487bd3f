"""The reference for people: the description of the API as a page, with examples about a topic of the reader's own."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debates.api.problems import DETAILS, TITLES
from debates.api.schema import description
from debates.models import Statement, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    type Description = dict[str, Any]

GROUPS = (
    "Topics", "Statements", "Votes", "Evidence", "Analysis", "Comments", "Changes", "People", "Files", "About the API",
)  # fmt: skip
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: str
    says: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    anchor: str
    method: str
    path: str
    summary: str
    says: str
    parameters: list[Field]
    body: list[Field]
    answers: list[tuple[str, str]]
    problems: list[str]
    curl: str


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """The whole reference on one page. It needs nobody and no other host."""
    topic, statement = _examples(request)
    numbers = {"topics": topic.pk if topic else 1, "statements": statement or 2}
    groups: defaultdict[str, list[Operation]] = defaultdict(list)
    for path, method, told in _operations():
        groups[told["tags"][0]].append(_operation(path, method, told, numbers, request.build_absolute_uri("/")[:-1]))
    context = {
        "groups": [(name, groups[name]) for name in GROUPS if name in groups],
        "topic": topic,
        "problems": [(status, title, DETAILS.get(status, "")) for status, title in sorted(TITLES.items())],
        "limits": _limits(),
    }
    return render(request, "api/reference.html", context)


def _examples(request: HttpRequest) -> tuple[Topic | None, int | None]:
    """The newest topic of the reader, or else one that everybody can read, and a statement of it."""
    readable = Topic.objects.visible_to(request.user).order_by("-changed_at")
    topic = readable.of(request.user).first() or readable.first()
    if topic is None:
        return None, None
    lines = Statement.objects.get_queryset().visible().filter(topic=topic)
    return topic, lines.order_by("-pk").values_list("pk", flat=True).first()


def _limits() -> dict[str, int]:
    return {
        "reads": settings.API_READS_PER_MINUTE,
        "writes": settings.API_WRITES_PER_MINUTE,
        "visitors": settings.API_ANONYMOUS_PER_MINUTE,
    }


def _operations() -> Iterator[tuple[str, str, Description]]:
    for path, methods in description()["paths"].items():
        for method in METHODS:
            if method in methods:
                yield path, method, methods[method]


def _operation(path: str, method: str, told: Description, numbers: dict[str, int], host: str) -> Operation:
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    statuses = told["responses"]
    return Operation(
        anchor=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        says=told["description"].replace("`", ""),
        parameters=[_parameter(each) for each in told.get("parameters", []) if each["in"] != "path"],
        body=_fields(body.get("schema", {})),
        answers=[(code, answer.get("description", "")) for code, answer in statuses.items() if "$ref" not in answer],
        problems=[code for code, answer in statuses.items() if "$ref" in answer],
        curl=_curl(host, _filled(path, numbers), method, body.get("example"), told),
    )


def _parameter(told: Description) -> Field:
    return Field(told["name"], _kind(told["schema"]), told.get("description", ""), told.get("required", False))


def _fields(schema: Description) -> list[Field]:
    """The fields of a body, as its shape has them."""
    name = schema.get("$ref", "").rpartition("/")[2]
    shape = description()["components"]["schemas"].get(name, {})
    needed = shape.get("required", [])
    return [
        Field(field, _kind(told), told.get("description", ""), field in needed)
        for field, told in shape.get("properties", {}).items()
    ]


def _kind(told: Description) -> str:
    """The type of a value in a word or two."""
    for reference in (told, *told.get("allOf", []), *told.get("oneOf", [])):
        if "$ref" in reference:
            name = reference["$ref"].rpartition("/")[2]
            return _kind(description()["components"]["schemas"][name])
    if "enum" in told:
        values = [str(value) for value in told["enum"]]
        return " | ".join(values) if len(values) < 8 else f"{values[0]} | {values[1]} | …"
    kinds = told.get("type", "")
    return " or ".join(kinds) if isinstance(kinds, list) else str(kinds)


def _filled(path: str, numbers: dict[str, int]) -> str:
    """The path with numbers in it: those of the reader's own topic, where they are known."""
    for noun, number in numbers.items():
        path = path.replace(f"/{noun}/{{id}}/", f"/{noun}/{number}/")
    return path.replace("{id}", "3").replace("{number}", "4").replace("{member}", "5")


def _curl(host: str, path: str, method: str, example: Any, told: Description) -> str:
    """A command that can be pasted into a shell as it stands, with the token in $TOKEN."""
    asks = {parameter["name"] for parameter in told.get("parameters", [])}
    lines = [f"curl {host}{path}" + ("?q=school" if path.endswith("/search/") else "")]
    lines += [f"-X {method.upper()}"] if method not in {"get", "post"} else []
    lines += ['-H "Authorization: Bearer $TOKEN"']
    lines += ["-H 'If-Match: \"1\"'"] if "If-Match" in asks else []
    if example is not None:
        quoted = json.dumps(example, ensure_ascii=False).replace("'", "'\\''")
        lines += ['-H "Content-Type: application/json"', f"-d '{quoted}'"]
    return " \\\n  ".join(lines)
