"""Who may do what with what: every listener is pressed as every role, with values that anybody could send."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import app, ids, slash
from bot.coaching import vocabulary as coach_words
from bot.door import vocabulary as door_words
from bot.goals import names as goal_words
from bot.local_slack import Seat, Server
from bot.qa import vocabulary as qa_words
from bot.recognition import vocabulary as kudos_words
from cspm_core import people
from cspm_core.store import Store
from cspm_core.tables import METADATA

from . import house as houses
from . import rights_elsewhere as elsewhere
from . import rights_table as table
from .rights_hands import Hands, Outcome, Press
from .rights_stage import CAST, MORE, set_up
from .rights_table import ROLES, Row
from .rights_values import marks, press

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
ROWS = list(table.rows())
FIGURED = [row for row in ROWS if set(row.allowed) & set("lLf")]
CASES = [("lead", row) for row in ROWS] + [(level, row) for level in ("self", "nobody") for row in FIGURED]
CONCERNED = ("subject", "reviewer", "lead", "manager")
"""Those for whom something may depend on what a team has agreed to."""
PERSONAL = (
    "review", "held", "draft", "blind", "blind by Rex", "disputed0", "disputed1", "disputed2", "dispute0", "dispute1",
    "dispute2", "talk", "agent", "agent and talk", "agent and review", "promise", "promise kept", "suggestion",
    "praise", "performance", "performance kept", "pulse", "talk held", "note", "plan", "goal", "goal agreed",
    "private note", "csat of Teo", "score of Teo", "everything", "Teo", "Teo and talk", "Teo and promise kept",
)  # fmt: skip
REGISTERED_AS = {
    "button": "action", "in": "action", "form": "view", "menu": "options", "command": "command",
    "shortcut": "shortcut", "home": "event",
}  # fmt: skip
SPOKEN = {
    "/qa": qa_words.SUBCOMMANDS, "/coach": coach_words.SUBCOMMANDS, "/goal": goal_words.SUBCOMMANDS,
    "/kudos": kudos_words.SUBCOMMANDS, "/cspm": door_words.SUBCOMMANDS,
}  # fmt: skip
PATTERNS = {"crisis.customers.page.0": "crisis\\.customers\\.page\\..*", "detector.judge": "detector\\.judge"}
COMMANDS = {slash.named(name).pattern: f"/{name}" for name in slash.NAMES}
"""With any prefix, as they are listened to."""
BARE = {"/coach": ("mine", "talk"), "/goal": ("person",)}
"""Subcommands that are meant without a word for them."""


@pytest.fixture(scope="module")
def hands(tmp_path_factory: pytest.TempPathFactory, slack_server: Server) -> Iterator[Hands]:
    """One house for all presses: each is undone."""
    path: Path = tmp_path_factory.mktemp("rights") / "test.db"
    store = Store(f"sqlite:///{path}")
    METADATA.create_all(store.engine)
    house = houses.build(store, slack_server, NOW, more=MORE)
    found = Hands(set_up(house), str(path))
    yield found
    found.close()
    store.close()


def came_of(found: Outcome, words: tuple[str, ...]) -> str:
    """x, o or -; ! where something is shown together with a refusal."""
    if found.is_refusal:
        return "!" if found.has(words) else "-"
    return "x" if found.changed or found.has(words) or found.has_form or (found.shown and not words) else "o"


def fits(came: str, wanted: str, found: Outcome, words: tuple[str, ...]) -> bool:
    """Whether it is what the table says; an answer in which there is nothing to know is one without it."""
    return came == wanted or (wanted == "o" and came == "x" and not words and not found.changed)


@pytest.mark.parametrize(("level", "row"), CASES, ids=str)
def test_each_role_does_and_sees_what_the_table_says_and_the_log_has_it(hands: Hands, level: str, row: Row):
    hands.agree(level)
    stage = hands.stage
    words, wrong = marks(stage, row), []
    channels = {one.id for one in stage.house.slack.conversations.all.values() if one.kind in ("channel", "private")}
    for role in ROLES if level == "lead" else CONCERNED:
        found = hands.does(role, press(stage, row))
        came, wanted = came_of(found, words), row.wanted(role, level)
        if found.is_broken or not fits(came, wanted, found, words):
            wrong.append(f"{role}: {wanted} wanted, {came} came: {found}")
        looked = {what for viewer, subject, what in found.looks if subject == stage.of["agent"]}
        if looked != set(filter(None, [row.looked(role, level)])):
            wrong.append(f"{role}: written down {looked}, wanted {row.looked(role, level)!r}")
        if row.id != "kudos.form" and any(place in channels for place, _ in found.elsewhere):
            wrong.append(f"{role}: something about a person went into a channel: {found.elsewhere}")
    assert not wrong, "\n".join(wrong)
    assert stage.house.slack.complaints == []


def test_whoever_looks_after_everything_sees_nothing_personal():
    """Nobody but the people concerned, their lead and their manager does, whatever their role."""
    for row in ROWS:
        if row.about in PERSONAL and row.id not in ("home", "note.form", "review.ticket"):
            for role in ("stranger", "colleague", "lead2", "executive", "admin"):
                assert row.allowed[ROLES.index(role)] in "-o", (row, role)
    assert set(PERSONAL) <= {row.about for row in ROWS}


def test_a_goal_of_one_person_tells_no_figure_where_the_team_has_agreed_to_none(hands: Hands):
    told = {}
    for level in table.LEVELS:
        hands.agree(level)
        told[level] = "".join(hands.does("subject", Press("command", "/goal")).shown).count("n = ")
    assert told["lead"] == told["self"] == told["nobody"] + 1


class Listeners:
    """Writes down what an app would listen to."""

    def __init__(self) -> None:
        self.every: set[tuple[str, str]] = set()

    def __getattr__(self, kind: str) -> Callable[..., Any]:
        def register(what: Any, **_: Any) -> Callable[[Any], Any]:
            named = what.get("subtype") or what["type"] if isinstance(what, dict) else getattr(what, "pattern", what)
            named = COMMANDS.get(named, named)
            self.every.add((kind, str(named)))
            return lambda listener: listener

        return register


@pytest.fixture(scope="module")
def listened() -> set[tuple[str, str]]:
    found = Listeners()
    for feature in app.FEATURES:
        feature.register(found)  # type: ignore[arg-type]
    return found.every


def test_every_listener_stands_in_the_table_or_among_those_that_carry_nobodys_data(listened: set[tuple[str, str]]):
    tried = {(REGISTERED_AS[row.kind], row.id.split()[0] if row.kind == "command" else row.id) for row in ROWS}
    tried = {("event", "app_home_opened") if one == ("event", "home") else one for one in tried}
    outside = {(REGISTERED_AS[kind], PATTERNS.get(name, name))
               for kind, name, _ in elsewhere.rows()}  # fmt: skip
    free = {one for several in elsewhere.OPEN.values() for one in several}
    every = (tried - {("command", "/kpi")}, outside, free)
    assert set.union(*every) == listened
    assert sum(map(len, every)) == len(listened)


def test_every_name_that_slack_sends_back_is_listened_to(listened: set[tuple[str, str]]):
    names = {value for name, value in vars(ids).items() if name.isupper()}
    assert names - {name for _, name in listened} == set(elsewhere.NO_LISTENER)


def test_every_subcommand_stands_in_the_table():
    for command, words in SPOKEN.items():
        tried = {row.id.partition(" ")[2] for row in ROWS if row.kind == "command" and row.id.startswith(command)}
        assert set(words) - tried - set(BARE.get(command, ())) == set(), command


@pytest.mark.parametrize(("kind", "name", "letters"), list(elsewhere.rows()), ids=str)
def test_nobody_outside_a_team_gets_anything_of_its_work(hands: Hands, kind: str, name: str, letters: str):
    hands.agree("lead")
    words, wrong = hands.stage.marks["the team's work"], []
    entitled = hands.does("lead", elsewhere.press(hands.stage, kind, name))
    for role, wanted in zip(elsewhere.TRIED_BY, letters, strict=True):
        found = hands.does(role, elsewhere.press(hands.stage, kind, name))
        if role != "lead" and wanted == "-" and found.told == entitled.told:
            wrong.append(f"{role}: refused as the lead is: {found.told}")
        came, meant = "-" if found.is_refusal else "x", wanted.replace("=", "-")
        if wanted == "o" and role == "lead":
            continue
        if found.is_broken or (came != meant and wanted != "o") or (wanted != "x" and found.has(words)):
            wrong.append(f"{role}: {wanted} wanted, {came} came: {found}")
    assert not wrong, "\n".join(wrong)


SEEN_BY = {
    "review": ("subject", "reviewer", "lead"),
    "held": ("subject", "reviewer", "lead"),
    "draft": ("reviewer",),
    "blind": ("reviewer",),
    "disputed2": ("subject", "reviewer", "lead", "manager"),
    "dispute2": ("subject", "reviewer", "lead", "manager"),
    "talk": ("subject", "lead"),
    "suggestion": ("lead",),
    "performance": ("subject", "lead"),
    "performance kept": ("lead",),
    "note": ("lead", "subject"),
    "plan": ("subject", "lead", "manager"),
    "goal": ("subject", "lead"),
}
"""Whose direct messages may hold words of a thing, whatever happens by itself."""


BEATS = (0.01, 0.1, 1, 1.1, 2, 2.1, 3, 6, 8)
"""Days on which everything runs that happens by itself: digests, reminders, deadlines, the week's thanks."""


def test_what_is_said_unprompted_reaches_only_those_whom_it_concerns_and_no_channel(
    sqlite_store: Store, slack_server: Server
):
    house = houses.build(sqlite_store, slack_server, NOW, more=MORE)
    stage = set_up(house)
    with house.store.transaction() as session:
        people.change_team(session, people.team(session, house.workspace_id, stage.team.id), person_figures="self")
    for days in BEATS:
        house.sleeps_until(NOW + timedelta(days=days))
        house.beat()
    said = {role: _everything(house.person(CAST[role])) for role in ROLES}
    for thing, whom in SEEN_BY.items():
        for word in stage.marks[thing]:
            assert not [role for role in ROLES if role not in whom and word in said[role]], (thing, word)
    common = "\n".join(one.says() for channel in ("#returns", "#quiet") for one in house.person("Mina").reads(channel))
    assert "KUDOSREASON" in common
    assert "at least 85%" in common
    assert "at least 83" not in common, "the score of fewer than five people's work"
    assert not [word for thing in SEEN_BY for word in stage.marks[thing] if word in common]


def _everything(seat: Seat) -> str:
    return "\n".join(one.says() for one in seat.reads())
