"""A figure that signals is raised once, for the worse, as soon as its day is over; and rehearsed before."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.detectors import names, settings
from bot.words import Words
from cspm_core import detectors, people
from cspm_core.detectors import Kind, Rehearsal
from cspm_core.errors import Invalid, UnknownMetric
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

from .detector_stage import MON, TUE, WED, Stage, at, stage_of, ticket

DAY = timedelta(days=1)
FIRST = MON - 12 * 7 * DAY
A_DAY = 10
FRIDAY = MON - 3 * DAY
PEOPLE = ("Mina", "Teo", "Ada", "Bob", "Cas", "Dee")


@pytest.fixture
def stage(store: Store, workspace_id: int) -> Stage:
    return stage_of(store, workspace_id)


def rated(day: date, bad: int, a_day: int = A_DAY, agents: tuple[str, ...] = PEOPLE) -> Iterable[TicketFacts]:
    """A day's tickets, so many of which did not satisfy."""
    for n in range(a_day):
        created = at(day, 9, n * 5)
        yield ticket(
            f"{day}-{n}",
            created,
            agent=agents[n % len(agents)],
            first_response_at=created + timedelta(minutes=20 + n),
            csat="1" if n < bad else "5",
            csat_at=created + timedelta(hours=2),
        )


def history(bad: dict[date, int], until: date, **more: Any) -> list[TicketFacts]:
    days = (FIRST + n * DAY for n in range((until - FIRST).days + 1))
    return [one for day in days if day.weekday() < 5 for one in rated(day, bad.get(day, day.day % 3 == 0), **more)]


def switched_on(stage: Stage, facts: list[TicketFacts], now: datetime) -> None:
    """The data so far is there, and the detector is on since the evening before."""
    stage.tells(now, *facts)
    stage.sets(Kind.FIGURE, now)
    stage.runs(now)


def test_a_bad_day_is_raised_once_when_it_is_over(stage: Stage):
    switched_on(stage, history({}, FRIDAY), at(MON, 8))
    stage.tells(at(MON, 17), *rated(MON, 7))
    assert stage.runs(at(MON, 17)) == [], "the day is not over"
    stage.tells(at(TUE, 8))
    assert len(stage.runs(at(TUE, 8))) == 1
    (alarm,), (one,) = stage.alarms(), stage.escalations()
    assert (alarm.kind, alarm.subject, alarm.key) == ("figure_signals", "csat", f"figure_signals:csat:{MON}")
    assert alarm.escalation_id == one.id
    assert alarm.happened_at == at(TUE, 0)
    assert (one.rule, one.kind, one.severity, one.channel) == ("figure_signals", "other", 3, "C1")
    facts = json.loads(one.rule_facts)
    assert (facts["metric"], facts["day"], facts["rule"], facts["value"]) == ("csat", str(MON), 1, 0.3)
    assert facts["low"] > 0.3
    stage.tells(at(TUE, 9))
    assert stage.runs(at(TUE, 9)) == []


def test_the_next_bad_day_of_the_same_signal_is_no_new_one(stage: Stage):
    switched_on(stage, history({}, FRIDAY), at(MON, 8))
    for day in (MON, TUE):
        stage.tells(at(day, 17), *rated(day, 7))
        stage.tells(at(day + DAY, 8))
        stage.runs(at(day + DAY, 8))
    assert [one.key for one in stage.alarms()] == [f"figure_signals:csat:{MON}"]


def test_what_is_better_than_usual_is_none_of_its_business(stage: Stage):
    often_bad = {FIRST + n * DAY: 5 + n % 2 for n in range(84)}
    switched_on(stage, history(often_bad, FRIDAY), at(MON, 8))
    stage.tells(at(MON, 17), *rated(MON, 0))
    stage.tells(at(TUE, 8))
    assert stage.runs(at(TUE, 8)) == []


def test_it_is_off_until_somebody_switches_it_on_and_the_past_is_past(stage: Stage):
    stage.tells(at(TUE, 8), *history({MON: 7}, MON))
    assert stage.runs(at(TUE, 8)) == []
    stage.sets(Kind.FIGURE, at(TUE, 8))
    assert stage.runs(at(TUE, 8)) == []
    stage.tells(at(TUE, 17), *rated(TUE, 0))
    stage.tells(at(WED, 8))
    assert stage.runs(at(WED, 8)) == []
    assert stage.alarms() == []


