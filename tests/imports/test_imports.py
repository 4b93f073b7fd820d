"""A stranger's sheet: its heading is found, everything wrong is said at once in the same workbook, the clean rows go in,
and the whole is taken back."""

from datetime import date

import pytest

from cases.models import Category, Lead
from cases.services import registering
from funds.models import Project
from funds.services import projects
from povertyaudit.core import jobs, moment
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Clock, Job, Notification, User
from povertyaudit.core.verify import verify
from povertyaudit.sheets import services
from povertyaudit.sheets.models import SheetImport
from povertyaudit.sheets.services import bringing, keeping, taking, trying
from tests import factories
from tests.imports import makers
from tests.imports.makers import api, book, opened, text, web

pytestmark = pytest.mark.django_db
TITLE = ("青禾县 2026 年扶贫项目计划表",)
HEADS = (
    "序号", "項目名稱", "类别", "实施年度", "建设地点", "主要建设内容", "业主单位", "主管部门", "总投资（万元）", "开工时间", "竣工时间", "备注",
)  # fmt: skip


def project(n, title, **more):
    row = {
        "no": n, "title": title, "kind": "道路桥梁", "year": 2026.0, "region": "柳溪镇石桥坳村", "content": "硬化通组路 1.9 公里。",
        "unit": "柳溪镇人民政府", "sector": "县农业农村局", "sum": 80, "start": "2026年3月2日", "end": "２０２６.９.30", "remark": "",
    }  # fmt: skip
    return tuple({**row, **more}.values())


@pytest.fixture(autouse=True)
def bureau(people):
    return factories.unit("县农业农村局")


def upload(client, file, kind="projects"):
    answer = client.post("/imports/new/", {"kind": kind, "file": file})
    assert answer.status_code == 302, text(answer)
    return SheetImport.objects.latest("pk")


def test_a_strangers_sheet_is_looked_through_its_clean_rows_go_in_and_all_is_taken_back(people):
    desk = web(people.finance)
    bad = project(2, "", region="石桥坳", kind="修路", start="昨天", sum="很多")
    sheet = book(TITLE, (), HEADS, project(1, "=通组路硬化"), bad, ("合计", None, None, None, None, None, None, None, 160),
                 merged=("A1:L1",))  # fmt: skip
    row = upload(desk, sheet)
    assert (row.head_row, row.rows_given, row.rows_new, row.rows_refused, row.state) == (
        3,
        2,
        1,
        1,
        "checked",
    )
    assert Project.objects.count() == 0
    page = text(desk.get(row.get_absolute_url()))
    for words in (
        "“項目名稱”：请填写这一项",
        "没有找到这个地区：石桥坳。是不是“",
        "没有找到这个项目类别：修路",
        "请按“年-月-日”",
    ):
        assert words in page, words
    marked = opened(keeping.of(row, keeping.MARKED))
    assert "请填写这一项" in marked["Sheet1"]["B5"].comment.text
    assert (
        "金额请以元为单位"
        in marked["核对结果"]["C5"].value + marked["核对结果"]["C6"].value + marked["核对结果"]["C7"].value
    )
    refused = desk.post(f"{row.get_absolute_url()}bring_in/", {})
    assert (refused.status_code, Project.objects.count()) == (422, 0)
    assert desk.post(f"{row.get_absolute_url()}bring_in/", {"without_refused": "on"}).status_code == 302
    made = Project.objects.get()
    assert (made.title, made.planned_fen, str(made.plan_start), str(made.plan_end)) == (
        "=通组路硬化", 80_000_000, "2026-03-02", "2026-09-30",
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.state, row.rows_new) == ("imported", 1)
    assert made.number in text(desk.get(row.get_absolute_url()))
    assert verify().broken == []
    assert web(people.official).get(row.get_absolute_url()).status_code == 404


def test_what_was_chosen_for_a_column_is_remembered_for_the_unit(people):
    desk = web(people.finance)
    heads = ("工程", *HEADS[2:])
    rows = [heads, project(1, "水渠")[1:]]
    first = upload(desk, book(*rows))
    assert first.state == "staged"
    assert "没有认出这些必填的列：项目名称" in text(desk.get(first.get_absolute_url()))
    here = f"/api/v1/imports/{first.public_id}/"
    twice = api(people.finance).post(f"{here}remap/", {"names": {"0": "content"}}, format="json")
    assert (twice.status_code, "两列" in twice.json()["message"]) == (422, True)
    done = api(people.finance).post(f"{here}remap/", {"names": {"0": "title"}}, format="json").json()
    assert (done["state"], done["rows_new"]) == ("checked", 1), done
    assert upload(desk, book(*rows)).state == "checked"
    found = api(people.finance).get(f"{here}rows/").json()
    assert [(one["line"], one["outcome"]) for one in found] == [(2, "new")]
    assert api(people.finance).post(f"{here}drop/", {}, format="json").json()["state"] == "dropped"


