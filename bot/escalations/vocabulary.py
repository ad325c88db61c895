"""What people type after `/escalate`, in four languages. Input, not output: nobody is shown these lists."""

from __future__ import annotations

from collections.abc import Mapping

SUBCOMMANDS: Mapping[str, tuple[str, ...]] = {
    "list": ("list", "ls", "lijst", "toon lijst", "清單", "列表", "列出", "목록", "리스트"),
    "duty": ("duty", "on duty", "oncall", "on-call", "dienst", "wie heeft dienst", "值班", "當值", "당직", "근무"),
    "settings": ("settings", "setup", "instellingen", "設定", "설정"),
    "detectors": ("detectors", "alarms", "detectoren", "alarmen", "偵測器", "警報", "감지기", "알람"),
    "help": ("help", "?", "hulp", "幫助", "協助", "說明", "도움말", "도움"),
}
SHOW = ("show", "open", "toon", "laat zien", "顯示", "查看", "보기", "보여줘")
"""Before a number."""

LISTS: Mapping[str, tuple[str, ...]] = {
    "open": ("open", "openstaand", "未結", "未處理", "進行中", "열린", "진행 중", "미해결"),
    "mine": ("mine", "my", "me", "mijn", "van mij", "我的", "내", "내 것"),
    "overdue": ("overdue", "late", "te laat", "over tijd", "逾期", "過期", "지난", "기한 초과", "지연"),
    "resolved": ("resolved", "closed", "opgelost", "afgesloten", "已解決", "已結", "해결", "해결됨"),
}
"""Which of them, after `list`."""
