"""The steps that stand on how a team works, and on how the teams are set up."""

from __future__ import annotations

from sqlmodel import Session, select

from cspm_core import digests, duty, matching, people, privacy, qa, samples, tickets, tours
from cspm_core.people import Role, Team
from cspm_core.setup.tables import Setup

from ..asking import Ask
from ..blocks import value
from . import sights
from .sights import Nothing, Only, Shown

SEVERITY = 2
"""Of the escalation that is thought through."""
MOST_TEAMS = 6


def digest(session: Session, ask: Ask, team: Team | None) -> Shown:
    """When the next one comes, and where."""
    if team is None:
        return Shown(Nothing())
    rhythm = digests.rhythm(session, team)
    begins = max(ask.now, rhythm.paused_until or ask.now)
    days = () if begins == digests.FOREVER else rhythm.days_after(begins)
    day = next((day for day in days if team.digests_from is None or day >= team.digests_from), None)
    at = rhythm.due_at(day) if day else None
    carries = value(team=team.id) if ask.asker(session).leads(team.id) else ""
    return Shown(sights.Morning(at, team.digest_at, team.timezone, team.channel), carries)


def alarm(session: Session, ask: Ask, team: Team | None) -> Shown:
    """What would happen right now, if something were escalated."""
    if team is None:
        return Shown(Only())
    on_duty = duty.overview(session, team, ask.now, turns=0).now.names
    climb = tours.climb(session, team, SEVERITY, ask.now)
    return Shown(sights.Alarm(team.name, on_duty, climb, team.timezone), value(team=team.id))


def reviewed(session: Session, ask: Ask, team: Team | None) -> Shown:
    """How far the team's sample is."""
    if team is None:
        return Shown(Nothing())
    plan = samples.plan_of(session, team)
    next_at = samples.next_draw(session, team, plan, ask.now) if plan.is_on else None
    sampled = samples.progress(session, team, now=ask.now)
    carries = value(show="scores")
    if sampled is None and not (next_at and qa.scorecards_of(session, team)):
        return Shown(Nothing(), carries)
    return Shown(sights.Reviewed(sampled, next_at, team.timezone), carries)


def criteria(session: Session, ask: Ask, team: Team | None) -> Shown:  # noqa: ARG001
    """What the team's first scorecard asks."""
    carries = value(show="scorecards")
    card = qa.card_for(session, team, "") if team else None
    if card is None:
        return Shown(Nothing(), carries)
    names = tuple(one.name for one in card.definition.criteria)
    return Shown(sights.Criteria(card.name, names, card.definition.passed_from), carries)


def fairness(session: Session, ask: Ask, team: Team | None) -> Shown:
    """What the team has agreed to."""
    carries = value(page="privacy")
    return Shown(sights.Agreed((privacy.standing_of(session, team, ask.now),)) if team else Only(), carries)


def duties(session: Session, ask: Ask, team: Team | None) -> Shown:  # noqa: ARG001
    """What each team has agreed to."""
    every = people.teams(session, ask.workspace_id)[:MOST_TEAMS]
    carries = value(page="privacy")
    if not every:
        return Shown(Nothing(), carries)
    return Shown(sights.Agreed(tuple(privacy.standing_of(session, one, ask.now) for one in every)), carries)


def states(session: Session, ask: Ask, team: Team | None) -> Shown:  # noqa: ARG001
    """How far each team is set up. A setup that was left goes on where it was."""
    every = [_state(session, one, ask) for one in people.teams(session, ask.workspace_id)[:MOST_TEAMS]]
    left = next((one for one in every if one.is_begun_only), None)
    carries = value(team=left.team.id) if left else value()
    return Shown(sights.States(every) if every else Nothing(), carries)


def settled(session: Session, ask: Ask, team: Team | None) -> Shown:
    """What was settled for each team."""
    every = people.teams(session, ask.workspace_id)[:MOST_TEAMS]
    return Shown(sights.Settled(every) if every else Nothing(), value(team=team.id) if team else "")


def nobodys(session: Session, ask: Ask, team: Team | None) -> Shown:  # noqa: ARG001
    """How many names in the data nobody has said anything about, as the page of names counts them."""
    return Shown(sights.Nobodys(len(matching.unmatched(session, ask.workspace_id))), value())


def only(session: Session, ask: Ask, team: Team | None) -> Shown:  # noqa: ARG001
    """Nothing of the team's; the step says it all."""
    return Shown(Only(), value())


def _state(session: Session, team: Team, ask: Ask) -> sights.TeamState:
    day, extent = ask.now.date(), tickets.extent(session, team, ask.now)
    begun = session.exec(select(Setup).where(Setup.workspace_id == team.workspace_id, Setup.team_id == team.id)).first()
    return sights.TeamState(
        team,
        len(people.members_of(session, team, day, Role.AGENT)),
        tuple(one.name for one in people.members_of(session, team, day, Role.LEAD)),
        extent.complete_until if extent else None,
        begun is not None and begun.done_at is None,
    )
