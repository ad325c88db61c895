"""Everything the bot can do, on one page. Pure drawing."""

from __future__ import annotations

from slackblocks import ActionsBlock, Button, HeaderBlock, SectionBlock

from .. import ids
from ..blocks import Drawing, message
from ..words import Words


def help_text(t: Words) -> Drawing:
    """The commands by what somebody wants, and two buttons."""
    ways = [
        t("`/cspm today` – what waits for you, the gravest first"),
        t("`/cspm privacy` – what is known about you, and who looked"),
        t("`/kpi` – figures, and the tickets behind them"),
        t("`/escalate` – what cannot wait"),
        t("`/handover` – hand your shift over"),
        t("`/qa` – reviews: queue, scores, scorecards, calibration"),
        t("`/coach` – talks, promises, and whether they helped"),
        t("`/goal` – what you or your team want to reach"),
        t("`/kudos` – thank a colleague"),
    ]
    title = t("Where everything is")
    buttons = ActionsBlock(
        [
            Button(t("What waits for me"), action_id=ids.TODAY_SHOW, value="today", style="primary"),
            Button(t("What is known about me"), action_id=ids.PRIVACY_SHOW, value="privacy"),
        ]
    )
    return message(title, HeaderBlock(title), SectionBlock("\n".join(ways)), buttons)
