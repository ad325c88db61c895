"""What every press about scorecards needs: which one it is about, whether the asker may, and the modal drawn anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient
from sqlmodel import Session

from cspm_core import errors, people, qa
from cspm_core.people import Role, Team
from cspm_core.qa import Card

from ..asking import Ask
from ..blocks import Drawing
from ..escalations import fields
from ..speaking import refused, speak
from .scorecard_forms import Editing, overview
from .scorecard_views import Shown, scorecards


@dataclass(frozen=True, slots=True)
class Led:
    """A scorecard of a team that the asker leads. `by`: the asker, a member."""

    team: Team
    card: Card
    by: int


def led(session: Session, ask: Ask, scorecard_id: int) -> Led:
    """Raises UnknownScorecard, NotForYou."""
    card = qa.scorecard(session, ask.workspace_id, scorecard_id)
    team, by = led_team(session, ask, card.team_id)
    return Led(team, card, by)


def led_team(session: Session, ask: Ask, team_id: int) -> tuple[Team, int]:
    """A team that the asker leads, or looks after as an admin, and who they are. Raises NotForYou with the leads."""
    team = people.team(session, ask.workspace_id, team_id)
    asker = ask.asker(session)
    if asker.member_id is None or not asker.leads(team.id):
        leads = people.members_of(session, team, ask.now.date(), Role.LEAD)
        raise errors.NotForYou([lead.name for lead in leads])
    return team, asker.member_id


def seen(session: Session, ask: Ask, scorecard_id: int) -> tuple[Team, Card]:
    """One that the asker may look at: their team is scored by it. Raises UnknownScorecard, NotYourTeam."""
    card = qa.scorecard(session, ask.workspace_id, scorecard_id)
    team = people.team(session, ask.workspace_id, card.team_id)
    if not ask.asker(session).may_see_team(team.id):
        raise errors.NotYourTeam(team.name)
    return team, card


def shown(session: Session, ask: Ask, team: Team, said: str = "") -> Shown:
    """A team's scorecards as the asker sees them; archived ones are for those who can bring them back."""
    may_change = ask.asker(session).leads(team.id)
    cards = qa.scorecards_of(session, team, with_archived=may_change)
    return Shown(team.id, team.name, tuple(cards), qa.reviews_with(session, team), may_change, said)


def editing(session: Session, ask: Ask, found: Led, *, page: int = 0, url: str = "", said: str = "") -> Editing:
    """The asker's draft as the modal shows it; begun where there is none."""
    draft = qa.editing(session, ask.workspace_id, found.card.id, found.by, now=ask.now)
    is_used = qa.is_used(session, ask.workspace_id, draft.card.version_id)
    return Editing(draft, found.team.name, is_used, page, url, said)


def carried(ask: Ask) -> dict[str, Any]:
    """What the editor's modal carries: `card`, `page`, `url`."""
    return fields.carried(ask)


def redraw(ask: Ask, now: Editing, view_id: str) -> None:
    """The editor as it is kept now; nobody minds where it was closed meanwhile."""
    try:
        ask.runtime.client(ask.workspace_id).views_update(view_id=view_id, view=overview(now, ask.t))
    except SlackApiError as error:
        if error.response["error"] not in ("not_found", "view_not_found"):
            raise


def push(ask: Ask, view: Drawing) -> None:
    """A modal on top of the editor."""
    ask.runtime.client(ask.workspace_id).views_push(trigger_id=ask.slack.body["trigger_id"], view=view)


def list_anew(ask: Ask, team_id: int, said: str, url: str) -> None:
    """The list with what was just done, in the message itself; in direct messages where that is gone."""
    with ask.reading() as session:
        team = people.team(session, ask.workspace_id, team_id)
        drawing = scorecards(shown(session, ask, team, said), ask.t)
    if not url:
        ask.tell(drawing)
        return
    try:
        speak(ask.runtime, ask.workspace_id, drawing, ask.t, lambda drawn: _replace(url, drawn))
    except SlackApiError:  # the address is good for half an hour and five answers
        ask.tell(drawing)


def _replace(url: str, drawing: Drawing) -> None:
    told = WebhookClient(url, retry_handlers=[]).send(
        text=drawing["text"], blocks=drawing["blocks"], replace_original=True
    )
    if told.status_code != 200 or told.body not in ("ok", ""):
        raise refused(told)
