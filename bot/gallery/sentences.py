"""What is said in one sentence: every refusal on Slack's side, as somebody reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from cspm_core import errors

from ..blocks import Drawing
from ..refusals import mrkdwn
from ..words import Words

FRIDAY = datetime(2026, 11, 20, 22, 2, tzinfo=UTC)
REFUSALS: Mapping[str, errors.Refusal] = {
    "unknown_team": errors.UnknownTeam("Retruns", "Returns", ["Returns", "Bezorging"]),
    "unknown_figure": errors.UnknownMetric("cast", "csat"),
    "unknown_period": errors.UnknownPeriod("lst week", "last week"),
    "unknown_person": errors.UnknownMember("Kim"),
    "not_begun": errors.NotBegun("2099-01"),
    "no_teams": errors.NoTeams(),
    "no_team": errors.NoTeam(),
    "no_data": errors.NoData("Returns"),
    "before_first_day": errors.BeforeFirstDay("Returns", date(2026, 11, 24)),
    "before_first_data": errors.BeforeFirstDay("Returns", None),
    "data_ended": errors.DataEnded("Returns", FRIDAY, "America/New_York", f"{FRIDAY:%Y-%m}"),
    "no_team_of": errors.NoTeamOf("Kim"),
    "not_in_channel": errors.NotInChannel(),
    "not_your_team": errors.NotYourTeam("Returns"),
    "person_closed": errors.PersonFiguresClosed("Kim", "Returns", "self"),
    "person_closed_but_to_leads": errors.PersonFiguresClosed("Kim", "Returns", "lead"),
    "person_closed_to_all": errors.PersonFiguresClosed("Kim", "Returns", "nobody"),
    "people_closed": errors.PeopleClosed("Returns"),
    "not_shareable": errors.NotShareable(),
    "bad_definition": errors.BadDefinition("count", "first_reponse_at", "no_fact", "first_response_at", ["created_at"]),
    "guarded": errors.Guarded("first_response", ["csat", "reopen_rate"]),
    "unknown_contact": errors.UnknownContact("RET-404"),
    "no_agent_of": errors.NoAgentOf("RET-20417"),
    "no_scorecard": errors.NoScorecard("Returns"),
    "not_reviewer": errors.NotReviewer("Returns"),
    "own_work": errors.OwnWork("RET-20417"),
    "own_name": errors.OwnName("j.smith"),
    "review_sent": errors.ReviewSent("RET-20417"),
    "not_for_you": errors.NotForYou(["Mina Park", "Jonah Reyes"]),
    "not_admin": errors.NotAdmin(["Mina Park"]),
    "no_admin_yet": errors.NotAdmin(),
}


def _drawn(refusal: errors.Refusal) -> Callable[[Words], Drawing]:
    return lambda t: {"text": mrkdwn(refusal, t)}


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    f"refusal.{name}": _drawn(refusal) for name, refusal in REFUSALS.items()
}
