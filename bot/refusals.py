"""Every refusal of the core as a kind sentence with a way forward."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from cspm_core import errors

from .blocks import escape
from .kpi.own_words import bad_definition, guarded
from .qa.scorecard_names import bad_scorecard
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
PLANS: Mapping[str, str] = {
    "plan_setting": N_("There is no setting “{text}”. `cspm sample plan --team TEAM` shows those there are."),
    "plan_unit": N_("“{text}” is no unit: write each, percent or error."),
    "plan_strata": N_("“{text}” divides nothing: write agent, channel, category, with commas between."),
    "plan_prompted": N_("“{text}” prompts no review: write low_rating, escalation, breach, with commas between."),
    "plan_number": N_("“{text}” does not fit here. Choose a number that does."),
    "plan_switch": N_("“{text}” is neither yes nor no. Write yes or no."),
    "plan_seed": N_("“{text}” is no seed: write a whole number of 0 or more."),
    "plan_week": N_("“{text}” is no week that is over. Write one such as 2026-W47."),
    "pick_reason": N_("Choose a reason."),
    "pick_said": N_("Say in a few words why."),
}
"""What is wrong with a plan, a draw or a replacement."""
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
KUDOS: Mapping[str, str] = {
    "kudos_nobody": N_("Choose at least one colleague."),
    "kudos_oneself": N_("Somebody else has to thank you. Choose your colleagues."),
    "kudos_many": N_("Thank at most {text} at a time, so that each of them is meant."),
    "kudos_reason": N_("Say in a few words for what: that is what they will remember."),
    "kudos_values": N_("At most {text} values, each of at most 60 characters."),
    "kudos_allowance": N_("“{text}” does not fit: choose from 1 to 20."),
    "reward_name": N_("Say in at most 60 characters what it is."),
}
"""What is wrong with a thank-you or a reward."""
COACHING: Mapping[str, str] = {
    "talk_past": N_("That is over already. Choose a moment that lies ahead."),
    "talk_far": N_("That is more than a year away. Choose an earlier day."),
    "talk_not_free": N_("Not both of you are free then: one does not work, is away, or has another talk."),
    "nothing_said": N_("Say it in a few words."),
    "said_too_long": N_("“{text}” is too long. Say it in fewer words."),
    "not_of_talk": N_("Only the two of a talk promise something in it."),
    "day_past": N_("That day is over. Choose one that lies ahead."),
    "day_far": N_("That is more than a year away. Choose an earlier day."),
}
"""What is wrong with a talk, a note or a promise."""
DISPUTES: Mapping[str, str] = {
    "nothing_proposed": N_("Choose what would be right for at least one criterion, or tick “Not my ticket”."),
    "no_proposal": N_("That does not fit this criterion any more. Open the review again."),
    "say_why": N_("Say why in a few words."),
    "no_verdict": N_("Choose how you decide."),
    "no_part": N_("Choose which criteria you accept."),
    "not_a_part": N_("Those are all of them: choose “I accept it”, or fewer criteria."),
    "whose_ticket": N_("Choose a colleague whose ticket it was, or that it was nobody’s here."),
}
"""What is wrong with a dispute, or with how it is decided."""
CALIBRATIONS: Mapping[str, str] = {
    "calibration_no_contacts": N_("Name at least one conversation, or let some be drawn."),
    "calibration_many_contacts": N_("That makes {text} conversations; a calibration takes at most 10."),
    "calibration_foreign_contact": N_("{text} is no ticket of this team."),
    "calibration_no_agent": N_("Nobody is known to have worked on {text}. Choose another."),
    "calibration_reviewers": N_("Choose 2 to 40 of the team’s reviewers and leads: agreement takes two."),
    "calibration_late": N_("That is more than two months away. Choose an earlier day."),
    "calibration_over": N_("That day is over. Choose one that lies ahead."),
}
"""What is wrong with a calibration."""
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
        case errors.PickClosed(key=key):
            return t(
                "{key} is open no more: it was reviewed, replaced or taken. `/qa queue` shows what is open.", key=key
            )
        case errors.ReviewSent(key=key):
            return t(
                "Your review of {key} was sent already. What stands in it changes through a dispute only.", key=key
            )
        case errors.OwnTalk():
            return t("A talk takes two. Choose somebody of your team, or see yours with `/coach`.")
        case errors.TalkOver(held_at=held_at):
            return t("That talk was held already.") if held_at else t("That talk was cancelled. Plan another.")
        case errors.PromiseClosed():
            return t("That promise is closed already. “Reopen” undoes it.")
        case errors.Disputed(key=key):
            return t("You have disputed the review of {key} already. That is done once.", key=key)
        case errors.WindowOver(at=at, timezone=timezone) if at:
            return t("This review could be disputed until {moment}. Talk it over with your lead all the same.",
                     moment=t.clock(at, timezone))  # fmt: skip
        case errors.WindowOver():
            return t("This review can be disputed no more. Talk it over with your lead all the same.")
        case errors.Decided(by=by, at=at, timezone=timezone):
            moment = t.clock(at, timezone) if at else ""
            return t("{person} has decided it already, {moment}.", person=by, moment=moment)
        case errors.CalibrationOver():
            return t("This calibration has ended, so nobody can score in it any more.")
        case errors.CalibrationOpen(at=at, timezone=timezone):
            moment = t.clock(at, timezone)
            said = t("This calibration runs until {moment} at the latest.", moment=moment)
            return t.sentences(said, t("Then you all see how everybody scored."))
        case errors.Changed():
            return t("Somebody else changed it in the same moment. Look again, then press once more.")
        case errors.BadCode(is_formed=False):
            return t("That is no code of mine. It has eight letters and digits, as in 7KQM-2XPV.")
        case errors.BadCode() | errors.CodeExpired():  # in one sentence, so that nobody learns what was a code once
            return t("That code is not good. `cspm admin`, typed where the bot runs, prints a new one.")
        case errors.TooManyTries(until=until):
            return t(
                "Too many wrong codes were typed. Try again after {moment}.", moment=t.clock(until, "UTC") + " UTC"
            )
        case errors.Matched():
            return _said_meanwhile(refusal, t)
        case errors.Taken(name=name):
            return t("{name} exists already. Choose another name.", name=name)
        case errors.OwnHandover(to=to):
            if to:
                return t("You hand over yourself, so somebody else takes over: {person}, or a lead.", person=to)
            return t("You hand over yourself, so somebody else takes over: a lead, or whoever is on duty.")
        case errors.StillAway(person=person, until=until, timezone=timezone):
            moment = t.clock(until, timezone)
            return t("{person} is away until {moment}. “I am back” ends that.", person=person, moment=moment)
        case errors.BadScorecard():
            return bad_scorecard(refusal, t)
        case errors.BadDefinition():
            return bad_definition(refusal, t)
        case errors.Guarded():
            return guarded(refusal, t)
        case errors.BadCalendar():
            return t(CALENDARS[refusal.reason], file=refusal.file)
        case errors.NeedsQuality():
            return t("A goal of speed needs one of quality beside it.")
        case errors.NoBaseline():
            return t("There is no figure yet to get better than. Choose a value to reach instead.")
        case errors.NoBoard(team=team):
            return t("{team} has no board. A lead can switch it on: `/kudos settings`.", team=team)
        case errors.NothingLeft(allowance=allowance):
            return t.n(
                "You have given your thank-you of today. Tomorrow there is another.",
                "That is more than is left today: {n} a day, and what is left over does not add up.",
                allowance,
            )
        case errors.Invalid():
            return _invalid(refusal, t)
    return t("That is not possible.")


def _said_meanwhile(refusal: errors.Matched, t: Words) -> str:
    facts = {"name": refusal.name, "person": refusal.person, "by": refusal.by}
    if refusal.by and refusal.person:
        return t("{by} has said already that “{name}” is {person}.", **facts)
    if refusal.by:
        return t("{by} has said already that “{name}” is nobody of yours.", **facts)
    if refusal.person:
        return t("“{name}” is {person} by now.", **facts)
    return t("“{name}” stands as nobody of yours by now.", **facts)


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
        case errors.UnknownScorecard():
            said = t("There is no QA scorecard called “{name}”.", name=refusal.text)
        case errors.UnknownMember():
            said = t(
                "I do not know {name} yet. An operator can add people with `cspm import people`.", name=refusal.text
            )
        case errors.UnknownCrisis():
            said = t("That crisis is not there any more.")
        case errors.UnknownPulse():
            return t("Those questions are not there any more.")
        case errors.UnknownNote():
            return t("There is no such note for you.")
        case errors.UnknownPlan():
            return t("There is no such plan for you.")
        case errors.UnknownGoal():
            return t("That goal is not there any more.")
        case errors.UnknownHandover():
            said = t("That handover is not there any more.")
        case errors.UnknownPick():
            said = t("That is in nobody’s queue any more.")
        case errors.UnknownCalibration():
            said = t("That calibration is not there any more.")
        case errors.UnknownReview():
            said = t("That review is not there any more.")
        case errors.UnknownDispute():
            said = t("That dispute is not there any more.")
        case errors.UnknownContact():
            said = t("I found no ticket and no call “{name}” in the teams that you review.", name=refusal.text)
        case errors.UnknownTalk():
            said = t("That talk is not there any more.")
        case errors.UnknownPromise():
            said = t("That promise is not there any more.")
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
            return t(
                "There is no team yet. An admin can set one up in Slack: `/cspm setup`. An operator can add one: "
                "`cspm team add NAME --timezone ZONE`."
            )
        case errors.NoTeam():
            return t("You are in no team yet. Ask your lead or an admin to add you, or name one: `/kpi team NAME`.")
        case errors.NobodyReads(team=team):
            return t(
                "{team} has no lead in Slack yet who could read it, and nobody is admin. Tell them yourself, please.",
                team=team,
            )
        case errors.NoData(team=team):
            return t(
                "There are no tickets of {team} yet. A lead or an admin can drop an export (CSV) into the bot’s direct "
                "messages, or an operator loads it: `cspm import tickets FILE`.",
                team=team,
            )
        case errors.BeforeFirstDay(team=team, on=date() as day):
            return t("{team} gets digests from {day} on. The message of its first day came before.",
                     team=team, day=t.day(day))  # fmt: skip
        case errors.BeforeFirstDay(team=team):
            return t("{team} gets a message about its first data first. The digests begin on the day after.", team=team)
        case errors.DataEnded(team=team, at=at, timezone=timezone, month=month):
            return t(
                "The data of {team} ends {moment}: nothing is known of that period yet. A lead or an admin can drop a "
                "newer export (CSV) into the bot’s direct messages, or an operator loads it: `cspm import tickets "
                "FILE`. Or ask for an earlier period, such as `/kpi team {team} {month}`.",
                team=team,
                month=month,
                moment=t.clock(at, timezone),
            )
        case errors.NoTeamOf(person=person):
            return t("{person} is in no team today. An operator can change that: `cspm import people`.", person=person)
        case errors.NotInChannel():
            return t("I am not in this channel yet. Invite me with `/invite`, then share again.")
        case errors.NoAgentOf(key=key):
            return t("Nobody is known to have worked on {key}, so there is nobody to review.", key=key)
        case errors.NoScorecard(team=team):
            return t("{team} has no scorecard yet. A lead adds one with `/qa scorecards`.", team=team)
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
        case errors.PersonFiguresClosed(person=person, team=team, level="lead"):
            return t(
                "In {team} figures about one person are for that person and the team’s leads, so none are shown about "
                "{person}.",
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
        case errors.NotReviewer(team=team) if team:
            return t("Contacts of {team} are reviewed by its reviewers and leads.", team=team)
        case errors.NotReviewer():
            return t("Reviews are made by a team’s reviewers and leads, and you are neither in any team.")
        case errors.NotYourReview(reviewer=reviewer) if reviewer:
            return t("That is a review by {reviewer}, who alone writes on it.", reviewer=reviewer)
        case errors.NotYourReview():
            return t("That is somebody else’s review, who alone writes on it.")
        case errors.OwnWork(key=key):
            return t("{key} is your own work, and nobody reviews their own. Ask another reviewer.", key=key)
        case errors.OwnName(name=name):
            return t(
                "Whether “{name}” is you, somebody else has to say: another lead, an admin, or an operator with "
                "`cspm people match`.",
                name=name,
            )
        case errors.NotYourTalk():
            return t("A talk and its promises are for its two people alone.")
        case errors.ReviewClosed():
            return t("A review is for whose work it is, for who made it, and for who decides about it.")
        case errors.NotYourDispute(leads=leads) if leads:
            return t("That lies with the reviewer, and after some days with the leads: {names}.",
                     names=t.join(list(leads)))  # fmt: skip
        case errors.NotYourDispute():
            return t("That lies with the reviewer, and after some days with the leads of the team.")
        case errors.FewPeople(team=team):
            return t(
                "Figures about fewer than five people are for their own team, so I cannot show you those of {team}.",
                team=team,
            )
        case errors.NotShareable():
            return t(
                "Figures about one person, or fewer than five, are not shared into a channel. "
                "You can keep them for yourself."
            )
        case errors.NotYours():
            return _not_yours(refusal, t)
        case errors.NotForYou(leads=leads) if leads:
            return t("That is for the lead of the team: {names}.", names=t.join(list(leads)))
        case errors.NotAdmin(admins=admins) if admins:
            return t("That is for the bot’s admins: {names}. They can do it for you.", names=t.join(list(admins)))
        case errors.NotAdmin():
            return t(
                "This bot has no admin yet. Whoever runs it has a code for the first one: `/cspm admin CODE` makes "
                "you the admin."
            )
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
    if refusal.reason in CALIBRATIONS:
        return t(CALIBRATIONS[refusal.reason], text=refusal.text)
    if refusal.reason in CRISES:
        return t(CRISES[refusal.reason], text=refusal.text)
    if refusal.reason in KUDOS:
        return t(KUDOS[refusal.reason], text=refusal.text)
    if refusal.reason in COACHING:
        return t(COACHING[refusal.reason], text=refusal.text)
    if refusal.reason in DISPUTES:
        return t(DISPUTES[refusal.reason], text=refusal.text)
    if refusal.reason in DUTY:
        return t(DUTY[refusal.reason], text=refusal.text)
    if refusal.reason in PLANS:
        return t(PLANS[refusal.reason], text=refusal.text)
    if refusal.reason in DETECTORS:
        return t(DETECTORS[refusal.reason], text=refusal.text)
    said = t("“{text}” does not fit {field}.", text=refusal.text, field=refusal.field)
    if refusal.nearest:
        return t.sentences(said, t("Did you mean “{nearest}”?", nearest=refusal.nearest))
    return said
