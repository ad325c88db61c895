"""The door for everybody who comes to it, and what is behind its menus."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..blocks import Drawing, home
from ..words import Words
from . import claim_views, views
from .views import Shown
from .ways import For

AGENT = For.ANYBODY | For.MEMBER | For.SEER
LEAD = AGENT | For.REVIEWER | For.LEAD | For.SETTLER
EVERYTHING = LEAD | For.SEVERAL | For.ADMIN
TEAMS = {1: ("Returns", "09:00", "C012AB3CD"), 2: ("Billing & Refunds", "08:30", "billing"), 3: ("청구", "09:15", None)}
FIGURES = {"csat": "CSAT", "fcr": "FCR"}

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "door.agent": lambda t: views.door(Shown(AGENT, 0), t),
    "door.lead": lambda t: views.door(Shown(LEAD, 3), t),
    "door.everything": lambda t: views.door(Shown(EVERYTHING, 12), t),
    "door.stranger": lambda t: views.door(Shown(For.ANYBODY, None, True), t),
    "door.unknown": lambda t: views.door(Shown(AGENT, 1, unknown="figurez <of> mine"), t),
    "door.person": lambda t: views.person("U012AB3CD", LEAD, t),
    "door.choose": lambda t: views.choose(t("Which figure?"), t("Choose a figure"), "kpi", FIGURES),
    "door.digests": lambda t: views.digests(
        {
            1: ("Returns", "09:00", "C012AB3CD"),
            2: ("Billing & Refunds", "08:30", "billing"),
            3: ("청구", "09:15", None),
        },
        t,
    ),
    "door.file": views.file,
    "door.help": views.help_text,
    "door.home": lambda t: home(*views.section(t)),
    "door.home.unclaimed": lambda t: home(*views.section(t, is_admin_missing=True)),
    "door.claim": claim_views.form,
    "door.claimed": claim_views.claimed,
}
