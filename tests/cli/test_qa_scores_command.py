"""`cspm qa scores` in a terminal, and QA figures in `cspm kpi team --json`."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.kpi import commands as kpi_commands
from bot.qa import commands
from cspm_core import people, qa
from cspm_core.ids import new_id
from cspm_core.qa import Criterion, Definition, Section
from cspm_core.qa.tables import QaAnswer, QaReview
from cspm_core.store import Store
from cspm_core.tables import METADATA
from cspm_core.tickets import TicketFacts, note_source, record

NOW = datetime.now(UTC).replace(microsecond=0)
CARD = Definition((Section("Answer", (Criterion("right", "The answer is right", ("no", "yes"), causes=("Haste",)),)),))


@pytest.fixture
def cspm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Returns has one ticket and three reviews of the last days, one of them prompted; Billing has none."""
    url = f"sqlite:///{tmp_path / 'qa.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("COLUMNS", "150")
    store = Store(url)
    METADATA.create_all(store.engine)
    with store.transaction() as session:
        workspace_id = people.found_workspace(session, now=NOW).id
        people.add_team(session, workspace_id, "Billing", timezone="UTC", now=NOW)
        team = people.add_team(session, workspace_id, "Returns", timezone="UTC", now=NOW)
        created = NOW - timedelta(days=5)
        facts = [TicketFacts("1", created, agent="Ada", solved_at=created + timedelta(hours=1))]
        record(session, team, facts, scope=team.id, known_at=NOW, now=NOW)
        note_source(session, team, complete_until=NOW, first_at=created, now=NOW)
        card = qa.save_scorecard(session, team, "Mail", CARD, by=None, now=NOW)
        agent = people.identity(session, workspace_id, "Ada", now=NOW).id
        for n, (score, stratum) in enumerate(((100.0, "random"), (0.0, "random"), (0.0, "breach"))):
            row = QaReview(
                workspace_id=workspace_id, id=new_id(NOW), team_id=team.id, version_id=card.version_id, agent_id=agent,
                stratum=stratum, started_at=NOW, submitted_at=NOW - timedelta(hours=n), score=score,
                is_passed=score > 80,
            )  # fmt: skip
            session.add(row)
            session.flush()
            point, causes = (2.0, []) if score else (1.0, ["Haste"])
            session.add(
                QaAnswer(
                    workspace_id=workspace_id, id=new_id(NOW), review_id=row.id, criterion="right", score=point,
                    causes=causes,
                )
            )  # fmt: skip
    store.close()
    app = typer.Typer()
    app.callback()(lambda: None)
    commands.add_to(app)
    kpi_commands.add_to(app)

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, list(words))

    return run


def test_scores_print_the_figures_and_each_criterion(cspm):
    said = cspm("qa", "scores", "--team", "Returns")
    assert said.exit_code == 0, said.output
    words = " ".join(said.stdout.replace("│", " ").split())
    assert "QA score (IQS) 50 · small sample, n = 2" in words
    assert "Mail The answer is right 50 2 50%" in words


def test_json_has_all_of_it(cspm):
    said = cspm("qa", "scores", "--team", "Returns", "--period", "7d", "--json")
    assert said.exit_code == 0, said.output
    told = json.loads(said.stdout)
    score = told["metrics"]["qa_score"]
    assert (score["value"], score["n"], score["unit"], score["interval"]) == (50, 2, "of_100", [0, 100])
    assert told["not_in_score"] == [{"stratum": "breach", "n": 1, "mean": 0}]
    assert (told["causes"], told["reviews"], told["disputes"]) == ({"Haste": 2}, 3, None)
    assert [(one["key"], one["mean"], one["low"]) for one in told["criteria"]] == [("right", 50, 1)]


def test_a_team_without_reviews_has_no_scores_and_an_unknown_one_is_refused(cspm):
    told = json.loads(cspm("qa", "scores", "--team", "Billing", "--json").stdout)
    assert (told["metrics"]["qa_score"]["value"], told["reviews"], told["weeks"]) == (None, 0, [])
    said = cspm("qa", "scores", "--team", "Nowhere")
    assert said.exit_code != 0
    assert "Nowhere" in said.output


def test_the_catalogue_has_them_where_a_team_is_reviewed(cspm):
    told = json.loads(cspm("kpi", "team", "Returns", "--period", "28d", "--json").stdout)["metrics"]
    assert (told["qa_score"]["value"], told["qa_score"]["extras"]) == (50, {"prompted": 1})
    assert (told["qa_pass_rate"]["value"], told["critical_errors"]["value"]) == (0.5, 0)
    assert (told["qa_coverage"]["numerator"], told["qa_coverage"]["n"]) == (0, 1)
