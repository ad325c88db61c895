"""An export comes in whole, once, newer over older; what cannot be is refused or set aside, and said."""

from __future__ import annotations

import csv
import os
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlmodel import select

from cspm_core import errors, people, tickets
from cspm_core.imports import Fault, Unreadable
from cspm_core.people import Identity
from cspm_core.store import Store
from cspm_core.tickets import Source

from .import_stage import Stage, set_stage

HEADER = (
    "id,team,agent,channel,queue,priority,category,language,customer,organisation,tier,opened_by,status,created_at,"
    "first_response_at,first_response_due_at,first_solved_at,solved_at,resolution_due_at,reopens,public_replies,"
    "transfers,csat,csat_scale,csat_sent_at,csat_at,csat_comment,subject,url,tags,handed_off_at,first_responder,"
    "reopened_at,early_reopens,repliers,group_transfers,requester_wait_s,agent_work_s"
)
WHOLE = (
    "7,Returns,김민지,email,2nd line,High,Refund,ko,Acme BV,Acme,gold,customer,closed,2026-11-02T09:00:00Z,"
    "2026-11-02 10:30,2026-11-02T13:00:00+01:00,2026-11-03T09:00:00.250Z,2026-11-04T09:00:00Z,2026-11-05T09:00:00Z,"
    "1.0,3,0,"
    '4,5,2026-11-04T10:00:00Z,2026-11-05T10:00:00Z,"Fast, but\n""twice"" 👍","환불 ✉",https://desk.example/7,a;b,'
    "2026-11-02T09:10:00Z,Jan,2026-11-03T11:00:00Z,1,2,0,7200,3600"
)


@pytest.fixture
def stage(store: Store, workspace_id: int, tmp_path: Path, now: datetime) -> Stage:
    return set_stage(store, workspace_id, tmp_path, now)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_every_canonical_column_arrives(stage: Stage):
    report = stage.load(f"{HEADER}\n{WHOLE}\n")
    row = stage.ticket()
    assert (report.rows, report.new, report.refused.total(), dict(report.set_aside)) == (1, 1, 0, {})
    assert (row.key, row.scope, row.channel, row.queue, row.priority) == ("7", 0, "email", "2nd line", "High")
    assert (row.category, row.language, row.customer, row.organisation, row.tier) == (
        "Refund",
        "ko",
        "Acme BV",
        "Acme",
        "gold",
    )
    assert (row.created_at, row.first_response_at, row.first_response_due_at) == (at(2, 9), at(2, 10, 30), at(2, 12))
    assert row.first_solved_at == datetime(2026, 11, 3, 9, 0, 0, 250_000, tzinfo=UTC)
    assert (row.solved_at, row.resolution_due_at, row.status, row.is_solved) == (at(4, 9), at(5, 9), "closed", True)
    assert (row.reopens, row.public_replies, row.transfers) == (1, 3, 0)
    assert (row.csat, row.csat_scale, row.csat_good, row.csat_at) == ("4", "5", True, at(5, 10))
    assert (row.csat_comment, row.subject, row.url, row.tags) == (
        'Fast, but\n"twice" 👍',
        "환불 ✉",
        "https://desk.example/7",
        "a;b",
    )
    assert (row.handed_off_at, row.reopened_at, row.csat_score) == (at(2, 9, 10), at(3, 11), 4.0)
    assert (row.early_reopens, row.repliers, row.group_transfers) == (1, 2, 0)
    assert (row.requester_wait_s, row.agent_work_s) == (7_200, 3_600)
    with stage.store.reading() as session:
        assert session.exec(select(Identity.name).where(Identity.id == row.first_responder_id)).one() == "Jan"
    assert report.complete_until == at(5, 10)
    assert dict(report.unmatched) == {"김민지": 1}


def test_the_same_file_twice_changes_nothing(stage: Stage):
    text = f"{HEADER}\n{WHOLE}\n"
    stage.load(text)
    before = stage.tickets()
    report = stage.load(text)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 1)
    assert stage.tickets() == before


