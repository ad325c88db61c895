"""One row of a people file, checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..people import Role, fold, naming
from .files import Line
from .instants import Instants
from .mapping import FieldMap
from .problems import Reason, Refused


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What a row says of a person; empty or None: it does not say. `takes_role_away`: the row says `member`."""

    name: str
    email: str | None
    slack_user_id: str | None
    role: Role | None
    takes_role_away: bool
    team_id: int | None
    from_day: date | None
    to_day: date | None
    language: str | None
    also_known_as: tuple[str, ...]


class PeopleRows:
    """Reads rows of one file. `teams`: folded name -> id; `team_id`: of rows that name none."""

    def __init__(
        self,
        places: Mapping[str, int],
        width: int,
        told: FieldMap,
        days: Instants,
        teams: Mapping[str, int],
        team_id: int | None,
    ) -> None:
        self.places, self.width, self.told, self.days = places, width, told, days
        self.teams, self.team_id = teams, team_id

    def facts(self, line: Line) -> PersonFacts:
        """What the row says. Raises Refused."""
        if len(line.fields) < self.width:
            raise Refused(Reason.TOO_FEW_FIELDS)
        if any(line.fields[self.width :]):
            raise Refused(Reason.TOO_MANY_FIELDS)
        said = {**self.told.defaults, **dict(self._texts(line.fields))}
        if not said.get("name"):
            raise Refused(Reason.NO_NAME)
        role, demoted = self._role(said.get("role", ""))
        team_id = self._team(said.get("team", ""))
        if team_id is None and role in (Role.MANAGER, Role.LEAD, Role.QA_REVIEWER, Role.AGENT):
            raise Refused(Reason.ROLE_NEEDS_TEAM)
        first, last = self._day(said.get("from", "")), self._day(said.get("to", ""))
        if first and last and last < first:
            raise Refused(Reason.DAYS_REVERSED)
        others = said.get("also_known_as", "").replace("|", ";").split(";")
        return PersonFacts(
            " ".join(said["name"].split()),
            self._email(said.get("email", "")),
            self._slack(said.get("slack_user_id", "")),
            role,
            demoted,
            team_id,
            first,
            last,
            self._language(said.get("language", "")),
            tuple(name.strip() for name in others if fold(name)),
        )

    def _texts(self, fields: Sequence[str]) -> Iterator[tuple[str, str]]:
        """What stands in each column, as the map has it; what is empty there is not said."""
        for name, place in self.places.items():
            text = fields[place].strip()
            text = self.told.values.get(name, {}).get(text.casefold(), text)
            if text and text not in self.told.empty:
                yield name, text

    def _role(self, text: str) -> tuple[Role | None, bool]:
        if not text or text.casefold() == "member":
            return None, bool(text)
        role = naming.role_named(text)
        if role is None:
            raise Refused(Reason.UNKNOWN_ROLE)
        return role, False

    def _team(self, text: str) -> int | None:
        if not text:
            return self.team_id
        if fold(text) not in self.teams:
            raise Refused(Reason.UNKNOWN_TEAM)
        return self.teams[fold(text)]

    def _day(self, text: str) -> date | None:
        if not text:
            return None
        try:
            return self.days.read(text).astimezone(self.days.zone).date()
        except (ValueError, OverflowError):
            raise Refused(Reason.BAD_DAY) from None

    def _email(self, text: str) -> str | None:
        if text and not naming.is_address(text):
            raise Refused(Reason.BAD_EMAIL)
        return text.casefold() or None

    def _slack(self, text: str) -> str | None:
        if text and not naming.is_slack_user(text):
            raise Refused(Reason.BAD_SLACK_USER)
        return text or None

    def _language(self, text: str) -> str | None:
        if not text:
            return None
        language = naming.language_named(text)
        if language is None:
            raise Refused(Reason.UNKNOWN_LANGUAGE)
        return language
