"""Every limit of Slack, at the limit accepted and one over refused, on the surface where it holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.local_slack.blockkit import NEW_BLOCKS, check_blocks, check_view

from .stage import actions, button, modal, plain, section, text_input, words

Block = dict[str, Any]


def option(text: str = "a", value: str = "v", **more: Any) -> Block:
    return {"text": plain(text), "value": value, **more}


def select(**more: Any) -> Block:
    return actions({"type": "static_select", "action_id": "s", **more})


def confirmed(**more: Any) -> Block:
    confirm = {"title": plain("t"), "text": plain("t"), "confirm": plain("y"), "deny": plain("n"), **more}
    return actions(button("a", "a", confirm=confirm))


def card(**more: Any) -> Block:
    return {"type": "card", "title": words("t"), **more}


def data_table(rows: int = 1, columns: int = 1, text: str = "x", **more: Any) -> Block:
    row = [{"type": "raw_text", "text": text}] * columns
    return {"type": "data_table", "caption": "c", "rows": [row] * (rows + 1), **more}


def table(rows: int = 1, columns: int = 1, text: str = "x") -> Block:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] * columns] * rows}


def chart(points: int = 1, series: int = 1, label: str = "", title: str = "t", **axes: Any) -> Block:
    categories = [label or str(index) for index in range(points)]
    data = [{"label": one, "value": 1} for one in categories]
    plotted = [{"name": f"s{index}", "data": data} for index in range(series)]
    inner = {"type": "line", "series": plotted, "axis_config": {"categories": categories, **axes}}
    return {"type": "data_visualization", "title": title, "chart": inner}


def pie(segments: int = 1, value: float = 1) -> Block:
    found = [{"label": str(index), "value": value} for index in range(segments)]
    return {"type": "data_visualization", "title": "t", "chart": {"type": "pie", "segments": found}}


def container(children: int = 1, **more: Any) -> Block:
    return {"type": "container", "title": plain("t"), "child_blocks": [{"type": "divider"}] * children, **more}


def boxes(kind: str, count: int) -> Block:
    return actions({"type": kind, "action_id": "b", "options": [option(str(one)) for one in range(count)]})


def grouped(count: int) -> list[Block]:
    return [{"label": plain("g"), "options": [option()]}] * count


MESSAGE: dict[str, tuple[int, Callable[[int], list[Block]]]] = {
    "blocks in a message": (50, lambda n: [{"type": "divider"}] * n),
    "section text": (3000, lambda n: [section("x" * n)]),
    "section fields": (10, lambda n: [{"type": "section", "fields": [words("x")] * n}]),
    "a field's text": (2000, lambda n: [{"type": "section", "fields": [words("x" * n)]}]),
    "header": (150, lambda n: [{"type": "header", "text": plain("x" * n)}]),
    "context elements": (10, lambda n: [{"type": "context", "elements": [words("x")] * n}]),
    "context text": (3000, lambda n: [{"type": "context", "elements": [words("x" * n)]}]),
    "elements in actions": (25, lambda n: [actions(*(button("a", str(one)) for one in range(n)))]),
    "button text": (75, lambda n: [actions(button("x" * n, "a"))]),
    "button value": (2000, lambda n: [actions(button("a", "a", value="x" * n))]),
    "button url": (3000, lambda n: [actions(button("a", "a", url="https://" + "x" * (n - 8)))]),
    "action id": (255, lambda n: [actions(button("a", "x" * n))]),
    "block id": (255, lambda n: [{"type": "divider", "block_id": "x" * n}]),
    "option text": (75, lambda n: [select(options=[option("x" * n)])]),
    "option value": (150, lambda n: [select(options=[option(value="x" * n)])]),
    "option description": (75, lambda n: [select(options=[option(description=plain("x" * n))])]),
    "options in a select": (100, lambda n: [select(options=[option(str(one)) for one in range(n)])]),
    "option groups": (100, lambda n: [select(option_groups=grouped(n))]),
    "placeholder": (150, lambda n: [select(options=[option()], placeholder=plain("x" * n))]),
    "overflow options": (5, lambda n: [boxes("overflow", n)]),
    "checkboxes": (10, lambda n: [boxes("checkboxes", n)]),
    "radio buttons": (10, lambda n: [boxes("radio_buttons", n)]),
    "confirm title": (100, lambda n: [confirmed(title=plain("x" * n))]),
    "confirm text": (300, lambda n: [confirmed(text=plain("x" * n))]),
    "confirm button": (30, lambda n: [confirmed(confirm=plain("x" * n))]),
    "deny button": (30, lambda n: [confirmed(deny=plain("x" * n))]),
    "input label": (2000, lambda n: [text_input("a", "x" * n)]),
    "input hint": (2000, lambda n: [text_input("a", "l", hint=plain("x" * n))]),
    "input text": (3000, lambda n: [text_input("a", "l", element={"initial_value": "x" * n})]),
    "input max length": (3000, lambda n: [text_input("a", "l", element={"max_length": n})]),
    "image alt text": (2000, lambda n: [{"type": "image", "image_url": "https://a", "alt_text": "x" * n}]),
    "image title": (
        2000,
        lambda n: [{"type": "image", "image_url": "https://a", "alt_text": "x", "title": plain("x" * n)}],
    ),
    "markdown together": (
        12000,
        lambda n: [{"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "x" * (n - 6000)}],
    ),
    "data table rows": (100, lambda n: [data_table(rows=n)]),
    "data table columns": (20, lambda n: [data_table(columns=n)]),
    "data table text": (10_000, lambda n: [data_table(rows=1, columns=2, text="x" * ((n - n % 4) // 4 + n % 4))]),
    "data table page": (100, lambda n: [data_table(page_size=n)]),
    "table rows": (100, lambda n: [table(rows=n)]),
    "table columns": (20, lambda n: [table(columns=n)]),
    "tables in a message": (1, lambda n: [table()] * n),
    "chart title": (50, lambda n: [chart(title="x" * n)]),
    "chart label": (20, lambda n: [chart(label="x" * n)]),
    "chart points": (20, lambda n: [chart(points=n)]),
    "chart series": (6, lambda n: [chart(series=n)]),
    "chart axis label": (50, lambda n: [chart(x_label="x" * n)]),
    "pie segments": (6, lambda n: [pie(n)]),
    "charts in a message": (2, lambda n: [chart()] * n),
    "card title": (150, lambda n: [card(title=words("x" * n))]),
    "card subtitle": (150, lambda n: [card(subtitle=words("x" * n))]),
    "card body": (200, lambda n: [card(body=words("x" * n))]),
    "card actions": (3, lambda n: [card(actions=[button("a", str(one)) for one in range(n)])]),
    "cards in a carousel": (10, lambda n: [{"type": "carousel", "elements": [card()] * n}]),
    "blocks in a container": (10, lambda n: [container(n)]),
    "container title": (150, lambda n: [container(title=plain("x" * n))]),
    "context actions": (
        5,
        lambda n: [
            {
                "type": "context_actions",
                "elements": [
                    {"type": "icon_button", "icon": "trash", "text": plain("a"), "action_id": str(one)}
                    for one in range(n)
                ],
            }
        ],
    ),
}


@pytest.mark.parametrize("what", MESSAGE)
def test_a_message_is_taken_at_the_limit_and_refused_above_it(what: str) -> None:
    most, build = MESSAGE[what]
    assert check_blocks(build(most)) == ("", [])
    error, reasons = check_blocks(build(most + 1))
    assert error == "invalid_blocks"
    assert all(reason.startswith("[ERROR] ") and "[json-pointer:/blocks" in reason for reason in reasons)


VIEW: dict[str, tuple[int, Callable[[int], Block]]] = {
    "blocks in a modal": (100, lambda n: modal(*[{"type": "divider"}] * n)),
    "modal title": (24, lambda n: modal(title="x" * n)),
    "submit": (24, lambda n: modal(submit=plain("x" * n))),
    "close": (24, lambda n: modal(close=plain("x" * n))),
    "private metadata": (3000, lambda n: modal(private_metadata="x" * n)),
    "callback id": (255, lambda n: modal(callback_id="x" * n)),
    "external id": (255, lambda n: modal(external_id="x" * n)),
    "alert": (200, lambda n: modal({"type": "alert", "text": words("x" * n)})),
    "blocks in Home": (100, lambda n: {"type": "home", "blocks": [{"type": "divider"}] * n}),
}


@pytest.mark.parametrize("what", VIEW)
def test_a_view_is_taken_at_the_limit_and_refused_above_it(what: str) -> None:
    most, build = VIEW[what]
    assert check_view(build(most), ("modal", "home")) == ("", [])
    assert check_view(build(most + 1), ("modal", "home"))[0] == "invalid_arguments"


def test_a_message_holds_13200_characters_of_blocks() -> None:
    filled = [section("x" * 3000)] * 4
    assert check_blocks([*filled, section("x" * 1200)])[0] == ""
    assert check_blocks([*filled, section("x" * 1201)])[0] == "msg_blocks_too_long"


def test_a_view_holds_250_kilobytes() -> None:
    assert check_view(modal(*[section("x" * 2400)] * 100), ("modal",))[0] == ""
    assert check_view(modal(*[section("x" * 2500)] * 100), ("modal",))[0] == "view_too_large"
    assert check_view(modal(*[section("字" * 1000)] * 90), ("modal",))[0] == "view_too_large"


EMPTY = {"type": "mrkdwn", "text": ""}
REFUSED: dict[str, list[Any]] = {
    "an unknown block": [{"type": "sparkline"}],
    "no type": [{"text": words("x")}],
    "an unknown element": [actions({"type": "slider", "action_id": "a"})],
    "an unknown field": [section("x", colour="red")],
    "empty text": [{"type": "section", "text": EMPTY}],
    "a section without text": [{"type": "section"}],
    "a header in mrkdwn": [{"type": "header", "text": words("x")}],
    "a button in mrkdwn": [actions({"type": "button", "text": words("x"), "action_id": "a"})],
    "text as a string": [{"type": "section", "text": "x"}],
    "the same block id twice": [section("x", block_id="a"), section("y", block_id="a")],
    "the same action id twice in a block": [actions(button("a", "same"), button("b", "same"))],
    "no actions": [{"type": "actions", "elements": []}],
    "an unknown style": [actions(button("a", "a", style="green"))],
    "a url without a scheme": [actions(button("a", "a", url="example.com"))],
    "a javascript url": [actions(button("a", "a", url="javascript:alert(1)"))],
    "an image of two sources": [
        {"type": "image", "alt_text": "x", "image_url": "https://a", "slack_file": {"id": "F1"}}
    ],
    "an image without alt text": [{"type": "image", "image_url": "https://a"}],
    "an initial option that is not offered": [select(options=[option()], initial_option=option("b"))],
    "a select without options": [select()],
    "rows of different lengths": [
        {
            "type": "data_table",
            "caption": "c",
            "rows": [[{"type": "raw_text", "text": "a"}], [{"type": "raw_text", "text": "a"}] * 2],
        }
    ],
    "rich text in a header row": [
        {
            "type": "data_table",
            "caption": "c",
            "rows": [[{"type": "rich_text", "elements": []}], [{"type": "raw_text", "text": "a"}]],
        }
    ],
    "a table without a caption": [{"type": "data_table", "rows": [[{"type": "raw_text", "text": "a"}]] * 2}],
    "a table of a header alone": [data_table(rows=0)],
    "a number as a string": [
        {
            "type": "data_table",
            "caption": "c",
            "rows": [[{"type": "raw_text", "text": "a"}], [{"type": "raw_number", "value": "1", "text": "1"}]],
        }
    ],
    "an empty cell": [data_table(text="")],
    "a row header that is not there": [data_table(row_header_column_index=1)],
    "a slice of nothing": [pie(1, 0)],
    "a point without its category": [
        {
            "type": "data_visualization",
            "title": "t",
            "chart": {
                "type": "bar",
                "series": [{"name": "a", "data": [{"label": "x", "value": 1}]}],
                "axis_config": {"categories": ["y"]},
            },
        }
    ],
    "an empty card": [{"type": "card", "subtitle": words("x")}],
    "a table in a card": [{"type": "carousel", "elements": [data_table()]}],
    "a chart in a container": [container(1, child_blocks=[chart()])],
    "an alert in a message": [{"type": "alert", "text": words("x")}],
    "a file input in a message": [
        {"type": "input", "label": plain("l"), "element": {"type": "file_input", "action_id": "a"}}
    ],
    "a date that is none": [actions({"type": "datepicker", "action_id": "a", "initial_date": "2026-13-01"})],
    "blocks that are no list": "x",  # type: ignore[dict-item]
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_message_is_refused(what: str) -> None:
    assert check_blocks(REFUSED[what])[0] == "invalid_blocks"


@pytest.mark.parametrize("kind", [data_table(), table(), chart(), container(), {"type": "markdown", "text": "x"}])
def test_some_blocks_do_not_stand_in_a_modal(kind: Block) -> None:
    assert check_view(modal(kind), ("modal",))[0] == "invalid_arguments"


@pytest.mark.parametrize("kind", [data_table(), chart(), container(), card()])
def test_the_blocks_of_2026_stand_in_home(kind: Block) -> None:
    assert check_view({"type": "home", "blocks": [kind]}, ("home",)) == ("", [])


def test_a_modal_with_inputs_needs_submit() -> None:
    form = modal(text_input("a", "l"))
    assert check_view(form, ("modal",)) == ("", [])
    assert check_view({**form, "submit": None}, ("modal",))[0] == "invalid_arguments"
    assert check_view({"type": "modal", "blocks": []}, ("modal",))[0] == "invalid_arguments"
    assert check_view({"type": "home", "title": plain("x"), "blocks": []}, ("home",))[0] == "invalid_arguments"
    assert check_view({"type": "workflow_step"}, ("modal",))[0] == "invalid_arguments"


def test_only_one_element_takes_the_focus() -> None:
    focused = {"focus_on_load": True}
    one, two = text_input("a", "l", element=focused), text_input("b", "l", element=focused)
    assert check_view(modal(one), ("modal",))[0] == ""
    assert check_view(modal(one, two), ("modal",))[0] == "invalid_arguments"


def test_a_workspace_may_not_know_the_new_blocks_yet() -> None:
    error, reasons = check_blocks([data_table()], refused=NEW_BLOCKS)
    assert error == "invalid_blocks"
    assert reasons == ["[ERROR] unsupported type: data_table [json-pointer:/blocks/0/type]"]


def test_rich_text_is_looked_through() -> None:
    def rich(*elements: Block) -> list[Block]:
        return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}]

    good = rich(
        {"type": "text", "text": "a", "style": {"bold": True}},
        {"type": "link", "url": "https://a", "text": "b"},
        {"type": "emoji", "name": "wave"},
        {"type": "user", "user_id": "U1"},
    )
    assert check_blocks(good) == ("", [])
    assert check_blocks(rich({"type": "text", "text": "a", "style": {"loud": True}}))[0] == "invalid_blocks"
    assert check_blocks(rich({"type": "blink", "text": "a"}))[0] == "invalid_blocks"
