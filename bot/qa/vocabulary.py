"""What people type after `/qa`, in four languages. Input, not output: nobody is shown these lists."""

from __future__ import annotations

from collections.abc import Mapping

SUBCOMMANDS: Mapping[str, tuple[str, ...]] = {
    "review": ("review", "rate", "beoordeel", "beoordelen", "nakijken", "評核", "審查", "評分", "리뷰", "평가"),
    "queue": ("queue", "my queue", "mijn wachtrij", "to review", "todo", "wachtrij",
              "te beoordelen", "待評核", "待審", "佇列", "대기열", "대기",
              "할 일"),
    "settings": ("settings", "setup", "plan", "instellingen", "設定", "설정"),
    "scores": ("scores", "score", "results", "iqs", "resultaten", "cijfers", "成績", "分數", "結果", "점수", "결과"),
    "mine": ("mine", "my", "my reviews", "me", "mijn", "mijn beoordelingen", "van mij", "我的", "我的評核", "내",
             "내 리뷰", "내 평가"),
    "calibrate": ("calibrate", "calibration", "calibrations", "kalibreer", "kalibreren", "kalibratie", "ijken", "校準",
                  "校正", "캘리브레이션", "보정"),
    "scorecards": ("scorecards", "scorecard", "cards", "scorekaarten", "scorekaart", "beoordelingskaarten",
                   "beoordelingsformulieren", "評分卡", "評分表", "평가표", "채점표", "스코어카드"),
    "help": ("help", "?", "hulp", "幫助", "協助", "說明", "도움말", "도움"),
}  # fmt: skip
TEAM = ("team", "團隊", "小組", "팀")
"""Before a team's name."""
