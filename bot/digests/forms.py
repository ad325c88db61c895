"""The modals of the digest: its settings, and a pause. Block ids are the fields' names, so that errors find them."""

from __future__ import annotations

from datetime import date

from slackblocks import (
    CheckboxGroup,
    ConversationFilter,
    ConversationSelectMenu,
    InputBlock,
    Option,
    PlainText,
    RadioButtonGroup,
    SectionBlock,
    StaticSelectMenu,
    Text,
    TimePicker,
)

from cspm_core.digests import Settings
from cspm_core.people.naming import is_slack_channel

from .. import ids
from ..blocks import Drawing, escape, modal, value
from ..home.views import LANGUAGE_NAMES
from ..words import LANGUAGES, Words

MONDAY = date(2026, 11, 23)
CHANNEL, AT, DAYS, WEEKDAYS, LANGUAGE, HOLIDAYS = (
    "channel",
    "digest_at",
    "digest_days",
    "digest_weekdays",
    "language",
    "digest_on_holidays",
)
PAUSE = "pause"


def settings(now: Settings, t: Words) -> Drawing:
    """Where, when and in which language a team's digest comes."""
    return modal(
        t("Morning digest"),
        SectionBlock(t("When and where the digest of *{team}* comes.", team=escape(now.team))),
        InputBlock(t("Channel"), _channel(now), block_id=CHANNEL, hint=t("I must be a member of it.")),
        InputBlock(t("Time"), TimePicker(AT, now.at), block_id=AT, hint=t("In the zone {zone}.", zone=now.timezone)),
        InputBlock(t("Days"), days(now, t), block_id=DAYS),
        InputBlock(t("Weekdays, where you chose them"), weekdays(now, t), block_id=WEEKDAYS, optional=True),
        InputBlock(t("Holidays"), on_holidays(now, t), block_id=HOLIDAYS, optional=True),
        InputBlock(t("Language"), _language(now), block_id=LANGUAGE),
        callback_id=ids.DIGEST_SETTINGS_FORM,
        private_metadata=value(team=now.team_id),
        submit=t("Save"),
        close=t("Cancel"),
    )


def _channel(now: Settings) -> ConversationSelectMenu:
    known = now.channel if now.channel and is_slack_channel(now.channel) else None
    allowed = ConversationFilter(include=["public", "private"])
    return ConversationSelectMenu(CHANNEL, initial_conversation=known, filter=allowed)


def days(now: Settings, t: Words) -> RadioButtonGroup:
    labels = {"working": t("On the team’s working days"), "chosen": t("On chosen weekdays")}
    options = [Option(Text(label), key) for key, label in labels.items()]
    return RadioButtonGroup(DAYS, options, initial_option=options[now.days is not None])


def weekdays(now: Settings, t: Words) -> CheckboxGroup:
    options = [Option(Text(t.weekday(MONDAY.replace(day=MONDAY.day + n))), str(n)) for n in range(7)]
    chosen = [option for n, option in enumerate(options) if n in (now.days or ())]
    return CheckboxGroup(WEEKDAYS, options, initial_options=chosen or None)


def on_holidays(now: Settings, t: Words) -> CheckboxGroup:
    option = Option(Text(t("Also on public holidays")), "yes")
    return CheckboxGroup(HOLIDAYS, [option], initial_options=[option] if now.on_holidays else None)


def _language(now: Settings) -> StaticSelectMenu:
    options = [Option(PlainText(LANGUAGE_NAMES[key]), key) for key in LANGUAGES]
    return StaticSelectMenu(LANGUAGE, options, initial_option=options[LANGUAGES.index(now.language)])


def pause(team_id: int, team: str, back: dict[str, date | None], t: Words) -> Drawing:
    """How long to keep silent. `back`: the day of the next digest after each choice, `next` and `week`."""
    labels = {}
    if after_next := back.get("next"):
        labels["next"] = t("Skip the next one, back on {day}", day=t.day(after_next))
    if after_week := back.get("week"):
        labels["week"] = t("For a week, back on {day}", day=t.day(after_week))
    labels["resumed"] = t("Until somebody resumes it")
    options = [Option(Text(label), key) for key, label in labels.items()]
    return modal(
        t("Pause the digest"),
        SectionBlock(t("The channel sees that the digest of *{team}* is paused, and by whom.", team=escape(team))),
        InputBlock(t("How long"), RadioButtonGroup(PAUSE, options, initial_option=options[0]), block_id=PAUSE),
        callback_id=ids.DIGEST_PAUSE_FORM,
        private_metadata=value(team=team_id),
        submit=t("Pause"),
        close=t("Cancel"),
    )
