"""`make bench`: how soon the review modal is open, and drawn anew after a choice, with 10,000 reviews in the store."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy import insert
from sqlmodel import Session, select

from bot.local_slack import Seat
from bot.local_slack import Workspace as Place
from bot.runtime import real_now
from cspm_core import qa, tickets
from cspm_core.ids import new_ids
from cspm_core.people import Team
from cspm_core.qa import Criterion, Definition, QaAnswer, QaReview, Section
from cspm_core.store import Store
from cspm_core.tables import METADATA
from cspm_core.tickets import Ticket, TicketFacts

from .alarm_stage import Centre, running
from .test_bench_escalations import tells

REVIEWS = 10_000
CARD = Definition(
    tuple(
        Section(
            f"Part {s}",
            tuple(
                Criterion(
                    f"c{s}_{n}", f"Point {n} of part {s}", ("no", "in part", "yes"), causes=("Haste", "Knowledge")
                )
                for n in range(6)
            ),
        )
        for s in range(4)
    )
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'bench.db'}")
    METADATA.create_all(store.engine)
    yield store
    store.close()


def reviewed(here: Centre) -> None:
    """One team has 10,000 tickets, each of them reviewed by one of its leads, and a scorecard of 24 criteria."""
    now, team = real_now(), here.teams[0]
    for n in range(0, REVIEWS, tickets.CHUNK):
        facts = [_ticket(i, now) for i in range(n, min(n + tickets.CHUNK, REVIEWS))]
        with here.store.transaction() as session:
            tickets.record(session, team, facts, scope=team.id, known_at=now, now=now)
    with here.store.transaction() as session:
        tickets.note_source(session, team, complete_until=now, first_at=now - timedelta(days=90), now=now)
        card = qa.save_scorecard(session, team, "All", CARD, by=None, now=now)
    with here.store.transaction() as session:
        _reviews(session, team, card.version_id, now)


def _ticket(n: int, now: datetime) -> TicketFacts:
    at = now - timedelta(minutes=9 * n + 60)
    told = {"subject": f"Question {n}", "channel": "email", "category": "refund", "csat": str(1 + n % 5)}
    return TicketFacts(f"T-{n}", at, agent=f"Agent {n % 20}", solved_at=at + timedelta(minutes=30),
                       csat_at=at + timedelta(minutes=40), url=f"https://desk.example/T-{n}", **told)  # fmt: skip


def _reviews(session: Session, team: Team, version_id: int, now: datetime) -> None:
    found = session.exec(select(Ticket.id, Ticket.agent_id, Ticket.key)).all()
    ids = new_ids(now, len(found))
    base = {"workspace_id": team.workspace_id}
    rows = [
        {**base, "id": i, "team_id": team.id, "version_id": version_id, "agent_id": agent, "ticket_id": ticket,
         "contact_key": key, "reviewer": "Somebody", "stratum": "random", "started_at": now,
         "submitted_at": now - timedelta(minutes=n), "score": 100.0, "is_passed": True}
        for n, (i, (ticket, agent, key)) in enumerate(zip(ids, found, strict=True))
    ]  # fmt: skip
    session.connection().execute(insert(QaReview.__table__), rows)  # type: ignore[attr-defined]
    keys = [one.key for one in CARD.criteria]
    for n in range(0, len(ids), 1_000):
        some = ids[n : n + 1_000]
        numbered = iter(new_ids(now, len(some) * len(keys)))
        said = [
            {**base, "id": next(numbered), "review_id": one, "criterion": key, "score": 3.0, "highest": 3.0}
            for one in some
            for key in keys
        ]
        session.connection().execute(insert(QaAnswer.__table__), said)  # type: ignore[attr-defined]


def waits(place: Place, seat: Seat, words: str) -> None:
    """Until that stands in somebody's modal."""
    place.wait_until(lambda: seat.modal is not None and words in str(seat.modal.blocks), timeout=30)


@pytest.mark.benchmark(group="a review modal, 10,000 reviews in the store")
def test_the_review_modal_opens_and_follows(
    benchmark: BenchmarkFixture, store: Store, capsys: pytest.CaptureFixture[str]
):
    """From the line that is typed to the modal that stands there, the draft written down; then a choice in it."""
    with running(store, beats=False, prepare=reviewed) as (_, place, _):
        seat = place.person("Lead 0")
        opened: list[float] = []
        drawn: list[float] = []
        numbers = iter(range(1, 1_000))

        def review() -> None:
            n = 7 * next(numbers)
            began = time.monotonic()
            assert seat.types(f"/qa review T-{n}", "#team-0") == "ok"
            waits(place, seat, f"*T-{n}* ")
            opened.append(time.monotonic() - began)
            assert seat.modal
            menu = next(one for one in seat.modal.fields() if one.startswith("except."))
            began = time.monotonic()
            seat.fills(**{menu: ["Point 3 of part 2"]})
            waits(place, seat, "What the agent should know about it")
            drawn.append(time.monotonic() - began)
            seat.closes()

        benchmark.pedantic(review, rounds=60, warmup_rounds=2)
    tells(capsys, "typed to modal", opened)
    tells(capsys, "chosen to drawn", drawn)
    assert len(opened) >= 60
