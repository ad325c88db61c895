"""Writing a review: every answer kept as it is given, sent once, changed later only with a trace. Callers commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from enum import Enum
from typing import Any

from sqlmodel import Session, col, delete, or_, select, update

from .. import errors
from ..calls import Call
from ..ids import new_id
from ..once import add_once, the_one
from ..people import Asker, Identity, Team, fold
from ..people import team as team_by_id
from ..tickets import Ticket
from ..tickets import days as kept_days
from . import drafts, reads
from .rules import Answer, Criterion, Definition, Scored, Stratum, score_of
from .scorecards import card_for, scorecard_version
from .tables import QaAnswer, QaReview, QaReviewEvent, QaScorecardVersion

LONGEST_COMMENT = 3_000


class Keep(Enum):
    """What was not said of an answer stays as it is."""

    KEEP = "keep"


KEEP = Keep.KEEP


def start(
    session: Session,
    team: Team,
    by: Asker,
    *,
    ticket_id: int | None = None,
    call_id: int | None = None,
    contact_key: str = "",
    agent_id: int | None = None,
    stratum: str = Stratum.CHOSEN,
    calibration_id: int | None = None,
    version_id: int | None = None,
    now: datetime,
) -> QaReview:
    """The draft of a contact by a reviewer: found where it was begun already.

    `agent_id` (an identity): whose work it is; else the assignee, at the solve once solved. `version_id`: of the
    scorecard; else the one that the team has for the channel. Raises NotReviewer, OwnWork, NoAgentOf, NoScorecard.
    """
    if by.member_id is None or (calibration_id is None and not by.reviews(team.id)):
        raise errors.NotReviewer(team.name)
    key, channel, worker = _contact(session, team, ticket_id, call_id, contact_key)
    agent = session.get(Identity, (team.workspace_id, agent_id or worker)) if agent_id or worker else None
    if agent is None:
        raise errors.NoAgentOf(key)
    if agent.member_id == by.member_id:
        raise errors.OwnWork(key)
    draft_key = _draft_key(by.member_id, team, ticket_id, call_id, key, calibration_id)
    known = select(QaReview).where(QaReview.workspace_id == team.workspace_id, QaReview.draft_key == draft_key)
    standing = session.exec(known).first()
    if standing is None:
        fresh = QaReview(
            workspace_id=team.workspace_id,
            id=new_id(now),
            team_id=team.id,
            version_id=version_id or _version_for(session, team, channel),
            agent_id=agent.id,
            reviewer_id=by.member_id,
            ticket_id=ticket_id,
            call_id=call_id,
            contact_key=key,
            stratum=stratum,
            calibration_id=calibration_id,
            draft_key=draft_key,
            started_at=now,
        )
        standing = the_one(session, known, fresh)
    if stratum != Stratum.CHOSEN and standing.stratum == Stratum.CHOSEN:
        standing.stratum = stratum  # begun by hand, and it was drawn too
        session.add(standing)
        session.flush()
    return standing


def _contact(
    session: Session, team: Team, ticket_id: int | None, call_id: int | None, contact_key: str
) -> tuple[str, str, int | None]:
    """Key, channel and whose work a contact was. Raises UnknownContact where it is none of the team's."""
    if ticket_id is not None:
        ticket = session.get(Ticket, (team.workspace_id, ticket_id))
        if ticket is None or ticket.team_id != team.id:
            raise errors.UnknownContact(contact_key or str(ticket_id))
        return ticket.key, ticket.channel, ticket.agent_id
    if call_id is not None:
        call = session.get(Call, (team.workspace_id, call_id))
        if call is None or call.team_id != team.id:
            raise errors.UnknownContact(contact_key or str(call_id))
        return call.key, "phone", call.agent_id
    if not contact_key.strip():
        raise errors.UnknownContact(contact_key)
    return contact_key.strip(), "", None


def _draft_key(
    member_id: int, team: Team, ticket_id: int | None, call_id: int | None, key: str, calibration_id: int | None
) -> str:
    contact = f"k{team.id}/{fold(key)}"
    if ticket_id is not None or call_id is not None:
        contact = f"t{ticket_id}" if ticket_id is not None else f"c{call_id}"
    return f"{member_id}:{contact}" + (f":{calibration_id}" if calibration_id is not None else "")


def _version_for(session: Session, team: Team, channel: str) -> int:
    card = card_for(session, team, channel)
    if card is None:
        raise errors.NoScorecard(team.name)
    return card.version_id


