"""Getting to know whoever speaks to us: their workspace, and their name, address, language and zone in Slack."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from cspm_core import people

from .runtime import Runtime

log = structlog.get_logger(__name__)
ASK_AGAIN_AFTER = timedelta(days=1)


def of(runtime: Runtime, slack_team: str, slack_user: str, *, now: datetime, in_haste: bool = False) -> tuple[int, str]:
    """The workspace's id and the language that a Slack user reads; Slack is asked about them once a day.

    `in_haste`: of somebody known already, what was heard last is good enough.
    """
    workspace_id = _workspace(runtime, slack_team, now)
    with runtime.store.reading() as session:
        person = people.member_by_slack(session, workspace_id, slack_user)
        language = people.reader_language(session, person) if person else None
    known_at = person.locale_asked_at if person else None
    if language and (in_haste or (known_at and now - known_at < ASK_AGAIN_AFTER)):
        return workspace_id, language
    profile = ask_slack(runtime, workspace_id, slack_user)
    if profile is None:
        return workspace_id, language or "en"
    with runtime.store.transaction() as session:
        met = people.meet(session, workspace_id, slack_user, profile, now=now)
        return workspace_id, people.reader_language(session, met)


def _workspace(runtime: Runtime, slack_team: str, now: datetime) -> int:
    with runtime.store.reading() as session:
        for workspace in people.workspaces(session):
            if workspace.slack_id == slack_team:
                return workspace.id
    with runtime.store.transaction() as session:
        return people.claim_workspace(session, slack_team, slack_team, now=now).id


def ask_slack(runtime: Runtime, workspace_id: int, slack_user: str) -> people.SlackProfile | None:
    """What Slack says of a user; None where it does not answer or it is a bot."""
    try:
        told = runtime.client(workspace_id).users_info(user=slack_user, include_locale=True)["user"]
    except (SlackApiError, SlackClientError, OSError) as error:
        log.warning("users.info failed", error=type(error).__name__)
        return None
    profile = told.get("profile") or {}
    name = profile.get("real_name") or told.get("real_name") or told.get("name") or slack_user
    return people.SlackProfile(name, profile.get("email"), told.get("locale"), told.get("tz"))
