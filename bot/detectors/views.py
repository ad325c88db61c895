"""The card of what is at risk in a team, in all its states, and the list of its detectors. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, SectionBlock

from cspm_core.detectors import HitRate, Kind, Risk, RiskTicket, Taken

from .. import ids
from ..blocks import HEADLINE, Drawing, choice, escape, is_address, message, note, option, short, value
from ..kpi.names import ticket_word
from ..words import N_, Words
from . import names, settings

TEAM_CHARACTERS = 40
SECTION_CHARACTERS = 3000
LEFT: Mapping[str, str] = {
    "first_response": N_("first answer due {moment}"),
    "resolution": N_("solution due {moment}"),
}
SINCE: Mapping[str, str] = {
    "first_response": N_("first answer past due since {moment}"),
    "resolution": N_("solution past due since {moment}"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One detector on the list."""

    kind: Kind
    settings: Mapping[str, Any]
    is_on: bool
    rate: HitRate


@dataclass(frozen=True, slots=True)
class Board:
    """Every detector of a team."""

    team_id: int
    team: str
    month: date
    data_age_minutes: int
    detectors: tuple[Listed, ...]
    timezone: str = "UTC"
    paused_since: datetime | None = None
    """They pause now: the data ends there."""


def card(risk: Risk, t: Words) -> Drawing:
    """What is at risk now, by time left: who has it, and what can be done."""
    blocks: list[Block] = [HeaderBlock(short(t("{team}: at risk now", team=risk.team), 150))]
    if risk.is_over:
        blocks.append(SectionBlock(t("This day is over. What is at risk now stands in the newest card.")))
        return message(headline(risk, t), *blocks)
    blocks.append(note(_reach(risk, t)))
    if not risk.tickets:
        blocks.append(SectionBlock(t("Nothing is at risk now.")))
    else:
        lines = [f"• {_ticket(one, risk, t)}" for one in risk.tickets]
        if risk.more:
            lines.append(t.n("and {n} more", "and {n} more", risk.more))
        blocks += _sections(lines)
    return message(headline(risk, t), *blocks, ActionsBlock([*_buttons(risk, t)]))


def _sections(lines: Sequence[str]) -> list[Block]:
    """As few sections as hold the lines: addresses may be long."""
    parts: list[str] = []
    for line in lines:
        if parts and len(parts[-1]) + len(line) < SECTION_CHARACTERS:
            parts[-1] += f"\n{line}"
        else:
            parts.append(line)
    return [SectionBlock(part) for part in parts]


def headline(risk: Risk, t: Words) -> str:
    """What a lock screen shows: at most 110 characters."""
    team = short(risk.team, TEAM_CHARACTERS)
    if risk.is_over:
        said = t("{team}: at risk on {day}", team=team, day=t.day(risk.day))
    elif risk.is_paused and risk.as_of:
        said = t("{team}: detectors paused, the data ends {moment}", team=team, moment=_clock(risk.as_of, risk, t))
    elif not risk.tickets:
        said = t("{team}: nothing is at risk now", team=team)
    else:
        counts = {"late": t.number(risk.past_due), "soon": t.number(risk.in_time)}
        said = t("{team}: {late} past due, {soon} due soon", team=team, **counts)
    return short(said, HEADLINE)


def _reach(risk: Risk, t: Words) -> str:
    if risk.is_paused and risk.as_of:
        return t(
            "⏸ Paused: the data ends {moment}. What happened after that is not known; it goes on by itself with newer "
            "data.",
            moment=_clock(risk.as_of, risk, t),
        )
    zone = risk.timezone
    if risk.is_live or risk.as_of is None:
        return t("The help desk is live · {zone}", zone=zone)
    return t("data until {moment} · {zone}", moment=_clock(risk.as_of, risk, t), zone=zone)


def _ticket(one: RiskTicket, risk: Risk, t: Words) -> str:
    """#48211 · High · first answer due 14:00, 45 min left · 75 % used · Teo has it"""
    name = escape(short(one.key, 40))
    shown = f"<{one.url}|{name}>" if is_address(one.url) else f"*{name}*"
    told = [shown, escape(short(ticket_word(one.priority, t), 20)), _due(one, risk, t)]
    if not one.is_past_due:
        told.append(t("{share} of the time used", share=t.share(one.share / 100)))
    return " · ".join(filter(None, (*told, _owner(one, t))))


