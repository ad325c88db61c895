"""One example per state of Home."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from cspm_core import errors
from cspm_core.escalations.awaiting import Awaiting
from cspm_core.privacy import Weeks

from ..blocks import Drawing
from ..duty import examples as duty
from ..escalations import look_examples as look
from ..goals import examples as goals
from ..kpi import examples as kpi
from ..kpi.views import Shown
from ..privacy import examples as privacy
from ..refusals import sentence
from ..today import examples as today
from ..words import Words
from . import escalation_views, views

SETTINGS = views.Settings("nl", {"digest_copy": True, "hears_failures": True}, "09:00", privacy.WEEKS)

WAITING = escalation_views.Shown(Awaiting((look.WORST, look.TAKEN, look.ASIDE), 3, 7, 1), (duty.DAY, duty.NIGHT))
NOTHING = escalation_views.Shown(Awaiting((), 0, 0, 0), (duty.DAY,))

UNSEEN = replace(SETTINGS, looks=Weeks(date(2026, 11, 23), (), (), "America/New_York"))


def _new(refusal: errors.Refusal, who: str, t: Words) -> str:
    return f"{sentence(refusal, t)}\n{t(views.SOON[who])}"


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "home.week": lambda t: views.front(Shown(kpi.card(), kpi.SCOPE, kpi.chart()), "", SETTINGS, t),
    "home.escalations": lambda t: views.front(Shown(kpi.card(), kpi.SCOPE, kpi.chart()), "", SETTINGS, t, WAITING),
    "home.no_escalations": lambda t: views.front(Shown(kpi.card(), kpi.SCOPE, kpi.chart()), "", SETTINGS, t, NOTHING),
    "home.today": lambda t: views.front(
        Shown(kpi.card(), kpi.SCOPE, kpi.chart()), "", SETTINGS, t, NOTHING, (today.BUSY, kpi.NOW), (goals.TEAM,)
    ),
    "home.stranger": lambda t: views.front(None, _new(errors.NoTeam(), "stranger", t), None, t),
    "home.new_agent": lambda t: views.front(
        None, _new(errors.NoData("Returns"), "agent", t), UNSEEN, t, NOTHING, (today.CLEAR, kpi.NOW)
    ),
    "home.new_lead": lambda t: views.front(
        None, _new(errors.NoData("Returns"), "lead", t), UNSEEN, t, NOTHING, (today.CLEAR, kpi.NOW)
    ),
    "home.unclaimed": lambda t: views.front(None, sentence(errors.NoTeams(), t), None, t, is_admin_missing=True),
    "home.new_admin": lambda t: views.front(
        None, _new(errors.NoTeams(), "stranger", t), UNSEEN, t, NOTHING, (today.CLEAR, kpi.NOW), may_begin=True
    ),
}
