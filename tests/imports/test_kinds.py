"""Each kind makes its row by the service of its page, says what that refuses, and finds it again unchanged."""

import pytest

from funds.models import Misuse, MisuseKind, Payment, Recovery
from inspections.models import Finding
from povertyaudit.core.models import UnitChange
from povertyaudit.core.verify import verify
from povertyaudit.sheets import services
from povertyaudit.sheets.models import SheetImport
from rectification.models import Item
from tests import factories
from tests.funds import payment_makers as payments
from tests.imports.makers import book
from tests.inspections import makers as rounds
from tests.rectification import makers as items

pytestmark = pytest.mark.django_db


def brought(user, kind, heads, *rows):
    """The import after its clean rows went in."""
    row = services.take_in(by=factories.fresh(user), kind=kind, file=book(heads, *rows))
    assert row.state == "checked", row.heads
    if row.rows_new + row.rows_changed:
        services.bring_in(row, by=factories.fresh(user), without_refused=True)
    return SheetImport.objects.get(pk=row.pk)


def why(row):
    return "；".join(text for one in row.rows.refused().order_by("line") for _, text in one.problems)


def test_findings_items_and_units(people):
    rounds.round_(people)
    heads = ("轮次", "大类", "具体问题", "涉及单位", "发现时间", "金额", "立行立改")
    line = (
        "第三届县委第五轮巡察",
        "资金使用",
        "补贴滞留。",
        "柳溪镇人民政府",
        "2026-03-02",
        "2.68万元",
        "是",
    )
    found = brought(
        people.patrol1,
        "findings",
        heads,
        line,
        line,
        ("没有这轮", *line[1:3], "没有这个镇", "2026-01-01", "", ""),
    )
    assert "与第 2 行重复" in why(found)
    assert "没有找到这个巡察轮次" in why(found)
    finding = Finding.objects.get()
    assert (finding.amount_fen, finding.immediate, finding.problem_class) == (2_680_000, True, "资金使用")
    services.undo(found, by=factories.fresh(people.patrol1), note="重复了。")
    finding.refresh_from_db()
    assert (finding.state, bool(finding.number)) == ("withdrawn", True)
    cast = items.people()
    paper = items.paper(cast)
    heads = ("来源", "反馈文件编号", "大类", "方面", "问题", "责任单位", "牵头单位", "整改措施")
    line = (
        "审计反馈",
        paper.number,
        "政策落实",
        "产业奖补",
        "奖补滞留。",
        cast.town.name,
        cast.bureau.name,
        "1.核对名单\n2、兑付到户",
    )
    made = brought(
        people.inspector1, "items", heads, line, (*line[:4], "另一问题", "没有的镇", cast.bureau.name, "")
    )
    item = Item.objects.get()
    assert [one.text for one in item.measures.all()] == ["核对名单", "兑付到户"]
    assert "没有找到这个单位" in why(made)
    heads = ("名称", "类别", "所属地区", "成立日期")
    brought(people.casemgr, "units", heads, ("县乡村振兴中心", "县直部门", "青禾县", "2026-01-01"))
    assert UnitChange.objects.get().new_name == "县乡村振兴中心"
    assert verify().broken == []


def test_money_in_and_out(people):
    kind = MisuseKind.objects.on().first().name
    heads = ("问题名称", "类型", "金额", "问题情况", "责任单位", "发现时间", "发现途径", "应追缴")
    line = ("奖补滞留", kind, "10,000.00", "滞留七个月。", "柳溪镇人民政府", "2026-03-02", "审计", "")
    brought(people.finance, "misuses", heads, line)
    misuse = Misuse.objects.get()
    heads = ("违规资金编号", "方式", "金额", "到账时间", "凭证号", "去向")
    way = Recovery.Kind.choices[0][1]
    found = brought(
        people.finance, "recoveries", heads,
        (misuse.number, way, 4000, "2026-04-01", "P-1", "缴入县国库"), (misuse.number, way, 7000, "2026-04-02", "P-2", "缴入县国库"),
    )  # fmt: skip
    assert "不能超过这个数" in why(found)
    misuse.refresh_from_db()
    assert misuse.recovered_fen == 400_000
    services.undo(found, by=factories.fresh(people.finance), note="凭证错了。")
    misuse.refresh_from_db()
    assert misuse.recovered_fen == 0
    project = payments.built(people)
    heads = ("项目编号", "款项", "申请金额", "工程量", "收款人")
    line = (project.number, "预付款", 100_000, "路基 800 米", "某建设公司")
    paid = brought(people.official, "payments", heads, line, ("没有的编号", *line[1:]))
    assert "没有这个编号" in why(paid)
    row = Payment.objects.get()
    assert row.amount_fen == 10_000_000
    again = brought(people.official, "payments", ("报账编号", *heads), (row.number, *line))
    assert (again.rows_same, again.rows_new) == (1, 0), why(again)
    assert verify().broken == []
