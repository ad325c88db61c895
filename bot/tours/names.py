"""Each step of a tour in words: what it is called, what it says, and the real thing that can be tried from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cspm_core.people import Role

from .. import ids
from ..words import N_

ON_TOP = N_("It opens on top of the tour; close it, and you are back here.")
AS_MESSAGE = N_("The answer comes in your direct messages with me. The tour stays open.")


@dataclass(frozen=True, slots=True)
class Step:
    """`words`: two to four sentences. `later`: what will stand there, and when, where there is nothing yet. `label`
    and `action`: what can be tried; empty: nothing. `comes`: where the answer is found."""

    headline: str
    words: str
    later: str = ""
    label: str = ""
    action: str = ""
    comes: str = AS_MESSAGE


TOURS: Mapping[Role, str] = {
    Role.ADMIN: N_("The tour for admins"),
    Role.EXECUTIVE: N_("The tour for executives"),
    Role.MANAGER: N_("The tour for managers"),
    Role.LEAD: N_("The tour for team leads"),
    Role.QA_REVIEWER: N_("The tour for reviewers"),
    Role.AGENT: N_("The tour for agents"),
}

OF_DATA = N_("The figures stand here as soon as the first export is loaded. Drop its file into your direct messages "
             "with me, or ask an admin to.")  # fmt: skip

STEPS: Mapping[str, Step] = {
    "figures": Step(
        N_("Your team’s figures"),
        N_("`/kpi` answers in any channel, for you alone, until you share it. Each figure says how many tickets it "
           "rests on, and how far the data reaches. Speed never stands without quality beside it."),
        OF_DATA,
        N_("Show me all of it"),
        ids.KPI_PERIOD,
    ),
    "behind": Step(
        N_("Behind a number"),
        N_("No figure is a dead end: under each answer you find the tickets that make it, the worst first, each with "
           "a link into your help desk. From a ticket you can review it or escalate it. The whole list comes as a "
           "file if you want it."),
        N_("As soon as the first export is loaded, one of your own tickets stands here."),
        N_("Show me the tickets"),
        ids.KPI_TICKETS,
    ),
    "digest": Step(
        N_("The morning digest"),
        N_("Once a day I say in your channel how yesterday went and what waits. Where the data is old or nothing is "
           "new, I say that instead of old figures. You can move it, or pause it for a while."),
        label=N_("Change when it comes"),
        action=ids.DIGEST_SETTINGS,
        comes=ON_TOP,
    ),
    "escalations": Step(
        N_("Escalations"),
        N_("What cannot wait is written down first and told after, and it goes from one person to the next until "
           "somebody presses “I take it”. This is what would happen if something of severity 2 came in right now. "
           "Nothing is raised by looking."),
        label=N_("Show who is on duty"),
        action=ids.DUTY_SHOW,
    ),
    "reviews": Step(
        N_("Reviews"),
        N_("Each week a random sample of solved tickets is drawn, so that nobody picks favourites, and shared among "
           "the reviewers. Agents read their reviews, and may disagree. A score over few reviews says how sure it "
           "is."),
        N_("Nothing was drawn for your team yet. With a scorecard and a plan, `/qa settings`, the first sample stands "
           "here the week after."),
        N_("Show me the scores"),
        ids.QA_HELP_SCORES,
    ),
    "coaching": Step(
        N_("Coaching"),
        N_("A talk opens with what was promised in the last one. A promise may name a figure, and afterwards I say "
           "whether it moved, and how sure that is. What waits for you in coaching stands here."),
        N_("No talk and no promise waits for you. `/coach @agent` opens the first talk, and what comes of it stands "
           "here."),
        N_("Show my talks"),
        ids.COACH_MINE,
    ),
    "fairness": Step(
        N_("Fair to people"),
        N_("Your team decides who may see figures about one person. Every look at somebody’s figures is written down, "
           "and that person can read who looked. Nothing about fewer than five people goes into a channel."),
        label=N_("What is known about me"),
        action=ids.PRIVACY_SHOW,
    ),
    "where": Step(
        N_("Where everything is"),
        N_("You need to remember one word: `/cspm`. It shows everything you can do here, and Home, behind my name, "
           "begins with what waits for you. `/cspm tour` brings you back to this tour."),
        label=N_("Open the door"),
        action=ids.DOOR_SHOW,
    ),
    "compare": Step(
        N_("Teams beside each other"),
        N_("Two teams seldom get the same work. `/kpi compare` shows them as they are, and once more as if both had "
           "the same mix of topics, channels and languages, and says where the difference may be chance. There is no "
           "ranking of people."),
        N_("With a second team that you may see, and its first export, both stand here."),
    ),
    "signals": Step(
        N_("Signal or noise"),
        N_("Figures go up and down by chance. I mark one only where its days leave what was usual for it, or stay on "
           "one side of it for nine days. No mark means: nothing that chance does not explain."),
        N_("After 12 days of data I can tell what is usual, and marks appear here."),
        N_("Show me the chart"),
        ids.KPI_PERIOD,
    ),
    "own_figures": Step(
        N_("Your own figures"),
        N_("`/kpi me` shows your figures beside the middle half of your team, never a rank. What rests on few tickets "
           "says so, and below five nothing is shown. Nobody is told that you looked."),
        N_("Your figures stand here as soon as the first export is loaded and your name in it is matched to you. Your "
           "lead can do both."),
        N_("Show me all of it"),
        ids.KPI_PERIOD,
    ),
    "stored": Step(
        N_("What is stored about you"),
        N_("Your tickets and ratings as the help desk tells them, reviews of your work, talks with shared notes, "
           "promises, goals, kudos and absences. What you answer in a pulse is kept without your name. You can have "
           "all of it as a file, at any time, without asking anybody."),
        label=N_("Send me my file"),
        action=ids.PRIVACY_RECORD,
    ),
    "looked": Step(
        N_("Who looked"),
        N_("Whenever somebody looks at your figures, it is written down, and you can read it. Once a week I tell you "
           "by myself, if anybody did."),
        N_("Nobody has looked at your figures in the last four weeks."),
        N_("Show me the whole log"),
        ids.PRIVACY_SHOW,
    ),
    "escalate": Step(
        N_("Call for help"),
        N_("A customer who cannot wait is no private matter: `/escalate`, or “Escalate this message” under a "
           "message’s three dots. You say in a sentence what it is, I find who can help, and stay with it until "
           "somebody has it."),
        label=N_("Look at the form"),
        action=ids.ESCALATE_BUTTON,
        comes=ON_TOP,
    ),
    "kudos": Step(
        N_("Thank a colleague"),
        N_("`/kudos @colleague` and for what: the reason is the gift. Everybody has a few a day, and they cannot be "
           "saved up."),
        label=N_("Thank somebody"),
        action=ids.KUDOS_GIVE,
        comes=ON_TOP,
    ),
    "goals": Step(
        N_("Goals"),
        N_("A goal about you counts only once you have agreed to it. A goal for speed always has one for quality "
           "beside it. You may propose one yourself."),
        N_("You have no goal, and neither has your team. Once one is agreed on, it stands here with how far it is."),
        N_("Propose a goal"),
        ids.GOAL_NEW,
        ON_TOP,
    ),
    "today": Step(
        N_("What waits for you"),
        N_("Everything that waits for you is in one list, the gravest first: reviews, promises, talks, escalations. "
           "It is the first thing on Home, and `/cspm today` shows it anywhere."),
        N_("Nothing waits for you right now. When something does, it stands here."),
        N_("Show my list"),
        ids.TODAY_SHOW,
    ),
    "queue": Step(
        N_("Your queue"),
        N_("Each week’s sample is drawn at random and shared among the reviewers. A ticket can be replaced by another, "
           "with a reason, and that is counted. A review that you began waits for you where you left it."),
        N_("Nothing is in your queue. After the next draw your tickets stand here."),
        N_("Show my queue"),
        ids.QA_HELP_QUEUE,
    ),
    "scorecard": Step(
        N_("What is scored"),
        N_("A review follows your team’s scorecard. What does not apply is left out of the score. When the scorecard "
           "changes, the reviews made with it before keep the version they had."),
        N_("Your team has no scorecard yet. Once a lead has made one with `/qa scorecards`, its criteria stand here."),
        N_("Show the scorecard"),
        ids.QA_HELP_SCORECARDS,
    ),
    "calibration": Step(
        N_("Calibration"),
        N_("Now and then all reviewers score the same tickets, without seeing each other’s scores. Afterwards you see "
           "together where you agree and where not, with chance taken out. None of it counts for any agent."),
        N_("No round is open for you. When one is, it stands here, and I remind you."),
        N_("Show the rounds"),
        ids.QA_HELP_CALIBRATE,
    ),
    "disputes": Step(
        N_("When an agent disagrees"),
        N_("An agent may say which scores they see differently, and why. Whoever decides accepts it, accepts a part or "
           "keeps it, with a reason, before the date. What was scored first stays readable."),
        N_("No disagreement waits for your decision. When one does, it stands here, and I tell you."),
        N_("Look at the first"),
        ids.DISPUTE_DECIDE,
        ON_TOP,
    ),
    "setup": Step(
        N_("Your teams"),
        N_("A team needs a channel, its people, its hours and an export. Each can be changed later, and a setup that "
           "was left goes on where it was."),
        N_("There is no team yet. The first takes about ten minutes."),
        N_("Set up a team"),
        ids.SETUP_OPEN,
        ON_TOP,
    ),
    "names": Step(
        N_("Names in the data"),
        N_("Figures about a person need to know who “j.smith” is. I suggest the likeliest person, and somebody who "
           "knows confirms it with a tap. What matches nobody still counts for the team."),
        label=N_("Show the names"),
        action=ids.MATCHING_SHOW,
    ),
    "doctor": Step(
        N_("Is everything well?"),
        N_("The doctor looks at tokens, channels, the clock, the database, the schedule and the age of the data. Each "
           "finding says what to do. If something is silent, look here first."),
        label=N_("Ask the doctor"),
        action=ids.DOCTOR_SHOW,
    ),
    "settings": Step(
        N_("Settings"),
        N_("Hours, zone, language, channel, digest, people: a lead changes them for their team, you for every team. "
           "New working hours apply to tickets that are there already; they are counted anew."),
        N_("Once there is a team, what was settled for it stands here."),
        N_("Show the settings"),
        ids.SETTINGS_SHOW,
    ),
    "duties": Step(
        N_("What you answer for"),
        N_("Being an admin gives you no right to anybody’s figures. Who may see them is agreed with the team, and it "
           "is written down with whom and when. Whoever wants to know what is kept, or to object, may turn to you."),
        N_("Once there is a team, what it has agreed to stands here."),
        N_("What is known about me"),
        ids.PRIVACY_SHOW,
    ),
}  # fmt: skip

LEVELS: Mapping[str, str] = {
    "nobody": N_("Nobody sees figures about one person, not even that person."),
    "self": N_("Each person alone sees figures about themselves. Their leads see the team’s."),
    "lead": N_("Each person and the team’s leads see figures about that person. Every look of a lead is written down."),
}
"""Who may see figures about one person, told to somebody whom it is not about."""

PASSED_OVER: Mapping[str, str] = {
    "nobody": N_("there is nobody"),
    "away": N_("all are away"),
    "quiet": N_("all want quiet"),
    "hidden": N_("the team has no channel"),
}
"""Why a step of an escalation would tell nobody."""
