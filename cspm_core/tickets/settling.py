"""`rules.settle` for many tickets at once: the same decisions, taken by column. No database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..metrics.frame import NEVER, Ints, Mask
from ..store import microseconds
from . import ratings
from .rules import AGENT_OPENED, DUE, HAPPENED, LATEST, LIMITS, OPEN, SOLVED, STATUSES, UNSAID
from .told import Told, nothing

_CODES = {status: n for n, status in enumerate(STATUSES)}
_UNKNOWN = len(STATUSES)
_NAMES = (*STATUSES, "")
_OPEN, _SOLVED = _CODES["open"], _CODES["solved"]
_LAST_OPEN, _LAST_SOLVED = len(OPEN), len(OPEN) + len(SOLVED)
_LATEST = microseconds(LATEST)
_SOLVES = ("solved_at", "first_solved_at")


@dataclass(frozen=True, slots=True, eq=False)
class SettledColumns:
    """Tickets without the impossible facts, and what follows from the rest, as in `rules.Settled`.

    `told` has the kept facts as they were said; `wrong` marks what was set aside.
    """

    told: Told
    wrong: Mapping[str, Mask]
    set_aside: Sequence[str]
    """The names of what was set aside, sorted, comma separated."""
    status: Sequence[str]
    solved: Ints
    csat_scale: Sequence[str]
    csat_at: Ints
    csat_good: Sequence[int | None]
    """1, 0, or None for no answer."""
    csat_score: Sequence[float | None]
    is_answered: Mask
    is_solved: Mask
    left_out: Sequence[str]


def settle_columns(told: Told, until: int) -> SettledColumns:
    """What to keep of tickets from data that reaches `until` (microseconds)."""
    wrong = _wrong(told, until)
    kept = _without(told, wrong)
    status, solved = _solve(kept, wrong)
    scales, goods, scores = _ratings(kept)
    is_wrong_reply = wrong.get("first_response_at", _none(told))
    replies = kept.number("public_replies")
    return SettledColumns(
        kept,
        wrong,
        _names(wrong, len(told)),
        [_NAMES[code] for code in status.tolist()],
        solved,
        scales,
        _rated_at(kept, solved, wrong),
        goods,
        scores,
        is_answered=(kept.number("first_response_at") != NEVER)
        | is_wrong_reply
        | ((replies != NEVER) & (replies != 0)),
        is_solved=status >= _LAST_OPEN,
        left_out=_left_out(kept, status),
    )


def _none(told: Told) -> Mask:
    return np.zeros(len(told), dtype=bool)


def _wrong(told: Told, until: int) -> dict[str, Mask]:
    """`rules.impossible` and what nobody can read, by column."""
    created = told.numbers["created_at"]
    end = np.where(created <= until, until, _LATEST)
    found: dict[str, Mask] = {}
    for name in HAPPENED:
        if (at := told.numbers.get(name)) is not None:
            found[name] = (at != NEVER) & ((at < created) | (at > end))
    for name in DUE:
        if (at := told.numbers.get(name)) is not None:
            found[name] = (at != NEVER) & ((at < created) | (at >= _LATEST))
    for name, limit in LIMITS.items():
        if (count := told.numbers.get(name)) is not None:
            found[name] = (count != NEVER) & ((count < 0) | (count >= limit))
    if all(name in told.numbers for name in _SOLVES):
        first, last = told.numbers["first_solved_at"], told.numbers["solved_at"]
        are_two = (first != NEVER) & (last != NEVER) & ~found["first_solved_at"] & ~found["solved_at"]
        found["first_solved_at"] = found["first_solved_at"] | (are_two & (first > last))
    if "csat" in told.texts:
        answers = zip(told.texts["csat"], told.text("csat_scale"), strict=True)
        found["csat"] = np.array(
            [answer != "" and not ratings.is_answer(answer, scale) for answer, scale in answers], dtype=bool
        )
    for name, mask in told.wrong.items():
        found[name] = found[name] | mask if name in found else mask
    return {name: mask for name, mask in found.items() if mask.any()}


def _names(wrong: Mapping[str, Mask], n: int) -> Sequence[str]:
    named: dict[int, list[str]] = {}
    for name in sorted(wrong):
        for place in np.flatnonzero(wrong[name]).tolist():
            named.setdefault(place, []).append(name)
    listed = [""] * n
    for place, names in named.items():
        listed[place] = ",".join(names)
    return listed


def _without(told: Told, wrong: Mapping[str, Mask]) -> Told:
    gone = {name: mask for name, mask in wrong.items() if name in UNSAID}
    if not gone:
        return told
    numbers, texts = dict(told.numbers), dict(told.texts)
    for name, mask in gone.items():
        if name in numbers:
            numbers[name] = np.where(mask, NEVER, numbers[name])
        elif name in texts:
            column = list(texts[name])
            for place in np.flatnonzero(mask).tolist():
                column[place] = nothing(name)
            texts[name] = column
    return Told(told.keys, numbers, texts, told.wrong)


def _solve(told: Told, wrong: Mapping[str, Mask]) -> tuple[Ints, Ints]:
    """The statuses (places in `STATUSES`), and the last solves: the first where no other is known."""
    first, solved = told.number("first_solved_at"), told.number("solved_at")
    is_wrong = wrong.get("solved_at", _none(told)) | wrong.get("first_solved_at", _none(told))
    if "status" in told.texts:
        status = np.array([_CODES.get(word, _UNKNOWN) for word in told.texts["status"]], dtype=np.int64)
    else:
        status = np.full(len(told), _UNKNOWN, dtype=np.int64)
    last, back = np.where(solved != NEVER, solved, first), told.number("reopened_at")
    is_back = (last != NEVER) & (back != NEVER) & (back > last)
    guessed = np.where(((last != NEVER) | is_wrong) & ~is_back, _SOLVED, _OPEN)
    status = np.where(status == _UNKNOWN, guessed, status)
    is_done = (status >= _LAST_OPEN) & (status < _LAST_SOLVED)
    return status, np.where((solved == NEVER) & is_done & ~is_wrong, first, solved)


def _ratings(told: Told) -> tuple[Sequence[str], Sequence[int | None], Sequence[float | None]]:
    """Scale, goodness and number of each answer."""
    n = len(told)
    if not {"csat", "csat_scale"} & told.texts.keys():
        return [""] * n, [None] * n, [None] * n
    known: dict[tuple[str, str], tuple[str, int | None, float | None]] = {}
    found = []
    for pair in zip(told.text("csat"), told.text("csat_scale"), strict=True):
        one = known.get(pair)
        if one is None:
            one = known[pair] = _rating(*pair)
        found.append(one)
    scales, goods, scores = zip(*found, strict=True) if found else ((), (), ())
    return scales, goods, scores


def _rating(answer: str, scale: str) -> tuple[str, int | None, float | None]:
    if not answer:
        return ratings.scale_of(answer, scale) if scale else "", None, None
    good = ratings.is_good(answer, scale)
    return ratings.scale_of(answer, scale), None if good is None else int(good), ratings.score(answer, scale)


def _rated_at(told: Told, solved: Ints, wrong: Mapping[str, Mask]) -> Ints:
    """When the rating was given; where nobody says, the solve. An impossible date is not made up for."""
    at = told.number("csat_at")
    if "csat" not in told.texts:
        return at
    is_rated = np.array([answer != "" for answer in told.texts["csat"]], dtype=bool)
    unsaid = is_rated & (at == NEVER)
    for name in ("csat_at", "solved_at"):
        if name in wrong:
            unsaid &= ~wrong[name]
    return np.where(unsaid, np.where(solved != NEVER, solved, last_known(told)), at)


def last_known(told: Told) -> Ints:
    """The latest instants at which something is known to have happened to each ticket."""
    last = told.numbers["created_at"]
    for name in HAPPENED:
        if (at := told.numbers.get(name)) is not None:
            last = np.maximum(last, np.where(at == NEVER, last, at))
    return last


def _left_out(told: Told, status: Ints) -> Sequence[str]:
    reasons = [""] * len(told)
    messages = told.number("customer_messages")
    is_silent = (messages == NEVER) | (messages == 0)
    if "opened_by" in told.texts:
        openers = np.array([one == "agent" for one in told.texts["opened_by"]], dtype=bool)
        for place in np.flatnonzero(openers & is_silent).tolist():
            reasons[place] = AGENT_OPENED
    for place in np.flatnonzero(status >= _LAST_SOLVED).tolist():
        reasons[place] = STATUSES[status[place]]
    return reasons
