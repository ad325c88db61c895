"""A crisis plan as a YAML file: what `cspm crisis plan show` prints and `set` reads."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from sqlmodel import Session

from cspm_core.crises import READY, Plan, PlanTask
from cspm_core.errors import Invalid
from cspm_core.escalations.cards import Person

from ..words import LANGUAGES, Words
from . import fields, names

LARGEST = 100_000


def written(plan: Plan, people: Mapping[int, Person], t: Words) -> str:
    """The plan in YAML: who and what of every line, the words in every language, minutes between updates."""
    told = {
        "kind": plan.kind,
        "name": plan.name,
        "update_every_minutes": plan.update_every_s // 60,
        "checklist": [
            {"who": _who(task, people), "what": names.task(task.key, task.what, t)} for task in plan.checklist
        ],
        "words": {language: names.raw_words(plan, language) for language in LANGUAGES},
    }
    return str(yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=100))


def _who(task: PlanTask, people: Mapping[int, Person]) -> str:
    if task.owner.startswith("member:"):
        person = people.get(int(task.owner.partition(":")[2]))
        return person.name if person else "?"
    return task.owner


def read(session: Session, workspace_id: int, path: Path, t: Words) -> Plan:
    """A plan from a file. Raises Invalid."""
    try:
        text = path.read_bytes()[: LARGEST + 1].decode("utf-8-sig")
        told = yaml.safe_load(text) if len(text) <= LARGEST else None
    except (UnicodeDecodeError, yaml.YAMLError):
        told = None
    try:
        return _plan(session, workspace_id, told, t)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Invalid("file", str(path), "plan_unreadable") from None


def _plan(session: Session, workspace_id: int, told: Any, t: Words) -> Plan:
    words = {str(key): str(text) for key, text in (told.get("words") or {}).items()}
    own = {key: text for key, text in words.items() if key not in LANGUAGES or text != Words(key)(names.WORDS)}
    return Plan(
        kind=str(told.get("kind") or "crisis"),
        name=str(told.get("name") or ""),
        checklist=tuple(_task(session, workspace_id, one, n, t) for n, one in enumerate(told["checklist"])),
        words=own,
        update_every_s=60 * int(told.get("update_every_minutes") or 30),
    )


def _task(session: Session, workspace_id: int, one: Mapping[str, Any], n: int, t: Words) -> PlanTask:
    who, what = str(one.get("who") or ""), str(one["what"]).strip()
    owner = fields.whose(session, workspace_id, who, t)
    if owner is None:
        raise Invalid("checklist", who, "plan_owner")
    ready = next((key for key in READY if what == t(names.READY[key])), "")
    return PlanTask(ready, "", owner) if ready else PlanTask(f"own_{n}", what, owner)
