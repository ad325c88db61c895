"""Put the house together: the composition root."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from . import accidents, leftovers
from .crises import listeners as crises
from .detectors import listeners as detectors
from .digests import listeners as digests
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
from .handovers import listeners as handovers
from .home import listeners as home
from .kpi import listeners as kpi
from .kpi import target_listeners as targets
from .runtime import Runtime, share_the_processor
from .threads import Threads
from .uploads import listeners as uploads
from .watch import listeners as watch

FEATURES = (
    kpi,
    drivers,
    targets,
    uploads,
    digests,
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
    home,
    duty,
    look,
    escalation_settings,
    watch,
    leftovers,
)


def build(runtime: Runtime, *, threads: Threads | None = None, **bolt: Any) -> App:
    """A Bolt app with every listener, ready for Socket Mode or HTTP."""
    share_the_processor()
    threads = threads or Threads()
    app = App(client=runtime.slack, listener_executor=threads.listening, **bolt)

    @app.middleware
    def lend_runtime(context: dict[str, Any], next: Any) -> None:
        context["runtime"] = runtime
        context["working"] = threads.working
        next()

    for feature in FEATURES:
        feature.register(app)
    app.error(accidents.last_net)
    return app
