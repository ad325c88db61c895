"""What Slack's errors mean for a message that should be said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from http.client import HTTPException

from slack_sdk.errors import SlackApiError, SlackClientError


class Meaning(StrEnum):
    TRANSIENT = "transient"
    """Slack or the line: try again soon."""
    MENDABLE = "mendable"
    """A person has to do something first: tell them, and try now and then."""
    GONE = "gone"
    """Whom or what it was for is no more: archived, deactivated."""
    FINAL = "final"
    """This message will never be taken: a defect of ours, or what should be updated is gone."""


@dataclass(frozen=True)
class Trouble:
    """`is_unsure`: Slack may have taken the message and the answer got lost."""

    meaning: Meaning
    code: str
    wait: timedelta = timedelta(0)
    is_unsure: bool = False


BUSY = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})
A_ROOM = {"not_in_channel", "channel_not_found", "posting_to_general_channel_denied"}
A_READER = {"messages_tab_disabled", "cannot_dm_bot"}
GONE = frozenset({"is_archived", "user_not_found", "user_disabled", "users_not_found"})
A_RIGHT = {"missing_scope", "no_permission", "access_denied", "ekm_access_denied", "team_access_not_granted"}
THE_APP = {"not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired", "org_login_required"}
MENDABLE = frozenset(A_ROOM | A_READER | A_RIGHT | THE_APP | {"not_allowed_token_type", "enterprise_is_restricted"})
CODE = re.compile(r"[a-zA-Z0-9_\-]{1,60}")


def trouble(error: Exception) -> Trouble | None:
    """What an exception from the Slack client means; None where it is no trouble with Slack."""
    if isinstance(error, SlackApiError):
        return _answered(error)
    if isinstance(error, OSError | HTTPException | SlackClientError):
        return Trouble(Meaning.TRANSIENT, "connection", is_unsure=True)
    return None


def _answered(error: SlackApiError) -> Trouble:
    status = int(getattr(error.response, "status_code", 200) or 200)
    code = str(error.response.get("error") or "")
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return Trouble(Meaning.TRANSIENT, "ratelimited", wait=_retry_after(error))
    if status >= 500:
        return Trouble(Meaning.TRANSIENT, f"http_{status}", is_unsure=True)
    if code in BUSY:
        return Trouble(Meaning.TRANSIENT, code, is_unsure=True)
    if not CODE.fullmatch(code):
        return Trouble(Meaning.TRANSIENT, "unreadable_answer", is_unsure=True)
    if code in GONE:
        return Trouble(Meaning.GONE, code)
    if code in MENDABLE or code.startswith("restricted_action"):
        return Trouble(Meaning.MENDABLE, code)
    return Trouble(Meaning.FINAL, code)


def _retry_after(error: SlackApiError) -> timedelta:
    headers = {str(name).lower(): value for name, value in dict(getattr(error.response, "headers", None) or {}).items()}
    try:
        return timedelta(seconds=max(1, int(headers.get("retry-after", 30))))
    except (TypeError, ValueError):
        return timedelta(seconds=30)