def test_a_newer_export_updates_and_an_older_one_is_left_alone(stage: Stage):
    def text(status: str) -> str:
        return f"id,created_at,status\n1,2026-11-02 09:00,{status}\n"

    stage.load(text("open"), exported_at="2026-11-03")
    assert stage.load(text("pending"), exported_at="2026-11-05").changed == 1
    report = stage.load(text("closed"), exported_at="2026-11-04")
    assert (report.older, report.changed) == (1, 0)
    assert stage.ticket().status == "pending"
    with stage.store.reading() as session:
        assert session.exec(select(Source)).one().complete_until == at(5, 0)


def test_a_file_with_fewer_columns_leaves_the_others_as_they_are(stage: Stage):
    stage.load("id,created_at,agent,subject,csat,status\n1,2026-11-02 09:00,Mina,Hello,5,open\n")
    stage.load("id,created_at,solved_at\n1,2026-11-02 09:00,2026-11-03 09:00\n")
    row = stage.ticket()
    assert (row.subject, row.csat, row.status, row.solved_at) == ("Hello", "5", "solved", at(3, 9))
    assert row.agent_id is not None


def test_a_newer_export_takes_back_what_no_longer_holds(stage: Stage):
    stage.load("id,created_at,solved_at,status\n1,2026-11-02 09:00,2026-11-03 09:00,solved\n")
    stage.load("id,created_at,solved_at,status\n1,2026-11-02 09:00,,open\n2,2026-11-04 09:00,,open\n")
    row = stage.tickets()["1"]
    assert (row.solved_at, row.is_solved) == (None, False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_way_of_writing_a_table_is_read(sqlite_stage: Stage, encoding: str, delimiter: str):
    lines = [
        ["Ticket ID", "Created time", "Subject"],
        ["1", "2026-11-02 09:00", "退貨, ok; 좋아요"],
        ["2", "2026-11-02 10:00", "é"],
    ]
    text = "\r\n".join(delimiter.join(f'"{field}"' for field in line) for line in lines)
    report = sqlite_stage.load(text.encode(encoding))
    assert (report.new, report.guessed_encoding, report.delimiter) == (2, False, delimiter)
    assert sqlite_stage.tickets()["1"].subject == "退貨, ok; 좋아요"


@pytest.fixture
def sqlite_stage(sqlite_store: Store, tmp_path: Path, now: datetime) -> Stage:
    with sqlite_store.transaction() as session:
        workspace_id = people.found_workspace(session, now=now).id
    return set_stage(sqlite_store, workspace_id, tmp_path, now)


def test_a_short_file_of_utf_16_without_a_mark_is_known(sqlite_stage: Stage):
    sqlite_stage.load("id,created_at,agent\n1,2026-11-02 09:00,김철수\n".encode("utf-16-le"))
    with sqlite_stage.store.reading() as session:
        assert session.exec(select(Identity.name)).all() == ["김철수"]


@pytest.mark.parametrize("before", ["sep=;\r\n", "\r\n\r\n", "\ufeffsep=;\n"])
def test_what_stands_before_the_header_is_passed_over(sqlite_stage: Stage, before: str):
    report = sqlite_stage.load(f"{before}id;created_at\r\n1;2026-11-02 09:00\r\n;2026-11-02\r\n")
    assert (report.new, report.delimiter) == (1, ";")


def test_a_quotation_mark_that_is_never_closed_swallows_nothing(sqlite_stage: Stage):
    with pytest.raises(Unreadable) as problem:
        sqlite_stage.load('id,created_at,subject\n1,2026-11-02,a\n2,2026-11-02,"b\n3,2026-11-02,c\n')
    assert (problem.value.fault, problem.value.about) == (Fault.UNCLOSED_QUOTE, "3")
    assert sqlite_stage.tickets() == {}
    assert sqlite_stage.load('id,created_at,subject\n1,2026-11-02,5" wide\n2,2026-11-02,"a ""b"""').new == 2


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1"]
)
def test_what_is_no_table_is_said_to_be_none(sqlite_stage: Stage, content: bytes):
    with pytest.raises(Unreadable) as problem:
        sqlite_stage.load(content)
    assert problem.value.fault is Fault.NOT_CSV


