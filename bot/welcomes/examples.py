"""One example per message about being welcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from cspm_core.people import Team
from cspm_core.privacy import Standing

from ..blocks import Drawing
from ..words import Words
from . import forms, views

JUNE = datetime(2026, 6, 1, 12, tzinfo=UTC)
RETURNS = Team(workspace_id=1, id=1, name="Returns", name_key="returns", timezone="America/New_York")
BILLING = Team(workspace_id=1, id=2, name="Billing", name_key="billing", timezone="Asia/Seoul")
ALONE = Standing(RETURNS, "self", "", None, ("Mina Park",))
OPEN = Standing(BILLING, "lead", "Works council", JUNE, ("김서연", "Noor Haddad"))
CLOSED = Standing(RETURNS, "nobody", "", None, ())
WRONG = "I am not in Returns since October, and “A. King” is not me:\nthat was Ada Kingsley."
OBJECTED = views.Objected("Ada King", "U01ADA", 1, "Returns", WRONG)

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "welcome.one_team": lambda t: views.welcome(views.Shown("Ada King", (ALONE,)), t),
    "welcome.two_teams": lambda t: views.welcome(views.Shown("김하늘", (ALONE, OPEN), passed_on=("Mina Park",)), t),
    "welcome.closed": lambda t: views.welcome(views.Shown("Ada King", (CLOSED,), may_object=False), t),
    "welcome.changed": lambda t: views.changed(OPEN, False, True, t),
    "welcome.joined": lambda t: views.changed(ALONE, True, True, t),
    "welcome.objection": lambda t: views.objection(OBJECTED, t),
    "welcome.form": lambda t: forms.objecting({1: "Returns"}, ("Mina Park", "김서연"), t),
    "welcome.form_teams": lambda t: forms.objecting({1: "Returns", 2: "Billing"}, (), t),
}
