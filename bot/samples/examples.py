"""One example of everything that samples show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cspm_core import errors
from cspm_core.samples import Outlook, Pick, Progress, QaPlan, Reason, Replaced, Replacement, Share

from ..blocks import Drawing
from ..refusals import mrkdwn
from ..words import Words
from . import forms, listeners, notice_views, progress_views, settings_forms, settings_views, views
from .progress_views import Standing
from .settings_views import Shown
from .views import Queue

ZONE = "Europe/Amsterdam"
NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
WEEK = date(2026, 11, 16)
ID = 456_099_749_823_032_042
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEXT = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


def _pick(n: int, agent: str, *, after: timedelta = DAY, **more: object) -> Pick:
    told = Pick(
        id=ID + n,
        team_id=ID,
        team="Returns",
        timezone=ZONE,
        draw_id=ID,
        week=WEEK,
        ticket_id=ID + n,
        key=f"R-{4200 + n}",
        url=f"https://desk.example/tickets/{4200 + n}",
        subject="Where is my parcel? It was to come on Tuesday",
        channel=("email", "chat", "phone")[n % 3],
        agent_id=n % 4,
        agent=agent,
        stratum="random",
        status="open",
        due_at=NOW + after,
        reviewer_id=1,
        reviewer="Rita Blum",
    )
    return replace(told, **more)  # type: ignore[arg-type]


PICKS = (
    _pick(1, "Ada King", after=-2 * DAY),
    _pick(2, "김민지", stratum="low_rating"),
    _pick(3, "Teo de Vries", subject="", url=""),
    _pick(4, "Ada King", stratum="escalation"),
    *(_pick(n, "Bo Berg") for n in range(5, 15)),
)
STATES = (
    _pick(1, "Ada King", status="done"),
    _pick(2, "김민지", status="replaced"),
    _pick(3, "Teo de Vries", stratum="breach"),
    _pick(4, "Bo Berg", status="lapsed"),
    _pick(5, "Bo Berg"),
)
DONE = tuple(replace(one, status="done") for one in PICKS[:5])
PROGRESS = Progress(
    team_id=ID,
    team="Returns",
    timezone=ZONE,
    draw_id=ID,
    week=WEEK,
    drawn_at=NOW - 3 * DAY,
    seed=83_412_907,
    population=412,
    unit="each",
    amount=2,
    strata=("agent", "channel"),
    random=24,
    drawn=27,
    done=14,
    random_done=12,
    replaced=2,
    lapsed=0,
    late=1,
    by_reviewer=(
        Share("Rita Blum", 14, 9, 1, 0, 0),
        Share("Ravi Patel", 13, 5, 1, 0, 1, is_reachable=False),
    ),
    by_agent=(
        Share("Ada King", 3, 2, 1, 0, 0),
        Share("Teo de Vries", 2, 1, 0, 0, 1),
        Share("김민지", 3, 3, 1, 0, 0),
    ),
    replacements=(
        Replacement("R-4100", "https://desk.example/4100", "Ada King", "Rita Blum", NOW, Reason.OTHER,
                    "The customer asked us to delete everything about them"),
        Replacement("R-4101", "", "김민지", "Ravi Patel", NOW, Reason.UNREADABLE, ""),
    ),
    unassigned=(_pick(20, "Ravi Patel", reviewer_id=None, reviewer=""),),
    lapsed_before=3,
    without_agent=6,
    data_until=NOW - 5 * DAY,
)  # fmt: skip
STANDING = Standing(ID, "Returns", ZONE, PROGRESS, NEXT)
EMPTY = replace(
    PROGRESS, population=0, random=0, drawn=0, done=0, random_done=0, replaced=0, late=0, by_reviewer=(), by_agent=(),
    replacements=(), unassigned=(), lapsed_before=0, without_agent=0, data_until=None, strata=(), unit="percent",
    amount=5,
)  # fmt: skip
PLAN = QaPlan(
    workspace_id=1, id=ID, team_id=ID, is_on=True, strata="agent,channel", prompted="low_rating,breach", prompted_most=5
)
SHOWN = Shown(ID, "Returns", ZONE, "09:00", PLAN, Outlook(412, 12, 24, 0.194), NEXT)
OFF = replace(
    SHOWN,
    plan=QaPlan(workspace_id=1, id=ID, team_id=ID, unit="error", amount=5, strata="", told_below=0, dispute_days=0,
                shows_reviewer=False),
    outlook=Outlook(0, 0, 0, None),
    next_at=None,
)  # fmt: skip


def _said(done: Replaced) -> Callable[[Words], Drawing]:
    return lambda t: {"text": listeners.replaced_words(done, t)}


def _refusal(refusal: errors.Refusal) -> Callable[[Words], Drawing]:
    return lambda t: {"text": mrkdwn(refusal, t)}


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "sample.queue": lambda t: views.queue(Queue(PICKS, NOW), t),
    "sample.queue_end": lambda t: views.queue(Queue(PICKS, NOW, 8), t),
    "sample.queue_empty": lambda t: views.queue(Queue((), NOW, drawn_next=(("Returns", NEXT, ZONE),)), t),
    "sample.progress": lambda t: progress_views.standing(STANDING, t),
    "sample.progress_empty": lambda t: progress_views.standing(replace(STANDING, progress=EMPTY), t),
    "sample.progress_none": lambda t: progress_views.standing(replace(STANDING, progress=None), t),
    "sample.progress_off": lambda t: progress_views.standing(replace(STANDING, progress=None, next_at=None), t),
    "sample.drawn": lambda t: notice_views.drawn(PICKS, NOW, t),
    "sample.drawn_later": lambda t: notice_views.drawn(STATES, NOW, t),
    "sample.drawn_done": lambda t: notice_views.drawn(DONE, NOW, t),
    "sample.drawn_lapsed": lambda t: notice_views.drawn((*DONE[:2], STATES[3]), NOW, t),
    "sample.due": lambda t: notice_views.due(STATES, NOW, t),
    "sample.late": lambda t: notice_views.late(PICKS[:1], NOW, t),
    "sample.unassigned": lambda t: notice_views.unassigned(ID, "Returns", PROGRESS.unassigned, t),
    "sample.unassigned_over": lambda t: notice_views.unassigned(ID, "Returns", (), t),
    "sample.replace": lambda t: forms.replacement(PICKS[0], "{}", t),
    "sample.replaced": _said(Replaced(PICKS[0], PICKS[5])),
    "sample.replaced_other": _said(Replaced(PICKS[0], replace(PICKS[5], reviewer_id=2, reviewer="Ravi Patel"))),
    "sample.replaced_nobody": _said(Replaced(PICKS[0], replace(PICKS[5], reviewer_id=None, reviewer=""))),
    "sample.replaced_none": _said(Replaced(PICKS[0], None)),
    "sample.settings": lambda t: settings_views.settings(SHOWN, t),
    "sample.settings_off": lambda t: settings_views.settings(OFF, t),
    "sample.settings_form": lambda t: settings_forms.plan(SHOWN, "{}", t),
    "refusal.pick_closed": _refusal(errors.PickClosed("R-4201")),
    "refusal.unknown_pick": _refusal(errors.UnknownPick("1")),
}