@pytest.mark.parametrize(
    "header",
    ["編號,建立時間,客服,主旨", "티켓 번호,생성일시,담당자,제목", "Ticketnummer,Aangemaakt op,Behandelaar,Onderwerp"],
)
def test_columns_are_recognised_in_every_language_we_speak(sqlite_stage: Stage, header: str):
    report = sqlite_stage.load(f"{header}\n1,2026-11-02 09:00,Mina,Hello\n")
    assert (list(report.columns), report.unused) == (["id", "agent", "created_at", "subject"], ())


def test_refused_rows_can_be_mended_and_imported_as_they_are(sqlite_stage: Stage):
    path = sqlite_stage.load("id,created_at\n1,soon\n2,2026-11-02\n").refused_file
    assert path is not None
    report = sqlite_stage.load(path.read_text("utf-8-sig").replace("soon", "2026-11-01"))
    assert (report.new, sqlite_stage.tickets()["1"].category) == (1, "")


def test_old_windows_files_are_read_and_said_to_be(sqlite_stage: Stage):
    rows = "".join(f"{n},2026-11-02 09:00,plain\n" for n in range(20_000))
    text = f"id,created_at,subject\n{rows}x,2026-11-02 09:00,café – “ok”\n"
    report = sqlite_stage.load(text.encode("cp1252"))
    assert (report.guessed_encoding, report.encoding, report.new) == (True, "cp1252", 20_001)
    assert sqlite_stage.tickets()["x"].subject == "café – “ok”"


def test_an_encoding_that_is_named_is_taken_at_its_word(sqlite_stage: Stage):
    text = "id,created_at,subject\n1,2026-11-02 09:00,환불\n".encode("cp949")
    assert sqlite_stage.load(text, encoding="cp949").guessed_encoding is False
    assert sqlite_stage.ticket().subject == "환불"
    with pytest.raises(Unreadable) as problem:
        sqlite_stage.load(text, encoding="utf-8")
    assert problem.value.fault is Fault.BAD_ENCODING


def test_nul_bytes_and_quoted_line_ends_are_no_trouble(stage: Stage):
    report = stage.load('id,created_at,subject\n1,2026-11-02 09:00,"a\x00b\nc"\n,2026-11-02 09:00,no id\n')
    assert stage.ticket().subject == "ab\nc"
    [_, refused] = csv.reader((stage.folder / "export.refused.csv").read_text("utf-8-sig").splitlines())
    assert refused == ["4", "no_id", "", "2026-11-02 09:00", "no id"]
    assert report.refused_file == stage.folder / "export.refused.csv"


