"""What an operator asks for, whatever the file holds, and what is understood of any file before a row is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .. import errors, people
from ..people import Team
from ..store import Store
from . import files, mapping
from .instants import Instants, Order
from .problems import Fault, Unreadable


@dataclass(frozen=True)
class Wish:
    """`team`: for rows that name none; `exported_at`: how far the data reaches."""

    path: Path
    team: str | None = None
    map: Path | None = None
    timezone: str | None = None
    exported_at: str | None = None
    order: Order | None = None
    encoding: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, kw_only=True)
class Understood:
    """A file understood: which column is which, whose rows, in which zone."""

    wish: Wish
    export: files.Export
    told: mapping.FieldMap
    places: Mapping[str, int]
    teams: Mapping[str, int]
    names: Mapping[int, str]
    team_id: int | None
    timezone: str
    timezone_of_team: bool
    order: Order | None
    until: datetime
    """Nothing later can have happened."""
    exported_at: datetime | None

    def instants(self) -> Instants:
        """A fresh reader of its times."""
        return Instants(self.timezone, self.order, self.told.form)


def whose(
    store: Store, workspace_id: int, wish: Wish, places: Mapping[str, int], told: mapping.FieldMap
) -> tuple[Sequence[Team], Team | None]:
    """Every team, and the one of rows that name none. Raises UnknownTeam, NoTeams, Unreadable (no_team)."""
    with store.reading() as session:
        every = people.teams(session, workspace_id)
        team = people.team_named(session, workspace_id, wish.team) if wish.team else None
    if not every:
        raise errors.NoTeams
    if team is None and "team" not in places and "team" not in told.defaults:
        raise Unreadable(Fault.NO_TEAM, "team", [one.name for one in every[:10]])
    return every, team
