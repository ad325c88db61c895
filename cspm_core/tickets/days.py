"""Which days a change of tickets touches: what was worked out for them before is forgotten with the change itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session

from ..metrics.frame import DAY, NEVER

CONTACT_AGAIN = timedelta(days=7)
"""A contact decides about earlier ones that were solved up to so many days before it."""
FAR = date(9999, 12, 31)
AT_ONCE = 500


def forget(
    session: Session,
    workspace_id: int,
    team_id: int,
    instants: Iterable[int | None],
    *,
    contacts_since: int | None = None,
) -> None:
    """Forget what is known by day where something happened at these instants (microseconds; None and NEVER: nothing).

    Give those of a ticket as it was and as it is: created, first reply, first and last solve, sent, rated, reopened.
    `contacts_since`: the earliest creation among tickets that are new, or whose customer, category or creation is
    another: they decide about first contact resolution from 7 days before on. In the caller's transaction.
    """
    _share(session, workspace_id, team_id)
    days = {at // DAY for at in instants if at is not None and at != NEVER}
    if not days and contacts_since is None:
        return
    _delete(session, "ticket_day", workspace_id, team_id, sorted(map(_day, days)))
    local = {_day(n + around) for n in days for around in (-1, 0, 1)}  # a local day reaches into the ones beside it
    _delete(session, "figure_day", workspace_id, team_id, sorted(local))
    if contacts_since is not None:
        since = _day(contacts_since // DAY) - CONTACT_AGAIN - timedelta(days=1)
        forget_figures(session, workspace_id, team_id, since)


def forget_figures(session: Session, workspace_id: int, team_id: int, since: date) -> None:
    """Forget the figures of every day from one on."""
    _share(session, workspace_id, team_id)
    sql = text("DELETE FROM figure_day WHERE workspace_id = :workspace AND team_id = :team AND day >= :since")
    session.execute(sql, {"workspace": workspace_id, "team": team_id, "since": _bound(session, since)})


def forget_figures_of(session: Session, workspace_id: int, team_id: int, instants: Iterable[datetime]) -> None:
    """Forget the figures of the local days of some instants, of what is no ticket."""
    _share(session, workspace_id, team_id)
    days = {at.astimezone(UTC).date() for at in instants}
    local = {day + timedelta(days=around) for day in days for around in (-1, 0, 1)}
    _delete(session, "figure_day", workspace_id, team_id, sorted(local))


def hold(session: Session, workspace_id: int, team_id: int) -> None:
    """Let nobody change the team's tickets until what is known by day is written down, from what stands from here on.

    SQLite has one writer at a time anyway.
    """
    _lock(session, workspace_id, team_id, "FOR NO KEY UPDATE")


def _share(session: Session, workspace_id: int, team_id: int) -> None:
    """Writers of tickets do not wait for each other, but for those who `hold`, and these for them."""
    _lock(session, workspace_id, team_id, "FOR SHARE")


def _lock(session: Session, workspace_id: int, team_id: int, kind: str) -> None:
    if session.get_bind().dialect.name != "sqlite":
        sql = f"SELECT id FROM team WHERE workspace_id = :workspace AND id = :team {kind}"  # noqa: S608 - our words
        session.execute(text(sql), {"workspace": workspace_id, "team": team_id})


def _day(number: int) -> date:
    try:
        return datetime.fromtimestamp(number * 86_400, UTC).date()
    except (OverflowError, ValueError):
        return FAR


def _bound(session: Session, day: date) -> date | str:
    return day.isoformat() if session.get_bind().dialect.name == "sqlite" else day


def _delete(session: Session, table: str, workspace_id: int, team_id: int, days: list[date]) -> None:
    for n in range(0, len(days), AT_ONCE):
        some = {f"d{i}": _bound(session, day) for i, day in enumerate(days[n : n + AT_ONCE])}
        marks = ", ".join(f":{name}" for name in some)
        sql = f"DELETE FROM {table} WHERE workspace_id = :workspace AND team_id = :team AND day IN ({marks})"  # noqa: S608
        session.execute(text(sql), {"workspace": workspace_id, "team": team_id, **some})
