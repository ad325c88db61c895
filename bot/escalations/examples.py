"""One example per state of each view: golden tests, the gallery and the README's pictures draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cspm_core.escalations import Bundled, Card, Done, Gathered, Line, NextStep, Person, Raised, Rating, Task

from ..blocks import Drawing
from ..words import Words
from . import (
    bundles,
    forms,
    hand_forms,
    help_views,
    line_views,
    raise_forms,
    replies,
    resolve_forms,
    timeline_views,
    uninvited,
    views,
)
from .raise_forms import Draft
from .resolve_forms import Similar

ZONE = "America/New_York"
NOW = datetime(2026, 11, 18, 15, 42, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ID, TEAM = 456_099_749_823_032_042, 456_099_749_823_032_001
MINA, TEO, ADA = Person(1, "Mina Park", "U01"), Person(2, "Teo de Vries", "U02"), Person(3, "Ada King", "U03")
WORDS = """The refund for order 88-1204 is three weeks late, and the customer calls every day.

Finance says it was paid; the bank says that nothing came. He asks for somebody <in charge> & threatens a review."""

FRESH = Card(
    id=ID,
    number=12,
    team_id=TEAM,
    team="Returns",
    timezone=ZONE,
    severity=2,
    kind="complaint",
    status="open",
    what=WORDS,
    rule="",
    rule_facts={},
    source="person",
    count=1,
    reopened=0,
    opened_at=NOW - 4 * MINUTE,
    happened_at=None,
    raised_by=ADA,
    message_url="",
    ticket_key="RET-20417",
    call_key="",
    url="https://desk.example.com/20417",
    category="Refunds",
    customer="Ada Boone",
    organisation="Acme & Sons",
    tier="VIP",
    other_open=3,
    ratings=(Rating("2", "5", False, NOW - 9 * DAY), Rating("5", "5", True, NOW - 40 * DAY)),
    owner=None,
    seen_by=(),
    acknowledged_at=None,
    acknowledged_until=None,
    asked_until=None,
    snoozed_until=None,
    handed_to="",
    handed_due_at=None,
    promise="A call with the date of the payment",
    promise_due_at=NOW + 3 * HOUR,
    promise_kept_at=None,
    next_step=NextStep("channel", NOW + 11 * MINUTE, ""),
    resolved_at=None,
    resolved_by=None,
    cause_found="",
    solution="",
    like_number=None,
    check_back_at=None,
    checked_at=None,
    satisfied=None,
    gathered=(),
    gathered_total=0,
    under_number=None,
    tasks=(),
    is_confidential=False,
    is_hidden=False,
    needs_reason=False,
    now=NOW,
)
NIGHT = replace(FRESH, what="The refund is three weeks late", next_step=NextStep("lead", NOW + 17 * HOUR, "hours"))
NOBODY = replace(NIGHT, next_step=NextStep("duty", NOW + 5 * HOUR, "duty"))
QUIET = replace(NIGHT, next_step=NextStep("member:1", NOW + 2 * HOUR, "quiet", MINA))
GROUP = replace(NIGHT, next_step=NextStep("group:S0123456789", NOW + 20 * MINUTE, ""))
TAKEN = replace(
    FRESH, status="acknowledged", owner=MINA, acknowledged_at=NOW - 2 * MINUTE, acknowledged_until=NOW + 4 * HOUR,
    next_step=None,
)  # fmt: skip
SEEN = replace(TAKEN, seen_by=(TEO, ADA))
ASKED = replace(TAKEN, acknowledged_until=NOW, asked_until=NOW + 30 * MINUTE)
SNOOZED = replace(TAKEN, snoozed_until=NOW + 18 * HOUR)
SNOOZED_OPEN = replace(NIGHT, snoozed_until=NOW + HOUR)
TO_TEAM = replace(NIGHT, team="Billing", handed_to="Billing", next_step=NextStep("lead", NOW + MINUTE, ""))
OUTSIDE = replace(TAKEN, handed_to="Logistics <NL>", handed_due_at=NOW + 6 * HOUR)
OVERDUE = replace(TAKEN, promise_due_at=NOW - 20 * MINUTE)
KEPT = replace(TAKEN, promise_kept_at=NOW - MINUTE)
CONDUCT = replace(
    FRESH, kind="conduct", what="A colleague hung up on a customer twice.", is_confidential=True, is_hidden=True,
    promise="", promise_due_at=None, ticket_key="", call_key="C-7781", url="", ratings=(), other_open=0, customer="",
    organisation="", tier="", next_step=NextStep("manager", NOW + HOUR, ""),
)  # fmt: skip
CRISIS = replace(
    FRESH, number=15, kind="crisis", severity=1, what="", rule="burst", raised_by=None, ticket_key="", url="",
    rule_facts={"category": "Payments", "n": 14, "usual": 3, "hours": 1}, customer="", organisation="", tier="",
    promise="", promise_due_at=None, other_open=0, ratings=(), happened_at=NOW - 35 * MINUTE, source="rule",
    gathered=tuple(Gathered(20 + n, f"RET-2{n:03}", f"https://desk.example.com/{n}") for n in range(12)),
    gathered_total=31,
)  # fmt: skip
BY_RULE = replace(
    FRESH, number=16, kind="sla", severity=2, what="", rule="breach_untaken", raised_by=None, promise="",
    rule_facts={"metric": "first_response", "minutes": 30}, promise_due_at=None, happened_at=NOW - 50 * MINUTE,
    source="rule", count=3,
)  # fmt: skip
RESOLVED = replace(
    TAKEN, status="resolved", resolved_at=NOW - MINUTE, resolved_by=MINA, acknowledged_until=None,
    cause_found="The IBAN had a typing error", solution="Paid anew by hand; confirmed by the bank",
    promise_kept_at=NOW - 5 * MINUTE, like_number=7, check_back_at=NOW + 5 * DAY,
    tasks=(Task("Check the IBAN in the form", TEO, NOW + 14 * DAY, None),),
)  # fmt: skip
CHECKED = replace(RESOLVED, check_back_at=None, checked_at=NOW, satisfied=True)
REOPENED = replace(FRESH, reopened=1, count=2, next_step=NextStep("lead", NOW, ""))
MESSAGE_URL = "https://support.slack.com/archives/C012/p1763478000000000"
FROM_MESSAGE = replace(NIGHT, source="message", message_url=MESSAGE_URL)
PART = replace(BY_RULE, number=21, under_number=15)

TEAMS = {TEAM: "Returns", TEAM + 1: "Billing"}
SIMILAR = (
    Similar(ID - 1, 7, "Refund paid to a wrong account", "", {}, "RET-19004", "https://desk.example.com/19004",
            NOW - 34 * DAY, True, "Paid anew by hand"),
    Similar(ID - 2, 3, "", "breach_untaken", {"metric": "resolution", "minutes": 30}, "RET-18010", "", NOW - 61 * DAY,
            False, ""),
)  # fmt: skip


def _line(kind: str, by: Person | None = None, origin: str = "button", minutes: int = 0, /, **facts: Any) -> Line:
    people = {str(one.id): one for one in (MINA, TEO, ADA)}
    named = [str(facts["member"])] if "member" in facts else [str(one) for one in facts.get("members", ())]
    at = NOW - 60 * MINUTE + minutes * MINUTE
    return Line(at, kind, by, origin, facts, {key: people[key] for key in named}, ZONE)


LATER = (NOW + 3 * HOUR).isoformat()
LINES: tuple[Line, ...] = (
    _line("opened", ADA, "form"),
    _line("opened", None, "hook", 1),
    _line("opened", None, "rule", 1),
    _line("told", None, "clock", 1, who="lead", members=["1", "2"]),
    _line("told", None, "clock", 2, who="channel"),
    _line("waiting", None, "clock", 3, why="hours", until=LATER),
    _line("waiting", None, "clock", 3, why="duty", until=LATER),
    _line("waiting", None, "clock", 3, why="quiet", until=LATER),
    _line("skipped", None, "clock", 4, why="nobody", who="duty"),
    _line("skipped", None, "clock", 4, why="away", who="lead"),
    _line("skipped", None, "clock", 4, why="quiet", who="manager"),
    _line("undelivered", None, "slack", 5),
    _line("acknowledged", MINA, "form", 6, words="I call <them> now"),
    _line("seen_too", TEO, "button", 7),
    _line("extended", MINA, "button", 8, until=LATER),
    _line("asked", None, "clock", 9, until=LATER),
    _line("lapsed", None, "clock", 10, member="1"),
    _line("released", MINA, "button", 11),
    _line("snoozed", MINA, "form", 12, until=LATER),
    _line("woken", None, "clock", 13),
    _line("handed", MINA, "form", 14, what="person", member="2", words="You know them"),
    _line("handed", MINA, "form", 15, what="team", to="Billing"),
    _line("handed", MINA, "form", 16, what="department", to="Logistics", due_at=LATER),
    _line("handed_due", None, "clock", 17, to="Logistics"),
    _line("promise_due", None, "clock", 18, due_at=LATER),
    _line("promise_broken", None, "clock", 19, due_at=NOW.isoformat()),
    _line("promise_kept", MINA, "button", 20),
    _line("changed", MINA, "form", 21, severity=1, kind="billing", promise_due_at=LATER),
    _line("counted", TEO, "form", 22, what="He called again", rule="", count=2),
    _line("counted", None, "rule", 23, what="", rule="breach_untaken", count=3),
    _line("noted", ADA, "thread", 24, words="The bank says that *nothing* came"),
    _line("gathered", None, "rule", 25, tickets=["RET-20431", "RET-20433"], count=14),
    _line("resolved", MINA, "form", 26),
    _line("prevention", MINA, "form", 26, what="Check the IBAN in the form", member="2", due_at=LATER),
    _line("check_back", None, "clock", 27),
    _line("checked", MINA, "button", 28, satisfied=True),
    _line("checked", MINA, "button", 29, satisfied=False),
    _line("reopened", None, "rule", 30, what=""),
    _line("reopened", ADA, "button", 31, what="He wrote again"),
)  # fmt: skip
BUNDLE = (
    Bundled(1, 31, 2, "open", "No answer to a VIP", "", "{}", "RET-20417", "https://desk.example.com/20417", ""),
    Bundled(2, 32, 3, "acknowledged", "", "breach_untaken", '{"metric":"resolution","minutes":30}', "RET-20390", "",
            "Mina Park"),
    Bundled(3, 33, 3, "open", "", "", "{}", "", "", ""),
    Bundled(4, 34, 4, "resolved", "Label does not print", "", "{}", "", "", "Teo de Vries"),
)  # fmt: skip
DRAFT = Draft(TEAMS, TEAM, carried='{"source":"person"}')


def _card(one: Card) -> Callable[[Words], Drawing]:
    return lambda t: views.card(one, t)


def _ask(one: Card, why: str) -> Callable[[Words], Drawing]:
    return lambda t: line_views.ask(one, why, t)


def _uninvited(code: str, *, stands: bool = False) -> Callable[[Words], Drawing]:
    return lambda t: uninvited.uninvited("Returns", 12, "C0123456789", code, t, TEAM, stands=stands)


def _every_line(t: Words) -> Drawing:
    """What threads say, one under the other."""
    said = [line_views.line(one, t) for one in LINES]
    return {"text": said[0]["text"], "blocks": [block for drawn in said for block in drawn["blocks"]]}


def _every_reply(t: Words) -> Drawing:
    """What is answered to a press, one under the other."""
    first, second = Done(ID, 12, True, 1, NOW), Done(ID, 12, False, 1, NOW)
    said = [
        *(replies.raised(Raised(ID, 12, state), t) for state in ("opened", "counted", "reopened")),
        replies.taken(first, "", t),
        replies.taken(second, "Mina Park", t),
        replies.kept(first, t),
        *(replies.released(done, t) for done in (first, second)),
        *(replies.promise_kept(done, t) for done in (first, second)),
        replies.checked(first, True, t),
        replies.checked(first, False, t),
        *(replies.reopened(done, t) for done in (first, second)),
    ]
    return {
        "text": said[0],
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": one}} for one in said],
    }


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "escalation.card": _card(FRESH),
    "escalation.card.outside_hours": _card(NIGHT),
    "escalation.card.nobody_on_duty": _card(NOBODY),
    "escalation.card.nobody": _card(replace(NIGHT, next_step=NextStep("lead", NOW + HOUR, "nobody"))),
    "escalation.card.quiet": _card(QUIET),
    "escalation.card.group": _card(GROUP),
    "escalation.card.taken": _card(TAKEN),
    "escalation.card.seen": _card(SEEN),
    "escalation.card.asked": _card(ASKED),
    "escalation.card.snoozed": _card(SNOOZED),
    "escalation.card.snoozed_open": _card(SNOOZED_OPEN),
    "escalation.card.handed_to_team": _card(TO_TEAM),
    "escalation.card.handed_outside": _card(OUTSIDE),
    "escalation.card.promise_overdue": _card(OVERDUE),
    "escalation.card.promise_kept": _card(KEPT),
    "escalation.card.confidential": _card(CONDUCT),
    "escalation.card.veiled": lambda t: views.veiled(CONDUCT, t),
    "escalation.card.crisis": _card(CRISIS),
    "escalation.card.part_of_crisis": _card(PART),
    "escalation.card.by_rule": _card(BY_RULE),
    "escalation.card.from_message": _card(FROM_MESSAGE),
    "escalation.card.resolved": _card(RESOLVED),
    "escalation.card.satisfied": _card(CHECKED),
    "escalation.card.not_satisfied": _card(replace(CHECKED, satisfied=False)),
    "escalation.card.reopened": _card(REOPENED),
    "escalation.raised": lambda t: views.raised(FRESH, t),
    "escalation.raised.taken": lambda t: views.raised(TAKEN, t),
    "escalation.raised.resolved": lambda t: views.raised(RESOLVED, t),
    "escalation.call": lambda t: line_views.call(FRESH, t),
    "escalation.call.taken": lambda t: line_views.call(TAKEN, t),
    "escalation.ask.still": _ask(ASKED, "still"),
    "escalation.ask.woken": _ask(TAKEN, "woken"),
    "escalation.ask.promise": _ask(TAKEN, "promise"),
    "escalation.ask.check": _ask(RESOLVED, "check"),
    "escalation.ask.answered": _ask(TAKEN, "still"),
    "escalation.source_line": lambda t: line_views.source(NIGHT, t),
    "escalation.source_line.taken": lambda t: line_views.source(TAKEN, t),
    "escalation.source_line.resolved": lambda t: line_views.source(RESOLVED, t),
    "escalation.lines": _every_line,
    "escalation.lines.veiled": line_views.veiled,
    "escalation.replies": _every_reply,
    "escalation.bundle": lambda t: bundles.bundle(BUNDLE, "Returns", t),
    "escalation.uninvited": _uninvited("not_in_channel"),
    "escalation.uninvited.archived": _uninvited("is_archived"),
    "escalation.uninvited.refused": _uninvited("restricted_action"),
    "escalation.uninvited.stands": _uninvited("not_in_channel", stands=True),
    "escalation.form.raise": lambda t: raise_forms.draft(DRAFT, t),
    "escalation.form.raise_message": lambda t: raise_forms.draft(replace(DRAFT, what=WORDS, from_message=True), t),
    "escalation.form.raise_again": lambda t: raise_forms.draft(replace(DRAFT, what=WORDS, known_as="E12"), t),
    "escalation.form.raise_ticket": lambda t: raise_forms.draft(
        replace(DRAFT, about="RET-20417", subject="Refund not received"), t
    ),
    "escalation.form.raise_many_teams": lambda t: raise_forms.draft(
        replace(DRAFT, teams={TEAM + n: f"Team {n}" for n in range(30)}), t
    ),
    "escalation.form.take": lambda t: forms.take(FRESH, t),
    "escalation.form.snooze": lambda t: forms.snooze(FRESH, NOW + 22 * HOUR, t),
    "escalation.form.change": lambda t: forms.change(FRESH, t),
    "escalation.form.hand_person": lambda t: hand_forms.hand(FRESH, TEAMS, hand_forms.PERSON, t),
    "escalation.form.hand_team": lambda t: hand_forms.hand(FRESH, TEAMS, hand_forms.TEAM, t),
    "escalation.form.hand_department": lambda t: hand_forms.hand(FRESH, {}, hand_forms.DEPARTMENT, t),
    "escalation.form.resolve": lambda t: resolve_forms.resolve(TAKEN, SIMILAR, date(2026, 11, 23), t),
    "escalation.form.resolve_reasons": lambda t: resolve_forms.resolve(
        replace(BY_RULE, needs_reason=True), (), None, t
    ),
    "escalation.timeline": lambda t: timeline_views.timeline(RESOLVED, LINES, t),
    "escalation.help": help_views.help_text,
}
