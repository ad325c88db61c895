"""The modal in which suggested targets are taken or left. Pure drawing."""

from __future__ import annotations

from slackblocks import CheckboxGroup, InputBlock, Option, PlainText, SectionBlock

from cspm_core.first_days import Aim

from .. import ids
from ..blocks import Drawing, escape, modal, short
from ..words import Words
from . import appearing

TARGETS = "targets"


def targets(team: str, aims: list[Aim], private: str, t: Words) -> Drawing:
    """One box a figure: what to aim for, which way is good, and what that rests on."""
    intro = t(
        "The medians of *{team}* over its last eight whole weeks. What you tick is the target from now on; the rest "
        "stays without one. `/kpi team` changes them later.",
        team=escape(team),
    )
    options = [Option(PlainText(_label(aim, t)), aim.metric.key, description=PlainText(_why(aim, t))) for aim in aims]
    return modal(
        t("Suggested targets"),
        SectionBlock(intro),
        InputBlock(t("Take as a target"), CheckboxGroup(TARGETS, options), block_id=TARGETS, optional=True),
        callback_id=ids.FIRST_DAY_TARGETS_FORM,
        private_metadata=private,
        submit=t("Take"),
        close=t("Leave"),
    )


def _label(aim: Aim, t: Words) -> str:
    return short(appearing.wanted(aim, t), 75)


def _why(aim: Aim, t: Words) -> str:
    """Lower is better · 8 weeks, n = 640"""
    good = t("lower is better") if aim.metric.better == "lower" else t("higher is better")
    weeks = t.n("{n} week", "{n} weeks", aim.weeks)
    return short(f"{good} · {weeks} · {t('n = {n}', n=t.number(aim.n))}", 75)
