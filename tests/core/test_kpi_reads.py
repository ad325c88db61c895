"""Scorecards, trends, bands and the tickets behind a figure, from real databases."""

from __future__ import annotations

import json
import random
import statistics
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from cspm_core import errors, kpi, people
from cspm_core.kpi import Direction, Scorecard, Verdict
from cspm_core.metrics import OF_TICKETS
from cspm_core.periods import parse_period
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts, record

from .kpi_stage import Stage, facts, hours, set_stage

DAY = timedelta(days=1)


@pytest.fixture
def week_one(store: Store, workspace_id: int, now: datetime) -> Stage:
    """A week and the one before, small enough to count by hand. The data ends on the Monday after, at 09:00."""
    tickets = [
        # the week before: 3 created, 2 solved, replies after 1 h and 3 h, one never answered
        facts("p1", -100, agent="Mina", first_response_at=-99, solved_at=-90, reopens=0, public_replies=1),
        facts("p2", -90, agent="Mina", first_response_at=-87, solved_at=-80, reopens=1, public_replies=2),
        facts("p3", -80, agent="Jan"),
        # the week: 6 created
        facts(
            "a", 1, agent="Mina", first_response_at=2, first_response_due_at=5, solved_at=9, public_replies=1, reopens=0
        ),
        facts(
            "b",
            2,
            agent="Mina",
            first_response_at=4,
            first_response_due_at=3,
            solved_at=30,
            public_replies=3,
            reopens=0,
        ),
        facts("c", 3, agent="Jan", first_response_at=7, first_response_due_at=7, solved_at=173, public_replies=2),
        facts("d", 4, agent="Jan", first_response_due_at=8, subject="Where is it?", url="https://x/d"),
        facts("e", 160, agent="Jan", first_response_at=176, csat="5", csat_at=165, csat_sent_at=161),
        facts("f", 5, solved_at=6, public_replies=0, reopens=0, csat="3", csat_at=7, csat_sent_at=6),
        # left out
        facts("s", 10, status="spam"),
        facts("t", 11, status="test"),
        facts("u", 12, status="spam"),
        facts("o", 13, opened_by="agent", solved_at=14),
        facts("later", 170, status="merged"),
    ]
    return set_stage(store, workspace_id, tickets, complete_until=hours(177), now=now)


def card_of(stage: Stage, period: str = "2026-W45", as_of: datetime | None = None, **more) -> Scorecard:
    with stage.store.reading() as session:
        found = parse_period(period, timezone=stage.team.timezone, now=stage.now)
        return kpi.scorecard(
            session, stage.team, found, as_of=as_of or kpi.reach(session, stage.team, stage.now), **more
        )


def test_a_scorecard_counted_by_hand(week_one: Stage):
    card = card_of(week_one)
    values = {
        reading.metric.key: reading.measure.value for reading in card.readings if reading.metric.key in OF_TICKETS
    }
    assert values == {
        "volume": 6,
        "solved": 3,  # a, b, f; c came after the week
        "resolution_rate": 3 / 5,  # as of Monday 09:00 e is too young; c took 170 h
        "backlog": 4,  # p3, c, d, e at the week's end
        "backlog_age": 164.5 * 3600,  # 8, 164, 165 and 248 h old
        "unanswered": 3,  # p3, d, and e whose reply came on Monday
        # curve: 6 at risk; f leaves at 1 h, but a was answered after 1 h first: 5/6, then 2 h: 5/6·3/4 = 5/8,
        # 4 h: 5/8·2/3 = 5/12
        "first_response": 4 * 3600,
        # mon-fri 09-17: all replies but d's and e's came at 0 s of business
        "first_response_business": 0,
        "full_resolution": 8 * 3600,  # 1, 8 and 28 h
        "first_resolution": 8 * 3600,
        "requester_wait": None,
        "agent_work": None,
        "one_touch": 1 / 3,
        "reopen_rate": 0,
        "sla_first_response": 2 / 4,  # a and c (on the dot) met; b late; d past due
        "sla_resolution": None,
        "csat": 1 / 2,
        "csat_response_rate": 1,
        "tickets_per_agent": 2,  # a and b, both Mina's; f was nobody's
    }
    assert list(values) == list(OF_TICKETS)
    assert card.left_out == {"agent_opened": 1, "spam": 2, "test": 1}
    assert card.complete_until == card.as_of == hours(177)


