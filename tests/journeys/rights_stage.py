"""One team in which everything lies about that could be seen or done: for pressing each button as each role.

What is known of anybody has a word that stands nowhere else, so that it is noticed wherever it appears.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from bot import at_once
from bot.local_slack import Person
from cspm_core import (
    calibrations,
    coaching,
    crises,
    disputes,
    escalations,
    goals,
    handovers,
    matching,
    people,
    qa,
    recognition,
)
from cspm_core.calibrations import QaCalibration
from cspm_core.coaching import Every, PromiseKind, PromiseStatus, Suggestion, Talk, performance
from cspm_core.digests.tables import Digest
from cspm_core.escalations import Cause
from cspm_core.goals import Goal
from cspm_core.ids import new_id
from cspm_core.notices import Notice
from cspm_core.people import Asker, Member, Role, Team
from cspm_core.periods import parse_period
from cspm_core.qa import Criterion, Definition, QaReview, Section
from cspm_core.samples import QaDraw, QaPick
from cspm_core.tickets import Ticket, TicketFacts
from cspm_core.wellbeing import confiding, plans
from cspm_core.wellbeing.tables import Opinion, Pulse, PulseAsked

from .house import House

ZONE = "Europe/Amsterdam"
CAST = {
    "stranger": "Bo",
    "subject": "Teo",
    "colleague": "Ada",
    "reviewer": "Rex",
    "reviewer2": "Ria",
    "lead": "Mina",
    "lead2": "Lou",
    "manager": "Max",
    "executive": "Eva",
    "admin": "Adi",
}
"""Who presses in which role: the subject is whom it is about, the reviewer made the review, lead2 has another team."""
MORE = tuple(Person(name, name) for name in ("Rex", "Ria", "Lou", "Max", "Eva", "Adi"))
CARD = Definition(
    (
        Section(
            "Answer",
            (
                Criterion("right", "The answer is right", ("wrong", "half", "right"), weight=2),
                Criterion("tone", "The tone is kind", ("rude", "flat", "kind")),
            ),
        ),
    )
)
AGENTS = ("Teo", "Ada", "Kit", "Luis", "Mei", "Noor")
WEEKS, A_DAY = 8, 6
PARTS = (10, 12, 14)


@dataclass
class Stage:
    """`of` has the id of everything by its name, `marks` the words by which it would be known."""

    house: House
    team: Team
    other: Team
    of: dict[str, int] = field(default_factory=dict)
    marks: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def member(self, name: str) -> Member:
        return self.house.known[name]

    def slack(self, role: str) -> str:
        return self.house.person(CAST[role]).id

    def asker(self, session: Session, name: str) -> Asker:
        house = self.house
        return people.asker(session, house.workspace_id, house.person(name).id, house.now.date())

    def add(self, session: Session, name: str, row: Any, *marks: str) -> Any:
        """Remember something by a name, and the words by which it is known."""
        self.of[name], self.marks[name] = row.id, marks
        return row

    def new(self, table: Any, /, **facts: Any) -> Any:
        return table(workspace_id=self.house.workspace_id, id=new_id(self.house.now), **facts)


def set_up(house: House) -> Stage:
    """Everything, as of the house's clock, and every message about it delivered."""
    house.slack.faults.rate_limits = False
    team = house.team("Returns", timezone=ZONE, hours="mon-fri 09:00-17:00", person_figures="lead")
    other = house.team("Billing", "quiet", timezone=ZONE, hours="mon-fri 09:00-17:00", person_figures="lead")
    stage = Stage(house, team, other)
    _cast(stage)
    house.imports(team, _tickets(house.now), house.now)
    with house.store.transaction() as session:
        card = qa.save_scorecard(session, team, "Mail card", CARD, by=None, now=house.now)
        stage.of["card"], stage.of["version"] = card.id, card.version_id
        foreign = qa.save_scorecard(session, other, "Billing card", CARD, by=None, now=house.now)
        stage.of["foreign version"] = foreign.version_id
        stage.of["foreign identity"] = people.identities_of(session, house.workspace_id, stage.member("Lou").id)[0]
        stage.of["team"], stage.of["agent"] = team.id, stage.member("Teo").id
        stage.marks |= {"card": ("Mail card",), "team": (), "agent": ()}
        _reviews(stage, session)
        _rounds(stage, session)
        _picks(stage, session)
        _coaching(stage, session)
        _goals(stage, session)
        _thanks(stage, session)
        _wellbeing(stage, session)
        _drafts(stage, session)
        _work(stage, session)
        _names(stage, session)
    at_once.carry_on(house.runtime)
    with house.store.transaction() as session:
        _begun(stage, session)
    house.slack.settle()
    return stage


