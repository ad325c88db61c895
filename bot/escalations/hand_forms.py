"""The modal that hands an escalation over: to a colleague, another team, or a department outside. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping

from slackblocks import Block, InputBlock, RadioButtonGroup, UserSelectMenu

from cspm_core.escalations import Card

from .. import ids
from ..blocks import Drawing, modal, value
from ..words import Words
from . import forms, inputs

TO, PERSON, TEAM, DEPARTMENT, NOBODY, DUE, NOTE = "to", "person", "team", "department", "nobody", "due", "note"


def hand(one: Card, teams: Mapping[int, str], to: str, t: Words) -> Drawing:
    """`to`: person, team or department; the fields follow it. `teams`: the other ones."""
    return modal(
        t("Hand over"),
        forms.subject(one, t),
        _to(to, t, with_teams=bool(teams), is_taken=one.owner is not None),
        *_fields(teams, to, t),
        inputs.words(NOTE, t("Note"), placeholder=t("What was done, and what is to do")),
        callback_id=ids.ESCALATION_HAND_FORM,
        private_metadata=value(escalation=one.id),
        submit=t("Hand over"),
        close=t("Cancel"),
    )


def _to(to: str, t: Words, *, with_teams: bool, is_taken: bool) -> InputBlock:
    options = {
        PERSON: inputs.described(t("A colleague"), PERSON, t("Is asked first; until they take it, it climbs on.")),
        TEAM: inputs.described(t("Another team"), TEAM, t("Has it from now on, and climbs its own way.")),
        DEPARTMENT: inputs.described(t("A department outside"), DEPARTMENT, t("It stays yours; you are asked then.")),
    }
    if is_taken:
        options[NOBODY] = inputs.described(t("Nobody: I give it back"), NOBODY, t("It climbs again."))
    if not with_teams:
        del options[TEAM]
    group = RadioButtonGroup(ids.ESCALATION_HAND_TO, list(options.values()), initial_option=options[to])
    return InputBlock(t("To"), group, block_id=TO, dispatch_action=True)


def _fields(teams: Mapping[int, str], to: str, t: Words) -> list[Block]:
    due = t("It should be done by")
    match to:
        case "nobody":
            return []
        case "team":
            return [
                inputs.team(TEAM, ids.ESCALATION_HAND_TEAM, t("Team"), teams, None, t),
                inputs.moment(DUE, due),
            ]
        case "department":
            return [
                inputs.line(DEPARTMENT, t("Department"), placeholder=t("Logistics"), optional=False, longest=80),
                inputs.moment(DUE, due, optional=False, hint=t("Then you are asked whether it is back.")),
            ]
    return [InputBlock(t("Colleague"), UserSelectMenu(PERSON), block_id=PERSON)]
