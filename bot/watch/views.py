"""What the watchdog tells: what stays late, that all is well again, and how a self-test went. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from slackblocks import ActionsBlock, Block, SectionBlock

from cspm_core.escalations.lateness import Late
from cspm_core.escalations.selftest import Outcome

from .. import ids
from ..blocks import HEADLINE, Drawing, choice, escape, message, note, option, short, value
from ..escalations.names import MARKS
from ..escalations.titles import called
from ..words import Words
from .names import WHYS

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Report:
    """What stays late, the longest first. `ended_at`: all is well again since then. `teams`: names by id."""

    late: Sequence[Late]
    teams: Mapping[int, str]
    timezone: str
    began_at: datetime
    ended_at: datetime | None = None


def report(found: Report, t: Words) -> Drawing:
    """To an admin, edited while it lasts."""
    return _well(found, t) if found.ended_at or not found.late else _late(found, t)


def _late(found: Report, t: Words) -> Drawing:
    numbers = {one.escalation_id: one.number for one in found.late}
    head = t.n("{n} escalation is late", "{n} escalations are late", len(numbers))
    lines = [_line(one, found, t) for one in found.late[:SHOWN]]
    if more := len(found.late) - SHOWN:
        lines += [t.n("and {n} more", "and {n} more", more)] if more > 0 else []
    options = [option(called(number), value(escalation=one)) for one, number in list(numbers.items())[:SHOWN]]
    blocks: list[Block] = [
        SectionBlock(f"*⏱ {escape(head)}*\n{t('I keep trying. Until then, look at them yourself.')}"),
        SectionBlock(short("\n".join(lines), 3000)),
        ActionsBlock([choice(t("Show one …"), ids.ESCALATION_SHOW, options)]),
        note(t("Whoever runs the bot: `cspm doctor` says what to do. This message changes while it lasts.")),
    ]
    return message(short(head, HEADLINE), *blocks)


def _line(one: Late, found: Report, t: Words) -> str:
    told = {"at": t.moment(one.since, found.timezone), "code": f"`{escape(one.code)}`"}
    team = escape(found.teams.get(one.team_id, ""))
    return f"{MARKS[one.severity]} *{called(one.number)}* · {team} · {t(WHYS[one.why], **told)}"


def _well(found: Report, t: Words) -> Drawing:
    said = t("All escalations are in time again")
    blocks: list[Block] = [SectionBlock(f"*✓ {escape(said)}*")]
    if found.ended_at:
        lasted = t.duration((found.ended_at - found.began_at).total_seconds())
        since = t.moment(found.began_at, found.timezone)
        blocks.append(note(t("Something was late for {duration}, from {at} on.", duration=lasted, at=since)))
    return message(short(said, HEADLINE), *blocks)


def result(told: Outcome, t: Words) -> Drawing:
    """To whoever tested: how long each part took, or how far it came and what may be wrong."""
    name = called(told.number)
    if told.pressed_s is not None and told.shown_s is not None:
        said = t("The self-test {name} went the whole way", name=name)
        parts = [
            t("From the writing to Slack: {time}", time=_seconds(told.shown_s, t)),
            t("From Slack to your press: {time}", time=_seconds(told.pressed_s, t)),
            t("No figure counts it."),
        ]
        return message(short(said, HEADLINE), SectionBlock(f"*✓ {escape(said)}*\n" + "\n".join(parts)))
    said = t("The self-test {name} was not pressed for ten minutes", name=name)
    return message(short(said, HEADLINE), SectionBlock(f"*✗ {escape(said)}*\n{_wrong(told, t)}"))


def _wrong(told: Outcome, t: Words) -> str:
    if not told.told:
        return t("Nothing was sent: you may be away on the duty board. Else no schedule runs: start `cspm run`.")
    if told.shown_s is None and told.code:
        return t("Slack did not take the message: `{code}`. `cspm doctor` says what to do.", code=escape(told.code))
    if told.shown_s is None:
        return t("The message did not reach Slack. `cspm doctor` says what to do.")
    return t(
        "The message was in Slack after {time}. If you did press and nothing happened, Slack does not tell the bot of "
        "presses: in your Slack app’s settings, look at Socket Mode, or at Interactivity and its address. "
        "`cspm doctor` says more.",
        time=_seconds(told.shown_s, t),
    )


def _seconds(seconds: float, t: Words) -> str:
    """1.2 s, or the usual words from a minute on."""
    return t("{n} s", n=t.number(seconds, 1)) if seconds < 60 else t.duration(seconds)
