"""Refusals: what the house declines to do, as facts without sentences (`bot/refusals.py` has the words).

Refusal
├── NotBegun           a period in the future
├── Unknown            there is no such thing: UnknownTeam, UnknownMetric, UnknownPeriod, UnknownMember,
│                      UnknownEscalation, UnknownHook, UnknownCrisis, UnknownHandover, UnknownReview,
│                      UnknownScorecard,
│                      UnknownContact, UnknownDispute, UnknownPick, UnknownTalk, UnknownPromise
├── Missing            something must be there first: NoTeams, NoTeam, NoTeamOf, NoData, DataEnded, NotInChannel,
│                      NoWorkspace, SeveralWorkspaces, NoHooksSecret, NoAgentOf, BeforeFirstDay,
│                      NoScorecard, NobodyReads
├── NotAllowed         the asker has no right: NotYourTeam, NotOfTeam, PersonFiguresClosed, PeopleClosed,
│                      NotShareable, NotForYou, FewPeople, NotReviewer, NotYourReview, OwnWork, ReviewClosed,
│                      NotYourDispute, NotYourTalk, NotAdmin, OwnName
├── NeedsQuality       a goal of speed without one of quality
├── NoBaseline         what is to get better has no figure yet
├── NoBoard            a team has no board of kudos
├── NothingLeft        today's thanks are all given
├── Taken              it exists already
├── BadCode            a one-time code that is none
├── CodeExpired        a one-time code that was used, replaced, or is too old
├── TooManyTries       too many wrong codes: for a while none is looked at
├── OwnHandover        whoever hands a shift over cannot take it over themselves
├── StillAway          somebody who is absent was to do something at once
├── BadCalendar        a calendar file of which nothing can be read
├── Changed            somebody else changed it in the same moment
├── Matched            a name in the data that is somebody's by now
├── Over               an escalation that is resolved: there is nothing to take any more
├── PickClosed         what was drawn for review and is reviewed, replaced, lapsed or somebody else's by now
├── ReviewSent         a review that was sent: its draft is closed
├── CalibrationOver    a round that has ended: nobody can score in it any more
├── CalibrationOpen    a round that has not ended: nobody sees how the others scored
├── Disputed           a review is disputed once, and for good
├── WindowOver         the days in which a review could be disputed are over
├── Decided            a dispute that somebody has decided already
├── OwnTalk            nobody has a coaching talk with themselves
├── TalkOver           a talk that was held or cancelled
├── PromiseClosed      a promise that was closed already
├── NotYours           an escalation that somebody else has
├── Invalid            a value that cannot be
├── BadDefinition      a figure of a team's own that cannot be made
├── BadScorecard       a QA scorecard that nobody could work with
├── Guarded            a figure of quality without which a speed would stand alone
└── Unreadable         a file of which nothing can be read (`imports/problems.py`)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime


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


class UnknownGoal(Unknown): ...


class UnknownPulse(Unknown): ...


class UnknownNote(Unknown):
    """There is no such note for the asker: whether there is one for others, nobody says."""


class UnknownPlan(Unknown):
    """There is no such improvement plan for the asker."""


class UnknownReview(Unknown): ...


class UnknownScorecard(Unknown): ...


class UnknownCalibration(Unknown): ...


class UnknownContact(Unknown):
    """No ticket and no call of the asker's teams is called so."""


class UnknownDispute(Unknown): ...


class UnknownPick(Unknown):
    """Nothing that was drawn for review is it."""


class UnknownTalk(Unknown): ...


class UnknownPromise(Unknown): ...


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


class NobodyReads(Missing):
    """No lead, manager or admin is in Slack who could be told what somebody of a team objects to. `team`: its name."""

    def __init__(self, team: str) -> None:
        super().__init__(team)
        self.team = team


class NoData(Missing):
    """Nothing was ever imported for this team."""

    def __init__(self, team: str) -> None:
        super().__init__(team)
        self.team = team


class BeforeFirstDay(Missing):
    """A team gets regular digests from a day on; `on` None: from the day after its first data is told of."""

    def __init__(self, team: str, on: date | None) -> None:
        super().__init__(team)
        self.team, self.on = team, on


class DataEnded(Missing):
    """The data of a team ends, at `at`, before what was asked for begins. `month`: in which it ends (2026-11)."""

    def __init__(self, team: str, at: datetime, timezone: str, month: str) -> None:
        super().__init__(team)
        self.team, self.at, self.timezone, self.month = team, at, timezone, month


class NoTeamOf(Missing):
    """A person is in no team today."""

    def __init__(self, person: str) -> None:
        super().__init__(person)
        self.person = person


class NoAgentOf(Missing):
    """Nobody is known to have worked on a contact. `key`: the ticket's or the call's."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class NoScorecard(Missing):
    """A team has no QA scorecard yet."""

    def __init__(self, team: str) -> None:
        super().__init__(team)
        self.team = team


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


class FewPeople(NotAllowed):
    """Who is not of a team sees figures of its people where they are about five or more. `team`: its name."""

    def __init__(self, team: str) -> None:
        super().__init__(team)
        self.team = team


class NotReviewer(NotAllowed):
    """A team's contacts are reviewed by its reviewers and its leads. `team`: its name; empty: of no team."""

    def __init__(self, team: str = "") -> None:
        super().__init__(team)
        self.team = team


class NotYourReview(NotAllowed):
    """A review is written by its reviewer alone."""

    def __init__(self, reviewer: str = "") -> None:
        super().__init__(reviewer)
        self.reviewer = reviewer


class OwnWork(NotAllowed):
    """Nobody reviews what they did themselves. `key`: of the contact."""

    def __init__(self, key: str = "") -> None:
        super().__init__(key)
        self.key = key


