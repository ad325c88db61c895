"""One example per state of each view: golden tests and the gallery draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cspm_core.detectors import Alternative, HitRate, Kind, Rehearsal, Risk, RiskTicket, Taken, defaults
from cspm_core.stats import wilson

from ..blocks import Drawing
from ..words import Words
from . import forms, views

ZONE = "America/New_York"
TEAM, CARD = 456_099_749_823_032_042, 456_099_749_823_032_077
AS_OF = datetime(2026, 11, 23, 15, 2, tzinfo=UTC)


def _ticket(key: str, due_min: int, share: int, metric: str = "first_response", **more: str) -> RiskTicket:
    due_at = AS_OF + timedelta(minutes=due_min)
    left = max(0, due_min // 15 * 900)
    facts = {"priority": "normal", **more}
    return RiskTicket(
        id=int(key),
        key=f"#{key}",
        url=f"https://desk.example/tickets/{key}",
        metric=metric,
        due_at=due_at,
        is_past_due=due_min < 0,
        share=share,
        left_s=left,
        **facts,
    )


TICKETS = (
    _ticket("48102", -1310, 100, "resolution", priority="high", owner="Mina Park"),
    _ticket("48211", -20, 100, priority="urgent"),
    _ticket("48219", 10, 90, priority="urgent", taken_by="Teo de Vries"),
    _ticket("48230", 47, 75),
    _ticket("48241", 125, 75, "resolution"),
)
FULL = tuple(
    replace(
        _ticket(str(48300 + n), 20 * (n - 4), 100 if n < 4 else 75),
        url="https://desk.example/" + "x" * 470,
        key=f"{'K' * 50}{n}",
        priority="Sehr dringend und sofort zu beantworten",
        taken_by="Wilhelmina Alexandra van den Heuvel-Oosterhuis" if n % 2 else "",
    )
    for n in range(12)
)
RISK = Risk(CARD, TEAM, "Returns", ZONE, date(2026, 11, 23), AS_OF, True, False, False, TICKETS, 2, 3)
IMPORTED = replace(RISK, is_live=False, past_due=31)
ALL_TAKEN = replace(RISK, tickets=TICKETS[2:3], past_due=0, in_time=1)
LONGEST = replace(RISK, tickets=FULL, past_due=2_310, in_time=8)
NOTHING = replace(RISK, tickets=(), past_due=0, in_time=0)
PAUSED = replace(IMPORTED, is_paused=True, past_due=2)
OVER = replace(NOTHING, is_over=True, as_of=None, is_live=False)
NONE = HitRate(0, 0, 0, None, None)
BOARD = views.Board(
    TEAM,
    "Returns",
    date(2026, 11, 1),
    120,
    (
        views.Listed(Kind.URGENT, defaults(Kind.URGENT), True, HitRate(12, 8, 5, 5 / 8, wilson(5, 8))),
        views.Listed(Kind.BREACH, defaults(Kind.BREACH), True, HitRate(3, 0, 0, None, None)),
        views.Listed(Kind.UNANSWERED, defaults(Kind.UNANSWERED), False, NONE),
        views.Listed(Kind.AWAY, defaults(Kind.AWAY), False, NONE),
        views.Listed(Kind.BURST, defaults(Kind.BURST), True, HitRate(1, 1, 1, 1.0, wilson(1, 1))),
        views.Listed(Kind.RATING, defaults(Kind.RATING), False, NONE),
        views.Listed(Kind.FIGURE, defaults(Kind.FIGURE), False, NONE),
    ),
)
ALTERNATIVES = {
    Kind.URGENT: (Alternative("share", 50, 301, 44), Alternative("share", 90, 41, 29)),
    Kind.BREACH: (Alternative("minutes", 0, 64, 0), Alternative("minutes", 120, 21, 0)),
    Kind.UNANSWERED: (Alternative("hours", 4, 98, 12), Alternative("hours", 16, 17, 0)),
    Kind.AWAY: (Alternative("share", 50, 22, 4), Alternative("share", 90, 12, 1)),
    Kind.BURST: (Alternative("count", 5, 6, 0), Alternative("count", 15, 1, 0)),
}


def _rehearsal(kind: Kind, alarms: int = 212, before: int = 31, shifts: int = 24) -> Rehearsal:
    start, each = AS_OF - timedelta(days=30), alarms / shifts if shifts else None
    others = ALTERNATIVES.get(kind, ())
    return Rehearsal(defaults(kind), start, AS_OF, alarms, shifts, each, before, 57, others)


def _form(kind: Kind, *, is_on: bool = True, rehearsal: Rehearsal | None = None) -> Callable[[Words], Drawing]:
    form = forms.Form(TEAM, "Returns", kind, defaults(kind), is_on, rehearsal)
    return lambda t: forms.detector(form, t)


WITHOUT_DATA = Rehearsal(defaults(Kind.URGENT), AS_OF, AS_OF, 0, 0, None, 0, 0, ())
GIVEN = Taken("#48230", "https://desk.example/tickets/48230", 1, "Teo de Vries", "Mina Park", AS_OF, is_new=True)

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "risk_card": lambda t: views.card(RISK, t),
    "risk_card_imported": lambda t: views.card(IMPORTED, t),
    "risk_card_all_taken": lambda t: views.card(ALL_TAKEN, t),
    "risk_card_longest": lambda t: views.card(LONGEST, t),
    "risk_card_nothing": lambda t: views.card(NOTHING, t),
    "risk_card_paused": lambda t: views.card(PAUSED, t),
    "risk_card_over": lambda t: views.card(OVER, t),
    "risk_give": lambda t: forms.give(RISK, t),
    "risk_given": lambda t: views.given(GIVEN, "Returns", t),
    "detector_board": lambda t: views.board(BOARD, t),
    "detector_board_paused": lambda t: views.board(replace(BOARD, timezone=ZONE, paused_since=AS_OF), t),
    **{f"detector_form_{kind.value}": _form(kind) for kind in Kind},
    **{f"detector_rehearsed_{kind.value}": _form(kind, is_on=False, rehearsal=_rehearsal(kind)) for kind in Kind},
    "detector_rehearsed_without_data": _form(Kind.URGENT, rehearsal=WITHOUT_DATA),
}
