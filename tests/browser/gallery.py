"""Every block and element that a message or modal may hold, small."""

from __future__ import annotations

from typing import Any

from .desk import Json, button, field, option, plain, section

DAYS = ["Mon", "Tue", "Wed", "Thu"]
OPTIONS = [option("Alpha"), option("Beta", description=plain("the second"))]


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def number(value: float, text: str) -> Json:
    return {"type": "raw_number", "value": value, "text": text}


def linked(text: str) -> Json:
    link = {"type": "link", "url": f"https://example.com/{text}", "text": text}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [link]}]}


def waiting(rows: int = 12) -> Json:
    """A table of tickets: hours are 7, 14, 21, 4, 11 … and sort differently as words."""
    lines = [
        [linked(f"R-{row}"), raw(f"Refund {row}"), number(7 * row % 24, f"{7 * row % 24} h")]
        for row in range(1, rows + 1)
    ]
    head = [raw("Ticket"), raw("Subject"), raw("Waiting")]
    return {"type": "data_table", "caption": "Past due", "page_size": 5, "rows": [head, *lines]}


def axis_chart(kind: str) -> Json:
    series = [
        {"name": name, "data": [{"label": day, "value": value} for day, value in zip(DAYS, values, strict=True)]}
        for name, values in (("New", [4, 8, 6, 5]), ("Solved", [3, 5, 7, 5]))
    ]
    config = {"categories": DAYS, "x_label": "Day", "y_label": "Tickets"}
    return {
        "type": "data_visualization",
        "title": f"A {kind} chart",
        "chart": {"type": kind, "series": series, "axis_config": config},
    }


def pie() -> Json:
    segments = [{"label": "E-mail", "value": 30}, {"label": "Chat", "value": 10}]
    return {"type": "data_visualization", "title": "A pie", "chart": {"type": "pie", "segments": segments}}


def picture(file: str) -> Json:
    return {"type": "image", "slack_file": {"id": file}, "alt_text": "A control chart"}


def rich_text() -> Json:
    words = [
        {"type": "text", "text": "Bold", "style": {"bold": True}},
        {"type": "text", "text": " and "},
        {"type": "emoji", "name": "tada"},
    ]
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}
    return {"type": "rich_text", "elements": [
        {"type": "rich_text_section", "elements": words},
        {"type": "rich_text_list", "style": "bullet", "elements": [item]},
        {"type": "rich_text_list", "style": "ordered", "indent": 1, "elements": [item]},
        {"type": "rich_text_quote", "elements": words[:1]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]},
    ]}  # fmt: skip


def card(title: str, **more: Any) -> Json:
    return {
        "type": "card",
        "title": plain(title),
        "body": plain("The body"),
        "actions": [button("Mine", f"take-{title}")],
        **more,
    }


def message_blocks(file: str) -> list[list[Json]]:
    """Messages that together hold every block and element of the message surface."""
    image = {"type": "image", "slack_file": {"id": file}, "alt_text": "A control chart"}
    table = {
        "type": "table",
        "rows": [[raw("a"), raw("b")], [raw("1"), linked("T-1")]],
        "column_settings": [{"align": "left"}, {"align": "right"}],
    }
    feedback = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": {"text": plain("Good"), "value": "1"},
        "negative_button": {"text": plain("Bad"), "value": "0"},
    }
    bin_button = {"type": "icon_button", "icon": "trash", "text": plain("Delete"), "action_id": "bin"}
    markdown = {"type": "markdown", "text": "## Heading\n- one\n- **two**\n\n| a | b |\n|---|---|\n| 1 | 2 |"}
    words = [
        {"type": "header", "text": plain("Heading")},
        section("*Words*"),
        {"type": "divider"},
        section("Fields", fields=[plain("one"), plain("two")]),
        section("With a button", accessory=button("Press", "beside", style="danger")),
        section("With a picture", accessory=image),
        {"type": "context", "elements": [image, {"type": "mrkdwn", "text": "small"}]},
        picture(file),
    ]
    cards = [
        card("Card", subtitle=plain("Subtitle"), slack_icon={"type": "icon", "name": "warning"}),
        {"type": "carousel", "elements": [card("One"), card("Two")]},
        {"type": "container", "title": plain("Box"), "is_collapsible": True, "child_blocks": [section("inside")]},
        {"type": "context_actions", "elements": [feedback, bin_button]},
    ]
    return [
        words,
        [rich_text(), markdown, table, waiting()],
        [axis_chart("bar"), axis_chart("line")],
        [axis_chart("area"), pie()],
        cards,
        [{"type": "actions", "elements": [button("Go", "go", style="primary"), *choices()]}],
    ]


def choices() -> list[Json]:
    """Every element to choose with."""
    static = {"options": OPTIONS, "placeholder": plain("Choose")}
    elements: list[Json] = [
        {"type": "static_select", **static},
        {"type": "multi_static_select", **static},
        {"type": "overflow", "options": OPTIONS},
        {"type": "checkboxes", "options": OPTIONS},
        {"type": "radio_buttons", "options": OPTIONS},
        {"type": "datepicker", "initial_date": "2026-11-20"},
        {"type": "timepicker", "initial_time": "09:30"},
        {"type": "datetimepicker", "initial_date_time": 1795500000},
        {"type": "external_select", "min_query_length": 1},
        {"type": "multi_external_select"},
    ]
    elements += [
        {"type": f"{many}{kind}_select"} for many in ("", "multi_") for kind in ("users", "conversations", "channels")
    ]
    return [{"action_id": f"choice-{index}", **element} for index, element in enumerate(elements)]


def input_blocks() -> list[Json]:
    """An alert, and an input of every kind."""
    kinds: list[Json] = [
        {"type": "plain_text_input"},
        {"type": "plain_text_input", "multiline": True},
        {"type": "number_input", "is_decimal_allowed": False},
        {"type": "email_text_input"},
        {"type": "url_text_input"},
        {"type": "rich_text_input"},
        {"type": "file_input"},
        *(one for one in choices() if one["type"] != "overflow"),
    ]
    inputs = [field(f"input-{index}", str(kind["type"]), kind, optional=True) for index, kind in enumerate(kinds)]
    return [{"type": "alert", "level": "warning", "text": plain("A small sample")}, *inputs]
