"""Names in the data that match nobody, each with the likeliest person. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from slackblocks import ActionsBlock, Block, Button, ConfirmationDialogue, HeaderBlock, SectionBlock
from slackblocks.elements import Element

from cspm_core.calendars import local_day
from cspm_core.matching import Likeliest, Unmatched

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, note, short, value
from ..words import Words
from .names import REASONS, named, work

PAGE = 10
TEAMS = 300
"""Characters of the names of the teams in which something hangs on a name."""
LISTED = 290
"""Characters of the names that a question before several are confirmed lists: Slack shows 300."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was just done. `match`: what takes it back."""

    text: str
    match: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """Names that match nobody. `team`: its name, empty for all that the asker looks after, which are `teams`."""

    rows: Sequence[Unmatched]
    teams: Mapping[int, str]
    timezone: str
    team: str = ""
    team_id: int = 0
    page: int = 0
    is_any_known: bool = False
    heard_slack: bool = True
    data_at: datetime | None = None
    said: Said | None = None

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.rows) // PAGE))


def names(shown: Shown, t: Words) -> Drawing:
    """One row for each name, with the likeliest person to confirm."""
    n = len(shown.rows)
    title = t.n("{n} name matches nobody", "{n} names match nobody", n) if n else _none(shown, t)
    blocks: list[Block] = [HeaderBlock(title), *said_before(shown.said, shown.team_id, shown.page, "names", t)]
    rows = shown.rows[shown.page * PAGE :][:PAGE]
    blocks += _head(shown, t) if rows else [SectionBlock(_nothing(shown, t))]
    for row in rows:
        blocks += _row(row, shown, t)
    if rows and not shown.heard_slack:
        blocks.append(note(t("Slack did not tell me who else works here, so I suggest only people I know.")))
    buttons = _below(rows, shown, t)
    if buttons:
        blocks.append(ActionsBlock(buttons))
    return message(short(title, HEADLINE), *blocks)


def _head(shown: Shown, t: Words) -> list[Block]:
    hint = t("Figures about a person count a name once you say whose it is. Nobody is matched by a guess.")
    where = [escape(shown.team)] if shown.team else []
    if shown.pages > 1:
        where.append(t("page {page} of {pages}", page=t.number(shown.page + 1), pages=t.number(shown.pages)))
    return [note(" · ".join([*where, hint]))]


def _none(shown: Shown, t: Words) -> str:
    return t("No names yet") if shown.data_at is None else t("Every name is somebody")


def _nothing(shown: Shown, t: Words) -> str:
    if shown.data_at is None:
        return t("There is no data yet. Drop your help desk’s export (CSV) into my direct messages.")
    at = t.moment(shown.data_at, shown.timezone)
    return t("There is nothing to match. Data came last {moment}; new names will stand here.", moment=at)


def _row(row: Unmatched, shown: Shown, t: Words) -> list[Block]:
    facts = [f"*{named(row.name)}*", work(row.work, t)]
    if not shown.team and len(shown.teams) > 1:
        facts.append(named(t.join([shown.teams[i] for i in row.team_ids if i in shown.teams]), TEAMS))
    if row.work.last_at:
        facts.append(t("last {day}", day=t.day(local_day(row.work.last_at, shown.timezone))))
    carried = {"i": row.identity_id, **place(shown.team_id, shown.page)}
    buttons = ActionsBlock(_choices(row, carried, t), block_id=f"name:{row.identity_id}")
    return [SectionBlock(f"{' · '.join(facts)}\n{_guess(row, t)}"), buttons]


def _guess(row: Unmatched, t: Words) -> str:
    if row.likeliest:
        person, why = named(row.likeliest.candidate.name), t(REASONS[row.likeliest.reason])
        said = t("Probably {person}: {reason}", person=person, reason=why)
        address = row.likeliest.candidate.address
        return f"{said} · {named(address)}" if address else said
    if row.rivals:
        return t("Several people could be meant, so I suggest nobody.")
    return t("I know nobody who is called like that.")


