"""The description of the API for programs, as JSON and as YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.renderers import OpenApiYamlRenderer
from rest_framework.response import Response

from debates.api import queries
from debates.api.encoding import JSONRenderer
from debates.api.endpoint import Endpoint
from debates.api.schema import description, operation

if TYPE_CHECKING:
    from rest_framework.request import Request

ANY_OBJECT = {"type": "object", "additionalProperties": True}


class YAMLRenderer(OpenApiYamlRenderer):
    media_type = "application/yaml"  # RFC 9512
    format = "yaml"


class Description(Endpoint):
    """As the request accepts it; see urls.py for the addresses of one form each."""

    renderer_classes = [JSONRenderer, YAMLRenderer]

    @operation("Read the description of the API", "In OpenAPI 3.1.", gives=ANY_OBJECT)
    def get(self, request: Request) -> Response:
        queries.allow(request)
        return Response(description())
