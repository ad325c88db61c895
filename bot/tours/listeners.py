"""`/cspm tour`: opening a tour, getting on with it, leaving it at any step."""

from __future__ import annotations

import secrets
from dataclasses import replace

import structlog
from slack_bolt import App
from sqlmodel import Session

from cspm_core import errors, people, tours
from cspm_core.people import Asker, Role, Team

from .. import ids
from ..asking import Ask
from ..listening import later, opener
from ..refusals import mrkdwn
from . import views
from .found import STEPS
from .shown import Standing
from .sights import Declined, Nothing, Shown
from .views import Page
from .vocabulary import role_in

log = structlog.get_logger(__name__)


def register(app: App) -> None:
    app.action(ids.TOUR_OPEN)(begin)
    app.action(ids.TOUR_NEXT)(go)
    app.action(ids.TOUR_BACK)(go)
    app.action(ids.TOUR_ROLE)(choose)


@opener
def begin(ask: Ask) -> None:
    """From a button, which may name a role."""
    open_tour(ask, str(ask.pressed().get("role") or ""))


def open_tour(ask: Ask, words: str) -> None:
    """The tour of the role named, else the one they left last, else that of their highest role: as a modal, where they
    left it, that fills a moment later. Raises NoTeam, NoTeams."""
    with ask.glancing() as session:
        asker = ask.asker(session)
        roles, member_id = _roles(session, ask, asker), _member_id(asker)
        wanted = role_in(words)
        left = tours.left_last(session, ask.workspace_id, member_id, roles)
        role = wanted if wanted and wanted in roles else left or roles[0]
        step = tours.begun_at(role, tours.progress(session, ask.workspace_id, member_id, role))
        team = _team(session, ask, asker, role)
    said = ask.t("That tour is for others. This one is yours.") if words.strip() and wanted not in roles else ""
    page = Page(role, step, team=_named(team, role), roles=roles, said=said)
    shown = Standing.opened(ask, views.page(page, ask.t))
    if shown is None:
        return
    with ask.writing() as session:
        tours.open(session, ask.workspace_id, member_id, role, now=ask.now)
    later(ask.slack, "tours.fill", lambda: _fill(ask, shown, page))


@opener
def go(ask: Ask) -> None:
    """On to another step, or back; after the last, the end."""
    pressed = ask.pressed()
    _show(ask, Role(str(pressed["role"])), str(pressed["step"]))


@opener
def choose(ask: Ask) -> None:
    """The tour of another role of one's own, where it was left."""
    role = Role(ask.carried)
    with ask.glancing() as session:
        member_id = _member_id(ask.asker(session))
        step = tours.begun_at(role, tours.progress(session, ask.workspace_id, member_id, role))
    _show(ask, role, step)


def _show(ask: Ask, role: Role, step: str) -> None:
    """At once without the team's data, then with it; their own highest tour where the role is theirs no longer.
    Raises NoTeam."""
    shown = Standing.pressed(ask)
    with ask.glancing() as session:
        asker = ask.asker(session)
        roles, member_id = _roles(session, ask, asker), _member_id(asker)
        if role not in roles or step not in ("", *tours.STEPS[role]):
            role, step = roles[0], tours.STEPS[roles[0]][0]
        team = _team(session, ask, asker, role)
    if not step:
        shown.shows(views.end(role, ask.t, roles))
        with ask.writing() as session:
            tours.end(session, ask.workspace_id, member_id, role, now=ask.now)
        return
    page = Page(role, step, team=_named(team, role), roles=roles)
    if shown.shows(views.page(page, ask.t)):
        with ask.writing() as session:
            tours.reach(session, ask.workspace_id, member_id, role, step, now=ask.now)
        later(ask.slack, "tours.fill", lambda: _fill(ask, shown, page))


def _fill(ask: Ask, shown: Standing, page: Page) -> None:
    """The same page with the team's own data, as far as the asker may see it."""
    try:
        with ask.reading() as session:
            team = _team(session, ask, ask.asker(session), page.role)
            found = STEPS[page.step](session, ask, team)
    except errors.NoData:
        found = Shown(Nothing())
    except errors.Refusal as refusal:
        found = Shown(Declined(mrkdwn(refusal, ask.t)))
    except Exception as error:
        found = Shown(Declined(_accident(ask, page, error)))
    shown.shows(views.page(replace(page, shown=found), ask.t))


def _accident(ask: Ask, page: Page, error: Exception) -> str:
    reference = secrets.token_hex(3)
    log.error("step not shown", step=page.step, reference=reference, error=type(error).__name__, exc_info=error)
    return ask.t(
        "Something broke on our side. Try again; if it stays, tell your admin the reference {ref}.", ref=reference
    )


def _roles(session: Session, ask: Ask, asker: Asker) -> tuple[Role, ...]:
    """The roles that the asker has tours of. Raises NoTeam, or NoTeams where there is none to be in."""
    roles = tours.roles_of(asker)
    if not roles or asker.member_id is None:
        raise errors.NoTeam if people.teams(session, ask.workspace_id) else errors.NoTeams
    return roles


def _member_id(asker: Asker) -> int:
    if asker.member_id is None:
        raise errors.NoTeam
    return asker.member_id


def _team(session: Session, ask: Ask, asker: Asker, role: Role) -> Team | None:
    """Whose data a tour shows: a team in which the asker has the role, the last they asked for before others; who
    looks after all may have none."""
    every = people.teams(session, ask.workspace_id)
    own = [one for one in every if role in people.EVERYWHERE or (one.id, role) in asker.roles]
    return next((one for one in own if one.id == asker.last_team_id), own[0] if own else None)


def _named(team: Team | None, role: Role) -> str:
    """Whose tour it is; of who looks after all teams it is none's."""
    return "" if team is None or role is Role.ADMIN else team.name
