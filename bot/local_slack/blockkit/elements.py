"""What a person presses: buttons, menus, pickers, boxes; and which of them may stand where."""

from __future__ import annotations

from typing import Any

from .inputs import INPUTS
from .rules import Report, Rule, by_type, choice, items, shape, string
from .selects import MULTI_SELECTS, SELECTS
from .texts import (
    CONFIRM,
    DATE,
    IMAGE,
    IS_TYPE,
    LINK_OPTION,
    RICH_OPTION,
    TIME,
    action_id,
    address,
    focus,
    plain,
)

BUTTON: Rule = shape(
    {"type": IS_TYPE, "text": plain(75)},
    {
        "action_id": action_id,
        "url": address(),
        "value": string(2000),
        "style": choice("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)
WORKFLOW_BUTTON: Rule = shape(
    {"type": IS_TYPE, "text": plain(75), "workflow": shape({"trigger": lambda *_: None})},
    {"action_id": action_id, "style": choice("primary", "danger"), "accessibility_label": string(75)},
)
OVERFLOW: Rule = shape(
    {"type": IS_TYPE, "options": items(LINK_OPTION, 1, 5)}, {"action_id": action_id, "confirm": CONFIRM}
)


def _chosen_are_offered(report: Report, path: str, value: Any) -> None:
    """What is chosen at first must be word for word among the options."""
    chosen = value.get("initial_options") or ([value["initial_option"]] if value.get("initial_option") else [])
    options = value.get("options")
    if isinstance(chosen, list) and isinstance(options, list) and any(one not in options for one in chosen):
        report.add(path, "initial option(s) must be among the options")


CHECKBOXES: Rule = shape(
    {"type": IS_TYPE, "options": items(RICH_OPTION, 1, 10)},
    {
        "action_id": action_id,
        "initial_options": items(RICH_OPTION, 1, 10),
        "confirm": CONFIRM,
        "focus_on_load": focus,
    },
    [_chosen_are_offered],
)
RADIO: Rule = shape(
    {"type": IS_TYPE, "options": items(RICH_OPTION, 1, 10)},
    {"action_id": action_id, "initial_option": RICH_OPTION, "confirm": CONFIRM, "focus_on_load": focus},
    [_chosen_are_offered],
)
_PICKER: dict[str, Rule] = {
    "action_id": action_id,
    "confirm": CONFIRM,
    "focus_on_load": focus,
    "placeholder": plain(150),
}
PICKERS: dict[str, Rule] = {
    "datepicker": shape({"type": IS_TYPE}, {**_PICKER, "initial_date": DATE}),
    "timepicker": shape({"type": IS_TYPE}, {**_PICKER, "initial_time": TIME, "timezone": string(255)}),
}


def _ten_digits(report: Report, path: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or len(str(value)) != 10:
        report.add(path, "must be a UNIX timestamp with 10 digits")


DATETIME: dict[str, Rule] = {
    "datetimepicker": shape(
        {"type": IS_TYPE},
        {"action_id": action_id, "confirm": CONFIRM, "focus_on_load": focus, "initial_date_time": _ten_digits},
    )
}
_MENUS: dict[str, Rule] = {"overflow": OVERFLOW, "checkboxes": CHECKBOXES, "radio_buttons": RADIO}
_BUTTONS: dict[str, Rule] = {"button": BUTTON, "workflow_button": WORKFLOW_BUTTON}

ACCESSORY: Rule = by_type({**_BUTTONS, **_MENUS, **PICKERS, **SELECTS, **MULTI_SELECTS, "image": IMAGE})
IN_ACTIONS: Rule = by_type(
    {
        **_BUTTONS,
        **_MENUS,
        **PICKERS,
        **DATETIME,
        **SELECTS,
        **MULTI_SELECTS,
        "rich_text_input": INPUTS["rich_text_input"],
    }
)
IN_INPUT: Rule = by_type(
    {**INPUTS, **PICKERS, **DATETIME, **SELECTS, **MULTI_SELECTS, "checkboxes": CHECKBOXES, "radio_buttons": RADIO}
)

_FEEDBACK: Rule = shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})
IN_CONTEXT_ACTIONS: Rule = by_type(
    {
        "feedback_buttons": shape(
            {"type": IS_TYPE, "positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {"action_id": action_id}
        ),
        "icon_button": shape(
            {"type": IS_TYPE, "icon": choice("trash"), "text": plain(75)},
            {
                "action_id": action_id,
                "value": string(2000),
                "confirm": CONFIRM,
                "accessibility_label": string(75),
                "visible_to_user_ids": items(string(255), 1, 10),
            },
        ),
    }
)
