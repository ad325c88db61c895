"""`/escalate settings`: how a team's escalations climb, and changing that. For its leads."""

from __future__ import annotations

from typing import Any

import structlog
from slack_bolt import App
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient
from sqlmodel import Session, col, select

from cspm_core import errors, escalations, people
from cspm_core.escalations import Policy
from cspm_core.people import Member, Role, Team

from .. import ids
from ..asking import Ask
from ..blocks import Drawing, value
from ..kpi import answers
from ..listening import form, later, opener
from ..speaking import refused, speak
from . import fields, settings_fields, settings_forms, settings_views
from .names import SEVERITIES
from .policy_words import member_of

log = structlog.get_logger(__name__)


def register(app: App) -> None:
    app.action(ids.ESCALATION_POLICY)(ask_steps)
    app.action(ids.ESCALATION_SETTINGS)(ask_agreed)
    app.view(ids.ESCALATION_POLICY_FORM)(set_steps)
    app.view(ids.ESCALATION_SETTINGS_FORM)(set_agreed)


def show(ask: Ask, words: str) -> None:
    """A team's settings: of the one named, else the asker's own. Raises NotForYou, Refusal."""
    with ask.reading() as session:
        team = answers.team_asked(session, ask, words.strip())
        shown = _shown(session, ask, _led(session, ask, team.id))
    ask.answer(settings_views.settings(shown, ask.t))


@opener
def ask_steps(ask: Ask) -> None:
    """Who shall be told when, at one severity?"""
    told = ask.pressed()
    severity = int(told["severity"])
    with ask.glancing() as session:
        team = _led(session, ask, int(told["team"]))
        policy = escalations.policy(session, team, severity)
        named = _named(session, ask.workspace_id, [policy])
    users = {one.id: str(one.slack_user_id) for one in named if one.slack_user_id}
    carried = value(team=team.id, severity=severity, url=ask.slack.body.get("response_url") or "")
    now = settings_forms.Steps(team.name, severity, policy, users, _groups(ask), carried)
    ask.opens(settings_forms.steps(now, ask.t))


@form
def set_steps(ask: Ask) -> dict[str, str] | None:
    """Committed before the modal closes; saying it twice changes nothing."""
    told = fields.carried(ask)
    severity = int(told["severity"])
    if fields.ticked(ask, settings_forms.DEFAULT):
        policy = escalations.default_policy(severity)
    else:
        filled = settings_fields.steps(ask, lambda user: _met(ask, user))
        if filled.wrong:
            return filled.wrong
        policy = filled.policy()
    with ask.writing() as session:
        team = _led(session, ask, int(told["team"]))
        escalations.set_policy(session, team, severity, policy, now=ask.now)
    said = ask.t("Changed: {severity}.", severity=ask.t(SEVERITIES[severity]))
    later(ask.slack, "escalations.steps_set", lambda: _refresh(ask, team.id, said, str(told.get("url") or "")))
    return None


@opener
def ask_agreed(ask: Ask) -> None:
    """What is agreed beside the steps?"""
    with ask.glancing() as session:
        shown = _shown(session, ask, _led(session, ask, int(ask.pressed()["team"])))
    carried = value(team=shown.team_id, url=ask.slack.body.get("response_url") or "")
    ask.opens(settings_forms.agreed(shown, carried, ask.t))


@form
def set_agreed(ask: Ask) -> dict[str, str] | None:
    """Committed before the modal closes; saying it twice changes nothing."""
    told = fields.carried(ask)
    wanted, wrong = settings_fields.agreed(ask)
    if wrong:
        return wrong
    with ask.writing() as session:
        team = _led(session, ask, int(told["team"]))
        escalations.change_settings(session, team, now=ask.now, **wanted)
    said = ask.t("Changed: what is agreed.")
    later(ask.slack, "escalations.agreed_set", lambda: _refresh(ask, team.id, said, str(told.get("url") or "")))
    return None


def _shown(session: Session, ask: Ask, team: Team, said: str = "") -> settings_views.Shown:
    policies = escalations.policies(session, team)
    names = {one.id: one.name for one in _named(session, ask.workspace_id, list(policies.values()))}
    agreed = escalations.settings(session, team)
    return settings_views.Shown(team.id, team.name, team.channel or "", policies, agreed, names, said)


def _named(session: Session, workspace_id: int, policies: list[Policy]) -> list[Member]:
    """The members whom steps name."""
    wanted = {member_of(step) for policy in policies for step in policy.steps} - {None}
    query = select(Member).where(Member.workspace_id == workspace_id, col(Member.id).in_(wanted))
    return list(session.exec(query)) if wanted else []


def _led(session: Session, ask: Ask, team_id: int) -> Team:
    """A team that the asker leads, or looks after as an admin. Raises NotForYou with the leads' names."""
    team = people.team(session, ask.workspace_id, team_id)
    if not ask.asker(session).leads(team.id):
        leads = people.members_of(session, team, ask.now.date(), Role.LEAD)
        raise errors.NotForYou([lead.name for lead in leads])
    return team


def _met(ask: Ask, slack_user: str) -> int | None:
    """The id of a person who was chosen; None where Slack does not say who that is."""
    fields.met(ask, slack_user)
    with ask.glancing() as session:
        one = fields.person(session, ask, slack_user)
    return one.id if one else None


def _groups(ask: Ask) -> dict[str, str]:
    """Slack's user groups, name by id; none where Slack does not tell."""
    try:
        told: list[dict[str, Any]] = ask.runtime.client(ask.workspace_id).usergroups_list()["usergroups"]
    except (SlackApiError, SlackClientError, OSError) as error:
        log.warning("user groups unknown", error=type(error).__name__)
        return {}
    return {str(one["id"]): f"@{one.get('handle') or one.get('name')}" for one in told[:100]}


def _refresh(ask: Ask, team_id: int, said: str, url: str) -> None:
    """Say what has changed in the message itself; in direct messages where that is gone."""
    with ask.reading() as session:
        shown = _shown(session, ask, people.team(session, ask.workspace_id, team_id), said)
    drawing = settings_views.settings(shown, ask.t)
    if not url:
        ask.tell(drawing)
        return
    try:
        speak(ask.runtime, ask.workspace_id, drawing, ask.t, lambda drawn: _replace(url, drawn))
    except SlackApiError:  # the address is good for half an hour and five answers
        ask.tell(drawing)


def _replace(url: str, drawing: Drawing) -> None:
    told = WebhookClient(url, retry_handlers=[]).send(
        text=drawing["text"], blocks=drawing["blocks"], replace_original=True
    )
    if told.status_code != 200 or told.body not in ("ok", ""):
        raise refused(told)
