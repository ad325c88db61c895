"""`/qa settings`: how a team reviews, what that means, and changing it. For its leads."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from slack_bolt import App
from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from cspm_core import errors, people, samples
from cspm_core.people import Role, Team
from cspm_core.samples import BOUNDS, QaPlan

from .. import ids
from ..asking import Ask
from ..blocks import value
from ..escalations import fields
from ..escalations.settings_fields import out_of_bounds
from ..kpi import answers
from ..listening import form, later, opener
from ..speaking import speak
from . import settings_forms, settings_views
from .listeners import say_in_place
from .settings_forms import AMOUNT, UNIT
from .settings_views import Shown

BOXES = ("is_on", "shows_reviewer")
LISTS = ("strata", "prompted")


def register(app: App) -> None:
    app.action(ids.SAMPLE_PLAN)(ask_plan)
    app.action(ids.SAMPLE_PLAN_AMOUNT)(weigh)
    app.action(ids.SAMPLE_PLAN_UNIT)(weigh)
    app.view(ids.SAMPLE_PLAN_FORM)(set_plan)


def show(ask: Ask, words: str) -> None:
    """A team's plan: of the one named, else the asker's own. Raises NotForYou, Refusal."""
    with ask.reading() as session:
        team = answers.team_asked(session, ask, words.strip())
        shown = _shown(session, ask, _led(session, ask, team.id))
    ask.answer(settings_views.settings(shown, ask.t))


@opener
def ask_plan(ask: Ask) -> None:
    """How shall it be?"""
    with ask.glancing() as session:
        team = _led(session, ask, int(ask.pressed()["team"]))
        shown = _shown(session, ask, team)
    carried = value(team=team.id, url=ask.slack.body.get("response_url") or "")
    ask.opens(settings_forms.plan(shown, carried, ask.t))


@opener
def weigh(ask: Ask) -> None:
    """Another amount or unit: what it means, at once, in the modal."""
    view = ask.slack.body["view"]
    team_id = int(fields.carried(ask)["team"])
    with ask.glancing() as session:
        team = _led(session, ask, team_id)
        plan = samples.plan_of(session, team)
        now = _filled(ask, plan)
        with suppress(errors.Invalid):
            shown = _shown(session, ask, team, plan=now)
            drawn = settings_forms.plan(shown, view["private_metadata"], ask.t)
            _update(ask, view, drawn)


def _update(ask: Ask, view: dict[str, Any], drawn: dict[str, Any]) -> None:
    with suppress(SlackApiError):  # typed on meanwhile: the next change says what it means then
        ask.runtime.client(ask.workspace_id).views_update(view_id=view["id"], hash=view["hash"], view=drawn)


def _filled(ask: Ask, plan: QaPlan) -> QaPlan:
    """The plan as it stands in the modal, as far as it can be read. Never saved."""
    told = {name: getattr(plan, name) for name in type(plan).model_fields}
    told |= {name: fields.ticked(ask, name) for name in BOXES}
    told |= {name: _list(ask, name) for name in LISTS}
    told["unit"] = fields.chosen(ask, UNIT) or plan.unit
    for name in (AMOUNT, *BOUNDS):
        typed = fields.chosen(ask, name) if name == "draw_weekday" else fields.text(ask, name)
        with suppress(ValueError):
            number = float(typed)
            told[name] = number if name in (AMOUNT, "told_below") else int(number)
    return QaPlan(**told)


def _list(ask: Ask, name: str) -> str:
    values = (ask.slack.body.get("view") or {}).get("state", {}).get("values", {})
    element: dict[str, Any] = next(iter(values.get(name, {}).values()), {}) or {}
    return ",".join(str(one["value"]) for one in element.get("selected_options") or ())


@form
def set_plan(ask: Ask) -> dict[str, str] | None:
    """Committed before the modal closes; saying it twice changes nothing."""
    told = fields.carried(ask)
    wanted: dict[str, Any] = {name: fields.ticked(ask, name) for name in BOXES}
    wanted |= {name: _list(ask, name) for name in LISTS}
    wanted |= {"unit": fields.chosen(ask, UNIT), "draw_weekday": fields.chosen(ask, "draw_weekday")}
    wanted |= {name: fields.text(ask, name) for name in (AMOUNT, *BOUNDS) if name != "draw_weekday"}
    with ask.writing() as session:
        team = _led(session, ask, int(told["team"]))
        try:
            samples.change_plan(session, team, now=ask.now, **wanted)
        except errors.Invalid as wrong:
            session.rollback()
            return {wrong.field: _wrong(wrong, wanted["unit"], ask)}
    later(ask.slack, "samples.plan_set", lambda: _refresh(ask, team.id, str(told.get("url") or "")))
    return None


def _wrong(wrong: errors.Invalid, unit: str, ask: Ask) -> str:
    if wrong.field == AMOUNT and unit == samples.Unit.EACH:
        return ask.t("Write a whole number from 1 to 100.")
    low, high = samples.AMOUNTS[samples.Unit(unit)] if wrong.field == AMOUNT else BOUNDS[wrong.field]
    if 0 < low < 1:
        return ask.t("Write a number above 0, up to 100.")
    return out_of_bounds(int(low), int(high), ask.t)


def _refresh(ask: Ask, team_id: int, url: str) -> None:
    """Say what holds now in the message itself; in direct messages where that is gone."""
    with ask.reading() as session:
        team = people.team(session, ask.workspace_id, team_id)
        shown = _shown(session, ask, team, said=ask.t("Changed: how you review."))
    drawing = settings_views.settings(shown, ask.t)
    if not url:
        ask.tell(drawing)
        return
    try:
        speak(ask.runtime, ask.workspace_id, drawing, ask.t, lambda drawn: say_in_place(url, drawn))
    except SlackApiError:  # the address is good for half an hour and five answers
        ask.tell(drawing)


def _shown(session: Session, ask: Ask, team: Team, *, plan: QaPlan | None = None, said: str = "") -> Shown:
    plan = plan or samples.plan_of(session, team)
    means = samples.outlook(session, team, plan, now=ask.now)
    next_at = samples.next_draw(session, team, plan, ask.now) if plan.is_on else None
    return Shown(team.id, team.name, team.timezone, team.digest_at, plan, means, next_at, said)


def _led(session: Session, ask: Ask, team_id: int) -> Team:
    """A team that the asker leads, or looks after as an admin. Raises NotForYou with the leads' names."""
    team = people.team(session, ask.workspace_id, team_id)
    if not ask.asker(session).leads(team.id):
        leads = people.members_of(session, team, ask.now.date(), Role.LEAD)
        raise errors.NotForYou([lead.name for lead in leads])
    return team
