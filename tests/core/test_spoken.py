"""What people type after `/kpi`, in four languages, with slips of the finger."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.kpi.spoken import Known, Subject, Wish, understand
from cspm_core import errors

NOW = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)
METRICS = {
    "csat": "csat",
    "first_response": "first_response",
    "first response": "first_response",
    "첫 응답 시간": "first_response",
    "volume": "volume",
}
KNOWN = Known(["Returns", "Billing East", "CSAT", "Last Week", "帳務 支援", "Bezorging"], METRICS, NOW)


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("", Wish(Subject.TEAM)),
        ("team", Wish(Subject.TEAM)),
        ("team last week", Wish(Subject.TEAM, "Last Week")),
        ("team Returns last week", Wish(Subject.TEAM, "Returns", "last-week")),
        ("  TEAM   returns   2026-10 ", Wish(Subject.TEAM, "Returns", "2026-10")),
        ("team billing east 7d", Wish(Subject.TEAM, "Billing East", "7d")),
        ("team csat", Wish(Subject.TEAM, "CSAT")),
        ("team csat yesterday", Wish(Subject.TEAM, "CSAT", "yesterday")),
        ("csat", Wish(Subject.METRIC, "csat")),
        ("csat last month", Wish(Subject.METRIC, "csat", "last-month")),
        ("first response 28d", Wish(Subject.METRIC, "first_response", "28d")),
        ("Returns", Wish(Subject.TEAM, "Returns")),
        ("billing east today", Wish(Subject.TEAM, "Billing East", "today")),
        ("2026-10-01..2026-10-15", Wish(Subject.TEAM, "", "2026-10-01..2026-10-15")),
        ("last quarter", Wish(Subject.TEAM, "", "last-quarter")),
        ("me", Wish(Subject.ME)),
        ("me last 14 days", Wish(Subject.ME, "", "14d")),
        ("agent <@U123|kim> last month", Wish(Subject.AGENT, "U123", "last-month")),
        ("<@U123> 7d", Wish(Subject.AGENT, "U123", "7d")),
        ("agent Grace Kim yesterday", Wish(Subject.AGENT, "Grace Kim", "yesterday")),
        ("explain first_response", Wish(Subject.EXPLAIN, "first_response", "28d")),
        ("explain first response Billing East", Wish(Subject.EXPLAIN, "first_response", "28d", "Billing East")),
        ("explain csat last month", Wish(Subject.EXPLAIN, "csat", "last-month")),
        ("uitleg csat Bezorging vorige week", Wish(Subject.EXPLAIN, "csat", "last-week", "Bezorging")),
        ("compare Returns Billing East last month", Wish(Subject.COMPARE, "Returns", "last-month", "Billing East")),
        ("compare returns and CSAT", Wish(Subject.COMPARE, "Returns", "28d", "CSAT")),
        ("compare Returns Last Week", Wish(Subject.COMPARE, "Returns", "28d", "Last Week")),
        ("compare Bezorging 7d", Wish(Subject.COMPARE, "", "7d", "Bezorging")),
        ("compare", Wish(Subject.COMPARE, "", "28d")),
        ("vergelijk Bezorging met Returns vorige week", Wish(Subject.COMPARE, "Bezorging", "last-week", "Returns")),
        ("比較 Returns 和 帳務 支援 上週", Wish(Subject.COMPARE, "Returns", "last-week", "帳務 支援")),
        ("비교 Returns Bezorging 지난달", Wish(Subject.COMPARE, "Returns", "last-month", "Bezorging")),
        ("agents", Wish(Subject.AGENTS, "", "28d")),
        ("agents first response last month", Wish(Subject.AGENTS, "first_response", "last-month")),
        ("agents Returns csat 7d", Wish(Subject.AGENTS, "csat", "7d", "Returns")),
        ("agents csat Billing East", Wish(Subject.AGENTS, "csat", "28d", "Billing East")),
        ("medewerkers csat vorige week", Wish(Subject.AGENTS, "csat", "last-week")),
        ("客服人員 csat", Wish(Subject.AGENTS, "csat", "28d")),
        ("상담원들 첫 응답 시간 지난달", Wish(Subject.AGENTS, "first_response", "last-month")),
        ("help", Wish(Subject.HELP)),
        ("?", Wish(Subject.HELP)),
        ("team Bezorging vorige week", Wish(Subject.TEAM, "Bezorging", "last-week")),
        ("team 7 dagen", Wish(Subject.TEAM, "", "7d")),
        ("團隊 帳務 支援 上週", Wish(Subject.TEAM, "帳務 支援", "last-week")),
        ("最近 7 天", Wish(Subject.TEAM, "", "7d")),
        ("팀 지난주", Wish(Subject.TEAM, "", "last-week")),
        ("첫 응답 시간 지난달", Wish(Subject.METRIC, "first_response", "last-month")),
        ("ｃｓａｔ　上週", Wish(Subject.METRIC, "csat", "last-week")),
        ("나 이번 달", Wish(Subject.ME, "", "this-month")),
        ("도움말", Wish(Subject.HELP)),
    ],
)
def test_what_is_typed_is_understood(typed: str, wish: Wish):
    assert understand(typed, KNOWN) == wish


@pytest.mark.parametrize(
    ("typed", "refusal", "nearest"),
    [
        ("team Retruns", errors.UnknownTeam, "Returns"),
        ("team Returns lst week", errors.UnknownPeriod, "last week"),
        ("csat yesterdya", errors.UnknownPeriod, "yesterday"),
        ("me vorige wek", errors.UnknownPeriod, "vorige week"),
        ("cast", errors.UnknownMetric, "csat"),
        ("explain first_respnse", errors.UnknownMetric, "first_response"),
        ("hlep", errors.UnknownMetric, "help"),
        ("compare Returns Bezorgin", errors.UnknownTeam, "Bezorging"),
        ("compare Retruns with Bezorging 7d", errors.UnknownTeam, "Returns"),
        ("compare Returns Bezorging lst week", errors.UnknownTeam, "Bezorging"),
        ("agents cast", errors.UnknownMetric, "csat"),
        ("agents csat lst week", errors.UnknownPeriod, "last week"),
        ("xyzzy plugh", errors.UnknownMetric, None),
    ],
)
def test_a_wrong_word_gets_the_nearest_valid_one(typed: str, refusal: type[errors.Unknown], nearest: str | None):
    with pytest.raises(refusal) as refused:
        understand(typed, KNOWN)
    assert refused.value.nearest == nearest


def test_a_period_in_the_future_is_told_apart_from_a_wrong_word():
    with pytest.raises(errors.NotBegun):
        understand("team 2099-01", KNOWN)
