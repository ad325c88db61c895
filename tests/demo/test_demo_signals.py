"""On whichever day the demo is opened: a figure of one team signals and has its driver, in another team none does, and
of twelve agents one is above, one below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from bot.demo import days, seed, world
from bot.demo.feed import Feed
from bot.demo.living import live
from bot.demo.plan import APART, LAPSE, UNLUCKY
from bot.demo.world import BEZORGING, BILLING, RETURNS, Centre
from cspm_core import drivers, kpi, people, signals
from cspm_core.calendars import local_day
from cspm_core.digests.reads import FIGURES
from cspm_core.drivers import Dimension, Driver
from cspm_core.kpi import Direction
from cspm_core.people import Team
from cspm_core.periods import Period, parse_period
from cspm_core.signals import BandNote, Signal, Standing
from cspm_core.store import Store
from cspm_core.tables import METADATA

DAYS = {
    "a Monday": date(2026, 11, 23),
    "a Sunday": date(2027, 3, 7),
    "the day after Thanksgiving": date(2026, 11, 27),
    "the second of January": date(2026, 1, 2),
    "a Tuesday in summer": date(2027, 7, 6),
}


@dataclass(frozen=True)
class Morning:
    """Fernhill as its digests are due on some day."""

    store: Store
    workspace_id: int
    now: datetime

    def team(self, session: Session, centre: Centre) -> Team:
        return people.team_named(session, self.workspace_id, centre.name)

    def period(self, team: Team, text: str) -> Period:
        return parse_period(text, timezone=team.timezone, now=self.now)

    def signals(self, session: Session, centre: Centre) -> Mapping[str, Signal]:
        return signals.of_team(session, self.team(session, centre), FIGURES, self.now)


@pytest.fixture(scope="module", params=DAYS.values(), ids=DAYS.keys())
def morning(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    day: date = request.param
    opens_at = days.opening(datetime(day.year, day.month, day.day, 20, tzinfo=UTC))
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('signals') / 'fernhill.db'}")
    METADATA.create_all(store.engine)
    opening = local_day(opens_at, RETURNS.timezone)
    workspace_id = seed.found(store, opening, now=opens_at)
    lives = [live(centre, opening, opens_at) for centre in world.CENTRES]
    now = opens_at + timedelta(minutes=20)
    Feed(store, workspace_id, lives, "http://here/tickets/", now).tell(now)
    yield Morning(store, workspace_id, now)
    store.close()


def test_first_replies_of_one_team_signal_to_the_worse(morning: Morning) -> None:
    with morning.store.reading() as session:
        flag = morning.signals(session, RETURNS)["sla_first_response"].latest
    assert flag is not None
    assert flag.direction is Direction.WORSE
    assert flag.value < flag.low


def test_the_digest_says_which_channel_became_worse(morning: Morning) -> None:
    with morning.store.reading() as session:
        team = morning.team(session, RETURNS)
        week = morning.period(team, "7d")
        card = kpi.scorecard(session, team, week, as_of=morning.now, keys=FIGURES)
        chosen = drivers.worth_saying(card.readings, morning.signals(session, RETURNS))
        assert chosen is not None
        assert chosen.metric.key == "sla_first_response"
        found = drivers.of_change(session, team, chosen.metric.key, week, morning.now)
    assert isinstance(found, Driver)
    assert (found.main.dimension, found.main.word) == (Dimension.CHANNEL, LAPSE.channel)
    assert found.direction is Direction.WORSE
    assert found.main.share > 0.6
    assert abs(found.main.rate) > 5 * abs(found.main.volume)


def test_in_another_team_nothing_signals(morning: Morning) -> None:
    with morning.store.reading() as session:
        found = morning.signals(session, BEZORGING)
    assert set(found) == set(FIGURES)
    assert [key for key, one in found.items() if one.latest] == []


def test_of_many_agents_one_is_above_and_one_below(morning: Morning) -> None:
    with morning.store.reading() as session:
        team = morning.team(session, RETURNS)
        band = signals.agents(session, team, "csat", morning.period(team, "28d"), morning.now)
    assert team.person_figures == "lead"
    assert band.note is BandNote.NONE
    words = {one.name: one.standing for one in band.agents}
    assert len(words) >= 8
    assert {words.pop(APART.above.name), words.pop(APART.below.name)} == {Standing.ABOVE, Standing.BELOW}
    assert set(words.values()) == {Standing.ALIKE}


def test_whoever_only_looks_bad_is_not_told_apart(morning: Morning) -> None:
    with morning.store.reading() as session:
        team = morning.team(session, RETURNS)
        band = signals.agents(session, team, "csat", morning.period(team, "28d"), morning.now)
    theirs = next(one for one in band.agents if one.name == UNLUCKY.agent.name)
    assert band.centre is not None
    assert theirs.share < band.centre - 0.05
    assert theirs.standing is Standing.ALIKE


def test_two_teams_can_be_compared_on_the_same_mix(morning: Morning) -> None:
    with morning.store.reading() as session:
        one, other = (morning.team(session, centre) for centre in (RETURNS, BEZORGING))
        found = signals.compare(
            session, one, other, ["csat", "sla_first_response"], morning.period(one, "28d"), morning.now
        )
    told = {figure.metric.key: figure for figure in found.figures}
    assert all(figure.adjusted and figure.adjusted.covered > 0.3 for figure in told.values())
    assert told["sla_first_response"].direction is Direction.WORSE


def test_customers_turn_to_the_teams_again_and_are_handed_on(morning: Morning) -> None:
    with morning.store.reading() as session:
        for centre in world.CENTRES:
            team = morning.team(session, centre)
            keys = ("fcr", "transfer_rate")
            card = kpi.scorecard(session, team, morning.period(team, "28d"), as_of=morning.now, keys=keys)
            values = {key: card.reading(key).measure.value for key in keys}
            assert 0.6 < values["fcr"] < 0.95
            assert 0.05 < values["transfer_rate"] < 0.2


def test_one_team_asks_who_would_recommend_it(morning: Morning) -> None:
    with morning.store.reading() as session:
        measures = {
            centre.name: kpi.scorecard(
                session,
                team,
                morning.period(team, "28d"),
                as_of=morning.now,
                keys=("nps", "csat", "csat_response_rate"),
            )
            for centre in world.CENTRES
            for team in [morning.team(session, centre)]
        }
    asked = {name: card.reading("nps").measure for name, card in measures.items()}
    assert [name for name, measure in asked.items() if measure.n] == [BILLING.name]
    assert 0 < asked[BILLING.name].value < 60
    assert all(card.reading("csat").measure.n > 100 for card in measures.values())
    assert all(0.12 < card.reading("csat_response_rate").measure.value < 0.3 for card in measures.values())
