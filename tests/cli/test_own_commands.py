"""An operator gives a team figures of its own, hides others, and asks why another help desk says something else."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import typer
import yaml
from typer.testing import CliRunner, Result

from bot.kpi import commands as kpi_commands
from bot.setup import commands as setup
from cspm_core import people
from cspm_core.store import Store
from cspm_core.tables import METADATA
from cspm_core.tickets import TicketFacts, note_source, record

from .test_kpi_commands import FRIDAY

FILE = """\
key: mailed_in_4h
name:
  en: E-mails answered in 4 hours
  nl: E-mails binnen 4 uur beantwoord
unit: share
over:
  - channel = email
count:
  - first_response_at - created_at <= 4h
"""


@pytest.fixture
def cspm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Returns has ten weeks of six tickets each, half of them unanswered and one opened by an agent."""
    url = f"sqlite:///{tmp_path / 'own.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("COLUMNS", "200")
    store = Store(url)
    METADATA.create_all(store.engine)
    hour = timedelta(hours=1)
    with store.transaction() as session:
        workspace_id = people.found_workspace(session, now=FRIDAY).id
        team = people.add_team(session, workspace_id, "Returns", timezone="UTC", now=FRIDAY)
        tickets = [
            TicketFacts(
                f"{week}-{n}",
                FRIDAY - week * 168 * hour - n * hour,
                channel="email",
                opened_by="agent" if n == 5 else "customer",
                first_response_at=FRIDAY - week * 168 * hour if n > 2 else None,
            )
            for week in range(10)
            for n in range(6)
        ]
        record(session, team, tickets, scope=team.id, known_at=FRIDAY, now=FRIDAY)
        note_source(session, team, complete_until=FRIDAY, first_at=tickets[-1].created_at, now=FRIDAY)
    store.close()
    (tmp_path / "mine.yaml").write_text(FILE, "utf-8")
    app = typer.Typer()
    app.callback()(lambda: None)
    kpi_commands.add_to(app)
    setup.add_to(app)
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, list(words))

    return run


def reads(done: Result) -> str:
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def refused(done: Result) -> str:
    assert done.exit_code == 1, done.output
    return " ".join(done.stderr.split())


def test_a_figure_is_defined_shown_printed_and_taken_away(cspm, tmp_path: Path):
    assert "key: urgent_in_4h" in cspm("kpi", "own", "--team", "Returns").stdout
    assert "Returns has the figure mailed_in_4h now" in reads(cspm("kpi", "define", "mine.yaml", "--team", "Returns"))
    card = json.loads(cspm("kpi", "team", "Returns", "--period", "2026-W10", "--json").stdout)
    assert (card["metrics"]["mailed_in_4h"]["numerator"], card["metrics"]["mailed_in_4h"]["n"]) == (2, 2)
    assert "E-mails answered in 4 hours" in reads(cspm("kpi", "team", "Returns", "--period", "2026-W10"))
    assert "E-mails answered in 4 hours" in reads(cspm("kpi", "metrics", "--team", "Returns"))
    assert "channel = email" in reads(cspm("kpi", "explain", "mailed", "in", "4h", "--team", "Returns"))
    assert yaml.safe_load(cspm("kpi", "own", "--team", "Returns").stdout) == yaml.safe_load(FILE)
    assert "no figure mailed_in_4h any more" in reads(cspm("kpi", "undefine", "mailed_in_4h", "--team", "Returns"))
    assert "mailed_in_4h" not in cspm("kpi", "metrics", "--team", "Returns").stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FILE.replace("channel", "chanel"), "there is no fact “chanel” that could be used. Did you mean “channel”?"),
        (FILE.replace("channel = email", "channel > email"), "There are: =, !=, in, and not in."),
        (FILE.replace("<= 4h", "<= four"), "“four” is no length of time such as 4h, 90m or 2d."),
        (FILE.replace("mailed_in_4h", "csat"), "csat exists already."),
        (FILE.replace("unit: share", "unit: secs"), "There are: share and seconds."),
        ("- nothing\n", "This file holds no figure."),
        ("{", "This file holds no figure."),
    ],
)
def test_what_does_not_fit_is_said_in_one_sentence_with_what_would(cspm, tmp_path: Path, text: str, said: str):
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    assert said in refused(cspm("kpi", "define", "mine.yaml", "--team", "Returns"))


