"""Notes about a talk: shared with the other, or private. Callers commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from .. import errors
from ..ids import new_id
from ..people import Asker
from . import rights
from .rules import LONGEST_NOTE
from .tables import Talk, TalkNote


def note(
    session: Session, workspace_id: int, talk_id: int, words: str, *, is_private: bool, by: Asker, now: datetime
) -> TalkNote:
    """Write something down. Nobody but the writer is shown a private one; the other may be entitled to read it when
    they ask for what is kept about them. Raises NotYourTalk, Invalid."""
    talk: Talk = rights.talk_of(session, workspace_id, talk_id, by)
    words = words.strip()
    if not words or len(words) > LONGEST_NOTE:
        raise errors.Invalid("words", words[:40], "nothing_said" if not words else "said_too_long")
    assert by.member_id is not None
    row = TalkNote(
        workspace_id=workspace_id, id=new_id(now), talk_id=talk.id, by_id=by.member_id, at=now, is_private=is_private,
        words=words,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row