def test_rows_that_cannot_be_taken_are_written_down_and_never_over_an_older_file(stage: Stage):
    text = (
        "id,created_at,team\n,2026-11-02,Returns\n2,,Returns\n3,soon,Returns\n4,2026-11-02,Nobody\n5,2026-11-02\n"
        "6,2026-11-02,Returns,x\n7,2030-01-01,Returns\n8,1900-01-01,Returns\n9,2026-11-02,\n10,2026-11-02,returns\n"
    )
    report = stage.load(text, team=None)
    assert dict(report.refused) == {
        "no_id": 1,
        "no_creation": 1,
        "unreadable_creation": 2,
        "unknown_team": 1,
        "too_few_fields": 1,
        "too_many_fields": 1,
        "no_team": 1,
    }
    assert (report.rows, report.new, report.taken) == (10, 2, 2)
    second = stage.load(text, team=None)
    assert second.refused_file == stage.folder / "export.refused-2.csv"
    lines = (stage.folder / "export.refused.csv").read_text("utf-8-sig").splitlines()
    assert lines[1] == "2,no_id,,2026-11-02,Returns"
    assert lines == second.refused_file.read_text("utf-8-sig").splitlines()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("first_response_at", "2026-11-02 08:59:59"),
        ("first_response_at", "2026-11-20 00:00:01"),
        ("first_response_at", "soon"),
        ("solved_at", "2026-11-01 09:00"),
        ("csat_at", "2026-11-01 09:00"),
        ("resolution_due_at", "2026-11-01 09:00"),
        ("resolution_due_at", "2199-01-01 09:00"),
        ("reopens", "-1"),
        ("transfers", "many"),
        ("public_replies", "1.5"),
        ("csat", "7"),
        ("status", "Flabbergasted"),
        ("url", "javascript:alert(1)"),
    ],
)
def test_an_impossible_value_is_set_aside_and_the_ticket_stays(sqlite_stage: Stage, column: str, value: str):
    report = sqlite_stage.load(f"id,created_at,{column}\n1,2026-11-02 09:00,{value}\n", exported_at="2026-11-20")
    row = sqlite_stage.ticket()
    assert (report.new, dict(report.set_aside), row.set_aside) == (1, {column: 1}, column)
    assert row.is_answered is (column == "first_response_at")
    if column not in ("status", "url"):
        assert getattr(row, column) is None
    assert (
        sqlite_stage.load(f"id,created_at,{column}\n1,2026-11-02 09:00,{value}\n", exported_at="2026-11-20").unchanged
        == 1
    )


def test_values_on_the_edge_are_possible(stage: Stage):
    report = stage.load(
        "id,created_at,first_response_at,first_response_due_at,solved_at\n"
        "1,2026-11-02 09:00,2026-11-02 09:00,2026-11-02 09:00,2026-11-20 00:00\n",
        exported_at="2026-11-20",
    )
    assert dict(report.set_aside) == {}
    assert stage.ticket().first_response_business_s == 0


def test_due_times_and_the_future_do_not_say_how_far_the_data_reaches(stage: Stage):
    report = stage.load(
        "id,created_at,first_response_at,resolution_due_at,csat_sent_at\n"
        "1,2026-11-02 09:00,2026-12-24 09:00,2026-11-22 09:00,2026-11-03 12:00\n"
    )
    assert report.complete_until == at(3, 12)
    assert dict(report.set_aside) == {"first_response_at": 1}


def test_the_last_row_of_a_ticket_counts_also_across_transactions(stage: Stage):
    rows = "".join(f"{n},2026-11-02 09:00,row {n}\n" for n in range(2_500))
    text = f"id,created_at,subject\n1,2026-11-02 09:00,first\n{rows}2,2026-11-02 09:00,last\n2,soon,refused\n"
    report = stage.load(text)
    assert (report.rows, report.new, report.duplicates, report.refused.total()) == (2_503, 2_500, 2, 1)
    found = stage.tickets()
    assert (found["1"].subject, found["2"].subject, len(found)) == ("row 1", "last", 2_500)
    again = stage.load(text)
    assert (again.unchanged, again.changed, again.duplicates) == (2_500, 0, 2)


def test_the_team_column_wins_and_each_team_has_its_own_numbers(stage: Stage):
    report = stage.load("id,team,created_at\n1,tech  support,2026-11-02 09:00\n1,,2026-11-02 10:00\n", team="Returns")
    assert report.new == 2
    assert set(report.teams) == {"Returns", "Tech Support"}
    with stage.store.reading() as session:
        found = people.team_named(session, stage.workspace_id, "Tech Support")
        assert tickets.tickets_of(session, found) == 1
        assert tickets.complete_until(session, found) == at(2, 10)


def test_a_ticket_that_moved_to_another_team_is_still_one(stage: Stage):
    stage.load("id,team,created_at\n1,Returns,2026-11-02 09:00\n", team=None, exported_at="2026-11-03")
    assert (
        stage.load("id,team,created_at\n1,Tech Support,2026-11-02 09:00\n", team=None, exported_at="2026-11-04").changed
        == 1
    )
    assert len(stage.tickets()) == 1


