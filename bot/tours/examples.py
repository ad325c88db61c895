"""One example per step of each role's tour, and of what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from cspm_core.people import Role
from cspm_core.tours import STEPS, Bound, Climb, Opened, Rung

from ..blocks import Drawing, message, note
from ..goals.examples import TEAM as GOAL
from ..kpi.examples import NOW, TICKETS, ZONE, card
from ..kpi.views import five
from ..privacy.examples import AGREED, CLOSED, TEAM, WEEK
from ..qa.scorecard_examples import card as scorecard
from ..samples.examples import NEXT, PROGRESS
from ..signals.examples import SIGNALS
from ..today.examples import BUSY
from ..words import Words
from . import sights, views
from .figured import COMPARED, three
from .sights import Declined, Nothing, Only, Shown, Side, Sight
from .views import Page

CHANNEL = "C0RETURNS1"
CARD = card()
"""A team's week."""
FIGURES = sights.Figures(three(five(CARD)), CARD.period, ZONE, CARD.complete_until)
OWN = replace(FIGURES, readings=three(five(card(agent="Ada King"))))
SIDE = tuple(CARD.reading(key) for key in COMPARED)
RUNGS = (
    Rung("lead", ("Mina Park",), NOW),
    Rung("channel", (), NOW + timedelta(minutes=15)),
    Rung("manager", (), None, "nobody"),
)
NIGHT = tuple(replace(one, at=one.at and one.at + timedelta(hours=14)) for one in RUNGS)
ALARM = sights.Alarm("Returns", ("Teo de Vries", "권혜진"), Climb(2, NOW, RUNGS), ZONE)
MORNING = sights.Morning(NOW + timedelta(hours=23), "09:30", ZONE, CHANNEL)
LED = TEAM.model_copy(update={"channel": CHANNEL})
SECOND = TEAM.model_copy(update={"id": 2, "name": "帳務支援"})
STATES = (
    sights.TeamState(LED, 11, ("Mina Park",), NOW, is_begun_only=False),
    sights.TeamState(SECOND, 0, (), None, is_begun_only=True),
)


def _criteria(t: Words) -> Sight:
    one = scorecard("email", t)
    return sights.Criteria(one.name, tuple(each.name for each in one.definition.criteria), one.definition.passed_from)


def _kinds(*kinds: str) -> Sight:
    return sights.Waits(tuple(one for one in BUSY.waiting if one.kind in kinds))


SEEN: Mapping[str, Callable[[Words], Sight]] = {
    "figures": lambda _: FIGURES,
    "behind": lambda _: sights.Behind(TICKETS.metric, TICKETS.rows[0], TICKETS.total),
    "digest": lambda _: MORNING,
    "escalations": lambda _: ALARM,
    "reviews": lambda _: sights.Reviewed(PROGRESS, NEXT, ZONE),
    "coaching": lambda _: _kinds("talk", "promise", "promise_check", "suggestion"),
    "fairness": lambda _: sights.Agreed((AGREED,)),
    "where": lambda _: Only(),
    "compare": lambda _: sights.Beside((Side("Returns", SIDE), Side("帳務支援", SIDE), Side("Bezorging"))),
    "signals": lambda _: sights.Moved(tuple(one for one in SIGNALS.values() if one.latest), 5),
    "own_figures": lambda _: OWN,
    "stored": lambda _: sights.Agreed((CLOSED,), for_oneself=True),
    "looked": lambda _: sights.Looked(WEEK),
    "escalate": lambda _: sights.Helpers("Returns", ("Teo de Vries",), ("Mina Park", "권혜진")),
    "kudos": lambda _: sights.Thanked(4, 5, 7),
    "goals": lambda _: sights.Aims((GOAL,)),
    "today": lambda _: sights.Waits(BUSY.waiting),
    "queue": lambda _: _kinds("review_pick", "review_draft"),
    "scorecard": _criteria,
    "calibration": lambda _: _kinds("calibration"),
    "disputes": lambda _: _kinds("dispute"),
    "setup": lambda _: sights.States(STATES),
    "names": lambda _: sights.Nobodys(6),
    "doctor": lambda _: Only(),
    "settings": lambda _: sights.Settled(tuple(one.team for one in STATES)),
    "duties": lambda _: sights.Agreed((AGREED, replace(CLOSED, team=SECOND))),
}
"""What each step finds in a team at work."""
WITH_LATER = ("figures", "reviews", "coaching", "own_figures", "looked", "goals", "today", "queue", "scorecard",
              "calibration", "disputes", "setup", "signals", "compare", "behind")  # fmt: skip


BARE = ("figures", "behind", "own_figures", "signals", "compare", "disputes")
"""Where nothing can be tried before there is something."""


def _page(role: Role, step: str, **more: object) -> Callable[[Words], Drawing]:
    at = Page(role, step, team="" if role is Role.ADMIN else "Returns", roles=(role,))
    return lambda t: views.page(replace(at, shown=Shown(SEEN[step](t), "{}"), **more), t)  # type: ignore[arg-type]


def _later(step: str) -> Callable[[Words], Drawing]:
    role = next(role for role in reversed(list(STEPS)) if step in STEPS[role])
    carries = "" if step in BARE else "{}"
    team = "" if role is Role.ADMIN else "Returns"
    return lambda t: views.page(Page(role, step, Shown(Nothing(), carries), team, (role,)), t)


def _line(opened: Opened) -> Callable[[Words], Drawing]:
    return lambda t: message(views.line(opened, t), note(views.line(opened, t)))


LEAD = Page(Role.LEAD, "figures", team="Returns", roles=(Role.LEAD, Role.AGENT))
EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    **{f"tour.{role.value}.{n}": _page(role, step) for role in STEPS for n, step in enumerate(STEPS[role], 1)},
    **{f"tour.later.{step}": _later(step) for step in WITH_LATER},
    "tour.looking": lambda t: views.page(LEAD, t),
    "tour.roles": lambda t: views.page(
        replace(LEAD, shown=Shown(FIGURES, "{}"), said=t("That tour is for others. This one is yours.")), t
    ),
    "tour.declined": lambda t: views.page(
        replace(LEAD, shown=Shown(Declined(t("Something broke on our side. Try again; if it stays, tell your admin "
                                             "the reference {ref}.", ref="a1b2c3")))), t
    ),
    "tour.escalations.night": lambda t: views.page(
        Page(Role.LEAD, "escalations", Shown(replace(ALARM, on_duty=(), climb=replace(ALARM.climb, rungs=NIGHT)), "{}"),
             "Returns"), t
    ),
    "tour.digest.nowhere": lambda t: views.page(
        Page(Role.LEAD, "digest", Shown(replace(MORNING, channel=None), "{}"), "Returns"), t
    ),
    "tour.digest.paused": lambda t: views.page(
        Page(Role.LEAD, "digest", Shown(replace(MORNING, at=None), "{}"), "Returns"), t
    ),
    "tour.signals.none": lambda t: views.page(
        Page(Role.MANAGER, "signals", Shown(sights.Moved((), 5), "{}"), "Returns"), t
    ),
    "tour.names.none": lambda t: views.page(Page(Role.ADMIN, "names", Shown(sights.Nobodys(0), "{}")), t),
    "tour.end": lambda t: views.end(Role.LEAD, t),
    "tour.end.roles": lambda t: views.end(Role.LEAD, t, (Role.LEAD, Role.AGENT)),
    "tour.line": _line(Opened(4, 9)),
    "tour.line.most": _line(Opened(7, 9, Bound.AT_LEAST)),
    "tour.line.few": _line(Opened(2, 9, Bound.AT_MOST)),
}  # fmt: skip
