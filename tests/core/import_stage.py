"""What the tests of imports share: a workspace with two teams, and loading a text as if it were an export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import select

from cspm_core import imports, people
from cspm_core.imports import PeopleReport, TicketReport
from cspm_core.store import Store
from cspm_core.tickets import Ticket


@dataclass
class Stage:
    """A store with the teams Returns (Amsterdam) and Tech Support (New York)."""

    store: Store
    workspace_id: int
    folder: Path
    now: datetime

    def file(self, text: str | bytes, name: str = "export.csv") -> Path:
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def load(
        self, text: str | bytes | Path, *, map: str | None = None, name: str = "export.csv", **wish: Any
    ) -> TicketReport:
        path = text if isinstance(text, Path) else self.file(text, name)
        wish = {"team": "Returns", "timezone": "UTC", **wish}
        if map is not None:
            wish["map"] = self.file(map, "map.yaml")
        plan = imports.plan(self.store, self.workspace_id, imports.Wish(path, **wish), now=self.now)
        survey = imports.survey(plan, lambda _: None)
        with imports.RefusedRows(survey.plan.export, str, dry_run=plan.wish.dry_run) as refused:
            return imports.carry_out(
                self.store, self.workspace_id, survey, refused, now=self.now, advance=lambda _: None
            )

    def introduce(self, text: str, **wish: Any) -> PeopleReport:
        plan = imports.plan_people(imports.PeopleWish(self.file(text, "people.csv"), **wish))
        with imports.RefusedRows(plan.export, str, dry_run=plan.wish.dry_run) as refused:
            return imports.introduce_people(
                self.store, self.workspace_id, plan, refused, now=self.now, advance=lambda _: None
            )

    def tickets(self) -> dict[str, Ticket]:
        with self.store.reading() as session:
            return {ticket.key: ticket for ticket in session.exec(select(Ticket))}

    def ticket(self) -> Ticket:
        [found] = self.tickets().values()
        return found


def set_stage(store: Store, workspace_id: int, folder: Path, now: datetime) -> Stage:
    with store.transaction() as session:
        people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=now)
        people.add_team(session, workspace_id, "Tech Support", timezone="America/New_York", now=now)
    return Stage(store, workspace_id, folder, now)