def test_a_dry_run_tells_the_same_and_writes_nothing(stage: Stage):
    text = f"{HEADER}\n{WHOLE}\n,,,\n{WHOLE}\n"
    looked = stage.load(text, dry_run=True)
    with stage.store.reading() as session:
        assert session.exec(select(Identity)).all() == []
        assert session.exec(select(Source)).all() == []
    assert stage.tickets() == {}
    assert [path.name for path in stage.folder.glob("*refused*")] == []
    done = stage.load(text)
    for name in ("rows", "new", "duplicates", "refused", "unmatched", "complete_until", "set_aside"):
        assert getattr(looked, name) == getattr(done, name), name


def test_agents_are_matched_to_people_by_any_name_they_have(stage: Stage):
    stage.introduce("name,email,role,team,also_known_as\nMina Lee,mina@x.org,agent,Returns,Mina L.; 이미나\n")
    report = stage.load(
        "id,created_at,agent\n1,2026-11-02,이미나\n2,2026-11-02,MINA  LEE\n3,2026-11-02,Mina@x.org\n4,2026-11-02,Joe\n"
    )
    assert dict(report.unmatched) == {"Joe": 1}


@pytest.mark.parametrize(
    ("header", "known"),
    [
        (
            "Ticket ID,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,Closed time,"
            "Initial response time,Agent interactions,Survey results,Tags,Subject",
            "agent category channel created_at csat first_response_at id priority public_replies queue "
            "resolution_due_at solved_at status subject tags",
        ),
        (
            "Id,Requester,Requester email,Assignee,Group,Subject,Tags,Status,Priority,Via,Ticket type,Created at,"
            "Solved at,Satisfaction Score,Organization",
            "agent category channel created_at csat customer id organisation priority queue "
            "solved_at status subject tags",
        ),
        (
            "Conversation ID,Conversation started at,Conversation state,Teammate assigned,Team assigned,First closed "
            "at,Last closed at,Conversation rating,Conversation rating remark,Number of reopens",
            "agent created_at csat csat_comment first_solved_at id queue reopens solved_at status",
        ),
        (
            "number,opened_at,state,assigned_to,assignment_group,reassignment_count,reopen_count,resolved_at,contact_type",
            "agent channel created_at id queue reopens solved_at status transfers",
        ),
    ],
)
def test_the_columns_of_known_help_desks_are_recognised(sqlite_stage: Stage, header: str, known: str):
    values = [
        "2026-11-02 09:00" if "time" in name.lower() or " at" in name or "_at" in name else ""
        for name in header.split(",")
    ]
    values[
        next(
            n
            for n, name in enumerate(header.split(","))
            if name.lower() in ("ticket id", "id", "conversation id", "number")
        )
    ] = "1"
    report = sqlite_stage.load(f"{header}\n{','.join(values)}\n")
    assert sorted(report.columns) == known.split()


def test_a_length_of_time_is_not_taken_for_an_instant(sqlite_stage: Stage):
    lengths = sqlite_stage.load("id,created_at,First response time\n1,2026-11-02 09:00,02:30:00\n")
    instants = sqlite_stage.load("id,created_at,First response time\n2,2026-11-02 09:00,2026-11-02 10:00\n")
    assert "first_response_at" not in lengths.columns
    assert instants.columns["first_response_at"] == "First response time"


def test_a_hundred_columns_are_no_trouble(sqlite_stage: Stage):
    names = [f"custom {n}" for n in range(98)]
    report = sqlite_stage.load(f"id,{','.join(names)},created_at\n1{',x' * 98},2026-11-02\n")
    assert (report.new, len(report.unused)) == (1, 98)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.EMPTY),
        ("\ufeff\n", Fault.EMPTY),
        ("id,created_at\n", Fault.NO_ROWS),
        ("id,created_at\n,\n,,\n", Fault.NO_ROWS),
        ("a,b\n1,2\n", Fault.NO_COLUMN),
        ("id,b\n1,2\n", Fault.NO_COLUMN),
        ("id,created_at\n1,03/04/2026\n", Fault.DAY_OR_MONTH),
        ("id,created_at\n1,13/04/2026\n2,04/13/2026\n", Fault.DAY_OR_MONTH),
    ],
)
def test_a_file_of_which_nothing_can_be_read_says_why(sqlite_stage: Stage, text: str, fault: Fault):
    with pytest.raises(Unreadable) as problem:
        sqlite_stage.load(text)
    assert problem.value.fault is fault


