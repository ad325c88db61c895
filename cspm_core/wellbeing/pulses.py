"""The pulse: asked every second week, answered without a name, told from five answers on. Callers commit."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select, update

from .. import duty, errors, notices, people
from ..calendars import at_local, local_day
from ..ids import new_id
from ..once import add_once, the_one
from ..people import Asker, Member, Role, Team
from . import rules
from .rules import Pooled
from .tables import Opinion, Pulse, PulseAsked, PulseSettings

ASKED = "wellbeing.pulse"
TOLD = "wellbeing.pulse_result"
DAY = timedelta(days=1)
BITS = 62
OPEN_UNTIL = 3
"""A pulse begins up to Wednesday (2), so that there is time to answer."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a team answered in one pulse, or after talks in a quarter. `asked`: how many were."""

    week: date
    asked: int
    first: Pooled
    second: Pooled

    @property
    def answered(self) -> int:
        return self.first.n


def switch(session: Session, team: Team, by: Asker, is_on: bool, *, now: datetime) -> None:
    """Ask a team from next Monday on, or no more. Raises NotForYou."""
    if not by.leads(team.id):
        raise errors.NotForYou([one.name for one in people.members_of(session, team, now.date(), Role.LEAD)])
    query = select(PulseSettings).where(
        PulseSettings.workspace_id == team.workspace_id, PulseSettings.team_id == team.id
    )
    row = the_one(session, query, PulseSettings(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id))
    if is_on and not row.is_on:
        today = local_day(now, team.timezone)
        row.first_week = today + (7 - today.weekday()) % 7 * DAY
    row.is_on = is_on
    session.add(row)
    session.flush()


def is_on(session: Session, team: Team) -> bool:
    """Whether a team is asked."""
    row = session.exec(
        select(PulseSettings).where(PulseSettings.workspace_id == team.workspace_id, PulseSettings.team_id == team.id)
    ).first()
    return row is not None and row.is_on


def wanting(session: Session, *, now: datetime) -> list[tuple[int, int, date]]:
    """Teams (workspace, team, Monday) whose pulse of this week was not asked yet and still can be."""
    found = []
    for row in session.exec(select(PulseSettings).where(col(PulseSettings.is_on).is_(True))):
        team = people.team(session, row.workspace_id, row.team_id)
        today = local_day(now, team.timezone)
        monday = today - today.weekday() * DAY
        if rules.is_week(row.first_week, monday) and today.weekday() < OPEN_UNTIL and not _pulse(session, team, monday):
            found.append((team.workspace_id, team.id, monday))
    return found


def ask(session: Session, team: Team, monday: date, *, now: datetime) -> bool:
    """Ask everybody in a team who works in it, once a week; teams of fewer than five people are not asked."""
    asked = [one for one in people.members_of(session, team, monday, Role.AGENT) if one.slack_user_id]
    if len(asked) < rules.ENOUGH:
        return False
    closes = at_local(monday + rules.OPEN_DAYS * DAY, time(23, 59), team.timezone)
    pulse = Pulse(
        workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, week=monday, at=now, closes_at=closes
    )
    if not add_once(session, pulse):
        return False
    for one in asked:
        row = PulseAsked(workspace_id=team.workspace_id, id=new_id(now), pulse_id=pulse.id, member_id=one.id)
        session.add(row)
        session.flush()
        notices.post(
            session,
            team.workspace_id,
            key=f"{ASKED}:{pulse.id}:{one.id}",
            kind=ASKED,
            subject_id=row.id,
            team_id=team.id,
            place=str(one.slack_user_id),
            language=people.reader_language(session, one),
            now=now,
            due_at=duty.good_moment(session, team, one.id, now) or now,
            expires_at=closes,
        )
    return True


def asked_of(session: Session, workspace_id: int, asked_id: int) -> tuple[PulseAsked, Pulse]:
    """What somebody was asked. Raises UnknownPulse."""
    row = session.get(PulseAsked, (workspace_id, asked_id))
    pulse = session.get(Pulse, (workspace_id, row.pulse_id)) if row else None
    if row is None or pulse is None:
        raise errors.UnknownPulse(str(asked_id))
    return row, pulse


def answer(
    session: Session, workspace_id: int, asked_id: int, by: Member, first: int, second: int, *, now: datetime
) -> bool:
    """One answer of one person, once; False where they answered already or it is over. Kept without a name and a time.

    Raises NotForYou, UnknownPulse.
    """
    row, pulse = asked_of(session, workspace_id, asked_id)
    if row.member_id != by.id:
        raise errors.NotForYou([])
    if now > pulse.closes_at or not _first_answer(session, row):
        return False
    keep(session, workspace_id, pulse.team_id, rules.PULSE, pulse.week, first, second)
    notices.refresh(session, workspace_id, ASKED, row.id)
    return True


