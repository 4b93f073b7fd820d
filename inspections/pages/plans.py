"""What a plan of visits shows, and the figures of who went out."""

from datetime import date
from typing import Any

from inspections import sampling
from inspections.models import Sample, VisitPlan
from inspections.services import quotas
from inspections.workflow.plans import PLAN
from povertyaudit.core import moment
from povertyaudit.core.models import Region, User
from povertyaudit.core.views import BoardLine, Column, Fact, Facts, Figure, Missing, Table

TEAM_COLUMNS = (Column("user", "姓名", phone="main"), Column("get_role_display", "分工", phone="side"))
PLACE_COLUMNS = (
    Column("region.path_name", "地点", phone="main"),
    Column("drawn", "产生方式", phone="side", value=lambda row: "随机抽取" if row.drawn else "指定"),
)
HOUSEHOLD_COLUMNS = (
    Column("name", "户主", phone="main", value=lambda line: line[0]),
    Column("words", "住址", phone="sub", value=lambda line: line[1]),
)

VISIT_COLUMNS = (
    Column("number", "走访编号", kind="link", value=lambda row: row.number or "未编号"),
    Column("title", "地点和时间", phone="main"),
    Column("households", "入户", kind="number", phone="sub"),
    Column("talks", "谈话", kind="number", phone="sub"),
    Column("state", "状态", kind="state"),
)
WORKSHEET_COLUMNS = (
    Column("number", "底稿编号", kind="link", value=lambda row: row.number or "未编号"),
    Column("title", "具体问题", phone="main"),
    Column("signed", "签字", phone="sub"),
    Column("state", "状态", kind="state"),
)


def people_of(plan: VisitPlan) -> str:
    return "、".join(one.user.display_name for one in plan.members.all())


def repeats(sample: Sample) -> str:
    """Whether the seed gives today what was drawn then."""
    places = sample.kind == Sample.Kind.PLACES
    keys = [line[0] if places else sampling.key_of(line) for line in sample.population]
    same = sampling.drawn(sample.seed, keys, sample.size) == sample.drawn
    return "一致" if same else "不一致，名单或者结果被改动"


SAMPLE_COLUMNS = (
    Column("get_kind_display", "抽取对象", phone="main"),
    Column(
        "drawn", "抽取情况", value=lambda row: f"{len(row.population)} 个中抽取 {row.size} 个", phone="sub"
    ),
    Column("seed", "种子", phone="sub"),
    Column("repeats", "按种子重新计算", value=repeats, phone="sub"),
    Column("drawn_by.display_name", "抽取人", phone="sub"),
    Column("drawn_at", "抽取时间", kind="moment", phone="side"),
    Column("reason", "重新抽取的理由", phone="sub"),
)


def plan_facts(row: VisitPlan) -> list[Facts]:
    numbered = row.number or "保密，结束后编号"
    return [
        Facts(
            "走访计划",
            [
                Fact("编号", "取消的计划不编号" if row.state == VisitPlan.State.CANCELLED else numbered),
                Fact("方式", row.get_kind_display()),
                Fact("走访地区", row.region.path_name),
                Fact("所属轮次", row.round and row.round.name),
                Fact("开始日期", row.starts_on, "date"),
                Fact("截止日期", row.ends_on, "date"),
                Fact("结束日期", row.finished_on, "date"),
                Fact("部署人", row.ordered_by.display_name),
                Fact("批准人", row.approver.display_name),
                Fact("批准日期", row.approved_on, "date"),
                Fact("走访内容", row.purpose, wide=True),
            ],
        )
    ]


