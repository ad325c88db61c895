"""What a reviewer does in the modal: every change is kept at once, and the modal is drawn from what is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import structlog
from slack_bolt import App
from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from cspm_core import calibrations, disputes, errors, people, qa, receipts, samples
from cspm_core.qa import Lacking, QaReview

from .. import at_once, ids
from ..asking import Ask
from ..blocks import Drawing
from ..kpi import answers, ticket_views
from ..kpi.scope import Scope
from ..listening import Instead, form, later, menu, opener
from . import review_choosers, review_fields, review_forms, review_messages, review_opening, review_views
from .review_choosers import Found
from .review_names import LACKS
from .review_opening import open_review, open_typed
from .review_pages import page_of

__all__ = ["open_review", "open_typed", "register"]

log = structlog.get_logger(__name__)
MICROSECONDS = 1_000_000


def register(app: App) -> None:
    app.shortcut(ids.REVIEW_MESSAGE)(begin_from_message)
    app.action(ids.REVIEW_TICKET)(begin_from_ticket)
    app.options(ids.REVIEW_TICKET)(find_tickets)
    app.action(ids.REVIEW_OPEN)(go_on)
    app.action(ids.REVIEW_WHOLE)(go_on)
    for turned in (ids.REVIEW_WHOLE_PAGE, ids.REVIEW_WHOLE_NEXT):
        app.action(turned)(turn_whole)
    app.view(ids.REVIEW_CHOOSE_FORM)(choose)
    for said in (ids.REVIEW_SAID, ids.REVIEW_EXCEPT):
        app.action(said)(say)
    app.action(ids.REVIEW_WRITTEN)(write)
    app.action(ids.REVIEW_MODE)(change_mode)
    app.action(ids.REVIEW_CARD)(change_card)
    for turned in (ids.REVIEW_PAGE, ids.REVIEW_NEXT):
        app.action(turned)(turn)
    app.action(ids.REVIEW_DROP)(drop)
    app.view(ids.REVIEW_FORM)(submit)


@opener
def begin_from_message(ask: Ask) -> None:
    """The ticket that a message is about; where it names none, a field to name it."""
    words = review_messages.words(ask.slack.body["message"])
    with ask.glancing() as session:
        teams = qa.reviewed_teams(session, ask.workspace_id, ask.asker(session))
        if not teams:
            raise errors.NotReviewer
        found = Found(tuple(qa.contacts_named(session, ask.workspace_id, teams, words)), from_message=True)
    if found.is_certain:
        review_opening.open_subject(ask, found.subjects[0])
    else:
        ask.opens(review_choosers.chooser(found, ask.t))


@opener
def begin_from_ticket(ask: Ask) -> None:
    """A ticket, or a call, out of a list."""
    pressed = ask.pressed()
    ask.opens(_begun(ask, int(pressed["team"]), pressed.get("ticket"), pressed.get("call")))


@menu
def find_tickets(ask: Ask) -> list[Drawing]:
    """Those of a list behind a figure in which what was typed stands."""
    scope, typed = Scope.parse(ask.slack.body["block_id"]), people.fold(ask.slack.body["value"])
    with ask.glancing() as session:
        if not ask.asker(session).reviews(scope.team_id):
            return []
        found = answers.behind(session, answers.again(session, ask, scope), scope.metric)
    return ticket_views.offered_to_review(scope.team_id, found.rows, typed)


@opener
def go_on(ask: Ask) -> None:
    """A draft as it was left, or a review that was sent."""
    open_review(ask, int(ask.pressed()["review"]))


@form
def choose(ask: Ask) -> dict[str, str] | Instead | None:
    """What was typed or chosen becomes the modal of its draft."""
    values = ask.slack.body["view"]["state"]["values"]
    if chosen := (values.get(review_choosers.WHICH, {}).get(review_choosers.WHICH) or {}).get("selected_option"):
        told = json.loads(chosen["value"])
        return Instead(_begun(ask, told["team"], told["ticket"], told["call"]))
    typed = str((values.get(review_choosers.WHAT, {}).get(review_choosers.WHAT) or {}).get("value") or "").strip()
    if not typed:
        return {review_choosers.WHAT: ask.t("Say which ticket, call or agent.")}
    with ask.glancing() as session:
        found = review_opening.wanted(session, ask, typed)
    if found.is_certain:
        one = found.subjects[0]
        return Instead(_begun(ask, one.team_id, one.ticket_id, one.call_id))
    return Instead(review_opening.choice(ask, found))


def _begun(ask: Ask, team_id: int, ticket_id: int | None, call_id: int | None) -> Drawing:
    return review_opening.begun(ask, team_id=team_id, ticket_id=ticket_id, call_id=call_id)


@opener
def say(ask: Ask) -> None:
    """A point, a root cause, an exception, a box: kept, and what follows from it shown."""
    with ask.writing() as session:
        _keep(session, ask)
    _redraw(ask, _page(ask))


@opener
def write(ask: Ask) -> None:
    """Words while they are typed. Nothing is drawn anew, so that the cursor stays where it is."""
    with ask.writing() as session:
        _keep(session, ask)


@opener
def change_mode(ask: Ask) -> None:
    """Only the exceptions, or all criteria."""
    with ask.writing() as session:
        row = _keep(session, ask)
        qa.choose_mode(session, row, is_quick=ask.carried == "quick")
    _redraw(ask, 0)


@opener
def change_card(ask: Ask) -> None:
    """Another scorecard of the team's."""
    with ask.writing() as session:
        row = _keep(session, ask)
        qa.choose_version(session, row, int(ask.carried))
    _redraw(ask, 0)