def test_a_file_without_a_team_asks_whose_it_is(sqlite_stage: Stage):
    with pytest.raises(Unreadable) as problem:
        sqlite_stage.load("id,created_at\n1,2026-11-02\n", team=None)
    assert (problem.value.fault, problem.value.known) == (Fault.NO_TEAM, ("Returns", "Tech Support"))
    with pytest.raises(errors.UnknownTeam) as unknown:
        sqlite_stage.load("id,created_at\n1,2026-11-02\n", team="Retruns")
    assert unknown.value.nearest == "Returns"


def test_tickets_ahead_of_this_machines_clock_are_kept_but_do_not_move_the_end_of_the_data(sqlite_stage: Stage):
    text = "id,created_at,first_response_at\n1,2026-11-02 09:00,\n2,2030-01-01 09:00,2030-01-01 10:00\n"
    report = sqlite_stage.load(text)
    assert (report.new, report.complete_until) == (2, datetime(2026, 11, 2, 9, tzinfo=UTC))
    assert not report.set_aside


def test_a_file_that_lies_wholly_ahead_of_this_machines_clock_reaches_to_its_own_end(sqlite_stage: Stage):
    report = sqlite_stage.load("id,created_at,first_response_at\n1,2030-01-01 09:00,2030-01-01 10:00\n")
    assert (report.new, report.complete_until) == (1, datetime(2030, 1, 1, 10, tzinfo=UTC))


def test_an_unknown_zone_is_refused_with_the_nearest(sqlite_stage: Stage):
    with pytest.raises(errors.Invalid) as wrong:
        sqlite_stage.load("id,created_at\n1,2026-11-02\n", timezone="Europe/Amsterdm")
    assert wrong.value.nearest == "Europe/Amsterdam"


SUPPORT = (
    Path(os.environ.get("SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "technical_support_tickets.csv"
)


@pytest.mark.skipif(not SUPPORT.exists(), reason="the export is not beside this project")
def test_a_real_export_comes_in_as_counted_by_hand(stage: Stage):
    path = Path(__file__).parents[1] / "maps" / "technical_support.yaml"
    report = stage.load(SUPPORT, map=path.read_text("utf-8"), timezone=None)
    raw = pd.read_csv(SUPPORT)
    made, replied = (pd.to_datetime(raw[name], format="ISO8601") for name in ("Created time", "First response time"))
    assert (
        (report.rows, report.new, report.refused.total())
        == (2_330, 2_330, 0)
        == (len(raw), raw["Ticket ID"].nunique(), 0)
    )
    assert report.set_aside["first_response_at"] == 2 == (replied < made).sum()
    found = stage.tickets()
    assert sum(not row.is_answered for row in found.values()) == 18 == raw["First response time"].isna().sum()
    assert sum(row.solved_at is not None for row in found.values()) == 1_912 == raw["Resolution time"].notna().sum()
    counts = pd.Series([row.status for row in found.values()]).value_counts().to_dict()
    assert counts == {"closed": 1_173, "solved": 739, "open": 418}
    assert sum(row.csat is not None for row in found.values()) == 1_173
    assert sum(row.csat_good is True for row in found.values()) == 665 == raw["Survey results"].ge(4).sum()
    assert len(report.unmatched) == 8 == raw["Agent Name"].nunique()
    assert report.complete_until == datetime(2024, 1, 4, 5, 39, 41, 133_000, tzinfo=UTC)
    assert (report.skipped_times, report.double_times) == (3, 3)
    assert stage.load(SUPPORT, map=path.read_text("utf-8"), timezone=None).unchanged == 2_330
