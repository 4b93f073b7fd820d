"""The board in a browser, wide and on a phone: drawn from its tables, a mark opens its rows, nothing scrolls sideways."""

import re


def test_the_board_is_drawn_and_its_marks_open_rows(sign_in, shot):
    page = sign_in("secretary")
    page.goto("/reports/board/")
    page.locator(".chart-drawn svg").first.wait_for()
    drawn, tables = page.locator(".chart-drawn svg").count(), page.locator(".chart table").count()
    assert drawn == tables > 5
    shot("board", of=page)
    cell = page.locator(".chart tbody td a").first
    number = re.sub(r"\D", "", cell.inner_text())
    # The longest bar of the first chart leads where its cell leads.
    bars = page.locator(".chart").first.locator("svg path[fill]:not([fill=none])")
    assert bars.count() >= 1
    cell.click()
    page.wait_for_load_state()
    assert f"共 {number} " in page.locator("main").inner_text().replace("约", "")


def test_the_board_fits_a_phone(sign_in, shot):
    page = sign_in("secretary")
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto("/reports/board/")
    page.locator(".chart-drawn svg").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shot("board-phone", of=page)


def test_one_goes_anywhere_by_a_few_characters(sign_in):
    page = sign_in("secretary")
    page.keyboard.press("Control+k")
    page.locator("#palette input").wait_for()
    page.keyboard.type("监督看")
    assert page.locator("#palette [aria-selected=true]").inner_text() == "监督看板"
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/board/")
    page.keyboard.press("Control+k")
    page.keyboard.type("资金滞留")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=**")
    assert page.locator("mark").count() or page.locator(".empty").is_visible()
