"""Every refusal of an import, met once."""

import pytest
from django.core.exceptions import ValidationError

from cases.forms.people import PersonForm
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import User
from povertyaudit.sheets import cells, reading, services, working
from povertyaudit.sheets.kinds import KINDS, items
from povertyaudit.sheets.models import SheetImport
from povertyaudit.sheets.services import keeping
from tests import factories
from tests.funds import project_makers
from tests.imports.makers import accounts, book, web
from tests.imports.test_working import at, fetched, sent_back

pytestmark = pytest.mark.django_db
HEADS = ("姓名", "账号")


def refusal(kind, do, *given, **more):
    return str(pytest.raises(kind, do, *given, **more).value)


def take_in(user, kind, *rows):
    return services.take_in(by=factories.fresh(user), kind=kind, file=book(*rows))


def of(row):
    return str(list(row.rows.order_by("line").values_list("problems", flat=True)))


def test_only_who_brought_it_goes_on_with_it_and_only_with_rows_to_write(people):
    row = accounts(people, "甲某")
    assert "由上传人办理" in refusal(NotAllowed, services.bring_in, row, by=people.finance)
    bad = take_in(people.sysadmin, "users", HEADS, ("", "jia"), ("", "yi"))
    nothing = refusal(RuleBroken, services.bring_in, bad, by=people.sysadmin, without_refused=True)
    assert "没有可以导入的行" in nothing
    assert "没有这种表格" in refusal(RuleBroken, take_in, people.sysadmin, "nothing", HEADS, ("甲", "jia"))
    assert "没有找到表头" in refusal(
        RuleBroken, take_in, people.sysadmin, "users", ("甲", "乙"), ("丙", "丁")
    )
    refused = {"names": {"0": "nothing"}}
    assert "没有这一列" in refusal(RuleBroken, services.remap, row, by=people.sysadmin, **refused)
    lacking = refusal(RuleBroken, services.remap, row, by=people.sysadmin, names={"0": ""})
    assert "还没有指定这些必填的列：姓名" in lacking


def test_what_was_done_meanwhile_is_said_of_its_row_and_the_file_must_be_there(people, monkeypatch):
    row = accounts(people, "甲某", "乙某")
    User.objects.filter(pk=people.finance.pk).update(username="sheet0")
    services.bring_in(row, by=people.sysadmin)
    row = SheetImport.objects.get(pk=row.pk)
    assert (row.rows_new, row.rows_refused, row.state) == (1, 1, "imported")
    other = accounts(people, "丙某", "丁某", "戊某")
    monkeypatch.setattr(keeping, "of", lambda row, kind: None)
    assert "原来的表格已经不在了" in refusal(RuleBroken, services.bring_in, other, by=people.sysadmin, without_refused=True)  # fmt: skip


def test_numbers_are_known_once_and_in_scope(people):
    made = project_makers.stored(people)
    heads = ("项目编号", "项目名称", "类别", "实施年度", "建设地点", "主要建设内容", "业主单位", "主管部门", "总投资", "开工时间", "竣工时间")  # fmt: skip
    line = ("路", "道路桥梁", 2026, "柳溪镇石桥坳村", "内容", "柳溪镇人民政府", "县农业农村局", 800000, "2026-03-02", "2026-09-30")  # fmt: skip
    said = of(take_in(people.finance, "projects", heads, (made.number, *line), (made.number, *line), ("无此号", *line)))  # fmt: skip
    assert "在表格里出现了 2 次" in said
    assert "没有编号 无此号，或者您无权查看" in said


def test_an_import_that_changed_rows_or_says_no_reason_is_not_taken_back(people):
    project_makers.stored(people)
    sheet = fetched(people.official, "projects")
    at(sheet["项目"], 3, "绩效目标").value = "改了"
    row = sent_back(people.official, sheet)
    services.bring_in(row, by=factories.fresh(people.official))
    row = SheetImport.objects.get(pk=row.pk)
    assert "修改不能整份撤销" in refusal(RuleBroken, services.undo, row, by=people.official, note="错")
    users = accounts(people, "甲某")
    services.bring_in(users, by=people.sysadmin)
    users = SheetImport.objects.get(pk=users.pk)
    assert "理由" in refusal(RuleBroken, services.undo, users, by=people.sysadmin, note=" ")


def test_a_working_sheet_takes_no_more_rows_and_none_of_another_county(people):
    project_makers.stored(people)
    sheet = fetched(people.finance, "projects")
    sheet["项目"].cell(4, 3, "多出的一行")
    assert "工作表里不能增加行" in of(sent_back(people.finance, sheet))
    away = fetched(people.finance, "projects")
    at(away["项目"], 3, "绩效目标").value = "邻县改的"
    assert "不在您的管辖范围内" in of(sent_back(people.neighbourofficial, away))
    assert "登记以后不能用表格修改" in refusal(RuleBroken, working.write, KINDS["users"], [people.finance], people.sysadmin)  # fmt: skip
    for rows in ([], [None] * (working.MOST + 1)):
        assert "1 至 2000 条" in refusal(RuleBroken, working.write, KINDS["projects"], rows, people.finance)
    answer = web(people.finance).get("/imports/working/projects.xlsx?plan_end_after=昨天&year=x")
    assert (answer.status_code, "筛选条件读不出来" in answer.content.decode()) == (422, True)


@pytest.mark.once
def test_cells_that_cannot_be_read_say_why(monkeypatch):
    person = PersonForm().fields
    month, number = (cells.reader(person[name], None) for name in ("birth_month", "id_number"))
    assert "分不清是 1 月还是 10 月" in refusal(ValidationError, month, 1975.1)
    assert "末尾已被表格软件改掉" in refusal(ValidationError, number, 5.2e17)
    yes = cells.reader(person["principal"], None)
    assert "请填“是”或者“否”" in refusal(ValidationError, yes, "也许")
    assert "最多写 50 条措施" in refusal(RuleBroken, items._lines, "措施\n" * 51)
    broken = "姓名,账号\n甲,".encode() + b"\xff\xff\x80\x80"
    assert "编码认不出来" in refusal(RuleBroken, reading.read, broken, "a.csv")
    long = f'姓名,账号\n"{"甲" * 140_000}",a\n'.encode()
    assert "引号或分隔符不对" in refusal(RuleBroken, reading.read, long, "a.csv")
    monkeypatch.setattr(reading, "LARGEST", 10)
    assert "表格不能超过" in refusal(RuleBroken, reading.content_of, book(HEADS))


def test_what_was_built_on_stops_the_whole_and_is_named(people):
    sheet = accounts(people, "甲某", "乙某")
    services.bring_in(sheet, by=people.sysadmin)
    moved = User.objects.get(username="sheet0")
    row = SheetImport.objects.get(pk=sheet.pk)
    row.rows.filter(target_id=moved.public_id).update(version=99)
    text = refusal(RuleBroken, services.undo, row, by=people.sysadmin, note="错")
    assert "导入以后已经办理过，不能整份撤销：甲某（开设账号）。" in text
    assert User.objects.filter(username__startswith="sheet", is_active=True).count() == 2
