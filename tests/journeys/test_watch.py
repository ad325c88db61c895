"""The watchdog: what is late is set going again and told to whoever looks after all; a self-test goes the whole way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from sqlmodel import col, update

from bot import ids, schedule
from bot.running import lateness
from bot.running.findings import State
from bot.watch import jobs as watch
from bot.words import Words
from cspm_core import escalations, notices, people
from cspm_core.escalations import Cause, Escalation, Raised, Status
from cspm_core.people import Role, Team

from .house import House
from .returns import at

WEDNESDAY = date(2026, 11, 18)
T = Words("en")


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(WEDNESDAY, 10))


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Ada")
    return team


def raises(house: House, team: Team, what: str = "All refunds fail", **facts: Any) -> Raised:
    with house.store.transaction() as session:
        raised = escalations.raise_one(session, team, Cause("person", what, **facts), now=house.now)
    house.beat()
    return raised


def breaks(house: House, raised: Raised, **columns: Any) -> None:
    """Something outside our own verbs writes a column."""
    with house.store.transaction() as session:
        session.exec(update(Escalation).where(col(Escalation.id) == raised.escalation_id).values(**columns))


def looks_after_all(house: House) -> None:
    """Bo is the admin."""
    with house.store.transaction() as session:
        facts = {"slack_user_id": house.person("Bo").id, "role": Role.ADMIN, "language": "en"}
        people.add_member(session, house.workspace_id, "Bo", now=house.now, **facts)


def stops_climbing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The part of the schedule that lets them climb hangs."""
    jobs = tuple(job for job in schedule.JOBS if job.id != "escalations.sweep")
    monkeypatch.setattr(schedule, "JOBS", jobs)


def minutes(house: House, n: int) -> None:
    """The schedule beats each minute."""
    for _ in range(n):
        house.turn(minutes=1)


def test_what_lost_its_clock_climbs_on_and_its_timeline_says_so(house: House, team: Team):
    raised = raises(house, team)
    told = len(house.person("Mina").reads())
    breaks(house, raised, next_at=None, next_step_at=None)
    minutes(house, 2)
    with house.store.reading() as session:
        kinds = [line.kind for line in escalations.timeline(session, house.workspace_id, raised.escalation_id)]
        assert "watched" in kinds
        one = escalations.one(session, house.workspace_id, raised.escalation_id)
        assert one.next_at is not None
        assert one.next_at > house.now
    assert kinds.index("watched") < len(kinds) - 1 - kinds[::-1].index("told")
    assert len(house.person("Mina").reads()) == told, "it was mended before anybody had to hear of it"


def test_admins_hear_of_what_stays_late_in_one_message_until_all_is_well(
    house: House, team: Team, monkeypatch: pytest.MonkeyPatch
):
    looks_after_all(house)
    raises(house, team, severity=1)
    every = schedule.JOBS
    stops_climbing(monkeypatch)
    minutes(house, 14)
    assert house.person("Bo").reads() == []
    minutes(house, 3)
    (report,) = house.person("Bo").reads()
    assert "1 escalation is late" in report.says()
    assert "it should have gone on" in report.says()
    first = report.says()
    house.person("Bo").chooses(report, ids.ESCALATION_SHOW, "E1")
    assert "All refunds fail" in house.person("Bo").latest().says()
    minutes(house, 5)
    assert house.person("Bo").reads()[0].ts == report.ts
    assert report.says() == first
    monkeypatch.setattr(schedule, "JOBS", every)
    minutes(house, 2)
    assert "All escalations are in time again" in report.says()
    assert "Something was late for" in report.says()
    assert all("late" not in one.text for one in house.person("Mina").reads())


def test_where_nobody_looks_after_all_the_lead_hears_of_it(house: House, team: Team, monkeypatch: pytest.MonkeyPatch):
    raises(house, team, severity=1)
    stops_climbing(monkeypatch)
    minutes(house, 17)
    assert "1 escalation is late" in house.person("Mina").latest().says()


def test_a_lead_who_knows_that_the_bot_is_not_invited_is_not_told_twice(house: House, team: Team):
    house.person("Mina").kicks("app", "returns")
    raises(house, team)
    minutes(house, 25)
    said = [one.text for one in house.person("Mina").reads()]
    assert sum("could not say E1" in one for one in said) == 1
    assert not any("late" in one for one in said)
    assert _check(house) == {"ok": True, "late": 1, "by_kind": {"unshown": 1}}


