"""整改方案 and 整改情况报告, in the structure units publish: class, problem, who, until when, measures, and what came of them."""

from typing import Any

from inspections.models import RectificationPlan
from povertyaudit.core import moment
from povertyaudit.core.models import Role, User
from povertyaudit.core.papers import ordinal
from povertyaudit.documents.engine.fields import Field
from povertyaudit.documents.engine.layout import Each, Group, Heading, Words
from povertyaudit.documents.kinds.base import PARAGRAPH, Kind, Source, day, paragraphs
from povertyaudit.documents.kinds.rounds import several_objects

MAKERS = frozenset({Role.PATROL_OFFICE})
FIELDS = (
    Field("轮次", "巡察轮次的名称", "十五届县委第三轮巡察"), Field("单位", "整改单位", "白鹭镇"),
    Field("反馈日期", "向领导班子反馈的日期；没有的为空", "2026年9月3日"), Field("报送日期", "报送的日期；没有的为空", "2026年9月20日"),
    Field("状态", "现在的状态", "已通过"), Field("总体", "总体情况，逐段", rows=PARAGRAPH), Field("问题数", "问题的个数", "9"),
    Field("大类数", "问题大类的个数", "3"),
    Field("问题", "整改的问题，逐个", rows=(
        Field("序号", "序号", "1"), Field("新大类", "一类的第一个问题写“（一）大类”，其余为空", "（一）政策落实方面"), Field("大类", "问题大类", "政策落实"),
        Field("问题", "具体问题", "雨露计划补助没有按期发放"), Field("责任人", "责任人；没有的为空", "镇党委书记"),
        Field("完成时间", "完成时间；没有的为空", "2026年11月20日"), Field("措施", "整改措施；没有的为空", "逐户核实，限期发放。"),
        Field("成效", "整改成效；没有的为空", "已经全部发放到位。"),
    )),
)  # fmt: skip
OPENING = (
    Words(
        "{{ 轮次 }}向{{ 单位 }}反馈了 {{ 大类数 }}类 {{ 问题数 }}个问题。{% if 反馈日期 %}反馈日期为 {{ 反馈日期 }}。{% endif %}"
    ),
    Heading("一、总体情况", given="总体"),
    Each("总体", "{{ 行.内容 }}"),
)
ONE = (
    ("{{ 行.新大类 }}", "新大类"), ("{{ 行.序号 }}．{{ 行.问题 }}", ""),
    ("责任人：{{ 行.责任人 }}。完成时间：{{ 行.完成时间 }}。", "责任人"), ("整改措施：{{ 行.措施 }}", "措施"),
)  # fmt: skip
PLAN = (
    *OPENING,
    Heading("二、整改任务"),
    Group("问题", ONE),
    Heading("三、工作要求", given="正文"),
    Each("正文", "{{ 行.内容 }}"),
)
REPORT = (
    *OPENING,
    Heading("二、逐项整改情况"),
    Group("问题", (*ONE, ("整改成效：{{ 行.成效 }}", "成效"))),
    Heading("三、下一步打算", given="正文"),
    Each("正文", "{{ 行.内容 }}"),
    Words("欢迎监督。联系方式：{{ 联系人 }}。", given="联系人"),
)


def values(row: RectificationPlan, user: User) -> dict[str, Any]:
    rows = row.rows.visible_to(user).select_related("finding").order_by("finding__problem_class", "ordinal")
    found: list[dict[str, str]] = []
    classes: list[str] = []
    for place, one in enumerate(rows, 1):
        name = one.finding.problem_class
        new = name not in classes
        classes += [name] if new else []
        found.append({
            "序号": str(place), "新大类": f"（{ordinal(len(classes))}）{name}方面" if new else "", "大类": name,
            "问题": one.finding.text, "责任人": one.person, "完成时间": day(one.due_on), "措施": one.measure, "成效": one.result,
        })  # fmt: skip
    return {
        "轮次": row.round.name, "单位": row.unit.name, "反馈日期": day(row.feedback.leadership_on), "报送日期": day(row.submitted_on),
        "状态": row.get_state_display(), "总体": paragraphs(row.text), "问题": found, "问题数": str(len(found)),
        "大类数": str(len(classes)),
    }  # fmt: skip


def first(row: RectificationPlan, _user: User) -> dict[str, Any]:
    return {"signed": row.unit.name, "dated": row.submitted_on or moment.today()}


def _kind(code: str, label: str, is_report: bool, asks: tuple[str, ...], blocks: Any) -> Kind:
    def when(row: RectificationPlan) -> bool:
        return row.is_report == is_report and row.state != RectificationPlan.State.DRAFTING

    source = Source(
        "inspections.rectificationplan",
        MAKERS,
        values,
        first,
        when=when,
        own="unit_id",
        guarded=several_objects,
    )
    return Kind(
        code=code, label=label, title=lambda row: f"{row.unit.name}关于{row.round.name}反馈问题的{label}", letter=False,
        asks=asks, own_fields=FIELDS, blocks=blocks, sources=(source,),
    )  # fmt: skip


KINDS = (
    _kind("rectification_plan", "整改方案", False, ("opening", "signed", "dated"), PLAN),
    _kind("rectification_report", "整改情况报告", True, ("opening", "contact", "signed", "dated"), REPORT),
)
