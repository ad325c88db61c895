"""What a program is answered: always JSON, and for every refusal a code for it and a sentence for whoever reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response


class Answer(Response):
    """A JSON answer. What was quoted from a request may be any text, also what UTF-8 cannot hold."""

    media_type = "application/json"

    def __init__(self, content: Mapping[str, Any], status: int, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(content, status, dict(headers or {}))

    def render(self, content: Any) -> bytes:
        return (json.dumps(content, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


class Refusing(Exception):
    """A request that is not taken: HTTP status, code, sentence, and facts beside them."""

    def __init__(
        self, status: int, code: str, message: str, *, headers: Mapping[str, str] | None = None, **facts: Any
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.headers, self.facts = status, code, message, headers, facts

    def answer(self) -> Answer:
        """How it is told."""
        told = {"ok": False, "error": self.code, "message": self.message, **self.facts}
        return Answer(told, self.status, self.headers)


MOST_NAMED = 50
"""So many problems are named; who has more has one reason for them all."""


def wrong_fields(problems: list[dict[str, str]]) -> Refusing:
    """Every problem of a body at once."""
    n = len(problems)
    message = "One field is not right." if n == 1 else f"{n} fields are not right."
    return Refusing(422, "wrong_fields", f"{message} See “problems”.", problems=problems[:MOST_NAMED])
