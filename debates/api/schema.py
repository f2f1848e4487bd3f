"""The description of the API in OpenAPI 3.1, made from the views: what each takes, gives and refuses."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from debates.api.examples import EXAMPLES, PROBLEM_EXAMPLES
from debates.api.problems import MEDIA_TYPE, TITLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drf_spectacular.types import OpenApiTypes
    from rest_framework.serializers import BaseSerializer

    type Shape = type[BaseSerializer[Any]] | OpenApiResponse | OpenApiTypes | dict[str, Any] | None
    type Answers = dict[int | tuple[int, str], Shape]
    type Described = Callable[[Callable[..., Any]], Callable[..., Any]]

KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER,
    description="Up to 200 characters of your own. Sent again within a day, the request makes nothing more.",
    pattern=r"^[!-~]{1,200}$",
)  # fmt: skip
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The ETag of the wording that you read.",
    pattern=r'^"[0-9]{1,9}"$',
)  # fmt: skip
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="The ETag that you have: 304 if it is still good.",
    pattern=r'^"[0-9a-f]{24}"$',
)  # fmt: skip
CURSOR = OpenApiParameter(
    "cursor", str, description="Where the page begins: given by `next`.", pattern=r"^[\w-]{1,400}$"
)
LIMIT = OpenApiParameter(
    "limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}, description="Rows in a page."
)
PAGED = [CURSOR, LIMIT]

# What any address may answer, and what one with a body may.
ALWAYS = (400, 401, 403, 405, 406, 429, 500, 503)
WITH_BODY = (413, 415, 422)
WRITING = (409, 410, 422)


def query(name: str, says: str, *choices: str, **schema: Any) -> OpenApiParameter:
    """A parameter of the address; one of `choices`, if there are some."""
    shape = schema or {"type": "string", "maxLength": 200, **({"enum": list(choices)} if choices else {})}
    return OpenApiParameter(name, shape, description=says)


def flag(name: str, says: str) -> OpenApiParameter:
    return query(name, says, "true", "false")


def number(name: str, says: str, *, least: int = 1, most: int = 2**63 - 1) -> OpenApiParameter:
    return query(name, says, type="integer", minimum=least, maximum=most)


def operation(
    summary: str, says: str = "", *, takes: Shape = None, gives: Shape = None, status: int = 200,
    also: Sequence[int] = (), asks: Sequence[OpenApiParameter] = (), more: Answers | None = None,
) -> Described:  # fmt: skip
    """Describe a method of a view. `also` are the problems that not every address has.

    `more` are answers of another status, or in another form: by the status, or by the status and the media type.
    """
    answer = gives if gives is not None else OpenApiResponse(description=NOTHING)
    decorator: Described = extend_schema(
        summary=summary, description=says or f"{summary}.", request=takes, responses={status: answer, **(more or {})},
        parameters=list(asks), extensions={"x-also": sorted(also)},
    )  # fmt: skip
    return decorator


NOTHING = "Done; there is nothing to say."
SAYS = {"200": "What was asked for.", "201": "It is made. Location says where it is."}


class Schema(AutoSchema):
    """Names and groups by address. What all operations share is added by complete()."""

    def get_operation_id(self) -> str:
        path = re.sub(r"\{(\w+)\}", r"by_\1", self.path.removeprefix("/api/v1/"))
        return "_".join([self.method.lower(), *(re.findall(r"\w+", path) or ["root"])])

    def get_auth(self) -> list[dict[str, Any]]:
        return []  # the same for all: see complete()

    def get_tags(self) -> list[str]:
        return [getattr(self.view, "group", "") or "About the API"]


def complete(result: dict[str, Any], **_options: Any) -> dict[str, Any]:
    """Add to the generated description what the framework cannot know: problems, headers, examples, who may ask."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["responses"] = {f"Problem{status}": _problem(status) for status in sorted(TITLES)}
    components["headers"] = HEADERS
    components["securitySchemes"] = SECURITY
    result["security"] = [{"token": []}, {"browser": []}, {}]
    result["info"]["description"] = INTRODUCTION
    for path, methods in result["paths"].items():
        for method, told in methods.items():
            _complete(path, told, *(() if method == "get" else WRITING))
    _tidy(result)
    return result


def _tidy(part: Any) -> None:
    """Take out what the framework leaves for hooks of its own."""
    stack = [part]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            part.pop("x-spec-enum-id", None)
        stack += [each for each in (part.values() if isinstance(part, dict) else part) if isinstance(each, dict | list)]


def _complete(path: str, operation: dict[str, Any], *also: int) -> None:
    responses = operation["responses"]
    for status, answer in responses.items():
        answer["description"] = answer.get("description") or SAYS.get(status, "")
        answer["headers"] = {
            name: {"$ref": f"#/components/headers/{name}"} for name in ("RateLimit-Policy", "RateLimit")
        }
        _exemplify(answer)
    if "requestBody" in operation:
        operation["requestBody"]["required"] = True
        _exemplify(operation["requestBody"])
    asks = {parameter["name"] for parameter in operation.get("parameters", [])}
    if "If-None-Match" in asks:
        responses["304"] = {"description": "What you have is still good."}
    statuses = {*ALWAYS, *also, *operation.pop("x-also", []), *(WITH_BODY if "requestBody" in operation else ())}
    statuses |= {404} if "{" in path else set()
    statuses |= {422} if "Idempotency-Key" in asks else set()
    for status in sorted(statuses):
        responses[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}


def _exemplify(holder: dict[str, Any]) -> None:
    """Put the example of a shape beside it."""
    for media in holder.get("content", {}).values():
        name = media.get("schema", {}).get("$ref", "").rpartition("/")[2]
        if name in EXAMPLES:
            media["example"] = EXAMPLES[name]


def _problem(status: int) -> dict[str, Any]:
    example = {
        "type": f"/api/v1/reference/#problem-{status}", "title": str(TITLES[status]), "status": status,
        "detail": "", "errors": [], **PROBLEM_EXAMPLES.get(status, {}),
    }  # fmt: skip
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}}
    return {"description": f"{TITLES[status]}.", "content": content}


@cache
def description() -> dict[str, Any]:
    """The whole description, made once in each process."""
    from drf_spectacular.generators import SchemaGenerator

    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return made


INTRODUCTION = (
    "Read and write topics, statements, votes and evidence with the same permissions as on the pages. Errors are"
    " problem documents (RFC 9457). Public topics are read without a token. See docs/api.md for a walk through it."
)
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "What is wrong, and what to do about it (RFC 9457).",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "tells more about this kind of problem"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "yours": {"type": "object", "description": "with 412: what you sent"},
        "current": {"type": "object", "description": "with 412: what is stored now"},
    },
}
HEADERS = {
    "RateLimit-Policy": {"description": "How many requests (q) in how many seconds (w).", "schema": {"type": "string"}},
    "RateLimit": {"description": "How many are left (r), until when (t).", "schema": {"type": "string"}},
}
SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token of your account page: Bearer cp_…"},
    "browser": {
        "type": "apiKey", "in": "cookie", "name": "sessionid",
        "description": "Signed in with a browser. What alters something needs the CSRF token as X-CSRFToken.",
    },
}  # fmt: skip
