"""The modal of a dropped file: how it is to be taken, what that would do, and yes. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slackblocks import (
    Block,
    ContextBlock,
    DividerBlock,
    ExternalSelectMenu,
    InputBlock,
    Option,
    PlainTextInput,
    RadioButtonGroup,
    SectionBlock,
    StaticSelectMenu,
    Text,
)

from cspm_core.uploads import KINDS, Choice, Fit, Told

from .. import ids
from ..blocks import Drawing, escape, modal, note, option, short, value
from ..words import Words
from . import names, reports

KIND, TEAM, ZONE, ORDER, ENCODING = "kind", "team", "timezone", "order", "encoding"
FEW_TEAMS = 100
LINES = 2_800
"""Characters of one section of columns."""


@dataclass(frozen=True)
class Offer:
    """What can be chosen. `teams` into which the asker may import; `trouble` is a sentence about the last try."""

    upload: int
    fit: Fit
    choice: Choice
    kinds: Sequence[str]
    teams: Mapping[int, str]
    must_choose_team: bool
    trouble: str = ""


def loading(said: str, t: Words) -> Drawing:
    """What stands there while somebody works."""
    return modal(_title(t), SectionBlock(f"⏳ {said}"), close=t("Close"))


def over(said: str, t: Words) -> Drawing:
    """There is nothing to choose: a sentence says why."""
    return modal(_title(t), SectionBlock(reports.escaped(said)), close=t("Close"))


def settings(one: Offer, t: Words) -> Drawing:
    """How the file is to be taken, with the columns as understood."""
    kind = KINDS[one.choice.kind]
    blocks: list[Block] = [SectionBlock(f"📄 *{escape(short(one.fit.file, 80))}*")]
    if one.trouble:
        blocks.append(SectionBlock(f"⚠️ {reports.escaped(one.trouble)}"))
    blocks.append(_kind(one, t))
    blocks += _columns(one.fit, t)
    blocks.append(DividerBlock())
    blocks.append(_team(one, t))
    blocks += _order(one, t)
    if kind.dates:
        blocks.append(_zone(one, t))
    blocks.append(_encoding(one, t))
    return modal(
        _title(t),
        *blocks,
        callback_id=ids.UPLOAD_FORM,
        private_metadata=value(upload=one.upload, kind=one.choice.kind),
        submit=t("Try it out"),
        close=t("Cancel"),
    )


def rehearsed(upload: int, choice: Choice, told: Told, file: str, team: str, t: Words, *, is_lead: bool) -> Drawing:
    """What the import would do, and the button that does it; no button where nothing could be taken."""
    taken = told.rows - told.refused_rows
    head = t("What would happen in {team}", team=team) if team else t("What would happen")
    blocks: list[Block] = [
        SectionBlock(f"🔍 *{escape(short(head, 120))}* · {escape(short(file, 60))}"),
        SectionBlock(reports.text(told, t, is_lead=is_lead)),
    ]
    if not taken:
        blocks.append(note(t("None of the rows can be taken. Close this, and look again with other choices.")))
        return modal(_title(t), *blocks, close=t("Close"))
    blocks.append(note(t("Nothing is written yet. The same file twice changes nothing.")))
    return modal(
        _title(t),
        *blocks,
        callback_id=ids.UPLOAD_IMPORT_FORM,
        private_metadata=value(upload=upload, rows=told.rows, choice=choice.to_json()),
        submit=t("Import"),
        close=t("Cancel"),
    )


def _title(t: Words) -> str:
    return t("Import a file")


def _kind(one: Offer, t: Words) -> InputBlock:
    offered = {name: t(names.KINDS[name]) for name in one.kinds}
    menu = _menu(ids.UPLOAD_KIND, offered, one.choice.kind)
    return InputBlock(t("What it is"), menu, dispatch_action=True, block_id=KIND)


def _columns(fit: Fit, t: Words) -> list[Block]:
    """Ours ← theirs, as many as fit; then what is missing and what has no use."""
    kept: list[str] = []
    for ours, theirs in fit.columns:
        line = f"`{ours}` ← {escape(short(' '.join(theirs.split()), 60))}"
        if sum(map(len, kept)) + len(kept) + len(line) > LINES:
            break
        kept.append(line)
    more = len(fit.columns) - len(kept)
    kept += [t.n("and {n} more", "and {n} more", more)] if more else []
    head = t("*Columns as understood* (mine ← the file’s)")
    blocks: list[Block] = [SectionBlock("\n".join([head, *(kept or [t("None.")])]))]
    if fit.missing:
        missing = t.join([f"`{name}`" for name in fit.missing])
        blocks.append(SectionBlock(t("✗ Not found, but needed: {names}.", names=missing)))
    if fit.unused:
        unused = reports.names(fit.unused, t)
        blocks.append(ContextBlock([Text(short(t("Columns not used: {names}.", names=unused), 1900))]))
    if fit.guessed_encoding:
        blocks.append(note(t("The file is not UTF-8. If names look wrong, choose below how it is written.")))
    return blocks


def _team(one: Offer, t: Words) -> InputBlock:
    now, hint = one.choice.team_id, t("For rows that name none.") if one.fit.names_teams else None
    element: StaticSelectMenu | ExternalSelectMenu
    if len(one.teams) > FEW_TEAMS:
        known = option(one.teams[now], str(now)) if now is not None and now in one.teams else None
        element = ExternalSelectMenu(
            ids.UPLOAD_TEAM, initial_option=known, min_query_length=0, placeholder=t("Choose a team")
        )
    else:
        element = _menu(ids.UPLOAD_TEAM, {str(i): name for i, name in one.teams.items()}, str(now), t("Choose a team"))
    return InputBlock(t("Whose rows these are"), element, block_id=TEAM, hint=hint, optional=not one.must_choose_team)


def _order(one: Offer, t: Words) -> list[Block]:
    """Only where the file leaves it open."""
    if not one.fit.is_doubtful:
        return []
    offered = {"day": t("The day first: 03/04 is 3 April"), "month": t("The month first: 03/04 is March 4")}
    options = [option(label, key) for key, label in offered.items()]
    chosen = next((one_ for one_, key in zip(options, offered, strict=True) if key == one.choice.order), None)
    label = t("The dates leave open what comes first")
    return [InputBlock(label, RadioButtonGroup(ORDER, options, initial_option=chosen), block_id=ORDER)]


def _zone(one: Offer, t: Words) -> InputBlock:
    element = PlainTextInput(
        ZONE, initial_value=one.choice.timezone or None, max_length=60, placeholder=t("For example Europe/Amsterdam")
    )
    hint = t("Left empty, the team’s own is taken.")
    return InputBlock(t("Zone of times that name none"), element, block_id=ZONE, hint=hint, optional=True)


def _encoding(one: Offer, t: Words) -> InputBlock:
    menu = _menu(ENCODING, names.ENCODINGS, one.choice.encoding, t("Found out by itself"))
    return InputBlock(t("How the file is written"), menu, block_id=ENCODING, optional=True)


def _menu(action_id: str, offered: Mapping[str, str], now: str, placeholder: str = "") -> StaticSelectMenu:
    options: list[Option] = [option(label, key) for key, label in offered.items()]
    chosen = next((made for made, key in zip(options, offered, strict=True) if key == now), None)
    return StaticSelectMenu(action_id, options, initial_option=chosen, placeholder=placeholder or None)
