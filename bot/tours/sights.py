"""What a step of a tour shows of a team's own data: facts alone, as of an instant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cspm_core.goals import Progress as Aim
from cspm_core.kpi import Reading, TicketRow
from cspm_core.metrics import Metric
from cspm_core.people import Team
from cspm_core.periods import Period
from cspm_core.privacy import Looks, Standing
from cspm_core.samples import Progress as Sampled
from cspm_core.signals import Signal
from cspm_core.tours import Climb
from cspm_core.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Figures:
    """Three figures of a team or of oneself over a period, as far as the data reaches."""

    readings: tuple[Reading, ...]
    period: Period
    timezone: str
    complete_until: datetime | None


@dataclass(frozen=True, slots=True)
class Behind:
    """The ticket that weighs most on a figure, of `total` behind it."""

    metric: Metric
    row: TicketRow
    total: int


@dataclass(frozen=True, slots=True)
class Morning:
    """When the next digest comes and where. `at` None: it is paused until somebody resumes it."""

    at: datetime | None
    local: str
    """HH:MM in the team's zone."""
    timezone: str
    channel: str | None


@dataclass(frozen=True, slots=True)
class Alarm:
    """What would happen now: who is on duty, and each step."""

    team: str
    on_duty: tuple[str, ...]
    climb: Climb
    timezone: str


@dataclass(frozen=True, slots=True)
class Helpers:
    """Who would help: those on duty and the leads, by name."""

    team: str
    on_duty: tuple[str, ...]
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How far a team's sample is, and when the next is drawn."""

    sampled: Sampled | None
    next_at: datetime | None
    timezone: str


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits for whoever looks, the gravest first."""

    every: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What teams have agreed to about figures of one person."""

    standings: tuple[Standing, ...]
    for_oneself: bool = False
    """Told to one of those whom it is about."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Who looked at one's own figures in the last four weeks."""

    looks: tuple[Looks, ...]


@dataclass(frozen=True, slots=True)
class Thanked:
    """How many one may still thank today, and how often the team thanked somebody this week."""

    left: int
    allowance: int
    week: int


@dataclass(frozen=True, slots=True)
class Aims:
    """One's own goals and the team's."""

    goals: tuple[Aim, ...]


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a team's scorecard asks."""

    card: str
    names: tuple[str, ...]
    passed_from: float


@dataclass(frozen=True, slots=True)
class Side:
    """A team with speed and quality; its readings may be none. `ended`: the weeks they are of, where not the last."""

    name: str
    readings: tuple[Reading, ...] = ()
    ended: Period | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """Teams beside each other over four weeks."""

    teams: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """The figures that signal, of so many judged."""

    signals: tuple[Signal, ...]
    judged: int


@dataclass(frozen=True, slots=True)
class TeamState:
    """How far a team is set up."""

    team: Team
    agents: int
    leads: tuple[str, ...]
    data_until: datetime | None
    is_begun_only: bool
    """Its setup was begun and is not done."""


@dataclass(frozen=True, slots=True)
class States:
    """All teams, as they are set up."""

    teams: Sequence[TeamState]


@dataclass(frozen=True, slots=True)
class Settled:
    """All teams, by what was settled for them."""

    teams: Sequence[Team]


@dataclass(frozen=True, slots=True)
class Nobodys:
    """How many names in the data match nobody."""

    n: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to show yet."""


@dataclass(frozen=True, slots=True)
class Only:
    """The step says everything by itself."""


@dataclass(frozen=True, slots=True)
class Declined:
    """Why it may not be shown, in the reader's words, escaped."""

    why: str


Sight = (
    Figures
    | Behind
    | Morning
    | Alarm
    | Helpers
    | Reviewed
    | Waits
    | Agreed
    | Looked
    | Thanked
    | Aims
    | Criteria
    | Beside
    | Moved
    | States
    | Settled
    | Nobodys
    | Nothing
    | Only
    | Declined
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a step shows, and what its button carries; without that there is no button."""

    sight: Sight
    carries: str = ""
