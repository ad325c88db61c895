"""What a step shows of a team's own data, as lines of mrkdwn. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cspm_core.tours import Rung

from ..blocks import escape
from ..escalations.names import who
from ..goals import views as goal_views
from ..today.names import said
from ..words import Words
from . import figure_lines, sights, state_lines
from .names import PASSED_OVER
from .sights import Sight

FIRST, CRITERIA, LOOKERS = 3, 6, 4


def lines(sight: Sight, t: Words) -> list[str]:
    """Of whatever a step shows; none where it says everything by itself."""
    return DRAWN[type(sight)](sight, t)


def _morning(sight: sights.Morning, t: Words) -> list[str]:
    if sight.at is None:
        return [t("It is paused until somebody resumes it.")]
    moment, zone = t.moment(sight.at, sight.timezone), sight.timezone
    local = t("{time} in the team’s zone, {zone}", time=t.hour(sight.local), zone=zone)
    if not sight.channel:
        return [t("Your team has no channel yet. With one, the next digest comes {moment} ({local}).", moment=moment,
                  local=local)]  # fmt: skip
    place = state_lines.channel(sight.channel)
    return [t("The next one comes {moment} ({local}), in {channel}.", moment=moment, local=local, channel=place)]


def _alarm(sight: sights.Alarm, t: Words) -> list[str]:
    return [_on_duty(sight.team, sight.on_duty, t), *(f"• {_rung(one, sight, t)}" for one in sight.climb.rungs)]


def _rung(rung: Rung, sight: sights.Alarm, t: Words) -> str:
    step = rung.who.partition(":")[0]
    whom = escape(t.join(list(rung.names))) if step == "member" else who(rung.who, t)
    if rung.names and step != "member":
        whom = t("{role} ({people})", role=whom, people=escape(t.join(list(rung.names))))
    if rung.at is None:
        return t("Passed over: {who} ({why})", who=whom, why=t(PASSED_OVER.get(rung.why, PASSED_OVER["nobody"])))
    if rung.at <= sight.climb.now:
        return t("At once: {who}", who=whom)
    return t("{moment}: {who}", moment=t.moment(rung.at, sight.timezone), who=whom)


def _helpers(sight: sights.Helpers, t: Words) -> list[str]:
    led = t("Your team is led by {people}.", people=escape(t.join(list(sight.leads)))) if sight.leads else ""
    return [_on_duty(sight.team, sight.on_duty, t), *filter(None, [led])]


def _on_duty(team: str, names: Sequence[str], t: Words) -> str:
    if not names:
        return t("Nobody is on duty for *{team}* now.", team=escape(team))
    return t("On duty for *{team}* now: {people}.", team=escape(team), people=escape(t.join(list(names))))


def _reviewed(sight: sights.Reviewed, t: Words) -> list[str]:
    told = []
    if one := sight.sampled:
        told.append(t("*Week of {day}*: {done} of {all} reviewed.", day=t.day(one.week), done=t.number(one.done),
                      all=t.number(one.drawn)))  # fmt: skip
    if sight.next_at:
        told.append(t("The next sample is drawn {moment}.", moment=t.moment(sight.next_at, sight.timezone)))
    return told


def _criteria(sight: sights.Criteria, t: Words) -> list[str]:
    asked = [f"• {escape(name)}" for name in sight.names[:CRITERIA]]
    if more := len(sight.names) - CRITERIA:
        asked += [t.n("and {n} more", "and {n} more", more)] if more > 0 else []
    passed = t("*{card}* is passed from {points} of 100 points.", card=escape(sight.card),
               points=t.number(sight.passed_from, 1))  # fmt: skip
    return [passed, *asked]


def _waits(sight: sights.Waits, t: Words) -> list[str]:
    more = len(sight.every) - FIRST
    first = [f"• {said(one, t)}" for one in sight.every[:FIRST]]
    return first + ([t.n("and {n} more", "and {n} more", more)] if more > 0 else [])


def _looked(sight: sights.Looked, t: Words) -> list[str]:
    more = len(sight.looks) - LOOKERS
    told = [
        "• " + t.n("{person}: {n} time, last {moment}", "{person}: {n} times, last {moment}", one.times,
                   person=escape(one.viewer), moment=t.moment(one.last_at))
        for one in sight.looks[:LOOKERS]
    ]  # fmt: skip
    return told + ([t.n("and {n} more", "and {n} more", more)] if more > 0 else [])


def _thanked(sight: sights.Thanked, t: Words) -> list[str]:
    left = t.n("You have {n} of {all} left today.", "You have {n} of {all} left today.", sight.left,
               all=t.number(sight.allowance))  # fmt: skip
    week = t.n("Your team gave {n} in the last seven days.", "Your team gave {n} in the last seven days.", sight.week)
    return [left, week]


def _aims(sight: sights.Aims, t: Words) -> list[str]:
    return [f"• {escape(goal_views.line(one, t))}" for one in sight.goals]


DRAWN: Mapping[type[Any], Callable[[Any, Words], list[str]]] = {
    sights.Figures: figure_lines.told,
    sights.Behind: figure_lines.behind,
    sights.Beside: figure_lines.beside,
    sights.Moved: figure_lines.moved,
    sights.Morning: _morning,
    sights.Alarm: _alarm,
    sights.Helpers: _helpers,
    sights.Reviewed: _reviewed,
    sights.Criteria: _criteria,
    sights.Waits: _waits,
    sights.Agreed: state_lines.agreed,
    sights.Looked: _looked,
    sights.Thanked: _thanked,
    sights.Aims: _aims,
    sights.States: state_lines.states,
    sights.Settled: state_lines.settled,
    sights.Nobodys: state_lines.nobodys,
    sights.Nothing: lambda _, __: [],
    sights.Only: lambda _, __: [],
    sights.Declined: lambda sight, _: [sight.why],
}
