"""Everything the bot can do, by what somebody wants, and for whom. Each way is what one would type after `/cspm`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Flag, auto

from cspm_core.people import Asker, Role

from ..words import N_


class For(Flag):
    """For whom a way is there."""

    ANYBODY = auto()
    MEMBER = auto()
    """Somebody of a team."""
    SEER = auto()
    """Whoever sees a team's figures: its people, admins and executives."""
    SEVERAL = auto()
    """Whoever sees those of more than one team."""
    REVIEWER = auto()
    LEAD = auto()
    """Leads or manages a team by name."""
    SETTLER = auto()
    """Changes a team's settings: its leads and managers, and admins."""
    ADMIN = auto()
    NO_ADMIN = auto()


@dataclass(frozen=True, slots=True)
class Way:
    """What would be typed, what it is called, and for whom it is."""

    typed: str
    label: str
    whom: For = For.MEMBER


@dataclass(frozen=True, slots=True)
class Group:
    """Ways of one kind, those wanted most often first."""

    key: str
    title: str
    about: str
    ways: tuple[Way, ...]


KPI_HELP, QA_HELP, COACH_HELP = N_("All about figures"), N_("All about reviews"), N_("All about coaching")
ESCALATE_HELP, GOAL_HELP, KUDOS_HELP = N_("All about escalations"), N_("All about goals"), N_("All about thanks")
GROUPS: tuple[Group, ...] = (
    Group("figures", N_("Figures"), N_("How your team does, with the tickets behind every number."), (
        Way("kpi team", N_("My team"), For.SEER),
        Way("kpi me", N_("My own")),
        Way("choose metric", N_("One figure over time"), For.SEER),
        Way("choose explain", N_("What a figure means"), For.ANYBODY),
        Way("choose compare", N_("Compare two teams"), For.SEVERAL),
        Way("kpi agents", N_("My people side by side"), For.LEAD),
        Way("kpi help", KPI_HELP, For.ANYBODY),
    )),
    Group("escalations", N_("What cannot wait"), N_("Escalations, who is on duty, and the end of your shift."), (
        Way("escalate", N_("Escalate"), For.ANYBODY),
        Way("escalate list", N_("What is open"), For.SEER),
        Way("escalate duty", N_("Who is on duty"), For.SEER),
        Way("handover", N_("Hand my shift over")),
        Way("escalate settings", N_("Who is told, and when"), For.SETTLER),
        Way("escalate detectors", N_("Alarms"), For.SETTLER),
        Way("escalate help", ESCALATE_HELP, For.ANYBODY),
    )),
    Group("reviews", N_("Reviews"), N_("How good the conversations are, scored by your team’s own scorecard."), (
        Way("qa review", N_("Review one"), For.REVIEWER),
        Way("qa queue", N_("My queue"), For.REVIEWER),
        Way("qa mine", N_("Reviews of my work")),
        Way("qa scores", N_("What reviews say"), For.SEER),
        Way("qa scorecards", N_("Scorecards"), For.SEER),
        Way("qa calibrate", N_("Calibrate"), For.REVIEWER),
        Way("qa settings", N_("How we review"), For.SETTLER),
        Way("qa help", QA_HELP, For.SEER),
    )),
    Group("coaching", N_("Coaching"), N_("Talks, promises, and whether they helped."), (
        Way("coach mine", N_("My talks and promises")),
        Way("coach suggestions", N_("What to talk about"), For.LEAD),
        Way("coach effects", N_("What tends to help"), For.LEAD),
        Way("coach pulse", N_("The team’s pulse"), For.SETTLER),
        Way("coach confide", N_("In confidence to a lead")),
        Way("coach help", COACH_HELP, For.MEMBER),
    )),
    Group("goals", N_("Goals"), N_("What you and your team want to reach."), (
        Way("goal mine", N_("My goals")),
        Way("goal new", N_("Propose a goal")),
        Way("goal team", N_("The team’s goals"), For.SEER),
        Way("goal evidence", N_("What goals came to"), For.SETTLER),
        Way("goal help", GOAL_HELP, For.MEMBER),
    )),
    Group("thanks", N_("Thanks"), N_("Thank a colleague, and see what others thanked you for."), (
        Way("kudos", N_("Thank a colleague")),
        Way("kudos mine", N_("My kudos")),
        Way("kudos rewards", N_("Rewards")),
        Way("kudos board", N_("The board")),
        Way("kudos settings", N_("How we thank"), For.SETTLER),
        Way("kudos help", KUDOS_HELP, For.MEMBER),
    )),
    Group("team", N_("Team and settings"), N_("How a team is set up. Its leads and the admins can change it."), (
        Way("settings", N_("Settings"), For.SETTLER),
        Way("setup", N_("Set up a team"), For.ADMIN),
        Way("names", N_("Names in the data"), For.SETTLER),
        Way("choose digest", N_("Morning digest"), For.SETTLER),
        Way("choose file", N_("Load an export"), For.SETTLER),
        Way("doctor", N_("Is the bot well?"), For.SETTLER),
    )),
    Group("oneself", N_("You and the bot"), N_("What is known about you, and how everything works."), (
        Way("tour", N_("A ten-minute tour"), For.SEER | For.ADMIN),
        Way("privacy", N_("What is known about me"), For.ANYBODY),
        Way("help", N_("Commands to type"), For.ANYBODY),
        Way("admin", N_("I have an admin code"), For.ANYBODY),
    )),
)  # fmt: skip
ABOUT_SOMEBODY: tuple[Way, ...] = (
    Way("kpi agent {}", N_("Figures"), For.LEAD),
    Way("coach {}", N_("Open the talk"), For.LEAD),
    Way("coach plan {}", N_("Plan the next talk"), For.LEAD),
    Way("qa review {}", N_("Review their work"), For.REVIEWER),
    Way("qa scores {}", N_("Review scores"), For.LEAD),
    Way("coach review {}", N_("Performance talk"), For.LEAD),
    Way("coach improve {}", N_("Improvement plan"), For.LEAD),
    Way("goal {}", N_("Their goals")),
    Way("kudos {}", N_("Thank them")),
    Way("coach confide {}", N_("Confide in them")),
)
"""What can be done with one colleague, who takes the place of the braces."""


def standing(asker: Asker, teams: int) -> For:
    """What somebody is here; `teams`: how many teams there are."""
    found = For.ANYBODY
    seen = teams if asker.everywhere else len(asker.team_ids)
    every = {
        For.MEMBER: bool(asker.team_ids),
        For.SEER: seen > 0,
        For.SEVERAL: seen > 1,
        For.REVIEWER: any(asker.reviews(team_id) for team_id in asker.team_ids),
        For.LEAD: any(asker.coaches(team_id) for team_id in asker.team_ids),
        For.SETTLER: asker.everywhere is Role.ADMIN or any(asker.leads(team_id) for team_id in asker.team_ids),
        For.ADMIN: asker.everywhere is Role.ADMIN,
    }
    for one, holds in every.items():
        found |= one if holds else For(0)
    return found


def open_to(ways: Sequence[Way], whom: For) -> list[Way]:
    """Those of some ways that somebody may go."""
    return [way for way in ways if way.whom & whom]
