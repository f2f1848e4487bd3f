"""A log line can be read by a machine, and tells nothing about people."""

import json
import logging
import sys
from typing import Any

import pytest
from django.test import Client

from config.logs import JsonLines, request_id


def line_of(record: logging.LogRecord) -> dict[str, Any]:
    (line,) = JsonLines().format(record).splitlines()
    return dict(json.loads(line))


def record_of(message: str, *args: object, **extra: object) -> logging.LogRecord:
    return logging.getLogger("counterpoint").makeRecord(
        "counterpoint", logging.WARNING, "file.py", 1, message, args, None, extra=extra
    )


def test_line_says_when_how_grave_where_and_what() -> None:
    line = line_of(record_of("%s of %s", 1, 2, fields={"rows": 3}))

    assert line.keys() == {"at", "level", "logger", "message", "rows"}
    assert (line["level"], line["logger"], line["message"], line["rows"]) == ("warning", "counterpoint", "1 of 2", 3)
    assert line["at"].endswith("+00:00")


def test_line_within_a_request_carries_its_id() -> None:
    token = request_id.set("abc")

    line = line_of(record_of("slow"))

    request_id.reset(token)
    assert line["request"] == "abc"


def test_new_lines_in_a_message_make_no_second_line() -> None:
    assert line_of(record_of('first\n{"level": "info"}'))["message"] == 'first\n{"level": "info"}'


def test_failure_is_told_without_the_words_of_the_exception() -> None:
    try:
        raise ValueError("Key (email)=(alice@example.org) already exists")
    except ValueError:
        record = record_of("the verb failed")
        record.exc_info = sys.exc_info()

    line = line_of(record)

    assert line["error"] == "builtins.ValueError"
    assert line["trace"][-1].endswith("test_failure_is_told_without_the_words_of_the_exception")
    assert "alice" not in json.dumps(line)


@pytest.mark.django_db
def test_missing_page_is_logged_without_its_path(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get("/join/the-token-of-a-share-link/")

    written = "\n".join(JsonLines().format(record) for record in caplog.records)
    assert "Not Found: …" in written
    assert "the-token" not in written
