"""What the modal of a dropped file shows: the columns as understood, and what an import would do."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from sqlmodel import Session

from cspm_core import calendars, errors, people, uploads
from cspm_core.imports import Unreadable
from cspm_core.people import Asker, Role
from cspm_core.uploads import KINDS, Choice, Fit, Pace, State, Upload

from ..asking import Ask
from ..blocks import Drawing
from ..escalations import fields
from ..refusals import sentence
from . import downloads, forms, importing, names, pacing, views
from .shown import Shown


def offered(ask: Ask, upload_id: int, kind: str, choice: Choice | None = None, trouble: str = "") -> Drawing:
    """The form, or a sentence where there is nothing to choose any more. Raises what downloads raise, refusals."""
    with ask.glancing() as session:
        row, asker = _row(session, ask, upload_id), ask.asker(session)
    if said := _no_more(ask, row):
        return forms.over(said, ask.t)
    with _download(ask, row) as path, pacing.taking_turns(ask.runtime) as pace:
        return _form(ask, row, asker, path, kind, choice, trouble, pace)


def _form(
    ask: Ask, row: Upload, asker: Asker, path: Path, kind: str, choice: Choice | None, trouble: str, pace: Pace
) -> Drawing:
    kinds, encoding = uploads.kinds_for(asker), choice.encoding if choice else ""
    try:
        export = uploads.opened(path, encoding, pace.pause)
    except Unreadable as problem:
        if not encoding:
            raise
        export, encoding, choice = uploads.opened(path, "", pace.pause), "", None
        trouble = names.unreadable(problem, ask.t)
    wanted = kind or uploads.guess(export, kinds) or kinds[0]
    fit = uploads.fit(export, wanted, is_said=bool(encoding))
    with ask.glancing() as session:
        teams = {one.id: one.name for one in uploads.own_teams(session, ask.workspace_id, asker)}
    usual = choice or Choice(wanted, team_id=_usual(asker, teams, fit))
    return forms.settings(
        forms.Offer(
            upload=row.id,
            fit=fit,
            choice=usual,
            kinds=kinds,
            teams=teams,
            must_choose_team=must_choose_team(asker, fit),
            trouble=trouble,
        ),
        ask.t,
    )


def must_choose_team(asker: Asker, fit: Fit) -> bool:
    """A lead says always whose rows they are; an admin where the file does not."""
    return asker.everywhere is not Role.ADMIN or (KINDS[fit.kind].needs_team and not fit.names_teams)


def _usual(asker: Asker, teams: dict[int, str], fit: Fit) -> int | None:
    """The only team, or the one asked for last; none where an admin's file says it itself."""
    if not must_choose_team(asker, fit):
        return None
    if len(teams) == 1:
        return next(iter(teams))
    return asker.last_team_id if asker.last_team_id in teams else None


def _row(session: Session, ask: Ask, upload_id: int) -> Upload:
    """Only whoever dropped it, in whose direct messages it stands. Raises Unknown, NotForYou."""
    row = uploads.upload(session, ask.workspace_id, upload_id)
    if not uploads.may_import(ask.asker(session)):
        raise errors.NotForYou
    return row


def _no_more(ask: Ask, row: Upload) -> str:
    match row.state:
        case State.DONE:
            return ask.t("This file is imported already; its report stands in the thread.")
        case State.IMPORTING:
            return ask.t("This file is being imported. The thread under it tells how far it is.")
        case State.DECLINED:
            return views.why(row.reason, row.name, (), ask.t)
    return ""


def chosen(ask: Ask, kind: str) -> Choice:
    """What was filled in."""
    team = fields.chosen(ask, forms.TEAM)
    return Choice(
        kind=kind,
        team_id=int(team) if team.isdigit() else None,
        timezone=fields.text(ask, forms.ZONE),
        order=fields.chosen(ask, forms.ORDER),
        encoding=fields.chosen(ask, forms.ENCODING),
    )


def wrong(session: Session, ask: Ask, choice: Choice) -> dict[str, str]:
    """What is to be mended, by field, as far as nobody has to look into the file. Raises NotForYou."""
    if choice.timezone:
        try:
            calendars.zone(choice.timezone)
        except calendars.BadTimezone as bad:
            refusal = errors.Invalid(ask.t("a time zone"), choice.timezone, nearest=bad.nearest)
            return {forms.ZONE: sentence(refusal, ask.t)}
    asker = ask.asker(session)
    if choice.team_id is None and asker.everywhere is not Role.ADMIN:
        return {forms.TEAM: ask.t("Choose the team whose rows these are.")}
    uploads.check(asker, choice)
    return {}


def rehearsed(ask: Ask, upload_id: int, choice: Choice, shown: Shown) -> Drawing:
    """What the import would do; the form again, with what is in doubt, where it cannot be said."""
    t = ask.t
    with ask.glancing() as session:
        row, asker = _row(session, ask, upload_id), ask.asker(session)
        team = people.team(session, ask.workspace_id, choice.team_id).name if choice.team_id is not None else ""
    if said := _no_more(ask, row):
        return forms.over(said, t)
    with _download(ask, row) as path:
        try:
            with pacing.taking_turns(ask.runtime) as pace:

                def tell() -> None:
                    shown.shows(forms.loading(views.progress(pace.phase, pace.done, pace.total, None, t), t))

                with pacing.telling(tell):
                    told, _ = importing.run(
                        ask.runtime, row, choice, asker, path, pace, t=t, rows=_rows(row), is_rehearsal=True
                    )
        except Unreadable as problem:
            trouble = names.unreadable(problem, t)
            with pacing.taking_turns(ask.runtime) as pace:
                return _form(ask, row, asker, path, choice.kind, choice, trouble, pace)
    is_lead = asker.everywhere is not Role.ADMIN
    return forms.rehearsed(upload_id, choice, told, row.name, team, t, is_lead=is_lead)


def _rows(row: Upload) -> int:
    return uploads.Look.parse(row.look).rows or 0


def _download(ask: Ask, row: Upload) -> AbstractContextManager[Path]:
    return downloads.downloaded(ask.runtime.client(ask.workspace_id), row.id, row.slack_file, row.name)
