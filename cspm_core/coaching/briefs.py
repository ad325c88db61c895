"""What opens a talk: the last promises first, then what the figures, reviews and colleagues say since the last one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from .. import effects, errors, kpi, people, qa
from ..effects.rules import Effect
from ..goals import progress
from ..goals.tables import Goal
from ..kpi.rules import Reading
from ..people import Asker, Member, Team
from ..periods import parse_period
from ..qa.contents import Review
from ..recognition.tables import Kudos, KudosTo
from ..signals.differences import difference, is_sure
from . import reads, rhythms, rights, suggesting, talks
from .contents import Brief, KudosSeen, Person, PromiseSeen
from .rules import FOR_A_PERSON, PromiseStatus
from .suggesting import Seen
from .tables import Promise, Talk

FIRST_TIME = timedelta(days=90)
"""Where two have not talked yet, it goes back so far."""
OVER = "28d"
MOST = 5
"""Of reviews, kudos, goals and suggestions."""
MOST_EFFECTS = 3


def brief(session: Session, workspace_id: int, lead: Asker, agent: Member, *, now: datetime) -> Brief:
    """For the lead alone. Raises NotForYou, NoTeamOf, OwnTalk."""
    team = rights.team_of_pair(session, workspace_id, lead, agent, now=now)
    assert lead.member_id is not None
    names = reads.Names(session, workspace_id)
    planned = talks.planned_of(session, workspace_id, lead.member_id, agent.id)
    last = reads.last_held(session, workspace_id, lead.member_id, agent.id)
    since = last.held_at if last and last.held_at else now - FIRST_TIME
    every = rhythms.rhythm(session, workspace_id, lead.member_id, agent.id)
    promises = _promises(session, workspace_id, lead.member_id, agent, since, names, now)
    goals = _goals(session, workspace_id, agent)
    level = "" if people.may_see_person(lead, agent.id, team.id, team.person_figures) else team.person_figures
    figures, until = ((), None) if level else signalling(session, team, agent, now)
    reviews = _reviews(session, workspace_id, agent, since)
    shown = [one for one in reviews if _may_see(one, lead, team)]
    return Brief(
        team_id=team.id,
        team=team.name,
        timezone=team.timezone,
        lead=names.person(lead.member_id),
        agent=Person(agent.id, agent.name, agent.slack_user_id),
        every=every,
        planned=reads.talk(session, planned, names, every) if planned else None,
        last=reads.talk(session, last, names, every) if last else None,
        promises=tuple(promises),
        figures=figures,
        figures_level=level,
        figures_until=until,
        reviews=tuple(shown[:MOST]),
        reviews_hidden=len(reviews) - len(shown),
        kudos=tuple(_kudos(session, workspace_id, agent, since)),
        goals=tuple(goals),
        suggestions=tuple(_suggestions(session, team, lead, agent, now)),
        notes=tuple(reads.notes_of(session, workspace_id, _ids(planned, last), lead.member_id)),
        kept=sum(one.status == PromiseStatus.KEPT for one in promises),
        missed=sum(one.status == PromiseStatus.MISSED for one in promises),
        is_late=planned is not None and planned.proposed_by is not None and planned.planned_at < now,
        effects={} if level else _effects(session, workspace_id, promises, now),
        standings={} if level else {one.id: progress(session, one, now=now) for one in goals},
    )


def _ids(*rows: Talk | None) -> list[int]:
    return [row.id for row in rows if row]


def _promises(
    session: Session, workspace_id: int, lead_id: int, agent: Member, since: datetime, names: reads.Names, now: datetime
) -> list[PromiseSeen]:
    rows = reads.promises_between(session, workspace_id, lead_id, agent.id)

    def order(row: Promise) -> tuple[bool, str]:
        return row.status != PromiseStatus.OPEN, row.due_on.isoformat()

    wanted = [one for one in rows if one.status == PromiseStatus.OPEN or (one.closed_at and one.closed_at >= since)]
    return [reads.promise(session, one, now=now, names=names) for one in sorted(wanted, key=order)]


def _effects(
    session: Session, workspace_id: int, promises: Sequence[PromiseSeen], now: datetime
) -> Mapping[int, Effect]:
    """Of the latest few that name a figure."""
    named = sorted((one for one in promises if one.metric), key=lambda one: one.made_at, reverse=True)
    found: dict[int, Effect] = {}
    for one in named[:MOST_EFFECTS]:
        row = session.get_one(Promise, (workspace_id, one.id))
        if (effect := effects.of_promise(session, row, now=now)) is not None:
            found[one.id] = effect
    return found


def signalling(
    session: Session, team: Team, agent: Member, now: datetime
) -> tuple[tuple[Reading, ...], datetime | None]:
    """Somebody's figures of four weeks that differ from the four before by more than chance, and how far the data
    reaches. Not asked here: whether the asker may see them."""
    try:
        reach = kpi.reach(session, team, now)
        period = parse_period(OVER, timezone=team.timezone, now=reach).until(reach)
        keys = [key for key in kpi.catalogue_of(session, team) if key in FOR_A_PERSON]
        identities = people.identities_of(session, team.workspace_id, agent.id)
        card = kpi.scorecard(session, team, period, as_of=reach, keys=keys, agents=identities, agent_name=agent.name)
    except errors.NoData:
        return (), None
    found = tuple(one for one in card.readings if _signals(one))
    return tuple(sorted(found, key=lambda one: FOR_A_PERSON.index(one.metric.key)))[:MOST], reach


def _signals(one: Reading) -> bool:
    return one.before is not None and is_sure(difference(one.metric, one.measure, one.before))


def _reviews(session: Session, workspace_id: int, agent: Member, since: datetime) -> Sequence[Review]:
    return qa.reviews_of(session, workspace_id, agent.id, since=since)


def _may_see(one: Review, lead: Asker, team: Team) -> bool:
    return people.may_see_review(
        lead, subject_id=one.agent_member_id, reviewer_id=one.reviewer_id, team_id=one.team_id,
        level=team.person_figures,
    )  # fmt: skip


def _kudos(session: Session, workspace_id: int, agent: Member, since: datetime) -> list[KudosSeen]:
    query = (
        select(Kudos, Member.name)
        .join(KudosTo, (col(KudosTo.workspace_id) == Kudos.workspace_id) & (col(KudosTo.kudos_id) == Kudos.id))
        .join(Member, (col(Member.workspace_id) == Kudos.workspace_id) & (col(Member.id) == Kudos.giver_id))
        .where(Kudos.workspace_id == workspace_id, KudosTo.member_id == agent.id, col(Kudos.at) >= since)
    )
    rows = session.exec(query.order_by(col(Kudos.at).desc()).limit(MOST))
    return [KudosSeen(giver, one.reason, one.value, one.at) for one, giver in rows]


def _goals(session: Session, workspace_id: int, agent: Member) -> list[Goal]:
    query = select(Goal).where(
        Goal.workspace_id == workspace_id, Goal.member_id == agent.id, col(Goal.status).in_(("proposed", "agreed"))
    )
    return list(session.exec(query.order_by(col(Goal.ends_on)).limit(MOST)))


def _suggestions(session: Session, team: Team, lead: Asker, agent: Member, now: datetime) -> list[Seen]:
    every = suggesting.open_for(session, team.workspace_id, lead, now=now)
    return [one for one in every if one.member_id == agent.id and one.team_id == team.id][:MOST]
