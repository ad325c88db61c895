"""ServiceNow's log of 24,918 incidents, imported as events, held against what pandas counts in the raw file.

The counts on the left are ours, from the database; those on the right come straight from the zip, by other means: the
log's own counters (`reopen_count`), shifts within each incident, medians of differences. Times are read as UTC. One
incident, 0000137, begins with a row that is later than its next: what lay between its rows nobody can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import func
from sqlmodel import col, select

from cspm_core import imports, kpi, people
from cspm_core.events import TicketEvent
from cspm_core.imports import EventReport
from cspm_core.people import Team
from cspm_core.periods import parse_period
from cspm_core.store import EPOCH, Store
from cspm_core.tables import METADATA
from cspm_core.tickets import Ticket
from cspm_core.tickets.tables import WaitingSpell

HERE = Path(__file__).parents[2]
NAME = "uci_servicenow_incident_event_log.zip"
LOGS = [folder / "data" / NAME for folder in (HERE / "shared", HERE.parent / "shared")]
LOG = next((path for path in LOGS if path.exists()), None)
pytestmark = pytest.mark.skipif(LOG is None, reason="the log is not beside this project")
OVER = ("Resolved", "Closed")
FORMAT = "%d/%m/%Y %H:%M"


@dataclass
class Desk:
    """The log in a database of ours, and as pandas reads it."""

    store: Store
    team: Team
    report: EventReport
    raw: pd.DataFrame
    now: datetime

    @property
    def in_order(self) -> pd.DataFrame:
        """The rows of incidents whose rows stand in the order of time: all but one."""
        return self.raw[self.raw.groupby("number")["sys_updated_at"].transform(lambda at: at.is_monotonic_increasing)]

    def scalar(self, query: Any) -> Any:
        with self.store.reading() as session:
            return session.exec(query).one()

    def happened(self, kind: str) -> int:
        return int(self.scalar(select(func.count()).select_from(TicketEvent).where(TicketEvent.kind == kind)))

    def changes(self, column: str) -> int:
        """How often a column differs from the incident's row before, where something stands there."""
        said = self.raw[self.raw[column] != "?"]
        before = said.groupby("number", sort=False)[column].shift()
        return int((before.notna() & (before != said[column])).sum())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    now = datetime.fromisoformat("2026-11-23T09:00:00Z")
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('uci') / 'uci.db'}")
    METADATA.create_all(store.engine)
    with store.transaction() as session:
        workspace_id = people.found_workspace(session, now=now).id
        team = people.add_team(session, workspace_id, "Service desk", timezone="UTC", now=now)
    assert LOG is not None
    wish = imports.Wish(LOG, team.name, HERE / "tests" / "maps" / "uci_servicenow.yaml")
    plan = imports.plan_events(store, workspace_id, wish, now=now)
    with imports.RefusedRows(plan.export, str, dry_run=True) as refused:
        taken = imports.take_events(store, workspace_id, plan, refused, now=now, advance=lambda done: None)
    report = imports.follow_events(store, workspace_id, taken, now=now, advance=lambda done: None)
    raw = pd.read_csv(LOG, dtype=str, keep_default_na=False)
    for name in ("opened_at", "sys_updated_at"):
        raw[name] = pd.to_datetime(raw[name], format=FORMAT, utc=True)
    yield Desk(store, team, report, raw, now)
    store.close()


def test_every_row_is_taken_and_every_incident_is_a_ticket(desk: Desk) -> None:
    assert (desk.report.rows, desk.report.refused) == (len(desk.raw), {})
    assert desk.report.new_tickets == desk.raw["number"].nunique() == 24_918
    assert desk.scalar(select(func.count()).select_from(Ticket)) == desk.raw["number"].nunique()
    assert desk.report.complete_until == desk.raw["sys_updated_at"].max()


def test_events_are_the_changes_between_rows(desk: Desk) -> None:
    incidents = desk.raw["number"].nunique()
    with_group = desk.raw[desk.raw["assignment_group"] != "?"]["number"].nunique()
    assert desk.happened("created") == incidents
    assert desk.happened("priority") == incidents + desk.changes("priority")
    # A group that is missing for a row and comes back is said again, and is no change.
    raw = desk.raw
    before = raw.groupby("number", sort=False)["assignment_group"].shift().fillna("?")
    assert desk.happened("group") == ((raw["assignment_group"] != "?") & (raw["assignment_group"] != before)).sum()
    assert desk.happened("group") >= with_group + desk.changes("assignment_group")


