"""Put the house together: the composition root."""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

from slack_bolt import App

from . import accidents
from .digests import listeners as digests
from .home import listeners as home
from .kpi import listeners as kpi
from .runtime import Runtime, share_the_processor

FEATURES = (kpi, digests, home)
LISTENING_THREADS = 30


def build(runtime: Runtime, *, listen_in: Executor | None = None, **bolt: Any) -> App:
    """A Bolt app with every listener, ready for Socket Mode or HTTP."""
    share_the_processor()
    app = App(
        client=runtime.slack,
        listener_executor=listen_in or ThreadPoolExecutor(LISTENING_THREADS, thread_name_prefix="listener"),
        **bolt,
    )

    @app.middleware
    def lend_runtime(context: dict[str, Any], next: Any) -> None:
        context["runtime"] = runtime
        next()

    for feature in FEATURES:
        feature.register(app)
    app.error(accidents.last_net)
    return app
