"""Rounds of blind scores: who scores what, who is reminded, when it ends, and what it shows; on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from cspm_core import calibrations, errors, people, qa, tickets
from cspm_core.calendars import Calendar, parse_hours
from cspm_core.calibrations import INVITE, REMINDER, RESULT, Given, Reminder, Result, Round, Verdict, compare, rules
from cspm_core.notices import Notice
from cspm_core.people import Asker, Member, Role, Team
from cspm_core.qa import QaReview, frames
from cspm_core.qa.rules import Answer, Criterion, Definition, Section
from cspm_core.stats import Alpha, Interval
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

FRIDAY = date(2026, 12, 4)
TONE = Criterion("tone", "Tone", ("rude", "plain", "kind", "warm", "lovely"))
SOLVED = Criterion("solved", "Solved", ("no", "half", "yes"))
PRIVACY = Criterion("privacy", "Privacy", ("no", "yes"), is_critical=True, may_be_na=True)
CARD = Definition((Section("All", (TONE, SOLVED, PRIVACY)),))


@dataclass
class Desk:
    """Returns: Mina leads, Grace and Omar review, Teo and Ada answer; ten tickets of theirs, three of them Mina's."""

    store: Store
    team: Team
    version_id: int
    now: datetime
    tickets: dict[str, int]
    cast: dict[str, Member] = field(default_factory=dict)

    def asker(self, who: str) -> Asker:
        with self.store.reading() as session:
            slack = str(self.cast[who].slack_user_id)
            return people.asker(session, self.team.workspace_id, slack, self.now.date())

    def begins(
        self, *keys: str, by: str = "Mina", who: tuple[str, ...] = ("Grace", "Omar", "Mina"), **more: object
    ) -> Round:
        asker = self.asker(by)
        with self.store.transaction() as session:
            return calibrations.begin(
                session,
                self.team,
                by=asker,
                version_id=self.version_id,
                ticket_ids=[self.tickets[key] for key in keys],
                reviewer_ids=[self.cast[name].id for name in who],
                due_on=more.pop("due_on", FRIDAY),  # type: ignore[arg-type]
                now=self.now,
                **more,  # type: ignore[arg-type]
            )

    def scores(self, who: str, one: Round, key: str, **given: int | None) -> None:
        """Sends a review of a round: what is not given is fine; None is not applicable."""
        asker = self.asker(who)
        with self.store.transaction() as session:
            about = (session, self.team.workspace_id, one.id, self.tickets[key])
            draft = calibrations.start_scoring(*about, by=asker, now=self.now)
            for criterion, score in given.items():
                if score is None:
                    qa.write_answer(session, draft, criterion, is_na=True)
                else:
                    # a low score asks for a cause or a word
                    qa.write_answer(session, draft, criterion, score=score, comment="As I saw it.")
            qa.submit(session, draft, by=asker, now=self.now)
            calibrations.scored(session, qa.locked(session, self.team.workspace_id, draft.id), self.now)

    def closes(self, who: str, one: Round) -> bool:
        asker = self.asker(who)
        with self.store.transaction() as session:
            return calibrations.close(session, self.team.workspace_id, one.id, by=asker, now=self.now)

    def sees(self, one: Round) -> Round:
        with self.store.reading() as session:
            return calibrations.one(session, self.team.workspace_id, one.id)

    def result(self, one: Round) -> Result:
        with self.store.reading() as session:
            return calibrations.result(session, self.team.workspace_id, one.id)

    def notices(self, kind: str) -> dict[str, list[datetime]]:
        """When each person is told something of a kind."""
        names = {one.id: name for name, one in self.cast.items()}
        found: dict[str, list[datetime]] = {}
        with self.store.reading() as session:
            for one in session.exec(select(Notice).where(Notice.kind == kind).order_by(Notice.due_at)):  # type: ignore[arg-type]
                found.setdefault(names[calibrations.reader_of(one.key)], []).append(one.due_at)
        return found

    def reviews(self) -> list[QaReview]:
        with self.store.reading() as session:
            return list(session.exec(select(QaReview)))


