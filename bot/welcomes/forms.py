"""The modal in which somebody writes that something about them is wrong. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from slackblocks import Block, InputBlock, SectionBlock

from .. import ids
from ..blocks import Drawing, escape, modal, value
from ..escalations import inputs
from ..words import Words

TEAM, WORDS = "team", "words"
MOST_TEAMS = 100


def objecting(teams: Mapping[int, str], people: Sequence[str], t: Words) -> Drawing:
    """What is wrong, and in which of their teams; `people`: who reads it, where they are in one team."""
    goes_to = t("It goes to {people}, by direct message.", people=escape(t.join(list(people))))
    blocks: list[Block] = [
        SectionBlock(goes_to if people else t("It goes to the leads of that team, by direct message.")),
    ]
    if len(teams) > 1:
        offered = {str(key): name for key, name in list(teams.items())[:MOST_TEAMS]}
        menu = inputs.menu(TEAM, offered, placeholder=t("Choose a team"))
        blocks.append(InputBlock(t("In which team"), menu, block_id=TEAM))
    hint = t("This is not me, I am not in this team, these are not my tickets, I do not want this: whatever it is.")
    blocks.append(inputs.words(WORDS, t("What is wrong?"), hint=hint, optional=False))
    only = next(iter(teams)) if len(teams) == 1 else None
    return modal(
        t("Something is wrong"), *blocks, callback_id=ids.WELCOME_OBJECT_FORM, private_metadata=value(team=only),
        submit=t("Send"), close=t("Cancel"),
    )  # fmt: skip
