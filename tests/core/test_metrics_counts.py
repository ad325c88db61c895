"""Counts, and the rules that hold for every figure alike."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspm_core.metrics import (
    CATALOGUE,
    NEVER,
    OF_TICKETS,
    UNKNOWN,
    Cohort,
    Measure,
    Subject,
    Tickets,
    Unit,
    Ways,
    Window,
)
from cspm_core.metrics.frame import COLUMNS

from .metric_stage import HOUR, WEEK_H, at, measure, table, ticket, week

MICROSECOND = 1 / 3_600e6
ESCALATING = (Subject.ESCALATED, Subject.ESCALATIONS, Subject.CHECK_BACKS)


def test_the_period_is_half_open():
    rows = [
        ticket(created=0),
        ticket(created=WEEK_H - MICROSECOND),
        ticket(created=WEEK_H),
        ticket(created=-MICROSECOND),
    ]
    assert measure("volume", *rows).value == 2


def test_what_happened_exactly_at_the_instant_of_the_reading_has_happened():
    rows = [ticket(created=10, reply=20, solved=20)]
    window = week(as_of=20)
    assert measure("solved", *rows, window=window).value == 1
    assert measure("backlog", *rows, window=window).value == 0
    assert measure("volume", *rows, window=week(as_of=10)).value == 1


def test_a_last_solve_exactly_at_the_instant_of_the_reading_is_the_last():
    """First solved before the window, again at the very instant: it is placed by the second."""
    row = ticket(created=-50, first_solved=-10, solved=20)
    assert measure("solved", row, window=week(as_of=20)).value == 1
    assert measure("solved", row, window=week(as_of=20 - MICROSECOND)).value == 0


def test_the_backlog_is_a_level_at_the_end_and_not_a_flow():
    rows = [
        ticket(created=-900),
        ticket(created=-10, solved=WEEK_H + 1),
        ticket(created=5, solved=6),
        ticket(created=7),
        ticket(created=8, solved=WEEK_H),
        ticket(created=WEEK_H),
    ]
    found = measure("backlog", *rows)
    assert (found.value, found.oldest_s) == (4, (900 + WEEK_H) * 3600)


def test_a_running_period_counts_the_backlog_now():
    assert measure("backlog", ticket(created=5), ticket(created=30), window=week(as_of=20)).value == 1
    assert measure("backlog", ticket(created=5), window=week(as_of=20)).oldest_s == 15 * 3600


def test_unanswered_are_the_open_ones_without_a_reply_then():
    rows = [
        ticket(created=1),
        ticket(created=2, reply=WEEK_H + 1),
        ticket(created=3, reply=4),
        ticket(created=4, is_answered=1),
        ticket(created=5, solved=6),
    ]
    found = measure("unanswered", *rows)
    assert (found.value, found.waiting, found.oldest_s) == (2, 2, (WEEK_H - 1) * 3600)


def test_a_reopened_ticket_is_open_and_was_solved():
    rows = [ticket(solved=5, is_open=True), ticket(first_solved=6, solved=WEEK_H + 9)]
    assert measure("backlog", *rows).value == 1
    found = measure("solved", *rows)
    assert (found.value, found.extras["open_again"]) == (1, 1)
    assert measure("solved", *rows, window=week(as_of=100)).value == 2


def test_solved_at_an_unknown_instant_is_neither_open_nor_placed():
    row = ticket(is_open=False)
    assert measure("backlog", row).value == 0
    assert measure("solved", row).value == 0
    assert measure("resolution_rate", row).set_aside == 1
    assert measure("first_response", row).set_aside == 1


def test_a_period_after_the_end_of_the_data_has_no_figures_and_not_zeroes():
    for key in OF_TICKETS:
        found = measure(key, ticket(created=-5), window=week(as_of=-1))
        assert (found.value, found.n, found.note) == (None, 0, "not_reached")


def test_a_period_before_the_beginning_of_the_data_has_none_either():
    assert measure("volume", ticket(), window=week(since=at(WEEK_H))).note == "before_data"
    assert measure("volume", ticket(created=20), window=week(since=at(20))).value == 1


# --- rules for all, over any tickets -----------------------------------------------------------------------------

hours = st.integers(-200, 400)


def spent(draw: st.DrawFn) -> dict[str, int]:
    return {name: draw(st.integers(-1, 9_000)) for name in ("requester_wait_s", "agent_work_s")}


def reopening(draw: st.DrawFn, solves: list[float], is_open: bool) -> dict[str, Any]:
    """When it was last reopened, where the source says: after a solve, and before the last where it is solved."""
    if not solves or (len(solves) < 2 and not is_open) or draw(st.booleans()):
        return {"early_reopens": draw(st.integers(-1, 2))}
    after = solves[-1] if is_open else solves[0]
    before = after + 300 if is_open else solves[-1]
    return {"reopened": draw(st.integers(int(after), int(before))), "early_reopens": draw(st.integers(-1, 2))}


@st.composite
def rows(draw: st.DrawFn) -> dict[str, int]:
    """Any ticket that an import could have written."""
    created = draw(hours)

    def later(chance: bool = True) -> float | None:
        return created + draw(st.integers(0, 300)) if chance and draw(st.booleans()) else None

    solves = sorted(instant for instant in (later(), later()) if instant is not None)
    is_open = draw(st.booleans()) if solves else True
    sent = later(bool(solves))
    row = ticket(
        created,
        reply=later(),
        solved=solves[-1] if solves else None,
        first_solved=solves[0] if len(solves) > 1 else None,
        is_open=is_open,
        due=later(),
        solve_due=later(),
        sent=sent,
        rated=None if sent is None or draw(st.booleans()) else sent + draw(st.integers(0, 200)),
        reopens=draw(st.integers(-1, 2)),
        public_replies=draw(st.integers(-1, 3)),
        csat_good=draw(st.integers(-1, 1)),
        agent=draw(st.sampled_from([UNKNOWN, 1, 2, 3])),
        handed_off=later(),
        **spent(draw),
        **reopening(draw, solves, is_open),
    )
    if row["first_response"] == NEVER and draw(st.integers(0, 9)) == 0:
        row["is_answered"] = 1
    return row


many = st.lists(rows(), max_size=25)
windows = st.builds(
    lambda as_of, start: week(as_of=as_of, ways=Ways(response_start=start)),
    st.integers(0, 600),
    st.sampled_from(["created", "handed_off"]),
)
keys = st.sampled_from(OF_TICKETS)


@given(many, windows, keys)
@settings(max_examples=150, deadline=None)
def test_n_adds_up_over_agents(some: list[dict[str, int]], window: Window, key: str):
    whole, tickets = CATALOGUE[key].measure(table(some), window), table(some)
    parts = [CATALOGUE[key].measure(tickets.where(tickets.agent == agent), window) for agent in (UNKNOWN, 1, 2, 3)]
    assert whole.n == sum(part.n for part in parts)
    assert whole.waiting == sum(part.waiting for part in parts)
    assert whole.set_aside == sum(part.set_aside for part in parts)
    assert (whole.numerator or 0) == sum(part.numerator or 0 for part in parts)


@given(many, windows, keys, st.randoms())
@settings(deadline=None)
def test_the_order_of_the_rows_changes_nothing(some: list[dict[str, int]], window: Window, key: str, random):
    shuffled = random.sample(some, len(some))
    assert CATALOGUE[key].measure(table(some), window) == CATALOGUE[key].measure(table(shuffled), window)


def as_the_source_would_have_said(tickets: Tickets, now: int) -> Tickets:
    """The same tickets from an export taken at `now`."""
    kept = tickets.where(tickets.created <= now)
    columns = {name: getattr(kept, name).copy() for name in COLUMNS}
    was_final = (kept.solved <= now) | ((kept.solved == NEVER) & (kept.first_solved <= now))
    for name in ("first_response", "first_solved", "solved", "csat_sent", "csat_at", "handed_off", "reopened"):
        columns[name][getattr(kept, name) > now] = NEVER
    between = ~was_final & (columns["first_solved"] != NEVER)
    columns["solved"][between] = columns["first_solved"][between]
    last = np.minimum(columns["solved"], columns["first_solved"])
    last = np.where(columns["solved"] != NEVER, columns["solved"], last)
    was_back = between & (columns["reopened"] != NEVER)
    is_back_later = was_final & (kept.is_solved == 0) & (kept.reopened != NEVER) & (kept.reopened > now)
    columns["is_solved"] = np.where(was_final, kept.is_solved | is_back_later, (between & ~was_back).astype(np.int64))
    columns["public_replies"][~was_final | is_back_later] = UNKNOWN
    soon = kept.reopened - np.where(last == NEVER, 0, last) <= WEEK_H * HOUR
    for name, less in (("reopens", is_back_later), ("early_reopens", is_back_later & soon)):
        was = np.maximum(getattr(kept, name) - less, np.minimum(getattr(kept, name), 0))
        columns[name] = np.where(was_final, was, np.minimum(was, 0))
    for name in ("requester_wait_s", "agent_work_s"):
        columns[name][~was_final | is_back_later] = UNKNOWN
    columns["is_answered"] = np.where(
        kept.first_response == NEVER, kept.is_answered, columns["first_response"] != NEVER
    )
    columns["csat_good"][columns["csat_at"] == NEVER] = UNKNOWN
    return Tickets(**columns)


@given(many, st.integers(0, 600), keys)
@settings(max_examples=200, deadline=None)
def test_as_of_an_instant_nothing_after_it_has_happened(some: list[dict[str, int]], hour: int, key: str):
    """The same reading from today's facts as from an export of that very instant."""
    window, tickets = week(as_of=hour, ways=Ways(response_start="handed_off")), table(some)
    then = as_the_source_would_have_said(tickets, at(hour))
    assert CATALOGUE[key].measure(tickets, window) == CATALOGUE[key].measure(then, window)


