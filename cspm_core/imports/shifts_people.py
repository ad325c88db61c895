"""Whose shift a row or an event means: people by any name they go by, and the team it is for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from .. import people
from ..people import Identity, Member, Membership, Team, fold
from .shifts_rows import RowRefused, ShiftReason


class Cast:
    """Everybody a roster can name, loaded once. `team`: for rows that name none."""

    def __init__(self, session: Session, workspace_id: int, team: Team | None, now: datetime) -> None:
        self.given, day = team, now.date()
        self.teams = {one.id: one for one in people.teams(session, workspace_id)}
        self.teams_by_name = {one.name_key: one for one in self.teams.values()}
        names = select(Identity.key, Identity.member_id).where(
            Identity.workspace_id == workspace_id, col(Identity.member_id).is_not(None)
        )
        users = select(Member.slack_user_id, Member.id).where(
            Member.workspace_id == workspace_id, col(Member.slack_user_id).is_not(None)
        )
        self._people = {fold(str(user)): member_id for user, member_id in session.exec(users)}
        self._people |= {key: member_id for key, member_id in session.exec(names) if member_id is not None}
        held = select(Membership.member_id, Membership.team_id).where(
            Membership.workspace_id == workspace_id,
            col(Membership.from_day) <= day,
            or_(col(Membership.to_day).is_(None), col(Membership.to_day) >= day),
        )
        self._teams: dict[int, set[int]] = {}
        for member_id, team_id in session.exec(held):
            self._teams.setdefault(member_id, set()).add(team_id)

    def knows(self, name: str) -> bool:
        """Whether somebody goes by that name, address or Slack user id."""
        return fold(name) in self._people

    def find(self, names: Sequence[str]) -> int | None:
        """The first person that one of the names means."""
        return next((self._people[fold(name)] for name in names if fold(name) in self._people), None)

    def member(self, names: Sequence[str]) -> int:
        """The same. Raises RowRefused."""
        found = self.find(names)
        if found is None:
            raise RowRefused(ShiftReason.UNKNOWN_PERSON if names else ShiftReason.NO_PERSON, names, names[-1:])
        return found

    def team(self, name: str, member_id: int) -> Team:
        """The team named, the one given for all rows, or the only one that the person is in. Raises RowRefused."""
        if name:
            if fold(name) not in self.teams_by_name:
                raise RowRefused(ShiftReason.UNKNOWN_TEAM)
            return self.teams_by_name[fold(name)]
        if self.given:
            return self.given
        own = self._teams.get(member_id, set())
        if len(own) != 1:
            raise RowRefused(ShiftReason.NO_TEAM)
        return self.teams[next(iter(own))]
