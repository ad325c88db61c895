"""How like a name in the data is to a person, and who is likeliest. No database.

A likeness only ever suggests: a display name is anybody's to choose, so a lead or an admin confirms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .spelling import marks, marks_of_person
from .typos import initials, is_slip, wholes


class Reason(StrEnum):
    """Why a name may be a person's, the surest first."""

    ADDRESS = "address"
    """It is their address."""
    NAME = "name"
    """It is their name, in whatever order and with whatever accents."""
    LOGIN = "login"
    """It is what they sign in with, or is made of their whole name."""
    SHORTER = "shorter"
    """It is their name with parts left out."""
    INITIALS = "initials"
    """It is their name with initials."""
    ALONE = "alone"
    """It is one part of their name."""
    SPELLED = "spelled"
    """It is their whole name but for a letter."""


SCORES: Mapping[Reason, float] = {
    Reason.ADDRESS: 1.0,
    Reason.NAME: 0.95,
    Reason.LOGIN: 0.9,
    Reason.SHORTER: 0.75,
    Reason.INITIALS: 0.7,
    Reason.ALONE: 0.5,
    Reason.SPELLED: 0.4,
}
STRONG = 0.9
"""From here on several may be confirmed at once."""
LIMIT = 0.4
"""Nobody is suggested who is less like."""
CLOSE = 0.05
"""Two people whose scores are no further apart are equally likely."""
ALIKE: tuple[tuple[Reason, str, str], ...] = (
    (Reason.ADDRESS, "addresses", "addresses"),
    (Reason.NAME, "names", "names"),
    (Reason.LOGIN, "logins", "logins"),
    (Reason.LOGIN, "logins", "joined"),
    (Reason.LOGIN, "joined", "logins"),
    (Reason.SHORTER, "names", "shorter"),
    (Reason.SHORTER, "shorter", "names"),
    (Reason.INITIALS, "abbreviated", "names"),
    (Reason.INITIALS, "names", "abbreviated"),
    (Reason.INITIALS, "logins", "joined_short"),
    (Reason.ALONE, "alone", "parts"),
    (Reason.ALONE, "alone", "alone"),
)
"""A reason holds where these marks of the name in the data meet those of the person."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody in Slack whom we may not have met: what Slack says of them."""

    slack_user_id: str
    name: str
    called: tuple[str, ...] = ()
    """Other names they have chosen there."""
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person whose name it may be. `member_id` None: somebody in Slack whom we have not met."""

    name: str
    called: tuple[str, ...]
    """Every name, address and login of theirs."""
    member_id: int | None = None
    slack_user_id: str | None = None
    address: str | None = None
    """That nobody chooses for themselves, unlike a name in Slack: by it whoever confirms knows them."""


@dataclass(frozen=True, slots=True)
class Likeliest:
    """Who it probably is, and why."""

    candidate: Candidate
    reason: Reason

    @property
    def score(self) -> float:
        """From `LIMIT` to 1."""
        return SCORES[self.reason]

    @property
    def is_strong(self) -> bool:
        return self.score >= STRONG


@dataclass(frozen=True, slots=True)
class Guess:
    """What is to be said of one name: the likeliest person; None with `rivals`: so many are equally likely."""

    likeliest: Likeliest | None = None
    rivals: int = 0


def likeness(name: str, called: Iterable[str]) -> Reason | None:
    """The surest reason for which a name may be that of somebody who is called so; None: there is none."""
    called = tuple(called)
    found, person = marks(name), marks_of_person(called)
    exact = next((why for why, one, other in ALIKE if getattr(found, one) & getattr(person, other)), None)
    if exact:
        return exact
    is_near = any(is_slip(one, other) for one in wholes((name,)) for other in wholes(called))
    return Reason.SPELLED if is_near else None


class Crowd:
    """Everybody whose name it could be, looked through once for many names."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = tuple(candidates)
        self._by_mark: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._by_initials: dict[str, set[int]] = defaultdict(set)
        for place, one in enumerate(self.candidates):
            found = marks_of_person(one.called)
            for kind in {other for _, _, other in ALIKE}:
                for mark in getattr(found, kind):
                    self._by_mark[kind, mark].add(place)
            for parts in wholes(one.called):
                self._by_initials[initials(parts)].add(place)

    def guess(self, name: str) -> Guess:
        """Who is likeliest: nobody where two people are equally likely, or nobody is like enough."""
        found, best = marks(name), dict[int, Reason]()
        for why, one, other in ALIKE:
            for mark in getattr(found, one):
                for place in self._by_mark.get((other, mark), ()):
                    best.setdefault(place, why)
        best = best or dict.fromkeys(self._misspelled(name), Reason.SPELLED)
        enough = {place: why for place, why in best.items() if SCORES[why] >= LIMIT}
        if not enough:
            return Guess()
        top = max(SCORES[why] for why in enough.values())
        close = [place for place, why in enough.items() if SCORES[why] >= top - CLOSE]
        if len(close) > 1:
            return Guess(rivals=len(close))
        [place] = close
        return Guess(Likeliest(self.candidates[place], enough[place]))

    def _misspelled(self, name: str) -> set[int]:
        """Those whose whole name it is but for a letter."""
        return {
            place
            for parts in wholes((name,))
            for place in self._by_initials.get(initials(parts), ())
            if any(is_slip(parts, other) for other in wholes(self.candidates[place].called))
        }


def likeliest(name: str, candidates: Sequence[Candidate]) -> Likeliest | None:
    """Whose name it probably is, if one person is likelier than all others."""
    return Crowd(candidates).guess(name).likeliest
