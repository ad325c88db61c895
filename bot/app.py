"""Put the house together: the composition root."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from . import accidents, leftovers
from .digests import listeners as digests
from .home import listeners as home
from .kpi import listeners as kpi
from .runtime import Runtime, share_the_processor
from .threads import Threads

FEATURES = (kpi, digests, home, leftovers)


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
