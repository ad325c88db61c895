"""Reading what a step of a setup shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from cspm_core import digests, errors, kpi, people, setup, tickets
from cspm_core.people import Role, Team
from cspm_core.tickets import SlaClock, SlaTarget

from ..asking import Ask
from ..blocks import Drawing, value
from ..kpi.names import name_of
from . import aim_forms, lengths, people_forms, step_forms, zones
from .aim_forms import TARGETS, CountingStep, TargetsStep
from .forms import Frame
from .names import COUNTING
from .people_forms import ROLES, FiguresStep, PeopleStep
from .step_forms import HoursStep, TeamStep

MOST_CARRIED = 2_600
"""Characters of what a modal carries of its own, so that the whole stays below Slack's 3,000."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of which team. `url`: where the message stands whose button opened it; `base`: who stood in the menus
    of people when the page was first shown, which what is chosen in it is held against."""

    step: str
    is_setup: bool
    team_id: int | None
    url: str = ""
    base: Mapping[str, Sequence[str]] | None = None


def led(session: Session, ask: Ask, team_id: int) -> Team:
    """A team that the asker leads, or looks after as an admin. Raises NotForYou with the leads' names."""
    team = people.team(session, ask.workspace_id, team_id)
    if not ask.asker(session).leads(team.id):
        leads = people.members_of(session, team, ask.now.date(), Role.LEAD)
        raise errors.NotForYou([lead.name for lead in leads])
    return team


def may_begin(session: Session, ask: Ask) -> bool:
    """Whether the asker looks after the whole workspace."""
    return ask.asker(session).everywhere is Role.ADMIN


def is_admin(session: Session, ask: Ask) -> None:
    """Raises NotAdmin with the admins' names for anybody else."""
    if not may_begin(session, ask):
        raise errors.NotAdmin([one.name for one in setup.admins(session, ask.workspace_id)])


def allowed(ask: Ask, place: Place) -> None:
    """Raises NotAdmin where a new team, NotForYou where a team's page is not the asker's to change."""
    with ask.glancing() as session:
        if place.team_id is None:
            is_admin(session, ask)
        else:
            led(session, ask, place.team_id)


def filled(session: Session, ask: Ask, team: Team, place: Place, said: Sequence[str]) -> Drawing | None:
    """One page with what the store knows; None for the two about which Slack is asked too."""
    users = slack_users(session, ask, team) if place.step == "people" else {}
    base = place.base or users
    carried = {"base": base} if users and len(value(**base)) < MOST_CARRIED else {}
    around = frame(place, team.name, said, carried)
    match place.step:
        case "team":
            return step_forms.team(around, TeamStep(team.name, team.language), ask.t)
        case "hours":
            return step_forms.hours(around, _hours(session, ask, team), ask.t)
        case "people":
            return people_forms.people(around, PeopleStep(users, _elsewhere(session, ask, team)), ask.t)
        case "figures":
            return people_forms.figures(around, figures_step(session, team), ask.t)
        case "targets":
            return aim_forms.targets(around, targets_step(tickets.slas(session, team)), ask.t)
        case "digest":
            return aim_forms.digest(around, digests.settings(team), ask.t)
        case step if step == COUNTING:
            return aim_forms.counting(around, _counting(session, ask, team), ask.t)
    return None


def frame(place: Place, team: str, said: Sequence[str], carried: Mapping[str, object] | None = None) -> Frame:
    """What stands around a page, and what the modal carries."""
    private = value(team=place.team_id, step=place.step, setup=place.is_setup, url=place.url, **(carried or {}))
    return Frame(place.step, place.is_setup, place.team_id, team, private, tuple(said))


def first(ask: Ask, place: Place, said: Sequence[str]) -> Drawing:
    """The first page of a team that does not exist yet."""
    return step_forms.team(frame(place, "", said), TeamStep("", ask.t.language), ask.t)


def _hours(session: Session, ask: Ask, team: Team) -> HoursStep:
    found, code = setup.of(session, team), team.holidays
    if not code and found and "hours" not in setup.done(found.steps_done):
        code = zones.country_of(team.timezone)
    country = (zones.country_label(code, ask.t.language), code) if code else None
    return HoursStep((zones.zone_label(team.timezone, ask.now), team.timezone), team.hours, country)


def slack_users(session: Session, ask: Ask, team: Team) -> dict[str, list[str]]:
    """Who stands in which menu of the people's page, by block id."""
    crew = setup.crew(session, team, ask.now.date())
    return {
        block_id: [one.slack_user_id for one in crew[role] if one.slack_user_id] for block_id, role in ROLES.items()
    }


def _elsewhere(session: Session, ask: Ask, team: Team) -> tuple[str, ...]:
    """Names of those who cannot stand in a menu of Slack's."""
    crew = setup.crew(session, team, ask.now.date()).values()
    names = {one.name for several in crew for one in several if not one.slack_user_id}
    return tuple(sorted(names, key=people.fold))


def figures_step(session: Session, team: Team) -> FiguresStep:
    """What is agreed about figures of one person."""
    agreed = people.agreements(session, team)
    return FiguresStep(team.person_figures, agreed[-1].agreed_by if agreed else "")


def targets_step(rows: Sequence[SlaTarget]) -> TargetsStep:
    """The targets for every priority as they are typed, and how many there are beside them."""
    general = {row.metric: row for row in rows if not row.priority}
    said = {
        block_id: lengths.spelled(general[metric].seconds, general[metric].clock) if metric in general else ""
        for block_id, metric in TARGETS.items()
    }
    clocks = [general[metric].clock for metric in TARGETS.values() if metric in general]
    clock = clocks[0] if clocks else SlaClock.BUSINESS.value
    other = clocks[-1] if clocks and clocks[-1] != clock else ""
    reply, solve = said[aim_forms.FIRST_RESPONSE], said[aim_forms.RESOLUTION]
    return TargetsStep(reply, solve, clock, len(rows) - len(general), other)


def _counting(session: Session, ask: Ask, team: Team) -> CountingStep:
    every = kpi.catalogue_of(session, team, with_hidden=True)
    return CountingStep(
        team.response_start,
        team.transfers_counted,
        team.service_level_s,
        team.short_abandon_s,
        team.abandoned_in_time,
        team.stale_after_hours,
        {key: name_of(metric, ask.t) for key, metric in every.items()},
        tuple(team.hidden_metrics.split(",")),
    )
