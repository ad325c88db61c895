"""From what was typed after `/kpi` to what is meant. Pure: the teams and metrics that exist are handed in."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cspm_core import errors
from cspm_core.people import fold
from cspm_core.periods import BadPeriod, parse_period

from .vocabulary import DAYS, LAST, PERIODS, SUBJECTS

MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
ROLLING = re.compile(rf"(\d{{1,3}})\s*(?:{'|'.join(DAYS)})")
DEFAULT_PERIOD = "this-week"
PERIOD_WORDS = [spelling for spellings in PERIODS.values() for spelling in spellings]


class Subject(StrEnum):
    TEAM = "team"
    ME = "me"
    AGENT = "agent"
    METRIC = "metric"
    EXPLAIN = "explain"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see. `name`: a team, a metric's key, a Slack user id or a person's name; empty: theirs."""

    subject: Subject
    name: str = ""
    period: str = DEFAULT_PERIOD


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to ask for: team names, and metric keys by every name they go by (folded)."""

    teams: Sequence[str]
    metrics: Mapping[str, str]
    now: datetime

    def team(self, text: str) -> str | None:
        return next((name for name in self.teams if fold(name) == fold(text)), None)


def understand(text: str, known: Known) -> Wish:
    """What is wished for. Raises UnknownPeriod, UnknownTeam or UnknownMetric with the nearest valid word."""
    words = " ".join(text.split())
    subject, rest = _subject(words)
    match subject:
        case Subject.HELP:
            return Wish(Subject.HELP)
        case Subject.EXPLAIN:
            return Wish(Subject.EXPLAIN, _metric(rest, known))
        case Subject.ME:
            return Wish(Subject.ME, "", _only_period(rest, known))
        case Subject.TEAM:
            return _team(rest, known)
    if mention := MENTION.search(rest):
        left = (rest[: mention.start()] + " " + rest[mention.end() :]).strip()
        return Wish(Subject.AGENT, mention.group(1), _only_period(left, known))
    if subject is Subject.AGENT:
        name, period = _split(rest, known)
        return Wish(Subject.AGENT, name, period or DEFAULT_PERIOD)
    return _anything(rest, known)


def _subject(words: str) -> tuple[Subject | None, str]:
    """The subject that the words begin with, and what follows it."""
    folded = fold(words)
    for subject, spellings in SUBJECTS.items():
        for spelling in spellings:
            if folded == spelling:
                return Subject(subject), ""
            if folded.startswith(spelling + " "):
                return Subject(subject), words[len(spelling) :].strip()
    return None, words


def _team(rest: str, known: Known) -> Wish:
    """A team and a period; a team whose whole name was typed wins over a period that its name ends with."""
    if (whole := known.team(rest)) or not rest:
        return Wish(Subject.TEAM, whole or "")
    name, period = _split(rest, known)
    if not name:
        return Wish(Subject.TEAM, "", period or DEFAULT_PERIOD)
    if found := known.team(name):
        return Wish(Subject.TEAM, found, period or DEFAULT_PERIOD)
    _refuse_period_after(rest, known.teams)
    _refuse_mistyped_period(rest)
    raise errors.UnknownTeam(name, _nearest(name, known.teams), list(known.teams)[:10])


def _anything(rest: str, known: Known) -> Wish:
    """No subject was named: a period, a metric or a team, in that order; otherwise the nearest of all valid words."""
    name, period = _split(rest, known)
    if not name:
        return Wish(Subject.TEAM, "", period or DEFAULT_PERIOD)
    for whole, span in ((rest, None), (name, period)):
        if fold(whole) in known.metrics:
            return Wish(Subject.METRIC, known.metrics[fold(whole)], span or DEFAULT_PERIOD)
        if team := known.team(whole):
            return Wish(Subject.TEAM, team, span or DEFAULT_PERIOD)
    _refuse_period_after(rest, [*known.metrics, *known.teams])
    _refuse_mistyped_period(rest)
    if name[0].isdigit():
        raise errors.UnknownPeriod(name, nearest_period(name))
    every = [*known.metrics, *known.teams, *SUBJECTS, *PERIOD_WORDS]
    raise errors.UnknownMetric(name, _nearest(name, every), ())


def _metric(rest: str, known: Known) -> str:
    if fold(rest) in known.metrics:
        return known.metrics[fold(rest)]
    raise errors.UnknownMetric(rest, _nearest(rest, list(known.metrics)), sorted(set(known.metrics.values())))


def _only_period(rest: str, known: Known) -> str:
    name, period = _split(rest, known)
    if name:
        raise errors.UnknownPeriod(rest, nearest_period(rest))
    return period or DEFAULT_PERIOD


def _split(words: str, known: Known) -> tuple[str, str | None]:
    """The longest ending that is a period, and what stands before it."""
    parts = words.split()
    for i in range(len(parts)):
        if period := period_key(" ".join(parts[i:]), known.now):
            return " ".join(parts[:i]), period
    return words, None


def _refuse_period_after(words: str, names: Sequence[str]) -> None:
    """Where the words begin with a valid name, the rest was meant as a period."""
    folded = fold(words)
    for name in sorted(names, key=len, reverse=True):
        if folded.startswith(fold(name) + " "):
            wrong = words[len(name) :].strip()
            raise errors.UnknownPeriod(wrong, nearest_period(wrong))


def _refuse_mistyped_period(words: str) -> None:
    """Where everything that was typed is all but a period, as in `lst week`."""
    if near := _nearest(words, PERIOD_WORDS, cutoff=0.8):
        raise errors.UnknownPeriod(words, near)


def period_key(text: str, now: datetime) -> str | None:
    """The period that some words name in any of our languages, as `periods` writes it; None: they name none."""
    folded = fold(text)
    for key, spellings in PERIODS.items():
        if folded in spellings:
            return key
    for before in LAST:
        folded = folded.removeprefix(before).strip()
    if rolling := ROLLING.fullmatch(folded):
        return f"{int(rolling.group(1))}d"
    try:
        return parse_period(fold(text).replace(" ", "-"), timezone="UTC", now=now).key
    except BadPeriod as bad:
        if bad.reason in ("unknown", "no_such_day"):
            return None
        if bad.reason == "future":
            raise errors.NotBegun(text) from None
        raise errors.UnknownPeriod(text, bad.nearest) from None


def nearest_period(text: str) -> str | None:
    """The valid spelling closest to a wrong one."""
    return _nearest(text, PERIOD_WORDS)


def _nearest(text: str, words: Sequence[str], cutoff: float = 0.5) -> str | None:
    folded = {fold(word): word for word in reversed(words)}  # the first of several alike wins
    near = difflib.get_close_matches(fold(text), list(folded), n=1, cutoff=cutoff)
    return folded[near[0]] if near else None
