"""What to try in the demo: told in the terminal's language."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.words import Words

from . import reveal, world
from .coaching import TALKED_WITH
from .plan import UNLUCKY
from .rosters import on_first_day


def script(t: Words, opens_at: datetime, example: Path) -> str:
    """The short script, as markdown. `example`: where a file lies that can be dropped into the bot's messages."""
    lead, team = world.RETURNS.lead.name, world.RETURNS.name
    moment = t.clock(opens_at, world.RETURNS.timezone)
    steps = [*_figures(t), *_signals(t), *_people(t), *_escalations(t), *_door(t), *_others(t, example)]
    begin = t("You are **{lead}** and lead {team}. It is {moment} in New York.", lead=lead, team=team, moment=moment)
    return "\n".join([begin, "", *(f"{n}. {step}" for n, step in enumerate(steps, 1))])


def with_letter(told: str, letter: str) -> str:
    """The script with the lines that its last step speaks of."""
    return f"{told}\n\n```\n{letter}\n```\n"


def _figures(t: Words) -> list[str]:
    return [
        t(
            "In #{channel} type `/kpi team`. Only you see the answer; its buttons lead on.",
            channel=world.RETURNS.channel,
        ),
        t("Type `/kpi sla_first_response this quarter`. Since when is it worse? Look at the tickets behind it."),
        t(
            "Type `/kpi agent @{agent} 28d`. Is it as bad as it looks? `/kpi agents` says about whom anything can be"
            " said.",
            agent=UNLUCKY.agent.called,
        ),
    ]


def _people(t: Words) -> list[str]:
    """From a number to a person and back."""
    weak, reviewed = world.RETURNS.agents[TALKED_WITH[world.RETURNS.name]].called, world.RETURNS.agents[0].called
    return [
        t("Open your Home: what waits for you comes first. Then type `/qa scores`: which criterion is the weakest?"),
        t(
            "Type `/coach @{agent}`. What was promised, and did it help? Write a note, agree a promise with a figure,"
            " and press “{held}”.",
            agent=weak,
            held=t("The talk was held"),
        ),
        t(
            "Become {reviewer}, type `/qa review @{agent}` and choose a ticket. Then become {agent}: yesterday’s review"
            " is in the messages with the bot. Is it fair?",
            reviewer=world.REVIEWER.called,
            agent=reviewed,
        ),
        t("Thank somebody: type `/kudos @{agent}`. Then type `/cspm privacy`: who has looked at you?", agent=reviewed),
    ]


def _signals(t: Words) -> list[str]:
    """From a mark in the digest to what moved it, and figures beside each other."""
    one, other = world.RETURNS.name, world.BEZORGING.name
    return [
        t(
            "In yesterday’s digest in #{channel} a figure is marked. Press “{driver}”, then look at the tickets behind"
            " it. Type `/kpi csat`: is any of its days more than chance?",
            channel=world.RETURNS.channel,
            driver=t("What moved it?"),
        ),
        t(
            "Become {manager}, who is of every team, and type `/kpi compare {one} {other}`. What is left of a"
            " difference when both have the same mix of work?",
            manager=world.MANAGER.called,
            one=one,
            other=other,
        ),
    ]


def _escalations(t: Words) -> list[str]:
    early, late = on_first_day(world.RETURNS)
    return [
        t(
            "Turn the clock by 15 minutes, three times: at nine the digest comes to #{channel}, a quarter past what you"
            " put aside yesterday, then a crisis. Take it with its button.",
            channel=world.RETURNS.channel,
        ),
        t(
            "Become {early}: he sees that you have it. {early} has one of his own, with a promise to a customer until"
            " eleven.",
            early=early.called,
        ),
        t("Be yourself again, type `/escalate`, and raise one. Then `/escalate list` and `/escalate duty`."),
        t(
            "Put one aside with the menu of its card. Leave another alone and turn the clock on: it climbs from you to"
            " the channel and to {manager}. At ten an urgent ticket joins in.",
            manager=world.MANAGER.called,
        ),
        t("How fast are you? Type `/kpi time_to_acknowledge 28d` and `/kpi escalations 28d`."),
        t(
            "At a quarter to one become {early} and type `/handover`; {late} takes over.",
            early=early.called,
            late=late.called,
        ),
    ]


def _door(t: Words) -> list[str]:
    """Where everything is, and a team of one's own."""
    return [
        t(
            "Type `/cspm`: everything I can do is behind it. `/cspm tour` shows you around, with your own team’s"
            " figures."
        ),
        t(
            "Become {admin}, type `/cspm setup` and set a team up; leave it half-way and type it again. `/cspm doctor`"
            " says whether all is well.",
            admin=world.ADMIN.called,
        ),
    ]


def _others(t: Words, example: Path) -> list[str]:
    return [
        t(
            "Drop the file `{file}` into your direct messages with the bot, and press “{look}”: nothing is imported"
            " before you have seen what would change.",
            file=example,
            look=t("Look at it"),
        ),
        t(
            "Become {dutch} and type `/kpi team vorige week` in #{channel}, or {chinese} and type `/kpi team 上週`, or"
            " {korean} and type `/kpi team {team} 지난주`: everybody is answered in their language.",
            dutch=world.BEZORGING.lead.called,
            channel=world.BEZORGING.channel,
            chinese=world.BILLING.lead.name,
            korean=world.EXECUTIVE.name,
            team=world.RETURNS.name,
        ),
        t("Turn the clock to the next morning as often as you like, then press “{lever}”.", lever=reveal.label(t)),
        t("Let another system raise an escalation: the lines below do it from a terminal."),
    ]
