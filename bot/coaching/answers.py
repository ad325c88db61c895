"""From what somebody does to what they may see of coaching: rights first, then the core's facts, then a drawing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from cspm_core import coaching, errors, people
from cspm_core.coaching import Brief, Promise, PromiseSeen, Talk, TalkSeen
from cspm_core.coaching import reads as core
from cspm_core.people import Asker, Member, Team

from .. import acquaintance
from ..asking import Ask
from ..blocks import Drawing
from ..finding import is_id
from ..kpi import answers as kpi
from . import brief_views, mine_views, promise_views

LOOK = "talk"
"""What is written down of opening a talk."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Whoever coaches, the one coached, and the team in which they are that."""

    team: Team
    lead: Asker
    agent: Member


def person_named(ask: Ask, who: str) -> int:
    """The member whom somebody mentioned or named. Raises UnknownMember."""
    if is_id(who):
        acquaintance.of(ask.runtime, str(ask.slack.context.team_id or ""), who, now=ask.now, in_haste=True)
    with ask.glancing() as session:
        return kpi.person_asked(session, ask, who).id


def pair(session: Session, ask: Ask, agent_id: int) -> Pair:
    """Raises NotForYou, NoTeamOf, OwnTalk."""
    lead, agent = ask.asker(session), people.member(session, ask.workspace_id, agent_id)
    return Pair(coaching.team_of_pair(session, ask.workspace_id, lead, agent, now=ask.now), lead, agent)


def brief(session: Session, ask: Ask, agent_id: int) -> Brief:
    """What opens the talk with somebody. Raises NotForYou, NoTeamOf, OwnTalk."""
    agent = people.member(session, ask.workspace_id, agent_id)
    return coaching.brief(session, ask.workspace_id, ask.asker(session), agent, now=ask.now)


def opened(ask: Ask, agent_id: int, *, is_again: bool = False) -> Drawing:
    """The same as a message. That somebody looked is written down before it is shown; `is_again`: it is being shown."""
    with ask.reading() as session:
        found = brief(session, ask, agent_id)
        asker = ask.asker(session)
    if not is_again:
        with ask.writing() as session:
            people.log_look(session, ask.workspace_id, asker, agent_id, LOOK, now=ask.now)
    return brief_views.brief(found, ask.t)


def promise_card(ask: Ask, promise_id: int) -> Drawing:
    """One promise as it stands. Raises UnknownPromise, NotYourTalk."""
    with ask.glancing() as session:
        return promise_views.seen(promise(session, ask, promise_id)[1], ask.t)


def mine(ask: Ask) -> Drawing:
    """What the asker has in coaching."""
    with ask.reading() as session:
        asker = ask.asker(session)
        if asker.member_id is None:
            raise errors.NoTeam
        found = coaching.mine(session, ask.workspace_id, asker, now=ask.now)
    return mine_views.mine(found, asker.member_id, ask.t)


def talk(session: Session, ask: Ask, talk_id: int) -> tuple[Talk, TalkSeen, int]:
    """A talk of the asker's own, and who they are in it. Raises UnknownTalk, NotYourTalk."""
    asker = ask.asker(session)
    row = coaching.talk_of(session, ask.workspace_id, talk_id, asker)
    assert asker.member_id is not None
    return row, core.talk(session, row), asker.member_id


def promise(session: Session, ask: Ask, promise_id: int) -> tuple[Promise, PromiseSeen]:
    """A promise of the asker's own talks. Raises UnknownPromise, NotYourTalk."""
    row = coaching.promise_of(session, ask.workspace_id, promise_id, ask.asker(session))
    return row, core.promise(session, row, now=ask.now)
