"""What people type after `/cspm`, in four languages. Input, not output: nobody is shown these lists."""

from __future__ import annotations

from collections.abc import Mapping

from cspm_core.people import fold

SUBCOMMANDS: Mapping[str, tuple[str, ...]] = {
    "today": ("today", "todo", "vandaag", "今天", "今日", "待辦", "오늘", "할 일"),
    "privacy": ("privacy", "my data", "mijn gegevens", "隱私", "個資", "我的資料", "개인정보", "내 정보"),
    "setup": ("setup", "set up", "new team", "nieuw team", "inrichten", "新團隊", "建立團隊", "새 팀", "팀 만들기"),
    "settings": ("settings", "instellingen", "設定", "설정"),
    "names": ("names", "matching", "namen", "名字", "姓名", "對應", "이름", "이름 맞추기"),
    "tour": ("tour", "rondleiding", "導覽", "둘러보기"),
    "doctor": ("doctor", "check", "dokter", "controle", "診斷", "檢查", "진단", "점검"),
    "admin": ("admin", "beheerder", "管理員", "관리자"),
    "help": ("help", "?", "hulp", "幫助", "協助", "說明", "도움말", "도움"),
}
HANDED_ON: Mapping[str, tuple[str, ...]] = {
    "kpi": ("kpi", "kpis", "figures", "cijfers", "指標", "數字", "지표", "수치"),
    "escalate": (
        "escalate",
        "escalation",
        "escalations",
        "escaleer",
        "escalatie",
        "escalaties",
        "升級",
        "에스컬레이션",
    ),
    "handover": ("handover", "overdracht", "交接", "인수인계"),
    "qa": ("qa", "quality", "kwaliteit", "品質", "품질"),
    "coach": ("coach", "coaching", "輔導", "코칭"),
    "goal": ("goal", "goals", "doel", "doelen", "目標", "목표"),
    "kudos": ("kudos", "thanks", "bedankt", "感謝", "칭찬"),
}
"""The names of the other commands: `/cspm kpi …` does what `/kpi …` does, wherever that name is taken."""
EVERY = {**SUBCOMMANDS, **HANDED_ON}
SPELLINGS = sorted(
    ((len(spelling.split()), spelling, about) for about, spellings in EVERY.items() for spelling in spellings),
    reverse=True,
)
"""The longest first."""


def understood(text: str) -> tuple[str, str]:
    """What is meant, and the words after it as they were typed. Nothing: the door. Anything else: unknown, with it."""
    if not text.strip():
        return "door", ""
    for n, spelling, about in SPELLINGS:
        words = text.split(maxsplit=n)
        if fold(" ".join(words[:n])) == spelling:
            return about, words[n].strip() if len(words) > n else ""
    return "unknown", text.strip()
