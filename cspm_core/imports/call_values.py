"""What the words and the lengths of telephone systems mean in ours."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..calls.rules import INBOUND, OUTBOUND

# fmt: off
YES = frozenset(("yes", "y", "true", "t", "1", "1.0", "x", "ja", "j", "예", "是"))
NO = frozenset(("no", "n", "false", "f", "0", "0.0", "nee", "아니오", "아니요", "否"))
MEANT: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "answered": (
        frozenset(("answered", "completed", "handled", "connected")),
        frozenset((
            "unanswered", "not answered", "not_answered", "no answer", "missed", "abandoned", "voicemail", "refused",
        )),
    ),
    "abandoned": (
        frozenset((
            "abandoned", "abandon", "abandoned in queue", "abandoned_in_queue", "abandoned_in_voicemail",
            "abandoned_in_ivr", "hung up",
        )),
        frozenset((
            "not abandoned", "completed", "answered", "handled", "connected", "missed", "voicemail", "refused",
            "abandoned_on_hold", "agent_transfer_declined", "pending_voicemail", "not_available", "overflow",
        )),
    ),
    "resolved": (
        frozenset(("resolved", "solved", "closed", "fixed", "opgelost", "해결", "已解決", "已解决")),
        frozenset(("unresolved", "not resolved", "unsolved", "open", "pending", "미해결", "未解決", "未解决")),
    ),
}
# fmt: on
"""Words of a column that say yes to it, and no."""
IN = ("inbound", "in", "incoming", "transfer", "queue_transfer", "inkomend", "인바운드", "呼入")
OUT = ("outbound", "out", "outgoing", "callback", "manual", "preview", "uitgaand", "아웃바운드", "呼出")
DIRECTIONS: Mapping[str, str] = {**dict.fromkeys(IN, INBOUND), **dict.fromkeys(OUT, OUTBOUND)}
_LENGTH = re.compile(r"(-?)(?:(\d+):)?(\d+):(\d{1,2})(?:[.,]\d+)?")
_UNITS = re.compile(r"(?:(\d+)\s*h)?\s*(?:(\d+)\s*m)?\s*(?:(\d+)\s*s)?")


def truth(name: str, text: str) -> bool:
    """Whether a word says yes to a column: `answered`, `abandoned`, `resolved`. Raises ValueError."""
    word = text.strip().casefold()
    yes, no = MEANT[name]
    if word in yes or word in YES:
        return True
    if word in no or word in NO:
        return False
    raise ValueError(text)


def direction(text: str) -> str:
    """`inbound` or `outbound`, also as Aircall writes it (`Inbound - Answered`). Raises ValueError."""
    word = text.strip().casefold()
    found = DIRECTIONS.get(word) or DIRECTIONS.get(re.split(r"[\s-]", word, maxsplit=1)[0])
    if found is None:
        raise ValueError(text)
    return found


def seconds(text: str) -> int:
    """A length of time: seconds, `h:mm:ss`, `m:ss`, or `2m 30s`, rounded down. Raises ValueError."""
    said = text.strip()
    if found := _LENGTH.fullmatch(said):
        sign, hours, minutes, rest = found.groups()
        whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(rest)
        return -whole if sign else whole
    if (units := _UNITS.fullmatch(said.casefold())) and any(units.groups()):
        hours, minutes, rest = units.groups()
        return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(rest or 0)
    return int(float(said.replace(",", ".")))
