"""A figure day by day is the figure of that day, whether it was worked out now or kept from before."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cspm_core import kpi, people, tickets
from cspm_core.kpi import Daily
from cspm_core.kpi.settling import settle, wanting
from cspm_core.metrics import CATALOGUE, Cohort
from cspm_core.people import Team
from cspm_core.periods import parse_period
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

NOW = datetime(2026, 4, 20, 15, 0, tzinfo=UTC)
FIRST = datetime(2026, 3, 20, tzinfo=UTC)
SPAN = date(2026, 3, 21), date(2026, 4, 19)
"""Over the change of clocks in Amsterdam, on 29 March."""
METRICS = [
    one for one in CATALOGUE.values() if one.of.value in ("tickets", "contacts") and one.cohort is not Cohort.INSTANT
]
INSTANT = st.integers(0, 31 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))


@st.composite
def facts(draw: st.DrawFn, key: int) -> TicketFacts:
    created = draw(INSTANT)
    later = st.one_of(st.none(), st.integers(0, 9 * 24 * 60).map(lambda m: created + timedelta(minutes=m)))
    solved = draw(later)
    rated = draw(later)
    return TicketFacts(
        f"T-{key}",
        created,
        agent=draw(st.sampled_from(("", "Mina", "민수"))),
        customer=draw(st.sampled_from(("", "Ada", "Bob"))),
        first_response_at=draw(later),
        first_response_due_at=created + timedelta(hours=draw(st.integers(1, 400))),
        solved_at=solved,
        resolution_due_at=draw(st.one_of(st.none(), st.just(created + timedelta(days=3)))),
        status=draw(st.sampled_from(("", "open"))),
        reopens=draw(st.sampled_from((None, 0, 2))),
        public_replies=draw(st.sampled_from((None, 0, 1, 3))),
        transfers=draw(st.sampled_from((None, 0, 1))),
        csat=draw(st.sampled_from(("1", "5"))) if rated else "",
        csat_at=rated,
    )


@st.composite
def many(draw: st.DrawFn) -> list[TicketFacts]:
    told = [draw(facts(n)) for n in range(draw(st.integers(1, 30)))]
    return [one for one in told if all(at is None or at <= NOW for at in (one.first_response_at, one.solved_at))]


def team_with(store: Store, told: list[TicketFacts]) -> Team:
    with store.transaction() as session:
        workspace = people.found_workspace(session, now=NOW)
        team = people.add_team(session, workspace.id, f"R {uuid4()}", timezone="Europe/Amsterdam", now=NOW)
    write(store, team, told)
    with store.transaction() as session:
        tickets.note_source(session, team, complete_until=NOW, first_at=FIRST, now=NOW)
    return team


def write(store: Store, team: Team, told: list[TicketFacts]) -> None:
    with store.transaction() as session:
        tickets.record(session, team, told, scope=team.id, known_at=NOW, now=NOW)


def keep_all(store: Store, team: Team, now: datetime = NOW) -> None:
    with store.transaction() as session:
        settle(session, team, wanting(session, team, now=now), now=now)


def told(store: Store, team: Team, as_of: datetime = NOW) -> dict[str, Daily]:
    with store.reading() as session:
        return dict(kpi.daily(session, team, METRICS, *SPAN, as_of=as_of))


def day_by_day(store: Store, team: Team, as_of: datetime) -> dict[str, list[tuple[float | None, int]]]:
    found: dict[str, list[tuple[float | None, int]]] = {metric.key: [] for metric in METRICS}
    with store.reading() as session:
        for n in range((SPAN[1] - SPAN[0]).days + 1):
            day = (SPAN[0] + timedelta(days=n)).isoformat()
            period = parse_period(day, timezone=team.timezone, now=NOW)
            card = kpi.scorecard(session, team, period, as_of=as_of, keys=list(found))
            for reading in card.readings:
                found[reading.metric.key].append((reading.measure.value, reading.measure.n))
    return found


def plain(series: Daily) -> list[tuple[float | None, int]]:
    return [(None if math.isnan(v) else v, n) for v, n in zip(series.value.tolist(), series.n.tolist(), strict=True)]


def same(one: dict[str, Daily], other: dict[str, Daily]) -> bool:
    return {key: plain(found) for key, found in one.items()} == {key: plain(found) for key, found in other.items()}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=many(), ago=st.integers(0, 20 * 24))
def test_each_day_is_what_a_scorecard_of_that_day_says(sqlite_store: Store, first: list[TicketFacts], ago: int):
    team = team_with(sqlite_store, first)
    as_of = NOW - timedelta(hours=ago)
    found = told(sqlite_store, team, as_of)
    for key, by_scorecards in day_by_day(sqlite_store, team, as_of).items():
        assert plain(found[key]) == by_scorecards, key


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=many(), second=many(), ago=st.integers(0, 20 * 24), ahead=st.integers(0, 20 * 24))
def test_what_is_kept_is_what_would_be_counted(
    store: Store, first: list[TicketFacts], second: list[TicketFacts], ago: int, ahead: int
):
    team = team_with(store, first)
    fresh = told(store, team)
    keep_all(store, team)
    assert same(told(store, team), fresh)
    bare = team_with(store, first)
    for as_of in (NOW - timedelta(hours=ago), NOW + timedelta(hours=ahead)):
        assert same(told(store, team, as_of), told(store, bare, as_of))
    write(store, team, second)  # some of the same tickets, changed, and new ones of the same customers
    write(store, bare, second)
    assert same(told(store, team), told(store, bare))


def test_days_that_stand_still_are_kept_and_young_ones_are_not(store: Store):
    at = FIRST + timedelta(days=2, hours=9)
    done = TicketFacts(
        "T-1", at, first_response_at=at + timedelta(hours=1), solved_at=at + timedelta(hours=2), reopens=0
    )
    team = team_with(store, [done, TicketFacts("T-2", NOW - timedelta(days=3))])
    with store.reading() as session:
        before = wanting(session, team, now=NOW)
    assert max(before) == date(2026, 4, 11)
    keep_all(store, team)
    with store.reading() as session:
        assert wanting(session, team, now=NOW) == []
        assert kpi.teams_wanting(session, now=NOW) == [(team.workspace_id, team.id)]  # nothing is packed yet


def test_an_open_ticket_of_long_ago_is_looked_at_again_and_never_kept_wrong(store: Store):
    at = FIRST + timedelta(days=2, hours=9)
    waiting = TicketFacts("T-1", at)
    quick = [TicketFacts(f"T-{n}", at, first_response_at=at + timedelta(minutes=n)) for n in (2, 3)]
    team = team_with(store, [waiting, *quick])
    keep_all(store, team)
    later = NOW + timedelta(days=30)
    bare = team_with(store, [waiting, *quick])
    assert same(told(store, team, later), told(store, bare, later))


def test_other_settings_are_other_figures(store: Store):
    at = FIRST + timedelta(days=2, hours=9)
    handed = TicketFacts(
        "T-1", at, handed_off_at=at + timedelta(hours=1), first_response_at=at + timedelta(hours=3), status="open"
    )
    team = team_with(store, [handed])
    keep_all(store, team)
    with store.transaction() as session:
        mine = people.team(session, team.workspace_id, team.id)
        mine.response_start = "handed_off"
        session.add(mine)
    with store.reading() as session:
        mine = people.team(session, team.workspace_id, team.id)
        found = kpi.daily(session, mine, [CATALOGUE["first_response"]], *SPAN, as_of=NOW)["first_response"]
    assert found.value[1] == 2 * 3600


def test_a_breach_that_is_solved_at_last_leaves_the_day_it_was_due(store: Store):
    at = FIRST + timedelta(days=2, hours=9)
    late = TicketFacts("T-1", at, resolution_due_at=at + timedelta(days=3), status="open")
    team = team_with(store, [late])
    keep_all(store, team)
    assert told(store, team)["sla_resolution"].n[date(2026, 3, 25).toordinal() - SPAN[0].toordinal()] == 1
    write(store, team, [replace(late, status="solved", solved_at=at + timedelta(days=20))])
    bare = team_with(store, [replace(late, status="solved", solved_at=at + timedelta(days=20))])
    assert same(told(store, team), told(store, bare))


def test_a_further_contact_that_was_spam_is_none_any_more(store: Store):
    at = FIRST + timedelta(days=2, hours=9)
    first = TicketFacts("T-1", at, customer="Ada", solved_at=at + timedelta(hours=1), reopens=0)
    again = TicketFacts("T-2", at + timedelta(days=3), customer="Ada", solved_at=at + timedelta(days=4), reopens=0)
    team = team_with(store, [first, again])
    keep_all(store, team)
    assert told(store, team)["fcr"].numerator[1] == 0
    write(store, team, [replace(again, status="spam")])
    assert told(store, team)["fcr"].numerator[1] == 1


def test_a_figure_of_ones_own_that_is_defined_again_is_not_the_one_that_was_kept(store: Store):
    at = FIRST + timedelta(days=2, hours=9)
    by_mail = TicketFacts("T-1", at, channel="email", first_response_at=at + timedelta(hours=3))
    team = team_with(store, [by_mail, TicketFacts("T-2", at, channel="chat", first_response_at=at)])
    own = {"key": "quick", "name": "Quick", "unit": "share", "better": "higher", "cohort": "created", "of": "tickets"}
    values = []
    for hours in (4, 2):
        with store.transaction() as session:
            counted = [f"first_response_at - created_at <= {hours}h"]
            made = kpi.define(session, team, {**own, "count": counted}, by="Mina", now=NOW)
        keep_all(store, team)
        with store.reading() as session:
            values.append(kpi.daily(session, team, [made], *SPAN, as_of=NOW)["quick"].value[1])
    assert values == [1.0, 0.5]
