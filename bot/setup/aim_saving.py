"""Keeping what was said about time: SLA targets, the digest, and how figures are counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from cspm_core import digests, errors, kpi, people, tickets
from cspm_core.people import Team
from cspm_core.people.settings import team_settings
from cspm_core.tickets import SlaClock

from ..asking import Ask
from ..digests import fields as digest_fields
from ..digests import forms as digest_forms
from ..escalations import fields
from . import aim_forms, lengths, pages
from .aim_forms import TARGETS
from .names import COUNTING
from .pages import Place
from .saving import Mend, Saved, written

LONGEST_STALE_H = 24 * 366
SWITCHED = (aim_forms.RESPONSE_START, aim_forms.TRANSFERS_COUNTED, aim_forms.ABANDONED_IN_TIME)
TYPED = (aim_forms.SERVICE_LEVEL, aim_forms.SHORT_ABANDON)


def targets(ask: Ask, place: Place) -> Saved:
    """By when to reply and to solve; what was not touched stays, whichever clock it is on. Raises Mend."""
    clock = fields.chosen(ask, aim_forms.CLOCK) or SlaClock.BUSINESS
    assert place.team_id is not None
    with ask.glancing() as session:
        one = people.team(session, ask.workspace_id, place.team_id)
        now = pages.targets_step(tickets.slas(session, one))
    wanted, wrong = {}, {}
    for block_id, metric in TARGETS.items():
        typed = fields.text(ask, block_id)
        if typed == getattr(now, block_id) and (clock == now.clock or not typed):
            continue
        try:
            wanted[metric] = _seconds(typed, one, clock)
        except errors.Invalid as invalid:
            wrong[block_id] = _length(invalid, ask)
    if wrong:
        raise Mend(wrong)

    def change(session: Session, found: Team) -> None:
        for metric, seconds in wanted.items():
            if seconds is None:
                tickets.drop_sla(session, found, metric, "")
            else:
                tickets.set_sla(session, found, metric, "", seconds, clock, now=ask.now)

    written(ask, place, change)
    return Saved(place.team_id)


def _seconds(typed: str, one: Team, clock: str) -> int | None:
    if not typed or typed.casefold() == lengths.NONE:
        return None
    return lengths.working_length(typed, one.hours) if clock == SlaClock.BUSINESS else lengths.length(typed)


def _length(invalid: errors.Invalid, ask: Ask) -> str:
    if invalid.reason == "no_working_day":
        return ask.t("The team has no working hours, so “{text}” has no length in them.", text=invalid.text)
    return ask.t("“{text}” is no length of time such as 4h, 90m or 2d.", text=invalid.text)


def digest(ask: Ask, place: Place) -> Saved:
    """When the digest comes. Raises Mend."""
    filled = digest_fields.settings(ask)
    columns = {name: filled[name] for name in ("digest_at", "digest_days", "digest_on_holidays")}
    wrong = digest_fields.wrong({**filled, "channel": "said elsewhere"}, ask.t)
    if wrong:
        raise Mend({block_id: text for block_id, text in wrong.items() if block_id != digest_forms.CHANNEL})
    written(ask, place, lambda session, one: digests.change(session, one, now=ask.now, **columns))
    return Saved(int(place.team_id or 0))


def counting(ask: Ask, place: Place) -> Saved:
    """How figures are counted, and which are not shown. Raises Invalid, Mend."""
    said = {name: fields.chosen(ask, name) for name in SWITCHED} | {name: fields.text(ask, name) for name in TYPED}
    columns: dict[str, Any] = team_settings(said)
    columns[aim_forms.STALE_AFTER] = _hours(fields.text(ask, aim_forms.STALE_AFTER))
    wanted = frozenset(fields.chosen_many(ask, aim_forms.HIDDEN))

    def change(session: Session, one: Team) -> None:
        people.change_team(session, one, **columns)
        shown = frozenset(kpi.catalogue_of(session, one, with_hidden=True)) - wanted
        kpi.hide(session, one, wanted, shown)

    written(ask, place, change)
    return Saved(int(place.team_id or 0))


def _hours(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7 and 1 <= int(text) <= LONGEST_STALE_H):
        raise errors.Invalid(aim_forms.STALE_AFTER, text, "hours")
    return int(text)


SAVED: Mapping[str, Callable[[Ask, Place], Saved]] = {"targets": targets, "digest": digest, COUNTING: counting}
