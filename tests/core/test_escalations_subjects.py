"""What somebody types to say what it is about, whose thread a message stands in, and what is kept apart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from cspm_core import escalations, tickets
from cspm_core.escalations import Edit, Origin, Subject
from cspm_core.notices import Notice
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

from .escalation_stage import Desk


@pytest.fixture
def desk(store: Store, workspace_id: int) -> Desk:
    desk = Desk(store, workspace_id)
    facts = [TicketFacts(key, desk.now - timedelta(days=1), customer="Ada Boone") for key in ("RET-7", "4711")]
    with desk.store.transaction() as session:
        tickets.record(session, desk.team, facts, scope=desk.team.id, known_at=desk.now, now=desk.now)
    return desk


@pytest.mark.parametrize(
    ("typed", "key", "customer", "is_known"),
    [
        ("RET-7", "RET-7", "", True),
        (" ret-7 ", "RET-7", "", True),
        ("#4711", "4711", "", True),
        ("BIL-1", "BIL-1", "", False),
        ("#99", "99", "", False),
        ("Ada Boone", "", "Ada Boone", False),
        ("Acme", "", "Acme", False),
        ("  ", "", "", False),
    ],
)
def test_a_ticket_a_key_or_a_customer(desk: Desk, typed: str, key: str, customer: str, is_known: bool):
    with desk.store.reading() as session:
        found = escalations.subject(session, desk.team, typed)
    assert found == Subject(found.ticket_id, key, customer)
    assert (found.ticket_id is not None) is is_known


@pytest.mark.parametrize(
    ("text", "key", "rest"),
    [
        ("RET-7 is late", "RET-7", "is late"),
        ("4711: is late", "4711", "is late"),
        ("NEW-1 is late", "NEW-1", "is late"),
        ("2 customers wait", "", "2 customers wait"),
        ("is late", "", "is late"),
        ("", "", ""),
    ],
)
def test_a_key_in_front_of_words(desk: Desk, text: str, key: str, rest: str):
    with desk.store.reading() as session:
        assert escalations.key_first(session, desk.team, text) == (key, rest)


def test_a_thread_belongs_to_the_open_one_that_came_from_its_message(desk: Desk):
    first = desk.raises(message_channel="C1", message_ts="1.5")
    again = desk.raises(message_channel="C1", message_ts="1.5")
    assert (again.number, again.state) == (first.number, "counted")
    with desk.store.reading() as session:
        found = escalations.of_message(session, desk.workspace_id, "C1", "1.5")
        assert found is not None
        assert found.id == first.escalation_id
        assert escalations.of_message(session, desk.workspace_id, "C1", "1.6") is None


def test_conduct_is_never_counted_into_what_a_channel_sees(desk: Desk):
    seen = desk.raises(ticket_key="RET-7")
    hidden = desk.raises("He swore", ticket_key="RET-7", kind="conduct")
    assert hidden.number != seen.number
    assert desk.raises("He swore again", ticket_key="RET-7", kind="conduct").number == hidden.number


def test_what_becomes_confidential_is_drawn_anew_everywhere(desk: Desk):
    raised = desk.raises()
    with desk.store.transaction() as session:
        by = desk.asker("Mina")
        escalations.acknowledge(
            session, desk.workspace_id, raised.escalation_id, by=by, origin=Origin.BUTTON, now=desk.now
        )
    before = _versions(desk)
    with desk.store.transaction() as session:
        edit = Edit(kind="conduct")
        escalations.edit(
            session, desk.workspace_id, raised.escalation_id, edit, by=by, origin=Origin.FORM, now=desk.now
        )
    after = _versions(desk)
    assert {kind for kind, key in before} >= {escalations.CARD, escalations.LINE}
    assert all(after[one] > version for one, version in before.items())
    assert len(after) == len(before), "nothing more is said in the channel"


def _versions(desk: Desk) -> dict[tuple[str, str], int]:
    with desk.store.reading() as session:
        return {(row.kind, row.key): row.version for row in session.exec(select(Notice))}
