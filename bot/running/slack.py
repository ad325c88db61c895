"""Meeting Slack: who we are there, which workspace that is, and the sockets on which it speaks to us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.builtin import SocketModeClient

from cspm_core import people

from ..runtime import Runtime
from ..troubles import CODE
from ..words import Words

ACCIDENTS = (SlackClientError, OSError, HTTPException)
"""What a call of Slack's Web API may end in: a refusal, no line, or half an answer."""
NO_ANSWER = "no_answer"
"""Ours beside Slack's own error codes: nobody answered, or not as Slack does."""


class SlackRefused(Exception):
    """Slack did not let us in. `code` is Slack's error, or `no_answer`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Acquaintance:
    """What auth.test says of our token. `headers` tell its scopes and Slack's clock."""

    team_id: str
    team: str
    bot: str
    headers: Mapping[str, str]
    bot_id: str = ""


def hurried(client: WebClient, seconds: int) -> WebClient:
    """The same for where somebody waits: it gives up after so many seconds."""
    return WebClient(token=client.token, base_url=client.base_url, timeout=seconds, retry_handlers=[])


def introduce(client: WebClient) -> Acquaintance:
    """Ask Slack who we are. Raises SlackRefused."""
    try:
        told = client.auth_test()
    except (*ACCIDENTS, ValueError) as error:
        raise SlackRefused(code_of(error)) from None
    headers = {name.lower(): value for name, value in (told.headers or {}).items()}
    team, bot = str(told.get("team") or ""), str(told.get("user") or "")
    return Acquaintance(str(told["team_id"]), team, bot, headers, str(told.get("bot_id") or ""))


def knock(client: WebClient, app_token: str) -> None:
    """Ask for the address of a socket, as Socket Mode begins. Raises SlackRefused."""
    try:
        client.apps_connections_open(app_token=app_token)
    except (*ACCIDENTS, ValueError) as error:
        raise SlackRefused(code_of(error)) from None


def claim(runtime: Runtime, met: Acquaintance) -> people.Workspace:
    """The workspace of this Slack team in our database; the first one to come claims the one that waits."""
    with runtime.store.transaction() as session:
        return people.claim_workspace(session, met.team_id, met.team, now=runtime.now())


def connect(client: SocketModeClient) -> None:
    """Open the socket, at the address that our own Slack's Web API names. Raises SlackRefused."""
    try:
        client.connect()
    except (*ACCIDENTS, ValueError) as error:
        raise SlackRefused(code_of(error)) from None


def code_of(error: Exception) -> str:
    """Slack's error code, or `no_answer`: a proxy's page is not one."""
    said = str(error.response.get("error") or "") if isinstance(error, SlackApiError) else ""
    return said if CODE.fullmatch(said) else NO_ANSWER


def sentence(code: str, address: str, t: Words) -> str:
    """What a refusal means for an operator, and what to do about it."""
    match code:
        case "no_answer":
            return t("Slack does not answer at {address}. Check the network, and SLACK_API_URL.", address=address)
        case "invalid_auth" | "not_authed" | "token_expired":
            return t("Slack does not know this token. Copy SLACK_BOT_TOKEN and SLACK_APP_TOKEN again from your app.")
        case "account_inactive" | "token_revoked" | "app_uninstalled":
            return t("The app was removed from this workspace. Install it again, and copy the new SLACK_BOT_TOKEN.")
        case "not_allowed_token_type" | "missing_scope" | "no_permission":
            return t(
                "This token may not do that. SLACK_BOT_TOKEN begins with xoxb-, and SLACK_APP_TOKEN with xapp- and has"
                " the scope connections:write."
            )
    return t("Slack says {code}. Its page on auth.test tells what that means.", code=code)
