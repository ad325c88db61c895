"""Beginning a talk and holding it; after a held one the next is planned by its rhythm. Callers commit."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from .. import disputes, errors, people
from ..calendars import at_local, local_day
from ..once import add_once
from ..people import Asker, Member, Team
from . import rhythms, rights, slots, talks, telling
from .rules import TalkStatus, next_day
from .tables import Talk


def open_talk(session: Session, team: Team, *, lead: Asker, agent: Member, now: datetime) -> Talk:
    """The talk that notes and promises belong to: the one planned, else one that is proposed to nobody yet."""
    assert lead.member_id is not None
    planned = talks.planned_of(session, team.workspace_id, lead.member_id, agent.id)
    if planned is not None:
        return planned
    fresh = talks.fresh_talk(team, lead.member_id, agent.id, now, proposed_by=None, now=now)
    fresh.reminded_at = fresh.late_at = now  # nobody is told of what nobody proposed
    add_once(session, fresh)
    found = talks.planned_of(session, team.workspace_id, lead.member_id, agent.id)
    assert found is not None
    return found


def hold_talk(session: Session, workspace_id: int, talk_id: int, *, by: Asker, now: datetime) -> Talk | None:
    """It was held: reviews that waited for it are told, and the next is planned by the rhythm. The next talk, if any.

    Only its lead says so. Raises NotYourTalk, TalkOver where it is held or cancelled already.
    """
    talk = rights.talk_of(session, workspace_id, talk_id, by)
    if by.member_id != talk.lead_id:
        raise errors.NotYourTalk
    if not talks.change(session, talk, {"status": TalkStatus.HELD, "pair": None, "held_at": now}):
        talks.refuse_over(session, talk)
    telling.redraw_talk(session, talk)
    team = people.team(session, workspace_id, talk.team_id)
    disputes.told_in_person(session, workspace_id, talk.agent_id, by=by, now=now)
    return _plan_next(session, team, talk, now)


def _plan_next(session: Session, team: Team, talk: Talk, now: datetime) -> Talk | None:
    every = rhythms.rhythm(session, team.workspace_id, talk.lead_id, talk.agent_id)
    wall = talk.planned_at.astimezone(ZoneInfo(team.timezone))
    day = next_day(every, wall.date(), local_day(now, team.timezone))
    if day is None:
        return None
    quarter = wall.time().replace(minute=wall.minute // 15 * 15, second=0, microsecond=0)
    wanted = at_local(day, quarter, team.timezone)
    at = slots.near(session, team, talk.lead_id, talk.agent_id, wanted, earliest=now + talks.SOON)
    if at is None:
        return None
    fresh = talks.fresh_talk(team, talk.lead_id, talk.agent_id, at, proposed_by=talk.lead_id, now=now)
    if not add_once(session, fresh):
        return None
    telling.tell_talk(session, team, fresh, now=now)
    return session.get_one(Talk, (fresh.workspace_id, fresh.id))
