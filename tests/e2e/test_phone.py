"""An official on a phone: from 本周要做 to done in at most six presses, and what was typed survives a reload."""

from tests.e2e.journey import photo

PHONE = {"width": 360, "height": 780, "has_touch": True}
MOST = 6


class Thumb:
    """Presses, and counts them; after each nothing may scroll sideways."""

    def __init__(self, page):
        self.page, self.presses = page, 0

    def press(self, place, leads_to=""):
        self.presses += 1
        place.tap()
        if leads_to:
            self.page.wait_for_url(leads_to)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 360

    def take_photo(self, place, picture):
        with self.page.expect_file_chooser() as chooser:
            self.press(place)
        chooser.value.set_files(picture)


def test_from_the_reminder_to_done(sign_in, shot):
    page = sign_in("official", **PHONE)
    thumb = Thumb(page)
    shot("phone-home", 360, of=page)
    line = page.locator("section", has=page.get_by_role("heading", name="本周要做")).locator(
        "tbody tr", has_text="拍照填报"
    )
    thumb.press(line.first, leads_to="**/report/**")
    assert "审核要看到什么" in page.inner_text("main")
    if not page.locator("[name=measure]:checked").input_value():  # one of several, none of them due itself
        thumb.press(page.locator("label", has_text="（1）").first)
    shot("phone-report", 360, of=page)

    thumb.press(page.locator("[name=text]"))
    page.keyboard.type("126 户补助 38.6 万元已全部发放到户。群众已在公示单上签字。")
    page.reload()  # at once: what was just typed is kept too
    assert page.input_value("[name=text]").startswith("126 户"), "a reload loses nothing"

    thumb.take_photo(page.locator("[name=photos]"), photo(120))
    thumb.press(page.get_by_role("button", name="报告进展"), leads_to="**/items/*/")
    said = page.inner_text("main")
    assert "进展已报送。" in said
    assert "申请销号" in said, "and what is left to do"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    shot("phone-done", 360, of=page)
    assert thumb.presses <= MOST, thumb.presses
    for address in ("/item-boards/week/", "/items/report/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
