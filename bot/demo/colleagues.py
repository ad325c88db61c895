"""What colleagues do with escalations while the visitor looks elsewhere: those about tickets are taken by whoever is on
duty, other teams look after their own, and the manager takes what nobody took."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session, col, select

from cspm_core import crises, duty, errors, escalations, people
from cspm_core.detectors import Kind
from cspm_core.escalations import Ending, Escalation, Origin, Status
from cspm_core.people import Asker, Team
from cspm_core.store import Store
from cspm_core.tickets import Ticket

from . import world
from .living import calendar_of
from .texts.troubles import CRISES
from .world import CENTRES, RETURNS, Centre, Colleague

log = structlog.get_logger(__name__)
MINUTE = timedelta(minutes=1)
SOON, SPREAD, AT_LAST = 6 * MINUTE, 20, 100 * MINUTE
"""Whoever is on duty takes at least so long, some up to so many minutes more; and for what is left to the visitor."""
ROUNDS = 2
"""So often everybody was told in vain when the manager takes it."""
LASTS = timedelta(hours=2)
"""A crisis in other hands is over so long after it was taken."""


class Colleagues:
    """Everybody but the visitor. `left`: the tickets that they leave to the visitor for long."""

    def __init__(self, store: Store, workspace_id: int, left: Collection[str]) -> None:
        self.store, self.workspace_id, self.left = store, workspace_id, frozenset(left)

    def act(self, now: datetime) -> int:
        """Do whatever is theirs now; how many escalations they touched."""
        with self.store.reading() as session:
            some = [(one.id, deed) for one in self._open(session) if (deed := self._deed(session, one, now))]
        return sum(self._did(one, deed) for one, deed in some)

    def next_at(self, after: datetime) -> datetime | None:
        """When somebody takes the next escalation about a ticket; None where none waits."""
        with self.store.reading() as session:
            waiting = [one for one in self._open(session) if _is_about_ticket(one) and one.status == Status.OPEN]
            at = [one.opened_at + self._patience(one) for one in waiting]
        return min((one for one in at if one > after), default=None)

    def _patience(self, one: Escalation) -> timedelta:
        return AT_LAST if one.ticket_key in self.left else SOON + one.id % SPREAD * MINUTE

    def _did(self, one: int, deed: Callable[[Session], object]) -> bool:
        try:
            with self.store.transaction() as session:
                deed(session)
        except errors.Refusal:
            log.info("a colleague came too late", escalation=one)
            return False
        except Exception:
            log.exception("a colleague did not do it", escalation=one)
            return False
        return True

    def _open(self, session: Session) -> list[Escalation]:
        query = select(Escalation).where(
            Escalation.workspace_id == self.workspace_id,
            Escalation.status != Status.RESOLVED.value,
            col(Escalation.snoozed_until).is_(None),
            col(Escalation.parent_id).is_(None),
            Escalation.source != "test",
        )
        return list(session.exec(query.order_by(col(Escalation.id))))

    def _deed(self, session: Session, one: Escalation, now: datetime) -> Callable[[Session], object] | None:
        """What somebody does with it now, if anything."""
        team = people.team(session, self.workspace_id, one.team_id)
        centre = next(centre for centre in CENTRES if centre.name == team.name)
        if _is_about_ticket(one):
            return self._about_ticket(session, one, team, centre, now)
        keeper = world.MANAGER if centre is RETURNS else centre.lead
        by = self._asker(session, centre, keeper, now)
        if one.status == Status.OPEN:
            waited = one.round >= ROUNDS if centre is RETURNS else now - one.opened_at >= SOON
            return self._takes(one, by, now) if waited else None
        return self._keeps(session, one, team, by, now) if one.owner_id == by.member_id else None

    def _about_ticket(
        self, session: Session, one: Escalation, team: Team, centre: Centre, now: datetime
    ) -> Callable[[Session], object] | None:
        if one.status == Status.OPEN:
            is_time = now - one.opened_at >= self._patience(one) and calendar_of(centre).is_open(now)
            on = duty.on_duty(session, team, now).member_ids if is_time else ()
            return self._takes(one, self._member(session, centre, on[0], now), now) if on else None
        if one.owner_id is None or one.owner_id == self._asker(session, centre, centre.lead, now).member_id:
            return None
        by = self._member(session, centre, one.owner_id, now)
        ticket = session.get(Ticket, (self.workspace_id, one.ticket_id)) if one.ticket_id else None
        if ticket is None or ticket.is_solved:
            return lambda s: escalations.resolve(
                s, self.workspace_id, one.id, Ending(), by=by, origin=Origin.BUTTON, now=now
            )
        return self._still(one, by, now)

    def _keeps(
        self, session: Session, one: Escalation, team: Team, by: Asker, now: datetime
    ) -> Callable[[Session], object] | None:
        """A crisis is led to its end; of anything else its owner says that they still have it."""
        crisis = crises.of_escalation(session, self.workspace_id, one.id)
        if crisis is None or crisis.ended_at is not None:
            return self._still(one, by, now)
        said, key = CRISES[team.language], f"demo:{crisis.id}:{crisis.update_due_at}"
        if one.acknowledged_at is not None and now - one.acknowledged_at >= LASTS:
            ending = Ending(said.cause, said.solution)
            return lambda s: crises.all_clear(
                s, self.workspace_id, crisis.id, said.clear, ending, with_gathered=True, by=by, now=now
            )
        if crisis.update_due_at is not None and crisis.update_due_at <= now:
            return lambda s: crises.post_update(s, self.workspace_id, crisis.id, said.update, by=by, key=key, now=now)
        return self._still(one, by, now)

    def _takes(self, one: Escalation, by: Asker, now: datetime) -> Callable[[Session], object]:
        return lambda s: escalations.acknowledge(s, self.workspace_id, one.id, by=by, origin=Origin.BUTTON, now=now)

    def _still(self, one: Escalation, by: Asker, now: datetime) -> Callable[[Session], object] | None:
        if one.asked_until is None:
            return None
        return lambda s: escalations.keep(s, self.workspace_id, one.id, by=by, origin=Origin.BUTTON, now=now)

    def _asker(self, session: Session, centre: Centre, who: Colleague, now: datetime) -> Asker:
        day = calendar_of(centre).local_day(now)
        return people.asker(session, self.workspace_id, world.slack_id(who), day)

    def _member(self, session: Session, centre: Centre, member_id: int, now: datetime) -> Asker:
        slack = people.member(session, self.workspace_id, member_id).slack_user_id or ""
        return people.asker(session, self.workspace_id, slack, calendar_of(centre).local_day(now))


def _is_about_ticket(one: Escalation) -> bool:
    """A detector raised it about one ticket."""
    return one.rule == Kind.URGENT.value
