"""Where the API begins, who one is to it, and what is nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from rest_framework.response import Response

from accounts.models import ApiToken
from debates.api import queries
from debates.api.endpoint import Endpoint
from debates.api.schema import operation
from debates.api.serializers import outputs

if TYPE_CHECKING:
    from rest_framework.request import Request

BEGINNINGS = {
    "topics": "api-topics", "search": "api-search", "me": "api-me", "joins": "api-joins", "schema": "api-schema",
    "reference": "api-reference",
}  # fmt: skip


class Root(Endpoint):
    @operation(
        "List the addresses", "Where to begin.", gives={"type": "object", "additionalProperties": {"type": "string"}}
    )
    def get(self, request: Request) -> Response:
        queries.allow(request)
        return Response({name: request.build_absolute_uri(reverse(route)) for name, route in BEGINNINGS.items()})


class Me(Endpoint):
    group = "People"

    @operation("Say who I am", "The account and the token that this request came with.", gives=outputs.Me)
    def get(self, request: Request) -> Response:
        queries.allow(request)
        person = self.person()
        token = request.auth if isinstance(request.auth, ApiToken) else None
        return Response({
            "id": person.pk, "user_name": None if person.is_guest else person.username,
            "name": person.shown_name or None, "guest": person.is_guest,
            "token": token and {"name": token.name, "scopes": token.scopes, "expires": token.expires},
        })  # fmt: skip


class Nowhere(Endpoint):
    """Every other address below the API."""

    schema = None

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        raise Http404