def _choices(row: Unmatched, carried: Mapping[str, Any], t: Words) -> list[Element]:
    buttons: list[Element] = []
    if row.likeliest:
        name = short(row.likeliest.candidate.name, 40)
        style: Literal["primary"] | None = "primary" if row.likeliest.is_strong else None
        yes = value(**carried, **whom(row.likeliest))
        buttons.append(Button(t("Yes, {person}", person=name), action_id=ids.MATCHING_YES, value=yes, style=style))
    label = t("Somebody else…") if row.likeliest else t("Choose who…")
    return [
        *buttons,
        Button(label, action_id=ids.MATCHING_OTHER, value=value(**carried)),
        Button(t("Not ours"), action_id=ids.MATCHING_NOBODY, value=value(**carried)),
    ]


def whom(found: Likeliest) -> dict[str, Any]:
    """How a button names a person: by our id, or by Slack's where we have not met."""
    one = found.candidate
    return {"m": one.member_id} if one.member_id else {"u": one.slack_user_id}


def place(team_id: int, page: int) -> dict[str, int]:
    """What every button carries, so that the page can be drawn again."""
    return {"t": team_id, "p": page}


def _below(rows: Sequence[Unmatched], shown: Shown, t: Words) -> list[Element]:
    buttons: list[Element] = []
    several = at_once(rows, t)
    if len(several) > 1:
        buttons.append(_all(several, shown, t))
    buttons += turning(shown.team_id, shown.page, shown.pages, "names", t)
    if shown.is_any_known:
        buttons.append(Button(t("Known by now"), action_id=ids.MATCHING_KNOWN, value=value(**place(shown.team_id, 0))))
    return buttons


def at_once(rows: Sequence[Unmatched], t: Words) -> list[Unmatched]:
    """The strong suggestions that one question can list."""
    found: list[Unmatched] = []
    for row in rows:
        if row.likeliest and row.likeliest.is_strong and len(_listed([*found, row], t)) <= LISTED:
            found.append(row)
    return found


def _listed(rows: Sequence[Unmatched], t: Words) -> str:
    return "\n".join(
        t("{name}: {person}", name=named(row.name, 30), person=named(row.likeliest.candidate.name, 30))
        for row in rows
        if row.likeliest
    )


def _all(rows: Sequence[Unmatched], shown: Shown, t: Words) -> Button:
    label = t.n("Confirm the sure one", "Confirm the {n} sure ones", len(rows))
    sure = ConfirmationDialogue(t("Is that right?"), _listed(rows, t), t("Yes, all of them"), t("Cancel"))
    pairs = [{"i": row.identity_id, **whom(row.likeliest)} for row in rows if row.likeliest]
    carried = value(a=pairs, **place(shown.team_id, shown.page))
    return Button(label, action_id=ids.MATCHING_ALL, value=carried, confirm=sure)


def turning(team_id: int, page: int, pages: int, of: str, t: Words) -> list[Element]:
    """To the page before and the one after; `of`: names or known."""
    buttons: list[Element] = []
    if page:
        carried = value(**place(team_id, page - 1), v=of)
        buttons.append(Button(t("‹ Back"), action_id=ids.MATCHING_PAGE, value=carried))
    if page + 1 < pages:
        carried = value(**place(team_id, page + 1), v=of)
        buttons.append(Button(t("More ›"), action_id=ids.MATCHING_NEXT, value=carried))
    return buttons


def said_before(said: Said | None, team_id: int, page: int, of: str, t: Words) -> list[Block]:
    """What the last press came to, and the way back."""
    if said is None:
        return []
    block = SectionBlock(short(said.text, 2900))
    if said.match is not None:
        carried = value(x=said.match, **place(team_id, page), v=of)
        block = SectionBlock(
            short(said.text, 2900), accessory=Button(t("Undo"), action_id=ids.MATCHING_UNDO, value=carried)
        )
    return [block]
