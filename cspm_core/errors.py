"""Refusals: what the house declines to do, as facts without sentences (`bot/refusals.py` has the words).

Refusal
├── NotBegun           a period in the future
├── Unknown            there is no such thing: UnknownTeam, UnknownMetric, UnknownPeriod, UnknownMember,
│                      UnknownEscalation, UnknownHook, UnknownCrisis, UnknownHandover
├── Missing            something must be there first: NoTeams, NoTeam, NoTeamOf, NoData, DataEnded, NotInChannel,
│                      NoWorkspace, SeveralWorkspaces, NoHooksSecret
├── NotAllowed         the asker has no right: NotYourTeam, NotOfTeam, PersonFiguresClosed, PeopleClosed,
│                      NotShareable, NotForYou
├── Taken              it exists already
├── OwnHandover        whoever hands a shift over cannot take it over themselves
├── StillAway          somebody who is absent was to do something at once
├── BadCalendar        a calendar file of which nothing can be read
├── Changed            somebody else changed it in the same moment
├── Over               an escalation that is resolved: there is nothing to take any more
├── NotYours           an escalation that somebody else has
├── Invalid            a value that cannot be
├── BadDefinition      a figure of a team's own that cannot be made
├── Guarded            a figure of quality without which a speed would stand alone
└── Unreadable         a file of which nothing can be read (`imports/problems.py`)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime


class Refusal(Exception):
    """Something that was asked for and is declined; carries facts, never a sentence."""


class Unknown(Refusal):
    """There is no such thing; `nearest` is the valid word closest to it, `known` the first few that exist."""

    def __init__(self, text: str, nearest: str | None = None, known: Sequence[str] = ()) -> None:
        super().__init__(text)
        self.text, self.nearest, self.known = text, nearest, tuple(known)


class UnknownTeam(Unknown): ...


class UnknownMetric(Unknown): ...


class UnknownPeriod(Unknown): ...


class UnknownMember(Unknown): ...


class UnknownEscalation(Unknown): ...


class UnknownHook(Unknown):
    """No other system has a key of that name."""


class UnknownCrisis(Unknown): ...


class UnknownHandover(Unknown): ...


class NotBegun(Refusal):
    """A period that lies wholly in the future."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Missing(Refusal):
    """Something must be there first."""


class NoTeams(Missing):
    """The workspace has no team yet."""


class NoTeam(Missing):
    """The asker belongs to no team."""


class NoData(Missing):
    """Nothing was ever imported for this team."""

    def __init__(self, team: str) -> None:
        super().__init__(team)
        self.team = team


class DataEnded(Missing):
    """The data of a team ends, at `at`, before what was asked for begins."""

    def __init__(self, team: str, at: datetime, timezone: str) -> None:
        super().__init__(team)
        self.team, self.at, self.timezone = team, at, timezone


class NoTeamOf(Missing):
    """A person is in no team today."""

    def __init__(self, person: str) -> None:
        super().__init__(person)
        self.person = person


class NotInChannel(Missing):
    """The bot is no member of the channel it should speak in."""


class NoWorkspace(Missing):
    """The database has no workspace: `cspm migrate` has not run."""


class SeveralWorkspaces(Missing):
    """The database has several workspaces and none was named."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__()
        self.known = tuple(known)


class NoHooksSecret(Missing):
    """The installation has no secret yet from which those of other systems follow."""


class NotAllowed(Refusal):
    """The asker has no right to it."""


class NotYourTeam(NotAllowed):
    """Only the people of a team, and those who look after all, see its figures."""

    def __init__(self, team: str) -> None:
        super().__init__(team)
        self.team = team


class NotOfTeam(NotAllowed):
    """Only the people of a team do its work."""

    def __init__(self, team: str) -> None:
        super().__init__(team)
        self.team = team


class PersonFiguresClosed(NotAllowed):
    """The team has not agreed to show figures about one person to this asker. `level`: what it agreed to."""

    def __init__(self, person: str, team: str, level: str) -> None:
        super().__init__(person)
        self.person, self.team, self.level = person, team, level


class PeopleClosed(NotAllowed):
    """The team has not agreed that its lead sees figures about its people, so nobody is set beside the others."""

    def __init__(self, team: str) -> None:
        super().__init__(team)
        self.team = team


class NotShareable(NotAllowed):
    """Nothing about one person, or fewer than five, goes into a channel."""


class NotForYou(NotAllowed):
    """This is for the team's lead or an admin. `leads`: their names."""

    def __init__(self, leads: Sequence[str] = ()) -> None:
        super().__init__()
        self.leads = tuple(leads)


class Taken(Refusal):
    """It exists already."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Changed(Refusal):
    """Somebody else changed it between our reading and our writing."""


class Over(Refusal):
    """An escalation is resolved; `number`, by whom (a name, may be empty) and when."""

    def __init__(self, number: int, by: str = "", at: datetime | None = None) -> None:
        super().__init__(str(number))
        self.number, self.by, self.at = number, by, at


class NotYours(NotAllowed):
    """An escalation is for its owner or the team's leads. `owner`: who has it, may be empty; `leads`: their names."""

    def __init__(self, number: int, owner: str = "", leads: Sequence[str] = ()) -> None:
        super().__init__(str(number))
        self.number, self.owner, self.leads = number, owner, tuple(leads)


class OwnHandover(Refusal):
    """Whoever hands a shift over cannot take it over. `to`: who should, may be empty."""

    def __init__(self, to: str = "") -> None:
        super().__init__(to)
        self.to = to


class StillAway(Refusal):
    """A person is absent until an instant."""

    def __init__(self, person: str, until: datetime, timezone: str) -> None:
        super().__init__(person)
        self.person, self.until, self.timezone = person, until, timezone


class BadCalendar(Refusal):
    """A calendar file of which nothing can be read. `reason`: unreadable, too_large, too_many or empty."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file, self.reason = file, reason


class Invalid(Refusal):
    """A value that cannot be: which `field`, the `text` given, and a `reason` key the words are looked up by."""

    def __init__(self, field: str, text: str, reason: str = "unreadable", nearest: str | None = None) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.text, self.reason, self.nearest = field, text, reason, nearest


class BadDefinition(Refusal):
    """A figure of a team's own that cannot be made. `part`: the field of the definition it is about; `reason`: a key
    the words are looked up by; `nearest` and `known`: what would do instead."""

    def __init__(
        self, part: str, text: str, reason: str, nearest: str | None = None, known: Sequence[str] = ()
    ) -> None:
        super().__init__(f"{part}: {reason}")
        self.part, self.text, self.reason, self.nearest, self.known = part, text, reason, nearest, tuple(known)


class Guarded(Refusal):
    """Figures of quality cannot all be hidden while a speed that they stand beside is shown. Keys of metrics."""

    def __init__(self, speed: str, guards: Sequence[str]) -> None:
        super().__init__(speed)
        self.speed, self.guards = speed, tuple(guards)
