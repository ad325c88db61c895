"""One example per state of each view: golden tests, the gallery and the README's pictures draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cspm_core import errors
from cspm_core.coaching import AgentLine, Brief, KudosSeen, Mine, NoteSeen, Person, PromiseSeen, TalkSeen
from cspm_core.coaching.suggesting import Seen
from cspm_core.effects import Feasible, Visible
from cspm_core.goals.tables import Goal
from cspm_core.kpi.rules import read
from cspm_core.metrics import CATALOGUE, Measure
from cspm_core.stats import Interval

from ..blocks import Drawing
from ..kpi.names import name_of
from ..qa.review_examples import WHOLE
from ..refusals import mrkdwn
from ..words import Words
from . import brief_views, foresight_views, forms, help_views, mine_views, promise_views, talk_views

ZONE = "Europe/Amsterdam"
NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ID = 456_099_749_823_032_042
MINA, TEO, KIM = Person(1, "Mina Park", "U0123456789"), Person(2, "Teo de Vries", "U2"), Person(3, "김민지", None)
CSAT, WAIT = CATALOGUE["csat"], CATALOGUE["first_response_business"]

TALK = TalkSeen(ID, ID, "Returns", ZONE, MINA, TEO, "planned", NOW + DAY, 30, None, 0, MINA.id, None, "biweekly")
AGREED = replace(TALK, agreed_at=NOW)
HELD = replace(TALK, id=ID - 1, status="held", planned_at=NOW - 14 * DAY, held_at=NOW - 14 * DAY, agreed_at=NOW)
LATE = replace(TALK, planned_at=NOW - DAY)
UNSEEN = replace(TALK, agent=KIM)

OPEN = PromiseSeen(
    ID, ID, "Returns", ZONE, TEO, MINA, TEO, "Ask back before closing a refund <always>", "process", date(2026, 11, 27),
    "csat", NOW - 14 * DAY, "open", None, "", 0, False, None, None,
)  # fmt: skip
OVERDUE = replace(OPEN, id=ID + 1, words="Read the new returns article", kind="knowledge", metric="", moved=1,
                  due_on=date(2026, 11, 19), is_late=True)  # fmt: skip
OWN = replace(OPEN, id=ID + 2, owner=MINA, words="Get access to the warehouse system", kind="tool", metric="")
KEPT = replace(OPEN, id=ID + 3, status="kept", closed_at=NOW - 2 * DAY, line="The checklist on my screen helped")
MISSED = replace(OVERDUE, id=ID + 4, status="missed", closed_at=NOW - DAY, line="The queue was full & I forgot")
NOTES = (
    NoteSeen("Mina Park", NOW - DAY, True, "Seems tired since the move. Ask about the early shifts."),
    NoteSeen("Teo de Vries", NOW - DAY, False, "Refunds of marketplaces are still unclear to me."),
    NoteSeen("Mina Park", NOW, False, "We look at three of them together."),
)


def _measure(value: float, n: int, low: float, high: float) -> Measure:
    return Measure(value, n, numerator=round(value * n), denominator=n, interval=Interval(low, high))


FIGURE = read(CSAT, _measure(0.61, 41, 0.46, 0.74), _measure(0.84, 44, 0.70, 0.92), None, about_one=True)
BRIEF = Brief(
    team_id=ID,
    team="Returns",
    timezone=ZONE,
    lead=MINA,
    agent=TEO,
    every="biweekly",
    planned=AGREED,
    last=HELD,
    promises=(OVERDUE, OPEN, OWN, KEPT, MISSED),
    figures=(FIGURE,),
    figures_level="",
    figures_until=NOW - 2 * HOUR,
    reviews=(WHOLE, replace(WHOLE, in_person=True, told_at=None)),
    reviews_hidden=1,
    kudos=(KudosSeen("Ada King", "Took over my queue when the lights went out", "Helps", NOW - 3 * DAY),),
    goals=(
        Goal(workspace_id=1, id=1, team_id=1, member_id=2, owner_id=1, metric="csat", target=0.9,
             starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 31), proposed_by=1, proposed_at=NOW, agreed_at=NOW),
    ),
    suggestions=(
        Seen(1, ID, "Returns", ZONE, TEO.id, TEO.name, TEO.slack, "low_criterion", NOW - DAY,
             {"times": 2, "criterion": "Understands what is needed"}, "open"),
    ),
    notes=NOTES,
    kept=1,
    missed=1,
)  # fmt: skip
FIRST = replace(
    BRIEF, every="never", planned=None, last=None, promises=(), figures=(), figures_level="self", reviews=(),
    reviews_hidden=0, kudos=(), goals=(), suggestions=(), notes=(), kept=0, missed=0, agent=KIM,
)  # fmt: skip
QUIET = replace(FIRST, agent=TEO, planned=LATE, is_late=True, figures_level="", last=HELD)

MINE = Mine(
    talks=(replace(AGREED, lead=MINA, agent=TEO), replace(UNSEEN, every="monthly")),
    promises=(OWN,),
    others=(OVERDUE, OPEN),
    notes=(),
    agents=(
        AgentLine(KIM, ID, "Returns", ZONE, None, UNSEEN, "monthly", 0, 0),
        AgentLine(TEO, ID, "Returns", ZONE, NOW - 14 * DAY, AGREED, "biweekly", 2, 1),
    ),
)
AGENTS = Mine((TALK,), (OVERDUE, OPEN), (OWN,), ((HELD, NOTES[1:]),), ())

SLOTS = (NOW + 20 * HOUR, NOW + 22 * HOUR, NOW + 24 * HOUR)
SHORT = Feasible(CSAT, 12.0, 0.8, 0.2, False, (Visible(WAIT, 140.0, 1800.0),))
SEEABLE = Feasible(WAIT, 140.0, 7200.0, 1800.0, True)
NOTHING = Feasible(CSAT, 1.0, None, None, False)


def _draft(told: Feasible | None, t: Words) -> forms.PromiseDraft:
    metrics = {one.key: name_of(one, t) for one in (CSAT, WAIT)}
    said = foresight_views.foreseen(told, t) if told else ""
    return forms.PromiseDraft(MINA, TEO, date(2026, 12, 7), metrics, said)


def _refusal(refusal: errors.Refusal) -> Callable[[Words], Drawing]:
    return lambda t: {"text": mrkdwn(refusal, t)}


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "coach.help": help_views.help_text,
    "coach.unknown": lambda t: help_views.unknown("Theo <b>", t),
    "coach.brief": lambda t: brief_views.brief(BRIEF, t),
    "coach.brief_first": lambda t: brief_views.brief(FIRST, t),
    "coach.brief_quiet": lambda t: brief_views.brief(QUIET, t),
    "coach.brief_long": lambda t: brief_views.brief(
        replace(BRIEF, promises=(OVERDUE, OPEN) * 5 + (KEPT, MISSED) * 4, notes=NOTES * 6), t
    ),
    "coach.reviews": lambda t: brief_views.reviews(BRIEF, t),
    "coach.mine_lead": lambda t: mine_views.mine(MINE, MINA.id, t),
    "coach.mine_agent": lambda t: mine_views.mine(AGENTS, TEO.id, t),
    "coach.mine_nothing": lambda t: mine_views.mine(Mine((), (), (), (), ()), TEO.id, t),
    "coach.talk_asked": lambda t: talk_views.card(TALK, TEO.id, t),
    "coach.talk_proposed": lambda t: talk_views.card(TALK, MINA.id, t),
    "coach.talk_unseen": lambda t: talk_views.card(UNSEEN, MINA.id, t),
    "coach.talk_fits": lambda t: talk_views.card(AGREED, MINA.id, t),
    "coach.talk_moved": lambda t: talk_views.card(replace(TALK, moved=1), TEO.id, t, moved=0),
    "coach.talk_held": lambda t: talk_views.card(HELD, TEO.id, t),
    "coach.talk_cancelled": lambda t: talk_views.card(replace(TALK, status="cancelled"), TEO.id, t),
    "coach.talk_today": lambda t: talk_views.today(replace(TALK, planned_at=NOW + HOUR), TEO.id, t, moved=0),
    "coach.talk_late": lambda t: talk_views.late(LATE, MINA.id, t, moved=0),
    "coach.promise_day": lambda t: promise_views.reminder(OPEN, t, is_late=False),
    "coach.promise_late": lambda t: promise_views.reminder(OVERDUE, t, is_late=True),
    "coach.promise_check": lambda t: promise_views.check(OVERDUE, t),
    "coach.promise_closed": lambda t: promise_views.check(MISSED, t),
    "coach.promise": lambda t: promise_views.seen(OPEN, t),
    "coach.promise_kept": lambda t: promise_views.seen(KEPT, t),
    "coach.note_form": lambda t: forms.take_note(TEO.name, "{}", t),
    "coach.promise_form": lambda t: forms.make_promise(_draft(None, t), "{}", t),
    "coach.promise_form_small": lambda t: forms.make_promise(_draft(SHORT, t), "{}", t),
    "coach.promise_form_seen": lambda t: forms.make_promise(_draft(SEEABLE, t), "{}", t),
    "coach.promise_form_nothing": lambda t: forms.make_promise(_draft(NOTHING, t), "{}", t),
    "coach.promise_form_closed": lambda t: forms.make_promise(replace(_draft(None, t), metrics={}), "{}", t),
    "coach.close_form": lambda t: forms.close_promise(OPEN, "kept", "{}", t),
    "coach.day_form": lambda t: forms.move_day(OPEN, "{}", t),
    "coach.plan_form": lambda t: forms.plan_talk(TEO, "biweekly", TALK, SLOTS, ZONE, "{}", t),
    "coach.plan_form_none": lambda t: forms.plan_talk(TEO, "never", None, (), ZONE, "{}", t),
    "coach.move_form": lambda t: forms.move_talk(TALK, TEO.id, SLOTS, "{}", t),
    "refusal.not_your_talk": _refusal(errors.NotYourTalk()),
    "refusal.own_talk": _refusal(errors.OwnTalk()),
    "refusal.talk_held": _refusal(errors.TalkOver(NOW)),
    "refusal.talk_cancelled": _refusal(errors.TalkOver()),
    "refusal.promise_closed": _refusal(errors.PromiseClosed("kept")),
}
