"""`/handover`, its modal, and the button that says "taken over"."""

from __future__ import annotations

from slack_bolt import App

from cspm_core import handovers, people
from cspm_core.escalations import Ending
from cspm_core.handovers import Taken

from .. import at_once, ids
from ..asking import Ask
from ..blocks import escape
from ..escalations import fields
from ..kpi import answers
from ..listening import form, later, listener, opener
from ..slash import named
from ..words import Words
from . import forms


def register(app: App) -> None:
    app.command(named("handover"))(begin)
    app.view(ids.HANDOVER_FORM)(submit)
    app.action(ids.HANDOVER_TAKEN)(taken_over)


@opener
def begin(ask: Ask) -> None:
    """What would be handed over, of the team named or the asker's own."""
    with ask.glancing() as session:
        team = answers.team_asked(session, ask, ask.text.strip())
        offer = handovers.offer(session, team, ask.asker(session), now=ask.now)
    ask.opens(forms.handover(offer, ask.t))


@form
def submit(ask: Ask) -> dict[str, str] | None:
    """Written down before the modal closes, once for each modal; then everybody whom it concerns is told."""
    user = fields.user(ask, forms.TO)
    if user:
        fields.met(ask, user)
    with ask.writing() as session:
        team = people.team(session, ask.workspace_id, int(fields.carried(ask)["team"]))
        to = fields.person(session, ask, user) if user else None
        if user and to is None:
            return {forms.TO: ask.t("Choose a person whom I can meet in Slack; apps cannot take over.")}
        handovers.make(
            session,
            team,
            to,
            by=ask.asker(session),
            key=str((ask.slack.view or {})["id"]),
            happened=fields.text(ask, forms.HAPPENED),
            watch=fields.text(ask, forms.WATCH),
            gives_own=fields.ticked(ask, forms.OWN),
            now=ask.now,
        )
    later(ask.slack, "handovers.made", lambda: at_once.carry_on(ask.runtime))
    return None


@listener
def taken_over(ask: Ask) -> None:
    """The first has it; whoever comes later is told who was first."""
    handover_id = int(ask.pressed()["handover"])
    with ask.writing() as session:
        one = handovers.card(session, ask.workspace_id, handover_id)
        t = Words(people.team(session, ask.workspace_id, one.team_id).language, ask.t.prefix, year=ask.t.year)
        ending = Ending(t("Nobody had taken the shift over."), t("Somebody has taken it over."))
        asker = ask.asker(session)
        done = handovers.take(session, ask.workspace_id, handover_id, by=asker, ending=ending, now=ask.now)
        by = people.member(session, ask.workspace_id, done.by).name if done.by else ""
    at_once.carry_on(ask.runtime)
    ask.answer({"text": _said(done, by, done.by == asker.member_id, one.timezone, ask.t)})


def _said(done: Taken, by: str, is_own: bool, zone: str, t: Words) -> str:
    if done.first:
        said = t("You have taken over. Everybody sees it.")
        given = t.n("{n} escalation is yours now.", "{n} escalations are yours now.", done.given)
        return t.sentences(said, given) if done.given else said
    if is_own:
        return t("You have taken over already.")
    at = t.moment(done.at, zone) if done.at else ""
    return t("{person} was first, {at}.", person=escape(by), at=at)
