"""What to try in the demo, and what was planted in it: told in the terminal's language, with figures counted now."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np

from bot.words import Words
from cspm_core.stats import censored_quantiles, wilson

from . import world
from .lives import NEVER, Flags, Lives
from .living import calendar_of
from .plan import PROBLEM, SURGE, UNLUCKY
from .rosters import on_first_day

WEEKS_BEFORE = 6


def script(t: Words, opens_at: datetime) -> str:
    """The short script, as markdown."""
    lead, team = world.RETURNS.lead.name, world.RETURNS.name
    moment = t.clock(opens_at, world.RETURNS.timezone)
    steps = [*_figures(t), *_escalations(t), *_others(t)]
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
        t("Type `/kpi agent @{agent} 28d`. Is it as bad as it looks?", agent=UNLUCKY.agent.called),
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


def _others(t: Words) -> list[str]:
    return [
        t(
            "Become {dutch} and type `/kpi team vorige week` in #{channel}, or {chinese} and type `/kpi team 上週`, or"
            " {korean} and type `/kpi team {team} 지난주`: everybody is answered in their language.",
            dutch=world.BEZORGING.lead.called,
            channel=world.BEZORGING.channel,
            chinese=world.BILLING.lead.name,
            korean=world.EXECUTIVE.name,
            team=world.RETURNS.name,
        ),
        t("Turn the clock to the next morning as often as you like, then press “{lever}”.", lever=reveal_label(t)),
        t("Let another system raise an escalation: the lines below do it from a terminal."),
    ]


def reveal_label(t: Words) -> str:
    return t("Reveal what was planted")


def reveal(t: Words, lives: Lives, now: datetime) -> str:
    """What was planted, where and since when, with figures as of `now`. `lives`: those of the planted team."""
    return "\n\n".join([_problem(t, lives, now), _unlucky(t, lives, now), _surge(t, lives)])


def _problem(t: Words, lives: Lives, now: datetime) -> str:
    began = PROBLEM.began(lives.opening)
    since = int(datetime.combine(began, datetime.min.time(), now.tzinfo).timestamp())
    alike = (lives.category == _category(lives)) & (lives.channel == 0) & (lives.dropped_as == 0)
    before = alike & ~lives.is_planted & (lives.created >= since - WEEKS_BEFORE * 7 * 86_400)
    after = lives.is_planted
    good, n = _rated(lives, after, now)
    good_before, n_before = _rated(lives, before, now)
    return " ".join(
        [
            t("**One true problem.**"),
            t(
                "Since {day}, {category} tickets of {team} that come by e-mail land in the queue “{queue}”, which"
                " hardly anybody opens.",
                day=t.long_day(began),
                category=PROBLEM.category,
                team=PROBLEM.centre.name,
                queue=PROBLEM.queue,
            ),
            t(
                "Half of them wait {after} or longer for a first reply; in the six weeks before it was {before}.",
                after=t.duration(_median_wait(lives, after, now)),
                before=t.duration(_median_wait(lives, before, now)),
            ),
            t(
                "Of {n} ratings {share} were good; before, it was {share_before} of {n_before}.",
                n=t.number(n),
                share=t.share(good / n if n else 0),
                n_before=t.number(n_before),
                share_before=t.share(good_before / n_before if n_before else 0),
            ),
            t("`/kpi sla_first_response this quarter` shows the week it began in, and which tickets it is about."),
        ]
    )


def _unlucky(t: Words, lives: Lives, now: datetime) -> str:
    theirs = lives.agent == lives.centre.agents.index(UNLUCKY.agent)
    good, n = _rated(lives, theirs, now)
    everybody, of = _rated(lives, np.ones(len(lives), dtype=np.bool_), now)
    within = wilson(good, n)
    joined = date.fromordinal(lives.opening.toordinal() - UNLUCKY.agent.joined_days_ago)
    said = [
        t("**One agent who only looks bad.**"),
        t(
            "{agent} joined on {day}, and {good} of the {n} ratings so far are good, where the team has {share}.",
            agent=UNLUCKY.agent.name,
            day=t.long_day(joined),
            good=t.number(good),
            n=t.number(n),
            share=t.share(everybody / of if of else 0),
        ),
    ]
    if within:
        said.append(
            t(
                "So few say little: the true share may lie anywhere between {low} and {high}.",
                low=t.share(within.low),
                high=t.share(within.high),
            )
        )
    said.append(t("These ratings were drawn with the same chances as everybody's. It was bad luck, and it wears off."))
    return " ".join(said)


def _surge(t: Words, lives: Lives) -> str:
    return " ".join(
        [
            t("**A crisis on the first day.**"),
            t(
                "From {moment} on, {n} customers write about “{category}” within {minutes} minutes. Nobody announced"
                " it: the detector for bursts found it.",
                moment=t.clock(calendar_of(SURGE.centre).at_local(lives.opening, SURGE.begins), SURGE.centre.timezone),
                n=t.number(SURGE.tickets),
                category=SURGE.category,
                minutes=t.number(SURGE.minutes),
            ),
            t("Everything else that was escalated follows from the tickets, or colleagues raised it."),
        ]
    )


def _category(lives: Lives) -> int:
    from .texts import texts

    return [one.name for one in texts(lives.centre.language).categories].index(PROBLEM.category)


def _rated(lives: Lives, which: Flags, now: datetime) -> tuple[int, int]:
    """Good ratings and ratings by now."""
    by_now = which & (lives.rated <= int(now.timestamp()))
    return int((lives.rating[by_now] >= 4).sum()), int(by_now.sum())


def _median_wait(lives: Lives, which: Flags, now: datetime) -> float:
    """Seconds; those who still wait count as waiting."""
    at = int(now.timestamp())
    known = which & (lives.created <= at)
    ended = known & (lives.replied <= at)
    left = known & ~ended
    over = np.minimum(np.minimum(lives.solved, NEVER), at)
    found = censored_quantiles((lives.replied - lives.created)[ended], (over - lives.created)[left])
    return found.median if found.median is not None else (found.longer_than or 0.0)
