"""销号审批表: the item as the three signed it, or as it stands while they do."""

from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.models import Role, User
from povertyaudit.documents.engine.fields import Field
from povertyaudit.documents.engine.layout import Form, Heading, Sheet
from povertyaudit.documents.kinds.base import Kind, Source, county_of, day, moment_words, numbered
from rectification.models import Item, State

MAKERS = frozenset({
    Role.CASE_MANAGER, Role.SUPERVISION, Role.PATROL_OFFICE, Role.LIAISON, Role.UNIT_HEAD, Role.SECTOR,
})  # fmt: skip
SIGNED = (State.CLOSURE_APPLIED, State.SECTOR_REVIEWED, State.PUBLIC_NOTICE, State.CLOSED)
STEPS = (("apply", "申请"), ("review", "审核"), ("verify", "复核"))
FIELDS = (
    Field("问题大类", "问题的大类", "政策落实"),
    Field("问题方面", "问题的方面", "补助发放"),
    Field("问题", "具体问题", "雨露计划补助没有按期发放"),
    Field("整改目标", "整改目标；没有的为空", "补助全部发放到位"),
    Field("责任单位", "主责单位", "白鹭镇"),
    Field("责任人", "责任人；没有的为空", "镇党委书记"),
    Field("牵头单位", "牵头单位", "县教育局"),
    Field("督办单位", "督办单位", "县委巡察办"),
    Field("下发日期", "下发的日期", "2026年6月1日"),
    Field("整改时限", "整改时限", "2026年11月20日"),
    Field("销号日期", "销号的日期；没有销号的为空", "2026年11月18日"),
    Field("逾期", "逾期销号的写“逾期销号”，否则为空", ""),
    Field("状态", "现在的状态", "已销号"),
    *(
        field
        for _, word in STEPS
        for field in (
            Field(f"{word}人", f"{word}签署人的姓名和身份；没有签署的为空", "张某 白鹭镇主要负责人"),
            Field(f"{word}意见", f"{word}意见；没有的为空", "已经整改到位"),
            Field(f"{word}时间", f"{word}签署的时间；没有签署的为空", "2026年11月12日09时30分"),
        )
    ),
    Field("措施", "整改措施，逐条", rows=(
        Field("序号", "序号", "1"), Field("内容", "措施", "逐户核实发放情况"), Field("时限", "完成时限", "2026年9月1日"),
        Field("落实情况", "落实情况", "已落实"),
    )),
    Field("成效", "整改成效，逐条", rows=(
        Field("序号", "序号", "1"), Field("内容", "成效", "已发放 65 人"), Field("数据", "数据和实例", "19.5 万元"),
    )),
    Field("佐证", "佐证材料，逐件", rows=(Field("序号", "序号", "1"), Field("内容", "材料的名称", "银行回单"))),
)  # fmt: skip


def _pairs(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, f"{{{{ {name} }}}}") for label, name in pairs)


BLOCKS = (
    Form((
        _pairs(("事项编号", "编号"), ("状态", "状态")),
        _pairs(("问题大类", "问题大类"), ("问题方面", "问题方面")),
        _pairs(("具体问题", "问题")),
        _pairs(("整改目标", "整改目标")),
        _pairs(("责任单位", "责任单位"), ("责任人", "责任人")),
        _pairs(("牵头单位", "牵头单位"), ("督办单位", "督办单位")),
        _pairs(("下发日期", "下发日期"), ("整改时限", "整改时限")),
    )),
    Heading("一、整改措施", given="措施"),
    Sheet("措施", (("序号", "序号", 14), ("整改措施", "内容", 82), ("完成时限", "时限", 38), ("落实", "落实情况", 22))),
    Heading("二、整改成效", given="成效"),
    Sheet("成效", (("序号", "序号", 14), ("整改成效", "内容", 92), ("数据和实例", "数据", 50))),
    Heading("三、佐证材料", given="佐证"),
    Sheet("佐证", (("序号", "序号", 14), ("材料", "内容", 142))),
    Heading("四、审批意见"),
    Form((
        *(
            ((f"{head}", f"{{{{ {word}意见 }}}}\n{{{{ {word}人 }}}} {{{{ {word}时间 }}}}"),)
            for head, word in (("责任单位申请", "申请"), ("牵头单位审核", "审核"), ("复核验收", "复核"))
        ),
        (("销号", "{{ 销号日期 }} {{ 逾期 }}"),),
    )),
)  # fmt: skip


def values(row: Item, _user: User) -> dict[str, Any]:
    unit = row.main_unit
    return {
        "问题大类": row.problem_class, "问题方面": row.aspect, "问题": row.problem, "整改目标": row.goal,
        "责任单位": unit.name if unit else "", "责任人": row.responsible_person, "牵头单位": row.lead_unit.name,
        "督办单位": row.body_unit.name, "下发日期": day(row.issued_on), "整改时限": day(row.due_on),
        "销号日期": day(row.closed_on), "逾期": "逾期销号" if row.closed_late else "", "状态": row.get_state_display(),
        **_signed(row),
        "措施": [
            {"序号": str(one.no), "内容": one.text, "时限": day(one.day), "落实情况": one.get_state_display()}
            for one in row.measures.all()
        ],
        "成效": [{"序号": str(one.no), "内容": one.text, "数据": one.figures} for one in row.results.all()],
        "佐证": numbered([{"内容": str(one.attachment)} for one in row.evidence.select_related("attachment")]),
    }  # fmt: skip


def _signed(row: Item) -> dict[str, str]:
    """Name, opinion and time of each of the three, where the signature stands."""
    found: dict[str, str] = {}
    for step, word in STEPS:
        one = row.standing(step)
        found |= {
            f"{word}人": f"{one.person.name} {one.role}" if one else "",
            f"{word}意见": one.opinion if one else "",
            f"{word}时间": moment_words(one.signed_at) if one else "",
        }
    return found


def first(row: Item, _user: User) -> dict[str, Any]:
    return {"signed": f"{county_of(row)}纪委监委", "dated": moment.today()}


KINDS = (
    Kind(
        code="closing_form", label="销号审批表", title=lambda _row: "整改事项销号审批表", letter=False, asks=("signed", "dated"),
        own_fields=FIELDS, blocks=BLOCKS,
        sources=(Source("rectification.item", MAKERS, values, first, when=lambda row: row.state in SIGNED),),
    ),
)  # fmt: skip
