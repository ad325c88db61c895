"""A support centre with many open escalations, and the whole way from the store to a local Slack, for measuring."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.synchronize import Event

from slack_bolt.adapter.socket_mode import SocketModeHandler
from sqlalchemy import update
from sqlmodel import col, select

from bot import app as composition
from bot import manifest, schedule
from bot.local_slack import Channel, Person, Server, Workspace
from bot.runtime import Runtime, real_now, slack_client
from bot.settings import Settings
from bot.threads import Threads
from cspm_core import escalations, people
from cspm_core.escalations import Cause, Deck, Escalation
from cspm_core.escalations.whom import Whom
from cspm_core.people import Member, Role, Team
from cspm_core.store import Store

TEAMS, AGENTS = 10, 20
FAR = timedelta(days=30)


@dataclass
class Centre:
    """Ten teams, each with a lead and a channel of its own; twenty agents are in all of them."""

    store: Store
    workspace_id: int
    teams: list[Team]
    agents: list[Member]
    started: float = 0.0

    def opens(self, n: int, now: datetime, *, severity: int = 3) -> list[int]:
        """So many escalations, each told already and waiting for its next step far from now; their ids."""
        made: list[int] = []
        for begin in range(0, n, 500):
            with self.store.transaction() as session:
                whom = {team.id: Whom(session, team, now) for team in self.teams}
                for i in range(begin, min(begin + 500, n)):
                    team = self.teams[i % len(self.teams)]
                    cause = Cause("hook", f"Parcel {i} is lost", severity=severity, customer=f"Customer {i % 300}")
                    raised = escalations.raise_one(session, team, cause, now=now, whom=whom[team.id])
                    made.append(raised.escalation_id)
        self.rests(now + FAR)
        return made

    def rests(self, until: datetime) -> None:
        """Nothing is due before an instant, and everything was said."""
        with self.store.transaction() as session:
            session.exec(update(Escalation).values(next_at=until, next_step_at=until))
            session.connection().exec_driver_sql("UPDATE notice SET shown = version")

    def is_due(self, ids: list[int], at: datetime) -> None:
        """The first step of some is due at an instant, once more."""
        with self.store.transaction() as session:
            due = {"next_at": at, "next_step_at": at, "step": 0, "round": Escalation.round + 1}
            session.exec(update(Escalation).where(col(Escalation.id).in_(ids)).values(**due))

    def sweeps(self, at: datetime) -> int:
        """One sweep, as the schedule does it but for asking Slack who is quiet."""
        with self.store.reading() as session:
            due = escalations.due(session, now=at)
            escalations.asked_for(session, due, now=at)
        moved = 0
        for n in range(0, len(due), 100):
            ids = [(one.workspace_id, one.id) for one in due[n : n + 100]]
            with self.store.transaction() as session:
                moved += escalations.move_on(session, ids, Deck(at))
        return moved

    def owners(self) -> int:
        """How many escalations somebody has."""
        with self.store.reading() as session:
            return len(session.exec(select(Escalation.id).where(col(Escalation.owner_id).is_not(None))).all())


def centre(store: Store, slack_team: str, now: datetime) -> Centre:
    """The same people and teams every time."""
    with store.transaction() as session:
        people.found_workspace(session, now=now)
        workspace_id = people.claim_workspace(session, slack_team, "Bench", now=now).id
        agents = [_member(session, workspace_id, f"Agent {n}", f"U0AGENT{n:02d}", now) for n in range(AGENTS)]
        teams = []
        for n in range(TEAMS):
            given = {"timezone": "UTC", "hours": "24x7", "channel": f"C0BENCH{n:02d}"}
            team = people.add_team(session, workspace_id, f"Team {n}", now=now, **given)
            lead = _member(session, workspace_id, f"Lead {n}", f"U0LEAD{n:02d}", now)
            people.join_team(session, team, lead, Role.LEAD, now=now)
            for agent in agents:
                people.join_team(session, team, agent, Role.AGENT, now=now)
            teams.append(team)
    return Centre(store, workspace_id, teams, agents)


def _member(session: object, workspace_id: int, name: str, slack: str, now: datetime) -> Member:
    return people.add_member(session, workspace_id, name, slack_user_id=slack, language="en", now=now)  # type: ignore[arg-type]


def serve(database: str, settings: Settings, beats: bool, ready: Event, over: Event) -> None:
    """The bot in a process of its own, as in earnest: over Socket Mode, with its schedule where it `beats`."""
    store = Store(database)
    runtime = Runtime(store, slack_client(settings), settings)
    threads = Threads()
    handler = SocketModeHandler(composition.build(runtime, threads=threads), settings.slack_app_token)
    handler.client.connect()
    beating = schedule.start(runtime) if beats else None
    ready.set()
    over.wait()
    if beating:
        schedule.stop(beating, runtime)
    handler.client.close()
    threads.close(cancel=True)
    store.close()


@contextmanager
def running(
    store: Store, *, beats: bool = True, prepare: Callable[[Centre], None] | None = None
) -> Iterator[tuple[Centre, Workspace, Runtime]]:
    """The bot in front of a local Slack that has no rate limits, each in its process; `beats`: with its schedule.

    `prepare`: what is done before the bot starts; `Centre.started` says when that was. The runtime is this process's
    own, for what is done from outside.
    """
    with ExitStack() as parts:
        agents = [Person(f"Agent {n}", id=f"U0AGENT{n:02d}") for n in range(AGENTS)]
        leads = [Person(f"Lead {n}", id=f"U0LEAD{n:02d}") for n in range(TEAMS)]
        everybody = [one.id for one in (*agents, *leads)]
        channels = [Channel(f"team-{n}", everybody, with_app=True, id=f"C0BENCH{n:02d}") for n in range(TEAMS)]
        place = Workspace(
            name="Bench",
            people=[*agents, *leads],
            channels=channels,
            manifest=manifest.load(),
            now=real_now,
            rate_limits=False,
        )
        server = parts.enter_context(Server(place))
        here = centre(store, place.team_id, real_now())
        settings = Settings(
            slack_bot_token=place.bot_token, slack_app_token=place.app_token, slack_api_url=server.api_url
        )
        spawn = multiprocessing.get_context("spawn")
        ready, over = spawn.Event(), spawn.Event()
        url = store.engine.url.render_as_string(hide_password=False)
        bot = spawn.Process(target=serve, args=(url, settings, beats, ready, over), daemon=True)
        if prepare:
            prepare(here)
        here.started = time.monotonic()
        bot.start()
        parts.callback(bot.join, 20)
        parts.callback(over.set)
        assert ready.wait(60)
        yield here, place, Runtime(store, slack_client(settings), settings)
