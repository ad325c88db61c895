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

from .vocabulary import BETWEEN, DAYS, LAST, PERIODS, SUBJECTS

MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
ROLLING = re.compile(rf"(\d{{1,3}})\s*(?:{'|'.join(DAYS)})")
DEFAULT_PERIOD = "this-week"
LONG_PERIOD = "28d"
"""Over which teams and people are compared: long enough to tell a difference from chance."""
EXPLAINED_PERIOD = "28d"
"""What a figure is explained with: long enough to hold every kind of ticket."""
PERIOD_WORDS = [spelling for spellings in PERIODS.values() for spelling in spellings]


class Subject(StrEnum):
    TEAM = "team"
    ME = "me"
    AGENT = "agent"
    METRIC = "metric"
    COMPARE = "compare"
    AGENTS = "agents"
    EXPLAIN = "explain"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see. `name`: a team, a metric's key, a Slack user id or a person's name; empty: theirs.

    `team`: with whose tickets a figure is explained, whose people are meant, or the second of two that are compared;
    empty: the asker's.
    """

    subject: Subject
    name: str = ""
    period: str = DEFAULT_PERIOD
    team: str = ""


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
            return _explained(rest, known)
        case Subject.COMPARE:
            return _compared(rest, known)
        case Subject.AGENTS:
            return _agents(rest, known)
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


def _explained(rest: str, known: Known) -> Wish:
    """A figure, and maybe with whose tickets and over what: the longest beginning that names a figure is it."""
    words = rest.split()
    for i in range(len(words), 0, -1):
        if metric := known.metrics.get(fold(" ".join(words[:i]))):
            return _with_whose(metric, " ".join(words[i:]), known)
    raise errors.UnknownMetric(rest, _nearest(rest, list(known.metrics)), sorted(set(known.metrics.values())))


def _with_whose(metric: str, rest: str, known: Known) -> Wish:
    if whole := known.team(rest):
        return Wish(Subject.EXPLAIN, metric, EXPLAINED_PERIOD, whole)
    name, period = _split(rest, known)
    team = known.team(name) if name else ""
    if team is None:
        _refuse_period_after(rest, known.teams)
        _refuse_mistyped_period(rest)
        raise errors.UnknownTeam(name, _nearest(name, known.teams), list(known.teams)[:10])
    return Wish(Subject.EXPLAIN, metric, period or EXPLAINED_PERIOD, team)


def _compared(rest: str, known: Known) -> Wish:
    """Two teams and a period. One team alone is compared with the asker's."""
    names, period = (rest, None) if _two_teams(rest, known) else _split(rest, known)
    period = period or LONG_PERIOD
    if found := _two_teams(names, known):
        return Wish(Subject.COMPARE, found[0], period, found[1])
    if not names:
        return Wish(Subject.COMPARE, "", period)
    if only := known.team(names):
        return Wish(Subject.COMPARE, "", period, only)
    _refuse_mistyped_period(rest)
    wrong = _unknown_of_two(names, known)
    raise errors.UnknownTeam(wrong, _nearest(wrong, known.teams), list(known.teams)[:10])


def _two_teams(names: str, known: Known) -> tuple[str, str] | None:
    """Two names one after the other, with or without a word between."""
    words = names.split()
    for i in range(1, len(words)):
        first, rest = known.team(" ".join(words[:i])), words[i:]
        if len(rest) > 1 and fold(rest[0]) in BETWEEN:
            rest = rest[1:]
        if first and (second := known.team(" ".join(rest))):
            return first, second
    return None


def _unknown_of_two(names: str, known: Known) -> str:
    """What is left of the words without a team that they begin or end with."""
    folded = fold(names)
    for team in sorted(known.teams, key=len, reverse=True):
        if folded.startswith(fold(team) + " "):
            rest = names.split()[len(team.split()) :]
            return " ".join(rest[1:] if len(rest) > 1 and fold(rest[0]) in BETWEEN else rest)
        if folded.endswith(" " + fold(team)):
            rest = names.split()[: -len(team.split())]
            return " ".join(rest[:-1] if len(rest) > 1 and fold(rest[-1]) in BETWEEN else rest)
    return names


def _agents(rest: str, known: Known) -> Wish:
    """A figure, a team and a period, each of which may be left away; figure and team in either order."""
    whole = _figure_and_team(rest, known)
    names, period = (rest, None) if whole else _split(rest, known)
    found = whole or _figure_and_team(names, known)
    if found is None:
        _refuse_period_after(rest, [*known.metrics, *known.teams])
        _refuse_mistyped_period(rest)
        raise errors.UnknownMetric(names, _nearest(names, [*known.metrics, *known.teams]), ())
    return Wish(Subject.AGENTS, found[0], period or LONG_PERIOD, found[1])


def _figure_and_team(names: str, known: Known) -> tuple[str, str] | None:
    words = names.split()
    for i in range(len(words), -1, -1):
        for figure, team in ((words[:i], words[i:]), (words[i:], words[:i])):
            metric = known.metrics.get(fold(" ".join(figure))) if figure else ""
            whose = known.team(" ".join(team)) if team else ""
            if metric is not None and whose is not None:
                return metric, whose
    return None


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
