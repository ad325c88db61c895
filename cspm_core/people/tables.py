"""Workspaces, teams, the people in them, and how each is called in other systems."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, false, text
from sqlmodel import Field

from ..store import Row, Utc


class Workspace(Row, table=True):
    """A Slack workspace. Made unclaimed by `cspm migrate`; the first `auth.test` claims it. Its `id` is its own."""

    name: str = ""
    slack_id: str | None = None
    claimed_at: datetime | None = Field(default=None, sa_type=Utc)
    plain_blocks_since: datetime | None = Field(default=None, sa_type=Utc)
    """Since when this Slack refuses the blocks of 2026, so that the same facts go out as sections."""
    escalations: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """The number of the last escalation."""
    command_prefix: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """What stands before each command's name in this Slack (`acme-` of `/acme-kpi`), heard with the last command."""


class AdminCode(Row, table=True):
    """A one-time code with which somebody in Slack becomes an admin; shown where the bot runs, kept hashed."""

    __tablename__ = "admin_code"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "workspace_id"], ["workspace.workspace_id", "workspace.id"]),
        ForeignKeyConstraint(["workspace_id", "used_by"], ["member.workspace_id", "member.id"]),
        UniqueConstraint("workspace_id", "code_hash"),
    )

    code_hash: str
    made_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)
    used_by: int | None = Field(default=None, sa_type=BigInteger)


class CodeTry(Row, table=True):
    """Somebody typed a code that was none: after a few of these theirs is looked at no more for a while."""

    __tablename__ = "code_try"
    __table_args__ = (Index(None, "workspace_id", "at"),)

    slack_user: str
    at: datetime = Field(sa_type=Utc)


class Team(Row, table=True):
    """A team with its channel, clock, language and settings."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "name_key"),
        ForeignKeyConstraint(["workspace_id", "workspace_id"], ["workspace.workspace_id", "workspace.id"]),
    )

    name: str
    name_key: str
    """The name folded for comparison: unique."""
    channel: str | None = None
    """Slack id (C…) or, until Slack is asked, the name after `#`."""
    timezone: str
    language: str = "en"
    hours: str = "mon-fri 09:00-17:00"
    holidays: str = ""
    digest_at: str = "09:00"
    """Local wall time HH:MM."""
    digest_days: str = "working"
    """`working` (the team's working days) or weekdays such as `mon-fri`."""
    digest_on_holidays: bool = False
    digest_paused_until: datetime | None = Field(default=None, sa_type=Utc)
    digest_paused_by: str | None = None
    digests_from: date | None = None
    """The first local day with a regular digest: until then the first day's message stands for it. None: always."""
    stale_after_hours: int = 36
    """Working or not, data older than this silences the digest's figures."""
    person_figures: str = "self"
    """Who may see figures about one person: nobody, self, lead."""
    calendar_version: int = 1
    """Raised whenever hours, zone, holidays or an override changes; tickets remember theirs."""
    counted_version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    """The calendar version that every ticket is counted with; behind `calendar_version` while a recount runs."""
    counted_to: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})
    """How far a running recount has come: the id of the last ticket it counted."""
    counting_version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """The calendar version that a running recount counts with."""
    recounted: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    recounted_of: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How many tickets it has counted, of how many."""
    response_start: str = Field(default="created", sa_column_kwargs={"server_default": "created"})
    """Where a first response begins: `created` (the customer's view) or `handed_off` (the team's, after a bot)."""
    transfers_counted: str = Field(default="any", sa_column_kwargs={"server_default": "any"})
    """Which transfers the transfer rate counts: `any` (assignee or group) or `group`."""
    service_level_s: int = Field(default=20, sa_column_kwargs={"server_default": "20"})
    """A call is answered in time within so many seconds."""
    short_abandon_s: int = Field(default=10, sa_column_kwargs={"server_default": "10"})
    """Calls abandoned sooner are not offered calls at all."""
    abandoned_in_time: str = Field(default="against", sa_column_kwargs={"server_default": "against"})
    """Calls abandoned within the time of the service level count `against` it, `for` it, or are `ignored`."""
    hidden_metrics: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """Keys of figures that the team does not want to see, comma separated."""


class CalendarOverride(Row, table=True):
    """One day on which a team works other hours than usual; no hours: closed."""

    __tablename__ = "calendar_override"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "day"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    day: date
    hours: str = ""
    """As in `Hours` but without days: `10:00-14:00`; empty: closed."""


class Agreement(Row, table=True):
    """Who agreed, and when, that a team's figures about one person may be seen by whom."""

    __table_args__ = (ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),)

    team_id: int = Field(sa_type=BigInteger)
    level: str
    agreed_by: str
    agreed_at: datetime = Field(sa_type=Utc)


class Member(Row, table=True):
    """A person. Roles over all teams stand here (admin, executive); roles in a team in `Membership`."""

    __table_args__ = (UniqueConstraint("workspace_id", "slack_user_id"), UniqueConstraint("workspace_id", "email"))

    name: str
    email: str | None = None
    slack_user_id: str | None = None
    role: str = "member"
    """admin, executive or member."""
    language: str | None = None
    """Their own choice; else Slack's locale, else the team's."""
    slack_locale: str | None = None
    timezone: str | None = None
    locale_asked_at: datetime | None = Field(default=None, sa_type=Utc)
    last_team_id: int | None = Field(default=None, sa_type=BigInteger)
    """The team they last asked for."""
    hears_failures: bool = True
    """A lead's setting: told by direct message when the team's digest could not be delivered."""
    digest_copy: bool = False
    """Gets the team's digest as a direct message too."""


class Membership(Row, table=True):
    """A person in a team as manager, lead, qa_reviewer or agent, between two local days (inclusive; null: open)."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "member_id", "role", "from_day"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    member_id: int = Field(sa_type=BigInteger)
    role: str = "agent"
    from_day: date = date(1970, 1, 1)
    to_day: date | None = None


class Identity(Row, table=True):
    """A name in someone else's system. Tickets point here; `member_id` is null until we know who it is."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
        Index(None, "workspace_id", "member_id"),
    )

    key: str
    """The name or address, folded for comparison (`people.fold`)."""
    name: str
    """As it was first written."""
    is_nobody: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Somebody said that this is no colleague (a bot, somebody who left): it is not asked about again."""
    member_id: int | None = Field(default=None, sa_type=BigInteger)


class Look(Row, table=True):
    """Somebody looked at figures about one person. The person may read this."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "subject_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "viewer_id"], ["member.workspace_id", "member.id"]),
        Index(None, "workspace_id", "subject_id", "at"),
    )

    at: datetime = Field(sa_type=Utc)
    viewer_id: int = Field(sa_type=BigInteger)
    subject_id: int = Field(sa_type=BigInteger)
    what: str
    """What was looked at: `scorecard`, a metric key, `tickets`."""
