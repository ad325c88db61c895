"""One example per view of what is known about somebody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from cspm_core.people import Team
from cspm_core.privacy import LookedAt, Looks, Standing, Weeks

from ..blocks import Drawing
from ..words import Words
from . import views

TUESDAY = datetime(2026, 11, 24, 14, 5, tzinfo=UTC)
TEAM = Team(workspace_id=1, id=1, name="Returns", name_key="returns", timezone="America/New_York")
AGREED = Standing(TEAM, "lead", "Mina Park", datetime(2026, 6, 1, 12, tzinfo=UTC), ("Mina Park",))
CLOSED = Standing(TEAM, "self", "", None, ())
LOOKS = (
    LookedAt(TUESDAY, "Mina Park", "lead", "talk"),
    LookedAt(TUESDAY - timedelta(minutes=3), "Mina Park", "lead", "scorecard"),
    LookedAt(TUESDAY - timedelta(days=1), "Noor Haddad", "manager", "reviews"),
    LookedAt(TUESDAY - timedelta(days=5), "김서연", "qa_reviewer", "csat"),
)
WEEK = (
    Looks("Mina Park", "lead", 2, {"talk": 1, "scorecard": 1}, TUESDAY, TUESDAY + timedelta(days=1)),
    Looks("Noor Haddad", "manager", 1, {"reviews": 1}, TUESDAY - timedelta(days=1)),
)

WEEKS = Weeks(
    date(2026, 11, 23),
    WEEK,
    (
        Looks("김서연", "qa_reviewer", 1, {"csat": 1}, TUESDAY - timedelta(days=5)),
        Looks("Mina Park", "lead", 3, {"goals": 3}, TUESDAY - timedelta(days=4), TUESDAY + timedelta(days=1)),
    ),
    "America/New_York",
)

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "privacy.page": lambda t: views.page(views.Shown("Ada King", (AGREED,), LOOKS, "America/New_York", True), t),
    "privacy.closed": lambda t: views.page(views.Shown("Ada King", (CLOSED,), (), "America/New_York"), t),
    "privacy.week": lambda t: views.week(WEEK, date(2026, 11, 23), "America/New_York", t),
}
