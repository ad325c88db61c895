"""A second start in a Slack that has forgotten everything: what stands is shown there again, and nothing old is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from cspm_core import people
from cspm_core.crises import Crisis
from cspm_core.crises import telling as of_crises
from cspm_core.detectors import RiskCard
from cspm_core.digests import Digest
from cspm_core.escalations import Escalation, EscalationEvent, Happened, Status, locked
from cspm_core.escalations import telling as of_escalations
from cspm_core.handovers import Handover
from cspm_core.handovers import telling as of_handovers
from cspm_core.notices import Notice
from cspm_core.people import Member, Role, Team


def forget_slack(session: Session) -> None:
    """The local Slack forgets everything when it closes: so does the bot what it said there and learned about it."""
    session.exec(delete(Notice))
    session.exec(delete(Digest))
    session.exec(delete(RiskCard))
    session.exec(update(Escalation).where(col(Escalation.bundle_id).is_not(None)).values(bundle_id=None))
    session.exec(update(people.Workspace).values(plain_blocks_since=None))
    met = col(people.Member.locale_asked_at)
    session.exec(update(people.Member).where(met.is_not(None)).values(locale_asked_at=None))


def show_again(session: Session, workspace_id: int, *, now: datetime) -> None:
    """Ask for the cards of everything that is not over: escalations, crises, handovers."""
    stands = (Escalation.workspace_id == workspace_id, Escalation.status != Status.RESOLVED.value)
    for one_id in session.exec(select(Escalation.id).where(*stands).order_by(col(Escalation.id))).all():
        _show(session, locked(session, workspace_id, one_id), now)
    running = select(Crisis).where(Crisis.workspace_id == workspace_id, col(Crisis.ended_at).is_(None))
    for crisis in session.exec(running).all():
        one = locked(session, workspace_id, crisis.escalation_id)
        of_crises.show_board(session, people.team(session, workspace_id, one.team_id), crisis, one, now=now)
    untaken = select(Handover).where(Handover.workspace_id == workspace_id, col(Handover.taken_at).is_(None))
    for row in session.exec(untaken).all():
        _hand(session, row, now)


def _show(session: Session, one: Escalation, now: datetime) -> None:
    """In its channel, for whoever raised it, and for its owner; where no channel sees it, for those it was told."""
    team = people.team(session, one.workspace_id, one.team_id)
    if one.channel:
        of_escalations.show_in_channel(session, team, one, now=now)
    of_escalations.show_raiser(session, one, one.raised_by, now=now)
    ids = {one.owner_id} if one.channel or one.parent_id else {one.owner_id, *_told(session, one)}
    readers = _members(session, one.workspace_id, (i for i in ids if i is not None))
    of_escalations.show_to(
        session, one, [(who, people.reader_language(session, who)) for who in readers], why="again", now=now
    )


def _told(session: Session, one: Escalation) -> set[int]:
    rows = session.exec(
        select(EscalationEvent.facts).where(
            EscalationEvent.workspace_id == one.workspace_id,
            EscalationEvent.escalation_id == one.id,
            EscalationEvent.kind == Happened.TOLD.value,
        )
    )
    return {int(i) for facts in rows for i in json.loads(facts).get("members", ())}


def _hand(session: Session, row: Handover, now: datetime) -> None:
    team = people.team(session, row.workspace_id, row.team_id)
    giver = people.member(session, row.workspace_id, row.from_id)
    to = [people.member(session, row.workspace_id, row.to_id)] if row.to_id is not None else _leads(session, team, now)
    of_handovers.show(session, team, row, [one for one in to if one.id != giver.id], giver, now=now)


def _leads(session: Session, team: Team, now: datetime) -> list[Member]:
    return people.members_of(session, team, people.calendar_of(session, team).local_day(now), Role.LEAD)


def _members(session: Session, workspace_id: int, ids: Iterable[int]) -> list[Member]:
    return [people.member(session, workspace_id, one) for one in sorted(ids)]
