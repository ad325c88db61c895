"""The modal that asks what to review: a ticket to name, one of several to choose, a draft to go on with. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from slackblocks import Block, Button, InputBlock, Option, PlainText, PlainTextInput, SectionBlock, StaticSelectMenu

from cspm_core.qa import Review, Subject

from .. import ids
from ..blocks import Drawing, escape, modal, note, short, value
from ..kpi.names import ticket_word
from ..words import Words

WHAT, WHICH = "what", "which"
MOST_DRAFTS = 10
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What could be meant. `person`: whose latest these are; `typed`: what was written; `from_message`: nothing in a
    message was a ticket that we know."""

    subjects: tuple[Subject, ...] = ()
    person: str | None = None
    person_id: int | None = None
    typed: str = ""
    drafts: tuple[Review, ...] = ()
    from_message: bool = False

    @property
    def is_certain(self) -> bool:
        """One contact, named itself."""
        return len(self.subjects) == 1 and self.person is None


def chooser(found: Found, t: Words) -> Drawing:
    """One of several, or a field to name it; then the drafts."""
    blocks: list[Block] = []
    if found.subjects:
        blocks.append(_several(found, t))
    else:
        if found.person is not None:
            said = t("Nothing that {person} solved in the last 90 days is left to review in your teams.",
                     person=found.person)  # fmt: skip
            blocks.append(SectionBlock(escape(said)))
        elif found.from_message:
            blocks.append(SectionBlock(t("I know no ticket that is named in this message. Which one is it about?")))
        blocks.append(_typed(found, t))
    if found.drafts:
        blocks.append(SectionBlock(f"*{t('Begun, and not sent yet')}*"))
        blocks += [_draft(one, t) for one in found.drafts[:MOST_DRAFTS]]
        if len(found.drafts) > MOST_DRAFTS:
            more = len(found.drafts) - MOST_DRAFTS
            blocks.append(note(t.n("And {n} more.", "And {n} more.", more)))
    return modal(t("Review"), *blocks, callback_id=ids.REVIEW_CHOOSE_FORM, submit=t("Review it"), close=t("Cancel"))


def _typed(found: Found, t: Words) -> InputBlock:
    element = PlainTextInput(
        WHAT, initial_value=short(found.typed, LONGEST) or None, max_length=LONGEST, placeholder="RET-20417"
    )
    hint = t("A ticket’s or a call’s number, its address, or an agent’s name for what they solved of late.")
    return InputBlock(t("What do you want to review?"), element, block_id=WHAT, hint=hint)


def _several(found: Found, t: Words) -> InputBlock:
    label = (
        t("Solved by {person} of late, not reviewed yet", person=short(found.person, 60))
        if found.person
        else t("Which one?")
    )
    options = [_option(one, t) for one in found.subjects[:100]]
    return InputBlock(label, StaticSelectMenu(WHICH, options, placeholder=t("Choose one")), block_id=WHICH)


def _option(one: Subject, t: Words) -> Option:
    told = [one.agent, ticket_word(one.channel, t), t.clock(one.at, one.timezone) if one.at else ""]
    under = short(" · ".join(word for word in told if word), 75)
    label = f"{one.key} · {one.subject}" if one.subject else one.key
    carried = value(team=one.team_id, ticket=one.ticket_id, call=one.call_id)
    return Option(PlainText(short(label, 75)), carried, description=under or None)


def _draft(one: Review, t: Words) -> Block:
    said = t(
        "{key} of {agent}, begun {day}", key=one.contact.key, agent=one.agent, day=t.clock(one.started_at, one.timezone)
    )
    button = Button(t("Go on"), action_id=ids.REVIEW_OPEN, value=value(review=one.id))
    return SectionBlock(escape(short(said, 300)), accessory=button)
