"""What is wrong with a figure of a team's own, or with hiding one, in a sentence with a way forward."""

from __future__ import annotations

from collections.abc import Mapping

from cspm_core import errors

from ..words import N_, Words
from .names import NAMES

WRONG: Mapping[str, str] = {
    "no_mapping": N_("This file holds no figure. It begins with `key:`, `name:` and `unit:`."),
    "no_field": N_("A figure has no field “{text}”."),
    "missing": N_("The field `{part}` is missing."),
    "not_for_unit": N_("`{part}` does not go with the unit chosen here: shares have `count`, seconds `from` and `to`."),
    "no_choice": N_("“{text}” does not fit `{part}`."),
    "no_fact": N_("In `{part}` there is no fact “{text}” that could be used."),
    "no_filter": N_("In `{part}` I cannot read “{text}”. Write such as `channel = email` or `has csat_at`."),
    "no_sign": N_("In `{part}` this sign does not go with that fact: “{text}”."),
    "no_word": N_("In `{part}` a word is missing, or there are several: write `in [high, urgent]`. I read “{text}”."),
    "no_number": N_("In `{part}` “{text}” is no number."),
    "no_length": N_("In `{part}` “{text}” is no length of time such as 4h, 90m or 2d."),
    "no_two_instants": N_("In `{part}` two different instants are compared, such as `first_response_at - created_at`."),
    "no_guard": N_("“{text}” is no figure of quality that could stand beside it."),
    "no_key": N_("“{text}” is no key: 2 to 40 small letters, digits and _, a letter first."),
    "no_name": N_("A figure needs a name of at most 60 characters, one for all or one for each language."),
    "no_language": N_("I do not speak “{text}”."),
    "too_many": N_("That is too much: at most 20 figures, and 12 filters of 200 characters each."),
}
"""Why it cannot be made."""


def bad_definition(refusal: errors.BadDefinition, t: Words) -> str:
    """What does not fit, the nearest that would, and what there is to choose from."""
    said = t(WRONG[refusal.reason], part=refusal.part, text=refusal.text)
    if refusal.nearest:
        said = t.sentences(said, t("Did you mean “{nearest}”?", nearest=refusal.nearest))
    if refusal.known:
        said = t.sentences(said, t("There are: {names}.", names=t.join(list(refusal.known))))
    return said


def guarded(refusal: errors.Guarded, t: Words) -> str:
    """A speed alone would tempt to be fast and careless."""
    names = [t(NAMES[key]) if key in NAMES else key for key in (refusal.speed, *refusal.guards)]
    return t(
        "“{speed}” is never shown without its quality. Keep one of these, or hide “{speed}” as well: {guards}.",
        speed=names[0],
        guards=t.join(names[1:]),
    )
