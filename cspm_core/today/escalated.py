"""Of escalations: what somebody has or could take, and customers who are to be asked how it is now."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from ..calendars import local_day, midnight
from ..escalations import reads
from ..escalations.awaiting import COUNTED
from ..escalations.rules import Status
from ..escalations.tables import Escalation
from ..people import Asker, team
from ..waiting import Consequence, Waiting


def awaiting(session: Session, workspace_id: int, asker: Asker, *, now: datetime) -> list[Waiting]:
    """Escalations open to somebody who leads, or theirs; check-backs that are theirs; those they resolved today."""
    every = reads.listing(session, asker, workspace_id, reads.OPEN, team=None, now=now, limit=COUNTED)
    mine = reads.listing(session, asker, workspace_id, reads.MINE, team=None, now=now, limit=COUNTED)
    rows = {row.id: row for row in (*every, *mine)}
    found = [_open(row) for row in rows.values() if _is_theirs(row, asker)]
    return found + _check_backs(session, workspace_id, asker) + _resolved(session, workspace_id, asker, now)


def _is_theirs(row: reads.Listed, asker: Asker) -> bool:
    if row.status == Status.RESOLVED:
        return False
    if asker.member_id is not None and row.owner_id == asker.member_id:
        return True
    return row.status == Status.OPEN and asker.coaches(row.team_id)


def _open(row: reads.Listed) -> Waiting:
    due = row.snoozed_until or row.promise_due_at or row.next_step_at
    facts = {
        "number": row.number,
        "team": row.team,
        "severity": row.severity,
        "what": "" if row.is_veiled else row.what,
        "rule": row.rule,
        "rule_facts": row.rule_facts,
        "is_veiled": row.is_veiled,
        "ticket": row.ticket_key,
        "is_open": row.status == Status.OPEN,
        "kind": row.kind,
    }
    is_aside = row.snoozed_until is not None
    return Waiting("escalation", row.id, row.team_id, Consequence.CUSTOMER, due if is_aside else None, facts)


def _check_backs(session: Session, workspace_id: int, asker: Asker) -> list[Waiting]:
    rows = session.exec(
        select(Escalation).where(
            Escalation.workspace_id == workspace_id,
            Escalation.status == Status.RESOLVED,
            Escalation.owner_id == asker.member_id,
            col(Escalation.check_back_at).is_not(None),
        )
    )
    return [
        Waiting("check_back", one.id, one.team_id, Consequence.CUSTOMER, one.check_back_at, _facts(one)) for one in rows
    ]


def _resolved(session: Session, workspace_id: int, asker: Asker, now: datetime) -> list[Waiting]:
    """Those somebody has resolved on their team's today."""
    if asker.member_id is None:
        return []
    found = []
    for team_id in sorted(asker.team_ids):
        zone = team(session, workspace_id, team_id).timezone
        rows = session.exec(
            select(Escalation).where(
                Escalation.workspace_id == workspace_id,
                Escalation.team_id == team_id,
                Escalation.resolved_by == asker.member_id,
                col(Escalation.resolved_at) >= midnight(local_day(now, zone), zone),
            )
        )
        found += [
            Waiting("escalation", one.id, team_id, Consequence.CUSTOMER, facts=_facts(one), done_at=one.resolved_at)
            for one in rows
        ]
    return found


def _facts(one: Escalation) -> dict[str, object]:
    return {
        "number": one.number,
        "severity": one.severity,
        "what": one.what,
        "rule": one.rule,
        "rule_facts": one.rule_facts,
        "customer": one.customer,
        "ticket": one.ticket_key,
        "kind": one.kind,
        "is_open": False,
        "is_over": True,
        "is_veiled": False,
    }
