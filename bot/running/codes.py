"""What Slack's error codes mean, in words, and what somebody does about each."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import N_, Words

SAID: Mapping[str, str] = {
    "not_in_channel": N_("the bot is not in the channel"),
    "channel_not_found": N_("the channel is not there, or it is private and the bot is not in it"),
    "is_archived": N_("the channel is archived"),
    "missing_scope": N_("the app lacks a right"),
    "no_permission": N_("the app lacks a right"),
    "access_denied": N_("the app lacks a right"),
    "restricted_action": N_("this workspace does not let the bot write there"),
    "user_not_found": N_("this person is not in Slack any more"),
    "user_disabled": N_("this person’s account is closed"),
    "cannot_dm_bot": N_("it was for a bot"),
    "messages_tab_disabled": N_("the bot’s direct messages are switched off"),
    "invalid_auth": N_("Slack does not know the token"),
    "not_authed": N_("Slack does not know the token"),
    "token_expired": N_("Slack does not know the token"),
    "token_revoked": N_("the app was removed"),
    "account_inactive": N_("the app was removed"),
    "ratelimited": N_("too much was asked in a short time"),
    "invalid_blocks": N_("this workspace does not have that kind of block yet"),
    "msg_too_long": N_("it was too long"),
    "msg_blocks_too_long": N_("it was too long"),
    "message_not_found": N_("somebody deleted it"),
    "expired_trigger_id": N_("it took longer than three seconds from the press"),
    "no_answer": N_("Slack did not answer"),
    "accident": N_("something broke on our side"),
}
SAY: Mapping[str, str] = {
    "not_in_channel": N_("Type /invite and the bot’s name in that channel."),
    "channel_not_found": N_("Check its name, or invite the bot there."),
    "is_archived": N_("Restore the channel, or give the team another."),
    "missing_scope": N_("Put the manifest into your Slack app again, and install the app again."),
    "no_permission": N_("Put the manifest into your Slack app again, and install the app again."),
    "access_denied": N_("Put the manifest into your Slack app again, and install the app again."),
    "restricted_action": N_("Ask an owner of the workspace to let apps write there, or choose another channel."),
    "user_not_found": N_("See who has the role now: what was for this person goes nowhere."),
    "user_disabled": N_("See who has the role now: what was for this person goes nowhere."),
    "messages_tab_disabled": N_("Put the manifest into your Slack app again: it switches the Messages tab on."),
    "accident": N_("Look into the log of `cspm run`, and tell its makers."),
    "no_answer": N_("Check the network, and SLACK_API_URL."),
    "ratelimited": N_("Try again in a minute."),
    "expired_trigger_id": N_("See whether the machine has much else to do, and try again."),
}


def in_words(code: str, t: Words) -> str:
    """What a code says, with the code itself for whoever looks it up."""
    said = SAID.get(_kind(code))
    return t("{said} ({code})", said=t(said), code=code) if said else code


def what_to_do(code: str, t: Words) -> str:
    """What somebody does about it."""
    return t(SAY.get(_kind(code), N_("Look the code up on Slack’s pages, or look into the log of `cspm run`.")))


def _kind(code: str) -> str:
    return "restricted_action" if code.startswith("restricted_action") else code
