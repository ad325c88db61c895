"""The frame: jumping, the Home tab, joining, the demo's clock and guide, the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .desk import Desk, Json, button, section
from .gallery import axis_chart, waiting
from .seeing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


def publishes(desk: Desk) -> None:
    def home(body: Json) -> None:
        view = {"type": "home", "blocks": [section("Good morning"), waiting(), axis_chart("line")]}
        desk.client.views_publish(user_id=body["event"]["user"], view=view)

    desk.on("app_home_opened", home)


def test_one_jumps_between_places_by_keyboard(page: Page, desk: Desk) -> None:
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Jump to")).to_be_focused()
    page.keyboard.type("qui")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="quiet", level=1)).to_be_visible()
    assert page.evaluate("location.hash") == f"#{desk.place.channel('quiet').id}"


def test_home_shows_what_the_app_publishes(page: Page, desk: Desk) -> None:
    publishes(desk)
    page.locator(".room", has_text="Desk").click()
    page.get_by_role("tab", name="Home").click()
    expect(page.get_by_text("Good morning")).to_be_visible()
    expect(page.get_by_role("table", name="Past due")).to_be_visible()
    expect(page.locator(".undrawable")).to_have_count(0)


def test_an_address_opens_its_place(page: Page, desk: Desk) -> None:
    publishes(desk)
    page.goto(f"{desk.url}/?as=Ada#home")
    expect(page.get_by_text("Good morning")).to_be_visible()
    ts = desk.posts(text="The beginning")
    page.goto(f"{desk.url}/?as=Teo#returns/{ts}")
    expect(page.get_by_role("complementary", name="Thread").get_by_text("The beginning")).to_be_visible()


def test_a_channel_can_be_joined(page: Page, desk: Desk) -> None:
    page.locator(".room.outside", has_text="market").click()
    page.get_by_role("button", name="Join channel").click()
    expect(page.get_by_role("combobox", name="Message #market")).to_be_visible()
    assert desk.place.person("Mina").id in desk.place.channel("market").members


def test_the_clock_turns_and_the_guide_opens(page: Page, desk: Desk) -> None:
    bar = page.locator("#clockbar")
    expect(bar.locator("time")).to_contain_text("오후 6:00")
    bar.get_by_role("button", name="Turn the clock by 15 minutes").click()
    expect(bar.locator("time")).to_contain_text("오후 6:15")
    bar.get_by_role("button", name="Turn the clock to the next morning").click()
    expect(bar.locator("time")).to_contain_text("11월 24일")
    bar.get_by_role("button", name="What was planted").click()
    panel = page.get_by_role("complementary", name="Guide")
    expect(panel.locator("strong")).to_have_text("3 November")
    bar.get_by_role("button", name="What to try").click()
    expect(panel.get_by_role("listitem")).to_have_count(2)
    panel.get_by_role("button", name="Close What to try").click()
    expect(panel).to_be_hidden()


def test_troubles_can_be_switched_on(page: Page, desk: Desk) -> None:
    page.get_by_role("button", name="Troubles of this workspace").click()
    page.get_by_role("menuitemcheckbox", name="Refuse the new block types").click()
    desk.place.wait_until(lambda: desk.place.faults.refuse_new_blocks)


def test_a_phone_shows_one_pane_and_never_scrolls_sideways(phone: Page, desk: Desk) -> None:
    wide = section("一個很長的句子" * 12 + " " + "x" * 200)
    desk.posts(
        wide,
        waiting(),
        axis_chart("bar"),
        {"type": "actions", "elements": [button(f"Button {i}", f"b{i}") for i in range(6)]},
    )
    expect(phone.get_by_role("table", name="Past due")).to_be_visible()
    expect(phone.locator("#sidebar")).to_be_hidden()
    assert sideways(phone) == []
    phone.get_by_role("button", name="Back to conversations").click()
    expect(phone.locator("#sidebar")).to_be_visible()
    expect(phone.locator("#main")).to_be_hidden()
    assert sideways(phone) == []
    phone.locator(".room", has_text="quiet").click()
    expect(phone.get_by_role("heading", name="quiet", level=1)).to_be_visible()


def test_what_a_thumb_presses_is_large_enough(phone: Page, desk: Desk) -> None:
    desk.posts(waiting(), {"type": "actions", "elements": [button("Mine", "mine")]})
    expect(phone.get_by_role("button", name="Mine")).to_be_visible()
    small = phone.evaluate(
        """[...document.querySelectorAll('button, a.button, input')].filter(n => n.offsetParent)
           .filter(n => n.getBoundingClientRect().height < 40).map(n => n.className || n.outerHTML)"""
    )
    assert small == []


def sideways(page: Page) -> list[str]:
    """What makes the page or a pane wider than the screen."""
    found: list[str] = page.evaluate(
        """['html', 'body', '#frame', '#main', '.messages'].filter(s => {
             const n = document.querySelector(s);
             return n && n.offsetParent !== null && n.scrollWidth > n.clientWidth + 1;
           }).concat(document.scrollingElement.scrollWidth > innerWidth ? ['page'] : [])"""
    )
    return found
