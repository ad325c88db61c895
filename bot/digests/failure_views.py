"""What is said where there is no digest: no data yet, or Slack did not take it; and what to do. Pure drawing."""

from __future__ import annotations

from slackblocks import ActionsBlock, Button, SectionBlock

from cspm_core.digests import Undelivered
from cspm_core.people.naming import is_slack_channel

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, note, short, value
from ..words import Words
from .views import TEAM_CHARACTERS

BOT = "@support-desk-kpis"
"""As the manifest calls it."""


def no_data(team_id: int, team: str, t: Words) -> Drawing:
    """Said once to a team whose data was never imported."""
    said = t("The digest of {team} waits for its first data", team=short(team, TEAM_CHARACTERS))
    what = t(
        "There are no tickets of {team} yet, so there is nothing to tell. A lead can drop an export (CSV) into my "
        "direct messages, or an operator loads it: `cspm import tickets FILE`. From then on I speak up by myself.",
        team=escape(team),
    )
    button = Button(t("Settings"), action_id=ids.DIGEST_SETTINGS, value=value(team=team_id))
    return message(short(said, HEADLINE), SectionBlock(what), ActionsBlock([button]))


def undelivered(failure: Undelivered, t: Words) -> Drawing:
    """To a lead: the digest is not there, why, and what to do; later that it has arrived."""
    team = short(failure.team, TEAM_CHARACTERS)
    if failure.arrived_at:
        moment = t.clock(failure.arrived_at, failure.timezone)
        said = t("The digest of {team} has arrived: {moment}", team=team, moment=moment)
        return message(short(said, HEADLINE), SectionBlock("✓ " + escape(said)))
    said = t("The digest of {team} could not be delivered", team=team)
    if failure.is_given_up:
        then = t("The next digest names the day.")
    else:
        moment = t.clock(failure.until_at, failure.timezone)
        then = t("I try again until {moment}; then the next digest names the day.", moment=moment)
    button = Button(t("Settings"), action_id=ids.DIGEST_SETTINGS, value=value(team=failure.team_id))
    reason = SectionBlock(f"*{escape(said)}*\n{why(failure, t)}")
    return message(short(said, HEADLINE), reason, note(then), ActionsBlock([button]))


def channel(failure: Undelivered) -> str:
    """Where it should have stood, as a link where its id is known."""
    place = failure.channel
    return f"<#{place}>" if is_slack_channel(place) else "#" + escape(place.removeprefix("#"))


def why(failure: Undelivered, t: Words) -> str:
    """What went wrong and what to do about it."""
    place = channel(failure)
    match failure.code:
        case "not_in_channel":
            return t(
                "I am not in {channel}. Write `/invite {bot}` there; the digest then follows by itself.",
                channel=place,
                bot=BOT,
            )
        case "is_archived":
            return t("{channel} is archived. Restore it, or choose another channel in the settings.", channel=place)
        case "channel_not_found":
            return t(
                "I cannot see {channel}. If it is private, write `/invite {bot}` there; if it is gone, choose another "
                "channel in the settings.",
                channel=place,
                bot=BOT,
            )
        case "missing_scope" | "not_allowed_token_type" | "no_permission" | "team_access_not_granted":
            return t("The app lacks a right for {channel}. An admin can install it again.", channel=place)
        case code if code.startswith("restricted_action"):
            return t(
                "Only some people may write in {channel}. An owner of the channel can let the app do so, or choose "
                "another channel in the settings.",
                channel=place,
            )
    return t("Slack refused it in {channel}: `{code}`. Tell your admin.", channel=place, code=escape(failure.code))
