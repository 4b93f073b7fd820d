"""Who asks for what. Each case is one request of one person within his scope; the goal stands beside it."""

import re
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from django.db import transaction
from django.test import Client

from cases.models import Lead
from povertyaudit.core import keyset
from povertyaudit.core.models import User
from rectification.models import Item

LIST, HOME, REPEATS, FIRST, NEXT = 0.080, 0.120, 0.300, 60_000, 15_000
DEEP = 100_000
PEOPLE = {
    "casemgr": "案管室",
    "inspector1": "监督检查室",
    "official": "乡镇联络员",
    "leader": "分管领导",
    "ledgerclient": "接口账户",
    "finance": "县财政",
    "cityfinance": "市级财政",
}


@dataclass
class Case:
    name: str
    ask: object
    goal: dict
    expected: tuple = (200,)
    repeatable: bool = True
    lines: bool = False
    whole: object = None  # asks for the same rows by one query, to be compared with COPY of it


class Browser:
    """A signed-in person whose requests accept compressed answers, as browsers' do."""

    def __init__(self, username):
        self.user = User.objects.get(username=username)
        self.client = Client(headers={"host": "127.0.0.1", "accept-encoding": "gzip"})
        self.client.force_login(self.user)
        self.who = PEOPLE[username]

    def page(self, what, path, goal=None, **query):
        address = f"{path}?{urlencode(query)}" if query else path
        return Case(f"{what}（{self.who}）", partial(self.client.get, address), goal or {"p95": LIST})

    def next_page(self, what, path, cursor, **query):
        """What htmx asks for: the table alone."""
        address = f"{path}?{urlencode({**query, 'cursor': cursor})}"
        ask = partial(self.client.get, address, headers={"HX-Request": "true", "HX-Target": "list"})
        return Case(f"{what}（{self.who}）", ask, {"p95": LIST, "bytes": NEXT})

    def rest(self, goal):
        """What follows the first screen of 我的工作, where something does."""
        found = re.search(
            rb'hx-get="/(\?rest=\d+)"', self.client.get("/", headers={"accept-encoding": "identity"}).content
        )
        if found:
            yield self.part("我的工作，其余", "/", goal, rest=found[1].decode().partition("=")[2])

    def part(self, what, path, goal, **query):
        """What htmx asks for after the page: a part it did not wait for."""
        address = f"{path}?{urlencode({'part': 'rest', **query})}"
        return Case(
            f"{what}（{self.who}）", partial(self.client.get, address, headers={"HX-Request": "true"}), goal
        )

    def ledger(self, what, path):
        plain = Client(headers={"host": "127.0.0.1"})
        plain.force_login(self.user)
        share = 0.5 if path.endswith("csv") else 0.25
        return Case(f"{what}（{self.who}）", partial(lines_of, plain, path), {"share": share}, lines=True)

    def verb(self, what, rows, path, body):
        """A verb over REST, undone each time, so that the row is fresh again."""
        address = path.format(rows[0].public_id)

        def ask():
            with transaction.atomic():
                answer = self.client.post(address, body, content_type="application/json")
                transaction.set_rollback(True)
            return answer

        return Case(f"{what}（{self.who}）", ask, {}, repeatable=False)


def lines_of(client, path):
    answer = client.get(path)
    end = b"\r\n" if path.endswith("csv") else b"\n"  # a cell may hold line feeds
    found = sum(chunk.count(end) for chunk in answer.streaming_content) - path.endswith("csv")
    answer.close()
    return found


def deep(rows, ordering):
    """The cursor a reader has after turning pages for 100,000 rows, or nearly to the end where there are fewer."""
    path = ordering.lstrip("-")
    ordered, number = rows.order_by(ordering, "-pk" if ordering.startswith("-") else "pk"), rows.count()
    row = ordered[min(DEEP, max(number - 60, number // 2))]
    return keyset._encode("n", getattr(row, path), row)


def all_of():
    """Every case, cheap ones first."""
    for username in ("casemgr", "inspector1"):
        yield from leads(Browser(username))
    for username in ("casemgr", "inspector1", "official"):
        yield from items(Browser(username))
    for username in ("casemgr", "inspector1", "official", "leader"):
        yield Browser(username).page("我的工作", "/", {"p95": HOME, "bytes": FIRST})
    yield Browser("casemgr").page("全局搜索", "/search/", q="低保")
    yield from machine(Browser("ledgerclient"))
    yield from verbs()


def leads(browser):
    rows = Lead.objects.visible_to(browser.user)
    town = rows.order_by("pk")[5].region_id[:9] + "000"
    yield browser.page("线索列表首页", "/leads/", {"p95": LIST, "bytes": FIRST})
    yield browser.page("线索筛选：状态和乡镇", "/leads/", state="in_step", region=town)
    yield browser.page("线索搜索：常见词", "/leads/", q="低保")
    yield browser.page("线索搜索：人名", "/leads/", q=rows.order_by("pk")[3].subjects.first().name)
    yield browser.page("线索搜索：无结果", "/leads/", q="查无此词")
    yield browser.page("线索：待我办理", "/leads/", tab="mine")
    yield browser.page("线索：已超期", "/leads/", tab="overdue")
    yield browser.page("线索按期限排序", "/leads/", ordering="due_on")
    yield browser.next_page("线索深页", "/leads/", deep(rows, "-received_on"))
    lead = rows.filter(state="in_step").order_by("-pk")[0]
    yield browser.page("线索记录页", lead.get_absolute_url(), {"p95": LIST, "bytes": FIRST})
    yield browser.page("查找重复件", f"/api/v1/leads/{lead.public_id}/repeats/", {"p95": REPEATS})


def items(browser):
    rows = Item.objects.visible_to(browser.user)
    yield browser.page("事项列表首页", "/items/", {"p95": LIST, "bytes": FIRST})
    yield browser.page("事项筛选：整改中、已超期", "/items/", state="rectifying", light="overdue")
    yield browser.page("事项搜索：常见词", "/items/", q="资金")
    yield browser.page("事项搜索：无结果", "/items/", q="查无此词")
    yield browser.page("事项：待我办理", "/items/", tab="mine")
    yield browser.page("事项按期限排序", "/items/", ordering="due_on")
    yield browser.next_page("事项深页", "/items/", deep(rows, "-created_at"))
    item = rows.filter(state="rectifying").order_by("-pk")[0]
    yield browser.page("事项记录页", item.get_absolute_url(), {"p95": LIST, "bytes": FIRST})


def machine(browser):
    yield browser.page("接口：线索 100 条", "/api/v1/leads/")
    yield browser.page("接口：事项 100 条", "/api/v1/items/")
    for thing, word in (("leads", "线索"), ("items", "事项")):
        for kind in ("csv", "ndjson"):
            yield browser.ledger(f"{word}台账 {kind.upper()}", f"/api/v1/{thing}/ledger.{kind}")


def verbs():
    inspector, official = Browser("inspector1"), Browser("official")
    dispatched = Lead.objects.visible_to(inspector.user).filter(
        state="dispatched", acting_unit__in=inspector.user.unit_ids
    )
    yield inspector.verb("签收线索", dispatched.order_by("pk"), "/api/v1/leads/{}/sign_for/", {})
    at_work = Item.objects.visible_to(official.user).filter(
        state="rectifying", units__unit__in=official.user.unit_ids
    )
    report = {"period": "第三季度", "text": "已完成入户核查。"}
    yield official.verb("报告整改进展", at_work.order_by("pk"), "/api/v1/items/{}/report/", report)
