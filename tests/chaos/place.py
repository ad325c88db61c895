"""Where a run takes place: a Slack, three teams that climb in different hours, and the people in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.local_slack import Channel, Person, Workspace
from cspm_core import people
from cspm_core.people import Member, Role, Team
from cspm_core.store import Store
from tests.journeys.house import MANIFEST

from .clock import TurnedClock

ZONE = ZoneInfo("America/New_York")
SPANS = (
    (datetime(2026, 3, 6, 14, 0, tzinfo=ZONE), datetime(2026, 3, 10, 11, 0, tzinfo=ZONE)),
    (datetime(2026, 10, 30, 14, 0, tzinfo=ZONE), datetime(2026, 11, 3, 11, 0, tzinfo=ZONE)),
)
"""Friday to Tuesday over either change of the clocks."""
TEAMS = {"Returns": "mon-fri 09:00-17:00", "Nights": "mon-sun 20:00-04:00", "Always": "mon-sun 00:00-24:00"}
CAST = {
    "Mina": (Role.LEAD, ("Returns", "Always")),
    "Teo": (Role.AGENT, ("Returns", "Nights")),
    "Ada": (Role.AGENT, ("Returns", "Always")),
    "Bo": (Role.LEAD, ("Nights", "Always")),
    "Ines": (Role.MANAGER, ("Returns", "Nights", "Always")),
}


def workspace(clock: TurnedClock) -> Workspace:
    """A Slack with a channel for each team."""
    return Workspace(
        name="Support Centre",
        people=[Person(name, f"{name} Chaos", tz="America/New_York") for name in CAST],
        channels=[Channel(team.lower(), list(CAST), with_app=True) for team in TEAMS],
        manifest=MANIFEST,
        now=clock,
        retry_seconds=(0, 2, 5),
    )


@dataclass
class Cast:
    """Who is there, by their names."""

    workspace_id: int
    teams: dict[str, Team] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)


def people_of(store: Store, slack: Workspace, now: datetime) -> Cast:
    """The same people and teams in the store."""
    with store.transaction() as session:
        people.found_workspace(session, now=now)
        cast = Cast(people.claim_workspace(session, slack.team_id, slack.name, now=now).id)
        for name, hours in TEAMS.items():
            channel = slack.channel(name.lower()).id
            cast.teams[name] = people.add_team(
                session, cast.workspace_id, name, now=now, timezone=ZONE.key, channel=channel, hours=hours
            )
        for name, (role, teams) in CAST.items():
            cast.members[name] = people.add_member(
                session, cast.workspace_id, name, slack_user_id=slack.person(name).id, language="en", now=now
            )
            for team in teams:
                people.join_team(session, cast.teams[team], cast.members[name], role, now=now - timedelta(days=2))
    return cast


def instant(done: float) -> datetime:
    """Where the clock should be when this share of a run is done: the first half in spring, the second in autumn."""
    half = min(int(done * 2), 1)
    begins, ends = (at.astimezone(UTC) for at in SPANS[half])
    return begins + (ends - begins) * (done * 2 - half)
