"""What `/coach` can do, in a minute. Pure drawing."""

from __future__ import annotations

from slackblocks import HeaderBlock, SectionBlock

from ..blocks import Drawing, escape, message, note
from ..words import Words


def help_text(t: Words, *more: str) -> Drawing:
    """Every way in. `more`: lines of others' subcommands."""
    ways = [
        t("`/coach` – my talks, my promises, and whom I coach"),
        t("`/coach @agent` – open the talk: last promises, figures, reviews, notes"),
        t("`/coach plan @agent` – plan the next talk, and how often"),
        *more,
    ]
    after = t(
        "Talks are proposed in the working hours of both and moved with one button. You are reminded on the day "
        "itself, once more when something is late, and after that its lead is told: never more often."
    )
    title = t("Coaching")
    return message(
        title,
        HeaderBlock(title),
        SectionBlock("\n".join(ways)),
        SectionBlock(after),
        note(t("A talk and its promises are seen by its two people alone, a private note by its writer.")),
    )


def unknown(name: str, t: Words) -> Drawing:
    """Neither a subcommand nor somebody we know."""
    said = t("I know nobody called “{name}”. Mention them, as in `/coach @agent`, or see `/coach help`.", name=name)
    return {"text": escape(said)}