def test_a_change_is_against_the_equal_period_before(week_one: Stage):
    card = card_of(week_one)
    volume = card.reading("volume")
    assert (volume.before.value, volume.change, volume.direction) == (3, 1.0, Direction.CHANGED)
    # The week before, as it stood on its own Monday at 09:00: 1 h, 3 h and one that still waits: curve 2/3, 1/3.
    assert card.reading("first_response").before.value == 3 * 3600
    assert card.reading("first_response").direction is Direction.WORSE
    assert card.reading("reopen_rate").before.value == 1 / 2
    assert card.reading("reopen_rate").direction is Direction.BETTER
    assert card.before.key == "2026-W44"


def test_an_instant_in_the_past_is_kept_and_nothing_after_it_has_happened(week_one: Stage):
    card = card_of(week_one, as_of=hours(6.5))
    assert card.reading("volume").measure.value == 5
    assert card.reading("backlog").measure.value == 5  # p3, a, b, c, d
    assert card.reading("unanswered").measure.value == 3  # p3, c, d
    assert card.reading("solved").measure.value == 1
    assert card.left_out == {}
    assert card.period.end == hours(6.5)
    assert card.reading("volume").before.note == "before_data"  # p1, the first, came later in its week


def test_figures_never_run_later_than_the_data_reaches(week_one: Stage):
    card = card_of(week_one, "this-week")
    assert card.as_of == hours(177)
    assert {reading.measure.value for reading in card.readings} == {None}
    assert {reading.measure.note for reading in card.readings} == {"not_reached"}


def test_an_explicit_instant_beyond_the_data_is_kept_as_it_is(week_one: Stage):
    card = card_of(week_one, "this-week", as_of=week_one.now)
    assert card.reading("volume").measure.value == 0
    assert card.reading("unanswered").measure.value == 2
    assert card.complete_until == hours(177)


def test_before_the_first_ticket_there_is_no_data_and_no_change_from_it(week_one: Stage):
    card = card_of(week_one, "2026-W44")
    assert card.reading("volume").before.value is None
    assert card.reading("volume").change is None
    assert card_of(week_one, "2025-W44").reading("volume").measure.note == "before_data"


def test_a_team_without_tickets_has_no_data(store: Store, workspace_id: int, now: datetime):
    stage = set_stage(store, workspace_id, [], complete_until=None, now=now)
    with pytest.raises(errors.NoData):
        card_of(stage)
    period = parse_period("7d", timezone="UTC", now=now)
    with store.reading() as session, pytest.raises(errors.NoData):
        kpi.behind(session, stage.team, "volume", period, as_of=now)


def test_other_teams_and_other_workspaces_do_not_mix(week_one: Stage, workspace_id: int):
    other = set_stage(
        week_one.store,
        workspace_id,
        [facts("a", 1), facts("x", 2)],
        complete_until=hours(177),
        now=week_one.now,
        name="Other",
    )
    assert card_of(other).reading("volume").measure.value == 2
    assert card_of(week_one).reading("volume").measure.value == 6


def test_the_list_behind_a_figure_has_exactly_its_tickets(week_one: Stage):
    card = card_of(week_one)
    with week_one.store.reading() as session:
        for reading in card.readings:
            found = kpi.behind(session, week_one.team, reading.metric.key, card.period, as_of=card.as_of)
            assert found.total == len(found.rows) == reading.measure.n, reading.metric.key


