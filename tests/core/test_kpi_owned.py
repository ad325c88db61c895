"""A team's own figures, the ones it hides, what it could aim for, and why others say otherwise; in real databases."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlmodel import select

from cspm_core import errors, kpi, people
from cspm_core.kpi import tables
from cspm_core.metrics import CATALOGUE
from cspm_core.periods import parse_period
from cspm_core.store import Store

from .kpi_stage import Stage, facts, hours, set_stage

MAILED = {
    "key": "mailed_in_4h",
    "name": "E-mails answered in 4 hours",
    "unit": "share",
    "over": ["channel = email"],
    "count": ["first_response_at - created_at <= 4h"],
}


@pytest.fixture
def stage(store: Store, workspace_id: int, now: datetime) -> Stage:
    """Nine weeks of five tickets each, answered after 1 to 5 h, one of them by chat; two opened by agents."""
    tickets = [
        facts(f"{week}-{n}", -week * 168 + n, first_response_at=-week * 168 + 2 * n, solved_at=-week * 168 + 20,
              channel="chat" if n == 5 else "email", agent="Mina", reopens=0)
        for week in range(9) for n in range(1, 6)
    ]  # fmt: skip
    tickets += [facts("silent", 3), facts("own", 2, opened_by="agent", first_response_at=30, solved_at=40)]
    return set_stage(store, workspace_id, tickets, complete_until=hours(177), now=now)


def card(stage: Stage, *keys: str):
    with stage.store.reading() as session:
        team = people.team(session, stage.team.workspace_id, stage.team.id)
        period = parse_period("2026-W45", timezone="UTC", now=stage.now)
        return kpi.scorecard(session, team, period, as_of=hours(170), keys=keys or None)


def defines(stage: Stage, told=MAILED, **change):
    with stage.store.transaction() as session:
        return kpi.define(session, stage.team, {**told, **change}, by="Mina", now=stage.now)


def test_a_figure_of_ones_own_behaves_like_any_other(stage: Stage):
    defines(stage)
    with stage.store.transaction() as session:
        kpi.set_target(session, stage.team, "mailed_in_4h", 0.9, stage.now)
    reading = card(stage, "mailed_in_4h").reading("mailed_in_4h")
    assert (reading.measure.numerator, reading.measure.denominator) == (4, 4)
    assert (reading.target, reading.verdict) == (0.9, "meets")
    assert (reading.before.numerator, reading.before.denominator) == (4, 4)
    assert "mailed_in_4h" in [one.metric.key for one in card(stage).shown]
    with stage.store.reading() as session:
        period = parse_period("2026-W45", timezone="UTC", now=stage.now)
        line = kpi.trend(session, stage.team, "mailed_in_4h", period, as_of=hours(170))
        behind = kpi.behind(session, stage.team, "mailed_in_4h", period, as_of=hours(170))
        plain = kpi.plain(kpi.scorecard(session, stage.team, period, as_of=hours(170)))
        assert line.points[0].measure.n == behind.total == 4
        assert plain["metrics"]["mailed_in_4h"]["value"] == 1
        assert list(kpi.catalogue_of(session, stage.team))[-1] == "mailed_in_4h"


def test_defined_again_it_is_changed_and_not_doubled(stage: Stage):
    defines(stage)
    defines(stage, count=["first_response_at - created_at <= 2h"])
    with stage.store.reading() as session:
        [row] = session.exec(select(tables.TeamMetric)).all()
        assert "<= 2h" in row.definition
    assert card(stage, "mailed_in_4h").reading("mailed_in_4h").measure.numerator == 2


def test_taken_away_its_target_goes_with_it(stage: Stage):
    defines(stage)
    with stage.store.transaction() as session:
        kpi.set_target(session, stage.team, "mailed_in_4h", 0.9, stage.now)
    with stage.store.transaction() as session:
        kpi.undefine(session, stage.team, "mailed_in_4h")
    with stage.store.reading() as session:
        assert kpi.targets(session, stage.team) == {}
        assert kpi.own_metrics(session, stage.team) == ()
        with pytest.raises(errors.UnknownMetric):
            kpi.undefine(session, stage.team, "mailed_in_4h")


def test_the_names_of_the_catalogue_are_taken_and_languages_must_be_ours(stage: Stage):
    for key in ("csat", "frt"):
        with pytest.raises(errors.Taken):
            defines(stage, key=key)
    with pytest.raises(errors.BadDefinition) as refused:
        defines(stage, name={"fr": "Courriels"})
    assert refused.value.reason == "no_language"


def test_other_teams_do_not_see_it(stage: Stage, now: datetime):
    defines(stage)
    with stage.store.transaction() as session:
        other = people.add_team(session, stage.team.workspace_id, "Other", timezone="UTC", now=now)
        assert kpi.own_metrics(session, other) == ()
        with pytest.raises(errors.UnknownMetric):
            kpi.metric_of(session, other, "mailed_in_4h")


# --- hidden ------------------------------------------------------------------------------------------------------


def hides(stage: Stage, *keys: str, shown: tuple[str, ...] = ()) -> str:
    with stage.store.transaction() as session:
        team = people.team(session, stage.team.workspace_id, stage.team.id)
        kpi.hide(session, team, frozenset(keys), frozenset(shown))
        return team.hidden_metrics


def test_hidden_figures_are_not_shown_and_come_back(stage: Stage):
    assert hides(stage, "one_touch", "requester_wait") == "requester_wait,one_touch"
    shown = {one.metric.key for one in card(stage).shown}
    assert not shown & {"one_touch", "requester_wait"}
    assert card(stage, "one_touch").reading("one_touch").metric.key == "one_touch"
    assert hides(stage, shown=("one_touch",)) == "requester_wait"
    assert "one_touch" in {one.metric.key for one in card(stage).shown}


def test_the_quality_beside_a_speed_cannot_be_hidden_while_the_speed_is_shown(stage: Stage):
    assert hides(stage, "csat") == "csat"
    with pytest.raises(errors.Guarded) as refused:
        hides(stage, "reopen_rate")
    assert refused.value.guards == ("reopen_rate", "csat")
    speeds = {
        metric.key for metric in CATALOGUE.values() if {*metric.guards} and {*metric.guards} <= {"csat", "reopen_rate"}
    }
    assert "reopen_rate" in hides(stage, "reopen_rate", *speeds)


def test_what_is_not_there_cannot_be_hidden(stage: Stage):
    with pytest.raises(errors.UnknownMetric) as refused:
        hides(stage, "one_tuch")
    assert refused.value.nearest == "one_touch"


# --- targets -----------------------------------------------------------------------------------------------------


def test_the_suggestion_is_the_median_of_the_last_eight_whole_weeks(stage: Stage):
    with stage.store.reading() as session:
        found = kpi.suggest_target(session, stage.team, "first_response", hours(170))
        assert found is not None
        assert found.values == (3 * 3600.0,) * 7 + (3.5 * 3600.0,)  # the last week's silent one waits
        assert (found.value, found.n) == (3 * 3600, 8 * 5 + 1)
        assert kpi.suggest_target(session, stage.team, "volume", hours(170)) is None
        assert kpi.suggest_target(session, stage.team, "csat", hours(170)) is None
        early = kpi.suggest_target(session, stage.team, "first_response", hours(-5 * 168))
    assert early is None  # three whole weeks are no measure


def test_a_target_must_be_possible(stage: Stage):
    with stage.store.transaction() as session:
        kpi.set_target(session, stage.team, "nps", -20, stage.now)
        for key, value in (("nps", 101), ("csat", 1.2), ("first_response", -1), ("ces", 8), ("volume", 5)):
            with pytest.raises(errors.Invalid):
                kpi.set_target(session, stage.team, key, value, stage.now)


# --- elsewhere ---------------------------------------------------------------------------------------------------


def test_zendesk_says_something_else_from_the_same_tickets(stage: Stage):
    with stage.store.reading() as session:
        period = parse_period("2026-W45", timezone="UTC", now=stage.now)
        found = kpi.elsewhere(session, stage.team, "first_response", period, as_of=hours(170))
    zendesk = found.found[0]
    assert (found.ours.value, found.ours.n) == (3.5 * 3600, 6)
    assert (zendesk.reading.vendor, zendesk.figure.measure.value) == ("zendesk", 3.5 * 3600)  # 1 to 5 and 28 h
    assert {reason: len(ids) for reason, ids in zendesk.figure.apart.items()} == {"unanswered": 1, "agent_opened": 1}


def test_of_a_figure_that_nobody_counts_otherwise_only_ours_is_told(stage: Stage):
    with stage.store.reading() as session:
        period = parse_period("2026-W45", timezone="UTC", now=stage.now)
        found = kpi.elsewhere(session, stage.team, "tickets_per_agent", period, as_of=hours(170))
    assert (found.ours.value, found.found) == (5, ())
