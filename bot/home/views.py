"""Home as people see it. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    CheckboxGroup,
    DividerBlock,
    HeaderBlock,
    SectionBlock,
    StaticSelectMenu,
)

from cspm_core.goals import Progress
from cspm_core.privacy import Weeks
from cspm_core.today import Today

from ..blocks import Drawing, escape, home, note, option
from ..door import views as door_views
from ..goals import views as goal_views
from ..ids import HOME_KPI, HOME_LANGUAGE, HOME_REACH, SETUP_OPEN
from ..kpi import views as kpi_views
from ..privacy import views as privacy_views
from ..today import views as today_views
from ..words import LANGUAGES, N_, Words
from . import escalation_views

LANGUAGE_NAMES = {"en": "English", "zh_TW": "繁體中文", "nl": "Nederlands", "ko": "한국어"}
"""Each in itself, so that everybody finds their own."""

REACHES = {
    "digest_copy": N_("The team’s morning digest, as a direct message too"),
    "hears_failures": N_("A message when my team’s digest could not be delivered"),
}


SOON = {
    "lead": N_(
        "Then the team’s week stands here, with the way from each figure to its tickets; above it, what waits for you."
    ),
    "agent": N_("Then the team’s week stands here; above it, what waits for you, such as reviews and promises."),
    "stranger": N_("Once you are in a team, its week stands here, and what waits for you."),
}
"""What somebody new will find on Home, by what they are."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person has chosen. `language` None: as Slack says."""

    language: str | None
    reaches: Mapping[str, bool]
    digest_at: str = ""
    looks: Weeks | None = None
    """Who looked at what concerns this person; None: they are in no team."""


def front(
    week: kpi_views.Shown | None,
    why_not: str,
    settings: Settings | None,
    t: Words,
    waiting: escalation_views.Shown | None = None,
    today: tuple[Today, datetime] | None = None,
    goals: Sequence[Progress] = (),
    *,
    is_admin_missing: bool = False,
    may_begin: bool = False,
) -> Drawing:
    """What waits for me; how escalations stand; the door; my team's week, or why there is none and what to do; then my
    settings, where we know each other. `today`: as of an instant; `may_begin`: there is no team, and they may set one
    up."""
    blocks: list[Block] = [*today_views.section(today[0], t, today[1]), DividerBlock()] if today else []
    if standing := escalation_views.section(waiting, t) if waiting else []:
        blocks += [*standing, DividerBlock()]
    blocks += [*door_views.section(t, is_admin_missing=is_admin_missing), DividerBlock()]
    if week:
        blocks += kpi_views.summary(week, t)
        blocks.append(ActionsBlock([Button(t("Send it to my messages"), action_id=HOME_KPI, value="week")]))
    else:
        blocks += [HeaderBlock(t("Welcome")), SectionBlock(why_not)]
        if may_begin:
            begin = Button(t("Set up a team"), action_id=SETUP_OPEN, value="{}", style="primary")
            blocks.append(ActionsBlock([begin]))
    if goals:
        lines = [f"🎯 {escape(goal_views.line(one, t))}" for one in goals]
        blocks += [HeaderBlock(t("Goals")), SectionBlock("\n".join(lines)[:3_000])]
    if settings:
        blocks += [DividerBlock(), *_settings(settings, t)]
    return home(*blocks)


def _settings(settings: Settings, t: Words) -> list[Block]:
    languages = [option(t("As in Slack"), "slack"), *(option(LANGUAGE_NAMES[key], key) for key in LANGUAGES)]
    chosen = next(option for option in languages if option.value == (settings.language or "slack"))
    reaches = [option(t(label), key) for key, label in REACHES.items()]
    on = [option for option in reaches if settings.reaches.get(option.value)]
    blocks: list[Block] = [
        HeaderBlock(t("My settings")),
        SectionBlock(
            t("*Language* in which I speak to you"),
            accessory=StaticSelectMenu(HOME_LANGUAGE, languages, initial_option=chosen),
        ),
        SectionBlock(t("*What reaches me*")),
        ActionsBlock([CheckboxGroup(action_id=HOME_REACH, options=reaches, initial_options=on or None)]),
    ]
    if settings.digest_at:
        blocks.append(note(t("The digest comes at {time}, your team’s time.", time=t.hour(settings.digest_at))))
    if settings.looks:
        blocks.append(privacy_views.section(settings.looks, t))
    return blocks
