"""The modal that replaces a pick: why, and in a few words. Pure drawing."""

from __future__ import annotations

from slackblocks import InputBlock, SectionBlock

from cspm_core.samples import Pick

from .. import ids
from ..blocks import Drawing, escape, modal
from ..escalations import inputs
from ..escalations.titles import ticket_link
from ..words import Words
from .names import REASONS

REASON, SAID = "reason", "said"


def replacement(pick: Pick, carried: str, t: Words) -> Drawing:
    """A reason is needed; beside “something else” a few words too."""
    told = t("{ticket} of *{person}*. The next one of the same kind, in the order that was drawn, takes its place. It "
             "is counted, and your lead sees why.", ticket=ticket_link(pick.key, pick.url),
             person=escape(pick.agent))  # fmt: skip
    reasons = {key: t(label) for key, label in REASONS.items()}
    return modal(
        t("Replace"),
        SectionBlock(told),
        InputBlock(t("Why can it not be reviewed?"), inputs.menu(REASON, reasons), block_id=REASON),
        inputs.line(SAID, t("In a few words"), hint=t("Needed for “Something else”."), longest=300),
        callback_id=ids.SAMPLE_REPLACE_FORM,
        private_metadata=carried,
        submit=t("Replace it"),
        close=t("Cancel"),
    )