@opener
def turn(ask: Ask) -> None:
    """Another page."""
    with ask.writing() as session:
        _keep(session, ask)
    _redraw(ask, int(ask.carried))


@opener
def drop(ask: Ask) -> None:
    """The draft is thrown away; its modal says so."""
    with ask.writing() as session:
        qa.discard(session, review_opening.row_of(session, ask, _review_id(ask)))
    _show(ask, lambda: review_views.dropped(ask.t))


@opener
def turn_whole(ask: Ask) -> None:
    """Another page of a review that was sent."""
    with ask.glancing() as session:
        drawing = review_opening.read_page(session, ask, _review_id(ask), int(ask.carried))
    _show(ask, lambda: drawing)


@form
def submit(ask: Ask) -> dict[str, str] | Instead | None:
    """What is still missing stands beside its field, on the page where it belongs; else the review is sent, once.

    What somebody sees is what they send: where the draft was changed elsewhere to what they do not see, it is shown."""
    view = ask.slack.body["view"]
    with ask.writing() as session:
        try:
            row = review_opening.row_of(session, ask, _review_id(ask))
        except errors.ReviewSent:
            if receipts.first_time(session, ask.workspace_id, _receipt(ask), now=ask.now):
                raise
            return None
        review_fields.keep(session, row, review_fields.everything(view))
        desk = review_opening.desk(session, ask, row.id, _page(ask))
        one = desk.review
        if not review_forms.is_drawn_so(one, {block["block_id"] for block in view["blocks"]}):
            return Instead(review_forms.draft(desk, ask.t))
        said = {answer.criterion: answer for answer in one.answers}
        standing = qa.standing(one.definition, said, one.opened, is_quick=one.is_quick)
        lacks = qa.lacking(one.definition, standing)
        if not lacks:
            _send(session, ask, row)
    if lacks:
        return _to_mend(ask, desk, lacks)
    later(ask.slack, "qa.sent", lambda: at_once.carry_on(ask.runtime))
    return None


def _send(session: Session, ask: Ask, row: QaReview) -> None:
    receipts.first_time(session, ask.workspace_id, _receipt(ask), now=ask.now)
    wants_in_person = row.in_person
    qa.submit(session, row, by=ask.asker(session), now=ask.now)
    if row.calibration_id is not None:
        calibrations.scored(session, row, now=ask.now)
        return
    samples.reviewed(session, row, now=ask.now)
    disputes.announce(session, row, in_person=wants_in_person, now=ask.now)


def _to_mend(ask: Ask, desk: review_forms.Desk, lacks: tuple[Lacking, ...]) -> dict[str, str] | Instead:
    """Beside the fields where they stand in the modal; else the page on which the first is."""
    there = {block["block_id"] for block in ask.slack.body["view"]["blocks"]}
    fields = [(review_forms.field_of(desk.review, lack), lack) for lack in lacks]
    if any(where in there for where, _ in fields):
        return {where: ask.t(LACKS[lack.what]) for where, lack in reversed(fields) if where in there}
    page = page_of(desk.review, lacks[0].criterion)
    return Instead(review_forms.draft(replace(desk, page=page, lacks=lacks), ask.t))


def _keep(session: Session, ask: Ask) -> QaReview:
    """What was changed in the modal, unless something later was kept already. Raises NotYourReview, ReviewSent."""
    row = review_opening.row_of(session, ask, _review_id(ask))
    if qa.hear(session, row, _pressed_at(ask)):
        pressed = [str(one.get("block_id")) for one in ask.slack.body.get("actions") or ()]
        review_fields.keep(session, row, review_fields.changed(ask.slack.body["view"], pressed))
    return row


def _redraw(ask: Ask, page: int) -> None:
    def draw() -> Drawing:
        with ask.glancing() as session:
            desk = review_opening.desk(session, ask, _review_id(ask), page)
        return review_forms.draft(desk, ask.t)

    _show(ask, draw)


def _show(ask: Ask, draw: Any) -> None:
    """Into the modal that was pressed in. Where another press drew it meanwhile, once more from what is kept by now."""
    view, client = ask.slack.body["view"], ask.runtime.client(ask.workspace_id)
    try:
        client.views_update(view_id=view["id"], hash=view["hash"], view=draw())
    except SlackApiError as error:
        if error.response["error"] == "hash_conflict":
            client.views_update(view_id=view["id"], view=draw())
        elif error.response["error"] != "not_found":  # it was closed
            raise


def _review_id(ask: Ask) -> int:
    return int(_carried(ask)["review"])


def _page(ask: Ask) -> int:
    return int(_carried(ask).get("page") or 0)


def _carried(ask: Ask) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(ask.slack.body["view"]["private_metadata"])
    return told


def _receipt(ask: Ask) -> str:
    return f"review:{ask.slack.body['view']['id']}"


def _pressed_at(ask: Ask) -> datetime:
    """When something was pressed, as Slack says: presses may arrive in another order."""
    stamp = Decimal(str(ask.action.get("action_ts") or ask.now.timestamp()))
    seconds, rest = divmod(int(stamp * MICROSECONDS), MICROSECONDS)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)