def locked(session: Session, workspace_id: int, review_id: int) -> QaReview:
    """One review, which nobody else changes until the transaction ends. Raises UnknownReview."""
    row = session.exec(
        select(QaReview)
        .where(QaReview.workspace_id == workspace_id, QaReview.id == review_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise errors.UnknownReview(str(review_id))
    return row


def draft(session: Session, workspace_id: int, review_id: int, by: Asker) -> QaReview:
    """One's own draft, to be written on. Raises UnknownReview, NotYourReview, ReviewSent."""
    row = locked(session, workspace_id, review_id)
    if by.member_id is None or row.reviewer_id != by.member_id:
        raise errors.NotYourReview(row.reviewer)
    if row.submitted_at is not None:
        raise errors.ReviewSent(row.contact_key)
    return row


def hear(session: Session, review: QaReview, at: datetime) -> bool:
    """Whether what somebody did at an instant is to be kept: not where something later was kept before it arrived."""
    heard = session.exec(
        update(QaReview)
        .where(
            col(QaReview.workspace_id) == review.workspace_id,
            col(QaReview.id) == review.id,
            or_(col(QaReview.heard_at).is_(None), col(QaReview.heard_at) <= at),
        )
        .values(heard_at=at)
        .execution_options(synchronize_session=False)
    )
    return heard.rowcount == 1


def write_answer(
    session: Session,
    review: QaReview,
    criterion: str,
    *,
    score: float | Keep | None = KEEP,
    is_na: bool | Keep = KEEP,
    causes: Sequence[str] | Keep = KEEP,
    comment: str | Keep = KEEP,
    is_open: bool | None = None,
) -> None:
    """Keep what a draft says of one criterion; what is not given stays. A score ends “not applicable”, and the other
    way round. In quick mode whatever is said of a criterion makes it an exception. Raises ReviewSent, Invalid."""
    review = locked(session, review.workspace_id, review.id)
    if review.submitted_at is not None:
        raise errors.ReviewSent(review.contact_key)
    about = _criterion(definition_of(session, review), criterion)
    said: dict[str, Any] = {}
    if score is not KEEP:
        said |= {"score": _point(about, score), **({"is_na": False} if score is not None else {})}
    if is_na is not KEEP:
        if is_na and not about.may_be_na:
            raise errors.Invalid(criterion, "n/a", "not_applicable")
        said |= {"is_na": is_na, **({"score": None} if is_na else {})}
    if causes is not KEEP:
        said["causes"] = [one for one in about.causes if one in causes]
    if comment is not KEEP:
        said["comment"] = comment.strip()[:LONGEST_COMMENT]
    said["is_open"] = is_open is not False
    _keep(session, review, about, said)


def open_only(session: Session, review: QaReview, criteria: Iterable[str]) -> None:
    """Quick mode: these are the exceptions, and no others; what was said of the others is kept aside."""
    review = locked(session, review.workspace_id, review.id)
    if review.submitted_at is not None:
        raise errors.ReviewSent(review.contact_key)
    definition, wanted = definition_of(session, review), set(criteria)
    session.exec(_answers_of(update(QaAnswer), review).values(is_open=False))
    for one in definition.criteria:
        if one.key in wanted:
            _keep(session, review, one, {"is_open": True})


def choose_mode(session: Session, review: QaReview, *, is_quick: bool) -> None:
    """Quick or all criteria. Going over to all keeps the exceptions and leaves the rest unsaid; back to quick, whatever
    is not the best point without a word is an exception."""
    review = locked(session, review.workspace_id, review.id)
    if review.submitted_at is not None or review.is_quick == is_quick:
        return
    if is_quick:
        best = {one.key: float(one.highest) for one in definition_of(session, review).criteria}
        for row in _rows(session, review):
            row.is_open = row.is_na or row.score != best.get(row.criterion) or bool(row.comment)
            session.add(row)
    else:
        session.exec(_answers_of(delete(QaAnswer), review).where(col(QaAnswer.is_open).is_(False)))
    review.is_quick = is_quick
    session.add(review)
    session.flush()


def choose_version(session: Session, review: QaReview, version_id: int) -> None:
    """Another scorecard of the team for a draft: what was said by the old one is forgotten. Raises UnknownScorecard."""
    review = locked(session, review.workspace_id, review.id)
    if review.submitted_at is not None or review.version_id == version_id or review.calibration_id is not None:
        return
    if scorecard_version(session, review.workspace_id, version_id).team_id != review.team_id:
        raise errors.UnknownScorecard(str(version_id))
    session.exec(_answers_of(delete(QaAnswer), review))
    review.version_id = version_id
    session.add(review)
    session.flush()


def write_comment(session: Session, review: QaReview, comment: str) -> None:
    """Keep what a draft says of the whole contact. Raises ReviewSent."""
    review = locked(session, review.workspace_id, review.id)
    if review.submitted_at is not None:
        raise errors.ReviewSent(review.contact_key)
    review.comment = comment.strip()[:LONGEST_COMMENT]
    session.add(review)
    session.flush()


def tell_in_person(session: Session, review: QaReview, wanted: bool) -> None:
    """Whether the agent is to hear of it in a talk first. Raises ReviewSent."""
    review = locked(session, review.workspace_id, review.id)
    if review.submitted_at is not None:
        raise errors.ReviewSent(review.contact_key)
    review.in_person = wanted
    session.add(review)
    session.flush()


def discard(session: Session, review: QaReview) -> None:
    """Throw a draft away. Raises ReviewSent."""
    review = locked(session, review.workspace_id, review.id)
    if review.submitted_at is not None:
        raise errors.ReviewSent(review.contact_key)
    session.exec(_answers_of(delete(QaAnswer), review))
    session.delete(review)
    session.flush()


def submit(session: Session, review: QaReview, *, by: Asker, now: datetime) -> Scored:
    """Send a draft, once: everything that was not said counts as it stands, the whole of it is written down.

    Raises ReviewSent, NotYourReview, NotReviewer (any more), and where something lacks Invalid (field: the criterion,
    reason: a `drafts.Lack`).
    """
    row = draft(session, review.workspace_id, review.id, by)
    if row.calibration_id is None and not by.reviews(row.team_id):
        raise errors.NotReviewer(team_by_id(session, row.workspace_id, row.team_id).name)
    definition = definition_of(session, row)
    standing = _standing(session, row, definition)
    if lacks := drafts.lacking(definition, standing):
        raise errors.Invalid(lacks[0].criterion, "", lacks[0].what)
    _write_all(session, row, standing)
    row.submitted_at, row.draft_key = now, None
    scored = _score(session, row, definition, standing)
    note(session, row, "submitted", by=by, facts=whole(session, row), now=now)
    figures_changed(session, row)
    return scored


def amend(
    session: Session,
    review: QaReview,
    answers: Iterable[Answer],
    *,
    by: Asker | None,
    kind: str,
    facts: Mapping[str, Any],
    now: datetime,
) -> Scored:
    """Change some answers of a review that was sent (those of other criteria stay), as a new revision.

    `kind`, `facts`: of the event, which also carries the whole review as it stands afterwards.
    """
    row = locked(session, review.workspace_id, review.id)
    changed = {one.criterion: one for one in answers}
    stood = {one.criterion: reads.answer_of(one) for one in _rows(session, row)}
    now_stands = tuple({**stood, **changed}.values())
    _write_all(session, row, now_stands)
    row.revision += 1
    scored = _score(session, row, definition_of(session, row), now_stands)
    note(session, row, kind, by=by, facts={**facts, **whole(session, row)}, now=now)
    figures_changed(session, row)
    return scored


def move_to_agent(
    session: Session,
    review: QaReview,
    agent_id: int,
    *,
    by: Asker | None,
    facts: Mapping[str, Any] | None = None,
    now: datetime,
) -> None:
    """It was somebody else's work: the review is theirs (an identity) from now on, told to nobody yet.

    Raises OwnWork where it is the reviewer's own.
    """
    row = locked(session, review.workspace_id, review.id)
    agent = session.get_one(Identity, (row.workspace_id, agent_id))
    if agent.member_id is not None and agent.member_id == row.reviewer_id:
        raise errors.OwnWork(row.contact_key)
    was, row.agent_id = row.agent_id, agent_id
    row.revision += 1
    row.tell_at = row.told_at = row.spoken_at = row.confirmed_at = row.disputable_until = None
    session.add(row)
    session.flush()
    moved = {**(facts or {}), "from": was, "to": agent_id}
    note(session, row, "moved", by=by, facts={**moved, **whole(session, row)}, now=now)
    figures_changed(session, row)


def note(
    session: Session, review: QaReview, kind: str, *, by: Asker | None, facts: Mapping[str, Any], now: datetime
) -> None:
    """Something happened to a review."""
    session.add(
        QaReviewEvent(
            workspace_id=review.workspace_id,
            id=new_id(now),
            review_id=review.id,
            kind=kind,
            at=now,
            by_id=by.member_id if by else None,
            facts=dict(facts),
        )
    )
    session.flush()


def whole(session: Session, review: QaReview) -> dict[str, Any]:
    """A review as it stands, to be kept in its history."""
    return {
        "revision": review.revision,
        "version": review.version_id,
        "agent": review.agent_id,
        "score": review.score,
        "score_without_critical": review.score_without_critical,
        "is_passed": review.is_passed,
        "comment": review.comment,
        "answers": [asdict(reads.answer_of(row)) for row in _rows(session, review)],
    }


def figures_changed(session: Session, review: QaReview) -> None:
    """What is kept of the days that a review counts on is forgotten: when it was sent, when its contact was solved."""
    if review.submitted_at is None or review.calibration_id is not None:
        return
    ticket = session.get(Ticket, (review.workspace_id, review.ticket_id)) if review.ticket_id else None
    solved_at = ticket.solved_at if ticket else None
    instants = [at for at in (review.submitted_at, solved_at) if at is not None]
    kept_days.forget_figures_of(session, review.workspace_id, review.team_id, instants)


def definition_of(session: Session, review: QaReview) -> Definition:
    """The scorecard that a review is made with, as it stood."""
    version = session.get_one(QaScorecardVersion, (review.workspace_id, review.version_id))
    return Definition.read(version.definition)


def _standing(session: Session, review: QaReview, definition: Definition) -> tuple[Answer, ...]:
    rows = _rows(session, review)
    said = {row.criterion: reads.answer_of(row) for row in rows}
    opened = {row.criterion for row in rows if row.is_open}
    return drafts.standing(definition, said, opened, is_quick=review.is_quick)


def _score(session: Session, row: QaReview, definition: Definition, answers: Sequence[Answer]) -> Scored:
    scored = score_of(definition, answers)
    row.score, row.score_without_critical = scored.score, scored.without_critical
    row.is_passed, row.critical_failures = scored.is_passed, len(scored.failures)
    session.add(row)
    session.flush()
    return scored


def _write_all(session: Session, review: QaReview, answers: Sequence[Answer]) -> None:
    """These answers stand, and no others."""
    kept = {one.criterion for one in answers}
    session.exec(_answers_of(delete(QaAnswer), review).where(col(QaAnswer.criterion).not_in(kept)))
    for one in answers:
        written = {**asdict(one), "causes": list(one.causes)}
        del written["criterion"]
        _write(session, review, one.criterion, written)


def _keep(session: Session, review: QaReview, about: Criterion, said: Mapping[str, Any]) -> None:
    blank = asdict(drafts.blank_answer(about))
    fixed = {name: blank[name] for name in ("lowest", "highest", "weight", "is_critical")}
    _write(session, review, about.key, {**fixed, **said})


def _write(session: Session, review: QaReview, criterion: str, values: Mapping[str, Any]) -> None:
    """Into the one row of a criterion. The review is locked, so that nobody else puts it there meanwhile."""
    changed = session.exec(
        _answers_of(update(QaAnswer), review).where(col(QaAnswer.criterion) == criterion).values(**values)
    )
    if changed.rowcount == 0:
        fresh = QaAnswer(
            workspace_id=review.workspace_id,
            id=new_id(review.started_at),
            review_id=review.id,
            criterion=criterion,
            **values,
        )
        add_once(session, fresh)


def _answers_of(statement: Any, review: QaReview) -> Any:
    return statement.where(*_whose(review)).execution_options(synchronize_session=False)


def _whose(review: QaReview) -> tuple[Any, Any]:
    return col(QaAnswer.workspace_id) == review.workspace_id, col(QaAnswer.review_id) == review.id


def _rows(session: Session, review: QaReview) -> list[QaAnswer]:
    query = select(QaAnswer).where(*_whose(review)).order_by(col(QaAnswer.id))
    return list(session.exec(query.execution_options(populate_existing=True)))


def _criterion(definition: Definition, key: str) -> Criterion:
    try:
        return definition.criterion(key)
    except KeyError:
        raise errors.Invalid("criterion", key, "unknown") from None


def _point(about: Criterion, score: float | None) -> float | None:
    if score is not None and not (1 <= score <= about.highest and float(score).is_integer()):
        raise errors.Invalid(about.key, str(score), "score")
    return None if score is None else float(score)
