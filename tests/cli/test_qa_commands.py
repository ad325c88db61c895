"""An operator gives a team scorecards: ready ones, and ones from YAML files that go there and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.qa import commands as qa_commands
from cspm_core import people, qa
from cspm_core.ids import new_id
from cspm_core.qa import QaReview
from cspm_core.store import Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FILE = """\
name: Web form
channel: web
sections:
  - name: Answer
    criteria:
      - name: Is it right?
        critical: yes
        points: [No, Yes]
        causes: [Hurry, Guessed]
      - name: Friendly
        weight: 0.5
        points: [Rude, Fine, Kind]
"""


class Operator:
    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.app = typer.Typer()
        qa_commands.add_to(self.app)

        @self.app.callback()
        def main() -> None:
            """One of several subjects."""

    def types(self, *words: str) -> Result:
        return CliRunner().invoke(self.app, ["qa", *words])

    def reads(self, *words: str) -> str:
        done = self.types(*words)
        assert done.exit_code == 0, done.output
        return done.stdout

    def is_refused(self, *words: str) -> str:
        done = self.types(*words)
        assert done.exit_code == 1, done.output
        return " ".join(done.stderr.split())

    def file(self, text: str) -> str:
        path = self.folder / "card.yaml"
        path.write_text(text, "utf-8")
        return str(path)

    def cards(self) -> list[qa.Card]:
        with self.store.reading() as session:
            [team] = people.teams(session, people.workspaces(session)[0].id)
            return qa.scorecards_of(session, team, with_archived=True)


@pytest.fixture
def operator(sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Operator:
    monkeypatch.setenv("DATABASE_URL", sqlite_store.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("COLUMNS", "250")
    with sqlite_store.transaction() as session:
        workspace_id = people.found_workspace(session, now=NOW).id
        people.add_team(session, workspace_id, "Returns", timezone="UTC", language="en", now=NOW)
    return Operator(sqlite_store, tmp_path)


def reviewed(operator: Operator, card: qa.Card) -> None:
    with operator.store.transaction() as session:
        agent = people.identity(session, card.workspace_id, "Teo", now=NOW)
        session.add(
            QaReview(
                workspace_id=card.workspace_id, id=new_id(NOW), team_id=card.team_id, version_id=card.version_id,
                agent_id=agent.id, started_at=NOW, submitted_at=NOW, score=80,
            )
        )  # fmt: skip


def test_a_team_begins_with_ready_scorecards(operator: Operator):
    assert "`cspm qa scorecard ready`" in operator.reads("scorecards", "--team", "Returns")
    for kind in ("email", "chat", "calls", "complaints"):
        operator.reads("scorecard", "ready", "--team", "returns", kind)
    said = operator.reads("scorecards", "--team", "Returns")
    for name in ("E-mail", "Chat", "Phone calls", "Complaints"):
        assert name in said
    assert "11 criteria" in said
    told = json.loads(operator.reads("scorecards", "--team", "Returns", "--json"))
    assert [(one["name"], one["channel"], one["version"], one["reviews"]) for one in told] == [
        ("E-mail", "email", 1, 0),
        ("Chat", "chat", 1, 0),
        ("Phone calls", "phone", 1, 0),
        ("Complaints", "none", 1, 0),
    ]
    assert "E-mail exists already" in operator.is_refused("scorecard", "ready", "--team", "Returns", "email")
    assert "calls" in operator.is_refused("scorecard", "ready", "--team", "Returns", "fax")


def test_a_file_makes_one_and_changes_it(operator: Operator):
    said = operator.reads("scorecard", "import", "--team", "Returns", operator.file(FILE))
    assert "“Web form” is made." in said
    assert "like that already" in operator.reads("scorecard", "import", "--team", "Returns", operator.file(FILE))
    changed = FILE.replace("weight: 0.5", "weight: 2")
    said = operator.reads("scorecard", "import", "--team", "Returns", operator.file(changed))
    assert "stays version 1" in said
    [card] = operator.cards()
    assert card.definition.criterion("friendly").weight == 2
    reviewed(operator, card)
    said = operator.reads("scorecard", "import", "--team", "Returns", operator.file(FILE))
    assert "version 2 now" in said


def test_what_is_printed_can_be_imported_into_another_team(operator: Operator):
    operator.reads("scorecard", "ready", "--team", "Returns", "calls")
    text = operator.reads("scorecard", "export", "--team", "Returns", "phone calls")
    said = operator.reads("scorecard", "import", "--team", "Returns", operator.file(text), "--name", "Phone")
    assert "“Phone” is made." in said
    first, second = operator.cards()
    assert (first.definition, first.channel) == (second.definition, second.channel)
    operator.reads("scorecard", "export", "--team", "Returns", "phone calls", "--to", str(operator.folder))
    assert (operator.folder / "card.yaml").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[Rude, Fine, Kind]", "[Kind]", "Line 10, “Answer › Friendly”: A criterion has 2 to 5 points"),
        ("weight: 0.5", "weight: much", "Line 11, “Answer › Friendly”: `weight` is a number; I read “much”."),
        ("causes:", "reasons:", "Line 9, “Answer”: There is no field “reasons”. There are: name, key, weight,"),
        ("channel: web", "critical_failure: bang", "Line 2: “bang” does not fit `critical_failure`. There are: zero,"),
        ("sections:", "parts:", "Line 3: There is no field “parts”."),
        ("    criteria:", "   criteria:", "Line 5: That is no YAML that I can read."),
        ("name: Web form", "name: ''", "Line 1: The field `name` is missing."),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_line_and_changes_nothing(
    operator: Operator, old: str, new: str, said: str
):
    assert FILE.count(old) == 1
    assert said in operator.is_refused(
        "scorecard", "import", "--team", "Returns", operator.file(FILE.replace(old, new))
    )
    assert operator.cards() == []


def test_a_file_that_is_not_there_or_no_text_is_refused(operator: Operator):
    assert "nowhere.yaml" in operator.is_refused("scorecard", "import", "--team", "Returns", "nowhere.yaml")
    path = operator.folder / "picture.yaml"
    path.write_bytes(b"\x89PNG\xff\xfe\x00")
    assert "no YAML" in operator.is_refused("scorecard", "import", "--team", "Returns", str(path))


def test_one_is_archived_and_brought_back(operator: Operator):
    operator.reads("scorecard", "ready", "--team", "Returns", "email")
    assert "archived" in operator.reads("scorecard", "archive", "--team", "Returns", "E-mail")
    assert operator.cards()[0].is_archived
    assert "archived" in operator.reads("scorecards", "--team", "Returns")
    operator.reads("scorecard", "archive", "--team", "Returns", "E-mail", "--back")
    assert not operator.cards()[0].is_archived
    assert "Did you mean “E-mail”?" in operator.is_refused("scorecard", "export", "--team", "Returns", "Emial")


def test_a_ready_one_speaks_the_teams_language(operator: Operator):
    with operator.store.transaction() as session:
        [team] = people.teams(session, people.workspaces(session)[0].id)
        people.change_team(session, team, language="nl")
    operator.reads("scorecard", "ready", "--team", "Returns", "chat", "--name", "Chatten")
    [card] = operator.cards()
    assert card.name == "Chatten"
    assert {one.key for one in card.definition.criteria} >= {"right", "privacy", "friendly"}
