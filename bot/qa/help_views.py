"""What `/qa` can do, in a minute. Pure drawing."""

from __future__ import annotations

from slackblocks import ActionsBlock, Button, HeaderBlock, SectionBlock

from .. import ids
from ..blocks import Drawing, message, note, value
from ..words import Words


def help_text(t: Words) -> Drawing:
    """Every way in, and a button for each."""
    ways = [
        t("`/qa review RET-20417` – review a ticket or a call; `/qa review @agent` – choose one of theirs"),
        t("`/qa queue` – what waits for your review this week"),
        t("`/qa mine` – the reviews of your own work"),
        t("`/qa scores` – what reviews say: `scores Returns`, `scores @agent last month`"),
        t("`/qa calibrate` – score the same conversations and compare"),
        t("`/qa scorecards` – what conversations are scored by, and changing it"),
        t("`/qa settings` – how many are drawn each week, who reviews, how disputes go"),
    ]
    title = t("Reviewing conversations")
    return message(
        title,
        HeaderBlock(title),
        SectionBlock("\n".join(ways)),
        ActionsBlock(
            [
                Button(t("Review one"), action_id=ids.QA_HELP_REVIEW, value=value(), style="primary"),
                Button(t("My queue"), action_id=ids.QA_HELP_QUEUE, value=value(show="queue")),
                Button(t("My reviews"), action_id=ids.QA_HELP_MINE, value=value(show="mine")),
                Button(t("Scores"), action_id=ids.QA_HELP_SCORES, value=value(show="scores")),
                Button(t("Calibration"), action_id=ids.QA_HELP_CALIBRATE, value=value(show="calibrate")),
                Button(t("Scorecards"), action_id=ids.QA_HELP_SCORECARDS, value=value(show="scorecards")),
                Button(t("Settings"), action_id=ids.QA_HELP_SETTINGS, value=value(show="settings")),
            ]
        ),
        note(t("Also: “Review this message” in a message’s menu, and the button beside every ticket.")),
    )
