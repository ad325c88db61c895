"""What is said of scorecards: channels, settings, what changed, and what is wrong with one. Words only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cspm_core import errors
from cspm_core.qa import Card, Change, Criterion
from cspm_core.qa.rules import OnCritical, OnNotApplicable

from ..words import N_, Words

CHANNELS: Mapping[str, str] = {
    "": N_("any channel"),
    "email": N_("e-mail"),
    "chat": N_("chat"),
    "phone": N_("phone"),
    "web": N_("web form"),
    "social": N_("social media"),
    "none": N_("only where it is chosen"),
}
ON_CRITICAL: Mapping[OnCritical, str] = {
    OnCritical.ZERO: N_("The whole review counts 0"),
    OnCritical.OUTCOME: N_("The score stays, but the review is not passed"),
}
ON_NA: Mapping[OnNotApplicable, str] = {
    OnNotApplicable.LEFT_OUT: N_("It is left out of the score"),
    OnNotApplicable.FULL: N_("It counts as the best point"),
}
PARTS: Mapping[str, str] = {
    "name": N_("name"),
    "scale": N_("points"),
    "weight": N_("weight"),
    "is_critical": N_("critical or not"),
    "may_be_na": N_("“not applicable” allowed or not"),
    "guidance": N_("guidance"),
    "causes": N_("root causes"),
}
WRONG: Mapping[str, str] = {
    "empty": N_("A scorecard needs at least one criterion. Add one, then save."),
    "empty_section": N_("The section “{text}” has no criterion. Add one or remove the section."),
    "too_many_sections": N_("A scorecard has at most {number} sections."),
    "too_many_criteria": N_("A scorecard has at most {number} criteria; reviewers tire much earlier."),
    "no_section": N_("Add a section first."),
    "passed_from": N_("The pass mark lies between 0 and 100; I read “{text}”."),
    "no_name": N_("Give it a name."),
    "too_long": N_("“{text}” is too long: at most {number} characters."),
    "key": N_("“{text}” is no key: 1 to {number} characters."),
    "key_twice": N_("The key “{text}” stands there twice. Give each criterion its own, or leave the keys away."),
    "section_twice": N_("Two sections are called “{text}”. Give each its own name."),
    "no_weight": N_("Every criterion weighs 0, so there would be no score. Give at least one a weight."),
    "scale": N_("A criterion has 2 to 5 points, the worst first; this one has {text}."),
    "no_word": N_("A line is empty. Say in a word or two what it means."),
    "twice": N_("“{text}” stands there twice."),
    "weight": N_("A weight is a number from 0 to 100; I read “{text}”."),
    "too_many_causes": N_("A criterion has at most {number} root causes."),
    "unreadable": N_("That is no YAML that I can read. `cspm qa scorecard export` writes a file that is."),
    "no_fields": N_("Here I expected fields: {text}."),
    "no_field": N_("There is no field “{text}”. There are: {part}."),
    "missing": N_("The field `{text}` is missing."),
    "no_list": N_("`{text}` is a list: write each entry on a line of its own after a hyphen."),
    "no_text": N_("`{text}` holds plain words."),
    "no_number": N_("`{part}` is a number; I read “{text}”."),
    "no_truth": N_("`{part}` is true or false; I read “{text}”."),
    "no_choice": N_("“{text}” does not fit `{part}`. There are: {where}."),
}
"""What is wrong with a scorecard."""
SHOWN = 60


def bad_scorecard(refusal: errors.BadScorecard, t: Words) -> str:
    """What is wrong, and where."""
    text = refusal.text if len(refusal.text) <= SHOWN else refusal.text[: SHOWN - 1] + "…"
    where = " › ".join(refusal.where)
    said = t(WRONG[refusal.reason], text=text, number=t.number(refusal.number), part=refusal.part, where=where)
    if refusal.line and where and refusal.reason != "no_choice":
        return t("Line {line}, “{where}”: {what}", line=refusal.line, where=where, what=said)
    if refusal.line:
        return t("Line {line}: {what}", line=refusal.line, what=said)
    if where and refusal.reason not in ("no_choice", "empty_section"):
        return t("“{where}”: {what}", where=where, what=said)
    return said


def import_line(before: Card | None, card: Card, t: Words) -> str:
    """What became of a file. Plain text."""
    told = {"name": card.name, "n": t.number(card.version)}
    if before is None:
        return t("“{name}” is made.", **told)
    if card.version != before.version:
        return t("“{name}” is version {n} now. Reviews made before keep theirs.", **told)
    if card == before:
        return t("“{name}” is like that already.", **told)
    return t("“{name}” is changed and stays version {n}.", **told)


def channel(key: str, t: Words) -> str:
    """The name of a channel; as it stands where it is none of those we know."""
    return t(CHANNELS[key]) if key in CHANNELS else key


def points_of(one: Criterion) -> str:
    """What its points mean, the worst first."""
    return " / ".join(one.scale)


def change_lines(found: Sequence[Change], t: Words) -> list[str]:
    """What differs, one line each. Plain text."""
    return [_change(one, t) for one in found]


def _change(one: Change, t: Words) -> str:
    match one.kind:
        case "added":
            return t("New: “{name}”", name=one.name)
        case "removed":
            return t("Removed: “{name}”", name=one.name)
        case "changed":
            parts = t.join([t(PARTS[part]) for part in one.parts if part in PARTS])
            return t("“{name}”: {parts}", name=one.name, parts=parts)
        case "moved":
            return t("The order of the criteria")
        case "section":
            return t("Sections")
    return t("Settings")
