"""`cspm kpi` in a terminal."""

from __future__ import annotations

import io
import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from rich.console import Console
from sqlmodel import select
from typer.testing import CliRunner, Result

from bot.kpi import commands, paper
from bot.kpi.names import MEANINGS, NAMES
from bot.words import Words
from cspm_core import escalations, people
from cspm_core.escalations import Cause
from cspm_core.kpi import Scorecard
from cspm_core.kpi.rules import read
from cspm_core.metrics import CATALOGUE, OF_TICKETS, Measure
from cspm_core.periods import parse_period
from cspm_core.stats import Interval
from cspm_core.store import Store
from cspm_core.tables import METADATA
from cspm_core.tickets import TicketFacts, note_source, record

FRIDAY = datetime(2026, 3, 6, 16, 2, tzinfo=UTC)


@pytest.fixture
def cspm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Two teams in Amsterdam; Returns has three tickets until Friday 17:02 of its time."""
    url = f"sqlite:///{tmp_path / 'kpi.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("COLUMNS", "150")
    store = Store(url)
    METADATA.create_all(store.engine)
    with store.transaction() as session:
        workspace_id = people.found_workspace(session, now=FRIDAY).id
        people.add_team(session, workspace_id, "Spare Parts Desk", timezone="Europe/Amsterdam", now=FRIDAY)
        team = people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=FRIDAY)
        tickets = [
            TicketFacts("1", FRIDAY - timedelta(hours=8), first_response_at=FRIDAY - timedelta(hours=7)),
            TicketFacts("2", FRIDAY - timedelta(hours=6), solved_at=FRIDAY, csat="5", first_response_at=FRIDAY),
            TicketFacts("3", FRIDAY - timedelta(hours=5), status="spam"),
        ]
        record(session, team, tickets, scope=team.id, known_at=FRIDAY, now=FRIDAY)
        note_source(session, team, complete_until=FRIDAY, first_at=tickets[0].created_at, now=FRIDAY)
    store.close()
    app = typer.Typer()
    app.callback()(lambda: None)
    commands.add_to(app)

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["kpi", *words])

    return run


def test_a_scorecard_prints_every_figure_what_was_left_out_and_how_far_the_data_reaches(cspm):
    said = cspm("team", "Returns", "--period", "2026-03")
    assert said.exit_code == 0, said.output
    words = " ".join(said.stdout.replace("│", " ").split())
    for name in ("New tickets", "Reopen rate", "CSAT response rate"):
        assert name in words
    assert "3 hr 30 min" in words  # half of one hour and six hours
    assert "small sample" in words
    assert "Left out: 1 spam." in words
    assert "The data reaches Fri, Mar 6, 5:02" in words


def test_a_narrow_terminal_gets_fewer_columns(tmp_path: Path):
    def drawn(width: int) -> str:
        console = Console(width=width, file=io.StringIO(), highlight=False)
        period = parse_period("2026-03", timezone="UTC", now=FRIDAY).until(FRIDAY)
        before = parse_period("2026-02", timezone="UTC", now=FRIDAY)
        metric = CATALOGUE["csat"]
        reading = read(metric, Measure(0.5, 40, interval=Interval(0.35, 0.65)), Measure(0.4, 40), None)
        card = Scorecard(1, "Returns", "UTC", period, FRIDAY, FRIDAY, (reading,), {}, None, before)
        console.print(paper.scorecard(card, Words("en"), width))
        return console.file.getvalue()

    assert "35% – 65%" in drawn(120)
    assert "35%" not in drawn(80)
    for width in (80, 120):
        assert "50%" in drawn(width)
        assert "+10 points, better" in " ".join(drawn(width).split())


def test_json_holds_the_same_in_seconds_shares_and_nulls(cspm):
    said = cspm("team", "Returns", "--period", "2026-03-01..2026-03-31", "--json")
    assert said.exit_code == 0, said.output
    card = json.loads(said.stdout)
    assert card["team"] == "Returns"
    assert card["period"]["start"] == "2026-03-01T00:00:00+01:00"
    assert card["period"]["end"] == "2026-04-01T00:00:00+02:00"
    assert card["period"]["timezone"] == "Europe/Amsterdam"
    assert card["as_of"] == card["complete_until"] == "2026-03-06T17:02:00+01:00"
    assert card["left_out"] == {"spam": 1}
    assert list(card["metrics"]) == list(OF_TICKETS)
    volume, first, csat = (card["metrics"][key] for key in ("volume", "first_response", "csat"))
    assert (volume["value"], volume["n"], volume["unit"], volume["interval"]) == (2, 2, "count", None)
    assert (first["value"], first["unit"], first["clock"], first["cohort"]) == (
        12_600,
        "seconds",
        "calendar",
        "created",
    )
    assert (csat["value"], csat["numerator"], csat["denominator"]) == (1, 1, 1)
    assert card["metrics"]["sla_resolution"]["value"] is None


def test_a_team_that_escalates_finds_those_figures_too(cspm, tmp_path: Path):
    with closing(Store(f"sqlite:///{tmp_path / 'kpi.db'}")) as store, store.transaction() as session:
        [workspace_id] = {team.workspace_id for team in session.exec(select(people.Team))}
        team = people.team_named(session, workspace_id, "Returns")
        escalations.raise_one(session, team, Cause("person", "No parcel"), now=FRIDAY - timedelta(hours=1))
    card = json.loads(cspm("team", "Returns", "--period", "2026-03", "--json").stdout)
    assert list(card["metrics"]) == [key for key in CATALOGUE if key in card["metrics"]]
    assert {key for key, metric in CATALOGUE.items() if metric.of == "tickets"} < set(card["metrics"])
    assert card["metrics"]["escalations"]["value"] == 1
    taken = card["metrics"]["time_to_acknowledge"]
    assert (taken["value"], taken["longer_than"], taken["cohort"], taken["waiting"]) == (None, 3600, "opened", 1)
    assert "Time to take an escalation" in " ".join(cspm("team", "Returns", "--period", "2026-03").stdout.split())


@pytest.mark.parametrize(
    ("as_of", "kept"),
    [
        ("2026-03-06T12:00", "2026-03-06T12:00:00+01:00"),
        ("2026-03-06T12:00Z", "2026-03-06T13:00:00+01:00"),
        ("2026-03-06T12:00:00-05:00", "2026-03-06T18:00:00+01:00"),
        ("2026-03-20", "2026-03-20T00:00:00+01:00"),
    ],
)
def test_an_explicit_instant_is_kept_as_it_is(cspm, as_of: str, kept: str):
    said = cspm("team", "Returns", "--period", "2026-03", "--as-of", as_of, "--json")
    assert json.loads(said.stdout)["as_of"] == kept


def test_words_of_time_are_told_from_the_explicit_instant(cspm):
    said = cspm("team", "Returns", "--period", "today", "--as-of", "2026-03-06T12:00", "--json")
    card = json.loads(said.stdout)
    assert card["period"]["start"] == "2026-03-06T00:00:00+01:00"
    assert card["metrics"]["volume"]["value"] == 2
    assert card["metrics"]["unanswered"]["value"] == 1


def test_a_period_that_the_data_does_not_reach_is_no_data(cspm):
    card = json.loads(cspm("team", "Returns", "--period", "today", "--json").stdout)
    assert {metric["value"] for metric in card["metrics"].values()} == {None}
    assert "the data ends before" in cspm("team", "Returns", "--period", "today").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("team", "Retrns"), "Did you mean “Returns”?"),
        (("team", "Returns", "--period", "lst-week"), "Did you mean “last-week”?"),
        (("team", "Returns", "--as-of", "soon"), "soon"),
        (("team", "Spare", "Parts", "Desk"), "There are no tickets of Spare Parts Desk yet."),
        (("explain", "csta"), "Did you mean “csat”?"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(cspm, words: tuple[str, ...], said: str):
    found = cspm(*words)
    assert found.exit_code == 1
    assert said in " ".join(found.stderr.split())
    assert found.stdout == ""


def test_a_figure_is_explained_by_its_key_or_another_name(cspm):
    for name in ("first_response", "FRT", "first response"):
        said = cspm("explain", *name.split()).stdout
        assert "First response time (first_response)" in said
        assert "Lower is better." in said


def test_every_figure_has_a_name_and_a_meaning(cspm):
    assert set(NAMES) == set(MEANINGS) == set(CATALOGUE)
    assert len(set(NAMES.values())) == len(NAMES)
    said = cspm("metrics").stdout
    for key in CATALOGUE:
        assert key in said


@pytest.mark.parametrize("subject", ["team", "explain", "metrics"])
def test_help_gives_an_example(cspm, subject: str):
    assert f"cspm kpi {subject}" in " ".join(cspm(subject, "--help").stdout.split())
