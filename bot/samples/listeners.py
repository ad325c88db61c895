"""`/qa queue`: what is mine to review, replacing one with a reason, and how far a team is."""

from __future__ import annotations

from datetime import datetime

from slack_bolt import App
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient
from sqlmodel import Session

from cspm_core import errors, people, qa, samples
from cspm_core.people import Asker, Team
from cspm_core.samples import Pick, Replaced

from .. import delivery, ids
from ..asking import Ask
from ..blocks import Drawing, escape, value
from ..escalations import fields
from ..escalations.titles import ticket_link
from ..kpi import answers
from ..listening import form, later, listener, opener
from ..speaking import refused, speak
from ..words import Words
from . import forms, progress_views, views
from .progress_views import Standing
from .views import Queue


def register(app: App) -> None:
    app.action(ids.SAMPLE_QUEUE)(show_queue)
    app.action(ids.SAMPLE_MORE)(show_more)
    app.action(ids.SAMPLE_PROGRESS)(show_progress)
    app.action(ids.SAMPLE_TAKE)(take)
    app.action(ids.SAMPLE_REPLACE)(ask_why)
    app.view(ids.SAMPLE_REPLACE_FORM)(replace)


def show(ask: Ask, words: str) -> None:
    """The asker's own queue and, of a team that they lead, how far it is; `words` may name the team. Raises
    NotReviewer, Refusal."""
    with ask.reading() as session:
        asker = ask.asker(session)
        team = _team(session, ask, asker, words.strip())
        mine = _queue(session, ask, asker)
        led = _standing(session, ask, team) if team and asker.coaches(team.id) else None
        if not (led or mine.picks or qa.reviewed_teams(session, ask.workspace_id, asker)):
            raise errors.NotReviewer(team.name if team and words.strip() else "")
    if mine.picks or not led:
        ask.answer(views.queue(mine, ask.t))
    if led:
        ask.answer(progress_views.standing(led, ask.t))


def _team(session: Session, ask: Ask, asker: Asker, name: str) -> Team | None:
    """The team named; else one that the asker leads, the last they asked for before others."""
    if name:
        return answers.team_asked(session, ask, name)
    led = [team for team in people.teams(session, ask.workspace_id) if asker.coaches(team.id)]
    return next((team for team in led if team.id == asker.last_team_id), led[0] if led else None)


def _queue(session: Session, ask: Ask, asker: Asker, *, begin: int = 0, said: str = "") -> Queue:
    picks = samples.open_picks(session, ask.workspace_id, asker.member_id) if asker.member_id else []
    begin = begin if begin < len(picks) else 0
    return Queue(picks, ask.now, begin, said, () if picks else _draws_next(session, ask, asker))


def _draws_next(session: Session, ask: Ask, asker: Asker) -> tuple[tuple[str, datetime, str], ...]:
    """When the teams draw next that the asker reviews for."""
    found = []
    for team in qa.reviewed_teams(session, ask.workspace_id, asker):
        plan = samples.plan_of(session, team)
        if plan.is_on:
            found.append((team.name, samples.next_draw(session, team, plan, ask.now), team.timezone))
    return tuple(found)


def _standing(session: Session, ask: Ask, team: Team, said: str = "") -> Standing:
    plan = samples.plan_of(session, team)
    next_at = samples.next_draw(session, team, plan, ask.now) if plan.is_on else None
    found = samples.progress(session, team, now=ask.now)
    return Standing(team.id, team.name, team.timezone, found, next_at, said)


@listener
def show_queue(ask: Ask) -> None:
    """From a message that told of it."""
    _answer_queue(ask)


@listener
def show_more(ask: Ask) -> None:
    """The next ones, in the same message."""
    begin = int(ask.pressed()["begin"])
    with ask.reading() as session:
        drawn = views.queue(_queue(session, ask, ask.asker(session), begin=begin), ask.t)
    _say_again(ask, drawn, _address(ask))


def _answer_queue(ask: Ask, said: str = "", url: str = "") -> None:
    with ask.reading() as session:
        drawn = views.queue(_queue(session, ask, ask.asker(session), said=said), ask.t)
    if url:
        _say_again(ask, drawn, url)
    else:
        ask.answer(drawn)


@listener
def show_progress(ask: Ask) -> None:
    """How far a team is, for its leads."""
    _answer_progress(ask, int(ask.pressed()["team"]))


