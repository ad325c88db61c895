"""`/cspm doctor` in Slack, and the button and modal of a trial by hand."""

from __future__ import annotations

import json
from dataclasses import replace

from slack_bolt import App

from cspm_core import errors, hearing, people
from cspm_core.people import Role

from .. import ids
from ..asking import Ask
from ..listening import Instead, form, listener, opener
from . import codes, crew, doctor, slack, trial_views, views
from .findings import Finding, State

PATIENCE_S = 4
"""Somebody waits: Slack's part of an answer takes no longer each."""


def register(app: App) -> None:
    app.action(ids.DOCTOR_SHOW)(look)
    app.action(ids.DOCTOR_ALL)(look)
    app.action(ids.TRIAL_PRESS)(press)
    app.view(ids.TRIAL_FORM)(send)


@listener
def look(ask: Ask) -> None:
    """Again, or with what is good."""
    _show(ask, with_good=ask.pressed().get("show") == "all")


def show_doctor(ask: Ask, words: str) -> None:  # noqa: ARG001
    """What keeps the bot from working: all of it for admins, what concerns their teams for leads. Raises NotAdmin."""
    _show(ask, with_good=False)


def _show(ask: Ask, *, with_good: bool) -> None:
    with ask.glancing() as session:
        asker = ask.asker(session)
        is_admin = asker.everywhere is Role.ADMIN
        teams = people.teams(session, ask.workspace_id)
        led = {team.id for team in teams if asker.leads(team.id)}
        if not is_admin and not led:
            raise errors.NotAdmin(crew.admin_names(session, ask.workspace_id))
    hurried = replace(ask.runtime, slack=slack.hurried(ask.runtime.client(ask.workspace_id), PATIENCE_S))
    found = list(doctor.findings(hurried, ask.t, ask.workspace_id))
    if not is_admin:
        found = [one for one in found if one.team is not None and one.team.id in led]
    tries_on = teams[0].id if is_admin and teams and not _is_shut(found) else None
    ask.answer(views.page(views.Shown(found, is_admin, with_good, tries_on), ask.t))


def _is_shut(found: list[Finding]) -> bool:
    return any(one.check in ("database", "migrations", "writing") and one.state is State.BROKEN for one in found)


@opener
def press(ask: Ask) -> None:
    """The button of a trial opens its modal; either is written down for whoever waits for it."""
    trial_id = int(ask.pressed()["trial"])
    with ask.writing() as session:
        waits = hearing.press(session, ask.workspace_id, trial_id, now=ask.now)
    if not waits:
        ask.answer({"text": ask.t("This trial is over. Thank you all the same.")})
        return
    client, view = ask.runtime.client(ask.workspace_id), trial_views.form(trial_id, ask.t)
    try:
        client.views_open(trigger_id=ask.slack.body["trigger_id"], view=view)
    except slack.ACCIDENTS as error:
        code = slack.code_of(error)
        with ask.writing() as session:
            hearing.refused(session, ask.workspace_id, trial_id, code)
        ask.answer({"text": ask.t("Slack did not open the form: {why}.", why=codes.in_words(code, ask.t))})
        return
    with ask.writing() as session:
        hearing.opened(session, ask.workspace_id, trial_id, now=ask.now)


@form
def send(ask: Ask) -> Instead:
    """The modal was sent: the trial went the whole way."""
    carried = json.loads((ask.slack.view or {})["private_metadata"])
    with ask.writing() as session:
        hearing.submit(session, ask.workspace_id, int(carried["trial"]), now=ask.now)
    return Instead(trial_views.thanks(ask.t))
