"""Who may talk with whom, and who may see a talk: its two people and nobody else, whatever their role."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from .. import errors, people
from ..calendars import local_day
from ..people import Asker, Member, Role, Team
from .tables import Promise, Talk


def team_of_pair(session: Session, workspace_id: int, lead: Asker, agent: Member, *, now: datetime) -> Team:
    """The team in which somebody coaches another: where both are in it today and the one leads or manages it.

    Raises NotForYou, NoTeamOf, and OwnTalk for oneself.
    """
    if lead.member_id == agent.id:
        raise errors.OwnTalk
    teams = [people.team(session, workspace_id, team_id) for team_id in _team_ids(session, workspace_id, agent, now)]
    if not teams:
        raise errors.NoTeamOf(agent.name)
    led = [team for team in teams if lead.coaches(team.id)]
    if not led:
        names = [one.name for team in teams for one in people.members_of(session, team, now.date(), Role.LEAD)]
        raise errors.NotForYou(list(dict.fromkeys(names)))
    return min(led, key=lambda team: (team.id != lead.last_team_id, team.id))


def _team_ids(session: Session, workspace_id: int, member: Member, now: datetime) -> list[int]:
    every = people.memberships(session, workspace_id, member.id)
    return sorted({one.team_id for one in every if people.holds(one.from_day, one.to_day, now.date())})


def talk_of(session: Session, workspace_id: int, talk_id: int, asker: Asker) -> Talk:
    """A talk that is the asker's own. Raises UnknownTalk, NotYourTalk."""
    row = session.get(Talk, (workspace_id, talk_id))
    if row is None:
        raise errors.UnknownTalk(str(talk_id))
    check_own(row, asker)
    return row


def promise_of(session: Session, workspace_id: int, promise_id: int, asker: Asker) -> Promise:
    """A promise that was made between the asker and somebody. Raises UnknownPromise, NotYourTalk."""
    row = session.get(Promise, (workspace_id, promise_id))
    if row is None:
        raise errors.UnknownPromise(str(promise_id))
    check_own(row, asker)
    return row


def check_own(row: Talk | Promise, asker: Asker) -> None:
    """The agent, and the lead as long as they lead or manage the team. Raises NotYourTalk."""
    if asker.member_id is None or asker.member_id not in (row.lead_id, row.agent_id):
        raise errors.NotYourTalk
    if asker.member_id == row.lead_id and not asker.coaches(row.team_id):
        raise errors.NotYourTalk


def is_over(session: Session, team: Team, lead_id: int, agent_id: int, *, now: datetime) -> tuple[bool, bool]:
    """Whether the lead does not lead the team any more, and whether the agent has left it."""
    today = local_day(now, team.timezone)
    lead = people.memberships(session, team.workspace_id, lead_id)
    leads = any(
        one.team_id == team.id
        and one.role in (Role.LEAD, Role.MANAGER)
        and people.holds(one.from_day, one.to_day, today)
        for one in lead
    )
    agent = people.memberships(session, team.workspace_id, agent_id)
    works = any(one.team_id == team.id and people.holds(one.from_day, one.to_day, today) for one in agent)
    return not leads, not works
