"""The page on which a setup ends: what stands, what is still open, and where the export goes. Pure drawing."""

from __future__ import annotations

from slackblocks import Block, Button, SectionBlock

from cspm_core.people import Role

from .. import ids
from ..blocks import Drawing, escape, message, note, short, value
from ..words import Words
from .forms import Frame, buttons, page
from .names import COUNTING, STEPS
from .settings_views import Shown, lines
from .step_forms import Reach, reached


def end(frame: Frame, shown: Shown, t: Words) -> Drawing:
    """What stands now, what is still open, and what comes next: the export."""
    left_out = {COUNTING} | ({"channel"} if shown.channel.reach is not Reach.IN else set())
    told = [f"*{t(STEPS[step])}*\n{text}" for step, text in lines(shown, t).items() if step not in left_out]
    blocks: list[Block] = [SectionBlock(short(text, 3000)) for text in told]
    if still := still_open(shown, t):
        blocks.append(SectionBlock("\n".join([f"*{t('Still open')}*", *(f"• {one}" for one in still)])))
    if not shown.tickets:
        drop = Button(t("Show me where"), action_id=ids.SETUP_DROP, value=value(team=shown.team_id), style="primary")
        blocks += [SectionBlock(drop_here(shown.team, t)), buttons(drop)]
    blocks.append(note(t("With “That is it” the team is ready: each agent gets one welcome in their own language and "
                         "working hours. Everything can be changed later with `/cspm settings`.")))  # fmt: skip
    return page(frame, blocks, t)


def still_open(shown: Shown, t: Words) -> list[str]:
    """What the team lacks so far, as mrkdwn."""
    found = []
    if shown.channel.reach is Reach.NONE:
        found.append(t("The team has no channel, so no digest comes."))
    elif shown.channel.reach is not Reach.IN:
        found.append(reached(shown.channel, t))
    if not shown.crew.get(Role.LEAD):
        found.append(t("Nobody leads the team, so what cannot wait has nobody to go to."))
    if not shown.crew.get(Role.AGENT):
        found.append(t("The team has no agents yet."))
    return found


def drop_here(team: str, t: Words) -> str:
    """What to do next, in the modal and in the direct messages."""
    return t("*Drop your export here.* Send the CSV of {team}’s tickets from your help desk into your direct messages "
             "with me, as it is. I tell you what I read in it before anything counts.", team=escape(team))  # fmt: skip


def dropped(team: str, t: Words) -> Drawing:
    """The same where the file goes."""
    text = drop_here(team, t)
    return message(t("Drop the export of {team} here", team=short(team, 60)), SectionBlock(text))
