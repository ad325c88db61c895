"""From rows to what is drawn, for listeners and delivery alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from cspm_core import people
from cspm_core.wellbeing import ConfidentialNote, ImprovementPlan

from ..blocks import Drawing
from ..words import N_, Words
from . import views

WRONG: Mapping[str, str] = {
    "plan_words": N_("Say what is to be reached, and what you offer for it."),
    "plan_days": N_("A plan ends after it begins, and lasts a year at most."),
    "plan_gone": N_("It is deleted on its last day or later, within a year."),
    "plan_checks": N_("At most twelve days, all of them within the plan."),
    "plan_manager": N_("Choose a manager of this team."),
}


def note(session: Session, row: ConfidentialNote, t: Words) -> Drawing:
    """As whom it was told reads it."""
    sender, to = (people.member(session, row.workspace_id, one) for one in (row.from_id, row.to_id))
    zone = to.timezone or "UTC"
    is_seen, is_over = row.seen_at is not None, row.over_at is not None
    return views.note_card(views.Note(row.id, sender.name, row.words, row.at, row.talk_at, zone, is_seen, is_over), t)


def plan(session: Session, row: ImprovementPlan, reader_id: int | None, t: Words) -> Drawing:
    """As one of its people reads it."""
    agent, lead = (people.member(session, row.workspace_id, one) for one in (row.agent_id, row.lead_id))
    manager = people.member(session, row.workspace_id, row.manager_id).name if row.manager_id else ""
    reader = "agent" if reader_id == agent.id else "lead" if reader_id == lead.id else "manager"
    checks = tuple(date.fromisoformat(one) for one in row.checks_on.split(",") if one)
    one = views.Plan(
        row.id, agent.name, lead.name, manager, row.goal, row.support, row.starts_on, checks, row.ends_on, row.gone_on,
        row.agent_confirmed_at is not None, row.agent_words, row.outcome, reader,
    )  # fmt: skip
    return views.plan_card(one, t)
