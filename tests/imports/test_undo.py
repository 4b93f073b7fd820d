"""An import is undone as one act: what it made is voided, counted nowhere and kept; built on, all of it stays."""

import pytest
from django.db import IntegrityError, transaction

from funds import services as funds
from funds.misuse_board import Board
from funds.models import LedgerEntry, Misuse, MisuseKind
from funds.querysets import totals
from funds.spans import Span
from inspections.models import Finding
from povertyaudit.core import jobs, unit_changes
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Job, UnitChange
from povertyaudit.core.verify import verify
from povertyaudit.sheets import services
from povertyaudit.sheets.models import SheetImport
from povertyaudit.sheets.services import undoing
from rectification import services as items
from rectification.models import Item, Measure
from tests import factories
from tests.imports.makers import api, book, text, web
from tests.rectification import makers

pytestmark = pytest.mark.django_db
ITEMS = ("来源", "反馈文件编号", "大类", "方面", "问题", "责任单位", "牵头单位", "整改措施", "整改时限")
MISUSES = ("问题名称", "类型", "金额", "问题情况", "责任单位", "发现时间", "发现途径")
UNITS = ("名称", "类别", "所属地区", "成立日期")


@pytest.fixture
def cast(db):
    return makers.people()


def brought(user, kind, heads, *rows):
    row = services.take_in(by=factories.fresh(user), kind=kind, file=book(heads, *rows))
    assert (row.state, row.rows_refused) == ("checked", 0), [one.problems for one in row.rows.all()]
    return services.bring_in(row, by=factories.fresh(user))


def items_of(cast, *problems):
    paper, rest = (
        makers.paper(cast).number,
        (cast.town.name, cast.bureau.name, "1.核对\n2.兑付", "2027-06-30"),
    )
    return [("审计反馈", paper, "政策落实", "奖补", problem, *rest) for problem in problems]


def misuses_of(cast, *titles):
    kind = MisuseKind.objects.on().first().name
    return [(title, kind, "10000", "滞留七个月。", cast.town.name, "2026-03-02", "审计") for title in titles]


def undone(row, user, note="选错了表格"):
    return services.undo(SheetImport.objects.get(pk=row.pk), by=factories.fresh(user), note=note)


def refusal(row, user):
    return str(pytest.raises(RuleBroken, undone, row, user).value)


def test_items_are_voided_and_keep_their_numbers_and_nothing_counts_them(cast):
    row = brought(cast.inspector1, "items", ITEMS, *items_of(cast, "奖补滞留甲", "奖补滞留乙"))
    page = web(cast.inspector1)
    body = text(page.get(row.get_absolute_url() + "undo/"))
    assert "撤销导入" in body
    numbers = list(Item.objects.order_by("pk").values_list("number", flat=True))
    done = page.post(
        row.get_absolute_url() + "undo/",
        {"note": "选错了表格", "version": SheetImport.objects.get(pk=row.pk).version},
    )
    assert done.status_code == 302, text(done)[:2000]
    found = Item.objects.order_by("pk")
    assert [(one.number, one.state, one.light) for one in found] == [(n, "voided", None) for n in numbers]
    assert (Item.objects.standing().count(), Measure.objects.standing().count()) == (0, 0)
    assert not Item.objects.open().exists()
    assert not Item.objects.waiting_for(cast.inspector1).exists()
    assert not Item.objects.visible_to(cast.official).exists()  # as little as of the draft
    shown = text(page.get(found[0].get_absolute_url()))
    assert "已作废" in shown
    assert "选错了表格" in shown
    assert numbers[0] not in text(page.get("/items/", {"view": "all"}))
    assert numbers[0] in text(page.get("/items/", {"state": "voided", "view": "all"}))
    assert numbers[0] not in text(page.get("/search/", {"q": "奖补滞留甲"}))
    for as_of in ("", "2027-12-01"):
        assert api(cast.inspector1).get("/api/v1/items/", {"as_of": as_of}).data["results"] == []
    ledger = api(cast.inspector1).get("/api/v1/items/ledger.ndjson")
    assert b"".join(ledger.streaming_content).strip() == b""
    again = brought(cast.inspector1, "items", ITEMS, *items_of(cast, "奖补滞留甲"))
    assert Item.objects.standing().get().number not in numbers  # a number is never given again
    assert again.rows_new == 1
    assert verify().broken == []


