"""`/coach effects`, and the effect of one promise."""

from __future__ import annotations

from slack_bolt import App
from sqlmodel import Session

from cspm_core import coaching, effects, errors, people
from cspm_core.coaching import Promise
from cspm_core.people import FEW, Asker, Role, Team

from .. import ids
from ..asking import Ask
from ..kpi import answers as kpi
from ..listening import listener
from . import answers, effect_views, effects_views
from .spoken import Wish


def register(app: App) -> None:
    app.action(ids.COACH_EFFECT)(show_effect)


def show_effects(ask: Ask, wish: Wish) -> None:
    """What tends to help in a team: for whoever leads or manages it, and from five people on for executives; with a
    person, and for everybody else, the promises of one. Raises NotForYou, UnknownTeam."""
    if wish.who:
        _show_promises(ask, answers.person_named(ask, wish.who))
        return
    with ask.reading() as session:
        team = kpi.team_asked(session, ask, wish.words)
        asker = ask.asker(session)
        is_own = not wish.words and not asker.coaches(team.id) and asker.everywhere is not Role.EXECUTIVE
    if is_own and asker.member_id is not None:
        _show_promises(ask, asker.member_id)
        return
    with ask.reading() as session:
        leads = asker.coaches(team.id)
        if not leads and asker.everywhere is not Role.EXECUTIVE:
            raise errors.NotForYou(_leads(session, team, ask))
        found = effects.pooled(session, team, now=ask.now)
    if not leads and found.people < FEW:
        ask.answer(effects_views.too_few(team.name, ask.t))
        return
    ask.answer(effects_views.pooled(found if leads else effects.for_many(found), ask.t))


def _show_promises(ask: Ask, member_id: int) -> None:
    """Those of one person between whom the asker may see: their own, or those they made with whom they coach. Raises
    NotForYou, PersonFiguresClosed."""
    with ask.reading() as session:
        asker = ask.asker(session)
        person = people.member(session, ask.workspace_id, member_id)
        rows = [one for one in coaching.promises_of(session, ask.workspace_id, member_id) if _is_of(one, asker)]
        team = kpi.team_of(session, ask, person)
        if asker.member_id != member_id:
            team = answers.pair(session, ask, member_id).team
        if not people.may_see_person(asker, member_id, team.id, team.person_figures):
            raise errors.PersonFiguresClosed(person.name, team.name, team.person_figures)
        told = [(one, effects.of_promise(session, one, now=ask.now)) for one in rows if one.metric]
    with ask.writing() as session:
        people.log_look(session, ask.workspace_id, asker, member_id, "promises", now=ask.now)
    found = [effect_views.Told(one.id, one.words, one.status, effect) for one, effect in told if effect]
    ask.answer(effect_views.promises(found, person.name, ask.t))


def _is_of(one: Promise, asker: Asker) -> bool:
    return asker.member_id in (one.lead_id, one.agent_id)


def _leads(session: Session, team: Team, ask: Ask) -> list[str]:
    return [one.name for one in people.members_of(session, team, ask.now.date(), Role.LEAD)]


@listener
def show_effect(ask: Ask) -> None:
    """Of one's own promise, or of somebody's whose figures one may see. Raises NotYourTalk, PersonFiguresClosed."""
    with ask.reading() as session:
        asker = ask.asker(session)
        row = coaching.promise_of(session, ask.workspace_id, int(ask.pressed()["promise"]), asker)
        team = people.team(session, ask.workspace_id, row.team_id)
        person = people.member(session, ask.workspace_id, row.agent_id)
        if not people.may_see_person(asker, person.id, team.id, team.person_figures):
            raise errors.PersonFiguresClosed(person.name, team.name, team.person_figures)
        effect = effects.of_promise(session, row, now=ask.now)
    if effect is None:
        ask.answer({"text": ask.t("This promise names no figure, so nothing can be measured.")})
        return
    with ask.writing() as session:
        people.log_look(session, ask.workspace_id, asker, person.id, effect.metric.key, now=ask.now)
    ask.answer(effect_views.card(effect, row.words, person.name, ask.t))
