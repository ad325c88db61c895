"""The steps that stand on whoever looks: what waits for them, what is stored about them, whom they can turn to."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta

from sqlmodel import Session

from cspm_core import duty, goals, people, privacy, recognition
from cspm_core.calendars import local_day
from cspm_core.people import Role, Team
from cspm_core.waiting import Waiting

from ..asking import Ask
from ..blocks import value
from ..today import listeners as today_list
from . import sights
from .sights import Nothing, Only, Shown

LOOKED_BACK = timedelta(days=28)
WEEK = timedelta(days=7)
MOST_GOALS = 3
QUEUE = ("review_pick", "review_draft")
COACHING = ("talk", "promise", "promise_check", "performance_talk", "suggestion")


def helpers(session: Session, ask: Ask, team: Team | None) -> Shown:
    """Who would help."""
    carries = value(source="person")
    if team is None:
        return Shown(Only(), carries)
    on_duty = duty.overview(session, team, ask.now, turns=0).now.names
    leads = tuple(one.name for one in people.members_of(session, team, ask.now.date(), Role.LEAD))
    return Shown(sights.Helpers(team.name, on_duty, leads), carries)


def stored(session: Session, ask: Ask, team: Team | None) -> Shown:  # noqa: ARG001
    """What the asker's own teams have agreed to."""
    person = people.member_by_slack(session, ask.workspace_id, ask.user)
    standings = privacy.standing(session, person, ask.now) if person else ()
    return Shown(sights.Agreed(tuple(standings), for_oneself=True), value(record="mine"))


def looked(session: Session, ask: Ask, team: Team | None) -> Shown:  # noqa: ARG001
    """Who looked at the asker's figures lately."""
    person = people.member_by_slack(session, ask.workspace_id, ask.user)
    since = ask.now - LOOKED_BACK
    found = privacy.looks(session, ask.workspace_id, person.id, since) if person else []
    carries = value(page="privacy")
    return Shown(sights.Looked(tuple(privacy.summed(found))), carries) if found else Shown(Nothing(), carries)


def thanked(session: Session, ask: Ask, team: Team | None) -> Shown:
    """What is left of today's thanks."""
    person = people.member_by_slack(session, ask.workspace_id, ask.user)
    if team is None or person is None:
        return Shown(Only())
    allowance = recognition.settings(session, team).allowance
    day = local_day(ask.now, person.timezone or team.timezone)
    left = recognition.left_today(session, ask.workspace_id, person.id, day, allowance)
    week = len(recognition.of_team(session, team, ask.now - WEEK, ask.now))
    return Shown(sights.Thanked(left, allowance, week), value())


def aims(session: Session, ask: Ask, team: Team | None) -> Shown:
    """One's own goals and the team's."""
    person = people.member_by_slack(session, ask.workspace_id, ask.user)
    if team is None or person is None:
        return Shown(Nothing())
    every = [*goals.of_person(session, ask.workspace_id, person.id, ("agreed",)), *goals.of_team(session, team)]
    found = tuple(goals.progress(session, one, now=ask.now) for one in every[:MOST_GOALS])
    return Shown(sights.Aims(found) if found else Nothing(), value())


def waiting(kinds: Collection[str] | None, carried: str) -> Callable[[Session, Ask, Team | None], Shown]:
    """What waits for the asker, of some kinds or all; the button carries what is given."""

    def found(session: Session, ask: Ask, team: Team | None) -> Shown:  # noqa: ARG001
        every = _waiting(session, ask, kinds)
        return Shown(sights.Waits(every) if every else Nothing(), carried)

    return found


def disputes(session: Session, ask: Ask, team: Team | None) -> Shown:  # noqa: ARG001
    """What the asker is to decide; the first of it can be looked at."""
    every = _waiting(session, ask, ("dispute",))
    return Shown(sights.Waits(every), value(dispute=every[0].subject_id)) if every else Shown(Nothing())


def _waiting(session: Session, ask: Ask, kinds: Collection[str] | None) -> tuple[Waiting, ...]:
    person = people.member_by_slack(session, ask.workspace_id, ask.user)
    every = today_list.of(session, ask, person).waiting if person else ()
    return tuple(one for one in every if kinds is None or one.kind in kinds)
