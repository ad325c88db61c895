"""The modal in which a goal is proposed. Pure drawing; a block's id is its field's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from slackblocks import Block, DatePicker, DividerBlock, InputBlock, UserSelectMenu

from cspm_core.goals import Kind
from cspm_core.metrics import Metric

from .. import ids
from ..blocks import Drawing, modal, note
from ..escalations import inputs
from ..kpi.names import name_of
from ..words import Words

TEAM, PERSON, METRIC, KIND, TARGET = "team", "person", "metric", "kind", "target"
BESIDE, BESIDE_TARGET, STARTS, ENDS = "beside", "beside_target", "starts_on", "ends_on"


def propose(
    teams: Mapping[int, str],
    team_id: int,
    metrics: Sequence[Metric],
    quality: Sequence[Metric],
    first: date,
    last: date,
    private: str,
    t: Words,
    *,
    user: str = "",
) -> Drawing:
    """For whom, which figure, how far, until when; and what of quality stands beside it."""
    kinds = {Kind.VALUE.value: t("Reach a value"), Kind.BETTER_BY.value: t("Get better by")}
    offered = {one.key: name_of(one, t) for one in metrics[:100]}
    beside = {one.key: name_of(one, t) for one in quality[:100]}
    example = t("90%, 4h, 85; or by how much better: 10%")
    blocks: list[Block] = []
    if len(teams) > 1:
        blocks.append(inputs.team(TEAM, ids.GOAL_TEAM, t("Team"), teams, team_id, t))
    person = UserSelectMenu(PERSON, initial_user=user or None)
    hint = t("Empty: the whole team. A person has to agree before it counts.")
    blocks += [
        InputBlock(t("For whom"), person, block_id=PERSON, optional=True, hint=hint),
        InputBlock(t("Figure"), inputs.menu(METRIC, offered), block_id=METRIC),
        InputBlock(t("How"), inputs.menu(KIND, kinds, Kind.VALUE.value), block_id=KIND),
        inputs.line(TARGET, t("How far"), placeholder=example, optional=False, longest=40),
        InputBlock(t("From"), DatePicker(STARTS, initial_date=first.isoformat()), block_id=STARTS),
        InputBlock(t("Last day"), DatePicker(ENDS, initial_date=last.isoformat()), block_id=ENDS),
        DividerBlock(),
        note(t("A goal of speed needs one of quality beside it, or the customers pay for the speed.")),
        InputBlock(t("Quality beside it"), inputs.menu(BESIDE, beside), block_id=BESIDE, optional=True),
        inputs.line(BESIDE_TARGET, t("To keep or reach"), placeholder=t("90%, 85"), longest=40),
    ]
    return modal(
        t("New goal"), *blocks, callback_id=ids.GOAL_FORM, private_metadata=private, submit=t("Propose"),
        close=t("Cancel"),
    )  # fmt: skip
