"""Counting a team's tickets again after its calendar or targets changed, with a progress bar."""

from __future__ import annotations

from cspm_core import people, tickets

from ..terminal import Desk, progress, t


def count_again(at: Desk, team_id: int) -> int:
    """Working seconds and targets of every ticket that was counted otherwise; how many that were."""
    with at.store.reading() as session:
        total = tickets.tickets_of(session, people.team(session, at.workspace_id, team_id))
    done, after, found = 0, 0, 1
    with progress(t("Counting again"), total) as step:
        while found:
            with at.store.transaction() as session:
                team = people.team(session, at.workspace_id, team_id)
                calendar = people.calendar_of(session, team)
                found, after = tickets.recount(session, team, calendar=calendar, after=after)
            done += found
            step(found)
    return done
