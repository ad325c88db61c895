"""Escalations that are late, as the doctor and the port for health tell it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from cspm_core.escalations import lateness

from ..escalations.titles import called
from ..runtime import Runtime
from ..watch.names import ADVICE, COUNTED
from ..words import Words
from .findings import Finding, broken, doubtful, good

NAMED = 5
"""So many are named."""


def findings(runtime: Runtime, t: Words, only: int | None = None) -> Iterator[Finding]:
    """One for each way of being late; what Slack has a part in is doubtful, what the bot does not do is broken."""
    with runtime.store.reading() as session:
        found = lateness.late(session, now=runtime.now(), real_now=runtime.real_now(), workspace_id=only)
    if not found:
        yield good("escalations", t("No escalation is late."))
    for why in lateness.Why:
        numbers = list(dict.fromkeys(one.number for one in found if one.why is why))
        if numbers:
            names = t.join([*map(called, numbers[:NAMED]), *(["…"] if len(numbers) > NAMED else [])])
            told = t("{title}: {value}", title=COUNTED[why](len(numbers), t), value=names)
            yield (broken if why in lateness.OURS else doubtful)("escalations", told, t(ADVICE[why]))


def check(session: Session, runtime: Runtime) -> dict[str, Any]:
    """How many are late, by kind. Not well where the bot has not done its own work for too long."""
    now = runtime.now()
    found = lateness.late(session, now=now, real_now=runtime.real_now())
    stuck = any(one.why in lateness.OURS and one.stays(now) for one in found)
    counts = {why.value: n for why, n in lateness.counted(found).items()}
    return {"ok": not stuck, "late": sum(counts.values()), "by_kind": counts}
