"""One example per state of Home."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cspm_core import errors
from cspm_core.escalations.awaiting import Awaiting

from ..blocks import Drawing
from ..duty import examples as duty
from ..escalations import look_examples as look
from ..goals import examples as goals
from ..kpi import examples as kpi
from ..kpi.views import Shown
from ..refusals import sentence
from ..today import examples as today
from ..words import Words
from . import escalation_views, views

SETTINGS = views.Settings("nl", {"digest_copy": True, "hears_failures": True}, "09:00", (("Mina Park", kpi.NOW),))

WAITING = escalation_views.Shown(Awaiting((look.WORST, look.TAKEN, look.ASIDE), 3, 7, 1), (duty.DAY, duty.NIGHT))
NOTHING = escalation_views.Shown(Awaiting((), 0, 0, 0), (duty.DAY,))

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "home.week": lambda t: views.front(Shown(kpi.card(), kpi.SCOPE, kpi.chart()), "", SETTINGS, t),
    "home.escalations": lambda t: views.front(Shown(kpi.card(), kpi.SCOPE, kpi.chart()), "", SETTINGS, t, WAITING),
    "home.no_escalations": lambda t: views.front(Shown(kpi.card(), kpi.SCOPE, kpi.chart()), "", SETTINGS, t, NOTHING),
    "home.today": lambda t: views.front(
        Shown(kpi.card(), kpi.SCOPE, kpi.chart()), "", SETTINGS, t, NOTHING, (today.BUSY, kpi.NOW), (goals.TEAM,)
    ),
    "home.stranger": lambda t: views.front(None, sentence(errors.NoTeam(), t), None, t),
}
