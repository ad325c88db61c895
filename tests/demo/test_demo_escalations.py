"""A day of escalations as the visitor lives through it: what stands, what comes, what climbs, and a second start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.demo import surge, world
from bot.demo.living import calendar_of
from bot.demo.opening import Demo
from bot.demo.plan import SURGE
from cspm_core import crises, people
from cspm_core.detectors import Kind
from cspm_core.escalations import Escalation, Status
from cspm_core.notices import Notice

from .opened import MINA, opened

HISTORY = 36


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("day")


@pytest.fixture(scope="module")
def day(folder: Path) -> Iterator[Demo]:
    """One day, lived through from test to test; closed, it is opened once more by the last."""
    with opened(folder, HISTORY) as demo:
        yield demo


def local(demo: Demo, hour: int, minute: int) -> datetime:
    calendar = calendar_of(world.RETURNS)
    return calendar.at_local(demo.world.record.opening, time(hour, minute))


def standing(demo: Demo, centre: str = "Returns", **wanted: object) -> list[Escalation]:
    """Escalations of a team, oldest first."""
    with demo.world.store.reading() as session:
        team = people.team_named(session, demo.world.workspace_id, centre)
        query = select(Escalation).where(Escalation.team_id == team.id).order_by(col(Escalation.opened_at))
        rows = session.exec(query).all()
    return [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]


def surges(demo: Demo) -> list[Escalation]:
    """The crises of the planted surge; chance may have made one of something else the day before."""
    found = standing(demo, rule=Kind.BURST.value, category=SURGE.category)
    return [one for one in found if one.opened_at > demo.world.record.opens_at]


def texts(demo: Demo, channel: str = "#returns") -> list[str]:
    return [message.text for message in demo.workspace.person(MINA).reads(channel) if message.bot]


def test_a_past_stands_in_the_store_and_was_never_said(day: Demo) -> None:
    past = [row for row in standing(day) if row.opened_at < day.world.record.opens_at - timedelta(days=6)]
    assert len(past) >= 5
    assert {row.status for row in past} == {Status.RESOLVED.value}
    for row in past:
        assert row.first_acknowledged_at is not None
        assert row.resolved_at is not None
        assert row.opened_at < row.first_acknowledged_at < row.resolved_at
        assert row.ticket_id is not None
        assert row.cause_found
        assert row.solution
    with day.world.store.reading() as session:
        about = select(Notice.id).where(col(Notice.subject_id).in_([row.id for row in past]))
        assert session.exec(about).all() == []
    assert not any(f"E{row.number} " in text for row in past for text in texts(day))


def test_two_escalations_of_yesterday_wait_for_the_visitor(day: Demo) -> None:
    put_aside = [row for row in standing(day) if row.snoozed_until is not None]
    assert [row.snoozed_until for row in put_aside] == [local(day, 9, 15)]
    promised = [row for row in standing(day, status=Status.ACKNOWLEDGED.value) if row.promise]
    assert [row.promise_due_at for row in promised] == [local(day, 11, 0)]
    with day.world.store.reading() as session:
        owner = people.member(session, day.world.workspace_id, promised[0].owner_id or 0)
    assert owner.name == "Jonah Reyes"
    assert all(any(f"E{row.number}" in text for text in texts(day)) for row in (*put_aside, *promised))


def test_a_quarter_past_nine_a_burst_becomes_one_crisis_and_gathers_its_tickets(day: Demo) -> None:
    assert surges(day) == []
    day.turn(local(day, 9, 20))
    [crisis] = surges(day)
    assert local(day, 9, 10) < crisis.opened_at < local(day, 9, 21)
    seen = crisis.count
    day.turn(local(day, 9, 36))
    [crisis] = surges(day)
    assert crisis.count > seen
    assert sum(f"E{crisis.number}," in text or f"E{crisis.number} " in text for text in texts(day)) >= 1
    with day.world.store.reading() as session:
        running = crises.of_escalation(session, day.world.workspace_id, crisis.id)
    assert running is not None
    assert running.ended_at is None
    assert standing(day, number=crisis.number)[0].status == Status.OPEN


def test_what_was_put_aside_came_back_at_its_own_time(day: Demo) -> None:
    assert [row for row in standing(day) if row.snoozed_until is not None] == []
    with day.world.store.reading() as session:
        told = select(Notice).where(col(Notice.kind) == "escalation.line", col(Notice.due_at) >= local(day, 9, 15))
        at = sorted(row.due_at for row in session.exec(told))
    assert local(day, 9, 15) <= at[0] < local(day, 9, 17)


def test_the_visitor_takes_the_crisis_with_its_button(day: Demo) -> None:
    [crisis] = surges(day)
    mina = day.workspace.person(MINA)
    card = next(message for message in mina.reads("#returns") if message.text.startswith(f"E{crisis.number},"))
    mina.presses(card, "I take it")
    day.workspace.wait_until(lambda: standing(day, number=crisis.number)[0].status == Status.ACKNOWLEDGED, 10)
    day.workspace.wait_until(lambda: any(f"E{crisis.number} is taken by Mina" in text for text in texts(day)), 10)


def test_an_important_customer_is_at_risk_at_ten_and_climbs(day: Demo) -> None:
    lives = next(one for one in day.feed.lives if one.centre is world.RETURNS)
    day.turn(local(day, 10, 6))
    [risky] = standing(day, ticket_key=surge.important(lives))
    assert risky.rule == Kind.URGENT.value
    assert local(day, 9, 50) < risky.opened_at < local(day, 10, 5)
    step = risky.step
    day.turn(local(day, 10, 25))
    [risky] = standing(day, ticket_key=surge.important(lives))
    assert (risky.status, risky.step) == (Status.OPEN, step + 1)


def test_a_whole_day_passes_and_nothing_stays_unsaid(day: Demo) -> None:
    day.turn(day.next_morning(MINA))
    assert day.workspace.complaints == []
    assert day.workspace.faults.rate_limits
    risky = standing(day, ticket_key=surge.important(day.feed.lives[0]))
    assert risky[0].first_acknowledged_at is not None
    assert any("escalation" in block.lower() for block in _shown(day))
    [crisis] = surges(day)
    with day.world.store.reading() as session:
        ran = crises.of_escalation(session, day.world.workspace_id, crisis.id)
        assert ran is not None
        assert (crisis.status, ran.all_clear != "", ran.update_words != "") == (Status.RESOLVED, True, True)
        late = select(Notice).where(
            col(Notice.shown) < col(Notice.version), col(Notice.due_at) <= day.clock.now(), col(Notice.failed).is_(None)
        )
        unsaid = [row.kind for row in session.exec(late) if row.expires_at is None or row.expires_at > day.clock.now()]
    assert unsaid == []


def _shown(demo: Demo) -> list[str]:
    """The texts of the last digest's blocks."""
    last = [message for message in demo.workspace.person(MINA).reads("#returns") if " new, " in message.text][-1]
    return [str(block) for block in last.blocks]


def test_a_second_start_shows_what_stands_once_and_nothing_that_is_over(day: Demo, folder: Path) -> None:
    open_ones = [row.number for row in standing(day) if row.status != Status.RESOLVED.value]
    over = [row.number for row in standing(day) if row.status == Status.RESOLVED.value]
    assert open_ones
    assert over
    day.close()
    day._folder.unlock()
    with opened(folder, HISTORY) as again:
        said = [text for text in texts(again) if text.startswith("E")]
        for number in open_ones:
            cards = [text for text in said if text.startswith((f"E{number},", f"E{number} "))]
            assert len(cards) == 1, (number, said)
        assert not any(text.startswith((f"E{number},", f"E{number} ")) for number in over for text in said)
