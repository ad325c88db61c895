"""A log of events, however it is written: every row is taken, known, or refused with a reason, and tickets follow."""

from __future__ import annotations

import csv
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from cspm_core import events, imports, people, tickets
from cspm_core.events import TicketEvent
from cspm_core.imports import EventReport, Unreadable
from cspm_core.store import Store
from cspm_core.tickets import Ticket, TicketFacts
from cspm_core.tickets.tables import WaitingSpell

from .import_stage import Stage, set_stage

HEADER = "ticket_id,at,kind,actor,actor_kind,value\n"
STORY = HEADER + (
    "T-1,2026-11-02T09:00:00Z,created,Kim,customer,\n"
    "T-1,2026-11-02T09:01:00Z,public_reply,Botty,bot,\n"
    "T-1,2026-11-02T09:05:00Z,assignment,Botty,bot,Ada Ng\n"
    "T-1,2026-11-02T09:30:00Z,public_reply,Ada Ng,agent,\n"
    "T-1,2026-11-02T09:40:00Z,customer_message,Kim,customer,\n"
    "T-1,2026-11-02T10:00:00Z,public_reply,Ada Ng,agent,\n"
    "T-1,2026-11-02T10:00:00Z,status,Ada Ng,agent,solved\n"
    "T-1,2026-11-02T10:05:00Z,survey_sent,,bot,\n"
    "T-1,2026-11-02T11:00:00Z,rating,Kim,customer,4\n"
)
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass
class Logs:
    """The stage of imports, and loading a text as a log of events."""

    stage: Stage

    def load(self, text: str | bytes | Path, *, map: str | None = None, **wish: Any) -> EventReport:
        path = text if isinstance(text, Path) else self.stage.file(text, "events.csv")
        wish = {"team": "Returns", "timezone": "UTC", **wish}
        if map is not None:
            wish["map"] = self.stage.file(map, "map.yaml")
        plan = imports.plan_events(
            self.stage.store, self.stage.workspace_id, imports.Wish(path, **wish), now=self.stage.now
        )
        with imports.RefusedRows(plan.export, str, dry_run=plan.wish.dry_run) as refused:
            taken = self.take(plan, refused)
        return imports.follow_events(
            self.stage.store, self.stage.workspace_id, taken, now=self.stage.now, advance=lambda _: None
        )

    def take(self, plan: imports.EventPlan, refused: imports.RefusedRows) -> imports.TakenEvents:
        return imports.take_events(
            self.stage.store, self.stage.workspace_id, plan, refused, now=self.stage.now, advance=lambda _: None
        )

    def told(self) -> list[TicketEvent]:
        with self.stage.store.reading() as session:
            return list(session.exec(select(TicketEvent).order_by(TicketEvent.id)))

    def ticket(self) -> Ticket:
        return self.stage.ticket()


@pytest.fixture
def logs(store: Store, workspace_id: int, tmp_path: Path, now: datetime) -> Logs:
    return Logs(set_stage(store, workspace_id, tmp_path, now))


def test_a_tickets_facts_follow_from_the_rows_of_its_story(logs: Logs):
    report = logs.load(STORY)
    assert (report.rows, report.events, report.new, report.new_tickets, report.refused) == (9, 9, 9, 1, {})
    row = logs.ticket()
    assert (row.created_at, row.first_response_at, row.solved_at) == (AT, AT + 30 * MINUTE, AT + 60 * MINUTE)
    assert (row.status, row.customer, row.public_replies, row.repliers) == ("solved", "Kim", 2, 1)
    assert (row.handed_off_at, row.csat_sent_at) == (AT + 5 * MINUTE, AT + 65 * MINUTE)
    assert (row.csat, row.csat_at, row.csat_good, row.requester_wait_s) == ("4", AT + 120 * MINUTE, True, 3_600)
    with logs.stage.store.reading() as session:
        waits = session.exec(select(WaitingSpell).order_by(WaitingSpell.started_at)).all()
    assert [(one.ended_at - one.started_at) / MINUTE for one in waits if one.ended_at] == [30, 20]
    assert report.complete_until == AT + 120 * MINUTE
    assert report.unmatched == {"Ada Ng": 3}
    with logs.stage.store.reading() as session:
        team = session.get_one(events.TicketEvent, (row.workspace_id, logs.told()[0].id)).team_id
        source = session.exec(select(tickets.Source).where(tickets.Source.team_id == team)).one()
    assert (source.kind, source.first_at, source.complete_until) == ("tickets", AT, AT + 120 * MINUTE)


