"""Whose picks are open, and how far a team is with a week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from .. import errors, people
from ..people import Identity, Member, Team
from ..qa.rules import Stratum
from ..tickets import Ticket
from . import plans
from .contents import Pick, Progress, Replacement, Share
from .rules import Status, why_read
from .tables import QaDraw, QaPick

Reviewer: Any = aliased(Member)
SHOWN: tuple[Any, ...] = (
    QaPick,
    QaDraw.week,
    Team,
    Ticket.key,
    Ticket.url,
    Ticket.subject,
    Ticket.channel,
    Identity.name,
    Member.name,
    Reviewer.name,
)


def open_picks(session: Session, workspace_id: int, member_id: int) -> list[Pick]:
    """What somebody is to review, the oldest due first."""
    mine = (col(QaPick.reviewer_id) == member_id, col(QaPick.status) == Status.OPEN)
    return _picks(session, _query(workspace_id).where(*mine))


def pick(session: Session, workspace_id: int, pick_id: int) -> Pick:
    """One pick. Raises UnknownPick."""
    found = _picks(session, _query(workspace_id).where(col(QaPick.id) == pick_id))
    if not found:
        raise errors.UnknownPick(str(pick_id))
    return found[0]


def picks_beside(session: Session, workspace_id: int, pick_id: int) -> list[Pick]:
    """All that the reviewer of a pick has of its draw, in whatever state, the oldest due first."""
    row = session.get(QaPick, (workspace_id, pick_id))
    if row is None or row.reviewer_id is None:
        return []
    return of_draw(session, workspace_id, row.draw_id, reviewer_id=row.reviewer_id)


def of_draw(session: Session, workspace_id: int, draw_id: int, *, reviewer_id: int | None = None) -> list[Pick]:
    """Every pick of a draw, of one reviewer or all, the oldest due first."""
    query = _query(workspace_id).where(col(QaPick.draw_id) == draw_id)
    return _picks(session, query if reviewer_id is None else query.where(col(QaPick.reviewer_id) == reviewer_id))


def unassigned(session: Session, workspace_id: int, draw_id: int) -> list[Pick]:
    """What of a draw is open and nobody may review."""
    nobodys = (col(QaPick.reviewer_id).is_(None), col(QaPick.status) == Status.OPEN)
    return _picks(session, _query(workspace_id).where(col(QaPick.draw_id) == draw_id, *nobodys))


def stratum_of(session: Session, workspace_id: int, ticket_id: int | None, member_id: int) -> str:
    """How a ticket comes to be reviewed by somebody: as it was drawn for them, else because they chose it."""
    query = select(col(QaPick.stratum)).where(
        col(QaPick.workspace_id) == workspace_id,
        col(QaPick.ticket_id) == ticket_id,
        col(QaPick.reviewer_id) == member_id,
        col(QaPick.status) == Status.OPEN,
    )
    found = session.connection().execute(query.order_by(col(QaPick.due_at))).first() if ticket_id else None
    return str(found[0]) if found else Stratum.CHOSEN.value


def _query(workspace_id: int) -> Select[Any]:
    def of(table: Any, key: Any) -> Any:
        return (col(table.workspace_id) == QaPick.workspace_id) & (col(table.id) == key)

    query: Select[Any] = select(*SHOWN)
    return (
        query.select_from(QaPick)
        .join(QaDraw, of(QaDraw, QaPick.draw_id))
        .join(Team, of(Team, QaPick.team_id))
        .join(Ticket, of(Ticket, QaPick.ticket_id))
        .join(Identity, of(Identity, QaPick.agent_id))
        .outerjoin(Member, of(Member, Identity.member_id))
        .outerjoin(Reviewer, of(Reviewer, QaPick.reviewer_id))
        .where(col(QaPick.workspace_id) == workspace_id)
        .order_by(col(QaPick.due_at), col(QaPick.id))
    )


def _picks(session: Session, query: Select[Any]) -> list[Pick]:
    return [_pick(*row) for row in session.execute(query).all()]


def _pick(row: QaPick, week: date, team: Team, key: str, url: str, subject: str, channel: str, agent: str,
          member: str | None, reviewer: str | None) -> Pick:  # fmt: skip
    return Pick(
        id=row.id,
        team_id=team.id,
        team=team.name,
        timezone=team.timezone,
        draw_id=row.draw_id,
        week=week,
        ticket_id=row.ticket_id,
        key=key,
        url=url,
        subject=subject,
        channel=channel,
        agent_id=row.agent_id,
        agent=member or agent,
        stratum=row.stratum,
        status=row.status,
        due_at=row.due_at,
        reviewer_id=row.reviewer_id,
        reviewer=reviewer or "",
        review_id=row.review_id,
    )


def progress(session: Session, team: Team, week: date | None = None, *, now: datetime) -> Progress | None:
    """How far a team is with the sample of a week (its local Monday), or with the last one; None: nothing was drawn."""
    draw = plans.draw_of(session, team, week) if week else plans.latest(session, team)
    if draw is None:
        return None
    picks = of_draw(session, team.workspace_id, draw.id)
    counted = [one for one in picks if one.status != Status.REPLACED]
    random = [one for one in counted if one.stratum == Stratum.RANDOM]
    plan, reach = draw.facts["plan"], draw.facts.get("data_until")
    return Progress(
        team_id=team.id,
        team=team.name,
        timezone=team.timezone,
        draw_id=draw.id,
        week=draw.week,
        drawn_at=draw.at,
        seed=draw.seed,
        population=draw.population,
        unit=plan["unit"],
        amount=plan["amount"],
        strata=tuple(filter(None, plan["strata"].split(","))),
        random=len(random),
        drawn=len(counted),
        done=_count(counted, Status.DONE),
        random_done=_count(random, Status.DONE),
        replaced=len(picks) - len(counted),
        lapsed=_count(counted, Status.LAPSED),
        late=_late(counted, now),
        by_reviewer=_by_reviewer(session, team, picks, now),
        by_agent=_shares(((one.agent, one) for one in picks), now),
        replacements=_replacements(session, team, picks),
        unassigned=tuple(one for one in counted if one.reviewer_id is None and one.status == Status.OPEN),
        lapsed_before=int(draw.facts.get("lapsed", 0)),
        without_agent=int(draw.facts.get("without_agent", 0)),
        data_until=datetime.fromisoformat(reach) if reach else None,
    )


def _count(picks: Sequence[Pick], status: Status) -> int:
    return sum(one.status == status for one in picks)


def _late(picks: Sequence[Pick], now: datetime) -> int:
    return sum(one.status == Status.OPEN and one.is_late(now) for one in picks)


def _by_reviewer(session: Session, team: Team, picks: Sequence[Pick], now: datetime) -> tuple[Share, ...]:
    ids = {one.reviewer_id for one in picks if one.reviewer_id}
    mute = {i for i in ids if not people.member(session, team.workspace_id, i).slack_user_id}
    out = {one.reviewer for one in picks if one.reviewer_id in mute}
    return _shares(((one.reviewer, one) for one in picks if one.reviewer_id), now, out)


def _shares(named: Iterable[tuple[str, Pick]], now: datetime, out: Iterable[str] = ()) -> tuple[Share, ...]:
    groups: dict[str, list[Pick]] = defaultdict(list)
    for name, one in named:
        groups[name].append(one)
    unreachable = set(out)
    return tuple(
        Share(
            name=name,
            drawn=len(those) - _count(those, Status.REPLACED),
            done=_count(those, Status.DONE),
            replaced=_count(those, Status.REPLACED),
            lapsed=_count(those, Status.LAPSED),
            late=_late(those, now),
            is_reachable=name not in unreachable,
        )
        for name, those in sorted(groups.items(), key=lambda one: people.fold(one[0]))
    )


def _replacements(session: Session, team: Team, picks: Sequence[Pick]) -> tuple[Replacement, ...]:
    found = []
    for one in (one for one in picks if one.status == Status.REPLACED):
        row = session.get_one(QaPick, (team.workspace_id, one.id))
        by = people.member(session, team.workspace_id, row.replaced_by).name if row.replaced_by else ""
        reason, said = why_read(row.reason)
        at = row.replaced_at or row.due_at
        found.append(Replacement(one.key, one.url, one.agent, by, at, reason, said))
    return tuple(sorted(found, key=lambda one: one.at))
