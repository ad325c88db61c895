"""What the bot writes about itself: JSON lines, or colours in a terminal; no token and no word of anybody, ever."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog
from slack_sdk.errors import SlackApiError

TOKEN = re.compile(r"\b(?:xox[a-z]|xapp|xwfp)-[\w-]+|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)|\bBearer\s+\S+")
PRIVATE_PLACE = re.compile(r"(https://hooks\.slack\.com/|wss://)[^\s\"')]+")
SPOKEN = frozenset({"text", "blocks", "body", "payload", "attachments", "comment", "subject", "email", "view", "state"})
"""Names under which customers' and colleagues' words travel: their values are never written."""
TALKATIVE = {
    "slack_bolt": logging.INFO,
    "slack_sdk": logging.INFO,
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
    "uvicorn": logging.WARNING,
    "asyncio": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "matplotlib": logging.WARNING,
}
"""Libraries that would write whole requests, or too much, below this level."""
NEEDLESS = "As you gave `client` as well"
"""Bolt warns of the token in the environment, which we read ourselves."""

Event = MutableMapping[str, Any]


def set_up(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send every log line, ours and the libraries', to `stream` (stderr) in one shape."""
    out = stream or sys.stderr
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _frames_only,
        discreet,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.addFilter(is_wanted)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(out)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, at_least in TALKATIVE.items():
        logging.getLogger(name).setLevel(max(at_least, root.level))


def is_wanted(record: logging.LogRecord) -> bool:
    """Whether a line may be written. Bolt sets its loggers' levels by itself, so that levels alone do not hold."""
    library = record.name.split(".")[0]
    return record.levelno >= TALKATIVE.get(library, logging.NOTSET) and not str(record.msg).startswith(NEEDLESS)


def _renderer(out: TextIO) -> Any:
    if out.isatty():
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def discreet(_logger: Any, _method: str, event: Event) -> Event:
    """Leave out what people said, and blot out what opens doors."""
    for key, value in event.items():
        if not key.startswith("_"):
            event[key] = "(left out)" if key in SPOKEN else _blotted(value)
    return event


def _blotted(value: Any) -> Any:
    if isinstance(value, str):
        return PRIVATE_PLACE.sub(r"\1***", TOKEN.sub("***", value))
    if isinstance(value, Mapping):
        return {key: "(left out)" if key in SPOKEN else _blotted(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_blotted(inner) for inner in value]
    return value if isinstance(value, int | float | None) else _blotted(str(value))


def _frames_only(_logger: Any, _method: str, event: Event) -> Event:
    """An exception as its places and kinds. Its message may quote what somebody typed, so it stays out."""
    given = event.pop("exc_info", None)
    if not given:
        return event
    found = given if isinstance(given, BaseException) else (given if isinstance(given, tuple) else sys.exc_info())[1]
    if found is not None:
        event["exception"] = _story(found)
    return event


def _story(error: BaseException) -> str:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = [_story(cause), "…then:"] if cause else []
    frames = [
        f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    return "\n".join([*before, *frames, f"{type(error).__name__}{_detail(error)}"])


def _detail(error: BaseException) -> str:
    """The part of some exceptions' messages that is known to be nobody's words."""
    if isinstance(error, SlackApiError):
        return f": {error.response.get('error')}"
    if isinstance(error, OSError) and error.strerror:
        return f": {error.strerror}"
    return ""