def test_as_many_incidents_were_reopened_as_the_log_itself_counts(desk: Desk) -> None:
    counted = desk.in_order.groupby("number")["reopen_count"].last().astype(int)
    with desk.store.reading() as session:
        ours = dict(session.exec(select(Ticket.key, Ticket.reopens)).all())
    assert set(ours) - set(counted.index) == {"0000137"}
    assert {key: n for key, n in ours.items() if key != "0000137"} == counted.to_dict()
    assert (counted > 0).sum() == 275
    assert counted.sum() == 331


def last_solves(desk: Desk) -> pd.Series:
    """When each incident was last resolved (or closed) out of a state that was neither."""
    raw = desk.in_order[desk.in_order["ident_state"] != "-100"]
    is_over = raw["ident_state"].isin(OVER)
    was_over = is_over.groupby(raw["number"], sort=False).shift(fill_value=False)
    return raw[is_over & ~was_over].groupby("number")["sys_updated_at"].last()


def test_the_median_time_to_the_last_solve_is_pandas_own(desk: Desk) -> None:
    opened = desk.in_order.groupby("number")["opened_at"].first()
    took = (last_solves(desk) - opened).dropna()
    solved = select(Ticket.created_at, Ticket.solved_at).where(
        col(Ticket.solved_at).is_not(None), Ticket.key != "0000137"
    )
    with desk.store.reading() as session:
        found = pd.Series([end - start for start, end in session.exec(solved).all() if end])
    assert len(found) == (took >= pd.Timedelta(0)).sum() == 24_917
    assert found.median() == took.median()


def test_months_have_the_incidents_that_were_opened_in_them(desk: Desk) -> None:
    opened = desk.raw.groupby("number")["opened_at"].first()
    by_month = opened.groupby(opened.dt.strftime("%Y-%m")).size()
    solved = last_solves(desk)
    for month in ("2016-04", "2016-05", "2016-06"):  # in March stands the one that nobody can tell about
        with desk.store.reading() as session:
            period = parse_period(month, timezone="UTC", now=desk.now)
            keys = ("volume", "solved", "reopen_rate")
            card = kpi.scorecard(session, desk.team, period, as_of=kpi.reach(session, desk.team, desk.now), keys=keys)
        found = {reading.metric.key: reading.measure for reading in card.readings}
        in_month = solved[solved.dt.strftime("%Y-%m") == month]
        reopened = desk.raw.groupby("number")["reopen_count"].last().astype(int)[in_month.index] > 0
        assert found["volume"].value == by_month[month]
        assert found["solved"].value == len(in_month)
        assert found["reopen_rate"].denominator == len(in_month)
        assert (found["reopen_rate"].numerator or 0) <= reopened.sum()


def test_time_worked_and_waited_adds_up_over_the_states(desk: Desk) -> None:
    """Seconds from each row to the next, by the state of the earlier one; new from the opening to the first row."""
    raw = desk.in_order[desk.in_order["ident_state"] != "-100"].copy()
    raw["at"] = raw[["sys_updated_at", "opened_at"]].max(axis=1)
    raw["until"] = raw.groupby("number", sort=False)["at"].shift(-1)
    raw["seconds"] = (raw["until"] - raw["at"]).dt.total_seconds().fillna(0)
    first = raw.groupby("number", sort=False).first()
    new = (first["at"] - first["opened_at"]).dt.total_seconds()
    worked = raw[raw["ident_state"].isin(("New", "Active"))].groupby("number")["seconds"].sum()
    held = ("Awaiting Vendor", "Awaiting Problem", "Awaiting Evidence")
    waited = raw[raw["ident_state"].isin(("New", "Active", *held))].groupby("number")["seconds"].sum()
    with desk.store.reading() as session:
        rows = session.exec(select(Ticket.key, Ticket.agent_work_s, Ticket.requester_wait_s)).all()
    ours = pd.DataFrame(rows, columns=["key", "work", "wait"]).set_index("key")
    ours = ours.loc[new.index]
    assert ours["work"].sum() == new.add(worked, fill_value=0).sum()
    assert ours["wait"].sum() == new.add(waited, fill_value=0).sum()


def test_of_replies_the_log_says_nothing_and_so_do_we(desk: Desk) -> None:
    for column in (Ticket.public_replies, Ticket.transfers, Ticket.first_response_at, Ticket.customer_messages):
        assert desk.scalar(select(func.count(column))) == 0
    assert desk.scalar(select(func.count()).select_from(WaitingSpell)) == 0
    assert desk.scalar(select(func.min(Ticket.created_at))) > EPOCH
