"""The whole review in a modal, with how it stands and every version of it. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence

from slackblocks import ActionsBlock, Block, Option, SectionBlock, StaticSelectMenu

from cspm_core.disputes import Standing, State, Status, Version

from .. import ids
from ..blocks import Drawing, escape, option, short
from ..qa import review_views
from ..qa.review_names import points
from ..words import Words
from .names import VERSIONS, decided, quoted, signed
from .views import objected


def whole(one: Standing, versions: Sequence[Version], t: Words, *, number: int | None = None, page: int = 0) -> Drawing:
    """`number`: which version; None: as it stands."""
    shown = next((v for v in versions if v.number == number), versions[-1])
    above = [*_stands(one, t), *_chooser(versions, shown, t)]
    return review_views.whole(
        shown.review,
        page,
        t,
        above=above,
        turns=(ids.DISPUTE_REVIEW_PAGE, ids.DISPUTE_REVIEW_NEXT),
        version=shown.number,
    )


def _stands(one: Standing, t: Words) -> list[Block]:
    """The dispute and its decision."""
    objection = one.objection
    if objection is None or one.state is State.MOVED:
        return []
    at = t.moment(objection.at, one.review.timezone)
    lines = [t("✋ *{agent} sees it differently*, {moment}.", agent=escape(objection.by), moment=at), *objected(one, t)]
    if objection.status is Status.OPEN:
        lines.append(t("Nobody has decided yet."))
    else:
        lines += [f"*{escape(decided(one, t))}*", quoted(objection.reason, 1_000), signed(one, t)]
    return [SectionBlock(short("\n".join(line for line in lines if line), 3_000))]


def _chooser(versions: Sequence[Version], shown: Version, t: Words) -> list[Block]:
    """Which version, where there are several."""
    if len(versions) < 2:
        return []
    options = [_option(version, len(versions), t) for version in reversed(versions)][:100]
    now = next(o for o in options if o.value == str(shown.number))
    menu = StaticSelectMenu(ids.DISPUTE_REVIEW_VERSION, options, initial_option=now)
    return [ActionsBlock([menu], block_id=f"version.{shown.number}")]


def _option(version: Version, total: int, t: Words) -> Option:
    told = {"n": version.number, "score": points(version.review.scored.score, t)}
    said = t(VERSIONS.get(version.why, VERSIONS["changed"]))
    if version.number == total:
        return option(t("Version {n}, as it stands: {score} – {why}", why=said, **told), str(version.number))
    return option(t("Version {n}: {score} – {why}", why=said, **told), str(version.number))
