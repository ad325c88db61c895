"""One example per state of each view: golden tests, the gallery and the README's pictures draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cspm_core import errors
from cspm_core.duty import Away, Named, Overview

from ..blocks import Drawing, value
from ..refusals import mrkdwn
from ..words import Words
from . import views

ZONE = "Europe/Amsterdam"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TEAM = 456_099_749_823_032_042
HOUR = timedelta(hours=1)


def _turn(name: str, after_h: float, hours: float, why: str = "shift") -> Named:
    return Named((name,), NOW + after_h * HOUR, NOW + (after_h + hours) * HOUR, why)


NEXT = (
    _turn("Jonah Reyes", 3.5, 4),
    _turn("Mina Park", 7.5, 4, "override"),
    _turn("Ada King", 22.5, 5),
    _turn("Teo de Vries", 27.5, 4, "rotation"),
)
DAY = Overview(TEAM, "Returns", ZONE, Named(("Ada King",), NOW, NOW + 3.5 * HOUR, "shift"), NEXT, ())
NIGHT = replace(DAY, now=Named((), NOW, NOW + 3.5 * HOUR, "nobody"))
LEAD = views.Shown(DAY, may_take=True, may_swap=True)
CARRIED = value(team=TEAM, url="")
AWAY = (Away("Teo de Vries", NOW + 3 * HOUR, "Dentist"), Away("Kim Min-ji", NOW + 30 * HOUR))


def _refusal(refusal: errors.Refusal) -> Callable[[Words], Drawing]:
    return lambda t: {"text": mrkdwn(refusal, t)}


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "duty": lambda t: views.board(LEAD, t),
    "duty.nobody": lambda t: views.board(replace(LEAD, overview=NIGHT, may_swap=False), t),
    "duty.nobody_planned": lambda t: views.board(replace(LEAD, overview=replace(NIGHT, next=())), t),
    "duty.taken_over": lambda t: views.board(
        replace(
            LEAD,
            overview=replace(
                DAY, now=Named(("Mina Park", "Ada King"), NOW, None, "override"), away=AWAY, next=NEXT[:1]
            ),
            may_take=False,
            is_away=True,
            said=t("Welcome back. You can be called again."),
        ),
        t,
    ),
    "duty.seen_by_an_executive": lambda t: views.board(views.Shown(DAY, is_member=False), t),
    "duty.swap": lambda t: views.swap("Returns", CARRIED, ["U0123456789"], NOW, NOW + 3.5 * HOUR, ZONE, t),
    "duty.away": lambda t: views.away(CARRIED, NOW, NOW + 8 * HOUR, t),
    "refusal.not_of_team": _refusal(errors.NotOfTeam("Returns")),
    "refusal.still_away": _refusal(errors.StillAway("Ada King", NOW + 3 * HOUR, ZONE)),
}
