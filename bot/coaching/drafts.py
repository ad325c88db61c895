"""What the form of a promise is filled with: the two people, a day, the figures, and what could be seen in one."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from cspm_core import coaching, effects, errors, kpi, people
from cspm_core.calendars import local_day

from ..asking import Ask
from ..kpi.names import name_of
from . import foresight_views, forms
from .answers import Pair

TWO_WEEKS = timedelta(days=14)


def promise(session: Session, ask: Ask, pair: Pair, told: str = "") -> forms.PromiseDraft:
    """Figures only where the lead may see the agent's."""
    lead, agent, team = pair.lead, pair.agent, pair.team
    assert lead.member_id is not None
    metrics: dict[str, str] = {}
    if people.may_see_person(lead, agent.id, team.id, team.person_figures):
        every = kpi.catalogue_of(session, team)
        metrics = {key: name_of(every[key], ask.t) for key in coaching.FOR_A_PERSON if key in every}
    return forms.PromiseDraft(
        lead=coaching.Person(lead.member_id, lead.name, lead.slack_user_id),
        agent=coaching.Person(agent.id, agent.name, agent.slack_user_id),
        due_on=local_day(ask.now, team.timezone) + TWO_WEEKS,
        metrics=metrics,
        told=told,
    )


def foreseen(session: Session, ask: Ask, pair: Pair, metric: str) -> forms.PromiseDraft:
    """The same with what could be seen in one of the figures."""
    draft = promise(session, ask, pair)
    if metric not in draft.metrics:
        return draft
    try:
        found = effects.could_show(session, pair.team, pair.agent, metric, now=ask.now)
    except errors.NoData:
        return promise(session, ask, pair, ask.t("There is no data yet, so nothing can be said of it."))
    return promise(session, ask, pair, foresight_views.foreseen(found, ask.t) if found else "")