def test_the_same_file_twice_changes_nothing(logs: Logs):
    logs.load(STORY)
    before, told = logs.ticket(), logs.told()
    again = logs.load(STORY)
    assert (again.new, again.known, again.new_tickets, again.changed_tickets) == (0, 9, 0, 0)
    assert (logs.ticket(), logs.told()) == (before, told)


def test_a_longer_file_adds_what_is_new(logs: Logs):
    lines = STORY.splitlines(keepends=True)
    logs.load("".join(lines[:5]))
    assert logs.ticket().status == "open"
    assert logs.load(STORY).new == 5
    assert (logs.ticket().status, logs.ticket().public_replies) == ("solved", 2)


def test_the_order_of_the_rows_does_not_matter(logs: Logs):
    header, *lines = STORY.splitlines(keepends=True)
    other = [line.replace("T-1", "T-2").replace("09:30", "09:33") for line in lines]
    mixed = [*lines, *other]
    random.Random(7).shuffle(mixed)
    logs.load(header + "".join(mixed))
    found = logs.stage.tickets()
    assert {key: (row.first_response_at, row.solved_at) for key, row in found.items()} == {
        "T-1": (AT + 30 * MINUTE, AT + 60 * MINUTE),
        "T-2": (AT + 33 * MINUTE, AT + 60 * MINUTE),
    }


def test_ids_of_the_source_tell_repeats_from_two_of_a_kind(logs: Logs):
    text = "id,ticket_id,at,kind,actor_kind\n1,T,2026-11-02T09:00Z,created,\n"
    text += "2,T,2026-11-02T10:00Z,public_reply,agent\n3,T,2026-11-02T10:00Z,public_reply,agent\n"
    logs.load(text)
    assert logs.ticket().public_replies == 2
    without = text.replace("id,ticket_id", "x,ticket_id").replace("T,", "U,")
    assert logs.load(without).known == 1, "without ids the same twice is one"


def test_an_id_that_comes_with_another_content_is_refused(logs: Logs):
    text = "id,ticket_id,at,kind\n1,T,2026-11-02T09:00Z,created\n"
    logs.load(text)
    report = logs.load(text.replace("09:00", "09:05"))
    assert report.refused == {"event_id_taken": 1}
    assert logs.ticket().created_at == AT
    assert report.refused_file is not None
    assert "event_id_taken" in report.refused_file.read_text("utf-8-sig")


BAD = [
    (",2026-11-02T09:00Z,created,,,", "no_ticket"),
    ("N/A,2026-11-02T09:00Z,created,,,", "no_ticket"),
    ("T,,created,,,", "no_time"),
    ("T,soon,created,,,", "bad_time"),
    ("T,1901-01-01,created,,,", "bad_time"),
    ("T,2031-01-01,created,,,", "ahead"),
    ("T,2026-11-02T09:00Z,,,,", "no_kind"),
    ("T,2026-11-02T09:00Z,exploded,,,", "unknown_kind"),
    ("T,2026-11-02T09:00Z,public_reply,Ada,,", "no_actor_kind"),
    ("T,2026-11-02T09:00Z,public_reply,Ada,robot army,", "bad_actor_kind"),
    ("T,2026-11-02T09:00Z,status,Ada,agent,lost in space", "unknown_status"),
    ("T,2026-11-02T09:00Z,status,Ada,agent,", "bad_value"),
    ("T,2026-11-02T09:00Z,rating,,,9", "bad_rating"),
    ("T,2026-11-02T09:00Z,rating,,,", "bad_rating"),
    ('T,2026-11-02T09:00Z,created,,,"{""channel"": [1]}"', "bad_value"),
    ('T,2026-11-02T09:00Z,created,,,"{""colour"": 1}"', "bad_value"),
    ("T,2026-11-02T09:00Z,created,,,{oops", "bad_value"),
    ("T,2026-11-02T09:00Z,created", "too_few_fields"),
    ("T,2026-11-02T09:00Z,created,,,,,more", "too_many_fields"),
]


