"""Roles, names and rights: who is who, and who may see what. No database."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LANGUAGES = ("en", "zh_TW", "nl", "ko")
FEW = 5
"""Nothing about fewer people than this goes into a channel."""


class Role(StrEnum):
    ADMIN = "admin"
    EXECUTIVE = "executive"
    MANAGER = "manager"
    LEAD = "lead"
    QA_REVIEWER = "qa_reviewer"
    AGENT = "agent"


EVERYWHERE = (Role.ADMIN, Role.EXECUTIVE)
"""Roles over all teams; the others are held in a team."""


class PersonFigures(StrEnum):
    """Who may see figures about one person of a team."""

    NOBODY = "nobody"
    SELF = "self"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Asker:
    """A person who asks, with every role they hold today. `roles` pairs a team id with a role."""

    member_id: int | None
    name: str
    slack_user_id: str | None
    everywhere: Role | None
    roles: frozenset[tuple[int, Role]]
    last_team_id: int | None = None

    @property
    def team_ids(self) -> frozenset[int]:
        return frozenset(team for team, _ in self.roles)

    def leads(self, team_id: int) -> bool:
        """Leads or manages the team, or looks after all as an admin."""
        return self.everywhere is Role.ADMIN or bool({(team_id, Role.LEAD), (team_id, Role.MANAGER)} & self.roles)

    def coaches(self, team_id: int) -> bool:
        """Leads or manages the team by name: looking after the whole workspace gives no right to what is personal."""
        return bool({(team_id, Role.LEAD), (team_id, Role.MANAGER)} & self.roles)

    def reviews(self, team_id: int) -> bool:
        """Reviews the team's contacts: its reviewers, and whoever leads it."""
        return (team_id, Role.QA_REVIEWER) in self.roles or self.coaches(team_id)

    def may_see_team(self, team_id: int) -> bool:
        """A team's own people see its figures, and so do admins and executives."""
        return self.everywhere is not None or team_id in self.team_ids


def may_see_person(asker: Asker, subject_id: int, team_id: int, level: str) -> bool:
    """Whether figures about one member of a team may be shown to the asker; no role stands above the setting."""
    if level == PersonFigures.NOBODY:
        return False
    if asker.member_id == subject_id:
        return True
    return level == PersonFigures.LEAD and (team_id, Role.LEAD) in asker.roles


def may_see_review(
    asker: Asker, *, subject_id: int | None, reviewer_id: int | None, team_id: int, level: str, decides: bool = False
) -> bool:
    """Whether one submitted review may be shown: to whom it is about, to who made it, to who decides a dispute of it,
    and to a lead where the team has agreed that leads see figures about a person."""
    if asker.member_id is None:
        return False
    if asker.member_id in (subject_id, reviewer_id) or decides:
        return True
    return level == PersonFigures.LEAD and (team_id, Role.LEAD) in asker.roles


@dataclass(frozen=True, slots=True)
class SlackProfile:
    """What Slack says of a user. `locale` like ko-KR, `timezone` IANA."""

    name: str
    email: str | None
    locale: str | None
    timezone: str | None


def language_of(own: str | None, slack_locale: str | None, team: str | None) -> str:
    """The language a person reads: their own choice, else Slack's where it is ours and not English, else the team's.

    Slack's interface has no Dutch and is English for many who read another language, so English there says little.
    """
    if own in LANGUAGES:
        return own
    wanted = (slack_locale or "").replace("-", "_")
    for language in LANGUAGES:
        if language != "en" and wanted and (wanted == language or wanted.split("_")[0] == language):
            return language
    return team if team in LANGUAGES else "en"


def fold(name: str) -> str:
    """A name as it is compared: width and case folded, spaces single, so `Ｍina  LEE` is `mina lee`."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def holds(from_day: date, to_day: date | None, day: date) -> bool:
    """Whether a membership counts on a day; both its ends are included."""
    return from_day <= day and (to_day is None or day <= to_day)
