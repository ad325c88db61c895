"""One example per view of what the doctor finds, and of what a trial posts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cspm_core.people import Team

from ..blocks import Drawing
from ..words import Words
from . import channels, codes, trial_views, views
from .findings import Finding, broken, doubtful, good

TEAM = Team(workspace_id=1, id=1, name="Returns", name_key="returns", timezone="America/New_York", channel="C0RETURNS")
OTHER = Team(workspace_id=1, id=2, name="Billing", name_key="billing", timezone="Asia/Seoul", channel="C0BILLING")
BOT = "support-desk-kpis"
PLACE = {"id": "C0RETURNS", "name": "returns", "is_member": True}


def _channel(team: Team, t: Words, **facts: object) -> Finding:
    return channels.judged(team, {**PLACE, "id": team.channel, "name": team.name_key, **facts}, BOT, t).of(team)


def _broken(t: Words) -> list[Finding]:
    given_up = t.n(
        "{n} message of the last 7 days was given up: {why}.",
        "{n} messages of the last 7 days were given up: {why}.",
        3,
        why=codes.in_words("not_in_channel", t),
    )
    return [
        good("slack", t("Slack knows the bot as {bot} in {workspace}.", bot=BOT, workspace="Northwind Support")),
        good(
            "database",
            t("The database answers: {which}.", which=t("PostgreSQL, {name} at {host}", name="cspm", host="db1")),
        ),
        broken(
            "schedule",
            t("The schedule has been silent for {time}.", time=t.duration(5400)),
            t("Digests wait: start `cspm run` or `cspm worker`."),
        ),
        doubtful(
            "commands",
            t("Nobody has typed a command yet."),
            t(
                "Type `/cspm` in Slack. If another app answers there, `cspm manifest --prefix acme-` writes a manifest"
                " with names of your own."
            ),
        ),
        *_of_teams(t),
        doubtful(
            "notices", t("{team}: {said}", team=OTHER.name, said=given_up), codes.what_to_do("not_in_channel", t)
        ).of(OTHER),
    ]


def _of_teams(t: Words) -> list[Finding]:
    names = t.n(
        "{n} name in {team}’s data matches nobody: {tickets}.",
        "{n} names in {team}’s data match nobody: {tickets}.",
        6,
        team=TEAM.name,
        tickets=t.n("{n} ticket", "{n} tickets", 1240),
    )
    return [
        _channel(TEAM, t),
        _channel(OTHER, t, is_member=False),
        doubtful("names", names, t("`/cspm names` says who they may be; a tap confirms it.")).of(TEAM),
        good("data", t("{team}'s data reaches to {age} ago.", team=TEAM.name, age=t.duration(7200))).of(TEAM),
    ]


def _well(t: Words) -> list[Finding]:
    return [
        good(
            "events",
            t(
                "Events come from Slack: {names}.",
                names=t("{name} ({when})", name="message.im", when=t("within the hour")),
            ),
        ),
        good("admin", t("The bot’s admins are {names}.", names="Noor Haddad")),
        _channel(TEAM, t),
    ]


def _lead(t: Words) -> views.Shown:
    return views.Shown([one for one in _of_teams(t) if one.team is OTHER], is_whole=False)


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "doctor.broken": lambda t: views.page(views.Shown(_broken(t), is_whole=True, tries_on=1), t),
    "doctor.well": lambda t: views.page(views.Shown(_well(t), is_whole=True, tries_on=1), t),
    "doctor.all": lambda t: views.page(views.Shown(_well(t), is_whole=True, with_good=True, tries_on=1), t),
    "doctor.lead": lambda t: views.page(_lead(t), t),
    "trial.hello": trial_views.hello,
    "trial.edited": lambda t: trial_views.hello(t, edited=True),
    "trial.answer": trial_views.answer,
    "trial.table": trial_views.figures,
    "trial.chart": trial_views.chart,
    "trial.card": trial_views.card,
    "trial.button": lambda t: trial_views.asking(1, t),
    "trial.form": lambda t: trial_views.form(1, t),
    "trial.thanks": trial_views.thanks,
}
