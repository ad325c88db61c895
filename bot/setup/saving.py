"""Keeping what was said in a step: checked, written into the team at once, and once for each time it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from cspm_core import digests, errors, people, receipts, setup
from cspm_core.people import PersonFigures, Team
from cspm_core.people.settings import team_settings

from ..asking import Ask
from ..escalations import fields
from . import pages, people_forms, reaching, step_forms, zones
from .pages import Place
from .step_forms import Reach
from .team_settings import named


@dataclass(frozen=True, slots=True)
class Saved:
    """Which team that is now; whether the same page stays, and what is said on the next."""

    team_id: int
    stays: bool = False
    said: tuple[str, ...] = ()


class Mend(Exception):
    """Something in the form does not fit: sentences by block id."""

    def __init__(self, wrong: dict[str, str]) -> None:
        super().__init__()
        self.wrong = wrong


Change = Callable[[Session, Team], None]


def written(ask: Ask, place: Place, change: Change) -> Team:
    """Change the team, once for each time the form is sent, and remember the step. Raises NotForYou."""
    assert place.team_id is not None
    with ask.writing() as session:
        pages.led(session, ask, place.team_id)
        team = setup.held(session, ask.workspace_id, place.team_id)
        if receipts.first_time(session, ask.workspace_id, sent(ask), now=ask.now):
            change(session, team)
            if place.step in setup.STEPS:
                setup.reach(session, team, place.step)
    return team


def sent(ask: Ask) -> str:
    """The key of this sending: the same modal shows many pages, each with a hash of its own."""
    view = ask.slack.view or {}
    return f"setup:{view['id']}:{view.get('hash', '')}"


def team(ask: Ask, place: Place) -> Saved:
    """Name and language; the first time they make the team."""
    name = named(fields.text(ask, step_forms.NAME), step_forms.NAME)
    language = fields.chosen(ask, step_forms.LANGUAGE)
    try:
        if place.team_id is None:
            return Saved(_begun(ask, name, language).id)
        written(ask, place, lambda session, one: _named(session, ask, one, name, language))
    except errors.Taken as taken:
        raise Mend({step_forms.NAME: ask.t("There is a team called {name} already. Choose another name.",
                                           name=taken.name)}) from None  # fmt: skip
    return Saved(place.team_id)


def _begun(ask: Ask, name: str, language: str) -> Team:
    """A new team in the asker's own zone until it is said which. Raises NotAdmin, Taken."""
    with ask.writing() as session:
        pages.is_admin(session, ask)
        if not receipts.first_time(session, ask.workspace_id, sent(ask), now=ask.now):
            return people.team_named(session, ask.workspace_id, name)
        asker = people.member_by_slack(session, ask.workspace_id, ask.user)
        assert asker is not None
        begun = setup.begin(
            session, ask.workspace_id, name, by=asker.id, now=ask.now, timezone=_zone(asker.timezone), language=language
        )
        setup.reach(session, begun, setup.STEPS[0])
        return begun


def _zone(told: str | None) -> str:
    try:
        return str(team_settings({"timezone": told or "UTC"})["timezone"])
    except errors.Invalid:
        return "UTC"


def _named(session: Session, ask: Ask, one: Team, name: str, language: str) -> None:
    setup.rename(session, one, name)
    digests.change(session, one, now=ask.now, language=language)


def hours(ask: Ask, place: Place) -> Saved:
    """Zone, working hours, holidays. Raises Invalid."""
    said = {
        step_forms.TIMEZONE: fields.chosen(ask, step_forms.TIMEZONE),
        step_forms.HOURS: fields.text(ask, step_forms.HOURS),
        step_forms.HOLIDAYS: fields.chosen(ask, step_forms.HOLIDAYS) or zones.NO_HOLIDAYS,
    }
    columns = team_settings(said)
    written(ask, place, lambda session, one: digests.change(session, one, now=ask.now, **columns))
    return Saved(int(place.team_id or 0))


def channel(ask: Ask, place: Place) -> Saved:
    """Where the team hears from us. Where we are not there, that is said once before it goes on."""
    chosen = fields.conversation(ask, step_forms.CHANNEL)
    assert place.team_id is not None
    with ask.glancing() as session:
        before = pages.led(session, ask, place.team_id).channel
    if not chosen and not place.is_setup:
        raise Mend({step_forms.CHANNEL: ask.t("Choose a channel.")})
    if not chosen:  # it may come later; a name that an operator gave stands in no menu, and stays
        written(ask, place, _as_it_is)
        return Saved(place.team_id)
    found = reaching.channel(ask, chosen)
    if found.reach is Reach.ARCHIVED:
        raise Mend({step_forms.CHANNEL: ask.t("That channel is archived. Choose another.")})
    written(ask, place, lambda session, one: digests.change(session, one, now=ask.now, channel=chosen))
    return Saved(place.team_id, stays=chosen != before and found.reach is not Reach.IN)


def _as_it_is(session: Session, one: Team) -> None:
    """A step in which nothing was changed is done all the same."""


def figures(ask: Ask, place: Place) -> Saved:
    """Who may see figures about one person, and who agreed to it; written down when something of it is new."""
    level = fields.chosen(ask, people_forms.LEVEL)
    by = fields.text(ask, people_forms.AGREED_BY)
    if level == PersonFigures.LEAD and not by:
        raise Mend({people_forms.AGREED_BY: ask.t("Say who agreed to it: the leads see one person’s figures only "
                                                  "where the team has agreed.")})  # fmt: skip

    def change(session: Session, one: Team) -> None:
        agreed = people.agreements(session, one)
        last = agreed[-1].agreed_by if agreed else ""
        who = by or ask.asker(session).name
        if level != one.person_figures or (by and by != last):
            people.agree_on_person_figures(session, one, level, who, now=ask.now)

    written(ask, place, change)
    return Saved(int(place.team_id or 0))


def end(ask: Ask, place: Place) -> Saved:
    """The team is ready."""

    def change(session: Session, one: Team) -> None:
        setup.finish(session, one, now=ask.now)

    written(ask, place, change)
    return Saved(int(place.team_id or 0))


SAVED: Mapping[str, Callable[[Ask, Place], Saved]] = {
    "team": team,
    "hours": hours,
    "channel": channel,
    "figures": figures,
    "end": end,
}
