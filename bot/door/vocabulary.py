"""What people type after `/cspm`, in four languages. Input, not output: nobody is shown these lists."""

from __future__ import annotations

from collections.abc import Mapping

SUBCOMMANDS: Mapping[str, tuple[str, ...]] = {
    "today": ("today", "todo", "vandaag", "今天", "今日", "待辦", "오늘", "할 일"),
    "privacy": ("privacy", "my data", "mijn gegevens", "隱私", "個資", "我的資料", "개인정보", "내 정보"),
    "help": ("help", "?", "hulp", "幫助", "協助", "說明", "도움말", "도움"),
}
