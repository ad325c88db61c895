"""Planning talks, moving them, saying that they fit, holding and cancelling them. Callers commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from .. import errors, people
from ..calendars import local_day
from ..ids import new_id
from ..once import add_once
from ..people import Asker, Member, Team
from . import rhythms, rights, slots, telling
from .rules import FARTHEST, MINUTES, Every, TalkStatus, pair
from .tables import Talk

SOON = timedelta(minutes=5)
"""A talk is planned at least so far ahead."""


def plan_talk(
    session: Session, team: Team, *, lead: Asker, agent: Member, at: datetime, every: Every | None = None, now: datetime
) -> Talk:
    """The next talk of a lead with one of their team, proposed to them; one that is planned already is moved there.

    `every`: from now on in this rhythm. Raises NotForYou, Invalid (past, too_far, not_free).
    """
    if rights.team_of_pair(session, team.workspace_id, lead, agent, now=now).id != team.id and not lead.coaches(
        team.id
    ):
        raise errors.NotForYou
    assert lead.member_id is not None
    if every is not None:
        rhythms.set_rhythm(session, team, lead.member_id, agent.id, every, now=now)
    planned = planned_of(session, team.workspace_id, lead.member_id, agent.id)
    if planned is None:
        _check(session, team, lead.member_id, agent.id, at, now)
        fresh = fresh_talk(team, lead.member_id, agent.id, at, proposed_by=lead.member_id, now=now)
        if add_once(session, fresh):
            telling.tell_talk(session, team, fresh, now=now)
            return session.get_one(Talk, (fresh.workspace_id, fresh.id))
        planned = planned_of(session, team.workspace_id, lead.member_id, agent.id)
        assert planned is not None
    move_talk(session, team.workspace_id, planned.id, at, by=lead, now=now)
    session.refresh(planned)
    return planned


def move_talk(session: Session, workspace_id: int, talk_id: int, at: datetime, *, by: Asker, now: datetime) -> bool:
    """To another moment, proposed to the other; whether it moved. Raises NotYourTalk, TalkOver, Invalid."""
    talk = rights.talk_of(session, workspace_id, talk_id, by)
    team = people.team(session, workspace_id, talk.team_id)
    if talk.planned_at == at and talk.status == TalkStatus.PLANNED:
        return False
    _check(session, team, talk.lead_id, talk.agent_id, at, now, but=talk.id)
    is_today = local_day(at, team.timezone) == local_day(now, team.timezone)
    values = {
        "planned_at": at, "moved": talk.moved + 1, "proposed_by": by.member_id, "agreed_at": None,
        "reminded_at": now if is_today else None, "late_at": None,
    }  # fmt: skip
    if not change(session, talk, values, moved=talk.moved):
        refuse_over(session, talk)
        return False
    telling.tell_talk(session, team, talk, now=now)
    return True


def fits(session: Session, workspace_id: int, talk_id: int, *, by: Asker, moved: int, now: datetime) -> bool:
    """The one who was asked says that the moment fits; `moved`: the moment they were shown. Raises Changed where it is
    another by now, TalkOver."""
    talk = rights.talk_of(session, workspace_id, talk_id, by)
    if talk.status != TalkStatus.PLANNED:
        refuse_over(session, talk)
    if talk.moved != moved:
        raise errors.Changed
    if talk.proposed_by == by.member_id or not change(session, talk, {"agreed_at": now}, moved=moved, unagreed=True):
        return False
    telling.redraw_talk(session, talk)
    return True


def cancel_talk(session: Session, workspace_id: int, talk_id: int, *, by: Asker) -> bool:
    """It does not take place; whether it was planned until now. Raises NotYourTalk, TalkOver where it was held."""
    talk = rights.talk_of(session, workspace_id, talk_id, by)
    return _cancel(session, talk)


def cancel_by_itself(session: Session, talk: Talk) -> bool:
    """The same where one of the two has left the team."""
    return _cancel(session, talk)


def _cancel(session: Session, talk: Talk) -> bool:
    if not change(session, talk, {"status": TalkStatus.CANCELLED, "pair": None}):
        if talk.status == TalkStatus.HELD:
            raise errors.TalkOver(talk.held_at)
        return False
    telling.redraw_talk(session, talk)
    return True


def planned_of(session: Session, workspace_id: int, lead_id: int, agent_id: int) -> Talk | None:
    """The one talk of two people that is planned."""
    query = select(Talk).where(Talk.workspace_id == workspace_id, Talk.pair == pair(lead_id, agent_id))
    return session.exec(query).first()


def proposals(session: Session, talk: Talk, *, now: datetime, n: int = 3) -> list[datetime]:
    """Where a talk could be moved to: the next moments that both have, none of them that of the talk itself."""
    team = people.team(session, talk.workspace_id, talk.team_id)
    found = slots.slots(session, team, talk.lead_id, talk.agent_id, now + SOON, n + 1)
    return [at for at in found if at != talk.planned_at][:n]


def fresh_talk(
    team: Team, lead_id: int, agent_id: int, at: datetime, *, proposed_by: int | None, now: datetime
) -> Talk:
    is_today = local_day(at, team.timezone) == local_day(now, team.timezone)
    return Talk(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        lead_id=lead_id,
        agent_id=agent_id,
        pair=pair(lead_id, agent_id),
        planned_at=at,
        minutes=MINUTES,
        proposed_by=proposed_by,
        reminded_at=now if is_today else None,  # the proposal is the message of the day
    )


def _check(
    session: Session, team: Team, lead_id: int, agent_id: int, at: datetime, now: datetime, *, but: int | None = None
) -> None:
    if at < now + SOON:
        raise errors.Invalid("moment", at.isoformat(), "talk_past")
    if at > now + FARTHEST:
        raise errors.Invalid("moment", at.isoformat(), "talk_far")
    if not slots.is_free(session, team, lead_id, agent_id, at, but=but):
        raise errors.Invalid("moment", at.isoformat(), "talk_not_free")


def change(
    session: Session, talk: Talk, values: Mapping[str, object], *, moved: int | None = None, unagreed: bool = False
) -> bool:
    """Change a talk that is still planned; False where it is not, or another was faster."""
    statement = update(Talk).where(
        col(Talk.workspace_id) == talk.workspace_id, col(Talk.id) == talk.id, col(Talk.status) == TalkStatus.PLANNED
    )
    if moved is not None:
        statement = statement.where(col(Talk.moved) == moved)
    if unagreed:
        statement = statement.where(col(Talk.agreed_at).is_(None))
    done = session.exec(statement.values(**values).execution_options(synchronize_session=False))
    session.refresh(talk)
    return bool(done.rowcount == 1)


def refuse_over(session: Session, talk: Talk) -> None:
    session.refresh(talk)
    check_planned(talk)


def check_planned(talk: Talk) -> None:
    """Raises TalkOver where it is held or cancelled."""
    if talk.status != TalkStatus.PLANNED:
        raise errors.TalkOver(talk.held_at)
