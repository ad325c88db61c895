"""Whose names somebody may look at, and the page they see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from cspm_core import errors, matching, people
from cspm_core.people import Asker, Member, Role, Team

from ..asking import Ask
from ..blocks import Drawing
from ..escalations import fields
from ..samples.listeners import say_in_place
from ..speaking import speak
from . import known_views, views
from .views import Said

NAMES, KNOWN = "names", "known"


def led(session: Session, ask: Ask, team_id: int = 0, name: str = "") -> list[Team]:
    """The teams for whose names the asker speaks: the one wanted, else all. Raises NoTeams, NotForYou, UnknownTeam."""
    asker, every = ask.asker(session), people.teams(session, ask.workspace_id)
    if not every:
        raise errors.NoTeams
    wanted = every
    if name:
        wanted = [people.team_named(session, ask.workspace_id, name)]
    elif team_id:
        wanted = [people.team(session, ask.workspace_id, team_id)]
    found = [team for team in wanted if asker.leads(team.id)]
    if not found:
        own = [team for team in wanted if team.id in asker.team_ids] or wanted
        raise errors.NotForYou(leads(session, ask, own))
    return found


def leads(session: Session, ask: Ask, teams: Sequence[Team]) -> list[str]:
    """Who leads these teams, by name."""
    found = [one for team in teams for one in people.members_of(session, team, ask.now.date(), Role.LEAD)]
    return list(dict.fromkeys(one.name for one in found))


def allowed(session: Session, ask: Ask, identity_id: int) -> tuple[Asker, list[int]]:
    """Who says whose name it is, and the teams (ids) they speak for. Raises NotForYou."""
    asker, every = ask.asker(session), people.teams(session, ask.workspace_id)
    if not matching.may_match(session, ask.workspace_id, identity_id, asker, every):
        its = matching.teams_of(session, ask.workspace_id, identity_id, [team.id for team in every])
        raise errors.NotForYou(leads(session, ask, [team for team in every if team.id in its]))
    return asker, [team.id for team in every if asker.leads(team.id)]


def page(ask: Ask, team_id: int, at: int = 0, said: Said | None = None, *, name: str = "") -> Drawing:
    """Names that match nobody, each with the likeliest person. Raises as `led`."""
    with ask.reading() as session:
        teams = led(session, ask, team_id, name)
        is_open = matching.has_unmatched(session, ask.workspace_id)
    heard = None
    if is_open:
        client = ask.runtime.client(ask.workspace_id)
        heard = ask.runtime.colleagues.of(client, ask.workspace_id, real_now=ask.runtime.real_now())
    with ask.reading() as session:
        ours = [team.id for team in teams]
        strangers = heard.people if heard else ()
        rows = matching.unmatched(session, ask.workspace_id, among=ours, strangers=strangers)
        shown = views.Shown(
            rows,
            {team.id: team.name for team in teams},
            _zone(session, ask, teams),
            team=teams[0].name if team_id or name else "",
            team_id=teams[0].id if team_id or name else 0,
            page=_within(at, len(rows)),
            is_any_known=matching.is_any_known(session, ask.workspace_id),
            heard_slack=heard.is_whole if heard else True,
            data_at=matching.last_data_at(session, ask.workspace_id, ours),
            said=said,
        )
    return views.names(shown, ask.t)


def known(ask: Ask, team_id: int, at: int = 0, said: Said | None = None) -> Drawing:
    """What was said of names before. Raises as `led`."""
    with ask.reading() as session:
        teams = led(session, ask, team_id)
        rows = matching.known(session, ask.workspace_id, [team.id for team in teams])
        shown = known_views.KnownShown(rows, _zone(session, ask, teams), team_id, _within(at, len(rows)), said)
    return known_views.known(shown, ask.t)


def drawn(ask: Ask, place: dict[str, Any], said: Said | None = None) -> Drawing:
    """The page on which something was pressed."""
    draw = known if place.get("v") == KNOWN else page
    return draw(ask, int(place.get("t") or 0), int(place.get("p") or 0), said)


def again(ask: Ask, drawing: Drawing, url: str) -> None:
    """Where the page stands; in direct messages where its address is good no more."""
    try:
        speak(ask.runtime, ask.workspace_id, drawing, ask.t, lambda d: say_in_place(url, d))
    except (SlackApiError, ValueError):  # good for half an hour; ValueError: there is none
        ask.tell(drawing)


def address(ask: Ask) -> str:
    """Where the message can be said again in which something was pressed."""
    return str(ask.slack.body.get("response_url") or "")


def meet(ask: Ask, slack_user: str) -> Member | None:
    """Somebody in Slack as a person of ours; None where Slack does not say who that is."""
    fields.met(ask, slack_user)
    with ask.glancing() as session:
        return people.member_by_slack(session, ask.workspace_id, slack_user)


def _within(at: int, rows: int) -> int:
    """Of what is left after a press there may be fewer pages."""
    return max(0, min(at, (rows - 1) // views.PAGE))


def _zone(session: Session, ask: Ask, teams: Sequence[Team]) -> str:
    person = people.member_by_slack(session, ask.workspace_id, ask.user)
    return (person.timezone if person else None) or teams[0].timezone
