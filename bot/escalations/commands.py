"""`cspm escalation list|show|policy|settings|selftest`: escalations and how they climb, from a terminal."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from cspm_core import errors, escalations, people
from cspm_core.escalations import Listed
from cspm_core.people import Asker, Role

from ..digests.printed import plain, printed
from ..setup.words import explained
from ..terminal import command, console, desk, t
from . import line_views, list_views, policy_commands, views

OPERATOR = Asker(None, "", None, Role.ADMIN, frozenset())
"""Whoever has the database sees all of it."""
MOST = 1_000
TeamOption = Annotated[str | None, typer.Option("--team", help=t("The team’s name; every team if left away."))]


def add_to(app: typer.Typer) -> None:
    """Register `cspm escalation …`."""
    subject = typer.Typer(no_args_is_help=True, help=t("Escalations: which there are, and how they climb."))
    app.add_typer(subject, name="escalation")
    for name, run, said, example in (
        (
            "list",
            listing,
            t("Which escalations are open, overdue, or were resolved in the last 7 days."),
            "cspm escalation list --team Returns --which overdue",
        ),
        ("show", show, t("One escalation with everything that happened to it."), "cspm escalation show E12"),
        (
            "policy",
            policy_commands.policy,
            t("Who is told when, by severity; with --step, set the steps of one severity."),
            'cspm escalation policy Returns --severity 2 --step "lead" --step "channel after 15 min" '
            '--step "manager after 30 min always"',
        ),
        (
            "settings",
            policy_commands.settings,
            t("What a team has agreed about its escalations; with options, change it."),
            "cspm escalation settings Returns --needs-reason --cap 8",
        ),
        (
            "selftest",
            policy_commands.go_the_way,
            t("Send an alarm the whole way to a person and wait for the press."),
            "cspm escalation selftest --team Returns",
        ),
    ):
        subject.command(name, help=f"{said}\n\n{t('Example:')} `{example}`")(command(explained(run)))


def listing(
    team: TeamOption = None,
    which: Annotated[str, typer.Option(help=t("open, overdue or resolved."))] = "open",
    as_json: Annotated[bool, typer.Option("--json", help=t("Print JSON instead of a table."))] = False,
) -> None:
    if which not in escalations.LISTS or which == "mine":
        raise errors.Invalid("--which", which, "list")
    with desk() as at, at.store.reading() as session:
        found = people.team_named(session, at.workspace_id, team) if team else None
        rows = escalations.listing(session, OPERATOR, at.workspace_id, which, team=found, now=at.now, limit=MOST)
    if as_json:
        typer.echo(json.dumps([_plain(row) for row in rows], ensure_ascii=False, indent=2))
        return
    shown = list_views.Shown(which, rows, at.now, found.name if found else "")
    for part in printed(list_views.listing(shown, t)):
        console.print(part, markup=False)


def _plain(row: Listed) -> dict[str, Any]:
    """The same for other programs: instants in UTC."""
    return {
        "number": row.number,
        "team": row.team,
        "severity": row.severity,
        "kind": row.kind,
        "status": row.status,
        "what": row.what,
        "rule": row.rule,
        "ticket": row.ticket_key,
        "owner": row.owner,
        "opened_at": row.opened_at.isoformat(),
        "next_step_at": row.next_step_at.isoformat() if row.next_step_at else None,
        "promise_due_at": row.promise_due_at.isoformat() if row.promise_due_at else None,
        "resolved_at": row.resolved_at.isoformat() if row.resolved_at else None,
        "overdue": row.is_overdue,
    }


def show(number: Annotated[str, typer.Argument(help=t("Its number, such as E12."), metavar="NUMBER")]) -> None:
    wanted = escalations.number_in(number)
    if wanted is None:
        raise errors.UnknownEscalation(number)
    with desk() as at, at.store.reading() as session:
        one = escalations.numbered(session, at.workspace_id, wanted)
        card = escalations.card(session, at.workspace_id, one.id, now=at.now)
        lines = escalations.timeline(session, at.workspace_id, one.id)
    assert card is not None
    for part in printed(views.card(card, t)):
        console.print(part, markup=False)
    console.print()
    for line in lines:
        said = plain(line_views.sentence(line, t))
        console.print(f"{t.clock(line.at, line.timezone)}  {said}", markup=False)
