"""Whether each team's channel is there, and the bot in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from cspm_core import people

from .. import finding
from ..words import Words
from .findings import Finding, broken, doubtful, good
from .slack import code_of


def findings(client: WebClient, teams: Sequence[people.Team], t: Words) -> Iterator[Finding]:
    """One finding a team."""
    for team in teams:
        if not team.channel:
            yield doubtful(
                "channel",
                t("{team} has no channel, so no digest is said.", team=team.name),
                t("Name one when adding or changing the team."),
            )
            continue
        found: Mapping[str, Any] | None
        try:
            found = channel(client, team.channel)
        except (SlackApiError, SlackClientError, OSError) as error:
            found = {} if code_of(error) == "channel_not_found" else None
        yield _judged(team, found, t)


def channel(client: WebClient, named: str) -> Mapping[str, Any]:
    """The channel with this id or name, as Slack describes it; empty where there is none we can see."""
    found = finding.channel_id(client, named)
    if found is None:
        return {}
    told: Mapping[str, Any] | None = client.conversations_info(channel=found)["channel"]
    return told or {}


def _judged(team: people.Team, found: Mapping[str, Any] | None, t: Words) -> Finding:
    facts = {"team": team.name, "channel": "#" + str((found or {}).get("name") or team.channel).removeprefix("#")}
    if found is None:
        return doubtful(
            "channel", t("{team}: Slack did not tell about {channel}.", **facts), t("Try again in a minute.")
        )
    if not found:
        return broken(
            "channel",
            t("{team}: there is no channel {channel}, or it is private and the bot is not in it.", **facts),
            t("Check its name, or invite the bot there."),
        )
    if found.get("is_archived"):
        return broken("channel", t("{team}: {channel} is archived.", **facts), t("Give the team another channel."))
    if not found.get("is_member"):
        return broken(
            "channel",
            t("{team}: the bot is not in {channel}.", **facts),
            t("Type /invite and the bot's name in that channel."),
        )
    return good("channel", t("{team}: the bot is in {channel}.", **facts))
