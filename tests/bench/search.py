"""The one search box: whole requests, and the tables asked with the index of pairs and without."""

import statistics
from functools import partial

from povertyaudit import home
from povertyaudit.core import looking, searching
from tests.bench.cases import Browser

GOAL = 0.150
WORDS = {
    "低保": "常见", "资金": "常见", "榉晷": "无结果，两个字", "查无此词": "无结果", "42.5万": "金额", "2026": "每个编号都有", "柳溪 资金": "两个词",
}  # fmt: skip


def measure(timed, p95, runs):
    """By word and person: p50 and p95 of the page, and how many times longer the tables take without the index."""
    found = {}
    for username in ("casemgr", "inspector1"):
        browser = Browser(username)
        for typed, what in WORDS.items():
            times = timed(partial(browser.client.get, "/search/", {"q": typed}), runs)
            found[f"查找“{typed}”：{what}（{browser.who}）"] = {
                "goal": {"p95": GOAL}, "p50": statistics.median(times), "p95": p95(times),
                "note": f"不用索引 {without(typed, timed):.0f} 倍" if username == "casemgr" else "",
            }  # fmt: skip
    return found


def without(typed, timed):
    """The same statement with the index out of reach: plain LIKE on the same rows."""
    from django.db import connection

    places = [looking.FILES, *(place for kind in home.KINDS for place in kind.places)]

    def ask():
        for word in searching.asked(typed).looked_for:
            looking.probe(places, word)

    with_index = statistics.median(timed(ask, 3))
    with connection.cursor() as cursor:
        cursor.execute("SET enable_bitmapscan = off")
        plain = statistics.median(timed(ask, 3))
        cursor.execute("SET enable_bitmapscan = on")
    return plain / with_index
