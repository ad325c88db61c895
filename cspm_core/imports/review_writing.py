"""Writing imported reviews down: once, a changed one brought up to date, many in a statement. Callers commit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from .. import people
from ..calls import Call
from ..ids import new_id, new_ids
from ..people import Identity, fold
from ..qa.rules import Answer, Stratum, score_of
from ..qa.rules import Scored as Points
from ..qa.tables import QaAnswer, QaReview, QaReviewEvent
from ..tickets import Ticket, days
from .review_cards import Cards, Version, known_as
from .review_rows import About, Key, Scored

CHUNK = 2_000
"""Rows of one transaction, or a few more."""
COMPARED = (
    "team_id", "version_id", "agent_id", "reviewer_id", "reviewer", "ticket_id", "call_id", "contact_key", "stratum",
    "submitted_at", "score", "score_without_critical", "is_passed", "critical_failures", "comment",
)  # fmt: skip
ANSWERED = ("criterion", "score", "lowest", "highest", "weight", "is_critical", "is_na", "comment")
UNKNOWN = 0
"""In a dry run the id of somebody who would be made."""


@dataclass(frozen=True, slots=True)
class ToldReview:
    """One review as the file has it. `comment`: where all its rows say the same."""

    key: Key
    about: About
    stratum: Stratum
    rows: tuple[Scored, ...]
    comment: str

    @property
    def source_key(self) -> str:
        return f"{self.key.scope}:{self.key.review_id}"


@dataclass
class Recorded:
    """What became of the reviews of an import."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    random: int = 0
    unknown_contacts: int = 0
    unknown_reviewers: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class _Contact:
    ticket_id: int | None = None
    call_id: int | None = None
    solved_at: datetime | None = None


@dataclass(frozen=True)
class _Around:
    """What the reviews of a chunk point at."""

    agents: Mapping[str, int]
    members: Mapping[str, int]
    contacts: Mapping[tuple[int, str], _Contact]


def record(session: Session, told: Sequence[ToldReview], cards: Cards, done: Recorded) -> None:
    """Write some reviews down (a dry run of `cards`: only count) and forget the figures of their days."""
    workspace_id, now = cards.workspace_id, cards.now
    if not cards.dry_run:
        for team_id in sorted({one.key.team_id for one in told}):
            days.hold(session, workspace_id, team_id)  # two imports of the same reviews follow each other
    around = _Around(
        _agents(session, cards, {one.about.agent for one in told}),
        _members(session, workspace_id, {one.about.reviewer for one in told}),
        _contacts(session, workspace_id, told),
    )
    standing = _standing(session, workspace_id, [one.source_key for one in told])
    answers = _answers(session, workspace_id, [row.id for row in standing.values()])
    writing = _Writing(session, workspace_id, now)
    for one in told:
        version = cards.version(session, one.key.team_id, one.about.scorecard, one.rows, one.about.at)
        _count(done, one, around)
        given = _given(one, version)
        values = _values(one, version, around, score_of(version.definition, given))
        row = standing.get(one.source_key)
        if row is None:
            done.new += 1
            writing.add(one, values, given)
        elif _differs(row, values) or _written(given) != answers.get(row.id, {}):
            done.changed += 1
            writing.change(row, values, given)
        else:
            done.unchanged += 1
            continue
        writing.touch(one, row, around)
    if not cards.dry_run:
        writing.write()


def _count(done: Recorded, one: ToldReview, around: _Around) -> None:
    done.random += one.stratum is Stratum.RANDOM
    if one.about.ticket and (one.key.team_id, one.about.ticket) not in around.contacts:
        done.unknown_contacts += 1
    if one.about.reviewer and one.about.reviewer not in around.members:
        done.unknown_reviewers[one.about.reviewer] += 1


def _given(one: ToldReview, version: Version) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            version.keys[known_as(row.criterion)],
            row.score,
            row.lowest,
            row.highest,
            row.weight,
            row.is_critical,
            row.score is None,
            comment="" if one.comment else row.comment,
        )
        for row in one.rows
    )


