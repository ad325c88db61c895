"""Taking a ticket that is at risk: the first to press has it; a lead gives it to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select, update

from .. import errors, notices, people
from ..ids import new_id
from ..once import add_once
from ..people import Asker, Member, Team
from ..tickets import Ticket
from .cards import latest_card
from .choosing import may_choose
from .showing import CARD
from .tables import TicketTake

GIVEN = "risk.given"
"""To whom a lead gave a ticket; its subject is the take."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Who has a ticket, since when; `is_new`: by this very press. `by`: who said so, themselves or a lead."""

    ticket_key: str
    url: str
    member_id: int
    name: str
    by: str
    at: datetime
    is_new: bool


def take(session: Session, team: Team, ticket_id: int, asker: Asker, *, now: datetime) -> Taken:
    """Say "I take it" of a ticket. Raises NotOfTeam, Unknown, and Changed where it was solved."""
    if asker.member_id is None or not (team.id in asker.team_ids or asker.leads(team.id)):
        raise errors.NotOfTeam(team.name)
    ticket = _waiting(session, team, ticket_id)
    row = TicketTake(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        ticket_id=ticket.id,
        member_id=asker.member_id,
        by_id=asker.member_id,
        at=now,
    )
    is_new = add_once(session, row)
    if is_new:
        _redraw(session, team)
    return _told(session, ticket, _of(session, ticket), is_new=is_new)


def give(session: Session, team: Team, ticket_id: int, member: Member, asker: Asker, *, now: datetime) -> Taken:
    """A lead gives a ticket to somebody, whoever had it; they are told.

    Raises NotForYou, NotOfTeam, Unknown and Changed.
    """
    may_choose(session, team, asker, now=now)
    if member.id not in {one.id for one in people.members_of(session, team, now.date())}:
        raise errors.NotOfTeam(team.name)
    ticket = _waiting(session, team, ticket_id)
    by = asker.member_id or member.id
    fresh = TicketTake(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        ticket_id=ticket.id,
        member_id=member.id,
        by_id=by,
        at=now,
    )
    is_new = add_once(session, fresh) or _move(session, fresh)
    if is_new:
        _redraw(session, team)
        if by != member.id:
            _tell(session, team, _of(session, ticket), member, now)
    return _told(session, ticket, _of(session, ticket), is_new=is_new)


def _move(session: Session, wanted: TicketTake) -> bool:
    """From whoever had it; False where they are the same."""
    moved = session.exec(
        update(TicketTake)
        .where(
            col(TicketTake.workspace_id) == wanted.workspace_id,
            col(TicketTake.ticket_id) == wanted.ticket_id,
            col(TicketTake.member_id) != wanted.member_id,
        )
        .values(member_id=wanted.member_id, by_id=wanted.by_id, at=wanted.at)
        .execution_options(synchronize_session=False)
    )
    return bool(moved.rowcount)


def _tell(session: Session, team: Team, taken: TicketTake, member: Member, now: datetime) -> None:
    if member.slack_user_id:
        notices.post(
            session,
            team.workspace_id,
            key=f"{GIVEN}:{taken.id}:{member.id}:{int(now.timestamp())}",
            kind=GIVEN,
            subject_id=taken.id,
            team_id=team.id,
            place=member.slack_user_id,
            language=people.reader_language(session, member),
            now=now,
        )


def given(session: Session, workspace_id: int, take_id: int, place: str) -> Taken | None:
    """What somebody was given; None where another has it by now, or it is over."""
    row = session.get(TicketTake, (workspace_id, take_id))
    if row is None:
        return None
    member, ticket = (
        people.member(session, workspace_id, row.member_id),
        session.get(Ticket, (workspace_id, row.ticket_id)),
    )
    if ticket is None or member.slack_user_id != place:
        return None
    return _told(session, ticket, row, is_new=False)


def _waiting(session: Session, team: Team, ticket_id: int) -> Ticket:
    ticket = session.get(Ticket, (team.workspace_id, ticket_id))
    if ticket is None or ticket.team_id != team.id:
        raise errors.Unknown(str(ticket_id))
    if ticket.is_solved:
        raise errors.Changed
    return ticket


def _of(session: Session, ticket: Ticket) -> TicketTake:
    query = select(TicketTake).where(TicketTake.workspace_id == ticket.workspace_id, TicketTake.ticket_id == ticket.id)
    return session.exec(query.execution_options(populate_existing=True)).one()


def _told(session: Session, ticket: Ticket, row: TicketTake, *, is_new: bool) -> Taken:
    name, by = (people.member(session, row.workspace_id, one).name for one in (row.member_id, row.by_id))
    return Taken(ticket.key, ticket.url, row.member_id, name, by, row.at, is_new)


def _redraw(session: Session, team: Team) -> None:
    if card := latest_card(session, team):
        notices.refresh(session, team.workspace_id, CARD, card.id)
