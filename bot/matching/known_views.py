"""Names that were said to be somebody's, or nobody's, each to be taken back. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, SectionBlock

from cspm_core.matching import Known

from .. import ids
from ..blocks import Drawing, message, value
from ..words import Words
from .names import named
from .views import PAGE, Said, place, said_before, turning


@dataclass(frozen=True, slots=True)
class KnownShown:
    """Names that were said to be somebody's or nobody's."""

    rows: Sequence[Known]
    timezone: str
    team_id: int = 0
    page: int = 0
    said: Said | None = None

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.rows) // PAGE))


def known(shown: KnownShown, t: Words) -> Drawing:
    """What was said before, each to be taken back."""
    title = t("Names that are known by now")
    blocks: list[Block] = [HeaderBlock(title), *said_before(shown.said, shown.team_id, shown.page, "known", t)]
    rows = shown.rows[shown.page * PAGE :][:PAGE]
    if not rows:
        blocks.append(SectionBlock(t("Nobody has said anything about a name yet.")))
    for row in rows:
        carried = value(x=row.match_id, **place(shown.team_id, shown.page), v="known")
        wrong = Button(t("Not right"), action_id=ids.MATCHING_UNDO, value=carried)
        blocks.append(SectionBlock(_known(row, shown.timezone, t), accessory=wrong))
    buttons = turning(shown.team_id, shown.page, shown.pages, "known", t)
    carried = value(**place(shown.team_id, 0), v="names")
    to_names = Button(t("Names that match nobody"), action_id=ids.MATCHING_PAGE, value=carried)
    if shown.page:  # two buttons of one name cannot stand side by side
        return message(title, *blocks, ActionsBlock(buttons), ActionsBlock([to_names]))
    return message(title, *blocks, ActionsBlock([to_names, *buttons]))


def _known(row: Known, timezone: str, t: Words) -> str:
    name, person, by = named(row.name), named(row.member), named(row.by)
    said = t("*{name}* is *{person}*", name=name, person=person) if row.member else t(
        "*{name}* is nobody of yours", name=name
    )  # fmt: skip
    at = t.moment(row.at, timezone)
    told = t("{person} said so {moment}", person=by, moment=at) if row.by else t(
        "an operator said so {moment}", moment=at
    )  # fmt: skip
    return f"{said} · {told}"
