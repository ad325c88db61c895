"""When the rest appears, a line each with its reason. Pure words."""

from __future__ import annotations

from cspm_core.digests.rules import FEWEST_WEEKS
from cspm_core.first_days import Aim, Coming, Content, What
from cspm_core.kpi.suggestions import ENOUGH_WEEKS
from cspm_core.signals.judging import FEWEST, MATURING, SETTLING
from cspm_core.stats.control import FEWEST_POINTS

from ..blocks import escape
from ..kpi import figures
from ..kpi.names import name_of
from ..words import Words


def lines(content: Content, t: Words, *, are_there: bool) -> list[str]:
    """Those that are there already, or those that are not, each with a bullet."""
    return [f"• {_line(one, content, t)}" for one in content.coming if one.is_there is are_there]


def _line(one: Coming, content: Content, t: Words) -> str:
    match one.what:
        case What.DIGEST:
            return _digest(one, content, t)
        case What.USUAL:
            return _usual(one, t)
        case What.FCR:
            return _fcr(one, t)
        case What.REOPENS:
            return _reopens(one, t)
        case What.LIMITS:
            return _limits(one, t)
        case What.VERDICTS:
            return _verdicts(one, t)
        case What.QA:
            return _reviews(one, t)
        case What.NEWER:
            return t("*The data is too old* for digests and detectors: both wait for newer data.")
    return t("*Detectors* watch while the data is fresh, and speak only of what comes true from now on.")


def _digest(one: Coming, content: Content, t: Words) -> str:
    if one.note == "no_channel":
        return t("*The morning digest* comes as soon as the team has a channel: `/cspm settings`.")
    if one.on is None:
        return t("*The morning digest*: its settings name no day in the next weeks.")
    at = t.hour(content.digest_at.strftime("%H:%M"))
    return t("*The first morning digest* comes on {day} at {time}.", day=t.day(one.on), time=at)


def _usual(one: Coming, t: Words) -> str:
    weeks = t.number(FEWEST_WEEKS)
    if one.is_there:
        return t(
            "*More or less than usual* can be said from the first digest on: every weekday is there {n} times.", n=weeks
        )
    if one.on is None:
        return t("*More or less than usual*: once every weekday is there {n} times.", n=weeks)
    return t(
        "*More or less than usual* from {day}: every weekday has to be there {n} times.", day=t.day(one.on), n=weeks
    )


def _fcr(one: Coming, t: Words) -> str:
    days = t.number(MATURING["fcr"])
    if one.is_there:
        return t("*First contact resolution*: a contact counts {n} days after it was solved.", n=days)
    if one.on:
        return t(
            "*First contact resolution* from {day}: a contact counts {n} days after it was solved.",
            day=t.day(one.on),
            n=days,
        )
    if one.note == "never_said":
        return t("*First contact resolution* cannot be told: the data does not say which customer wrote.")
    return t("*First contact resolution*: {n} days after the first ticket is solved.", n=days)


def _reopens(one: Coming, t: Words) -> str:
    assert one.on is not None
    return t(
        "*Reopen rate*: the last {n} days are provisional. What is solved by now is final on {day}.",
        n=t.number(SETTLING["reopen_rate"]),
        day=t.day(one.on),
    )


def _limits(one: Coming, t: Words) -> str:
    """Which figures have limits already; the others from when, or why not yet."""
    told = t.join([escape(name_of(metric, t)) for metric in one.metrics])
    facts = {"figures": told, "points": t.number(FEWEST_POINTS), "enough": t.number(FEWEST)}
    if one.is_there:
        return t("*Signal or noise* of {figures}: {points} days and more say what is usual.", **facts)
    if one.on:
        return t(
            "*Signal or noise* of {figures} from {day} at the earliest: it takes {points} days with {enough} or more, "
            "and one to judge.",
            day=t.day(one.on),
            **facts,
        )
    return t("*Signal or noise* of {figures}: once {points} days with {enough} or more lie close together.", **facts)


def _verdicts(one: Coming, t: Words) -> str:
    if one.is_there:
        return t("*On or off target* is said from now on: the team has targets.")
    if one.metrics:
        return t("*On or off target* is said once there is a target. The last eight weeks suggest some.")
    if one.on is None:
        return t("*On or off target* is said once there is a target. A lead sets one under `/kpi team`.")
    return t(
        "*On or off target* is said once there is a target. From {day} on there may be enough to suggest one: it "
        "takes {n} weeks. A lead can set one under `/kpi team` before.",
        day=t.day(one.on),
        n=t.number(ENOUGH_WEEKS),
    )


def _reviews(one: Coming, t: Words) -> str:
    if one.is_there:
        return t("*Quality scores*: conversations were reviewed.")
    return t("*Quality scores* appear with the first reviews: `/qa review`.")


def wanted(aim: Aim, t: Words) -> str:
    """A target: First response time at most 38 min."""
    name, told = name_of(aim.metric, t), figures.aim(aim.metric, aim.value, t)
    if aim.metric.better == "lower":
        return t("{figure} at most {value}", figure=name, value=told)
    return t("{figure} at least {value}", figure=name, value=told)
