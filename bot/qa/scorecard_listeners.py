"""`/qa scorecards`: which a team has, a new one, a file of one, archiving; the editor opens from here."""

from __future__ import annotations

from slack_bolt import App
from sqlmodel import Session

from cspm_core import errors, qa, receipts
from cspm_core.people import Team
from cspm_core.qa import Definition
from cspm_core.qa.scorecard_rules import LONGEST_NAME

from .. import ids
from ..asking import Ask
from ..blocks import short, value
from ..escalations import fields
from ..kpi import answers
from ..listening import form, later, listener, opener
from ..refusals import sentence
from ..words import Words
from . import (
    ready,
    scorecard_desk,
    scorecard_edit_listeners,
    scorecard_fields,
    scorecard_files,
    scorecard_part_forms,
)
from .scorecard_files import filename
from .scorecard_forms import overview
from .scorecard_views import scorecards
from .spoken import team_in


def register(app: App) -> None:
    app.action(ids.SCORECARD_NEW)(ask_new)
    app.view(ids.SCORECARD_NEW_FORM)(make)
    app.action(ids.SCORECARD_EDIT)(edit)
    app.action(ids.SCORECARD_EXPORT)(export)
    app.action(ids.SCORECARD_ARCHIVE)(archive)
    app.action(ids.SCORECARD_BACK)(bring_back)
    scorecard_edit_listeners.register(app)


def show(ask: Ask, words: str) -> None:
    """The scorecards of the team named, else of the asker's own. Raises Refusal."""
    with ask.reading() as session:
        team = answers.team_asked(session, ask, team_in(words))
        shown = scorecard_desk.shown(session, ask, team)
    ask.answer(scorecards(shown, ask.t))


@opener
def ask_new(ask: Ask) -> None:
    """With what shall it begin?"""
    with ask.glancing() as session:
        team, _ = scorecard_desk.led_team(session, ask, int(ask.pressed()["team"]))
        copies = [(card.id, card.name) for card in qa.scorecards_of(session, team)]
    carried = value(team=team.id, url=_url(ask))
    ask.opens(scorecard_part_forms.new(team.name, copies, carried, ask.t))


@form
def make(ask: Ask) -> dict[str, str] | None:
    """Made before the modal closes, once for each modal; in the team's language, since everybody reads it."""
    told, file = fields.carried(ask), scorecard_fields.file(ask)
    wanted, url = fields.text(ask, scorecard_part_forms.NAME), str(told.get("url") or "")
    card = None
    try:
        with ask.writing() as session:
            team, by = scorecard_desk.led_team(session, ask, int(told["team"]))
            if not receipts.first_time(session, ask.workspace_id, _receipt(ask), now=ask.now):
                return None
            if not file:
                chosen = fields.chosen(ask, scorecard_part_forms.FROM)
                name, channel, content = _beginning(session, ask, team, chosen)
                name = wanted or short(name, LONGEST_NAME)
                card = qa.save_scorecard(session, team, name, content, channel=channel, by=by, now=ask.now)
    except errors.Taken as taken:
        return {scorecard_part_forms.NAME: sentence(taken, ask.t)}
    if card is None:
        later(ask.slack, "qa.scorecard_file", lambda: scorecard_files.bring_in(ask, team.id, file, wanted, url))
        return None
    said = ask.t("“{name}” is ready to be used. “Edit” changes it.", name=card.name)
    later(ask.slack, "qa.scorecard_made", lambda: scorecard_desk.list_anew(ask, team.id, said, url))
    return None


def _beginning(session: Session, ask: Ask, team: Team, chosen: str) -> tuple[str, str, Definition]:
    """Name, channel and content of what a new scorecard begins with."""
    t = Words(team.language, ask.t.prefix, year=ask.t.year)
    if chosen in ready.READY:
        return ready.ready(chosen, t)
    if chosen.isdigit():
        _, card = scorecard_desk.seen(session, ask, int(chosen))
        return t("Copy of {name}", name=card.name), card.channel, card.definition
    return t("New scorecard"), "", ready.empty(t)


@opener
def edit(ask: Ask) -> None:
    """The editor, as it was left."""
    with ask.writing() as session:
        found = scorecard_desk.led(session, ask, int(ask.pressed()["card"]))
        now = scorecard_desk.editing(session, ask, found, url=_url(ask))
    ask.opens(overview(now, ask.t))


@listener
def export(ask: Ask) -> None:
    """A YAML file, for the asker alone."""
    with ask.reading() as session:
        _, card = scorecard_desk.seen(session, ask, int(ask.pressed()["card"]))
    content = qa.write_scorecard(card.name, card.channel, card.definition)
    title = ask.t("Scorecard “{name}”, version {n}", name=card.name, n=ask.t.number(card.version))
    ask.hand_over(filename(card.name), content.encode(), title)
    ask.answer({"text": ask.t("The file is in your messages with me. “New scorecard” reads it again.")})


@listener
def archive(ask: Ask) -> None:
    """No new review begins with it."""
    with ask.writing() as session:
        found = scorecard_desk.led(session, ask, int(ask.pressed()["card"]))
        qa.archive_scorecard(session, ask.workspace_id, found.card.id, now=ask.now)
    said = ask.t("“{name}” is archived.", name=found.card.name)
    scorecard_desk.list_anew(ask, found.team.id, said, _url(ask))


@listener
def bring_back(ask: Ask) -> None:
    """It is offered again."""
    with ask.writing() as session:
        found = scorecard_desk.led(session, ask, int(ask.pressed()["card"]))
        qa.unarchive_scorecard(session, ask.workspace_id, found.card.id)
    said = ask.t("“{name}” is back.", name=found.card.name)
    scorecard_desk.list_anew(ask, found.team.id, said, _url(ask))


def _url(ask: Ask) -> str:
    return str(ask.slack.body.get("response_url") or "")


def _receipt(ask: Ask) -> str:
    return f"scorecard:{ask.slack.body['view']['id']}"
