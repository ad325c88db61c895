"""`/kpi compare` and `/kpi agents`: two teams side by side, and a team's people for their lead alone."""

from __future__ import annotations

from sqlmodel import Session

from cspm_core import errors, kpi, people, signals
from cspm_core.people import Team
from cspm_core.signals import AgentsBand, BandNote

from ..asking import Ask
from ..kpi import answers
from ..kpi.answers import Seen
from ..kpi.spoken import Wish
from . import agent_views, compare_views, pictures

FIRST_CHOICE, OTHERWISE = "csat", "first_response_business"


def compare(ask: Ask, wish: Wish) -> None:
    """Two teams, both of which the asker may see; one alone is set beside their own."""
    if not (wish.name or wish.team):
        ask.answer({"text": ask.t("Name two teams, for example `/kpi compare Returns Billing last month`.")})
        return
    with ask.reading() as session:
        teams = [answers.team_asked(session, ask, name) for name in (wish.name, wish.team)]
        if teams[0].id == teams[1].id:
            teams[0] = _another(session, ask, teams[1])
        period = kpi.period_named(wish.period, timezone=teams[0].timezone, now=ask.now)
        found = signals.compare(session, teams[0], teams[1], None, period, ask.now)
    ask.answer(compare_views.comparison(found, ask.t))


def _another(session: Session, ask: Ask, team: Team) -> Team:
    """Whom a team can be compared with where the asker named their own. Raises UnknownTeam where there is nobody."""
    others = answers.other_teams(session, ask, team.id)
    if len(others) != 1:
        raise errors.UnknownTeam("", None, list(others.values()))
    return people.team(session, ask.workspace_id, next(iter(others)))


def agents(ask: Ask, wish: Wish) -> None:
    """Each look at somebody's figures is written down before they are shown."""
    with ask.reading() as session:
        team = answers.team_led(session, ask, wish.team)
        found = answers.seen(session, team, wish.period, asked_at=ask.now, as_of=None)
        band = _band(session, found, wish.name)
    _remember_looks(ask, band)
    ask.answer(agent_views.agents(band, found.name, ask.t))
    pictures.follow_band(ask, found, band)


def _band(session: Session, found: Seen, key: str) -> AgentsBand:
    """The figure asked for, else satisfaction where there are ratings, else the speed of the first answer."""
    for wanted in (key,) if key else (FIRST_CHOICE, OTHERWISE):
        band = signals.agents(session, found.team, wanted, found.period, found.scope.as_of)
        if band.agents or band.note not in (BandNote.NO_DATA, BandNote.NOBODY):
            break
    return band


def _remember_looks(ask: Ask, band: AgentsBand) -> None:
    seen = [one.member_id for one in band.agents if one.member_id is not None]
    if not seen:
        return
    with ask.writing() as session:
        asker = ask.asker(session)
        for member_id in seen:
            people.log_look(session, ask.workspace_id, asker, member_id, band.metric.key, now=ask.now)
