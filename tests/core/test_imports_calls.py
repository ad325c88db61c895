"""Calls come in whole, once, newer over older; what cannot be is refused or set aside, and said."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from cspm_core import calls, errors, imports, people, tickets
from cspm_core.calls import Call, CallFacts
from cspm_core.imports import CallReport, Fault, Order, Unreadable
from cspm_core.kpi.tables import FigureDay
from cspm_core.people import Identity
from cspm_core.store import Store
from cspm_core.tickets import Source

HEADER = ",".join(imports.CALLS)
WHOLE = (
    "c-7,Returns,김민지,Main line,inbound,+31 20 123,T-1,Refund,ko,2026-11-02T09:00:00Z,2026-11-02T09:00:18Z,"
    "2026-11-02 09:05:00,no,240,20,0:00:45,1,yes,4,5,https://calls.example/7.mp3"
)


@dataclass
class Stage:
    """A store with the teams Returns (Amsterdam) and Tech Support (New York)."""

    store: Store
    workspace_id: int
    folder: Path
    now: datetime

    def load(self, said: str | bytes, *, map: str | None = None, name: str = "calls.csv", **wish: Any) -> CallReport:
        path = self.folder / name
        path.write_bytes(said.encode() if isinstance(said, str) else said)
        wish = {"team": "Returns", "timezone": "UTC", **wish}
        if map is not None:
            (self.folder / "map.yaml").write_text(map, "utf-8")
            wish["map"] = self.folder / "map.yaml"
        plan = imports.plan_calls(self.store, self.workspace_id, imports.Wish(path, **wish), now=self.now)
        survey = imports.survey_calls(plan, lambda _: None)
        with imports.RefusedRows(survey.plan.export, str, dry_run=plan.wish.dry_run) as refused:
            return imports.take_calls(
                self.store, self.workspace_id, survey, refused, now=self.now, advance=lambda _: None
            )

    def calls(self) -> dict[str, Call]:
        with self.store.reading() as session:
            return {call.key: call for call in session.exec(select(Call))}

    def call(self) -> Call:
        [found] = self.calls().values()
        return found


@pytest.fixture
def stage(store: Store, workspace_id: int, tmp_path: Path, now: datetime) -> Stage:
    return _stage(store, workspace_id, tmp_path, now)


@pytest.fixture
def lite(sqlite_store: Store, tmp_path: Path, now: datetime) -> Stage:
    with sqlite_store.transaction() as session:
        workspace_id = people.found_workspace(session, now=now).id
    return _stage(sqlite_store, workspace_id, tmp_path, now)


def _stage(store: Store, workspace_id: int, folder: Path, now: datetime) -> Stage:
    with store.transaction() as session:
        people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=now)
        people.add_team(session, workspace_id, "Tech Support", timezone="America/New_York", now=now)
    return Stage(store, workspace_id, folder, now)


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)


def test_every_canonical_column_arrives(stage: Stage):
    report = stage.load(f"{HEADER}\n{WHOLE}\n")
    row = stage.call()
    assert (report.rows, report.new, report.refused.total(), dict(report.set_aside)) == (1, 1, 0, {})
    assert (row.key, row.scope, row.queue, row.direction, row.customer, row.ticket) == (
        "c-7", 0, "Main line", "inbound", "+31 20 123", "T-1",
    )  # fmt: skip
    assert (row.queued_at, row.answered_at, row.ended_at) == (at(2, 9), at(2, 9, 0, 18), at(2, 9, 5))
    assert (row.topic, row.language, row.is_answered, row.is_abandoned) == ("Refund", "ko", True, False)
    assert (row.talk_s, row.hold_s, row.wrap_s, row.transfers, row.is_resolved) == (240, 20, 45, 1, True)
    assert (row.rating, row.rating_scale, row.rating_good, row.rating_score) == ("4", "5", True, 4)
    assert (row.recording_url, row.set_aside) == ("https://calls.example/7.mp3", "")
    assert (report.complete_until, dict(report.unmatched)) == (at(2, 9, 5), {"김민지": 1})


def test_a_team_with_calls_alone_knows_how_far_they_reach(stage: Stage):
    stage.load(f"{HEADER}\n{WHOLE}\n")
    with stage.store.reading() as session:
        team = people.team_named(session, stage.workspace_id, "Returns")
        extent = calls.extent(session, team)
        assert (extent.first_at, extent.complete_until) == (at(2, 9), at(2, 9, 5))
        assert tickets.extent(session, team) is None
        assert [(one.kind, one.tickets) for one in session.exec(select(Source))] == [("calls", 1)]
        assert calls.any_between(session, team, at(2, 8), at(2, 9))
        assert not calls.any_between(session, team, at(2, 10), at(3, 9))
        other = people.team_named(session, stage.workspace_id, "Tech Support")
        assert calls.extent(session, other) is None


def test_the_same_file_twice_changes_nothing(stage: Stage):
    said = f"{HEADER}\n{WHOLE}\n"
    stage.load(said)
    before = stage.calls()
    report = stage.load(said)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 1)
    assert stage.calls() == before


def test_a_newer_export_updates_and_an_older_one_is_left_alone(stage: Stage):
    def said(resolved: str) -> str:
        return f"id,queued_at,answered_at,resolved\n1,2026-11-02 09:00,2026-11-02 09:01,{resolved}\n"

    stage.load(said("no"), exported_at="2026-11-03")
    assert stage.load(said(""), exported_at="2026-11-05").changed == 1
    report = stage.load(said("yes"), exported_at="2026-11-04")
    assert (report.older, report.changed, stage.call().is_resolved) == (1, 0, None)
    assert stage.load(said(""), exported_at="2026-11-09").unchanged == 1
    assert stage.call().known_at == at(9, 0)


def test_a_file_with_fewer_columns_leaves_the_others_as_they_are(stage: Stage):
    stage.load(f"{HEADER}\n{WHOLE}\n")
    stage.load("id,team,queued_at,wrap_s\nc-7,Returns,2026-11-02 09:00,99\n", exported_at="2026-11-04")
    row = stage.call()
    assert (row.wrap_s, row.talk_s, row.rating, row.is_resolved, row.is_answered) == (99, 240, "4", True, True)
    assert (row.agent_id is not None, row.direction, row.answered_at) == (True, "inbound", at(2, 9, 0, 18))
    with stage.store.reading() as session:
        assert session.exec(select(Identity.name)).all() == ["김민지"]


def test_a_call_changes_the_figures_by_day_from_a_week_before_it_on(stage: Stage):
    with stage.store.transaction() as session:
        team = people.team_named(session, stage.workspace_id, "Returns")
        for n, day in enumerate((20, 26, 31), start=1):
            kept = {
                "day": datetime(2026, 10, day, tzinfo=UTC).date(),
                "figures": "{}",
                "counted_for": "",
                "is_whole": True,
            }
            session.add(FigureDay(workspace_id=team.workspace_id, id=n, team_id=team.id, as_of=stage.now, **kept))
    stage.load("id,queued_at\n1,2026-11-04 09:00\n", dry_run=True)
    with stage.store.reading() as session:
        assert len(session.exec(select(FigureDay)).all()) == 3
    stage.load("id,queued_at\n1,2026-11-04 09:00\n")
    with stage.store.reading() as session:
        assert [row.day.day for row in session.exec(select(FigureDay))] == [20, 26]


@pytest.mark.parametrize(
    ("columns", "row", "answered_s", "ended_s", "is_answered", "is_abandoned"),
    [
        ("answered,speed_of_answer_s,talk_s", "Y,18,0:04:00", 18, 258, True, False),
        ("answered,speed_of_answer_s,talk_s", "N,,", None, None, False, True),
        ("answered,speed_of_answer_s,duration_s", "yes,1:05,300", 65, 300, True, False),
        ("abandoned,time_to_abandon_s", "yes,45", None, 45, False, True),
        ("abandoned,wait_s,talk_s", "no,12,2m 30s", 12, 162, True, False),
        ("abandoned,wait_s,talk_s", "yes,12,", None, 12, False, True),
        ("wait_s,talk_s,hold_s", "12,30,5", 12, 47, True, False),
        ("wait_s,talk_s", "12,0", None, 12, False, True),
        ("abandoned,duration_s", "no,80", None, 80, True, False),
        ("abandoned,answered,duration_s", "no,no,80", None, 80, False, False),
        ("talk_s", "30", None, None, True, False),
        ("queue", "Main", None, None, False, False),
    ],
)
def test_the_same_is_understood_said_in_other_ways(
    lite: Stage, columns: str, row: str, answered_s, ended_s, is_answered: bool, is_abandoned: bool
):
    lite.load(f"id,queued_date,queued_time,{columns}\n1,2026-11-02,9:00:00,{row}\n")
    found = lite.call()

    def after(seconds: int | None) -> datetime | None:
        return None if seconds is None else at(2, 9) + timedelta(seconds=seconds)

    assert (found.answered_at, found.ended_at) == (after(answered_s), after(ended_s))
    assert (found.is_answered, found.is_abandoned, found.set_aside) == (is_answered, is_abandoned, "")


ZENDESK = (
    "id,created_at,agent_name,direction,completion_status,time_to_answer,talk_time,hold_time,wrap_up_time,duration,"
    "ticket_id,customer_id\n"
    "1,2026-11-02T09:00:00Z,Mina,inbound,completed,18,200,22,30,240,77,ana\n"
    "2,2026-11-02T10:00:00Z,,inbound,abandoned_in_queue,,0,0,0,35,,ben\n"
)
AIRCALL = (
    "line,datetime (UTC),direction,from,to,answered,user,waiting time,duration (in call),duration (total),call id,"
    "missed_call_reason,recording\n"
    "Main,2026-11-02 09:00:00,inbound,ana,+31,Yes,Mina,18,222,240,1,,https://aircall.example/1\n"
    "Main,2026-11-02 10:00:00,inbound,ben,+31,No,,35,0,35,2,abandoned_in_classic,\n"
)
FIVE9 = (
    "CALL ID,TIMESTAMP,CAMPAIGN,SKILL,CALL TYPE,AGENT NAME,DISPOSITION,ANI,QUEUE WAIT TIME,TALK TIME,HOLD TIME,"
    "AFTER CALL WORK TIME,TRANSFERS,ABANDONED\n"
    '1,"Mon, 02 Nov 2026 09:00:00",Returns,Main,Inbound,Mina,Refund,ana,00:00:18,00:03:20,00:00:22,00:00:30,0,0\n'
    '2,"Mon, 02 Nov 2026 10:00:00",Returns,Main,Inbound,,Abandon,ben,00:00:35,00:00:00,00:00:00,00:00:00,0,1\n'
)
CONNECT = (
    "ContactId,InitiationMethod,Queue.EnqueueTimestamp,Agent.ConnectedToAgentTimestamp,DisconnectTimestamp,"
    "Agent.Username,Agent.AgentInteractionDuration,Agent.CustomerHoldDuration,Agent.AfterContactWorkDuration,"
    "Queue.Name,CustomerEndpoint.Address\n"
    "1,INBOUND,2026-11-02T09:00:00Z,2026-11-02T09:00:18Z,2026-11-02T09:04:00Z,Mina,200,22,30,Main,ana\n"
    "2,INBOUND,2026-11-02T10:00:00Z,,2026-11-02T10:00:35Z,,,,,Main,ben\n"
)


@pytest.mark.parametrize("export", [ZENDESK, AIRCALL, FIVE9.replace("Mon, ", ""), CONNECT])
def test_exports_of_usual_telephone_systems_need_no_map(lite: Stage, export: str):
    """One call answered after 18 seconds and over after 240, one hung up after 35."""
    report = lite.load(export, timezone=None if "UTC" in export else "UTC")
    first, second = lite.calls()["1"], lite.calls()["2"]
    assert (report.new, dict(report.set_aside), dict(report.unknown_words)) == (2, {}, {})
    assert (first.queued_at, first.answered_at) == (at(2, 9), at(2, 9, 0, 18))
    assert (first.ended_at, first.is_answered, first.customer) == (at(2, 9, 4), True, "ana")
    assert (second.ended_at, second.is_answered, second.is_abandoned) == (at(2, 10, 0, 35), False, True)
    assert first.agent_id is not None
    assert second.agent_id is None


def test_what_cannot_be_is_set_aside_and_the_call_stays(stage: Stage):
    said = (
        "id,queued_at,answered_at,ended_at,talk_s,hold_s,transfers,rating,resolved,direction,recording_url\n"
        "early,2026-11-02 09:00,2026-11-02 08:59,2026-11-02 09:05,60,0,0,5,yes,inbound,\n"
        "backwards,2026-11-02 09:00,2026-11-02 09:02,2026-11-02 09:01,60,0,0,5,yes,inbound,\n"
        "endless,2026-11-02 09:00,2026-11-02 09:01,2026-11-04 09:00,60,0,0,5,yes,inbound,\n"
        "negative,2026-11-02 09:00,2026-11-02 09:01,2026-11-02 09:05,-60,-5,-1,5,yes,inbound,\n"
        "words,2026-11-02 09:00,soon,2026-11-02 09:05,long,none,many,11,perhaps,sideways,file:///x\n"
    )
    report = stage.load(said, exported_at="2026-11-10")
    found = stage.calls()
    assert report.refused.total() == 0
    assert {key: row.set_aside for key, row in found.items()} == {
        "early": "answered_at",
        "backwards": "ended_at",
        "endless": "ended_at",
        "negative": "hold_s,talk_s,transfers",
        "words": "answered_at,direction,rating,recording_url,resolved,talk_s,transfers",
    }
    assert report.set_aside["answered_at"] == 2
    assert (found["early"].is_answered, found["early"].answered_at) == (True, None)
    assert (found["negative"].talk_s, found["negative"].is_answered) == (None, True)
    assert dict(report.unknown_words) == {"perhaps": 1, "sideways": 1}
    assert found["words"].direction == "inbound"


def test_a_negative_wait_is_said_by_the_column_that_says_it(stage: Stage):
    report = stage.load("id,queued_at,answered,speed_of_answer_s\n1,2026-11-02 09:00,yes,-4\n")
    assert (dict(report.set_aside), stage.call().is_answered) == ({"speed_of_answer_s": 1}, True)


def test_rows_that_cannot_be_taken_are_written_down_with_their_reason(stage: Stage):
    report = stage.load(
        "id,team,queued_at,talk_s\n1,Nobody,2026-11-02 09:00,\n,Returns,2026-11-02 09:00,\n3,,,\n4,,soon,\n5,x\n"
        "6,,2026-11-02 09:00,5,more\n7,,2026-11-02 09:00,12\n"
    )
    assert dict(report.refused) == {
        "unknown_team": 1,
        "no_id": 1,
        "no_queue_time": 1,
        "unreadable_queue_time": 1,
        "too_few_fields": 1,
        "too_many_fields": 1,
    }
    assert (report.new, list(stage.calls())) == (1, ["7"])
    lines = list(csv.reader((stage.folder / "calls.refused.csv").read_text("utf-8-sig").splitlines()))
    assert [line[:2] for line in lines[:3]] == [["line", "reason"], ["2", "unknown_team"], ["3", "no_id"]]


def test_refused_rows_can_be_mended_and_imported_as_they_are(lite: Stage):
    path = lite.load("id,queued_at\n1,soon\n2,2026-11-02\n").refused_file
    mended = path.read_text("utf-8-sig").replace("soon", "2026-11-01")
    assert (lite.load(mended, name="again.csv").new, len(lite.calls())) == (1, 2)


def test_of_two_rows_with_one_id_the_last_counts(stage: Stage):
    rows = "".join(f"{n % 2_500},2026-11-02 09:00,q{n}\n" for n in range(5_000))
    report = stage.load(f"id,queued_at,queue\n{rows}")
    assert (report.rows, report.new, report.duplicates) == (5_000, 2_500, 2_500)
    assert stage.calls()["7"].queue == "q2507"


def test_two_teams_may_have_a_call_of_one_id_and_a_team_column_makes_it_one(stage: Stage):
    said = "id,queued_at\n1,2026-11-02 09:00\n"
    stage.load(said)
    assert stage.load(said, team="Tech Support").new == 1
    both = "id,team,queued_at\n9,Returns,2026-11-02 09:00\n9,Tech Support,2026-11-02 09:00\n"
    assert stage.load(both, team=None).duplicates == 1


def test_a_dry_run_only_counts(stage: Stage):
    report = stage.load(f"{HEADER}\n{WHOLE}\n", dry_run=True)
    assert (report.new, stage.calls()) == (1, {})
    with stage.store.reading() as session:
        assert session.exec(select(Source)).all() == []
        assert session.exec(select(Identity)).all() == []


@pytest.mark.parametrize(
    ("said", "wish", "fault", "about"),
    [
        ("id,agent\n1,Mina\n", {}, Fault.NO_COLUMN, "queued_at"),
        ("queued_at,agent\n2026-11-02,Mina\n", {}, Fault.NO_COLUMN, "id"),
        ("id,queued_time\n1,09:00\n", {}, Fault.NO_COLUMN, "queued_at"),
        ("id,queued_at\n1,2026-11-02\n", {"team": None}, Fault.NO_TEAM, "team"),
        ("id,queued_at\n1,03/04/2026 09:00\n", {}, Fault.DAY_OR_MONTH, "calls.csv"),
        ("id,queued_at\n", {}, Fault.NO_ROWS, "calls.csv"),
        ("id,queued_at\n1,2026-11-02\n", {"map": "columns: {queud_at: x}\n"}, Fault.UNKNOWN_IN_MAP, "queud_at"),
        ("id,queued_at\n1,2026-11-02\n", {"map": "columns: {queued_at: Begin}\n"}, Fault.NO_SUCH_COLUMN, "Begin"),
        ("id,queued_at\n1,2026-11-02\n", {"exported_at": "tea"}, Fault.BAD_INSTANT, "tea"),
        ('id,queued_at\n1,"2026-11-02\n', {}, Fault.UNCLOSED_QUOTE, "2"),
    ],
)
def test_what_cannot_be_read_is_said(lite: Stage, said: str, wish: dict[str, Any], fault: Fault, about: str):
    with pytest.raises(Unreadable) as problem:
        lite.load(said, **wish)
    assert (problem.value.fault, problem.value.about) == (fault, about)
    assert lite.calls() == {}


def test_a_team_or_a_zone_that_does_not_exist_is_refused(lite: Stage):
    with pytest.raises(errors.UnknownTeam):
        lite.load("id,queued_at\n1,2026-11-02\n", team="Retruns")
    with pytest.raises(errors.Invalid):
        lite.load("id,queued_at\n1,2026-11-02\n", timezone="Mars/Base")


def test_days_or_months_first_as_said_or_as_the_dates_show(lite: Stage):
    lite.load("id,date,time\n1,3/4/2026,9:05\n", order=Order.DAY)
    assert lite.call().queued_at == datetime(2026, 4, 3, 9, 5, tzinfo=UTC)
    lite.load("id,date,time\n1,3/4/2026,9:05\n2,3/14/2026,10:05\n", exported_at="2026-11-20")
    assert lite.calls()["1"].queued_at == datetime(2026, 3, 4, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp949"])
def test_any_usual_encoding_is_read(lite: Stage, encoding: str):
    said = "통화 ID;인입시간;상담원;주제\r\n1;2026-11-02 09:00;김철수;환불\r\n".encode(encoding)
    report = lite.load(said, encoding="cp949" if encoding == "cp949" else None)
    assert (report.new, report.delimiter, lite.call().topic) == (1, ";", "환불")


def test_a_map_says_words_and_what_stands_for_nothing(lite: Stage):
    map_ = """
        columns: {id: Nr, queued_at: Begin, answered: Taken, resolved: Done}
        values: {answered: {Taken: "yes", Lost: "no"}, resolved: {Fine: "yes"}}
        defaults: {queue: Main line, rating_scale: "5"}
        empty: ["?"]
    """
    report = lite.load("Nr,Begin,Taken,Done,topic\n1,2026-11-02 09:00,Lost,?,?\n2,2026-11-02,taken,fine,x\n", map=map_)
    first, second = lite.calls()["1"], lite.calls()["2"]
    assert (first.is_abandoned, first.is_resolved, first.topic, first.queue) == (True, None, "", "Main line")
    assert (second.is_answered, second.is_resolved, dict(report.set_aside)) == (True, True, {})


def test_an_import_that_broke_off_is_finished_by_the_next(stage: Stage):
    """A chunk is written whole or not at all, and how far the data reaches is claimed at the end alone."""
    rows = "".join(f"{n},2026-11-02 09:00\n" for n in range(4_500))
    (stage.folder / "calls.csv").write_text(f"id,queued_at\n{rows}", "utf-8")
    wish = imports.Wish(stage.folder / "calls.csv", "Returns", timezone="UTC")
    plan = imports.plan_calls(stage.store, stage.workspace_id, wish, now=stage.now)
    survey = imports.survey_calls(plan, lambda _: None)

    def breaks(done: int) -> None:
        breaks.heard += done
        if breaks.heard > 2_000:
            raise KeyboardInterrupt

    breaks.heard = 0
    with imports.RefusedRows(survey.plan.export, str, dry_run=True) as refused, pytest.raises(KeyboardInterrupt):
        imports.take_calls(stage.store, stage.workspace_id, survey, refused, now=stage.now, advance=breaks)
    with stage.store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM call")).scalar() == 2_000
        assert session.exec(select(Source)).all() == []
    report = stage.load(f"id,queued_at\n{rows}")
    assert (report.new, report.unchanged) == (2_500, 2_000)


def test_facts_from_a_later_source_stay_when_an_earlier_one_comes_last(stage: Stage):
    with stage.store.transaction() as session:
        team = people.team_named(session, stage.workspace_id, "Returns")
        later = CallFacts("1", at(2, 9), answered_at=at(2, 9, 1), queue="new")
        calls.record(session, team, [later], scope=team.id, known_at=at(5, 0), now=stage.now)
        done = calls.record(session, team, [CallFacts("1", at(2, 9))], scope=team.id, known_at=at(4, 0), now=stage.now)
        calls.note_source(session, team, complete_until=at(5, 0), first_at=at(2, 9), now=stage.now)
        calls.note_source(session, team, complete_until=at(4, 0), first_at=at(3, 9), now=stage.now)
    assert (done.older, stage.call().queue) == (1, "new")
    with stage.store.reading() as session:
        extent = calls.extent(session, people.team_named(session, stage.workspace_id, "Returns"))
    assert (extent.first_at, extent.complete_until) == (at(2, 9), at(5, 0))
