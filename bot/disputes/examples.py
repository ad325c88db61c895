"""One example per state of each view: golden tests, the gallery and the README's pictures draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cspm_core import disputes, errors
from cspm_core.disputes import Objection, Standing, State, Status, Window
from cspm_core.qa import Answer, Contact, Criterion, Definition, Happened, Review, Section, score_of

from ..blocks import Drawing
from ..refusals import mrkdwn
from ..words import Words
from . import decide_forms, decide_views, forms, mine_views, views, whole_views

ZONE = "Europe/Amsterdam"
NOW = datetime(2026, 11, 23, 10, 10, tzinfo=UTC)
ID = 456_099_749_823_032_042
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CARD = Definition(
    (
        Section(
            "Solving it",
            (
                Criterion("right", "The answer is right and complete", ("Wrong", "Half of it", "Right"), weight=3),
                Criterion("process", "The process is followed", ("No", "Mostly", "Yes")),
            ),
        ),
        Section(
            "Being kind",
            (
                Criterion("tone", "The tone fits the customer", ("Rude", "Flat", "Friendly", "Warm")),
                Criterion("data", "Personal data is safe", ("No", "Yes"), is_critical=True),
            ),
        ),
    )
)


def _answers(right: float = 2, tone: float = 2, data: float = 2) -> tuple[Answer, ...]:
    return (
        Answer("right", right, 1, 3, 3, causes=("Knowledge",) if right == 1 else (),
               comment="The refund takes 10 days, not 3." if right < 3 else ""),
        Answer("process", 3, 1, 3),
        Answer("tone", tone, 1, 4, comment="She wrote twice that she was sad about it." if tone < 4 else ""),
        Answer("data", data, 1, 2, is_critical=True, comment="The address of another customer was in it."
               if data < 2 else ""),
    )  # fmt: skip


def _whole(answers: tuple[Answer, ...], revision: int = 1) -> dict[str, Any]:
    scored = score_of(CARD, answers)
    told = [asdict(one) for one in answers]
    return {"answers": told, "score": scored.score, "score_without_critical": scored.without_critical,
            "is_passed": scored.is_passed, "comment": "", "revision": revision}  # fmt: skip


def _review(answers: tuple[Answer, ...], **facts: Any) -> Review:
    sent = Happened("submitted", NOW - 12 * MINUTE, 2, "Teo de Vries", _whole(answers))
    given: dict[str, Any] = {
        "id": ID,
        "team_id": ID,
        "team": "Returns",
        "timezone": ZONE,
        "scorecard_id": ID,
        "scorecard": "E-mail",
        "version_id": ID,
        "definition": CARD,
        "agent_id": 31,
        "agent": "김민지",
        "agent_member_id": 3,
        "reviewer_id": 2,
        "reviewer": "Teo de Vries",
        "contact": Contact("R-104", 1, url="https://desk.example/R-104", subject="Where is my refund?", channel="email",
                           category="Refunds", customer="Ada Boone", solved_at=NOW - 3 * DAY, first_response_s=5_400,
                           reopens=1),
        "stratum": "random",
        "calibration_id": None,
        "started_at": NOW - HOUR,
        "submitted_at": NOW - 12 * MINUTE,
        "answers": answers,
        "opened": frozenset(),
        "comment": "Thank you for staying calm. Next time look up how long a refund takes.",
        "is_quick": True,
        "scored": score_of(CARD, answers),
        "revision": 1,
        "in_person": False,
        "tell_at": NOW,
        "told_at": NOW,
        "confirmed_at": None,
        "happened": (sent, Happened("told", NOW, None, "", {})),
    }  # fmt: skip
    return Review(**{**given, **facts})


REVIEW = _review(_answers())
FAILED = _review(_answers(right=1, tone=1, data=1), told_at=None, tell_at=NOW + 14 * DAY)
OPEN = Window(True, NOW + 2 * DAY + 7 * HOUR)
TOLD = Standing(REVIEW, State.TOLD, OPEN, None, shows_reviewer=True)
CONFIRMED = replace(
    TOLD, review=replace(REVIEW, confirmed_at=NOW + HOUR), state=State.CONFIRMED, window=Window(False, NOW)
)
OBJECTION = Objection(
    id=ID + 1,
    by_id=3,
    by="김민지",
    at=NOW + 2 * HOUR,
    comment="The customer was told about the 10 days in the call before.\nThe tone was hers.",
    is_not_mine=False,
    proposed={"right": 3.0, "tone": 3.0},
    step=0,
    next_at=NOW + DAY,
    status=Status.OPEN,
    decided_by_id=None,
    decided_by="",
    decided_at=None,
    reason="",
    accepted=(),
    score_before=REVIEW.scored.score,
)
DISPUTED = replace(TOLD, state=State.DISPUTED, window=Window(False), objection=OBJECTION)
CLIMBED = replace(DISPUTED, objection=replace(OBJECTION, step=1))
NOT_MINE = replace(DISPUTED, objection=replace(OBJECTION, is_not_mine=True, proposed={}, comment="That was Ada."))


def _decided(status: Status, answers: tuple[Answer, ...], accepted: tuple[str, ...], reason: str) -> Standing:
    objection = replace(
        OBJECTION, status=status, decided_by_id=2, decided_by="Teo de Vries", decided_at=NOW + DAY, reason=reason,
        accepted=accepted, next_at=None,
    )  # fmt: skip
    facts = {"dispute": OBJECTION.id, "criteria": list(accepted), "reason": reason}
    if accepted:
        facts |= _whole(answers, 2)
    happened = (
        *REVIEW.happened,
        Happened("disputed", OBJECTION.at, 3, "김민지", {}),
        Happened(status.value, NOW + DAY, 2, "Teo de Vries", facts),
    )
    review = replace(REVIEW, answers=answers, scored=score_of(CARD, answers), happened=happened)
    return Standing(review, State(status.value), Window(False), objection, shows_reviewer=True)


IN_PART = _decided(
    Status.ACCEPTED_IN_PART,
    _answers(right=3),
    ("right",),
    "You are right about the call. The tone could have been warmer: she was sad.",
)
REJECTED = _decided(Status.REJECTED, _answers(), (), "The call came a day later.")
WITHDRAWN = replace(
    _decided(Status.ACCEPTED, _answers(), (), "It was answered by a partner."),
    review=replace(REVIEW, stratum="withdrawn"),
)
WITHDRAWN = replace(
    WITHDRAWN, objection=replace(WITHDRAWN.objection or OBJECTION, is_not_mine=True, proposed={}, comment="Not me.")
)
HELD = Standing(FAILED, State.WAITING, Window(False), None, shows_reviewer=True, waits_for_talk=True)
SPOKEN = replace(HELD, review=replace(FAILED, tell_at=NOW + 20 * HOUR), waits_for_talk=False)
MANY = _review(tuple(Answer(f"c{n}", 1.0, 1, 3, comment="Look again." if n % 3 else "") for n in range(45)))
LONG = replace(
    TOLD,
    review=replace(
        MANY,
        definition=Definition(
            (Section("All", tuple(Criterion(f"c{n}", f"Criterion {n + 1}", ("a", "b", "c")) for n in range(45))),)
        ),
    ),
)
EARLIER = Standing(
    replace(REVIEW, id=ID + 9, told_at=None, contact=Contact("4711"), submitted_at=NOW - 60 * DAY),
    State.EARLIER, Window(False), None, shows_reviewer=True,
)  # fmt: skip
AGENTS = {41: "Ada King", 42: "Bo Berg"}


def _refusal(refusal: errors.Refusal) -> Callable[[Words], Drawing]:
    return lambda t: {"text": mrkdwn(refusal, t)}


def _whole_of(one: Standing, number: int | None = None) -> Callable[[Words], Drawing]:
    return lambda t: whole_views.whole(one, disputes.versions(one.review), t, number=number)


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "dispute.told": lambda t: views.told(TOLD, t),
    "dispute.told_critical": lambda t: views.told(replace(TOLD, review=replace(FAILED, told_at=NOW)), t),
    "dispute.told_no_end": lambda t: views.told(replace(TOLD, window=Window(True)), t),
    "dispute.told_over": lambda t: views.told(replace(TOLD, window=Window(False, NOW)), t),
    "dispute.told_long": lambda t: views.told(LONG, t),
    "dispute.confirmed": lambda t: views.told(CONFIRMED, t),
    "dispute.confirmed_open": lambda t: views.told(replace(CONFIRMED, window=OPEN), t),
    "dispute.disputed": lambda t: views.told(DISPUTED, t),
    "dispute.in_part": lambda t: views.told(IN_PART, t),
    "dispute.rejected": lambda t: views.told(REJECTED, t),
    "dispute.withdrawn": lambda t: views.told(WITHDRAWN, t),
    "dispute.moved": lambda t: views.told(replace(TOLD, state=State.MOVED), t),
    "dispute.held": lambda t: views.held(HELD, t),
    "dispute.held_spoken": lambda t: views.held(SPOKEN, t),
    "dispute.held_told": lambda t: views.held(replace(SPOKEN, review=replace(FAILED, told_at=NOW + DAY)), t),
    "dispute.form": lambda t: forms.dispute(TOLD, t),
    "dispute.form_page": lambda t: forms.dispute(LONG, t, page=1, comment="All of it.", proposed={2: 3, 21: 2}),
    "dispute.card": lambda t: decide_views.card(DISPUTED, t),
    "dispute.card_climbed": lambda t: decide_views.card(CLIMBED, t),
    "dispute.card_not_mine": lambda t: decide_views.card(NOT_MINE, t),
    "dispute.card_decided": lambda t: decide_views.card(IN_PART, t),
    "dispute.decide": lambda t: decide_forms.decide(DISPUTED, AGENTS, t),
    "dispute.decide_not_mine": lambda t: decide_forms.decide(NOT_MINE, AGENTS, t),
    "dispute.outcome": lambda t: decide_views.outcome(IN_PART, t, for_agent=True),
    "dispute.outcome_rejected": lambda t: decide_views.outcome(REJECTED, t, for_agent=True),
    "dispute.outcome_reviewer": lambda t: decide_views.outcome(IN_PART, t, for_agent=False),
    "dispute.whole": _whole_of(TOLD),
    "dispute.whole_versions": _whole_of(IN_PART),
    "dispute.whole_before": _whole_of(IN_PART, 1),
    "dispute.mine": lambda t: mine_views.mine([TOLD, DISPUTED, IN_PART, EARLIER], t),
    "dispute.mine_many": lambda t: mine_views.mine([TOLD, DISPUTED, *[CONFIRMED] * 30], t),
    "dispute.mine_none": lambda t: mine_views.mine([], t),
    "refusal.disputed": _refusal(errors.Disputed("R-104")),
    "refusal.window_over": _refusal(errors.WindowOver(NOW, ZONE)),
    "refusal.window_none": _refusal(errors.WindowOver()),
    "refusal.decided": _refusal(errors.Decided("Mina Park", NOW, ZONE)),
    "refusal.unknown_dispute": _refusal(errors.UnknownDispute("1")),
    "refusal.review_closed": _refusal(errors.ReviewClosed()),
    "refusal.not_your_dispute": _refusal(errors.NotYourDispute(["Mina Park"])),
    "refusal.not_your_dispute_leads": _refusal(errors.NotYourDispute()),
    "refusal.say_why": _refusal(errors.Invalid("comment", "", "say_why")),
    "refusal.nothing_proposed": _refusal(errors.Invalid("not_mine", "", "nothing_proposed")),
    "refusal.no_proposal": _refusal(errors.Invalid("not_mine", "", "no_proposal")),
    "refusal.no_verdict": _refusal(errors.Invalid("verdict", "", "no_verdict")),
    "refusal.no_part": _refusal(errors.Invalid("criteria", "", "no_part")),
    "refusal.not_a_part": _refusal(errors.Invalid("criteria", "", "not_a_part")),
    "refusal.whose_ticket": _refusal(errors.Invalid("agent", "", "whose_ticket")),
}
