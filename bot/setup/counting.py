"""Counting a team's tickets again after its calendar or targets changed, with a progress bar."""

from __future__ import annotations

from cspm_core import people, tickets

from ..terminal import Desk, progress, t
from .jobs import count_some


def count_again(at: Desk, team_id: int) -> int:
    """Working seconds and targets of every ticket that was counted otherwise; how many that were."""
    with at.store.reading() as session:
        total = tickets.tickets_of(session, people.team(session, at.workspace_id, team_id))
    done = 0
    with progress(t("Counting again"), total) as step:
        while found := count_some(at.store, at.workspace_id, team_id, at.now):
            done += found
            step(found)
    return done
