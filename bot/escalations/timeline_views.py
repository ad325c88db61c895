"""The timeline of an escalation in a modal, newest first. Pure drawing: a modal cannot hold a data table."""

from __future__ import annotations

from collections.abc import Sequence

from slackblocks import ActionsBlock, Block, Button, SectionBlock

from cspm_core.escalations import Card, Line

from .. import ids
from ..blocks import Drawing, modal, note, short, value
from ..words import Words
from . import forms, line_views
from .names import ORIGINS

SECTION = 2_800
SECTIONS = 60
"""Of a hundred blocks in a modal; more than anybody reads."""


def timeline(one: Card, lines: Sequence[Line], t: Words) -> Drawing:
    """Every line with its time and from where it came; what does not fit is in the CSV."""
    told = [_line(line, t) for line in reversed(lines)]
    sections, shown = _sections(told)
    blocks: list[Block] = [forms.subject(one, t)]
    button = Button(t("All as CSV"), action_id=ids.ESCALATION_CSV, value=value(escalation=one.id))
    blocks.append(ActionsBlock([button]))
    blocks += [SectionBlock(section) for section in sections]
    if shown < len(told):
        earlier = len(told) - shown
        blocks.append(note(t.n("and {n} earlier: in the CSV", "and {n} earlier: in the CSV", earlier)))
    return modal(t("Timeline"), *blocks, close=t("Close"))


def _line(line: Line, t: Words) -> str:
    at, origin = t.moment(line.at, line.timezone), t(ORIGINS.get(line.origin, line.origin))
    return short(f"{at} · _{origin}_\n{line_views.sentence(line, t)}", SECTION)


def _sections(told: Sequence[str]) -> tuple[list[str], int]:
    """As few sections as hold the lines, and how many lines they hold."""
    sections: list[str] = []
    for n, line in enumerate(told):
        if sections and len(sections[-1]) + len(line) + 2 <= SECTION:
            sections[-1] += f"\n\n{line}"
        elif len(sections) == SECTIONS:
            return sections, n
        else:
            sections.append(line)
    return sections, len(told)
