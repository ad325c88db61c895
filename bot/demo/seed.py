"""Writing Fernhill down with the house's own verbs: workspace, teams, people, what they aim for, who works when."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session

from cspm_core import kpi, people, tickets
from cspm_core.people import Member, Role, Team
from cspm_core.store import Store

from . import rosters, world
from .world import Centre, Colleague


def found(store: Store, opening: date, *, now: datetime) -> int:
    """The workspace's id, with everybody in it and no ticket yet. The database has been migrated."""
    with store.transaction() as session:
        workspace_id = people.found_workspace(session, now=now).id
        members = {one: _member(session, workspace_id, one, zone, now) for one, zone in world.colleagues().items()}
        teams = {centre.name: _settle(session, workspace_id, centre, members, opening, now) for centre in world.CENTRES}
        rosters.plan(session, teams, members, opening, now=now)
    return workspace_id


def _member(session: Session, workspace_id: int, one: Colleague, zone: str, now: datetime) -> Member:
    return people.add_member(
        session,
        workspace_id,
        one.name,
        email=world.email(one),
        slack_user_id=world.slack_id(one),
        slack_locale=one.locale,
        timezone=zone,
        role=one.role,
        now=now,
    )


def _settle(
    session: Session, workspace_id: int, centre: Centre, members: dict[Colleague, Member], opening: date, now: datetime
) -> Team:
    """A team with its people, its targets and its agreement."""
    team = people.add_team(
        session,
        workspace_id,
        centre.name,
        channel=world.channel_id(centre),
        timezone=centre.timezone,
        language=centre.language,
        hours=centre.hours,
        holidays=centre.holidays,
        digest_at=centre.digest_at,
        now=now,
    )
    people.join_team(session, team, members[centre.lead], Role.LEAD, now=now)
    people.join_team(session, team, members[world.MANAGER], Role.MANAGER, now=now)
    people.join_team(session, team, members[world.REVIEWER], Role.QA_REVIEWER, now=now)
    for agent in centre.agents:
        joined = max(date(1970, 1, 1), opening - timedelta(days=agent.joined_days_ago))
        people.join_team(session, team, members[agent], Role.AGENT, from_day=joined, now=now)
    people.agree_on_person_figures(session, team, centre.person_figures, centre.lead.name, now=now)
    _aim(session, team, centre, now)
    return team


def _aim(session: Session, team: Team, centre: Centre, now: datetime) -> None:
    for key, value in centre.targets.items():
        kpi.set_target(session, team, key, value, now)
    for metric, seconds in (("first_response", centre.first_reply_s), ("resolution", centre.solve_s)):
        for priority, within in seconds.items():
            tickets.set_sla(session, team, metric, priority, within, "business", now=now)
