"""An operator loads a roster, sets turns, writes absences down, and sees who is on duty."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from bot.duty import commands as duty
from cspm_core.store import Store

from .operator import Operator, app

duty.add_to(app)
TODAY = datetime.now(UTC).date()
PEOPLE = "name,role,team,email\nMina Park,lead,Returns,mina@x.org\nAda King,agent,Returns,\nTeo,agent,Returns,\n"


def days(n: int) -> str:
    return (TODAY + timedelta(days=n)).isoformat()


@pytest.fixture
def operator(sqlite_store: Store, tmp_path: Path, now: datetime) -> Operator:
    from cspm_core import people

    with sqlite_store.transaction() as session:
        people.found_workspace(session, now=now)
    operator = Operator(sqlite_store, tmp_path)
    operator.reads("team", "add", "Returns", "--timezone", "Europe/Amsterdam", "--hours", "24x7")
    operator.reads("import", "people", operator.file(PEOPLE, "people.csv"))
    return operator


def roster(*rows: str) -> str:
    return "person,start,end,activity\n" + "".join(f"{row}\n" for row in rows)


ROUND_THE_CLOCK = roster(
    f"Ada King,{days(-1)} 00:00,{days(2)} 00:00,On call", f"mina@x.org,{days(2)} 00:00,{days(4)} 00:00,On call"
)


def test_a_roster_is_loaded_and_shows_who_is_on_and_who_follows(operator: Operator):
    path = operator.file(ROUND_THE_CLOCK, "shifts.csv")
    assert "2  new" in operator.reads("import", "shifts", path, "--team", "Returns", "--dry-run")
    said = operator.reads("import", "shifts", path)
    assert "2  new" in said
    assert "2  unchanged" in operator.reads("import", "shifts", path)
    shown = operator.reads("duty", "show")
    assert "On duty for Returns" in shown
    assert "Ada King until" in shown
    assert "Mina Park" in shown
    [told] = operator.reads_json("duty", "show", "--team", "returns", "--json")
    assert (told["now"]["people"], told["now"]["why"]) == (["Ada King"], "shift")
    assert told["next"][0]["people"] == ["Mina Park"]
    assert told["now"]["until"] == told["next"][0]["from"]


def test_what_was_refused_is_told_with_the_names_nobody_knows(operator: Operator):
    path = operator.file(roster(f"Kim,{days(0)} 09:00,17:00,duty", f"Teo,{days(0)} 09:00,17:00,Chat"), "shifts.csv")
    said = operator.reads("import", "shifts", path)
    for part in ("1  new", "1  refused", "a person I do not know", "Kim (1)", "shifts.refused.csv"):
        assert part in said
    told = operator.reads_json("import", "shifts", path, "--json")
    assert (told["unknown"], told["refused"], told["unchanged"]) == ({"Kim": 1}, 1, 1)
    assert told["refused_reasons"] == {"unknown_person": 1}


def test_a_calendar_is_loaded_too(operator: Operator):
    start = f"{TODAY:%Y%m%d}"
    event = f"BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:{start}\nRRULE:FREQ=DAILY\nSUMMARY:Teo: on call\nEND:VEVENT\n"
    path = operator.file(f"BEGIN:VCALENDAR\nVERSION:2.0\n{event}END:VCALENDAR\n", "rota.ics")
    assert "rows read" in operator.reads("import", "shifts", path)
    assert "Teo" in operator.reads("duty", "show")
    broken = operator.file("BEGIN:VCALENDAR\nnonsense\n", "broken.ics")
    assert "is no calendar that I can read" in operator.is_refused("import", "shifts", broken)


def test_people_take_turns(operator: Operator):
    said = operator.reads(
        "duty", "rotation", "Returns", "Ada King", "mina@x.org", "--starts", days(-1), "--clock", "always"
    )
    assert "Ada King and Mina Park take turns in Returns, 7 days each" in said
    assert operator.reads("duty", "rotation", "Returns") == said
    assert "Ada King until" in operator.reads("duty", "show", "--team", "Returns")
    assert "any more" in operator.reads("duty", "rotation", "Returns", "--end")
    assert "Nobody takes turns" in operator.reads("duty", "rotation", "Returns")
    assert "Nobody is on duty" in operator.reads("duty", "show")


def test_somebody_is_away_and_comes_back(operator: Operator):
    operator.reads("import", "shifts", operator.file(ROUND_THE_CLOCK, "shifts.csv"))
    said = operator.reads("duty", "away", "Ada", "King", "--from", days(-1), "--to", f"{days(1)}T12:00")
    assert "Ada King is away from" in said
    assert "Europe/Amsterdam" in said
    [told] = operator.reads_json("duty", "show", "--json")
    assert (told["now"]["people"], told["away"][0]["person"]) == ([], "Ada King")
    assert "Ada King is back" in operator.reads("duty", "back", "Ada", "King")
    assert "was not away" in operator.reads("duty", "back", "Ada", "King")
    assert operator.reads_json("duty", "show", "--json")[0]["now"]["people"] == ["Ada King"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "--team", "Retruns"], "“Returns”"),
        (["rotation", "Returns", "Kim"], "I do not know Kim yet"),
        (["rotation", "Returns", "Teo", "Teo"], "Name each person once"),
        (["rotation", "Returns", "Teo", "--days", "0"], "from 1 to 366"),
        (["rotation", "Returns", "Teo", "--handover", "25:00"], "no time of day"),
        (["rotation", "Returns", "Teo", "--clock", "sun"], "working or always"),
        (["rotation", "Returns", "Teo", "--starts", "soon"], "no date such as"),
        (["away", "Teo", "--from", "soon", "--to", "later"], "no time such as"),
        (["away", "Teo", "--from", "2020-01-02", "--to", "2020-01-03"], "over already"),
        (["away", "Teo", "--from", "2020-01-02", "--to", "2020-01-01"], "after the beginning"),
        (["away", "Kim", "--from", "2020-01-02", "--to", "2020-01-03"], "I do not know Kim yet"),
        (["back", "Kim"], "I do not know Kim yet"),
    ],
)
def test_what_does_not_fit_is_said_in_one_sentence(operator: Operator, words: list[str], said: str):
    assert said in operator.is_refused("duty", *words)


def test_a_template_is_something_to_start_from(operator: Operator):
    assert operator.reads("import", "shifts", "--template").strip() == "person,start,end,activity,team,timezone,date"
    told = yaml.safe_load(operator.reads("import", "shifts", "--template", "--map", "x"))
    assert told["values"] == {"activity": {"ESC": "duty", "P": "break"}}
    path = operator.file("Employee,Shift start,Shift end\nTeo,24/11/2026 09:00,24/11/2026 17:00\n", "shifts.csv")
    text = operator.reads("import", "shifts", "--template", "--map", "x")
    assert "1  new" in operator.reads("import", "shifts", path, "--map", operator.file(text, "map.yaml"))
    assert operator.types("import", "shifts").exit_code == 2


def test_a_roster_of_which_nothing_can_be_read_ends_badly(operator: Operator):
    assert "None of the rows" in operator.is_refused(
        "import", "shifts", operator.file(roster("Teo,soon,later,x"), "s.csv")
    )
    assert "no file" in operator.is_refused("import", "shifts", str(operator.folder / "none.csv"))


@pytest.mark.parametrize(
    "words", [["import", "shifts"], *(["duty", name] for name in ("show", "rotation", "away", "back"))]
)
def test_every_command_helps_with_an_example(operator: Operator, words: list[str]):
    assert f"cspm {' '.join(words)}" in operator.reads(*words, "--help")
