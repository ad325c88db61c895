"""What an app that escalates lets people do: menus that ask first, pickers and boxes in modals, shortcuts, groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.local_slack.blockkit import check_view

from .desk import Desk, Json, button, field, form, option, plain, section
from .seeing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SURE = {
    "title": plain("Hand over?"),
    "text": plain("Teo takes it."),
    "confirm": plain("Hand over"),
    "deny": plain("No"),
}
BOTH = [option("Alpha"), option("Beta")]


def menu(**more: object) -> Json:
    return {"type": "overflow", "action_id": "menu", "options": BOTH, **more}


def actions(block_id: str, *elements: Json) -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def opened(page: Page, desk: Desk, *blocks: Json) -> Locator:
    assert check_view(form(*blocks), ("modal",)) == ("", [])
    desk.on("open", desk.opens(*blocks))
    desk.button()
    page.get_by_role("button", name="Open").click()
    dialog = page.get_by_role("dialog", name="A form")
    expect(dialog).to_be_visible()
    return dialog


def pick(page: Page, opener: Locator, words: str) -> None:
    opener.click()
    page.keyboard.type(words)
    page.get_by_role("option", name=words).first.click()


def test_an_overflow_menu_asks_first_in_a_message_and_in_a_modal(page: Page, desk: Desk) -> None:
    desk.posts(section("An escalation", accessory=menu(confirm=SURE)))
    page.get_by_role("button", name="More options").click()
    page.get_by_role("menuitem", name="Beta").click()
    page.get_by_role("dialog", name="Hand over?").get_by_role("button", name="No").click()
    assert desk.heard == []
    dialog = opened(page, desk, actions("more", menu(confirm=SURE)))
    dialog.get_by_role("button", name="More options").click()
    page.get_by_role("menuitem", name="Alpha").click()
    page.get_by_role("dialog", name="Hand over?").get_by_role("button", name="Hand over").click()
    desk.place.wait_until(lambda: len(desk.heard) == 2)
    assert desk.heard[-1]["actions"][0]["selected_option"]["value"] == "alpha"
    assert desk.heard[-1]["view"]["callback_id"] == "form"


def test_every_choice_of_an_escalation_is_made_in_a_modal_and_sent(page: Page, desk: Desk) -> None:
    desk.on("ticket", lambda body: {"options": [option(f"R-{body['value']}")]})
    dialog = opened(
        page,
        desk,
        {"type": "alert", "level": "warning", "text": plain("Two like it are open")},
        {"type": "context", "elements": [plain("Customer: Acme")]},
        {"type": "card", "title": plain("Acme"), "body": plain("Three open tickets"), "actions": [button("Look", "c")]},
        field("ticket", "Ticket", {"type": "external_select", "action_id": "ticket", "min_query_length": 1}),
        field("owner", "Owner", {"type": "users_select"}),
        field("told", "Also told", {"type": "multi_users_select"}),
        field("until", "Promised until", {"type": "datetimepicker"}),
        field("severity", "Severity", {"type": "radio_buttons", "options": BOTH}),
        field("kinds", "Kinds", {"type": "checkboxes", "options": BOTH}),
        section("Tell them", block_id="more", accessory={"type": "checkboxes", "action_id": "tell", "options": BOTH}),
        {
            "type": "actions",
            "block_id": "how",
            "elements": [{"type": "radio_buttons", "action_id": "r", "options": BOTH}],
        },
    )
    expect(dialog.locator(".undrawable")).to_have_count(0)
    expect(dialog.get_by_text("Two like it are open")).to_be_visible()
    expect(dialog.get_by_text("Three open tickets")).to_be_visible()
    dialog.get_by_role("button", name="Ticket").click()
    page.keyboard.type("17")
    page.get_by_role("option", name="R-17").click()
    pick(page, dialog.get_by_role("button", name="Owner"), "Teo")
    pick(page, dialog.get_by_role("button", name="Also told"), "Ada")
    page.keyboard.press("Escape")
    dialog.get_by_role("button", name="Promised until").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    dialog.locator("[data-block-id='severity']").get_by_label("Beta").check()
    dialog.locator("[data-block-id='kinds']").get_by_label("Alpha").check()
    dialog.locator("[data-block-id='more']").get_by_label("Beta").check()
    dialog.locator("[data-block-id='how']").get_by_label("Alpha").check()
    dialog.get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    state = desk.heard[-1]["view"]["state"]["values"]
    assert state["ticket"]["ticket"]["selected_option"]["text"]["text"] == "R-17"
    assert state["owner"]["value"]["selected_user"] == desk.place.person("Teo").id
    assert state["told"]["value"]["selected_users"] == [desk.place.person("Ada").id]
    assert state["until"]["value"]["selected_date_time"] == 1795996800  # a week on, nine in Seoul
    assert state["severity"]["value"]["selected_option"]["value"] == "beta"
    assert [one["value"] for one in state["kinds"]["value"]["selected_options"]] == ["alpha"]
    assert [one["value"] for one in state["more"]["tell"]["selected_options"]] == ["beta"]
    assert state["how"]["r"]["selected_option"]["value"] == "alpha"
    assert desk.place.complaints == []


def test_a_shortcut_on_an_answer_in_a_thread_opens_a_modal(page: Page, desk: Desk) -> None:
    desk.on("review", desk.opens(field("why", "Why")))
    mina = desk.place.person("Mina")
    parent = mina.types("The customer is furious", channel="#returns")
    assert not isinstance(parent, str)
    desk.place.person("Teo").types("And calls again", thread=parent)
    page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    answer = thread.locator(".message", has_text="And calls again")
    answer.hover()
    answer.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Review this").click()
    dialog = page.get_by_role("dialog", name="A form")
    dialog.get_by_label("Why").fill("VIP")
    dialog.get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert desk.heard[0]["message"]["thread_ts"] == parent.ts
    assert desk.heard[-1]["view"]["state"]["values"]["why"]["value"]["value"] == "VIP"


def test_a_global_shortcut_stands_in_the_menu_of_the_composer(page: Page, desk: Desk) -> None:
    page.get_by_role("button", name="Shortcuts and commands").click()
    page.get_by_role("menuitem", name="Ask the desk From anywhere").click()
    desk.place.wait_until(lambda: desk.heard)
    assert (desk.heard[0]["type"], desk.heard[0]["callback_id"]) == ("shortcut", "ask")


def test_a_file_is_attached_in_a_thread(page: Page, desk: Desk) -> None:
    ts = desk.posts(text="The timeline?")
    page.goto(f"{desk.url}/?as=Mina#returns/{ts}")
    thread = page.get_by_role("complementary", name="Thread")
    with page.expect_file_chooser() as chooser:
        thread.get_by_role("button", name="Attach a file").click()
    chooser.value.set_files({"name": "timeline.csv", "mimeType": "text/csv", "buffer": b"at,who\n"})
    expect(thread.locator(".file-card")).to_contain_text("timeline.csv")
    expect(page.get_by_role("button", name="1 reply")).to_be_visible()


def test_a_group_is_offered_called_and_drawn(page: Page, desk: Desk) -> None:
    page.fill("#composer", "@lea")
    page.get_by_role("option", name="@leads").click()
    expect(page.locator("#composer")).to_have_value("@leads ")
    page.press("#composer", "Enter")
    mention = page.locator(".message .text .mention")
    expect(mention).to_have_text("@leads")
    expect(mention).to_have_attribute("title", "Mina, 佳穎")


def test_notifications_are_paused_and_others_see_it(page: Page, desk: Desk) -> None:
    mina, teo = desk.place.person("Mina"), desk.place.person("Teo")
    mina.dm("Teo")
    page.get_by_role("button", name="You are Mina").click()
    page.get_by_role("menuitem", name="Pause notifications").click()
    page.get_by_role("menuitem", name="For 1 hour").click()
    desk.place.wait_until(lambda: mina.who.dnd_until)
    desk.client.chat_postMessage(channel=mina.dm().id, text="Quietly")
    expect(page.locator(".room.unread")).to_contain_text("Desk")
    expect(page.locator(".toast")).to_have_count(0)
    teo.does_not_disturb(minutes=30)
    expect(page.locator(".room", has_text="Teo").get_by_label("Notifications paused")).to_be_visible()
    page.get_by_role("button", name="You are Mina").click()
    page.get_by_role("menuitem", name="Notifications are paused").click()
    page.get_by_role("menuitem", name="Resume notifications").click()
    desk.place.wait_until(lambda: mina.who.dnd_until is None)


def test_calls_are_struck_and_lines_broken_from_the_menu(page: Page, desk: Desk) -> None:
    troubles = page.get_by_role("button", name="Troubles of this workspace")
    troubles.click()
    page.get_by_role("menuitemcheckbox", name="Fail the next call (500)").click()
    desk.place.wait_until(lambda: [one.kind for one in desk.place.faults.strikes] == ["500"])
    expect(page.locator(".bar-button.on")).to_have_count(1)
    assert desk.place.call("auth.test", {})["error"] == "internal_error"
    expect(page.locator(".bar-button.on")).to_have_count(0)
    troubles.click()
    page.get_by_role("menuitemcheckbox", name="Some of everything").click()
    desk.place.wait_until(lambda: desk.place.faults.chances)
    expect(page.locator(".bar-button.on")).to_have_count(1)
    troubles.click()
    page.get_by_role("menuitemcheckbox", name="Some of everything", checked=True).click()
    desk.place.wait_until(lambda: not desk.place.faults.chances)


def test_an_account_is_deactivated_and_given_back(page: Page, desk: Desk) -> None:
    teo = desk.place.person("Teo")
    desk.place.person("Mina").dm("Teo")
    for gone in (True, False):
        page.get_by_role("button", name="Troubles of this workspace").click()
        page.get_by_role("menuitem", name="Deactivated accounts").click()
        page.get_by_role("menuitemcheckbox", name="Teo", checked=not gone).click()
        desk.place.wait_until(lambda gone=gone: teo.who.deleted is gone)
        expect(page.locator(".room.outside" if gone else ".room:not(.outside)", has_text="Teo")).to_have_count(1)
        page.get_by_role("button", name="You are Mina").click()
        expect(page.get_by_role("menuitemcheckbox", name="Teo")).to_have_count(0 if gone else 1)
        page.keyboard.press("Escape")
