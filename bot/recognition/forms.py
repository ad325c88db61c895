"""The modals of kudos: thank, settle, grant. Pure drawing; a block's id is its field's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from slackblocks import Block, CheckboxGroup, InputBlock, SectionBlock, UserMultiSelectMenu, UserSelectMenu

from cspm_core.recognition.rules import LONGEST_REASON, MOST_ALLOWED, MOST_AT_ONCE

from .. import ids
from ..blocks import Drawing, escape, modal, note, option
from ..escalations import inputs
from ..words import Words
from . import views

TO, REASON, VALUE, TEAM = "to", "reason", "value", "team"
ALLOWANCE, VALUES, SWITCHES = "allowance", "team_values", "switches"
REWARDS, PERSON = "rewards", "person"
BOARD, WEEKLY = "board", "weekly"


def give(
    team_id: int,
    teams: Mapping[int, str],
    values: Sequence[str],
    left: int,
    allowance: int,
    private: str,
    t: Words,
    *,
    users: Sequence[str] = (),
    reason: str = "",
) -> Drawing:
    """For whom, for what, and which of the team's values it shows."""
    blocks: list[Block] = [note(views.left(left, allowance, t))]
    if len(teams) > 1:
        blocks.append(inputs.team(TEAM, ids.KUDOS_TEAM, t("In the channel of"), teams, team_id, t))
    people = UserMultiSelectMenu(TO, initial_users=list(users) or None, max_selected_items=MOST_AT_ONCE)
    blocks.append(InputBlock(t("For whom"), people, block_id=TO))
    hint = t("What they did, and what it was good for. Everybody in the team’s channel reads it.")
    blocks.append(inputs.words(REASON, t("For what"), said=reason[:LONGEST_REASON], hint=hint, optional=False))
    if values:
        menu = inputs.menu(VALUE, {str(n): one for n, one in enumerate(values)})
        blocks.append(InputBlock(t("Which of our values does it show?"), menu, block_id=VALUE, optional=True))
    return modal(
        t("Thank somebody"), *blocks, callback_id=ids.KUDOS_FORM, private_metadata=private, submit=t("Thank"),
        close=t("Cancel"),
    )  # fmt: skip


def settings(
    team: str, allowance: int, own: Sequence[str], has_board: bool, weekly: bool, private: str, t: Words
) -> Drawing:
    """How a team thanks."""
    switches = {BOARD: t("A board of who was thanked by how many"), WEEKLY: t("A weekly thank-you in the channel")}
    options = [option(label, key) for key, label in switches.items()]
    on = [one for one in options if {BOARD: has_board, WEEKLY: weekly}[one.value]]
    blocks: list[Block] = [
        SectionBlock(t("How *{team}* thanks.", team=escape(team))),
        InputBlock(
            t("How many a person can give on a day"),
            inputs.menu(ALLOWANCE, {str(n): t.number(n) for n in range(1, MOST_ALLOWED + 1)}, str(allowance)),
            block_id=ALLOWANCE,
        ),
        inputs.words(VALUES, t("Our values, one in each line"), said="\n".join(own),
                     hint=t("Empty: the usual ones.")),
        InputBlock(t("Also"), CheckboxGroup(action_id=SWITCHES, options=options, initial_options=on or None),
                   block_id=SWITCHES, optional=True,
                   hint=t("Boards easily become a contest of popularity. Ask your team before you switch it on.")),
    ]  # fmt: skip
    return modal(
        t("Kudos"), *blocks, callback_id=ids.KUDOS_SETTINGS_FORM, private_metadata=private, submit=t("Save"),
        close=t("Cancel"),
    )  # fmt: skip


def reward_list(team: str, every: Sequence[str], private: str, t: Words) -> Drawing:
    """What may be granted, a line each."""
    blocks = [
        SectionBlock(t("What the leads of *{team}* can grant.", team=escape(team))),
        inputs.words(REWARDS, t("One in each line"), said="\n".join(every),
                     placeholder=t("A day off, a voucher, lunch with the team")),
    ]  # fmt: skip
    return modal(
        t("Rewards"), *blocks, callback_id=ids.REWARD_LIST_FORM, private_metadata=private, submit=t("Save"),
        close=t("Cancel"),
    )  # fmt: skip


def grant(reward: str, private: str, t: Words) -> Drawing:
    """To whom, and for what."""
    blocks = [
        SectionBlock(t("You grant: *{reward}*", reward=escape(reward))),
        InputBlock(t("Who gets it"), UserSelectMenu(PERSON), block_id=PERSON),
        inputs.words(REASON, t("For what"), hint=t("They read it; it stands in the record."), optional=False),
    ]
    return modal(
        t("Grant a reward"), *blocks, callback_id=ids.REWARD_GRANT_FORM, private_metadata=private, submit=t("Grant"),
        close=t("Cancel"),
    )  # fmt: skip