@pytest.fixture
def desk(store: Store, workspace_id: int, now: datetime) -> Desk:
    cast: dict[str, Member] = {}
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Returns", timezone="UTC", now=now)
        roles = {
            "Mina": Role.LEAD,
            "Grace": Role.QA_REVIEWER,
            "Omar": Role.QA_REVIEWER,
            "Teo": Role.AGENT,
            "Ada": Role.AGENT,
        }
        for name, role in roles.items():
            cast[name] = people.add_member(session, workspace_id, name, slack_user_id=f"U0{name.upper()}", now=now)
            people.join_team(session, team, cast[name], role, now=now)
        facts = [
            TicketFacts(f"R-{n}", now - timedelta(days=3), agent="Mina" if n > 7 else "Teo",
                        solved_at=now - timedelta(days=2), url=f"https://desk.example/{n}")
            for n in range(1, 11)
        ]  # fmt: skip
        old = TicketFacts("OLD-1", now - timedelta(days=90), agent="Teo", solved_at=now - timedelta(days=89))
        nobodys = TicketFacts("X-1", now - timedelta(days=3), solved_at=now - timedelta(days=2))
        tickets.record(session, team, [*facts, old, nobodys], scope=team.id, known_at=now, now=now)
        tickets.note_source(session, team, complete_until=now, first_at=old.created_at, now=now)
        ids = {one.key: one.id for one in session.exec(select(tickets.Ticket))}
        version_id = qa.save_scorecard(session, team, "E-mail", CARD, by=None, now=now).version_id
    return Desk(store, team, version_id, now, ids, cast)


def test_a_round_tells_everybody_and_reminds_two_working_days_before_and_on_the_day(desk: Desk):
    one = desk.begins("R-1", "R-2", name="  December ")
    assert (one.name, one.scorecard, [c.key for c in one.contacts]) == ("December", "E-mail", ["R-1", "R-2"])
    assert one.due_at == datetime(2026, 12, 4, 17, tzinfo=UTC)
    assert desk.notices(INVITE) == {name: [desk.now] for name in ("Grace", "Omar", "Mina")}
    wednesday, friday = datetime(2026, 12, 2, 9, tzinfo=UTC), datetime(2026, 12, 4, 9, tzinfo=UTC)
    assert desk.notices(REMINDER) == {name: [wednesday, friday] for name in ("Grace", "Omar", "Mina")}


def test_everybody_scores_blind_and_the_last_one_ends_it(desk: Desk):
    one = desk.begins("R-1", "R-2")
    for who in ("Grace", "Omar", "Mina"):
        with desk.store.reading() as session, pytest.raises(errors.CalibrationOpen):
            calibrations.result(session, desk.team.workspace_id, one.id)
        desk.scores(who, one, "R-1", tone=5 if who == "Grace" else 3)
        assert desk.sees(one).closed_at is None
        desk.scores(who, one, "R-2", tone=2)
    assert desk.sees(one).closed_at == desk.now
    assert desk.notices(RESULT) == {name: [desk.now] for name in ("Grace", "Omar", "Mina")}
    found = desk.result(one)
    assert (found.took_part, found.comparison.alpha.units, found.comparison.alpha.n) == (3, 2, 6)


