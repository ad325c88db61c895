"""A note about a conflict to a lead of one's choice: for the two alone, with a date to talk. Callers commit."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from .. import errors, notices, people
from ..ids import new_id
from ..people import Asker, Member, Role
from .tables import ConfidentialNote

NOTE = "wellbeing.note"
SEEN = "wellbeing.note_seen"
LONGEST = 3_000
MONTHS = timedelta(days=92)


def confide(
    session: Session, sender: Member, to: Member, words: str, *, talk_at: datetime | None = None, now: datetime
) -> ConfidentialNote:
    """Tell a lead or a manager something. Raises Invalid (no words, oneself, no lead, a date that is over)."""
    if not words.strip():
        raise errors.Invalid("words", "", "note_words")
    if to.id == sender.id or not is_lead(session, to, now):
        raise errors.Invalid("to", to.name, "note_to")
    if talk_at is not None and talk_at <= now:
        raise errors.Invalid("talk_at", "", "note_date")
    home = next(one for one in people.memberships(session, to.workspace_id, to.id) if one.role in LEADS)
    row = ConfidentialNote(
        workspace_id=sender.workspace_id,
        id=new_id(now),
        from_id=sender.id,
        to_id=to.id,
        at=now,
        words=words.strip()[:LONGEST],
        talk_at=talk_at,
    )
    session.add(row)
    session.flush()
    if to.slack_user_id:
        _post(session, NOTE, row, to, home.team_id, now)
    return row


LEADS = (Role.LEAD, Role.MANAGER)


def is_lead(session: Session, person: Member, now: datetime) -> bool:
    """Whether somebody leads or manages any team today."""
    return any(
        one.role in LEADS and people.holds(one.from_day, one.to_day, now.date())
        for one in people.memberships(session, person.workspace_id, person.id)
    )


def note_of(session: Session, workspace_id: int, note_id: int, by: Asker) -> ConfidentialNote:
    """A note that its reader may read: the two of it, and nobody else. Raises UnknownNote."""
    row = session.get(ConfidentialNote, (workspace_id, note_id))
    if row is None or by.member_id is None or by.member_id not in (row.from_id, row.to_id):
        raise errors.UnknownNote(str(note_id))
    return row


def see(session: Session, row: ConfidentialNote, by: Asker, *, now: datetime) -> bool:
    """Whom it was told has read it; its writer hears so, once."""
    return _mark(session, row, by, "seen_at", now)


def close(session: Session, row: ConfidentialNote, by: Asker, *, now: datetime) -> bool:
    """They have talked: it waits for nobody any more."""
    return _mark(session, row, by, "over_at", now)


def _mark(session: Session, row: ConfidentialNote, by: Asker, column: str, now: datetime) -> bool:
    if by.member_id != row.to_id:
        raise errors.UnknownNote(str(row.id))
    done = session.exec(
        update(ConfidentialNote)
        .where(
            col(ConfidentialNote.workspace_id) == row.workspace_id,
            col(ConfidentialNote.id) == row.id,
            col(getattr(ConfidentialNote, column)).is_(None),
        )
        .values({column: now})
        .execution_options(synchronize_session=False)
    )
    session.expire(row)
    if done.rowcount != 1:
        return False
    notices.refresh(session, row.workspace_id, NOTE, row.id)
    sender = people.member(session, row.workspace_id, row.from_id)
    if column == "seen_at" and sender.slack_user_id:
        held = people.memberships(session, row.workspace_id, row.to_id)
        _post(session, SEEN, row, sender, held[-1].team_id, now)
    return True


def _post(session: Session, kind: str, row: ConfidentialNote, to: Member, team_id: int, now: datetime) -> None:
    notices.post(
        session,
        row.workspace_id,
        key=f"{kind}:{row.id}",
        kind=kind,
        subject_id=row.id,
        team_id=team_id,
        place=str(to.slack_user_id),
        language=people.reader_language(session, to),
        now=now,
    )


def waiting(session: Session, workspace_id: int, member_id: int) -> list[ConfidentialNote]:
    """Those told to somebody that are not over."""
    query = select(ConfidentialNote).where(
        ConfidentialNote.workspace_id == workspace_id,
        ConfidentialNote.to_id == member_id,
        col(ConfidentialNote.over_at).is_(None),
    )
    return list(session.exec(query.order_by(col(ConfidentialNote.at))))


def forget_old(session: Session, *, now: datetime) -> int:
    """Delete notes that have been over for three months."""
    old = session.exec(select(ConfidentialNote).where(col(ConfidentialNote.over_at) < now - MONTHS)).all()
    for row in old:
        session.delete(row)
    session.flush()
    return len(old)
