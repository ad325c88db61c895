"""What severities, kinds, sources and steps are called, marked for translation."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import N_, Words

SEVERITIES: Mapping[int, str] = {
    1: N_("Severity 1, urgent"),
    2: N_("Severity 2, high"),
    3: N_("Severity 3, normal"),
    4: N_("Severity 4, low"),
}
MARKS: Mapping[int, str] = {1: "🔴", 2: "🟠", 3: "🟡", 4: "⚪"}
"""Beside the word, never instead of it."""

KINDS: Mapping[str, str] = {
    "sla": N_("Response or solution late"),
    "complaint": N_("Complaint"),
    "technical": N_("Technical"),
    "billing": N_("Billing"),
    "conduct": N_("Conduct, confidential"),
    "crisis": N_("Crisis"),
    "other": N_("Other"),
}

WHO: Mapping[str, str] = {
    "channel": N_("the channel"),
    "duty": N_("whoever is on duty"),
    "lead": N_("the lead"),
    "manager": N_("the manager"),
}

STATUSES: Mapping[str, str] = {
    "open": N_("Nobody has it yet"),
    "acknowledged": N_("Taken"),
    "resolved": N_("Resolved"),
}

ORIGINS: Mapping[str, str] = {
    "button": N_("button"),
    "form": N_("form"),
    "command": N_("command"),
    "thread": N_("thread"),
    "rule": N_("detector"),
    "hook": N_("other system"),
    "clock": N_("clock"),
    "slack": N_("Slack"),
}


def who(step: str, t: Words, name: str = "") -> str:
    """Whom a step tells: the lead, a person by name, a user group."""
    if step.startswith("group:"):
        return f"<!subteam^{step.partition(':')[2]}>"
    if step.startswith("member:"):
        return name or t("a colleague")
    return t(WHO[step])
