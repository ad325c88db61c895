"""What was planted in the demo: told in the terminal's language, with figures counted now."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np

from bot.words import Words
from cspm_core.stats import censored_quantiles, wilson

from .lives import CHANNELS, NEVER, Flags, Lives
from .living import calendar_of
from .plan import APART, LAPSE, PROBLEM, SURGE, UNLUCKY
from .texts import texts

WEEKS_BEFORE = 6


def label(t: Words) -> str:
    return t("Reveal what was planted")


def told(t: Words, lives: Lives, now: datetime) -> str:
    """What was planted, where and since when, with figures as of `now`. `lives`: those of the planted team."""
    every = (_problem(t, lives, now), _lapse(t, lives, now), _apart(t, lives, now), _unlucky(t, lives, now))
    return "\n\n".join([*every, _surge(t, lives)])


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
            t("**An old problem.**"),
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


def _lapse(t: Words, lives: Lives, now: datetime) -> str:
    """The fresh problem, by how long half of its tickets wait."""
    began = LAPSE.began(lives.opening)
    since = int(datetime.combine(began, datetime.min.time(), now.tzinfo).timestamp())
    alike = (lives.channel == CHANNELS.index(LAPSE.channel)) & (lives.dropped_as == 0)
    before = alike & ~lives.is_lapsed & (lives.created >= since - WEEKS_BEFORE * 7 * 86_400)
    return " ".join(
        [
            t("**A fresh problem.**"),
            t(
                "Since {day}, what customers write in the form on the website comes to {team} without an alert: half of"
                " them wait {after} or longer for a first reply, where it was {before}.",
                day=t.long_day(began),
                team=LAPSE.centre.name,
                after=t.duration(_median_wait(lives, lives.is_lapsed, now)),
                before=t.duration(_median_wait(lives, before, now)),
            ),
            t(
                "The digest marks the figure that suffers most, and “{driver}” names the channel: not that there is"
                " more of it, but that it became worse.",
                driver=t("What moved it?"),
            ),
        ]
    )


def _apart(t: Words, lives: Lives, now: datetime) -> str:
    """Who truly differs, by their ratings so far."""
    said = {}
    for who in (APART.above, APART.below):
        good, n = _rated(lives, lives.agent == lives.centre.agents.index(who), now)
        said[who] = t("{share} of {n}", share=t.share(good / n if n else 0), n=t.number(n))
    return " ".join(
        [
            t("**Two agents who do differ.**"),
            t(
                "{above} pleases customers more than the others do ({share_above} ratings are good), and {below} less"
                " ({share_below}). All others are as good as each other: what differs between them is chance, and"
                " `/kpi agents` says so.",
                above=APART.above.name,
                share_above=said[APART.above],
                below=APART.below.name,
                share_below=said[APART.below],
            ),
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
