"""Data that stands still, as whoever exports is told. Pure drawing."""

from __future__ import annotations

from slackblocks import SectionBlock

from cspm_core.staleness import Stale

from ..blocks import HEADLINE, Drawing, escape, message, note, short
from ..words import Words

TEAM = 60


def reminder(one: Stale, t: Words) -> Drawing:
    """What is silent meanwhile and what to do; once newer data came, only that."""
    team, moment = short(one.team, TEAM), t.clock(one.as_of, one.timezone)
    if one.is_over:
        said = t("✅ {team} has newer data again. Thank you!", team=team)
        return message(said, SectionBlock(escape(said)))
    headline = t("The data of {team} ends on {moment}", team=team, moment=moment)
    bold = t("The data of {team} ends on *{moment}*.", team=escape(team), moment=moment)
    silent = t("Until newer data comes, the digest gives no figures and the detectors pause.")
    if one.is_live:
        todo = t(
            "The help desk told me of every ticket by itself until then. Please see to it that its webhook is on; "
            "`cspm hook list` says when it was last heard."
        )
    else:
        todo = t("Drop a newer export here in this conversation: everything then goes on by itself.")
    once = note(t("You loaded data of the team or set it up, so you get this reminder, once."))
    return message(short(headline, HEADLINE), SectionBlock(f"⏳ {bold} {silent}"), SectionBlock(todo), once)
