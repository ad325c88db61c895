"""Home's section about escalations: those that wait for the reader, the counts, and who is on duty. Pure drawing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import ActionsBlock, Block, Button, Element, HeaderBlock, SectionBlock

from cspm_core.duty import Overview
from cspm_core.escalations import Listed, Status
from cspm_core.escalations.awaiting import Awaiting

from .. import ids
from ..blocks import escape, short, value
from ..escalations.names import MARKS, SEVERITIES
from ..escalations.titles import called, ticket_link, title
from ..words import Words


@dataclass(frozen=True, slots=True)
class Shown:
    """What waits for a person, and the duty of the teams that they are in."""

    awaiting: Awaiting
    duty: Sequence[Overview] = ()


def section(shown: Shown, t: Words) -> list[Block]:
    """Nothing for somebody who is in no team and for whom nothing waits."""
    found = shown.awaiting
    if not (found.rows or found.open or shown.duty):
        return []
    blocks: list[Block] = [HeaderBlock(t("Escalations"))]
    for row in found.rows:
        blocks += [SectionBlock(_line(row, t)), ActionsBlock(_buttons(row, t))]
    button = Button(t("All escalations"), action_id=ids.ESCALATION_LIST, value=value(list="open", team=None))
    blocks.append(SectionBlock(_counts(found, t), accessory=button))
    for one in shown.duty:
        about = Button(t("Who is on duty"), action_id=ids.DUTY_SHOW, value=value(team=one.team_id))
        blocks.append(SectionBlock(_duty(one, t), accessory=about))
    return blocks


def _line(row: Listed, t: Words) -> str:
    said = t("confidential") if row.is_veiled else title(row, json.loads(row.rule_facts), t)
    parts = [t(SEVERITIES[row.severity]), escape(row.team)]
    if row.ticket_key:
        parts.insert(0, ticket_link(row.ticket_key, row.url))
    if row.is_overdue:
        parts.append(f"*{t('overdue')}*")
    return f"{MARKS[row.severity]} *{called(row.number)} · {escape(said)}*\n{' · '.join(parts)}\n{_state(row, t)}"


def _state(row: Listed, t: Words) -> str:
    """Who has it, and what comes next."""
    told = [t("It is yours.") if row.status == Status.ACKNOWLEDGED else t("Nobody has it yet.")]
    if row.snoozed_until:
        told.append(t("⏸ Put aside until {until}.", until=t.moment(row.snoozed_until, row.timezone)))
    elif row.promise_due_at:
        told.append(t("Promised to the customer by {until}.", until=t.moment(row.promise_due_at, row.timezone)))
    return t.sentences(*told)


def _buttons(row: Listed, t: Words) -> list[Element]:
    about = value(escalation=row.id)
    take = Button(t("I take it"), action_id=ids.ESCALATION_TAKE, value=about, style="primary")
    show = Button(t("Show"), action_id=ids.ESCALATION_SHOW, value=about)
    return [take, show] if row.status == Status.OPEN else [show]


def _counts(found: Awaiting, t: Words) -> str:
    if not found.open:
        return t("Nothing is open in your teams.")
    told = [t.n("{n} is open in your teams", "{n} are open in your teams", found.open)]
    if found.overdue:
        told.append(t.n("{n} overdue", "{n} overdue", found.overdue))
    if found.total > len(found.rows):
        told.append(t.n("{n} waits for you", "{n} wait for you", found.total))
    return " · ".join(told)


def _duty(one: Overview, t: Words) -> str:
    team = escape(short(one.team, 60))
    if not one.now.names:
        return t("{team}: nobody is on duty", team=team)
    people = escape(t.join(list(one.now.names)))
    if one.now.ends_at is None:
        return t("{team}: {people} on duty", team=team, people=people)
    until = t.moment(one.now.ends_at, one.timezone)
    return t("{team}: {people} on duty until {moment}", team=team, people=people, moment=until)
