"""Who stands behind the names in the data: each person once, by all their names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlmodel import Session, col, select

from ..metrics import UNKNOWN
from ..metrics.frame import Ints
from ..people import Identity, Member, Team, fold


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with all their identities; `member_id` None: nobody we know, by the one name they have there."""

    name: str
    member_id: int | None
    identity_ids: frozenset[int]


def persons(session: Session, team: Team, credited: Ints) -> list[Person]:
    """Everybody among some identities (UNKNOWN: nobody), by name."""
    seen = set(np.unique(credited).tolist()) - {UNKNOWN}
    known = (col(Member.workspace_id) == Identity.workspace_id) & (col(Member.id) == Identity.member_id)
    query = (
        select(Identity.id, Identity.name, Identity.member_id, Member.name)
        .join(Member, known, isouter=True)
        .where(Identity.workspace_id == team.workspace_id)
        .order_by(col(Identity.id))
    )
    found: dict[tuple[str, int], Person] = {}
    for identity, name, member, called in session.exec(query):
        if identity not in seen:
            continue
        key = ("member", member) if member else ("identity", identity)
        before = found[key].identity_ids if key in found else frozenset[int]()
        found[key] = Person(called or name, member, before | {identity})
    return sorted(found.values(), key=lambda person: (fold(person.name), min(person.identity_ids)))
