"""Talks, promises, goals and thanks of the past weeks, and a talk on the day that the demo opens."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import numpy as np
from sqlmodel import Session

from cspm_core import coaching, goals, people, recognition
from cspm_core.coaching import PromiseKind, PromiseStatus
from cspm_core.goals import Wish
from cspm_core.ids import new_id
from cspm_core.people import Asker, Member, Team
from cspm_core.store import Store
from cspm_core.wellbeing import Opinion, rules
from cspm_core.wellbeing.tables import Pulse, PulseAsked, PulseSettings

from . import world
from .living import SEED, calendar_of
from .texts.thanks import NOTES, PROMISES, THANKS
from .world import Centre, Colleague

DAY = timedelta(days=1)
TALKED_DAYS_AGO = 70
"""Long enough ago that the effect of what was promised then can be told."""
TALKED_WITH = {"Returns": 6, "Bezorging": 4, "帳務": 3}
"""Whose figures are the weakest, by their place among the agents."""
VALUES = {"en": "Helped a colleague", "nl": "Hielp een collega", "zh_TW": "幫助同事"}


def write(store: Store, workspace_id: int, opens_at: datetime, until: datetime) -> None:
    """What the three teams have behind them by an instant."""
    for centre in world.CENTRES:
        with store.transaction() as session:
            team = people.team_named(session, workspace_id, centre.name)
            lead = _asker(session, team, centre.lead, until)
            _talk(session, team, centre, lead, until)
            _thank(session, team, centre, until)
            _aim(session, team, centre, lead, opens_at)
            _pulse(session, team, centre, until)


def _asker(session: Session, team: Team, who: Colleague, at: datetime) -> Asker:
    return people.asker(session, team.workspace_id, world.slack_id(who), at.date())


def _known(session: Session, team: Team, who: Colleague) -> Member:
    found = people.member_named(session, team.workspace_id, who.name)
    assert found is not None
    return found


def _talk(session: Session, team: Team, centre: Centre, lead: Asker, until: datetime) -> None:
    """One talk six weeks ago: a note, two promises of the agent, one of the lead, and how they ended."""
    agent = _known(session, team, centre.agents[TALKED_WITH[centre.name]])
    at = _working(centre, until - TALKED_DAYS_AGO * DAY, time(14))
    talk = coaching.open_talk(session, team, lead=lead, agent=agent, now=at)
    coaching.note(session, team.workspace_id, talk.id, NOTES[centre.language], is_private=False, by=lead, now=at)
    mine, theirs, ours = PROMISES[centre.language]
    due = (at + 14 * DAY).date()
    for owner, words, kind, metric in (
        (agent.id, mine, PromiseKind.PROCESS, "csat"),
        (agent.id, theirs, PromiseKind.KNOWLEDGE, "reopen_rate"),
        (talk.lead_id, ours, PromiseKind.KNOWLEDGE, ""),
    ):
        row = coaching.promise(
            session, talk, owner_id=owner, words=words, kind=kind, due_on=due, metric=metric, by=lead, now=at
        )
        status = PromiseStatus.MISSED if words == theirs else PromiseStatus.KEPT
        coaching.close_promise(session, team.workspace_id, row.id, status, "–", by=lead, now=at + 13 * DAY)
    coaching.hold_talk(session, team.workspace_id, talk.id, by=lead, now=at + timedelta(minutes=30))


def plan_today(store: Store, workspace_id: int, opens_at: datetime, now: datetime) -> None:
    """The visitor talks with a colleague on the day of the opening, as soon as both are free; else on the next."""
    with store.transaction() as session:
        team = people.team_named(session, workspace_id, world.RETURNS.name)
        agent = _known(session, team, world.RETURNS.agents[0])
        lead = _asker(session, team, world.RETURNS.lead, now)
        free = coaching.slots(session, team, lead.member_id or 0, agent.id, opens_at + timedelta(hours=2), 1)
        at = free[0]
        coaching.plan_talk(session, team, lead=lead, agent=agent, at=at, now=now)


def _thank(session: Session, team: Team, centre: Centre, until: datetime) -> None:
    rng = np.random.default_rng([SEED, 12, world.CENTRES.index(centre)])
    cast = [_known(session, team, one) for one in (*centre.agents, centre.lead)]
    for n, reason in enumerate(THANKS[centre.language]):
        giver, to = (cast[int(one)] for one in rng.permutation(len(cast))[:2])
        at = _working(centre, until - (1 + 2 * n) * DAY, time(11 + n % 5, 12))
        if at < until:
            recognition.give(session, team, giver, [to], reason, value=VALUES[centre.language], now=at)


def _aim(session: Session, team: Team, centre: Centre, lead: Asker, opens_at: datetime) -> None:
    """A goal of speed with one of quality beside it, begun a month ago."""
    first = (opens_at - 28 * DAY).date()
    goals.propose(
        session,
        team,
        lead,
        Wish("first_response", "value", centre.targets["first_response"]),
        starts_on=first,
        ends_on=first + 90 * DAY,
        beside=Wish("csat", "value", centre.targets["csat"]),
        now=opens_at - 28 * DAY,
    )


def _pulse(session: Session, team: Team, centre: Centre, until: datetime) -> None:
    """Two pulses that are over, and the next to come."""
    rng = np.random.default_rng([SEED, 13, world.CENTRES.index(centre)])
    monday = until.date() - (until.weekday() + 28) * DAY
    row = PulseSettings(workspace_id=team.workspace_id, id=new_id(until), team_id=team.id, is_on=True)
    row.first_week = monday
    session.add(row)
    asked = [_known(session, team, one) for one in centre.agents]
    for n in range(2):
        _answered(session, team, asked, monday + 14 * n * DAY, until, rng)


def _answered(
    session: Session, team: Team, asked: Sequence[Member], week: date, until: datetime, rng: np.random.Generator
) -> None:
    calendar = people.calendar_of(session, team)
    begin, end = calendar.midnight(week), calendar.midnight(week + 5 * DAY)
    pulse = Pulse(
        workspace_id=team.workspace_id, id=new_id(until), team_id=team.id, week=week, at=begin, closes_at=end,
        is_told=True,
    )  # fmt: skip
    session.add(pulse)
    session.flush()
    for one in asked:
        says = bool(rng.random() < 0.8)
        session.add(
            PulseAsked(
                workspace_id=team.workspace_id, id=new_id(until), pulse_id=pulse.id, member_id=one.id, is_answered=says
            )
        )
        if says:
            first, second = (int(np.clip(round(rng.normal(3.9, 0.8)), 1, 5)) for _ in range(2))
            session.add(
                Opinion(
                    workspace_id=team.workspace_id, id=secrets.randbits(62), team_id=team.id, about=rules.PULSE,
                    week=week, first=first, second=second,
                )
            )  # fmt: skip


def _working(centre: Centre, at: datetime, clock: time) -> datetime:
    """That time of day on the last working day up to an instant."""
    calendar = calendar_of(centre)
    day = calendar.local_day(at)
    while not calendar.is_working_day(day):
        day -= DAY
    return calendar.at_local(day, clock)
