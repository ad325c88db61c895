"""How a team works, line by line, with a button beside each. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slackblocks import ActionsBlock, Block, Button, DividerBlock, HeaderBlock, SectionBlock

from cspm_core.digests import Settings
from cspm_core.people import Role
from cspm_core.tickets import SlaClock

from .. import ids
from ..blocks import HEADLINE, Drawing, choice, escape, message, note, option, short, value
from ..home.views import LANGUAGE_NAMES
from ..uploads.reports import names
from ..words import Words
from . import lengths
from .aim_forms import TargetsStep
from .forms import buttons
from .names import COUNTING, FIGURES, RESPONSE_STARTS, STEPS
from .people_forms import FEW_NAMES, FiguresStep
from .step_forms import ChannelStep, reached
from .zones import country_label

MOST_TEAMS = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A team as its settings show it. `crew`: names by role; `stale_after`: hours; `said`: what has just
    changed, as mrkdwn.

    `teams`: those that the asker may change, where there are several; `aims`: what the button to its targets carries.
    """

    team_id: int
    team: str
    language: str
    timezone: str
    hours: str
    holidays: str
    channel: ChannelStep
    crew: Mapping[Role, Sequence[str]]
    figures: FiguresStep
    targets: TargetsStep
    digest: Settings
    response_start: str
    stale_after: int
    tickets: int
    is_paused: bool = False
    aims: str = ""
    teams: Mapping[int, str] | None = None
    said: str = ""
    tour: str = ""


def settings(shown: Shown, t: Words) -> Drawing:
    """Every setting in a readable line with its button, then the ways to what stands elsewhere."""
    title = t("Settings of {team}", team=shown.team)
    blocks: list[Block] = [HeaderBlock(short(title, 150))]
    if shown.said:
        blocks.append(note(shown.said))
    if shown.teams:
        blocks += _others(shown.teams, t)
    for step, text in lines(shown, t).items():
        carried = value(team=shown.team_id, step=step)
        change = Button(t("Change it"), action_id=ids.SETTINGS_CHANGE, value=carried)
        blocks.append(
            SectionBlock(short(f"*{t(STEPS[step])}*\n{text}", 3000), block_id=f"setting.{step}", accessory=change)
        )
    if shown.tour:
        blocks.append(note(shown.tour))
    blocks += [DividerBlock(), *_neighbours(shown, t)]
    return message(short(title, HEADLINE), *blocks)


def changed(said: str) -> Drawing:
    """What stands there for somebody who may see no more of it; `said` as mrkdwn."""
    return message(short(said, HEADLINE), SectionBlock(short(said, 3000)))


def _others(teams: Mapping[int, str], t: Words) -> list[Block]:
    """The other teams, as many as a message holds."""
    options = [option(name, str(team_id)) for team_id, name in teams.items()][:MOST_TEAMS]
    found: list[Block] = [ActionsBlock([choice(t("Another team"), ids.SETTINGS_TEAM, options)])]
    if len(teams) > MOST_TEAMS:
        found.append(note(t("For one that is not in the menu write `/cspm settings TEAM`.")))
    return found


def _neighbours(shown: Shown, t: Words) -> list[Block]:
    """What is set elsewhere."""
    of = value(team=shown.team_id)
    pause, label = (ids.DIGEST_RESUME, t("Resume the digest")) if shown.is_paused else (
        ids.DIGEST_PAUSE, t("Pause the digest"))  # fmt: skip
    return [
        buttons(
            Button(label, action_id=pause, value=of),
            Button(t("Change targets"), action_id=ids.KPI_TARGETS_CHANGE, value=shown.aims or value(
                team=shown.team_id, aims={})),
            Button(t("How escalations climb"), action_id=ids.SETTINGS_ESCALATIONS, value=of),
            Button(t("How reviews are drawn"), action_id=ids.SETTINGS_REVIEWS, value=of),
            Button(t("Scorecards"), action_id=ids.SETTINGS_SCORECARDS, value=of),
            Button(t("Detectors"), action_id=ids.RISK_DETECTORS, value=of),
            Button(t("How the team thanks"), action_id=ids.SETTINGS_KUDOS, value=of),
            Button(t("Names in the data"), action_id=ids.MATCHING_SHOW, value=of),
        )
    ]  # fmt: skip


def lines(shown: Shown, t: Words) -> dict[str, str]:
    """What stands, step by step, as mrkdwn."""
    language = LANGUAGE_NAMES[shown.language]
    return {
        "team": f"{escape(shown.team)} · {t('its channel reads {language}', language=language)}",
        "hours": f"{shown.timezone} · `{escape(shown.hours)}` · {_holidays(shown.holidays, t)}",
        "channel": reached(shown.channel, t) or t("None yet, so nothing is said to the team."),
        "people": "\n".join(_people(shown, t)),
        "figures": _figures(shown.figures, t),
        "targets": _targets(shown.targets, t),
        "digest": _digest(shown, t),
        COUNTING: "\n".join(_counting(shown, t)),
    }  # fmt: skip


def _holidays(code: str, t: Words) -> str:
    if not code:
        return t("no public holidays")
    return t("holidays of {country}", country=country_label(code, t.language))


def _people(shown: Shown, t: Words) -> list[str]:
    labels = {Role.LEAD: t("Leads"), Role.AGENT: t("Agents"), Role.QA_REVIEWER: t("QA reviewers")}
    crew = {label: shown.crew.get(role, ()) for role, label in labels.items()}
    return [
        t("{title}: {value}", title=label, value=names(who, t, FEW_NAMES, are_people=True) if who else t("none yet"))
        for label, who in crew.items()
    ]


def _figures(now: FiguresStep, t: Words) -> str:
    label = t(FIGURES[now.level][0])
    return f"{label} · {t('agreed by {who}', who=escape(now.agreed_by))}" if now.agreed_by else label


def _targets(now: TargetsStep, t: Words) -> str:
    reply, solve = [], []
    if now.first_response:
        reply.append(t("First reply within {length}", length=_length(now.first_response, now.clock, t)))
    if now.resolution:
        solve.append(t("Solved within {length}", length=_length(now.resolution, now.solving_clock or now.clock, t)))
    if not reply + solve:
        return t("None. Due times in the data count.")
    if not now.solving_clock:
        return _on_clock(reply + solve, now.clock, t)
    return " · ".join([_on_clock(reply, now.clock, t), _on_clock(solve, now.solving_clock, t)])


def _on_clock(told: Sequence[str], clock: str, t: Words) -> str:
    said = t("working hours") if clock == SlaClock.BUSINESS else t("every hour")
    return t("{targets} ({clock})", targets=" · ".join(told), clock=said)


def _length(typed: str, clock: str, t: Words) -> str:
    return lengths.told(lengths.length(typed), clock, t)


def _counting(shown: Shown, t: Words) -> list[str]:
    hours = t.n("{n} hour", "{n} hours", shown.stale_after)
    return [
        t("{title}: {value}", title=t("A first response begins"), value=t(RESPONSE_STARTS[shown.response_start])),
        t("{title}: {value}", title=t("Data is too old after"), value=hours),
    ]


def _digest(shown: Shown, t: Words) -> str:
    now = shown.digest
    days = t("on the team’s working days") if now.days is None else t("on chosen days of the week")
    said = t("{time} {days}", time=t.hour(now.at), days=days)
    return f"{said} · {t('paused')}" if shown.is_paused else said
