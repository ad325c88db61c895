"""The modals of a performance talk: one’s own words, and a training. Pure drawing."""

from __future__ import annotations

from slackblocks import InputBlock

from cspm_core.coaching.performance import LONGEST_NAME, LONGEST_WORDS, Page, Readiness

from .. import ids
from ..blocks import Drawing, modal, value
from ..escalations import inputs
from ..words import Words
from .effect_names import READINESS

WORDS, READY, NAME, DONE, DUE = "words", "readiness", "name", "done_on", "due_on"


def say(one: Page, reader_id: int, t: Words) -> Drawing:
    """What the reader says; the lead also about a next step."""
    is_lead = reader_id == one.lead.id
    said = one.lead_words if is_lead else one.agent_words
    hint = t("{person} reads it.", person=(one.agent if is_lead else one.lead).name)
    blocks = [inputs.words(WORDS, t("In your own words"), said=said[:LONGEST_WORDS], hint=hint)]
    if is_lead:
        options = {key.value: t(label) for key, label in READINESS.items() if key is not Readiness.UNSAID}
        now = one.readiness.value or None
        blocks.append(
            InputBlock(t("A next step"), inputs.menu(READY, options, now), block_id=READY, optional=True,
                       hint=t("How ready you think {person} is for one.", person=one.agent.name))
        )  # fmt: skip
    return modal(
        t("Performance talk"), *blocks, callback_id=ids.COACH_PERFORMANCE_WORDS_FORM,
        private_metadata=value(performance=one.talk_id), submit=t("Keep it so"), close=t("Cancel"),
    )  # fmt: skip


def train(talk_id: int, person: str, t: Words) -> Drawing:
    """A course that somebody has done or is to do."""
    return modal(
        t("Training"),
        inputs.line(NAME, t("What {person} has learned or is to learn", person=person), optional=False,
                    longest=LONGEST_NAME, hint=t("The same name again changes its days.")),
        inputs.day(DONE, t("Done on"), hint=t("Leave it empty where it is still to do.")),
        inputs.day(DUE, t("To do by")),
        callback_id=ids.COACH_TRAINING_FORM,
        private_metadata=value(performance=talk_id),
        submit=t("Keep it so"),
        close=t("Cancel"),
    )  # fmt: skip
