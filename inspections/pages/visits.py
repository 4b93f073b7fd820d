"""What the record of a visit shows."""

from inspections.models import Visit
from inspections.pages.plans import WORKSHEET_COLUMNS
from inspections.workflow.visits import VISIT
from povertyaudit.core.models import Attachment, Level, Region, User
from povertyaudit.core.scope import region_under
from povertyaudit.core.views import Column, Fact, Facts, Table

MOST_PLACES = 2000
PHOTO_COLUMNS = (
    Column("title", "照片", kind="link", value=lambda photo: photo.title or photo.original_name),
    Column("taken_at", "拍摄时间", kind="moment", phone="main"),
    Column("created_at", "上传时间", kind="moment", phone="sub"),
    Column("original_sha256", "原始文件校验值", phone="sub", value=lambda photo: photo.original_sha256[:16]),
)

CHECK_COLUMNS = (
    Column("person.name", "驻村人员", phone="main"),
    Column("person.get_role_display", "职务", phone="sub"),
    Column("get_found_display", "在岗情况", phone="side"),
)


def visit_places(user: User) -> list[str]:
    """Full names of the places below the reader's region: chosen from without asking the network."""
    home = user.home
    if home is None:
        return []
    rows = Region.objects.current().filter(region_under("code", home.region_id), level__gte=Level.TOWNSHIP)
    return list(rows.order_by("code").values_list("path_name", flat=True)[:MOST_PLACES])


def visit_facts(row: Visit) -> list[Facts]:
    placed = row.latitude is not None
    return [
        Facts(
            "走访",
            [
                Fact("编号", row.number or "保密，结束后编号"),
                Fact("走访方式", row.get_kind_display()),
                Fact("地点", row.region.path_name),
                Fact("具体地点", row.place_text),
                Fact("走访日期", row.visited_on, "date"),
                Fact("走访计划", row.plan and row.plan.title),
                Fact("所属轮次", row.round and row.round.name),
                Fact("登记人", row.recorded_by.display_name),
                Fact("定位", f"{row.latitude}，{row.longitude}" if placed else "没有定位"),
                Fact("已核对的疑点", row.doubts, wide=True),
            ],
        ),
        Facts(
            "情况",
            [
                Fact("入户数", row.households),
                Fact("谈话人次", row.talks),
                Fact("查阅资料份数", row.documents),
                Fact("电话抽查次数", row.calls),
                Fact("走访对象", row.talked_to, wide=True),
                Fact("走访情况", row.notes, wide=True),
            ],
        ),
    ]


def visit_tables(row: Visit, user: User) -> list[Table]:
    offered = {step.name: step.label for step in VISIT.offered(row, user)}
    adds = ("补充照片", f"{row.get_absolute_url()}add_photos/") if "add_photos" in offered else None
    photos = Attachment.objects.seen_of(row, user).newest()
    found = [Table("照片", PHOTO_COLUMNS, photos, "没有照片。", adds, "photos")]
    if checks := list(row.checks.all()):
        found.insert(0, Table("驻村抽查", CHECK_COLUMNS, checks, key="checks"))
    if row.plan is None and row.round is None:
        return found
    sheets = row.worksheets.visible_to(user).for_list().order_by("pk")
    writes = ("起草底稿", f"{row.get_absolute_url()}worksheet/") if row.recorded_by_id == user.pk else None
    return [*found, Table("问题底稿", WORKSHEET_COLUMNS, sheets, "没有问题底稿。", writes, "worksheets")]
