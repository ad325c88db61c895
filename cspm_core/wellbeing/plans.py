"""An improvement plan: what is to be reached with which support, confirmed by both, and gone on its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, or_, select, update

from .. import duty, errors, notices, people
from ..calendars import local_day
from ..ids import new_id
from ..people import Asker, Member, Role, Team
from . import rules
from .tables import ImprovementPlan

PLAN = "wellbeing.plan"
MOST_CHECKS = 12
DAY = timedelta(days=1)


def draft(
    session: Session,
    team: Team,
    by: Asker,
    agent: Member,
    *,
    goal: str,
    support: str,
    starts_on: date,
    ends_on: date,
    checks_on: Sequence[date] = (),
    gone_on: date,
    manager: Member | None = None,
    now: datetime,
) -> ImprovementPlan:
    """A lead's plan for somebody of the team: it counts once both have confirmed. Raises NotForYou, Invalid."""
    _check(session, team, by, agent, manager, now)
    if not goal.strip() or not support.strip():
        raise errors.Invalid("goal", "", "plan_words")
    if not starts_on < ends_on <= starts_on + rules.LONGEST_PLAN_DAYS * DAY:
        raise errors.Invalid("ends_on", ends_on.isoformat(), "plan_days")
    if not ends_on <= gone_on <= ends_on + rules.KEPT_AFTER_DAYS * DAY:
        raise errors.Invalid("gone_on", gone_on.isoformat(), "plan_gone")
    if len(checks_on) > MOST_CHECKS or any(not starts_on <= one <= ends_on for one in checks_on):
        raise errors.Invalid("checks_on", "", "plan_checks")
    assert by.member_id is not None
    row = ImprovementPlan(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        agent_id=agent.id,
        lead_id=by.member_id,
        manager_id=manager.id if manager else None,
        goal=goal.strip(),
        support=support.strip(),
        starts_on=starts_on,
        checks_on=",".join(one.isoformat() for one in sorted(set(checks_on))),
        ends_on=ends_on,
        gone_on=gone_on,
        lead_confirmed_at=now,
    )
    session.add(row)
    session.flush()
    for one in filter(None, (agent, people.member(session, team.workspace_id, by.member_id), manager)):
        _post(session, team, row, one, now)
    return row


def _check(session: Session, team: Team, by: Asker, agent: Member, manager: Member | None, now: datetime) -> None:
    if not by.coaches(team.id) or by.member_id is None or by.member_id == agent.id:
        raise errors.NotForYou([one.name for one in people.members_of(session, team, now.date(), Role.LEAD)])
    if agent.id not in {one.id for one in people.members_of(session, team, now.date())}:
        raise errors.NoTeamOf(agent.name)
    managers = {one.id for one in people.members_of(session, team, now.date(), Role.MANAGER)}
    if manager is not None and manager.id not in managers:
        raise errors.Invalid("manager", manager.name, "plan_manager")


def _post(session: Session, team: Team, row: ImprovementPlan, to: Member, now: datetime) -> None:
    if to.slack_user_id:
        notices.post(
            session,
            row.workspace_id,
            key=f"{PLAN}:{row.id}:{to.id}",
            kind=PLAN,
            subject_id=row.id,
            team_id=team.id,
            place=to.slack_user_id,
            language=people.reader_language(session, to),
            now=now,
            due_at=duty.good_moment(session, team, to.id, now) or now,
        )


def plan_of(session: Session, workspace_id: int, plan_id: int, by: Asker) -> ImprovementPlan:
    """A plan that its reader may see: the two and the one manager. Raises UnknownPlan, which says no more."""
    row = session.get(ImprovementPlan, (workspace_id, plan_id))
    if row is None or by.member_id is None or by.member_id not in (row.agent_id, row.lead_id, row.manager_id):
        raise errors.UnknownPlan(str(plan_id))
    return row


def check_agent(row: ImprovementPlan, by: Asker) -> None:
    """Only whom it is for confirms it. Raises UnknownPlan."""
    if by.member_id is None or by.member_id != row.agent_id:
        raise errors.UnknownPlan(str(row.id))


def check_lead(row: ImprovementPlan, by: Asker) -> None:
    """Only who made it says what became of it. Raises UnknownPlan."""
    if by.member_id is None or by.member_id != row.lead_id:
        raise errors.UnknownPlan(str(row.id))


def plans_of(session: Session, workspace_id: int, member_id: int) -> list[ImprovementPlan]:
    """Those that somebody may see, the newest first."""
    query = select(ImprovementPlan).where(
        ImprovementPlan.workspace_id == workspace_id,
        or_(
            col(ImprovementPlan.agent_id) == member_id,
            col(ImprovementPlan.lead_id) == member_id,
            col(ImprovementPlan.manager_id) == member_id,
        ),
    )
    return list(session.exec(query.order_by(col(ImprovementPlan.id).desc())))


def confirm(session: Session, row: ImprovementPlan, by: Asker, words: str = "", *, now: datetime) -> bool:
    """The agent confirms, once, with words of their own or without. Raises UnknownPlan."""
    check_agent(row, by)
    return _change(session, row, col(ImprovementPlan.agent_confirmed_at).is_(None),
                   agent_confirmed_at=now, agent_words=words.strip())  # fmt: skip


def end(session: Session, row: ImprovementPlan, by: Asker, outcome: str, *, now: datetime) -> bool:  # noqa: ARG001
    """The lead says what became of it, once. Raises UnknownPlan, Invalid."""
    check_lead(row, by)
    if outcome not in rules.OUTCOMES:
        raise errors.Invalid("outcome", outcome, "plan_outcome")
    return _change(session, row, col(ImprovementPlan.outcome) == "", outcome=outcome)


def _change(session: Session, row: ImprovementPlan, only: object, **values: object) -> bool:
    done = session.exec(
        update(ImprovementPlan)
        .where(
            col(ImprovementPlan.workspace_id) == row.workspace_id,
            col(ImprovementPlan.id) == row.id,
            only,  # type: ignore[arg-type]
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    session.expire(row)
    notices.refresh(session, row.workspace_id, PLAN, row.id)
    return bool(done.rowcount == 1)


def forget(session: Session, *, now: datetime) -> int:
    """Delete the plans whose day has come, in their team's zone; how many."""
    due = session.exec(select(ImprovementPlan).where(col(ImprovementPlan.gone_on) <= (now + DAY).date())).all()
    gone = 0
    for row in due:
        team = people.team(session, row.workspace_id, row.team_id)
        if row.gone_on <= local_day(now, team.timezone):
            session.delete(row)
            gone += 1
    session.flush()
    return gone
