"""The modal that looks back at a crisis: what happened, what went well, who does what until when. Pure drawing."""

from __future__ import annotations

from slackblocks import Block, DividerBlock, InputBlock, UserSelectMenu

from cspm_core.crises import Board

from .. import ids
from ..blocks import Drawing, modal, value
from ..escalations import inputs
from ..words import Words
from . import forms

HAPPENED, WENT_WELL, WHAT, OWNER, DAY = "happened", "went_well", "what", "owner", "day"
ACTIONS = 4


def review(one: Board, t: Words) -> Drawing:
    """As many actions as there are rows; empty ones are left out."""
    return modal(
        t("Look back"),
        forms.subject(one, t),
        inputs.words(HAPPENED, t("What has happened"), optional=False,
                     placeholder=t("What we saw, when, and why it took as long as it did")),
        inputs.words(WENT_WELL, t("What went well"), placeholder=t("What we do again next time")),
        *[block for n in range(1, ACTIONS + 1) for block in _action(n, t)],
        callback_id=ids.CRISIS_REVIEW_FORM,
        private_metadata=value(crisis=one.id),
        submit=t("Save"),
        close=t("Cancel"),
    )  # fmt: skip


def _action(n: int, t: Words) -> list[Block]:
    """One row: what, who, until when."""
    return [
        DividerBlock(),
        inputs.line(f"{WHAT}_{n}", t("Action {n}", n=t.number(n)), longest=300, placeholder=t("What is to be changed")),
        InputBlock(t("Who does that"), UserSelectMenu(f"{OWNER}_{n}"), block_id=f"{OWNER}_{n}", optional=True,
                   hint=t("Nobody chosen: you.")),
        inputs.day(f"{DAY}_{n}", t("Until when"), hint=t("No day chosen: within two weeks.")),
    ]  # fmt: skip
