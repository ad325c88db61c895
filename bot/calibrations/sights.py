"""Who sees what of a result: everybody how far they agree, each how they score themselves, a lead how all do."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from cspm_core import people
from cspm_core.calibrations import Result
from cspm_core.people import Asker
from cspm_core.stats import Bias

from .result_views import Shown

LOOKED = "qa_scores"
NO_ONE = 0


def as_seen_by(session: Session, workspace_id: int, asker: Asker, found: Result) -> Shown:
    """A result as one person may see it: figures about one person only where their team has agreed to that."""
    team = people.team(session, workspace_id, found.round.team_id)
    own = _own(asker, team.id, team.person_figures, found)
    if not people.may_see_person(asker, NO_ONE, team.id, team.person_figures):
        return Shown(found, own)
    biases = found.comparison.biases
    everybody = [(one.name, biases[one.member_id]) for one in found.round.calibrators if one.member_id in biases]
    return Shown(found, own, everybody)


def _own(asker: Asker, team_id: int, level: str, found: Result) -> Bias | None:
    if asker.member_id is None or not people.may_see_person(asker, asker.member_id, team_id, level):
        return None
    return found.comparison.biases.get(asker.member_id)


def remember(session: Session, workspace_id: int, asker: Asker, shown: Shown, *, now: datetime) -> None:
    """That somebody saw how the others score."""
    if shown.everybody:
        for member_id in shown.result.comparison.biases:
            people.log_look(session, workspace_id, asker, member_id, LOOKED, now=now)