@pytest.mark.parametrize(("row", "reason"), BAD)
def test_a_row_that_cannot_be_taken_is_refused_with_its_reason_and_the_others_stay(logs: Logs, row: str, reason: str):
    report = logs.load(STORY + row + "\n")
    assert (report.refused, report.new) == ({reason: 1}, 9)
    assert report.refused_file is not None
    [_, refused] = list(csv.reader(report.refused_file.read_text("utf-8-sig").splitlines()))
    assert refused[:2] == ["11", reason]


def test_a_file_of_refused_rows_that_was_mended_is_taken_as_it_is(logs: Logs):
    report = logs.load(STORY.replace(",solved", ",dealt with"))
    assert report.unknown_statuses == {"dealt with": 1}
    assert logs.ticket().status == "open"
    assert report.refused_file is not None
    mended = report.refused_file.read_text("utf-8-sig").replace("dealt with", "solved")
    assert logs.load(mended).new == 1
    assert logs.ticket().status == "solved"


def test_unknown_kinds_are_named_and_a_map_says_what_they_mean(logs: Logs):
    text = STORY.replace("customer_message", "inbound mail")
    assert logs.load(text, dry_run=True).unknown_kinds == {"inbound mail": 1}
    assert logs.load(text, map="values: {kind: {Inbound mail: customer_message}}").refused == {}
    assert logs.ticket().customer_messages == 1


def test_words_for_statuses_people_and_nobody_are_understood(logs: Logs):
    text = HEADER + "T,2026-11-02T09:00Z,Created,Kim,end-user,\nT,2026-11-02T09:10Z,Public Reply,Ada,staff,\n"
    text += "T,2026-11-02T09:15Z,assignment,,,Ada\nT,2026-11-02T09:20Z,assignment,,,Unassigned\n"
    text += "T,2026-11-02T09:30Z,status,,,Awaiting User Info\n"
    assert logs.load(text).refused == {}
    row = logs.ticket()
    assert (row.status, row.agent_id, row.first_response_at) == ("pending", None, AT + 10 * MINUTE)


def test_what_a_creation_says_stands_in_columns_or_in_an_object(logs: Logs):
    text = "ticket_id,at,kind,value,channel,url,opened_by\n"
    text += "T,2026-11-02T09:00Z,created,,chat,javascript:alert(1),Agent\n"
    text += 'U,2026-11-02T09:00Z,created,"{""channel"": ""email"", ""tags"": ""vip"", ""url"": ""https://a.example/1""}",,,\n'
    logs.load(text)
    found = logs.stage.tickets()
    assert (found["T"].channel, found["T"].url, found["T"].opened_by) == ("chat", "", "agent")
    assert (found["U"].channel, found["U"].tags, found["U"].url) == ("email", "vip", "https://a.example/1")


def test_a_rating_has_its_scale_and_comment_in_columns_or_in_an_object(logs: Logs):
    text = "ticket_id,at,kind,value,csat_scale,csat_comment\nT,2026-11-02T09:00Z,created,,,\n"
    text += "T,2026-11-02T10:00Z,rating,9,nps,Fine\nU,2026-11-02T09:00Z,created,,,\n"
    text += 'U,2026-11-02T10:00Z,rating,"{""csat"": ""good"", ""csat_comment"": ""Ja!""}",,\n'
    logs.load(text)
    found = logs.stage.tickets()
    assert (found["T"].csat, found["T"].csat_scale, found["T"].csat_comment) == ("9", "nps", "Fine")
    assert (found["U"].csat_good, found["U"].csat_comment) == (True, "Ja!")


