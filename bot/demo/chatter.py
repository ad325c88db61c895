"""What colleagues said in their channels the day before, so that nobody walks into empty rooms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.local_slack import Workspace

from . import world
from .living import calendar_of
from .world import BEZORGING, BILLING, RETURNS, Centre, Colleague


@dataclass(frozen=True)
class Line:
    """Somebody says something at a local time of a team's working day."""

    centre: Centre
    at: time
    channel: str
    who: Colleague
    words: str


LINES = (
    Line(
        RETURNS,
        time(8, 42),
        "general",
        world.ADMIN,
        "The coffee machine on the second floor is fixed. You are welcome.",
    ),
    Line(RETURNS, time(8, 43), "general", BEZORGING.lead, "Hero! 🙌"),
    Line(
        RETURNS,
        time(8, 44),
        "returns",
        world.agent(RETURNS, "Aaliyah"),
        "Morning all. I take chat until noon, Jonah after that.",
    ),
    Line(
        RETURNS,
        time(8, 45),
        "returns",
        world.agent(RETURNS, "Jonah"),
        "👍 I'll start with the damaged ones from yesterday.",
    ),
    Line(RETURNS, time(8, 52), "returns", RETURNS.lead, "Theo, shout if you get stuck, everyone here was new once."),
    Line(
        RETURNS,
        time(10, 4),
        "support-leads",
        world.EXECUTIVE,
        "월요일까지 팀별 지난달 수치를 부탁드려요. 짧게 요약해 주시면 됩니다.",
    ),
    Line(
        RETURNS, time(10, 15), "support-leads", RETURNS.lead, "Will do! The bot can share last month's card right here."
    ),
    Line(
        BEZORGING,
        time(8, 12),
        "bezorging",
        world.agent(BEZORGING, "Lotte"),
        "Goedemorgen! Het is druk rond Utrecht, dus verwacht vragen.",
    ),
    Line(
        BEZORGING,
        time(8, 14),
        "bezorging",
        world.agent(BEZORGING, "Daan"),
        "Dank je, ik zet het vast in de standaardtekst.",
    ),
    Line(
        BEZORGING, time(8, 47), "bezorging", BEZORGING.lead, "Top. Om elf uur even kort overleg over de zaterdagdienst."
    ),
    Line(
        BILLING,
        time(9, 5),
        "帳務",
        world.agent(BILLING, "王怡君"),
        "大家早，對帳的信開始進來了，有統編問題的先分給我。",
    ),
    Line(BILLING, time(9, 7), "帳務", world.agent(BILLING, "陳柏宇"), "收到，我先處理重複扣款的部分。"),
    Line(BILLING, time(9, 41), "帳務", BILLING.lead, "謝謝大家，下午三點我們看一下本週的數字。"),
)


def lines(after: datetime, until: datetime) -> list[tuple[datetime, Line]]:
    """Who says what when, in the order of time: on each team's first working day after an instant, up to another."""
    return sorted(((at, line) for at, line in _times(after) if at <= until), key=lambda one: one[0])


def _times(after: datetime) -> Iterator[tuple[datetime, Line]]:
    for line in LINES:
        calendar = calendar_of(line.centre)
        day = calendar.local_day(after)
        while not calendar.is_working_day(day) or calendar.at_local(day, line.at) <= after:
            day += timedelta(days=1)
        yield calendar.at_local(day, line.at), line


def say(workspace: Workspace, line: Line) -> None:
    """Let them say it, at the workspace's own time."""
    workspace.person(world.slack_id(line.who)).types(line.words, channel=f"#{line.channel}")
