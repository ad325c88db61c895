"""A page of a setup, whole, with what Slack says of the channel; and a team with all its settings."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from cspm_core import digests, kpi, people, setup, tickets, tours
from cspm_core.metrics import Better
from cspm_core.people import Member, Team

from ..asking import Ask
from ..blocks import Drawing
from ..kpi import target_forms
from ..tours import views as tour_views
from . import end_views, pages, reaching, step_forms
from .pages import Place
from .settings_views import Shown


def drawn(ask: Ask, place: Place, *said: str, channel: str = "") -> Drawing:
    """One page, as things stand now; with the channel that was just chosen. Raises NotForYou, NotAdmin."""
    with ask.glancing() as session:
        if place.team_id is None:
            pages.is_admin(session, ask)
            return pages.first(ask, place, said)
        team = pages.led(session, ask, place.team_id)
        page = pages.filled(session, ask, team, place, said)
    if page:
        return page
    around = pages.frame(place, team.name, said)
    if place.step == "channel":  # Slack is asked with nothing held open
        return step_forms.channel(around, reaching.channel(ask, channel or team.channel), ask.t)
    return end_views.end(around, shown(ask, team.id), ask.t)


def shown(ask: Ask, team_id: int, said: str = "", patience_s: float | None = None) -> Shown:
    """A team with all its settings; `patience_s`: how long Slack may take to tell of its channel. Raises NotForYou."""
    with ask.glancing() as session:
        team = pages.led(session, ask, team_id)
        asker = ask.asker(session)
        every = {one.id: one.name for one in people.teams(session, ask.workspace_id) if asker.leads(one.id)}
        crew = setup.crew(session, team, ask.now.date())
        figures, counted = pages.figures_step(session, team), tickets.tickets_of(session, team)
        targets = pages.targets_step(tickets.slas(session, team))
        aims, opened = _aims(session, team), tours.opened(session, team, now=ask.now)
    others = {key: name for key, name in every.items() if key != team.id}
    return Shown(
        team.id,
        team.name,
        team.language,
        team.timezone,
        team.hours,
        team.holidays,
        reaching.channel(ask, team.channel, patience_s),
        {role: _names(several) for role, several in crew.items()},
        figures,
        targets,
        digests.settings(team),
        team.response_start,
        team.stale_after_hours,
        counted,
        is_paused=team.digest_paused_until is not None and team.digest_paused_until > ask.now,
        aims=aims,
        teams=others,
        said=said,
        tour=tour_views.line(opened, ask.t) if opened else "",
    )


def _aims(session: Session, team: Team) -> str:
    """What the button to the team's targets carries: the figures that it sees and that have a direction."""
    every = kpi.catalogue_of(session, team).values()
    aims = tuple(target_forms.Aim(one, None, None, None) for one in every if one.better is not Better.NEITHER)
    return target_forms.carried(target_forms.Aims(team.id, team.name, team.timezone, aims))


def _names(several: Sequence[Member]) -> list[str]:
    return [one.name for one in several]
