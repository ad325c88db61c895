"""What the data suggests to a lead: with its reason, once, and only what the team has agreed to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from cspm_core import errors, people
from cspm_core.coaching import rated, suggesting
from cspm_core.coaching.tables import Suggestion
from cspm_core.effects.awaiting import awaiting
from cspm_core.ids import new_id
from cspm_core.people import Asker, Role
from cspm_core.qa.tables import QaAnswer, QaReview, QaScorecard, QaScorecardVersion
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts, record
from cspm_core.waiting import Consequence

from .effect_stage import MONDAY, Desk, desk, usually

SINCE = MONDAY + timedelta(weeks=21)


def lead_of(found: Desk, role: Role = Role.LEAD) -> Asker:
    return Asker(found.people["Lead"].id, "Lead", None, None, frozenset({(found.team.id, role)}))


def suggested(found: Desk, now=None) -> list[Suggestion]:
    with found.store.transaction() as session:
        suggesting.suggest(session, found.team, now=now or found.now)
    with found.store.reading() as session:
        return list(session.exec(select(Suggestion)).all())


def agreed(found: Desk, level: str = "lead") -> Desk:
    with found.store.transaction() as session:
        team = people.team(session, found.team.workspace_id, found.team.id)
        people.agree_on_person_figures(session, team, level, "the works council", now=found.now)
    return replace(found, team=team)


def _one_falls(agent: str, day: date, n: int) -> bool:
    """Agent C's customers are content half as often in the last four weeks."""
    return usually(agent, day, n) and not (agent == "Agent C" and day >= SINCE and (day.day + n) % 2)


def _one_rises(agent: str, day: date, n: int) -> bool:
    return (
        (day.day + n) % 30 != 0
        if agent == "Agent D" and day >= MONDAY + timedelta(weeks=17)
        else usually(agent, day, n)
    )


def test_a_figure_that_fell_beyond_the_team_is_suggested_once_a_month(store: Store, workspace_id: int):
    stage = agreed(desk(store, workspace_id, _one_falls))
    found = [one for one in suggested(stage) if one.kind == "signal_worse"]
    assert {one.member_id for one in found} == {stage.people["Agent C"].id}
    [csat] = [one for one in found if one.facts["metric"] == "csat"]
    assert csat.facts["n_after"] == 60
    assert csat.facts["high"] < 0
    assert csat.facts["after"] < csat.facts["before"] - 0.2
    assert (csat.facts["first"], csat.facts["last"]) == ("2026-10-26", "2026-11-22")
    again = suggested(stage, stage.now + timedelta(days=1))
    assert len([one for one in again if one.kind == "signal_worse"]) == len(found)


def test_who_has_clearly_risen_is_suggested_as_well(store: Store, workspace_id: int):
    stage = agreed(desk(store, workspace_id, _one_rises))
    found = suggested(stage)
    assert {(one.kind, one.member_id) for one in found} == {("rose", stage.people["Agent D"].id)}


def test_where_nothing_happens_next_to_nothing_is_suggested(sqlite_store: Store, now):
    with sqlite_store.transaction() as session:
        workspace_id = people.found_workspace(session, now=now).id
    stage, said = agreed(desk(sqlite_store, workspace_id)), 0
    for week in range(4):
        said = len(suggested(stage, stage.now - timedelta(weeks=week)))
    assert said <= 1


@pytest.mark.parametrize("level", ["self", "nobody"])
def test_without_the_teams_agreement_nothing_is_said_about_a_person(store: Store, workspace_id: int, level: str):
    stage = agreed(desk(store, workspace_id, _one_falls), level)
    assert suggested(stage) == []


@pytest.mark.parametrize(
    ("bad", "rated_in_all", "least"),
    [(5, 100, 3), (10, 100, 3), (20, 100, 4), (35, 100, 5), (50, 100, None), (1, 4, None)],
)
def test_how_many_bad_ratings_of_five_are_no_chance(bad: int, rated_in_all: int, least: int | None):
    assert rated.least_low(bad, rated_in_all) == least


def _rates(found: Desk, name: str, told: Sequence[tuple[str, str]], key: str = "R", ago: int = 50) -> None:
    """Somebody's customers of late: rating and comment."""
    facts = [
        TicketFacts(
            f"{key}-{n}", found.now - timedelta(hours=ago + 10 - n), agent=name, csat=rating, csat_scale="5",
            csat_at=found.now - timedelta(hours=ago - n), csat_comment=comment,
        )
        for n, (rating, comment) in enumerate(told)
    ]  # fmt: skip
    with found.store.transaction() as session:
        team = people.team(session, found.team.workspace_id, found.team.id)
        record(session, team, facts, scope=team.id, known_at=found.now, now=found.now)


