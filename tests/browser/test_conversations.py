"""Writing, commands by keyboard, whispers, threads, live changes, and being somebody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .desk import Desk, Json, section
from .seeing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route


def whispers(body: Json) -> Json:
    return {"text": f"You asked for {body['text']}"}


def test_a_command_is_found_and_sent_by_keyboard(page: Page, desk: Desk) -> None:
    desk.on("/desk", whispers)
    field = page.get_by_role("combobox", name="Message #returns")
    field.focus()
    page.keyboard.type("/")
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("/gallery")
    page.keyboard.type("d")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(field).to_have_value("/desk ")
    expect(page.locator(".usage")).to_contain_text("[team] [period]")
    page.keyboard.type("team")
    page.keyboard.press("Enter")
    expect(page.locator(".message.ephemeral")).to_contain_text("Only visible to you")
    expect(page.locator(".message.ephemeral")).to_contain_text("You asked for team")
    expect(field).to_have_value("")


def test_a_whisper_is_gone_after_a_reload(page: Page, desk: Desk) -> None:
    desk.on("/desk", whispers)
    page.fill("#composer", "/desk me")
    page.press("#composer", "Enter")
    expect(page.locator(".message.ephemeral")).to_have_count(1)
    desk.posts(text="For everybody")
    page.reload()
    expect(page.get_by_text("For everybody")).to_be_visible()
    expect(page.locator(".message.ephemeral")).to_have_count(0)


def test_words_are_words_and_never_markup(page: Page, desk: Desk) -> None:
    page.fill("#composer", "<img src=x onerror=alert(1)> & *bold* @Te")
    page.press("#composer", "Enter")
    expect(page.locator("#composer")).to_have_value("<img src=x onerror=alert(1)> & *bold* @Teo ")
    page.press("#composer", "Enter")
    message = page.locator(".message .text")
    expect(message).to_have_text("<img src=x onerror=alert(1)> & bold @Teo")
    expect(message.locator("strong")).to_have_text("bold")
    expect(message.locator(".mention")).to_have_text("@Teo")
    expect(message.locator("img")).to_have_count(0)


def test_dates_are_told_in_the_readers_zone_and_language(page: Page, desk: Desk) -> None:
    desk.posts(section("<!date^1795424400^{date_short_pretty} {time}|09:00 UTC> :white_check_mark: :no_such_thing:"))
    words = page.locator(".section-text")
    expect(words).to_have_text("오늘 오후 6:00 ✅ :no_such_thing:")
    page.goto(f"{desk.url}/?as=Teo#returns")
    expect(words).to_have_text("Vandaag 10:00 ✅ :no_such_thing:")
    expect(page.locator("html")).to_have_attribute("lang", "nl-NL")
    page.goto(f"{desk.url}/?as=佳穎#returns")
    expect(words).to_have_text("今天 下午5:00 ✅ :no_such_thing:")
    expect(page.locator("html")).to_have_attribute("lang", "zh-TW")


def test_a_message_changes_and_goes_before_ones_eyes(page: Page, desk: Desk) -> None:
    ts = desk.posts(section("First words"), text="First")
    expect(page.get_by_text("First words")).to_be_visible()
    channel = desk.place.channel("returns").id
    desk.client.chat_update(channel=channel, ts=ts, text="Second", blocks=[section("Second words")])
    expect(page.get_by_text("Second words")).to_be_visible()
    expect(page.get_by_text("First words")).to_have_count(0)
    expect(page.locator(".message .edited")).to_have_text(" (edited)")
    desk.client.chat_delete(channel=channel, ts=ts)
    expect(page.locator(".message")).to_have_count(0)


def test_a_thread_opens_beside_and_counts(page: Page, desk: Desk) -> None:
    desk.posts(text="Who takes this?")
    page.locator(".message").hover()
    page.get_by_role("button", name="Reply in thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    thread.get_by_role("combobox").fill("I do")
    page.keyboard.press("Enter")
    expect(thread.locator(".message")).to_have_count(2)
    expect(page.get_by_role("button", name="1 reply")).to_be_visible()
    desk.place.person("Teo").types("Dank je", channel="#returns", thread=desk.place.person("Teo").reads("#returns")[0])
    expect(page.get_by_role("button", name="2 replies")).to_be_visible()
    expect(thread.get_by_text("Dank je")).to_be_visible()


def test_what_is_said_while_a_thread_still_loads_is_not_lost(page: Page, desk: Desk) -> None:
    """The answer about the thread is older than the reply that came meanwhile."""
    desk.posts(text="Who takes this?")
    teo = desk.place.person("Teo")
    parent = teo.reads("#returns")[0]
    thread = page.get_by_role("complementary", name="Thread")

    def late(route: Route) -> None:
        told = route.fetch()
        teo.types("Ik", channel="#returns", thread=parent)
        thread.get_by_text("Ik", exact=True).wait_for()
        route.fulfill(response=told)

    page.route(re.compile("messages.*thread_ts"), late)
    page.locator(".message").hover()
    with page.expect_response(re.compile("messages.*thread_ts")) as answer:
        page.get_by_role("button", name="Reply in thread").click()
    assert "Ik" not in answer.value.text()
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    expect(thread.locator(".message")).to_have_count(2)


def test_one_can_be_somebody_else(page: Page, desk: Desk) -> None:
    page.get_by_role("button", name="You are Mina").click()
    page.get_by_role("menuitemcheckbox", name="Teo").press("Enter")
    expect(page.get_by_role("button", name="You are Teo")).to_be_visible()
    expect(page.locator("#sidebar .room", has_text="leads")).to_have_count(0)
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("new URLSearchParams(location.search).get('as')") == desk.place.person("Teo").id
    page.fill("#composer", "Hoi")
    page.press("#composer", "Enter")
    expect(page.locator(".message .author")).to_have_text("Teo")


def test_what_arrives_elsewhere_is_announced_and_opens(page: Page, desk: Desk) -> None:
    mina = desk.place.person("Mina")
    desk.client.chat_postMessage(channel=mina.dm().id, text="Returns: 3 tickets past due", blocks=[section("Long")])
    expect(page.locator(".toast")).to_contain_text("Returns: 3 tickets past due")
    expect(page.locator(".room.unread")).to_contain_text("Desk")
    page.locator(".toast-open").click()
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()
    expect(page.locator(".room.unread")).to_have_count(0)


def test_a_message_shortcut_reaches_the_app(page: Page, desk: Desk) -> None:
    desk.posts(text="A conversation")
    page.locator(".message").hover()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Review this").click()
    desk.place.wait_until(lambda: desk.heard)
    assert (desk.heard[0]["callback_id"], desk.heard[0]["message"]["text"]) == ("review", "A conversation")
