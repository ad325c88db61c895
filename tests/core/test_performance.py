"""The page of a performance talk: what is recorded, for the two alone, with figures only where the team agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cspm_core import errors, people
from cspm_core.coaching import performance, performance_page
from cspm_core.coaching.performance import Page, Readiness
from cspm_core.coaching.rules import PromiseStatus
from cspm_core.coaching.tables import PerformanceTalk, Talk
from cspm_core.effects import Verdict
from cspm_core.effects.awaiting import awaiting
from cspm_core.goals.tables import Goal
from cspm_core.ids import new_id
from cspm_core.people import Asker, Role
from cspm_core.periods import parse_period
from cspm_core.recognition.tables import Kudos, KudosTo
from cspm_core.store import Store

from .effect_stage import ZONE, Desk, desk, usually

AGENT = "Agent C"


def agreed(found: Desk, level: str = "lead") -> Desk:
    with found.store.transaction() as session:
        team = people.team(session, found.team.workspace_id, found.team.id)
        people.agree_on_person_figures(session, team, level, "the works council", now=found.now)
    return replace(found, team=team)


def asker(found: Desk, name: str = "Lead", role: Role = Role.LEAD) -> Asker:
    return Asker(found.people[name].id, name, None, None, frozenset({(found.team.id, role)}))


def begun(found: Desk, period: str = "2026-06-01..2026-11-22") -> PerformanceTalk:
    with found.store.transaction() as session:
        over = parse_period(period, timezone=ZONE, now=found.now)
        agent = found.people[AGENT]
        return performance.begin(session, found.team, over, lead=asker(found), agent=agent, now=found.now)


def page(found: Desk, row: PerformanceTalk) -> Page:
    with found.store.reading() as session:
        return performance_page.page(
            session, session.get_one(PerformanceTalk, (row.workspace_id, row.id)), now=found.now
        )


def _recorded(found: Desk) -> None:
    """A talk, a goal, a training and thanks from two colleagues, one of them twice."""
    at, ws, me = found.now - timedelta(days=40), found.team.workspace_id, found.people[AGENT].id
    with found.store.transaction() as session:
        given = {"workspace_id": ws, "team_id": found.team.id}
        lead = found.people["Lead"].id
        session.add(Talk(**given, id=new_id(at), lead_id=lead, agent_id=me, status="held", planned_at=at, held_at=at))
        goal = {"metric": "csat", "target": 0.85, "starts_on": date(2026, 7, 1), "ends_on": date(2026, 9, 30)}
        for status in ("reached", "proposed"):
            session.add(
                Goal(**given, id=new_id(at), member_id=me, owner_id=me, proposed_by=lead, proposed_at=at,
                     status=status, **goal)
            )  # fmt: skip
        for n, giver in enumerate(("Agent A", "Agent B", "Agent A")):
            kudos = Kudos(**given, id=new_id(at), giver_id=found.people[giver].id, at=at, reason=f"Reason {n}")
            session.add(kudos)
            session.flush()
            session.add(
                KudosTo(workspace_id=ws, id=new_id(at), kudos_id=kudos.id, giver_id=kudos.giver_id, member_id=me,
                        day=at.date(), slot=n + 1)
            )  # fmt: skip


def test_everything_recorded_stands_on_one_page(store: Store, workspace_id: int):
    stage = agreed(desk(store, workspace_id))
    _recorded(stage)
    stage.promised(AGENT, date(2026, 9, 25), status=PromiseStatus.KEPT)
    stage.promised(AGENT, date(2026, 10, 1), metric="", status=PromiseStatus.MISSED)
    row = begun(stage)
    with store.transaction() as session:
        performance.train(
            session, workspace_id, row.id, "Difficult  conversations", done_on=date(2026, 8, 1), due_on=None,
            by=asker(stage), now=stage.now,
        )  # fmt: skip
    found = page(stage, row)
    assert (found.agent.name, found.lead.name, found.team) == (AGENT, "Lead", "Returns")
    told = {one.metric.key: one for one in found.figures}
    assert told["csat"].measure.n == 125 * 3
    assert found.band["csat"].agents == 10
    assert found.band["csat"].low <= 0.8 <= found.band["csat"].high + 0.05
    assert found.counts == {"kept": 1, "missed": 1}
    assert [one.effect is not None for one in found.promises] == [True, False]
    assert found.promises[0].effect is not None
    assert found.promises[0].effect.verdict in (Verdict.NO_CHANGE, Verdict.CANNOT_TELL)
    assert (found.talks, found.thanked, found.givers) == (1, 3, 2)
    assert [one.status for one in found.goals] == ["reached"]
    assert [(one.name, one.done_on) for one in found.training] == [("Difficult conversations", date(2026, 8, 1))]


@pytest.mark.parametrize("level", ["self", "nobody"])
def test_without_the_teams_agreement_the_page_has_no_figures_and_says_why(store: Store, workspace_id: int, level: str):
    stage = agreed(desk(store, workspace_id, weeks=4), level)
    stage.promised(AGENT, date(2026, 6, 10))
    found = page(stage, begun(stage, "2026-06-01..2026-06-28"))
    assert (found.closed_level, found.figures, dict(found.band)) == (level, (), {})
    assert found.promises[0].effect is None
    assert found.promises[0].words == "Read the whole thread first"


def test_a_manager_who_does_not_lead_sees_no_figures(store: Store, workspace_id: int):
    stage = agreed(desk(store, workspace_id, weeks=4))
    with store.transaction() as session:
        boss = people.add_member(session, workspace_id, "Boss", now=stage.now)
        people.join_team(session, stage.team, boss, Role.MANAGER, now=stage.now)
        over = parse_period("2026-06-01..2026-06-28", timezone=ZONE, now=stage.now)
        by = Asker(boss.id, "Boss", None, None, frozenset({(stage.team.id, Role.MANAGER)}))
        row = performance.begin(session, stage.team, over, lead=by, agent=stage.people[AGENT], now=stage.now)
    assert page(stage, row).closed_level == "lead"


def test_it_is_begun_once_for_a_time(store: Store, workspace_id: int):
    stage = desk(store, workspace_id, weeks=2)
    assert begun(stage).id == begun(stage).id
    assert begun(stage).id != begun(stage, "2026-06-01..2026-06-07").id


def test_who_may_begin_one(store: Store, workspace_id: int):
    stage = desk(store, workspace_id, weeks=2)
    over = parse_period("this-month", timezone=ZONE, now=stage.now)
    admin = Asker(stage.people["Agent A"].id, "A", None, Role.ADMIN, frozenset())
    with store.transaction() as session:
        for by in (asker(stage, "Agent A", Role.AGENT), asker(stage, "Agent A", Role.QA_REVIEWER), admin):
            with pytest.raises(errors.NotForYou):
                performance.begin(session, stage.team, over, lead=by, agent=stage.people[AGENT], now=stage.now)
        agent = stage.people["Lead"]
        with pytest.raises(errors.OwnTalk):
            performance.begin(session, stage.team, over, lead=asker(stage), agent=agent, now=stage.now)


def test_both_say_their_own_and_neither_the_others(store: Store, workspace_id: int):
    stage = desk(store, workspace_id, weeks=2)
    row = begun(stage)
    agent = asker(stage, AGENT, Role.AGENT)
    with store.transaction() as session:
        with pytest.raises(errors.NotYourTalk):
            performance.say(session, workspace_id, row.id, "Too soon", by=agent)
        performance.say(session, workspace_id, row.id, " Well done ", by=asker(stage), readiness=Readiness.SOON)
        performance.share(session, workspace_id, row.id, by=asker(stage), now=stage.now)
        performance.say(session, workspace_id, row.id, "Thank you", by=agent, readiness=Readiness.READY)
        performance.say(session, workspace_id, row.id, "Well done!", by=asker(stage))
        for stranger in (asker(stage, "Agent A"), asker(stage, "Lead", Role.AGENT)):
            with pytest.raises(errors.NotYourTalk):
                performance.say(session, workspace_id, row.id, "x", by=stranger)
        with pytest.raises(errors.Invalid):
            performance.say(session, workspace_id, row.id, "x" * 2_001, by=agent)
        with pytest.raises(errors.UnknownTalk):
            performance.say(session, workspace_id, 1, "x", by=agent)
    found = page(stage, row)
    assert (found.lead_words, found.agent_words, found.readiness) == ("Well done!", "Thank you", Readiness.SOON)


def test_only_its_lead_shares_it_and_before_that_nobody_else_knows_of_it(store: Store, workspace_id: int):
    stage = desk(store, workspace_id, weeks=2)
    row, agent = begun(stage), asker(stage, AGENT, Role.AGENT)
    with store.transaction() as session:
        assert performance.latest_of(session, workspace_id, stage.people[AGENT].id) is None
        assert awaiting(session, workspace_id, agent, now=stage.now) == []
        [mine] = awaiting(session, workspace_id, asker(stage), now=stage.now)
        assert (mine.kind, mine.facts["other"], mine.facts["is_lead"]) == ("performance_talk", AGENT, True)
        with pytest.raises(errors.NotYourTalk):
            performance.share(session, workspace_id, row.id, by=agent, now=stage.now)
        assert performance.share(session, workspace_id, row.id, by=asker(stage), now=stage.now) is None
        first = session.get_one(PerformanceTalk, (workspace_id, row.id)).shared_at
        performance.share(session, workspace_id, row.id, by=asker(stage), now=stage.now + timedelta(days=1))
        assert session.get_one(PerformanceTalk, (workspace_id, row.id)).shared_at == first == stage.now
        assert performance.latest_of(session, workspace_id, stage.people[AGENT].id) is not None
        [theirs] = awaiting(session, workspace_id, agent, now=stage.now)
        assert theirs.facts["is_lead"] is False
        performance.say(session, workspace_id, row.id, "Thank you", by=agent)
        assert awaiting(session, workspace_id, agent, now=stage.now) == []


def test_a_training_is_written_down_once_by_its_name(store: Store, workspace_id: int):
    stage = desk(store, workspace_id, weeks=2)
    row, by = begun(stage), asker(stage)
    with store.transaction() as session:
        for name, done_on in (("Refunds", None), ("REFUNDS", date(2026, 6, 9))):
            performance.train(
                session, workspace_id, row.id, name, done_on=done_on, due_on=date(2026, 6, 30), by=by, now=stage.now
            )
        with pytest.raises(errors.Invalid):
            performance.train(session, workspace_id, row.id, "  ", done_on=None, due_on=None, by=by, now=stage.now)
    [found] = page(stage, row).training
    assert (found.name, found.done_on) == ("Refunds", date(2026, 6, 9))


def test_half_a_year_is_the_last_two_whole_quarters(store: Store, workspace_id: int):
    stage = desk(store, workspace_id, usually, weeks=2)
    period = performance.half_year(stage.team, stage.now)
    assert (period.first_day, period.last_day) == (date(2025, 10, 1), date(2026, 3, 31))