def _mostly(agent: str, day: date, n: int) -> bool:
    return (day.toordinal() * 3 + n + ord(agent[-1])) % 20 != 0


def test_a_run_of_low_ratings_is_suggested_once_and_again_only_for_another_run(store: Store, workspace_id: int):
    stage = agreed(desk(store, workspace_id, _mostly, weeks=6))
    _rates(stage, "Agent C", [("1", ""), ("5", ""), ("2", ""), ("1", ""), ("5", "")])
    [found] = suggested(stage)
    assert (found.kind, found.member_id) == ("low_ratings", stage.people["Agent C"].id)
    assert (found.facts["low"], found.facts["of"]) == (3, 5)
    _rates(stage, "Agent C", [("1", "")], "S", 40)
    assert len(suggested(stage, stage.now + timedelta(days=1))) == 1
    _rates(stage, "Agent C", [("1", ""), ("1", ""), ("5", ""), ("5", ""), ("1", "")], "T", 30)
    assert len(suggested(stage, stage.now + timedelta(days=2))) == 2


LONG = "Teo stayed with me for an hour until everything worked again."


@pytest.mark.parametrize(
    ("comment", "rating", "is_praise"),
    [
        (LONG, "5", True),
        (LONG, "4", False),
        ("Thanks!", "5", False),
        ("他花了一個小時陪我，直到所有問題都解決為止，非常感謝。", "5", True),
        ("감사합니다", "5", False),
    ],
)
def test_praise_says_more_than_thanks(store: Store, workspace_id: int, comment: str, rating: str, is_praise: bool):
    stage = agreed(desk(store, workspace_id, _mostly, weeks=2), "self")
    _rates(stage, "Agent C", [(rating, comment)])
    assert [one.kind for one in suggested(stage)] == (["praise"] if is_praise else [])


def test_of_several_praises_in_a_week_the_longest_is_shown_with_its_words(store: Store, workspace_id: int):
    stage = agreed(desk(store, workspace_id, _mostly, weeks=2), "self")
    _rates(stage, "Agent C", [("5", LONG), ("5", LONG + " I will tell everybody about it."), ("5", LONG)])
    suggested(stage)
    with store.reading() as session:
        [seen] = suggesting.open_for(session, workspace_id, lead_of(stage), now=stage.now)
    assert (seen.member, seen.kind, seen.is_good) == ("Agent C", "praise", True)
    assert seen.comment.endswith("about it.")
    assert "about it" not in str(seen.facts)


def _reviewed(found: Desk, name: str, points: Sequence[float], days_ago: Sequence[int]) -> None:
    with found.store.transaction() as session:
        team, now = found.team, found.now
        definition = {
            "on_critical": "zero", "on_na": "left_out", "passed_from": 80.0,
            "sections": [{"name": "All", "criteria": [
                {"key": "tone", "name": "Tone of voice", "scale": ["poor", "fair", "good"], "weight": 1.0,
                 "is_critical": False, "may_be_na": True, "guidance": "", "causes": []}]}],
        }  # fmt: skip
        card = QaScorecard(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, name="M", name_key="m")
        session.add(card)
        session.flush()
        version = QaScorecardVersion(
            workspace_id=team.workspace_id, id=new_id(now), scorecard_id=card.id, version=1, definition=definition,
            made_at=now,
        )  # fmt: skip
        session.add(version)
        session.flush()
        [identity] = people.identities_of(session, team.workspace_id, found.people[name].id)
        for n, (score, ago) in enumerate(zip(points, days_ago, strict=True)):
            at = now - timedelta(days=ago)
            review = QaReview(
                workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, version_id=version.id,
                agent_id=identity, contact_key=f"K{n}", stratum="random", started_at=at, submitted_at=at, score=50.0,
            )  # fmt: skip
            session.add(review)
            session.flush()
            session.add(
                QaAnswer(
                    workspace_id=team.workspace_id, id=new_id(now), review_id=review.id, criterion="tone", score=score,
                    lowest=1, highest=3,
                )
            )  # fmt: skip