class OwnName(NotAllowed):
    """Nobody says of a name in the data that it is their own, unless it plainly is."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NotYourTalk(NotAllowed):
    """A talk, its notes and its promises are for its two people alone."""


class ReviewClosed(NotAllowed):
    """A review is for whose work it is, who made it, and who decides a dispute of it."""


class NotYourDispute(NotAllowed):
    """A dispute lies with somebody else. `leads`: names of the team's."""

    def __init__(self, leads: Sequence[str] = ()) -> None:
        super().__init__()
        self.leads = tuple(leads)


class NotForYou(NotAllowed):
    """This is for the team's lead or an admin. `leads`: their names."""

    def __init__(self, leads: Sequence[str] = ()) -> None:
        super().__init__()
        self.leads = tuple(leads)


class NotAdmin(NotAllowed):
    """This is for those who look after the whole workspace. `admins`: their names; none: nobody does yet."""

    def __init__(self, admins: Sequence[str] = ()) -> None:
        super().__init__()
        self.admins = tuple(admins)


class NeedsQuality(Refusal):
    """A goal of speed alone; `guards` are the figures of quality of which one has to stand beside it."""

    def __init__(self, metric: str, guards: Sequence[str]) -> None:
        super().__init__(metric)
        self.metric, self.guards = metric, tuple(guards)


class NoBaseline(Refusal):
    """A figure is to get better, and there is no data from what."""

    def __init__(self, metric: str) -> None:
        super().__init__(metric)
        self.metric = metric


class NoBoard(Refusal):
    """A team has not switched its board of kudos on."""

    def __init__(self, team: str) -> None:
        super().__init__(team)
        self.team = team


class NothingLeft(Refusal):
    """Of what somebody may give on a day nothing is left; `allowance`: how many that is."""

    def __init__(self, allowance: int) -> None:
        super().__init__(str(allowance))
        self.allowance = allowance


class Taken(Refusal):
    """It exists already."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class BadCode(Refusal):
    """What was typed is no one-time code of this workspace; `is_formed`: it could be one."""

    def __init__(self, *, is_formed: bool = True) -> None:
        super().__init__()
        self.is_formed = is_formed


class CodeExpired(Refusal):
    """A one-time code that somebody has used, that a newer one replaced, or that is older than a day."""


class TooManyTries(Refusal):
    """So many wrong codes were typed lately that none is looked at until `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class Changed(Refusal):
    """Somebody else changed it between our reading and our writing."""


class Matched(Refusal):
    """Somebody else said before whose a name in the data is. `person`: empty for nobody here; `by`: may be empty."""

    def __init__(self, name: str, person: str = "", by: str = "") -> None:
        super().__init__(name)
        self.name, self.person, self.by = name, person, by


class Over(Refusal):
    """An escalation is resolved; `number`, by whom (a name, may be empty) and when."""

    def __init__(self, number: int, by: str = "", at: datetime | None = None) -> None:
        super().__init__(str(number))
        self.number, self.by, self.at = number, by, at


class ReviewSent(Refusal):
    """A review was sent already: its draft is closed. `key`: of the contact."""

    def __init__(self, key: str = "") -> None:
        super().__init__(key)
        self.key = key


class PickClosed(Refusal):
    """A pick of a sample is open no more, or somebody has it. `key`: of the ticket."""

    def __init__(self, key: str = "") -> None:
        super().__init__(key)
        self.key = key


class Disputed(Refusal):
    """A review was disputed already, which is done once. `key`: of the contact."""

    def __init__(self, key: str = "") -> None:
        super().__init__(key)
        self.key = key


class WindowOver(Refusal):
    """A review can be disputed no more: since `at`; None: it was never told, or somebody else's before."""

    def __init__(self, at: datetime | None = None, timezone: str = "UTC") -> None:
        super().__init__()
        self.at, self.timezone = at, timezone


class Decided(Refusal):
    """A dispute is decided: by whom (a name, may be empty) and when."""

    def __init__(self, by: str, at: datetime | None, timezone: str) -> None:
        super().__init__(by)
        self.by, self.at, self.timezone = by, at, timezone


class CalibrationOver(Refusal):
    """A calibration round has ended: nobody can score in it any more."""


class CalibrationOpen(Refusal):
    """A calibration round runs until `at`: before its end nobody sees how the others scored."""

    def __init__(self, at: datetime, timezone: str) -> None:
        super().__init__()
        self.at, self.timezone = at, timezone


class OwnTalk(Refusal):
    """Somebody asked for a coaching talk with themselves."""


class TalkOver(Refusal):
    """A talk is over: held at an instant; None: cancelled."""

    def __init__(self, held_at: datetime | None = None, timezone: str = "UTC") -> None:
        super().__init__()
        self.held_at, self.timezone = held_at, timezone


class PromiseClosed(Refusal):
    """A promise was closed already. `status`: kept, missed or dropped."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


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


class BadScorecard(Refusal):
    """A QA scorecard that nobody could work with. `reason`: a key the words are looked up by; `where`: names of the
    section and the criterion, as far as it is about one; `part`: the field; `number`: the bound, where there is one;
    `line`: of a file, from 1, 0 where it is about none."""

    def __init__(
        self, reason: str, text: str = "", where: Sequence[str] = (), *, part: str = "", number: int = 0, line: int = 0
    ) -> None:
        super().__init__(f"{part}: {reason}")
        self.reason, self.text, self.where, self.part = reason, text, tuple(where), part
        self.number, self.line = number, line


class Guarded(Refusal):
    """Figures of quality cannot all be hidden while a speed that they stand beside is shown. Keys of metrics."""

    def __init__(self, speed: str, guards: Sequence[str]) -> None:
        super().__init__(speed)
        self.speed, self.guards = speed, tuple(guards)
