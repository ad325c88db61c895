"""`python -m tests.browser.pictures` makes the README’s pictures from the demo: the page and the gallery."""

from __future__ import annotations

import io
import json
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from bot import logs
from bot.demo.opening import Demo
from bot.demo.record import Folder
from bot.words import Words

from .conftest import CHROMIUM, FLAGS

PICTURES = Path(__file__).parents[2] / ".github" / "pictures"
GAP, PANEL = 40, (560, 1_000)
QUIET_MS = 9_000
"""After so long the notes about new messages are gone."""
DESK, PHONE, SHEET = (1280, 1150), (390, 844), (1760, 1000)


def control(demo: Demo, verb: str, **body: Any) -> Any:
    """What somebody does, over the control API."""
    request = urllib.request.Request(
        f"{demo.address}/_control/{verb}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


@contextmanager
def page(browser: Browser, demo: Demo, address: str, size: tuple[int, int]) -> Iterator[Page]:
    """A page at a place of the demo, once all of it is drawn."""
    shown = browser.new_page(viewport={"width": size[0], "height": size[1]}, device_scale_factor=1)
    shown.goto(demo.address + address)
    shown.wait_for_selector("html[data-ready]")
    yield shown
    shown.close()


def take(shown: Page, name: str, **options: Any) -> None:
    """Wait until nothing moves, then write the picture."""
    shown.wait_for_load_state("networkidle")
    shown.screenshot(path=PICTURES / f"{name}.png", animations="disabled", **options)


def asked(shown: Page, demo: Demo, who: str, channel: str, line: str, said: str) -> None:
    """Somebody types a line and waits for the answer."""
    control(demo, "type", **{"as": who, "channel": channel, "text": line})
    shown.locator(".message", has_text=said).last.wait_for()


def pictured(shown: Page) -> None:
    """The bot sends its pictures after its words."""
    shown.locator(".message").last.locator("img").last.wait_for()


def make(browser: Browser, demo: Demo) -> None:
    """Every picture."""
    with page(browser, demo, "/?as=Mina#returns", DESK) as shown:
        asked(shown, demo, "Mina", "#returns", "/kpi team", "The main figures of Returns")
        take(shown, "kpi-team")
        asked(shown, demo, "Mina", "#returns", "/kpi sla_first_response this quarter", "week by week")
        shown.get_by_role("button", name="Which tickets?").last.click()
        shown.locator(".message", has_text="The tickets behind").last.wait_for()
        take(shown, "tickets")
        asked(shown, demo, "Mina", "#returns", "/kpi sla_first_response", "days that signal")
        pictured(shown)
        take(shown, "signal")
        asked(shown, demo, "Mina", "#returns", "/kpi agents", "By name, not by rank")
        pictured(shown)
        take(shown, "agents")
    day_one(browser, demo)
    loop(browser, demo)
    control(demo, "clock", advance_s=36 * 60, **{"as": "Mina"})
    with page(browser, demo, "/?as=Mina#returns", DESK) as shown:
        shown.locator(".message", has_text="Nobody has it yet").last.wait_for()
        take(shown, "escalation")
    control(demo, "clock", next_morning=True, **{"as": "Mina"})
    with page(browser, demo, "/?as=Mina#returns", DESK) as shown:
        digest = shown.locator(".message", has_text="Figures of the last").last
        digest.evaluate("one => one.scrollIntoView({block: 'start'})")
        take(shown, "digest")
        shown.get_by_role("button", name="What moved it?").last.click()
        moved = shown.locator(".message", has_text="What moved it: ").last
        moved.wait_for()
        moved.evaluate("one => one.scrollIntoView({block: 'start'})")
        take(shown, "driver")
    with page(browser, demo, "/?as=서하나#home", PHONE) as shown:
        shown.locator(".home .block").first.wait_for()
        take(shown, "home-phone")
    with page(browser, demo, "/gallery?only=kpi.team", SHEET) as shown:
        take(shown, "gallery", full_page=True)


def loop(browser: Browser, demo: Demo) -> None:
    """From a figure to a person and back, in one picture: the figure, the review, the talk, the effect."""
    panels = []
    with page(browser, demo, "/?as=Mina#returns", PANEL) as shown:
        asked(shown, demo, "Mina", "#returns", "/kpi sla_first_response", "days that signal")
        pictured(shown)
        shown.locator(".message").last.evaluate("one => one.scrollIntoView({block: 'end'})")
        panels.append(panel(shown))
    with page(browser, demo, "/?as=Priya#returns", PANEL) as shown:
        control(demo, "type", **{"as": "Priya", "channel": "#returns", "text": "/qa review RET-100500"})
        shown.get_by_role("dialog").wait_for()
        panels.append(panel(shown))
        shown.get_by_role("dialog").get_by_role("button", name="Close, keep draft").click()
    control(demo, "type", **{"as": "Mina", "channel": "#returns", "text": "/coach @Ethan"})
    with page(browser, demo, "/?as=Mina#home", PANEL) as shown:
        shown.get_by_role("tab", name="Messages").click()
        shown.locator(".message", has_text="Last promises").last.wait_for()
        shown.wait_for_timeout(QUIET_MS)
        panels.append(panel(shown, "Last promises"))
    with page(browser, demo, "/?as=Mina#returns", PANEL) as shown:
        asked(shown, demo, "Mina", "#returns", "/coach effects @Ethan", "The promises of Ethan")
        shown.get_by_role("button", name="Did it help?").last.click()
        shown.locator(".message", has_text="Before and after").last.wait_for()
        panels.append(panel(shown, "Before and after"))
    joined(panels).save(PICTURES / "loop.png")


def day_one(browser: Browser, demo: Demo) -> None:
    """A team's first day in one picture: its setup, its first message, the tour, and an agent's welcome in Dutch."""
    panels = []
    with page(browser, demo, "/?as=Omar#returns", PANEL) as shown:
        control(demo, "type", **{"as": "Omar", "channel": "#returns", "text": "/cspm settings Returns"})
        shown.locator(".message", has_text="Figures about one person").last.wait_for()
        shown.locator(".message").last.get_by_role("button", name="Change it").nth(4).click()
        shown.get_by_role("dialog").get_by_text("Who agreed to it?").wait_for()
        panels.append(panel(shown))
    for name, language in (("first_day", "en"), ("tour.lead.4", "en"), ("welcome.one_team", "nl")):
        with page(browser, demo, f"/gallery?only={name}&language={language}", PANEL) as shown:
            panels.append(card(shown))
    joined(panels).save(PICTURES / "day-one.png")


def card(shown: Page) -> Image.Image:
    """An example of the gallery by itself, at the top of a panel."""
    shown.wait_for_load_state("networkidle")
    drawn = Image.open(io.BytesIO(shown.locator(".gallery-card").screenshot(animations="disabled"))).convert("RGB")
    sheet = Image.new("RGB", PANEL, "white")
    sheet.paste(drawn, ((PANEL[0] - drawn.width) // 2, GAP // 2))
    return sheet


def panel(shown: Page, words: str = "") -> Image.Image:
    """What stands on the page, with the last message that says so at its top."""
    shown.wait_for_load_state("networkidle")
    if words:
        one = shown.locator(".message", has_text=words).last
        one.evaluate("one => one.scrollIntoView({block: 'start'})")
    return Image.open(io.BytesIO(shown.screenshot(animations="disabled"))).convert("RGB")


def joined(panels: Sequence[Image.Image]) -> Image.Image:
    """One beside the other, each with its number."""
    width, height = PANEL
    sheet = Image.new("RGB", (len(panels) * (width + GAP) + GAP, height + 2 * GAP), "#eef1f4")
    draw = ImageDraw.Draw(sheet)
    for n, one in enumerate(panels):
        left = GAP + n * (width + GAP)
        sheet.paste(one, (left, GAP))
        draw.ellipse((left - 20, GAP - 20, left + 28, GAP + 28), fill="#b45309")
        draw.text((left + 4, GAP + 4), str(n + 1), fill="white", anchor="mm", font_size=28)
    return sheet


def main() -> None:
    """Open a demo in an empty folder, take the pictures, close it."""
    logs.set_up("WARNING")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as empty, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        demo = Demo(Folder(Path(empty)), "127.0.0.1", 0, Words("en"), quiet)
        try:
            demo.open()
            make(browser, demo)
        finally:
            demo.close()
            browser.close()


@contextmanager
def quiet(_label: str, _total: int) -> Iterator[Any]:
    """No progress bar."""
    yield lambda _done: None


if __name__ == "__main__":
    main()
