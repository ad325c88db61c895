"""What somebody means who says what to review: a ticket or a call by its key or address, or an agent's latest work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import and_, func, literal, null, select
from sqlmodel import Session, col

from ..calls import Call
from ..people import Asker, Identity, Member, Team, identities_of, member_by_slack, member_named, teams
from ..tickets import Ticket
from .tables import QaReview

ADDRESS = re.compile(r"https?://[^\s<>|]+")
KEY = re.compile(r"(?<![\w./#-])#?(?=[\w./#-]*\d)[\w./#-]{1,60}")
"""A word with a digit in it: RET-20417, #1234, 2026/117."""
PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
MOST_KEYS = 60
LATEST = 25
"""So many of an agent's tickets are offered."""
LOOKED_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Subject:
    """A contact that could be reviewed. `agent`: who has the credit, as people know them; `at`: its solve or end."""

    team_id: int
    ticket_id: int | None
    call_id: int | None
    key: str
    agent_id: int | None
    agent: str
    agent_member_id: int | None
    subject: str
    channel: str
    at: datetime | None
    timezone: str = "UTC"
    """Of its team."""


def reviewed_teams(session: Session, workspace_id: int, asker: Asker) -> list[Team]:
    """The teams whose contacts somebody may review, the one they asked for last first."""
    found = [team for team in teams(session, workspace_id) if asker.reviews(team.id)]
    return sorted(found, key=lambda team: team.id != asker.last_team_id)


def contacts_named(session: Session, workspace_id: int, among: Sequence[Team], words: str) -> list[Subject]:
    """The tickets, else the calls, of some teams that a text names by key or address; as they stand in the text."""
    keys = keys_in(words)
    if not keys or not among:
        return []
    found = _tickets(session, workspace_id, among, keys) or _calls(session, workspace_id, among, keys)
    order = {key: n for n, key in enumerate(keys)}
    return sorted(found, key=lambda one: order.get(one.key, len(order)))


def keys_in(words: str) -> list[str]:
    """Whatever in a text could be a key: parts of addresses, and words with a digit in them. At most `MOST_KEYS`."""
    found: dict[str, None] = {}
    for address in ADDRESS.findall(words):
        for part in _parts(address):
            found |= dict.fromkeys(_spellings(part))
    for word in KEY.findall(ADDRESS.sub(" ", PERSON.sub(" ", words))):
        found |= dict.fromkeys(_spellings(word.strip(".,;:/-")))
    whole = words.strip()
    if whole and " " not in whole and len(whole) <= MOST_KEYS and not ADDRESS.match(whole):
        found |= dict.fromkeys(_spellings(whole))
    return [key for key in found if key][:MOST_KEYS]


def person_named(session: Session, workspace_id: int, words: str) -> Member | None:
    """The person a text is: a mention of Slack's, or their name."""
    mention = PERSON.search(words)
    if mention:
        return member_by_slack(session, workspace_id, mention[1])
    name = words.strip().removeprefix("@")
    return member_named(session, workspace_id, name) if name else None


def latest_of(
    session: Session, workspace_id: int, among: Sequence[Team], person: Member, *, now: datetime
) -> list[Subject]:
    """What somebody solved of late in some teams and nobody has reviewed yet, the newest first."""
    own = identities_of(session, workspace_id, person.id)
    if not own or not among:
        return []
    is_reviewed = (
        select(col(QaReview.id))
        .where(
            col(QaReview.workspace_id) == col(Ticket.workspace_id),
            col(QaReview.ticket_id) == col(Ticket.id),
            col(QaReview.submitted_at).is_not(None),
            col(QaReview.calibration_id).is_(None),
        )
        .exists()
    )
    chosen = (
        col(Ticket.agent_id).in_(own),
        col(Ticket.solved_at) >= now - LOOKED_BACK,
        col(Ticket.is_solved).is_(True),
        col(Ticket.left_out) == "",
        ~is_reviewed,
    )
    query = _ticket_query(workspace_id, among).where(*chosen)
    return _subjects(session, query.order_by(col(Ticket.solved_at).desc()).limit(LATEST), among)


def _parts(address: str) -> Iterable[str]:
    """What could be a key in an address, the likeliest first."""
    told = urlsplit(address.rstrip(".,;)"))
    asked = [value for pair in (told.query, told.fragment) for value in re.split(r"[&=/]", pair)]
    return [unquote(one) for one in [*reversed(told.path.split("/")), *asked] if any(map(str.isdigit, one))]


def _spellings(word: str) -> tuple[str, ...]:
    bare = word.removeprefix("#")
    return word, bare, bare.upper()


def _tickets(session: Session, workspace_id: int, among: Sequence[Team], keys: Sequence[str]) -> list[Subject]:
    scopes = (0, *(team.id for team in among))
    query = _ticket_query(workspace_id, among).where(col(Ticket.scope).in_(scopes), col(Ticket.key).in_(keys))
    return _subjects(session, query, among)


def _subjects(session: Session, query: Any, among: Sequence[Team]) -> list[Subject]:
    zones = {team.id: team.timezone for team in among}
    return [replace(Subject(*row), timezone=zones[row[0]]) for row in session.execute(query)]


def _ticket_query(workspace_id: int, among: Sequence[Team]) -> Any:
    return _named(
        select(
            col(Ticket.team_id),
            col(Ticket.id),
            null(),
            col(Ticket.key),
            *_AGENT,
            col(Ticket.subject),
            col(Ticket.channel),
            col(Ticket.solved_at),
        ),
        Ticket,
    ).where(col(Ticket.workspace_id) == workspace_id, col(Ticket.team_id).in_([team.id for team in among]))


def _calls(session: Session, workspace_id: int, among: Sequence[Team], keys: Sequence[str]) -> list[Subject]:
    scopes = (0, *(team.id for team in among))
    query = _named(
        select(
            col(Call.team_id),
            null(),
            col(Call.id),
            col(Call.key),
            *_AGENT,
            col(Call.topic),
            literal("phone"),
            col(Call.ended_at),
        ),
        Call,
    ).where(
        col(Call.workspace_id) == workspace_id,
        col(Call.team_id).in_([team.id for team in among]),
        col(Call.scope).in_(scopes),
        col(Call.key).in_(keys),
    )
    return _subjects(session, query, among)


_AGENT = (
    col(Identity.id),
    func.coalesce(col(Member.name), col(Identity.name), ""),
    col(Identity.member_id),
)


def _named(query: Any, table: Any) -> Any:
    """With who worked on it."""
    return query.outerjoin(
        Identity,
        and_(col(Identity.workspace_id) == col(table.workspace_id), col(Identity.id) == col(table.agent_id)),
    ).outerjoin(
        Member,
        and_(col(Member.workspace_id) == col(Identity.workspace_id), col(Member.id) == col(Identity.member_id)),
    )
