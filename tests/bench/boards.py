"""The boards of the one page of figures, by whom they are looked at: all are asked live of the rows he may see."""

from povertyaudit.core import moment
from tests.bench.cases import FIRST, HOME, Browser

BOARD = 0.300  # as the boards of the funds: a year of leads and of items, grouped some ten ways


def all_of():
    """Every case, the wide scope first."""
    for username in ("leader", "casemgr", "inspector1", "official", "finance"):
        yield from boards(Browser(username))
    for username in ("leader", "casemgr", "official"):
        yield Browser(username).page("我的工作，与看板同时量", "/", {"p95": HOME, "bytes": FIRST})
    yield from sections(Browser("casemgr"))


def boards(browser):
    today = moment.today()
    yield browser.page("我的数", "/reports/mine/", {"p95": BOARD})
    if browser.user.username in ("leader", "casemgr", "inspector1"):
        yield browser.page("监督看板：本年", "/reports/board/", {"p95": BOARD}, period=f"{today:%Y}")
        yield browser.page("监督看板：本月", "/reports/board/", {"p95": BOARD}, period=f"{today:%Y-%m}")
        yield browser.page("监督看板：全部", "/reports/board/", {"p95": BOARD}, period="all")
        yield browser.page("指标目录", "/reports/indicators/", {"p95": BOARD})


def sections(browser):
    """The boards of single registers."""
    for what, path in (
        ("清零看板", "/leads/backlog/"), ("四种形态", "/outcomes/forms/"), ("整改看板", "/item-boards/"),
        ("整改：单位", "/item-boards/units/"), ("整改：轮次和单位", "/item-boards/matrix/"), ("整改：周", "/item-boards/week/"),
        ("整改：排名", "/item-boards/ranking/"), ("约谈", "/talks/board/"),
    ):  # fmt: skip
        yield browser.page(what, path, {"p95": BOARD})
