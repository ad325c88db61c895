"""Suggested targets under the first day's message: looked at by a lead, taken or left."""

from __future__ import annotations

from slack_bolt import App, Args
from sqlmodel import Session

from cspm_core import first_days, kpi, receipts
from cspm_core.first_days import Aim
from cspm_core.people import Team

from .. import delivery, ids
from ..asking import Ask
from ..blocks import escape, value
from ..escalations import fields
from ..kpi.target_listeners import led
from ..listening import form, later, opener
from . import forms


def register(app: App) -> None:
    app.action(ids.FIRST_DAY_TARGETS)(ask_targets)
    app.view(ids.FIRST_DAY_TARGETS_FORM)(take)


@opener
def ask_targets(ask: Ask) -> None:
    """Opened at once, with the values that the button carries; not for what has a target by now."""
    told = ask.pressed()
    with ask.glancing() as session:
        team = led(session, ask, int(told["team"]))
        row = first_days.of_team(session, team)
        aims = _aims(session, team, told["aims"])
        known = kpi.targets(session, team)
    if row and row.taken_by:
        by = escape(row.taken_by)
        said = ask.t("{person} has taken targets already. `/kpi team` shows and changes them.", person=by)
        ask.answer({"text": said})
        return
    wanting = [aim for aim in aims if aim.metric.key not in known]
    if not wanting:
        ask.answer({"text": ask.t("*On or off target* is said from now on: the team has targets.")})
        return
    ask.opens(forms.targets(team.name, wanting, value(team=team.id, aims=told["aims"]), ask.t))


def _aims(session: Session, team: Team, told: dict[str, list[float]]) -> list[Aim]:
    every = kpi.catalogue_of(session, team, with_hidden=True)
    return [Aim(every[key], aim, int(n), int(weeks)) for key, (aim, n, weeks) in told.items() if key in every]


@form
def _take(ask: Ask) -> dict[str, str] | None:
    """What is ticked stands as a target at once; saying it twice changes nothing."""
    private, ticked = fields.carried(ask), fields.chosen_many(ask, forms.TARGETS)
    wanted = {key: float(told[0]) for key, told in private["aims"].items() if key in ticked}
    if not wanted:
        return {forms.TARGETS: ask.t("Tick what the team should aim for, or leave it all.")}
    with ask.writing() as session:
        team = led(session, ask, int(private["team"]))
        if receipts.first_time(session, ask.workspace_id, f"first_day:{ask.view_id}", now=ask.now):
            first_days.take_targets(session, team, wanted, by=ask.asker(session).name, now=ask.now)
    return None


def take(args: Args) -> None:
    """The message then says what was taken, and by whom."""
    _take(args)
    later(args, "first_days.taken", lambda: delivery.deliver(args.context["runtime"]))
