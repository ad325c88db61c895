"""A file of people makes each one known once, in a team, under every name; the tickets follow."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from cspm_core import people
from cspm_core.imports import Fault, Unreadable
from cspm_core.people import Identity, Member, Membership, Role
from cspm_core.store import Store

from .import_stage import Stage, set_stage

HEADER = "name,email,slack_user_id,role,team,from,to,language,also_known_as\n"
MINA = "Mina Lee,Mina@X.org,U01ABCDEF,lead,Returns,2026-01-01,,ko-KR,이미나; Mina L.\n"


@pytest.fixture
def stage(store: Store, workspace_id: int, tmp_path: Path, now: datetime) -> Stage:
    return set_stage(store, workspace_id, tmp_path, now)


def everyone(stage: Stage) -> dict[str, Member]:
    with stage.store.reading() as session:
        return {person.name: person for person in session.exec(select(Member))}


def test_a_person_is_known_by_every_name_and_twice_is_once(stage: Stage):
    assert stage.introduce(HEADER + MINA).new == 1
    again = stage.introduce(HEADER + MINA)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    [mina] = everyone(stage).values()
    assert (mina.email, mina.slack_user_id, mina.language, mina.role) == ("mina@x.org", "U01ABCDEF", "ko", "member")
    with stage.store.reading() as session:
        assert sorted(session.exec(select(Identity.key))) == ["mina l.", "mina lee", "mina@x.org", "이미나"]
        team = people.team_named(session, stage.workspace_id, "Returns")
        assert [p.name for p in people.members_of(session, team, date(2026, 11, 1), Role.LEAD)] == ["Mina Lee"]
        assert people.members_of(session, team, date(2025, 12, 31)) == []


def test_the_tickets_follow_without_being_touched(stage: Stage):
    stage.load("id,created_at,agent\n1,2026-11-02,Mina L.\n2,2026-11-02,Joe\n")
    before = stage.tickets()
    report = stage.introduce(HEADER + MINA)
    assert (report.matched, dict(report.unmatched)) == (1, {"Joe": 1})
    assert stage.tickets() == before
    with stage.store.reading() as session:
        identity = session.get_one(Identity, (stage.workspace_id, before["1"].agent_id))
        assert session.get_one(Member, (stage.workspace_id, identity.member_id)).name == "Mina Lee"


def test_a_later_file_brings_people_up_to_date(stage: Stage):
    stage.introduce(HEADER + MINA)
    report = stage.introduce(HEADER + "Mina Lee-Kim,mina@x.org,,lead,Returns,2026-01-01,2026-10-31,nl,\n")
    assert (report.changed, report.new) == (1, 0)
    [mina] = everyone(stage).values()
    assert (mina.name, mina.language, mina.slack_user_id) == ("Mina Lee-Kim", "nl", "U01ABCDEF")
    with stage.store.reading() as session:
        assert session.exec(select(Membership)).one().to_day == date(2026, 10, 31)
        assert people.member_named(session, stage.workspace_id, "mina lee").id == mina.id


def test_saying_less_later_takes_nothing_away(stage: Stage):
    stage.introduce(HEADER + MINA)
    assert stage.introduce("name,role,team\nMina Lee,lead,Returns\n").unchanged == 1


def test_two_people_of_one_name_stay_two(stage: Stage):
    stage.introduce("name,email,role,team\n김민지,a@x.org,agent,Returns\n김민지,b@x.org,agent,Tech Support\n")
    with stage.store.reading() as session:
        assert sorted(session.exec(select(Member.email))) == ["a@x.org", "b@x.org"]


def test_admins_and_executives_need_no_team_and_a_team_alone_makes_an_agent(stage: Stage):
    stage.introduce("name,role,team\nAda,admin,\nEx,Executive,\nJoe,,Returns\nQ,QA reviewer,Returns\nNo,,\n")
    roles = {name: person.role for name, person in everyone(stage).items()}
    assert roles == {"Ada": "admin", "Ex": "executive", "Joe": "member", "Q": "member", "No": "member"}
    with stage.store.reading() as session:
        assert sorted(session.exec(select(Membership.role))) == ["agent", "qa_reviewer"]
    stage.introduce("name,role\nAda,member\n")
    assert everyone(stage)["Ada"].role == "member"


def test_rows_that_cannot_be_taken_are_refused_and_leave_nothing(stage: Stage):
    report = stage.introduce(
        HEADER + MINA + ",,,agent,Returns,,,,\n"
        "A,not-an-address,,agent,Returns,,,,\n"
        "B,,X123,agent,Returns,,,,\n"
        "C,,,chef,Returns,,,,\n"
        "D,,,lead,,,,,\n"
        "E,,,agent,Retruns,,,,\n"
        "F,,,agent,Returns,soon,,,\n"
        "G,,,agent,Returns,2026-02-01,2026-01-31,,\n"
        "H,,,agent,Returns,,,fr,\n"
        "I,i@x.org,,agent,Returns,,,,Mina Lee\n"
        "J,mina@x.org,U09ZZZZZZ,agent,Returns,,,,\n"
        "K,,,agent\n"
    )
    assert dict(report.refused) == {
        "no_name": 1,
        "bad_email": 1,
        "bad_slack_user": 1,
        "unknown_role": 1,
        "role_needs_team": 1,
        "unknown_team": 1,
        "bad_day": 1,
        "days_reversed": 1,
        "unknown_language": 1,
        "name_taken": 1,
        "email_taken": 1,
        "too_few_fields": 1,
    }
    assert list(everyone(stage)) == ["Mina Lee"]
    assert (stage.folder / "people.refused.csv").read_text("utf-8-sig").count("\n") == 13


def test_a_dry_run_writes_nobody_down(stage: Stage):
    assert stage.introduce(HEADER + MINA, dry_run=True).new == 1
    assert everyone(stage) == {}


MOVES = "name,role,team,from,to\nJoe,agent,Returns,2026-01-01,{last}\nJoe,agent,Tech Support,{first},\n"


def test_a_corrected_first_day_replaces_the_wrong_one(stage: Stage):
    stage.introduce(MOVES.format(last="2026-06-30", first="2026-07-01"))
    stage.introduce(MOVES.format(last="2026-07-31", first="2026-08-01"))
    with stage.store.reading() as session:
        held = sorted((place.from_day, place.to_day or date.max) for place in session.exec(select(Membership)))
    assert held == [(date(2026, 1, 1), date(2026, 7, 31)), (date(2026, 8, 1), date.max)]


def test_somebody_may_come_back(stage: Stage):
    text = "name,role,team,from,to\nJoe,agent,Returns,2025-01-01,2025-06-30\nJoe,agent,Returns,2026-01-01,\n"
    stage.introduce(text)
    assert stage.introduce(text).unchanged == 2
    with stage.store.reading() as session:
        assert len(session.exec(select(Membership)).all()) == 2


def test_days_tell_by_themselves_whether_the_day_comes_first(stage: Stage):
    stage.introduce("name,team,from,to\nJoe,Returns,01/02/2026,28/02/2026\n")
    with stage.store.reading() as session:
        assert session.exec(select(Membership)).one().from_day == date(2026, 2, 1)
    with pytest.raises(Unreadable) as problem:
        stage.introduce("name,team,from,to\nJoe,Returns,01/02/2026,03/04/2026\n")
    assert problem.value.fault is Fault.DAY_OR_MONTH


def test_a_map_says_what_a_list_of_people_means(stage: Stage):
    told = stage.file(
        "columns: {name: Wie, from: null}\nvalues: {role: {Chef: lead}}\ndefaults: {team: Returns}\nempty: ['?']\n",
        "map.yaml",
    )
    assert stage.introduce("Wie,role,from,email\nMina,Chef,nonsense,?\n", map=told).new == 1
    with stage.store.reading() as session:
        assert session.exec(select(Membership)).one().role == Role.LEAD
    [mina] = everyone(stage).values()
    assert mina.email is None
