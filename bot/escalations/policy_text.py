"""Steps as an operator types them: `lead`, `channel after 15 min`, `manager after 30 min always`, `person Ada King`."""

from __future__ import annotations

import re
from collections.abc import Callable

from cspm_core import errors
from cspm_core.escalations import Clock, Step
from cspm_core.escalations.rules import WHO

from ..setup.lengths import length

_STEP = re.compile(
    r"(?P<who>.+?)(?:\s+after\s+(?P<wait>\d[\d.]*\s*[a-z]+(?:\s*\d+\s*[a-z]+)?))?(?:\s+(?P<clock>always|team|own))?",
    re.IGNORECASE,
)
_GROUP = re.compile(r"S[A-Z0-9]{2,20}")
CLOCKS = {"team": Clock.TEAM, "own": Clock.PERSON, "always": Clock.ALWAYS}


def step(text: str, usual: Clock, member: Callable[[str], int]) -> Step:
    """One step; `usual`: the clock where it names none; `member`: the id of a person by name. Raises Invalid."""
    found = _STEP.fullmatch(" ".join(text.split()))
    if found is None:
        raise errors.Invalid("--step", text, "step")
    wait_s = length(found["wait"]) if found["wait"] else 0
    clock = CLOCKS[found["clock"].casefold()] if found["clock"] else usual
    return Step(_who(found["who"], text, member), wait_s, clock)


def _who(said: str, text: str, member: Callable[[str], int]) -> str:
    kind, _, name = said.partition(" ")
    if said.casefold() in WHO:
        return said.casefold()
    if kind.casefold() == "person" and name:
        return f"member:{member(name)}"
    if kind.casefold() == "group" and _GROUP.fullmatch(name):
        return f"group:{name}"
    raise errors.Invalid("--step", text, "step")


def clock(text: str) -> Clock:
    """team, own or always. Raises Invalid."""
    try:
        return CLOCKS[text.strip().casefold()]
    except KeyError:
        raise errors.Invalid("--clock", text, "step_clock") from None