def _values(one: ToldReview, version: Version, around: _Around, points: Points) -> dict[str, Any]:
    contact = around.contacts.get((one.key.team_id, one.about.ticket), _Contact())
    return {
        "team_id": one.key.team_id,
        "version_id": version.id,
        "agent_id": around.agents.get(one.about.agent, UNKNOWN),
        "reviewer_id": around.members.get(one.about.reviewer),
        "reviewer": one.about.reviewer,
        "ticket_id": contact.ticket_id,
        "call_id": contact.call_id,
        "contact_key": one.about.ticket,
        "stratum": one.stratum.value,
        "submitted_at": one.about.at,
        "score": points.score,
        "score_without_critical": points.without_critical,
        "is_passed": points.is_passed,
        "critical_failures": len(points.failures),
        "comment": one.comment,
    }


def _differs(row: QaReview, values: Mapping[str, Any]) -> bool:
    return any(getattr(row, name) != values[name] for name in COMPARED)


def _written(given: Iterable[Answer]) -> dict[str, tuple[Any, ...]]:
    return {one.criterion: tuple(getattr(one, name) for name in ANSWERED) for one in given}


class _Writing:
    """What one chunk writes, in a handful of statements."""

    def __init__(self, session: Session, workspace_id: int, now: datetime) -> None:
        self.session, self.workspace_id, self.now = session, workspace_id, now
        self.reviews: list[dict[str, Any]] = []
        self.answers: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.again: list[int] = []
        self.touched: dict[int, set[datetime]] = defaultdict(set)

    def add(self, one: ToldReview, values: dict[str, Any], given: Sequence[Answer]) -> None:
        review_id = new_id(self.now)
        begun = {"started_at": one.about.at, "source_key": one.source_key, "is_quick": False, "revision": 1}
        self.reviews.append({"workspace_id": self.workspace_id, "id": review_id, **values, **begun})
        self._answer(review_id, given)
        self._note(review_id, "submitted", one.about.at, values, given, by_id=values["reviewer_id"], revision=1)

    def change(self, row: QaReview, values: dict[str, Any], given: Sequence[Answer]) -> None:
        self.session.execute(
            update(QaReview)
            .where(col(QaReview.workspace_id) == self.workspace_id, col(QaReview.id) == row.id)
            .values(**values, revision=row.revision + 1)
            .execution_options(synchronize_session=False)
        )
        self.again.append(row.id)
        self._answer(row.id, given)
        self._note(row.id, "changed", self.now, values, given, by_id=None, revision=row.revision + 1)

    def touch(self, one: ToldReview, row: QaReview | None, around: _Around) -> None:
        """The days whose figures it changes: of the review as it was and is, and of its contact's solve."""
        contact = around.contacts.get((one.key.team_id, one.about.ticket), _Contact())
        its = {one.about.at, contact.solved_at, row.submitted_at if row else None} - {None}
        for team_id in {one.key.team_id, row.team_id if row else one.key.team_id}:
            self.touched[team_id] |= {at for at in its if at is not None}

    def _answer(self, review_id: int, given: Sequence[Answer]) -> None:
        for answer_id, one in zip(new_ids(self.now, len(given)), given, strict=True):
            about = {"workspace_id": self.workspace_id, "id": answer_id, "review_id": review_id}
            self.answers.append({**about, **{name: getattr(one, name) for name in ANSWERED}, "causes": []})

    def _note(
        self, review_id: int, kind: str, at: datetime, values: Mapping[str, Any], given: Sequence[Answer], *,
        by_id: int | None, revision: int,
    ) -> None:  # fmt: skip
        facts = {
            "revision": revision,
            "version": values["version_id"],
            "agent": values["agent_id"],
            "score": values["score"],
            "score_without_critical": values["score_without_critical"],
            "is_passed": values["is_passed"],
            "comment": values["comment"],
            "answers": [asdict(one) for one in given],
            "imported": True,
        }
        about = {"workspace_id": self.workspace_id, "id": new_id(self.now), "review_id": review_id}
        self.events.append({**about, "kind": kind, "at": at, "by_id": by_id, "facts": facts})

    def write(self) -> None:
        if self.again:
            its = (col(QaAnswer.workspace_id) == self.workspace_id, col(QaAnswer.review_id).in_(self.again))
            self.session.execute(delete(QaAnswer).where(*its).execution_options(synchronize_session=False))
        for table, rows in ((QaReview, self.reviews), (QaAnswer, self.answers), (QaReviewEvent, self.events)):
            if rows:
                self.session.connection().execute(insert(table), rows)
        for team_id, instants in sorted(self.touched.items()):
            days.forget_figures_of(self.session, self.workspace_id, team_id, instants)


