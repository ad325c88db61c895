"""Who leads a team, works in it and reviews it, as Slack's menus show and change it. Callers commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session

from .. import people
from ..people import Member, Membership, Role, Team

DAY = timedelta(days=1)


def crew(session: Session, team: Team, day: date) -> dict[Role, list[Member]]:
    """The people of each role on a day, by name."""
    return {role: people.members_of(session, team, day, role) for role in (Role.LEAD, Role.AGENT, Role.QA_REVIEWER)}


def shift_crew(
    session: Session, team: Team, role: Role, joining: Sequence[Member], leaving: Sequence[Member], *, now: datetime
) -> None:
    """Let people join a team in a role from today, and others leave it today; nobody's past is taken away.

    Who joins for the first time is taken to have been there always, so that an export's past is theirs too.
    """
    today = now.date()
    for person in leaving:
        for place in _places(session, team, person, role):
            if people.holds(place.from_day, place.to_day, today):
                place.to_day = today - DAY
                session.add(place)
    session.flush()
    for person in joining:
        _join(session, team, person, role, _places(session, team, person, role), now)


def _join(
    session: Session, team: Team, person: Member, role: Role, places: Sequence[Membership], now: datetime
) -> None:
    today = now.date()
    if any(people.holds(place.from_day, place.to_day, today) for place in places):
        return
    if not places:
        people.join_team(session, team, person, role, now=now)
        return
    latest = max(places, key=lambda place: place.from_day)
    left_just_now = latest.to_day is not None and latest.to_day >= today - DAY
    people.join_team(session, team, person, role, now=now, from_day=latest.from_day if left_just_now else today)


def _places(session: Session, team: Team, person: Member, role: Role) -> list[Membership]:
    """The times in which somebody held a role in a team."""
    every = people.memberships(session, team.workspace_id, person.id)
    return [one for one in every if one.team_id == team.id and one.role == role]
