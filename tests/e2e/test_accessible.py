"""Every kind of page, light and dark, held to WCAG 2.2 A and AA by axe-core; what is wrong in a form is said aloud.

One walk as four people: whatever axe finds is told with its page, so that one run names all there is to mend.
"""

import re
from pathlib import Path

import pytest

AXE = (Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js").read_text()
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
RUN = """async ([levels, rules]) => {
  const asked = rules ? {type: "rule", values: rules} : {type: "tag", values: levels};
  const found = await axe.run(document, {runOnly: asked, resultTypes: ["violations"]});
  return found.violations.flatMap((one) => one.nodes.slice(0, 3).map(
    (node) => `${one.id} ${node.target.join(" ")} ${node.html.slice(0, 160)}`));
}"""
# Words of the frameworks below us: one of them on a page has leaked.
ENGLISH = re.compile(
    r"\b(?:the|this|field|required|please|select|submit|search|none|error|invalid|true|false|null|undefined)\b",
    re.I,
)
# Lists, boards, forms, one's own pages; a * stands for the first record of the list before it and its first verb.
WALKS = {
    "secretary": (
        "/", "/?tab=due", "/?tab=others", "/notifications/", "/reports/board/?period=2026", "/reports/mine/", "/reports/", "*",
        "/reports/indicators/", "/item-boards/units/", "/fund-boards/misuses/", "/search/?q=镇", "/rounds/", "*",
    ),
    "casemgr": (
        "/leads/", "*", "/leads/new/", "/leads/backlog/", "/account/", "/account/notices/", "/account/password/", "/keys/",
        "/clock-rules/", "*", "/no-such-page/",
    ),
    "official": ("/items/", "*", "/item-boards/week/", "/projects/", "*"),
    "sysadmin": ("/", "/accounts/", "/channels/", "/regions/"),
}  # fmt: skip
LEAST = 32  # pages of the walk: with fewer the demo no longer holds what is to be looked at


class Walk:
    """Pages one person opens, with what axe finds on each."""

    def __init__(self, page):
        self.page, self.wrong, self.seen = page, [], 0

    def open(self, address):
        answer = self.page.goto(address)
        assert answer.status in {200, 404}, address
        self.page.evaluate(AXE)
        self.look(address, None)
        # The same page dark: what colours decide.
        self.page.emulate_media(color_scheme="dark")
        self.look(f"{address}（深色）", OF_COLOUR)
        self.page.emulate_media(color_scheme="light")
        said = self.page.locator("body").inner_text()
        self.wrong += [f"{address}: {word}" for word in ENGLISH.findall(said)]
        self.seen += 1

    def look(self, words, rules):
        self.wrong += [f"{words}: {one}" for one in self.page.evaluate(RUN, [LEVELS, rules])]

    def first(self):
        """The first record of the list one stands on, and the form of its first verb."""
        self.open(self.page.locator(".list .rows tbody a[href]").first.get_attribute("href"))
        verb = self.page.locator(".acts-verbs a.btn").first
        if verb.count():
            self.open(verb.get_attribute("href"))


def test_every_kind_of_page_is_accessible_light_and_dark(sign_in):
    wrong, seen = [], 0
    for name, addresses in WALKS.items():
        walk = Walk(sign_in(name))
        for address in addresses:
            walk.first() if address == "*" else walk.open(address)
        wrong += [f"{name} {one}" for one in walk.wrong]
        seen += walk.seen
    assert not wrong, "\n".join(wrong)
    assert seen >= LEAST


@pytest.mark.parametrize("width", [1440, 360])
def test_what_is_wrong_in_a_form_is_said_and_stands_beside_its_field(sign_in, width):
    page = sign_in("casemgr", width=width)
    page.goto("/leads/new/")
    page.locator("main form[data-once] .btn-primary").last.click()
    page.locator("#errors").wait_for()
    assert page.evaluate("document.activeElement.id") == "errors", "the reader is taken to what is wrong"
    assert page.locator("#errors").get_attribute("role") == "alert"
    fields = page.locator("main form [aria-invalid=true]")
    assert fields.count() >= 2
    for place in range(fields.count()):
        named = (fields.nth(place).get_attribute("aria-describedby") or "").split()
        told = [page.locator(f"[id='{one}']").inner_text() for one in named if one.endswith("_error")]
        assert told, fields.nth(place).get_attribute("name")
        assert all(told)
    walk = Walk(page)
    page.evaluate(AXE)
    walk.look("a form with errors", None)
    page.emulate_media(color_scheme="dark")
    walk.look("a form with errors（深色）", OF_COLOUR)
    assert not walk.wrong, "\n".join(walk.wrong)
    # The first error leads to its field.
    page.locator("#errors a").first.click()
    assert page.evaluate("document.activeElement.closest('.field, .ts-wrapper') !== null")