def test_what_comes_out_is_spread_agreement_alpha_bias_and_what_to_discuss(desk: Desk):
    one = desk.begins("R-1", "R-2", "R-3", who=("Grace", "Omar"))
    for key, mild, strict in (("R-1", 5, 3), ("R-2", 4, 4), ("R-3", 2, 1)):
        desk.scores("Grace", one, key, tone=mild)
        desk.scores("Omar", one, key, tone=strict, **({"solved": None} if key == "R-2" else {}))
    comparison = desk.result(one).comparison
    tone = comparison.spreads[0]
    assert (tone.criterion, tone.points, tone.agreement) == (
        "tone",
        pytest.approx((50 + 0 + 25) / 3),
        pytest.approx(1 / 3),
    )
    solved = next(spread for spread in comparison.spreads if spread.criterion == "solved")
    assert (solved.points, solved.agreement, solved.alpha.value) == (0, pytest.approx(2 / 3), None)
    assert (comparison.agreement, comparison.pairs) == (pytest.approx(6 / 9), 9)
    grace, omar = (comparison.biases[desk.cast[name].id] for name in ("Grace", "Omar"))
    assert grace.value is not None
    assert omar.value == pytest.approx(-grace.value)
    assert grace.value > 0
    assert (grace.n, omar.n) == (3, 3)
    keys = {ticket_id: key for key, ticket_id in desk.tickets.items()}
    assert [(keys[a.ticket_id], a.criterion, a.points, a.low, a.high, a.some_na) for a in comparison.apart] == [
        ("R-1", "tone", 50, 3, 5, False), ("R-2", "solved", 0, 3, 3, True), ("R-3", "tone", 25, 1, 2, False),
    ]  # fmt: skip


def test_at_its_date_it_ends_with_what_is_there(desk: Desk):
    one = desk.begins("R-1", "R-2")
    desk.scores("Grace", one, "R-1")
    desk.scores("Omar", one, "R-1")
    omar = desk.asker("Omar")
    with desk.store.transaction() as session:
        draft = calibrations.start_scoring(
            session, desk.team.workspace_id, one.id, desk.tickets["R-2"], by=omar, now=desk.now
        )
        qa.write_answer(session, draft, "tone", score=3)
    with desk.store.reading() as session:
        assert calibrations.due(session, now=one.due_at - timedelta(minutes=1)) == []
        assert calibrations.due(session, now=one.due_at) == [(desk.team.workspace_id, one.id)]
    desk.now = one.due_at
    for ended in (True, False):
        with desk.store.transaction() as session:
            assert calibrations.end_when_due(session, desk.team.workspace_id, one.id, now=desk.now) is ended
    assert set(desk.notices(RESULT)) == {"Grace", "Omar", "Mina"}  # Mina began it
    assert desk.result(one).took_part == 2
    assert all(review.submitted_at for review in desk.reviews())
    with desk.store.reading() as session:
        assert calibrations.due(session, now=desk.now) == []


def test_once_it_has_ended_nothing_can_be_scored_or_sent(desk: Desk):
    one = desk.begins("R-1")
    asker = desk.asker("Grace")
    with desk.store.transaction() as session:
        draft = calibrations.start_scoring(
            session, desk.team.workspace_id, one.id, desk.tickets["R-1"], by=asker, now=desk.now
        )
    assert desk.closes("Mina", one)
    assert not desk.closes("Mina", one)
    with pytest.raises(errors.CalibrationOver):
        desk.scores("Omar", one, "R-1")
    with desk.store.transaction() as session, pytest.raises(errors.CalibrationOver):
        calibrations.scored(session, draft, desk.now)
    assert desk.reviews() == []
    assert desk.result(one).verdict is Verdict.CANNOT_JUDGE


def test_two_who_send_the_last_ones_at_once_end_it_once(desk: Desk):
    one = desk.begins("R-1", who=("Grace", "Omar"))
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda who: desk.scores(who, one, "R-1"), ("Grace", "Omar")))
    assert desk.sees(one).closed_at == desk.now
    assert {name: len(at) for name, at in desk.notices(RESULT).items()} == {"Grace": 1, "Omar": 1, "Mina": 1}


def test_nobody_scores_their_own_work_and_is_done_without_it(desk: Desk):
    one = desk.begins("R-1", "R-9")
    mina = desk.asker("Mina")
    with desk.store.transaction() as session, pytest.raises(errors.OwnWork):
        calibrations.start_scoring(session, desk.team.workspace_id, one.id, desk.tickets["R-9"], by=mina, now=desk.now)
    desk.scores("Mina", one, "R-1")
    own = desk.sees(one).calibrator(desk.cast["Mina"].id)
    assert own is not None
    assert own.is_done


