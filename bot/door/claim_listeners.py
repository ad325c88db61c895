"""Becoming an admin with the code that stands where the bot runs: typed after `/cspm admin`, or in a modal."""

from __future__ import annotations

from slack_bolt import App

from cspm_core import errors, people, receipts

from .. import ids
from ..asking import Ask
from ..escalations import fields
from ..home import listeners as home
from ..listening import form, later, opener
from ..refusals import sentence
from . import claim_views


def register(app: App) -> None:
    app.action(ids.CLAIM_OPEN)(begin)
    app.view(ids.CLAIM_FORM)(submit)


@opener
def begin(ask: Ask) -> None:
    """The modal, from a button."""
    open_form(ask, "")


def open_form(ask: Ask, words: str) -> None:  # noqa: ARG001
    """The same, from a command without a code."""
    ask.opens(claim_views.form(ask.t))


def claim_typed(ask: Ask, words: str) -> None:
    """`/cspm admin CODE`. Raises BadCode, CodeExpired, TooManyTries."""
    claim(ask, words, "")
    ask.answer(claim_views.claimed(ask.t))
    later(ask.slack, "admin.claimed", lambda: home.publish(ask, ask.t))


@form
def submit(ask: Ask) -> dict[str, str] | None:
    """An admin before the modal closes, told so once for each modal."""
    try:
        is_first = claim(ask, fields.text(ask, claim_views.CODE), f"claim:{ask.view_id}")
    except (errors.BadCode, errors.CodeExpired) as wrong:  # beside a field nothing is marked up
        return {claim_views.CODE: sentence(wrong, ask.t).replace("`", "")}
    if is_first:
        later(ask.slack, "admin.claimed", lambda: _welcome(ask))
    return None


def claim(ask: Ask, code: str, key: str) -> bool:
    """Whether it was done now, and not by the same modal before. Raises BadCode, CodeExpired, TooManyTries."""
    refused: errors.BadCode | None = None
    with ask.writing() as session:
        person = people.member_by_slack(session, ask.workspace_id, ask.user)
        if person is None:
            raise errors.UnknownMember(f"<@{ask.user}>")
        try:
            people.claim_admin(session, ask.workspace_id, person, code, now=ask.now)
        except errors.BadCode as wrong:  # the try counts, so it is committed
            refused = wrong
        is_first = refused is None and (not key or receipts.first_time(session, ask.workspace_id, key, now=ask.now))
    if refused:
        raise refused
    return is_first


def _welcome(ask: Ask) -> None:
    ask.tell(claim_views.claimed(ask.t))
    home.publish(ask, ask.t)