def test_a_finding_whose_item_is_voided_may_become_one_again(cast):
    finding = makers.finding(cast)
    heads = ("来源", "巡察问题编号", "大类", "方面", "问题", "责任单位", "牵头单位")
    line = ("巡察发现", finding.number, "资金使用", "拨付", "资金滞留", cast.town.name, cast.bureau.name)
    row = brought(cast.patroloffice, "items", heads, line)
    assert Finding.objects.get().state == "handed_on"
    undone(row, cast.patroloffice)
    assert Finding.objects.get().state == "recorded"
    brought(cast.patroloffice, "items", heads, line)
    assert Finding.objects.get().state == "handed_on"
    assert verify().broken == []


def test_only_drafts_are_voided_and_by_who_registers_them(cast):
    item = makers.at(cast, "issued")
    assert "只有草稿可以作废" in str(
        pytest.raises(WrongState, items.void, item, by=cast.inspector1, note="错").value
    )
    draft = makers.draft(cast)
    pytest.raises(NotAllowed, items.void, draft, by=cast.official, note="错")
    pytest.raises(NotAllowed, items.void, draft, by=cast.patroloffice, note="错")
    made = makers.misuse(cast)
    pytest.raises(NotAllowed, funds.void_misuse, made, by=cast.official, note="错")
    funds.raise_owed(made, by=cast.finance, amount_fen=100, note="利息")
    assert "台账已有登记以后的办理" in str(
        pytest.raises(RuleBroken, funds.void_misuse, made, by=cast.finance, note="错").value
    )


