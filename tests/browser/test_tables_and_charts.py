"""Tables sort, filter and turn pages; charts speak to those who do not see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .desk import Desk
from .gallery import axis_chart, pie, waiting
from .seeing import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def hours(table: Locator) -> list[str]:
    return table.locator("tbody tr td:last-child").all_inner_texts()


def test_numbers_sort_as_numbers_and_back(page: Page, desk: Desk) -> None:
    desk.posts(waiting())
    table = page.get_by_role("table", name="Past due")
    header = table.get_by_role("columnheader", name="Waiting")
    expect(header).to_have_attribute("aria-sort", "none")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    assert hours(table) == ["1 h", "4 h", "5 h", "7 h", "8 h"]
    header.get_by_role("button").press("Enter")
    expect(header).to_have_attribute("aria-sort", "descending")
    assert hours(table) == ["22 h", "21 h", "18 h", "15 h", "14 h"]
    header.get_by_role("button").press("Enter")
    expect(header).to_have_attribute("aria-sort", "none")
    assert hours(table) == ["7 h", "14 h", "21 h", "4 h", "11 h"]


def test_pages_turn_and_a_filter_narrows(page: Page, desk: Desk) -> None:
    desk.posts(waiting())
    table = page.locator(".data-table")
    expect(table.locator(".pager")).to_contain_text("1–5 of 12")
    expect(table.get_by_role("button", name="Previous page")).to_be_disabled()
    for _ in range(2):
        table.get_by_role("button", name="Next page").click()
    expect(table.locator(".pager")).to_contain_text("11–12 of 12")
    expect(table.get_by_role("button", name="Next page")).to_be_disabled()
    assert table.locator("tbody th").all_inner_texts() == ["R-11", "R-12"]
    table.get_by_role("searchbox", name="Filter Past due").fill("refund 12")
    expect(table.locator("tbody th")).to_have_text(["R-12"])
    expect(table.get_by_role("link", name="R-12")).to_have_attribute("href", "https://example.com/R-12")


def test_three_columns_fit_a_phone(phone: Page, desk: Desk) -> None:
    table = waiting()
    table["rows"][1][1]["text"] = "Customer satisfaction of everybody who answered"
    table["rows"][1][2]["text"] = "3 hours 23 minutes · on target"
    desk.posts(table)
    shown = phone.get_by_role("region", name="Past due")
    expect(shown).to_be_visible()
    assert shown.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_a_sorted_table_stays_sorted_when_others_write(page: Page, desk: Desk) -> None:
    desk.posts(waiting())
    page.get_by_role("button", name="Waiting").click()
    desk.place.person("Teo").types("Hoi", channel="#returns")
    expect(page.get_by_text("Hoi")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Waiting")).to_have_attribute("aria-sort", "ascending")


def test_a_chart_is_told_in_words(page: Page, desk: Desk) -> None:
    desk.posts(axis_chart("bar"), axis_chart("line"))
    desk.posts(axis_chart("area"), pie())
    expect(page.locator("svg.chart-svg")).to_have_count(4)
    for chart in page.locator("svg.chart-svg").all():
        name, description = (chart.get_attribute("aria-labelledby") or "").split()
        assert chart.locator(f"title#{name}").text_content()
        assert "4" in (chart.locator(f"desc#{description}").text_content() or "") or "30" in (
            chart.text_content() or ""
        )
        assert chart.locator("[data-mark]").count() in (2, 8)
        assert chart.locator("[data-mark][tabindex='0']").count() == 1
    pie_words = page.locator(".chart-pie desc").text_content()
    assert pie_words == "Pie chart. E-mail: 30 (75%); Chat: 10 (25%)."


def test_values_appear_on_focus_and_arrows_walk_through_them(page: Page, desk: Desk) -> None:
    desk.posts(axis_chart("bar"))
    page.locator(".chart [data-mark][tabindex='0']").focus()
    expect(page.locator(".chart-tip")).to_have_text("Mon, New: 4")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".chart-tip")).to_have_text("Tue, New: 8")
    page.get_by_role("img", name="Thu, Solved: 5").hover()
    expect(page.locator(".chart-tip")).to_have_text("Thu, Solved: 5")