def test_leads_come_in_together_and_persons_and_findings_by_their_services(people):
    heads = (
        "来源",
        "受理时间",
        "属地",
        "问题类别",
        "涉及金额（万元）",
        "反映问题",
        "主要内容",
        "被反映人",
        "单位",
        "反映人姓名",
    )
    category = Category.objects.on().filter(axis="corruption").first().name
    rows = [
        ("来信", date(2026, 3, day), "石桥坳村", category, 1.2, f"反映第{day}件", "虚报冒领。\n换行😀", "柏某、石某", "村委会", "某甲")
        for day in range(1, 4)
    ]  # fmt: skip
    bad = ("巡视巡察移交", date(2099, 1, 1), "石桥坳村", "", None, "", "", "", "", "")
    row = take_in(people.petition, "leads", heads, *rows, bad)
    assert (row.rows_new, row.rows_refused) == (3, 1), [one.problems for one in row.rows.all()]
    services.bring_in(row, by=people.petition, without_refused=True)
    leads = list(Lead.objects.order_by("number"))
    assert [lead.title for lead in leads] == ["反映第1件", "反映第2件", "反映第3件"]
    assert [one.name for one in leads[0].subjects.all()] == ["柏某", "石某"]
    assert (leads[0].amount_fen, leads[0].subjects.first().unit_text) == (1_200_000, "村委会")
    assert set(Clock.objects.of(leads[0]).values_list("code", flat=True)) == {"lead.forward"}
    single = registering.register(
        by=people.petition, channel="letter", received_on=date(2026, 3, 1), title="单件", text="文", category=leads[0].category,
        region=leads[0].region,
    )  # fmt: skip
    one, many = (
        Clock.objects.of(lead).values("code", "due_on", "owner_unit", "start_event").get()
        for lead in (single, leads[0])
    )
    assert one == many
    assert "某甲" not in str(list(Lead.objects.values())) + str(list(SheetImport.objects.values()))
    persons = take_in(
        people.petition,
        "persons",
        ("线索编号", "姓名", "职务"),
        (leads[0].number, "柏某", "文书"),
        (leads[1].number, "罗某", ""),
    )
    assert (persons.rows_changed, persons.rows_new) == (1, 1), [one.problems for one in persons.rows.all()]
    assert verify().broken == []


def take_in(user, kind, *rows):
    return services.take_in(by=factories.fresh(user), kind=kind, file=book(*rows))


def test_the_whole_is_taken_back_while_nothing_is_built_on_it(people):
    row = makers.accounts(people, "甲某", "乙某")
    services.bring_in(row, by=people.sysadmin)
    made = User.objects.filter(username__startswith="sheet")
    assert (made.count(), made.filter(is_active=True).count()) == (2, 2)
    services.undo(SheetImport.objects.get(pk=row.pk), by=people.sysadmin, note="选错了表。")
    assert made.filter(is_active=True).count() == 0
    desk = factories.fresh(people.finance)
    sheet = take_in(desk, "projects", HEADS, project(1, "水渠"))
    services.bring_in(sheet, by=desk)
    made = Project.objects.get()
    projects.amend(made, by=desk, title="改名")
    refused = pytest.raises(
        RuleBroken, services.undo, SheetImport.objects.get(pk=sheet.pk), by=desk, note="错"
    )
    assert made.number in str(refused.value)
    leads = pytest.raises(NotAllowed, take_in, people.official, "leads", HEADS, project(1, "水渠"))
    assert "不登记问题线索" in str(leads.value)


def test_a_long_list_goes_by_a_job_and_may_be_killed_between_two_batches(people, monkeypatch):
    monkeypatch.setattr(taking, "AT_ONCE", 0)
    monkeypatch.setattr(bringing, "AT_ONCE", 0)
    monkeypatch.setattr(trying, "BATCH", 2)
    row = makers.accounts(people, *(f"甲{n}" for n in range(5)))
    assert (row.state, row.rows_new) == ("checking", 0)
    done = web(people.sysadmin).get(row.get_absolute_url())
    assert "正在核对" in text(done)
    assert jobs.run(Job.objects.get(kind="sheet_check").pk) == "done"
    row = services.bring_in(SheetImport.objects.get(pk=row.pk), by=people.sysadmin)
    job, real = Job.objects.get(kind="sheet_bring"), bringing.Writing.batch
    calls = []

    def batch(self):
        calls.append(1)
        if len(calls) == 3:
            raise MemoryError
        return real(self)

    monkeypatch.setattr(bringing.Writing, "batch", batch)
    assert jobs.run(job.pk) == "again"
    assert User.objects.filter(username__startswith="sheet").count() == 4
    monkeypatch.setattr(bringing.Writing, "batch", real)
    Job.objects.filter(pk=job.pk).update(run_after=moment.now())
    assert jobs.run(job.pk) == "done"
    row.refresh_from_db()
    assert (row.state, User.objects.filter(username__startswith="sheet").count()) == ("imported", 5)
    assert Notification.objects.filter(user=people.sysadmin, number=row.number).exists()
