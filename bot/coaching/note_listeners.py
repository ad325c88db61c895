"""Notes: what either of the two writes down for a talk, shared or private."""

from __future__ import annotations

from slack_bolt import App
from sqlmodel import Session

from cspm_core import coaching, receipts
from cspm_core.coaching import Talk
from cspm_core.people import Asker

from .. import ids
from ..asking import Ask
from ..blocks import value
from ..escalations import fields
from ..listening import form, opener
from . import answers, forms, places


def register(app: App) -> None:
    app.action(ids.COACH_NOTE)(ask_note)
    app.view(ids.COACH_NOTE_FORM)(keep_note)


@opener
def ask_note(ask: Ask) -> None:
    """What do you want to keep, and for whom? Either of the two may. Raises NotForYou, NotYourTalk."""
    carried = places.here(ask)
    with ask.glancing() as session:
        if "talk" in carried:
            _, one, reader_id = answers.talk(session, ask, int(carried["talk"]))
            other = one.other(reader_id).name
        else:
            other = answers.pair(session, ask, int(carried["agent"])).agent.name
    ask.opens(forms.take_note(other, value(**carried), ask.t))


@form
def keep_note(ask: Ask) -> dict[str, str] | None:
    """In the talk that is planned, else in one that begins now; once for each modal."""
    carried, words = fields.carried(ask), fields.text(ask, forms.WORDS)
    is_private = fields.ticked(ask, forms.PRIVATE)
    with ask.writing() as session:
        if not is_first(session, ask):
            return None
        by = ask.asker(session)
        found = carried.get("talk") or talk_with(session, ask, int(carried["agent"]))[0].id
        coaching.note(session, ask.workspace_id, int(found), words, is_private=is_private, by=by, now=ask.now)
    places.carry_on(ask, carried)
    return None


def talk_with(session: Session, ask: Ask, agent_id: int) -> tuple[Talk, Asker]:
    pair = answers.pair(session, ask, agent_id)
    return coaching.open_talk(session, pair.team, lead=pair.lead, agent=pair.agent, now=ask.now), pair.lead


def is_first(session: Session, ask: Ask) -> bool:
    view = str((ask.slack.view or {})["id"])
    return receipts.first_time(session, ask.workspace_id, f"coach:{view}", now=ask.now)
