"""Every refusal of the core as a kind sentence with a way forward."""

from __future__ import annotations

import re

from cspm_core import errors

from .blocks import escape
from .words import Words

MENTION = re.compile(r"&lt;(@[A-Z0-9]+)&gt;")


def mrkdwn(refusal: errors.Refusal, t: Words) -> str:
    """The same sentence inside Slack's markup: names and typed words stand as they are, people are mentioned."""
    return MENTION.sub(r"<\1>", escape(sentence(refusal, t)))


def sentence(refusal: errors.Refusal, t: Words) -> str:
    """What to say when something is declined. Falls back to a plain no."""
    match refusal:
        case errors.Unknown():
            return _unknown(refusal, t)
        case errors.NotBegun(text=text):
            return t("“{text}” has not begun yet. Ask for a period that has, such as `this week`.", text=text)
        case errors.Missing():
            return _missing(refusal, t)
        case errors.NotAllowed():
            return _not_allowed(refusal, t)
        case errors.Taken(name=name):
            return t("{name} exists already. Choose another name.", name=name)
        case errors.Invalid():
            return _invalid(refusal, t)
    return t("That is not possible.")


def _unknown(refusal: errors.Unknown, t: Words) -> str:
    match refusal:
        case errors.UnknownTeam():
            said = t("There is no team called “{name}”.", name=refusal.text)
        case errors.UnknownMetric():
            said = t("There is no figure called “{name}”.", name=refusal.text)
        case errors.UnknownPeriod():
            said = t("“{text}” is not a period I know. Try `last week`, `7d` or `2026-10`.", text=refusal.text)
        case errors.UnknownMember():
            said = t(
                "I do not know {name} yet. An operator can add people with `cspm import people`.", name=refusal.text
            )
        case _:
            said = t("There is no “{name}”.", name=refusal.text)
    if refusal.nearest:
        return t.sentences(said, t("Did you mean “{nearest}”?", nearest=refusal.nearest))
    if refusal.known:
        return t.sentences(said, t("There are: {names}.", names=t.join(list(refusal.known))))
    return said


def _missing(refusal: errors.Missing, t: Words) -> str:
    match refusal:
        case errors.NoTeams():
            return t("There is no team yet. An operator can add one: `cspm team add NAME --timezone ZONE`.")
        case errors.NoTeam():
            return t("You are in no team yet. Ask your lead or an admin to add you, or name one: `/kpi team NAME`.")
        case errors.NoData(team=team):
            return t(
                "There are no tickets of {team} yet. An operator can load an export: `cspm import tickets FILE`.",
                team=team,
            )
        case errors.DataEnded(team=team, at=at, timezone=timezone):
            return t(
                "The data of {team} ends {moment}: nothing is known of that period yet. Load a newer export with "
                "`cspm import tickets FILE`, or ask for an earlier period, such as `/kpi team {team} last week`.",
                team=team,
                moment=t.clock(at, timezone),
            )
        case errors.NoTeamOf(person=person):
            return t("{person} is in no team today. An operator can change that: `cspm import people`.", person=person)
        case errors.NotInChannel():
            return t("I am not in this channel yet. Invite me with `/invite`, then share again.")
        case errors.SeveralWorkspaces(known=known):
            return t("There are several workspaces: {names}. Name one with --workspace.", names=t.join(list(known)))
    return t("The database is new. Run `cspm migrate` first.")


def _not_allowed(refusal: errors.NotAllowed, t: Words) -> str:
    match refusal:
        case errors.NotYourTeam(team=team):
            return t(
                "The figures of {team} are for its own people, admins and executives. Ask its lead to add you.",
                team=team,
            )
        case errors.PersonFiguresClosed(person=person, team=team, level="nobody"):
            return t(
                "{team} has agreed that nobody sees figures about one person, so none are shown about {person}.",
                person=person,
                team=team,
            )
        case errors.PersonFiguresClosed(person=person, team=team):
            return t(
                "In {team} figures about one person are for that person alone, so none are shown about {person}. "
                "The team can agree otherwise.",
                person=person,
                team=team,
            )
        case errors.NotShareable():
            return t(
                "Figures about one person, or fewer than five, are not shared into a channel. "
                "You can keep them for yourself."
            )
        case errors.NotForYou(leads=leads) if leads:
            return t("That is for the lead of the team: {names}.", names=t.join(list(leads)))
    return t("That is for the lead of the team or an admin.")


def _invalid(refusal: errors.Invalid, t: Words) -> str:
    said = t("“{text}” does not fit {field}.", text=refusal.text, field=refusal.field)
    if refusal.nearest:
        return t.sentences(said, t("Did you mean “{nearest}”?", nearest=refusal.nearest))
    return said
