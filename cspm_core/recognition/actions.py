"""Thanking, settling how a team thanks, and granting. Callers commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from .. import errors, notices
from ..calendars import local_day
from ..ids import new_id
from ..once import add_once, the_one
from ..people import Asker, Member, Team, fold, member, reader_language
from . import reads, rules
from .rules import Given
from .tables import Kudos, KudosTo, RecognitionSettings, Reward, RewardGrant

KUDOS = "recognition.kudos"
GRANTED = "recognition.granted"


def change_settings(session: Session, team: Team, *, now: datetime, **settled: Any) -> RecognitionSettings:
    """Set `allowance`, `team_values`, `has_board` or `thanks_weekly`. Raises Invalid."""
    values = [" ".join(one.split()) for one in settled.get("team_values", ()) if one.strip()]
    if len(values) > rules.MOST_VALUES or any(len(one) > rules.LONGEST_VALUE for one in values):
        raise errors.Invalid("team_values", str(rules.MOST_VALUES), "kudos_values")
    allowance = settled.get("allowance", rules.ALLOWANCE)
    if not 1 <= allowance <= rules.MOST_ALLOWED:
        raise errors.Invalid("allowance", str(allowance), "kudos_allowance")
    query = select(RecognitionSettings).where(
        RecognitionSettings.workspace_id == team.workspace_id, RecognitionSettings.team_id == team.id
    )
    fresh = RecognitionSettings(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id)
    row = the_one(session, query, fresh)
    for name, value in settled.items():
        setattr(row, name, values if name == "team_values" else value)
    session.add(row)
    session.flush()
    return row


def give(
    session: Session,
    team: Team,
    giver: Member,
    to: Sequence[Member],
    reason: str,
    *,
    value: str = "",
    now: datetime,
) -> Given:
    """Thank some colleagues, and say so in the team's channel. The allowance is of the giver's own day.

    Raises Invalid (nobody, oneself, too many at once, no reason), NothingLeft.
    """
    _check(giver, to, reason)
    allowance = reads.settings(session, team).allowance
    day = local_day(now, giver.timezone or team.timezone)
    kudos = Kudos(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        giver_id=giver.id,
        at=now,
        reason=reason.strip(),
        value=value,
    )
    session.add(kudos)
    session.flush()
    for one in to:
        _take_slot(session, kudos, one, day, allowance, now)
    for place, language in _places(session, team, to):
        notices.post(
            session,
            team.workspace_id,
            key=f"{KUDOS}:{kudos.id}:{place}",
            kind=KUDOS,
            subject_id=kudos.id,
            team_id=team.id,
            place=place,
            language=language,
            now=now,
        )
    return Given(kudos.id, reads.left_today(session, team.workspace_id, giver.id, day, allowance))


def _check(giver: Member, to: Sequence[Member], reason: str) -> None:
    if not to:
        raise errors.Invalid("to", "", "kudos_nobody")
    if any(one.id == giver.id for one in to):
        raise errors.Invalid("to", giver.name, "kudos_oneself")
    if len(to) > rules.MOST_AT_ONCE:
        raise errors.Invalid("to", str(rules.MOST_AT_ONCE), "kudos_many")
    if not rules.is_reason(reason):
        raise errors.Invalid("reason", reason, "kudos_reason")


def _take_slot(session: Session, kudos: Kudos, to: Member, day: date, allowance: int, now: datetime) -> None:
    """The first free of a day's slots; two at once cannot take the same. Raises NothingLeft."""
    for slot in range(1, allowance + 1):
        row = KudosTo(
            workspace_id=kudos.workspace_id,
            id=new_id(now),
            kudos_id=kudos.id,
            giver_id=kudos.giver_id,
            member_id=to.id,
            day=day,
            slot=slot,
        )
        if add_once(session, row):
            return
    raise errors.NothingLeft(allowance)


def _places(session: Session, team: Team, to: Sequence[Member]) -> list[tuple[str, str]]:
    """The team's channel; without one, each who is thanked."""
    if team.channel:
        return [(team.channel, team.language)]
    return [(one.slack_user_id, reader_language(session, one)) for one in to if one.slack_user_id]


def offer(session: Session, team: Team, name: str, *, now: datetime) -> Reward:
    """Put something on the list of what may be granted; saying it again brings it back. Raises Invalid."""
    name = " ".join(name.split())
    if not name or len(name) > rules.LONGEST_VALUE:
        raise errors.Invalid("reward", name, "reward_name")
    query = select(Reward).where(
        Reward.workspace_id == team.workspace_id, Reward.team_id == team.id, Reward.name_key == fold(name)
    )
    fresh = Reward(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, name=name, name_key=fold(name))
    row = the_one(session, query, fresh)
    row.is_offered, row.name = True, name
    session.add(row)
    session.flush()
    return row


def withdraw(session: Session, team: Team, reward_id: int) -> None:
    """Take something off the list; what was granted stays recorded."""
    row = _reward(session, team, reward_id)
    row.is_offered = False
    session.add(row)
    session.flush()


def grant(
    session: Session, team: Team, reward_id: int, to: Member, by: Asker, reason: str, *, now: datetime
) -> RewardGrant:
    """Give somebody a reward, and tell them. Raises NotForYou, Invalid, Unknown."""
    if not by.coaches(team.id) or by.member_id is None:
        raise errors.NotForYou([])
    if not reason.strip():
        raise errors.Invalid("reason", reason, "kudos_reason")
    if to.id == by.member_id:
        raise errors.Invalid("to", to.name, "kudos_oneself")
    row = RewardGrant(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        reward_id=_reward(session, team, reward_id).id,
        member_id=member(session, team.workspace_id, to.id).id,
        by_id=by.member_id,
        at=now,
        reason=reason.strip(),
    )
    session.add(row)
    session.flush()
    if to.slack_user_id:
        notices.post(
            session,
            team.workspace_id,
            key=f"{GRANTED}:{row.id}",
            kind=GRANTED,
            subject_id=row.id,
            team_id=team.id,
            place=to.slack_user_id,
            language=reader_language(session, to),
            now=now,
        )
    return row


def _reward(session: Session, team: Team, reward_id: int) -> Reward:
    found = session.get(Reward, (team.workspace_id, reward_id))
    if found is None or found.team_id != team.id:
        raise errors.Unknown(str(reward_id))
    return found
