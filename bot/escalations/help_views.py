"""What `/escalate` can do, in a minute. Pure drawing."""

from __future__ import annotations

from slackblocks import ActionsBlock, Button, HeaderBlock, SectionBlock

from .. import ids
from ..blocks import Drawing, message, note, value
from ..words import Words


def help_text(t: Words) -> Drawing:
    """Every way in, and what happens then."""
    ways = [
        t("`/escalate` – raise one; what you write after it stands in the form already"),
        t("`/escalate RET-20417 refund is late` – the same, about a ticket"),
        t("`/escalate E12` – show one"),
        t("`/escalate list` – what is open; `list mine`, `list overdue`, `list resolved`, `list open Returns`"),
        t("`/escalate duty` – who is on duty"),
        t("`/escalate settings` – who is told, and after how long"),
        t("`/escalate detectors` – what raises alarms by itself"),
    ]
    after = t(
        "Whoever can help is told in direct messages. *I take it* stops the climb, and everybody sees who has it. "
        "Until somebody does, it goes on to the next: the lead, the channel, the manager, in working hours, and around "
        "the clock where it is urgent. You keep a message that shows every step."
    )
    beside = t("Also: “Escalate this message” in a message’s menu, and “Escalate one …” under any list of tickets.")
    button = Button(t("Escalate"), action_id=ids.ESCALATE_BUTTON, value=value(source="person"), style="primary")
    title = t("Escalations")
    return message(
        title,
        HeaderBlock(title),
        SectionBlock("\n".join(ways)),
        SectionBlock(after),
        ActionsBlock([button]),
        note(beside),
    )
