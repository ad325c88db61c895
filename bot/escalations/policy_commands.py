"""`cspm escalation policy|settings|selftest`: how a team's escalations climb, from a terminal."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Annotated

import typer
from sqlmodel import Session

from cspm_core import errors, escalations, people
from cspm_core.escalations import Policy, selftest
from cspm_core.people import Member, Role, Team

from ..digests.printed import plain, printed
from ..setup.lengths import length
from ..terminal import Desk, console, desk, t
from ..watch import selftests
from ..watch import views as watch_views
from . import policy_text, settings_views
from .policy_words import member_of

TeamName = Annotated[str, typer.Argument(help=t("The team's name."), metavar="TEAM")]


def policy(
    team: TeamName,
    severity: Annotated[int | None, typer.Option(help=t("1 to 4; all of them if left away."))] = None,
    step: Annotated[
        list[str] | None,
        typer.Option(help=t("Whom, and how long after the step before, such as `channel after 15 min`; repeat it.")),
    ] = None,
    repeat: Annotated[
        str | None, typer.Option(help=t("After the last step, from the beginning after so long."))
    ] = None,
    holds: Annotated[str | None, typer.Option(help=t("How long “mine” holds before its owner is asked."))] = None,
    clock: Annotated[
        str | None, typer.Option(help=t("team: its working hours; own: the person’s; always: around the clock."))
    ] = None,
    default: Annotated[bool, typer.Option("--default", help=t("As it was at the beginning."))] = False,
) -> None:
    changes = bool(step or repeat or holds or clock or default)
    if changes and severity is None:
        raise errors.Invalid("--severity", "", "severity")
    if severity is not None and severity not in escalations.SEVERITIES:
        raise errors.Invalid("--severity", str(severity), "severity")
    with desk() as at:
        if changes and severity is not None:
            with at.store.transaction() as session:
                found = people.team_named(session, at.workspace_id, team)
                now = escalations.default_policy(severity) if default else escalations.policy(session, found, severity)
                wanted = _policy(session, at, now, step or [], repeat, holds, clock)
                escalations.set_policy(session, found, severity, wanted, now=at.now)
        with at.store.reading() as session:
            shown = _shown(session, people.team_named(session, at.workspace_id, team))
    if severity is not None:
        shown = replace(shown, policies={severity: shown.policies[severity]})
    for line in settings_views.policies(shown, t):
        console.print(plain(line), markup=False)


def _policy(
    session: Session, at: Desk, now: Policy, steps: list[str], repeat: str | None, holds: str | None, clock: str | None
) -> Policy:
    """What stands, with what was typed instead. Raises Invalid."""

    def member(name: str) -> int:
        return _person(session, at, name).id

    usual = policy_text.clock(clock) if clock else now.clock
    return Policy(
        tuple(policy_text.step(text, usual, member) for text in steps) or now.steps,
        length(repeat) if repeat else now.repeat_s,
        length(holds) if holds else now.holds_s,
        usual,
    )


def settings(
    team: TeamName,
    needs_reason: Annotated[
        bool | None,
        typer.Option("--needs-reason/--no-reason", help=t("Whether resolving asks for cause and solution.")),
    ] = None,
    cap: Annotated[int | None, typer.Option(help=t("So many cards an hour come into the channel alone."))] = None,
    reopen_hours: Annotated[
        int | None, typer.Option(help=t("The same cause reopens within so many hours of its end."))
    ] = None,
    check_back_days: Annotated[
        int | None, typer.Option(help=t("So many working days after a complaint its customer is asked."))
    ] = None,
) -> None:
    given = {
        "needs_reason": needs_reason,
        "cap_per_hour": cap,
        "reopen_within_h": reopen_hours,
        "check_back_days": check_back_days,
    }
    wanted = {name: value for name, value in given.items() if value is not None}
    with desk() as at:
        if wanted:
            with at.store.transaction() as session:
                found = people.team_named(session, at.workspace_id, team)
                escalations.change_settings(session, found, now=at.now, **wanted)
        with at.store.reading() as session:
            shown = _shown(session, people.team_named(session, at.workspace_id, team))
    for line in settings_views.agreements(shown, t):
        console.print(plain(line), markup=False)


def _shown(session: Session, team: Team) -> settings_views.Shown:
    policies = escalations.policies(session, team)
    ids = {member_of(step) for policy in policies.values() for step in policy.steps} - {None}
    named = {one: people.member(session, team.workspace_id, one).name for one in ids if one is not None}
    agreed = escalations.settings(session, team)
    return settings_views.Shown(team.id, team.name, team.channel or "", policies, agreed, named)


def go_the_way(
    team: Annotated[str, typer.Option(help=t("The team’s name."))],
    person: Annotated[str | None, typer.Option(help=t("Whom; the team’s first lead if left away."))] = None,
    wait: Annotated[int, typer.Option(min=0, max=900, help=t("How many seconds to wait for the press."))] = 600,
) -> None:
    with desk() as at:
        with at.store.transaction() as session:
            found = people.team_named(session, at.workspace_id, team)
            to = _person(session, at, person) if person else _lead(session, at, found)
            raised = selftests.begin(session, found, to, t, at.now)
        typer.echo(t("{name} is on its way to {person}. It needs `cspm run` or `cspm worker`.",
                     name=escalations.name(raised.number), person=to.name))  # fmt: skip
        told = _await(at, raised.escalation_id, wait)
    if told.is_over:
        for part in printed(watch_views.result(told, t)):
            console.print(part, markup=False)
    elif wait:
        typer.echo(
            t("No press yet. It goes on without this command, and {person} is told how it went.", person=to.name)
        )
    if wait and told.pressed_s is None:
        raise typer.Exit(1)


def _await(at: Desk, escalation_id: int, seconds: int) -> selftest.Outcome:
    """Look every second until it is over, or the time is."""
    pause = threading.Event()
    for _ in range(seconds + 1):
        with at.store.reading() as session:
            told = selftest.outcome(session, at.workspace_id, escalation_id)
        if told.is_over or not seconds:
            break
        pause.wait(1)
    return told


def _lead(session: Session, at: Desk, team: Team) -> Member:
    day = people.calendar_of(session, team).local_day(at.now)
    for lead in people.members_of(session, team, day, Role.LEAD):
        if lead.slack_user_id:
            return lead
    raise errors.UnknownMember(t("lead of {team}", team=team.name))


def _person(session: Session, at: Desk, name: str) -> Member:
    found = people.member_named(session, at.workspace_id, name)
    if found is None:
        raise errors.UnknownMember(name)
    return found