def test_figures_of_a_handful_of_people_go_to_their_lead_alone(stage: Stage):
    few = ("Mina", "Teo", "Ada")
    switched_on(stage, history({}, FRIDAY, agents=few), at(MON, 8))
    stage.tells(at(MON, 17), *rated(MON, 7, agents=few))
    stage.tells(at(TUE, 8))
    assert len(stage.runs(at(TUE, 8))) == 1
    assert stage.escalations()[0].channel is None


def test_only_the_figures_that_are_watched_and_by_any_of_their_names(stage: Stage):
    with stage.store.transaction() as session:
        team = people.team(session, stage.team.workspace_id, stage.team.id)
        wanted = {"figures": "Reopen rate, FRT"}
        saved = detectors.save(session, team, Kind.FIGURE, wanted, True, by=stage.lead, now=at(MON, 8))
        assert saved.settings == {"figures": ["reopen_rate", "first_response"]}
        for wrong, error in (({"figures": "csta"}, UnknownMetric), ({"figures": ""}, Invalid)):
            with pytest.raises(error):
                detectors.save(session, team, Kind.FIGURE, wrong, True, by=stage.lead, now=at(MON, 8))
    stage.tells(at(MON, 8), *history({}, FRIDAY))
    stage.runs(at(MON, 8))
    stage.tells(at(MON, 17), *rated(MON, 7))
    stage.tells(at(TUE, 8))
    assert stage.runs(at(TUE, 8)) == []


def rehearse(stage: Stage, now: datetime, **settings: Any) -> Rehearsal:
    with stage.store.reading() as session:
        team = people.team(session, stage.team.workspace_id, stage.team.id)
        return detectors.rehearse(session, team, Kind.FIGURE, {**detectors.defaults(Kind.FIGURE), **settings}, now=now)


def test_a_rehearsal_counts_the_signals_it_would_have_raised(stage: Stage):
    two = {MON - 20 * DAY: 7, MON - 19 * DAY: 7, MON - 5 * DAY: 8, MON - 60 * DAY: 8}
    stage.tells(at(MON, 8), *history(two, FRIDAY))
    found = rehearse(stage, at(MON, 8))
    assert (found.alarms, found.before_breach, found.alternatives) == (2, 0, ())
    assert found.days == 30
    assert rehearse(stage, at(MON, 8), figures=["reopen_rate", "backlog"]).alarms == 0


def test_a_rehearsal_and_a_run_of_the_same_days_agree(stage: Stage):
    switched_on(stage, history({}, FRIDAY), at(MON, 8))
    bad = {MON: 7, TUE: 0, WED: 0}
    for day in bad:
        stage.tells(at(day, 17), *rated(day, bad[day]))
        stage.tells(at(day + DAY, 8))
        stage.runs(at(day + DAY, 8))
    assert rehearse(stage, at(WED + DAY, 8)).alarms == len(stage.alarms()) == 1


def test_without_data_a_rehearsal_is_empty(stage: Stage):
    assert rehearse(stage, at(MON, 8)).alarms == 0


def test_a_signal_is_told_in_one_line():
    t = Words("en")
    facts = {"metric": "csat", "unit": "share", "day": "2026-11-16", "since": "2026-11-04", "rule": 1, "value": 0.62}
    facts |= {"centre": 0.87, "low": 0.78, "high": 0.93}
    assert (
        names.sentence("figure_signals", facts, t)
        == "Customer satisfaction (CSAT): 62% on Mon, Nov 16, usual is 78% to 93%"
    )
    run = names.sentence("figure_signals", {**facts, "rule": 2}, t)
    assert run == "Customer satisfaction (CSAT): worse than the usual 87% every day since Wed, Nov 4"
    own = {**facts, "metric": "refund_time", "unit": "seconds", "value": 7200, "low": 600, "high": 3600}
    told = names.sentence("figure_signals", {**own, "names": {"": "Time to a refund"}}, t)
    assert told == "Time to a refund: 2 hr on Mon, Nov 16, usual is 10 min to 1 hr"
    assert "CSAT" in settings.told(Kind.FIGURE, detectors.defaults(Kind.FIGURE), t)
