"""One example per page of a setup, and the settings as a lead reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from cspm_core.digests import Settings
from cspm_core.people import Role

from ..blocks import Drawing
from ..words import Words
from . import aim_forms, end_views, forms, people_forms, settings_views, step_forms
from .aim_forms import CountingStep, TargetsStep
from .forms import Begun, Frame
from .names import COUNTING
from .people_forms import FiguresStep, PeopleStep
from .settings_views import Shown
from .step_forms import ChannelStep, HoursStep, Reach, TeamStep
from .zones import country_label

TEAM = 456_099_749_823_032_042
PRIVATE = f'{{"team":{TEAM}}}'
HERE = ChannelStep("C0RETURNS", True, Reach.IN, "")
AWAY = ChannelStep("C0RETURNS", True, Reach.OUT, "support-desk-kpis")
DIGEST = Settings(TEAM, "Returns", "Europe/Amsterdam", "09:00", None, "nl", False, "C0RETURNS")
FULL = Shown(
    TEAM,
    "Returns",
    "nl",
    "Europe/Amsterdam",
    "mon-fri 09:00-12:00,13:00-17:00",
    "NL",
    HERE,
    {
        Role.LEAD: ["Mina Park"],
        Role.AGENT: ["Ada King", "Bo Berg", "Eva Smit", "Ivo Maas", "Joe Roe", "Kim Seo-yeon", "Li Wei", "Noor Vos",
                     "Teo de Vries", "Yara Blom"],
        Role.QA_REVIEWER: ["Ada King", "Rex Chen"],
    },
    FiguresStep("lead", "the whole team, in the meeting of 20 November"),
    TargetsStep("4h", "16h", "business"),
    DIGEST,
    "created",
    36,
    2330,
    teams={1: "Deliveries", 2: "Wholesale"},
)  # fmt: skip
BARE = replace(
    FULL,
    holidays="",
    channel=AWAY,
    crew={Role.LEAD: ["Mina Park"]},
    figures=FiguresStep("self"),
    targets=TargetsStep("", "", "business"),
    tickets=0,
    teams=None,
)
COUNTED = CountingStep(
    "created", "any", 20, 10, "against", 36, {"csat": "CSAT", "nps": "NPS", "calls": "Calls"}, ("nps",)
)
USERS = {"leads": ["U0MINA"], "agents": ["U0ADA", "U0TEO"], "reviewers": []}


def _step(step: str, *said: str) -> Frame:
    return Frame(step, True, TEAM, "Returns", PRIVATE, said)


def _form(step: str) -> Frame:
    return Frame(step, False, TEAM, "Returns", PRIVATE)


def _people(t: Words) -> Drawing:
    now = PeopleStep(USERS, ("Joe Roe", "Noor Vos"))
    return people_forms.people(_step("people", t("Left out, since they are bots: {names}.", names="Robo")), now, t)


ZONE = ("Europe/Amsterdam (UTC+01:00)", "Europe/Amsterdam")
EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "setup.begun": lambda t: forms.start(
        [Begun(TEAM, "Returns", 5), Begun(TEAM, "Deliveries", 2)], may_begin=True, t=t
    ),
    "setup.new": lambda t: step_forms.team(Frame("team", True, None, "", "{}"), TeamStep("", t.language), t),
    "setup.hours": lambda t: step_forms.hours(
        _step("hours"), HoursStep(ZONE, "mon-fri 09:00-17:00", (country_label("NL", t.language), "NL")), t
    ),
    "setup.channel": lambda t: step_forms.channel(_step("channel"), HERE, t),
    "setup.channel.not_invited": lambda t: step_forms.channel(_step("channel"), AWAY, t),
    "setup.channel.not_seen": lambda t: step_forms.channel(_step("channel"), replace(AWAY, reach=Reach.UNSEEN), t),
    "setup.people": _people,
    "setup.figures": lambda t: people_forms.figures(_step("figures"), FiguresStep("self"), t),
    "setup.targets.two_clocks": lambda t: aim_forms.targets(
        _step("targets"), TargetsStep("4h", "2d", "business", solving_clock="calendar"), t
    ),
    "setup.targets": lambda t: aim_forms.targets(_step("targets"), TargetsStep("4h", "2d", "business", 2), t),
    "setup.digest": lambda t: aim_forms.digest(_step("digest"), DIGEST, t),
    "setup.end": lambda t: end_views.end(_step("end"), replace(FULL, tickets=0), t),
    "setup.end.open": lambda t: end_views.end(_step("end"), BARE, t),
    "setup.dropped": lambda t: end_views.dropped("Returns", t),
    "settings.page": lambda t: settings_views.settings(FULL, t),
    "settings.two_clocks": lambda t: settings_views.settings(
        replace(FULL, targets=TargetsStep("4h", "2d", "business", solving_clock="calendar")), t
    ),
    "settings.bare": lambda t: settings_views.settings(replace(BARE, is_paused=True), t),
    "settings.people": lambda t: people_forms.people(_form("people"), PeopleStep(USERS), t),
    "settings.counting": lambda t: aim_forms.counting(_form(COUNTING), COUNTED, t),
}
