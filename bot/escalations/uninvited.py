"""What the leads are told where the bot cannot speak in their team's channel, and that it has arrived since."""

from __future__ import annotations

from slackblocks import ActionsBlock, Button, SectionBlock

from cspm_core.people.naming import is_slack_channel

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, short, value
from ..digests.failure_views import BOT
from ..words import Words
from .titles import called


def uninvited(team: str, number: int, channel: str, code: str, t: Words, team_id: int, *, stands: bool) -> Drawing:
    """What went wrong and what to do; or that it stands there now."""
    place = f"<#{channel}>" if is_slack_channel(channel) else "#" + escape(channel.removeprefix("#"))
    name = called(number)
    if stands:
        said = t("{name} stands in the channel of {team} now.", name=name, team=team)
        return message(short(said, HEADLINE), SectionBlock("✓ " + escape(said)))
    said = t("I could not say {name} in the channel of {team}", name=name, team=team)
    button = Button(t("Settings"), action_id=ids.DIGEST_SETTINGS, value=value(team=team_id))
    why = SectionBlock(f"*{escape(said)}*\n{_why(code, place, t)}")
    return message(short(said, HEADLINE), why, ActionsBlock([button]))


def _why(code: str, place: str, t: Words) -> str:
    match code:
        case "not_in_channel" | "channel_not_found":
            return t("I am not in {channel}. Write `/invite {bot}` there; it then follows by itself. Until then it "
                     "climbs in direct messages.", channel=place, bot=BOT)  # fmt: skip
        case "is_archived":
            return t("{channel} is archived. Choose another channel in the settings; until then escalations climb in "
                     "direct messages.", channel=place)  # fmt: skip
    return t("Slack refused it in {channel}: `{code}`. Tell your admin. Until then escalations climb in direct "
             "messages.", channel=place, code=escape(code))  # fmt: skip
