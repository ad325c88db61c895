"""One example per state of Home."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cspm_core import errors

from ..blocks import Drawing
from ..kpi import examples as kpi
from ..kpi.views import Shown
from ..refusals import sentence
from ..words import Words
from . import views

SETTINGS = views.Settings("nl", {"digest_copy": True, "hears_failures": True}, "09:00", (("Mina Park", kpi.NOW),))

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "home.week": lambda t: views.front(Shown(kpi.card(), kpi.SCOPE, kpi.chart()), "", SETTINGS, t),
    "home.stranger": lambda t: views.front(None, sentence(errors.NoTeam(), t), None, t),
}