@pytest.mark.parametrize(
    ("points", "ago", "says"),
    [((1, 1), (3, 20), True), ((1, 1), (3, 40), False), ((1, 2), (3, 20), False), ((1, 3, 1), (1, 2, 3), True)],
)
def test_two_low_scores_on_one_criterion_within_a_month(
    store: Store, workspace_id: int, points: Sequence[float], ago: Sequence[int], says: bool
):
    stage = agreed(desk(store, workspace_id, _mostly, weeks=2))
    _reviewed(stage, "Agent C", points, ago)
    found = suggested(stage)
    assert [one.kind for one in found] == (["low_criterion"] if says else [])
    if says:
        assert found[0].facts["criterion"] == "Tone of voice"
        assert len(suggested(stage, stage.now + timedelta(days=1))) == 1


def _praised(store: Store, workspace_id: int) -> tuple[Desk, Suggestion]:
    stage = agreed(desk(store, workspace_id, _mostly, weeks=2), "self")
    _rates(stage, "Agent C", [("5", LONG)])
    [found] = suggested(stage)
    return stage, found


@pytest.mark.parametrize("decide", [suggesting.take, suggesting.dismiss])
def test_the_lead_decides_once(store: Store, workspace_id: int, decide: Callable[..., suggesting.Seen]):
    stage, found = _praised(store, workspace_id)
    with store.transaction() as session:
        seen = decide(session, workspace_id, found.id, by=lead_of(stage), now=stage.now)
        assert seen.status in ("taken", "dismissed")
        assert decide(session, workspace_id, found.id, by=lead_of(stage), now=stage.now).status == seen.status
        other = replace(lead_of(stage), member_id=stage.people["Agent A"].id)
        with pytest.raises(errors.Changed):
            suggesting.take(session, workspace_id, found.id, by=other, now=stage.now)
        assert suggesting.open_for(session, workspace_id, lead_of(stage), now=stage.now) == []


def test_nobody_else_decides_and_nobody_about_themselves(store: Store, workspace_id: int):
    stage, found = _praised(store, workspace_id)
    agent = Asker(stage.people["Agent A"].id, "A", None, None, frozenset({(stage.team.id, Role.AGENT)}))
    admin = Asker(stage.people["Agent B"].id, "B", None, Role.ADMIN, frozenset())
    own = replace(lead_of(stage), member_id=stage.people["Agent C"].id)
    with store.transaction() as session:
        for stranger in (agent, admin, own):
            with pytest.raises(errors.NotForYou):
                suggesting.take(session, workspace_id, found.id, by=stranger, now=stage.now)
            assert suggesting.open_for(session, workspace_id, stranger, now=stage.now) == []


def test_a_manager_sees_praise_but_nothing_about_figures(store: Store, workspace_id: int):
    stage = agreed(desk(store, workspace_id, _mostly, weeks=6))
    _rates(stage, "Agent C", [("1", ""), ("5", LONG), ("2", ""), ("1", ""), ("5", "")])
    assert {one.kind for one in suggested(stage)} == {"praise", "low_ratings"}
    with store.reading() as session:
        seen = suggesting.open_for(session, workspace_id, lead_of(stage, Role.MANAGER), now=stage.now)
        assert [one.kind for one in seen] == ["praise"]
        assert len(suggesting.open_for(session, workspace_id, lead_of(stage), now=stage.now)) == 2


def test_what_nobody_decides_is_over_after_two_weeks(store: Store, workspace_id: int):
    stage, found = _praised(store, workspace_id)
    with store.transaction() as session:
        assert suggesting.expire(session, workspace_id, now=stage.now + timedelta(days=13)) == 0
        assert suggesting.expire(session, workspace_id, now=stage.now + timedelta(days=14)) == 1
        with pytest.raises(errors.Changed):
            suggesting.take(session, workspace_id, found.id, by=lead_of(stage), now=stage.now)


def test_it_waits_for_the_lead_as_an_idea(store: Store, workspace_id: int):
    stage, found = _praised(store, workspace_id)
    with store.transaction() as session:
        [waiting] = awaiting(session, workspace_id, lead_of(stage), now=stage.now)
        assert (waiting.kind, waiting.subject_id, waiting.consequence) == ("suggestion", found.id, Consequence.IDEA)
        assert (waiting.facts["member"], waiting.facts["kind"]) == ("Agent C", "praise")
        suggesting.take(session, workspace_id, found.id, by=lead_of(stage), now=stage.now)
        [done] = awaiting(session, workspace_id, lead_of(stage), now=stage.now)
    assert done.done_at == stage.now


def test_it_is_looked_for_at_night(store: Store, workspace_id: int):
    stage = desk(store, workspace_id, weeks=2)
    midnight = stage.now - timedelta(hours=9)
    wanted = [hour for hour in range(24) if suggesting.is_wanting(stage.team, now=midnight + timedelta(hours=hour))]
    assert wanted == [3, 4, 5]
