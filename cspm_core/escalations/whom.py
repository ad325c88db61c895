"""Whom a step can tell at an instant, or when it can, or why it cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from sqlmodel import Session, select

from .. import duty, people
from ..calendars import Calendar, NeverOpen
from ..people import Member, Role, Team, calendar_of
from .rules import URGENT, Clock, Step

Quiet = Mapping[int, datetime]
"""Members who want no disturbance (Slack's own setting), and until when."""
AHEAD = timedelta(days=22)


@dataclass(frozen=True, slots=True)
class Found:
    """`members` can be told now. Else `until` says when it is worth looking again; where that is None too, the step is
    passed over. `why`: hours, duty, quiet; or nobody, away, quiet, hidden."""

    members: tuple[Member, ...] = ()
    until: datetime | None = None
    why: str = ""
    is_channel: bool = False


@dataclass
class Whom:
    """One team's people around an instant; made once for many escalations."""

    session: Session
    team: Team
    now: datetime
    quiet: Quiet = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.calendar: Calendar = calendar_of(self.session, self.team)
        self._members: dict[int, Member | None] = {}
        self._roles: dict[str, tuple[Member, ...]] = {}
        self._languages: dict[int, str] = {}

    @cached_property
    def board(self) -> duty.Board:
        """Who is on duty and at work; read only where somebody asks."""
        return duty.board(self.session, self.team, self.now, self.now + AHEAD)

    def find(self, step: Step, severity: int, *, is_hidden: bool, patience_s: int) -> Found:
        """Whom a step tells now. `is_hidden`: no channel may see it. `patience_s`: waiting for the quiet."""
        if step.who == "channel" or step.who.startswith("group:"):
            return Found(why="hidden") if is_hidden else self._channel(step)
        if step.who == "duty":
            return self._on_duty(step, severity, patience_s)
        candidates = self.candidates(step)
        present = [one for one in candidates if not self.board.is_away(one.id, self.now)]
        if not present:
            return Found(why="away" if candidates else "nobody")
        return self._reachable(present, step, severity, patience_s)

    def candidates(self, step: Step) -> tuple[Member, ...]:
        """Everybody whom a step means and who has an account in Slack, there or not."""
        if step.who.startswith("member:"):
            one = self.member(int(step.who.partition(":")[2]))
            return (one,) if one and one.slack_user_id else ()
        return self._in_role(step.who)

    def member(self, member_id: int) -> Member | None:
        if member_id not in self._members:
            self._members[member_id] = self.session.get(Member, (self.team.workspace_id, member_id))
        return self._members[member_id]

    def language(self, member: Member) -> str:
        """The language somebody reads."""
        if member.id not in self._languages:
            self._languages[member.id] = people.reader_language(self.session, member)
        return self._languages[member.id]

    def _in_role(self, who: str) -> tuple[Member, ...]:
        if who not in self._roles:
            role = Role.LEAD if who == "lead" else Role.MANAGER
            found = people.members_of(self.session, self.team, self.calendar.local_day(self.now), role)
            if not found and role is Role.MANAGER:
                found = self._admins()
            self._roles[who] = tuple(one for one in found if one.slack_user_id)
        return self._roles[who]

    def _admins(self) -> list[Member]:
        query = select(Member).where(Member.workspace_id == self.team.workspace_id, Member.role == Role.ADMIN.value)
        return sorted(self.session.exec(query), key=lambda one: one.name)

    def _channel(self, step: Step) -> Found:
        if step.clock is Clock.ALWAYS or self._is_open():
            return Found(is_channel=True)
        return Found(until=self._opens(), why="hours")

    def on_duty_now(self) -> tuple[Member, ...]:
        """Who is on duty now and has an account in Slack."""
        members = map(self.member, self.board.on_duty(self.now).member_ids)
        return tuple(one for one in members if one and one.slack_user_id)

    def _on_duty(self, step: Step, severity: int, patience_s: int) -> Found:
        if members := self.on_duty_now():
            return self._reachable(members, step, severity, patience_s)
        following = self.board.next_on_duty(self.now)
        return Found(until=following[0], why="duty") if following else Found(why="nobody")

    def _reachable(self, present: Sequence[Member], step: Step, severity: int, patience_s: int) -> Found:
        """Those who work now and want to be disturbed; at the highest severity nobody is waited for who is quiet."""
        at_work = [one for one in present if self._works(one, step)]
        if not at_work:
            return Found(until=self._next_work(present, step), why="hours")
        awake = [one for one in at_work if self.quiet.get(one.id, self.now) <= self.now]
        if awake:
            return Found(tuple(awake))
        until = min(self.quiet[one.id] for one in at_work)
        waits = severity != URGENT and until <= self.now + timedelta(seconds=patience_s)
        return Found(until=until if waits else None, why="quiet")

    def _works(self, one: Member, step: Step) -> bool:
        match step.clock:
            case Clock.ALWAYS:
                return True
            case Clock.PERSON:
                return self.board.is_working(one.id, self.now)
        return self._is_open()

    def _next_work(self, present: Sequence[Member], step: Step) -> datetime | None:
        if step.clock is not Clock.PERSON:
            return self._opens()
        nexts = [self.board.next_working(one.id, self.now) for one in present]
        return min((at for at in nexts if at is not None), default=None)

    def _is_open(self) -> bool:
        return self.calendar.is_open(self.now)

    def _opens(self) -> datetime | None:
        try:
            return self.calendar.next_open(self.now)
        except NeverOpen:
            return None

    def opening(self) -> datetime:
        """Now, where the team works, else when it does next."""
        return self._opens() or self.now

    def later(self, seconds: int, clock: Clock, told: Sequence[Member] = (), *, at: datetime | None = None) -> datetime:
        """The instant by which so many seconds of a clock have passed since `at` (now); where it never opens, of real
        time."""
        begin = at or self.now
        if clock is Clock.PERSON and told:
            theirs = [self.board.add_working(one.id, begin, seconds) for one in told]
            if known := [end for end in theirs if end is not None]:
                return min(known)
        if clock is not Clock.ALWAYS:
            try:
                return self.calendar.add_business(begin, seconds)
            except NeverOpen:
                pass
        return begin + timedelta(seconds=seconds)
