"""What a dropped file can hold: by which columns it is known, and how it is rehearsed and imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from .. import imports
from ..imports import (
    Order,
    RefusedRows,
    Unreadable,
    call_columns,
    columns,
    event_columns,
    review_columns,
    shifts_rows,
)
from ..imports.files import Export
from ..store import Store
from .rules import Choice


@dataclass
class Pace:
    """How far the work is. `begin` and `advance` are called by whoever works, the rest is read by others.

    `turn` hears of every pass before it begins, `pause` of every piece of work; neither in the middle of a transaction.
    """

    phase: str = ""
    total: int = 0
    done: int = 0
    pause: Callable[[], None] = field(default=lambda: None)
    turn: Callable[[], None] = field(default=lambda: None)

    def begin(self, phase: str, total: int) -> None:
        """Another pass over the file; `total` rows, 0 where nobody knows."""
        self.phase, self.total, self.done = phase, total, 0
        self.turn()

    def advance(self, rows: int) -> None:
        self.done += rows
        self.pause()


@dataclass(frozen=True)
class Work:
    """One import, or (`is_rehearsal`) one look at what it would do. `explain` puts a reason into words."""

    store: Store
    workspace_id: int
    path: Path
    choice: Choice
    team: str | None
    explain: Callable[[str], str]
    now: datetime
    pace: Pace
    is_rehearsal: bool = False
    rows: int = 0
    """As many as are expected."""
    keeps_refused: bool = False
    """A rehearsal that writes the refused rows down all the same."""

    @property
    def order(self) -> Order | None:
        return Order(self.choice.order) if self.choice.order else None

    def refusing(self, export: Export) -> RefusedRows:
        return RefusedRows(export, self.explain, dry_run=self.is_rehearsal and not self.keeps_refused)

    def wish(self, kind: Callable[..., Any]) -> Any:
        """What all kinds of wishes have."""
        return kind(
            path=self.path,
            team=self.team,
            timezone=self.choice.timezone or None,
            order=self.order,
            encoding=self.choice.encoding or None,
            dry_run=self.is_rehearsal,
        )


@dataclass(frozen=True)
class Kind:
    """`places`: our column -> where it stands; `needed`: without these it is something else."""

    needed: tuple[str, ...]
    places: Callable[[Export], Mapping[str, int]]
    run: Callable[[Work], Any]
    dates: tuple[str, ...]
    needs_team: bool = True
    """Rows that name no team need one to be chosen."""
    for_admins: bool = False


def _tickets(work: Work) -> imports.TicketReport:
    plan = imports.plan(work.store, work.workspace_id, work.wish(imports.Wish), now=work.now)
    work.pace.begin("reading", work.rows)
    survey = imports.survey(plan, work.pace.advance)
    work.pace.begin("looking" if work.is_rehearsal else "writing", survey.rows)
    with work.refusing(survey.plan.export) as refused:
        return imports.carry_out(
            work.store, work.workspace_id, survey, refused, now=work.now, advance=work.pace.advance
        )


def _calls(work: Work) -> imports.CallReport:
    plan = imports.plan_calls(work.store, work.workspace_id, work.wish(imports.Wish), now=work.now)
    work.pace.begin("reading", work.rows)
    survey = imports.survey_calls(plan, work.pace.advance)
    work.pace.begin("looking" if work.is_rehearsal else "writing", survey.rows)
    with work.refusing(survey.plan.export) as refused:
        return imports.take_calls(
            work.store, work.workspace_id, survey, refused, now=work.now, advance=work.pace.advance
        )


def _events(work: Work) -> imports.EventReport:
    plan = imports.plan_events(work.store, work.workspace_id, work.wish(imports.Wish), now=work.now)
    store, now, pace = work.store, work.now, work.pace
    pace.begin("looking" if work.is_rehearsal else "writing", plan.rows)
    with work.refusing(plan.export) as refused:
        taken = imports.take_events(store, work.workspace_id, plan, refused, now=now, advance=pace.advance)
    pace.begin("following", taken.behind)
    return imports.follow_events(store, work.workspace_id, taken, now=now, advance=pace.advance)


def _reviews(work: Work) -> imports.ReviewReport:
    plan = imports.plan_reviews(work.store, work.workspace_id, work.wish(imports.Wish), now=work.now)
    work.pace.begin("reading", work.rows)
    survey = imports.survey_reviews(plan, work.pace.advance)
    work.pace.begin("looking" if work.is_rehearsal else "writing", survey.rows)
    with work.refusing(survey.plan.export) as refused:
        return imports.take_reviews(
            work.store, work.workspace_id, survey, refused, now=work.now, advance=work.pace.advance
        )


def _people(work: Work) -> imports.PeopleReport:
    plan = imports.plan_people(work.wish(imports.PeopleWish))
    work.pace.begin("looking" if work.is_rehearsal else "writing", plan.rows)
    quiet = Pace()  # one transaction takes them all: nothing may be waited for in between
    with work.refusing(plan.export) as refused:
        return imports.introduce_people(
            work.store, work.workspace_id, plan, refused, now=work.now, advance=quiet.advance
        )


def _shifts(work: Work) -> imports.ShiftReport:
    plan = imports.plan_shifts(work.store, work.workspace_id, work.wish(imports.ShiftWish))
    work.pace.begin("looking" if work.is_rehearsal else "writing", plan.rows)
    with work.refusing(plan.export) as refused:
        return imports.take_shifts(
            work.store, work.workspace_id, plan, refused, now=work.now, advance=work.pace.advance
        )


def _ticket_places(export: Export) -> Mapping[str, int]:
    sample = [line.fields for line in islice(export.lines(), 20)]
    return columns.look_into(export.header, columns.recognise(export.header, columns.TICKETS), sample)


def _call_places(export: Export) -> Mapping[str, int]:
    found = columns.recognise(export.header, call_columns.KNOWN, call_columns.ALIASES)
    if "queued_at" not in found and "queued_date" in found:
        found = {"queued_at" if name == "queued_date" else name: place for name, place in found.items()}
    return found


def _event_places(export: Export) -> Mapping[str, int]:
    return event_columns.recognise(export.header)


def _review_places(export: Export) -> Mapping[str, int]:
    return columns.recognise(export.header, review_columns.KNOWN, review_columns.ALIASES)


def _people_places(export: Export) -> Mapping[str, int]:
    return columns.recognise(export.header, columns.PEOPLE)


def _shift_places(export: Export) -> Mapping[str, int]:
    try:
        return shifts_rows.columns_of(export.path, export.encoding, None, Order.DAY).places
    except Unreadable:
        return {}


KINDS: Mapping[str, Kind] = {
    "tickets": Kind(("id", "created_at"), _ticket_places, _tickets, columns.INSTANTS),
    "events": Kind(("ticket_id", "at", "kind"), _event_places, _events, ("at",)),
    "calls": Kind(("id", "queued_at"), _call_places, _calls, call_columns.INSTANTS),
    "reviews": Kind(review_columns.NEEDED, _review_places, _reviews, ("at",)),
    "shifts": Kind(shifts_rows.NEEDED, _shift_places, _shifts, ("start", "end", "date"), needs_team=False),
    "people": Kind(("name",), _people_places, _people, ("from", "to"), needs_team=False, for_admins=True),
}
"""The keys are kept in rows and old messages."""