def test_the_database_keeps_what_is_voided_apart(cast):
    item, row = makers.at(cast, "accepted"), makers.misuse(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(state="voided")  # it was issued and signed for
    gone = items.void(makers.draft(cast), by=cast.inspector1, note="错")
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=gone.pk).update(state="issued")
    with pytest.raises(IntegrityError), transaction.atomic():
        Misuse.objects.filter(pk=row.pk).update(state="voided")  # its book still says what is owed
    voided = funds.void_misuse(row, by=cast.finance, note="错")
    with pytest.raises(IntegrityError), transaction.atomic():
        Misuse.objects.filter(pk=row.pk).update(state="settled")  # for good
    first = voided.entries.get(no=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(
            misuse=voided, no=3, debit="open", credit="owed", amount_fen=5, owed_after_fen=5, settled_after_fen=0,
            open_after_fen=5, booked_on=first.booked_on, booked_by=cast.finance, reason="再记",
        )  # fmt: skip


def test_misuses_are_voided_with_their_books(cast):
    kept = makers.misuse(cast)
    row = brought(cast.finance, "misuses", MISUSES, *misuses_of(cast, "滞留甲", "滞留乙"))
    client = api(cast.finance)
    done = client.post(f"/api/v1/imports/{row.public_id}/undo/", {"note": "选错了表格"}, format="json")
    assert (done.status_code, done.data["state"]) == (200, "undone"), done.data
    gone = Misuse.objects.exclude(pk=kept.pk).order_by("pk")
    assert {(one.state, one.owed_fen, one.left_fen) for one in gone} == {("voided", 0, 0)}
    sums = LedgerEntry.objects.filter(misuse__in=gone).aggregate(**totals())
    assert (sums["owed"], sums["open"]) == (0, 0)
    day = {one.booked_on.isoformat() for one in LedgerEntry.objects.filter(misuse__in=gone)}
    assert day == {"2026-03-02"}  # and in no period anything is owed
    assert Board(cast.finance, "kind", Span("", "", None, None)).whole["now"] == 1
    assert [one["number"] for one in client.get("/api/v1/misuses/").data["results"]] == [kept.number]
    assert client.get("/api/v1/misuses/", {"state": "voided"}).data["results"][0]["state"] == "voided"
    assert gone[0].number not in text(web(cast.finance).get("/search/", {"q": "滞留甲"}))
    assert "账簿已冲正" in text(web(cast.finance).get(gone[0].get_absolute_url()))
    body = {"kind": "treasury", "amount_fen": 100, "voucher_no": "V-1", "destination": "国库"}
    assert (
        client.post(f"/api/v1/misuses/{gone[0].public_id}/record_recovery/", body, format="json").status_code
        == 409
    )
    refused = str(pytest.raises(RuleBroken, makers.draft, cast, misuses=[gone[0]]).value)
    assert f"{gone[0].number}已作废" in refused
    assert verify().broken == []


def test_units_proposed_are_withdrawn_unless_one_is_confirmed(cast):
    lines = [(f"县乡村振兴{n}中心", "县直部门", "青禾县", "2026-01-01") for n in "甲乙"]
    row = brought(cast.casemgr, "units", UNITS, *lines)
    undone(row, cast.casemgr)
    assert {(one.state, one.confirmed_by) for one in UnitChange.objects.all()} == {("withdrawn", None)}
    one = UnitChange.objects.first()
    pytest.raises(WrongState, unit_changes.confirm, one, by=cast.secadmin)
    assert "不能撤回" in str(
        pytest.raises(WrongState, unit_changes.withdraw, one, by=cast.casemgr, note="错").value
    )
    assert "由提出人撤回" in str(
        pytest.raises(NotAllowed, unit_changes.withdraw, one, by=cast.secadmin, note="错").value
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitChange.objects.filter(pk=one.pk).update(confirmed_by=cast.secadmin)
    again = brought(cast.casemgr, "units", UNITS, *lines)  # the names are free again
    waiting = UnitChange.objects.waiting().order_by("pk")
    unit_changes.confirm(waiting[0], by=cast.secadmin)
    said = refusal(again, cast.casemgr)
    assert "县乡村振兴甲中心 设立（确认）" in said
    assert "乙" not in said
    assert UnitChange.objects.waiting().count() == 1
    assert verify().broken == []


def test_what_was_built_on_it_is_named_and_all_of_it_stays(cast):
    money = brought(cast.finance, "misuses", MISUSES, *misuses_of(cast, "滞留甲", "滞留乙"))
    first = Misuse.objects.order_by("pk").first()
    rest = (*items_of(cast, "奖补滞留")[0], first.number)
    row = brought(cast.inspector1, "items", (*ITEMS, "违规资金编号"), rest)
    item = Item.objects.get()
    assert f"{first.number} 已用于整改事项 {item.number}" in refusal(money, cast.finance)
    items.issue(item, by=cast.inspector1)
    assert f"{item.number}（下发）" in refusal(row, cast.inspector1)
    assert Misuse.objects.standing().count() == 2
    other = brought(
        cast.inspector1, "items", (*ITEMS, "违规资金编号"), (*items_of(cast, "另一问题")[0], first.number)
    )
    undone(other, cast.inspector1)
    assert "已用于" in refusal(money, cast.finance)  # the first item still stands
    assert verify().broken == []


def test_an_item_voided_holds_up_no_misuse_and_many_go_by_a_job(cast, monkeypatch):
    money = brought(cast.finance, "misuses", MISUSES, *misuses_of(cast, "滞留甲"))
    number = Misuse.objects.get().number
    row = brought(
        cast.inspector1, "items", (*ITEMS, "违规资金编号"), (*items_of(cast, "奖补滞留")[0], number)
    )
    monkeypatch.setattr(undoing, "AT_ONCE", 0)
    assert undone(row, cast.inspector1).state == "undoing"
    assert jobs.run(Job.objects.filter(kind="sheet_undo").latest("pk").pk) == "done"
    assert (Item.objects.get().state, SheetImport.objects.get(pk=row.pk).state) == ("voided", "undone")
    undone(money, cast.finance)
    assert jobs.run(Job.objects.filter(kind="sheet_undo").latest("pk").pk) == "done"
    assert Misuse.objects.get().state == "voided"
    assert verify().broken == []
