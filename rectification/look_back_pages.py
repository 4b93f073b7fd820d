"""What pages say of look-backs: the plan with its draw, one row with what was said, and the result on an item."""

from typing import Any

from inspections import sampling
from povertyaudit.core.models import Attachment, User
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table
from rectification.models import Item, LookBack, LookBackCheck, LookBackQuestion, LookBackState
from rectification.workflow.look_backs import LOOK_BACK_CHECK, is_of_the_desk

CHECK_COLUMNS = (
    Column("seq", "序号", kind="link", value=lambda row: f"第 {row.seq} 件"),
    Column("about", "抽查的事项、款项", phone="main"),
    Column("unit.name", "责任单位", phone="sub"),
    Column("get_ground_display", "抽取依据", phone="hide"),
    Column("amount_fen", "金额（元）", kind="money", value=lambda row: row.amount_fen or None, phone="hide"),
    Column("checker.display_name", "核查人", phone="side"),
    Column("visited_on", "核查日期", kind="date", phone="hide"),
    Column("state", "状态", kind="state"),
)
ANSWER_COLUMNS = (
    Column("who", "受访人", value=str, phone="main"),
    Column("get_paid_display", "钱退了没有", phone="side"),
    Column("paid_on", "什么时候退的", kind="date", phone="hide"),
    Column("paid_by", "谁退的、怎么退的", phone="sub"),
    Column("amount_fen", "退了多少（元）", kind="money", phone="hide"),
    Column("said", "还说了什么"),
)
FILE_COLUMNS = (
    Column("title", "名称", kind="link", value=lambda file: file.title or file.original_name),
    Column("taken_at", "拍摄时间", kind="moment", phone="main"),
    Column("created_at", "上传时间", kind="moment", phone="sub"),
    Column("uploaded_by.display_name", "上传人", phone="side"),
)
RESULT_COLUMNS = (
    Column("visited_on", "核查日期", kind="date", phone="side"),
    Column("result", "结果", value=lambda row: row.get_state_display(), phone="main"),
    Column("reason", "反弹情况", phone="sub"),
    Column("new_item_seen", "另立的事项", phone="hide"),
)
POPULATION_COLUMNS = (
    Column("key", "名单中的编号", value=lambda line: line[0], phone="main"),
    Column("unit", "责任单位", value=lambda line: line[1], phone="sub"),
    Column("fen", "金额（元）", kind="money", value=lambda line: line[2] or None, phone="side"),
    Column("why", "怎样抽取", value=lambda line: line[3]),
)
SHOWN = 300  # lines of a population on the page; all of them over the API


def plan_facts(row: LookBack) -> list[Facts]:
    cancelled = row.state == LookBackState.CANCELLED
    return [
        Facts("回头看计划", [
            Fact("编号", row.number or ("取消的计划不编号" if cancelled else "保密，办结后编号")),
            Fact("范围", f"{row.get_origin_display()}：{row.about}"),
            Fact("抽查什么", row.get_pool_display()),
            Fact("地区", row.region.path_name),
            Fact("开始日期", row.starts_on, "date"),
            Fact("截止日期", row.ends_on, "date"),
            Fact("拟定人", f"{row.drafted_by.display_name}（{row.desk_unit.name}）"),
            Fact("批准人", row.approver.display_name),
            Fact("批准日期", row.approved_on, "date"),
            Fact("办结日期", row.finished_on, "date"),
            Fact("依据", row.basis, wide=True),
        ]),
        draw_facts(row),
    ]  # fmt: skip


def draw_facts(row: LookBack) -> Facts:
    """The criteria, the seed, and that it gives today what it gave then."""
    draw = row.draw
    rest = [line[0] for line in draw.population if not line[3]]
    same = sampling.drawn(draw.seed, rest, row.random_size) == draw.drawn
    units = "、".join(one.unit.name for one in row.units.all())
    return Facts("抽取", [
        Fact("名单", f"{len(draw.population)} 件，抽查 {len(draw.population) - len(rest) + len(draw.drawn)} 件"),
        Fact("随机抽取", f"{len(rest)} 件中抽取 {row.random_size} 件"),
        Fact("全查金额（元）", row.above_fen, "money"),
        Fact("反弹单位全查", "是" if row.repeat_units else "否"),
        Fact("全查的单位", units),
        Fact("种子", draw.seed),
        Fact("按种子重新计算", "一致" if same else "不一致，名单或者结果被改动"),
        Fact("抽取时间", draw.drawn_at, "moment"),
    ])  # fmt: skip


def plan_summary(row: Any) -> Facts:
    """The figures of the plan: of how many something is known, and how many relapsed."""
    whole, done, relapsed = row.checks_all, row.checks_done, row.checks_relapsed
    return Facts("结果", [
        Fact("抽查", f"{whole} 件"),
        Fact("有结果", f"{done} 件"),
        Fact("整改到位", f"{done - relapsed} 件"),
        Fact("反弹", f"{relapsed} 件"),
        Fact("反弹率", f"{relapsed}/{done}" if done else "—"),
    ])  # fmt: skip