def test_a_list_shows_what_counted_against_and_what_waits_the_worst_first(week_one: Stage):
    card = card_of(week_one)

    def keys(metric: str, only: str, limit: int = 100) -> list[str]:
        with week_one.store.reading() as session:
            period = card.period
            found = kpi.behind(session, week_one.team, metric, period, as_of=card.as_of, only=only, limit=limit)
        return [row.key for row in found.rows]

    assert keys("sla_first_response", "counted_against") == ["d", "b"]
    assert keys("sla_first_response", "waiting") == ["d"]
    assert keys("first_response", "all") == ["d", "e", "c", "b", "f", "a"]
    assert keys("first_response", "all", limit=2) == ["d", "e"]
    assert keys("first_response", "counted_against") == []
    assert keys("unanswered", "waiting") == ["p3", "d", "e"]
    assert keys("csat", "counted_against") == ["f"]
    with week_one.store.reading() as session:
        (row, *_) = kpi.behind(session, week_one.team, "first_response", card.period, as_of=card.as_of).rows
    assert (row.subject, row.url, row.agent, row.created_at) == ("Where is it?", "https://x/d", "Jan", hours(4))
    assert (row.value_s, row.ok, row.is_waiting, row.status) == (173 * 3600, None, True, "open")
    assert row.due_at == hours(8)


def test_with_a_target_a_time_counts_for_or_against(week_one: Stage):
    with week_one.store.transaction() as session:
        kpi.set_target(session, week_one.team, "first_response", 2 * 3600, week_one.now)
        kpi.set_target(session, week_one.team, "csat", 0.5, week_one.now)
    card = card_of(week_one)
    assert card.reading("first_response").verdict is Verdict.MISSES
    assert card.reading("csat").verdict is Verdict.MEETS
    assert card.reading("sla_resolution").verdict is Verdict.NO_TARGET
    with week_one.store.reading() as session:
        found = kpi.behind(
            session, week_one.team, "first_response", card.period, as_of=card.as_of, only="counted_against"
        )
        assert [row.key for row in found.rows] == ["d", "e", "c"]
    with week_one.store.transaction() as session:
        kpi.set_target(session, week_one.team, "csat", 0.9, week_one.now)
        kpi.set_target(session, week_one.team, "first_response", None, week_one.now)
        assert kpi.targets(session, week_one.team) == {"csat": 0.9}


@pytest.mark.parametrize(
    ("key", "value"), [("csat", 90), ("first_response", -1), ("volume", 5), ("csat", float("nan"))]
)
def test_an_impossible_target_is_refused(week_one: Stage, key: str, value: float):
    with pytest.raises(errors.Invalid), week_one.store.transaction() as session:
        kpi.set_target(session, week_one.team, key, value, week_one.now)


def test_about_one_person_nothing_is_said_under_five(week_one: Stage):
    with week_one.store.transaction() as session:
        agents = [people.identity(session, week_one.team.workspace_id, "jan", now=week_one.now).id]
    card = card_of(week_one, agents=agents, agent_name="Jan")
    assert card.agent == "Jan"
    assert {reading.measure.value for reading in card.readings} == {None}
    assert {reading.measure.n for reading in card.readings} == {0}
    assert card.reading("first_response").measure.note == "too_few"
    assert card.reading("first_response").measure.oldest_s is None


def test_neither_the_tickets_of_one_person_nor_what_was_left_out_is_told_under_five(
    store: Store, workspace_id: int, now: datetime
):
    tickets = [facts(n, n, agent="Jan", csat="5", csat_at=n + 1) for n in range(4)]
    tickets += [facts(f"more-{n}", n, agent="Jan") for n in range(2)]
    tickets += [facts(f"spam-{n}", n, agent="Jan", status="spam") for n in range(3)]
    stage = set_stage(store, workspace_id, tickets, complete_until=hours(177), now=now)
    with store.transaction() as session:
        agents = [people.identity(session, workspace_id, "jan", now=now).id]
    card = card_of(stage, agents=agents, agent_name="Jan")
    assert card.left_out == {}
    assert card_of(stage).left_out == {"spam": 3}
    with store.reading() as session:
        for key, told in (("csat", 0), ("volume", 6)):
            found = kpi.behind(session, stage.team, key, card.period, as_of=card.as_of, agents=agents)
            assert (found.total, len(found.rows), found.is_withheld) == (told, told, told == 0)
        assert kpi.behind(session, stage.team, "csat", card.period, as_of=card.as_of).total == 4


