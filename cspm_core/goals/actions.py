"""Proposing a goal, agreeing to it, and judging it at its end. Callers commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select, update

from .. import duty, errors, kpi, notices, people
from ..calendars import midnight
from ..ids import new_id
from ..people import Asker, Member, PersonFigures, Role, Team, reader_language
from . import reads, rules
from .tables import Goal

ASKED = "goals.asked"
ANSWERED = "goals.answered"
ENDED = "goals.ended"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a figure. `target`: a value, or by how much better."""

    metric: str
    kind: str
    target: float


def propose(
    session: Session,
    team: Team,
    by: Asker,
    wish: Wish,
    *,
    starts_on: date,
    ends_on: date,
    member: Member | None = None,
    beside: Wish | None = None,
    now: datetime,
) -> Goal:
    """A goal of a team (by its leads) or of a person (by a lead or by themselves), which binds once they agree.

    Raises NotForYou, PersonFiguresClosed, Invalid (days, value), NeedsQuality (a goal of speed alone), NoBaseline.
    """
    _may_propose(session, team, by, member, now)
    days = (ends_on - starts_on).days + 1
    if not rules.SHORTEST_DAYS <= days <= rules.LONGEST_DAYS:
        raise errors.Invalid("ends_on", str(days), "goal_days")
    for wanted in (wish, beside):
        _may_measure(team, by, wanted, member)
    metric = reads.metric_of(session, team, wish.metric)
    if beside is None and rules.needs_quality(metric):
        raise errors.NeedsQuality(wish.metric, metric.guards)
    quality = None
    if beside is not None and rules.needs_quality(metric):
        quality = _written(session, team, by, beside, starts_on, ends_on, member, None, now)
    one = _written(session, team, by, wish, starts_on, ends_on, member, quality, now)
    if member is not None and one.status == "proposed":
        _ask(session, team, one, member, now)
    return one


def _written(
    session: Session,
    team: Team,
    by: Asker,
    wish: Wish,
    starts_on: date,
    ends_on: date,
    member: Member | None,
    beside: Goal | None,
    now: datetime,
) -> Goal:
    metric = reads.metric_of(session, team, wish.metric)
    if not rules.may_be_goal(metric, of_person=member is not None) or wish.target < 0:
        raise errors.Invalid("metric", wish.metric, "goal_metric")
    if wish.kind == rules.Kind.VALUE:
        kpi.check_target(metric, wish.target)
    began = None
    if wish.kind == rules.Kind.BETTER_BY:
        began = reads.baseline(session, team, metric, starts_on, member, now)
        if began is None:
            raise errors.NoBaseline(wish.metric)
    binds = member is None or by.member_id == member.id
    assert by.member_id is not None
    one = Goal(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        member_id=member.id if member else None,
        owner_id=by.member_id,
        metric=wish.metric,
        kind=wish.kind,
        target=wish.target,
        baseline=began,
        starts_on=starts_on,
        ends_on=ends_on,
        proposed_by=by.member_id,
        proposed_at=now,
        agreed_at=now if binds else None,
        status="agreed" if binds else "proposed",
        beside_id=beside.id if beside else None,
    )
    session.add(one)
    session.flush()
    return one


def _may_propose(session: Session, team: Team, by: Asker, member: Member | None, now: datetime) -> None:
    is_own = member is not None and by.member_id == member.id and by.may_see_team(team.id)
    if not (is_own or by.coaches(team.id)) or by.member_id is None:
        leads = people.members_of(session, team, now.date(), Role.LEAD)
        raise errors.NotForYou([lead.name for lead in leads])
    if member is not None and team.person_figures == PersonFigures.NOBODY:
        raise errors.PersonFiguresClosed(member.name, team.name, team.person_figures)
    if member is not None and member.id not in {one.id for one in people.members_of(session, team, now.date())}:
        raise errors.NoTeamOf(member.name)


def _may_measure(team: Team, by: Asker, wish: Wish | None, member: Member | None) -> None:
    """Better than it was says how it was, which is for those who may see figures about the person."""
    if wish is None or member is None or wish.kind != rules.Kind.BETTER_BY:
        return
    if not people.may_see_person(by, member.id, team.id, team.person_figures):
        raise errors.PersonFiguresClosed(member.name, team.name, team.person_figures)


def _ask(session: Session, team: Team, one: Goal, member: Member, now: datetime) -> None:
    if member.slack_user_id:
        due_at = duty.good_moment(session, team, member.id, now)
        _post(session, team, ASKED, one, member, now, due_at)


