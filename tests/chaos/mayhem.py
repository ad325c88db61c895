"""Everything that goes wrong in a run, and everything that people do meanwhile. What they did is written down here."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from bot import ids
from bot.local_slack import SeenMessage, Workspace
from cspm_core import errors, escalations, people
from cspm_core.escalations import Cause, Ending, Escalation, Origin, Status
from cspm_core.store import Store

from .clock import TurnedClock
from .place import CAST, Cast

CHANCES = {
    "429": 0.04,
    "500": 0.04,
    "accept_then_500": 0.05,
    "accept_then_close": 0.04,
    "accept_then_hang": 0.01,
    "drop_socket": 0.02,
}
BUTTONS = (ids.ESCALATION_TAKE, ids.ESCALATION_KEEP, ids.ESCALATION_RELEASE, ids.ESCALATION_REOPEN)
MOST = 30
"""So many stand open at once; then they are resolved before more are raised."""
LEFT = 6
"""The newest are left for others to press."""
Standing = Sequence[Escalation]
TWICE = 0.3
"""How often somebody else presses the same button in the same moment."""


@dataclass(frozen=True)
class Press:
    """One press: who, which button, on which escalation, and what Slack told them of it."""

    at: float
    who: str
    button: str
    escalation_id: int
    result: str


@dataclass
class Deeds:
    """What people did, as they know it."""

    presses: list[Press] = field(default_factory=list)
    raised: Counter[int] = field(default_factory=Counter)
    """How often each escalation was raised, where the commit was confirmed."""
    doubtful: int = 0
    """Raises and ends whose commit the database did not confirm."""
    resolved: Counter[int] = field(default_factory=Counter)
    gone: list[tuple[float, float]] = field(default_factory=list)
    """When the database was, in real time."""
    accidents: list[str] = field(default_factory=list)
    """Exceptions in this program's own threads."""