@given(many, st.integers(-100, 300), st.integers(1, 200), st.randoms())
@settings(max_examples=150, deadline=None)
def test_the_backlog_identity_holds(some: list[dict[str, int]], start: int, length: int, random):
    """b1 = b0 + created + reopened - solved - deleted or merged, ticket by ticket in plain Python from the facts.

    Facts tell of the last reopening, or else of one between two known solves, and after the last one of a ticket that
    is open again. Those deleted or merged in between are among the tickets before it, and not after.
    """
    window = Window(at(start), at(start + length), at(start + length) - 1)
    before = Window(at(start) - HOUR, at(start), at(start) - 1)
    numbered = [{**row, "id": n + 1} for n, row in enumerate(some)]
    gone = [row for row in numbered if row["created"] < at(start) and random.random() < 0.2]
    kept = [row for row in numbered if row not in gone]
    level = CATALOGUE["backlog"].measure
    created = CATALOGUE["volume"].measure(table(kept), window).value
    flows = [reopened_and_solved(row, at(start), at(start + length)) for row in kept]
    deleted = sum(was_open(row, at(start) - 1) for row in gone)
    b0, b1 = level(table(numbered), before).value, level(table(kept), window).value
    assert b1 == b0 + created + sum(r for r, _ in flows) - sum(s for _, s in flows) - deleted


