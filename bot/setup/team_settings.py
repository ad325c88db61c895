"""`cspm team add|set|list|agree`: which teams there are, and how each works."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.table import Table
from sqlmodel import Session

from cspm_core import digests, errors, people, setup, tickets
from cspm_core.people import Role, Team
from cspm_core.people.settings import team_settings

from ..terminal import Desk, console, desk, t
from . import team_people, team_ways
from .counting import count_again

Name = Annotated[list[str], typer.Argument(help=t("The team's name."), metavar="NAME")]
Timezone = Annotated[str | None, typer.Option(help=t("Where its days begin: Europe/Amsterdam."))]
Hours = Annotated[str | None, typer.Option(help=t("When it works: “mon-fri 09:00-12:00,13:00-17:00”."))]
Holidays = Annotated[str | None, typer.Option(help=t("The country whose holidays it has: US, DE-BY; or none."))]
Channel = Annotated[str | None, typer.Option(help=t("Its Slack channel: “#returns”, or C0123456789."))]
Language = Annotated[str | None, typer.Option(help=t("What its channel reads: en, zh_TW, nl, ko."))]
DigestAt = Annotated[str | None, typer.Option(help=t("When its digest comes, in its zone: 08:30."))]
DigestDays = Annotated[str | None, typer.Option(help=t("On which days: working, mon-fri, mon,wed."))]
OnHolidays = Annotated[
    bool | None,
    typer.Option("--digest-on-holidays/--no-digest-on-holidays", help=t("Also on holidays."), show_default=False),
]
StaleAfter = Annotated[
    int | None, typer.Option(help=t("After how many hours without new data the digest says only that."))
]
LONGEST_STALE_H = 24 * 366


def add(
    name: Name,
    timezone: Annotated[str, typer.Option(help=t("Where its days begin: Europe/Amsterdam."))],
    hours: Hours = None,
    holidays: Holidays = None,
    channel: Channel = None,
    language: Language = None,
    digest_at: DigestAt = None,
    digest_days: DigestDays = None,
    digest_on_holidays: OnHolidays = None,
    stale_after: StaleAfter = None,
    lead: team_people.Leads = None,
    agent: team_people.Agents = None,
    reviewer: team_people.Reviewers = None,
) -> None:
    texts = {"timezone": timezone, "hours": hours, "holidays": holidays, "channel": channel, "language": language}
    settings = _settings({**texts, "digest_at": digest_at, "digest_days": digest_days}, digest_on_holidays, stale_after)
    with desk() as at, at.store.transaction() as session:
        called = named(" ".join(name), "name")
        team = setup.begin(session, at.workspace_id, called, by=None, now=at.now, **settings)
        team_people.join(session, at, team, {Role.LEAD: lead, Role.AGENT: agent, Role.QA_REVIEWER: reviewer})
        typer.echo(t("{team} is there now: {zone}, {hours}.", team=team.name, zone=team.timezone, hours=team.hours))


def change(
    name: Name,
    timezone: Timezone = None,
    hours: Hours = None,
    holidays: Holidays = None,
    channel: Channel = None,
    language: Language = None,
    digest_at: DigestAt = None,
    digest_days: DigestDays = None,
    digest_on_holidays: OnHolidays = None,
    stale_after: StaleAfter = None,
    lead: team_people.Leads = None,
    agent: team_people.Agents = None,
    reviewer: team_people.Reviewers = None,
    leaves: team_people.Leavers = None,
    called: Annotated[str | None, typer.Option("--name", help=t("What it is called from now on."))] = None,
    response_start: team_ways.ResponseStart = None,
    transfers_counted: team_ways.TransfersCounted = None,
    service_level_seconds: team_ways.ServiceLevel = None,
    short_abandon_seconds: team_ways.ShortAbandon = None,
    abandoned_in_time: team_ways.AbandonedInTime = None,
    hide: team_ways.Hide = None,
    show: team_ways.Show = None,
) -> None:
    texts = {"timezone": timezone, "hours": hours, "holidays": holidays, "channel": channel, "language": language}
    texts |= {"response_start": response_start, "transfers_counted": transfers_counted}
    texts |= {"service_level_s": service_level_seconds, "short_abandon_s": short_abandon_seconds}
    texts |= {"abandoned_in_time": abandoned_in_time, "digest_at": digest_at, "digest_days": digest_days}
    settings = _settings(texts, digest_on_holidays, stale_after)
    with desk() as at:
        with at.store.transaction() as session:
            team = people.team_named(session, at.workspace_id, " ".join(name))
            if called is not None:
                setup.rename(session, team, named(called, "name"))
            digests.change(session, team, now=at.now, **settings)
            team_ways.hide(session, team, hide, show)
            team_people.leave(session, at, team, leaves)
            team_people.join(session, at, team, {Role.LEAD: lead, Role.AGENT: agent, Role.QA_REVIEWER: reviewer})
        typer.echo(t("{team} is changed.", team=team.name))
        count_again(at, team.id)


def named(text: str, field: str) -> str:
    """A name with something in it that can be seen. Raises Invalid."""
    if not any(one.isprintable() and not one.isspace() for one in text):
        raise errors.Invalid(field, text, "no_name")
    return " ".join(text.split())


def _settings(texts: dict[str, str | None], on_holidays: bool | None, stale_after: int | None) -> dict[str, Any]:
    """The columns that were named. Raises Invalid."""
    settings = team_settings({name: text for name, text in texts.items() if text is not None})
    if on_holidays is not None:
        settings["digest_on_holidays"] = on_holidays
    if stale_after is not None:
        if not 1 <= stale_after <= LONGEST_STALE_H:
            raise errors.Invalid("stale_after", str(stale_after), "hours")
        settings["stale_after_hours"] = stale_after
    return settings


def agree(
    name: Name,
    figures: Annotated[str, typer.Option(help=t("Who may see figures about one person: nobody, self or lead."))],
    by: Annotated[str, typer.Option(help=t("Who agreed to it, in the team's name."))],
) -> None:
    level = figures.strip().casefold()
    if level not in list(people.PersonFigures):
        raise errors.Invalid("figures", figures, "level")
    who = named(by, "by")
    with desk() as at, at.store.transaction() as session:
        team = people.team_named(session, at.workspace_id, " ".join(name))
        people.agree_on_person_figures(session, team, level, who, now=at.now)
        typer.echo(_agreed(level, team.name, who))


def _agreed(level: str, team: str, by: str) -> str:
    if level == people.PersonFigures.NOBODY:
        return t("In {team} nobody sees figures about one person. Agreed by {by}.", team=team, by=by)
    if level == people.PersonFigures.SELF:
        return t("In {team} only a person sees their own figures. Agreed by {by}.", team=team, by=by)
    return t("In {team} a person and their lead see that person's figures. Agreed by {by}.", team=team, by=by)


def show(as_json: Annotated[bool, typer.Option("--json", help=t("Print JSON instead of a table."))] = False) -> None:
    with desk() as at, at.store.reading() as session:
        every = people.teams(session, at.workspace_id)
        lines = [_facts(session, team, at) for team in every]
    if as_json:
        typer.echo(json.dumps(lines, ensure_ascii=False, indent=2, default=_iso))
        return
    if not lines:
        raise errors.NoTeams
    table = Table(box=None, pad_edge=False)
    for heading in (
        t("Team"),
        t("Zone"),
        t("Hours"),
        t("Holidays"),
        t("Language"),
        t("Channel"),
        t("Digest"),
        t("Leads"),
        t("Tickets"),
        t("Complete until"),
    ):
        table.add_column(heading)
    for line in lines:
        digest = f"{line['digest_at']} {line['digest_days']}"
        channel, until = line["channel"] or "–", line["complete_until"]
        places = (
            line["name"],
            line["timezone"],
            line["hours"],
            line["holidays"] or "–",
            line["language"],
            channel,
            digest,
        )
        reach = t.clock(until, line["timezone"]) if until else "–"
        table.add_row(*places, t.join(line["leads"]) or "–", t.number(line["tickets"]), reach)
    console.print(table)


def _iso(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _facts(session: Session, team: Team, at: Desk) -> dict[str, Any]:
    shown = (
        "name",
        "timezone",
        "hours",
        "holidays",
        "language",
        "channel",
        "digest_at",
        "digest_days",
        "person_figures",
    )
    crew = setup.crew(session, team, people.calendar_of(session, team).local_day(at.now))
    return {
        **{name: getattr(team, name) for name in shown},
        "leads": [person.name for person in crew[Role.LEAD]],
        "agents": [person.name for person in crew[Role.AGENT]],
        "reviewers": [person.name for person in crew[Role.QA_REVIEWER]],
        "tickets": tickets.tickets_of(session, team),
        "complete_until": tickets.complete_until(session, team),
    }
