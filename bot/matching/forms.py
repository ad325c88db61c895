"""The modal in which somebody says whose name it is. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping

from slackblocks import Block, InputBlock, SectionBlock, UserSelectMenu

from .. import ids
from ..blocks import Drawing, escape, modal, short
from ..escalations import inputs
from ..words import Words

WHO, LISTED = "who", "listed"


def who(name: str, outside: Mapping[int, str], carried: str, t: Words) -> Drawing:
    """`outside`: people we know who are not in Slack."""
    menu = UserSelectMenu(WHO, placeholder=t("Choose a colleague"))
    blocks: list[Block] = [
        SectionBlock(f"*{escape(short(name, 120))}*"),
        InputBlock(t("Whose name is it?"), menu, block_id=WHO, optional=bool(outside)),
    ]
    if outside:
        listed = {str(i): name for i, name in list(outside.items())[:100]}
        people = inputs.menu(LISTED, listed, placeholder=t("Choose one"))
        blocks.append(InputBlock(t("Or somebody who is not in Slack"), people, block_id=LISTED, optional=True))
    return modal(
        t("Whose name is it?"),
        *blocks,
        callback_id=ids.MATCHING_FORM,
        private_metadata=carried,
        submit=t("That is it"),
        close=t("Cancel"),
    )
