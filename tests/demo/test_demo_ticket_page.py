"""The page behind a ticket's link: the facts, in the team's language, and nothing that a customer wrote can run."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from bot.demo import ticket_page
from bot.words import LANGUAGES, Words
from cspm_core import people
from cspm_core.tickets import Ticket

from .conftest import Town


def some_ticket(told_town: Town) -> Ticket:
    with told_town.store.reading() as session:
        found = session.exec(
            select(Ticket).where(col(Ticket.csat_comment).is_not(None), col(Ticket.reopens) == 1)
        ).first()
    assert found is not None
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_tells_the_facts_and_the_rating(told_town: Town, language: str) -> None:
    ticket = some_ticket(told_town)
    with told_town.store.reading() as session:
        team = people.team(session, ticket.workspace_id, ticket.team_id)
    t = Words(language)
    html = ticket_page.page(ticket, team, "Somebody Kind", t)
    for said in (ticket.key, "Somebody Kind", ticket.queue, t.clock(ticket.created_at, team.timezone)):
        assert said in html
    assert html.count("<li>") >= 6
    assert f'lang="{language.replace("_", "-")}"' in html


def test_what_customers_write_is_only_text(told_town: Town) -> None:
    ticket = some_ticket(told_town)
    with told_town.store.reading() as session:
        team = people.team(session, ticket.workspace_id, ticket.team_id)
    bad = '<script>alert("x")</script>'
    for name in ("subject", "customer", "csat_comment", "queue", "channel", "status", "key"):
        setattr(ticket, name, bad)
    html = ticket_page.page(ticket, team, bad, Words("en"))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_waiting_ticket_says_when_its_reply_is_due(told_town: Town) -> None:
    with told_town.store.reading() as session:
        waiting = session.exec(select(Ticket).where(Ticket.status == "new")).first()
        assert waiting is not None
        team = people.team(session, waiting.workspace_id, waiting.team_id)
    html = ticket_page.page(waiting, team, "", Words("en"))
    assert "The first reply is due" in html
    assert "Nobody yet" in html
