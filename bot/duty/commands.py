"""`cspm duty show|rotation|away|back`: who is on duty, from a terminal."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any

import typer
from sqlmodel import Session

from cspm_core import duty, errors, people
from cspm_core.calendars import zone
from cspm_core.duty import Named, Overview
from cspm_core.people import Member, Team

from ..digests.printed import printed
from ..setup.words import explained
from ..terminal import command, console, desk, t
from . import views

TURNS = 8
YEARS = (1980, 2100)
TeamOption = Annotated[str | None, typer.Option("--team", help=t("The team’s name; every team if left away."))]


def add_to(app: typer.Typer) -> None:
    """Register `cspm duty …`."""
    subject = typer.Typer(no_args_is_help=True, help=t("Who is on duty, who takes turns, who is away."))
    app.add_typer(subject, name="duty")
    for name, run, said, example in (
        ("show", show, t("Who is on duty now, and who follows."), "cspm duty show --team Returns"),
        (
            "rotation",
            rotation,
            t("Let people take turns, in the order named; without people, what is set."),
            'cspm duty rotation Returns "Ada King" "Teo de Vries" --handover 09:00 --days 7',
        ),
        (
            "away",
            away,
            t("Write down that somebody is away."),
            "cspm duty away Ada King --from 2026-12-24T09:00 --to 2026-12-28T09:00",
        ),
        ("back", back, t("Somebody who was away is back."), "cspm duty back Ada King"),
    ):
        subject.command(name, help=f"{said}\n\n{t('Example:')} `{example}`")(command(explained(run)))


def show(
    team: TeamOption = None,
    as_json: Annotated[bool, typer.Option("--json", help=t("Print JSON instead of a table."))] = False,
) -> None:
    with desk() as at, at.store.reading() as session:
        teams = [people.team_named(session, at.workspace_id, team)] if team else people.teams(session, at.workspace_id)
        if not teams:
            raise errors.NoTeams
        found = [duty.overview(session, one, at.now, turns=TURNS) for one in teams]
    if as_json:
        typer.echo(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        for part in printed(views.board(views.Shown(one, is_member=False), t)):
            console.print(part, markup=False)


def _plain(one: Overview) -> dict[str, Any]:
    """The same for other programs: instants in UTC."""
    return {
        "team": one.team,
        "timezone": one.timezone,
        "now": _stretch(one.now),
        "next": [_stretch(turn) for turn in one.next],
        "away": [{"person": away.name, "until": away.until.isoformat()} for away in one.away],
    }


def _stretch(turn: Named) -> dict[str, Any]:
    until = turn.ends_at.isoformat() if turn.ends_at else None
    return {"people": list(turn.names), "from": turn.starts_at.isoformat(), "until": until, "why": turn.why}


def rotation(
    team: Annotated[str, typer.Argument(help=t("The team's name."), metavar="TEAM")],
    names: Annotated[
        list[str] | None, typer.Argument(help=t("Who takes turns, by name or e-mail address."), metavar="NAME")
    ] = None,
    handover: Annotated[str, typer.Option(help=t("When the next one begins, in the team’s zone."))] = "09:00",
    days: Annotated[int, typer.Option(help=t("How many days a turn lasts."))] = 7,
    starts: Annotated[
        str | None, typer.Option("--starts", metavar="YYYY-MM-DD", help=t("The first day; this Monday if left away."))
    ] = None,
    clock: Annotated[
        str, typer.Option(help=t("working: only while the team works; always: around the clock."))
    ] = "working",
    end: Annotated[bool, typer.Option("--end", help=t("Nobody takes turns any more."))] = False,
) -> None:
    if not names and not end:
        _show_rotation(team)
        return
    with desk() as at, at.store.transaction() as session:
        found = people.team_named(session, at.workspace_id, team)
        if end:
            was = duty.end_rotation(session, found)
            said = t("Nobody takes turns in {team} any more.", team=found.name)
            typer.echo(said if was else t("Nobody takes turns in {team}.", team=found.name))
            return
        members = [_named(session, at.workspace_id, name) for name in names or ()]
        first = _day(starts) if starts else None
        duty.set_rotation(
            session, found, members, now=at.now, starts_on=first, days=days, handover=handover, clock=clock
        )
    _show_rotation(team)


def _show_rotation(team: str) -> None:
    with desk() as at, at.store.reading() as session:
        found = people.team_named(session, at.workspace_id, team)
        row = duty.rotation_of(session, found)
        if row is None:
            typer.echo(t("Nobody takes turns in {team}.", team=found.name))
            return
        names = [people.member(session, at.workspace_id, member_id).name for member_id in row.member_ids]
    told = {"team": found.name, "people": t.join(names), "day": t.long_day(row.starts_on), "time": t.hour(row.handover)}
    typer.echo(
        t.n(
            "{people} take turns in {team}, {n} day each, from {day}, {time} on.",
            "{people} take turns in {team}, {n} days each, from {day}, {time} on.",
            row.days,
            **told,
        )
    )


def away(
    name: Annotated[list[str], typer.Argument(help=t("The person’s name or e-mail address."), metavar="NAME")],
    starts: Annotated[str, typer.Option("--from", help=t("Since when, such as 2026-12-24T09:00."))],
    ends: Annotated[str, typer.Option("--to", help=t("Until when, such as 2026-12-28T09:00."))],
    note: Annotated[str, typer.Option(help=t("What the lead should know."))] = "",
) -> None:
    with desk() as at, at.store.transaction() as session:
        member = _named(session, at.workspace_id, " ".join(name))
        timezone = _zone_of(session, member)
        starts_at, ends_at = _instant("--from", starts, timezone), _instant("--to", ends, timezone)
        duty.be_away(session, member, starts_at, ends_at, by=None, note=note, now=at.now)
    start, end = t.clock(starts_at, timezone), t.clock(ends_at, timezone)
    typer.echo(
        t(
            "{person} is away from {start} until {end} ({zone}).",
            person=member.name,
            start=start,
            end=end,
            zone=timezone,
        )
    )


def back(
    name: Annotated[list[str], typer.Argument(help=t("The person’s name or e-mail address."), metavar="NAME")],
) -> None:
    with desk() as at, at.store.transaction() as session:
        member = _named(session, at.workspace_id, " ".join(name))
        was_away = duty.be_back(session, member, by=None, now=at.now)
    said = t("{person} is back.", person=member.name)
    typer.echo(said if was_away else t("{person} was not away.", person=member.name))


def _named(session: Session, workspace_id: int, name: str) -> Member:
    found = people.member_named(session, workspace_id, name)
    if found is None:
        raise errors.UnknownMember(name)
    return found


def _zone_of(session: Session, member: Member) -> str:
    """The zone of a person's times: that of a team they are in, else their own, else UTC."""
    held = people.memberships(session, member.workspace_id, member.id)
    teams: list[Team] = [people.team(session, member.workspace_id, one.team_id) for one in held]
    return teams[-1].timezone if teams else member.timezone or "UTC"


def _instant(field: str, text: str, timezone: str) -> datetime:
    """An instant as somebody types it; without an offset it is a wall time of the zone. Raises Invalid."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise errors.Invalid(field, text, "instant") from None
    if not YEARS[0] <= at.year < YEARS[1]:
        raise errors.Invalid(field, text, "instant")
    return at if at.tzinfo else at.replace(tzinfo=zone(timezone))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise errors.Invalid("--starts", text, "day") from None
