"""What is said of rounds: their names, and what an alpha means in plain words. Words only."""

from __future__ import annotations

from collections.abc import Mapping

from cspm_core.calibrations import GOOD, TENTATIVE, Result, Round, Verdict
from cspm_core.stats import Alpha

from ..words import N_, Words

VERDICTS: Mapping[Verdict, str] = {
    Verdict.CANNOT_JUDGE: N_("Cannot judge"),
    Verdict.POOR: N_("Poor agreement"),
    Verdict.TENTATIVE: N_("Tentative agreement"),
    Verdict.GOOD: N_("Good agreement"),
}
MEANINGS: Mapping[Verdict, str] = {
    Verdict.CANNOT_JUDGE: N_(
        "All scores are the same, or nobody else scored the same conversations. Take conversations that differ."
    ),
    Verdict.POOR: N_(
        "α lies under {tentative}: the score depends on who gives it. Talk about what follows before scores are "
        "relied on."
    ),
    Verdict.TENTATIVE: N_(
        "α lies from {tentative} to {good}: enough for cautious conclusions, not for decisions about a person."
    ),
    Verdict.GOOD: N_("α is {good} or more: the scores can be relied on, whoever gives them."),
}


def title(one: Round, t: Words) -> str:
    """What a round is called, plain."""
    if one.name:
        return t("{team}: calibration “{name}”", team=one.team, name=one.name)
    return t("{team}: calibration", team=one.team)


def alpha(found: Alpha, t: Words, digits: int = 2) -> str:
    """0.84, with its interval where there is one; a dash where it cannot be judged."""
    if found.value is None:
        return "–"
    value = _number(found.value, t, digits)
    if found.interval is None:
        return value
    low, high = (_number(end, t, 2) for end in (found.interval.low, found.interval.high))
    return t("{value} ({low} to {high})", value=value, low=low, high=high)


def _number(value: float, t: Words, digits: int) -> str:
    return t.number(round(value, digits) + 0.0, digits)  # + 0.0: none is minus nothing


def verdict(one: Result, t: Words) -> str:
    """The verdict in a sentence or two, with its thresholds named."""
    said = t(MEANINGS[one.verdict], good=t.number(GOOD, 3), tentative=t.number(TENTATIVE, 3))
    if one.verdict is Verdict.CANNOT_JUDGE or one.is_sure:
        return said
    conversations = one.comparison.alpha.units
    if one.comparison.alpha.interval is None:
        return t.sentences(
            said,
            t.n("{n} conversation is too few to be sure.", "{n} conversations are too few to be sure.", conversations),
        )
    unsure = t.n(
        "With {n} conversation the interval reaches into another verdict, so this is not certain.",
        "With {n} conversations the interval reaches into another verdict, so this is not certain.",
        conversations,
    )
    return t.sentences(said, unsure)


def points(value: float | None, t: Words) -> str:
    return "–" if value is None else t.number(value, 1)


def share(value: float | None, t: Words) -> str:
    return "–" if value is None else t.share(value)
