"""Carrying a people import out: a row makes or updates a person, their names elsewhere, their place in a team."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, func, select

from .. import errors, people
from ..people import Identity, introducing
from ..store import Store
from ..tickets import Ticket
from . import columns, files, mapping
from .instants import Instants, Order
from .people_rows import PeopleRows, PersonFacts
from .problems import Fault, Reason, Refused, Unreadable
from .refused import RefusedRows
from .report import PeopleReport
from .ticket_plan import checked_zone, order_in


@dataclass(frozen=True)
class PeopleWish:
    """What an operator asks for. `team`: for rows that name none; `timezone`: where an instant becomes a day."""

    path: Path
    team: str | None = None
    order: Order | None = None
    encoding: str | None = None
    dry_run: bool = False
    map: Path | None = None
    timezone: str | None = None


@dataclass(frozen=True)
class PeoplePlan:
    """A people file understood."""

    wish: PeopleWish
    export: files.Export
    told: mapping.FieldMap
    places: Mapping[str, int]
    order: Order | None
    timezone: str
    rows: int

    def reader(self, teams: Mapping[str, int], team_id: int | None) -> PeopleRows:
        """A reader of rows. `teams`: folded name -> id; `team_id`: of rows that name none."""
        days = Instants(self.timezone, self.order, self.told.form)
        return PeopleRows(self.places, len(self.export.header), self.told, days, teams, team_id)

    def report(self) -> PeopleReport:
        """An empty report of it."""
        used = set(self.places.values())
        return PeopleReport(
            file=self.wish.path.name,
            encoding=self.export.encoding,
            guessed_encoding=self.wish.encoding is None and self.export.encoding == files.FALLBACK,
            columns={ours: self.export.header[n] for ours, n in self.places.items()},
            unused=tuple(name for n, name in enumerate(self.export.header) if n not in used and name),
            dry_run=self.wish.dry_run,
        )


class _Undo(Exception):
    """Ends a dry run's transaction."""


def plan_people(wish: PeopleWish) -> PeoplePlan:
    """Understand a people file. Raises Unreadable, Invalid (timezone)."""
    told = mapping.read_map(wish.map, columns.PEOPLE) if wish.map else mapping.NO_MAP
    export, rows = _counted(files.look_at(wish.path, wish.encoding), wish)
    places = mapping.places(columns.recognise(export.header, columns.PEOPLE), export.header, told.columns)
    if "name" not in places:
        raise Unreadable(Fault.NO_COLUMN, "name", export.header)
    if not rows:
        raise Unreadable(Fault.NO_ROWS, wish.path.name)
    order = wish.order or told.order
    if order is None and told.form is None:
        order = order_in(export, [places[name] for name in ("from", "to") if name in places])
    return PeoplePlan(wish, export, told, places, order, checked_zone(wish.timezone or told.timezone or "UTC"), rows)


def _counted(export: files.Export, wish: PeopleWish) -> tuple[files.Export, int]:
    """The file, as old Windows wrote it where it is not UTF-8 after all, and how many rows it has."""
    try:
        return export, sum(1 for _ in export.lines())
    except UnicodeError:
        if wish.encoding or export.encoding != "utf-8":
            raise Unreadable(Fault.BAD_ENCODING, export.encoding) from None
        export = replace(export, encoding=files.FALLBACK)
        return export, sum(1 for _ in export.lines())


def introduce_people(
    store: Store,
    workspace_id: int,
    plan: PeoplePlan,
    refused: RefusedRows,
    *,
    now: datetime,
    advance: Callable[[int], None],
) -> PeopleReport:
    """Take every row of a people file, in one transaction (a dry run undoes it), and report."""
    report = plan.report()
    try:
        with store.transaction() as session:
            _take_all(session, workspace_id, plan, refused, report, now, advance)
            if plan.wish.dry_run:
                raise _Undo
    except _Undo:
        pass
    report.refused_file = refused.path
    return report


def _take_all(
    session: Session,
    workspace_id: int,
    plan: PeoplePlan,
    refused: RefusedRows,
    report: PeopleReport,
    now: datetime,
    advance: Callable[[int], None],
) -> None:
    wish, teams = plan.wish, {team.name_key: team.id for team in people.teams(session, workspace_id)}
    team_id = people.team_named(session, workspace_id, wish.team).id if wish.team else None
    rows = plan.reader(teams, team_id)
    nobodys = {identity.id for identity in people.unmatched(session, workspace_id)}
    for report.rows, line in enumerate(plan.export.lines(), start=1):
        advance(1)
        try:
            facts = rows.facts(line)
            with session.begin_nested():
                before, after = _take(session, workspace_id, facts, now)
        except Refused as row:
            report.refused[row.reason.value] += 1
            refused.add(line, row.reason.value)
            continue
        report.new += before is None
        report.changed += before is not None and before != after
        report.unchanged += before == after
    report.unmatched = _unmatched(session, workspace_id)
    report.matched = len(nobodys - {identity.id for identity in people.unmatched(session, workspace_id)})


def _take(
    session: Session, workspace_id: int, facts: PersonFacts, now: datetime
) -> tuple[introducing.Picture | None, introducing.Picture]:
    """The person a row means, before (None: new) and after it. Raises Refused."""
    try:
        known = introducing.known(session, workspace_id, facts.name, facts.email, facts.slack_user_id)
        before = introducing.picture(session, known) if known else None
        person = introducing.introduce(
            session,
            workspace_id,
            facts.name,
            now=now,
            email=facts.email,
            slack_user_id=facts.slack_user_id,
            language=facts.language,
            also_known_as=facts.also_known_as,
        )
    except errors.Taken as taken:
        raise Refused(Reason.EMAIL_TAKEN if taken.name == facts.email else Reason.NAME_TAKEN) from None
    if facts.takes_role_away:
        person.role = "member"
    team = people.team(session, workspace_id, facts.team_id) if facts.team_id else None
    introducing.give_role(session, person, facts.role, team, now=now, from_day=facts.from_day, to_day=facts.to_day)
    return before, introducing.picture(session, person)


def _unmatched(session: Session, workspace_id: int) -> Counter[str]:
    """Agents of tickets that are no person yet, with their tickets."""
    rows = session.exec(
        select(Identity.name, func.count())
        .join(Ticket, (col(Ticket.workspace_id) == Identity.workspace_id) & (col(Ticket.agent_id) == Identity.id))
        .where(
            Identity.workspace_id == workspace_id,
            col(Identity.member_id).is_(None),
            col(Identity.is_nobody).is_(False),
        )
        .group_by(Identity.name)
    )
    return Counter(dict(rows.all()))
