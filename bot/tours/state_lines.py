"""How teams are set up and what they agreed to, as lines of mrkdwn. Pure."""

from __future__ import annotations

from cspm_core.calendars import local_day
from cspm_core.people import Team
from cspm_core.privacy import Standing

from ..blocks import escape, short
from ..kpi.figures import reach
from ..privacy.names import LEVELS as LEVELS_OF_ONESELF
from ..words import Words
from . import sights
from .names import LEVELS


def agreed(sight: sights.Agreed, t: Words) -> list[str]:
    """What each team has agreed to, and with whom."""
    return [
        t("*{title}*: {value}", title=escape(one.team.name), value=_level(one, t, for_oneself=sight.for_oneself))
        for one in sight.standings
    ]


def _level(one: Standing, t: Words, *, for_oneself: bool) -> str:
    level = t((LEVELS_OF_ONESELF if for_oneself else LEVELS)[one.level])
    if not (one.agreed_by and one.agreed_at):
        return level
    day = t.day(local_day(one.agreed_at, one.team.timezone))
    return t.sentences(level, t("Agreed with {person} on {day}.", person=escape(one.agreed_by), day=day))


def states(sight: sights.States, t: Words) -> list[str]:
    """How far each team is set up."""
    return [f"• {_state(one, t)}" for one in sight.teams]


def _state(one: sights.TeamState, t: Words) -> str:
    told = [
        channel(one.team.channel) if one.team.channel else t("no channel yet"),
        t("led by {people}", people=escape(t.join(list(one.leads)))) if one.leads else t("no lead yet"),
        t.n("{n} agent", "{n} agents", one.agents),
        reach(one.data_until, one.team.timezone, t),
    ]
    if one.is_begun_only:
        told.append(t("setup not finished"))
    return t("*{title}*: {value}", title=escape(one.team.name), value=" · ".join(told))


def settled(sight: sights.Settled, t: Words) -> list[str]:
    """What was settled for each team."""
    return [f"• {_settings(one, t)}" for one in sight.teams]


def _settings(one: Team, t: Words) -> str:
    digest = t("digest at {time}", time=t.hour(one.digest_at))
    told = [escape(short(one.hours, 80)), escape(one.timezone), digest]
    return t("*{title}*: {value}", title=escape(one.name), value=" · ".join(told))


def nobodys(sight: sights.Nobodys, t: Words) -> list[str]:
    """How many names nobody has said anything about."""
    if not sight.n:
        return [t("Every name in the data is known.")]
    return [t.n("{n} name in the data matches nobody yet.", "{n} names in the data match nobody yet.", sight.n)]


def channel(name: str) -> str:
    """A channel as Slack links it; by its name until Slack was asked for its id."""
    is_id = name[:1] in ("C", "G") and name.isalnum() and name.isupper()
    return f"<#{name}>" if is_id else escape(f"#{name.lstrip('#')}")
