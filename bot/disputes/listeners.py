"""What agents do with a review, and those who decide with a dispute."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt import App
from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from cspm_core import disputes, errors, people
from cspm_core.disputes import Standing, Status, Verdict
from cspm_core.people import Role

from .. import at_once, ids
from ..asking import Ask
from ..blocks import Drawing
from ..escalations import fields
from ..listening import form, later, listener, menu, opener
from . import decide_forms, forms, mine_views, whole_views


def register(app: App) -> None:
    app.action(ids.DISPUTE_CONFIRM)(confirm)
    app.action(ids.DISPUTE_SPOKEN)(spoken)
    app.action(ids.DISPUTE_RAISE)(ask_dispute)
    app.action(ids.DISPUTE_RAISE_PAGE)(turn_dispute)
    app.view(ids.DISPUTE_RAISE_FORM)(dispute)
    app.action(ids.DISPUTE_DECIDE)(ask_decision)
    app.options(ids.DISPUTE_WHOSE)(find_agents)
    app.view(ids.DISPUTE_DECIDE_FORM)(decide)
    app.action(ids.DISPUTE_REVIEW)(open_whole)
    for turned in (ids.DISPUTE_REVIEW_VERSION, ids.DISPUTE_REVIEW_PAGE, ids.DISPUTE_REVIEW_NEXT):
        app.action(turned)(turn_whole)


def show_mine(ask: Ask, words: str) -> None:  # noqa: ARG001 - whatever follows, it is one's own
    """`/qa mine`: the reviews of one's own work."""
    with ask.reading() as session:
        asker = ask.asker(session)
        found = disputes.mine(session, ask.workspace_id, asker.member_id, now=ask.now) if asker.member_id else []
    ask.answer(mine_views.mine(found, ask.t))


@listener
def confirm(ask: Ask) -> None:
    """Read and understood; the message says so."""
    with ask.writing() as session:
        disputes.confirm(session, ask.workspace_id, int(ask.pressed()["review"]), by=ask.asker(session), now=ask.now)
    at_once.deliver(ask.runtime)


@listener
def spoken(ask: Ask) -> None:
    """ "I have told them": the agent gets it in writing at the next good moment."""
    with ask.writing() as session:
        disputes.tell_now(session, ask.workspace_id, int(ask.pressed()["review"]), by=ask.asker(session), now=ask.now)
    at_once.deliver(ask.runtime)


@opener
def ask_dispute(ask: Ask) -> None:
    """What is seen differently? Raises Disputed, WindowOver."""
    with ask.glancing() as session:
        one = _own(session, ask, int(ask.pressed()["review"]))
    if one.objection is not None:
        raise errors.Disputed(one.review.contact.key)
    if not one.may_dispute:
        raise errors.WindowOver(one.window.until, one.review.timezone)
    ask.opens(forms.dispute(one, ask.t))


@opener
def turn_dispute(ask: Ask) -> None:
    """More criteria; what was said stays."""
    with ask.glancing() as session:
        one = _own(session, ask, int(fields.carried(ask)["review"]))
    drawn = forms.dispute(
        one,
        ask.t,
        page=int(ask.carried),
        comment=fields.text(ask, forms.COMMENT),
        proposed=_proposed(ask),
        is_not_mine=fields.ticked(ask, forms.NOT_MINE),
    )
    _show(ask, drawn)


@form
def dispute(ask: Ask) -> dict[str, str] | None:
    """Written down before the modal closes, once; then whoever decides is told."""
    with ask.writing() as session:
        one = _own(session, ask, int(fields.carried(ask)["review"]))
        found = disputes.disputable(one.review.answers)
        chosen = {found[n].criterion: float(point) for n, point in _proposed(ask).items() if n < len(found)}
        try:
            disputes.raise_one(
                session,
                ask.workspace_id,
                one.review.id,
                by=ask.asker(session),
                comment=fields.text(ask, forms.COMMENT),
                proposed=chosen,
                is_not_mine=fields.ticked(ask, forms.NOT_MINE),
                now=ask.now,
            )
        except errors.Invalid as wrong:
            if wrong.field == forms.PROPOSED:
                raise errors.Invalid(forms.NOT_MINE, wrong.text, wrong.reason) from None
            raise
    later(ask.slack, "disputes.raised", lambda: at_once.deliver(ask.runtime))
    return None


def _proposed(ask: Ask) -> dict[int, int]:
    """What was chosen, on this page and on those before, by the criterion's place."""
    told = {int(n): int(point) for n, point in fields.carried(ask).get("proposed", {}).items()}
    values: dict[str, Any] = ask.slack.body["view"]["state"]["values"]
    for block_id in values:
        n = forms.place_of(block_id)
        if n is not None and (point := fields.chosen(ask, block_id)):
            told[n] = int(point)
    return told


def _own(session: Session, ask: Ask, review_id: int) -> Standing:
    """A review of the asker's own work, which they have. Raises UnknownReview, ReviewClosed."""
    asker = ask.asker(session)
    one = disputes.look(session, ask.workspace_id, review_id, asker, now=ask.now)
    if asker.member_id is None or one.review.agent_member_id != asker.member_id:
        raise errors.ReviewClosed
    return one


