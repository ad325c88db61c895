"""Reviews of the past months, as another tool exported them, and what is drawn and reviewed from then on."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from sqlmodel import Session, select

from bot.qa.ready import ready
from bot.words import Words
from cspm_core import disputes, imports, people, qa, samples
from cspm_core.imports import REVIEWS, RefusedRows, Wish
from cspm_core.people import Asker, Team
from cspm_core.qa import Criterion
from cspm_core.store import Store
from cspm_core.tickets import Ticket

from . import world
from .lives import NEVER, Lives
from .living import SEED
from .texts.thanks import REVIEWED
from .world import Centre, Colleague

WEEKS = 12
"""Of so many weeks there are reviews."""
EACH = 1
"""Reviews of each agent a week."""
WEAK = "next_step"
"""The criterion that those do worse on whom customers like less."""
KINDS = ("email", "chat", "calls", "complaints")
DAY = timedelta(days=1)


def write(store: Store, workspace_id: int, lives: Sequence[Lives], folder: Path, until: datetime) -> None:
    """Scorecards, a plan, and the reviews of every team up to an instant; the file of them is deleted again."""
    for one in lives:
        with store.transaction() as session:
            team = people.team_named(session, workspace_id, one.centre.name)
            _settle(session, team, until)
        path = folder / f"reviews-{one.centre.prefix.lower()}.csv"
        _export(path, one, until)
        _load(store, workspace_id, path, team, until)
        path.unlink()


def _settle(session: Session, team: Team, now: datetime) -> None:
    """Every ready scorecard in the team's language, and two reviews of each agent a week."""
    for kind in KINDS:
        name, channel, definition = ready(kind, Words(team.language))
        qa.save_scorecard(session, team, name, definition, channel=channel, by=None, now=now)
    samples.change_plan(session, team, is_on=True, amount=1, prompted="low_rating", prompted_most=3, now=now)


def _export(path: Path, lives: Lives, until: datetime) -> None:
    """As another tool would write it: a row a criterion."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(REVIEWS)
        writer.writerows(_rows(lives, until))


def _rows(lives: Lives, until: datetime) -> Iterator[list[object]]:
    centre = lives.centre
    rng = np.random.default_rng([SEED, 11, world.CENTRES.index(centre), lives.opening.toordinal()])
    name, _, definition = ready("email", Words(centre.language))
    end = int(until.timestamp())
    number = 0
    for week in range(WEEKS, 0, -1):
        begin = end - week * 7 * 86_400
        for place, agent in enumerate(centre.agents):
            solved = (lives.solved >= begin) & (lives.solved < begin + 5 * 86_400) & (lives.agent == place)
            found = np.flatnonzero(solved & (lives.dropped_as == 0) & (lives.solved != NEVER))
            for n in rng.permutation(found)[:EACH].tolist():
                number += 1
                at = datetime.fromtimestamp(int(lives.solved[n]) + int(rng.integers(3_600, 2 * 86_400)), UTC)
                if at < until:
                    yield from _review(number, at, lives.key(n), agent, centre, name, definition.criteria, rng)


def _review(
    number: int,
    at: datetime,
    key: str,
    agent: Colleague,
    centre: Centre,
    scorecard: str,
    criteria: Sequence[Criterion],
    rng: np.random.Generator,
) -> Iterator[list[object]]:
    skill = 0.5 + 0.5 * agent.care
    remarks = REVIEWED[centre.language]
    for one in criteria:
        drawn = skill + rng.normal(0, 0.7) - (0.9 if one.key == WEAK and agent.care < 0 else 0)
        share = 1 / (1 + np.exp(-(drawn + (2.5 if one.is_critical else 0.4))))
        score = 1 + int(np.clip(np.round(share * (one.highest - 1)), 0, one.highest - 1))
        is_na = one.may_be_na and not one.is_critical and rng.random() < 0.05
        comment = remarks[0 if score * 2 <= one.highest else 1] if rng.random() < 0.12 else ""
        yield [
            f"{centre.prefix}-QA-{number}", at.isoformat(), key, agent.name, world.REVIEWER.name, scorecard, one.name,
            "" if is_na else score, 1, one.highest, one.weight, "yes" if one.is_critical else "no",
            "yes" if is_na else "no", comment, "random",
        ]  # fmt: skip


def _load(store: Store, workspace_id: int, path: Path, team: Team, now: datetime) -> None:
    plan = imports.plan_reviews(store, workspace_id, Wish(path, team.name, None, "UTC", None, None, None), now=now)
    survey = imports.survey_reviews(plan, lambda _: None)
    with RefusedRows(survey.plan.export, lambda key: key) as refused:
        imports.take_reviews(store, workspace_id, survey, refused, now=now, advance=lambda _: None)


def review_yesterday(store: Store, workspace_id: int, now: datetime) -> None:
    """The reviewer has looked at a ticket of the visitor's colleague: he reads of it in the morning."""
    with store.transaction() as session:
        team = people.team_named(session, workspace_id, world.RETURNS.name)
        reviewer = people.asker(session, workspace_id, world.slack_id(world.REVIEWER), now.date())
        jonah = people.member_named(session, workspace_id, world.RETURNS.agents[0].name)
        known = people.identities_of(session, workspace_id, jonah.id) if jonah else []
        ticket = session.exec(
            select(Ticket)
            .where(Ticket.workspace_id == workspace_id, Ticket.team_id == team.id, Ticket.is_solved)
            .where(Ticket.agent_id == (known[0] if known else 0), Ticket.left_out == "")
            .order_by(Ticket.solved_at.desc())  # type: ignore[union-attr]
            .limit(1)
        ).first()
        if ticket is not None:
            _review_it(session, team, reviewer, ticket, now)


def _review_it(session: Session, team: Team, reviewer: Asker, ticket: Ticket, now: datetime) -> None:
    draft = qa.start(session, team, reviewer, ticket_id=ticket.id, now=now)
    low = {"next_step": 1, "clear": 2}
    for one in qa.definition_of(session, draft).criteria:
        point = min(low.get(one.key, one.highest), one.highest)
        causes = one.causes[:1] if point < one.highest and one.causes else ()
        comment = REVIEWED[team.language][0] if one.key == "next_step" else ""
        qa.write_answer(session, draft, one.key, score=point, causes=causes, comment=comment)
    qa.submit(session, draft, by=reviewer, now=now)
    disputes.announce(session, draft, in_person=False, now=now)
