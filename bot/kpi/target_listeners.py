"""What a team aims for, for its leads: shown with what the last weeks suggest, and changed in a modal."""

from __future__ import annotations

from typing import Any

from slack_bolt import App
from sqlmodel import Session

from cspm_core import errors, kpi, people
from cspm_core.metrics import Better, Metric
from cspm_core.people import Role, Team

from .. import ids
from ..asking import Ask
from ..blocks import value
from ..escalations import fields
from ..listening import form, listener, opener
from ..setup import lengths
from . import answers, figures, target_forms
from .scope import Scope
from .target_forms import Aim, Aims


def register(app: App) -> None:
    app.action(ids.KPI_TARGETS)(show)
    app.action(ids.KPI_TARGETS_CHANGE)(ask_targets)
    app.view(ids.KPI_TARGETS_FORM)(set_targets)


@listener
def show(ask: Ask) -> None:
    """Figures, targets and suggestions, as of the answer that the button stood under."""
    with ask.reading() as session:
        found = answers.again(session, ask, Scope.parse(ask.carried))
        team, as_of = led(session, ask, found.team.id), found.scope.as_of
        card = kpi.scorecard(session, team, found.period, as_of=as_of)
        directed = [reading for reading in card.shown if reading.metric.better is not Better.NEITHER]
        suggested = kpi.suggest_targets(session, team, [reading.metric for reading in directed], as_of)
    aims = tuple(
        Aim(one.metric, one.measure.value, _value(suggested.get(one.metric.key)), one.target) for one in directed
    )
    period = figures.period_name(card.period, ask.t)
    ask.answer(target_forms.targets(Aims(team.id, team.name, team.timezone, aims), period, ask.t))


@opener
def ask_targets(ask: Ask) -> None:
    """What shall it be? Opened at once, with the values that the button carries."""
    told = ask.pressed()
    with ask.glancing() as session:
        team = led(session, ask, int(told["team"]))
        known = kpi.targets(session, team)
        every = [Aim(one, None, None, known.get(one.key)) for one in offered(session, team, told["aims"])]
    aims = target_forms.with_carried(every, told["aims"])
    ask.opens(target_forms.form(Aims(team.id, team.name, team.timezone, aims), value(team=team.id), ask.t))


@form
def set_targets(ask: Ask) -> dict[str, str] | None:
    """All of them or, where one does not fit, none. Saying it twice changes nothing."""
    team_id = int(fields.carried(ask)["team"])
    keys = ask.slack.body["view"]["state"]["values"]
    with ask.writing() as session:
        team = led(session, ask, team_id)
        wanted, wrong = _filled(ask, team, offered(session, team, keys))
        if wrong:
            return wrong
        for key, aim in wanted.items():
            kpi.set_target(session, team, key, aim, ask.now)
    return None


def _filled(ask: Ask, team: Team, every: list[Metric]) -> tuple[dict[str, float | None], dict[str, str]]:
    """What was typed, by figure, and what is wrong with it."""
    wanted: dict[str, float | None] = {}
    wrong: dict[str, str] = {}
    for metric in every:
        text = fields.text(ask, metric.key)
        try:
            wanted[metric.key] = lengths.value(text, metric, team.hours) if text else None
            kpi.check_target(metric, wanted[metric.key])
        except errors.Invalid:
            wrong[metric.key] = target_forms.example(metric, ask.t)
    return wanted, wrong


def offered(session: Session, team: Team, keys: Any) -> list[Metric]:
    """Of some keys, the figures that can have a target."""
    every = kpi.catalogue_of(session, team, with_hidden=True).values()
    return [metric for metric in every if metric.key in keys and metric.better is not Better.NEITHER]


def led(session: Session, ask: Ask, team_id: int) -> Team:
    """A team that the asker leads, or looks after as an admin. Raises NotForYou with the leads' names."""
    team = people.team(session, ask.workspace_id, team_id)
    if not ask.asker(session).leads(team.id):
        leads = people.members_of(session, team, ask.now.date(), Role.LEAD)
        raise errors.NotForYou([lead.name for lead in leads])
    return team


def _value(suggestion: kpi.Suggestion | None) -> float | None:
    return suggestion.value if suggestion else None
