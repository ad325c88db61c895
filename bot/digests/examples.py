"""One example per state of each view: golden tests, the gallery and the README's pictures draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cspm_core.digests import FOREVER, Content, Count, Rolling, Settings, Standing, State, Undelivered, Usual
from cspm_core.digests import WaitingTicket as Ticket
from cspm_core.escalations import Standing as Stood
from cspm_core.kpi.rules import read
from cspm_core.metrics import CATALOGUE, Measure
from cspm_core.stats import Interval, wilson
from cspm_core.tickets import Recounting

from ..blocks import Drawing
from ..drivers import examples as drivers
from ..goals import examples as goals
from ..signals.examples import SIGNALS
from ..words import Words
from . import failure_views, forms, ticket_views, views

ZONE = "America/New_York"
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
AS_OF = datetime(2026, 11, 23, 13, 55, tzinfo=UTC)
SINCE = datetime(2026, 11, 20, 13, 55, tzinfo=UTC)
TEAM, DIGEST = 456_099_749_823_032_042, 456_099_749_823_032_099
HOUR = 3600.0


def _figure(key: str, days: int, measure: Measure, aim: float | None) -> Rolling:
    return Rolling(read(CATALOGUE[key], measure, None, aim), days)


def _share(hits: int, n: int) -> Measure:
    return Measure(hits / n, n, hits, n, wilson(hits, n))


def _ticket(key: str, waited_h: float, due_h: float | None, priority: str, *, unanswered: bool = True) -> Ticket:
    due = None if due_h is None else AS_OF + timedelta(hours=due_h)
    return Ticket(
        int(key),
        f"#{key}",
        f"https://desk.example/tickets/{key}",
        "Where is my parcel?",
        priority,
        "open",
        waited_h * HOUR,
        unanswered,
        due,
        is_past_due=due_h is not None and due_h < 0,
    )


WAITING = (
    _ticket("48211", 62.5, -30, "high"),
    _ticket("48219", 58, -2, "normal"),
    _ticket("48230", 44, 3, "normal"),
    _ticket("48102", 120, 1.5, "urgent", unanswered=False),
    _ticket("48187", 96, 6, "high", unanswered=False),
)
NORMAL = Content(
    digest_id=DIGEST,
    team_id=TEAM,
    team="Returns",
    timezone=ZONE,
    day=TUESDAY,
    since_at=AS_OF,
    as_of=AS_OF + timedelta(days=1),
    state=State.FRESH,
    counts=(
        Count("new", 96, Usual(71, 104, 12), Standing.USUAL),
        Count("solved", 88, Usual(70, 99, 12), Standing.USUAL),
        Count("unanswered", 0, Usual(0, 9, 12), Standing.USUAL),
        Count("past_due", 0, Usual(0, 3, 12), Standing.USUAL),
    ),
    figures=(
        _figure("first_response", 7, Measure(2.1 * HOUR, 512, interval=Interval(1.9 * HOUR, 2.3 * HOUR)), 4 * HOUR),
        _figure("sla_first_response", 7, _share(451, 498), 0.9),
        _figure("reopen_rate", 7, _share(31, 466), 0.08),
        _figure("csat", 28, _share(148, 171), 0.9),
    ),
    waiting=(),
    waiting_total=0,
    skipped=(),
)
AFTER_A_WEEKEND = replace(
    NORMAL,
    day=MONDAY,
    since_at=SINCE,
    as_of=AS_OF,
    counts=(
        Count("new", 143, Usual(98, 131, 12), Standing.MORE),
        Count("solved", 41, Usual(44, 70, 12), Standing.LESS),
        Count("unanswered", 38, Usual(12, 25, 12), Standing.MORE),
        Count("past_due", 2, Usual(0, 4, 12), Standing.USUAL),
    ),
    waiting=WAITING,
    waiting_total=44,
)
FEW = replace(
    NORMAL,
    team="Wholesale",
    counts=tuple(
        replace(count, value=count.value // 20, usual=None, standing=Standing.UNKNOWN) for count in NORMAL.counts
    ),
    figures=(
        _figure("first_response", 28, Measure(None, 6, longer_than=30 * HOUR), None),
        _figure("reopen_rate", 28, _share(1, 9), None),
    ),
)
REVIEWED = replace(
    NORMAL,
    figures=(*NORMAL.figures, _figure("qa_score", 28, Measure(84.2, 41, interval=Interval(80.7, 87.7)), 85.0)),
)
OF_A_SMALL_TEAM = replace(FEW, figures=(), is_withheld=True)
STALE = replace(NORMAL, state=State.STALE, counts=(), figures=(), as_of=AS_OF - timedelta(days=4))
PAUSED = replace(
    AFTER_A_WEEKEND,
    paused_until=datetime(2026, 12, 1, 5, tzinfo=UTC),
    paused_by="Mina Park",
    back_on=date(2026, 12, 1),
)
STOOD = Stood(3, AS_OF - timedelta(hours=26), 41, 1, 5, 2, 26 * HOUR)
FAILURE = Undelivered(TEAM, "Returns", "C0123456789", "not_in_channel", MONDAY, ZONE, AS_OF + timedelta(hours=8), None)
SETTINGS = Settings(TEAM, "Returns", ZONE, "09:00", None, "en", False, "C0123456789")


def _failure(code: str) -> Callable[[Words], Drawing]:
    return lambda t: failure_views.undelivered(replace(FAILURE, code=code, is_given_up=code == "invalid_blocks"), t)


SIGNALLING = replace(
    NORMAL, signals={key: SIGNALS[key] for key in ("csat", "first_response")}, moved=drivers.CSAT, moved_days=28
)

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "digest": lambda t: views.digest(NORMAL, t),
    "digest.signal": lambda t: views.digest(SIGNALLING, t),
    "digest.no_single_driver": lambda t: views.digest(replace(SIGNALLING, moved=drivers.SEVERAL), t),
    "digest.monday": lambda t: views.digest(AFTER_A_WEEKEND, t),
    "digest.few_tickets": lambda t: views.digest(FEW, t),
    "digest.reviewed": lambda t: views.digest(REVIEWED, t),
    "digest.goals": lambda t: views.digest(replace(NORMAL, goals=(goals.TEAM, goals.BESIDE)), t),
    "digest.small_team": lambda t: views.digest(OF_A_SMALL_TEAM, t),
    "digest.skipped_days": lambda t: views.digest(replace(NORMAL, skipped=(date(2026, 11, 20), MONDAY)), t),
    "digest.recounting": lambda t: views.digest(replace(NORMAL, recounting=Recounting(42_000, 100_000)), t),
    "digest.stale": lambda t: views.digest(STALE, t),
    "digest.escalations": lambda t: views.digest(replace(AFTER_A_WEEKEND, escalations=STOOD), t),
    "digest.stale_escalations": lambda t: views.digest(replace(STALE, escalations=STOOD), t),
    "digest.paused": lambda t: views.digest(PAUSED, t),
    "digest.paused_until_resumed": lambda t: views.digest(replace(PAUSED, paused_until=FOREVER, back_on=None), t),
    "digest.of_yesterday": lambda t: views.digest(replace(AFTER_A_WEEKEND, is_latest=False), t),
    "digest.no_data": lambda t: failure_views.no_data(TEAM, "Returns", t),
    "digest.tickets": lambda t: ticket_views.tickets(AFTER_A_WEEKEND, WAITING, t),
    "digest.no_tickets": lambda t: ticket_views.tickets(NORMAL, (), t),
    "digest.not_in_channel": _failure("not_in_channel"),
    "digest.archived": _failure("is_archived"),
    "digest.channel_not_found": _failure("channel_not_found"),
    "digest.missing_scope": _failure("missing_scope"),
    "digest.restricted": _failure("restricted_action"),
    "digest.refused": _failure("invalid_blocks"),
    "digest.arrived": lambda t: failure_views.undelivered(replace(FAILURE, arrived_at=AS_OF + timedelta(hours=1)), t),
    "digest.settings": lambda t: forms.settings(SETTINGS, t),
    "digest.settings_weekdays": lambda t: forms.settings(
        replace(SETTINGS, days=frozenset({0, 2, 4}), on_holidays=True, channel="returns", language="zh_TW"), t
    ),
    "digest.pause": lambda t: forms.pause(TEAM, "Returns", {"next": date(2026, 11, 25), "week": date(2026, 12, 1)}, t),
}