def test_who_waits_is_as_old_beside_every_figure_that_is_told_as_of_the_same_instant(week_one: Stage):
    """d was created at hour 4 and waits still on Monday 09:00, whichever figure of its cohort tells it."""
    card = card_of(week_one)
    waits = {key: card.reading(key).measure.oldest_s for key in ("first_response", "sla_first_response")}
    assert waits == {"first_response": 173 * 3600, "sla_first_response": 173 * 3600}
    assert card.reading("resolution_rate").measure.oldest_s == 173 * 3600
    assert card.reading("backlog").measure.oldest_s == 248 * 3600  # p3, at the week's end


def test_a_scorecard_and_its_chart_are_the_same_read_once_or_apart(week_one: Stage):
    selects = []
    with week_one.store.reading() as session:
        period = parse_period("2026-11-04", timezone="UTC", now=week_one.now)
        over = parse_period("14d", timezone="UTC", now=hours(177))
        asked = {"as_of": hours(177)}
        event.listen(week_one.store.engine, "before_cursor_execute", lambda *told: selects.append(told[2]))
        card, lines = kpi.overview(session, week_one.team, period, charted=("volume", "solved"), over=over, **asked)
        assert sum("UNION ALL" in sql for sql in selects) == 1
        assert card == kpi.scorecard(session, week_one.team, period, **asked)
        assert lines == tuple(kpi.trend(session, week_one.team, key, over, **asked) for key in ("volume", "solved"))


def test_a_person_has_the_tickets_of_all_their_names(store: Store, workspace_id: int, now: datetime):
    tickets = [facts(n, n, agent=("Mina Lee", "m.lee@x.org", "Jan")[n % 3], first_response_at=n + 1) for n in range(12)]
    stage = set_stage(store, workspace_id, tickets, complete_until=hours(177), now=now)
    with store.transaction() as session:
        mina = people.add_member(session, workspace_id, "Mina Lee", email="m.lee@x.org", now=now)
        ids = people.identities_of(session, workspace_id, mina.id)
    assert card_of(stage, agents=ids).reading("volume").measure.value == 8


def test_the_band_is_the_middle_half_of_the_agents_with_enough(store: Store, workspace_id: int, now: datetime):
    """Agent n answers all six of theirs after n hours, the sixth agent has only four; a seventh's two names are one."""
    tickets = [
        facts(f"{n}-{i}", i, agent=f"Agent {n}", first_response_at=i + n) for n in (1, 2, 3, 4) for i in range(6)
    ]
    tickets += [facts(f"few-{i}", i, agent="Few", first_response_at=i + 99) for i in range(4)]
    tickets += [facts(f"two-{i}", i, agent=("Kim", "kim@x.org")[i % 2], first_response_at=i + 5) for i in range(6)]
    stage = set_stage(store, workspace_id, tickets, complete_until=hours(177), now=now)
    with store.transaction() as session:
        people.add_member(session, workspace_id, "Kim", email="kim@x.org", now=now)
    with store.reading() as session:
        period = parse_period("2026-W45", timezone="UTC", now=now)
        found = kpi.band(session, stage.team, period, as_of=hours(177))
    band = found["first_response"]
    assert (band.median, band.low, band.high, band.agents) == (3 * 3600, 2 * 3600, 4 * 3600, 5)
    assert "volume" not in found
    assert "csat" not in found


def test_a_trend_tells_every_day_as_of_the_same_instant(week_one: Stage):
    with week_one.store.reading() as session:
        period = parse_period("2026-W45", timezone="UTC", now=week_one.now)
        trend = kpi.trend(session, week_one.team, "volume", period, as_of=hours(177))
        running = kpi.trend(session, week_one.team, "backlog", period, as_of=hours(30))
    assert (trend.step, [point.measure.value for point in trend.points]) == ("day", [5, 0, 0, 0, 0, 0, 1])
    assert trend.points[0].start == date(2026, 11, 2)
    assert [point.measure.value for point in running.points] == [4, 3]  # p3, b, c, d; then without b


