"""Reviews come in whole, once, and a changed one is brought up to date; what cannot be is refused, and said."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from cspm_core import calls, imports, people, tickets
from cspm_core.calls import CallFacts
from cspm_core.imports import Fault, ReviewReport, Unreadable
from cspm_core.kpi.tables import FigureDay
from cspm_core.notices import Notice
from cspm_core.people import Identity
from cspm_core.qa import frames
from cspm_core.qa.rules import Definition
from cspm_core.qa.scorecard_rules import check
from cspm_core.qa.tables import QaAnswer, QaReview, QaReviewEvent, QaScorecard, QaScorecardVersion
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

HEADER = ",".join(imports.REVIEWS)
AT = "2026-11-02T09:00:00Z"


def row(review: str, criterion: str, score: object = 4, **said: object) -> str:
    """A row; what is not said is as in the others."""
    told: dict[str, object] = {
        "review_id": review, "at": AT, "ticket": "R-1", "agent": "Teo de Vries", "reviewer": "Grace Kim",
        "scorecard": "E-mail", "criterion": criterion, "score": score, "min": 1, "max": 5, "weight": 1,
        "critical": "no", "na": "no", "comment": "", "stratum": "random", **said,
    }  # fmt: skip
    return ",".join(str(told[name]) for name in imports.REVIEWS)


def sheet(*rows: str) -> str:
    return "\n".join([HEADER, *rows]) + "\n"


@dataclass
class Stage:
    """A store with the teams Returns (Amsterdam) and Tech Support (New York)."""

    store: Store
    workspace_id: int
    folder: Path
    now: datetime

    def load(self, said: str, *, map: str | None = None, name: str = "reviews.csv", **wish: Any) -> ReviewReport:
        path = self.folder / name
        path.write_text(said, "utf-8")
        wish = {"team": "Returns", **wish}
        if map is not None:
            (self.folder / "map.yaml").write_text(map, "utf-8")
            wish["map"] = self.folder / "map.yaml"
        plan = imports.plan_reviews(self.store, self.workspace_id, imports.Wish(path, **wish), now=self.now)
        survey = imports.survey_reviews(plan, lambda _: None)
        with imports.RefusedRows(survey.plan.export, str, dry_run=plan.wish.dry_run) as refused:
            return imports.take_reviews(
                self.store, self.workspace_id, survey, refused, now=self.now, advance=lambda _: None
            )

    def reviews(self) -> dict[str, QaReview]:
        with self.store.reading() as session:
            return {str(one.source_key).split(":")[1]: one for one in session.exec(select(QaReview))}

    def answers(self, review: QaReview) -> dict[str, QaAnswer]:
        with self.store.reading() as session:
            rows = session.exec(select(QaAnswer).where(QaAnswer.review_id == review.id))
            return {one.criterion: one for one in rows}

    def every(self, table: Any) -> list[Any]:
        with self.store.reading() as session:
            return list(session.exec(select(table)))

    def refused(self, report: ReviewReport) -> list[tuple[str, str]]:
        assert report.refused_file
        rows = list(csv.reader(report.refused_file.read_text("utf-8-sig").splitlines()))
        return [(line, reason) for line, reason, *_ in rows[1:]]


@pytest.fixture
def stage(store: Store, workspace_id: int, tmp_path: Path, now: datetime) -> Stage:
    with store.transaction() as session:
        people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=now)
        people.add_team(session, workspace_id, "Tech Support", timezone="America/New_York", now=now)
    return Stage(store, workspace_id, tmp_path, now)


def test_a_review_comes_with_its_answers_and_its_score(stage: Stage):
    report = stage.load(
        sheet(
            row("1", "Tone", 5, weight=3), row("1", "Solution", 3, comment="Half"), row("1", "Greeting", "", na="yes")
        )
    )
    assert (report.rows, report.reviews, report.new, report.refused.total()) == (3, 1, 1, 0)
    one = stage.reviews()["1"]
    assert one.score == pytest.approx((3 * 100 + 50) / 4)
    assert (one.is_passed, one.critical_failures, one.stratum) == (True, 0, "random")
    assert (one.submitted_at, one.reviewer, one.contact_key) == (
        datetime(2026, 11, 2, 9, tzinfo=UTC),
        "Grace Kim",
        "R-1",
    )
    found = stage.answers(one)
    assert {key: (a.score, a.weight, a.is_na, a.comment) for key, a in found.items()} == {
        "tone": (5, 3, False, ""), "solution": (3, 1, False, "Half"), "greeting": (None, 1, True, ""),
    }  # fmt: skip
    with stage.store.reading() as session:
        agent = session.get_one(Identity, (stage.workspace_id, one.agent_id))
    assert agent.name == "Teo de Vries"


def test_a_failed_critical_criterion_makes_it_zero_and_the_rest_is_kept(stage: Stage):
    stage.load(sheet(row("1", "Tone", 5), row("1", "Privacy", 1, critical="yes")))
    one = stage.reviews()["1"]
    assert (one.score, one.score_without_critical, one.is_passed, one.critical_failures) == (0, 50, False, 1)


def test_min_is_one_and_weight_one_where_the_file_has_no_such_columns(stage: Stage):
    stage.load(
        "review_id,at,agent,scorecard,criterion,score,max\n"
        f"1,{AT},Teo,Chat,Tone,3,5\n1,{AT},Teo,Chat,Speed,,5\n2,{AT},Teo,Chat,Tone,40,100\n"
    )
    first, second = stage.reviews()["1"], stage.reviews()["2"]
    assert first.score == 50
    assert stage.answers(first)["speed"].is_na
    assert second.score == pytest.approx(39 / 99 * 100)
    assert (first.contact_key, first.ticket_id, first.stratum) == ("", None, "chosen")


def test_the_same_file_again_changes_nothing(stage: Stage):
    said = sheet(row("1", "Tone", 5), row("1", "Solution", 3), row("2", "Tone", 2))
    stage.load(said)
    before = [stage.every(table) for table in (QaReview, QaAnswer, QaReviewEvent, QaScorecard, QaScorecardVersion)]
    report = stage.load(said)
    assert (report.new, report.changed, report.unchanged, report.scorecards, report.versions) == (0, 0, 2, (), 0)
    after = [stage.every(table) for table in (QaReview, QaAnswer, QaReviewEvent, QaScorecard, QaScorecardVersion)]
    assert after == before


def test_a_changed_review_is_brought_up_to_date_and_its_history_kept(stage: Stage):
    stage.load(sheet(row("1", "Tone", 5), row("1", "Solution", 3)))
    stage.now += timedelta(days=1)
    report = stage.load(sheet(row("1", "Tone", 1), row("1", "Solution", 3), row("2", "Tone"), row("2", "Solution")))
    assert (report.new, report.changed, report.unchanged) == (1, 1, 0)
    one = stage.reviews()["1"]
    assert (one.score, one.revision) == (25, 2)
    assert {key: a.score for key, a in stage.answers(one).items()} == {"tone": 1, "solution": 3}
    happened = sorted((e for e in stage.every(QaReviewEvent) if e.review_id == one.id), key=lambda e: e.at)
    assert [(e.kind, e.facts["score"]) for e in happened] == [("submitted", 75), ("changed", 25)]


def test_a_scorecard_has_a_version_for_each_set_of_criteria(stage: Stage):
    report = stage.load(
        sheet(
            row("1", "Tone"), row("1", "Solution"), row("2", "Solution"), row("2", "Tone"),
            row("3", "Tone", at="2026-11-09T09:00:00Z"), row("4", "Tone", scorecard="Chat", max=10),
        )
    )  # fmt: skip
    assert (set(report.scorecards), report.versions) == ({"E-mail", "Chat"}, 3)
    by_name = {card.name: card for card in stage.every(QaScorecard)}
    versions = {(v.scorecard_id, v.version): Definition.read(v.definition) for v in stage.every(QaScorecardVersion)}
    mail = by_name["E-mail"]
    assert mail.version == 2
    assert [c.name for c in versions[mail.id, 1].criteria] == ["Tone", "Solution"]
    assert [(c.key, c.scale) for c in versions[mail.id, 2].criteria] == [("tone", ("1", "2", "3", "4", "5"))]
    chat = versions[by_name["Chat"].id, 1].criteria[0]
    assert chat.scale == ("1", "3.25", "5.5", "7.75", "10")
    one, two = stage.reviews()["1"], stage.reviews()["2"]
    assert one.version_id == two.version_id != stage.reviews()["3"].version_id


def test_a_scorecard_that_was_there_keeps_what_it_offers(stage: Stage):
    stage.load(sheet(row("1", "Tone")))
    report = stage.load(
        sheet(row("2", "Tone", at="2026-11-09T09:00:00Z"), row("2", "Solution", at="2026-11-09T09:00:00Z"))
    )
    assert (report.scorecards, report.versions) == ((), 1)
    [card] = stage.every(QaScorecard)
    assert card.version == 1
    assert sorted(v.version for v in stage.every(QaScorecardVersion)) == [1, 2]


def test_tickets_and_calls_that_are_known_are_found_and_others_kept(stage: Stage):
    with stage.store.transaction() as session:
        team = people.team_named(session, stage.workspace_id, "Returns")
        at = datetime(2026, 11, 1, 9, tzinfo=UTC)
        tickets.record(
            session, team, [TicketFacts("R-1", at, solved_at=at)], scope=team.id, known_at=stage.now, now=stage.now
        )
        calls.record(session, team, [CallFacts("C-1", at)], scope=team.id, known_at=stage.now, now=stage.now)
    report = stage.load(
        sheet(
            row("1", "Tone"),
            row("2", "Tone", ticket="C-1"),
            row("3", "Tone", ticket="X-9"),
            row("4", "Tone", ticket="#R-1"),
        )
    )
    found = stage.reviews()
    assert found["1"].ticket_id is not None
    assert found["4"].ticket_id == found["1"].ticket_id
    assert (found["2"].ticket_id, found["2"].call_id is not None) == (None, True)
    assert (found["3"].ticket_id, found["3"].call_id, found["3"].contact_key) == (None, None, "X-9")
    assert report.unknown_contacts == 1


def test_people_whom_we_know_are_found_and_the_others_named(stage: Stage):
    with stage.store.transaction() as session:
        grace = people.add_member(session, stage.workspace_id, "Grace Kim", now=stage.now)
    report = stage.load(sheet(row("1", "Tone"), row("2", "Tone", reviewer="Omar")))
    found = stage.reviews()
    assert (found["1"].reviewer_id, found["2"].reviewer_id) == (grace.id, None)
    assert (report.unmatched, report.unknown_reviewers) == ({"Teo de Vries": 2}, {"Omar": 1})
    assert "omar" not in {one.key for one in stage.every(Identity)}


def test_only_what_says_random_is_random(stage: Stage):
    report = stage.load(
        sheet(
            row("1", "Tone"), row("2", "Tone", stratum=""), row("3", "Tone", stratum="full moon"),
            row("4", "Tone", stratum="DSAT"), row("5", "Tone", stratum="Random sample"),
        )
    )  # fmt: skip
    assert {key: one.stratum for key, one in stage.reviews().items()} == {
        "1": "random", "2": "chosen", "3": "chosen", "4": "low_rating", "5": "random",
    }  # fmt: skip
    assert (report.random, report.without_stratum, report.unknown_strata) == (2, 1, {"full moon": 1})
    with stage.store.reading() as session:
        team = people.team_named(session, stage.workspace_id, "Returns")
        assert frames.reviews(session, team, stage.now - timedelta(days=60), stage.now).is_random.sum() == 2


def test_nothing_of_an_import_is_announced(stage: Stage):
    with stage.store.transaction() as session:
        people.add_member(session, stage.workspace_id, "Teo de Vries", slack_user_id="U0TEO", now=stage.now)
    stage.load(sheet(row("1", "Tone", 1)))
    one = stage.reviews()["1"]
    assert (one.tell_at, one.told_at, one.draft_key) == (None, None, None)
    assert stage.every(Notice) == []


def test_rows_that_contradict_each_other_are_no_review(stage: Stage):
    report = stage.load(
        sheet(
            row("1", "Tone"), row("1", "Solution", agent="Ada King"),
            row("2", "Tone", 4), row("2", "Tone", 5),
            row("3", "Tone"), row("3", "Tone"), row("3", "Solution"),
        )
    )  # fmt: skip
    assert list(stage.reviews()) == ["3"]
    assert report.refused == {"contradicts": 2, "criterion_twice": 2}
    assert report.duplicates == 1
    assert stage.refused(report) == [
        ("2", "contradicts"),
        ("3", "contradicts"),
        ("4", "criterion_twice"),
        ("5", "criterion_twice"),
    ]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"agent": ""}, "no_agent"),
        ({"at": ""}, "no_time"),
        ({"at": "some day"}, "bad_time"),
        ({"at": "2026-12-24T09:00:00Z"}, "ahead"),
        ({"scorecard": ""}, "no_scorecard"),
        ({"criterion": " "}, "no_criterion"),
        ({"score": ""}, "no_score"),
        ({"score": "fine"}, "bad_number"),
        ({"score": 6}, "off_scale"),
        ({"score": 0}, "off_scale"),
        ({"max": 1}, "bad_scale"),
        ({"max": ""}, "bad_scale"),
        ({"weight": -1}, "bad_scale"),
        ({"critical": "perhaps"}, "bad_truth"),
        ({"stratum": "calibration"}, "of_calibration"),
    ],
)
def test_a_review_with_a_row_that_cannot_be_is_refused_whole(stage: Stage, said: dict[str, object], reason: str):
    told = {"criterion": "Solution", "score": 3, **said}
    report = stage.load(sheet(row("1", "Tone"), row("1", **told), row("2", "Tone")))  # type: ignore[arg-type]
    assert stage.refused(report) == [("2", "incomplete"), ("3", reason)]
    assert list(stage.reviews()) == ["2"]
    assert (report.reviews, report.taken) == (1, 1)


def test_a_row_without_a_review_or_of_another_width_is_refused_alone(stage: Stage):
    report = stage.load(sheet(row("", "Tone"), "1,2", row("1", "Tone") + ",more", row("2", "Tone")))
    assert report.refused == {"no_id": 1, "too_few_fields": 1, "too_many_fields": 1}
    assert list(stage.reviews()) == ["2"]


def test_the_refused_rows_mended_come_in(stage: Stage):
    report = stage.load(sheet(row("1", "Tone"), row("1", "Solution", 9)))
    assert report.refused_file
    mended = report.refused_file.read_text("utf-8-sig").replace(",9,", ",5,")
    report = stage.load(mended, name="mended.csv")
    assert (report.new, report.refused.total()) == (1, 0)
    assert stage.reviews()["1"].score == pytest.approx(87.5)


def test_the_rows_of_a_review_need_not_follow_each_other(stage: Stage):
    names = [f"C{n}" for n in range(8)]
    rows = [row(str(review), name, agent=f"A{review % 7}") for name in names for review in range(400)]
    report = stage.load(sheet(*rows))
    assert (report.rows, report.new, report.versions) == (3200, 400, 1)
    assert len(stage.every(QaAnswer)) == 3200
    assert report.unmatched["A0"] == 58


def test_a_dry_run_only_counts(stage: Stage):
    report = stage.load(sheet(row("1", "Tone"), row("2", "Tone", 9)), dry_run=True)
    assert (report.new, report.refused.total(), report.scorecards, report.refused_file) == (1, 1, ("E-mail",), None)
    assert [stage.every(table) for table in (QaReview, QaAnswer, QaScorecard, Identity)] == [[], [], [], []]
    stage.load(sheet(row("1", "Tone")))
    report = stage.load(sheet(row("1", "Tone"), row("2", "Tone", 2)), dry_run=True)
    assert (report.new, report.changed, report.unchanged) == (1, 0, 1)


def test_a_column_names_the_team(stage: Stage):
    said = f"{HEADER},team\n{row('1', 'Tone')},Tech Support\n{row('2', 'Tone')},Nobody\n{row('1', 'Tone')},\n"
    report = stage.load(said)
    assert report.refused == {"unknown_team": 1}
    found = sorted(one.source_key for one in stage.every(QaReview))
    with stage.store.reading() as session:
        returns = people.team_named(session, stage.workspace_id, "Returns")
    assert found == sorted(["0:1", f"{returns.id}:1"])
    assert set(report.teams) == {"Tech Support", "Returns"}


def test_the_columns_of_other_tools_are_recognised_and_a_map_says_the_rest(stage: Stage):
    report = stage.load(
        "Review ID;Review date;Ticket number;Reviewee;Reviewer name;Category;Rating;Rating scale\n"
        "7;20/11/2026 09:15;R-1;Teo;Grace;Tone;Good;4\n",
        map="columns: {max: Rating scale}\nvalues: {score: {Good: 3}}\ndefaults: {scorecard: Old tool}\n",
    )
    assert (report.new, report.timezone_of_team, report.timezone) == (1, True, "Europe/Amsterdam")
    one = stage.reviews()["7"]
    assert one.score == pytest.approx(200 / 3)
    assert one.submitted_at == datetime(2026, 11, 20, 8, 15, tzinfo=UTC)


def test_a_file_without_what_is_needed_is_unreadable(stage: Stage):
    with pytest.raises(Unreadable) as problem:
        stage.load("review_id,at,agent,criterion,score,max\n")
    assert (problem.value.fault, problem.value.about) == (Fault.NO_COLUMN, "scorecard")


def test_a_comment_that_every_row_repeats_is_one_about_the_whole(stage: Stage):
    stage.load(sheet(row("1", "Tone", comment="Well done"), row("1", "Solution", comment="Well done")))
    one = stage.reviews()["1"]
    assert one.comment == "Well done"
    assert {a.comment for a in stage.answers(one).values()} == {""}


def test_the_figures_of_its_days_are_forgotten(stage: Stage):
    with stage.store.transaction() as session:
        team = people.team_named(session, stage.workspace_id, "Returns")
        for n, day in enumerate((date(2026, 11, 2), date(2026, 11, 12)), start=1):
            about = {"workspace_id": stage.workspace_id, "id": n, "team_id": team.id, "day": day}
            session.add(FigureDay(**about, as_of=stage.now, counted_for="", is_whole=True, figures="{}"))
    stage.load(sheet(row("1", "Tone")))
    assert [one.day for one in stage.every(FigureDay)] == [date(2026, 11, 12)]


def test_long_names_are_cut_to_what_a_scorecard_takes_and_known_again(stage: Stage):
    said = sheet(row("1", "Did the agent " + "really " * 20 + "greet?"), row("1", "Tone", 2))
    stage.load(said)
    [version] = stage.every(QaScorecardVersion)
    definition = Definition.read(version.definition)
    check(definition)
    assert {one.key for one in definition.criteria} == set(stage.answers(stage.reviews()["1"]))
    report = stage.load(said)
    assert (report.unchanged, report.versions) == (1, 0)
