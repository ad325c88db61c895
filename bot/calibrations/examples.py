"""One example per state of each view: golden tests, the gallery and the README's pictures draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cspm_core import errors
from cspm_core.calibrations import Calibrator, Contact, Given, Result, Round, Verdict, compare
from cspm_core.qa.rules import Answer, Criterion, Definition, Section
from cspm_core.stats import Alpha, Interval

from ..blocks import Drawing
from ..refusals import mrkdwn
from ..words import Words
from . import forms, result_views, views
from .result_views import Shown
from .views import Board, Seat

ZONE = "Europe/Amsterdam"
NOW = datetime(2026, 11, 23, 15, 50, tzinfo=UTC)
ID = 456_099_749_823_032_042
DAY = timedelta(days=1)
CARD = Definition(
    (
        Section("Tone", (Criterion("tone", "Friendly and clear", ("Rude", "Cold", "Plain", "Kind", "Warm")),)),
        Section(
            "Solution",
            (
                Criterion("solution", "Solved what was asked", ("No", "In part", "Wholly"), weight=3),
                Criterion("process", "Followed the refund steps", ("No", "Yes")),
                Criterion("privacy", "Kept the customer’s data safe", ("No", "Yes"), weight=2, is_critical=True),
            ),
        ),
    )
)
CONTACTS = (
    Contact(1, "RET-20417", "https://desk.example/20417", "The refund is three weeks late & nobody answers", 9),
    Contact(2, "RET-20533", "https://desk.example/20533", "Wrong size sent twice", 9),
    Contact(3, "RET-20571", "", "환불이 아직 안 됐어요", 8),
    Contact(4, "RET-20602", "https://desk.example/20602", "Label cannot be printed", 1),
)
EVERY = frozenset(one.ticket_id for one in CONTACTS)


def _who(n: int, name: str, *done: int, slack: str | None = "U0123456789") -> Calibrator:
    return Calibrator(n, name, slack, EVERY - ({4} if n == 1 else set()), frozenset(done), NOW if done else None)


MINA, MINJI, LIN, ZOE = (
    _who(1, "Mina Park", 1),
    _who(2, "김민지", 1, 2),
    _who(3, "林怡君"),
    _who(4, "Zoë Bakker", slack=None),
)
OPEN = Round(
    id=ID, team_id=ID, team="Returns", timezone=ZONE, name="Refunds in December", scorecard="E-mail", version_id=ID,
    definition=CARD, by_id=1, by="Mina Park", at=NOW - DAY, due_at=NOW + 4 * DAY, closed_at=None, contacts=CONTACTS,
    calibrators=(MINA, MINJI, LIN, ZOE),
)  # fmt: skip
CLOSED = replace(
    OPEN,
    closed_at=NOW,
    calibrators=(_who(1, "Mina Park", 1, 2, 3), _who(2, "김민지", 1, 2, 3, 4), _who(3, "林怡君", 1, 2, 3, 4)),
)


def _given(who: int, which: int, score: float, *answers: float | None) -> Given:
    told = {
        one.key: Answer(one.key, said, 1, one.highest, one.weight, one.is_critical, said is None)
        for one, said in zip(CARD.criteria, answers, strict=True)
    }
    return Given(who, which, score, told)


GIVEN = (
    _given(1, 1, 92.9, 4, 3, 2, 2), _given(1, 2, 53.6, 2, 2, 2, 2), _given(1, 3, 100, 5, 3, 2, 2),
    _given(2, 1, 85.7, 3, 3, 2, 2), _given(2, 2, 0, 1, 2, 1, 1), _given(2, 3, 96.4, 4, 3, None, 2),
    _given(2, 4, 71.4, 3, 2, 2, 2), _given(3, 1, 96.4, 5, 3, 2, 2), _given(3, 2, 57.1, 2, 2, 2, 2),
    _given(3, 3, 96.4, 4, 3, 2, 2), _given(3, 4, 50, 3, 1, 2, 2),
)  # fmt: skip
FOUND = compare(CARD, GIVEN, seed=7)
RESULT = Result(CLOSED, 3, FOUND, Verdict.POOR, is_sure=False)
GOOD = replace(
    RESULT,
    comparison=replace(FOUND, alpha=Alpha(0.874, Interval(0.812, 0.931), 4, 11), apart=()),
    verdict=Verdict.GOOD,
    is_sure=True,
)
TENTATIVE = replace(
    RESULT,
    comparison=replace(FOUND, alpha=Alpha(0.71, None, 2, 5), apart=FOUND.apart[:3]),
    round=replace(CLOSED, contacts=CONTACTS[:2], name=""),
    verdict=Verdict.TENTATIVE,
)
NOBODY = Result(replace(CLOSED, name=""), 0, compare(CARD, (), seed=7), Verdict.CANNOT_JUDGE, is_sure=False)
EVERYBODY = [(one.name, FOUND.biases[one.member_id]) for one in CLOSED.calibrators]
DRAFT = forms.Draft(
    ID, "Returns", {1: "E-mail", 2: "Chat"}, {1: "Mina Park", 2: "김민지", 3: "林怡君"}, date(2026, 11, 30)
)


def _reminder(t: Words) -> Drawing:
    drawn = views.reminder(Seat(OPEN, MINJI), t)
    assert drawn
    return drawn


def _refusal(refusal: errors.Refusal) -> Callable[[Words], Drawing]:
    return lambda t: {"text": mrkdwn(refusal, t)}


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "calibration.board": lambda t: views.board(
        Board(ID, "Returns", [Seat(OPEN, MINA, may_end=True), Seat(CLOSED, CLOSED.calibrators[0], True, may_see=True)]),
        t,
    ),
    "calibration.board_empty": lambda t: views.board(Board(ID, "Returns", []), t),
    "calibration.form": lambda t: forms.begin(DRAFT, t),
    "calibration.invite": lambda t: views.invite(Seat(OPEN, LIN), t),
    "calibration.invite_lead": lambda t: views.invite(Seat(OPEN, MINA, may_end=True), t),
    "calibration.invite_done": lambda t: views.invite(Seat(OPEN, _who(2, "김민지", 1, 2, 3, 4)), t),
    "calibration.invite_closed": lambda t: views.invite(Seat(CLOSED, CLOSED.calibrators[0]), t),
    "calibration.reminder": _reminder,
    "calibration.reminder_settled": lambda t: views.settled(Seat(CLOSED, CLOSED.calibrators[1]), t),
    "calibration.result": lambda t: result_views.result(Shown(RESULT, FOUND.biases[2]), t),
    "calibration.result_lead": lambda t: result_views.result(Shown(RESULT, FOUND.biases[1], EVERYBODY), t),
    "calibration.result_good": lambda t: result_views.result(Shown(GOOD, FOUND.biases[3]), t),
    "calibration.result_tentative": lambda t: result_views.result(Shown(TENTATIVE), t),
    "calibration.result_nobody": lambda t: result_views.result(Shown(NOBODY), t),
    "refusal.calibration_over": _refusal(errors.CalibrationOver()),
    "refusal.calibration_open": _refusal(errors.CalibrationOpen(NOW, ZONE)),
    "refusal.calibration_unknown": _refusal(errors.UnknownCalibration("1")),
    "refusal.calibration_no_contacts": _refusal(errors.Invalid("contacts", "", "calibration_no_contacts")),
    "refusal.calibration_many_contacts": _refusal(errors.Invalid("contacts", "12", "calibration_many_contacts")),
    "refusal.calibration_foreign_contact": _refusal(errors.Invalid("contacts", "T-1", "calibration_foreign_contact")),
    "refusal.calibration_no_agent": _refusal(errors.Invalid("contacts", "RET-7", "calibration_no_agent")),
    "refusal.calibration_reviewers": _refusal(errors.Invalid("reviewers", "1", "calibration_reviewers")),
    "refusal.calibration_late": _refusal(errors.Invalid("due_on", "2027-05-01", "calibration_late")),
    "refusal.calibration_day_over": _refusal(errors.Invalid("due_on", "2026-11-01", "calibration_over")),
}
