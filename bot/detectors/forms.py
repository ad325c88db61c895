"""The modals: a detector's settings with their rehearsal, and giving a ticket to somebody. Pure drawing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    CheckboxGroup,
    InputBlock,
    NumberInput,
    Option,
    PlainTextInput,
    SectionBlock,
    StaticSelectMenu,
    Text,
    UserSelectMenu,
)

from cspm_core.detectors import SETTINGS, Kind, Rehearsal, Risk

from .. import ids
from ..blocks import Drawing, escape, modal, note, option, short, value
from ..kpi.names import ticket_word
from ..words import Words
from . import names, settings

IS_ON, TICKET, PERSON = "is_on", "ticket", "person"
WORDS_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class Form:
    """A detector as it is filled in; `rehearsal`: of these very settings."""

    team_id: int
    team: str
    kind: Kind
    settings: Mapping[str, Any]
    is_on: bool
    rehearsal: Rehearsal | None = None


def fingerprint(filled: Mapping[str, Any]) -> str:
    """Settings as one short word, by which a rehearsal is known to be theirs."""
    return hashlib.sha256(json.dumps(filled, sort_keys=True).encode()).hexdigest()[:16]


def detector(form: Form, t: Words) -> Drawing:
    """A detector's settings. Nothing is saved before its rehearsal was seen."""
    kind, found = form.kind, form.rehearsal
    rehearsed = [note("\n".join(settings.rehearsed(kind, found, t)))] if found else []
    about = value(team=form.team_id, kind=kind.value, rehearsed=fingerprint(found.settings) if found else "")
    rehearse = Button(t("Rehearse"), action_id=ids.DETECTOR_REHEARSE, value=kind.value)
    return modal(
        t("Detector"),
        SectionBlock(f"*{names.label(kind.value, t)}* · {escape(form.team)}\n{t(names.MEANINGS[kind.value])}"),
        *(_field(kind, name, form.settings[name], t) for name in SETTINGS[kind]),
        InputBlock(t("State"), _state(form, t), block_id=IS_ON, optional=True),
        ActionsBlock([rehearse]),
        *(rehearsed or [note(t("Before it is saved it is played over the last 30 days."))]),
        callback_id=ids.DETECTOR_FORM,
        private_metadata=about,
        submit=t("Save") if found else t("Rehearse"),
        close=t("Cancel"),
    )


def _field(kind: Kind, name: str, now: Any, t: Words) -> Block:
    one, hint = SETTINGS[kind][name], settings.HINTS.get(name)
    element: PlainTextInput | NumberInput
    if isinstance(one.default, int):
        element = NumberInput(False, name, initial_value=str(now), min_value=str(one.low), max_value=str(one.high))
    else:
        element = PlainTextInput(name, initial_value=", ".join(now) or None, max_length=WORDS_CHARACTERS)
    return InputBlock(
        settings.label(kind, name, t),
        element,
        block_id=name,
        hint=t(hint) if hint else None,
        optional=not isinstance(one.default, int),
    )


def _state(form: Form, t: Words) -> CheckboxGroup:
    on = Option(Text(t("On")), "yes")
    return CheckboxGroup(IS_ON, [on], initial_options=[on] if form.is_on else None)


def give(risk: Risk, t: Words) -> Drawing:
    """Which ticket, and to whom."""
    return modal(
        t("Assign a ticket"),
        InputBlock(t("Ticket"), StaticSelectMenu(TICKET, _tickets(risk, t)), block_id=TICKET),
        InputBlock(t("To whom"), UserSelectMenu(PERSON), block_id=PERSON),
        callback_id=ids.RISK_GIVE_FORM,
        private_metadata=value(team=risk.team_id),
        submit=t("Assign"),
        close=t("Cancel"),
    )


def _tickets(risk: Risk, t: Words) -> list[Option]:
    return [
        option(short(" · ".join(filter(None, (one.key, ticket_word(one.priority, t), one.taken_by))), 75), str(one.id))
        for one in risk.tickets
    ]