def test_events_without_a_creation_are_kept_for_it_and_said(logs: Logs):
    lines = STORY.splitlines(keepends=True)
    report = logs.load("".join([lines[0], *lines[2:]]))
    assert (report.waiting, report.waiting_keys, report.new_tickets) == (1, ("T-1",), 0)
    assert logs.stage.tickets() == {}
    report = logs.load("".join(lines[:2]))
    assert (report.new, report.new_tickets, logs.ticket().public_replies) == (1, 1, 2)


def test_events_go_on_from_where_a_ticket_import_left_off(logs: Logs):
    logs.stage.load("id,created_at,public_replies\nT-1,2026-11-02T09:00Z,3\n", exported_at="2026-11-02T09:20Z")
    report = logs.load("".join(STORY.splitlines(keepends=True)[:1] + STORY.splitlines(keepends=True)[2:]))
    assert (report.waiting, report.changed_tickets) == (0, 1)
    assert logs.ticket().public_replies == 5


def test_a_dry_run_only_looks(logs: Logs):
    report = logs.load(STORY, dry_run=True)
    assert (report.new, report.known, report.unmatched) == (9, 0, {"Ada Ng": 3})
    assert (logs.told(), logs.stage.tickets()) == ([], {})
    logs.load(STORY)
    assert logs.load(STORY, dry_run=True).known == 9


def test_an_import_that_broke_off_goes_on_where_it_was(logs: Logs):
    path = logs.stage.file(STORY, "events.csv")
    wish = imports.Wish(path, "Returns", timezone="UTC")
    plan = imports.plan_events(logs.stage.store, logs.stage.workspace_id, wish, now=logs.stage.now)
    with imports.RefusedRows(plan.export, str) as refused:
        assert logs.take(plan, refused).behind == 1
    assert (len(logs.told()), logs.stage.tickets()) == (9, {}), "written, and nobody worked the ticket out"
    report = logs.load(path)
    assert (report.known, report.new_tickets, logs.ticket().status) == (9, 1, "solved")


def test_a_log_that_was_broken_off_is_found_once_nobody_adds_to_it(logs: Logs):
    path = logs.stage.file(STORY, "events.csv")
    wish = imports.Wish(path, "Returns", timezone="UTC")
    plan = imports.plan_events(logs.stage.store, logs.stage.workspace_id, wish, now=logs.stage.now)
    much_later = logs.stage.now + timedelta(days=3650)  # ids rise within a process, whatever another test called now
    with imports.RefusedRows(plan.export, str) as refused:
        logs.take(plan, refused)
    with logs.stage.store.reading() as session:
        assert events.left_behind(session, before=logs.stage.now - MINUTE) == []
        [(workspace_id, team_id)] = events.left_behind(session, before=much_later)
    with logs.stage.store.transaction() as session:
        events.catch_up(session, people.team(session, workspace_id, team_id), now=logs.stage.now)
    with logs.stage.store.reading() as session:
        assert events.left_behind(session, before=much_later) == []
    assert logs.ticket().status == "solved"


def test_the_same_log_twice_at_once_is_taken_once(logs: Logs):
    header, *lines = STORY.splitlines(keepends=True)
    many = [line.replace("T-1", f"T-{n}") for n in range(60) for line in lines]
    random.Random(3).shuffle(many)
    path = logs.stage.file(header + "".join(many), "events.csv")
    with ThreadPoolExecutor(3) as pool:
        reports = list(pool.map(lambda _: logs.load(path, exported_at="2026-11-02T12:00Z"), range(3)))
    assert len(logs.told()) == 60 * 9
    assert all(report.refused == {} for report in reports)
    assert {row.solved_at for row in logs.stage.tickets().values()} == {AT + 60 * MINUTE}
    assert len(logs.stage.tickets()) == 60
    with logs.stage.store.reading() as session:
        assert len(session.exec(select(WaitingSpell)).all()) == 120


