"""Tours: where each person is, how many have opened one and never who, and what an escalation would do now."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, func, select

from cspm_core import escalations, people, setup, tours
from cspm_core.escalations import Escalation, EscalationEvent, Policy, Step
from cspm_core.matching import NameMatch
from cspm_core.people import FEW, Asker, Member, Role, Team
from cspm_core.store import Store
from cspm_core.tours import STEPS, Bound, Opened, rules
from cspm_core.tours.tables import Tour

OPEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""Monday ten o'clock in New York."""
NIGHT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def _team(session: Session, workspace_id: int, name: str = "Returns", **more: str) -> Team:
    settings = {"timezone": "America/New_York", "channel": "C1", **more}
    return people.add_team(session, workspace_id, name, now=OPEN, **settings)


def _member(session: Session, team: Team, name: str, role: Role = Role.AGENT, *, in_slack: bool = True) -> Member:
    slack = f"U{name.upper()}" if in_slack else None
    one = people.add_member(session, team.workspace_id, name, slack_user_id=slack, now=OPEN)
    people.join_team(session, team, one, role, now=OPEN - DAY)
    return one


def test_every_role_has_a_tour_of_six_to_eight_steps_and_each_ends_where_everything_is():
    assert set(STEPS) == set(Role)
    for steps in STEPS.values():
        assert 6 <= len(steps) <= 8
        assert len(set(steps)) == len(steps)
        assert steps[-1] == "where"


def test_the_highest_role_comes_first():
    asker = Asker(1, "Mina", "U1", None, frozenset({(1, Role.AGENT), (2, Role.LEAD), (3, Role.QA_REVIEWER)}))
    assert tours.roles_of(asker) == (Role.LEAD, Role.QA_REVIEWER, Role.AGENT)
    assert tours.roles_of(Asker(1, "Mina", "U1", Role.ADMIN, asker.roles))[0] is Role.ADMIN
    assert tours.roles_of(Asker(None, "", "U2", None, frozenset())) == ()


def test_a_tour_that_was_left_opens_where_it_was_left_and_one_that_is_through_at_the_start(
    store: Store, workspace_id: int
):
    with store.transaction() as session:
        mina = _member(session, _team(session, workspace_id), "Mina", Role.LEAD)
        assert tours.open(session, workspace_id, mina.id, Role.LEAD, now=OPEN) == "figures"
        tours.reach(session, workspace_id, mina.id, Role.LEAD, "digest", now=OPEN)
    with store.transaction() as session:
        assert tours.open(session, workspace_id, mina.id, Role.LEAD, now=OPEN + DAY) == "digest"
        tours.end(session, workspace_id, mina.id, Role.LEAD, now=OPEN + DAY)
        tours.end(session, workspace_id, mina.id, Role.LEAD, now=OPEN + 2 * DAY)
    with store.transaction() as session:
        found = tours.progress(session, workspace_id, mina.id, Role.LEAD)
        assert found is not None
        assert (found.opened_at, found.done_at) == (OPEN, OPEN + DAY)
        assert tours.open(session, workspace_id, mina.id, Role.LEAD, now=OPEN + 3 * DAY) == "figures"
        tours.reach(session, workspace_id, mina.id, Role.LEAD, "behind", now=OPEN + 3 * DAY)
        assert tours.open(session, workspace_id, mina.id, Role.LEAD, now=OPEN + 3 * DAY) == "behind"
        assert tours.progress(session, workspace_id, mina.id, Role.AGENT) is None
        with pytest.raises(ValueError, match="tuple"):
            tours.reach(session, workspace_id, mina.id, Role.LEAD, "own_figures", now=OPEN)


def test_the_tour_left_last_is_the_one_seen_last_and_not_through_of_the_roles_held(store: Store, workspace_id: int):
    held = (Role.LEAD, Role.QA_REVIEWER, Role.AGENT)

    def left(*roles: Role) -> Role | None:
        return tours.left_last(session, workspace_id, mina.id, roles or held)

    with store.transaction() as session:
        team = _team(session, workspace_id)
        mina, ada = _member(session, team, "Mina", Role.LEAD), _member(session, team, "Ada")
        assert left() is None
        tours.open(session, workspace_id, mina.id, Role.AGENT, now=OPEN)
        tours.open(session, workspace_id, mina.id, Role.LEAD, now=OPEN + DAY)
        tours.open(session, workspace_id, ada.id, Role.QA_REVIEWER, now=OPEN + 9 * DAY)
        assert left() is Role.LEAD
        tours.open(session, workspace_id, mina.id, Role.AGENT, now=OPEN + 2 * DAY)
        assert left() is Role.AGENT
        assert left(Role.LEAD) is Role.LEAD
        tours.reach(session, workspace_id, mina.id, Role.LEAD, "behind", now=OPEN + 3 * DAY)
        assert left() is Role.LEAD
        tours.end(session, workspace_id, mina.id, Role.LEAD, now=OPEN + 4 * DAY)
        assert left() is Role.AGENT
        tours.end(session, workspace_id, mina.id, Role.AGENT, now=OPEN + 5 * DAY)
        assert left() is None


def test_two_workers_open_one_tour(store: Store, workspace_id: int):
    with store.transaction() as session:
        mina = _member(session, _team(session, workspace_id), "Mina", Role.LEAD)

    def opens(_: int) -> str:
        with store.transaction() as session:
            return tours.open(session, workspace_id, mina.id, Role.LEAD, now=OPEN)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(opens, range(8))) == {"figures"}
    with store.reading() as session:
        assert session.exec(select(func.count()).select_from(Tour)).one() == 1


