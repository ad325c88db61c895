"""One example per state of each view: golden tests, the gallery and the README's pictures draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cspm_core.escalations.lists import Named
from cspm_core.kpi import (
    Band,
    EscalationGroup,
    EscalationList,
    EscalationRow,
    Point,
    Scorecard,
    TicketList,
    TicketRow,
    Trend,
)
from cspm_core.kpi.rules import read
from cspm_core.metrics import CATALOGUE, OF_TICKETS, Measure, code_of
from cspm_core.periods import parse_period
from cspm_core.stats import Interval, wilson
from cspm_core.tickets import Recounting

from ..blocks import Drawing
from ..signals import views as signal_views
from ..signals.examples import SIGNALS
from ..words import Words
from . import escalation_views, explain_views, ticket_views, trend_views, views
from .scope import Scope

ZONE = "America/New_York"
NOW = datetime(2026, 11, 19, 15, 30, tzinfo=UTC)
WEEK = parse_period("this-week", timezone=ZONE, now=NOW).until(NOW)
BEFORE = parse_period("last-week", timezone=ZONE, now=NOW).until(NOW - timedelta(days=7))
SCOPE = Scope(456_099_749_823_032_042, "this-week", NOW, NOW)
HOUR = 3600.0


def _share(hits: int, n: int, **more: object) -> Measure:
    return replace(Measure(hits / n, n, hits, n, wilson(hits, n)), **more)  # type: ignore[arg-type]


NOW_AND_BEFORE: Mapping[str, tuple[Measure, Measure, float | None]] = {
    "volume": (Measure(412, 412), Measure(388, 388), None),
    "solved": (Measure(397, 397), Measure(391, 391), None),
    "resolution_rate": (Measure(None, 0, note="cohort_too_young"), _share(301, 388), 0.8),
    "backlog": (Measure(96, 96, waiting=96, oldest_s=31 * 86400.0), Measure(81, 81), 90),
    "backlog_age": (Measure(61_000, 96, interval=Interval(50_000, 73_000), p90=400_000), Measure(58_000, 81), None),
    "unanswered": (Measure(23, 23, waiting=23, oldest_s=52 * HOUR), Measure(9, 9), None),
    "first_response": (
        Measure(7500, 412, interval=Interval(6900, 8200), p90=34_000, waiting=23, oldest_s=52 * HOUR),
        Measure(6300, 388),
        4 * HOUR,
    ),
    "first_response_business": (Measure(5100, 412, interval=Interval(4800, 5500)), Measure(4700, 388), None),
    "full_resolution": (Measure(79_000, 397, interval=Interval(72_000, 88_000)), Measure(81_000, 391), None),
    "first_resolution": (Measure(64_000, 397, interval=Interval(60_000, 70_000)), Measure(66_000, 391), None),
    "requester_wait": (Measure(None, 0, note="never_said"), Measure(None, 0, note="never_said"), None),
    "agent_work": (Measure(9_000, 397, interval=Interval(8_000, 9_900), set_aside=12), Measure(9_100, 391), None),
    "one_touch": (_share(171, 397), _share(168, 391), None),
    "reopen_rate": (_share(19, 397, provisional=True), _share(21, 391), 0.08),
    "sla_first_response": (_share(334, 389), _share(350, 377), 0.9),
    "sla_resolution": (_share(352, 391), _share(340, 380), 0.85),
    "csat": (_share(19, 24), _share(44, 51), 0.9),
    "csat_response_rate": (_share(24, 180), _share(51, 260), None),
    "tickets_per_agent": (Measure(49.6, 397, 397, 8), Measure(48.9, 391, 391, 8), None),
}


ESCALATED: Mapping[str, tuple[Measure, Measure, float | None]] = {
    "escalations": (Measure(23, 23, waiting=4), Measure(17, 17), None),
    "time_to_acknowledge": (Measure(1260, 23, interval=Interval(900, 2400), p90=14_400), Measure(2100, 17), 1800),
    "time_to_acknowledge_business": (Measure(780, 23, interval=Interval(600, 1500)), Measure(1200, 17), None),
    "time_to_resolve_escalation": (Measure(None, 23, longer_than=9 * HOUR, note="still_waiting"), Measure(28_000, 17),
                                   8 * HOUR),
    "time_to_resolve_escalation_business": (Measure(14_000, 23, interval=Interval(9000, 21_000)), Measure(15_000, 17),
                                            None),
    "acknowledged_in_time": (_share(19, 22), _share(12, 17), 0.9),
    "escalation_rate": (_share(21, 397), _share(15, 391), None),
    "escalation_repeats": (_share(3, 19), _share(1, 16), None),
    "escalations_satisfied": (Measure(None, 0, note="no_cohort"), _share(4, 5), None),
}  # fmt: skip


def card(agent: str | None = None, team: str = "Returns") -> Scorecard:
    """A week with something of everything: met and missed targets, small samples, unfinished work."""
    readings = tuple(
        read(CATALOGUE[key], now, before, aim, about_one=agent is not None)
        for key, (now, before, aim) in NOW_AND_BEFORE.items()
    )
    return Scorecard(1, team, ZONE, WEEK, NOW, NOW, readings, {"spam": 12, "merged": 3}, agent, BEFORE)


def chart() -> tuple[Trend, ...]:
    """Four days of new and solved tickets."""
    return (_trend("volume", (131, 104, 99, 78)), _trend("solved", (110, 108, 97, 82)))


def _trend(key: str, values: tuple[float | None, ...], target: float | None = None) -> Trend:
    start = date(2026, 11, 16)
    measures = [Measure(v, 100 if v is not None else 0, note="" if v is not None else "no_cohort") for v in values]
    points = tuple(Point(start + timedelta(days=i), measure) for i, measure in enumerate(measures))
    return Trend(CATALOGUE[key], "day", points, target, NOW, NOW, WEEK)


def empty_card() -> Scorecard:
    """A week in which nothing happened: no data, never 0 % and never 100 %."""
    nothing = Measure(None, 0, note="no_cohort")
    readings = tuple(
        read(CATALOGUE[key], Measure(0, 0) if CATALOGUE[key].unit == "count" else nothing, None, None)
        for key in OF_TICKETS
    )
    return Scorecard(1, "Returns", ZONE, WEEK, NOW, NOW, readings, {}, None, BEFORE)


TICKETS = TicketList(
    CATALOGUE["first_response"],
    412,
    (
        TicketRow("RET-20417", "https://desk.example.com/20417", "Refund not received", "", NOW - timedelta(hours=52),
                  52 * HOUR, None, True, "open", "urgent", "email", "Ada Boone", NOW - timedelta(hours=48), 1),
        TicketRow("RET-20390", "https://desk.example.com/20390", "환불이 아직 안 됐어요", "Luis Ortega",
                  NOW - timedelta(hours=70), 30 * HOUR, False, False, "solved", "normal", "chat", "김민지", None, 2),
        TicketRow("RET-20311", "", "Label <won't> print & other *things*", "Grace Kim", NOW - timedelta(hours=90),
                  900.0, True, False, "closed", "", "phone", "Hans de Vries", None, 3),
    ),
    "all",
    NOW,
    NOW,
)  # fmt: skip

CALLS = TicketList(
    CATALOGUE["aht"],
    2,
    (
        TicketRow("C-9001", "https://calls.example.com/9001", "Refund", "Luis Ortega", NOW - timedelta(hours=5), 620.0,
                  None, False, "answered", "", "phone", "Ada Boone", None, 4, "Billing", "Refund", "en", is_call=True),
        TicketRow("C-9002", "", "", "", NOW - timedelta(hours=6), None, None, False, "abandoned", "", "phone", "", None,
                  5, "Billing", "", "ko", is_call=True),
    ),
    "all",
    NOW,
    NOW,
)  # fmt: skip
CHOSEN = SCOPE.of("csat").only(only="counted_against", sort="newest", dimension="channel", code=code_of("email"))
NO_TICKETS = replace(TICKETS, total=0, rows=())
FEW_TICKETS = replace(NO_TICKETS, is_withheld=True)


def _escalation(number: int, after: float, **facts: object) -> Named:
    given: dict[str, object] = {
        "id": number, "number": number, "kind": "complaint", "cause": "person", "severity": 3, "what": "", "rule": "",
        "rule_facts": {}, "ticket_key": "", "url": "", "customer": "", "owner": "Mina Park",
        "opened_at": NOW - timedelta(hours=after), "acknowledged_at": None, "resolved_at": None, "status": "open",
        "is_veiled": False,
    }  # fmt: skip
    return Named(**{**given, **facts})  # type: ignore[arg-type]


DESK = "https://desk.example.com"
ESCALATIONS = EscalationList(
    CATALOGUE["time_to_acknowledge"],
    23,
    (
        EscalationRow(_escalation(41, 30, severity=1, what="Pallet <lost> & customer *furious*", ticket_key="RET-20417",
                                  url=f"{DESK}/20417"), "open", None, 30 * HOUR, False, True),
        EscalationRow(_escalation(39, 50, kind="conduct", is_veiled=True), "acknowledged", 2 * HOUR, 2 * HOUR, False,
                      False),
        EscalationRow(_escalation(38, 75, what="환불이 두 번 처리됐어요", url="https://slack.example.com/archives/C1/p1"),
                      "resolved", 600.0, 600.0, True, False),
    ),
    "all",
    NOW,
)  # fmt: skip
NO_ESCALATIONS = replace(ESCALATIONS, metric=CATALOGUE["escalations_satisfied"], total=0, rows=())
GROUPS = (
    EscalationGroup("all", "", 23, ESCALATED["time_to_acknowledge"][0], ESCALATED["acknowledged_in_time"][0]),
    EscalationGroup("kind", "complaint", 14, Measure(1500, 14), _share(11, 13)),
    EscalationGroup("kind", "other", 9, Measure(600, 9), _share(8, 9)),
    EscalationGroup("cause", "person", 21, Measure(1320, 21), _share(18, 21)),
    EscalationGroup("cause", "hook", 2, Measure(None, 2, longer_than=7200, note="still_waiting"), _share(1, 1)),
)


def escalation_card() -> Scorecard:
    """A week of escalations, some still open."""
    readings = tuple(read(CATALOGUE[key], now, before, aim) for key, (now, before, aim) in ESCALATED.items())
    return replace(card(), readings=readings, left_out={})


BAND = {"first_response": Band(7000, 5200, 9100, 11), "csat": Band(0.86, 0.81, 0.93, 8)}
OTHER_TEAMS = {2: "Bezorging", 3: "帳務支援"}


def _shown(**changes: object) -> views.Shown:
    return replace(views.Shown(card(), SCOPE, chart(), OTHER_TEAMS), **changes)  # type: ignore[arg-type]


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "kpi.team": lambda t: views.scorecard(_shown(), t),
    "kpi.team.shared": lambda t: views.scorecard(_shown(shared_by="U0MINA", teams=None), t),
    "kpi.team.signals": lambda t: views.scorecard(_shown(signals=SIGNALS), t),
    "kpi.team.all.signals": lambda t: views.all_figures(_shown(signals=SIGNALS), t),
    "kpi.team.recounting": lambda t: views.scorecard(_shown(recounting=Recounting(42_000, 100_000)), t),
    "kpi.team.empty": lambda t: views.scorecard(_shown(card=empty_card(), chart=(), teams=None), t),
    "kpi.team.all": lambda t: views.all_figures(_shown(), t),
    "kpi.me": lambda t: views.scorecard(
        _shown(card=card("Grace Kim"), scope=replace(SCOPE, member_id=7), band=BAND, teams=None), t
    ),
    "kpi.trend": lambda t: trend_views.trend(
        _trend("first_response", (7200, 9900, None, 15_300), 4 * HOUR),
        "Returns",
        ZONE,
        WEEK,
        SCOPE.of("first_response"),
        t,
    ),
    "kpi.trend.signals": lambda t: trend_views.trend(
        _trend("csat", (0.85, 0.79, 0.8, 0.81), 0.9),
        "Returns",
        ZONE,
        WEEK,
        SCOPE.of("csat"),
        t,
        below=signal_views.chart_notes(SIGNALS["csat"], t),
    ),
    "kpi.tickets": lambda t: ticket_views.tickets(TICKETS, "Returns", SCOPE, ZONE, WEEK, t),
    "kpi.tickets.none": lambda t: ticket_views.tickets(NO_TICKETS, "Returns", SCOPE, ZONE, WEEK, t),
    "kpi.tickets.chosen": lambda t: ticket_views.tickets(
        replace(TICKETS, metric=CATALOGUE["csat"], only="counted_against", sort="newest"),
        "Returns",
        CHOSEN,
        ZONE,
        WEEK,
        t,
    ),
    "kpi.tickets.chosen.none": lambda t: ticket_views.tickets(
        replace(NO_TICKETS, metric=CATALOGUE["csat"]), "Returns", SCOPE.of("csat").only(only="waiting"), ZONE, WEEK, t
    ),
    "kpi.calls": lambda t: ticket_views.tickets(CALLS, "Returns", SCOPE, ZONE, WEEK, t),
    "kpi.tickets.few": lambda t: ticket_views.tickets(FEW_TICKETS, "Mina", SCOPE, ZONE, WEEK, t),
    "kpi.escalations": lambda t: trend_views.trend(
        _trend("time_to_acknowledge", (900, 2400, None, 1260), 1800),
        "Returns",
        ZONE,
        WEEK,
        SCOPE.of("time_to_acknowledge"),
        t,
        below=escalation_views.breakdown(GROUPS, t),
    ),
    "kpi.escalations.all": lambda t: escalation_views.all_figures(_shown(card=escalation_card()), t),
    "kpi.escalations.list": lambda t: escalation_views.escalations(ESCALATIONS, "Returns", SCOPE, ZONE, WEEK, t),
    "kpi.escalations.none": lambda t: escalation_views.escalations(NO_ESCALATIONS, "Returns", SCOPE, ZONE, WEEK, t),
    "kpi.explain.escalations": lambda t: explain_views.explanation(CATALOGUE["escalation_repeats"], ZONE, None, t),
    "kpi.explain": lambda t: explain_views.explanation(CATALOGUE["first_response"], ZONE, SCOPE, t),
    "kpi.help": lambda t: explain_views.help_text(list(CATALOGUE.values()), t),
}