def _cast(stage: Stage) -> None:
    house, team = stage.house, stage.team
    settled: dict[str, Any] = {"language": "en", "locale_asked_at": house.now}
    for name in ("Teo", "Ada"):
        house.joins(team, name, **settled)
    for name, role in (
        ("Rex", Role.QA_REVIEWER),
        ("Ria", Role.QA_REVIEWER),
        ("Mina", Role.LEAD),
        ("Max", Role.MANAGER),
    ):
        house.joins(team, name, role, **settled)
    house.joins(stage.other, "Lou", Role.LEAD, **settled)
    with house.store.transaction() as session:
        for name, role in (("Bo", "member"), ("Eva", Role.EXECUTIVE), ("Adi", Role.ADMIN)):
            facts = {"slack_user_id": house.person(name).id, "role": str(role), **settled}
            house.known[name] = people.add_member(session, house.workspace_id, name, now=house.now, **facts)
        for name in AGENTS[2:]:
            house.known[name] = people.add_member(session, house.workspace_id, name, now=house.now)
            people.join_team(session, team, house.known[name], Role.AGENT, now=house.now)


def _tickets(now: datetime) -> list[TicketFacts]:
    """Six a working day, each by another agent; Teo's customers are content less often."""
    made: list[TicketFacts] = []
    for back in range(WEEKS * 7, 0, -1):
        day = now - timedelta(days=back)
        if day.weekday() < 5:
            made += [_ticket(len(made) + i, day + timedelta(minutes=20 * i)) for i in range(A_DAY)]
    return made