def plan_tables(row: LookBack, user: User) -> list[Table]:
    checks = LookBackCheck.objects.visible_to(user).filter(plan=row).for_list().order_by("seq")
    drawn = set(row.draw.drawn)
    words = dict(LookBackCheck.Ground.choices)
    lines = [
        [*line[:3], words.get(line[3], "随机抽中" if line[0] in drawn else "未抽中")]
        for line in row.draw.population[:SHOWN]
    ]
    return [
        Table(
            "抽查的事项和款项", CHECK_COLUMNS, checks, "没有可以查看的核查。", key="checks",
            whole=f"/look-back-checks/?plan={row.public_id}&view=all",
        ),
        Table("抽取时的名单", POPULATION_COLUMNS, lines, key="population"),
    ]  # fmt: skip


def plan_missing(row: LookBack, user: User) -> list[Missing]:
    """What stands before the end, for whoever organises it."""
    if row.state not in {LookBackState.DRAFTED, LookBackState.APPROVED} or not is_of_the_desk(row, user):
        return []
    waits = LookBackCheck.objects.visible_to(user).filter(plan=row, state="drawn").count()
    url = f"/look-back-checks/?plan={row.public_id}&state=drawn&view=all"
    return [Missing(f"还有 {waits} 件没有分派核查人。", url)] if waits else []


def check_facts(row: LookBackCheck) -> Facts:
    plan = row.plan
    facts = [
        Fact("抽查的事项" if row.item_id else "抽查的退还款项", row.about),
        Fact("具体问题", row.item.problem if row.item else "", wide=True),
        Fact("户主", row.recovery.household if row.recovery else ""),
        Fact("责任单位", row.unit.name),
        Fact("来源", row.get_kind_display()),
        Fact("金额（元）", row.amount_fen or None, "money"),
        Fact("销号日期", row.item.closed_on if row.item else None, "date"),
        Fact("到账日期", row.recovery.received_on if row.recovery else None, "date"),
        Fact("复核（经办）人", row.signer.name if row.signer else ""),
        Fact("抽取依据", row.get_ground_display()),
        Fact("核查人", row.checker.display_name if row.checker else "没有分派"),
        Fact("核查期限", getattr(row, "due_on", None), "clock"),
        Fact("计划", f"{plan.title}（{plan.starts_on} 至 {plan.ends_on}）"),
    ]
    return Facts("抽查", [fact for fact in facts if fact.value not in (None, "")])


def result_facts(row: LookBackCheck) -> list[Facts]:
    if row.visited_on is None:
        return []
    placed = row.latitude is not None
    facts = [
        Fact("结果", row.get_state_display()),
        Fact("核查日期", row.visited_on, "date"),
        Fact("具体地点", row.place_text),
        Fact("定位", f"{row.latitude}，{row.longitude}" if placed else "没有定位"),
        Fact("核查情况", row.finding, wide=True),
        Fact("反弹情况", row.reason, wide=True),
        Fact("询问提纲", "；".join(row.questions), wide=True),
        Fact("处理人", row.decided_by and row.decided_by.display_name),
        Fact("处理日期", row.decided_on, "date"),
    ]
    if row.new_item is not None:
        facts.append(Fact("另立的事项", row.new_item.number, "link", row=row.new_item))
    return [Facts("核查结果", [fact for fact in facts if fact.value not in (None, "")])]


def questions() -> Facts:
    """What is asked today, above the form of the visit."""
    asked = LookBackQuestion.objects.on().order_by("order", "code")
    return Facts("询问提纲", [Fact(f"{at}", one.name) for at, one in enumerate(asked, 1)])


def check_tables(row: LookBackCheck, user: User) -> list[Table]:
    found = [Table("询问当事人", ANSWER_COLUMNS, row.answers.all(), "还没有询问。", key="answers")]
    may = any(step.name == "attach" for step in LOOK_BACK_CHECK.offered(row, user))
    files = Attachment.objects.seen_of(row, user).newest().select_related("uploaded_by__person")
    action = ("补充照片和材料", f"{row.get_absolute_url()}attach/") if may else None
    return [*found, Table("照片和材料", FILE_COLUMNS, files, "还没有照片和材料。", action, "files")]


def of_item(item: Item, user: User) -> list[Table]:
    """On the page of the item, for everybody who sees it: results that are told, and never who was asked or what he said."""
    found = list(LookBackCheck.objects.told().filter(item=item).order_by("pk"))
    cited = Item.objects.visible_to(user).in_bulk([row.new_item_id for row in found if row.new_item_id])
    for row in found:
        row.new_item_seen = cited.get(row.new_item_id, "")  # the number of what one does not see is not told
    return [Table("回头看", RESULT_COLUMNS, found, key="look_backs")] if found else []