def test_each_conversation_is_scored_once_and_only_by_those_who_are_asked(desk: Desk):
    one = desk.begins("R-1", "R-2", who=("Grace", "Mina"))
    desk.scores("Grace", one, "R-1")
    with pytest.raises(errors.ReviewSent):
        desk.scores("Grace", one, "R-1")
    with pytest.raises(errors.NotReviewer):
        desk.scores("Omar", one, "R-1")
    with pytest.raises(errors.UnknownContact):
        desk.scores("Grace", one, "R-3")


def test_agents_never_see_it_and_no_figure_counts_it(desk: Desk):
    one = desk.begins("R-1", who=("Grace", "Omar"))
    desk.scores("Grace", one, "R-1", privacy=1)
    desk.scores("Omar", one, "R-1")
    for review in desk.reviews():
        assert (review.stratum, review.calibration_id, review.tell_at, review.told_at) == (
            "calibration",
            one.id,
            None,
            None,
        )
    with desk.store.reading() as session:
        teo = desk.cast["Teo"]
        assert len(frames.reviews(session, desk.team, desk.now - timedelta(days=1), desk.now)) == 0
        assert qa.reviews_of(session, desk.team.workspace_id, teo.id) == []
        told = {notice.place for notice in session.exec(select(Notice))}
    assert teo.slack_user_id not in told


def test_the_round_waits_for_those_who_are_not_done(desk: Desk):
    one = desk.begins("R-1", "R-2", who=("Grace", "Omar"))
    desk.scores("Grace", one, "R-1")

    def waits(who: str) -> list[tuple[int, object, bool]]:
        asker = desk.asker(who)
        with desk.store.reading() as session:
            found = calibrations.awaiting(session, desk.team.workspace_id, asker, now=desk.now)
        return [(w.subject_id, (w.facts["done"], w.facts["of"]), w.done_at is not None) for w in found]

    assert waits("Grace") == [(one.id, (1, 2), False)]
    assert waits("Omar") == [(one.id, (0, 2), False)]
    assert waits("Mina") == waits("Teo") == []
    desk.scores("Grace", one, "R-2")
    assert waits("Grace") == [(one.id, (2, 2), True)]
    desk.now += timedelta(days=1)
    assert waits("Grace") == []


@pytest.mark.parametrize(
    ("given_", "field_", "reason"),
    [
        ({"keys": ()}, "contacts", "calibration_no_contacts"),
        ({"keys": [f"R-{n}" for n in range(1, 11)] + ["OLD-1"]}, "contacts", "calibration_many_contacts"),
        ({"keys": ["X-1"]}, "contacts", "calibration_no_agent"),
        ({"who": ("Grace", "Teo")}, "reviewers", "calibration_reviewers"),
        ({"due_on": date(2026, 11, 20)}, "due_on", "calibration_over"),
        ({"due_on": date(2027, 11, 20)}, "due_on", "calibration_late"),
    ],
)
def test_a_round_that_cannot_be_is_refused(desk: Desk, given_: dict[str, object], field_: str, reason: str):
    more = {"keys": ["R-1"], **given_}
    with pytest.raises(errors.Invalid) as refused:
        desk.begins(*more.pop("keys"), **more)  # type: ignore[misc, arg-type]
    assert (refused.value.field, refused.value.reason) == (field_, reason)


def test_only_leads_and_reviewers_begin_and_only_leads_or_its_author_end(desk: Desk):
    with pytest.raises(errors.NotReviewer):
        desk.begins("R-1", by="Teo")
    one = desk.begins("R-1", by="Grace")
    with pytest.raises(errors.NotForYou):
        desk.closes("Omar", one)
    assert desk.closes("Mina", one)
    other = desk.begins("R-2", by="Grace")
    assert desk.closes("Grace", other)


