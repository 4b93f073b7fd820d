"""Money goes back to many households in one act: a table is looked through, shown and booked whole — or nothing is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from funds import services
from funds.models import LedgerEntry, Misuse, Recovery, ReturnLine, ReturnSheet
from funds.services import return_sheets
from povertyaudit.core import inserting, moment, tasks
from povertyaudit.core.errors import WrongState
from povertyaudit.core.models import AuditEntry, Job, Notification, Post
from povertyaudit.core.verify import verify
from tests import factories
from tests.funds import makers
from tests.funds.suspicion_makers import number
from tests.funds.test_doors import api, web

pytestmark = pytest.mark.django_db
HEAD = "序号,户主姓名,身份证号,所在村,退还金额（元）"
SAID = {"voucher_no": "发放表９", "received_on": "2026-04-02"}


def table(*lines, head=HEAD):
    return SimpleUploadedFile("发放表.csv", "\n".join([head, *lines]).encode("gb18030"))


def many(count, fen=100):
    return [{"household": f"户{n}", "village": factories.VILLAGE, "amount_fen": fen} for n in range(count)]


def staged(people, row, lines, voucher="表1", **more):
    said = {"voucher_no": voucher, "received_on": makers.FOUND, **more}
    return services.stage_returns(row, by=people.finance, lines=lines, **said)


def refused(answer, *words):
    assert answer.status_code in {400, 422}, answer.status_code
    page = answer.content.decode()
    for word in words:
        assert word in page, word
    return page


def test_a_table_on_pages(people):
    desk, row = web(people.finance), makers.misuse(people, amount_fen=1_000_000)
    here = row.get_absolute_url()
    assert "上传发放表" in desk.get(here).content.decode()
    assert desk.get(f"{here}stage_returns/").status_code == 200
    bad = table(
        f"1,陶有田,{number(1)},石桥坳村,100", f"2,陶有田,{number(2)},石桥坳村,一百", f"3,,{number(3)},没有村,1",
        f"4,户{number(4)},x,,5", "5,合计,,,900", "6,某户,,,0",
    )  # fmt: skip
    page = refused(
        desk.post(f"{here}stage_returns/", {**SAID, "file": bad}), "第 3 行“金额”", "第 4 行“户主姓名”", "第 4 行“所在村”",
        "第 5 行：户主姓名里有身份证号", "这是合计行", "第 7 行“金额”：应大于 0",
    )  # fmt: skip
    assert not any(number(n) in page for n in range(1, 5))
    twice = table("1,陶有田,,石桥坳村,100", "2,陶有田,,柳溪镇石桥坳村,10000")
    page = desk.post(f"{here}stage_returns/", {**SAID, "file": twice})
    refused(page, "第 3 行与第 2 行是同一户", "还有 10,000.00 元未追缴，本次登记 10,100.00 元")
    both = {**SAID, "file": table("1,陶有田,,,1"), "text": "户主\t金额\n甲\t1"}
    refused(desk.post(f"{here}stage_returns/", both), "请只留一种")
    refused(desk.post(f"{here}stage_returns/", SAID), "请上传或者粘贴发放表")
    pasted = {**SAID, "text": "户主\t金额\n甲\t１２.５\n\n乙\t2,000"}
    assert (ReturnSheet.objects.count(), ReturnLine.objects.count()) == (0, 0)
    answer = desk.post(f"{here}stage_returns/", pasted)
    assert answer.status_code == 302, answer.context["form"].errors
    assert desk.get(f"{here}stage_returns/").status_code == 409  # one waits
    page = desk.get(here).content.decode()
    assert "还没有登记：请核对户数" in page
    look = desk.get(f"{here}book_returns/").content.decode()
    for words in ("2,012.50", "7,987.50", "甲", "发放表9"):
        assert words in look
    desk.post(f"{here}drop_returns/", {"note": "改"})
    assert not ReturnLine.objects.exists()
    good = table("1,陶有田,,石桥坳村,100", "2,欧阳铁柱,,,200.5", head=f"2026 年度退还发放表\n{HEAD}")
    assert desk.post(f"{here}stage_returns/", {**SAID, "file": good}).status_code == 302
    before = AuditEntry.objects.count()
    assert desk.post(f"{here}book_returns/", {}).status_code == 302
    assert AuditEntry.objects.count() == before + 1
    row = Misuse.objects.get(pk=row.pk)
    assert (row.recovered_fen, row.recoveries.returned().count(), row.entries.count()) == (30_050, 2, 3)
    assert AuditEntry.objects.last().changes["returned"] == ["发放表9", 2, 30_050]
    assert desk.post(f"{here}book_returns/", {}).status_code == 409
    again = table("1,陶有田,,石桥坳村,1", "2,丙,,,1")
    refused(desk.post(f"{here}stage_returns/", {**SAID, "file": again}), "已在本县登记过")
    again.seek(0)
    assert desk.post(f"{here}stage_returns/", {**SAID, "voucher_no": "补", "file": again}).status_code == 302
    look = desk.get(f"{here}book_returns/").content.decode()
    assert "1 户（第 2 行），请核对是否重复发放" in look
    assert "陶有田" not in look
    assert web(people.official).get(f"{here}book_returns/").status_code == 403
    assert web(people.neighbour).get(f"{here}stage_returns/").status_code == 404
    assert verify().broken == []


def test_many_households_by_api_and_a_job(people, monkeypatch):
    desk, row = api(people.finance), makers.misuse(people, amount_fen=300_000)
    base = f"/api/v1/misuses/{row.public_id}/"

    def send(verb, **body):
        return desk.post(f"{base}{verb}/", body, format="json")

    assert send("stage_returns", voucher_no="表1", lines=many(1) * 2001).status_code == 400
    over = send("stage_returns", voucher_no="表1", lines=many(10, 30_001))
    assert (over.status_code, over.data["field"]) == (422, "lines")
    wrong = send(
        "stage_returns", voucher_no="表1", lines=[{"household": "甲", "village": "无", "amount_fen": 1}]
    )
    assert "第 1 行“所在村”" in wrong.content.decode()
    done = send("stage_returns", voucher_no="表1", lines=many(500))
    assert (done.status_code, done.data["sheet_state"]) == (200, "staged")
    assert "book_returns" in done.data["actions"]
    assert send("book_returns").data["sheet_state"] == "booking"
    assert send("book_returns").status_code == 409
    assert send("drop_returns").status_code == 409
    assert not Recovery.objects.exists()
    job = Job.objects.get(kind="return_sheet")
    insert = inserting.insert_rows

    def killed(made):
        insert(made)
        if isinstance(made[0], LedgerEntry):
            raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(inserting, "insert_rows", killed)
        assert tasks.work(job.pk) == "again"
    assert (Recovery.objects.count(), LedgerEntry.objects.count()) == (0, 1)
    Job.objects.update(run_after=job.created_at)
    with CaptureQueriesContext(connection) as asked:
        assert tasks.work(job.pk) == "done"
    assert len(asked) < 80
    row = Misuse.objects.get(pk=row.pk)
    assert (row.recovered_fen, row.left_fen, row.recoveries.count(), row.entries.count()) == (
        50_000,
        250_000,
        500,
        501,
    )
    assert Job.objects.get(pk=job.pk).result == {"booked": 500, "of": 500}
    assert return_sheets.job({"sheet": row.return_sheets.get().public_id}, Lease())["booked"] == 500
    assert row.recoveries.count() == 500
    assert "发放表已登记，共 500 户" in Notification.objects.filter(user=people.finance).last().text
    entry = AuditEntry.objects.get(verb="misuse.returns_booked")
    assert (entry.actor_id, entry.changes["returned"]) == (people.finance.pk, ["表1", 500, 50_000])
    assert verify().broken == []


class Lease:
    def renew(self, **values):
        pass


def test_what_changed_meanwhile_refuses_the_whole_table(people, monkeypatch):
    monkeypatch.setattr(return_sheets, "AT_ONCE", 1)
    row = staged(people, makers.misuse(people, amount_fen=1_000), many(3, 300))
    row = services.book_returns(row, by=people.finance)
    row = makers.recovery(people, row, 200)
    tasks.work(Job.objects.get(kind="return_sheet").pk)
    sheet = row.return_sheets.get()
    assert (sheet.state, row.recoveries.count(), ReturnLine.objects.count()) == ("refused", 1, 0)
    assert "不能超过这个数" in sheet.refusal
    assert "什么也没有记账" in Notification.objects.filter(user=people.finance).last().text
    assert "不能超过这个数" in web(people.finance).get(row.get_absolute_url()).content.decode()
    row = services.book_returns(staged(people, row, many(2)), by=people.finance)
    Post.objects.filter(user=people.finance).update(ends_on=moment.today().replace(year=2020))
    tasks.work(Job.objects.filter(kind="return_sheet").latest("pk").pk)
    assert "您的岗位不能办理" in row.return_sheets.first().refusal


def test_what_the_tables_refuse(people):
    row = staged(people, makers.misuse(people), many(2))
    sheet = row.return_sheets.get()

    def broken(constraint, act):
        with pytest.raises(IntegrityError) as said, transaction.atomic():
            act()
        assert connection.vendor == "sqlite" or constraint in str(said.value)

    rows = ReturnSheet.objects.filter(pk=sheet.pk)
    copy = {"misuse": row, "voucher_no": "2", "received_on": makers.FOUND, "taken_by": people.finance}
    broken("return_sheet_one_waits", lambda: ReturnSheet(**copy, households=1, total_fen=1).save())
    broken("return_sheet_in_range", lambda: rows.update(households=2001, total_fen=9999))
    broken("return_sheet_in_range", lambda: rows.update(total_fen=1))
    broken("return_sheet_booked_by_someone", lambda: rows.update(state="booked"))
    broken("return_line_place_once", lambda: ReturnLine.objects.update(place=1))
    with pytest.raises(WrongState):
        staged(people, row, many(1), "表2")
