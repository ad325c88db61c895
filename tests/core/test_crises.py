"""Crises beside their escalations: begun once, gathering customers, asked for updates; on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from cspm_core import crises, errors, escalations, people, tickets
from cspm_core.crises import Action, Crisis, CrisisCustomer, Plan, PlanTask, rules
from cspm_core.escalations import Cause, Ending, Origin, Prevention, Raised
from cspm_core.notices import Notice
from cspm_core.people import Asker, Member, Role, Team
from cspm_core.store import Store
from cspm_core.tickets import Ticket, TicketFacts

MINUTE = timedelta(minutes=1)


@dataclass
class Desk:
    """Returns, led by Mina, with Ada; Omar manages. Bo is of another team."""

    store: Store
    team: Team
    now: datetime
    cast: dict[str, Member] = field(default_factory=dict)

    def asker(self, who: str) -> Asker:
        with self.store.reading() as session:
            slack = str(self.cast[who].slack_user_id)
            return people.asker(session, self.team.workspace_id, slack, self.now.date())

    def raises(self, what: str = "Every card is refused", **facts: object) -> Raised:
        given = {"kind": "crisis", "severity": 1, **facts}
        with self.store.transaction() as session:
            return escalations.raise_one(session, self.team, Cause("rule", what, **given), now=self.now)  # type: ignore[arg-type]

    def sweep(self) -> int:
        """What a beat of the schedule does; how much there was to do."""
        with self.store.reading() as session:
            astray = crises.astray(session)
            due = [one.id for one in crises.due(session, now=self.now)]
        for one in astray:
            with self.store.transaction() as session:
                crises.set_right(session, one, now=self.now)
        for crisis_id in due:
            with self.store.transaction() as session:
                crises.move_on(session, self.team.workspace_id, crisis_id, now=self.now)
        return len(astray) + len(due)

    def turn(self, delta: timedelta) -> None:
        self.now += delta
        self.sweep()

    def begins(self, **facts: object) -> tuple[Raised, int]:
        raised = self.raises(**facts)  # type: ignore[arg-type]
        self.sweep()
        with self.store.reading() as session:
            found = crises.of_escalation(session, self.team.workspace_id, raised.escalation_id)
        assert found is not None
        return raised, found.id

    def board(self, crisis_id: int) -> crises.Board:
        with self.store.reading() as session:
            return crises.board(session, self.team.workspace_id, crisis_id, now=self.now)

    def rows(self, table: type) -> list[object]:
        with self.store.reading() as session:
            return list(session.exec(select(table)))

    def notices(self, kind: str) -> list[Notice]:
        with self.store.reading() as session:
            return list(session.exec(select(Notice).where(Notice.kind == kind)))

    def kinds(self, raised: Raised) -> list[str]:
        with self.store.reading() as session:
            return [one.kind for one in escalations.timeline(session, self.team.workspace_id, raised.escalation_id)]


@pytest.fixture
def desk(store: Store, workspace_id: int, now: datetime) -> Desk:
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Returns", timezone="UTC", channel="C1", now=now)
        other = people.add_team(session, workspace_id, "Billing", timezone="UTC", channel="C2", now=now)
        cast = {
            name: people.add_member(session, workspace_id, name, slack_user_id=f"U{name.upper()}", now=now)
            for name in ("Mina", "Ada", "Omar", "Bo")
        }
        for name, role in (("Mina", Role.LEAD), ("Ada", Role.AGENT), ("Omar", Role.MANAGER)):
            people.join_team(session, team, cast[name], role, now=now)
        people.join_team(session, other, cast["Bo"], Role.AGENT, now=now)
    return Desk(store, team, now, cast)


def test_a_crisis_begins_once_however_many_look_at_once(desk: Desk):
    raised = desk.raises()

    def begin(_: int) -> int:
        with desk.store.transaction() as session:
            return crises.begin(session, desk.team.workspace_id, raised.escalation_id, now=desk.now).id

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(begin, range(6)))) == 1
    assert len(desk.rows(Crisis)) == 1
    assert len(desk.rows(crises.CrisisTask)) == len(crises.READY)
    assert len(desk.notices(crises.BOARD)) == 1
    assert desk.sweep() == 0


def test_only_crises_begin_one_and_what_they_gather_does_not(desk: Desk):
    desk.raises(kind="technical")
    raised, _ = desk.begins()
    desk.raises("One of many", parent_id=raised.escalation_id, cause="burst:1")
    desk.sweep()
    assert len(desk.rows(Crisis)) == 1
    assert desk.sweep() == 0


def test_gathered_tickets_bring_their_customers_once_each(desk: Desk):
    raised, crisis_id = desk.begins(customer="Own Customer")
    facts = [
        TicketFacts("R-1", desk.now, customer="Kim", organisation="Ｗarehouse 1"),
        TicketFacts("R-2", desk.now, customer="Lee", organisation="warehouse 1"),
        TicketFacts("R-3", desk.now, customer="Jansen"),
        TicketFacts("R-4", desk.now),
    ]
    with desk.store.transaction() as session:
        tickets.record(session, desk.team, facts, scope=desk.team.id, known_at=desk.now, now=desk.now)
    for _ in range(2):
        with desk.store.transaction() as session:
            found = session.exec(select(Ticket)).all()
            crises.gather(session, desk.team, raised.escalation_id, found, now=desk.now)
    with desk.store.reading() as session:
        every = crises.customers(session, desk.team.workspace_id, crisis_id)
        card = escalations.card(session, desk.team.workspace_id, raised.escalation_id, now=desk.now)
    assert [one.name for one in every] == ["Jansen", "Own Customer", "Ｗarehouse 1"]
    assert card is not None
    assert card.gathered_total == 4
    assert desk.sweep() == 0


def test_of_two_who_tick_a_line_the_first_has_done_it(desk: Desk):
    _, crisis_id = desk.begins()
    line = desk.board(crisis_id).checklist[0]

    def tick(who: str) -> crises.Ticked:
        asker = desk.asker(who)
        with desk.store.transaction() as session:
            return crises.tick(session, desk.team.workspace_id, crisis_id, line.id, crises.DONE, by=asker, now=desk.now)

    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(tick, ("Mina", "Ada", "Omar")))
    (first,) = [one for one in done if one.first]
    assert {one.by for one in done} == {first.by}
    with pytest.raises(errors.NotYours):
        tick("Bo")


def test_the_same_update_is_posted_once_and_starts_the_interval_anew(desk: Desk):
    raised, crisis_id = desk.begins()
    desk.now += 20 * MINUTE
    asker = desk.asker("Mina")
    for first in (True, False):
        with desk.store.transaction() as session:
            said = crises.post_update(
                session, desk.team.workspace_id, crisis_id, "Half of it works", by=asker, key="V1", now=desk.now
            )
        assert said is first
    assert desk.board(crisis_id).update_due_at == desk.now + 30 * MINUTE
    assert desk.kinds(raised).count("crisis_update") == 1


def test_a_crisis_in_working_time_asks_for_updates_in_working_time(desk: Desk):
    desk.now = desk.now.replace(hour=16, minute=50)
    _, crisis_id = desk.begins(severity=2)
    assert desk.board(crisis_id).update_due_at == desk.now + timedelta(hours=16, minutes=30)  # 09:20 the next morning


def test_silence_is_reminded_once_then_climbs_and_a_bot_that_was_down_catches_up_once(desk: Desk):
    raised, _ = desk.begins()
    with desk.store.transaction() as session:
        escalations.acknowledge(
            session, desk.team.workspace_id, raised.escalation_id, by=desk.asker("Mina"), origin=Origin.BUTTON,
            now=desk.now,
        )  # fmt: skip
    desk.turn(timedelta(hours=5))
    assert [one.place for one in desk.notices(crises.UPDATE_DUE)] == ["UMINA"]
    desk.turn(29 * MINUTE)
    assert "crisis_silent" not in desk.kinds(raised)
    desk.turn(1 * MINUTE)
    assert desk.kinds(raised)[-1] == "crisis_silent"
    with desk.store.reading() as session:
        assert escalations.one(session, desk.team.workspace_id, raised.escalation_id).status == "open"
    assert desk.sweep() == 0


def test_an_all_clear_ends_what_was_gathered_and_needs_a_reason_where_the_team_wants_one(desk: Desk):
    raised, crisis_id = desk.begins()
    for n in range(3):
        desk.raises("One of many", parent_id=raised.escalation_id, cause=f"burst:{n}", kind="technical")
    with desk.store.transaction() as session:
        escalations.change_settings(session, desk.team, now=desk.now, needs_reason=True)
    asker = desk.asker("Mina")

    def clear(ending: Ending) -> crises.Cleared:
        with desk.store.transaction() as session:
            return crises.all_clear(
                session, desk.team.workspace_id, crisis_id, "Over", ending, with_gathered=True, by=asker, now=desk.now
            )

    with pytest.raises(errors.Invalid):
        clear(Ending())
    assert desk.board(crisis_id).ended_at is None
    assert clear(Ending("A certificate", "Renewed it")) == crises.Cleared(raised.number, 3, 0)
    with pytest.raises(errors.Over):
        clear(Ending("A certificate", "Renewed it"))
    assert desk.board(crisis_id).review_at == datetime(2026, 11, 30, 9, tzinfo=desk.now.tzinfo)


def test_a_review_is_written_once_and_its_actions_have_owners(desk: Desk):
    raised, crisis_id = desk.begins()
    asker = desk.asker("Mina")
    with desk.store.transaction() as session:
        crises.all_clear(
            session, desk.team.workspace_id, crisis_id, "Over", Ending(), with_gathered=False, by=asker, now=desk.now
        )
    actions = [Action("Watch the page", desk.cast["Ada"].id), Action("  "), Action("Ask the bank")]
    for first in (True, False):
        with desk.store.transaction() as session:
            done = crises.review(
                session,
                desk.team.workspace_id,
                crisis_id,
                "A certificate",
                "One voice",
                actions,
                by=asker,
                now=desk.now,
            )
        assert done is first
    tasks = desk.rows(Prevention)
    assert sorted(one.owner_id for one in tasks) == sorted([desk.cast["Ada"].id, desk.cast["Mina"].id])  # type: ignore[attr-defined]
    assert len(desk.board(crisis_id).actions) == 2
    desk.turn(timedelta(days=30))
    assert desk.notices(crises.REVIEW)[0].place == "C1"
    assert len(desk.notices(crises.REVIEW)) == 1
    assert desk.kinds(raised)[-3:] == ["crisis_reviewed", "prevention", "prevention"]


def test_a_crisis_handed_to_another_team_shows_its_board_there(desk: Desk):
    raised, _ = desk.begins()
    with desk.store.transaction() as session:
        to = people.team_named(session, desk.team.workspace_id, "Billing")
        escalations.hand_to_team(
            session, desk.team.workspace_id, raised.escalation_id, to, by=desk.asker("Mina"), words="", due_at=None,
            origin=Origin.FORM, now=desk.now,
        )  # fmt: skip
    desk.sweep()
    assert [one.place for one in desk.notices(crises.BOARD)] == ["C1", "C2"]
    assert desk.sweep() == 0


def test_what_is_no_crisis_after_all_ends_without_a_review(desk: Desk):
    raised, crisis_id = desk.begins()
    with desk.store.transaction() as session:
        escalations.edit(
            session, desk.team.workspace_id, raised.escalation_id, escalations.Edit(kind="technical"),
            by=desk.asker("Mina"), origin=Origin.FORM, now=desk.now,
        )  # fmt: skip
    desk.sweep()
    board = desk.board(crisis_id)
    assert board.ended_at == desk.now
    assert board.review_at is None
    assert desk.sweep() == 0


def test_a_plan_of_the_teams_own_is_copied_and_what_runs_is_not_bent(desk: Desk):
    _, before = desk.begins()
    own = Plan("crisis", "Ours", (PlanTask("own", "Call the bank", f"member:{desk.cast['Ada'].id}"),),
               {"nl": "Wij werken eraan."}, 600)  # fmt: skip
    with desk.store.transaction() as session:
        crises.set_plan(session, desk.team, own, by="Mina", now=desk.now)
    with desk.store.reading() as session:
        assert crises.plan(session, desk.team) == own
    _, after = desk.begins(cause="another")
    assert [line.key for line in desk.board(before).checklist] == list(crises.READY)
    board = desk.board(after)
    assert [(line.what, line.person.name if line.person else "") for line in board.checklist] == [
        ("Call the bank", "Ada")
    ]
    assert (board.words, board.approved_by) == ({"nl": "Wij werken eraan."}, "Mina")
    with desk.store.transaction() as session:
        asker = desk.asker("Mina")
        assert crises.use_plan(session, desk.team.workspace_id, before, "crisis", by=asker, now=desk.now)
        assert not crises.use_plan(session, desk.team.workspace_id, before, "crisis", by=asker, now=desk.now)
    assert [line.what for line in desk.board(before).checklist] == ["Call the bank"]


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (Plan("nonsense", "", (PlanTask("own", "x"),)), "kind"),
        (Plan("crisis", "", ()), "checklist"),
        (Plan("crisis", "", (PlanTask("own", " "),)), "checklist"),
        (Plan("crisis", "", (PlanTask("own", "x", "baker"),)), "checklist"),
        (Plan("crisis", "", (PlanTask("own", "x"),), update_every_s=60), "update_every"),
        (Plan("crisis", "", (PlanTask("own", "x"),), {"fr": "Bonjour"}), "words"),
    ],
)
def test_a_plan_that_cannot_be_followed_is_refused(plan: Plan, field: str):
    with pytest.raises(errors.Invalid) as refused:
        rules.checked(plan)
    assert refused.value.field == field


@given(st.text(), st.text())
def test_approved_words_keep_every_brace_that_is_not_a_placeholder(before: str, what: str):
    words = before.replace("{what}", "").replace("{since}", "").replace("{team}", "")
    if any("{" + name + "}" in words for name in crises.PLACEHOLDERS):
        return
    assert crises.filled(words + "{what}", since="now", team="Returns", what="x") == words + "x"


def test_customers_are_told_and_untold_and_only_those_on_the_page(desk: Desk):
    raised, crisis_id = desk.begins()
    for n in range(4):
        desk.raises("One", parent_id=raised.escalation_id, cause=f"burst:{n}", customer=f"C{n}", kind="technical")
    desk.sweep()
    with desk.store.reading() as session:
        ids = [one.id for one in crises.customers(session, desk.team.workspace_id, crisis_id)]
    asker = desk.asker("Ada")

    def tells(shown: list[int], ticked: list[int]) -> int:
        with desk.store.transaction() as session:
            return crises.tell_customers(
                session, desk.team.workspace_id, crisis_id, shown, ticked, by=asker, now=desk.now
            )

    assert tells(ids[:2], ids[:1]) == 1
    assert tells(ids[2:], ids[2:]) == 2
    assert desk.board(crisis_id).told == 3
    assert tells(ids[:2], ids[:1]) == 0
    assert tells(ids[2:], ids[3:]) == 0
    assert desk.board(crisis_id).told == 2
    assert len(desk.rows(CrisisCustomer)) == 4
