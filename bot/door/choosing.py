"""What the door asks first where a way needs a word more: which figure, which team, whom; and where a file goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlmodel import Session

from cspm_core import people
from cspm_core.metrics import CATALOGUE
from cspm_core.people import Team

from ..asking import Ask
from ..kpi.names import name_of
from . import views
from .ways import standing

LONGEST_TYPED = 150
"""What an option of a menu can carry."""


def choose_metric(ask: Ask) -> None:
    """One figure over time."""
    ask.answer(views.choose(ask.t("Which figure?"), ask.t("Choose a figure"), "kpi", _figures(ask)))


def choose_explain(ask: Ask) -> None:
    """What a figure means."""
    ask.answer(views.choose(ask.t("Which figure?"), ask.t("Choose a figure"), "kpi explain", _figures(ask)))


def choose_compare(ask: Ask) -> None:
    """One's own team with another."""
    with ask.glancing() as session:
        asker = ask.asker(session)
        seen = [one for one in people.teams(session, ask.workspace_id) if asker.may_see_team(one.id)]
    mine = next((one.name for one in seen if one.id == asker.last_team_id), None) or next(
        (one.name for one in seen if one.id in asker.team_ids), seen[0].name if seen else ""
    )
    typed = f"kpi compare {mine}"
    options = {one.name: one.name for one in seen if one.name != mine and len(f"{typed} {one.name}") <= LONGEST_TYPED}
    if not options:
        ask.answer({"text": ask.t("Name two teams, for example `/kpi compare Returns Billing last month`.")})
        return
    question = ask.t("Compare {team} with which team?", team=mine)
    ask.answer(views.choose(question, ask.t("Choose a team"), typed, options))


def choose_digest(ask: Ask) -> None:
    """Those of the teams that the asker leads or looks after."""
    with ask.glancing() as session:
        told = {one.id: (one.name, one.digest_at, one.channel) for one in _led(session, ask)}
    ask.answer(views.digests(told, ask.t) if told else {"text": ask.t("There is no team yet that you could change.")})


def choose_file(ask: Ask) -> None:
    """In the direct messages, where files go."""
    ask.tell(views.file(ask.t))
    if ask.channel.startswith(("C", "G")):
        ask.answer({"text": ask.t("Where it goes stands in your direct messages with me.")})


def choose_person(ask: Ask) -> None:
    """What can be done with a colleague who was chosen."""
    with ask.glancing() as session:
        whom = standing(ask.asker(session), len(people.teams(session, ask.workspace_id)))
    ask.answer(views.person(str(ask.action["selected_user"]), whom, ask.t))


CHOICES: Mapping[str, Callable[[Ask], None]] = {
    "metric": choose_metric,
    "explain": choose_explain,
    "compare": choose_compare,
    "digest": choose_digest,
    "file": choose_file,
}
"""What follows `choose` in a way."""


def _figures(ask: Ask) -> dict[str, str]:
    return {key: name_of(metric, ask.t) for key, metric in CATALOGUE.items()}


def _led(session: Session, ask: Ask) -> list[Team]:
    asker = ask.asker(session)
    return [one for one in people.teams(session, ask.workspace_id) if asker.leads(one.id)]