def _first_answer(session: Session, row: PulseAsked) -> bool:
    done = session.exec(
        update(PulseAsked)
        .where(
            col(PulseAsked.workspace_id) == row.workspace_id,
            col(PulseAsked.id) == row.id,
            col(PulseAsked.is_answered).is_(False),
        )
        .values(is_answered=True)
        .execution_options(synchronize_session=False)
    )
    session.expire(row)
    return bool(done.rowcount == 1)


def keep(session: Session, workspace_id: int, team_id: int, about: str, week: date, first: int, second: int) -> None:
    """Write an answer down under an id that says nothing about when. Raises Invalid."""
    if not all(rules.WORST <= one <= rules.BEST for one in (first, second)):
        raise errors.Invalid("first", str(first), "pulse_answer")
    session.add(
        Opinion(
            workspace_id=workspace_id,
            id=secrets.randbits(BITS),
            team_id=team_id,
            about=about,
            week=week,
            first=first,
            second=second,
        )
    )
    session.flush()


def results(session: Session, team: Team, about: str = rules.PULSE, *, limit: int = 6) -> list[Result]:
    """What a team answered, the newest first; of a pulse that still runs nothing."""
    rows: dict[date, list[Opinion]] = {}
    for one in session.exec(
        select(Opinion).where(
            Opinion.workspace_id == team.workspace_id, Opinion.team_id == team.id, Opinion.about == about
        )
    ):
        rows.setdefault(one.week, []).append(one)
    weeks = sorted(rows, reverse=True)[:limit]
    return [_result(session, team, week, rows[week], about) for week in weeks]


def _result(session: Session, team: Team, week: date, rows: Sequence[Opinion], about: str) -> Result:
    asked = len(rows)
    if about == rules.PULSE and (pulse := _pulse(session, team, week)):
        asked = len(_asked(session, pulse))
    first, second = (rules.pooled([getattr(one, name) for one in rows]) for name in ("first", "second"))
    return Result(week, asked, first, second)


def closing(session: Session, *, now: datetime) -> list[Pulse]:
    """Pulses that are over and were not told yet."""
    return list(session.exec(select(Pulse).where(col(Pulse.is_told).is_(False), col(Pulse.closes_at) <= now)))


def tell(session: Session, pulse: Pulse, *, now: datetime) -> None:
    """Tell the team's leads what it came to, once."""
    done = session.exec(
        update(Pulse)
        .where(col(Pulse.workspace_id) == pulse.workspace_id, col(Pulse.id) == pulse.id, col(Pulse.is_told).is_(False))
        .values(is_told=True)
        .execution_options(synchronize_session=False)
    )
    session.expire(pulse)
    if done.rowcount != 1:
        return
    team = people.team(session, pulse.workspace_id, pulse.team_id)
    for lead in people.members_of(session, team, now.date(), Role.LEAD):
        if lead.slack_user_id:
            notices.post(
                session,
                team.workspace_id,
                key=f"{TOLD}:{pulse.id}:{lead.id}",
                kind=TOLD,
                subject_id=pulse.id,
                team_id=team.id,
                place=lead.slack_user_id,
                language=people.reader_language(session, lead),
                now=now,
                due_at=duty.good_moment(session, team, lead.id, now) or now,
            )


def result_of(session: Session, pulse: Pulse) -> Result:
    """What one pulse came to."""
    team = people.team(session, pulse.workspace_id, pulse.team_id)
    rows = session.exec(
        select(Opinion).where(
            Opinion.workspace_id == pulse.workspace_id,
            Opinion.team_id == pulse.team_id,
            Opinion.about == rules.PULSE,
            Opinion.week == pulse.week,
        )
    ).all()
    return _result(session, team, pulse.week, rows, rules.PULSE)


def _pulse(session: Session, team: Team, monday: date) -> Pulse | None:
    return session.exec(
        select(Pulse).where(Pulse.workspace_id == team.workspace_id, Pulse.team_id == team.id, Pulse.week == monday)
    ).first()


def _asked(session: Session, pulse: Pulse) -> Sequence[PulseAsked]:
    return session.exec(
        select(PulseAsked).where(PulseAsked.workspace_id == pulse.workspace_id, PulseAsked.pulse_id == pulse.id)
    ).all()
