"""Whether somebody looks after the bot, and whether each team is whole: people, setup, names in its data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from cspm_core import matching, people, tickets
from cspm_core.people import Member, Role, Team
from cspm_core.setup.tables import Setup

from ..words import Words
from .findings import Finding, doubtful, good


def admin_names(session: Session, workspace_id: int) -> list[str]:
    """Those in Slack who look after the whole."""
    query = select(Member.name).where(
        Member.workspace_id == workspace_id, Member.role == Role.ADMIN, col(Member.slack_user_id).is_not(None)
    )
    return list(session.exec(query.order_by(col(Member.name))))


def admins(session: Session, workspace_id: int, t: Words) -> Finding:
    """Whether there is one."""
    if found := admin_names(session, workspace_id):
        return good("admin", t("The bot’s admins are {names}.", names=t.join(found)))
    return doubtful(
        "admin",
        t("The bot has no admin in Slack yet."),
        t("`cspm run` prints a code for the first one: they type `/cspm admin CODE` in Slack."),
    )


def findings(session: Session, team: Team, now: datetime, t: Words) -> Iterator[Finding]:
    """What one team still lacks, or that it lacks nothing."""
    lacking = [*_people(session, team, now, t), *_setup(session, team, t)]
    yield from (one.of(team) for one in lacking or [good("crew", t("{team} has its people.", team=team.name))])
    yield _names(session, team, t).of(team)
    yield _data(session, team, now, t).of(team)


def _people(session: Session, team: Team, now: datetime, t: Words) -> Iterator[Finding]:
    today = people.calendar_of(session, team).local_day(now)
    if not people.members_of(session, team, today, Role.AGENT):
        yield doubtful(
            "agents",
            t("{team} has no agents.", team=team.name),
            t("Name them in `/cspm settings`, or load a list: `cspm import people --help` has an example."),
        )
    leads = [
        *people.members_of(session, team, today, Role.LEAD),
        *people.members_of(session, team, today, Role.MANAGER),
    ]
    if not any(one.slack_user_id for one in leads):
        yield doubtful(
            "leads",
            t("{team} has no lead in Slack, so nobody is told what is wrong with it.", team=team.name),
            t("Name one in `/cspm settings`, or load a list: `cspm import people --help` has an example."),
        )


def _setup(session: Session, team: Team, t: Words) -> Iterator[Finding]:
    row = session.exec(
        select(Setup).where(Setup.workspace_id == team.workspace_id, Setup.team_id == team.id)
    ).one_or_none()
    if row is not None and row.done_at is None:
        yield doubtful(
            "setup",
            t("The setup of {team} was begun and not finished.", team=team.name),
            t("`/cspm setup` goes on where it was left."),
        )


def _names(session: Session, team: Team, t: Words) -> Finding:
    """What hangs on names that are nobody's is missing from each person's figures."""
    found = matching.unmatched(session, team.workspace_id, team)
    if not found:
        return good("names", t("Every name in {team}’s data is somebody’s.", team=team.name))
    said = t.n(
        "{n} name in {team}’s data matches nobody: {tickets}.",
        "{n} names in {team}’s data match nobody: {tickets}.",
        len(found),
        team=team.name,
        tickets=t.n("{n} ticket", "{n} tickets", sum(one.tickets for one in found)),
    )
    return doubtful("names", said, t("`/cspm names` says who they may be; a tap confirms it."))


def _data(session: Session, team: Team, now: datetime, t: Words) -> Finding:
    until = tickets.complete_until(session, team, now)
    advice = t("Import a newer export: drop it into the bot’s direct messages, or `cspm import tickets --help`.")
    if until is None:
        first = t("Drop an export into the bot’s direct messages, or `cspm import tickets --help`.")
        return doubtful("data", t("{team} has no tickets yet.", team=team.name), first)
    age = t.duration(max(0.0, (now - until).total_seconds()))
    if tickets.is_stale(people.calendar_of(session, team), until, now, team.stale_after_hours):
        found = t(
            "{team}'s data is {age} old; its limit is {limit}.",
            team=team.name,
            age=age,
            limit=t.duration(team.stale_after_hours * 3600),
        )
        return doubtful("data", found, advice)
    return good("data", t("{team}'s data reaches to {age} ago.", team=team.name, age=age))
