"""The modal in which a dispute is decided: accepted, in part, or rejected, with a reason. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping

from slackblocks import (
    Block,
    ExternalSelectMenu,
    InputBlock,
    PlainTextInput,
    RadioButtonGroup,
    SectionBlock,
    StaticMultiSelectMenu,
    StaticSelectMenu,
)

from cspm_core import disputes
from cspm_core.disputes import Objection, Standing, Status

from .. import ids
from ..blocks import Drawing, modal, option, short, value
from ..escalations import inputs
from ..qa.review_facts import facts
from ..qa.review_names import name_of
from ..words import Words
from .views import objected

VERDICT, CRITERIA, AGENT, REASON = "verdict", "criteria", "agent", "reason"
NOBODY = "0"
"""Nobody's ticket here."""
MOST = 99


def decide(one: Standing, agents: Mapping[int, str], t: Words) -> Drawing:
    """`agents`: the identities of those whose ticket it could have been, by name."""
    objection = one.objection
    if objection is None:
        raise ValueError("a review without a dispute")
    said = "\n".join([facts(one.review, t), "", *objected(one, t)])
    return modal(
        t("Decide"),
        SectionBlock(short(said, 3_000)),
        _verdict(objection, t),
        *_criteria(one, objection, t),
        *_agent(objection, agents, t),
        _reason(t),
        callback_id=ids.DISPUTE_DECIDE_FORM,
        private_metadata=value(dispute=objection.id),
        submit=t("Decide"),
        close=t("Cancel"),
    )


def in_part(objection: Objection) -> bool:
    """Whether there is more than one thing to accept."""
    return len(objection.proposed) > (0 if objection.is_not_mine else 1)


def _verdict(objection: Objection, t: Words) -> InputBlock:
    if objection.is_not_mine:
        options = [inputs.described(t("I accept it"), Status.ACCEPTED, t("It was not their ticket."))]
    else:
        options = [inputs.described(t("I accept it"), Status.ACCEPTED, t("The score changes as they propose."))]
    if in_part(objection):
        said = t("The score changes for the criteria below.")
        options.append(inputs.described(t("I accept it in part"), Status.ACCEPTED_IN_PART, said))
    options.append(inputs.described(t("I reject it"), Status.REJECTED, t("The review stands as it is.")))
    return InputBlock(t("How do you decide?"), RadioButtonGroup(VERDICT, options), block_id=VERDICT)


def _criteria(one: Standing, objection: Objection, t: Words) -> list[Block]:
    if not in_part(objection):
        return []
    options = [option(name_of(one.review, key), str(n)) for n, key in enumerate(objection.proposed)][:100]
    element = StaticMultiSelectMenu(CRITERIA, options, placeholder=t("Criteria"))
    label = t("In part: which criteria do you accept?")
    return [InputBlock(label, element, block_id=CRITERIA, optional=True)]


def _agent(objection: Objection, agents: Mapping[int, str], t: Words) -> list[Block]:
    """Whose ticket it was, where that is the dispute."""
    if not objection.is_not_mine:
        return []
    element: StaticSelectMenu | ExternalSelectMenu
    if len(agents) > MOST:
        element = ExternalSelectMenu(ids.DISPUTE_WHOSE, min_query_length=0, placeholder=t("A colleague, or nobody"))
    else:
        options = {NOBODY: t("Nobody’s here: take it out"), **{str(i): name for i, name in agents.items()}}
        element = inputs.menu(AGENT, options)
    hint = t("They get the review as theirs. Taken out, it counts nowhere.")
    return [InputBlock(t("Accepted: whose ticket was it?"), element, block_id=AGENT, hint=hint, optional=True)]


def offered(agents: Mapping[int, str], t: Words) -> list[Drawing]:
    """What Slack is given where it asks for them."""
    found = [(NOBODY, t("Nobody’s here: take it out")), *((str(i), name) for i, name in agents.items())]
    return [{"text": {"type": "plain_text", "text": short(name, 75)}, "value": key} for key, name in found]


def _reason(t: Words) -> InputBlock:
    element = PlainTextInput(
        REASON,
        multiline=True,
        max_length=disputes.LONGEST_WORDS,
        placeholder=t("What the agent should know: they read it"),
    )
    return InputBlock(t("Reason"), element, block_id=REASON)
