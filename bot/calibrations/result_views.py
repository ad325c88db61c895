"""What came of a round: how far the reviewers agree, where they do not, and what to talk about. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from slackblocks import Block, HeaderBlock, SectionBlock

from cspm_core.calibrations import Apart, Result, Spread
from cspm_core.stats import Bias

from ..blocks import HEADLINE, Drawing, escape, fitted, message, note, short, table
from ..words import Words
from . import names
from .views import linked

MOST = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """A result as one person sees it. `own`: how they score beside the others; None: they do not, or it is not to be
    shown. `everybody`: the same of each, by name, for the team's lead where the team has agreed to that."""

    result: Result
    own: Bias | None = None
    everybody: Sequence[tuple[str, Bias]] = field(default=())


def result(shown: Shown, t: Words) -> Drawing:
    """The verdict first, then what it rests on."""
    spreads = shown.result.comparison.spreads[:MOST]
    return fitted(spreads, lambda rows: _drawn(shown, rows, t))


def _drawn(shown: Shown, spreads: Sequence[Spread], t: Words) -> Drawing:
    one = shown.result
    head = t("{title}: the result", title=names.title(one.round, t))
    blocks: list[Block] = [HeaderBlock(short(head, 150)), SectionBlock(_verdict(one, t)), *_discuss(one, t)]
    if spreads:
        blocks.append(_table(one, spreads, t))
    if len(spreads) < len(one.comparison.spreads):
        blocks.append(note(t("The {n} criteria that differ most.", n=t.number(len(spreads)))))
    blocks += [*_own(shown, t), *_everybody(shown, t)]
    blocks.append(note(_explained(t)))
    return message(short(head, HEADLINE), *blocks)


def _verdict(one: Result, t: Words) -> str:
    found = one.comparison
    head = t(names.VERDICTS[one.verdict])
    if found.alpha.value is not None:
        head = t("{verdict}: α = {alpha}", verdict=head, alpha=names.alpha(found.alpha, t, 3))
    lines = [f"*{head}*", names.verdict(one, t)]
    if found.agreement is not None:
        lines.append(
            t.n(
                "{share} of {n} pair of answers is the same.", "{share} of {n} pairs of answers are the same.",
                found.pairs, share=t.share(found.agreement),
            )
        )  # fmt: skip
    who = t.n("{n} person scored", "{n} people scored", one.took_part)
    what = t.n("{n} conversation", "{n} conversations", len(one.round.contacts))
    lines.append(f"{who} · {what} · {escape(one.round.scorecard)}")
    return "\n".join(lines)


def _discuss(one: Result, t: Words) -> list[Block]:
    if not one.comparison.apart:
        return []
    lines = [f"*{t('To talk about')}*", *(_apart(one, apart, t) for apart in one.comparison.apart)]
    return [SectionBlock(short("\n".join(lines), 3000))]


def _apart(one: Result, apart: Apart, t: Words) -> str:
    contact = one.round.contact(apart.ticket_id)
    criterion = one.round.definition.criterion(apart.criterion)
    where = linked(contact) if contact else ""
    said = []
    if apart.low is not None and apart.high is not None and apart.low != apart.high:
        low, high = (_word(criterion.scale, at) for at in (apart.low, apart.high))
        said.append(t("from “{low}” to “{high}”", low=low, high=high))
    if apart.some_na:
        said.append(t("some found it not applicable"))
    return f"• {where} · {escape(short(criterion.name, 75))}: {', '.join(said)}"


def _word(scale: Sequence[str], at: float) -> str:
    return escape(scale[int(at) - 1])


def _table(one: Result, spreads: Sequence[Spread], t: Words) -> Block:
    header = [t("Criterion"), t("Spread in points"), t("Same answer"), t("α")]
    return table(t("How each criterion was scored"), header, [_row(one, spread, t) for spread in spreads])


def _row(one: Result, spread: Spread, t: Words) -> list[object]:
    return [
        one.round.definition.criterion(spread.criterion).name,
        (names.points(spread.points, t), spread.points),
        (names.share(spread.agreement, t), spread.agreement),
        (names.alpha(spread.alpha, t), spread.alpha.value),
    ]


def _own(shown: Shown, t: Words) -> list[Block]:
    """How one's own scores stand beside the others', kindly: a number, no judgement."""
    found = shown.own
    if found is None or found.value is None:
        return []
    conversations = t.n("{n} conversation", "{n} conversations", found.n)
    points = t.number(abs(found.value), 1)
    if points == t.number(0):
        said = t(
            "Your scores are on average just as high as the others’ ({conversations}).", conversations=conversations
        )
    elif found.value > 0:
        said = t("Your scores are on average {points} points above the others’ ({conversations}).",
                 points=points, conversations=conversations)  # fmt: skip
    else:
        said = t("Your scores are on average {points} points below the others’ ({conversations}).",
                 points=points, conversations=conversations)  # fmt: skip
    return [SectionBlock(t.sentences(said, t("The other reviewers do not see this.")))]


def _everybody(shown: Shown, t: Words) -> list[Block]:
    if not shown.everybody:
        return []
    header = [t("Reviewer"), t("Difference in points"), t("Conversations")]
    rows = [[name, (_signed(bias, t), bias.value), (t.number(bias.n), bias.n)] for name, bias in shown.everybody]
    return [
        table(t("How each reviewer scores beside the others"), header, rows),
        note(t("Only the team’s leads see this table; each reviewer sees their own line.")),
    ]


def _signed(bias: Bias, t: Words) -> str:
    if bias.value is None:
        return "–"
    return ("+" if bias.value > 0 else "") + t.number(bias.value, 1)


def _explained(t: Words) -> str:
    return t.sentences(
        t("α is Krippendorff’s, of the scores of whole conversations: 1 is full agreement, 0 is chance."),
        t("In brackets: its 95 % interval."),
        t("Spread: from the lowest to the highest score of a conversation, on average."),
        t("A calibration counts for nobody’s quality score, and agents never see it."),
    )
