"""Projects, payments, misuses and items by the batch: what lies in the tables afterwards is what the single verb writes,
refusals are the same in the same words, and no row asks the database by itself."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from funds.models import LedgerEntry, Misuse, MisuseKind, Payment, Project
from funds.project_querysets import seen_by
from povertyaudit.core.models import AuditEntry, Change, Role
from povertyaudit.core.verify import verify
from povertyaudit.sheets import services
from povertyaudit.sheets.kinds import KINDS
from povertyaudit.sheets.models import SheetImport, SheetRow
from rectification.models import Item, ItemMisuse, ItemUnit, Measure
from tests import factories
from tests.funds import payment_makers
from tests.imports.makers import book
from tests.imports.test_imports import HEADS as PROJECTS
from tests.imports.test_imports import project
from tests.rectification import makers

pytestmark = pytest.mark.django_db
ITEMS = (
    "来源",
    "反馈文件编号",
    "巡察问题编号",
    "违规资金编号",
    "问题大类",
    "方面",
    "问题",
    "责任单位",
    "牵头单位",
    "配合单位",
    "整改措施",
    "整改时限",
)
MISUSES = (
    "问题名称",
    "类型",
    "金额",
    "问题情况",
    "责任单位",
    "发现时间",
    "发现途径",
    "应追缴",
    "少追缴理由",
    "项目编号",
    "发生时间",
)
PAYMENTS = ("项目编号", "款项", "申请金额", "工程量", "收款人")
TABLES = (Project, Payment, Misuse, LedgerEntry, Item, ItemUnit, ItemMisuse, Measure)
OWN = {"id", "public_id", "created_at", "updated_at", "item_id", "misuse_id"}  # another every time


@pytest.fixture
def cast(people):
    factories.unit("县农业农村局")
    makers.department("县交通运输局")
    return makers.people()


@pytest.fixture
def sheets(cast):
    """Of each kind who brings it, and lines good and bad."""
    kind, works = (
        MisuseKind.objects.on().first().name,
        [payment_makers.built(cast, title=f"水渠{n}") for n in range(3)],
    )
    money, finding, paper = makers.misuse(cast), makers.finding(cast), makers.paper(cast).number
    town, bureau, other = cast.town.name, cast.bureau.name, cast.otherofficial.current_posts()[0].unit.name
    return {
        "projects": (cast.finance, PROJECTS, [
            *(project(n, f"第{n}号水渠", kind="产业发展") for n in range(6)), project(7, "金额错", kind="产业发展", sum=8_000_000),
            project(8, "倒过来", end="2026-01-02"),
        ]),
        "projects/bureau": (cast.sector, PROJECTS, [
            project(1, "本局主管", sector=bureau), project(2, "他局主管", sector="县交通运输局"), project(3, "也是本局", sector=bureau),
        ]),
        "payments": (cast.official, PAYMENTS, [
            *((one.number, "预付款", 100_000, "路基 800 米", "某公司") for one in works[:2]), (works[2].number, "预付款", 9_000_000, "全部", "某公司"),
        ]),
        "misuses": (cast.finance, MISUSES, [
            *((f"滞留{n}", kind, 10_000 + n, "滞留七个月。", town, "2026-03-02", "审计", 9_000, "已退", works[0].number, "2026-01-02") for n in range(5)),
            ("差一万倍", kind, 900_000_000, "滞留。", town, "2026-03-02", "审计", "", "", "", ""),
            ("倒过来", kind, 10_000, "滞留。", town, "2026-03-02", "审计", "", "", "", "2026-05-01"),
        ]),
        "items": (cast.inspector1, ITEMS, [
            *(("审计反馈", paper, "", money.number, "政策落实", "奖补", f"奖补滞留{n}", town, bureau, other, "1.核对\n2.兑付", "2027-06-30") for n in range(4)),
            ("审计反馈", paper, "", "", "政策落实", "奖补", "时限早", town, bureau, "", "", "2020-06-30"),
            ("巡察发现", "", finding.number, "", "政策落实", "奖补", "不归他登记", town, bureau, "", "", ""),
            ("审计反馈", "", "", "", "政策落实", "奖补", "没有文件", town, bureau, "", "", ""),
        ]),
    }  # fmt: skip


def laid():
    """What lies in the tables, and what the record and the sync say of it."""
    found = {}
    for model in TABLES:
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in OWN]
        found[model.__name__] = [tuple(row) for row in model.objects.order_by("pk").values_list(*names)]
    entries = AuditEntry.objects.exclude(verb__startswith="sheetimport").order_by(
        "target_label", "target_number", "seq"
    )
    found["record"] = [
        (one.verb, one.target_number, one.seq, {**one.changes, "id": None}, sorted(one.sealed_values), one.actor_role,
         sorted(key.split(":")[0] for key in one.state))
        for one in entries
    ]  # fmt: skip
    notes = Change.objects.exclude(label__startswith="sheets").order_by("label", "pk")
    return found | {
        "sync": list(notes.values_list("label", "version", "deleted", "scope_before", "scope_after"))
    }


def brought(user, kind, heads, lines, monkeypatch, together):
    """What the sheet became, by the batch or row by row, taken back afterwards."""
    with transaction.atomic():
        if not together:
            monkeypatch.setitem(KINDS[kind].__dict__, "together", None)
        row = services.take_in(by=factories.fresh(user), kind=kind, file=book(heads, *lines))
        assert row.rows_new, list(row.rows.values_list("problems"))
        looked = list(row.rows.order_by("line").values_list("line", "outcome", "problems"))
        services.bring_in(row, by=factories.fresh(user), without_refused=True)
        done = list(row.rows.order_by("line").values_list("line", "outcome", "problems", "target_number"))
        assert SheetImport.objects.get(pk=row.pk).rows_new, looked
        assert verify().broken == []
        found = looked, done, laid()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("kind", ["projects", "projects/bureau", "payments", "misuses", "items"])
def test_by_the_batch_is_what_the_single_verb_writes(sheets, kind, monkeypatch):
    sheet = sheets[kind]
    kind = kind.split("/")[0]
    many = brought(sheet[0], kind, *sheet[1:], monkeypatch, together=True)
    one = brought(sheet[0], kind, *sheet[1:], monkeypatch, together=False)
    assert [problems for _, outcome, problems in many[0] if outcome == "refused"]
    assert many[0] == one[0]
    assert many[1] == one[1]
    assert many[2] == one[2]


@pytest.mark.parametrize("kind", ["projects", "payments", "misuses", "items"])
def test_no_row_asks_by_itself(cast, sheets, kind):
    user, heads, lines = sheets[kind]
    good = [line for line in lines if "滞留" in str(line) or "号水渠" in str(line) or "路基" in str(line)]
    counted = []
    for some in (good[:2], good):
        with transaction.atomic():
            row = services.take_in(by=factories.fresh(user), kind=kind, file=book(heads, *some))
            with CaptureQueriesContext(connection) as asked:
                services.bring_in(row, by=factories.fresh(user), without_refused=True)
            assert row.rows.filter(outcome="new").count() >= len(some) - 2
            counted.append(len(asked))
            transaction.set_rollback(True)
    assert counted[1] <= counted[0] + 1
    assert not SheetRow.objects.exists()


def test_who_sees_a_project_is_told_without_asking(cast):
    row = payment_makers.built(cast)
    for role in Role:
        for unit in (cast.town, cast.bureau, cast.otherofficial.current_posts()[0].unit):
            for region in (factories.QINGHE, factories.TOWN, factories.OTHER_TOWN):
                by = factories.user(role, unit=unit, region=region)
                seen = Project.objects.visible_to(by).filter(pk=row.pk).exists()
                assert seen_by(row, by.current_posts()) == seen, (role, unit, region)