def plan_tables(row: VisitPlan, user: User) -> list[Table]:
    offered = {step.name: step.label for step in PLAN.offered(row, user)}
    base = row.get_absolute_url()

    def adds(verb: str) -> tuple[str, str] | None:
        return (offered[verb], f"{base}{verb}/") if verb in offered else None

    samples = list(row.samples.all())
    found = [
        Table("走访人员", TEAM_COLUMNS, row.members.all(), key="members"),
        Table("走访地点", PLACE_COLUMNS, row.places.all(), "还没有走访地点。", adds("draw_places"), "places"),
    ]
    last = next((one for one in reversed(samples) if one.kind == Sample.Kind.HOUSEHOLDS), None)
    if last is not None:
        words = {sampling.key_of(line): line for line in last.population}
        lines = [words[key] for key in last.drawn]
        found.append(
            Table("抽中的农户", HOUSEHOLD_COLUMNS, lines, action=adds("draw_households"), key="households")
        )
    found.append(Table("抽取记录", SAMPLE_COLUMNS, samples, "没有抽取过。", key="samples"))
    return [*found, *_work(row, user)]


def _work(row: VisitPlan, user: User) -> list[Table]:
    """What was done under the plan so far; those who go add to it."""
    goes = row.state in {"under_way", "finished"} and user.pk in {
        row.ordered_by_id,
        *(one.user_id for one in row.members.all()),
    }
    adds = ("登记走访", f"/visits/new/?plan={row.public_id}") if goes else None
    writes = ("起草底稿", f"/worksheets/new/?plan={row.public_id}") if goes else None
    visits = row.visits.visible_to(user).select_related("region").order_by("pk")
    sheets = row.worksheets.visible_to(user).for_list().order_by("pk")
    return [
        Table("走访记录", VISIT_COLUMNS, visits, "还没有走访记录。", adds, "visits"),
        Table("问题底稿", WORKSHEET_COLUMNS, sheets, "还没有问题底稿。", writes, "worksheets"),
    ]


def plan_shown(row: VisitPlan) -> list[Facts | Table]:
    """What the approver looks at."""
    return [
        *plan_facts(row),
        Table("走访人员", TEAM_COLUMNS, row.members.all()),
        Table("走访地点", PLACE_COLUMNS, row.places.all(), "出发前抽取。"),
    ]


def plan_missing(row: VisitPlan, user: User) -> list[Missing]:
    offered = {step.name for step in PLAN.offered(row, user)}
    if "draw_places" not in offered or row.places.all():
        return []
    return [Missing("还没有走访地点，请抽取地点后出发。", f"{row.get_absolute_url()}draw_places/")]


def quota_lines(user: User, by: str) -> list[BoardLine]:
    """Figures through the reader's scope, each with the list that holds what it counts."""
    home = user.home
    county = Region.objects.get(code=home.region.county_code()) if home else None
    if county is None:
        return []
    plans, today = VisitPlan.objects.visible_to(user), moment.today()
    if by == "leader":
        return [_leader(one, today.year) for one in quotas.year_of(county, today.year, plans)]
    return [_quarter(county, plans, day) for day in _quarters(today)]


def _leader(one: quotas.Leader, year: int) -> BoardLine:
    days = f"finished_from={year}-01-01&finished_to={year}-12-31"
    url = f"/visit-plans/?state=finished&member={one.user.public_id}&{days}"
    return BoardLine(one.user.display_name, (Figure(one.done, url), Figure(one.owed)))


def _quarters(today: date) -> list[date]:
    return [today.replace(month=month, day=1) for month in range(1, today.month + 1, 3)]


def _quarter(county: Region, plans: Any, day: date) -> BoardLine:
    first, last = quotas.quarter(day)
    url = f"/visit-plans/?state=finished&kind=cross&finished_from={first}&finished_to={last}"
    figures = Figure(quotas.crossed(county, day, plans), url), Figure(quotas.amount("cross_quarter", day))
    return BoardLine(f"{day.year} 年第 {(day.month + 2) // 3} 季度", figures)


def quota_finding(lines: list[BoardLine], by: str) -> str:
    late = [line.label for line in lines if line.figures[0].value < line.figures[1].value]
    if not lines:
        return ""
    if by == "leader":
        return f"还没有完成的：{'、'.join(late)}。" if late else "本年度领导都已完成。"
    return f"没有完成的：{'、'.join(late)}。" if late else "本年度各季度都已完成。"