def reopened_and_solved(row: dict[str, int], start: int, end: int) -> tuple[int, int]:
    """How often within two instants one ticket was reopened, and how often solved, as far as facts tell."""
    moments = history(row)
    return tuple(sum(start <= at < end for at, what in moments if what == kind) for kind in ("reopened", "solved"))


def history(row: dict[str, int]) -> list[tuple[int, str]]:
    solves = sorted({row["first_solved"], row["solved"]} - {NEVER})
    told: list[tuple[int, str]] = [(at, "solved") for at in solves]
    back = row["reopened"]
    if len(solves) == 2:  # seen no later than at the solve that followed
        told.append((back if solves[0] <= back <= solves[1] else solves[1], "reopened"))
    if solves and not row["is_solved"]:
        told.append((back if solves[-1] <= back < NEVER else solves[-1], "reopened"))
    return told


def was_open(row: dict[str, int], instant: int) -> bool:
    reopened, solved = reopened_and_solved(row, -NEVER, instant + 1)
    return row["created"] <= instant and 1 + reopened - solved == 1


@given(many, windows)
@settings(max_examples=60, deadline=None)
def test_every_figure_is_whole(some: list[dict[str, int]], window: Window):
    """A value with n, unit and interval around it; no data only with a reason; the two sides of a share fit."""
    for metric in (CATALOGUE[key] for key in OF_TICKETS):
        found: Measure = metric.measure(table(some), window)
        assert (found.value is None) == bool(found.note) or found.note == "cohort_too_young"
        assert found.waiting == 0 or found.oldest_s >= 0
        if metric.unit is Unit.SHARE and found.value is not None:
            assert 0 <= found.interval.low <= found.value <= found.interval.high <= 1
            assert found.value == found.numerator / found.denominator
            assert found.denominator == found.n
        if metric.unit is Unit.SECONDS and found.value is not None:
            assert found.value >= 0
            assert found.interval is None or found.interval.low <= found.value <= found.interval.high
        if metric.unit is Unit.COUNT:
            assert found.value == found.n
        if metric.unit in (Unit.COUNT, Unit.EACH):
            assert found.interval is None


