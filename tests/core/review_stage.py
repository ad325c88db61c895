"""A team whose work is reviewed, and a clock that lets reviews reach their agents and disputes climb."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import select

from cspm_core import disputes, duty, notices, people, qa
from cspm_core.disputes import Dispute
from cspm_core.ids import new_id
from cspm_core.notices import Notice
from cspm_core.people import Asker, Member, Role, Team
from cspm_core.qa import Criterion, Definition, QaReview, QaReviewEvent, Section
from cspm_core.samples.tables import QaPlan
from cspm_core.store import Store

ZONE = "Europe/Amsterdam"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Ten in the morning in Amsterdam."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CARD = Definition(
    (
        Section(
            "Answer",
            (
                Criterion("right", "The answer is right", ("wrong", "half", "right"), weight=2, causes=("Knowledge",)),
                Criterion("tone", "The tone is kind", ("rude", "flat", "kind")),
                Criterion("safe", "Data is safe", ("no", "yes"), is_critical=True),
            ),
        ),
    )
)


@dataclass
class Office:
    """Returns in Amsterdam: Mina leads, Omar manages, Rita reviews, Ada and Teo work. Nine to five on weekdays."""

    store: Store
    workspace_id: int
    now: datetime = MONDAY
    cast: dict[str, Member] = field(default_factory=dict)
    said: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        with self.store.transaction() as session:
            self.team = people.add_team(
                session, self.workspace_id, "Returns", timezone=ZONE, hours="mon-fri 09:00-17:00", now=self.now
            )
        for name, role in (
            ("Mina", Role.LEAD),
            ("Omar", Role.MANAGER),
            ("Rita", Role.QA_REVIEWER),
            ("Ada", Role.AGENT),
            ("Teo", Role.AGENT),
        ):
            self.joins(name, role)

    def joins(self, name: str, role: Role, **facts: Any) -> Member:
        with self.store.transaction() as session:
            slack = facts.pop("slack_user_id", f"U{name.upper()}")
            one = self.cast.get(name) or people.add_member(
                session, self.workspace_id, name, slack_user_id=slack, now=self.now, **facts
            )
            self.cast[name] = one
            people.join_team(session, self.team, one, role, now=self.now, from_day=date(2026, 1, 1))
        return one

    def changes(self, **settings: Any) -> None:
        """The team's own settings."""
        with self.store.transaction() as session:
            team = session.get_one(Team, (self.workspace_id, self.team.id))
            for name, value in settings.items():
                setattr(team, name, value)
            session.add(team)
        self.team = team

    def plans(self, **settings: Any) -> None:
        with self.store.transaction() as session:
            session.add(QaPlan(workspace_id=self.workspace_id, id=new_id(self.now), team_id=self.team.id, **settings))

    def is_away(self, name: str, start: datetime, end: datetime) -> None:
        with self.store.transaction() as session:
            duty.be_away(session, self.cast[name], start, end, by=None, note="", now=min(self.now, start))

    def asker(self, name: str) -> Asker:
        with self.store.reading() as session:
            return people.asker(session, self.workspace_id, str(self.cast[name].slack_user_id), self.now.date())

    def identity(self, name: str) -> int:
        with self.store.transaction() as session:
            return people.identity(session, self.workspace_id, name, now=self.now).id

    def review(self, agent: str = "Ada", by: str = "Rita", *, in_person: bool = False, **scores: float) -> int:
        """A review that was sent now; best points where nothing else is said. Its id."""
        with self.store.transaction() as session:
            row = qa.start(
                session,
                self.team,
                self.asker(by),
                contact_key=f"R-{len(self.said)}",
                agent_id=people.identity(session, self.workspace_id, agent, now=self.now).id,
                stratum="random",
                version_id=self._version(session),
                now=self.now,
            )
            for key, score in scores.items():
                about = CARD.criterion(key)
                causes = about.causes if score == 1 else ()
                qa.write_answer(session, row, key, score=score, causes=causes, comment="As it was.")
            qa.submit(session, row, by=self.asker(by), now=self.now)
            self.said.append(row.id)
            session.refresh(row)
            disputes.announce(session, row, in_person=in_person, now=self.now)
            return row.id

    def _version(self, session: Any) -> int:
        found = qa.scorecards_of(session, self.team)
        card = found[0] if found else qa.save_scorecard(session, self.team, "Mail", CARD, by=None, now=self.now)
        return card.version_id

    def turn_to(self, at: datetime, step: timedelta = 30 * MINUTE) -> None:
        """Beats on the way: what is due moves on, and what is asked for is said."""
        self.beat()
        while self.now < at:
            self.now = min(at, self.now + step - (self.now - MONDAY) % step)
            self.beat()

    def turn(self, **delta: float) -> None:
        self.turn_to(self.now + timedelta(**delta))

    def beat(self) -> None:
        with self.store.transaction() as session:
            for one in disputes.due(session, now=self.now):
                disputes.move_on(session, one, now=self.now)
        self._deliver()

    def _deliver(self) -> None:
        """As Slack would: only where it is still a good moment for a review."""
        with self.store.transaction() as session:
            for key in notices.due(session, now=self.now, real_now=self.now):
                claimed = notices.claim(session, *key, f"{key}", now=self.now, real_now=self.now)
                assert claimed is not None
                notices.shown(session, claimed, channel="D1", ts=str(claimed.notice.id), now=self.now)
                if claimed.notice.kind == disputes.TOLD and claimed.notice.slack_ts is None:
                    disputes.arrived(session, claimed.notice)

    def row(self, review_id: int) -> QaReview:
        with self.store.reading() as session:
            return session.get_one(QaReview, (self.workspace_id, review_id))

    def dispute(self, review_id: int) -> Dispute:
        with self.store.reading() as session:
            found = disputes.dispute_of(session, self.workspace_id, review_id)
        assert found is not None
        return found

    def standing(self, review_id: int) -> disputes.Standing:
        with self.store.reading() as session:
            return disputes.standing(session, self.workspace_id, review_id, now=self.now)

    def kinds(self, review_id: int) -> list[str]:
        return [one.kind for one in self.events(review_id)]

    def events(self, review_id: int) -> list[QaReviewEvent]:
        with self.store.reading() as session:
            rows = session.exec(select(QaReviewEvent).where(QaReviewEvent.review_id == review_id))
            return sorted(rows, key=lambda one: (one.at, one.id))

    def told(self, kind: str) -> list[tuple[str, datetime]]:
        """Who was told something of a kind, and when, in order."""
        names = {one.slack_user_id: name for name, one in self.cast.items()}
        with self.store.reading() as session:
            rows = session.exec(select(Notice).where(Notice.kind == kind)).all()
        said = [(one.shown_at, one.id, names[one.place]) for one in rows if one.shown_at is not None]
        return [(name, at) for at, _, name in sorted(said)]

    def disputes_it(self, review_id: int, who: str = "Ada", **facts: Any) -> int:
        """The id of the dispute."""
        given = {"comment": "The customer was told twice.", "proposed": {"right": 3.0}, **facts}
        with self.store.transaction() as session:
            return disputes.raise_one(
                session, self.workspace_id, review_id, by=self.asker(who), now=self.now, **given
            ).id

    def decides(self, dispute_id: int, who: str, status: str, reason: str = "I looked again.", **facts: Any) -> None:
        verdict = disputes.Verdict(disputes.Status(status), reason, **facts)
        with self.store.transaction() as session:
            disputes.decide(session, self.workspace_id, dispute_id, verdict, by=self.asker(who), now=self.now)
