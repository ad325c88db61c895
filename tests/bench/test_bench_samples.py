"""`make bench`: a week's sample for 1,000 agents and a million tickets. No time is asserted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from cspm_core import people, samples
from cspm_core.people import Role, Team
from cspm_core.store import Store
from cspm_core.tables import METADATA

from . import large_stage

MONDAY = datetime(2026, 11, 16, 14, 0, tzinfo=UTC)
"""Nine o'clock in New York."""
WEEK = date(2026, 11, 9)
AGENTS, TICKETS, DAYS, REVIEWERS = 1_000, 1_000_000, 365, 40


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'bench.db'}")
    METADATA.create_all(store.engine)
    yield store
    store.close()


@pytest.fixture
def team(store: Store) -> Team:
    """A team with the tickets of a year, forty people who review them, and a plan with every stratum."""
    until = MONDAY - timedelta(hours=9)
    with store.transaction() as session:
        workspace = people.found_workspace(session, now=until)
        made = people.add_team(session, workspace.id, "Returns", timezone=large_stage.ZONE, now=until)
        for n in range(REVIEWERS):
            one = people.add_member(session, workspace.id, f"Reviewer {n}", slack_user_id=f"U{n}", now=until)
            people.join_team(session, made, one, Role.QA_REVIEWER, now=until)
        kinds = {"prompted": "low_rating,escalation,breach", "strata": "agent,channel,category"}
        samples.change_plan(session, made, now=until, is_on=True, **kinds)
    large_stage.fill(store, made, a_day=TICKETS // DAYS, days=DAYS, agents=AGENTS, now=until)
    return made


@pytest.mark.benchmark(group="a week's sample for 1,000 agents and a million tickets")
def test_draw(benchmark: BenchmarkFixture, store: Store, team: Team):
    weeks = iter(WEEK for _ in range(100))

    def undrawn() -> None:
        with store.transaction() as session:
            for table in ("notice", "qa_pick", "qa_draw"):
                session.connection().exec_driver_sql(f"DELETE FROM {table}")

    def draw() -> int:
        with store.transaction() as session:
            drawn = samples.draw(session, team, next(weeks), now=MONDAY, seed=83)
        assert drawn is not None
        return drawn.drawn

    assert benchmark.pedantic(draw, setup=undrawn, rounds=5) > AGENTS
