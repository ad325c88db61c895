"""Keeping who is in a team: everybody chosen is met in Slack, joins or leaves, and who cannot is named."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from sqlmodel import Session

from cspm_core import people, setup
from cspm_core.people import Member, Role, Team

from ..asking import Ask
from ..blocks import escape
from ..escalations import fields
from ..uploads.reports import names
from . import pages, reaching
from .pages import Place
from .people_forms import AGENTS, GROUP, ROLES
from .reaching import Asked
from .saving import Mend, Saved, written

Users = Mapping[str, Sequence[str]]
MOST_NAMED = 5


def crew(ask: Ask, place: Place) -> Saved:
    """Who was added joins, who was taken out leaves; what somebody else changed meanwhile stays. Raises Mend."""
    until = time.monotonic() + reaching.PATIENCE_S
    chosen = {block_id: fields.users(ask, block_id) for block_id in ROLES}
    grouped = _group(ask, fields.chosen(ask, GROUP))
    now = _now(ask, place)  # of a very large team it stands for who stood in the menus, too
    before = {block_id: list(place.base[block_id]) if place.base else now[block_id] for block_id in ROLES}
    joining = {block_id: [one for one in users if one not in before[block_id]] for block_id, users in chosen.items()}
    leaving = {block_id: [one for one in before[block_id] if one not in chosen[block_id]] for block_id in ROLES}
    joining[AGENTS] += [one for one in grouped if one not in before[AGENTS] and one not in joining[AGENTS]]
    leaving[AGENTS] = [one for one in leaving[AGENTS] if one not in grouped]
    fresh = (one for block_id, users in joining.items() for one in users if one not in now[block_id])
    asked = reaching.about(ask, list(dict.fromkeys(fresh)), until)
    if wrong := _wrong(ask, chosen, asked):
        raise Mend(wrong)
    written(ask, place, lambda session, team: _change(session, ask, team, joining, leaving, asked))
    said = (*_said(ask, asked), *_unled(ask, place))
    return Saved(int(place.team_id or 0), stays=bool(asked.silent), said=said)


def _unled(ask: Ask, place: Place) -> list[str]:
    """That nobody leads the team any more, and what follows; a setup says so at its end."""
    assert place.team_id is not None
    with ask.glancing() as session:
        team = people.team(session, ask.workspace_id, place.team_id)
        if place.is_setup or setup.crew(session, team, ask.now.date())[Role.LEAD]:
            return []
    return [
        ask.t(
            "{team} has no lead now. Its escalations climb on to its managers, or to the admins where it has none.",
            team=escape(team.name),
        )
    ]


def _group(ask: Ask, group: str) -> list[str]:
    if not group:
        return []
    found = reaching.members(ask, group)
    if found is None:
        raise Mend({GROUP: ask.t("Slack did not tell who is in that group. Try again in a minute, or choose people.")})
    if not found:
        raise Mend({GROUP: ask.t("Nobody is in that group. Choose another one, or choose people.")})
    return found


def _now(ask: Ask, place: Place) -> dict[str, list[str]]:
    """Who is in the team by now, whoever stood in the menus when they were opened."""
    assert place.team_id is not None
    with ask.glancing() as session:
        return pages.slack_users(session, ask, pages.led(session, ask, place.team_id))


def _wrong(ask: Ask, chosen: Users, asked: Asked) -> dict[str, str]:
    """Bots and deactivated accounts among those who were picked one by one, beside the field they stand in."""
    found = {}
    for block_id, users in chosen.items():
        bots = [asked.bots[one] for one in users if one in asked.bots]
        gone = [asked.gone[one] for one in users if one in asked.gone]
        if bots:
            found[block_id] = ask.t("{names}: that is a bot, not a person. Take it out.", names=ask.t.join(bots))
        elif gone:
            found[block_id] = ask.t("{names}: that account is deactivated in Slack. Take it out.",
                                    names=ask.t.join(gone))  # fmt: skip
    return found


def _change(session: Session, ask: Ask, team: Team, joining: Users, leaving: Users, asked: Asked) -> None:
    for user, profile in asked.known.items():
        people.meet(session, ask.workspace_id, user, profile, now=ask.now)
    for block_id, role in ROLES.items():
        arrived = _members(session, ask, [one for one in joining[block_id] if one in asked.known])
        setup.shift_crew(session, team, role, arrived, _members(session, ask, leaving[block_id]), now=ask.now)


def _members(session: Session, ask: Ask, users: Sequence[str]) -> list[Member]:
    found = [people.member_by_slack(session, ask.workspace_id, one) for one in users]
    return [one for one in found if one]


def _said(ask: Ask, asked: Asked) -> list[str]:
    """Who of a group did not become an agent, and whom Slack did not tell about in time."""
    t, found = ask.t, []
    if asked.bots:
        found.append(t("Left out, since they are bots: {names}.", names=names(asked.bots.values(), t, MOST_NAMED)))
    if asked.gone:
        found.append(
            t(
                "Left out, since their accounts are deactivated: {names}.",
                names=names(asked.gone.values(), t, MOST_NAMED, are_people=True),
            )
        )
    if asked.silent:
        found.append(t.n("Slack did not tell about {n} person in time. Everybody else is in. Send this again in a "
                         "moment for the rest.",
                         "Slack did not tell about {n} people in time. Everybody else is in. Send this again in a "
                         "moment for the rest.", len(asked.silent)))  # fmt: skip
    return found
