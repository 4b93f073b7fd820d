"""The verbs of a project on paper: 申报入库, 修改, 变更计划, 资金来源, 取消, 材料. Money is in 分."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from funds.models import Project, ProjectDouble, ProjectKind
from funds.project_querysets import seen_by
from funds.services import lines as money
from funds.services import rules, slips
from funds.services.reviewing import suspicions
from funds.workflow.project_who import ENTERERS
from funds.workflow.projects import PROJECT
from povertyaudit.core import files, moment, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Attachment, Region, Unit, User

FIRST_YEAR, LAST_YEAR = 2000, 2100


@transaction.atomic
def store(
    *, by: User, title: str, kind: ProjectKind, year: int, region: Region, content: str, responsible_unit: Unit,
    sector_unit: Unit, planned_fen: int, plan_start: date, plan_end: date, sum_checked: bool = False, note: str = "",
    **more: Any,
) -> Project:  # fmt: skip
    """申报入库 of a project planned at `planned_fen` (分); `more`: place, targets, households, persons, poor_households,
    poor_persons. Raises NotAllowed, RuleBroken."""
    said = {
        "title": title, "kind": kind, "year": year, "region": region, "content": content, "planned_fen": planned_fen,
        "responsible_unit": responsible_unit, "sector_unit": sector_unit, "plan_start": plan_start, "plan_end": plan_end,
        **more,
    }  # fmt: skip
    row = judged(said, by, sum_checked=sum_checked)
    row.number = numbering.take("project", region)
    return rows.create(row, verb="project.store", by=by, note=note)


def judged(
    said: Mapping[str, Any], by: User, *, sum_checked: bool, of_day: Callable[..., Any] = ProjectKind.objects.of_day,
    near: slips.Near | None = None,
) -> Project:  # fmt: skip
    """The project, unsaved and without its number. Raises NotAllowed, RuleBroken. `of_day` and `near`: where many are
    stored, what was read for all of them."""
    if by.post_as(ENTERERS) is None:
        raise NotAllowed("store.role", "项目由实施单位、主管部门或者财政部门申报入库。")
    kind = _checked(said, moment.today(), of_day)
    _ask_sum({**said, "kind": kind}, checked=sum_checked, near=near)
    row = Project(**{**said, "kind": kind}, stored_on=moment.today(), entered_by=by)
    if not seen_by(row, by.current_posts()):
        raise NotAllowed("scope.outside", rows.OUTSIDE)
    return row


@transaction.atomic
def amend(
    project: Project, *, by: User, sum_checked: bool = False, note: str = "", expected_version: int | None = None,
    **said: Any,
) -> Project:  # fmt: skip
    """修改 what was entered, until it goes to review."""
    row = PROJECT.begin(project, "amend", by=by, note=note, expected_version=expected_version)
    if not said:
        raise RuleBroken("amend.nothing", "没有要修改的内容，请填写。")
    whole = {name: said.get(name, getattr(row, name)) for name in (*NEEDED, "planned_fen", *BENEFICIARIES)}
    said["kind"] = _checked(whole, row.stored_on)
    _ask_sum({**whole, "kind": said["kind"]}, checked=sum_checked)
    done: Project = PROJECT.finish(row, "amend", by=by, note=note, changes=said)
    return done


NEEDED = ("kind", "year", "region", "responsible_unit", "sector_unit", "plan_start", "plan_end")
BENEFICIARIES = ("households", "persons", "poor_households", "poor_persons")


def _checked(
    said: Mapping[str, Any], day: date, of_day: Callable[..., Any] = ProjectKind.objects.of_day
) -> ProjectKind:
    """The kind as it is called on the day; raises RuleBroken where the rest does not fit together."""
    region, unit = said["region"], said["responsible_unit"]
    if region.ends_on is not None and region.ends_on < moment.today():
        heir = f"，已并入{region.successor}" if region.successor else ""
        raise RuleBroken("store.region", f"{region}已于 {region.ends_on} 撤销{heir}，请改选现在的地区。", field="region")  # fmt: skip
    for name in ("responsible_unit", "sector_unit"):
        if said[name].region.county_code() != region.county_code():
            raise RuleBroken("store.county", "单位和建设地点不在同一个县，请核对。", field=name)
    if unit.ends_on is not None and unit.ends_on < moment.today():
        raise RuleBroken("store.unit", f"{unit}已撤销，请改选现在的单位。", field="responsible_unit")
    if not FIRST_YEAR <= said["year"] <= LAST_YEAR:
        raise RuleBroken("store.year", "请填写四位年份。", field="year")
    if said["plan_end"] < said["plan_start"]:
        raise RuleBroken("store.plan", "计划完工日期不能早于计划开工日期，请核对。", field="plan_end")
    for part, whole, word in (("poor_households", "households", "户数"), ("poor_persons", "persons", "人数")):
        if (said.get(part) or 0) > (said.get(whole) or 0):
            raise RuleBroken("store.poor", f"其中贫困{word}不能超过受益{word}，请核对。", field=part)
    then: ProjectKind | None = of_day(said["kind"], day)
    if then is None:
        raise RuleBroken("store.kind", "该项目类别当日尚未启用或者已经停用，请重新选择。", field="kind")
    return then


def _ask_sum(said: Mapping[str, Any], *, checked: bool, near: slips.Near | None = None) -> None:
    """Sums of the same kind in the county are the neighbours."""
    known = near or slips.Near(sums_near)
    asked = None if checked else known.asked(said["planned_fen"], group_of(said), field="planned_fen")
    if asked is not None:
        raise asked


def group_of(said: Mapping[str, Any]) -> tuple[str, str]:
    """Whose sums are alike: those of a kind in a county."""
    return said["kind"].code, said["region"].county_code()


def sums_near(group: tuple[str, str]) -> Iterable[int]:
    """The latest sums (分) of such a group."""
    code, county = group
    alike = Project.objects.filter(kind__code=code, region__gte=county[:6], region__lt=f"{county[:6]}:")
    return alike.order_by("-pk").values_list("planned_fen", flat=True)[: slips.MOST]


@transaction.atomic
def change_plan(
    project: Project, *, by: User, planned_fen: int, content: str = "", note: str = "",
    expected_version: int | None = None,
) -> Project:  # fmt: skip
    """变更计划: more than the rule (10 %) off what was approved, the project goes back to review and needs a new approval;
    within it the change is recorded. The approved sum stays the limit until then."""
    row = PROJECT.begin(project, "change_plan", by=by, note=note, expected_version=expected_version)
    if planned_fen < row.paid_fen:
        raise RuleBroken("change_plan.paid", "变更后的投资不能少于已经拨付的金额。", field="planned_fen")
    if planned_fen == row.planned_fen and content in ("", row.content):
        raise RuleBroken(
            "change_plan.same", "投资和建设内容都没有变，请填写变更后的情况。", field="planned_fen"
        )
    changes: dict[str, Any] = {"planned_fen": planned_fen, "content": content or row.content}
    saved: list[ProjectDouble] = []
    if beyond(row, planned_fen):
        changes |= {"changed_from": row.state, "state": Project.State.REVIEW}
        row.planned_fen, before = planned_fen, row.planned_fen
        saved, row.planned_fen = suspicions(row), before
    done: Project = PROJECT.finish(row, "change_plan", by=by, note=note, changes=changes, saved=saved)
    return done


def beyond(project: Project, fen: int) -> bool:
    """Whether the sum is further off the approved one than may be without a new approval."""
    approved = project.approved_fen or 0
    return abs(fen - approved) * 100 > approved * rules.amount("change")


@transaction.atomic
def set_lines(
    project: Project, *, by: User, lines: Iterable[Mapping[str, Any]], note: str = "",
    expected_version: int | None = None,
) -> Project:  # fmt: skip
    """调整资金来源 [{"allocation", "amount_fen"}]: together exactly the approved sum. Raises RuleBroken."""
    row = PROJECT.begin(project, "set_lines", by=by, note=note, expected_version=expected_version)
    saved, removed = money.lay(row, money.checked(lines, row.approved_fen), by=by)
    if not saved and not removed:
        raise RuleBroken("lines.same", "资金来源没有变化，请核对。", field="lines")
    changes = {"funded_fen": row.approved_fen}
    done: Project = PROJECT.finish(
        row, "set_lines", by=by, note=note, changes=changes, saved=saved, removed=removed
    )
    return done


@transaction.atomic
def cancel(project: Project, *, by: User, note: str = "", expected_version: int | None = None) -> Project:
    """取消项目: its money goes back to the allocations it came from. Never where money was paid."""
    row = PROJECT.begin(project, "cancel", by=by, note=note, expected_version=expected_version)
    _, removed = money.lay(row, {}, by=by)
    changes = {"funded_fen": 0}
    done: Project = PROJECT.finish(row, "cancel", by=by, note=note, changes=changes, removed=removed)
    return done


PHOTOS = (
    ("photo_before", "开工前照片"),
    ("photo_during", "施工中照片"),
    ("photo_after", "竣工照片（同一角度）"),
    ("paper", "文件材料"),
)


@transaction.atomic
def attach(
    project: Project, *, by: User, file: UploadedFile, kind: str = "paper", title: str = "",
    expected_version: int | None = None,
) -> Attachment:  # fmt: skip
    """上传照片和材料; `kind` is one of PHOTOS."""
    row = PROJECT.begin(project, "attach", by=by, expected_version=expected_version)
    if kind not in dict(PHOTOS):
        raise RuleBroken("attach.kind", "请选择材料类别。", field="kind")
    found = files.attach(row, file, by=by, kind=kind, title=title or dict(PHOTOS)[kind])
    if kind.startswith("photo") and not found.is_image:
        raise RuleBroken("attach.photo", "照片应是图片文件（JPG、PNG、WebP）。", field="file")
    return found