def _agents(session: Session, cards: Cards, names: set[str]) -> dict[str, int]:
    """The identity behind each name as written, made on first sight; a dry run leaves the unknown out."""
    folded = {name: fold(name) for name in sorted(names)}
    query = select(Identity.key, Identity.id).where(Identity.workspace_id == cards.workspace_id)
    found = dict(session.exec(query.where(col(Identity.key).in_(set(folded.values())))).all())
    if not cards.dry_run:
        for name, key in folded.items():
            if key not in found:
                found[key] = people.identity(session, cards.workspace_id, " ".join(name.split()), now=cards.now).id
    return {name: found[key] for name, key in folded.items() if key in found}


def _members(session: Session, workspace_id: int, names: set[str]) -> dict[str, int]:
    """The person behind each name that is somebody's."""
    keys = {fold(name) for name in names}
    query = select(Identity.key, Identity.member_id).where(
        Identity.workspace_id == workspace_id, col(Identity.key).in_(keys), col(Identity.member_id).is_not(None)
    )
    known = {key: member_id for key, member_id in session.exec(query) if member_id is not None}
    return {name: known[fold(name)] for name in names if fold(name) in known}


def _contacts(session: Session, workspace_id: int, told: Sequence[ToldReview]) -> dict[tuple[int, str], _Contact]:
    """The ticket, else the call, of each key that is known in its team."""
    wanted: dict[int, set[str]] = defaultdict(set)
    for one in told:
        if one.about.ticket:
            wanted[one.key.team_id].add(one.about.ticket)
    found: dict[tuple[int, str], _Contact] = {}
    for team_id, keys in wanted.items():
        known = _known(session, workspace_id, team_id, keys | {key.removeprefix("#") for key in keys})
        for key in keys:
            contact = known.get(key) or known.get(key.removeprefix("#"))
            if contact:
                found[team_id, key] = contact
    return found


def _known(session: Session, workspace_id: int, team_id: int, keys: set[str]) -> dict[str, _Contact]:
    calls = select(Call.key, Call.id, Call.ended_at).where(
        Call.workspace_id == workspace_id, Call.team_id == team_id, col(Call.scope).in_((0, team_id))
    )
    found = {
        key: _Contact(call_id=call_id, solved_at=at)
        for key, call_id, at in session.exec(calls.where(col(Call.key).in_(keys)))
    }
    tickets = select(Ticket.key, Ticket.id, Ticket.solved_at).where(
        Ticket.workspace_id == workspace_id, Ticket.team_id == team_id, col(Ticket.scope).in_((0, team_id))
    )
    for key, ticket_id, at in session.exec(tickets.where(col(Ticket.key).in_(keys)).order_by(col(Ticket.scope))):
        found[key] = _Contact(ticket_id=ticket_id, solved_at=at)
    return found


def _standing(session: Session, workspace_id: int, keys: Sequence[str]) -> dict[str, QaReview]:
    query = select(QaReview).where(QaReview.workspace_id == workspace_id, col(QaReview.source_key).in_(keys))
    rows = session.exec(query.execution_options(populate_existing=True))
    return {str(row.source_key): row for row in rows}


def _answers(session: Session, workspace_id: int, ids: Sequence[int]) -> dict[int, dict[str, tuple[Any, ...]]]:
    found: dict[int, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    query = select(QaAnswer).where(QaAnswer.workspace_id == workspace_id, col(QaAnswer.review_id).in_(ids))
    for row in session.exec(query):
        found[row.review_id][row.criterion] = tuple(getattr(row, name) for name in ANSWERED)
    return found
