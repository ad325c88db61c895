"""Getting to know whoever speaks to us: their workspace, and their name, address, language and zone in Slack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from cspm_core import people

from .runtime import Runtime

log = structlog.get_logger(__name__)
ASK_AGAIN_AFTER = timedelta(days=1)
SLACKBOT = "USLACKBOT"
"""The one bot that Slack does not call one."""


@dataclass(frozen=True, slots=True)
class Told:
    """What Slack says of a user. `is_gone`: the account was deactivated."""

    profile: people.SlackProfile
    is_bot: bool
    is_gone: bool


class Met(NamedTuple):
    """Whose workspace it is, the language that a Slack user reads, and what stands before the commands' names there."""

    workspace_id: int
    language: str
    prefix: str


def of(runtime: Runtime, slack_team: str, slack_user: str, *, now: datetime, in_haste: bool = False) -> Met:
    """What is known of a Slack user, who is asked about once a day.

    `in_haste`: of somebody known already, what was heard last is good enough.
    """
    workspace_id, prefix = _workspace(runtime, slack_team, now)
    with runtime.store.reading() as session:
        person = people.member_by_slack(session, workspace_id, slack_user)
        language = people.reader_language(session, person) if person else None
    known_at = person.locale_asked_at if person else None
    if language and (in_haste or (known_at and now - known_at < ASK_AGAIN_AFTER)):
        return Met(workspace_id, language, prefix)
    profile = ask_slack(runtime, workspace_id, slack_user)
    if profile is None:
        return Met(workspace_id, language or "en", prefix)
    with runtime.store.transaction() as session:
        met = people.meet(session, workspace_id, slack_user, profile, now=now)
        return Met(workspace_id, people.reader_language(session, met), prefix)


def _workspace(runtime: Runtime, slack_team: str, now: datetime) -> tuple[int, str]:
    with runtime.store.reading() as session:
        for workspace in people.workspaces(session):
            if workspace.slack_id == slack_team:
                return workspace.id, workspace.command_prefix
    with runtime.store.transaction() as session:
        workspace = people.claim_workspace(session, slack_team, slack_team, now=now)
        return workspace.id, workspace.command_prefix


def ask_slack(runtime: Runtime, workspace_id: int, slack_user: str) -> people.SlackProfile | None:
    """What Slack says of a user; None where it does not answer or it is a bot."""
    told = look_up(runtime, workspace_id, slack_user)
    return told.profile if told and not told.is_bot else None


def look_up(runtime: Runtime, workspace_id: int, slack_user: str) -> Told | None:
    """The same with whether that is a person who works here; None where Slack does not answer."""
    try:
        told = runtime.client(workspace_id).users_info(user=slack_user, include_locale=True)["user"]
    except (SlackApiError, SlackClientError, OSError) as error:
        log.warning("users.info failed", error=type(error).__name__)
        return None
    profile = told.get("profile") or {}
    name = profile.get("real_name") or told.get("real_name") or told.get("name") or slack_user
    found = people.SlackProfile(name, profile.get("email"), told.get("locale"), told.get("tz"))
    return Told(found, bool(told.get("is_bot")) or slack_user == SLACKBOT, bool(told.get("deleted")))
