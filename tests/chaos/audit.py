"""After a run: what stands in Slack and in the store, held against what happened. Each sentence is a broken promise."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, select

from bot.delivery import KINDS
from bot.finding import EVENT
from bot.local_slack import Workspace
from bot.local_slack.model import Message
from bot.words import Words
from cspm_core.escalations import Escalation, EscalationEvent
from cspm_core.notices import Notice
from cspm_core.store import Store

from . import model
from .mayhem import Deeds, Press
from .place import TEAMS, ZONE, Cast

UNANSWERED_S = 45.0
"""A press that was committed so long before or after a kill, or a trouble of the database, may stay unanswered."""
PRESSED = {"acknowledged": "escalation.take", "seen_too": "escalation.take", "extended": "escalation.keep",
           "released": "escalation.release", "reopened": "escalation.reopen"}  # fmt: skip
LASTING = ("escalation.card", "escalation.bundle", "escalation.raised")
"""What is wanted as long as its escalation is, whatever happened before."""
NO_LINE = frozenset({"opened", "watched"})


@dataclass(frozen=True)
class Recorded:
    """One thing that the recorder saw, in the order of commits."""

    seq: int
    real_at: float
    what: str
    row_id: int
    escalation_id: int
    key: str | None
    kind: str | None
    status: str | None
    owner_id: int | None
    revision: int | None
    step: int | None
    round: int | None


@dataclass
class Evidence:
    """Everything that is known at the end of a run."""

    escalations: dict[int, Escalation]
    events: dict[int, EscalationEvent]
    notices: dict[int, Notice]
    record: list[Recorded]
    messages: dict[int, list[Message]]
    """By the notice that their metadata names."""
    wanted: dict[int, dict[str, Any] | None]
    """What each notice should show now, drawn anew."""
    now: datetime
    cast: Cast
    deeds: Deeds
    kills: list[float]
    spoken: dict[str, list[str]] = field(default_factory=dict)
    """By person: what the app told them alone."""
    complaints: list[Any] = field(default_factory=list)

    def of(self, escalation_id: int, what: str) -> list[Recorded]:
        """What was recorded of one escalation."""
        return [one for one in self._by[escalation_id] if one.what == what]

    def __post_init__(self) -> None:
        self._by: dict[int, list[Recorded]] = defaultdict(list)
        for one in self.record:
            self._by[one.escalation_id].append(one)


def gather(store: Store, slack: Workspace, cast: Cast, deeds: Deeds, kills: list[float], now: datetime) -> Evidence:
    """Read it all, once nothing moves any more."""
    with store.reading() as session:
        notices = {row.id: row for row in session.exec(select(Notice))}
        names = ", ".join(Recorded.__dataclass_fields__)
        record = session.connection().execute(text(f"SELECT {names} FROM chaos_record ORDER BY seq"))
        found = Evidence(
            escalations={row.id: row for row in session.exec(select(Escalation))},
            events={row.id: row for row in session.exec(select(EscalationEvent))},
            notices=notices,
            record=[Recorded(*row) for row in record],
            messages=_messages(slack),
            wanted={row.id: _drawn(session, row, now) for row in notices.values()},
            now=now,
            cast=cast,
            deeds=deeds,
            kills=kills,
        )
    for name in cast.members:
        alone = slack.conversations.ephemerals.get(slack.person(name).id, [])
        found.spoken[name] = [one.text for one in alone if one.bot]
    found.complaints = list(slack.complaints)
    return found


def _messages(slack: Workspace) -> dict[int, list[Message]]:
    found: dict[int, list[Message]] = defaultdict(list)
    for messages in slack.conversations.messages.values():
        for one in messages:
            if (one.metadata or {}).get("event_type") == EVENT:
                found[int((one.metadata or {})["event_payload"]["notice"])].append(one)
    return found


def _drawn(session: Session, notice: Notice, now: datetime) -> dict[str, Any] | None:
    drawing = KINDS[notice.kind].draw(session, notice, Words(notice.language), now)
    return dict(drawing) if drawing else None


def broken(found: Evidence) -> Iterator[str]:
    """Every broken promise, one sentence each."""
    for one in found.escalations.values():
        yield from (f"E{one.number}: {why}" for why in _history(found, one))
        yield from (f"E{one.number}: {why}" for why in _told(found, one))
        yield from (f"E{one.number}: {why}" for why in _lines(found, one))
        yield from (f"E{one.number}: {why}" for why in _presses(found, one))
    yield from _messages_stand(found)
    yield from _raises(found)
    yield from _answers(found)
    yield from (f"Slack complained: {one.method} {one.error} {one.detail}" for one in found.complaints)
    yield from (f"this program itself: {one}" for one in found.deeds.accidents)


def timeline(found: Evidence, one: Escalation) -> list[model.Event]:
    """Its events in the order of their commits."""
    rows = [found.events[recorded.row_id] for recorded in found.of(one.id, "event")]
    return [model.Event(r.id, r.key, r.kind, r.at, r.by, r.origin, json.loads(r.facts)) for r in rows]


def _history(found: Evidence, one: Escalation) -> Iterator[str]:
    """Its state is what its history demands, and it changed one revision at a time with one owner."""
    events = timeline(found, one)
    team = next(name for name, row in found.cast.teams.items() if row.id == one.team_id)
    state = model.replay(one.policy, model.Hours.parse(TEAMS[team], ZONE.key), one.severity, events)
    yield from state.ends_as(one, found.now)
    if len(events) != sum(row.escalation_id == one.id for row in found.events.values()):
        yield "its timeline holds what nobody wrote"
    states = found.of(one.id, "state")
    for before, after in pairwise(states):
        if after.revision != (before.revision or 0) + 1:
            yield f"revision {before.revision} was followed by {after.revision}"
        if before.owner_id and after.owner_id and before.owner_id != after.owner_id:
            yield f"it went from {before.owner_id} to {after.owner_id} without being nobody's"
        if (after.owner_id is not None) != (after.status in ("acknowledged", "resolved")):
            yield f"revision {after.revision} is {after.status} and its owner {after.owner_id}"


def _told(found: Evidence, one: Escalation) -> Iterator[str]:
    """Everybody whom a step told has one message of it, and nobody has one that no step told."""
    wanted = set()
    for event in timeline(found, one):
        if event.kind != "told":
            continue
        why = event.key.removeprefix("step:")
        if event.facts["who"] == "channel":
            wanted.add(f"escalation:{one.id}:call:{why}")
        wanted |= {f"escalation:{one.id}:escalation.direct:{why}:{member}" for member in event.facts["members"]}
    kinds = ("escalation.direct", "escalation.call")
    there = Counter(row.key for row in found.notices.values() if row.subject_id == one.id and row.kind in kinds)
    yield from (f"nobody was told {key}" for key in wanted - set(there))
    yield from (f"told without a step: {key}" for key in set(there) - wanted)
    asked = sum(event.kind == "asked" or (event.kind == "woken" and _owned(found, one, event))
                for event in timeline(found, one))  # fmt: skip
    asks = sum(row.kind == "escalation.ask" for row in found.notices.values() if row.subject_id == one.id)
    if asks != asked:
        yield f"its owners were asked {asks} times and should have been {asked} times"


def _owned(found: Evidence, one: Escalation, woken: model.Event) -> bool:
    """Whether somebody had it when it woke."""
    owner = None
    for event in timeline(found, one):
        if event.id == woken.id:
            return owner is not None
        if event.kind == "acknowledged":
            owner = event.by
        elif event.kind in ("released", "lapsed", "reopened", "resolved"):
            owner = None
    return False


def _lines(found: Evidence, one: Escalation) -> Iterator[str]:
    """One line in the thread of its card for each event that has one there."""
    cards = [row.seq for row in found.of(one.id, "notice") if row.kind == "escalation.card"]
    lines = Counter(row.subject_id for row in found.notices.values() if row.kind == "escalation.line")
    for recorded in found.of(one.id, "event"):
        event = found.events[recorded.row_id]
        n = lines[event.id]
        wants = bool(cards) and min(cards) < recorded.seq and _has_line(event)
        may = event.kind == "reopened" and bool(cards)
        if n > 1 or (n == 0 and wants) or (n == 1 and not wants and not may):
            yield f"{n} lines for {event.kind} ({event.key}) at {event.at}"


def _has_line(event: EscalationEvent) -> bool:
    facts = json.loads(event.facts)
    if event.kind == "told":
        rnd, _, step = event.key.removeprefix("step:").partition(".")
        return facts["who"] != "channel" and (int(rnd) > 0 or int(step) > 0)
    if event.kind == "skipped":
        return bool(facts["why"] != "hidden")
    return event.kind not in NO_LINE


def _presses(found: Evidence, one: Escalation) -> Iterator[str]:
    """What buttons did was pressed, by that person, and not done twice."""
    names = {row.id: name for name, row in found.cast.members.items()}
    pressed = Counter((p.who, p.button) for p in found.deeds.presses if p.escalation_id == one.id)
    done = Counter(
        (names[event.by or 0], PRESSED[event.kind])
        for event in timeline(found, one)
        if event.origin == "button" and event.kind in PRESSED
    )
    for (who, button), n in done.items():
        if n > pressed[who, button]:
            yield f"{who} pressed {button} {pressed[who, button]} times, and it was done {n} times"


def _messages_stand(found: Evidence) -> Iterator[str]:
    """Every notice stands once in Slack as it should look now, or was not wanted any more and stands nowhere."""
    for notice_id in set(found.messages) - set(found.notices):
        yield f"a message in Slack belongs to no notice: {notice_id}"
    for notice in found.notices.values():
        standing = found.messages.get(notice.id, [])
        if len(standing) > 1:
            yield f"{notice.key} was said {len(standing)} times: {[(m.channel, m.ts) for m in standing]}"
        yield from (f"{notice.key}: {why}" for why in _stands(found, notice, standing))


def _stands(found: Evidence, notice: Notice, standing: list[Message]) -> Iterator[str]:
    if notice.claimed_until is not None:
        yield "somebody still holds it"
    is_late = notice.expires_at is not None and notice.expires_at <= found.now
    if notice.failed == "moot" or (is_late and notice.slack_ts is None):
        if standing:
            yield f"it was given up ({notice.failed or 'expired'}), and stands in Slack: {standing[0].text!r}"
        elif notice.kind in LASTING and found.wanted[notice.id] is not None and not is_late:
            yield "it was given up as moot, and there is something to say"
        return
    if notice.failed is not None:
        yield f"it was given up: {notice.failed}"
        return
    if notice.version != notice.shown:
        yield f"version {notice.version} is wanted and {notice.shown} shown"
    if not standing:
        yield f"it stands nowhere (attempts {notice.attempts}, retry at {notice.retry_at}, ts {notice.slack_ts})"
        return
    message, wanted = standing[0], found.wanted[notice.id]
    if message.ts != notice.slack_ts or message.channel != notice.slack_channel:
        yield f"it stands at {message.channel} {message.ts}, not at {notice.slack_channel} {notice.slack_ts}"
    if wanted is None:
        yield "it stands, and there is nothing left to say"
    elif not notice.kind.startswith("escalation."):
        return  # the digest and the watchdog's report are drawn anew at their own hours
    elif _bare(wanted.get("blocks")) != _bare(message.blocks) or wanted["text"] != message.text:
        yield f"it says {message.text!r} ({_words(message.blocks)}) and should say {wanted['text']!r}" \
              f" ({_words(wanted.get('blocks'))})"  # fmt: skip


def _bare(blocks: Any) -> Any:
    """Blocks without the ids that are made up."""
    if isinstance(blocks, dict):
        return {key: _bare(value) for key, value in blocks.items() if key != "block_id"}
    return [_bare(one) for one in blocks] if isinstance(blocks, list) else blocks


def _words(blocks: Any) -> str:
    return " | ".join(str(one["text"]["text"]) for one in blocks or [] if isinstance(one.get("text"), dict))


def _raises(found: Evidence) -> Iterator[str]:
    """What was committed is there: raised so often, resolved so often."""
    for verb, done, kinds in (
        ("raised", found.deeds.raised, ("opened", "counted", "reopened")),
        ("resolved", found.deeds.resolved, ("resolved",)),
    ):
        for escalation_id, n in done.items():
            if escalation_id not in found.escalations:
                yield f"an escalation that was {verb} is not there: {escalation_id}"
                continue
            one = found.escalations[escalation_id]
            there = sum(e.kind in kinds and e.origin != "button" for e in timeline(found, one))
            if there < n or there > n + found.deeds.doubtful:
                yield f"E{one.number} was {verb} {n} times, and its timeline tells of {there}"


def _answers(found: Evidence) -> Iterator[str]:
    """Nobody is told that something is theirs unless it was committed, and every commit is answered, unless the worker
    that should have answered was killed or had no database."""
    yours = {(name, int(number)) for name, texts in found.spoken.items() for said in texts
             for number in re.findall(r"^E(\d+) is yours", said)}  # fmt: skip
    told = Counter((name, int(number)) for name, texts in found.spoken.items() for said in texts
                   for number in re.findall(r"^E(\d+) is yours", said))  # fmt: skip
    took = Counter[tuple[str, int]]()
    names = {row.id: name for name, row in found.cast.members.items()}
    for one in found.escalations.values():
        for recorded in found.of(one.id, "event"):
            event = found.events[recorded.row_id]
            if event.kind != "acknowledged" or event.origin != "button":
                continue
            key = names[event.by or 0], one.number
            took[key] += 1
            if key not in yours and not _disturbed(found, recorded.real_at):
                yield f"E{one.number}: {key[0]} took it at {event.at} and was told nothing"
    for (name, number), n in told.items():
        # taken once, pressed again by the one who has it: both are told that it is theirs
        again = sum(_again(found, press, name, number) for press in found.deeds.presses)
        if n > again or (name, number) not in took:
            yield f"E{number}: {name} was told {n} times that it is theirs; taken {took[name, number]} times"


def _again(found: Evidence, press: Press, name: str, number: int) -> bool:
    return (
        press.who == name
        and press.button in ("escalation.take", "escalation.keep")
        and found.escalations[press.escalation_id].number == number
    )


def _disturbed(found: Evidence, at: float) -> bool:
    near = [*found.kills, *(end for gone in found.deeds.gone for end in gone)]
    return any(-5 <= kill - at <= UNANSWERED_S for kill in near)
