"""Ratings: whether an answer on its scale counts as satisfied.

Of 5 (4 and 5) and good or bad are METRICS.md's own rules. The others follow the same top two or top fifth: 3 of 3,
6 and 7 of 7, 9 and 10 of 10, 80 and more of 100. How likely somebody is to recommend us (`nps`) and how easy it was
(`ces`) are other questions: their answers are neither good nor bad.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

GOOD_FROM: Mapping[str, tuple[float, float, float]] = {
    "2": (0, 1, 1),
    "3": (1, 3, 3),
    "5": (1, 5, 4),
    "7": (1, 7, 6),
    "10": (0, 10, 9),
    "100": (0, 100, 80),
}
"""Scale: lowest answer, highest answer, the lowest that counts as satisfied."""
OTHERS: Mapping[str, tuple[float, float]] = {"nps": (0, 10), "ces": (1, 7)}
"""Scales of other questions than satisfaction: lowest and highest answer."""

# fmt: off
GOOD = frozenset((
    "good", "great", "satisfied", "positive", "happy", "yes", "+1", "thumbs up", "thumbs_up", "thumbs-up", "thumbsup",
    "good, i'm satisfied", "goodwithcomment", "good with comment", "good_with_comment",
    "👍", "😀", "😃", "😄", "🙂", "😊", "🤩", "goed", "tevreden", "滿意", "满意", "만족", "좋음",
))
BAD = frozenset((
    "bad", "poor", "unsatisfied", "dissatisfied", "negative", "unhappy", "no", "-1",
    "thumbs down", "thumbs_down", "thumbs-down", "thumbsdown",
    "bad, i'm unsatisfied", "badwithcomment", "bad with comment", "bad_with_comment",
    "👎", "😞", "😟", "🙁", "😡", "😠", "☹", "slecht", "ontevreden", "不滿意", "不满意", "불만족", "나쁨",
))
# fmt: on
WORDS = "2"
"""The scale of two words, good and bad."""


@lru_cache(maxsize=4096)
def is_good(answer: str, scale: str = "") -> bool | None:
    """Whether the raw answer counts as satisfied; None where it is no answer on that scale ("": as `scale_of`)."""
    word, kept = answer.strip().casefold().replace("\ufe0f", ""), scale_of(answer, scale)
    if kept == WORDS and (word in GOOD or word in BAD):
        return word in GOOD
    limits = GOOD_FROM.get(kept)
    number = _number(word)
    if limits is None or number is None or not limits[0] <= number <= limits[1]:
        return None
    return number >= limits[2]


def is_answer(answer: str, scale: str = "") -> bool:
    """Whether the raw answer is one on its scale."""
    if scale_of(answer, scale) in OTHERS:
        return score(answer, scale) is not None
    return is_good(answer, scale) is not None


@lru_cache(maxsize=4096)
def score(answer: str, scale: str = "") -> float | None:
    """The raw answer as a number on its scale; None where it is a word, or none on that scale."""
    number, kept = _number(answer.strip()), scale_of(answer, scale)
    lowest, highest = OTHERS.get(kept) or GOOD_FROM.get(kept, (0, 0, 0))[:2]
    return number if number is not None and lowest <= number <= highest and kept in {*OTHERS, *GOOD_FROM} else None


@lru_cache(maxsize=4096)
def scale_of(answer: str, scale: str = "") -> str:
    """The scale as it is kept: the one said (`1-5`, `5.0` and `/5` are 5), else what the answer itself shows."""
    said = scale.strip().casefold().replace("/", "-").rsplit("-", 1)[-1].removesuffix(".0").strip()
    if said in ("good", "bad", "good bad", "thumbs", "binary"):
        return WORDS
    if said in ("net promoter", "net promoter score", "promoter"):
        return "nps"
    if said in ("customer effort", "customer effort score", "effort"):
        return "ces"
    if said:
        return said
    return "5" if _number(answer.strip()) is not None else WORDS


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
