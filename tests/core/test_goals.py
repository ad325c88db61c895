"""A goal binds nobody before they agree, speed has quality beside it, and a verdict says no more than its interval."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from cspm_core import errors, goals, people
from cspm_core.goals import Verdict, Wish, rules
from cspm_core.metrics import CATALOGUE, Measure
from cspm_core.notices import Notice
from cspm_core.people import Asker, Member, Role
from cspm_core.stats import Interval, wilson
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts, note_source, record

MONDAY = datetime(2026, 9, 7, 8, tzinfo=UTC)
FIRST, LAST = date(2026, 9, 7), date(2026, 10, 4)
CSAT = Wish("csat", "value", 0.8)


class Cast:
    def __init__(self, store: Store, workspace_id: int) -> None:
        self.store, self.workspace_id = store, workspace_id
        with store.transaction() as session:
            self.team = people.add_team(
                session, workspace_id, "Returns", timezone="UTC", person_figures="self", now=MONDAY
            )
            self.ada = self._joins(session, "Ada", Role.AGENT)
            self.mina = self._joins(session, "Mina", Role.LEAD)

    def _joins(self, session: Session, name: str, role: Role) -> Member:
        one = people.add_member(session, self.workspace_id, name, slack_user_id="U" + name.upper(), now=MONDAY)
        people.join_team(session, self.team, one, role, now=MONDAY)
        return one

    def asker(self, session: Session, who: Member) -> Asker:
        return people.asker(session, self.workspace_id, str(who.slack_user_id), MONDAY.date())

    def rates(self, good: int, bad: int, first: datetime, until: datetime) -> None:
        """So many answers of Ada's customers, spread over a time."""
        step = (until - first) / (good + bad)
        facts = [
            TicketFacts(
                key=f"{first:%j}-{n}", created_at=first + n * step, first_response_at=first + n * step,
                solved_at=first + n * step, csat_at=first + n * step, csat="5" if n < good else "1", csat_scale="5",
                status="solved", agent="Ada",
            )
            for n in range(good + bad)
        ]  # fmt: skip
        with self.store.transaction() as session:
            record(session, self.team, facts, scope=self.team.id, known_at=until, now=until)
            note_source(session, self.team, complete_until=until, first_at=first, now=until)

    def proposes(self, by: Member, wish: Wish = CSAT, **more: object) -> goals.Goal:
        with self.store.transaction() as session:
            given = {"starts_on": FIRST, "ends_on": LAST, "now": MONDAY, **more}
            return goals.propose(session, self.team, self.asker(session, by), wish, **given)  # type: ignore[arg-type]


@pytest.fixture
def cast(store: Store, workspace_id: int) -> Cast:
    return Cast(store, workspace_id)


def test_a_goal_for_a_person_counts_once_they_agreed(cast: Cast):
    one = cast.proposes(cast.mina, member=cast.ada)
    assert (one.status, one.agreed_at) == ("proposed", None)
    with cast.store.transaction() as session:
        found = goals.goal(session, cast.workspace_id, one.id)
        with pytest.raises(errors.NotForYou):
            goals.agree(session, found, cast.asker(session, cast.mina), now=MONDAY)
        assert goals.agree(session, found, cast.asker(session, cast.ada), now=MONDAY)
        assert not goals.agree(session, found, cast.asker(session, cast.ada), now=MONDAY)
        assert not goals.decline(session, found, cast.asker(session, cast.ada), now=MONDAY)
    with cast.store.reading() as session:
        assert goals.goal(session, cast.workspace_id, one.id).status == "agreed"
        places = {one.place for one in session.exec(select(Notice))}
    assert places == {"UADA", "UMINA"}


def test_one_proposed_to_oneself_is_agreed_and_one_for_the_team_takes_a_lead(cast: Cast):
    assert cast.proposes(cast.ada, member=cast.ada).status == "agreed"
    assert cast.proposes(cast.mina).status == "agreed"
    with pytest.raises(errors.NotForYou):
        cast.proposes(cast.ada)
    with pytest.raises(errors.NotForYou):
        cast.proposes(cast.ada, member=cast.mina)


