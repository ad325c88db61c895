"""What was filled into the modals of crises and their plans, as the core takes it."""

from __future__ import annotations

import json
from datetime import datetime, time
from typing import Any

from sqlmodel import Session

from cspm_core import people
from cspm_core.crises import READY, Action, Plan, PlanTask
from cspm_core.errors import Invalid
from cspm_core.people import Team

from ..asking import Ask
from ..escalations import fields
from ..words import LANGUAGES, Words
from . import names, plan_forms, review_forms

COLONS = (":", "：")


def ticked(ask: Ask, prefix: str) -> set[int]:
    """Ids whose boxes are ticked, over all groups of boxes."""
    found: set[int] = set()
    for block_id, block in _values(ask).items():
        if block_id.startswith(prefix):
            for element in block.values():
                found |= {int(option["value"]) for option in element.get("selected_options") or ()}
    return found


def actions(session: Session, ask: Ask, team: Team) -> list[Action]:
    """What is to be done after a review; a day ends when the team's does."""
    calendar = people.calendar_of(session, team)
    found = []
    for n in range(1, review_forms.ACTIONS + 1):
        what = fields.text(ask, f"{review_forms.WHAT}_{n}")
        if not what:
            continue
        user, day = fields.user(ask, f"{review_forms.OWNER}_{n}"), fields.day(ask, f"{review_forms.DAY}_{n}")
        owner = fields.person(session, ask, user) if user else None
        if user and owner is None:
            raise Invalid(f"{review_forms.OWNER}_{n}", "", "not_met")
        due: datetime | None = None
        if day is not None:
            due = calendar.closing(day) or calendar.at_local(day, time(17))
            if due <= ask.now:
                raise Invalid(f"{review_forms.DAY}_{n}", day.isoformat(), "over")
        found.append(Action(what, owner.id if owner else None, due))
    return found


def plan(session: Session, ask: Ask, kind: str) -> Plan:
    """A plan as it was filled in. Words that are still the ready ones are not kept. Raises Invalid."""
    lines = [line.strip() for line in fields.text(ask, plan_forms.CHECKLIST).splitlines() if line.strip()]
    words = {language: fields.text(ask, f"{plan_forms.WORDS}_{language}") for language in LANGUAGES}
    own = {language: text for language, text in words.items() if text and text != Words(language)(names.WORDS)}
    return Plan(
        kind=kind,
        name=fields.text(ask, plan_forms.NAME),
        checklist=tuple(_task(session, ask, line, n) for n, line in enumerate(lines)),
        words=own,
        update_every_s=60 * int(fields.text(ask, plan_forms.EVERY) or 0),
    )


def _task(session: Session, ask: Ask, line: str, n: int) -> PlanTask:
    """One line: who, a colon, what; without a colon it is the lead's."""
    place = min((line.find(colon) for colon in COLONS if colon in line), default=-1)
    who, what = ("", line) if place < 0 else (line[:place].strip(), line[place + 1 :].strip())
    owner = whose(session, ask.workspace_id, who, ask.t)
    if owner is None and place >= 0 and len(who.split()) > 3:  # a colon within the sentence
        who, what, owner = "", line, "lead"
    if owner is None:
        raise Invalid(plan_forms.CHECKLIST, who, "plan_owner")
    ready = next((key for key in READY if what == ask.t(names.READY[key])), "")
    return PlanTask(ready, "", owner) if ready else PlanTask(f"own_{n}", what, owner)


def whose(session: Session, workspace_id: int, who: str, t: Words) -> str | None:
    """A role in English or the writer's language, or a person by name or address; None: neither."""
    folded = people.fold(who.lstrip("@"))
    if not folded:
        return "lead"
    for role, label in names.OWNERS.items():
        if folded in (role, people.fold(label), people.fold(t(label))):
            return role
    person = people.member_named(session, workspace_id, who.lstrip("@"))
    return f"member:{person.id}" if person else None


def _values(ask: Ask) -> dict[str, Any]:
    found: dict[str, Any] = (ask.slack.view or ask.slack.body.get("view") or {}).get("state", {}).get("values", {})
    return found


def carried(view: dict[str, Any]) -> dict[str, Any]:
    """What a modal was opened with, where something in it was pressed."""
    told: dict[str, Any] = json.loads(view.get("private_metadata") or "{}")
    return told
