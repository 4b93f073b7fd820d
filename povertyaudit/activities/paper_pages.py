"""What pages say of commendations, plans and rules."""

from typing import Any

from povertyaudit.activities import cautions
from povertyaudit.activities.models import Commendation, Regulation
from povertyaudit.activities.pages import FILE_COLUMNS
from povertyaudit.activities.services.rules import ahead, before
from povertyaudit.core import moment
from povertyaudit.core.models import Attachment, User
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table

PART_COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("title", "名称", phone="main"),
    Column("document", "文号", phone="sub"),
    Column("issuer", "制发机关", phone="hide"),
    Column("valid_from", "施行日期", kind="date", phone="side"),
    Column("force", "施行情况", phone="last"),
)


def filled(title: str, facts: list[Fact]) -> list[Facts]:
    return [Facts(title, [fact for fact in facts if fact.value not in (None, "")])]


def files(row: Any, user: User, offered: set[str]) -> Table:
    found = Attachment.objects.seen_of(row, user).newest().select_related("uploaded_by__person")
    action = ("上传文件", f"{row.get_absolute_url()}attach/") if "attach" in offered else None
    return Table("文件", FILE_COLUMNS, found, "还没有上传文件。", action, "files")


def commendation_facts(row: Commendation, user: User) -> list[Facts]:
    seen = row.activity and type(row.activity).objects.visible_to(user).filter(pk=row.activity_id).exists()
    return filled("表彰", [
        Fact("对象", row.get_kind_display()), Fact("姓名", row.person_name), Fact("单位", row.unit.name),
        Fact("荣誉称号", row.honour), Fact("表彰机关", row.body), Fact("级别", row.get_level_display()),
        Fact("文号", row.document), Fact("表彰日期", row.awarded_on, "date"), Fact("有效期至", row.valid_until, "date"),
        *([Fact("表彰活动", str(row.activity), "link", row=row.activity)] if seen else []),
        Fact("主要事迹", row.reason, wide=True), Fact("登记人", row.recorded_by.display_name),
        Fact("撤销日期", row.revoked_on, "date"), Fact("撤销理由", row.revoke_reason, wide=True),
    ])  # fmt: skip


def commendation_missing(row: Commendation, user: User) -> list[Missing]:
    """Cautions stand only before those who see the matters themselves."""
    return [Missing(text) for text in cautions.of(row, user)]


def regulation_facts(row: Regulation, user: User) -> list[Facts]:
    def linked(label: str, other: Any) -> list[Fact]:
        if other is None or not type(other).objects.visible_to(user).filter(pk=other.pk).exists():
            return []
        return [Fact(label, f"{other} {other.title}", "link", row=other)]

    return filled("方案制度", [
        Fact("名称", row.title), Fact("类别", row.get_kind_display()), Fact("文号", row.document),
        Fact("制发机关", row.issuer), Fact("登记单位", row.unit.name), Fact("级别", row.get_level_display()),
        Fact("施行日期", row.valid_from, "date"), Fact("有效期至", row.valid_to, "date"), Fact("施行情况", row.force),
        Fact("最近复审日期", row.reviewed_on, "date"), *linked("总方案", row.parent), *linked("代替", row.replaces),
        *linked("被代替为", getattr(row, "replaced_by", None)), *linked("因整改事项建立", row.item),
        Fact("主要内容", row.summary, wide=True), Fact("登记人", row.recorded_by.display_name),
    ])  # fmt: skip


def parts(row: Regulation, user: User) -> list[Table]:
    if row.kind != "master":
        return []
    rows = Regulation.objects.visible_to(user).filter(parent=row).exclude(state="voided").order_by("number")
    return [Table(f"子方案（1+{rows.count()}）", PART_COLUMNS, rows, "还没有登记子方案。", key="parts")]


def due(rows: Any) -> Any:
    """Those that run out soon, or were in force so long that they are to be looked at again."""
    today = moment.today()
    return rows.running_out(today, ahead(today)) | rows.to_review(today, before(today))


def regulation_missing(row: Regulation, offered: set[str]) -> list[Missing]:
    today = moment.today()
    url = row.get_absolute_url()
    if "repeal" not in offered or not row.in_force(today) or getattr(row, "replaced_by", None):
        return []
    if row.valid_to is not None and row.valid_to <= ahead(today):
        return [
            Missing(f"有效期至 {row.valid_to}，请修订、登记代替它的，或者到期失效。", "/regulations/new/")
        ]
    if row.valid_to is None and (row.reviewed_on or row.valid_from) <= before(today):
        return [Missing("施行已久，没有规定有效期，请复审后登记复审意见，或者废止。", f"{url}review/")]
    return []