def test_a_trend_over_days_that_the_data_has_not_reached_has_no_points(week_one: Stage):
    with week_one.store.reading() as session:
        period = parse_period("today", timezone="UTC", now=week_one.now)
        assert kpi.trend(session, week_one.team, "volume", period, as_of=hours(177)).points == ()


def test_a_local_day_is_the_teams_and_not_that_of_the_database(store: Store, workspace_id: int, now: datetime):
    """23:30 UTC on Sunday is Monday 00:30 in Amsterdam."""
    tickets = [facts("late", -0.5), facts("early", -1.5)]
    stage = set_stage(store, workspace_id, tickets, complete_until=hours(177), now=now, timezone="Europe/Amsterdam")
    assert card_of(stage, "2026-11-02").reading("volume").measure.value == 1


def test_old_tickets_count_for_what_happened_to_them_in_the_period(store: Store, workspace_id: int, now: datetime):
    """Created, and most solved, long before this week and the one before it."""
    old = {"solved_at": -900, "first_response_at": -950}
    tickets = [
        facts("rated", -1000, **old, csat="4", csat_at=20),
        facts("asked", -1000, **old, csat_sent_at=30),
        facts("both", -1000, **old, csat="1", csat_sent_at=40, csat_at=50),
        facts("solved", -1000, first_solved_at=-900, solved_at=60, reopens=1),
        facts("open", -1000),
        facts("neither", -1000, **old),
    ]
    card = card_of(set_stage(store, workspace_id, tickets, complete_until=hours(177), now=now))
    found = {key: (card.reading(key).measure.numerator, card.reading(key).measure.n) for key in OF_TICKETS}
    assert found["csat"] == (1, 2)
    assert found["csat_response_rate"] == (1, 2)
    assert found["solved"] == (1, 1)
    assert found["reopen_rate"] == (1, 1)
    assert found["backlog"] == found["unanswered"] == (1, 1)
    assert card.reading("backlog").before.value == 1  # the reopened one counts as solved between its two solves


def test_the_worked_example_of_the_metrics_from_the_store(store: Store, workspace_id: int, now: datetime):
    """One ticket, all clocks (METRICS.md): a team in New York with Thanksgiving off."""

    def at(day: int, hour: int, minute: int) -> datetime:
        return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("America/New_York"))

    ticket = TicketFacts(
        "1",
        at(25, 16, 30),
        first_response_at=at(27, 9, 20),
        first_solved_at=at(30, 9, 30),
        solved_at=at(30, 12, 0),
        reopens=1,
        public_replies=4,
    )
    end = at(30, 23, 0)
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "NYC", timezone="America/New_York", holidays="US", now=now)
        record(session, team, [ticket], scope=team.id, known_at=end, now=now)
    with store.reading() as session:
        period = parse_period("2026-11", timezone=team.timezone, now=end)
        card = kpi.scorecard(session, team, period, as_of=end)
    keys = ("first_response", "first_response_business", "full_resolution", "one_touch", "reopen_rate")
    assert [card.reading(key).measure.value for key in keys] == [147_000, 3_000, 415_800, 0, 1]