def _answer_progress(ask: Ask, team_id: int, said: str = "", url: str = "") -> None:
    with ask.reading() as session:
        team = people.team(session, ask.workspace_id, team_id)
        if not ask.asker(session).coaches(team.id):
            leads = people.members_of(session, team, ask.now.date(), people.Role.LEAD)
            raise errors.NotForYou([one.name for one in leads])
        drawn = progress_views.standing(_standing(session, ask, team, said), ask.t)
    _say_again(ask, drawn, url) if url else ask.answer(drawn)


@listener
def take(ask: Ask) -> None:
    """A lead, or a reviewer, reviews what nobody has."""
    with ask.writing() as session:
        asker = ask.asker(session)
        row = samples.take(session, ask.workspace_id, int(ask.pressed()["pick"]), by=asker)
        one = samples.pick(session, ask.workspace_id, row.id)
    delivery.deliver(ask.runtime)
    said = ask.t("{ticket} is yours to review. `/qa queue` shows it.", ticket=ticket_link(one.key, one.url))
    if asker.coaches(one.team_id):
        _answer_progress(ask, one.team_id, said, _address(ask))
    else:
        _answer_queue(ask, said)


@opener
def ask_why(ask: Ask) -> None:
    """Why can it not be reviewed?"""
    with ask.glancing() as session:
        one = samples.pick(session, ask.workspace_id, int(ask.pressed()["pick"]))
        asker = ask.asker(session)
        if one.reviewer_id != asker.member_id and not asker.coaches(one.team_id):
            raise errors.NotForYou([one.reviewer] if one.reviewer else [])
        if one.status != samples.Status.OPEN:
            raise errors.PickClosed(one.key)
    ask.opens(forms.replacement(one, value(pick=one.id, url=_address(ask)), ask.t))


@form
def replace(ask: Ask) -> dict[str, str] | None:
    """Committed before the modal closes; a pick is replaced once, however often it is sent."""
    told = fields.carried(ask)
    reason, said = fields.chosen(ask, forms.REASON), fields.text(ask, forms.SAID)
    if not reason:
        return {forms.REASON: ask.t("Choose a reason.")}
    if reason == samples.Reason.OTHER and not said:
        return {forms.SAID: ask.t("Say in a few words why.")}
    with ask.writing() as session:
        by = ask.asker(session)
        done = samples.replace(
            session, ask.workspace_id, int(told["pick"]), by=by, reason=reason, said=said, now=ask.now
        )
    later(ask.slack, "samples.replaced", lambda: _replaced(ask, done, str(told.get("url") or "")))
    return None


def _replaced(ask: Ask, done: Replaced, url: str) -> None:
    delivery.deliver(ask.runtime)
    drawn_for = replaced_words(done, ask.t)
    if url:
        _answer_queue(ask, drawn_for, url)
    else:
        ask.tell({"text": drawn_for})


def replaced_words(done: Replaced, t: Words) -> str:
    """What came in a pick's place, as mrkdwn."""
    before = _link(done.pick)
    if done.fresh is None:
        return t("{ticket} is replaced by none: everything like it is drawn already, so the sample is one smaller.",
                 ticket=before)  # fmt: skip
    told = {"ticket": before, "other": _link(done.fresh), "person": escape(done.fresh.agent)}
    if done.fresh.reviewer_id is None:
        return t("{ticket} is replaced by {other} ({person}), which nobody may review yet.", **told)
    if done.fresh.reviewer_id != done.pick.reviewer_id:
        return t("{ticket} is replaced by {other} ({person}), which {reviewer} reviews.",
                 reviewer=escape(done.fresh.reviewer), **told)  # fmt: skip
    return t("{ticket} is replaced by {other} ({person}).", **told)


def _link(one: Pick) -> str:
    return ticket_link(one.key, one.url)


def _address(ask: Ask) -> str:
    """Where the message can be said again in which something was pressed."""
    return str(ask.slack.body.get("response_url") or "")


def _say_again(ask: Ask, drawing: Drawing, url: str) -> None:
    """In the message itself; in direct messages where its address is good no more."""
    try:
        speak(ask.runtime, ask.workspace_id, drawing, ask.t, lambda drawn: say_in_place(url, drawn))
    except SlackApiError:  # the address is good for half an hour and five answers
        ask.tell(drawing)


def say_in_place(url: str, drawing: Drawing) -> None:
    """Put a drawing where a message stands. Raises SlackApiError."""
    told = WebhookClient(url, retry_handlers=[]).send(
        text=drawing["text"], blocks=drawing["blocks"], replace_original=True
    )
    if told.status_code != 200 or told.body not in ("ok", ""):
        raise refused(told)
