"""One example per state of each view: golden tests, the gallery and the README's pictures draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cspm_core import errors
from cspm_core.escalations.cards import Person
from cspm_core.handovers import Card, Item, Offer, Risky, Running, Snapshot

from ..blocks import Drawing
from ..refusals import mrkdwn
from ..words import Words
from . import forms, views

ZONE = "Europe/Amsterdam"
NOW = datetime(2026, 11, 23, 15, 50, tzinfo=UTC)
ID = 456_099_749_823_032_042
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MINA, MINJI, TEO = (
    Person(1, "Mina Park", "U0123456789"),
    Person(3, "김민지", "U0123456780"),
    Person(2, "Teo de Vries", "U2"),
)


def _open(
    number: int, what: str, owner: str = "", *, after: timedelta = HOUR, clock: str = "next", severity: int = 2
) -> Item:
    return Item(number, severity, what, "", {}, f"R-{number}", "https://desk.example/R", owner, NOW + after, clock)


FULL = Snapshot(
    escalations=(
        _open(31, "The payment page refuses every card", "Mina Park", clock="asked", severity=1),
        _open(28, "A customer threatens to leave", after=20 * MINUTE),
        _open(25, "Wrong invoice, for the third time", "Teo de Vries", after=18 * HOUR, clock="snoozed", severity=3),
        _open(22, "Promised a call that never came", "Teo de Vries", after=-HOUR, clock="overdue", severity=3),
        Item(20, 2, "", "", {}, "", "", ""),
    ),
    escalations_total=7,
    tickets=(
        Risky("R-104", "https://desk.example/R-104", NOW - 40 * MINUTE, True),
        Risky("R-117", "https://desk.example/R-117", NOW + 50 * MINUTE, False),
    ),
    tickets_total=14,
    crises=(Running(31, "The payment page refuses every card", "", {}, 3, NOW + 12 * MINUTE, 34),),
    promises=(replace(_open(28, "A customer threatens to leave", "Mina Park", after=2 * HOUR, clock="promise"),
                      promise="A call about the refund"),),
    promises_total=1,
    until=NOW + 8 * HOUR,
)  # fmt: skip
MADE = Card(
    id=ID,
    team_id=ID,
    team="Returns",
    timezone=ZONE,
    giver=MINA,
    to=MINJI,
    happened="The bank had a fault all afternoon.\nIt is mended for most cards.",
    watch="Warehouse 3 calls at six: they want the list of failed orders.",
    snapshot=FULL,
    starts_at=NOW + 10 * MINUTE,
    ends_at=NOW + 8 * HOUR,
    gives_own=True,
    made_at=NOW,
    taken_at=None,
    taken_by=None,
    given=0,
    round=0,
    next_at=NOW + 25 * MINUTE,
    escalation=None,
)
TAKEN = replace(MADE, taken_at=NOW + 12 * MINUTE, taken_by=MINJI, given=2, next_at=None)
QUIET = replace(
    MADE, to=None, happened="", watch="", snapshot=Snapshot(), starts_at=None, ends_at=None, gives_own=False
)
OFFER = Offer(ID, "Returns", ZONE, FULL, MINJI, MADE.starts_at, MADE.ends_at, 2)


def _refusal(refusal: errors.Refusal) -> Callable[[Words], Drawing]:
    return lambda t: {"text": mrkdwn(refusal, t)}


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "handover.form": lambda t: forms.handover(OFFER, t),
    "handover.form_quiet": lambda t: forms.handover(Offer(ID, "Returns", ZONE, Snapshot(), None, None, None, 0), t),
    "handover.card": lambda t: views.card(MADE, t),
    "handover.card_own": lambda t: views.card(MADE, t, may_press=False),
    "handover.card_quiet": lambda t: views.card(QUIET, t),
    "handover.card_raised": lambda t: views.card(replace(MADE, next_at=None, escalation=33, round=3), t),
    "handover.taken": lambda t: views.card(TAKEN, t),
    "handover.call": lambda t: views.call(replace(MADE, round=1), t),
    "handover.call_taken": lambda t: views.call(TAKEN, t),
    "refusal.own_handover": _refusal(errors.OwnHandover("김민지")),
    "refusal.own_handover_leads": _refusal(errors.OwnHandover()),
}
