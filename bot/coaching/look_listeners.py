"""What a lead looks up during a talk: the agent's figures and reviews, where they may."""

from __future__ import annotations

from slack_bolt import App

from cspm_core import people

from .. import ids
from ..asking import Ask
from ..kpi import answers as kpi
from ..kpi import views as kpi_views
from ..listening import listener
from . import answers, brief_views

OVER = "28d"


def register(app: App) -> None:
    app.action(ids.COACH_FIGURES)(show_figures)
    app.action(ids.COACH_REVIEWS)(show_reviews)


@listener
def show_figures(ask: Ask) -> None:
    """As `/kpi agent` shows them, over four weeks. Raises NotForYou, PersonFiguresClosed, NoData."""
    with ask.reading() as session:
        pair = answers.pair(session, ask, int(ask.pressed()["agent"]))
        seen = kpi.seen(session, pair.team, OVER, asked_at=ask.now, as_of=None)
        found = kpi.about(session, ask, seen, pair.agent)
        shown = kpi.scorecard(session, ask, found)
    with ask.writing() as session:
        people.log_look(session, ask.workspace_id, pair.lead, pair.agent.id, "scorecard", now=ask.now)
    ask.answer(kpi_views.scorecard(shown, ask.t))


@listener
def show_reviews(ask: Ask) -> None:
    """Those since the last talk that the lead may see. Raises NotForYou."""
    with ask.reading() as session:
        found = answers.brief(session, ask, int(ask.pressed()["agent"]))
        asker = ask.asker(session)
    if found.reviews:
        with ask.writing() as session:
            people.log_look(session, ask.workspace_id, asker, found.agent.id, "reviews", now=ask.now)
    ask.answer(brief_views.reviews(found, ask.t))
