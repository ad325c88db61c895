"""Another system says that something is wrong: people read of it in Slack, and take it there."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette

from bot.hooks import pages
from bot.running.web import Port
from cspm_core import hooks
from cspm_core.people import Role, Team

from .house import House

ROOT = "a root secret that is long enough for this"


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns", timezone="UTC", hours="mon-fri 08:00-18:00")
    house.joins(team, "Mina", Role.LEAD, language="en")
    return team


@pytest.fixture
def port(house: House) -> Iterator[int]:
    """The bot's own port, beside its Slack."""
    settings = house.runtime.settings.model_copy(update={"hooks_secret": ROOT})
    runtime = replace(house.runtime, settings=settings)
    port = Port(Starlette(routes=pages.routes(lambda: runtime)), "127.0.0.1", 0)
    port.start()
    yield port.port
    port.stop()


def sends(house: House, port: int, hook: str, body: dict[str, Any]) -> dict[str, Any]:
    with house.store.transaction() as session:
        known = hooks.keys_called(session, "desk")
        [key] = known or [hooks.add(session, house.workspace_id, "desk", now=house.now)]
    secret = hooks.secret_of(ROOT, key.workspace_id, key.id, key.generation)
    headers = {"Content-Type": "application/json", "X-Cspm-Key": "desk", "X-Cspm-Secret": secret}
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/hooks/{hook}", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(asked, timeout=20) as answer:
        told: dict[str, Any] = json.load(answer)
    for thread in threading.enumerate():
        if thread.name.endswith("-hooks"):
            thread.join(20)
    house.slack.settle()
    return told


def test_people_hear_of_it_at_once_and_only_once(house: House, team: Team, port: int) -> None:
    body = {"id": "a-1", "what": "The label printer is down", "severity": 2, "url": "https://desk.example/9"}
    assert sends(house, port, "escalations", body)["escalation"] == "E1"
    [card] = house.reads()
    assert "The label printer is down" in card.says()
    assert sends(house, port, "escalations", body)["repeated"] is True
    assert len(house.reads()) == 1


def test_figures_follow_live_events(house: House, team: Team, port: int) -> None:
    def at(minutes: float) -> str:
        return (house.now - timedelta(minutes=minutes)).isoformat()

    told = [
        {"id": 1, "ticket_id": 1, "at": at(50), "kind": "created"},
        {"id": 2, "ticket_id": 1, "at": at(20), "kind": "public_reply", "actor": "Ada King", "actor_kind": "agent"},
        {"id": 3, "ticket_id": 2, "at": at(10), "kind": "created"},
    ]
    assert sends(house, port, "events", {"id": "e-1", "events": told})["new"] == 3
    mina = house.person("Mina")
    house.clock.at += timedelta(minutes=5)
    assert mina.types("/kpi team today", channel="#returns") == "ok"
    answer = mina.reads("#returns")[-1]
    assert "30 m" in answer.says()
