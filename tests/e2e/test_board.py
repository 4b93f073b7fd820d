"""The board in a browser, wide and on a phone: drawn from its tables, a mark opens its rows, nothing scrolls sideways."""

import re

import pytest


def complete(page):
    """The charts the page did not wait for are there and drawn."""
    page.locator("#charts-rest").wait_for(state="detached")
    page.wait_for_function("!document.querySelector('.chart-drawn[hidden]')")


def test_the_board_is_drawn_and_its_marks_open_rows(sign_in, shot):
    page = sign_in("secretary")
    page.goto("/reports/board/")
    complete(page)
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
    complete(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shot("board-phone", of=page)


# Words of one drawing that lie over each other (lines of one label come close), and the colours words are written in.
TOUCHING = """() => [...document.querySelectorAll(".chart-drawn svg")].flatMap((svg) => {
  const words = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  return words.flatMap(([one, a], at) => words.slice(at + 1)
    .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom - 5 && b.top < a.bottom - 5)
    .map(([other]) => `${one} × ${other}`));
})"""
INKS = '() => [...new Set([...document.querySelectorAll(".chart-drawn text")].map((text) => text.getAttribute("fill")))]'


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
def test_the_words_of_a_drawing_stand_apart_on_screen_and_on_paper(sign_in, width, scheme):
    page = sign_in("secretary", width=width, color_scheme=scheme)
    page.goto("/reports/board/?period=all")
    complete(page)
    assert page.evaluate(TOUCHING) == []
    screen = page.evaluate(INKS)
    # What the browser says before and after it prints; on paper the words are dark whatever the screen is.
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(TOUCHING) == []
    assert set(page.evaluate(INKS)) == {"#222"}
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(INKS) == screen


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
