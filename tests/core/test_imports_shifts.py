"""A roster becomes shifts: CSV and calendars, the same file twice changes nothing, a newer one replaces its days."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from cspm_core import imports, people
from cspm_core.errors import BadCalendar, Invalid, NoTeams, UnknownTeam
from cspm_core.imports import Fault, ShiftReport, ShiftWish, Unreadable, shifts_calendar
from cspm_core.people import Member, Role
from cspm_core.store import Store
from cspm_core.tables import Shift

HEADER = "person,start,end,activity\n"


@dataclass
class Roster:
    """Returns (Amsterdam) with Ada and Mina, Tech Support (New York) with Joe; Bo is in both."""

    store: Store
    workspace_id: int
    folder: Path
    now: datetime

    def load(self, text: str | Path, *, name: str = "shifts.csv", **wish: Any) -> ShiftReport:
        path = text if isinstance(text, Path) else self.file(text, name)
        plan = imports.plan_shifts(self.store, self.workspace_id, ShiftWish(path, **wish))
        with imports.RefusedRows(plan.export, str, dry_run=plan.wish.dry_run) as refused:
            return imports.take_shifts(
                self.store, self.workspace_id, plan, refused, now=self.now, advance=lambda _: None
            )

    def calendar(self, *events: str, head: str = "", **wish: Any) -> ShiftReport:
        inside = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
        return self.load(f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{inside}END:VCALENDAR\n", name="rota.ics", **wish)

    def file(self, text: str, name: str) -> Path:
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def shifts(self) -> list[tuple[str, str, str, str, str]]:
        """Team, person, from and until (UTC, day of November), activity."""
        with self.store.reading() as session:
            names = {one.id: one.name for one in session.exec(select(Member))}
            teams = {one.id: one.name for one in people.teams(session, self.workspace_id)}
            return sorted(
                (teams[s.team_id], names[s.member_id], f"{s.starts_at:%m-%d %H:%M}", f"{s.ends_at:%m-%d %H:%M}",
                 s.activity)
                for s in session.exec(select(Shift))
            )  # fmt: skip


@pytest.fixture
def roster(store: Store, workspace_id: int, tmp_path: Path, now: datetime) -> Roster:
    with store.transaction() as session:
        returns = people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=now)
        tech = people.add_team(session, workspace_id, "Tech Support", timezone="America/New_York", now=now)
        for name, teams in (
            ("Ada King", [returns]),
            ("Mina Park", [returns]),
            ("Joe", [tech]),
            ("Bo", [returns, tech]),
        ):
            mail = f"{name.split()[0].lower()}@x.org"
            person = people.add_member(session, workspace_id, name, email=mail, now=now)
            for team in teams:
                people.join_team(session, team, person, Role.AGENT, now=now)
    return Roster(store, workspace_id, tmp_path, now)


def counts(report: ShiftReport) -> tuple[int, int, int, int, int]:
    return report.new, report.changed, report.removed, report.unchanged, report.refused.total()


def test_rows_become_shifts_in_the_teams_zone_and_twice_changes_nothing(roster: Roster):
    text = HEADER + "Ada King,2026-11-23 09:00,2026-11-23 17:00,On call\nmina@x.org,2026-11-23T08:00Z,17:30,Chat\n"
    report = roster.load(text, team="Returns")
    assert counts(report) == (2, 0, 0, 0, 0)
    assert (report.teams, report.timezone, report.source) == (("Returns",), "Europe/Amsterdam", "csv")
    assert roster.shifts() == [
        ("Returns", "Ada King", "11-23 08:00", "11-23 16:00", "On call"),
        ("Returns", "Mina Park", "11-23 08:00", "11-23 16:30", "Chat"),
    ]
    assert counts(roster.load(text, team="Returns")) == (0, 0, 0, 2, 0)


def test_a_newer_file_replaces_the_days_it_covers_for_the_people_in_it(roster: Roster):
    roster.load(
        HEADER
        + "Ada King,2026-11-23 09:00,2026-11-23 12:00,Chat\nAda King,2026-11-23 13:00,2026-11-23 17:00,Chat\n"
        + "Ada King,2026-11-24 09:00,2026-11-24 17:00,Chat\nMina Park,2026-11-23 09:00,2026-11-23 17:00,Chat\n"
    )
    report = roster.load(HEADER + "Ada King,2026-11-23 09:00,2026-11-23 11:00,Chat\n")
    assert counts(report) == (0, 1, 1, 0, 0)
    assert [(who, start) for _, who, start, _, _ in roster.shifts()] == [
        ("Ada King", "11-23 08:00"),
        ("Ada King", "11-24 08:00"),
        ("Mina Park", "11-23 08:00"),
    ]


def test_a_file_of_duty_alone_leaves_the_working_shifts_as_they_are(roster: Roster):
    roster.load(HEADER + "Ada King,2026-11-23 09:00,17:00,Chat\nAda King,2026-11-23 09:00,12:00,duty\n")
    assert counts(roster.load(HEADER + "Ada King,2026-11-23 13:00,15:00,duty\n")) == (1, 0, 1, 0, 0)
    assert [activity for *_, activity in roster.shifts()] == ["Chat", "duty"]


def test_of_two_alike_the_longer_counts(roster: Roster):
    roster.load(HEADER + "Ada King,2026-11-23 09:00,12:00,Chat\nAda King,2026-11-23 09:00,17:00,chat\n")
    assert [end for _, _, _, end, _ in roster.shifts()] == ["11-23 16:00"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Medewerker;Datum;Van;Tot;Dienst\nAda King;23-11-2026;22:00;06:00;Piket\n", ("11-23 21:00", "11-24 05:00")),
        ("姓名,日期,開始時間,結束時間,班別\nAda King,2026/11/23,09:00,24:00,值班\n", ("11-23 08:00", "11-23 23:00")),
        ("이름,시작,종료,업무\nAda King,2026-11-23 09:00,2026-11-23 18:00,당직\n", ("11-23 08:00", "11-23 17:00")),
        ("Agent,Start Date,Start Time,End Time\nAda King,2026-11-23,9 am,5:30 PM\n", ("11-23 08:00", "11-23 16:30")),
        ("person,start,end\nAda King,2026-11-23 22:00,2026-11-23 24:00\n", ("11-23 21:00", "11-23 23:00")),
        ("name,from,to\nAda King,23/11/2026 9:00,23/11/2026 17:00\n", ("11-23 08:00", "11-23 16:00")),
    ],
)
def test_columns_and_times_are_read_as_people_write_them(roster: Roster, text: str, expected: tuple[str, str]):
    report = roster.load(text)
    assert counts(report) == (1, 0, 0, 0, 0), report.refused
    assert [(start, end) for _, _, start, end, _ in roster.shifts()] == [expected]


def test_night_shifts_keep_their_wall_times_over_both_changes_of_the_clocks(roster: Roster):
    roster.load(HEADER + "Ada King,2026-10-24 22:00,06:00,Night\nAda King,2027-03-27 22:00,06:00,Night\n")
    assert [(start, end) for _, _, start, end, _ in roster.shifts()] == [
        ("03-27 21:00", "03-28 04:00"),  # seven hours
        ("10-24 20:00", "10-25 05:00"),  # nine
    ]


def test_the_team_is_named_by_the_row_else_by_the_operator_else_it_is_the_only_one(roster: Roster):
    text = "person,start,end,team,timezone\nJoe,2026-11-23 09:00,17:00,,\nBo,2026-11-23 09:00,17:00,,\n"
    text += "Bo,2026-11-23 09:00,17:00,tech support,\nAda King,2026-11-23 09:00,17:00,,Asia/Seoul\n"
    report = roster.load(text, timezone="UTC")
    assert dict(report.refused) == {"no_team_of_shift": 1}
    assert [(team, who, start) for team, who, start, _, _ in roster.shifts()] == [
        ("Returns", "Ada King", "11-23 00:00"),
        ("Tech Support", "Bo", "11-23 09:00"),
        ("Tech Support", "Joe", "11-23 09:00"),
    ]


def test_a_row_that_names_its_team_is_in_the_zone_of_that_team(roster: Roster):
    roster.load("person,start,end,team\nJoe,2026-11-23 09:00,17:00,Tech Support\n")
    assert [start for _, _, start, _, _ in roster.shifts()] == ["11-23 14:00"]


def test_rows_that_cannot_be_taken_are_refused_with_the_reason_and_can_be_mended(roster: Roster):
    roster.load(HEADER + "Ada King,2026-11-23 09:00,17:00,Chat\nAda King,2026-11-24 09:00,17:00,Chat\n")
    text = "person,start,end,activity,team,timezone\n"
    text += "Kim,2026-11-23 09:00,17:00,Chat,Returns,\nkim,2026-11-24 09:00,17:00,Chat,Returns,\n"
    text += ",2026-11-23 09:00,17:00,Chat,,\nAda King,soon,17:00,Chat,,\nAda King,2026-11-23 09:00,late,Chat,,\n"
    text += "Ada King,2026-11-23 09:00,2026-11-22 09:00,Chat,,\nAda King,2026-11-23,2027-11-23,Chat,,\n"
    text += "Ada King,2026-11-23 09:00,17:00,Chat,Retruns,\nAda King,2026-11-23 09:00,17:00,Chat,,Mars/Base\n"
    text += "Ada King,2026-11-25 09:00,17:00,Chat,,\nAda King\n"
    report = roster.load(text)
    assert dict(report.refused) == {
        "unknown_person": 2,
        "no_person": 1,
        "bad_start": 1,
        "bad_end": 1,
        "ends_first": 1,
        "shift_too_long": 1,
        "unknown_team": 1,
        "bad_timezone": 1,
        "too_few_fields": 1,
    }
    assert dict(report.unknown) == {"Kim": 1, "kim": 1}
    assert (report.new, report.removed) == (1, 0)  # of whom a row was refused, nothing is taken away
    rows = list(csv.reader((roster.folder / "shifts.refused.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0][:3] == ["line", "reason", "person"]
    with roster.store.transaction() as session:
        kim = people.add_member(session, roster.workspace_id, "Kim", now=roster.now)
        people.join_team(session, people.team_named(session, roster.workspace_id, "Returns"), kim, Role.AGENT,
                         now=roster.now)  # fmt: skip
    again = roster.load(roster.folder / "shifts.refused.csv")
    assert (again.new, again.removed) == (2, 0)


def test_mended_rows_are_added_and_replace_nothing(roster: Roster):
    roster.load(HEADER + "Ada King,2026-11-23 09:00,12:00,Chat\n")
    assert counts(roster.load("line,reason,person,start,end\n4,x,Ada King,2026-11-23 13:00,17:00\n")) == (1, 0, 0, 0, 0)
    assert len(roster.shifts()) == 2


def test_a_dry_run_only_counts(roster: Roster):
    text = HEADER + "Ada King,2026-11-23 09:00,17:00,Chat\nNobody,2026-11-23 09:00,17:00,Chat\n"
    assert counts(roster.load(text, dry_run=True)) == (1, 0, 0, 0, 1)
    assert roster.shifts() == []
    assert not list(roster.folder.glob("*refused*"))


def test_a_map_says_what_a_roster_means(roster: Roster):
    told = roster.file("columns: {person: Wie, start: A, end: B}\nvalues: {activity: {X: duty}}\n", "map.yaml")
    roster.load("Wie,A,B,activity\nAda King,2026-11-23 09:00,17:00,x\n", map=told)
    assert [activity for *_, activity in roster.shifts()] == ["duty"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.EMPTY),
        (HEADER, Fault.NO_ROWS),
        ("person,end\nAda,2026-11-23\n", Fault.NO_COLUMN),
        (HEADER + "Ada King,03/04/2026 09:00,04/04/2026 17:00,Chat\n", Fault.DAY_OR_MONTH),
    ],
)
def test_what_cannot_be_read_at_all_is_said(roster: Roster, text: str, fault: Fault):
    with pytest.raises(Unreadable) as problem:
        roster.load(text)
    assert problem.value.fault is fault


def test_old_windows_files_are_read_too(roster: Roster):
    with roster.store.transaction() as session:
        people.add_member(session, roster.workspace_id, "Zoë", now=roster.now)
    path = roster.folder / "old.csv"
    path.write_bytes((HEADER + "Zoë,2026-11-23 09:00,17:00,Chat\n").encode("cp1252"))
    report = roster.load(path, team="Returns")
    assert (report.new, report.guessed_encoding) == (1, True)


def test_a_wrong_wish_is_refused(roster: Roster, sqlite_store: Store):
    text = HEADER + "Ada King,2026-11-23 09:00,17:00,Chat\n"
    with pytest.raises(UnknownTeam):
        roster.load(text, team="Retruns")
    with pytest.raises(Invalid):
        roster.load(text, timezone="Mars/Base")


def test_without_a_team_there_is_nobody_to_plan_for(store: Store, workspace_id: int, tmp_path: Path, now: datetime):
    with pytest.raises(NoTeams):
        Roster(store, workspace_id, tmp_path, now).load(HEADER + "Ada,2026-11-23 09:00,17:00,Chat\n")


NIGHTS = """
UID:1
DTSTART;TZID=Europe/Amsterdam:20261023T220000
DTEND;TZID=Europe/Amsterdam:20261024T060000
RRULE:FREQ=DAILY;COUNT=4
EXDATE;TZID=Europe/Amsterdam:20261025T220000
SUMMARY:Ada King: On call
"""


def test_a_repeating_event_keeps_its_wall_times_and_its_exceptions(roster: Roster):
    assert counts(roster.calendar(NIGHTS)) == (3, 0, 0, 0, 0)
    assert roster.shifts() == [
        ("Returns", "Ada King", "10-23 20:00", "10-24 04:00", "On call"),
        ("Returns", "Ada King", "10-24 20:00", "10-25 05:00", "On call"),
        ("Returns", "Ada King", "10-26 21:00", "10-27 05:00", "On call"),
    ]
    assert counts(roster.calendar(NIGHTS)) == (0, 0, 0, 3, 0)
    shorter = roster.calendar(NIGHTS.replace("COUNT=4", "COUNT=2"))
    assert counts(shorter) == (0, 0, 1, 2, 0)


def test_calendars_and_lists_replace_only_what_they_said_themselves(roster: Roster):
    roster.load(HEADER + "Ada King,2026-10-24 09:00,17:00,duty\n")
    assert counts(roster.calendar(NIGHTS)) == (3, 0, 0, 0, 0)
    assert len(roster.shifts()) == 4


@pytest.mark.parametrize(
    ("lines", "who", "activity"),
    [
        ("SUMMARY:Mina Park", ["Mina Park"], ""),
        ("SUMMARY:On Call - Mina Park - Tier 2", ["Mina Park"], "On Call, Tier 2"),
        ("SUMMARY:Escalations (Mina Park)", ["Mina Park"], "Escalations"),
        ("SUMMARY:duty\nATTENDEE;CN=Whoever:mailto:mina@x.org", ["Mina Park"], "duty"),
        ("SUMMARY:duty\nATTENDEE;CN=Mina Park:mailto:m.park@elsewhere.org", ["Mina Park"], "duty"),
        ("SUMMARY:duty\nATTENDEE:mailto:mina@x.org\nATTENDEE:MAILTO:ada@x.org", ["Ada King", "Mina Park"], "duty"),
        ("SUMMARY:x\nATTENDEE;PARTSTAT=DECLINED:mailto:mina@x.org\nORGANIZER:mailto:ada@x.org", ["Ada King"], "x"),
        ("SUMMARY:x\nATTENDEE;CUTYPE=ROOM:mailto:room@x.org\nORGANIZER;CN=Ada King:mailto:a@b.c", ["Ada King"], "x"),
    ],
)
def test_whom_an_event_is_about(roster: Roster, lines: str, who: list[str], activity: str):
    report = roster.calendar(f"UID:1\nDTSTART:20261123T080000Z\nDURATION:PT8H\n{lines}")
    assert not report.refused
    assert [(name, what) for _, name, _, _, what in roster.shifts()] == [(name, activity) for name in who]


def test_whole_days_and_times_without_a_zone_are_the_teams(roster: Roster):
    roster.calendar(
        "UID:1\nDTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261125\nSUMMARY:Ada King: holiday",
        "UID:2\nDTSTART:20261123T090000\nDTEND:20261123T170000\nSUMMARY:Mina Park",
        head="X-WR-CALNAME:On-call rota\n",
    )
    assert roster.shifts() == [
        ("Returns", "Ada King", "11-22 23:00", "11-24 23:00", "holiday"),
        ("Returns", "Mina Park", "11-23 08:00", "11-23 16:00", "On-call rota"),
    ]


def test_events_that_cannot_be_taken_are_refused_and_the_rest_is_taken(roster: Roster):
    report = roster.calendar(
        "UID:1\nDTSTART:someday\nSUMMARY:Ada King",
        "UID:2\nDTSTART:20261123T080000Z\nDTEND:20261123T080000Z\nSUMMARY:Ada King",
        "UID:3\nDTSTART:20261123T080000Z\nDTEND:20261123T160000Z\nSUMMARY:Kim: duty",
        "UID:4\nDTSTART:20261123T080000Z\nDTEND:20261123T080500Z\nRRULE:FREQ=SECONDLY\nSUMMARY:Ada King",
        "UID:5\nDTSTART:20261123T080000Z\nDTEND:20261123T160000Z\nSTATUS:CANCELLED\nSUMMARY:Ada King",
        "UID:6\nDTSTART:20261123T080000Z\nDTEND:20261123T160000Z",
        "UID:7\nDTSTART:20261124T080000Z\nDTEND:20261124T160000Z\nSUMMARY:Mina Park: duty",
        "UID:9\nDTSTART:20261124T080000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nEXDATE:never\nSUMMARY:Ada King",
        "UID:8\nDTSTART:20200101T080000Z\nDTEND:20200101T160000Z\nSUMMARY:Mina Park: duty",
    )
    assert dict(report.refused) == {
        "bad_start": 1, "ends_first": 1, "unknown_person": 1, "repeats_too_often": 1, "no_person": 1, "bad_repeat": 1
    }  # fmt: skip
    assert dict(report.unknown) == {"Kim": 1}
    assert [who for _, who, _, _, _ in roster.shifts()] == ["Mina Park"]
    assert "Kim,2026-11-23 08:00:00+00:00" in (roster.folder / "rota.ics.refused.csv").read_text("utf-8-sig")


def test_an_endless_event_is_read_a_year_ahead(roster: Roster):
    report = roster.calendar("UID:1\nDTSTART:20240101T080000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nSUMMARY:Ada King")
    assert report.new == 57  # from a month back
    with roster.store.reading() as session:
        last = max(session.exec(select(Shift.ends_at)))
    assert datetime(2027, 11, 15, tzinfo=UTC) < last < datetime(2027, 11, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("BEGIN:VCALENDAR\nnonsense\n", "unreadable"),
        ("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "empty"),
    ],
)
def test_a_calendar_that_cannot_be_read_is_said(roster: Roster, text: str, reason: str):
    with pytest.raises(BadCalendar) as problem:
        roster.load(text, name="rota.ics")
    assert problem.value.reason == reason


def test_a_calendar_is_bounded(roster: Roster, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shifts_calendar, "MOST_EVENTS", 2)
    with pytest.raises(BadCalendar) as problem:
        roster.calendar(NIGHTS)
    assert problem.value.reason == "too_many"
    monkeypatch.setattr(shifts_calendar, "MOST_BYTES", 100)
    with pytest.raises(BadCalendar) as problem:
        roster.calendar(NIGHTS)
    assert problem.value.reason == "too_large"
    assert roster.shifts() == []
