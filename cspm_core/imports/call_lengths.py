"""When a call was answered and when it ended, worked out of lengths of time where a file says them so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

FROM_THE_QUEUE = ("speed_of_answer_s", "time_to_abandon_s", "wait_s", "duration_s")
A_WEEK_S = 7 * 86_400


def put_together(said: dict[str, Any], lengths: dict[str, int], queued_at: datetime, wrong: list[str]) -> None:
    """Work instants out of lengths where the file says them so; what a negative one would say is set aside."""
    for name in FROM_THE_QUEUE:
        if not 0 <= lengths.get(name, 0) <= A_WEEK_S:
            lengths.pop(name)
            wrong.append(name)
    said |= {name: lengths[name] for name in ("talk_s", "hold_s", "wrap_s") if name in lengths}
    speed, abandoned_after, waited = (lengths.get(n) for n in ("speed_of_answer_s", "time_to_abandon_s", "wait_s"))
    is_taken = _is_taken(said)
    if waited is not None and is_taken is not None:
        speed = waited if speed is None and is_taken else speed
        abandoned_after = waited if abandoned_after is None and not is_taken else abandoned_after
    if "answered_at" not in said and speed is not None and is_taken is not False:
        said["answered_at"] = queued_at + timedelta(seconds=speed)
    if "ended_at" not in said and (end := _end(said, lengths, queued_at, abandoned_after)):
        said["ended_at"] = end


def _is_taken(said: Mapping[str, Any]) -> bool | None:
    """Whether somebody took the call, as far as the row says; None: it does not."""
    if said.get("answered") is not None:
        return bool(said["answered"])
    if "answered_at" in said:
        return True
    if said.get("abandoned"):
        return False
    return None if "talk_s" not in said else said["talk_s"] > 0


def _end(
    said: Mapping[str, Any], lengths: Mapping[str, int], queued_at: datetime, abandoned_after: int | None
) -> datetime | None:
    if "duration_s" in lengths:
        return queued_at + timedelta(seconds=lengths["duration_s"])
    answered: datetime | None = said.get("answered_at")
    if answered is not None:
        talk, hold = said.get("talk_s"), max(said.get("hold_s") or 0, 0)
        return answered + timedelta(seconds=talk + hold) if talk is not None and talk >= 0 else None
    return None if abandoned_after is None else queued_at + timedelta(seconds=abandoned_after)