def _post(
    session: Session, team: Team, kind: str, one: Goal, to: Member, now: datetime, due_at: datetime | None = None
) -> None:
    if to.slack_user_id:
        notices.post(
            session,
            team.workspace_id,
            key=f"{kind}:{one.id}:{to.id}",
            kind=kind,
            subject_id=one.id,
            team_id=team.id,
            place=to.slack_user_id,
            language=reader_language(session, to),
            now=now,
            due_at=due_at,
        )


def agree(session: Session, one: Goal, by: Asker, *, now: datetime) -> bool:
    """Whoever it binds says yes, once; with it to what stands beside it. Raises NotForYou."""
    return _answer(session, one, by, "agreed", now)


def decline(session: Session, one: Goal, by: Asker, *, now: datetime) -> bool:
    """Whoever it binds says no. Raises NotForYou."""
    return _answer(session, one, by, "declined", now)


def _answer(session: Session, one: Goal, by: Asker, status: str, now: datetime) -> bool:
    if one.member_id is None or by.member_id != one.member_id:
        raise errors.NotForYou([people.member(session, one.workspace_id, one.member_id).name] if one.member_id else [])
    values = {"status": status, "agreed_at": now if status == "agreed" else None}
    did = _change(session, one, ("proposed",), **values)
    if did:
        if one.beside_id:
            _change(session, reads.goal(session, one.workspace_id, one.beside_id), ("proposed",), **values)
        team = people.team(session, one.workspace_id, one.team_id)
        _post(session, team, ANSWERED, one, people.member(session, one.workspace_id, one.proposed_by), now)
        notices.refresh(session, one.workspace_id, ASKED, one.id)
    return did


def withdraw(session: Session, one: Goal, by: Asker, *, now: datetime) -> bool:  # noqa: ARG001
    """Whoever proposed it, its owner, whom it binds, or a lead takes it back. Raises NotForYou."""
    if by.member_id not in (one.proposed_by, one.owner_id, one.member_id) and not by.coaches(one.team_id):
        raise errors.NotForYou([people.member(session, one.workspace_id, one.owner_id).name])
    did = _change(session, one, reads.RUNNING, status="withdrawn")
    if did and one.beside_id:
        _change(session, reads.goal(session, one.workspace_id, one.beside_id), reads.RUNNING, status="withdrawn")
    notices.refresh(session, one.workspace_id, ASKED, one.id)
    return did


def _change(session: Session, one: Goal, only: tuple[str, ...], **values: object) -> bool:
    done = session.exec(
        update(Goal)
        .where(col(Goal.workspace_id) == one.workspace_id, col(Goal.id) == one.id, col(Goal.status).in_(only))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    session.expire(one)
    return bool(done.rowcount == 1)


def due(session: Session, *, now: datetime) -> list[tuple[int, int]]:
    """Agreed goals (workspace, goal) that are over and whose data can have come to rest."""
    rows = session.exec(
        select(Goal).where(Goal.status == "agreed", col(Goal.ends_on) <= (now - reads.SETTLES_AFTER).date())
    ).all()
    besides = {(one.workspace_id, one.beside_id) for one in rows}
    main = (one for one in rows if (one.workspace_id, one.id) not in besides)
    return [(one.workspace_id, one.id) for one in main if _has_settled(session, one, now)]


def _has_settled(session: Session, one: Goal, now: datetime) -> bool:
    team = people.team(session, one.workspace_id, one.team_id)
    over = midnight(one.ends_on + DAY, team.timezone) + reads.SETTLES_AFTER - DAY
    return kpi.reach(session, team, now) >= over or now >= over + 30 * DAY


def settle(session: Session, one: Goal, *, now: datetime) -> str:
    """Judge a goal for good and tell its people; the status it has now."""
    found = reads.progress(session, one, now=now)
    status = _final(found)
    if found.beside:
        _change(session, found.beside.goal, ("agreed",), status=_final(found.beside), told_at=now)
    if _change(session, one, ("agreed",), status=status, told_at=now):
        team = people.team(session, one.workspace_id, one.team_id)
        for to in dict.fromkeys((one.owner_id, one.member_id)):
            if to is not None:
                person = people.member(session, one.workspace_id, to)
                _post(session, team, ENDED, one, person, now, duty.good_moment(session, team, to, now))
    return status


def _final(found: reads.Progress) -> str:
    verdict = found.standing.verdict if found.standing else rules.Verdict.NOT_DECIDABLE
    return verdict.value if verdict in (rules.Verdict.REACHED, rules.Verdict.NOT_REACHED) else "not_decidable"
