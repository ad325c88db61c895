"""Messages that Slack does not take: how many of which team, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from cspm_core import notices
from cspm_core.notices import Unsaid
from cspm_core.people import Team

from ..words import Words
from . import codes
from .findings import Finding, doubtful, good

RECENT = timedelta(days=7)
PATIENCE = timedelta(minutes=15)
"""What was due longer ago should have been said."""


def findings(
    session: Session, workspace_id: int, teams: Mapping[int, Team], now: datetime, t: Words
) -> Iterator[Finding]:
    """One for each team and reason."""
    told = notices.unsaid(session, workspace_id, since=now - RECENT, due_before=now - PATIENCE)
    if not told:
        yield good("notices", t("Slack takes what the bot says."))
    for one in told:
        team = teams.get(one.team_id)
        found = _given_up(one, team, t) if one.code else _waiting(one, team, now, t)
        yield found.of(team) if team else found


def _given_up(one: Unsaid, team: Team | None, t: Words) -> Finding:
    said = t.n(
        "{n} message of the last 7 days was given up: {why}.",
        "{n} messages of the last 7 days were given up: {why}.",
        one.n,
        why=codes.in_words(one.code, t),
    )
    return doubtful("notices", _about(team, said, t), codes.what_to_do(one.code, t))


def _waiting(one: Unsaid, team: Team | None, now: datetime, t: Words) -> Finding:
    said = t.n(
        "{n} message waits for Slack, the oldest for {time}.",
        "{n} messages wait for Slack, the oldest for {time}.",
        one.n,
        time=t.duration((now - one.since).total_seconds()),
    )
    advice = t("See whether the schedule beats, and whether the bot is in the channel. It goes on trying by itself.")
    return doubtful("notices", _about(team, said, t), advice)


def _about(team: Team | None, said: str, t: Words) -> str:
    return t("{team}: {said}", team=team.name, said=said) if team else said