def test_json_has_the_whole_period_and_its_cut_with_offsets(store: Store, workspace_id: int, now: datetime):
    tickets = [facts(n, n, first_response_at=n + 1 if n else None) for n in range(30)]
    stage = set_stage(store, workspace_id, tickets, complete_until=hours(31), now=now, timezone="Europe/Amsterdam")
    said = json.loads(json.dumps(kpi.plain(card_of(stage, "2026-11")), allow_nan=False))
    assert said["team"] == "Returns"
    assert said["period"] == {
        "key": "2026-11",
        "start": "2026-11-01T00:00:00+01:00",
        "end": "2026-12-01T00:00:00+01:00",
        "timezone": "Europe/Amsterdam",
        "until": "2026-11-03T08:00:00+01:00",
    }
    assert said["as_of"] == said["complete_until"] == "2026-11-03T08:00:00+01:00"
    first = said["metrics"]["first_response"]
    assert {key: first[key] for key in ("value", "n", "unit", "cohort", "clock", "waiting", "small")} == {
        "value": 3600,
        "n": 30,
        "unit": "seconds",
        "cohort": "created",
        "clock": "calendar",
        "waiting": 1,
        "small": False,
    }
    assert said["metrics"]["csat"]["value"] is None
    assert said["metrics"]["csat"]["interval"] is None
    assert list(said["metrics"]) == list(OF_TICKETS)


# --- against a second reading of the rules: plain Python, ticket by ticket -------------------------------------------


def lifelike(seed: int, n: int) -> list[TicketFacts]:
    dice = random.Random(seed)
    made = []
    for key in range(n):
        created = dice.uniform(-400, 340)
        reply = created + dice.expovariate(1 / 6) if dice.random() < 0.85 else None
        first = created + dice.expovariate(1 / 40) if dice.random() < 0.85 else None
        last = first + dice.expovariate(1 / 30) if first is not None and dice.random() < 0.15 else first
        came_back = first is not None and dice.random() < 0.05
        sent = last + 1 if last is not None and dice.random() < 0.5 else None
        rated = sent + dice.expovariate(1 / 20) if sent is not None and dice.random() < 0.5 else None
        more = {
            "first_response_at": reply,
            "first_solved_at": first,
            "solved_at": last,
            "csat_sent_at": sent,
            "csat_at": rated,
        }
        known = {name: at for name, at in more.items() if at is not None and at < 340}
        if "solved_at" not in known:
            known.pop("first_solved_at", None)
        made.append(
            facts(
                key,
                created,
                **known,
                agent=f"Agent {dice.randint(1, 6)}",
                status="open" if came_back and "solved_at" in known else "",
                csat=str(dice.randint(1, 5)) if "csat_at" in known else "",
                reopens=dice.choice([None, 0, 0, 0, 1, 2]),
                public_replies=dice.randint(0, 4) if reply is None else dice.randint(1, 4),
                first_response_due_at=created + 8,
                resolution_due_at=created + 48,
            )
        )
    return made


