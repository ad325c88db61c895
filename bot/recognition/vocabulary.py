"""What people type after `/kudos`, in four languages. Input, not output: nobody is shown these lists."""

from __future__ import annotations

from collections.abc import Mapping

SUBCOMMANDS: Mapping[str, tuple[str, ...]] = {
    "mine": ("mine", "my", "me", "mijn", "van mij", "我的", "내", "내 것"),
    "board": ("board", "leaderboard", "bord", "ranglijst", "排行榜", "榜", "순위", "순위표"),
    "rewards": ("rewards", "reward", "beloningen", "beloning", "獎勵", "보상"),
    "settings": ("settings", "setup", "instellingen", "設定", "설정"),
    "help": ("help", "?", "hulp", "幫助", "協助", "說明", "도움말", "도움"),
}