def test_how_many_have_opened_it_counts_people_of_the_team_once_from_the_day_after(store: Store, workspace_id: int):
    with store.transaction() as session:
        team = _team(session, workspace_id)
        every = [_member(session, team, name) for name in ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus")]
        _member(session, team, "Hal", in_slack=False)
        stranger = _member(session, _team(session, workspace_id, "Billing"), "Ivo")
        for one in (*every[:3], stranger):
            tours.open(session, workspace_id, one.id, Role.AGENT, now=OPEN)
        tours.open(session, workspace_id, every[0].id, Role.LEAD, now=OPEN)
    with store.reading() as session:
        assert tours.opened(session, team, now=OPEN + timedelta(hours=8)) == Opened(2, 7, Bound.AT_MOST)
        assert tours.opened(session, team, now=OPEN + DAY) == Opened(3, 7)


@pytest.mark.parametrize("how", ["taken out", "there for a day", "a name taken back"])
def test_who_is_taken_out_of_a_team_is_not_told_by_the_number_that_is_left(store: Store, workspace_id: int, how: str):
    """Whoever could compare it with the number before would know what one person did."""
    with store.transaction() as session:
        team = _team(session, workspace_id)
        every = [_member(session, team, name) for name in ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal")]
        for one in every[:4]:
            tours.open(session, workspace_id, one.id, Role.AGENT, now=OPEN)
        assert tours.opened(session, team, now=OPEN + DAY) == Opened(4, 8)
        if how == "taken out":
            setup.shift_crew(session, team, Role.AGENT, [], [every[0]], now=OPEN + DAY)
        elif how == "there for a day":
            (place,) = people.memberships(session, workspace_id, every[0].id)
            place.from_day, place.to_day = (OPEN + DAY).date(), OPEN.date()
            session.add(place)
            session.flush()
        else:
            (place,) = people.memberships(session, workspace_id, every[0].id)
            session.delete(place)
            name = people.identity(session, workspace_id, "A. Da", now=OPEN)
            session.add(
                NameMatch(workspace_id=workspace_id, id=1, identity_id=name.id, member_id=every[0].id, at=OPEN,
                          joined=f"{team.id}", undone_at=OPEN + DAY)
            )  # fmt: skip
            session.flush()
        assert tours.opened(session, team, now=OPEN + DAY) is None
        assert tours.opened(session, team, now=OPEN + 31 * DAY) == Opened(3, 7)


def test_nothing_is_said_of_a_small_team(store: Store, workspace_id: int):
    with store.transaction() as session:
        team = _team(session, workspace_id)
        every = [_member(session, team, name) for name in ("Ada", "Bo", "Cy", "Di")]
        for one in every:
            tours.open(session, workspace_id, one.id, Role.AGENT, now=OPEN)
    with store.reading() as session:
        assert tours.opened(session, team, now=OPEN + DAY) is None


@given(st.integers(0, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_whoever_knows_of_themselves_cannot_tell_what_any_other_did(told: tuple[int, int]):
    """Of the numbers that are told alike, take away the reader: the others are never all, nor none."""
    n, of = told
    said = rules.quietly(n, of)
    if of < FEW:
        assert said is None
        return
    alike = [m for m in range(of + 1) if rules.quietly(m, of) == said]
    assert n in alike
    for me in (0, 1):
        others = {m - me for m in alike if 0 <= m - me <= of - 1}
        assert others != {0}
        assert others != {of - 1}


def test_an_escalation_is_thought_through_and_nothing_is_raised(store: Store, workspace_id: int):
    with store.transaction() as session:
        team = _team(session, workspace_id)
        _member(session, team, "Mina", Role.LEAD)
        in_hours, at_night = (tours.climb(session, team, 2, at) for at in (OPEN, NIGHT))
        assert session.exec(select(func.count()).select_from(Escalation)).one() == 0
        assert session.exec(select(func.count()).select_from(EscalationEvent)).one() == 0
    assert [(one.who, one.names, one.at) for one in in_hours.rungs] == [
        ("lead", ("Mina",), OPEN),
        ("channel", (), OPEN + timedelta(minutes=15)),
        ("manager", (), None),
    ]
    assert in_hours.rungs[2].why == "nobody"
    assert in_hours.waits_until is None
    opening = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert [one.at for one in at_night.rungs] == [opening, opening + timedelta(minutes=15), None]
    assert at_night.waits_until == opening


def test_a_climb_is_what_the_escalation_then_does(store: Store, workspace_id: int):
    """The steps that were foretold are the steps that are taken."""
    with store.transaction() as session:
        team = _team(session, workspace_id)
        _member(session, team, "Mina", Role.LEAD)
        _member(session, team, "Ina", Role.MANAGER)
        steps = (Step("lead"), Step("channel", 3600), Step("manager", 7200))
        escalations.set_policy(session, team, 2, Policy(steps), now=OPEN)
        late = datetime(2026, 11, 23, 20, 30, tzinfo=UTC)
        foretold = tours.climb(session, team, 2, late)
        raised = escalations.raise_one(session, team, escalations.Cause("x", "It burns", severity=2), now=late)
        at, taken = late, list[datetime]()
        for _ in range(12):
            due = [(one.workspace_id, one.id) for one in escalations.due(session, now=at)]
            escalations.move_on(session, due, escalations.Deck(at))
            one = session.get_one(Escalation, (workspace_id, raised.escalation_id))
            events = session.exec(select(EscalationEvent).where(EscalationEvent.kind == "told")).all()
            taken = sorted(event.at for event in events)
            if len(taken) == 3:
                break
            assert one.next_at is not None
            at = one.next_at
    assert [one.at for one in foretold.rungs] == taken
    assert [one.names for one in foretold.rungs] == [("Mina",), (), ("Ina",)]
