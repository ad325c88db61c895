"""`/kudos`: thank somebody; and the buttons and modals around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from slack_bolt import App, Args
from sqlmodel import Session

from cspm_core import errors, people, receipts, recognition
from cspm_core.calendars import local_day
from cspm_core.people import Member, Team
from cspm_core.recognition.rules import LONGEST_REASON

from .. import at_once, ids
from ..asking import Ask
from ..blocks import Drawing, value
from ..escalations import fields, inputs
from ..kpi import answers
from ..listening import form, later, listener, menu, opener
from ..slash import named
from . import forms, names, views
from .vocabulary import SUBCOMMANDS

BOARD_DAYS = 28
USER = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


def register(app: App) -> None:
    app.command(named("kudos"))(command)
    app.action(ids.KUDOS_GIVE)(begin)
    app.options(ids.KUDOS_TEAM)(find_teams)
    app.view(ids.KUDOS_FORM)(give)
    app.view(ids.KUDOS_SETTINGS_FORM)(settle)
    app.action(ids.REWARD_LIST)(ask_list)
    app.view(ids.REWARD_LIST_FORM)(change_list)
    app.action(ids.REWARD_GRANT)(ask_grant)
    app.view(ids.REWARD_GRANT_FORM)(grant)


def command(args: Args) -> None:
    """Thanking opens a modal at once; the rest takes the time it takes."""
    about = understood(str((args.command or {}).get("text") or ""))
    if about is None:
        begin_typed(args)
    elif about == "settings":
        ask_settings(args)
    else:
        show(args)


def understood(text: str) -> str | None:
    """Which subcommand; None: somebody is thanked."""
    said = people.fold(text)
    for about, spellings in SUBCOMMANDS.items():
        if any(said == one or said.startswith(one + " ") for one in spellings):
            return about
    return None


@listener
def show(ask: Ask) -> None:
    """A subcommand, with a team's name after it or not."""
    about = understood(ask.text) or "help"
    rest = " ".join(ask.text.split()[1:])
    SHOWN[about](ask, rest)


@opener
def begin_typed(ask: Ask) -> None:
    """The modal, with whoever was mentioned and what was written after them."""
    users = USER.findall(ask.text)
    open_form(ask, users=users, reason=" ".join(USER.sub(" ", ask.text).split()))


@opener
def begin(ask: Ask) -> None:
    """An empty modal; or for somebody and something that a suggestion names."""
    told = ask.pressed()
    open_form(ask, users=[told["user"]] if told.get("user") else [], reason=str(told.get("reason") or ""))


def open_form(ask: Ask, *, users: list[str], reason: str) -> None:
    """Ask for whom and for what. Raises NoTeam."""
    with ask.glancing() as session:
        giver = _giver(session, ask)
        teams = {one.id: one.name for one in _own_teams(session, ask)}
        team = answers.team_asked(session, ask, "")
        team_id = team.id if team.id in teams else next(iter(teams))
        own = people.team(session, ask.workspace_id, team_id)
        settled = recognition.settings(session, own)
        day = local_day(ask.now, giver.timezone or own.timezone)
        left = recognition.left_today(session, ask.workspace_id, giver.id, day, settled.allowance)
        words = names.values(settled.team_values, ask.t)
    private = value(team=team_id)
    ask.opens(
        forms.give(team_id, teams, words, left, settled.allowance, private, ask.t, users=users,
                   reason=reason[:LONGEST_REASON])
    )  # fmt: skip


@menu
def find_teams(ask: Ask) -> list[Drawing]:
    """Where somebody is in many teams: those whose names hold what was typed."""
    typed = people.fold(ask.slack.body["value"])
    with ask.glancing() as session:
        own = {one.id: one.name for one in _own_teams(session, ask)}
    return inputs.offered_teams({i: name for i, name in own.items() if typed in people.fold(name)})


