"""Modals: errors beside fields, what was typed survives an update, three deep and back, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .desk import Desk, Json, button, field, form, section
from .seeing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NAME = field("name", "Name")
SCORE = field("score", "Score", {"type": "number_input", "is_decimal_allowed": False})


def opened(page: Page, desk: Desk, *blocks: Json) -> Locator:
    desk.on("open", desk.opens(*blocks))
    desk.button()
    page.get_by_role("button", name="Open").click()
    dialog = page.get_by_role("dialog", name="A form")
    expect(dialog).to_be_visible()
    return dialog


def test_errors_stand_beside_their_fields(page: Page, desk: Desk) -> None:
    dialog = opened(page, desk, NAME, SCORE)
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.locator(".error:not(:empty)")).to_have_text(["Please complete this required field."] * 2)
    expect(dialog.get_by_label("Name")).to_be_focused()
    dialog.get_by_label("Name").fill("R-1")
    dialog.get_by_label("Score").fill("7")
    desk.on("form", lambda _: {"response_action": "errors", "errors": {"score": "At most 5."}})
    dialog.get_by_role("button", name="Send").click()
    score = dialog.get_by_label("Score")
    expect(score).to_have_attribute("aria-invalid", "true")
    expect(score).to_have_accessible_description("At most 5.")
    expect(dialog.get_by_label("Name")).not_to_have_attribute("aria-invalid", "true")
    desk.on("form", lambda _: None)
    score.fill("5")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    values = desk.heard[-1]["view"]["state"]["values"]
    assert (values["name"]["value"]["value"], values["score"]["value"]["value"]) == ("R-1", "5")


def test_an_error_below_the_fold_comes_into_view(phone: Page, desk: Desk) -> None:
    days = [{"text": {"type": "plain_text", "text": f"Day {n}"}, "value": str(n)} for n in range(10)]
    group = field("days", "Days", {"type": "checkboxes", "options": days})
    dialog = opened(phone, desk, *(field(f"f{n}", f"Field {n}") | {"optional": True} for n in range(6)), group)
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_text("Please complete this required field.")).to_be_in_viewport()


def test_an_update_keeps_what_was_typed(page: Page, desk: Desk) -> None:
    more = {"type": "actions", "block_id": "more", "elements": [button("More", "more")]}

    def add_a_field(body: Json) -> None:
        view = body["view"]
        desk.client.views_update(
            view_id=view["id"], hash=view["hash"], view=form(section("Now with a score"), NAME, SCORE, more)
        )

    desk.on("more", add_a_field)
    dialog = opened(page, desk, NAME, more)
    dialog.get_by_label("Name").fill("half a word")
    dialog.get_by_role("button", name="More").click()
    expect(dialog.get_by_text("Now with a score")).to_be_visible()
    expect(dialog.get_by_label("Name")).to_have_value("half a word")
    pressed = next(one for one in desk.heard if one.get("actions") and one["actions"][0]["action_id"] == "more")
    assert pressed["view"]["state"]["values"]["name"]["value"]["value"] == "half a word"


def test_three_deep_and_back(page: Page, desk: Desk) -> None:
    deeper = {"type": "actions", "elements": [button("Deeper", "deeper")]}
    titles = iter(["Second", "Third"])
    desk.on(
        "deeper",
        lambda body: desk.client.views_push(trigger_id=body["trigger_id"], view=form(deeper, title=next(titles))),
    )
    opened(page, desk, deeper)
    for title in ("Second", "Third"):
        page.get_by_role("button", name="Deeper").click()
        expect(page.get_by_role("dialog", name=title)).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("dialog", name="Second")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="A form")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Open")).to_be_focused()


def test_the_focus_stays_in_the_modal(page: Page, desk: Desk) -> None:
    dialog = opened(page, desk, NAME)
    expect(dialog.get_by_label("Name")).to_be_focused()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('[role=dialog]').contains(document.activeElement)")


def test_a_press_that_wants_to_be_sure_asks_first(page: Page, desk: Desk) -> None:
    words = {"type": "plain_text", "text": "Everybody will see it."}
    sure = {
        "title": {**words, "text": "Share?"},
        "text": words,
        "confirm": {**words, "text": "Share"},
        "deny": {**words, "text": "No"},
    }
    desk.posts({"type": "actions", "elements": [button("Share here", "share", confirm=sure)]})
    page.get_by_role("button", name="Share here").click()
    expect(page.get_by_role("dialog", name="Share?")).to_contain_text("Everybody will see it.")
    page.get_by_role("button", name="No").click()
    assert desk.heard == []
    page.get_by_role("button", name="Share here").click()
    page.get_by_role("button", name="Share", exact=True).click()
    desk.place.wait_until(lambda: desk.heard)
    assert desk.heard[0]["actions"][0]["action_id"] == "share"


def test_the_focus_stays_on_a_button_whose_message_changes(page: Page, desk: Desk) -> None:
    def changes(body: Json) -> None:
        blocks = [section("Taken"), {"type": "actions", "elements": [button("Open", "open")]}]
        desk.client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Taken", blocks=blocks)

    desk.on("open", changes)
    desk.button()
    page.get_by_role("button", name="Open").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Taken")).to_be_visible()
    expect(page.get_by_role("button", name="Open")).to_be_focused()


def test_an_app_that_does_not_answer_is_told_under_the_message(page: Page, desk: Desk) -> None:
    desk.button("slow")
    desk.disconnects()
    page.get_by_role("button", name="Open").click()
    expect(page.locator(".failed")).to_be_visible()
