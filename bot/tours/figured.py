"""The steps that stand on figures: a team's, one's own, the tickets behind, teams beside each other, signals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from sqlmodel import Session

from cspm_core import errors, kpi, people, signals
from cspm_core.kpi import Reading, Scorecard
from cspm_core.people import Team

from ..asking import Ask
from ..kpi import answers, views
from ..kpi.answers import Seen
from . import sights
from .sights import Nothing, Shown

PERIODS = ("this-week", "last-week", "28d")
"""The first that holds anything."""
FOUR_WEEKS = "28d"
THREE, TEAMS = 3, 4
BEHIND = ("first_response", "volume", "calls")
COMPARED = ("first_response", "csat")


def of_team(session: Session, ask: Ask, team: Team | None) -> Shown:
    """Three figures of the team, as `/kpi` says them."""
    for found, card in _cards(session, ask, team):
        return _figures(found, card)
    return Shown(Nothing())


def of_oneself(session: Session, ask: Ask, team: Team | None) -> Shown:
    """The same of the asker alone; nothing where the data knows nothing of them. Raises PersonFiguresClosed."""
    person = people.member_by_slack(session, ask.workspace_id, ask.user)
    if person is None or team is None:
        return Shown(Nothing())
    if not people.may_see_person(ask.asker(session), person.id, team.id, team.person_figures):
        raise errors.PersonFiguresClosed(person.name, team.name, team.person_figures)
    if not people.identities_of(session, ask.workspace_id, person.id):
        return Shown(Nothing())
    for found in _seen(session, ask, team):
        own = answers.about(session, ask, found, person)
        card = kpi.scorecard(
            session, team, own.period, as_of=own.scope.as_of, agents=own.agents, agent_name=person.name
        )
        return _figures(own, card)
    return Shown(Nothing())


def behind(session: Session, ask: Ask, team: Team | None) -> Shown:
    """The ticket that weighs most on the speed of the first answer, else any."""
    for found in _seen(session, ask, team):
        for key in BEHIND:
            with suppress(errors.UnknownMetric):
                listed = kpi.behind(session, found.team, key, found.period, as_of=found.scope.as_of, limit=1)
                if listed.rows:
                    sight = sights.Behind(listed.metric, listed.rows[0], listed.total)
                    return Shown(sight, str(found.scope.of(key)))
    return Shown(Nothing())


def beside(session: Session, ask: Ask, team: Team | None) -> Shown:
    """A few teams that the asker may see, over four weeks; nothing where there is only one."""
    asker = ask.asker(session)
    every = [one for one in people.teams(session, ask.workspace_id) if asker.may_see_team(one.id)]
    every.sort(key=lambda one: (team is None or one.id != team.id, one.name))
    if len(every) < 2:
        return Shown(Nothing())
    return Shown(sights.Beside(tuple(_side(session, ask, one) for one in every[:TEAMS])))


def signalling(session: Session, ask: Ask, team: Team | None) -> Shown:
    """The main figures that signal, and one of them to look at."""
    for found, card in _cards(session, ask, team):
        keys = [one.metric.key for one in views.five(card)]
        every = signals.of_team(session, found.team, keys, found.scope.as_of)
        judged = [one for one in every.values() if one.reason is signals.Reason.NONE]
        if not judged:
            break
        moved = tuple(one for one in judged if one.latest)
        looked_at = (moved or tuple(judged))[0].metric.key
        over = found.scope.over(FOUR_WEEKS) if found.scope.period in PERIODS else found.scope
        return Shown(sights.Moved(moved, len(judged)), str(over.of(looked_at)))
    return Shown(Nothing())


def _side(session: Session, ask: Ask, team: Team) -> sights.Side:
    with suppress(errors.Missing, errors.UnknownMetric):
        found = next(answers.reached(session, team, [FOUR_WEEKS], asked_at=ask.now))
        card = kpi.scorecard(session, team, found.period, as_of=found.scope.as_of, keys=COMPARED)
        ended = found.period if found.scope.period != FOUR_WEEKS else None
        return sights.Side(team.name, tuple(card.reading(key) for key in COMPARED), ended)
    return sights.Side(team.name)


def _figures(found: Seen, card: Scorecard) -> Shown:
    readings = three(views.five(card))
    sight = sights.Figures(readings, card.period, card.timezone, card.complete_until)
    return Shown(sight, str(found.scope))


def three(five: Sequence[Reading]) -> tuple[Reading, ...]:
    """How much came, how fast it was answered, and how well."""
    return (*five[: THREE - 1], five[-1]) if len(five) > THREE else tuple(five)


def _cards(session: Session, ask: Ask, team: Team | None) -> Iterator[tuple[Seen, Scorecard]]:
    """Of the periods in which anything happened, the nearest first."""
    for found in _seen(session, ask, team):
        card = kpi.scorecard(session, found.team, found.period, as_of=found.scope.as_of)
        if any(one.measure.n for one in views.five(card)):
            yield found, card


def _seen(session: Session, ask: Ask, team: Team | None) -> Iterator[Seen]:
    """The periods that the data reaches into, or its last weeks where it ends before all of them."""
    return answers.reached(session, team, PERIODS, asked_at=ask.now) if team else iter(())
