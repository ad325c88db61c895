"""A team's people beside the whole of it: words and a picture, by name, never a rank. Pure drawing."""

from __future__ import annotations

from typing import Any

from slackblocks import Block, HeaderBlock, ImageBlock, SlackFile

from cspm_core.signals.rules import AgentsBand, AgentStanding, BandNote

from ..blocks import HEADLINE, Drawing, escape, message, note, short, table
from ..kpi import figures as kpi_figures
from ..kpi.names import name_of
from ..words import Words
from . import figures
from .names import COMPARED, NOTES, STANDINGS
from .views import ALT_CHARACTERS

MOST_SHOWN = 40
"""People whose rows fit a message."""


def agents(band: AgentsBand, team: str, t: Words) -> Drawing:
    """Each of a team's people as above, below or not distinguishable from the team, on the same mix of work."""
    said = _title(band, team, t)
    blocks: list[Block] = [HeaderBlock(short(said, 150)), note(_about(band, t))]
    if band.note is not BandNote.NONE:
        blocks.append(note(escape(t(NOTES[band.note]))))
    if band.agents:
        blocks.append(_table(band, t))
    if band.agents and band.note is BandNote.NONE:
        blocks.append(note(escape(_mix(t))))
    if len(band.agents) > MOST_SHOWN:
        blocks.append(note(t("The first {shown} of {all} by name.", shown=MOST_SHOWN, all=len(band.agents))))
    if band.too_few:
        few = t.n("{n} person with fewer than 5 is left out.", "{n} people with fewer than 5 each are left out.",
                  band.too_few)  # fmt: skip
        blocks.append(note(few))
    blocks.append(note(t("For you alone. Each person can see that you looked.")))
    return message(short(said, HEADLINE), *blocks)


def _title(band: AgentsBand, team: str, t: Words) -> str:
    period = kpi_figures.period_name(band.period, t)
    return t("The people of {team}, {figure}, {period}", team=team, figure=name_of(band.metric, t), period=period)


def _about(band: AgentsBand, t: Words) -> str:
    """The days, what is compared and where the team stands."""
    compared = t(COMPARED[band.basis], duration=t.duration(band.threshold_s or 0)) if band.basis in COMPARED else ""
    team = t("The team: {value}.", value=t.share(band.centre)) if band.centre is not None else ""
    return escape(t.sentences(f"{kpi_figures.days(band.period, t)} ·", compared, team))


def _table(band: AgentsBand, t: Words) -> Block:
    header = [t("Name"), t("Beside the team"), t("n"), t("As counted"), t("On the team’s mix"), t("95% interval")]
    rows = [_row(one, t) for one in band.agents[:MOST_SHOWN]]
    return table(t("By name, not by rank"), header, rows)


def _row(one: AgentStanding, t: Words) -> list[Any]:
    span = f"{t.share(one.interval.low)} – {t.share(one.interval.high)}"
    return [one.name, standing(one, t), (t.number(one.n), one.n), t.share(one.share), t.share(one.shrunken), span]


def standing(one: AgentStanding, t: Words) -> str:
    """Above, better; below, worse; not distinguishable; – where there is no word."""
    if one.standing is None:
        return "–"
    good = figures.good(one.direction, t)
    said = t(STANDINGS[one.standing])
    return f"{said}, {good}" if good else said


def _mix(t: Words) -> str:
    return t(
        "On the team’s mix: each person is held against what the team has on tickets of the same category, channel and "
        "language, and drawn towards the team, the more the fewer tickets there are. That is what the words go by."
    )


def picture(band: AgentsBand, team: str, file: str, t: Words) -> Drawing:
    """The band, and in words what it shows."""
    said = _title(band, team, t)
    return message(
        short(said, HEADLINE),
        ImageBlock(slack_file=SlackFile(None, file), alt_text=described(band, team, t), title=short(said, 150)),
        note(t("Dashed: the team. A line is the 95% interval; a triangle stands apart from the team, a dot does not.")),
    )


def no_picture(band: AgentsBand, team: str, t: Words) -> Drawing:
    """Where it could not be made."""
    said = t("The picture could not be made. Every line of it stands in the answer above.")
    return message(short(_title(band, team, t), HEADLINE), note(said))


def described(band: AgentsBand, team: str, t: Words) -> str:
    """The picture in words, person by person. At most what alt text holds."""
    told = [t("{title}.", title=_title(band, team, t))]
    if band.centre is not None:
        told.append(t("The team: {value}.", value=t.share(band.centre)))
    for one in band.agents:
        span = f"{t.share(one.interval.low)} – {t.share(one.interval.high)}"
        told.append(f"{one.name} {t.share(one.shrunken)} ({span}): {standing(one, t)}.")
    return short(t.sentences(*told), ALT_CHARACTERS)
