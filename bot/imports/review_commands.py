"""`cspm import reviews FILE`."""

from __future__ import annotations

import typer

from cspm_core import imports
from cspm_core.imports import Fault, ReviewReport, Unreadable

from ..setup.words import explained
from ..terminal import command, desk, progress, refuse, t
from . import review_reports, review_template
from .options import DayFirst, DryRun, Encoding, File, Json, Map, Team, Template, Timezone, named, order, tell
from .words import reason, unreadable

REVIEWS_HELP = t("""Load QA reviews from another tool: each row what a review says of one criterion.

The same file twice changes nothing, a changed review is brought up to date. Nobody is told of them.

Example: `cspm import reviews reviews.csv --team Returns --timezone Europe/Amsterdam`

Example: `cspm import reviews reviews.csv --team Returns --map map.yaml --dry-run`

To start from: `cspm import reviews --template > reviews.csv`""")


@explained
def import_reviews(
    file: File = None,
    team: Team = None,
    map_: Map = None,
    timezone: Timezone = None,
    day_first: DayFirst = None,
    encoding: Encoding = None,
    dry_run: DryRun = False,
    template_: Template = False,
    json_: Json = False,
) -> None:
    if template_:
        typer.echo(review_template.reviews_map(t) if map_ else review_template.HEADER)
        return
    wish = imports.Wish(named(file), team, map_, timezone, None, order(day_first), encoding, dry_run)
    try:
        report = _load(wish)
    except Unreadable as problem:
        refuse(_why(problem))
    tell(report, review_reports.reviews(report, t), json_)


def _load(wish: imports.Wish) -> ReviewReport:
    with desk() as at:
        plan = imports.plan_reviews(at.store, at.workspace_id, wish, now=at.now)
        with progress(t("Reading"), None) as step:
            survey = imports.survey_reviews(plan, step)
        with (
            imports.RefusedRows(survey.plan.export, lambda key: reason(key, t), dry_run=wish.dry_run) as refused,
            progress(t("Looking") if wish.dry_run else t("Writing"), survey.rows) as step,
        ):
            return imports.take_reviews(at.store, at.workspace_id, survey, refused, now=at.now, advance=step)


def _why(problem: Unreadable) -> str:
    if problem.fault is Fault.NO_TEAM:
        names = t.join([f"“{name}”" for name in problem.known])
        return t(
            "Whose reviews are these? Name the team with --team, or add a column “team”. There are: {names}.",
            names=names,
        )
    return unreadable(problem, t)


def add_to(app: typer.Typer) -> None:
    """Register `cspm import reviews`."""
    app.command("reviews", help=REVIEWS_HELP)(command(import_reviews))
