"""A week drawn for review: by a seed, shared out, replaced with a reason, closed by a review; on both databases."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlmodel import col, select

from cspm_core import duty, errors, escalations, people, samples, tickets
from cspm_core.calendars import Calendar, parse_hours
from cspm_core.escalations import Cause
from cspm_core.ids import new_id
from cspm_core.notices import Notice
from cspm_core.people import Asker, Member, Role, Team
from cspm_core.qa.tables import QaReview, QaScorecard, QaScorecardVersion
from cspm_core.samples import Pick, Progress, QaDraw, QaPick, Reason, rules
from cspm_core.store import Store
from cspm_core.tickets import Ticket, TicketFacts

WEEK = date(2026, 11, 16)
DRAW_AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""Monday nine o'clock in New York."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AGENTS = ("Ada King", "Teo", "Bo")


def solved(n: int, *, agents: tuple[str, ...] = AGENTS, **more: Any) -> list[TicketFacts]:
    """Tickets of the week before, in turn among the agents and three channels."""
    begins = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
    return [
        TicketFacts(
            f"R-{i}",
            begins + i % 5 * DAY,
            agent=agents[i % len(agents)],
            channel=("email", "chat", "phone")[i // len(agents) % 3],
            category=("Refund", "Delivery")[i % 2],
            solved_at=begins + i % 5 * DAY + 2 * HOUR,
            first_response_at=begins + i % 5 * DAY + HOUR,
            **more,
        )
        for i in range(n)
    ]


@dataclass
class Desk:
    """Returns in New York: Mina leads, Rita and Ravi review, Ada, Teo and Bo work."""

    store: Store
    team: Team
    now: datetime = DRAW_AT
    cast: dict[str, Member] = field(default_factory=dict)

    def asker(self, who: str) -> Asker:
        with self.store.reading() as session:
            return people.asker(session, self.team.workspace_id, f"U-{who}", self.now.date())

    def joins(self, who: str, role: Role) -> Member:
        with self.store.transaction() as session:
            known = self.cast.get(who) or people.add_member(
                session, self.team.workspace_id, who, slack_user_id=f"U-{who}", now=self.now
            )
            self.cast[who] = known
            people.join_team(session, self.team, known, role, now=self.now)
        return known

    def has(self, facts: list[TicketFacts], *, until: datetime | None = None) -> None:
        until = until or self.now
        with self.store.transaction() as session:
            for n in range(0, len(facts), tickets.CHUNK):
                some = facts[n : n + tickets.CHUNK]
                tickets.record(session, self.team, some, scope=self.team.id, known_at=until, now=self.now)
            tickets.note_source(session, self.team, complete_until=until, first_at=until - 30 * DAY, now=self.now)

    def plans(self, **wanted: Any) -> None:
        with self.store.transaction() as session:
            samples.change_plan(session, self.team, now=self.now, **wanted)

    def draws(self, seed: int | None = 83, week: date = WEEK) -> QaDraw | None:
        with self.store.transaction() as session:
            return samples.draw(session, self.team, week, now=self.now, seed=seed)

    def picks(self) -> list[QaPick]:
        with self.store.reading() as session:
            return list(session.exec(select(QaPick).order_by(col(QaPick.id))))

    def drawn_keys(self) -> list[tuple[str, str]]:
        with self.store.reading() as session:
            rows = session.exec(select(Ticket.key, QaPick.stratum).where(Ticket.id == QaPick.ticket_id)).all()
        return sorted((key, stratum) for key, stratum in rows)

    def queue(self, who: str) -> list[Pick]:
        with self.store.reading() as session:
            return samples.open_picks(session, self.team.workspace_id, self.cast[who].id)

    def progress(self) -> Progress:
        with self.store.reading() as session:
            found = samples.progress(session, self.team, WEEK, now=self.now)
        assert found is not None
        return found

    def replaces(self, one: Pick, who: str, reason: str = Reason.UNREADABLE, said: str = "") -> samples.Replaced:
        by = self.asker(who)
        with self.store.transaction() as session:
            return samples.replace(
                session, self.team.workspace_id, one.id, by=by, reason=reason, said=said, now=self.now
            )

    def reviews(self, one: Pick, who: str, **more: Any) -> tuple[int | None, str]:
        """A review as it is sent; the pick that it closes, and its stratum."""
        with self.store.transaction() as session:
            review = QaReview(
                **{
                    "workspace_id": self.team.workspace_id,
                    "id": new_id(self.now),
                    "team_id": self.team.id,
                    "version_id": self._version(session),
                    "agent_id": one.agent_id,
                    "reviewer_id": self.cast[who].id,
                    "ticket_id": one.ticket_id,
                    "stratum": "random",
                    "started_at": self.now,
                    "submitted_at": self.now,
                    **more,
                }
            )
            session.add(review)
            session.flush()
            found = samples.reviewed(session, review, now=self.now)
            assert samples.reviewed(session, review, now=self.now) == found
            return found, review.stratum

    def _version(self, session: Any) -> int:
        known = session.exec(select(QaScorecardVersion)).first()
        if known is None:
            at = {"workspace_id": self.team.workspace_id}
            card = QaScorecard(**at, id=new_id(self.now), team_id=self.team.id, name="Mail", name_key="mail")
            session.add(card)
            session.flush()
            known = QaScorecardVersion(**at, id=new_id(self.now), scorecard_id=card.id, version=1, made_at=self.now)
            session.add(known)
            session.flush()
        return int(known.id)

    def told(self, kind: str) -> list[str]:
        with self.store.reading() as session:
            return sorted(one.place for one in session.exec(select(Notice).where(Notice.kind == kind)))

    def reminds(self) -> int:
        with self.store.reading() as session:
            due = samples.to_remind(session, self.now)
        with self.store.transaction() as session:
            return sum(samples.remind(session, self.team, now=self.now) for _ in due)


@pytest.fixture
def desk(store: Store, workspace_id: int, now: datetime) -> Desk:
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Returns", timezone="America/New_York", now=now)
    desk = Desk(store, team)
    desk.joins("Mina", Role.LEAD)
    for who in ("Rita", "Ravi"):
        desk.joins(who, Role.QA_REVIEWER)
    for who in AGENTS:
        desk.joins(who, Role.AGENT)
    return desk


def test_two_of_each_agent_are_drawn_at_random_and_shared_out_evenly(desk: Desk):
    desk.has(solved(60))
    drawn = desk.draws()
    assert drawn is not None
    assert (drawn.population, drawn.drawn, drawn.seed) == (60, 6, 83)
    assert Counter(one.agent for who in ("Rita", "Ravi") for one in desk.queue(who)) == dict.fromkeys(AGENTS, 2)
    assert [len(desk.queue(who)) for who in ("Rita", "Ravi", "Mina")] == [3, 3, 0]
    assert {one.stratum for one in desk.picks()} == {"random"}
    assert drawn.facts["strata"] == {"random": [60, 6]}
    assert sum(population for _, population, _ in drawn.facts["cells"]) == 60
    assert drawn.facts["plan"]["amount"] == 2
    assert desk.told(samples.DRAWN) == ["U-Ravi", "U-Rita"]
    assert desk.told(samples.UNASSIGNED) == []


def test_a_week_is_drawn_once_also_by_two_workers_at_once(desk: Desk):
    desk.has(solved(30))
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: desk.draws(None), range(2)))
    assert sum(one is not None for one in done) == 1
    assert len(desk.picks()) == 6
    assert len(desk.told(samples.DRAWN)) == 2


def test_the_same_seed_draws_the_same_whatever_the_order_of_the_store(desk: Desk, store: Store, now: datetime):
    desk.plans(unit="percent", amount=20, strata="channel,category")
    desk.has(solved(60))
    desk.draws(seed=7)
    with store.transaction() as session:
        other = people.add_team(session, desk.team.workspace_id, "Again", timezone="America/New_York", now=now)
    again = Desk(store, other, cast=desk.cast)
    again.plans(unit="percent", amount=20, strata="channel,category")
    again.has([*reversed(solved(60))])
    before = desk.drawn_keys()
    again.draws(seed=7)
    assert Counter(desk.drawn_keys()) == Counter([*before, *before])
    with store.reading() as session:
        mine = samples.drawn(session, desk.team, WEEK, now=DRAW_AT, seed=7)
        assert mine.sample != samples.drawn(session, desk.team, WEEK, now=DRAW_AT, seed=8).sample


def test_only_what_was_solved_in_that_week_counts(desk: Desk):
    before, after = datetime(2026, 11, 16, 4, 59, tzinfo=UTC), datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
    odd = [
        TicketFacts("before", before - DAY, agent="Ada King", solved_at=before),
        TicketFacts("after", after - DAY, agent="Ada King", solved_at=after),
        TicketFacts("spam", after - 5 * DAY, agent="Ada King", solved_at=after - 4 * DAY, status="spam"),
        TicketFacts("open again", after - 5 * DAY, agent="Ada King", solved_at=after - 4 * DAY, status="open"),
        TicketFacts("open", after - 5 * DAY, agent="Ada King"),
        TicketFacts("nobody's", after - 5 * DAY, solved_at=after - 4 * DAY),
        TicketFacts("first", before, agent="Ada King", solved_at=before + timedelta(minutes=1)),
        TicketFacts("last", before, agent="Ada King", solved_at=after - timedelta(seconds=1)),
    ]
    desk.plans(unit="percent", amount=100)
    desk.has(odd)
    drawn = desk.draws()
    assert drawn is not None
    assert [key for key, _ in desk.drawn_keys()] == ["first", "last"]
    assert (drawn.population, drawn.facts["without_agent"]) == (2, 1)


def test_a_margin_of_error_takes_as_many_as_the_formula_says(desk: Desk):
    desk.plans(unit="error", amount=10, strata="agent,channel")
    desk.has(solved(100))
    drawn = desk.draws()
    assert drawn is not None
    assert drawn.drawn == 50  # 100 at ± 10 points: 49.2
    assert all(took >= 1 for _, _, took in drawn.facts["cells"])


def test_what_prompts_a_review_is_a_stratum_of_its_own_and_never_taken_twice(desk: Desk):
    desk.plans(prompted="low_rating,escalation,breach", prompted_most=5)
    low = datetime(2026, 11, 18, 20, 0, tzinfo=UTC)
    rated = [
        TicketFacts(f"L-{i}", low - DAY, agent="Bo", solved_at=low - HOUR, csat="1", csat_scale="5", csat_at=low)
        for i in range(20)
    ]
    late = [
        TicketFacts(f"B-{i}", low - DAY, agent="Teo", solved_at=low, first_response_at=low,
                    first_response_due_at=low - HOUR)
        for i in range(3)
    ]  # fmt: skip
    desk.has([*solved(30), *rated, *late])
    with desk.store.transaction() as session:
        ticket = session.exec(select(Ticket).where(Ticket.key == "R-3")).one()
        for kind in ("other", "conduct"):
            cause = Cause("person", f"A {kind} thing", kind=kind, ticket_id=ticket.id)
            escalations.raise_one(session, desk.team, cause, now=low)
        conduct = session.exec(select(Ticket).where(Ticket.key == "R-4")).one()
        cause = Cause("person", "Was rude", kind="conduct", ticket_id=conduct.id)
        escalations.raise_one(session, desk.team, cause, now=low)
    drawn = desk.draws()
    assert drawn is not None
    counts = Counter(stratum for _, stratum in desk.drawn_keys())
    assert counts["random"] == 6
    assert sum(counts.values()) - 6 == 5
    assert len({key for key, _ in desk.drawn_keys()}) == 11
    assert drawn.facts["strata"]["low_rating"][0] == 20
    assert drawn.facts["strata"]["escalation"][0] == 1
    assert drawn.facts["strata"]["breach"][0] == 3
    assert desk.progress().random == 6


def test_nobody_reviews_their_own_work(desk: Desk):
    desk.joins("Ada King", Role.QA_REVIEWER)
    desk.has(solved(60))
    desk.draws()
    assert [one.agent for one in desk.queue("Ada King")] != []
    assert "Ada King" not in {one.agent for one in desk.queue("Ada King")}
    assert [len(desk.queue(who)) for who in ("Ada King", "Rita", "Ravi")] == [2, 2, 2]


def test_where_nobody_may_the_pick_waits_and_the_lead_is_told(store: Store, workspace_id: int, now: datetime):
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Small", timezone="America/New_York", now=now)
    desk = Desk(store, team)
    desk.joins("Mina", Role.LEAD)
    desk.joins("Ada King", Role.QA_REVIEWER)
    desk.joins("Ada King", Role.AGENT)
    desk.joins("Teo", Role.AGENT)
    desk.has(solved(20, agents=("Ada King", "Teo")))
    desk.draws()
    assert {one.agent for one in desk.queue("Ada King")} == {"Teo"}
    [one, other] = desk.progress().unassigned
    assert (one.agent, other.agent) == ("Ada King", "Ada King")
    assert desk.told(samples.UNASSIGNED) == ["U-Mina"]
    ada, mina, teo = desk.asker("Ada King"), desk.asker("Mina"), desk.asker("Teo")
    with store.transaction() as session, pytest.raises(errors.OwnWork):
        samples.take(session, workspace_id, one.id, by=ada)
    with store.transaction() as session, pytest.raises(errors.NotReviewer):
        samples.take(session, workspace_id, one.id, by=teo)
    with store.transaction() as session:
        samples.take(session, workspace_id, one.id, by=mina)
        samples.take(session, workspace_id, one.id, by=mina)
    assert [found.id for found in desk.queue("Mina")] == [one.id]


def test_the_lead_reviews_where_nobody_else_does(store: Store, workspace_id: int, now: datetime):
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Small", timezone="America/New_York", now=now)
    desk = Desk(store, team)
    desk.joins("Mina", Role.LEAD)
    desk.has(solved(20))
    desk.draws()
    assert len(desk.queue("Mina")) == 6


def test_whoever_is_away_all_the_time_gets_nothing(desk: Desk):
    with desk.store.transaction() as session:
        duty.be_away(session, desk.cast["Rita"], DRAW_AT - HOUR, DRAW_AT + 20 * DAY, by=None, now=DRAW_AT)
        duty.be_away(session, desk.cast["Ravi"], DRAW_AT - HOUR, DRAW_AT + DAY, by=None, now=DRAW_AT)
    desk.has(solved(30))
    desk.draws()
    assert [len(desk.queue(who)) for who in ("Rita", "Ravi")] == [0, 6]
    with desk.store.reading() as session:
        [notice] = session.exec(select(Notice).where(Notice.kind == samples.DRAWN)).all()
    assert notice.due_at >= DRAW_AT + DAY, "not while away"


def test_a_pick_is_due_after_so_many_working_days(desk: Desk):
    desk.plans(due_days=3)
    desk.has(solved(30))
    desk.draws()
    assert {one.due_at for one in desk.picks()} == {datetime(2026, 11, 25, 22, 0, tzinfo=UTC)}


def test_a_replacement_is_the_next_of_its_cell_and_needs_a_reason(desk: Desk):
    desk.has(solved(60))
    desk.draws()
    one = desk.queue("Rita")[0]
    with pytest.raises(errors.Invalid):
        desk.replaces(one, "Rita", "")
    with pytest.raises(errors.Invalid):
        desk.replaces(one, "Rita", Reason.OTHER, "  ")
    with pytest.raises(errors.NotForYou):
        desk.replaces(one, "Ravi")
    done = desk.replaces(one, "Rita", Reason.OTHER, "It is all in Finnish")
    assert done.fresh is not None
    assert (done.fresh.agent, done.fresh.reviewer, done.fresh.stratum) == (one.agent, "Rita", "random")
    with desk.store.reading() as session:
        again = samples.drawn(session, desk.team, WEEK, now=DRAW_AT, seed=83)
        desk_plan = samples.plan_of(session, desk.team)
        assert desk_plan.amount == 2
    desk.plans(amount=3)
    with desk.store.reading() as session:
        wider = samples.drawn(session, desk.team, WEEK, now=DRAW_AT, seed=83)
    third = [c.ticket_id for c in wider.chosen if c.agent_id == one.agent_id][2]
    assert done.fresh.ticket_id == third, "as if three had been drawn"
    assert third not in {c.ticket_id for c in again.chosen}
    with pytest.raises(errors.PickClosed):
        desk.replaces(one, "Rita")
    told = desk.progress()
    assert (told.drawn, told.replaced) == (6, 1)
    [why] = told.replacements
    assert (why.key, why.by, why.reason, why.said) == (one.key, "Rita", Reason.OTHER, "It is all in Finnish")
    assert desk.reviews(one, "Rita") == (None, "chosen"), "a replaced one is random no more"


def test_the_lead_may_replace_and_an_empty_cell_says_so(desk: Desk):
    desk.has(solved(6))
    desk.draws()
    one = desk.queue("Rita")[0]
    assert desk.replaces(one, "Mina").fresh is None
    assert (desk.progress().drawn, desk.progress().replaced) == (5, 1)


def test_two_at_once_replace_one_pick_once(desk: Desk):
    desk.has(solved(60))
    desk.draws()
    one = desk.queue("Rita")[0]

    def press(who: str) -> bool:
        try:
            desk.replaces(one, who)
        except errors.PickClosed:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, ("Rita", "Mina"))) == [False, True]
    assert len(desk.picks()) == 7


def test_a_prompted_pick_is_replaced_by_another_of_its_kind(desk: Desk):
    desk.plans(prompted="low_rating", prompted_most=2)
    low = datetime(2026, 11, 18, 20, 0, tzinfo=UTC)
    rated = [
        TicketFacts(f"L-{i}", low - DAY, agent="Bo", csat="1", csat_scale="5", csat_at=low, solved_at=low - 9 * DAY)
        for i in range(3)
    ]
    desk.has([*solved(30), *rated])
    desk.draws()
    one = next(p for who in ("Rita", "Ravi") for p in desk.queue(who) if p.stratum == "low_rating")
    fresh = desk.replaces(one, "Mina").fresh
    assert fresh is not None
    assert (fresh.stratum, fresh.key[:2]) == ("low_rating", "L-")
    assert desk.replaces(fresh, "Mina").fresh is None


def test_a_review_closes_the_pick_of_its_ticket_and_reviewer_alone(desk: Desk):
    desk.has(solved(60))
    desk.draws()
    one, other = desk.queue("Rita")[:2]
    with desk.store.reading() as session:
        of = (desk.team.workspace_id, one.ticket_id)
        assert samples.stratum_of(session, *of, desk.cast["Rita"].id) == "random"
        assert samples.stratum_of(session, *of, desk.cast["Ravi"].id) == "chosen"
    assert desk.reviews(one, "Ravi", stratum="chosen") == (None, "chosen")
    assert desk.reviews(one, "Rita", stratum="chosen") == (one.id, "random")
    assert desk.progress().done == 1
    assert desk.progress().coverage == pytest.approx(1 / 60)
    assert desk.reviews(one, "Rita") == (None, "chosen"), "reviewed again by choice"
    assert other.id in {p.id for p in desk.queue("Rita")}


def test_reminders_come_on_the_day_and_once_when_late(desk: Desk):
    desk.has(solved(30))
    desk.draws()  # due on Friday at five
    for who in ("Rita", "Ravi"):
        for one in desk.queue(who)[1:]:
            desk.reviews(one, who)
    desk.now = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
    assert desk.reminds() == 0
    desk.now = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
    assert desk.reminds() == 0, "they do not work yet"
    desk.now = datetime(2026, 11, 27, 14, 30, tzinfo=UTC)
    assert (desk.reminds(), desk.reminds()) == (2, 0)
    [ravis] = desk.queue("Ravi")
    desk.reviews(ravis, "Ravi")
    desk.now = datetime(2026, 11, 27, 23, 0, tzinfo=UTC)
    assert desk.reminds() == 0
    desk.now = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
    assert (desk.reminds(), desk.reminds()) == (1, 0)
    desk.now += DAY
    assert desk.reminds() == 0
    assert (desk.told(samples.DUE), desk.told(samples.LATE)) == (["U-Ravi", "U-Rita"], ["U-Rita"])
    assert desk.progress().late == 1


def test_what_is_long_past_due_lapses_at_the_next_draw_and_is_shown(desk: Desk):
    desk.has(solved(30))
    desk.draws()
    one = desk.queue("Rita")[0]
    desk.now = DRAW_AT + 7 * DAY
    desk.draws(week=WEEK + 7 * DAY)
    assert one.id in {p.id for p in desk.queue("Rita")}
    desk.now = DRAW_AT + 14 * DAY
    third = desk.draws(week=WEEK + 14 * DAY)
    assert third is not None
    assert third.facts["lapsed"] == 6
    assert desk.queue("Rita") == []
    assert (desk.progress().lapsed, desk.progress().open) == (6, 0)
    assert desk.reviews(one, "Rita") == (None, "chosen")


def test_a_week_in_which_nothing_was_solved_is_drawn_empty(desk: Desk):
    desk.has([])
    drawn = desk.draws()
    assert drawn is not None
    assert (drawn.population, drawn.drawn, desk.progress().coverage) == (0, 0, None)
    assert desk.told(samples.DRAWN) == []


def due(desk: Desk, at: datetime) -> list[date]:
    with desk.store.reading() as session:
        return [week for _, _, week in samples.due(session, at)]


def test_it_is_due_at_the_plans_weekday_and_the_digests_time_and_late_rather_than_never(desk: Desk):
    desk.has(solved(10), until=DRAW_AT + 30 * DAY)
    assert due(desk, DRAW_AT) == [], "off"
    desk.now = DRAW_AT - 3 * DAY
    desk.plans(is_on=True, draw_weekday=1)
    tuesday = DRAW_AT + DAY
    assert due(desk, desk.now) == [WEEK - 7 * DAY], "switched on, the last whole week is drawn"
    desk.draws(week=WEEK - 7 * DAY)
    assert due(desk, tuesday - timedelta(seconds=1)) == []
    assert due(desk, tuesday) == [WEEK]
    assert due(desk, tuesday + 6 * DAY) == [WEEK]
    assert due(desk, tuesday + 7 * DAY) == [WEEK + 7 * DAY], "of two missed weeks the later"
    desk.now = tuesday
    desk.draws()
    assert due(desk, tuesday + DAY) == []


def test_it_waits_two_days_for_data_that_does_not_reach_the_weeks_end(desk: Desk):
    desk.now = DRAW_AT - 3 * DAY
    desk.plans(is_on=True)
    desk.now = DRAW_AT
    desk.has(solved(10), until=DRAW_AT - 2 * DAY)
    with desk.store.transaction() as session:
        samples.draw(session, desk.team, WEEK - 7 * DAY, now=desk.now)
    assert due(desk, DRAW_AT) == []
    assert due(desk, DRAW_AT + 2 * DAY) == [WEEK]
    desk.draws()
    assert desk.progress().data_until == DRAW_AT - 2 * DAY


@pytest.mark.parametrize(
    ("zone", "monday", "instant"),
    [
        ("America/New_York", date(2026, 3, 9), datetime(2026, 3, 9, 13, 0, tzinfo=UTC)),  # the clocks went forward
        ("America/New_York", date(2026, 11, 2), datetime(2026, 11, 2, 14, 0, tzinfo=UTC)),  # and back
        ("Asia/Seoul", date(2026, 11, 2), datetime(2026, 11, 2, 0, 0, tzinfo=UTC)),
    ],
)
def test_the_local_time_holds_over_a_change_of_the_clock(zone: str, monday: date, instant: datetime):
    calendar = Calendar(zone, parse_hours("mon-fri 09:00-17:00"))
    nine = datetime(2000, 1, 1, 9).time()
    before = instant - timedelta(seconds=1)
    assert rules.drawn_at(calendar, nine, 0, before)[0] == monday - 14 * DAY
    assert rules.drawn_at(calendar, nine, 0, instant) == (monday - 7 * DAY, instant)


@pytest.mark.parametrize(
    ("wanted", "field_name"),
    [
        ({"unit": "some"}, "unit"),
        ({"strata": "agent,mood"}, "strata"),
        ({"prompted": "noise"}, "prompted"),
        ({"amount": 0}, "amount"),
        ({"amount": 2.5}, "amount"),
        ({"unit": "percent", "amount": 101}, "amount"),
        ({"due_days": 0}, "due_days"),
        ({"hold_days": "soon"}, "hold_days"),
        ({"mood": 1}, "SETTING"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_by_its_field(desk: Desk, wanted: dict[str, Any], field_name: str):
    with desk.store.transaction() as session, pytest.raises(errors.Invalid) as wrong:
        samples.change_plan(session, desk.team, now=desk.now, **wanted)
    assert wrong.value.field == field_name


def test_what_a_plan_means_is_counted_from_the_last_week(desk: Desk):
    desk.has(solved(60))
    desk.plans(amount=8)
    with desk.store.reading() as session:
        told = samples.outlook(session, desk.team, samples.plan_of(session, desk.team), now=DRAW_AT)
    assert (told.population, told.agents, told.reviews) == (60, 3, 24)
    assert told.margin == pytest.approx(0.156, abs=1e-3)


def test_what_waits_for_a_reviewer_and_what_they_did_today(desk: Desk):
    desk.has(solved(60))
    desk.draws()
    one, *rest = desk.queue("Rita")
    desk.reviews(one, "Rita")
    rita = desk.asker("Rita")
    with desk.store.reading() as session:
        told = samples.awaiting(session, desk.team.workspace_id, rita, now=desk.now)
        tomorrow = samples.awaiting(session, desk.team.workspace_id, rita, now=desk.now + DAY)
    assert {w.subject_id for w in told if w.done_at is None} == {p.id for p in rest}
    assert [w.subject_id for w in told if w.done_at] == [one.id]
    assert told[0].kind == "review_pick"
    assert told[0].facts["agent"] in AGENTS
    assert [w for w in tomorrow if w.done_at] == []


def test_somebody_without_slack_is_told_nothing_and_the_lead_sees_it(desk: Desk):
    with desk.store.transaction() as session:
        session.execute(update(Member).where(col(Member.id) == desk.cast["Rita"].id).values(slack_user_id=None))
    desk.has(solved(30))
    desk.draws()
    assert desk.told(samples.DRAWN) == ["U-Ravi"]
    assert [(one.name, one.is_reachable) for one in desk.progress().by_reviewer] == [("Ravi", True), ("Rita", False)]


PEOPLE = st.integers(1, 6)


@given(st.lists(st.one_of(st.none(), PEOPLE), max_size=40), st.sets(PEOPLE, max_size=6))
def test_picks_are_shared_out_evenly_and_never_to_oneself(own: list[int | None], reviewers: set[int]):
    given_to = rules.shared_out(own, sorted(reviewers))
    assert all(got != mine for got, mine in zip(given_to, own, strict=True) if got is not None)
    for got, mine in zip(given_to, own, strict=True):
        assert (got is None) == (not reviewers - {mine})
    counts = Counter(given_to)
    if reviewers and not set(own) & reviewers:
        assert max(counts[one] for one in reviewers) - min(counts[one] for one in reviewers) <= 1


def test_a_reason_is_kept_and_read_again():
    assert rules.why_read(rules.why(Reason.TOO_CLOSE)) == (Reason.TOO_CLOSE, "")
    assert rules.why_read(rules.why(Reason.OTHER, "two  words: more")) == (Reason.OTHER, "two words: more")
    assert rules.why_read("as it was typed once") == (Reason.OTHER, "as it was typed once")
