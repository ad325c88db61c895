"""The modal of `/handover`: what goes along, two free lines, and to whom. Pure drawing."""

from __future__ import annotations

from slackblocks import Block, CheckboxGroup, InputBlock, Option, PlainTextInput, SectionBlock, Text, UserSelectMenu

from cspm_core.handovers import LINE_CHARACTERS, Offer

from .. import ids
from ..blocks import Drawing, escape, modal, short, value
from ..words import Words
from . import views

HAPPENED, WATCH, TO, OWN = "happened", "watch", "to", "own"


def handover(one: Offer, t: Words) -> Drawing:
    """Filled with what stands now; what is handed over is looked at once more when it is sent."""
    return modal(
        t("Hand over"),
        SectionBlock(_head(one, t)),
        *views.content(one.snapshot, one.timezone, t),
        _line(HAPPENED, t("What has happened"), t("What the next shift should know")),
        _line(WATCH, t("What to watch"), t("What may come, and what to do then")),
        _to(one, t),
        *_own(one, t),
        callback_id=ids.HANDOVER_FORM,
        private_metadata=value(team=one.team_id),
        submit=t("Hand over"),
        close=t("Cancel"),
    )


def _head(one: Offer, t: Words) -> str:
    team = t("Hand over *{team}*.", team=escape(one.team))
    if one.starts_at and one.ends_at:
        shift = t("The next shift: {start} – {end}.", start=t.moment(one.starts_at, one.timezone),
                  end=t.moment(one.ends_at, one.timezone))  # fmt: skip
        return t.sentences(team, shift)
    return t.sentences(team, t("No next shift is planned: choose somebody, or the leads are asked."))


def _line(block_id: str, label: str, placeholder: str) -> InputBlock:
    element = PlainTextInput(block_id, multiline=True, max_length=LINE_CHARACTERS, placeholder=placeholder)
    return InputBlock(label, element, block_id=block_id, optional=True)


def _to(one: Offer, t: Words) -> InputBlock:
    element = UserSelectMenu(TO, initial_user=one.to.slack if one.to and one.to.slack else None)
    hint = t("Nobody chosen: the leads of the team.")
    return InputBlock(t("Who takes over"), element, block_id=TO, optional=True, hint=hint)


def _own(one: Offer, t: Words) -> list[Block]:
    if not one.own:
        return []
    label = t.n("My {n} open escalation goes with it", "My {n} open escalations go with it", one.own)
    box = Option(Text(short(label, 75)), "yes")
    group = CheckboxGroup(OWN, [box], initial_options=[box])
    return [InputBlock(t("My escalations"), group, block_id=OWN, optional=True)]
