"""Every refusal of the core as a kind sentence with a way forward."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cspm_core import errors

from .blocks import escape
from .kpi.own_words import bad_definition, guarded
from .words import N_, Words

CALENDARS: Mapping[str, str] = {
    "unreadable": N_("{file} is no calendar that I can read. Export it again as an iCalendar file (.ics)."),
    "too_large": N_("{file} is larger than 10 MB. Export fewer calendars or a shorter time, and import that."),
    "too_many": N_("{file} holds more than 50,000 events within a year. Export fewer calendars, and import that."),
    "empty": N_("{file} holds no events from the past month on. Export the calendar that has the shifts."),
}
"""Why nothing of a calendar could be read."""
DUTY: Mapping[str, str] = {
    "ends_first": N_("The end must come after the beginning."),
    "over": N_("That is over already. Choose an end that lies ahead."),
    "too_long": N_("That is longer than a year. Choose an earlier end."),
    "same_person": N_("Choose two different people."),
    "no_moment": N_("Choose a day and a time."),
    "members": N_('Name each person once who takes turns, in their order, for example `"Ada King" "Mina Park"`.'),
    "turn_days": N_("“{text}” is no length of a turn: write a number of days from 1 to 366."),
    "duty_clock": N_("“{text}” is no clock: write working or always."),
}
"""What is wrong with a turn, a swap or an absence."""
DETECTORS: Mapping[str, str] = {
    "detector": N_("There is no detector “{text}”. `cspm detector list TEAM` shows those there are."),
    "setting": N_("“{text}” is no setting of this detector. Write SETTING=VALUE, such as share=90."),
    "number": N_("“{text}” is no whole number."),
    "words": N_("Name at most 20, with commas between."),
}
"""What is wrong with a detector's settings."""
CRISES: Mapping[str, str] = {
    "plan_owner": N_("I do not know who “{text}” is. Write lead, on duty, manager or a name before the colon."),
    "plan_task": N_("A line of the checklist says nothing."),
    "plan_tasks": N_("A checklist has 1 to 15 lines; this one has {text}."),
    "plan_every": N_("{text} minutes do not fit: choose from 5 to 1,440 between updates."),
    "plan_unreadable": N_("{text} is no plan that I can read. `cspm crisis plan show TEAM` prints one that is."),
    "too_long": N_("“{text}” is too long. Say it in fewer words."),
    "not_met": N_("I have not met this person yet. Choose somebody else, or ask them to open my Home tab once."),
}
"""What is wrong with a crisis plan, a review or a handover."""
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
        case errors.Over(number=number, by=by):
            return _over(number, by, t)
        case errors.Changed():
            return t("Somebody else changed it in the same moment. Look again, then press once more.")
        case errors.Taken(name=name):
            return t("{name} exists already. Choose another name.", name=name)
        case errors.OwnHandover(to=to):
            if to:
                return t("You hand over yourself, so somebody else takes over: {person}, or a lead.", person=to)
            return t("You hand over yourself, so somebody else takes over: a lead, or whoever is on duty.")
        case errors.StillAway(person=person, until=until, timezone=timezone):
            moment = t.clock(until, timezone)
            return t("{person} is away until {moment}. “I am back” ends that.", person=person, moment=moment)
        case errors.BadDefinition():
            return bad_definition(refusal, t)
        case errors.Guarded():
            return guarded(refusal, t)
        case errors.BadCalendar():
            return t(CALENDARS[refusal.reason], file=refusal.file)
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
        case errors.UnknownEscalation():
            said = t("There is no escalation {name}. `/escalate list` shows those there are.", name=refusal.text)
        case errors.UnknownMember():
            said = t(
                "I do not know {name} yet. An operator can add people with `cspm import people`.", name=refusal.text
            )
        case errors.UnknownCrisis():
            said = t("That crisis is not there any more.")
        case errors.UnknownHandover():
            said = t("That handover is not there any more.")
        case errors.UnknownHook():
            said = t("No other system has a key called “{name}”.", name=refusal.text)
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
        case errors.NoHooksSecret():
            return t(
                "Other systems can send nothing yet, since HOOKS_SECRET is empty. Put a long random text of at least "
                "32 characters into the environment or .env, for example what `openssl rand -hex 32` prints, and "
                "restart the bot."
            )
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
        case errors.PeopleClosed(team=team):
            return t(
                "{team} has not agreed that its lead sees figures about one person, so nobody is set beside the "
                "others. The team can agree otherwise.",
                team=team,
            )
        case errors.NotOfTeam(team=team):
            return t("That is for the people of {team}. Ask its lead to add you.", team=team)
        case errors.NotShareable():
            return t(
                "Figures about one person, or fewer than five, are not shared into a channel. "
                "You can keep them for yourself."
            )
        case errors.NotYours():
            return _not_yours(refusal, t)
        case errors.NotForYou(leads=leads) if leads:
            return t("That is for the lead of the team: {names}.", names=t.join(list(leads)))
    return t("That is for the lead of the team or an admin.")


def _over(number: int, by: str, t: Words) -> str:
    if by:
        return t("E{number} was resolved by {person}. If it is not over, reopen it from its menu.",
                 number=number, person=by)  # fmt: skip
    return t("E{number} is resolved. If it is not over, reopen it from its menu.", number=number)


def _not_yours(refusal: errors.NotYours, t: Words) -> str:
    """Who has it, and who else could."""
    leads = t.join(list(refusal.leads))
    told = {"number": refusal.number, "owner": refusal.owner, "leads": leads}
    if refusal.owner and refusal.leads:
        return t("{owner} has E{number}. {owner} or a lead can do that: {leads}.", **told)
    if refusal.owner:
        return t("{owner} has E{number}, and can do that.", **told)
    if refusal.leads:
        return t("E{number} is for the people of its team. Its lead can help: {leads}.", **told)
    return t("E{number} is for the people of its team.", **told)


def _invalid(refusal: errors.Invalid, t: Words) -> str:
    if refusal.reason == "hook_name":
        return t(
            "“{text}” cannot be the name of a key, since it travels in a header: use up to 50 letters a–z, digits, "
            "dots, - and _.",
            text=refusal.text,
        )
    if refusal.reason in CRISES:
        return t(CRISES[refusal.reason], text=refusal.text)
    if refusal.reason in DUTY:
        return t(DUTY[refusal.reason], text=refusal.text)
    if refusal.reason in DETECTORS:
        return t(DETECTORS[refusal.reason], text=refusal.text)
    said = t("“{text}” does not fit {field}.", text=refusal.text, field=refusal.field)
    if refusal.nearest:
        return t.sentences(said, t("Did you mean “{nearest}”?", nearest=refusal.nearest))
    return said
