"""Logs that an operator can read with a machine and a pupil need not fear: no names, addresses or texts."""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")


def json_lines(level: str, loggers: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The configuration of logging: everything as JSON on standard error, with exceptions for some loggers."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "config.logs.JsonLines"}},
        "handlers": {
            "out": {"class": "logging.StreamHandler", "formatter": "json"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["out"], "level": level},
        "loggers": loggers,
    }


class JsonLines(logging.Formatter):
    """One JSON object a line. Extra fields are those a logger passes as `extra={"fields": {...}}`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.message(record),
        }
        if request_id.get():
            line["request"] = request_id.get()
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0]:
            line |= failure(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)

    def message(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if request is None or not isinstance(record.args, tuple):
            return record.getMessage()
        # Django's own records about a request name its path, and a path can hold the token of a share link.
        return str(record.msg) % tuple("…" if arg == request.path else arg for arg in record.args)


def failure(error: BaseException | None) -> dict[str, object]:
    """What failed and where. The message of an exception stays out: databases quote rows in theirs."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    return {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