def test_a_file_that_is_not_there_is_named(cspm):
    assert "none.yaml" in refused(cspm("kpi", "define", "none.yaml", "--team", "Returns"))


def test_why_another_help_desk_says_something_else(cspm):
    said = reads(cspm("kpi", "explain", "first_response", "--team", "Returns", "--period", "2026-W10"))
    assert "Here: " in said
    assert "As Zendesk counts it: 4 hr" in said
    assert "The difference: 3 unanswered and 1 opened by agents." in said
    assert "As Chatwoot counts it: 3 hr 30 min" in said
    assert "https://support.zendesk.com" in said


def test_figures_are_hidden_and_shown_but_never_the_last_quality(cspm):
    reads(cspm("team", "set", "Returns", "--hide", "one-touch, csat"))
    keys = set(json.loads(cspm("kpi", "team", "Returns", "--period", "2026-W10", "--json").stdout)["metrics"])
    assert "volume" in keys
    assert not keys & {"one_touch", "csat"}
    said = refused(cspm("team", "set", "Returns", "--hide", "reopen_rate"))
    assert "is never shown without its quality. Keep one of these" in said
    assert "Did you mean “one_touch”?" in refused(cspm("team", "set", "Returns", "--show", "one_tuch"))
    reads(cspm("team", "set", "Returns", "--show", "csat"))
    assert "csat" in json.loads(cspm("kpi", "team", "Returns", "--period", "2026-W10", "--json").stdout)["metrics"]


def test_how_figures_are_counted_is_set(cspm, tmp_path: Path):
    reads(
        cspm(
            *["team", "set", "Returns", "--response-start", "handed-off", "--transfers-counted", "group"],
            *["--service-level-seconds", "30", "--short-abandon-seconds", "5", "--abandoned-in-time", "ignored"],
        )
    )
    store = Store(f"sqlite:///{tmp_path / 'own.db'}")
    with store.reading() as session:
        team = people.teams(session, people.workspace(session).id)[0]
        assert (team.response_start, team.transfers_counted) == ("handed_off", "group")
        assert (team.service_level_s, team.short_abandon_s, team.abandoned_in_time) == (30, 5, "ignored")
    store.close()


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--response-start", "handoff", "“handed_off”"),
        ("--transfers-counted", "all", "write any, or group"),
        ("--service-level-seconds", "80/20", "no number of seconds"),
        ("--short-abandon-seconds", "-1", "no number of seconds"),
        ("--abandoned-in-time", "agianst", "“against”"),
    ],
)
def test_other_ways_are_refused(cspm, option: str, value: str, said: str):
    assert said in refused(cspm("team", "set", "Returns", option, value))


def test_a_target_is_suggested_and_taken(cspm):
    said = reads(cspm("team", "target", "Returns", "first_response_business", "--suggest"))
    assert "hold too little" in said or "The median of the last eight weeks is" in said
    said = reads(cspm("team", "target", "Returns", "volume", "--suggest"))
    assert "hold too little of New tickets" in said
    said = reads(cspm("team", "target", "Returns", "backlog", "--suggest"))
    assert "The median of the last eight weeks is" in said
    assert "aims for nothing" in reads(cspm("team", "target", "Returns"))
    assert "Returns aims for that now." in reads(cspm("team", "target", "Returns", "backlog", "--suggest", "--yes"))
    assert "Open tickets" in reads(cspm("team", "target", "Returns"))
