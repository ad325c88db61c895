"""One row of an export of reviews, what it says of one criterion, or the reason why it is refused."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from ..people import fold
from ..qa.rules import Stratum
from ..tickets.rules import EARLIEST
from . import values
from .call_values import NO, YES
from .files import Line
from .instants import Instants
from .mapping import FieldMap

STRATA: Mapping[str, Stratum] = {
    **{stratum.value: stratum for stratum in Stratum},
    **dict.fromkeys(("random sample", "sample", "sampled", "assigned"), Stratum.RANDOM),
    **dict.fromkeys(("low rating", "dsat", "bad csat", "low csat"), Stratum.LOW_RATING),
    **dict.fromkeys(("escalated",), Stratum.ESCALATION),
    **dict.fromkeys(("sla breach", "breached"), Stratum.BREACH),
    **dict.fromkeys(("manual", "manually", "targeted", "ad hoc"), Stratum.CHOSEN),
    **dict.fromkeys(("calibrated",), Stratum.CALIBRATION),
}
"""How other tools say why a contact was reviewed."""


class ReviewReason(StrEnum):
    """Why one row was refused."""

    TOO_FEW_FIELDS = "too_few_fields"
    TOO_MANY_FIELDS = "too_many_fields"
    NO_ID = "no_id"
    NO_TEAM = "no_team"
    UNKNOWN_TEAM = "unknown_team"
    NO_TIME = "no_time"
    BAD_TIME = "bad_time"
    AHEAD = "ahead"
    NO_AGENT = "no_agent"
    NO_SCORECARD = "no_scorecard"
    NO_CRITERION = "no_criterion"
    NO_SCORE = "no_score"
    BAD_NUMBER = "bad_number"
    BAD_SCALE = "bad_scale"
    OFF_SCALE = "off_scale"
    BAD_TRUTH = "bad_truth"
    OF_CALIBRATION = "of_calibration"
    CONTRADICTS = "contradicts"
    CRITERION_TWICE = "criterion_twice"
    INCOMPLETE = "incomplete"
    """Another row of the same review was refused: without it the score would be another."""


class RefusedReview(Exception):
    """A row that cannot be taken."""

    def __init__(self, reason: ReviewReason) -> None:
        super().__init__(reason)
        self.reason = reason


class Key(NamedTuple):
    """Which review a row belongs to. `scope` is 0 where the row itself names the team."""

    team_id: int
    scope: int
    review_id: str


class About(NamedTuple):
    """What every row of one review says alike."""

    at: datetime
    ticket: str
    agent: str
    reviewer: str
    scorecard: str


class Scored(NamedTuple):
    """What a row says of its criterion. `score` None: not applicable."""

    criterion: str
    score: float | None
    lowest: float
    highest: float
    weight: float
    is_critical: bool
    comment: str


class ReviewRow(NamedTuple):
    """One row. `stratum`: as it is written; empty: nothing is."""

    about: About
    scored: Scored
    stratum: str


Field = Callable[[Sequence[str]], str]


class ReviewRows:
    """Reads rows of one file."""

    def __init__(
        self,
        places: Mapping[str, int],
        width: int,
        told: FieldMap,
        instants: Instants,
        teams: Mapping[str, int],
        team_id: int | None,
        until: datetime,
    ) -> None:
        """`teams`: folded name -> id; `team_id`: of rows that name none; `until`: nothing was reviewed later."""
        self.places, self.width, self.told, self.instants = places, width, told, instants
        self.teams, self.team_id, self.until = teams, team_id, until
        nothing = values.NOTHING
        self._id, self._team = self._field("review_id", nothing), self._field("team")
        self._at, self._agent = self._field("at", nothing), self._field("agent", values.NOBODY)
        self._ticket, self._reviewer = self._field("ticket", nothing), self._field("reviewer", values.NOBODY)
        self._scorecard, self._criterion = self._field("scorecard", nothing), self._field("criterion")
        self._score, self._comment = self._field("score"), self._field("comment")
        self._lowest, self._highest = self._field("min", nothing), self._field("max", nothing)
        self._weight, self._stratum = self._field("weight", nothing), self._field("stratum", nothing)
        self._critical, self._na = self._field("critical", nothing), self._field("na", nothing)

    def _field(self, name: str, nothing: frozenset[str] = frozenset()) -> Field:
        """How one column is read: trimmed, emptied, translated by the map, else its default."""
        place, words = self.places.get(name), self.told.values.get(name)
        default, blank = self.told.defaults.get(name, ""), {"", *self.told.empty}
        if place is None:
            return lambda _: default

        def text(fields: Sequence[str]) -> str:
            said = fields[place].strip()
            return default if said in blank or said.casefold() in nothing else said

        if not words:
            return text
        return lambda fields: words.get(text(fields).casefold(), text(fields))

    def key(self, line: Line) -> Key:
        """Which review. Raises RefusedReview."""
        fields = line.fields
        if len(fields) < self.width:
            raise RefusedReview(ReviewReason.TOO_FEW_FIELDS)
        if any(fields[self.width :]):
            raise RefusedReview(ReviewReason.TOO_MANY_FIELDS)
        review_id = _plain(self._id(fields))
        if not review_id:
            raise RefusedReview(ReviewReason.NO_ID)
        name = self._team(fields)
        team_id = self.teams.get(fold(name)) if name else self.team_id
        if team_id is None:
            raise RefusedReview(ReviewReason.UNKNOWN_TEAM if name else ReviewReason.NO_TEAM)
        return Key(team_id, 0 if name else team_id, review_id)

    def row(self, line: Line) -> ReviewRow:
        """What it says. Raises RefusedReview."""
        fields = line.fields
        at, agent = self._when(self._at(fields)), self._agent(fields)
        scorecard, criterion = self._scorecard(fields), " ".join(self._criterion(fields).split())
        for said, lacks in (
            (agent, ReviewReason.NO_AGENT),
            (scorecard, ReviewReason.NO_SCORECARD),
            (criterion, ReviewReason.NO_CRITERION),
        ):
            if not said:
                raise RefusedReview(lacks)
        stratum = self._stratum(fields)
        if STRATA.get(fold(stratum)) is Stratum.CALIBRATION:
            raise RefusedReview(ReviewReason.OF_CALIBRATION)
        about = About(at, _plain(self._ticket(fields)), agent, self._reviewer(fields), " ".join(scorecard.split()))
        return ReviewRow(about, self._scored(fields, criterion), stratum)

    def _when(self, text: str) -> datetime:
        if not text:
            raise RefusedReview(ReviewReason.NO_TIME)
        try:
            at = self.instants.read(text)
        except (ValueError, OverflowError):
            raise RefusedReview(ReviewReason.BAD_TIME) from None
        if at < EARLIEST:
            raise RefusedReview(ReviewReason.BAD_TIME)
        if at > self.until:
            raise RefusedReview(ReviewReason.AHEAD)
        return at

    def _scored(self, fields: Sequence[str], criterion: str) -> Scored:
        lowest, highest = _number(self._lowest(fields), 1.0), _number(self._highest(fields), math.nan)
        weight = _number(self._weight(fields), 1.0)
        if not lowest < highest or weight < 0:
            raise RefusedReview(ReviewReason.BAD_SCALE)
        score = self._given(fields)
        if score is not None and not lowest <= score <= highest:
            raise RefusedReview(ReviewReason.OFF_SCALE)
        is_critical = _truth(self._critical(fields))
        return Scored(criterion, score, lowest, highest, weight, is_critical, self._comment(fields))

    def _given(self, fields: Sequence[str]) -> float | None:
        """The score; None: not applicable, which an empty one is where no column says so."""
        text, na = self._score(fields), self._na(fields)
        is_na = _truth(na) or text.casefold() in values.NOTHING
        if is_na or (not text and "na" not in self.places):
            return None
        if not text:
            raise RefusedReview(ReviewReason.NO_SCORE)
        return _number(text, math.nan)


def _plain(key: str) -> str:
    """As pandas writes whole numbers."""
    return key[:-2] if key.endswith(".0") and key[:-2].isdigit() else key


def _number(text: str, otherwise: float) -> float:
    """A number, with a comma or a percent sign too. Raises RefusedReview."""
    if not text:
        return otherwise
    try:
        found = float(text.removesuffix("%").strip().replace(",", "."))
    except ValueError:
        raise RefusedReview(ReviewReason.BAD_NUMBER) from None
    if not math.isfinite(found):
        raise RefusedReview(ReviewReason.BAD_NUMBER)
    return found


def _truth(text: str) -> bool:
    word = text.casefold()
    if not word or word in NO:
        return False
    if word in YES:
        return True
    raise RefusedReview(ReviewReason.BAD_TRUTH)
