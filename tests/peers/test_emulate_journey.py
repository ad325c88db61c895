"""The whole bot, unchanged, with emulate for its Slack: asked, kept, shared, opened, and heard from in the morning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.request import BoltRequest
from sqlmodel import Session

from bot import app, ids, schedule
from bot.runtime import Runtime
from bot.threads import Threads
from cspm_core import people, tickets
from cspm_core.people import Role
from cspm_core.store import Store

from ..journeys.house import Clock, Inline
from ..journeys.returns import at, weeks
from .emulate import ANSWERS, APP, CHANNEL, LEAD, TEAM, Emulate, Line

pytestmark = pytest.mark.emulate
FRIDAY = date(2026, 11, 20)
Message = dict[str, Any]


@dataclass(frozen=True)
class Bot:
    """The bot and its lead. What the lead does reaches it as over Socket Mode; what it says goes to emulate."""

    bolt: App
    line: Line
    clock: Clock
    runtime: Runtime
    response_url: str
    presses: Iterator[int]
    """Each press has its own instant."""

    def hears(self, **facts: Any) -> None:
        body = {"token": "-", "api_app_id": APP, **facts}
        assert self.bolt.dispatch(BoltRequest(body=body, mode="socket_mode")).status == 200

    def types(self, command: str, text: str) -> Message:
        """A command by the lead; the answer."""
        names = {"team_id": TEAM, "user_id": LEAD, "channel_id": CHANNEL}
        self.hears(command=command, text=text, response_url=self.response_url, trigger_id=self.line.trigger(), **names)
        return self.newest(ANSWERS)

    def presses_on(self, message: Message, action_id: str) -> None:
        """A press by the lead on a button that stands in a message."""
        elements = [e for block in message["blocks"] if block["type"] == "actions" for e in block["elements"]]
        [button] = [element for element in elements if element["action_id"] == action_id]
        press = {"type": "button", "block_id": "b", "action_ts": f"{next(self.presses)}.000001"}
        self.hears(
            type="block_actions",
            actions=[{**press, "action_id": action_id, "value": button.get("value")}],
            container={"type": "message", "message_ts": message["ts"], "channel_id": CHANNEL},
            channel={"id": CHANNEL},
            response_url=self.response_url,
            **self.who(),
        )

    def submits(self, view: dict[str, Any], values: dict[str, Any]) -> None:
        self.hears(type="view_submission", view={**view, "state": {"values": values}}, **self.who())

    def who(self) -> dict[str, Any]:
        return {"team": {"id": TEAM}, "user": {"id": LEAD, "team_id": TEAM}, "trigger_id": self.line.trigger()}

    def newest(self, channel: str) -> Message:
        return dict(self.line.conversations_history(channel=channel, limit=1)["messages"][0])


@pytest.fixture
def bot(emulate: Emulate, line: Line, sqlite_store: Store) -> Bot:
    """On a Friday, ten minutes before the digest, with thirteen weeks of tickets."""
    clock = Clock(at(FRIDAY, 8, 50))
    runtime = Runtime(sqlite_store, line, now=clock, real_now=clock)
    inline = Threads(Inline(), Inline())
    bolt = app.build(runtime, threads=inline, signing_secret="unused", request_verification_enabled=False)
    with sqlite_store.transaction() as session:
        workspace = people.claim_workspace(session, TEAM, "Support Centre", now=clock())
        _returns(session, workspace.id, clock)
    return Bot(bolt, line, clock, runtime, emulate.response_url, count(1))


def _returns(session: Session, workspace_id: int, clock: Clock) -> None:
    """Mina leads five: what is about fewer may not be shared."""
    now = clock()
    team = people.add_team(session, workspace_id, "Returns", now=now, timezone="America/New_York", channel=CHANNEL)
    lead = people.add_member(session, workspace_id, "Mina", slack_user_id=LEAD, now=now, language="en")
    people.join_team(session, team, lead, Role.LEAD, now=now)
    for name in ("Teo de Vries", "Ada King", "Grace Kim", "Luis Ortega", "Bo Berg"):
        people.join_team(session, team, people.add_member(session, workspace_id, name, now=now), Role.AGENT, now=now)
    facts = weeks(now)
    tickets.record(session, team, facts, scope=team.id, known_at=now, now=now)
    tickets.note_source(session, team, complete_until=now, first_at=min(one.created_at for one in facts), now=now)


def kinds(message: Message) -> set[str]:
    return {block["type"] for block in message["blocks"]}


def test_a_scorecard_is_asked_for_kept_and_shared(bot: Bot):
    card = bot.types("/kpi", "team")
    assert card["text"].startswith("Returns, this week so far:")
    assert kinds(card) >= {"data_table", "data_visualization", "actions"}
    bot.presses_on(card, ids.KPI_KEEP)
    kept = bot.newest(bot.line.conversations_open(users=LEAD)["channel"]["id"])
    bot.presses_on(card, ids.KPI_SHARE)
    shared = bot.newest(CHANNEL)
    assert kept["text"] == card["text"]
    assert f"<@{LEAD}>" in str(shared["blocks"])
    assert kinds(kept) >= {"data_table", "data_visualization"} <= kinds(shared)


def test_a_workspace_without_new_blocks_is_shown_a_picture_that_was_uploaded(bot: Bot):
    with bot.runtime.store.transaction() as session:
        [workspace] = people.workspaces(session)
        people.remember_plain_blocks(session, workspace.id, now=bot.clock())
    card = bot.types("/kpi", "team")
    assert not kinds(card) & {"data_table", "data_visualization"}
    [image] = [block for block in card["blocks"] if block["type"] == "image"]
    [uploaded] = bot.line.answers_to("files.completeUploadExternal")
    assert image["slack_file"]["id"] == uploaded["files"][0]["id"]


def test_home_is_published(bot: Bot):
    bot.hears(
        type="event_callback",
        event_id="Ev1",
        team_id=TEAM,
        event={"type": "app_home_opened", "user": LEAD, "tab": "home", "channel": "D1"},
    )
    [home] = bot.line.answers_to("views.publish")
    assert home["view"]["type"] == "home"
    assert kinds(home["view"]) >= {"header", "data_table"}


def test_a_digest_is_posted_its_settings_opened_and_its_pause_written_under_it(bot: Bot):
    bot.clock.at = at(FRIDAY, 9, 1)
    schedule.run_once(bot.runtime)
    digest = bot.newest(CHANNEL)
    assert digest["text"].startswith("Returns: 10 new")
    assert set(digest["metadata"]["event_payload"]) == {"notice"}
    bot.presses_on(digest, ids.DIGEST_SETTINGS)
    bot.presses_on(digest, ids.DIGEST_PAUSE)
    settings, pause = (told["view"] for told in bot.line.answers_to("views.open"))
    assert settings["callback_id"] == ids.DIGEST_SETTINGS_FORM
    [choice] = [block["element"] for block in pause["blocks"] if block["type"] == "input"]
    chosen = {"type": choice["type"], "selected_option": choice["options"][0]}
    bot.submits(pause, {"pause": {choice["action_id"]: chosen}})
    paused = bot.newest(CHANNEL)
    assert paused["ts"] == digest["ts"]
    assert paused["edited"]
    assert "Mina" in str(paused["blocks"])