def test_many_tickets_over_many_chunks_are_all_there(logs: Logs, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tickets, "CHUNK", 7)
    lines = [f"T-{n},{AT + n * MINUTE:%Y-%m-%dT%H:%M:%SZ},created,,,\n" for n in range(40)]
    lines += [f"T-{n},{AT + (n + 60) * MINUTE:%Y-%m-%dT%H:%M:%SZ},public_reply,Ada,agent,\n" for n in range(40)]
    report = logs.load(HEADER + "".join(lines))
    assert (report.new, report.new_tickets) == (80, 40)
    assert {row.first_response_at - row.created_at for row in logs.stage.tickets().values()} == {60 * MINUTE}


def test_rows_may_name_their_team_and_a_team_that_does_not_exist_is_refused(logs: Logs):
    text = "ticket_id,at,kind,team\nT,2026-11-02T09:00Z,created,tech support\nT,2026-11-02T09:00Z,created,Nobody\n"
    report = logs.load(text)
    assert (report.refused, report.teams) == ({"unknown_team": 1}, ("Tech Support",))
    assert logs.ticket().scope == 0
    report = logs.load(
        "ticket_id,at,kind,team\nU,2026-11-02T09:00Z,created,\nV,2026-11-02,created,Returns\n", team=None
    )
    assert report.refused == {"no_team": 1}


def test_a_ticket_that_was_imported_for_its_team_is_the_one_that_events_speak_of(logs: Logs):
    logs.stage.load("id,created_at,team\nT-1,2026-11-02T09:00Z,Returns\n", team=None)
    logs.load(STORY)
    assert (logs.ticket().scope, logs.ticket().status) == (0, "solved")


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_a_log_may_be_written_as_it_likes(logs: Logs, encoding: str):
    text = "sep=;\n" + STORY.replace("Ada Ng", "Zoë").replace(",", ";")
    assert logs.load(text.encode(encoding)).unmatched == {"Zoë": 3}
    assert logs.load(text.encode(encoding)).known == 9


def test_local_times_are_read_in_their_zone_day_first_or_month_first(logs: Logs):
    text = "ticket_id,at,kind\nT,03/11/2026 10:00,created\n"
    with pytest.raises(Unreadable, match="day_or_month"):
        logs.load(text)
    logs.load(text, order=imports.Order.DAY, timezone="Europe/Amsterdam")
    assert logs.ticket().created_at == AT + timedelta(days=1)


def test_what_happened_after_the_export_did_not(logs: Logs):
    report = logs.load(STORY, exported_at="2026-11-02T09:35Z")
    assert report.refused == {"ahead": 5}
    assert (logs.ticket().status, report.complete_until) == ("open", AT + 35 * MINUTE)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"),
        (HEADER, "no_rows"),
        ("ticket,what,who\n1,2,3\n", "no_column: at"),
        ("at,kind\n2026-11-02,created\n", "no_column: ticket_id"),
        ("ticket_id,at\nT,2026-11-02\n", "no_column: kind"),
        (HEADER + 'T,"2026-11-02,created,,,\n', "unclosed_quote"),
    ],
)
def test_a_file_that_is_no_log_is_said(logs: Logs, text: str, fault: str):
    with pytest.raises(Unreadable, match=fault):
        logs.load(text)


STATES = """
columns: {ticket_id: number, at: updated, actor: by, channel: via}
events:
  changes: {status: state, assignment: owner, group: team name, priority: prio}
  once: {created: opened, solved: resolved}
empty: ["?"]
"""
ROWS = """number,updated,by,via,state,owner,team name,prio,opened,resolved
7,2026-11-02T09:10Z,Al,phone,New,?,Desk,3,2026-11-02T09:00Z,
8,2026-11-02T09:20Z,Al,phone,New,Bo,Desk,3,2026-11-02T09:15Z,2026-11-02T12:00Z
7,2026-11-02T09:30Z,Al,phone,Open,Ada,Desk,3,2026-11-02T09:00Z,
7,2026-11-02T09:40Z,Al,phone,Open,Ada,Desk,3,2026-11-02T09:00Z,
7,2026-11-02T10:00Z,Al,phone,Pending,?,Net,1,2026-11-02T09:00Z,
"""


