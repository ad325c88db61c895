"""One example for each thing that a reviewer and a reader of reviews sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cspm_core.qa import (
    Answer,
    Contact,
    Criterion,
    Definition,
    Happened,
    Lack,
    Lacking,
    Review,
    Section,
    Subject,
    score_of,
    standing,
)

from ..blocks import Drawing, message
from ..words import Words
from . import review_choosers, review_forms, review_views
from .review_choosers import Found
from .review_forms import Desk

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CARD = Definition(
    (
        Section(
            "Opening",
            (
                Criterion("greeting", "Greets the customer by name", ("not at all", "without a name", "by name")),
                Criterion("need", "Understands what is needed", ("missed it", "in part", "fully"), weight=2,
                          causes=("Did not read to the end", "Did not ask back")),
            ),
        ),
        Section(
            "Solution",
            (
                Criterion("right", "The answer is right", ("wrong", "partly right", "right"), weight=3,
                          guidance="Compare with the knowledge base as it stood on the day of the answer.",
                          causes=("Knowledge", "Outdated article", "Haste")),
                Criterion("data", "Data stays protected", ("no", "yes"), is_critical=True, may_be_na=False,
                          causes=("No check of identity", "Too much was shown")),
            ),
        ),
    )
)  # fmt: skip
CONTACT = Contact(
    "RET-20417", 1, None, "https://desk.example/20417", "https://calls.example/20417.mp3",
    "Where is my refund? <third time>",
    "email", "refund", "high", "Bo Berg", NOW - 4 * DAY, NOW - DAY, 2.5 * 3600, 1, "2", "5", False,
    "Nobody told me that it takes & costs\nthat long.",
)  # fmt: skip
BLANK = Review(
    id=7, team_id=1, team="Returns", timezone="America/New_York", scorecard_id=1, scorecard="E-mail", version_id=11,
    definition=CARD, agent_id=2, agent="Teo de Vries", agent_member_id=3, reviewer_id=4, reviewer="박서연",
    contact=CONTACT, stratum="chosen", calibration_id=None, started_at=NOW - HOUR, submitted_at=None, answers=(),
    opened=frozenset(), comment="", is_quick=True, scored=score_of(CARD, standing(CARD, {}, (), is_quick=True)),
    revision=1, in_person=False, tell_at=None, told_at=None, confirmed_at=None,
)  # fmt: skip
CARDS = ((11, "E-mail"), (12, "Complaints"))


def scored(one: Review, *answers: Answer, is_quick: bool = True) -> Review:
    """A draft in which something was said."""
    keys = frozenset(answer.criterion for answer in answers)
    said = {answer.criterion: answer for answer in answers}
    stands = standing(one.definition, said, keys, is_quick=is_quick)
    score = score_of(one.definition, stands)
    return replace(one, answers=answers, opened=keys, is_quick=is_quick, scored=score)


def sent(one: Review) -> Review:
    """The same once it was sent."""
    said = {answer.criterion: answer for answer in one.answers}
    stands = standing(one.definition, said, one.opened, is_quick=one.is_quick)
    history = (
        Happened("submitted", NOW, 4, "박서연", {}),
        Happened("told", NOW + HOUR, None, "", {}),
        Happened("confirmed", NOW + 2 * HOUR, 3, "Teo de Vries", {}),
    )
    return replace(one, answers=stands, submitted_at=NOW, told_at=NOW + HOUR, happened=history)


WRONG = Answer("right", 1.0, 1.0, 3.0, 3.0, causes=("Knowledge", "Haste"), comment="The term is 14 days, not 30.")
LEAK = Answer("data", 1.0, 1.0, 2.0, 1.0, is_critical=True, causes=("Too much was shown",),
              comment="The whole address stands in the answer.")  # fmt: skip
SHORT = Answer("greeting", 2.0, 1.0, 3.0, 1.0)
LOW = scored(BLANK, SHORT, WRONG)
FAILED = scored(BLANK, WRONG, LEAK)
WHOLE = scored(BLANK, Answer("need", None, 1.0, 3.0, 2.0, is_na=True), SHORT, is_quick=False)
BEFORE = (sent(replace(BLANK, id=5, reviewer="Rita Bakker")),)


SCALE = ("not at all", "in part", "fully")
LARGE_CARD = Definition(
    tuple(
        Section(name, tuple(Criterion(f"{name[:2]}{n}", f"{name}, point {n}", SCALE) for n in range(1, 9)))
        for name in ("Opening", "Listening", "Solution", "Closing")
    )
)
LARGE = scored(
    replace(BLANK, definition=LARGE_CARD),
    *(
        Answer(c.key, float(1 + n % 2), 1.0, 3.0, 1.0, comment="Said in many words, so that it takes some room. " * 5)
        for n, c in enumerate(LARGE_CARD.criteria)
    ),
)


def _message(one: Review, t: Words, *, for_agent: bool) -> Drawing:
    return message("-", *review_views.review(one, t, for_agent=for_agent))


def _subject(n: int, subject: str) -> Subject:
    return Subject(1, n, None, f"RET-{n}", 2, "Teo de Vries", 3, subject, "email", NOW - n * HOUR)


SUBJECTS = (_subject(17, "Where is my refund?"), _subject(18, "환불이 늦어요"), _subject(19, ""))

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "qa.review.choose": lambda t: review_choosers.chooser(Found(drafts=(BLANK, LOW)), t),
    "qa.review.choose.agent": lambda t: review_choosers.chooser(Found(SUBJECTS, person="Teo de Vries"), t),
    "qa.review.choose.agent.none": lambda t: review_choosers.chooser(Found(person="Teo de Vries"), t),
    "qa.review.choose.message": lambda t: review_choosers.chooser(Found(from_message=True), t),
    "qa.review.quick": lambda t: review_forms.draft(Desk(BLANK, cards=CARDS, told_below=60.0), t),
    "qa.review.quick.low": lambda t: review_forms.draft(Desk(LOW, cards=CARDS, before=BEFORE, told_below=60.0), t),
    "qa.review.quick.failed": lambda t: review_forms.draft(Desk(FAILED, cards=CARDS, told_below=60.0), t),
    "qa.review.whole": lambda t: review_forms.draft(
        Desk(WHOLE, cards=CARDS, lacks=(Lacking("right", Lack.SCORE), Lacking("data", Lack.SCORE))), t
    ),
    "qa.review.large": lambda t: review_forms.draft(Desk(LARGE, page=1, told_below=60.0), t),
    "qa.review.calibration": lambda t: review_forms.draft(
        Desk(replace(LOW, calibration_id=9, stratum="calibration")), t
    ),
    "qa.review.dropped": review_views.dropped,
    "qa.review.message": lambda t: _message(sent(LOW), t, for_agent=True),
    "qa.review.message.failed": lambda t: _message(sent(FAILED), t, for_agent=False),
    "qa.review.message.large": lambda t: _message(sent(LARGE), t, for_agent=True),
    "qa.review.read": lambda t: review_views.whole(sent(FAILED), 0, t),
    "qa.review.read.large": lambda t: review_views.whole(sent(LARGE), 2, t),
}
