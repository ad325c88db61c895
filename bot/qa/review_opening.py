"""Opening the review modal: whatever it was opened from, it shows the draft as it was left."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from cspm_core import errors, people, qa, samples
from cspm_core.people import Asker, Member
from cspm_core.qa import QaReview, Review, Subject

from ..asking import Ask
from ..blocks import Drawing
from . import review_choosers, review_forms, review_views
from .review_choosers import Found
from .review_forms import Desk


def open_typed(ask: Ask, words: str) -> None:
    """What was typed after `/qa review`: a ticket or a call opens at once, an agent's latest are offered; nothing:
    whatever is begun. Raises NotReviewer, UnknownContact, OwnWork, NoScorecard."""
    with ask.glancing() as session:
        found = wanted(session, ask, words)
    if found.is_certain:
        open_subject(ask, found.subjects[0])
    else:
        ask.opens(choice(ask, found))


def choice(ask: Ask, found: Found) -> Drawing:
    """The modal to choose from what was found. That somebody looked at a person's tickets is written down."""
    if found.person_id is not None and found.subjects:
        with ask.writing() as session:
            people.log_look(session, ask.workspace_id, ask.asker(session), found.person_id, "tickets", now=ask.now)
    return review_choosers.chooser(found, ask.t)


def wanted(session: Session, ask: Ask, words: str) -> Found:
    """What somebody means. Raises NotReviewer where they review nobody, UnknownContact where it is nothing we know."""
    asker = ask.asker(session)
    teams = qa.reviewed_teams(session, ask.workspace_id, asker)
    if not teams or asker.member_id is None:
        raise errors.NotReviewer
    if not words.strip():
        drafts = qa.drafts_of(session, ask.workspace_id, asker.member_id)
        return Found(drafts=tuple(drafts))
    subjects = qa.contacts_named(session, ask.workspace_id, teams, words)
    if subjects:
        return Found(tuple(subjects), typed=words)
    person = qa.person_named(session, ask.workspace_id, words)
    if person is None:
        raise errors.UnknownContact(words.strip())
    if person.id == asker.member_id:
        raise errors.OwnWork(person.name)
    latest = qa.latest_of(session, ask.workspace_id, teams, person, now=ask.now)
    return Found(tuple(latest), person=person.name, person_id=person.id)


def open_subject(ask: Ask, subject: Subject) -> None:
    """The draft of a contact, begun where there is none."""
    ask.opens(begun(ask, team_id=subject.team_id, ticket_id=subject.ticket_id, call_id=subject.call_id))


def begun(ask: Ask, *, team_id: int, ticket_id: int | None = None, call_id: int | None = None) -> Drawing:
    """The modal of a contact's draft, begun where there is none. Raises what `qa.start` does."""
    with ask.writing() as session:
        asker = ask.asker(session)
        team = people.team(session, ask.workspace_id, team_id)
        stratum = samples.stratum_of(session, ask.workspace_id, ticket_id, asker.member_id or 0)
        row = qa.start(session, team, asker, ticket_id=ticket_id, call_id=call_id, stratum=stratum, now=ask.now)
        shown = desk(session, ask, row.id)
    return review_forms.draft(shown, ask.t)


def open_review(ask: Ask, review_id: int) -> None:
    """One's own draft to go on with; a review that was sent, as far as the asker may read it.

    Raises UnknownReview, ReviewClosed.
    """
    with ask.glancing() as session:
        asker = ask.asker(session)
        one = qa.review(session, ask.workspace_id, review_id)
        if one.submitted_at is None and one.reviewer_id == asker.member_id:
            drawing = review_forms.draft(desk(session, ask, review_id), ask.t)
        else:
            check_sight(session, ask, asker, one)
            drawing = review_views.whole(_as_read_by(session, ask, asker, one), 0, ask.t)
    remember(ask, asker, one)
    ask.opens(drawing)


def desk(session: Session, ask: Ask, review_id: int, page: int = 0) -> Desk:
    """What the modal shows of a draft. Raises UnknownReview."""
    found = qa.reviews(session, ask.workspace_id, [review_id])
    if not found:
        raise errors.UnknownReview(str(review_id))
    one = found[0]
    if one.calibration_id is not None:
        return Desk(one, page)
    team = people.team(session, ask.workspace_id, one.team_id)
    cards = [(card.version_id, card.name) for card in qa.scorecards_of(session, team)]
    if one.version_id not in {version for version, _ in cards}:
        cards.insert(0, (one.version_id, one.scorecard))
    before = qa.reviewed_before(session, ask.workspace_id, one)
    limit = samples.plan_of(session, team).told_below if _can_be_told(session, ask, one) else None
    return Desk(one, page, tuple(cards), tuple(before), limit)


def read_page(session: Session, ask: Ask, review_id: int, page: int) -> Drawing:
    """Another page of a review that was sent. Raises UnknownReview, ReviewClosed."""
    asker = ask.asker(session)
    one = qa.review(session, ask.workspace_id, review_id)
    check_sight(session, ask, asker, one)
    return review_views.whole(_as_read_by(session, ask, asker, one), page, ask.t)


def check_sight(session: Session, ask: Ask, asker: Asker, one: Review) -> None:
    """Whether somebody may read a review that was sent. The agent may once it reached them; of a calibration nobody
    but its reviewer. Raises ReviewClosed."""
    is_reviewer = asker.member_id is not None and asker.member_id == one.reviewer_id
    if one.submitted_at is not None and (
        is_reviewer or (one.calibration_id is None and _sees(session, ask, asker, one))
    ):
        return
    raise errors.ReviewClosed


def _sees(session: Session, ask: Ask, asker: Asker, one: Review) -> bool:
    if asker.member_id == one.agent_member_id and one.told_at is None:
        return False
    team = people.team(session, ask.workspace_id, one.team_id)
    return people.may_see_review(
        asker,
        subject_id=one.agent_member_id,
        reviewer_id=one.reviewer_id,
        team_id=one.team_id,
        level=team.person_figures,
    )


def remember(ask: Ask, asker: Asker, one: Review) -> None:
    """That somebody read a review of another person's work which they did not make themselves."""
    subject = one.agent_member_id
    if one.submitted_at is None or subject is None or asker.member_id in (subject, one.reviewer_id):
        return
    with ask.writing() as session:
        people.log_look(session, ask.workspace_id, asker, subject, "reviews", now=ask.now)


def _as_read_by(session: Session, ask: Ask, asker: Asker, one: Review) -> Review:
    """The agent reads who reviewed them where their team shows that."""
    if asker.member_id != one.agent_member_id:
        return one
    team = people.team(session, ask.workspace_id, one.team_id)
    return one if samples.plan_of(session, team).shows_reviewer else replace(one, reviewer="")


def _can_be_told(session: Session, ask: Ask, one: Review) -> bool:
    if one.agent_member_id is None:
        return False
    agent: Member | None = session.get(Member, (ask.workspace_id, one.agent_member_id))
    return agent is not None and agent.slack_user_id is not None


def row_of(session: Session, ask: Ask, review_id: int) -> QaReview:
    """One's own draft, to be written on. Raises UnknownReview, NotYourReview, ReviewSent."""
    return qa.draft(session, ask.workspace_id, review_id, ask.asker(session))
