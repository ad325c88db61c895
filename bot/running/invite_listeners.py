"""Somebody has invited the bot into a channel: what it could not say there before, it says now."""

from __future__ import annotations

from contextlib import suppress

from slack_bolt import App, Args
from slack_sdk.errors import SlackApiError, SlackClientError

from cspm_core import notices

from .. import at_once
from ..asking import Ask
from ..listening import event


def register(app: App) -> None:
    app.event("member_joined_channel")(joined)


def joined(args: Args) -> None:
    """Slack tells it of everybody who joins; of people nothing is wanted."""
    if (args.event or {}).get("user") == args.context.bot_user_id:
        _invited(args)


@event
def _invited(ask: Ask) -> None:
    """What waits for another try there is said at once."""
    channel = str((ask.slack.event or {})["channel"])
    places = [channel, *_names(ask, channel)]
    with ask.writing() as session:
        notices.hurry(session, ask.workspace_id, places, now=ask.now)
    at_once.deliver(ask.runtime)


def _names(ask: Ask, channel: str) -> list[str]:
    """As a team may have written the channel, before Slack told its id; none where Slack does not answer."""
    with suppress(SlackApiError, SlackClientError, OSError):
        name = str(ask.runtime.client(ask.workspace_id).conversations_info(channel=channel)["channel"]["name"])
        return [name, "#" + name]
    return []
