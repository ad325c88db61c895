"""How a goal stands, as words."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import N_

VERDICTS: Mapping[str, str] = {
    "on_track": N_("✓ on track"),
    "behind": N_("✗ behind"),
    "cannot_tell": N_("… cannot tell yet"),
    "reached": N_("✓ reached"),
    "not_reached": N_("✗ not reached"),
    "not_decidable": N_("… not decidable"),
}
STATUSES: Mapping[str, str] = {
    "proposed": N_("not agreed yet"),
    "declined": N_("declined"),
    "withdrawn": N_("taken back"),
}
"""Of goals that are neither running nor over."""
SUBCOMMANDS: Mapping[str, tuple[str, ...]] = {
    "new": ("new", "add", "nieuw", "新增", "新目標", "새 목표", "추가"),
    "team": ("team", "團隊", "팀"),
    "mine": ("mine", "my", "mijn", "我的", "내", "내 목표"),
    "evidence": ("evidence", "bonus", "bewijs", "佐證", "獎金", "근거", "보너스"),
    "help": ("help", "?", "hulp", "幫助", "協助", "說明", "도움말", "도움"),
}
"""What people type after `/goal`, in four languages. Input, not output."""
