"""The modal that begins a round. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from slackblocks import InputBlock, Option, PlainText, SectionBlock, StaticMultiSelectMenu

from cspm_core.calibrations import MOST_CONTACTS

from .. import ids
from ..blocks import Drawing, escape, modal, option, short, value
from ..escalations import inputs
from ..words import Words

CONTACTS, DRAW, CARD, WHO, DUE, NAME = "contacts", "draw", "card", "reviewers", "due_on", "name"
DRAWN = (0, 3, 5, 8)
MOST_OFFERED, MOST_CHOSEN = 100, 40
LONGEST_NAME = 75


@dataclass(frozen=True, slots=True)
class Draft:
    """What the modal begins with. `cards`: version ids and names; `people`: members who may score, all chosen."""

    team_id: int
    team: str
    cards: Mapping[int, str]
    people: Mapping[int, str]
    due_on: date


def begin(one: Draft, t: Words) -> Drawing:
    """Which conversations, by which scorecard, who scores, and until when."""
    first = next(iter(one.cards), None)
    return modal(
        t("Calibration"),
        SectionBlock(
            t("Some of *{team}* score the same conversations blind. At the end everybody sees how far you agree.",
              team=escape(one.team))
        ),
        inputs.words(CONTACTS, t("Conversations"), placeholder=t("RET-20417, RET-20533 or their addresses"),
                     hint=t("Tickets by number or address, 1 to {n} with those drawn.", n=t.number(MOST_CONTACTS))),
        InputBlock(t("And drawn at random"), inputs.menu(DRAW, _drawn(t), "0"), block_id=DRAW,
                   hint=t("From what the team solved in the last two weeks.")),
        InputBlock(t("Scorecard"), inputs.menu(CARD, _offered(one.cards), str(first)), block_id=CARD),
        InputBlock(t("Who scores"), _who(one), block_id=WHO, hint=t("The team’s reviewers and leads, two at least.")),
        inputs.day(DUE, t("Until the end of"), on=one.due_on),
        inputs.line(NAME, t("Name"), longest=LONGEST_NAME, placeholder=t("Refunds in December")),
        callback_id=ids.CALIBRATION_FORM,
        private_metadata=value(team=one.team_id),
        submit=t("Begin"),
        close=t("Cancel"),
    )  # fmt: skip


def _drawn(t: Words) -> dict[str, str]:
    return {str(n): t.n("{n} conversation", "{n} conversations", n) if n else t("None") for n in DRAWN}


def _offered(cards: Mapping[int, str]) -> dict[str, str]:
    return {str(version): short(name, 75) for version, name in list(cards.items())[:MOST_OFFERED]}


def _who(one: Draft) -> StaticMultiSelectMenu:
    options: list[Option] = [option(name, str(member)) for member, name in list(one.people.items())[:MOST_OFFERED]]
    chosen = options[:MOST_CHOSEN]
    return StaticMultiSelectMenu(
        WHO, options, initial_options=chosen or None, max_selected_items=MOST_CHOSEN, placeholder=PlainText(" ")
    )
