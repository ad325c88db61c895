"""One example per state of what people look at: lists, a team's settings, and what the watchdog tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cspm_core.escalations import Clock, EscalationSettings, Listed, Policy, Status, Step, default_policy
from cspm_core.escalations.lateness import Late, Why
from cspm_core.escalations.selftest import Outcome

from ..blocks import Drawing
from ..watch import views as watch
from ..words import Words
from . import list_views, settings_forms, settings_views

NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ZONE = "America/New_York"
TEAM, OTHER = 456_099_749_823_032_042, 456_099_749_823_032_043
MINA = 456_099_749_823_032_051

WORST = Listed(
    id=456_099_749_823_033_001,
    number=41,
    team="Returns",
    team_id=TEAM,
    timezone=ZONE,
    severity=1,
    kind="sla",
    status=Status.OPEN.value,
    what="All refunds since noon fail with “card expired”",
    rule="",
    rule_facts="{}",
    ticket_key="#48211",
    url="https://desk.example/tickets/48211",
    opened_at=NOW - 26 * MINUTE,
    owner="",
    owner_id=None,
    snoozed_until=None,
    next_step_at=NOW + 4 * MINUTE,
    promise_due_at=None,
    is_overdue=True,
    resolved_at=None,
    count=3,
    is_veiled=False,
)
TAKEN = replace(
    WORST,
    id=WORST.id + 1,
    number=38,
    severity=2,
    kind="complaint",
    status=Status.ACKNOWLEDGED.value,
    what="Acme B.V. wants to leave after three broken promises",
    ticket_key="",
    url="",
    opened_at=NOW - 27 * HOUR,
    owner="Mina Park",
    owner_id=MINA,
    next_step_at=None,
    promise_due_at=NOW + 2 * HOUR,
    is_overdue=False,
)
ASIDE = replace(
    WORST,
    id=WORST.id + 2,
    number=35,
    severity=3,
    what="Who tells the carrier about the lost pallet?",
    opened_at=NOW - 50 * HOUR,
    snoozed_until=NOW + 20 * HOUR,
    is_overdue=False,
)
VEILED = replace(
    WORST, id=WORST.id + 3, number=33, severity=3, kind="conduct", what="", ticket_key="", url="", is_veiled=True
)
ELSEWHERE = replace(TAKEN, id=WORST.id + 4, number=29, severity=4, team="Wholesale", team_id=OTHER, owner="Ada King")
OVER = replace(
    TAKEN, id=WORST.id + 5, number=27, status=Status.RESOLVED.value, promise_due_at=None, resolved_at=NOW - 3 * HOUR
)
OPEN = list_views.Shown("open", (WORST, TAKEN, ASIDE, VEILED), NOW, "Returns", TEAM)

POLICIES = {
    **{severity: default_policy(severity) for severity in (1, 2, 3)},
    4: Policy((Step(f"member:{MINA}", 0, Clock.PERSON), Step("group:S0123456789", 4 * 3600)), 86_400, 172_800),
}
AGREED = EscalationSettings(workspace_id=1, id=1, team_id=TEAM)
SETTINGS = settings_views.Shown(TEAM, "Returns", "C0123456789", POLICIES, AGREED, {MINA: "Mina Park"})
STRICT = EscalationSettings(
    workspace_id=1, id=1, team_id=TEAM, needs_reason=True, cap_per_hour=1, reopen_within_h=1, check_back_days=1
)
STEPS = settings_forms.Steps("Returns", 2, default_policy(2), {}, {}, "{}")
CHOSEN = settings_forms.Steps(
    "Returns", 4, POLICIES[4], {MINA: "U0123456789"}, {"S0123456789": "@duty", "S0123456780": "@billing"}, "{}"
)


def _late(number: int, why: Why, minutes: int, code: str = "") -> Late:
    return Late(1, TEAM, WORST.id + number, number, 1 + number % 4, why, NOW - minutes * MINUTE, None, code)


REPORT = watch.Report(
    tuple(_late(41 + n, why, 45 - n, "user_not_found" if why is Why.FAILED else "") for n, why in enumerate(Why)),
    {TEAM: "Returns"},
    ZONE,
    NOW - 30 * MINUTE,
)
MANY = replace(REPORT, late=tuple(_late(n, Why.UNSHOWN, 60 - n) for n in range(1, 15)))


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "escalation.list.open": lambda t: list_views.listing(OPEN, t),
    "escalation.list.teams": lambda t: list_views.listing(
        replace(OPEN, rows=(WORST, TAKEN, ELSEWHERE), team="", team_id=None), t
    ),
    "escalation.list.mine": lambda t: list_views.listing(replace(OPEN, which="mine", rows=(TAKEN,)), t),
    "escalation.list.overdue": lambda t: list_views.listing(replace(OPEN, which="overdue", rows=(WORST,)), t),
    "escalation.list.resolved": lambda t: list_views.listing(replace(OPEN, which="resolved", rows=(OVER,)), t),
    "escalation.list.many": lambda t: list_views.listing(
        replace(OPEN, rows=tuple(replace(TAKEN, id=n, number=n) for n in range(1, 90))), t
    ),
    "escalation.list.none": lambda t: list_views.listing(replace(OPEN, rows=()), t),
    "escalation.list.none_mine": lambda t: list_views.listing(replace(OPEN, which="mine", rows=(), team=""), t),
    "escalation.list.none_overdue": lambda t: list_views.listing(replace(OPEN, which="overdue", rows=()), t),
    "escalation.list.none_resolved": lambda t: list_views.listing(replace(OPEN, which="resolved", rows=()), t),
    "escalation.settings": lambda t: settings_views.settings(SETTINGS, t),
    "escalation.settings.changed": lambda t: settings_views.settings(
        replace(SETTINGS, agreed=STRICT, said=t("Changed: what is agreed.")), t
    ),
    "escalation.settings.no_channel": lambda t: settings_views.settings(replace(SETTINGS, channel=""), t),
    "escalation.settings.steps": lambda t: settings_forms.steps(STEPS, t),
    "escalation.settings.steps_chosen": lambda t: settings_forms.steps(CHOSEN, t),
    "escalation.settings.agreed": lambda t: settings_forms.agreed(SETTINGS, "{}", t),
    "watch.late": lambda t: watch.report(REPORT, t),
    "watch.late_many": lambda t: watch.report(MANY, t),
    "watch.well": lambda t: watch.report(replace(REPORT, ended_at=NOW), t),
    "watch.selftest": lambda t: watch.result(Outcome(44, 0.84, 6.2, True, True), t),
    "watch.selftest.unpressed": lambda t: watch.result(Outcome(44, 0.84, None, True, True), t),
    "watch.selftest.unshown": lambda t: watch.result(Outcome(44, None, None, True, True), t),
    "watch.selftest.refused": lambda t: watch.result(Outcome(44, None, None, True, True, "cannot_dm_bot"), t),
    "watch.selftest.unsent": lambda t: watch.result(Outcome(44, None, None, True, False), t),
}
