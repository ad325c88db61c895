"""Put the house together: the composition root."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from . import accidents, leftovers
from .calibrations import listeners as calibrations
from .coaching import command_listeners as coach
from .coaching import effect_listeners as effects
from .coaching import look_listeners as coach_looks
from .coaching import note_listeners as talk_notes
from .coaching import performance_listeners as performance
from .coaching import promise_listeners as promises
from .coaching import suggestion_listeners as suggestions
from .coaching import talk_listeners as talks
from .crises import listeners as crises
from .detectors import listeners as detectors
from .digests import listeners as digests
from .disputes import listeners as disputes
from .door import claim_listeners as claims
from .door import listeners as door
from .drivers import listeners as drivers
from .duty import listeners as duty
from .escalations import command_listeners as escalate
from .escalations import (
    form_listeners,
    hand_listeners,
    menu_listeners,
    raise_listeners,
    resolve_listeners,
    thread_listeners,
)
from .escalations import list_listeners as look
from .escalations import listeners as escalations
from .escalations import settings_listeners as escalation_settings
from .first_days import listeners as first_days
from .goals import listeners as goals
from .handovers import listeners as handovers
from .home import listeners as home
from .kpi import listeners as kpi
from .kpi import target_listeners as targets
from .matching import listeners as matching
from .privacy import listeners as privacy
from .qa import command_listeners as qa
from .qa import review_listeners as reviews
from .qa import score_listeners as scores
from .qa import scorecard_listeners as scorecards
from .recognition import listeners as recognition
from .running import invite_listeners as invites
from .running import listeners as running
from .running.hearing import Hearing
from .runtime import Runtime, share_the_processor
from .samples import listeners as samples
from .samples import settings_listeners as sample_settings
from .setup import settings_listeners as team_settings
from .setup import setup_listeners as team_setup
from .threads import Threads
from .today import listeners as today
from .tours import listeners as tours
from .uploads import listeners as uploads
from .watch import listeners as watch
from .welcomes import listeners as welcomes
from .wellbeing import listeners as wellbeing

FEATURES = (
    kpi,
    drivers,
    targets,
    uploads,
    digests,
    first_days,
    escalations,
    escalate,
    raise_listeners,
    form_listeners,
    hand_listeners,
    menu_listeners,
    resolve_listeners,
    thread_listeners,
    detectors,
    crises,
    handovers,
    disputes,
    calibrations,
    coach,
    talks,
    talk_notes,
    promises,
    coach_looks,
    effects,
    suggestions,
    performance,
    samples,
    sample_settings,
    home,
    privacy,
    matching,
    welcomes,
    wellbeing,
    goals,
    recognition,
    today,
    tours,
    door,
    claims,
    duty,
    look,
    qa,
    reviews,
    scores,
    scorecards,
    escalation_settings,
    watch,
    team_setup,
    team_settings,
    running,
    invites,
    leftovers,
)
NAME = "cspm"
"""Said to Bolt, which else looks through every module for the file that built the app."""


def build(runtime: Runtime, *, threads: Threads | None = None, **bolt: Any) -> App:
    """A Bolt app with every listener, ready for Socket Mode or HTTP."""
    share_the_processor()
    threads = threads or Threads()
    app = App(name=NAME, client=runtime.slack, listener_executor=threads.listening, **bolt)

    @app.middleware
    def lend_runtime(context: dict[str, Any], next: Any) -> None:
        context["runtime"] = runtime
        context["working"] = threads.working
        next()

    app.use(Hearing(runtime, threads.working).hear)
    for feature in FEATURES:
        feature.register(app)
    app.error(accidents.last_net)
    return app
