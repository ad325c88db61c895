"""One example per state of each view: golden tests, the gallery and the README's pictures draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cspm_core import errors
from cspm_core.crises import READY, Board, Customer, Line, Plan, PlanTask, ready_plan
from cspm_core.escalations import Line as Event
from cspm_core.escalations.cards import Person, Task

from ..blocks import Drawing
from ..refusals import mrkdwn
from ..words import Words
from . import forms, lines, plan_forms, reminder_views, review_forms, views

ZONE = "Europe/Amsterdam"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ID = 456_099_749_823_032_042
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MINA, TEO, MINJI = Person(1, "Mina Park", "U1"), Person(2, "Teo de Vries", "U2"), Person(3, "김민지", "U3")
OWNERS = {"stop_it": "lead", "one_voice": "manager", "watch_replies": "duty"}


def _lines() -> tuple[Line, ...]:
    made = [Line(ID + n, key, "", OWNERS.get(key, "lead"), None, None, None, None) for n, key in enumerate(READY)]
    made[0] = replace(made[0], done_at=NOW - 50 * MINUTE, done_by=MINA)
    made[2] = replace(made[2], taken_by=TEO)
    made[4] = replace(made[4], owner="member:3", person=MINJI)
    return tuple(made)


NEW = Board(
    id=ID,
    escalation_id=ID,
    number=31,
    what="The payment page refuses every card since this morning",
    rule="",
    rule_facts={},
    team_id=ID,
    team="Returns",
    timezone=ZONE,
    language="en",
    owner=None,
    begun_at=NOW - 2 * MINUTE,
    happened_at=NOW - 40 * MINUTE,
    plan_kind="crisis",
    plan_name="",
    checklist=tuple(replace(line, taken_by=None, done_at=None, done_by=None) for line in _lines()),
    words={},
    approved_by="",
    approved_at=None,
    update_every_s=1800,
    updated_at=None,
    updated_by=None,
    update_words="",
    update_due_at=NOW + 28 * MINUTE,
    customers=0,
    told=0,
    gathered_open=0,
    ended_at=None,
    ended_by=None,
    all_clear="",
    review_at=None,
    review_asked=0,
    reviewed_at=None,
    reviewed_by=None,
    happened="",
    went_well="",
    actions=(),
    now=NOW,
)
RUNNING = replace(
    NEW,
    owner=MINA,
    checklist=_lines(),
    plan_name="Payments down",
    words={"en": "Card payments fail since {since}. The {team} team is on it: {what}."},
    approved_by="Ada King",
    approved_at=NOW - 30 * DAY,
    updated_at=NOW - 10 * MINUTE,
    updated_by=MINA,
    update_words="The bank has found the fault.\nCards work again for a third of our customers.",
    update_due_at=NOW + 20 * MINUTE,
    customers=46,
    told=12,
    gathered_open=52,
)
LATE = replace(RUNNING, updated_at=NOW - 45 * MINUTE, update_due_at=NOW - 15 * MINUTE)
OVER = replace(
    RUNNING,
    update_due_at=None,
    ended_at=NOW,
    ended_by=MINA,
    all_clear="All cards work again since 10:20. Orders that failed have to be placed again.",
    review_at=NOW + 7 * DAY,
    told=46,
)
REVIEWED = replace(
    OVER,
    reviewed_at=NOW + 7 * DAY,
    reviewed_by=MINJI,
    happened="The bank changed a certificate overnight; we saw it only as tickets came in.",
    went_well="One voice from the first minute. Every customer was told within the hour.",
    actions=(
        Task("Watch the payment page from outside, every minute", TEO, NOW + 14 * DAY, None),
        Task("Ask the bank for a calendar of changes", MINA, NOW + 21 * DAY, None),
    ),
)
OWN = Plan(
    "technical",
    "Payments down",
    (PlanTask("own_0", "Call the bank: 020 555 0199", "member:3"), PlanTask("one_voice", "", "manager")),
    {"en": RUNNING.words["en"]},
    1200,
)
CUSTOMERS = tuple(
    Customer(ID + n, f"Buyer {n}", f"Warehouse {n}" if n % 3 else "", "gold" if n % 4 == 0 else "", f"R-{200 + n}", "",
             NOW - 5 * MINUTE if n < 4 else None, "Teo de Vries" if n < 4 else "")
    for n in range(46)
)  # fmt: skip


def _said(kind: str, by: Person | None = MINA, **facts: Any) -> Callable[[Words], Drawing]:
    named = {str(one): person for one, person in ((1, MINA), (2, TEO)) if str(one) in facts.get("members", ())}
    event = Event(NOW, kind, by, "form", facts, named, ZONE)
    return lambda t: {"text": lines.SENTENCES[kind](event, t)}


def _refusal(refusal: errors.Refusal) -> Callable[[Words], Drawing]:
    return lambda t: {"text": mrkdwn(refusal, t)}


DUE = NOW.isoformat()
EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "crisis.new": lambda t: views.board(NEW, t),
    "crisis.running": lambda t: views.board(RUNNING, t),
    "crisis.late": lambda t: views.board(LATE, t),
    "crisis.over": lambda t: views.board(OVER, t),
    "crisis.over_by_itself": lambda t: views.board(replace(OVER, all_clear="", ended_by=None, review_at=None), t),
    "crisis.reviewed": lambda t: views.board(REVIEWED, t),
    "crisis.update": lambda t: forms.update(RUNNING, t),
    "crisis.clear": lambda t: forms.clear(RUNNING, t, needs_reason=True),
    "crisis.clear_alone": lambda t: forms.clear(NEW, t, needs_reason=False),
    "crisis.words": lambda t: forms.words(RUNNING, t),
    "crisis.words_ready": lambda t: forms.words(NEW, t),
    "crisis.customers": lambda t: forms.customers(RUNNING, CUSTOMERS, 0, t),
    "crisis.customers_last_page": lambda t: forms.customers(RUNNING, CUSTOMERS, 1, t),
    "crisis.customers_none": lambda t: forms.customers(NEW, (), 0, t),
    "crisis.update_due": lambda t: reminder_views.update_due(LATE, NOW - 15 * MINUTE, t),
    "crisis.update_posted": lambda t: reminder_views.update_due(RUNNING, NOW - 15 * MINUTE, t),
    "crisis.update_moot": lambda t: reminder_views.update_due(OVER, NOW - 15 * MINUTE, t),
    "crisis.review_due": lambda t: reminder_views.review(OVER, t),
    "crisis.review_found": lambda t: reminder_views.review(REVIEWED, t),
    "crisis.review": lambda t: review_forms.review(OVER, t),
    "crisis.plan_choose": lambda t: plan_forms.choose(RUNNING, [ready_plan(), OWN], t, may_edit=True),
    "crisis.plan_edit": lambda t: plan_forms.edit(ready_plan(), ID, "Returns", {}, t),
    "crisis.plan_own": lambda t: plan_forms.edit(OWN, ID, "Returns", {3: MINJI}, t),
    "crisis.line_taken": _said("crisis_task", TEO, state="taken", task="stop_it", what=""),
    "crisis.line_done": _said("crisis_task", state="done", task="own_0", what="Call the bank"),
    "crisis.line_undone": _said("crisis_task", state="undone", task="stop_it", what=""),
    "crisis.line_update": _said("crisis_update", words="The bank has found the fault.", due_at=DUE),
    "crisis.line_late": _said("crisis_late", None, members=["1", "2"], due_at=DUE),
    "crisis.line_late_nobody": _said("crisis_late", None, members=[], due_at=DUE),
    "crisis.line_silent": _said("crisis_silent", None, due_at=DUE),
    "crisis.line_told": _said("crisis_told", n=12),
    "crisis.line_clear": _said("crisis_clear", words="All cards work again."),
    "crisis.line_reviewed": _said("crisis_reviewed", words="A certificate had changed.", went_well="One voice.", n=2),
    "crisis.line_reviewed_bare": _said("crisis_reviewed", words="A certificate had changed.", went_well="", n=0),
    "refusal.plan_owner": _refusal(errors.Invalid("checklist", "the baker", "plan_owner")),
    "refusal.plan_every": _refusal(errors.Invalid("update_every", "3", "plan_every")),
    "refusal.unknown_crisis": _refusal(errors.UnknownCrisis("1")),
}
