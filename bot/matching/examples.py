"""One example per state of the page of names: golden tests, the gallery and the README's pictures draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cspm_core.matching import Candidate, Known, Likeliest, Reason, Unmatched, Work

from ..blocks import Drawing, value
from ..words import Words
from . import forms, known_views, names, views
from .known_views import KnownShown
from .views import Said, Shown

ID = 456_099_749_823_032_042
AT = datetime(2026, 11, 20, 15, 12, tzinfo=UTC)
TEAMS = {ID: "Returns", ID + 1: "환불 및 교환"}


def _row(n: int, name: str, work: Work, who: str = "", why: Reason = Reason.NAME, rivals: int = 0) -> Unmatched:
    member = None if who == "Mina Park" else ID + 100 + n
    address = "ada.king@example.com" if who == "Ada King" else None
    person = Candidate(who, (who,), member, None if member else "U0123456789", address)
    guess = Likeliest(person, why) if who else None
    return Unmatched(ID + 10 + n, name, replace(work, last_at=AT - timedelta(days=n)), (ID,), guess, rivals)


ROWS = (
    _row(0, "m.park@example.com", Work(412, 31, 3, 2), "Mina Park", Reason.ADDRESS),
    _row(1, "King, Ada", Work(398, calls=12), "Ada King"),
    _row(2, "tdevries", Work(290), "Teo de Vries", Reason.INITIALS),
    _row(3, "김 민지", Work(211, 4), "김민지"),
    _row(4, "Grace", Work(160), "陳怡君 Grace Chen", Reason.ALONE),
    _row(5, "J. Smith", Work(91), rivals=2),
    _row(6, "Quick Answers <bot> & more", Work(tickets=1, replies=512)),
)
MANY = tuple(
    _row(n, f"agent.{n}.of.a.rather.long.name@support.example.com", Work(900 - n, 80, 7, 12), f"Maximiliane van {n}")
    for n in range(34)
)
SHOWN = Shown(ROWS, TEAMS, "America/New_York", "Returns", ID, is_any_known=True, data_at=AT)
KNOWN = (
    Known(ID + 1, ID + 10, "m.park@example.com", "Mina Park", "Ada King", AT),
    Known(ID + 2, ID + 11, "Quick Answers", "", "Ada King", AT - timedelta(hours=1)),
    Known(ID + 3, ID + 12, "김 민지", "김민지", "", AT - timedelta(days=2)),
)


def _said(t: Words) -> Said:
    return Said(names.is_somebody("m.park@example.com", "Mina Park", ("Returns",), t), ID + 7)


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "matching.names": lambda t: views.names(SHOWN, t),
    "matching.said": lambda t: views.names(replace(SHOWN, rows=ROWS[1:], said=_said(t)), t),
    "matching.many": lambda t: views.names(replace(SHOWN, rows=MANY, team="", team_id=0, page=1), t),
    "matching.slack_silent": lambda t: views.names(replace(SHOWN, rows=ROWS[4:], heard_slack=False), t),
    "matching.nothing": lambda t: views.names(replace(SHOWN, rows=()), t),
    "matching.no_data": lambda t: views.names(replace(SHOWN, rows=(), is_any_known=False, data_at=None), t),
    "matching.nobody": lambda t: views.names(
        replace(SHOWN, rows=(), said=Said(names.is_nobody("Quick Answers", t), ID + 2)), t
    ),
    "matching.known": lambda t: known_views.known(KnownShown(KNOWN, "America/New_York", ID), t),
    "matching.taken_back": lambda t: known_views.known(
        KnownShown((), "America/New_York", ID, said=Said(names.taken_back("King, Ada", "Ada King", t))), t
    ),
    "matching.who": lambda t: forms.who("J. Smith", {}, value(i=ID), t),
    "matching.who_listed": lambda t: forms.who("J. Smith", {ID: "John Smith", ID + 1: "Jane Smith"}, value(i=ID), t),
}
