"""No token and nobody's words reach a log, at any level, from whatever library."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
import structlog
from slack_sdk.errors import SlackApiError

TOKENS = (
    "xoxb-111-222-abcDEF",
    "xapp-1-A1-2-ff00",
    "xoxe.xoxp-1-Mi0",
    "postgresql://me:s3cret@db/cspm",
    "Bearer abc.def",
)
Lines = Callable[[], list[dict[str, Any]]]


def test_a_line_says_what_when_and_where(lines: Lines) -> None:
    structlog.get_logger("bot.kpi").info("answered", took_ms=12)
    (line,) = lines()
    assert (line["event"], line["took_ms"], line["level"], line["logger"]) == ("answered", 12, "info", "bot.kpi")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("token", TOKENS)
def test_tokens_are_blotted_out_wherever_they_stand(lines: Lines, token: str) -> None:
    structlog.get_logger("x").warning(
        f"refused {token}", given=token, nested={"deep": [f"a {token} b"]}, odd=ValueError(token)
    )
    logging.getLogger("somebody.else").error("refused %s", token)
    secret = token.removeprefix("Bearer ").removeprefix("postgresql://me:").removesuffix("@db/cspm")
    assert len(lines()) == 2
    assert secret not in json.dumps(lines())


def test_what_people_say_is_left_out(lines: Lines) -> None:
    structlog.get_logger("x").info(
        "posted", text="My parcel is late", blocks=[{"type": "x"}], more={"body": "My parcel"}
    )
    (line,) = lines()
    assert "parcel" not in json.dumps(line)
    assert line["text"] == "(left out)"


def test_an_accident_shows_its_places_but_not_its_message(lines: Lines) -> None:
    def fails() -> None:
        raise ValueError("cannot read 'My parcel is late'")

    try:
        fails()
    except ValueError as error:
        structlog.get_logger("x").error("listener failed", exc_info=error)
        logging.getLogger("somebody.else").exception("it broke")
    for line in lines():
        assert "parcel" not in json.dumps(line)
        assert line["exception"].endswith("ValueError")
        assert "in fails" in line["exception"]


def test_slacks_error_code_is_kept(lines: Lines) -> None:
    error = SlackApiError("The server said My parcel", {"ok": False, "error": "not_in_channel"})
    structlog.get_logger("x").error("not posted", exc_info=error)
    assert lines()[0]["exception"] == "SlackApiError: not_in_channel"


def test_libraries_that_write_whole_requests_are_kept_quiet(lines: Lines) -> None:
    for name in (
        "slack_bolt.App",
        "slack_sdk.web.base_client",
        "slack_sdk.socket_mode.builtin.client",
        "uvicorn.access",
    ):
        logging.getLogger(name).debug("Received a request: My parcel is late")
    assert lines() == []


def test_a_library_that_sets_its_own_level_is_kept_quiet_all_the_same(lines: Lines) -> None:
    """As Bolt does with the loggers of its apps."""
    library = logging.getLogger("slack_bolt.App")
    library.setLevel(logging.DEBUG)
    try:
        library.debug("on_message invoked: My parcel is late")
        library.warning("As you gave `client` as well, `token` will be unused.")
        library.warning("The connection was lost")
    finally:
        library.setLevel(logging.NOTSET)
    assert [line["event"] for line in lines()] == ["The connection was lost"]
