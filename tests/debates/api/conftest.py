"""A program that speaks to the API: `api(alice)` has her token, `api()` none."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import ApiToken, User

ROOT = "/api/v1/"


class Program:
    """One client. Paths begin below the root of the API, unless they are whole addresses."""

    def __init__(self, secret: str = "") -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        url = path if path.startswith(("/", "http")) else ROOT + path
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = "application/json" if data else ""
        return self.client.generic(method, url, data, content_type=kind, headers=self.headers | given)

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("POST", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("PUT", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.ask("DELETE", path, **headers)


type Api = Callable[..., Program]


@pytest.fixture
def api(db: None) -> Api:
    """A program of its own for the person given, with a token that may do everything; without one, a visitor's."""

    def program_of(person: User | None = None, *scopes: str) -> Program:
        if person is None:
            return Program()
        _token, secret = ApiToken.issue(person, "test", scopes=set(scopes or ("read", "write", "export")))
        return Program(secret)

    return program_of


@pytest.fixture(autouse=True)
def _generous_limits(settings: Any) -> None:
    settings.API_READS_PER_MINUTE = settings.API_WRITES_PER_MINUTE = settings.API_ANONYMOUS_PER_MINUTE = 10**6


def problem(response: Any, status: int) -> dict[str, Any]:
    """The problem document of an answer that must be one."""
    assert response.status_code == status, (response.status_code, response.content[:300])
    assert response["Content-Type"] == "application/problem+json"
    document: dict[str, Any] = response.json()
    assert document["status"] == status
    assert document["type"] == f"/api/v1/reference/#problem-{status}"
    assert document["title"]
    return document
