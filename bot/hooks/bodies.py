"""From bytes to JSON without surprises: nothing that is ambiguous, endless or cannot be stored gets through."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from .answers import Refusing

DEEPEST = 20
"""Levels of nesting; what we take has three."""
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def parsed(body: bytes) -> dict[str, Any]:
    """The object that a body is. Raises Refusing (400) with the place where it ceases to be one."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise _bad(f"The body is not UTF-8: byte {wrong.start + 1} cannot be read.") from None
    try:
        found = json.loads(text, parse_constant=_no_number, parse_float=_number, object_pairs_hook=_object)
    except json.JSONDecodeError as wrong:
        place = f"line {wrong.lineno}, column {wrong.colno}"
        raise _bad(f"The body is not JSON: {wrong.msg} at {place}.", line=wrong.lineno, column=wrong.colno) from None
    except RecursionError:
        raise _bad("The body is nested too deeply.") from None
    except ValueError:
        raise _bad("The body holds a number that is too long to be one.") from None
    if not isinstance(found, dict):
        raise _bad("The body must be a JSON object: { … }.")
    if _depth(found) > DEEPEST:
        raise _bad("The body is nested too deeply.")
    return found


def digest(found: Any) -> str:
    """The same for the same content, however it was spaced and ordered."""
    plain = json.dumps(found, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def unstorable(found: Any, field: str = "") -> Iterator[dict[str, str]]:
    """What no database keeps: the character 0, and halves of characters."""
    if isinstance(found, dict):
        for name, value in found.items():
            inner = f"{field}.{name}" if field else name
            if UNSTORABLE.search(name):
                yield {"field": field or "(a name)", "problem": "A name holds a character that cannot be stored."}
            else:
                yield from unstorable(value, inner)
    elif isinstance(found, list):
        for n, value in enumerate(found):
            yield from unstorable(value, f"{field}[{n}]")
    elif isinstance(found, str) and UNSTORABLE.search(found):
        yield {"field": field, "problem": "It holds a character that cannot be stored (\\u0000 or half of a pair)."}


def _depth(found: Any) -> int:
    level, deep = [found], 0
    while level and deep <= DEEPEST:
        deep += 1
        inner = [one for one in level if isinstance(one, dict | list)]
        level = [value for one in inner for value in (one.values() if isinstance(one, dict) else one)]
    return deep


def _bad(message: str, **place: Any) -> Refusing:
    return Refusing(400, "bad_json", message, **place)


def _no_number(word: str) -> NoReturn:
    raise _bad(f"The body is not JSON: {word} is no number.")


def _number(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise _bad("The body holds a number that is too large.")
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _bad(f"The body says “{name[:100]}” twice in one object.")
        found[name] = value
    return found
