"""Control charts and bands as pictures in Slack: after the answer, which never waits for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from cspm_core.signals import AgentsBand, Signal

from ..asking import Ask
from ..blocks import MESSAGE_CHARACTERS, Drawing
from ..kpi.answers import Answer, Seen
from ..listening import later
from ..pictures import uploaded
from ..runtime import Runtime
from ..words import Words
from . import agent_views, views


def follow(ask: Ask, found: Seen, signal: Signal | None) -> None:
    """The control chart of an answer that was given, in a message of its own; or that it could not be made."""
    if signal is None:
        return

    def work() -> None:
        file = control_chart(ask.runtime, ask.workspace_id, found, signal, ask.t)
        drawn = views.picture(signal, found.name, file, ask.t) if file else views.no_picture(signal, found.name, ask.t)
        ask.answer(drawn)

    later(ask.slack, "signals.picture", work)


def follow_band(ask: Ask, found: Seen, band: AgentsBand) -> None:
    """The same of a team's people, for whoever asked alone."""
    if not band.agents:
        return

    def work() -> None:
        file = agents_band(ask.runtime, ask.workspace_id, found, band, ask.t)
        name, t = found.name, ask.t
        ask.answer(agent_views.picture(band, name, file, t) if file else agent_views.no_picture(band, name, t))

    later(ask.slack, "signals.band", work)


def control_chart(runtime: Runtime, workspace_id: int, found: Seen, signal: Signal, t: Words) -> str | None:
    """The file of a control chart, as it was uploaded before or is now; None where Slack does not take it."""
    from . import charts

    alt = views.described(signal, found.name, t)
    make = partial(_made, runtime, workspace_id, partial(charts.control_chart, signal, t), alt)
    return runtime.pictures.of(_key(workspace_id, found, signal.metric.key, "control", t), make)


def agents_band(runtime: Runtime, workspace_id: int, found: Seen, band: AgentsBand, t: Words) -> str | None:
    """The same of a band."""
    from . import charts

    alt = agent_views.described(band, found.name, t)
    make = partial(_made, runtime, workspace_id, partial(charts.agents_band, band, t), alt)
    return runtime.pictures.of(_key(workspace_id, found, band.metric.key, "agents", t), make)


def with_chart(ask: Ask, found: Seen, answer: Answer, t: Words) -> Drawing:
    """A message that is to stay, with its control chart above its buttons; without where it could not be made."""
    told, signal = answer.drawing, answer.signal
    file = signal and control_chart(ask.runtime, ask.workspace_id, found, signal, t)
    if signal is None or not file:
        return told
    blocks = told["blocks"]
    at = next((n for n, block in enumerate(blocks) if block["type"] == "actions"), len(blocks))
    drawn = [*blocks[:at], *views.picture(signal, found.name, file, t)["blocks"], *blocks[at:]]
    return told if len(json.dumps(drawn, ensure_ascii=False)) > MESSAGE_CHARACTERS else {**told, "blocks": drawn}


def _key(workspace_id: int, found: Seen, metric: str, kind: str, t: Words) -> tuple[object, ...]:
    return workspace_id, kind, found.team.id, metric, found.scope.period, found.scope.as_of, t.language


def _made(runtime: Runtime, workspace_id: int, draw: Callable[[], bytes], alt: str) -> str | None:
    with runtime.permit:
        content = draw()
    return uploaded(runtime.client(workspace_id), content, "chart.png", title=alt.partition(".")[0], alt=alt)
