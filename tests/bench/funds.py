"""What people who look after money ask for: the fund desk of a county, of the city (both counties), a township."""

from funds.models import Payment, Project
from tests.bench.cases import FIRST, HOME, LIST, Browser, deep

BOARD = 0.300  # one grouped question over a year of projects, or over all books


def all_of():
    """Every case, the wide scope first."""
    for username in ("cityfinance", "finance", "official"):
        browser = Browser(username)
        yield from projects(browser)
        yield from payments(browser)
        yield from books(browser)
        yield from boards(browser)
        yield browser.page("我的工作", "/", {"p95": HOME, "bytes": FIRST})


def projects(browser):
    rows = Project.objects.visible_to(browser.user)
    town = rows.order_by("-pk")[0].region_id[:9] + "000"
    yield browser.page("项目库首页", "/projects/", {"p95": LIST, "bytes": FIRST})
    yield browser.page("项目筛选：状态和乡镇", "/projects/", state="started", region=town)
    yield browser.page("项目筛选：资金级别", "/projects/", level="central")
    yield browser.page("项目搜索：常见词", "/projects/", q="通组路硬化")
    yield browser.page("项目搜索：无结果", "/projects/", q="查无此词")
    yield browser.page("项目：超过工期未完工", "/projects/", tab="late")
    yield browser.page("项目按安排资金排序", "/projects/", ordering="-funded_fen")
    yield browser.next_page("项目深页", "/projects/", deep(rows, "-stored_on"))
    project = rows.filter(state="started").order_by("-pk")[0]
    yield browser.page("项目记录页", project.get_absolute_url(), {"p95": LIST, "bytes": FIRST})


def payments(browser):
    rows = Payment.objects.visible_to(browser.user)
    yield browser.page("报账拨付首页", "/payments/", {"p95": LIST, "bytes": FIRST})
    yield browser.page("报账：待我办理", "/payments/", tab="mine")
    yield browser.page("报账：滞留", "/payments/", tab="stuck")
    yield browser.page("报账搜索：凭证号", "/payments/", q="BK0000345")
    yield browser.next_page("报账深页", "/payments/", deep(rows, "-created_at"))
    payment = rows.filter(state="paid").order_by("-pk")[0]
    yield browser.page("报账记录页", payment.get_absolute_url(), {"p95": LIST, "bytes": FIRST})


def books(browser):
    yield browser.page("违规使用资金首页", "/misuses/", {"p95": LIST, "bytes": FIRST})
    yield browser.page("台账分录首页", "/ledger-entries/", {"p95": LIST, "bytes": FIRST})
    yield browser.page("台账分录：追缴", "/ledger-entries/", group="taken")


def boards(browser):
    yield browser.page("支出进度：按乡镇", "/fund-boards/progress/", {"p95": BOARD})
    yield browser.page("支出进度：按资金级别", "/fund-boards/progress/", {"p95": BOARD}, by="level")
    yield browser.page("资金流向", "/fund-boards/flow/", {"p95": BOARD})
    yield browser.page("违规资金分析", "/fund-boards/misuses/", {"p95": BOARD})
    yield browser.page(
        "违规资金分析：全部、金额档", "/fund-boards/misuses/", {"p95": BOARD}, by="bracket", period="all"
    )
    yield browser.page("追缴退还合计", "/misuses/totals/", {"p95": BOARD})