@pytest.mark.parametrize("as_of", [339.5, 168, 100])
def test_every_figure_agrees_with_a_second_reading_of_the_rules(
    store: Store, workspace_id: int, now: datetime, as_of: float
):
    tickets = lifelike(7, 900)
    stage = set_stage(store, workspace_id, tickets, complete_until=hours(340), now=now)
    card = card_of(stage, as_of=hours(as_of))
    start, end, told = hours(0), hours(168), hours(as_of)
    at_end = min(end, told)

    def solves(t: TicketFacts, by: datetime) -> list[datetime]:
        return sorted(at for at in {t.first_solved_at, t.solved_at} if at and at <= by)

    def is_open(t: TicketFacts, by: datetime) -> bool:
        came_back = t.status == "open" and t.solved_at is not None and t.solved_at <= by
        return t.created_at <= by and (not solves(t, by) or came_back)

    def known_reply(t: TicketFacts, by: datetime) -> datetime | None:
        return t.first_response_at if t.first_response_at and t.first_response_at <= by else None

    def answered_somehow(t: TicketFacts) -> bool:
        return t.first_response_at is None and bool(t.public_replies)

    def inside(at: datetime | None) -> bool:
        return at is not None and start <= at < end and at <= told

    created = [t for t in tickets if inside(t.created_at)]
    solved = [t for t in tickets if solves(t, told) and inside(solves(t, told)[-1])]
    old = [t for t in created if t.created_at <= told - 7 * DAY]
    silent = [t for t in created if not known_reply(t, told) and not answered_somehow(t)]
    replied = [t for t in created if known_reply(t, told)]
    final = [t for t in solved if t.solved_at <= told]
    again = [t for t in solved if is_open(t, told)]
    judged = [t for t in solved if t.reopens is not None or t in again]
    rated = [t for t in tickets if inside(t.csat_at)]
    sent = [t for t in tickets if inside(t.csat_sent_at)]
    late_and_open = [t for t in silent if is_open(t, told) and t.first_response_due_at < told]
    closed_late = [t for t in silent if not is_open(t, told) and solves(t, told)[-1] > t.first_response_due_at]
    in_time = [t for t in replied if t.first_response_at <= t.first_response_due_at]
    resolved = [t for t in solved if t not in again]
    overdue = [t for t in tickets if is_open(t, told) and inside(t.resolution_due_at) and t.resolution_due_at < told]

    def expect(key: str, numerator: int, n: int) -> None:
        found = card.reading(key).measure
        assert (found.numerator, found.n) == (numerator or (0 if n else None), n), key

    expect("resolution_rate", sum(bool(s := solves(t, told)) and s[0] - t.created_at <= 7 * DAY for t in old), len(old))
    expect("one_touch", sum(t.public_replies == 1 for t in final), len(final))
    expect("reopen_rate", sum(t in again or (t in final and t.reopens >= 1) for t in judged), len(judged))
    expect("sla_first_response", len(in_time), len(replied) + len(late_and_open) + len(closed_late))
    expect(
        "sla_resolution",
        sum(solves(t, told)[-1] <= t.resolution_due_at for t in resolved),
        len(resolved) + len(overdue),
    )
    expect("csat", sum(t.csat in "45" for t in rated), len(rated))
    expect("csat_response_rate", sum(t.csat_at is not None and t.csat_at <= told for t in sent), len(sent))

    def count(key: str, n: int) -> None:
        assert card.reading(key).measure.value == n, key

    count("volume", len(created))
    count("solved", len(solved))
    count("backlog", sum(is_open(t, at_end) for t in tickets))
    count(
        "unanswered",
        sum(is_open(t, at_end) and not known_reply(t, at_end) and not answered_somehow(t) for t in tickets),
    )

    first = card.reading("first_response").measure
    assert (first.n, first.waiting) == (len(replied) + len(silent), sum(is_open(t, told) for t in silent))
    waits = [(known_reply(t, told) - t.created_at).total_seconds() for t in replied]
    assert first.value >= statistics.median(waits)
    full = card.reading("full_resolution").measure
    assert full.n == len(solved)
    spells = [(solves(t, told)[-1] - t.created_at).total_seconds() for t in resolved]
    assert full.value >= statistics.median(spells) if again else full.value == pytest.approx(statistics.median(spells))

    shares = {key: card.reading(key).measure.n for key in ("csat", "reopen_rate", "sla_resolution", "first_response")}
    assert min(shares.values()) > 20, "the example is too thin to show anything"


def test_the_rows_are_found_by_index(sqlite_store: Store, now: datetime):
    """A walk over all of a team's tickets would grow with its history and not with the period."""
    with sqlite_store.transaction() as session:
        workspace_id = people.found_workspace(session, now=now).id
    stage = set_stage(sqlite_store, workspace_id, lifelike(3, 50), complete_until=hours(340), now=now)
    said: list[tuple[str, tuple[object, ...]]] = []
    event.listen(sqlite_store.engine, "before_cursor_execute", lambda c, k, sql, given, x, m: said.append((sql, given)))
    card_of(stage)
    sql, given = next(each for each in said if "UNION ALL" in each[0])
    with sqlite_store.engine.connect() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)]
    used = [step.split("USING INDEX ")[1] for step in plan if "USING INDEX" in step]
    assert [step.split(" ")[0] for step in used[:4]] == [
        "ix_ticket_created",
        "ix_ticket_solved",
        "ix_ticket_open",
        "ix_ticket_rated",
    ]
    assert all(step.count("?") > 2 for step in used[:4]), used