def test_some_are_drawn_at_random_among_the_last_two_weeks_and_never_twice(desk: Desk):
    one = desk.begins("R-1", draw=4)
    assert len(one.contacts) == 5
    assert {c.key for c in one.contacts} <= {f"R-{n}" for n in range(1, 11)}
    again = desk.begins(draw=9)
    assert len(again.contacts) == 5
    assert not {c.key for c in one.contacts} & {c.key for c in again.contacts}


def test_a_member_who_is_not_in_slack_is_asked_nothing(desk: Desk):
    with desk.store.transaction() as session:
        desk.cast["Zoe"] = people.add_member(session, desk.team.workspace_id, "Zoe", now=desk.now)
        people.join_team(session, desk.team, desk.cast["Zoe"], Role.QA_REVIEWER, now=desk.now)
    desk.begins("R-1", who=("Grace", "Zoe"))
    assert set(desk.notices(INVITE)) == {"Grace"}


def test_the_rounds_of_a_team_stand_newest_first(desk: Desk):
    first, second = desk.begins("R-1"), desk.begins("R-2")
    with desk.store.reading() as session:
        assert [one.id for one in calibrations.rounds(session, desk.team)] == [second.id, first.id]
        with pytest.raises(errors.UnknownCalibration):
            calibrations.one(session, desk.team.workspace_id, 1)


@pytest.mark.parametrize(
    ("value", "low", "high", "verdict", "is_sure"),
    [
        (None, None, None, Verdict.CANNOT_JUDGE, False),
        (0.667, 0.5, 0.9, Verdict.TENTATIVE, False),
        (0.6669, 0.667, 0.7, Verdict.TENTATIVE, True),
        (0.66, 0.1, 0.66, Verdict.POOR, True),
        (0.8, 0.81, 0.95, Verdict.GOOD, True),
        (0.9, None, None, Verdict.GOOD, False),
    ],
)
def test_what_an_alpha_means(
    value: float | None, low: float | None, high: float | None, verdict: Verdict, is_sure: bool
):
    found = Alpha(value, None if low is None or high is None else Interval(low, high), 5, 10)
    assert (rules.verdict(found), rules.is_sure(found)) == (verdict, is_sure)


def test_reminders_skip_days_off_and_what_is_past():
    calendar = Calendar("UTC", parse_hours("Mon-Fri 09:00-17:00"))
    monday = date(2026, 11, 30)
    assert rules.reminder_days(calendar, monday, date(2026, 11, 23)) == {
        Reminder.BEFORE: date(2026, 11, 26), Reminder.DAY: monday,
    }  # fmt: skip
    assert rules.reminder_days(calendar, monday, date(2026, 11, 26)) == {Reminder.DAY: monday}
    assert rules.reminder_days(calendar, monday, monday) == {}


@given(st.lists(st.integers(1, 50), max_size=30), st.integers(0, 10), st.integers(0, 9))
def test_a_draw_is_the_same_from_its_seed(ids: list[int], n: int, seed: int):
    drawn = rules.drawn(ids, n, seed)
    assert drawn == rules.drawn(list(reversed(ids)), n, seed)
    assert len(set(drawn)) == len(drawn) == min(n, len(set(ids)))


def test_a_round_that_nobody_scored_shows_nothing():
    empty = compare(CARD, [], seed=1)
    assert (empty.alpha.value, empty.agreement, empty.spreads, empty.apart) == (None, None, (), ())


@given(st.permutations(range(4)))
def test_the_comparison_does_not_depend_on_who_sent_first(order: list[int]):
    given_ = [
        Given(who, 7, 50.0 + who, {"tone": Answer("tone", who % 3 + 1, 1, 5)}) for who in range(4)
    ]  # fmt: skip
    assert compare(CARD, [given_[n] for n in order], seed=3) == compare(CARD, given_, seed=3)
