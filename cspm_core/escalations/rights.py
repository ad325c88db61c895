"""Who may do what with an escalation, and who has it where somebody may not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from .. import errors, people
from ..people import Asker, Role, Team
from .rules import CONFIDENTIAL, Happened, Policy
from .tables import Escalation, EscalationEvent


@dataclass(frozen=True, slots=True)
class Rights:
    """What an asker may do; `member`: their id."""

    member: int | None
    may_see: bool
    may_answer: bool
    """Say "mine"."""
    may_change: bool
    """Snooze, hand over, resolve: its owner, the leads, whoever manages; where nobody has it, all who may answer."""
    may_reopen: bool
    """Say that it is not over: whoever may answer, and whoever raised or reported it."""
    refusal: errors.NotYours

    def needs_reopening(self) -> int:
        """The asker's id. Raises NotYours."""
        if not self.may_reopen or self.member is None:
            raise self.refusal
        return self.member

    def needs_sight(self) -> None:
        """Raises NotYours."""
        if not self.may_see:
            raise self.refusal

    def needs_answer(self) -> int:
        """The asker's id. Raises NotYours."""
        if not self.may_answer or self.member is None:
            raise self.refusal
        return self.member

    def needs_change(self) -> int:
        """The asker's id. Raises NotYours."""
        if not self.may_change or self.member is None:
            raise self.refusal
        return self.member


def rights(session: Session, one: Escalation, team: Team, asker: Asker) -> Rights:
    """What somebody may do with an escalation of a team."""
    leads, member = asker.leads(team.id), asker.member_id
    is_hidden = one.kind in CONFIDENTIAL
    raised = member is not None and (member == one.raised_by or _reported(session, one, member))
    owns = member is not None and member == one.owner_id
    told = member is not None and (owns or leads or _was_told(session, one, member))
    sees = told or raised or (not is_hidden and asker.may_see_team(team.id))
    answers = told or (not is_hidden and team.id in asker.team_ids)
    changes = owns or leads or (one.owner_id is None and answers)
    return Rights(member, sees, answers, changes, answers or raised, _refusal(session, one, team))


def _reported(session: Session, one: Escalation, member: int) -> bool:
    """Whether somebody reported what stood already; of what is confidential that gives no right."""
    if one.count == 1 or one.kind in CONFIDENTIAL:
        return False
    reported = select(EscalationEvent.id).where(
        EscalationEvent.workspace_id == one.workspace_id,
        EscalationEvent.escalation_id == one.id,
        col(EscalationEvent.kind).in_((Happened.COUNTED.value, Happened.REOPENED.value)),
        EscalationEvent.by == member,
    )
    return session.exec(reported.limit(1)).first() is not None


def _was_told(session: Session, one: Escalation, member: int) -> bool:
    """Whether a step names or has told somebody, wherever they work."""
    if any(step.who == f"member:{member}" for step in Policy.parse(one.policy).steps):
        return True
    told = session.exec(
        select(EscalationEvent.facts).where(
            EscalationEvent.workspace_id == one.workspace_id,
            EscalationEvent.escalation_id == one.id,
            col(EscalationEvent.kind).in_((Happened.TOLD.value,)),
        )
    )
    return any(f'"{member}"' in facts for facts in told)


def _refusal(session: Session, one: Escalation, team: Team) -> errors.NotYours:
    owner = people.member(session, one.workspace_id, one.owner_id).name if one.owner_id is not None else ""
    leads = people.members_of(session, team, one.opened_at.date(), Role.LEAD)
    return errors.NotYours(one.number, owner, [lead.name for lead in leads])
