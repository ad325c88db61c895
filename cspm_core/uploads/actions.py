"""A dropped file from its arrival to its end: each step is one conditional statement. Callers commit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select, update

from .. import errors, notices, people
from ..ids import new_id
from ..once import add_once
from ..people import Asker, Team
from . import rules
from .kinds import KINDS, Pace
from .reads import may_import, own_teams
from .rules import CLAIM, Choice, Look, Reason, State, Told
from .tables import Upload

CARD = "upload.card"
"""The one message about a file: what it is, its progress, its report."""
KEPT = timedelta(days=1)
"""Later than this after a file was dropped, nobody expects an answer any more."""


def arrive(
    session: Session,
    workspace_id: int,
    asker: Asker,
    *,
    channel: str,
    ts: str,
    thread_ts: str,
    file: str,
    name: str,
    mimetype: str,
    size: int,
    language: str,
    now: datetime,
) -> Upload:
    """A file was dropped; told again, it is the same. What cannot be imported is declined at once. Raises NoTeams."""
    reason = _declined(asker, name, mimetype, size)
    row = Upload(
        workspace_id=workspace_id,
        id=new_id(now),
        slack_channel=channel,
        slack_ts=ts,
        thread_ts=thread_ts,
        slack_file=file,
        slack_user=asker.slack_user_id or "",
        name=name,
        size=size,
        team_id=_first_team(session, workspace_id, asker).id,
        language=language,
        state=State.DECLINED if reason else State.NEW,
        reason=reason or "",
        arrived_at=now,
    )
    if add_once(session, row) and reason:
        _show(session, row, now)
    return session.exec(
        select(Upload).where(
            Upload.workspace_id == workspace_id,
            Upload.slack_channel == channel,
            Upload.slack_ts == ts,
            Upload.slack_file == file,
        )
    ).one()


def _declined(asker: Asker, name: str, mimetype: str, size: int) -> Reason | None:
    if not rules.is_table(name, mimetype):
        return Reason.NOT_CSV
    if not may_import(asker):
        return Reason.NO_RIGHT
    return Reason.TOO_LARGE if size > rules.LARGEST else None


def _first_team(session: Session, workspace_id: int, asker: Asker) -> Team:
    """The team whose business a file is until one is chosen. Raises NoTeams."""
    every = people.teams(session, workspace_id)
    if not every:
        raise errors.NoTeams
    own = own_teams(session, workspace_id, asker) or [one for one in every if one.id in asker.team_ids]
    return next((one for one in own if one.id == asker.last_team_id), (own or every)[0])


def claim(
    session: Session, workspace_id: int, upload_id: int, state: State, token: str, *, now: datetime, real_now: datetime
) -> Upload | None:
    """Take what is to be done about a file into one's hands for `rules.CLAIM`; None where another has it."""
    taken = session.exec(
        update(Upload)
        .where(
            col(Upload.workspace_id) == workspace_id,
            col(Upload.id) == upload_id,
            col(Upload.state) == state,
            or_(col(Upload.claimed_until).is_(None), col(Upload.claimed_until) < real_now),
            or_(col(Upload.retry_at).is_(None), col(Upload.retry_at) <= now),
        )
        .values(claim=token, claimed_until=real_now + CLAIM, attempts=Upload.attempts + 1, retry_at=None)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:
        return None
    return session.get(Upload, (workspace_id, upload_id), populate_existing=True)


def progress(
    session: Session, row: Upload, pace: Pace, *, phase_at: datetime, now: datetime, real_now: datetime, shows: bool
) -> bool:
    """How far the work is; the claim is renewed. `shows`: its card too. False where another has it by now."""
    values = {"phase": pace.phase, "done_rows": pace.done, "all_rows": pace.total}
    if not _held(session, row, claimed_until=real_now + CLAIM, phase_at=phase_at, told_at=now, **values):
        return False
    if shows:
        notices.refresh(session, row.workspace_id, CARD, row.id)
    return True


def looked(session: Session, row: Upload, look: Look, *, now: datetime) -> bool:
    """It was looked into: its card is asked for."""
    return _ended(session, row, now, state=State.WAITING, look=look.to_json())


def decline(session: Session, row: Upload, reason: str, *, now: datetime) -> bool:
    """Nothing can come of it; `reason` as in `Upload.reason`."""
    return _ended(session, row, now, state=State.DECLINED, reason=reason)


def fail(session: Session, row: Upload, reason: str, *, now: datetime) -> bool:
    """The import did not come to its end; it can be tried again by hand."""
    return _ended(session, row, now, state=State.FAILED, reason=reason, ended_at=now)


def later(session: Session, row: Upload, *, retry_at: datetime) -> bool:
    """It could not be done now: it is begun again then."""
    return _held(session, row, claim=None, claimed_until=None, retry_at=retry_at)


def keep_report(session: Session, row: Upload, found: Told, *, real_now: datetime) -> bool:
    """The rows are written; the first report stays. The refused ones are shared next."""
    return _held(session, row, report=row.report or found.to_json(), claimed_until=real_now + CLAIM)


def sharing(session: Session, row: Upload) -> bool:
    """The file of refused rows goes out now."""
    return _held(session, row, shares_refused=True)


def finish(session: Session, row: Upload, *, now: datetime, reason: str = "") -> bool:
    """All is done and said; `reason`: why the refused rows were not shared."""
    return _ended(session, row, now, state=State.DONE, reason=reason, ended_at=now)


def begin(
    session: Session, workspace_id: int, upload_id: int, choice: Choice, asker: Asker, rows: int, *, now: datetime
) -> bool:
    """Let it be imported; False where it is under way or done already. Raises NotForYou."""
    check(asker, choice)
    team = {} if choice.team_id is None else {"team_id": choice.team_id}
    fresh: dict[str, Any] = {"report": "", "reason": "", "phase": "", "done_rows": 0, "attempts": 0, "retry_at": None}
    begun = session.exec(
        update(Upload)
        .where(
            col(Upload.workspace_id) == workspace_id,
            col(Upload.id) == upload_id,
            col(Upload.state).in_(rules.OPEN),
        )
        .values(
            state=State.IMPORTING,
            choice=choice.to_json(),
            all_rows=rows,
            begun_at=now,
            slack_user=asker.slack_user_id,
            shares_refused=False,
            **fresh,
            **team,
        )
        .execution_options(synchronize_session=False)
    )
    if begun.rowcount != 1:
        return False
    notices.refresh(session, workspace_id, CARD, upload_id)
    return True


def put_away(session: Session, workspace_id: int, upload_id: int) -> bool:
    """ "Not now"; False where something else became of it."""
    gone = session.exec(
        update(Upload)
        .where(
            col(Upload.workspace_id) == workspace_id,
            col(Upload.id) == upload_id,
            col(Upload.state) == State.WAITING,
        )
        .values(state=State.AWAY)
        .execution_options(synchronize_session=False)
    )
    if gone.rowcount != 1:
        return False
    notices.refresh(session, workspace_id, CARD, upload_id)
    return True


def check(asker: Asker, choice: Choice) -> None:
    """Raises NotForYou: a lead imports into their own teams, lists of people are for admins."""
    if asker.everywhere is people.Role.ADMIN:
        return
    if KINDS[choice.kind].for_admins or choice.team_id is None or not asker.leads(choice.team_id):
        raise errors.NotForYou


def _ended(session: Session, row: Upload, now: datetime, **values: Any) -> bool:
    """A step that gives the claim back and shows the card."""
    if not _held(session, row, claim=None, claimed_until=None, **values):
        return False
    _show(session, row, now)
    return True


def _held(session: Session, row: Upload, **values: Any) -> bool:
    did = session.exec(
        update(Upload)
        .where(col(Upload.workspace_id) == row.workspace_id, col(Upload.id) == row.id, col(Upload.claim) == row.claim)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return bool(did.rowcount == 1)


def _show(session: Session, row: Upload, now: datetime) -> None:
    """The card is said, or drawn anew."""
    is_new = notices.post(
        session,
        row.workspace_id,
        key=f"upload:{row.id}",
        kind=CARD,
        subject_id=row.id,
        team_id=row.team_id,
        place=row.slack_channel,
        thread_of=row.thread_ts,
        language=row.language,
        now=now,
        expires_at=now + KEPT,
    )
    if not is_new:
        notices.refresh(session, row.workspace_id, CARD, row.id)
