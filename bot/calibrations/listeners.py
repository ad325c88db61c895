"""`/qa calibrate`, beginning a round, scoring in it, ending it, and what came of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from slack_bolt import App
from sqlmodel import Session

from cspm_core import calibrations, errors, people, qa, receipts
from cspm_core.calibrations import Round
from cspm_core.people import Asker, Team

from .. import at_once, ids
from ..asking import Ask
from ..escalations import fields
from ..kpi import answers
from ..listening import form, later, listener, opener
from ..qa.review_opening import open_review
from . import forms, result_views, sights, views
from .views import Board, Seat

AHEAD = timedelta(days=7)
BETWEEN = re.compile(r"[\s,;]+")


def register(app: App) -> None:
    app.action(ids.CALIBRATION_BEGIN)(ask_begin)
    app.view(ids.CALIBRATION_FORM)(begin)
    app.action(ids.CALIBRATION_OPEN)(open_round)
    app.action(ids.CALIBRATION_SCORE)(score)
    app.action(ids.CALIBRATION_END)(end)
    app.action(ids.CALIBRATION_RESULT)(show_result)


def show(ask: Ask, words: str) -> None:
    """The rounds of the team named, or of the asker's own. Raises Refusal."""
    with ask.reading() as session:
        team = _reviewed(session, ask, words.strip())
        asker = ask.asker(session)
        seats = [_seat(one, asker) for one in calibrations.rounds(session, team)]
    ask.answer(views.board(Board(team.id, team.name, seats), ask.t))


def _reviewed(session: Session, ask: Ask, name: str) -> Team:
    """A team whose contacts the asker reviews. Raises NotReviewer."""
    asker = ask.asker(session)
    teams = qa.reviewed_teams(session, ask.workspace_id, asker)
    if not name and teams:
        return teams[0]
    team = answers.team_asked(session, ask, name)
    if not asker.reviews(team.id):
        raise errors.NotReviewer(team.name)
    return team


def _seat(one: Round, asker: Asker) -> Seat:
    own = one.calibrator(asker.member_id)
    may_end = asker.member_id == one.by_id or asker.coaches(one.team_id)
    return Seat(one, own, may_end, may_see=may_end or own is not None)


@opener
def ask_begin(ask: Ask) -> None:
    """Which conversations, who, and until when?"""
    with ask.glancing() as session:
        team = people.team(session, ask.workspace_id, int(ask.pressed()["team"]))
        if not ask.asker(session).reviews(team.id):
            raise errors.NotReviewer(team.name)
        cards = {card.version_id: card.name for card in qa.scorecards_of(session, team)}
        if not cards:
            raise errors.NoScorecard(team.name)
        who = {one.id: one.name for one in calibrations.calibrators_for(session, team, ask.now)}
        today = people.calendar_of(session, team).local_day(ask.now)
    ask.opens(forms.begin(forms.Draft(team.id, team.name, cards, who, today + AHEAD), ask.t))


@form
def begin(ask: Ask) -> dict[str, str] | None:
    """Written down before the modal closes, once for each modal; then everybody who scores is told."""
    due_on = fields.day(ask, forms.DUE)
    if due_on is None:
        return {forms.DUE: ask.t("Choose a day.")}
    with ask.writing() as session:
        team = people.team(session, ask.workspace_id, int(fields.carried(ask)["team"]))
        tickets, unknown = _typed(session, team, fields.text(ask, forms.CONTACTS))
        if unknown:
            return {forms.CONTACTS: ask.t("I find no ticket “{key}” of {team}.", key=unknown, team=team.name)}
        if not receipts.first_time(session, ask.workspace_id, f"calibration:{_view(ask)['id']}", now=ask.now):
            return None
        calibrations.begin(
            session,
            team,
            by=ask.asker(session),
            version_id=int(fields.chosen(ask, forms.CARD)),
            ticket_ids=tickets,
            reviewer_ids=_chosen(ask),
            due_on=due_on,
            name=fields.text(ask, forms.NAME),
            draw=int(fields.chosen(ask, forms.DRAW) or 0),
            now=ask.now,
        )
    later(ask.slack, "calibrations.begun", lambda: at_once.deliver(ask.runtime))
    return None


def _typed(session: Session, team: Team, words: str) -> tuple[list[int], str]:
    """The tickets that were typed, and the first word that is none."""
    found: list[int] = []
    for word in filter(None, BETWEEN.split(words)):
        named = qa.contacts_named(session, team.workspace_id, [team], word)
        ticket_id = next((one.ticket_id for one in named if one.ticket_id is not None), None)
        if ticket_id is None:
            return [], word[:60]
        found.append(ticket_id)
    return found, ""


def _chosen(ask: Ask) -> list[int]:
    element = next(iter(_view(ask)["state"]["values"].get(forms.WHO, {}).values()), None) or {}
    return [int(one["value"]) for one in element.get("selected_options") or ()]


def _view(ask: Ask) -> dict[str, Any]:
    found: dict[str, Any] = ask.slack.body["view"]
    return found


@listener
def open_round(ask: Ask) -> None:
    """What is left to score. Raises NotReviewer where they were not asked."""
    with ask.reading() as session:
        one = _pressed(session, ask)
        seat = _seat(one, ask.asker(session))
    if seat.own is None and not seat.may_end:
        raise errors.NotReviewer(one.team)
    ask.answer(views.invite(seat, ask.t))


@opener
def score(ask: Ask) -> None:
    """The blind review of a conversation, as far as it is written."""
    told = ask.pressed()
    with ask.writing() as session:
        draft = calibrations.start_scoring(
            session,
            ask.workspace_id,
            int(told["calibration"]),
            int(told["ticket"]),
            by=ask.asker(session),
            now=ask.now,
        )
    open_review(ask, draft.id)


@listener
def end(ask: Ask) -> None:
    """Before its date, by its author or a lead; everybody who took part sees the result."""
    with ask.writing() as session:
        asker = ask.asker(session)
        ended = calibrations.close(session, ask.workspace_id, int(ask.pressed()["calibration"]), by=asker, now=ask.now)
    at_once.deliver(ask.runtime)
    if ended:
        ask.answer({"text": ask.t("The calibration has ended. Everybody who took part gets the result.")})
    else:
        ask.answer({"text": ask.t("This calibration had ended already.")})


@listener
def show_result(ask: Ask) -> None:
    """What came of a round, for those who took part in it and the team's leads. Raises NotReviewer."""
    with ask.reading() as session:
        one = _pressed(session, ask)
        asker = ask.asker(session)
        if not _seat(one, asker).may_see:
            raise errors.NotReviewer(one.team)
        shown = sights.as_seen_by(
            session, ask.workspace_id, asker, calibrations.result(session, ask.workspace_id, one.id)
        )
    with ask.writing() as session:
        sights.remember(session, ask.workspace_id, asker, shown, now=ask.now)
    ask.answer(result_views.result(shown, ask.t))


def _pressed(session: Session, ask: Ask) -> Round:
    return calibrations.one(session, ask.workspace_id, int(ask.pressed()["calibration"]))