def test_a_row_that_says_how_a_ticket_stands_tells_what_changed_since_its_last(logs: Logs):
    report = logs.load(ROWS, map=STATES)
    assert (report.rows, report.refused) == (5, {})
    seven = [(one.kind, one.value, (one.at - AT) / MINUTE) for one in logs.told() if one.ticket_key == "7"]
    assert [(kind, at) for kind, _, at in seven] == [
        ("created", 0), ("status", 10), ("group", 10), ("priority", 10), ("status", 30), ("assignment", 30),
        ("status", 60), ("assignment", 60), ("group", 60), ("priority", 60),
    ]  # fmt: skip
    row = logs.stage.tickets()["7"]
    assert (row.status, row.queue, row.priority, row.channel) == ("pending", "Net", "1", "phone")
    assert (row.requester_wait_s, row.agent_work_s, row.agent_id) == (3_600, 3_600, None)
    eight = logs.stage.tickets()["8"]
    assert (eight.status, eight.solved_at) == ("solved", AT + 180 * MINUTE)


def test_of_what_such_a_log_does_not_tell_nothing_is_said(logs: Logs):
    logs.load(ROWS, map=STATES)
    row = logs.stage.tickets()["7"]
    assert (row.public_replies, row.transfers, row.customer_messages, row.repliers) == (None, None, None, None)
    assert row.reopens == 0
    with logs.stage.store.reading() as session:
        assert session.exec(select(WaitingSpell)).all() == []


def test_such_a_log_twice_changes_nothing_even_where_its_tickets_were_forgotten(
    logs: Logs, monkeypatch: pytest.MonkeyPatch
):
    logs.load(ROWS, map=STATES)
    before = logs.stage.tickets()
    assert logs.load(ROWS, map=STATES).new == 0
    monkeypatch.setattr("cspm_core.imports.event_rows.REMEMBERED", 1)
    logs.load(ROWS, map=STATES)

    def facts(row: Ticket) -> dict[str, Any]:
        return row.model_dump(exclude={"known_at"})

    assert {key: facts(row) for key, row in logs.stage.tickets().items()} == {
        key: facts(row) for key, row in before.items()
    }


@pytest.mark.parametrize(
    ("map", "fault"),
    [
        ("events: {changes: {colour: state}}", "unknown_in_map: colour"),
        ("events: {changes: {status: nowhere}}", "no_such_column: nowhere"),
        ("events: {twice: {created: opened}}", "unknown_in_map: twice"),
        ("events: {once: [created]}", "bad_map: events: once"),
        ("events: [created]", "bad_map: events"),
        ("event: {}", "unknown_in_map: event"),
    ],
)
def test_a_map_that_cannot_be_meant_is_refused(logs: Logs, map: str, fault: str):
    with pytest.raises(Unreadable, match=fault):
        logs.load(ROWS, map=map)


def test_nothing_of_an_import_of_tickets_is_lost_to_a_log_that_is_older(logs: Logs):
    logs.stage.load("id,created_at,priority,tags\nT-1,2026-11-02T09:00Z,urgent,vip\n", exported_at="2026-11-20")
    text = "ticket_id,at,kind,actor_kind,priority\nT-1,2026-11-02T09:00Z,created,,low\n"
    logs.load(text + "T-1,2026-11-02T09:30Z,public_reply,agent,\n")
    row = logs.ticket()
    assert (row.priority, row.tags, row.first_response_at) == ("urgent", "vip", AT + 30 * MINUTE)


def test_facts_that_were_given_and_facts_that_follow_are_one_kind(logs: Logs):
    told = TicketFacts("X", AT, first_response_at=AT + 30 * MINUTE, status="open")
    with logs.stage.store.transaction() as session:
        team = people.team_named(session, logs.stage.workspace_id, "Returns")
        tickets.record(session, team, [told], scope=team.id, known_at=AT + 90 * MINUTE, now=logs.stage.now)
    logs.load(STORY.replace("T-1", "Y"))
    found = logs.stage.tickets()
    assert found["X"].first_response_business_s == found["Y"].first_response_business_s
