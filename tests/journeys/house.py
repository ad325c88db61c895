"""The whole product with a local Slack in front and the clock in the hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from slack_bolt import App
from slack_bolt.request import BoltRequest
from slack_sdk import WebClient

from bot import app, schedule
from bot.local_slack import Channel, Person, Seat, SeenMessage, Server, Workspace
from bot.runtime import Runtime
from bot.threads import Threads
from cspm_core import people, tickets
from cspm_core.people import Member, Role, Team
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

MANIFEST = yaml.safe_load((Path(__file__).resolve().parents[2] / "manifest.yaml").read_text(encoding="utf-8"))
STEP = timedelta(minutes=10)
LONG, STRIDE = timedelta(hours=20), timedelta(minutes=30)


@dataclass
class Clock:
    """An instant that only moves when it is turned."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


class Inline(Executor):
    """Runs work where it is submitted, so that a test has no threads to wait for."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as wrong:
            done.set_exception(wrong)
        return done


class BadLine(WebClient):
    """A client on a line that fails when it is told to: before the call reaches Slack, or after it was taken."""

    def __init__(self, **given: Any) -> None:
        super().__init__(retry_handlers=[], **given)
        self.failing: list[tuple[str, str, Exception]] = []
        self.before: Callable[[str], None] = lambda method: None

    def fails(self, method: str, error: Exception, *, when: str = "before") -> None:
        """Let the next call of a method fail."""
        self.failing.append((method, when, error))

    def api_call(self, api_method: str, **given: Any) -> Any:  # type: ignore[override]
        self.before(api_method)
        planned = next((one for one in self.failing if one[0] == api_method), None)
        if planned:
            self.failing.remove(planned)
            if planned[1] == "after":
                super().api_call(api_method, **given)
            raise planned[2]
        return super().api_call(api_method, **given)


@dataclass
class House:
    """`turn` moves the clock and lets the schedule beat on the way; `slack` is what people see."""

    runtime: Runtime
    slack: Workspace
    clock: Clock
    app: App
    line: BadLine
    workspace_id: int
    known: dict[str, Member] = field(default_factory=dict)

    @property
    def store(self) -> Store:
        return self.runtime.store

    @property
    def now(self) -> datetime:
        return self.clock.at

    def person(self, name: str) -> Seat:
        return self.slack.person(name)

    def beat(self) -> None:
        """Every job once, now."""
        schedule.run_once(self.runtime)
        self.slack.settle()

    def turn(self, **delta: float) -> None:
        self.turn_to(self.now + timedelta(**delta))

    def turn_to(self, at: datetime, step: timedelta | None = None) -> None:
        """Up to an instant, beating on the way, each job as often as it runs, and every job at the end; over days in
        longer strides."""
        step = step or (STEP if at - self.clock.at <= LONG else STRIDE)
        ran = dict.fromkeys((job.id for job in schedule.JOBS), self.clock.at)
        while self.clock.at + step < at:
            self.clock.at += step
            for job in schedule.JOBS:
                if self.clock.at - ran[job.id] >= job.every:
                    ran[job.id] = self.clock.at
                    schedule.beat(self.runtime, job)
            self.slack.settle()
        if self.clock.at < at:
            self.clock.at = at
            self.beat()

    def sleeps_until(self, at: datetime) -> None:
        """Nothing runs until then: the bot is down."""
        self.clock.at = at

    def team(self, name: str, channel: str = "returns", **settings: Any) -> Team:
        """A team that speaks in a channel."""
        given = {"timezone": "America/New_York", "channel": self.slack.channel(channel).id, **settings}
        with self.store.transaction() as session:
            return people.add_team(session, self.workspace_id, name, now=self.now, **given)

    def joins(self, team: Team, name: str, role: Role = Role.AGENT, **facts: Any) -> Member:
        """One of the people in Slack is in a team."""
        with self.store.transaction() as session:
            known = self.known.get(name) or people.add_member(
                session, self.workspace_id, name, slack_user_id=self.person(name).id, now=self.now, **facts
            )
            self.known[name] = known
            people.join_team(session, team, known, role, now=self.now)
        return known

    def imports(self, team: Team, facts: list[TicketFacts], until: datetime) -> None:
        """An export that reaches an instant is loaded."""
        with self.store.transaction() as session:
            for n in range(0, len(facts), tickets.CHUNK):
                chunk = facts[n : n + tickets.CHUNK]
                tickets.record(session, team, chunk, scope=team.id, known_at=until, now=self.now)
            first = min((one.created_at for one in facts), default=until)
            tickets.note_source(session, team, complete_until=until, first_at=first, now=self.now)

    def reads(self, channel: str = "#returns", who: str = "Mina") -> list[SeenMessage]:
        """What stands in a channel."""
        return self.person(who).reads(channel)


def connect(place: Workspace, bolt: App) -> None:
    """The app answers in process, as over Socket Mode."""

    def dispatch(body: dict[str, Any], kind: str) -> tuple[int, Any]:
        answer = bolt.dispatch(BoltRequest(body=body, mode="socket_mode"))
        if not answer.body:
            return answer.status, None
        with suppress(ValueError):
            return answer.status, json.loads(answer.body)
        return answer.status, {"text": answer.body}

    place.connect(dispatch)


def build(
    store: Store,
    server: Server,
    at: datetime,
    threads: Threads | None = None,
    more: Sequence[Person] = (),
    manifest: dict[str, Any] = MANIFEST,
    channels: Sequence[Channel] = (),
) -> House:
    """A house with its cast: Mina leads, Teo and Ada work, Bo is a stranger; and more where a story needs them."""
    clock = Clock(at)
    place = Workspace(
        name="Support Centre",
        people=[
            Person("Mina", "Mina Park", "Team lead", "ko-KR", "Asia/Seoul"),
            Person("Teo", "Teo de Vries", locale="nl-NL", tz="Europe/Amsterdam"),
            Person("Ada", "Ada King"),
            Person("Bo", "Bo Berg"),
            *more,
        ],
        channels=[
            Channel("returns", ["Mina", "Teo", "Ada", "Bo"], with_app=True),
            Channel("quiet", ["Mina", "Teo"]),
            Channel("secret", ["Mina"], kind="private"),
            *channels,
        ],
        manifest=manifest,
        now=clock,
    )
    server.shows(place)
    line = BadLine(token=place.bot_token, base_url=server.api_url)
    runtime = Runtime(store, line, now=clock, real_now=clock)
    bolt = app.build(
        runtime,
        threads=threads or Threads(Inline(), Inline()),
        signing_secret="unused",
        request_verification_enabled=False,
        token_verification_enabled=False,
    )
    connect(place, bolt)
    with store.transaction() as session:
        workspace = people.found_workspace(session, now=clock())
        claimed = people.claim_workspace(session, place.team_id, place.name, now=clock())
    assert workspace.id == claimed.id
    return House(runtime, place, clock, bolt, line, claimed.id)