@dataclass
class People:
    """Some threads of people who press, raise, report and resolve until they are told to stop."""

    slack: Workspace
    store: Store
    cast: Cast
    clock: TurnedClock
    seed: int
    deeds: Deeds = field(default_factory=Deeds)
    _ends: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        for n, work in enumerate((self._press, self._press, self._press, self._write)):
            dice = random.Random(f"{self.seed}:{n}")
            thread = threading.Thread(target=self._keep_on, args=(work, dice), daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        self._ends.set()
        for thread in self._threads:
            thread.join()

    def _keep_on(self, work: Callable[[random.Random], None], dice: random.Random) -> None:
        while not self._ends.wait(dice.uniform(0.02, 0.25)):
            try:
                work(dice)
            except Exception as error:
                self.deeds.accidents.append(f"{type(error).__name__}: {error}")

    def _press(self, dice: random.Random) -> None:
        """Somebody looks at their messages, and presses a button that they see; mostly while the app is there."""
        if not self.slack.delivery.connected and dice.random() < 0.9:
            return
        who = dice.choice(list(CAST))
        found = [one for one in self._cards(who) if self._buttons(one)]
        if not found:
            return
        card = dice.choice(found[-12:])
        button, about = dice.choice(self._buttons(card))
        if button == ids.ESCALATION_REOPEN and dice.random() < 0.85:
            return  # most people are glad that it is over
        hands = [threading.Thread(target=self._hit, args=(who, card, button, about))]
        others = [name for name in CAST if name != who]
        if self._is_public(card) and dice.random() < TWICE:
            hands.append(threading.Thread(target=self._hit, args=(dice.choice(others), card, button, about)))
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()

    def _hit(self, who: str, card: SeenMessage, button: str, about: int) -> None:
        began = time.time()
        try:
            result = self.slack.person(who).presses(card, button)
        except AssertionError:
            return  # the button went away in that moment
        self.deeds.presses.append(Press(began, who, button, about, result))

    def _cards(self, who: str) -> list[SeenMessage]:
        seat = self.slack.person(who)
        places = [None, *(name.lower() for name in self.cast.teams)]
        return sorted((one for place in places for one in seat.reads(place)), key=lambda one: one.ts)

    def _is_public(self, card: SeenMessage) -> bool:
        return self.slack.channel(card.channel).kind == "channel"

    @staticmethod
    def _buttons(card: SeenMessage) -> list[tuple[str, int]]:
        elements = [one for block in card.blocks or [] if block["type"] == "actions" for one in block["elements"]]
        return [
            (one["action_id"], int(json.loads(one["value"])["escalation"]))
            for one in elements
            if one.get("action_id") in BUTTONS
        ]

    def _write(self, dice: random.Random) -> None:
        """What comes from a form: raised, reported once more, resolved, put aside. The commit may stay unconfirmed."""
        try:
            standing = self._standing()
            weights = (0, 8, 1) if len(standing) > MOST else (8, 3, 1)
            verb = dice.choices((self._raise, self._resolve, self._snooze), weights)[0]
            verb(dice, standing)
        except DBAPIError:
            self.deeds.doubtful += 1
            self._ends.wait(0.3)
        except (errors.Refusal, errors.Changed):
            return  # somebody else was faster

    def _raise(self, dice: random.Random, _: Standing) -> None:
        team = self.cast.teams[dice.choice(list(self.cast.teams))]
        members = [self.cast.members[name] for name, (_, teams) in CAST.items() if team.name in teams]
        number, message = dice.randrange(400), {}
        if dice.random() < 0.2:
            said = self.slack.person("Ada").types(f"Parcel {number} is lost again", team.name.lower())
            assert isinstance(said, SeenMessage)
            message = {"message_channel": said.channel, "message_ts": said.ts}
        cause = Cause(
            "person",
            f"Parcel {number} is lost",
            cause=f"parcel:{team.id}:{number}",
            severity=dice.choice((1, 2, 3)),
            kind=dice.choice(("technical", "billing", "conduct", "other")) if not message else "other",
            by=dice.choice(members).id,
            **message,
        )
        with self.store.transaction() as session:
            raised = escalations.raise_one(session, team, cause, now=self.clock())
        self.deeds.raised[raised.escalation_id] += 1

    def _resolve(self, dice: random.Random, standing: Standing) -> None:
        if len(standing) <= LEFT:
            return
        one = dice.choice(standing[: len(standing) - LEFT])
        with self.store.transaction() as session:
            by = people.asker(session, self.cast.workspace_id, self._slack_of(one.team_id), self.clock().date())
            ending = Ending("It was found", "It was sent again")
            escalations.resolve(
                session, self.cast.workspace_id, one.id, ending, by=by, origin=Origin.FORM, now=self.clock()
            )
        self.deeds.resolved[one.id] += 1

    def _snooze(self, dice: random.Random, standing: Standing) -> None:
        if len(standing) <= LEFT:
            return
        one = dice.choice(standing[: len(standing) - LEFT])
        until = self.clock() + timedelta(seconds=dice.choice((1800, 3600, 14_400)))
        with self.store.transaction() as session:
            by = people.asker(session, self.cast.workspace_id, self._slack_of(one.team_id), self.clock().date())
            escalations.snooze(
                session, self.cast.workspace_id, one.id, until, by=by, origin=Origin.FORM, now=self.clock()
            )

    def _standing(self) -> Standing:
        """What is not over, oldest first."""
        with self.store.reading() as session:
            return session.exec(
                select(Escalation).where(Escalation.status != Status.RESOLVED.value).order_by(col(Escalation.id))
            ).all()

    def _slack_of(self, team_id: int) -> str:
        """A lead of a team, who may do everything with its escalations."""
        name = next(one for one, team in self.cast.teams.items() if team.id == team_id)
        lead = "Bo" if name == "Nights" else "Mina"
        return str(self.cast.members[lead].slack_user_id)
