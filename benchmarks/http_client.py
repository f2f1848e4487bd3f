"""The lightest client that a load can be made of: one event loop, a connection for each request, cookies in the head.

A connection of its own for every request, because a browser that asks every few seconds finds its old one closed.
"""

from __future__ import annotations

import asyncio
import time
from typing import NamedTuple
from urllib.parse import urlencode

# A server that takes longer has failed whoever asked.
PATIENCE = 30


class Answer(NamedTuple):
    """`status` is 0 where there was none; `seconds` are from the wish to the last byte."""

    status: int
    body: str
    etag: str
    seconds: float


class Person:
    """Somebody who is signed in, as their browser's script asks: for fragments, with their cookies."""

    def __init__(self, port: int, session: str, token: str) -> None:
        self.port, self.token = port, token
        self.head = (
            f" HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nHX-Request: true\r\n"
            f"HX-Request-Type: partial\r\nCookie: sessionid={session}; csrftoken={token}\r\n"
        )

    async def get(self, path: str, *, etag: str = "") -> Answer:
        known = f"If-None-Match: {etag}\r\n" if etag else ""
        return await self._ask(f"GET {path}{self.head}{known}\r\n".encode())

    async def post(self, path: str, fields: dict[str, str]) -> Answer:
        body = urlencode({"csrfmiddlewaretoken": self.token} | fields)
        kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        return await self._ask(f"POST {path}{self.head}{kind}\r\n{body}".encode())

    async def _ask(self, request: bytes) -> Answer:
        started = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                raw = await self._exchange(request)
        except (OSError, TimeoutError):
            raw = b""
        seconds = time.perf_counter() - started
        head, _blank, body = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split(" ")[1]) if lines[0] else 0
        etag = next((line[6:] for line in lines if line.lower().startswith("etag: ")), "")
        return Answer(status, body.decode(), etag, seconds)

    async def _exchange(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            return await reader.read()
        finally:
            writer.close()
