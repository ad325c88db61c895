"""What people type after `/coach`, in four languages. Input, not output: nobody is shown these lists."""

from __future__ import annotations

from collections.abc import Mapping

SUBCOMMANDS: Mapping[str, tuple[str, ...]] = {
    "mine": ("mine", "my", "list", "talks", "promises", "mijn", "lijst", "gesprekken", "beloftes", "afspraken",
             "我的", "清單", "面談", "承諾", "내", "목록", "면담", "약속"),
    "plan": ("plan", "schedule", "plannen", "inplannen", "安排", "計畫", "예약", "일정", "계획"),
    "review": ("review", "performance", "beoordeling", "functioneringsgesprek", "績效", "考核", "성과", "평가"),
    "effects": ("effects", "effect", "effecten", "成效", "效果", "효과"),
    "suggestions": ("suggestions", "ideas", "suggesties", "ideeën", "建議", "제안", "추천"),
    "pulse": ("pulse", "mood", "polsslag", "stemming", "脈動", "心情", "펄스", "분위기"),
    "confide": ("confide", "confidential", "vertrouwelijk", "in vertrouwen", "私下", "保密", "비밀", "털어놓기"),
    "improve": ("improve", "improvement", "verbeterplan", "verbeteren", "改善", "改善計畫", "개선", "개선 계획"),
    "help": ("help", "?", "hulp", "幫助", "協助", "說明", "도움말", "도움"),
}  # fmt: skip
"""The first word; what follows belongs to it."""
