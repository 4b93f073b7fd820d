"""The boards of the one page of figures, by whom they are looked at: all are asked live of the rows he may see."""

from povertyaudit.core import moment
from tests.bench.cases import FIRST, HOME, Browser

BOARD = 0.300  # as the boards of the funds: a year of leads and of items, grouped some ten ways


def all_of():
    """Every case, the wide scope first."""
    for username in ("leader", "casemgr", "inspector1", "official", "finance"):
        yield from boards(Browser(username))
    for username in ("leader", "casemgr", "official"):
        browser = Browser(username)
        yield browser.page("我的工作，与看板同时量", "/", {"p95": HOME, "bytes": FIRST})
        yield from browser.rest({"p95": BOARD})
    yield from sections(Browser("casemgr"))


def boards(browser):
    today = moment.today()
    yield browser.page("我的数", "/reports/mine/", {"p95": BOARD})
    if browser.user.username in ("leader", "casemgr", "inspector1"):
        for words, period in (("本年", f"{today:%Y}"), ("本月", f"{today:%Y-%m}"), ("全部", "all")):
            yield browser.page(f"监督看板：{words}", "/reports/board/", {"p95": BOARD}, period=period)
            yield browser.part(
                f"监督看板：{words}，其余图表", "/reports/board/", {"p95": BOARD}, period=period
            )
        yield browser.page("指标目录", "/reports/indicators/", {"p95": BOARD})
        for part, words in (("leads", "线索的数"), ("rest", "其他各项的数")):
            yield browser.part(f"指标目录，{words}", "/reports/indicators/", {"p95": BOARD}, part=part)


def sections(browser):
    """The boards of single registers."""
    for what, path in (
        ("清零看板", "/leads/backlog/"), ("四种形态", "/outcomes/forms/"),
        ("整改：单位", "/item-boards/units/"), ("整改：轮次和单位", "/item-boards/matrix/"), ("整改：周", "/item-boards/week/"),
        ("整改：排名", "/item-boards/ranking/"), ("约谈", "/talks/board/"),
    ):  # fmt: skip
        yield browser.page(what, path, {"p95": BOARD})
