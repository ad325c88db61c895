"""Getting to know a Slack user as a person of ours.

Only an address that Slack vouches for joins a user to a person known already: a display name is anybody's to choose,
and whoever took a colleague's would read that colleague's figures.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from ..ids import new_id
from ..once import the_one
from .actions import be_known_as, identity
from .rules import SlackProfile, fold
from .tables import Identity, Member


def meet(session: Session, workspace_id: int, slack_user_id: str, facts: SlackProfile, *, now: datetime) -> Member:
    """Somebody in Slack as a person of ours: known already, or known by address, or new."""
    known = select(Member).where(Member.workspace_id == workspace_id, Member.slack_user_id == slack_user_id)
    person = session.exec(known).first() or _expected(session, workspace_id, facts.email)
    if person is None:
        fresh = Member(workspace_id=workspace_id, id=new_id(now), name=" ".join(facts.name.split()))
        fresh.slack_user_id = slack_user_id
        person = the_one(session, known, fresh)
    person.slack_user_id = slack_user_id
    person.slack_locale, person.timezone, person.locale_asked_at = facts.locale, facts.timezone, now
    session.add(person)
    session.flush()
    if facts.email and identity(session, workspace_id, facts.email, now=now).member_id is None:
        be_known_as(session, person, facts.email, now=now)
    return person


def _expected(session: Session, workspace_id: int, email: str | None) -> Member | None:
    """A person known only from an export or a list, whose address this Slack user has."""
    if not email:
        return None
    row = session.exec(
        select(Identity).where(Identity.workspace_id == workspace_id, Identity.key == fold(email))
    ).first()
    person = session.get(Member, (workspace_id, row.member_id)) if row and row.member_id else None
    return person if person and person.slack_user_id is None else None