def test_the_catalogue_is_in_order_and_each_speed_has_a_quality_beside_it():
    wanted = """volume solved resolution_rate backlog backlog_age unanswered first_response first_response_business
        full_resolution first_resolution requester_wait agent_work one_touch reopen_rate sla_first_response
        sla_resolution csat csat_response_rate tickets_per_agent"""
    assert list(OF_TICKETS) == wanted.split()
    of_escalations = """escalations time_to_acknowledge time_to_acknowledge_business time_to_resolve_escalation
        time_to_resolve_escalation_business acknowledged_in_time escalation_rate escalation_repeats
        escalations_satisfied"""
    assert [key for key, metric in CATALOGUE.items() if metric.of in ESCALATING] == of_escalations.split()
    quality = {"csat", "reopen_rate", "escalation_repeats", "escalations_satisfied"}
    for metric in CATALOGUE.values():
        assert metric.unit is not Unit.SECONDS or set(metric.guards) & quality
        assert set(metric.guards) <= set(CATALOGUE)
    assert CATALOGUE["backlog"].cohort is Cohort.INSTANT
    names = [name for metric in CATALOGUE.values() for name in (metric.key, *metric.aliases)]
    assert len(names) == len(set(names))


@given(many, windows, keys)
@settings(max_examples=150, deadline=None)
def test_what_places_a_ticket_lies_in_the_window(some: list[dict[str, int]], window: Window, key: str):
    """So that days can be cut out of a period: each is counted by the day that holds it."""
    part = CATALOGUE[key].formula(table(some), window)
    assert (part.placed is None) == (CATALOGUE[key].cohort is Cohort.INSTANT)
    if part.placed is not None:
        assert window.holds(part.placed)[part.inside].all()


@given(many, windows, keys, st.data())
@settings(max_examples=150, deadline=None)
def test_what_is_said_of_a_ticket_hangs_on_no_other(some, window: Window, key: str, data: st.DataObject):
    tickets = table(some)
    chosen = np.array([data.draw(st.booleans()) for _ in some], dtype=bool)
    whole, few = (CATALOGUE[key].formula(rows, window) for rows in (tickets, tickets.where(chosen)))
    for name in ("inside", "hits", "seconds", "waiting", "ages"):
        np.testing.assert_array_equal(getattr(whole, name)[chosen], getattr(few, name))


@pytest.mark.parametrize("key", OF_TICKETS)
def test_no_tickets_at_all_break_nothing(key: str):
    found = measure(key)
    assert found.n == 0
    assert found.waiting == 0
