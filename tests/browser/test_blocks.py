"""Every block and element is drawn; what cannot be drawn is shown as such."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from .desk import Desk, section
from .gallery import choices, input_blocks, message_blocks
from .seeing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route


def uploaded(desk: Desk) -> str:
    """A picture that stands ready for an image block."""
    png = BytesIO()
    Image.new("RGB", (120, 60), "#0b7a5e").save(png, "PNG")
    answer = desk.client.files_upload_v2(
        content=png.getvalue(), filename="chart.png", title="Chart", alt_txt="A control chart"
    )
    file = str(answer["file"]["id"])
    desk.client.files_info(file=file)
    return file


def test_every_block_of_a_message_is_drawn(page: Page, desk: Desk) -> None:
    messages = message_blocks(uploaded(desk))
    for blocks in messages:
        desk.posts(*blocks)
    expect(page.locator(".message")).to_have_count(len(messages))
    expect(page.locator(".undrawable")).to_have_count(0)
    for kind in sorted({block["type"] for blocks in messages for block in blocks}):
        drawn = page.locator(f"[data-block-type='{kind}']").first
        box = drawn.bounding_box()
        assert box, kind
        assert box["height"] > (0 if kind == "divider" else 10), kind
    for kind in sorted({element["type"] for element in choices()}):
        assert page.locator(f"[data-element-type='{kind}']").count() == 1, kind
    assert desk.place.complaints == []


def test_every_picture_says_what_it_shows(page: Page, desk: Desk) -> None:
    for blocks in message_blocks(uploaded(desk))[:1]:
        desk.posts(*blocks)
    pictures = page.locator(".message img")
    expect(pictures).to_have_count(3)
    assert [one.get_attribute("alt") for one in pictures.all()] == ["A control chart"] * 3
    page.get_by_role("button", name="A control chart (show large)").click()
    expect(page.get_by_role("dialog").get_by_role("img", name="A control chart")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_every_input_of_a_modal_is_drawn(page: Page, desk: Desk) -> None:
    desk.on("open", desk.opens(*input_blocks()))
    desk.button()
    page.get_by_role("button", name="Open").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("A small sample")).to_be_visible()
    expect(dialog.locator(".input")).to_have_count(len(input_blocks()) - 1)
    expect(dialog.locator(".undrawable")).to_have_count(0)


def test_what_cannot_be_drawn_is_shown_as_such(page: Page, desk: Desk) -> None:
    desk.posts(section("Words"))

    def with_strange_blocks(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        nameless = {"type": "image", "image_url": "/page/none.png"}
        body["messages"][0]["blocks"] += [{"type": "hologram"}, nameless, section("x", accessory={"type": "lever"})]
        route.fulfill(response=answer, body=json.dumps(body))

    page.route("**/_control/messages?*", with_strange_blocks)
    page.reload()
    expect(page.locator(".undrawable")).to_have_text(
        ["Cannot draw: hologram", "Cannot draw: image (no alt text)", "Cannot draw: lever"]
    )


def test_choices_reach_the_app(page: Page, desk: Desk) -> None:
    desk.posts({"type": "actions", "elements": choices()})
    page.locator("[data-element-type='static_select'] button").click()
    page.keyboard.type("bet")
    page.keyboard.press("Enter")
    page.locator("[data-element-type='datepicker'] button").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("[data-element-type='timepicker'] button").click()
    page.keyboard.type("9:07")
    page.keyboard.press("Enter")
    page.get_by_label("Alpha").first.check()
    desk.place.wait_until(lambda: len(chosen(desk)) == 4)
    assert chosen(desk) == ["beta", "2026-11-27", "09:07", ["alpha"]]


def chosen(desk: Desk) -> list[object]:
    """What the app heard, in short."""
    found: list[object] = []
    for body in [one for one in desk.heard if one.get("actions")]:
        action = body["actions"][0]
        several = [one["value"] for one in action.get("selected_options", [])]
        option = (action.get("selected_option") or {}).get("value")
        found.append(several or option or action.get("selected_date") or action.get("selected_time"))
    return found
