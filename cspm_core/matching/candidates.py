"""Whose name a name in the data could be: people we know by every name of theirs, and people in Slack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from ..people import Identity, Member, fold
from .rules import Candidate, Stranger


def candidates(session: Session, workspace_id: int, strangers: Sequence[Stranger] = ()) -> list[Candidate]:
    """Everybody, each once. What somebody has chosen to be called in Slack counts only where it is nobody else's name
    already."""
    members = list(session.exec(select(Member).where(Member.workspace_id == workspace_id).order_by(col(Member.id))))
    owners = _owners(session, workspace_id)
    known = _called(members, owners)
    by_slack = {one.slack_user_id: one.id for one in members if one.slack_user_id}
    by_email = {fold(one.email): one.id for one in members if one.email and not one.slack_user_id}
    met_in_slack = set(by_slack.values())
    by_email |= {key: owner for key, owner in owners.items() if "@" in key and owner not in met_in_slack}
    met: dict[int, list[str]] = defaultdict(list)
    addresses = {one.id: one.email for one in members}
    fresh = []
    for one in strangers:
        owner = by_slack.get(one.slack_user_id) or by_email.get(fold(one.email or ""))
        chosen = [name for name in (one.name, *one.called) if owners.get(fold(name), owner) == owner]
        called = [*chosen, *filter(None, (one.email,))]
        if owner:
            met[owner] += called
            addresses[owner] = addresses[owner] or one.email
        elif called:
            fresh.append(Candidate(one.name, tuple(called), slack_user_id=one.slack_user_id, address=one.email))
    ours = [
        Candidate(one.name, (*known[one.id], *met[one.id]), one.id, one.slack_user_id, addresses[one.id])
        for one in members
    ]
    return [*ours, *fresh]


def _owners(session: Session, workspace_id: int) -> dict[str, int]:
    """Name, folded -> whose it is."""
    query = select(Identity.key, Identity.member_id).where(
        Identity.workspace_id == workspace_id, col(Identity.member_id).is_not(None)
    )
    return {key: owner for key, owner in session.exec(query) if owner is not None}


def _called(members: Sequence[Member], owners: dict[str, int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {one.id: [*filter(None, (one.name, one.email))] for one in members}
    for key, owner in owners.items():
        found[owner].append(key)
    return found
