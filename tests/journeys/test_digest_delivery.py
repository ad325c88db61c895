"""The digest arrives once, whatever breaks on the way; and where it cannot, somebody who can mend it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from apscheduler.events import EVENT_JOB_EXECUTED
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlmodel import select

from bot import delivery, schedule
from cspm_core import notices
from cspm_core.ids import new_id
from cspm_core.notices import Notice
from cspm_core.people import Role, Team
from cspm_core.store import Store

from .house import House
from .returns import at, weeks
from .test_digest import FRIDAY, MONDAY


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(FRIDAY, 8, 50))


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns", holidays="US")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo")
    house.imports(team, weeks(house.now, 3), house.now)
    return team


def answer(status: int, body: dict[str, Any], **headers: str) -> SlackApiError:
    """What the client makes of an answer of Slack."""
    response = SlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=body, headers=headers, status_code=status
    )
    return SlackApiError("refused", response)


def posts(house: House) -> int:
    """How often a message was taken by Slack."""
    return sum(call.method == "chat.postMessage" and not call.error for call in house.slack.calls)


def notice(house: House) -> Notice:
    with house.store.reading() as session:
        return session.exec(select(Notice).where(Notice.kind == "digest")).one()


def test_a_crash_between_saying_and_recording_does_not_say_it_twice(house: House, team: Team):
    house.clock.at = at(FRIDAY, 9)
    schedule.JOBS[0].run(house.runtime)
    real = house.runtime.store

    class Broken(Store):
        """The store as it is, except that it is gone once the message was said."""

        def __init__(self) -> None:
            self.engine, self._writer, self._reader = real.engine, real._writer, real._reader

        def transaction(self):
            if posts(house):
                raise ConnectionError("the database is gone")
            return real.transaction()

    delivery.deliver(replace(house.runtime, store=Broken()))
    assert posts(house) == 1
    assert notice(house).shown == 0

    house.turn(minutes=1)
    assert posts(house) == 1, "the claim still stands"
    house.turn(minutes=2)
    assert posts(house) == 1
    assert len(house.reads()) == 1
    assert notice(house).slack_ts == house.reads()[0].ts
    assert notice(house).shown == notice(house).version


def test_a_crash_in_a_direct_message_is_found_again_too(house: House, team: Team):
    house.joins(team, "Mina", Role.LEAD)
    with house.store.transaction() as session:
        mina = house.known["Mina"]
        mina.digest_copy = True
        session.add(mina)
        team.channel = None
        session.add(team)
    house.line.fails("chat.postMessage", ConnectionResetError("gone"), when="after")
    house.turn_to(at(FRIDAY, 10))
    assert len(house.person("Mina").reads()) == 1


@pytest.mark.parametrize("error", [ConnectionResetError("reset"), TimeoutError("slow"), answer(500, {"ok": False})])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lost_answer_is_looked_up_before_anything_is_repeated(house: House, team: Team, error: Exception, when: str):
    house.line.fails("chat.postMessage", error, when=when)
    house.turn_to(at(FRIDAY, 9, 30))
    assert posts(house) == 1
    assert len(house.reads()) == 1
    assert notice(house).slack_ts == house.reads()[0].ts


def test_a_busy_slack_is_given_the_time_it_asks_for(house: House, team: Team):
    house.line.fails("chat.postMessage", answer(429, {"ok": False, "error": "ratelimited"}, **{"Retry-After": "1500"}))
    house.turn_to(at(FRIDAY, 9, 20))
    assert house.reads() == []
    house.turn_to(at(FRIDAY, 9, 30))
    assert len(house.reads()) == 1
    assert not [call for call in house.slack.calls if call.method == "conversations.history"], "surely not taken"


def test_a_real_rate_limit_delays_and_does_not_lose(house: House, team: Team):
    for name in ("One", "Two", "Three", "Four", "Five"):
        more = house.team(name)
        house.imports(more, weeks(house.now, 2), house.now)
    house.turn_to(at(FRIDAY, 9, 30))
    assert len(house.reads()) == 6
    assert any(call.error == "ratelimited" for call in house.slack.calls)


def test_two_workers_make_and_say_it_once(house: House, team: Team):
    house.clock.at = at(FRIDAY, 9)
    together = threading.Barrier(2)

    def work(holder: str) -> None:
        together.wait()
        for job in schedule.JOBS:  # past the lease, which would let only one of them work
            job.run(house.runtime)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, ("one", "two")))
    assert posts(house) == 1
    assert len(house.reads()) == 1


def test_only_one_schedule_beats_and_another_takes_over(house: House, team: Team):
    assert schedule.run_once(house.runtime, "one")
    house.clock.at = at(FRIDAY, 8, 50) + timedelta(seconds=15)
    assert not schedule.run_once(house.runtime, "two")
    house.clock.at = at(FRIDAY, 9, 5)
    assert schedule.run_once(house.runtime, "two")
    assert not schedule.run_once(house.runtime, "one")
    assert len(house.reads()) == 1


def test_the_schedule_beats_by_itself_and_lets_go(house: House, team: Team):
    house.clock.at = at(FRIDAY, 9)
    scheduler = schedule.start(house.runtime, "one")
    done = threading.Event()
    scheduler.add_listener(lambda event: done.set(), EVENT_JOB_EXECUTED)
    try:
        assert {job.id for job in scheduler.get_jobs()} == {job.id for job in schedule.JOBS} | {"schedule.note"}
        for job in schedule.JOBS:
            done.clear()
            scheduler.modify_job(job.id, next_run_time=datetime.now(UTC))
            assert done.wait(10)
    finally:
        schedule.stop(scheduler, house.runtime, "one")
    assert len(house.reads()) == 1
    assert schedule.run_once(house.runtime, "two"), "the lease was given back"


def test_not_in_the_channel_its_lead_hears_what_to_do_and_it_still_comes(house: House):
    team = house.team("Returns", channel="quiet")
    house.joins(team, "Mina", Role.LEAD, language="nl")
    house.joins(team, "Teo")
    house.imports(team, weeks(house.now, 2), house.now)
    house.turn_to(at(FRIDAY, 9, 30))
    (told,) = house.person("Mina").reads()
    assert "`/invite @support-desk-kpis`" in told.says()
    assert "#quiet" in told.says()
    assert house.person("Teo").reads() == []
    house.person("Mina").invites("app", "#quiet")
    house.turn(minutes=10)
    assert len(house.reads("#quiet")) == 1
    assert told.edited
    assert "✓" in told.says()
    assert len(house.person("Mina").reads()) == 1


def test_an_archived_channel_is_told_once_a_day_and_the_day_is_named_later(house: House, team: Team):
    house.person("Mina").archives("#returns")
    house.turn_to(at(FRIDAY, 18), step=timedelta(hours=1))
    (told,) = house.person("Mina").reads()
    assert "is archived" in told.says()
    house.sleeps_until(at(MONDAY, 8))
    house.imports(team, weeks(house.now, 3), house.now)
    house.slack.channel("returns").archived = False
    house.turn_to(at(MONDAY, 9))
    digest = house.reads()[-1]
    assert "No digest could be said on Fri, Nov 20." in digest.says()


def test_what_slack_will_never_take_is_given_up_and_told(house: House, team: Team):
    house.line.fails("chat.postMessage", answer(200, {"ok": False, "error": "msg_too_long"}))
    house.turn_to(at(FRIDAY, 9, 30))
    assert house.reads() == []
    (told,) = house.person("Mina").reads()
    assert "`msg_too_long`" in told.says()
    assert "I try again" not in told.says()
    assert notice(house).failed == "msg_too_long"


def test_an_update_that_nobody_may_make_any_more_ends_with_its_day(house: House, team: Team):
    house.turn_to(at(FRIDAY, 9))
    house.person("Mina").kicks("app", "#returns")
    house.person("Mina").archives("#returns")
    with house.store.transaction() as session:
        notices.refresh(session, house.workspace_id, "digest", notice(house).subject_id)
    refused = answer(200, {"ok": False, "error": "is_archived"})
    for _ in range(20):
        house.line.fails("chat.update", refused)
    house.turn_to(at(FRIDAY, 19), step=timedelta(hours=1))
    assert notice(house).failed == "is_archived"
    assert 20 - len(house.line.failing) == 8, "each hour until closing"
    assert house.person("Mina").reads() == [], "it was said: nobody has to do anything"


def test_a_lead_who_does_not_want_to_hear_of_failures_does_not(house: House):
    team = house.team("Returns", channel="quiet")
    house.joins(team, "Mina", Role.LEAD, hears_failures=False)
    house.imports(team, weeks(house.now, 2), house.now)
    house.turn_to(at(FRIDAY, 10))
    assert house.person("Mina").reads() == []


def test_a_poisoned_notice_keeps_nobody_waiting(house: House, team: Team):
    with house.store.transaction() as session:
        for kind in ("digest.undelivered", "unknown"):
            facts = {"key": kind, "kind": kind, "subject_id": 1, "team_id": team.id, "place": "returns"}
            session.add(Notice(workspace_id=house.workspace_id, id=new_id(house.now), due_at=house.now, **facts))
    house.turn_to(at(FRIDAY, 12), step=timedelta(minutes=20))
    assert len(house.reads()) == 1
    with house.store.reading() as session:
        ends = {row.kind: row.failed for row in session.exec(select(Notice)) if row.kind != "digest"}
    assert ends == {"digest.undelivered": "moot", "unknown": "accident"}


def test_a_channel_known_by_name_is_found_and_its_id_kept(house: House):
    team = house.team("Returns")
    with house.store.transaction() as session:
        team.channel = "#returns"
        session.add(team)
    house.imports(team, weeks(house.now, 2), house.now)
    house.line.fails("chat.postMessage", ConnectionResetError("gone"), when="after")
    house.turn_to(at(FRIDAY, 9, 20))
    assert len(house.reads()) == 1
    with house.store.reading() as session:
        kept = session.get_one(Team, (team.workspace_id, team.id)).channel
    assert kept == house.slack.channel("returns").id


def test_a_slow_worker_does_not_say_what_is_old(house: House, team: Team):
    """Its claim ran out while it drew: another has the notice, perhaps in a newer version."""
    house.clock.at = at(FRIDAY, 9)
    schedule.JOBS[0].run(house.runtime)
    late = replace(house.runtime, real_now=iter([at(FRIDAY, 9), at(FRIDAY, 9), at(FRIDAY, 9, 5)]).__next__)
    with house.store.reading() as session:
        row = notices.due(session, now=house.now, real_now=late.real_now())[0]
    delivery.carry(late, *row)
    assert posts(house) == 0
    house.turn(minutes=5)
    assert posts(house) == 1


def test_a_deleted_message_is_not_said_again(house: House, team: Team):
    house.turn_to(at(FRIDAY, 9))
    (digest,) = house.reads()
    house.slack.call("chat.delete", {"channel": digest.channel, "ts": digest.ts})
    with house.store.transaction() as session:
        notices.refresh(session, house.workspace_id, "digest", notice(house).subject_id)
    house.turn(hours=1)
    assert house.reads() == []
    assert notice(house).failed == "message_not_found"


def test_where_slack_refuses_the_new_blocks_the_same_facts_come_as_text(house: House, team: Team):
    house.slack.faults.refuse_new_blocks = True
    house.turn_to(at(FRIDAY, 9))
    (digest,) = house.reads()
    assert digest.tables() == []
    assert "First response time" in digest.says()


def test_no_customers_words_reach_the_log(house: House, team: Team, capfd: pytest.CaptureFixture[str]):
    house.line.fails("chat.postMessage", answer(500, {"ok": False}))
    house.line.fails("chat.postMessage", ConnectionResetError("gone"))
    house.turn_to(at(FRIDAY, 9, 30))
    out, err = capfd.readouterr()
    assert "parcel" not in out + err
    assert "xoxb" not in out + err
