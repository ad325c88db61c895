"""Escalations by name: what a list behind a figure shows of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_
from sqlmodel import Session, col, select

from ..people import Member, Team
from .rules import CONFIDENTIAL
from .tables import Escalation

AT_ONCE = 5_000  # databases limit how many values one statement takes


@dataclass(frozen=True, slots=True)
class Named:
    """One escalation as a list shows it. Confidential ones (`is_veiled`) have no words, ticket, customer or owner.

    `cause`: the detector that raised it, else its source. `status` as it is now.
    """

    id: int
    number: int
    kind: str
    cause: str
    severity: int
    what: str
    rule: str
    rule_facts: Mapping[str, object]
    ticket_key: str
    url: str
    customer: str
    owner: str
    opened_at: datetime
    acknowledged_at: datetime | None
    resolved_at: datetime | None
    status: str
    is_veiled: bool


def named(session: Session, team: Team, ids: Iterable[int]) -> dict[int, Named]:
    """Escalations by their ids."""
    wanted = list(dict.fromkeys(ids))
    found: dict[int, Named] = {}
    for n in range(0, len(wanted), AT_ONCE):
        query = (
            select(Escalation, Member.name)
            .outerjoin(
                Member,
                and_(
                    col(Member.workspace_id) == col(Escalation.workspace_id), col(Member.id) == col(Escalation.owner_id)
                ),
            )
            .where(Escalation.workspace_id == team.workspace_id, col(Escalation.id).in_(wanted[n : n + AT_ONCE]))
        )
        found |= {row.id: _named(row, owner or "") for row, owner in session.exec(query)}
    return found


def _named(row: Escalation, owner: str) -> Named:
    veiled = row.kind in CONFIDENTIAL
    return Named(
        id=row.id,
        number=row.number,
        kind=row.kind,
        cause=row.rule or row.source,
        severity=row.severity,
        what="" if veiled else row.what,
        rule="" if veiled else row.rule,
        rule_facts={} if veiled else json.loads(row.rule_facts),
        ticket_key="" if veiled else row.ticket_key,
        url="" if veiled else row.url or row.message_url,
        customer="" if veiled else row.organisation or row.customer,
        owner="" if veiled else owner,
        opened_at=row.opened_at,
        acknowledged_at=row.first_acknowledged_at,
        resolved_at=row.resolved_at,
        status=row.status,
        is_veiled=veiled,
    )
