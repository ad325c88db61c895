"""A team's first day: with a long and a short past, of few people, with names that are nobody, with targets taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from cspm_core.digests import Undelivered
from cspm_core.first_days import Aim, Coming, Content, Names, Pace, What
from cspm_core.kpi import Reading
from cspm_core.kpi.rules import read
from cspm_core.metrics import CATALOGUE, Measure
from cspm_core.stats import Interval, wilson

from ..blocks import Drawing, value
from ..words import Words
from . import forms, views

ZONE = "America/New_York"
TEAM, ROW = 456_099_749_823_032_042, 456_099_749_823_032_107
DAY, AS_OF = date(2026, 11, 23), datetime(2026, 11, 23, 15, 10, tzinfo=UTC)
HOUR, MINUTE = 3600.0, 60.0


def _reading(key: str, measure: Measure) -> Reading:
    return read(CATALOGUE[key], measure, None, None)


def _share(hits: int, n: int) -> Measure:
    return Measure(hits / n, n, hits, n, wilson(hits, n))


RESPONSE = Measure(
    38 * MINUTE, 2_268, interval=Interval(36 * MINUTE, 40 * MINUTE), waiting=9, oldest_s=31 * HOUR
)  # fmt: skip
AIMS = (
    Aim(CATALOGUE["first_response"], 38 * MINUTE, 1_384, 8),
    Aim(CATALOGUE["full_resolution"], 5 * HOUR, 1_330, 8),
    Aim(CATALOGUE["sla_first_response"], 0.94, 1_384, 8),
    Aim(CATALOGUE["reopen_rate"], 0.07, 1_330, 8),
    Aim(CATALOGUE["csat"], 0.91, 402, 8),
)
LONG = Content(
    first_day_id=ROW,
    team_id=TEAM,
    team="Returns",
    timezone=ZONE,
    day=DAY,
    as_of=AS_OF,
    first_at=datetime(2026, 8, 24, 13, 2, tzinfo=UTC),
    figures_from=date(2026, 8, 24),
    tickets=2_330,
    names=Names(8, 6),
    figures=(
        _reading("first_response", RESPONSE),
        _reading("csat", _share(611, 671)),
        Pace(CATALOGUE["volume"], "week", 178.4, 151, 203, 12),
    ),
    coming=(
        Coming(What.DIGEST, on=date(2026, 11, 24)),
        Coming(What.USUAL, is_there=True, on=date(2026, 11, 24)),
        Coming(What.FCR, is_there=True, metrics=(CATALOGUE["fcr"],)),
        Coming(What.REOPENS, on=date(2026, 12, 1), metrics=(CATALOGUE["reopen_rate"],)),
        Coming(
            What.LIMITS,
            is_there=True,
            metrics=tuple(CATALOGUE[key] for key in ("first_response", "sla_first_response", "reopen_rate")),
        ),
        Coming(What.LIMITS, on=date(2026, 12, 3), metrics=(CATALOGUE["csat"],)),
        Coming(What.VERDICTS, metrics=tuple(aim.metric for aim in AIMS)),
        Coming(What.QA),
        Coming(What.DETECTORS, is_there=True),
    ),
    digest_at=time(9),
    aims=AIMS,
)
SHORT = replace(
    LONG,
    first_at=datetime(2026, 11, 20, 14, 4, tzinfo=UTC),
    figures_from=date(2026, 11, 20),
    tickets=83,
    names=Names(8, 0),
    figures=(
        _reading(
            "first_response",
            Measure(52 * MINUTE, 80, interval=Interval(41 * MINUTE, 65 * MINUTE), waiting=11, oldest_s=63 * HOUR),
        ),
        _reading("csat", _share(11, 14)),
        Pace(CATALOGUE["volume"], "day", 20.5, 12, 29, 2),
    ),
    coming=(
        Coming(What.DIGEST, on=date(2026, 11, 24)),
        Coming(What.USUAL, on=date(2026, 12, 29)),
        Coming(What.FCR, on=date(2026, 11, 28)),
        Coming(What.REOPENS, on=date(2026, 12, 1), metrics=(CATALOGUE["reopen_rate"],)),
        Coming(
            What.LIMITS,
            on=date(2026, 12, 11),
            metrics=tuple(CATALOGUE[key] for key in ("first_response", "reopen_rate", "csat")),
        ),
        Coming(What.VERDICTS, on=date(2026, 12, 14), note="too_little"),
        Coming(What.QA),
        Coming(What.DETECTORS, is_there=True),
    ),
    aims=(),
)
FEW = replace(
    SHORT,
    team="Wholesale",
    names=Names(3, 1),
    figures=(
        Pace(CATALOGUE["volume"], "day", 20.5, 12, 29, 2),
        Pace(CATALOGUE["solved"], "day", 18.0, 11, 25, 2),
        _reading("backlog", Measure(24, 24)),
    ),
    is_withheld=True,
)
TAKEN = replace(
    LONG,
    coming=tuple(replace(one, is_there=True) if one.what is What.VERDICTS else one for one in LONG.coming),
    aims=(),
    taken=(AIMS[0], AIMS[4]),
    taken_by="Mina Park",
)
SILENT = replace(
    SHORT,
    names=Names(0, 0),
    coming=(
        Coming(What.DIGEST, note="no_channel"),
        Coming(What.USUAL),
        Coming(What.FCR, note="never_said"),
        Coming(What.LIMITS, metrics=(CATALOGUE["first_response"],), note="varies"),
        Coming(What.VERDICTS, note="too_little"),
        Coming(What.QA, is_there=True),
        Coming(What.DETECTORS, is_there=True),
    ),
    figures=(
        _reading("reopen_rate", _share(2, 31)),
        Pace(CATALOGUE["volume"], "total", 83, 0, 0, 0),
        Pace(CATALOGUE["solved"], "total", 31, 0, 0, 0),
    ),
)
OLD = replace(
    LONG,
    as_of=datetime(2024, 1, 4, 10, 39, tzinfo=UTC),
    first_at=datetime(2023, 10, 12, 13, 2, tzinfo=UTC),
    figures_from=date(2023, 10, 12),
    coming=(Coming(What.NEWER), *LONG.coming[2:3], *LONG.coming[4:5], *LONG.coming[6:8]),
)
FAILURE = Undelivered(TEAM, "Returns", "C0123456789", "not_in_channel", DAY, ZONE, AS_OF + timedelta(days=7), None)

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "first_day": lambda t: views.first_day(LONG, t),
    "first_day.all_matched": lambda t: views.first_day(replace(LONG, names=Names(8, 0)), t),
    "first_day.none_matched": lambda t: views.first_day(replace(LONG, names=Names(8, 8)), t),
    "first_day.of_very_much": lambda t: views.first_day(
        replace(LONG, tickets=2_330_412, first_at=datetime(2019, 3, 1, tzinfo=UTC), figures_from=date(2025, 11, 23)), t
    ),
    "first_day.old": lambda t: views.first_day(OLD, t),
    "first_day.short": lambda t: views.first_day(SHORT, t),
    "first_day.few_people": lambda t: views.first_day(FEW, t),
    "first_day.little_said": lambda t: views.first_day(SILENT, t),
    "first_day.taken": lambda t: views.first_day(TAKEN, t),
    "first_day.taken_of_few": lambda t: views.first_day(replace(FEW, taken=TAKEN.taken, taken_by="Mina Park"), t),
    "first_day.targets": lambda t: forms.targets("Returns", list(AIMS), value(team=TEAM), t),
    "first_day.not_in_channel": lambda t: views.undelivered(FAILURE, t),
    "first_day.archived": lambda t: views.undelivered(replace(FAILURE, code="is_archived"), t),
    "first_day.given_up": lambda t: views.undelivered(replace(FAILURE, code="invalid_blocks", is_given_up=True), t),
    "first_day.arrived": lambda t: views.undelivered(replace(FAILURE, arrived_at=AS_OF + timedelta(hours=1)), t),
}
