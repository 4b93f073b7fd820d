"""Figures of the page of a round, each followed to the list it opens."""

import html
import re

from django.test import Client

from funds.models import LedgerEntry, Misuse
from funds.querysets import totals
from povertyaudit.core.models import User
from povertyaudit.demo.money import WAN
from rectification.models import Stage

SUMS = {"入户", "谈话", "查阅资料", "电话抽查"}  # sums over the rows their list shows
CAME_OF_LEADS = {"立案": 10, "党纪政务处分": 9, "移送检察机关": 1, "问责": 29, "约谈单位": 2}
FIGURE = re.compile(r'<dt[^>]*>\s*([^<]+?)\s*</dt>\s*<dd[^>]*>\s*<a href="([^"]+)">(\d+)</a>')


def figures_open_their_rows(row):
    """The page of the round tells what came of its leads to who may know of them, and to nobody else."""
    told = followed("casemgr", row)
    assert {label: told.get(label) for label in CAME_OF_LEADS} == CAME_OF_LEADS
    office = followed("patroloffice", row)
    assert not CAME_OF_LEADS.keys() & office.keys()
    for label, figure in {
        "发现问题": 30, "涉及大类": 6, "整改意见": 294, "整改意见已采纳": 294, "移交线索": 30, "组员": 47, "其中抽调": 47,
    }.items():  # fmt: skip
        assert office[label] == figure, label


def the_feedback_adds_up(paper):
    """Seed 002, out of rows: 2×150 = 300 and 42.5+150 = 192.5 万元 all back; 9 problems and 33 measures in one tree."""
    money = {}
    for misuse in Misuse.objects.filter(item_links__item__paper=paper).select_related("kind"):
        assert misuse.left_fen == 0
        back = sum(row.amount_fen for row in misuse.recoveries.filter(voided_at=None))
        money.setdefault(misuse.kind.code, []).append(back / WAN)
    assert {kind: sorted(sums) for kind, sums in money.items()} == {
        "NO_PLAN": [150, 150],
        "OUT_OF_SCOPE": [42.5, 150],
    }
    assert (sum(money["NO_PLAN"]), sum(money["OUT_OF_SCOPE"])) == (300, 192.5)
    of_2018 = LedgerEntry.objects.filter(booked_on__gte="2018-01-01", booked_on__lte="2019-04-30").aggregate(
        **totals()
    )
    assert (of_2018["taken"] / WAN, of_2018["returned"] / WAN) == (188.72, 48.46)  # seed 001: two totals
    whole = LedgerEntry.objects.aggregate(**totals())
    assert whole["owed"] == whole["taken"] + whole["returned"] + whole["otherwise"] + whole["open"]
    stages = Stage.objects.filter(item__paper=paper).order_by("item", "no").values_list("outcome", flat=True)
    assert sorted(stages) == ["", "", "met"]
    page = page_of("inspector1", paper.get_tree_url())
    for words in ("一、", "三、", "9．", "（6）", "7/9（77.8%）", "2/9（22.2%）", "整改措施共 33 条"):
        assert words in page, words


def followed(who, row):
    """Label → figure of everything in 进展; every link leads to as many rows, or to a table of the page."""
    page, wrong = page_of(who, row.get_absolute_url()), []
    found = FIGURE.findall(page)
    for label, address, figure in found:
        if address.startswith("#"):
            opens = f'id="{address[1:]}"' in page
        else:
            text = page_of(who, html.unescape(address))
            opens = f"共 {figure} " in text or (label in SUMS and "共 0 " not in text)
        if not opens:
            wrong.append((label, figure, address))
    assert not wrong
    return {label: int(figure) for label, _, figure in found}


def page_of(who, address):
    client = Client()
    client.force_login(User.objects.get(username=who))
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()
