"""The figures of a real export of calls, counted again with pandas straight from the file, never with our own code."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlmodel import Session

from cspm_core import calls, imports, people
from cspm_core.calls import frames
from cspm_core.imports import CallReport
from cspm_core.metrics import CATALOGUE, Measure, Subject, Window, code_of
from cspm_core.metrics.contacts import contacts
from cspm_core.people import Team
from cspm_core.store import Store, microseconds

from .metric_stage import table

HERE = Path(__file__).parents[2]
EXPORTS = [folder / "data" / "pwc_call_center.csv" for folder in (HERE / "shared", HERE.parent / "shared")]
EXPORT = next((path for path in EXPORTS if path.exists()), None)
YEAR = datetime(2021, 1, 1, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.skipif(
    EXPORT is None, reason="the export lies in shared/data beside the project, which is not here"
)


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """The file as it is, its wall times read in London."""
    found = pd.read_csv(EXPORT, encoding="utf-8-sig")
    found["answered"] = found["Answered (Y/N)"] == "Y"
    found["wait"] = found["Speed of answer in seconds"]
    found["talk"] = pd.to_timedelta(found["AvgTalkDuration"]).dt.total_seconds()
    wall = pd.to_datetime(found["Date"] + " " + found["Time"], format="%Y-%m-%d %H:%M:%S")
    found["at"] = wall.dt.tz_localize("Europe/London").dt.tz_convert("UTC")
    return found


def load(store: Store, workspace_id: int, now: datetime) -> tuple[Team, CallReport]:
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Telecom", timezone="Europe/London", now=now)
    wish = imports.Wish(EXPORT, team.name, HERE / "tests" / "maps" / "pwc_calls.yaml")
    plan = imports.plan_calls(store, workspace_id, wish, now=now)
    survey = imports.survey_calls(plan, lambda done: None)
    with imports.RefusedRows(survey.plan.export, str, dry_run=True) as refused:
        return team, imports.take_calls(store, workspace_id, survey, refused, now=now, advance=lambda done: None)


def figure(session: Session, team: Team, key: str, start: datetime, end: datetime) -> Measure:
    window = Window(microseconds(start), microseconds(end), microseconds(end))
    found = frames.calls(session, team, start, end)
    metric = CATALOGUE[key]
    return metric.measure(contacts(table([]), found) if metric.of is not Subject.CALLS else found, window)


def test_the_year_counted_by_hand(store: Store, workspace_id: int, now: datetime, rows: pd.DataFrame):
    team, report = load(store, workspace_id, now)
    assert (report.rows, report.new, report.refused.total(), dict(report.set_aside)) == (len(rows), len(rows), 0, {})
    assert report.unmatched == rows["Agent"].value_counts().to_dict()
    last = (rows["at"] + pd.to_timedelta(rows["wait"].fillna(0) + rows["talk"].fillna(0), unit="s")).max()
    assert report.complete_until == last.to_pydatetime()
    taken = rows[rows["answered"]]
    with store.reading() as session:
        assert calls.extent(session, team).first_at == rows["at"].min().to_pydatetime()
        found = {
            key: figure(session, team, key, *YEAR) for key, metric in CATALOGUE.items() if metric.of is Subject.CALLS
        }
        satisfied = figure(session, team, "csat", *YEAR)
    assert found["calls"].value == len(rows) == 5_000
    lost = found["abandonment"]
    assert (lost.numerator, lost.denominator) == ((~rows["answered"]).sum(), len(rows)) == (946, 5_000)
    assert (found["asa"].value, found["asa"].n) == (pytest.approx(taken["wait"].mean()), len(taken))
    assert found["aht"].value == pytest.approx(taken["talk"].mean())
    assert dict(found["aht"].extras) == {"no_hold": len(taken), "no_wrap": len(taken)}
    resolved = found["calls_resolved"]
    assert (
        (resolved.numerator, resolved.denominator) == ((taken["Resolved"] == "Y").sum(), len(taken)) == (3_646, 4_054)
    )
    in_time = found["service_level"]
    assert (in_time.numerator, in_time.denominator) == ((taken["wait"] <= 20).sum(), len(rows))
    assert (satisfied.numerator, satisfied.denominator) == ((taken["Satisfaction rating"] >= 4).sum(), len(taken))


def test_day_by_day_and_agent_by_agent(store: Store, workspace_id: int, now: datetime, rows: pd.DataFrame):
    team, _ = load(store, workspace_id, now)
    with store.reading() as session:
        for day in ("2021-01-01", "2021-01-11", "2021-02-28", "2021-03-27"):
            here = rows[rows["Date"] == day]
            start = datetime.fromisoformat(day).replace(tzinfo=UTC)
            end = start + pd.Timedelta(days=1).to_pytimedelta()
            assert figure(session, team, "calls", start, end).value == len(here)
            assert figure(session, team, "abandonment", start, end).numerator == (~here["answered"]).sum()
            assert figure(session, team, "asa", start, end).value == pytest.approx(here["wait"].mean())
            good = here["Satisfaction rating"] >= 4
            rated = figure(session, team, "csat", start, end)
            assert (rated.numerator, rated.denominator) == (good.sum(), here["answered"].sum())
        found = frames.calls(session, team, *YEAR)
        by_topic = {topic: int((found.category == code_of(topic)).sum()) for topic in rows["Topic"].unique()}
        assert by_topic == rows["Topic"].value_counts().to_dict()
        listed = calls.listed(session, team, found.id.tolist())
    assert pd.Series([one.agent for one in listed]).value_counts().to_dict() == rows["Agent"].value_counts().to_dict()
    waits = {one.key: one.wait_s for one in listed if one.is_answered}
    assert waits == rows[rows["answered"]].set_index("Call Id")["wait"].to_dict()


def test_the_same_file_twice_changes_nothing(store: Store, workspace_id: int, now: datetime):
    team, _ = load(store, workspace_id, now)
    wish = imports.Wish(EXPORT, team.name, HERE / "tests" / "maps" / "pwc_calls.yaml")
    survey = imports.survey_calls(imports.plan_calls(store, workspace_id, wish, now=now), lambda done: None)
    with imports.RefusedRows(survey.plan.export, str, dry_run=True) as refused:
        report = imports.take_calls(store, workspace_id, survey, refused, now=now, advance=lambda done: None)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 5_000)