def _due(one: RiskTicket, risk: Risk, t: Words) -> str:
    moment = _clock(one.due_at, risk, t)
    if one.is_past_due:
        return f"*{t(SINCE[one.metric], moment=moment)}*"
    if not one.left_s:
        left = t("less than a quarter of an hour left")
    else:
        left = t("{duration} of working time left", duration=t.duration(one.left_s))
    return f"*{t(LEFT[one.metric], moment=moment)}*, {left}"


def _owner(one: RiskTicket, t: Words) -> str:
    name = one.taken_by or one.owner
    return t("{person} has it", person=escape(short(name, 40))) if name else t("nobody has taken it")


def _clock(at: datetime, risk: Risk, t: Words) -> str:
    """Only the time on the card's own day."""
    local = at.astimezone(ZoneInfo(risk.timezone))
    return t.hour(local.strftime("%H:%M")) if local.date() == risk.day else t.clock(at, risk.timezone)


def _buttons(risk: Risk, t: Words) -> list[Any]:
    free = [one for one in risk.tickets if not one.taken_by and not one.owner]
    found: list[Any] = []
    if free:
        options = [option(f"{one.key} · {ticket_word(one.priority, t)}".strip(" ·"), _take(risk, one)) for one in free]
        found.append(choice(t("I take …"), ids.RISK_TAKE, options))
    if risk.tickets:
        found.append(Button(t("Assign"), action_id=ids.RISK_GIVE, value=value(team=risk.team_id, card=risk.card_id)))
    return [*found, Button(t("Detectors"), action_id=ids.RISK_DETECTORS, value=value(team=risk.team_id))]


def _take(risk: Risk, one: RiskTicket) -> str:
    return value(team=risk.team_id, ticket=one.id)


def given(taken: Taken, team: str, t: Words) -> Drawing:
    """To whom a lead gave a ticket."""
    name = escape(short(taken.ticket_key, 40))
    shown = f"<{taken.url}|{name}>" if is_address(taken.url) else f"*{name}*"
    told = {"person": escape(taken.by), "team": escape(team)}
    text = t(
        "{person} gave you {ticket} of {team}: it is at risk.", ticket=taken.ticket_key, person=taken.by, team=team
    )
    said = t("{person} gave you {ticket} of {team}: it is at risk.", ticket=shown, **told)
    return message(short(text, HEADLINE), SectionBlock(said))


def board(one: Board, t: Words) -> Drawing:
    """Every detector of a team: what it looks for, how it is set, how often it is right."""
    title = t("Detectors of {team}", team=one.team)
    blocks: list[Block] = [HeaderBlock(short(title, 150))]
    for detector in one.detectors:
        told = value(team=one.team_id, kind=detector.kind.value)
        change = Button(t("Change it"), action_id=ids.DETECTOR_CHANGE, value=told)
        blocks.append(SectionBlock("\n".join(_detector(detector, one, t)), accessory=change))
    age = t.duration(one.data_age_minutes * 60)
    if one.paused_since:
        ends = t.clock(one.paused_since, one.timezone)
        said = t("⏸ *They pause now:* the data ends {moment}. They go on by themselves with newer data.", moment=ends)
        blocks.insert(1, SectionBlock(said))
    blocks.append(note(t("They pause while the data is older than {duration} of working time.", duration=age)))
    on = sum(detector.is_on for detector in one.detectors)
    text = t.n("{team}: {n} detector is on", "{team}: {n} detectors are on", on, team=short(one.team, TEAM_CHARACTERS))
    return message(text, *blocks)


def _detector(one: Listed, all_of: Board, t: Words) -> Sequence[str]:
    state = t("on") if one.is_on else t("off")
    mark = "🟢" if one.is_on else "⚪"
    return (
        f"{mark} *{names.label(one.kind.value, t)}* · {state}",
        t(names.MEANINGS[one.kind.value]),
        f"{escape(settings.told(one.kind, one.settings, t))} · {rate(one.rate, all_of.month, t)}",
    )


def rate(one: HitRate, month: date, t: Words) -> str:
    """How often a detector was right this month, with its interval."""
    if not one.alarms:
        return t("no alarm since {day}", day=t.day(month))
    alarms = t.n("{n} alarm since {day}", "{n} alarms since {day}", one.alarms, day=t.day(month))
    if one.share is None or one.interval is None:
        return t("{alarms}, none judged yet", alarms=alarms)
    return t(
        "{alarms}, useful {useful} of {judged} judged ({share}, {low} to {high})",
        alarms=alarms,
        useful=t.number(one.useful),
        judged=t.number(one.judged),
        share=t.share(one.share),
        low=t.share(one.interval.low),
        high=t.share(one.interval.high),
    )
