"""What an activity in a roster means: duty, work, or no work at all, in English, Dutch, Korean and Chinese."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from ..people.rules import fold


class Kind(StrEnum):
    """`duty` is work, too."""

    DUTY = "duty"
    WORK = "work"
    OFF = "off"


DUTY = frozenset(
    (
        *("duty", "on duty", "on call", "oncall", "standby", "stand by", "escalation", "escalations", "shift lead"),
        *("shift leader", "lead on duty", "escalatie", "escalaties", "escalatiedienst", "piket", "piketdienst"),
        *("storingsdienst", "wachtdienst", "oproepdienst", "bereikbaarheidsdienst", "achterwacht", "dienstleider"),
        *("shiftleider", "ploegleider"),
    )
)
OFF = frozenset(
    (
        *("off", "day off", "time off", "break", "breaks", "lunch", "dinner", "meal", "leave", "holiday", "holidays"),
        *("vacation", "pto", "sick", "sickness", "ill", "absent", "absence", "unavailable", "training", "not working"),
        *("pauze", "pauzes", "lunchpauze", "middagpauze", "theepauze", "koffiepauze", "verlof", "vakantie", "ziek"),
        *("ziekte", "ziekteverlof", "vrij", "vrije dag", "feestdag", "opleiding", "cursus", "scholing", "bijscholing"),
        *("afwezig", "niet beschikbaar", "ouderschapsverlof"),
    )
)
"""Whole words: `annual leave` and `sick (flu)` are found, `training` is not found in `trainingsdesk`."""
# fmt: off
DUTY_PARTS = (
    "值班", "值勤", "輪值", "轮值", "待命", "升級處理", "升级处理", "當班主管", "当班主管", "當班組長",
    "당직", "당번", "온콜", "비상대기", "에스컬레이션", "근무조장",
)
OFF_PARTS = (
    "休息", "午休", "午餐", "用餐", "休假", "請假", "请假", "特休", "年假", "病假", "事假", "放假", "假期",
    "例假", "公休",
    "訓練", "训练", "培訓", "培训", "教育訓練", "缺勤", "不在", "휴식", "점심", "식사", "휴가", "연차", "반차", "월차",
    "병가", "휴일", "휴무", "휴직", "교육", "훈련", "부재", "결근", "조퇴",
)
# fmt: on
"""Written without spaces, so they are found anywhere."""


def activity_key(text: str) -> str:
    """An activity as it is compared: `On-Call` and `on call` are one."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(text)).split())


@lru_cache(maxsize=4096)
def kind_of(key: str) -> Kind:
    """What a folded activity is; what nobody knows is work."""
    if _holds(key, OFF, OFF_PARTS):
        return Kind.OFF
    return Kind.DUTY if _holds(key, DUTY, DUTY_PARTS) else Kind.WORK


def _holds(key: str, words: frozenset[str], parts: tuple[str, ...]) -> bool:
    return any(f" {word} " in f" {key} " for word in words) or any(part in key for part in parts)
