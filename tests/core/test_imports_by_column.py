"""An import reads, settles and writes by the column; whatever a file holds, that is the same as row by row."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from cspm_core import imports, people, tickets
from cspm_core.imports.instants import Instants, Order
from cspm_core.imports.instants_many import ManyInstants
from cspm_core.metrics.frame import NEVER
from cspm_core.people import Identity
from cspm_core.store import Store, microseconds
from cspm_core.tickets import Ticket

from . import row_by_row

CALM = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
names = itertools.count()

COLUMNS = (
    "id", "team", "agent", "first_responder", "channel", "priority", "opened_by", "status", "created_at",
    "handed_off_at", "first_response_at", "first_response_due_at", "first_solved_at", "solved_at", "reopened_at",
    "resolution_due_at", "reopens", "public_replies", "requester_wait_s", "csat", "csat_scale", "csat_sent_at",
    "csat_at", "csat_comment", "subject", "url",
)  # fmt: skip
days = st.sampled_from(["2026-03-29", "2026-10-25", "2026-11-02", "2026-11-20", "2026-02-30", "1979-01-01"])
clocks = st.sampled_from(
    [
        "",
        " 02:30",
        " 01:15:00",
        "T09:00:00Z",
        "T09:00:00.250+02:00",
        "T24:00",
        " 9:05 PM",
        "T09:00:00-23:00",
        " 02:59:59",
    ]
)
moments = st.builds("{}{}".format, days, clocks) | st.sampled_from(
    ["", "-", "nan", "soon", " 2026-11-05 10:00 ", "１２"]
)
counts = st.sampled_from(["", "0", "1", "3.0", "-1", "1.5", "many", "99999999999999999999", "nan", "NaN", "1e30"])
VALUES: dict[str, st.SearchStrategy[str]] = {
    "id": st.sampled_from(["", "1", "2", "3", "4.0", "4", "nan", " 5 ", "é"]),
    "team": st.sampled_from(["", "", "Returns", "tech  support", "Nobody"]),
    "agent": st.sampled_from(["", "Mina Lee", "mina lee", "unassigned", "김민지", "-"]),
    "first_responder": st.sampled_from(["", "Mina Lee", "Joe", "N/A"]),
    "priority": st.sampled_from(["", "High", "LOW", "nan"]),
    "opened_by": st.sampled_from(["", "agent", "End-user", "bot", "martian"]),
    "status": st.sampled_from(
        ["", "Open", "Solved", "closed", "spam", "merged", "on-hold", "Flabbergasted", "?", "hm"]
    ),
    "reopens": counts,
    "public_replies": counts,
    "requester_wait_s": counts,
    "csat": st.sampled_from(["", "4", "2", "9", "good", "bad", "offered", "11", "nan"]),
    "csat_scale": st.sampled_from(["", "5", "10", "nps", "CES", "1-7", "galaxies"]),
    "url": st.sampled_from(["", "https://desk.example/1", "javascript:x", "none"]),
    "csat_comment": st.sampled_from(["", "so, “so”\nla", 'a "b"']),
}


def value(name: str) -> st.SearchStrategy[str]:
    return moments if name.endswith("_at") else VALUES.get(name, st.sampled_from(["", "Email", " chat ", "-"]))


@st.composite
def exports(draw: st.DrawFn, columns: Sequence[str] = COLUMNS) -> str:
    """A file of these columns, some of them, with rows of any width."""
    chosen = ["id", "created_at", *draw(st.lists(st.sampled_from(columns), unique=True, max_size=14))]
    header = list(dict.fromkeys(chosen))
    rows = draw(st.lists(st.tuples(*(value(name) for name in header)), min_size=1, max_size=12))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        width = draw(st.sampled_from([0, 0, 0, 0, 0, 0, -1, 1, 2]))
        writer.writerow([*row, *["", "x"][:width]] if width >= 0 else row[:width])
    writer.writerow(["9" if name == "id" else "2026-11-02" if name == "created_at" else "" for name in header])
    return out.getvalue()


@pytest.fixture
def workspaces(store: Store, now: datetime) -> tuple[int, int]:
    return _workspace(store, now), _workspace(store, now)


def _workspace(store: Store, now: datetime) -> int:
    with store.transaction() as session:
        people.found_workspace(session, now=now)
        name = f"T{next(names)}"
        return people.claim_workspace(session, name, name, now=now).id


def fresh_teams(store: Store, workspace_id: int, now: datetime) -> dict[str, int]:
    """Nothing is known, and both teams have targets."""
    with store.transaction() as session:
        for table in ("ticket", "source", "identity", "ticket_day", "figure_day", "sla_target", "import_run", "team"):
            session.connection().exec_driver_sql(f"DELETE FROM {table} WHERE workspace_id = {workspace_id}")
        teams = {
            "Returns": people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=now),
            "Tech Support": people.add_team(session, workspace_id, "Tech Support", timezone="Asia/Seoul", now=now),
        }
        for team in teams.values():
            tickets.set_sla(session, team, "first_response", "", 7_200, "business", now=now)
            tickets.set_sla(session, team, "first_response", "high", 3_600, "calendar", now=now)
            tickets.set_sla(session, team, "resolution", "low", 200_000, "business", now=now)
    return {name: team.id for name, team in teams.items()}


def rows(store: Store, workspace_id: int, teams: dict[str, int]) -> list[dict[str, Any]]:
    """Every ticket, with names in the place of ids."""
    named = {team_id: name for name, team_id in teams.items()} | {0: ""}
    with store.reading() as session:
        agents = dict(
            session.exec(select(Identity.id, Identity.key).where(Identity.workspace_id == workspace_id)).all()
        )
        found = session.exec(select(Ticket).where(Ticket.workspace_id == workspace_id)).all()
        told = [row.model_dump(exclude={"id", "workspace_id"}) for row in found]
    for row in told:
        row |= {"team_id": named[row["team_id"]], "scope": named[row["scope"]]}
        row |= {name: agents.get(row[name]) for name in ("agent_id", "first_responder_id")}
    return sorted(told, key=lambda row: (row["scope"], row["key"]))


@CALM
@given(
    files=st.lists(st.tuples(exports(), st.sampled_from([None, "2026-11-06", "2026-11-20"])), min_size=1, max_size=3),
    timezone=st.sampled_from(["UTC", "Europe/Amsterdam", "Australia/Lord_Howe"]),
    order=st.sampled_from([Order.DAY, Order.MONTH, None]),
    mapped=st.sampled_from(["", 'empty: ["?", "soon"]', "defaults: {status: solved, created_at: 2026-11-01}"]),
)
def test_whatever_the_files_hold_it_is_the_same_as_row_by_row(
    store: Store,
    workspaces: tuple[int, int],
    tmp_path: Path,
    now: datetime,
    files: list[tuple[str, str | None]],
    timezone: str,
    order: Order | None,
    mapped: str,
):
    ours, theirs = ((one, fresh_teams(store, one, now)) for one in workspaces)
    path, map_ = tmp_path / "export.csv", tmp_path / "map.yaml"
    map_.write_text(mapped, "utf-8")
    for text, exported_at in files:
        path.write_text(text, "utf-8", newline="")
        wish = imports.Wish(path, "Returns", map_ if mapped else None, timezone, exported_at, order)
        survey = imports.survey(imports.plan(store, ours[0], wish, now=now), lambda _: None)
        with imports.RefusedRows(survey.plan.export, str) as refused:
            told = imports.carry_out(store, ours[0], survey, refused, now=now, advance=lambda _: None)
        plan = imports.survey(imports.plan(store, theirs[0], wish, now=now), lambda _: None).plan
        expected = row_by_row.load(store, theirs[0], plan, survey.complete_until, now=now)
        assert tickets.Recorded(told.new, told.changed, told.unchanged, told.older, told.set_aside) == expected.done
        for name in ("refused", "duplicates", "skipped_times", "double_times", "unknown_statuses"):
            assert getattr(told, name) == getattr(expected, name), name
        assert rows(store, *ours) == rows(store, *theirs)


texts = (
    st.builds(
        "{:04d}{}{:02d}{}{:02d}{}".format,
        st.integers(1890, 2210),
        st.sampled_from(["-", "/", ""]),
        st.integers(0, 13),
        st.sampled_from(["-", "/", ""]),
        st.integers(0, 32),
        clocks,
    )
    | st.builds(
        "{:02d}{m}{:02d}{m}{:04d}{}".format,
        st.integers(0, 32),
        st.integers(0, 32),
        st.integers(1, 9999),
        st.sampled_from(["", " 10:30", "T10:30:59", " 10:60", ", 10:30"]),
        m=st.sampled_from([".", "/", "-"]),
    )
    | st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)).map(lambda at: at.isoformat(sep=" "))
    | st.datetimes(datetime(2026, 3, 28), datetime(2026, 3, 30)).map(lambda at: at.isoformat(timespec="minutes"))
    | st.datetimes(datetime(2026, 10, 24), datetime(2026, 10, 26)).map(lambda at: at.isoformat(timespec="milliseconds"))
    | st.datetimes(datetime(2026, 1, 1)).map(lambda at: f"{at.isoformat(timespec='seconds')}-05:30")
    | st.text(alphabet="0123456789-T: ٣Z+.", max_size=25)
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(texts, max_size=20),
    st.sampled_from(["UTC", "Europe/Amsterdam", "Pacific/Apia", "America/Sao_Paulo"]),
    st.sampled_from([None, Order.DAY, Order.MONTH]),
    st.sampled_from([None, None, "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y%m%d", "%d %b %Y", "epoch"]),
)
def test_a_column_of_times_is_read_as_each_of_them_alone(
    column: list[str], timezone: str, order: Order | None, form: str | None
):
    found = ManyInstants(Instants(timezone, order, form)).read(column)
    for n, text in enumerate(column):
        one = Instants(timezone, order, form)
        try:
            at = microseconds(one.read(text)) if text else NEVER
            bad = False
        except (ValueError, OverflowError):
            at, bad = NEVER, True
        said = (found.naive, found.skipped, found.twice)
        counted = tuple(int(mask is not None and bool(mask[n])) for mask in said)
        assert (found.at[n], found.bad[n], counted) == (at, bad, (one.naive, one.skipped, one.twice)), text


def test_a_due_time_on_the_teams_clock_is_the_same_for_many_as_for_one(store: Store, workspace_id: int, now: datetime):
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Nights", timezone="Europe/Amsterdam", now=now)
        people.change_team(session, team, hours="mon-fri 22:00-06:00; sun 10:00-10:30", holidays="NL")
        calendar = people.calendar_of(session, team)
    ats = [now + timedelta(hours=7 * n, seconds=n) for n in range(400)]
    for seconds in (1, 3_599, 100_000, 4_000_000):
        many = calendar.add_business_many([int(at.timestamp()) for at in ats], seconds)
        assert many.tolist() == [int(calendar.add_business(at, seconds).timestamp()) for at in ats]