def _ticket(n: int, created: datetime) -> TicketFacts:
    agent = AGENTS[n % len(AGENTS)]
    is_content = (n // len(AGENTS)) % 3 != 0 if agent == "Teo" else n % 11 != 0
    return TicketFacts(
        f"T-{n}",
        created,
        agent=agent,
        channel="email",
        first_response_at=created + timedelta(minutes=30),
        solved_at=created + timedelta(hours=2),
        csat="5" if is_content else "1",
        csat_at=created + timedelta(hours=3),
        csat_comment="PRAISEWORD" if is_content and agent == "Teo" else "",
        subject=f"Where is parcel {n}?",
    )


def _names(stage: Stage, session: Session) -> None:
    """A name in the data that is nobody's yet, and one that the lead has said to be a colleague's."""
    workspace_id, now = stage.house.workspace_id, stage.house.now
    for number, name in enumerate(("j.smith", "kit.old")):
        found = people.identity(session, workspace_id, name, now=now)
        ticket = _ticket_of(stage, session, number)
        ticket.first_responder_id = found.id
        stage.of["name" if number == 0 else "name matched"] = found.id
    mina, kit = stage.member("Mina"), stage.member("Kit")
    done = matching.confirm(session, stage.of["name matched"], kit, teams=[stage.team.id], by=mina.id, now=now)
    assert done.match_id is not None
    stage.of["name matched"] = done.match_id


def _ticket_of(stage: Stage, session: Session, n: int) -> Ticket:
    query = select(Ticket).where(Ticket.workspace_id == stage.house.workspace_id, Ticket.key == f"T-{n * len(AGENTS)}")
    return session.exec(query).one()


def _reviews(stage: Stage, session: Session) -> None:
    for number, name in enumerate(("review", "disputed0", "disputed1", "disputed2", "disputed3")):
        row = _review(stage, session, name, number, is_told=True)
        if name.startswith("disputed"):
            dispute = disputes.raise_one(
                session, row.workspace_id, row.id, by=stage.asker(session, "Teo"),
                comment=f"OBJECTION{name[-1]}", proposed={"right": 3.0}, is_not_mine=name == "disputed3",
                now=stage.house.now,
            )  # fmt: skip
            dispute.step = min(2, int(name[-1]))
            session.add(dispute)
            stage.add(session, f"dispute{name[-1]}", dispute, f"OBJECTION{name[-1]}", f"WORDSOF{name}")
    held = _review(stage, session, "held", 5, is_told=False)
    held.in_person, held.tell_at = True, None
    session.add(held)
    _review(stage, session, "draft", 6, is_sent=False)


def _review(
    stage: Stage, session: Session, name: str, number: int, *, is_told: bool = False, is_sent: bool = True,
    by: str = "Rex", **more: Any,
) -> QaReview:  # fmt: skip
    """A review of Teo's work with words of its own."""
    now, asker = stage.house.now, stage.asker(session, by)
    ticket = _ticket_of(stage, session, number)
    row = qa.start(session, stage.team, asker, ticket_id=ticket.id, stratum="random", now=now, **more)
    qa.write_answer(session, row, "right", score=1.0, comment=f"WORDSOF{name}", is_open=True)
    qa.write_answer(session, row, "tone", score=3.0)
    if is_sent:
        qa.submit(session, row, by=asker, now=now)
        session.refresh(row)
    if is_told:
        row.tell_at = row.told_at = now - timedelta(hours=1)
        row.disputable_until = now + timedelta(days=2)
    session.add(row)
    session.flush()
    stage.of[f"ticket of {name}"] = ticket.id
    return stage.add(session, name, row, f"WORDSOF{name}")  # type: ignore[no-any-return]


def _rounds(stage: Stage, session: Session) -> None:
    who = [stage.member(name).id for name in ("Rex", "Ria")]
    for name, number in (("round", 10), ("round over", 12)):
        begun = calibrations.begin(
            session, stage.team, by=stage.asker(session, "Mina"), version_id=stage.of["version"],
            ticket_ids=[_ticket_of(stage, session, n).id for n in (number, number + 1)], reviewer_ids=who,
            due_on=stage.house.now.date() + timedelta(days=3), name=f"NAMEOF{name}", now=stage.house.now,
        )  # fmt: skip
        stage.add(session, name, begun, f"NAMEOF{name}")
        stage.of[f"ticket of {name}"] = _ticket_of(stage, session, number).id
    _review(stage, session, "blind", 10, is_sent=False, calibration_id=stage.of["round"])
    for by in ("Rex", "Ria"):
        for number in (12, 13):
            _review(stage, session, f"blind by {by}", number, by=by, calibration_id=stage.of["round over"])
    row = session.get_one(QaCalibration, (stage.house.workspace_id, stage.of["round over"]))
    row.closed_at = stage.house.now
    session.add(row)


def _drafts(stage: Stage, session: Session) -> None:
    """Everybody who may change the scorecard is about to; nobody has seen the performance page yet."""
    for name in ("Mina", "Max", "Adi"):
        qa.change_draft(
            session, stage.house.workspace_id, stage.of["card"], stage.member(name).id, qa.drop_criterion("tone"),
            now=stage.house.now,
        )  # fmt: skip
    for notice in session.exec(select(Notice).where(Notice.kind == performance.KIND)):
        session.delete(notice)


def _work(stage: Stage, session: Session) -> None:
    """What is of a team and of nobody in it: an escalation, a crisis, a handover, a digest."""
    now, team = stage.house.now, stage.team
    cause = Cause("person", "ESCALATEDWORDS", kind="complaint", severity=2, by=stage.member("Ada").id)
    stage.of["escalation"] = escalations.raise_one(session, team, cause, now=now).escalation_id
    crisis = Cause("rule", "CRISISWORDS", kind="crisis", severity=1)
    stage.of["crisis"] = escalations.raise_one(session, team, crisis, now=now).escalation_id
    _handed(stage, session)


def _begun(stage: Stage, session: Session) -> None:
    """The crisis, once it has begun."""
    workspace_id = stage.house.workspace_id
    found = crises.of_escalation(session, workspace_id, stage.of["crisis"])
    assert found is not None
    stage.of["crisis"] = found.id
    stage.of["task"] = crises.board(session, workspace_id, found.id, now=stage.house.now).checklist[0].id


def _handed(stage: Stage, session: Session) -> None:
    now, team = stage.house.now, stage.team
    made = handovers.make(
        session, team, stage.member("Ada"), by=stage.asker(session, "Mina"), key="one", happened="HANDEDWORDS",
        watch="", gives_own=False, now=now,
    )  # fmt: skip
    stage.of["handover"] = made.id
    digest = stage.new(
        Digest, team_id=team.id, day=now.date(), due_at=now, expires_at=now + timedelta(hours=6),
        since_at=now - timedelta(days=1), as_of=now - timedelta(minutes=1),
    )  # fmt: skip
    session.add(digest)
    stage.of["digest"], stage.of["risk"] = digest.id, 0
    stage.marks["the team's work"] = ("ESCALATEDWORDS", "CRISISWORDS", "HANDEDWORDS")


def _picks(stage: Stage, session: Session) -> None:
    week = date(2026, 11, 16)
    facts = {"plan": {"unit": "each", "amount": 2.0, "strata": "agent", "prompted": ""}, "cells": [], "strata": {}}
    now = stage.house.now
    draw = stage.new(QaDraw, team_id=stage.team.id, week=week, seed=1, population=100, drawn=2, at=now, facts=facts)
    session.add(draw)
    session.flush()
    agent = people.identities_of(session, stage.house.workspace_id, stage.member("Teo").id)[0]
    for place, (name, reviewer) in enumerate((("pick", "Rex"), ("pick of nobody", ""))):
        ticket = _ticket_of(stage, session, 20 + place)
        row = stage.new(
            QaPick, team_id=stage.team.id, draw_id=draw.id, ticket_id=ticket.id, agent_id=agent, place=place,
            reviewer_id=stage.member(reviewer).id if reviewer else None, due_at=stage.house.now + timedelta(days=3),
        )  # fmt: skip
        session.add(row)
        session.flush()
        stage.add(session, name, row, ticket.key)
        stage.of[f"ticket of {name}"] = ticket.id


def _coaching(stage: Stage, session: Session) -> None:
    now, team, teo = stage.house.now, stage.team, stage.member("Teo")
    mina = stage.asker(session, "Mina")
    talk = coaching.plan_talk(
        session, team, lead=mina, agent=teo, at=now + timedelta(days=1, hours=1), every=Every.NEVER, now=now
    )
    stage.add(session, "talk", talk, "SHAREDNOTE", "PROMISEWORDS", "CLOSEDWORDS")
    for words, is_private in (("SHAREDNOTE", False), ("PRIVATENOTE", True)):
        coaching.note(session, talk.workspace_id, talk.id, words, is_private=is_private, by=mina, now=now)
    for name, words in (("promise", "PROMISEWORDS"), ("promise kept", "CLOSEDWORDS")):
        made = coaching.promise(
            session, talk, owner_id=teo.id, words=words, kind=PromiseKind.OTHER, metric="csat",
            due_on=now.date() + timedelta(days=14), by=mina, now=now - timedelta(days=1),
        )  # fmt: skip
        stage.add(session, name, made, words)
    done = session.get_one(coaching.Promise, (talk.workspace_id, stage.of["promise kept"]))
    done.status, done.closed_at, done.line = PromiseStatus.KEPT, now, "CLOSEDWORDS"
    held = stage.new(
        Talk, team_id=team.id, lead_id=mina.member_id, agent_id=teo.id, status="held",
        planned_at=now - timedelta(days=10), held_at=now - timedelta(days=10), is_answered=False,
    )  # fmt: skip
    session.add_all((done, held))
    stage.add(session, "talk held", held)
    _suggestions(stage, session)
    _performances(stage, session, mina, teo)


def _suggestions(stage: Stage, session: Session) -> None:
    ticket = _ticket_of(stage, session, 4)
    about = {
        "suggestion": ("low_criterion", {"criterion": "CRITERIONWORD", "times": 2, "reviews": [stage.of["review"]]}),
        "praise": ("praise", {"ticket": ticket.id, "key": ticket.key}),
    }
    for name, (kind, facts) in about.items():
        row = stage.new(
            Suggestion, team_id=stage.team.id, member_id=stage.member("Teo").id, kind=kind, key=name,
            at=stage.house.now, facts=facts,
        )  # fmt: skip
        session.add(row)
        session.flush()
        stage.add(session, name, row, "CRITERIONWORD" if name == "suggestion" else "PRAISEWORD")


def _performances(stage: Stage, session: Session, mina: Asker, teo: Member) -> None:
    now, team = stage.house.now, stage.team
    for name, period in (("performance", "last-month"), ("performance kept", "this-month")):
        over = parse_period(period, timezone=team.timezone, now=now)
        row = performance.begin(session, team, over, lead=mina, agent=teo, now=now)
        performance.say(session, row.workspace_id, row.id, f"PAGEOF{name}", by=mina)
        stage.add(session, name, row, f"PAGEOF{name}")
    performance.share(session, teo.workspace_id, stage.of["performance"], by=mina, now=now)


def _goals(stage: Stage, session: Session) -> None:
    now, first = stage.house.now, stage.house.now.date() - timedelta(days=21)
    asked = {"metric": "csat", "target": 0.87, "starts_on": first, "ends_on": first + timedelta(days=90)}
    mina, teo = stage.member("Mina").id, stage.member("Teo").id
    for name, facts in {
        "goal": {"member_id": teo, "status": "proposed", "target": 0.87},
        "goal agreed": {"member_id": teo, "status": "agreed", "agreed_at": now, "target": 0.86},
        "goal of the team": {"status": "agreed", "agreed_at": now, "target": 0.85},
    }.items():
        whose = {"team_id": stage.team.id, "owner_id": mina, "proposed_by": mina, "proposed_at": now}
        row = stage.new(Goal, **{**asked, **whose, **facts})
        session.add(row)
        session.flush()
        stage.add(session, name, row, f"at least {float(facts['target']):.0%}")
    score = {"metric": "qa_score", "target": 83.0, "status": "agreed"}
    whose = {"team_id": stage.team.id, "owner_id": mina, "proposed_by": mina, "proposed_at": now}
    few = stage.new(Goal, **{**asked, **whose, **score})
    session.add(few)
    stage.add(session, "goal of few", few, "at least 83")
    assert goals.of_person(session, stage.house.workspace_id, teo)


def _thanks(stage: Stage, session: Session) -> None:
    now, team = stage.house.now, stage.team
    recognition.give(session, team, stage.member("Ada"), [stage.member("Teo")], "KUDOSREASON because", now=now)
    stage.marks["kudos"] = ("KUDOSREASON",)
    reward = recognition.offer(session, team, "A day off", now=now)
    stage.add(session, "reward", reward)
    mina = stage.asker(session, "Mina")
    recognition.grant(session, team, reward.id, stage.member("Teo"), mina, "GRANTREASON because", now=now)


def _wellbeing(stage: Stage, session: Session) -> None:
    now, team = stage.house.now, stage.team
    teo, mina, max_ = (stage.member(name) for name in ("Teo", "Mina", "Max"))
    pulse = stage.new(Pulse, team_id=team.id, week=date(2026, 11, 23), at=now, closes_at=now + timedelta(days=4))
    session.add(pulse)
    session.flush()
    asked = stage.new(PulseAsked, pulse_id=pulse.id, member_id=teo.id)
    session.add(asked)
    for number in range(6):
        opinion = {
            "team_id": team.id,
            "about": "pulse",
            "week": date(2026, 11, 9),
            "first": 1 + number % 5,
            "second": 3,
        }
        session.add(stage.new(Opinion, **opinion))
    stage.add(session, "pulse", asked)
    note = confiding.confide(session, teo, mina, "CONFIDEDWORDS", talk_at=now + timedelta(days=2), now=now)
    stage.add(session, "note", note, "CONFIDEDWORDS")
    plan = plans.draft(
        session, team, stage.asker(session, "Mina"), teo, goal="PLANGOAL", support="PLANSUPPORT", manager=max_,
        starts_on=now.date(), ends_on=now.date() + timedelta(days=56), gone_on=now.date() + timedelta(days=90), now=now,
    )  # fmt: skip
    stage.add(session, "plan", plan, "PLANGOAL", "PLANSUPPORT")
