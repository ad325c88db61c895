"""One example per view of pulse, notes and plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cspm_core.stats import Interval
from cspm_core.wellbeing import Pooled, Result

from ..blocks import Drawing
from ..words import Words
from . import forms, views

AT = datetime(2026, 11, 24, 15, tzinfo=UTC)
WEEK = date(2026, 11, 16)
FULL = Result(WEEK, 12, Pooled(3.9, Interval(3.4, 4.4), 9), Pooled(3.2, Interval(2.5, 3.9), 9))
FEW = Result(date(2026, 11, 2), 12, Pooled(None, None, 4), Pooled(None, None, 4))
TALKS = Result(date(2026, 10, 1), 7, Pooled(4.4, Interval(3.8, 5.0), 7), Pooled(4.1, Interval(3.4, 4.8), 7))
NOTE = views.Note(
    1, "Ada King", "Somebody takes the easy tickets every morning, and says in front of everybody that I am slow.\nI "
    "do not want a ticket about it.", AT, AT + timedelta(days=1), "America/New_York", False, False,
)  # fmt: skip
PLAN = views.Plan(
    1, "Ada King", "Mina Park", "Walter Osei", "QA score of at least 80 over ten reviews in a row",
    "Two hours a week with Grace, the course on refunds, no chat in the first two weeks",
    date(2026, 11, 30), (date(2026, 12, 14), date(2027, 1, 4)), date(2027, 1, 25), date(2027, 4, 25), False, "", "",
    "agent",
)  # fmt: skip

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "pulse.asked": lambda t: views.asked("pulse", 1, False, t),
    "pulse.answered": lambda t: views.asked("pulse", 1, True, t),
    "pulse.after_talk": lambda t: views.asked("talk", 1, False, t, lead="Mina Park"),
    "pulse.form": lambda t: forms.questions("pulse", "{}", t),
    "pulse.form_talk": lambda t: forms.questions("talk", "{}", t),
    "pulse.result": lambda t: views.results(FULL, "Returns", t),
    "pulse.few": lambda t: views.results(FEW, "Returns", t),
    "pulse.team": lambda t: views.team_results(1, "Returns", True, (FULL, FEW), (TALKS,), True, t),
    "pulse.off": lambda t: views.team_results(1, "Returns", False, (), (), True, t),
    "note.form": lambda t: forms.confide("", "{}", t),
    "note.card": lambda t: views.note_card(NOTE, t),
    "note.over": lambda t: views.note_card(replace(NOTE, is_seen=True, is_over=True), t),
    "note.seen": lambda t: views.note_seen("Mina Park", NOTE.talk_at, NOTE.timezone, t),
    "plan.form": lambda t: forms.plan(
        "Ada King", {3: "Walter Osei"}, PLAN.starts_on, PLAN.ends_on, PLAN.gone_on, "{}", t
    ),
    "plan.to_confirm": lambda t: views.plan_card(PLAN, t),
    "plan.unconfirmed": lambda t: views.plan_card(replace(PLAN, reader="lead"), t),
    "plan.runs": lambda t: views.plan_card(
        replace(PLAN, reader="lead", is_confirmed=True, agent_words="I would like to begin with e-mail."), t
    ),
    "plan.over": lambda t: views.plan_card(replace(PLAN, reader="manager", is_confirmed=True, outcome="reached"), t),
    "plan.confirm_form": lambda t: forms.confirm("{}", t),
    "plan.end_form": lambda t: forms.end("{}", t),
}