@form
def give(ask: Ask) -> dict[str, str] | None:
    """Written down before the modal closes, once for each modal; then it stands in the channel."""
    users = fields.users(ask, forms.TO)
    for one in users:
        fields.met(ask, one)
    with ask.writing() as session:
        team_id = int(fields.chosen(ask, forms.TEAM) or fields.carried(ask)["team"])
        team = people.team(session, ask.workspace_id, team_id)
        giver = _giver(session, ask)
        if not ask.asker(session).may_see_team(team.id):
            raise errors.NotYourTeam(team.name)
        if not receipts.first_time(session, ask.workspace_id, f"kudos:{ask.view_id}", now=ask.now):
            return None
        known = [fields.person(session, ask, one) for one in users]
        if None in known:
            return {forms.TO: ask.t("I have not met one of them yet. Ask them to open my Home tab once.")}
        settled = recognition.settings(session, team)
        chosen = fields.chosen(ask, forms.VALUE)
        word = names.values(settled.team_values, ask.t)[int(chosen)] if chosen else ""
        recognition.give(
            session, team, giver, [one for one in known if one], fields.text(ask, forms.REASON), value=word, now=ask.now
        )
    later(ask.slack, "kudos.given", lambda: _deliver(ask))
    return None


def _deliver(ask: Ask) -> None:
    at_once.deliver(ask.runtime)


def _mine(ask: Ask, words: str) -> None:  # noqa: ARG001
    with ask.reading() as session:
        person = _giver(session, ask)
        team = answers.team_asked(session, ask, "")
        settled = recognition.settings(session, team)
        zone = person.timezone or team.timezone
        left = recognition.left_today(session, ask.workspace_id, person.id, local_day(ask.now, zone), settled.allowance)
        given = recognition.given_to(session, ask.workspace_id, person.id)
        granted = [
            views.Granted(name, by, one.at, one.reason)
            for one, name, by in recognition.grants_to(session, ask.workspace_id, person.id)
        ]
    ask.answer(views.mine(views.Mine(given, granted, left, settled.allowance, zone), ask.t))


def _board(ask: Ask, words: str) -> None:
    with ask.reading() as session:
        team = answers.team_asked(session, ask, words)
        if not recognition.settings(session, team).has_board:
            raise errors.NoBoard(team.name)
        places = recognition.board(session, team, ask.now - timedelta(days=BOARD_DAYS), ask.now)
    ask.answer(views.board(places, team.name, BOARD_DAYS, ask.t))


def _rewards(ask: Ask, words: str) -> None:
    with ask.reading() as session:
        team = answers.team_asked(session, ask, words)
        every = [(one.id, one.name) for one in recognition.rewards(session, team)]
        may = ask.asker(session).coaches(team.id)
    ask.answer(views.rewards(views.Rewards(team.id, team.name, every, may), ask.t))


def _help(ask: Ask, words: str) -> None:  # noqa: ARG001
    ask.answer(views.help_text(ask.t))


SHOWN: Mapping[str, Callable[[Ask, str], None]] = {
    "mine": _mine,
    "board": _board,
    "rewards": _rewards,
    "help": _help,
}


@opener
def ask_settings(ask: Ask) -> None:
    """How the team thanks, for its leads."""
    open_settings(ask, " ".join(ask.text.split()[1:]))


def open_settings(ask: Ask, name: str) -> None:
    """The same for the team named, else the asker's own. Raises NotForYou, Refusal."""
    with ask.glancing() as session:
        team = _led(session, ask, answers.team_asked(session, ask, name).id)
        settled = recognition.settings(session, team)
    ask.opens(
        forms.settings(team.name, settled.allowance, settled.team_values, settled.has_board, settled.thanks_weekly,
                       value(team=team.id), ask.t)
    )  # fmt: skip