def test_where_nobody_sees_figures_about_a_person_no_goal_binds_one(cast: Cast):
    with cast.store.transaction() as session:
        people.change_team(session, cast.team, person_figures="nobody")
    with pytest.raises(errors.PersonFiguresClosed):
        cast.proposes(cast.ada, member=cast.ada)


def test_speed_asks_for_quality_beside_it(cast: Cast):
    fast = Wish("first_response", "value", 3_600)
    with pytest.raises(errors.NeedsQuality) as refused:
        cast.proposes(cast.mina, fast)
    assert refused.value.guards == CATALOGUE["first_response"].guards
    one = cast.proposes(cast.mina, fast, beside=CSAT)
    with cast.store.reading() as session:
        (found,) = goals.of_team(session, cast.team)
        assert (found.id, found.metric) == (one.id, "first_response")
        assert goals.progress(session, found, now=MONDAY).beside.goal.metric == "csat"


@pytest.mark.parametrize("days", [13, 367])
def test_a_goal_runs_for_two_weeks_to_a_year(cast: Cast, days: int):
    with pytest.raises(errors.Invalid):
        cast.proposes(cast.mina, ends_on=FIRST + timedelta(days=days - 1))


def test_better_by_begins_where_the_four_weeks_before_stood(cast: Cast):
    with pytest.raises(errors.NoBaseline):
        cast.proposes(cast.mina, Wish("csat", "better_by", 0.05))
    cast.rates(60, 40, MONDAY - timedelta(days=20), MONDAY - timedelta(hours=8))
    one = cast.proposes(cast.mina, Wish("csat", "better_by", 0.05))
    assert one.baseline == pytest.approx(0.6)
    assert rules.aim(CATALOGUE["csat"], one.kind, one.target, one.baseline) == pytest.approx(0.65)
    assert rules.aim(CATALOGUE["first_response"], "better_by", 0.1, 1_000.0) == pytest.approx(900)


@pytest.mark.parametrize(
    ("good", "bad", "status"), [(190, 10, "reached"), (100, 100, "not_reached"), (17, 3, "not_decidable")]
)
def test_at_its_end_a_goal_is_reached_missed_or_not_decidable(cast: Cast, good: int, bad: int, status: str):
    one = cast.proposes(cast.mina)
    rest = datetime(2026, 10, 12, tzinfo=UTC)
    cast.rates(good, bad, MONDAY, datetime(2026, 10, 4, 20, tzinfo=UTC))
    with cast.store.transaction() as session:
        note_source(session, cast.team, complete_until=rest, first_at=MONDAY, now=rest)
        assert goals.due(session, now=rest - timedelta(days=2)) == []
        assert goals.due(session, now=rest) == [(cast.workspace_id, one.id)]
        assert goals.settle(session, goals.goal(session, cast.workspace_id, one.id), now=rest) == status
        assert goals.due(session, now=rest) == []


def test_a_running_goal_is_on_track_behind_or_cannot_be_told():
    csat = CATALOGUE["csat"]

    def verdict(hits: int, n: int, elapsed: float) -> Verdict:
        return rules.judged(csat, Measure(hits / n, n, interval=wilson(hits, n)), 0.8, elapsed)

    assert verdict(95, 100, 0.5) is Verdict.ON_TRACK
    assert verdict(60, 100, 0.5) is Verdict.BEHIND
    assert verdict(60, 100, 0.1) is Verdict.CANNOT_TELL
    assert verdict(82, 100, 0.9) is Verdict.CANNOT_TELL
    assert rules.judged(csat, Measure(None, 0), 0.8, 0.5) is Verdict.CANNOT_TELL
    slow = rules.judged(CATALOGUE["first_response"], Measure(None, 9, longer_than=9_000.0), 3_600, 0.5)
    assert slow is Verdict.BEHIND


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0.2, 0.999))
def test_a_sure_verdict_needs_the_whole_interval_on_one_side(one: float, two: float, aim: float, elapsed: float):
    low, high = sorted((one, two))
    measure = Measure((low + high) / 2, 30, interval=Interval(low, high))
    verdict = rules.judged(CATALOGUE["csat"], measure, aim, elapsed)
    if low < aim - 1e-6 < aim + 1e-6 < high:
        assert verdict is Verdict.CANNOT_TELL
    assert (verdict is Verdict.ON_TRACK) == (low >= aim - 1e-9)