def test_doctor_and_health_say_the_same(house: House, team: Team, monkeypatch: pytest.MonkeyPatch):
    assert [one.state for one in lateness.findings(house.runtime, T)] == [State.GOOD]
    raises(house, team, severity=1)
    stops_climbing(monkeypatch)
    minutes(house, 8)
    (found,) = lateness.findings(house.runtime, T)
    assert (found.check, found.state) == ("escalations", State.BROKEN)
    assert found.found == "1 escalation should have gone on and has not: E1"
    assert "cspm run" in found.advice
    assert _check(house) == {"ok": True, "late": 1, "by_kind": {"clock": 1}}
    minutes(house, 10)
    assert _check(house)["ok"] is False


def _check(house: House) -> dict[str, Any]:
    with house.store.reading() as session:
        return lateness.check(session, house.runtime)


@pytest.fixture
def heartbeats() -> Iterator[tuple[str, list[str]]]:
    """An address that counts the calls."""
    calls: list[str] = []

    class Counter(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_response(500 if self.path.endswith("broken") else 200)
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Counter)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/ping/secret-key", calls
    server.shutdown()
    thread.join()
    server.server_close()


def calls_home(house: House, url: str) -> None:
    given = house.runtime.settings.model_copy(update={"heartbeat_url": url})
    house.runtime = replace(house.runtime, settings=given)


def test_the_heartbeat_is_called_each_minute_unless_something_is_late(
    house: House, team: Team, heartbeats: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
):
    url, calls = heartbeats
    calls_home(house, url)
    minutes(house, 3)
    assert calls == ["/ping/secret-key"] * 3
    house.turn(seconds=20)
    assert len(calls) == 3, "at most once a minute"
    raises(house, team, severity=1)
    stops_climbing(monkeypatch)
    minutes(house, 12)
    before = len(calls)
    minutes(house, 3)
    assert len(calls) == before
    assert before < 12


@pytest.mark.parametrize("url", ["broken", "http://127.0.0.1:9/secret-key"])
def test_a_heartbeat_that_fails_stands_in_the_log_without_its_address(
    house: House, heartbeats: tuple[str, list[str]], url: str, lines: Callable[[], list[dict[str, Any]]]
):
    calls_home(house, heartbeats[0] + "/" + url if url == "broken" else url)
    watch.watch(house.runtime)
    (said,) = [line for line in lines() if "heartbeat" in line["event"]]
    assert said["level"] == "warning"
    assert "secret" not in str(lines())


def begins_test(house: House) -> None:
    mina = house.person("Mina")
    mina.types("/escalate settings", channel="#returns")
    mina.presses(mina.latest("#returns"), "Self-test")


def test_a_self_test_goes_the_whole_way_and_says_how_long_it_took(house: House, team: Team):
    begins_test(house)
    mina = house.person("Mina")
    assert "on its way" in mina.latest("#returns").says()
    (alarm,) = mina.reads()
    assert "Self-test" in alarm.says()
    house.clock.at += timedelta(seconds=7)
    mina.presses(alarm, "I take it")
    house.turn(seconds=2)
    result = next(one for one in mina.reads() if "whole way" in one.text)
    assert "From the writing to Slack: 0 s" in result.says()
    assert "From Slack to your press: 7 s" in result.says()
    assert "resolved" in alarm.text
    assert [one.text for one in house.reads() if one.user != mina.id and "E1" in one.text] == []
    house.turn(hours=3)
    with house.store.reading() as session:
        standing = escalations.standing(session, team, since=at(WEDNESDAY, 0), now=house.now)
    assert (standing.open, standing.resolved) == (0, 0)


def test_a_self_test_that_nobody_presses_says_what_may_be_wrong(house: House, team: Team):
    begins_test(house)
    minutes(house, 9)
    assert len(house.person("Mina").reads()) == 1
    minutes(house, 3)
    alarm, result = house.person("Mina").reads()
    assert "was not pressed for ten minutes" in result.text
    assert "Interactivity" in result.says()
    with house.store.reading() as session:
        assert escalations.numbered(session, house.workspace_id, 1).status == Status.RESOLVED
    assert "I take it" not in alarm.buttons()


def test_a_message_that_slack_keeps_refusing_is_told_and_then_healed(house: House, team: Team):
    looks_after_all(house)
    raised = raises(house, team)
    for _ in range(40):
        house.line.fails("chat.postMessage", SlackApiError("busy", {"ok": False, "error": "internal_error"}))
    with house.store.transaction() as session:
        notices.post(
            session, house.workspace_id, key="again", kind=escalations.DIRECT, subject_id=raised.escalation_id,
            team_id=team.id, place=house.person("Ada").id, language="en", now=house.now,
        )  # fmt: skip
    minutes(house, 8)
    assert _check(house)["by_kind"] == {"unshown": 1}
    house.line.failing.clear()
    minutes(house, 16)
    assert _check(house) == {"ok": True, "late": 0, "by_kind": {}}
