"""The modal that raises an escalation. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from slackblocks import Block, SectionBlock

from .. import ids
from ..blocks import Drawing, escape, modal, note, short
from ..words import Words
from . import inputs

TEAM, ABOUT, WHAT, SEVERITY, KIND = "team", "about", "what", "severity", "kind"
PROMISE, PROMISE_UNTIL, CALL = "promise", "promise_until", "call"


@dataclass(frozen=True, slots=True)
class Draft:
    """What the modal begins with. `carried`: what comes back with it. `subject`: of the ticket it is about."""

    teams: Mapping[int, str]
    team_id: int | None = None
    about: str = ""
    what: str = ""
    carried: str = "{}"
    subject: str = ""
    from_message: bool = False
    known_as: str = ""
    """That message was escalated before: as E12."""


def draft(one: Draft, t: Words) -> Drawing:
    """The team, whom it is about, what happened, how bad; then what the customer was promised."""
    return modal(
        t("Escalate"),
        *_begins(one, t),
        inputs.team(TEAM, ids.ESCALATE_TEAM, t("Team"), one.teams, one.team_id, t, hint=t("Whose lead is told.")),
        inputs.words(WHAT, t("What has happened"), said=one.what, optional=False,
                     placeholder=t("What the customer says, and what was tried")),
        inputs.line(ABOUT, t("Ticket or customer"), said=one.about,
                    hint=t("A ticket’s number brings its customer and history along.")),
        inputs.severity(SEVERITY, 3, t),
        inputs.kind(KIND, "other", t),
        inputs.line(PROMISE, t("Promised to the customer"), longest=300, placeholder=t("A call with the new date")),
        inputs.moment(PROMISE_UNTIL, t("Promised until"), hint=t("You are reminded before.")),
        inputs.line(CALL, t("Call"), hint=t("The number of a phone call, where it is about one.")),
        callback_id=ids.ESCALATE_FORM,
        private_metadata=one.carried,
        submit=t("Escalate"),
        close=t("Cancel"),
    )  # fmt: skip


def _begins(one: Draft, t: Words) -> list[Block]:
    if one.known_as:
        said = t("This message is part of {name} already. Reported once more, it is counted there.", name=one.known_as)
        return [SectionBlock(said)]
    if one.from_message:
        return [note(t("The message’s thread says who takes it, where I am in that channel."))]
    if one.subject:
        return [note(escape(short(one.subject, 300)))]
    return []
