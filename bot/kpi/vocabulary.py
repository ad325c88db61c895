"""What people type after `/kpi`, in four languages. Input, not output: nobody is shown these lists."""

from __future__ import annotations

from collections.abc import Mapping

PERIODS: Mapping[str, tuple[str, ...]] = {
    "today": ("today", "vandaag", "今天", "今日", "오늘"),
    "yesterday": ("yesterday", "gisteren", "昨天", "昨日", "어제"),
    "this-week": ("this week", "week", "deze week", "本週", "本周", "這週", "這星期", "이번 주", "이번주", "금주"),
    "last-week": ("last week", "vorige week", "afgelopen week", "上週", "上周", "上星期", "지난주", "지난 주"),
    "this-month": ("this month", "month", "deze maand", "maand", "本月", "這個月", "이번 달", "이번달", "이달"),
    "last-month": ("last month", "vorige maand", "afgelopen maand", "上個月", "上月", "지난달", "지난 달"),
    "this-quarter": ("this quarter", "quarter", "dit kwartaal", "kwartaal", "本季", "這一季", "이번 분기"),
    "last-quarter": ("last quarter", "vorig kwartaal", "afgelopen kwartaal", "上季", "上一季", "지난 분기", "지난분기"),
    "this-year": ("this year", "dit jaar", "今年", "올해"),
    "last-year": ("last year", "vorig jaar", "去年", "작년", "지난해"),
}

DAYS = ("days", "day", "dagen", "dag", "天", "日", "일", "d")
"""After a number: the last so many days."""

LAST = ("last ", "past ", "the last ", "laatste ", "afgelopen ", "最近", "過去", "최근 ", "지난 ")
"""Before a number of days."""

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "team": ("team", "團隊", "小組", "팀"),
    "me": ("me", "my", "mine", "ik", "mij", "mijn", "我", "我的", "나", "내"),
    "agent": ("agent", "person", "medewerker", "客服", "人員", "상담원", "직원"),
    "compare": ("compare", "vergelijk", "vergelijken", "比較", "对比", "비교"),
    "agents": ("agents", "people", "medewerkers", "團隊成員", "客服人員", "成員", "상담원들", "직원들", "팀원"),
    "explain": ("explain", "what is", "uitleg", "leg uit", "解釋", "說明", "설명"),
    "help": ("help", "?", "hulp", "幫助", "協助", "도움말", "도움"),
}

BETWEEN = ("and", "with", "vs", "vs.", "to", "en", "met", "和", "與", "跟", "와", "과", "및", "&", ",")
"""What may stand between two teams."""
