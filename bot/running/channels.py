"""Whether each team's channel is there, under the name we know, and the bot in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from cspm_core.people import Team

from ..finding import is_id
from ..words import Words
from . import codes
from .findings import Finding, broken, doubtful, good
from .slack import ACCIDENTS, code_of

AT_ONCE = 8
PAGES = 10
"""Of 1,000 channels each: so many are looked through for a name."""
Told = Mapping[str, Any]


def findings(client: WebClient, teams: Sequence[Team], bot: str, t: Words) -> Iterator[Finding]:
    """One finding a team; Slack is asked about several at once. `bot`: its name, as it is invited."""
    placed = [team for team in teams if team.channel]
    listed: Sequence[Told] | str
    try:
        listed = listing(client) if any(not is_id(str(team.channel)) for team in placed) else []
    except ACCIDENTS as error:
        listed = code_of(error)
    with ThreadPoolExecutor(AT_ONCE) as asking:
        told = list(asking.map(partial(_asked, client, listed), [str(team.channel) for team in placed]))
    found = dict(zip([team.id for team in placed], told, strict=True))
    for team in teams:
        yield (judged(team, found[team.id], bot, t) if team.id in found else _none(team, t)).of(team)


def _asked(client: WebClient, listed: Sequence[Told] | str, named: str) -> Told | str:
    """The channel as Slack describes it, empty where there is none that we can see; or why Slack did not tell."""
    if not is_id(named):
        return listed if isinstance(listed, str) else among(listed, named)
    try:
        told: Told | None = client.conversations_info(channel=named)["channel"]
        return told or {}
    except ACCIDENTS as error:
        return {} if code_of(error) == "channel_not_found" else code_of(error)


def channel(client: WebClient, named: str) -> Told:
    """The channel with this id or name, as Slack describes it; empty where there is none we can see.

    Raises ACCIDENTS.
    """
    if not is_id(named):
        return among(listing(client), named)
    try:
        told: Told | None = client.conversations_info(channel=named)["channel"]
    except SlackApiError as error:
        if code_of(error) == "channel_not_found":
            return {}
        raise
    return told or {}


def listing(client: WebClient) -> list[Told]:
    """Every channel that the bot can see, archived ones too."""
    found: list[Told] = []
    cursor = ""
    for _ in range(PAGES):
        told = client.conversations_list(types="public_channel,private_channel", limit=1000, cursor=cursor or None)
        found += told["channels"]
        cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            break
    return found


def among(listed: Sequence[Told], named: str) -> Told:
    """The one of that name, rather one that stands than one that is archived; else the one that had it before."""
    name = named.removeprefix("#")
    now = sorted((one for one in listed if one["name"] == name), key=lambda one: bool(one.get("is_archived")))
    before = [one for one in listed if name in (one.get("previous_names") or ())]
    return next(iter([*now, *before]), {})


def _none(team: Team, t: Words) -> Finding:
    return doubtful(
        "channel",
        t("{team} has no channel, so no digest is said.", team=team.name),
        t("Choose one in `/cspm settings`, or `cspm team set` with --channel."),
    )


def judged(team: Team, found: Told | str, bot: str, t: Words) -> Finding:
    """What it means for its team that Slack describes a channel so, or does not."""
    if isinstance(found, str):
        said = t("{team}: Slack did not tell about its channel: {why}.", team=team.name, why=codes.in_words(found, t))
        return doubtful("channel", said, t("Try again in a minute."))
    known = str(team.channel).removeprefix("#")
    name = "#" + str(found.get("name") or known)
    judged = _stands(team, found, {"team": team.name, "channel": name, "known": f"#{known}", "bot": bot}, t)
    return replace(judged, channel=(str(found["id"]), name)) if found.get("id") else judged


def _stands(team: Team, found: Told, facts: Mapping[str, str], t: Words) -> Finding:
    other = t("Choose another in `/cspm settings`, or `cspm team set` with --channel.")
    if not found:
        return broken(
            "channel",
            t("{team}: there is no channel {channel}, or it is private and the bot is not in it.", **facts),
            t("Check its name. If it is private, type `/invite @{bot}` there.", **facts),
        )
    if found.get("is_archived"):
        return broken("channel", t("{team}: {channel} is archived.", **facts), other)
    if not is_id(str(team.channel)) and found["name"] != str(team.channel).removeprefix("#"):
        return broken("channel", t("{team}: {known} is called {channel} now.", **facts), other)
    if not found.get("is_member"):
        said = t("{team}: the bot is not in {channel}.", **facts)
        return broken("channel", said, t("Type `/invite @{bot}` in {channel}.", **facts))
    return good("channel", t("{team}: the bot is in {channel}.", **facts))
