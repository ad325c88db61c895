"""What was planted can be found with the product's own figures, and the unlucky agent is as good as anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlmodel import col, select

from bot.demo import example, reveal, script, seed, world
from bot.demo.feed import Feed
from bot.demo.lives import NEVER, Lives
from bot.demo.living import live
from bot.demo.plan import APART, PROBLEM, UNLUCKY
from bot.words import LANGUAGES, Words
from cspm_core import kpi, people
from cspm_core.periods import Period, parse_period
from cspm_core.stats import wilson
from cspm_core.store import Store
from cspm_core.tables import METADATA
from cspm_core.tickets import Ticket

from .conftest import FRIDAY, OPENS_AT, Town

NOW = int(OPENS_AT.timestamp())


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Seven weeks of Returns, told up to the opening."""
    folder: Path = tmp_path_factory.mktemp("returns")
    store = Store(f"sqlite:///{folder / 'returns.db'}")
    METADATA.create_all(store.engine)
    workspace_id = seed.found(store, FRIDAY, now=OPENS_AT)
    lives = live(world.RETURNS, FRIDAY, OPENS_AT, history=49, horizon=1)
    feed = Feed(store, workspace_id, [lives], "http://here/tickets/", OPENS_AT)
    feed.tell(OPENS_AT)
    yield Town(store, workspace_id, feed)
    store.close()


def period(text: str) -> Period:
    return parse_period(text, timezone=world.RETURNS.timezone, now=OPENS_AT)


def test_it_began_on_a_monday_about_three_weeks_ago() -> None:
    assert PROBLEM.began(FRIDAY) == date(2026, 11, 2)
    assert {PROBLEM.began(FRIDAY + timedelta(days=k)).weekday() for k in range(7)} == {0}


def test_the_problem_shows_in_the_teams_figures(returns: Town) -> None:
    with returns.store.reading() as session:
        team = people.team_named(session, returns.workspace_id, "Returns")
        before, after = (
            kpi.scorecard(session, team, period(text), as_of=OPENS_AT)
            for text in ("2026-10-12..2026-11-01", "2026-11-02..2026-11-20")
        )
    sla = [card.reading("sla_first_response") for card in (before, after)]
    assert [reading.verdict for reading in sla] == [kpi.Verdict.MEETS, kpi.Verdict.MISSES]
    assert sla[0].measure.value - sla[1].measure.value > 0.07


def test_the_customers_it_hits_say_so(returns: Town) -> None:
    began = datetime(2026, 11, 2, 5, tzinfo=UTC)
    query = select(Ticket).where(
        Ticket.category == PROBLEM.category, Ticket.channel == PROBLEM.channel, col(Ticket.csat_at).is_not(None)
    )
    with returns.store.reading() as session:
        rated = session.exec(query).all()
    before, after = ([t.csat_good for t in rated if (t.created_at >= began) is since] for since in (False, True))
    assert min(len(before), len(after)) > 40
    assert np.mean(before) - np.mean(after) > 0.2
    queues = {t.queue for t in rated if t.created_at >= began}
    assert queues == {PROBLEM.queue} != {t.queue for t in rated if t.created_at < began}


def test_the_problem_leads_the_tickets_behind_the_figure(returns: Town) -> None:
    with returns.store.reading() as session:
        team = people.team_named(session, returns.workspace_id, "Returns")
        found = kpi.behind(session, team, "sla_first_response", period("2026-11-02..2026-11-20"), as_of=OPENS_AT)
    lives = returns.feed.lives[0]
    planted = {lives.key(int(n)) for n in np.flatnonzero(lives.is_planted)}
    worst = [row.key in planted for row in found.rows[:40]]
    assert np.mean(worst) > 0.5 > 3 * lives.is_planted.mean()


def test_no_other_kind_of_ticket_changed(everything: dict[str, Lives]) -> None:
    lives = everything["Returns"]
    since = OPENS_AT - timedelta(days=18)
    usual = ~lives.is_planted & ~lives.is_lapsed & (lives.replied < NEVER) & (lives.created <= NOW)
    ages = [usual & (lives.created < since.timestamp()), usual & (lives.created >= since.timestamp())]
    then, now = (float(np.median((lives.replied - lives.created)[which])) for which in ages)
    assert now == pytest.approx(then, rel=0.5)
    assert not everything["Bezorging"].is_planted.any()


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2027, 1, 13), date(2027, 4, 13), date(2027, 8, 26)])
def test_few_ratings_make_one_agent_look_bad_on_any_first_day(day: date) -> None:
    opens_at = OPENS_AT + (day - FRIDAY)
    lives = live(world.RETURNS, day, opens_at)
    by_now = lives.rated <= opens_at.timestamp()
    theirs = by_now & (lives.agent == world.RETURNS.agents.index(UNLUCKY.agent))
    good, n = int((lives.rating[theirs] >= 4).sum()), int(theirs.sum())
    everybody = float((lives.rating[by_now] >= 4).mean())
    assert n in UNLUCKY.ratings
    assert good / n < everybody - 0.1
    assert wilson(good, n).high > everybody - 0.02


def test_the_unlucky_agent_is_as_good_as_anybody_once_ratings_come_in() -> None:
    theirs, others = [], []
    for k in range(40):
        lives = live(world.RETURNS, FRIDAY, OPENS_AT, history=14, seed=k)
        later = (lives.rated > NOW) & (lives.rated < NEVER) & ~lives.is_planted
        is_them = lives.agent == world.RETURNS.agents.index(UNLUCKY.agent)
        theirs.extend(lives.rating[later & is_them] >= 4)
        others.extend(lives.rating[later & ~is_them] >= 4)
    assert len(theirs) > 250
    assert np.mean(theirs) == pytest.approx(np.mean(others), abs=0.06)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reveal_names_what_where_and_since_when(everything: dict[str, Lives], language: str) -> None:
    t = Words(language)
    said = reveal.told(t, everything["Returns"], OPENS_AT)
    days = [t.long_day(date(2026, 11, day)) for day in (2, 13)]
    agents = [one.name for one in (UNLUCKY.agent, APART.above, APART.below)]
    for part in (PROBLEM.queue, PROBLEM.category, *days, *agents):
        assert part in said
    assert not set("{}") & set(said)


def test_the_script_speaks_of_people_and_channels_that_exist() -> None:
    said = script.script(Words("en"), OPENS_AT, Path("demo") / example.NAME)
    assert "Mina Park" in said
    assert "Fri, Nov 20, 8:40" in said
    names = {one.called or one.name for one in world.colleagues()}
    assert {world.BEZORGING.lead.called, world.BILLING.lead.name, world.EXECUTIVE.name, UNLUCKY.agent.called} <= names
    assert "/kpi compare Returns Bezorging" in said
    assert f"demo/{example.NAME}" in said
    assert {"returns", "bezorging", "帳務"} <= {channel.name for channel in world.slack_channels()}