@form
def settle(ask: Ask) -> dict[str, str] | None:
    """All of it at once; saying it twice changes nothing."""
    on = fields.chosen_many(ask, forms.SWITCHES)
    with ask.writing() as session:
        team = _led(session, ask, int(fields.carried(ask)["team"]))
        recognition.change_settings(
            session,
            team,
            allowance=int(fields.chosen(ask, forms.ALLOWANCE)),
            team_values=fields.text(ask, forms.VALUES).splitlines(),
            has_board=forms.BOARD in on,
            thanks_weekly=forms.WEEKLY in on,
            now=ask.now,
        )
    return None


@opener
def ask_list(ask: Ask) -> None:
    """What may be granted, for the team's leads."""
    with ask.glancing() as session:
        team = _led(session, ask, int(ask.pressed()["team"]))
        every = [one.name for one in recognition.rewards(session, team)]
    ask.opens(forms.reward_list(team.name, every, value(team=team.id), ask.t))


@form
def change_list(ask: Ask) -> dict[str, str] | None:
    """The list as it was typed: new lines are offered, missing ones withdrawn."""
    wanted = [" ".join(line.split()) for line in fields.text(ask, forms.REWARDS).splitlines() if line.strip()]
    with ask.writing() as session:
        team = _led(session, ask, int(fields.carried(ask)["team"]))
        for one in recognition.rewards(session, team):
            if one.name_key not in {people.fold(name) for name in wanted}:
                recognition.withdraw(session, team, one.id)
        for name in wanted:
            recognition.offer(session, team, name, now=ask.now)
    return None


@opener
def ask_grant(ask: Ask) -> None:
    """To whom? For the team's leads."""
    told = ask.pressed()
    with ask.glancing() as session:
        team = people.team(session, ask.workspace_id, int(told["team"]))
        _coached(session, ask, team)
        names_by_id = {one.id: one.name for one in recognition.rewards(session, team)}
    if int(told["reward"]) not in names_by_id:
        raise errors.Changed
    ask.opens(forms.grant(names_by_id[int(told["reward"])], value(**told), ask.t))


@form
def grant(ask: Ask) -> dict[str, str] | None:
    """Recorded, and whoever gets it is told."""
    told, user = fields.carried(ask), fields.user(ask, forms.PERSON)
    if not user:
        return {forms.PERSON: ask.t("Choose a person.")}
    fields.met(ask, user)
    with ask.writing() as session:
        team = people.team(session, ask.workspace_id, int(told["team"]))
        _coached(session, ask, team)
        to = fields.person(session, ask, user)
        if to is None:
            return {forms.PERSON: ask.t("I have not met this person yet. Ask them to open my Home tab once.")}
        if not receipts.first_time(session, ask.workspace_id, f"reward:{ask.view_id}", now=ask.now):
            return None
        recognition.grant(
            session, team, int(told["reward"]), to, ask.asker(session), fields.text(ask, forms.REASON), now=ask.now
        )
    later(ask.slack, "reward.granted", lambda: _deliver(ask))
    return None


def _giver(session: Session, ask: Ask) -> Member:
    person = people.member_by_slack(session, ask.workspace_id, ask.user)
    if person is None:
        raise errors.NoTeam
    return person


def _own_teams(session: Session, ask: Ask) -> list[Team]:
    asker = ask.asker(session)
    own = [one for one in people.teams(session, ask.workspace_id) if one.id in asker.team_ids]
    if not own:
        raise errors.NoTeam
    return own


def _led(session: Session, ask: Ask, team_id: int) -> Team:
    """A team that the asker leads, or looks after as an admin. Raises NotForYou."""
    team = people.team(session, ask.workspace_id, team_id)
    if not ask.asker(session).leads(team.id):
        raise errors.NotForYou(_leads(session, ask, team))
    return team


def _coached(session: Session, ask: Ask, team: Team) -> None:
    if not ask.asker(session).coaches(team.id):
        raise errors.NotForYou(_leads(session, ask, team))


def _leads(session: Session, ask: Ask, team: Team) -> list[str]:
    return [one.name for one in people.members_of(session, team, ask.now.date(), people.Role.LEAD)]
