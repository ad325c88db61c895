"""A map says which column is which, what words mean, how dates are written, and what stands for nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cspm_core import errors, people
from cspm_core.imports import Fault, Unreadable
from cspm_core.store import Store

from .import_stage import Stage, set_stage

MAP = """
columns: {id: Nummer, created_at: Aangemaakt, agent: Wie, csat: null}
values: {status: {"Wacht op klant": pending}, priority: {"1": urgent}}
dates: {format: "%d/%m/%Y %H:%M", day_first: true, timezone: America/New_York}
defaults: {channel: email, status: open}
empty: ["?"]
"""
TEXT = (
    "Nummer,Aangemaakt,Wie,status,priority,csat\n"
    "1,03/04/2026 09:05,?,wacht op klant,1,5\n"
    "2,13/04/2026 09:05,Mina,?,2,1\n"
)


@pytest.fixture
def stage(sqlite_store: Store, tmp_path: Path, now: datetime) -> Stage:
    with sqlite_store.transaction() as session:
        workspace_id = people.found_workspace(session, now=now).id
    return set_stage(sqlite_store, workspace_id, tmp_path, now)


def test_a_map_is_followed(stage: Stage):
    report = stage.load(TEXT, map=MAP, timezone=None)
    first, second = stage.tickets()["1"], stage.tickets()["2"]
    assert first.created_at == datetime(2026, 4, 3, 13, 5, tzinfo=UTC)
    assert (first.status, first.priority, first.channel, first.agent_id, first.csat) == (
        "pending",
        "urgent",
        "email",
        None,
        None,
    )
    assert (second.status, second.priority) == ("open", "2")
    assert dict(report.unmatched) == {"Mina": 1}
    assert report.timezone_of_team is False


def test_the_zone_that_is_named_wins_over_the_map_and_the_map_over_the_team(stage: Stage):
    stage.load(TEXT, map=MAP, timezone="UTC")
    assert stage.tickets()["1"].created_at == datetime(2026, 4, 3, 9, 5, tzinfo=UTC)


def test_without_any_zone_the_teams_is_taken_and_said(stage: Stage):
    report = stage.load("id,created_at\n1,2026-07-01 09:00\n", timezone=None)
    assert (report.timezone, report.timezone_of_team) == ("Europe/Amsterdam", True)
    assert stage.ticket().created_at == datetime(2026, 7, 1, 7, 0, tzinfo=UTC)
    assert stage.load("id,created_at\n1,2026-07-01T09:00Z\n", timezone=None).timezone_of_team is False


def test_day_first_dates_from_a_map(stage: Stage):
    stage.load("id,created_at\n1,03/04/2026 09:05\n", map="dates: {day_first: true}")
    assert stage.ticket().created_at == datetime(2026, 4, 3, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "fault", "about", "nearest"),
    [
        ("columns: {created: Aangemaakt}", Fault.UNKNOWN_IN_MAP, "created", "created_at"),
        ("colums: {}", Fault.UNKNOWN_IN_MAP, "colums", "columns"),
        ("dates: {zone: UTC}", Fault.UNKNOWN_IN_MAP, "zone", "timezone"),
        ("columns: {id: Numer}", Fault.NO_SUCH_COLUMN, "Numer", "Nummer"),
        ("columns: {created_at: null}", Fault.NO_COLUMN, "created_at", None),
        ("columns: [id", Fault.BAD_MAP, "map.yaml:2", None),
        ("- id", Fault.BAD_MAP, "map.yaml", None),
        ("columns: id", Fault.BAD_MAP, "columns", None),
        ("empty: 5", Fault.BAD_MAP, "empty", None),
        ("dates: {format: 5}", Fault.BAD_MAP, "dates: format", None),
        ("dates: {timezone: [UTC]}", Fault.BAD_MAP, "dates: timezone", None),
        ("dates: {day_first: perhaps}", Fault.BAD_MAP, "dates: day_first", None),
        ("values: {status: {Klaar: solvd}}", Fault.UNKNOWN_IN_MAP, "solvd", "solved"),
    ],
)
def test_a_map_that_cannot_be_followed_says_where(
    stage: Stage, said: str, fault: Fault, about: str, nearest: str | None
):
    with pytest.raises(Unreadable) as problem:
        stage.load(TEXT, map=said + "\n")
    assert (problem.value.fault, problem.value.about, problem.value.nearest) == (fault, about, nearest)


def test_a_zone_in_the_map_is_checked(stage: Stage):
    with pytest.raises(errors.Invalid):
        stage.load(TEXT, map=MAP.replace("America/New_York", "America/New_Yorc"), timezone=None)


def test_yes_and_no_in_a_map_are_words(stage: Stage):
    text = "id,created_at,csat\n1,2026-11-02 09:00,Yes\n2,2026-11-02 09:00,No\n"
    stage.load(text, map="values: {csat: {Yes: 5, No: 1}}")
    assert [row.csat for row in stage.tickets().values()] == ["5", "1"]
