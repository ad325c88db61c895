"""What a crisis plan is: a checklist with owners, the approved words, how often everybody hears. No database, no words.

A plan's `words` are by language and may hold {what}, {since} and {team}. The plan that every team has from the start
has keys instead of texts; whoever draws it has the words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from ..errors import Invalid
from ..escalations.rules import KINDS

KIND = "crisis"
"""The kind of escalation that begins one by itself."""
LANGUAGES = ("en", "zh_TW", "nl", "ko")
ROLES = ("lead", "duty", "manager")
"""Whose a line of the checklist is; beside these `member:ID`."""
EVERY_S = 1800
SHORTEST_S, LONGEST_S = 300, 86_400
MOST_TASKS = 15
TASK_CHARACTERS, WORDS_CHARACTERS, NAME_CHARACTERS = 150, 2_000, 60
REVIEW_DAYS = 5
"""Working days from the all-clear to the review."""
REMINDERS = 3
"""So many days in a row its owner is reminded of the review; then the manager is told."""
PLACEHOLDERS = ("what", "since", "team")
READY = ("take_lead", "who_is_hit", "stop_it", "one_voice", "watch_replies", "first_update")
"""The ready plan's checklist, in order."""
READY_OWNERS: Mapping[str, str] = {"stop_it": "lead", "one_voice": "manager", "watch_replies": "duty"}
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One line of a checklist. `key` names a ready one, whose `what` is empty.

    `owner`: lead, duty, manager, member:ID.
    """

    key: str
    what: str
    owner: str = "lead"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a team meets a crisis of a kind. `approved_by`: a name, may be empty; `is_ready`: nobody has changed it."""

    kind: str = KIND
    name: str = ""
    checklist: tuple[PlanTask, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    update_every_s: int = EVERY_S
    is_ready: bool = False


def ready_plan(kind: str = KIND) -> Plan:
    """What a team has that has not made its own."""
    return Plan(kind, checklist=tuple(PlanTask(key, "", READY_OWNERS.get(key, "lead")) for key in READY), is_ready=True)


def checked(plan: Plan) -> Plan:
    """The plan, where it can be followed. Raises Invalid: kind, name, checklist, update_every, words or a language."""
    if plan.kind not in KINDS:
        raise Invalid("kind", plan.kind, "kind")
    if len(plan.name) > NAME_CHARACTERS:
        raise Invalid("name", plan.name, "too_long")
    if not 1 <= len(plan.checklist) <= MOST_TASKS:
        raise Invalid("checklist", str(len(plan.checklist)), "plan_tasks")
    for task in plan.checklist:
        _check_task(task)
    if not SHORTEST_S <= plan.update_every_s <= LONGEST_S:
        raise Invalid("update_every", f"{plan.update_every_s // 60}", "plan_every")
    for language, text in plan.words.items():
        if language not in LANGUAGES:
            raise Invalid("words", language, "language")
        if len(text) > WORDS_CHARACTERS:
            raise Invalid(language, text[:40], "too_long")
    return plan


def _check_task(task: PlanTask) -> None:
    if not task.what.strip() and task.key not in READY:
        raise Invalid("checklist", task.key, "plan_task")
    if len(task.what) > TASK_CHARACTERS:
        raise Invalid("checklist", task.what[:40], "too_long")
    if task.owner not in ROLES and not task.owner.startswith("member:"):
        raise Invalid("checklist", task.owner, "plan_owner")


def to_json(checklist: tuple[PlanTask, ...]) -> str:
    """A checklist as it is kept."""
    return json.dumps([asdict(task) for task in checklist], separators=(",", ":"), ensure_ascii=False)


def parse(text: str) -> tuple[PlanTask, ...]:
    """Back from JSON."""
    return tuple(PlanTask(one["key"], one["what"], one["owner"]) for one in json.loads(text))


def filled(text: str, **facts: str) -> str:
    """Approved words with {what}, {since} and {team} filled in; other braces stand as they were written."""
    for name in PLACEHOLDERS:
        text = text.replace("{" + name + "}", facts.get(name, "{" + name + "}"))
    return text
