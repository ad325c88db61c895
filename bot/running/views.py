"""`/cspm doctor` in Slack: what is broken first, then what to look at, then how much is good. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import ActionsBlock, Block, Button, DividerBlock, Element, HeaderBlock, SectionBlock

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, fitted, message, note, short, value
from ..words import Words
from .findings import Finding, State

MARKS = {State.GOOD: "✓", State.DOUBTFUL: "⚠️", State.BROKEN: "❌"}
LINE = 1_400
MOST = 30


@dataclass(frozen=True)
class Shown:
    """What the doctor found. `is_whole`: everything, not only what concerns teams that the reader leads. `with_good`:
    each of the good lines too. `tries_on`: the team on which an alarm may be tried."""

    findings: Sequence[Finding]
    is_whole: bool
    with_good: bool = False
    tries_on: int | None = None


def page(shown: Shown, t: Words) -> Drawing:
    """As much of it as Slack takes, the gravest first."""
    wrong = [one for state in (State.BROKEN, State.DOUBTFUL) for one in shown.findings if one.state is state]
    fine = [one for one in shown.findings if one.state is State.GOOD]
    title = _title(shown.findings, t)
    lines = [*wrong, *(fine if shown.with_good else ())][:MOST]

    def draw(kept: Sequence[Finding]) -> Drawing:
        blocks: list[Block] = [HeaderBlock(title), *(SectionBlock(_line(one)) for one in kept)]
        if left := len(wrong) + len(fine) * shown.with_good - len(kept):
            blocks.append(
                note(t.n("and {n} more: `cspm doctor` shows all", "and {n} more: `cspm doctor` shows all", left))
            )
        if fine and not shown.with_good:
            blocks.append(note(t.n("✓ {n} check is good", "✓ {n} checks are good", len(fine))))
        if not shown.is_whole:
            blocks.append(note(t("This is what concerns your teams. The bot’s admins see the rest.")))
        return message(short(title, HEADLINE), *blocks, DividerBlock(), _buttons(shown, bool(fine), t))

    return fitted(lines, draw) if lines else draw(())


def _title(findings: Sequence[Finding], t: Words) -> str:
    broken = sum(one.state is State.BROKEN for one in findings)
    look = sum(one.state is State.DOUBTFUL for one in findings)
    if broken:
        return t.n("{n} thing does not work", "{n} things do not work", broken)
    if look:
        return t.n("It works, with {n} thing to look at", "It works, with {n} things to look at", look)
    return t("All is well with the bot")


def _line(one: Finding) -> str:
    """The sentence, and under it what to do; a channel as a link to it."""
    said = f"{MARKS[one.state]} {_spoken(one.found, one)}"
    return short(f"{said}\n→ {_spoken(one.advice, one)}" if one.advice else said, LINE)


def _spoken(text: str, one: Finding) -> str:
    said = escape(text)
    return said.replace(escape(one.channel[1]), f"<#{one.channel[0]}>") if one.channel else said


def _buttons(shown: Shown, has_good: bool, t: Words) -> ActionsBlock:
    again = "all" if shown.with_good else "look"
    buttons: list[Element] = [
        Button(t("Look again"), action_id=ids.DOCTOR_SHOW, value=value(show=again), style="primary")
    ]
    if has_good and not shown.with_good:
        buttons.append(Button(t("Show what is good"), action_id=ids.DOCTOR_ALL, value=value(show="all")))
    if shown.tries_on is not None:
        label = t("Try an alarm’s whole way")
        buttons.append(Button(label, action_id=ids.WATCH_SELFTEST, value=value(team=shown.tries_on)))
    return ActionsBlock(buttons)