@opener
def ask_decision(ask: Ask) -> None:
    """What the agent says, and how it is decided. Raises Decided, NotYourDispute."""
    with ask.glancing() as session:
        asker = ask.asker(session)
        one = _to_decide(session, ask, int(ask.pressed()["dispute"]))
        agents = _agents(session, ask, one)
    _remember(ask, asker, one)
    ask.opens(decide_forms.decide(one, agents, ask.t))


@menu
def find_agents(ask: Ask) -> list[Drawing]:
    """Whose ticket it could have been: the names that hold what was typed."""
    typed = people.fold(ask.slack.body.get("value") or "")
    with ask.glancing() as session:
        agents = _agents(session, ask, _to_decide(session, ask, int(fields.carried(ask)["dispute"])))
    return decide_forms.offered({i: name for i, name in agents.items() if typed in people.fold(name)}, ask.t)


@form
def decide(ask: Ask) -> dict[str, str] | None:
    """Written down before the modal closes; the first decides, and whoever comes later is told who did."""
    with ask.writing() as session:
        one = _to_decide(session, ask, int(fields.carried(ask)["dispute"]))
        assert one.objection is not None
        verdict = _verdict(ask, one)
        accepts_whole = verdict.status is Status.ACCEPTED and one.objection.is_not_mine
        whose = fields.chosen(ask, decide_forms.AGENT)
        offered = {str(one) for one in _agents(session, ask, one)} | {decide_forms.NOBODY}
        if accepts_whole and whose not in offered:
            raise errors.Invalid(decide_forms.AGENT, "", "whose_ticket")
        if accepts_whole and whose != decide_forms.NOBODY:
            verdict = replace(verdict, agent_id=int(whose))
        disputes.decide(session, ask.workspace_id, one.objection.id, verdict, by=ask.asker(session), now=ask.now)
    later(ask.slack, "disputes.decided", lambda: at_once.deliver(ask.runtime))
    return None


def _verdict(ask: Ask, one: Standing) -> Verdict:
    assert one.objection is not None
    proposed = list(one.objection.proposed)
    values: dict[str, Any] = ask.slack.body["view"]["state"]["values"]
    field: dict[str, Any] = next(iter(values.get(decide_forms.CRITERIA, {}).values()), {})
    picked = field.get("selected_options") or ()
    criteria = tuple(proposed[int(option["value"])] for option in picked)
    status = Status(fields.chosen(ask, decide_forms.VERDICT) or Status.OPEN)
    return Verdict(status, fields.text(ask, decide_forms.REASON), criteria)


def _to_decide(session: Session, ask: Ask, dispute_id: int) -> Standing:
    """Raises UnknownDispute, Decided, NotYourDispute."""
    one = disputes.of_dispute(session, ask.workspace_id, dispute_id, now=ask.now)
    disputes.check_may_decide(session, ask.workspace_id, dispute_id, ask.asker(session), now=ask.now)
    return one


def _agents(session: Session, ask: Ask, one: Standing) -> dict[int, str]:
    """The team's people, but for whose it was and who reviewed it: an identity each, by name."""
    team = people.team(session, ask.workspace_id, one.review.team_id)
    found = {}
    for member in people.members_of(session, team, ask.now.date(), Role.AGENT):
        known = people.identities_of(session, ask.workspace_id, member.id)
        if known and member.id not in (one.review.agent_member_id, one.review.reviewer_id):
            found[known[0]] = member.name
    return found


@opener
def open_whole(ask: Ask) -> None:
    """The whole review with its versions."""
    review_id = int(ask.pressed()["review"])
    with ask.glancing() as session:
        asker = ask.asker(session)
        one = disputes.look(session, ask.workspace_id, review_id, asker, now=ask.now)
    _remember(ask, asker, one)
    ask.opens(whole_views.whole(one, disputes.versions(one.review), ask.t))


@opener
def turn_whole(ask: Ask) -> None:
    """Another version, or another page of it."""
    told = fields.carried(ask)
    is_version = ask.action.get("action_id") == ids.DISPUTE_REVIEW_VERSION
    number, page = (int(ask.carried), 0) if is_version else (int(told["version"]), int(ask.carried))
    with ask.glancing() as session:
        one = disputes.look(session, ask.workspace_id, int(told["review"]), ask.asker(session), now=ask.now)
    _show(ask, whole_views.whole(one, disputes.versions(one.review), ask.t, number=number, page=page))


def _remember(ask: Ask, asker: people.Asker, one: Standing) -> None:
    """That somebody looked at a review which is neither about them nor theirs."""
    review = one.review
    if review.agent_member_id is None or asker.member_id == review.reviewer_id:
        return
    with ask.writing() as session:
        people.log_look(session, ask.workspace_id, asker, review.agent_member_id, "reviews", now=ask.now)


def _show(ask: Ask, drawing: Drawing) -> None:
    """Into the modal that was pressed in, unless it was closed."""
    try:
        ask.runtime.client(ask.workspace_id).views_update(view_id=ask.slack.body["view"]["id"], view=drawing)
    except SlackApiError as error:
        if error.response["error"] != "not_found":
            raise
