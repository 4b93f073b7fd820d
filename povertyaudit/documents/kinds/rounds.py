"""What an inspection sends out: 反馈意见, 反馈表, 立行立改通知, 移交清单."""

from typing import Any

from cases.models import Handover
from inspections.models import Feedback, ImmediateNotice, Round
from povertyaudit.core import clocks, moment, render
from povertyaudit.core.models import Role, User
from povertyaudit.core.papers import ordinal
from povertyaudit.documents.engine.fields import Field
from povertyaudit.documents.engine.layout import Each, Form, Group, Heading, Sheet, Words
from povertyaudit.documents.kinds.base import (
    PARAGRAPH,
    Kind,
    Source,
    county_of,
    day,
    moment_words,
    numbered,
    paragraphs,
)

TEAM = frozenset({Role.PATROL_OFFICE, Role.PATROL_TEAM})
FINDING = (
    Field("序号", "序号", "1"), Field("编号", "问题的编号；没有的为空", "990101-WT-2026-0003"),
    Field("新大类", "一类的第一个问题写“（一）大类”，其余为空", "（一）政策落实方面"), Field("大类", "问题大类", "政策落实"),
    Field("方面", "问题方面；没有的为空", "产业奖补"), Field("问题", "具体问题", "产业奖补资金滞留三个月没有兑付。"),
    Field("规定", "违反的规定；没有的为空", "《产业奖补办法》第八条"), Field("建议", "建议措施；没有的为空", "限期兑付到户。"),
    Field("金额", "涉及金额（元）；没有的为空", "42,500.00"),
)  # fmt: skip
FEEDBACK = (
    Field("轮次", "巡察轮次的名称", "十五届县委第三轮巡察"), Field("单位", "被巡察单位", "白鹭镇"),
    Field("评价", "总体评价和要求，逐段", rows=PARAGRAPH), Field("问题", "反馈的问题，逐个", rows=FINDING),
    Field("问题数", "问题的个数", "6"), Field("主要负责人", "听取反馈的主要负责人；没有的为空", "王某"),
    Field("向负责人反馈日期", "向主要负责人反馈的日期；没有的为空", "2026年9月1日"),
    Field("向班子反馈日期", "向领导班子反馈的日期；没有的为空", "2026年9月3日"),
    Field("签收人", "签收人；没有签收的为空", "王某"), Field("签收时间", "签收的时间；没有签收的为空", "2026年9月3日10时00分"),
)  # fmt: skip
OPINION_BLOCKS = (
    Words("根据部署，巡察组对{{ 单位 }}开展了{{ 轮次 }}。现将巡察情况反馈如下。"),
    Heading("一、总体评价", given="评价"), Each("评价", "{{ 行.内容 }}"),
    Heading("二、主要问题"),
    Group("问题", (
        ("{{ 行.新大类 }}", "新大类"), ("{{ 行.序号 }}．{{ 行.问题 }}", ""), ("违反规定：{{ 行.规定 }}", "规定"),
        ("建议：{{ 行.建议 }}", "建议"),
    )),
    Heading("三、整改要求", given="要求"), Each("要求", "{{ 行.内容 }}"),
)  # fmt: skip
FORM_BLOCKS = (
    Form((
        (("被巡察单位", "{{ 单位 }}"), ("轮次", "{{ 轮次 }}")), (("反馈表编号", "{{ 编号 }}"), ("问题数", "{{ 问题数 }}")),
        (("向主要负责人反馈", "{{ 主要负责人 }} {{ 向负责人反馈日期 }}"), ("向领导班子反馈", "{{ 向班子反馈日期 }}")),
    )),
    Heading("反馈的问题"),
    Sheet("问题", (("序号", "序号", 14), ("问题大类", "大类", 32), ("具体问题", "问题", 78), ("建议", "建议", 32))),
    Heading("总体评价和要求", given="评价"), Each("评价", "{{ 行.内容 }}"),
    Form(((("签收人", "{{ 签收人 }}"), ("签收时间", "{{ 签收时间 }}")),)),
)  # fmt: skip


def findings(rows: Any) -> list[dict[str, str]]:
    """Findings in the order of the paper, the first of each class bearing its heading."""
    found: list[dict[str, str]] = []
    seen = 0
    for place, one in enumerate(rows, 1):
        new = not found or found[-1]["大类"] != one.problem_class
        seen += new
        found.append({
            "序号": str(place), "编号": one.number or "", "新大类": f"（{ordinal(seen)}）{one.problem_class}方面" if new else "",
            "大类": one.problem_class, "方面": one.aspect, "问题": one.text, "规定": one.articles, "建议": one.suggestion,
            "金额": "" if one.amount_fen is None else render.yuan(one.amount_fen),
        })  # fmt: skip
    return found


def feedback_values(row: Feedback, user: User) -> dict[str, Any]:
    """As far as the maker may know of the problems: who stands aside from one does not write it down."""
    rows = row.rows.visible_to(user).select_related("finding").order_by("finding__problem_class", "id")
    told = findings([one.finding for one in rows])
    return {
        "轮次": row.round.name, "单位": row.unit.name, "评价": paragraphs(row.text), "问题": told, "问题数": str(len(told)),
        "主要负责人": row.head_name, "向负责人反馈日期": day(row.head_on), "向班子反馈日期": day(row.leadership_on),
        "签收人": row.signed_name, "签收时间": moment_words(row.signed_at) if row.signed_at else "",
    }  # fmt: skip


def feedback_first(row: Feedback, _user: User) -> dict[str, Any]:
    return {
        "addressee": row.unit.name, "demand": "请自收到反馈之日起，按规定期限报送整改方案，逐条写明责任人、完成时间和措施。",
        "signed": f"中共{county_of(row)}委巡察工作领导小组办公室", "dated": row.leadership_on or row.head_on or moment.today(),
    }  # fmt: skip


def several_objects(row: Any) -> bool:
    """Whether it tells of an object that readers of the row may stand aside from."""
    return bool(row.rows.exclude(finding__object=row.object_id).exclude(finding__object=None).exists())


def _told(row: Feedback) -> bool:
    return row.state not in (Feedback.State.DRAFT, Feedback.State.WITHDRAWN)


NOTICE = (
    Field("轮次", "巡察轮次的名称", "十五届县委第三轮巡察"), Field("单位", "整改单位", "白鹭镇"),
    Field("问题", "问题，逐段", rows=PARAGRAPH), Field("整改要求", "整改要求，逐段", rows=PARAGRAPH),
    Field("发出日期", "发出通知的日期", "2026年8月12日"), Field("时限", "报告的时限；没有的为空", "2026年8月20日"),
    Field("签发人", "签发人", "李某"),
)  # fmt: skip
NOTICE_BLOCKS = (
    Words("{{ 轮次 }}期间，发现你单位存在以下问题，须立行立改："),
    Each("问题", "{{ 行.内容 }}"),
    Words("整改要求："),
    Each("整改要求", "{{ 行.内容 }}"),
    Words(
        "请于 {{ 时限 }}前报告整改情况，附佐证材料。{% if 联系人 %}联系人：{{ 联系人 }}。{% endif %}",
        given="时限",
    ),
)


def notice_values(row: ImmediateNotice, _user: User) -> dict[str, Any]:
    clock = clocks.due_of(row)
    return {
        "轮次": row.round.name, "单位": row.unit.name, "问题": paragraphs(row.text), "整改要求": paragraphs(row.demand),
        "发出日期": day(row.issued_on), "时限": day(clock.due_on) if clock else "", "签发人": row.issued_by.display_name,
    }  # fmt: skip


def notice_first(row: ImmediateNotice, _user: User) -> dict[str, Any]:
    signed = f"中共{county_of(row)}委巡察工作领导小组办公室"
    return {"addressee": row.unit.name, "contact": "", "signed": signed, "dated": row.issued_on}


LIST = (
    Field("来源", "移交的由来", "十五届县委第三轮巡察"), Field("对方", "移交的对方", "县纪委监委案管室"),
    Field("移交日期", "移交的日期；没有的为空", "2026年9月10日"), Field("件数", "清单的件数", "30"),
    Field("说明", "移交说明，逐段", rows=PARAGRAPH),
    Field("清单", "移交的线索，逐件", rows=(
        Field("序号", "序号", "1"), Field("编号", "线索编号；没有的为空", "990101-AG-2026-0007"), Field("摘要", "问题摘要", "虚报冒领危房改造补助"),
        Field("人员", "涉及人员；没有的为空", "王某某"), Field("属地", "问题属地；没有的为空", "石桥坳村"), Field("情况", "核对情况", "已登记"),
    )),
)  # fmt: skip
LIST_BLOCKS = (
    Words("现将{{ 来源 }}有关问题线索移交{{ 对方 }}，共 {{ 件数 }}件，清单如下。"),
    Each("说明", "{{ 行.内容 }}"),
    Sheet("清单", (
        ("序号", "序号", 14), ("线索编号", "编号", 40), ("问题摘要", "摘要", 50), ("涉及人员", "人员", 26), ("属地", "属地", 26),
    )),
    Words("移交人（签字）：　　　　　　　接收人（签字）：　　　　　　　日期："),
)  # fmt: skip


def list_values(row: Handover, user: User) -> dict[str, Any]:
    rows = row.rows.visible_to(user).select_related("lead", "region").order_by("ordinal")
    return {
        "来源": row.document, "对方": row.party, "移交日期": day(row.handed_on), "说明": paragraphs(row.text),
        **_lines([_line(one, user) for one in rows]),
    }  # fmt: skip


def round_values(row: Round, user: User) -> dict[str, Any]:
    rows = (
        row.handed_leads.visible_to(user)
        .select_related("row__lead", "row__region", "row__handover")
        .order_by("pk")
    )
    days = [one.row.handover.handed_on for one in rows]
    return {
        "来源": row.name, "对方": f"{county_of(row)}纪委监委案管室", "移交日期": day(max(days)) if days else "", "说明": [],
        **_lines([_line(one.row, user) for one in rows]),
    }  # fmt: skip


def _line(one: Any, user: User) -> dict[str, str]:
    """A lead of ours is named by its number; what stands in it only where the maker may know of the lead."""
    lead = one.lead
    known = lead is not None and type(lead).objects.visible_to(user).filter(pk=lead.pk).exists()
    return {
        "编号": lead.number or "" if known else "", "摘要": one.title or (lead.title if known else ""), "人员": one.persons,
        "属地": one.region.path_name if one.region else "", "情况": one.get_standing_display(),
    }  # fmt: skip


def _lines(rows: list[dict[str, str]]) -> dict[str, Any]:
    return {"清单": numbered(rows), "件数": str(len(rows))}


def list_first(row: Any, user: User) -> dict[str, Any]:
    home = user.home
    return {"signed": home.unit.name if home else "", "dated": moment.today()}


KINDS = (
    Kind(
        code="feedback_opinion", label="反馈意见", title=lambda row: f"{row.round.name}关于{row.unit.name}的反馈意见",
        scheme="document", office="巡反馈", asks=("addressee", "demand", "signed", "dated"), own_fields=FEEDBACK,
        blocks=OPINION_BLOCKS,
        sources=(Source("inspections.feedback", TEAM, feedback_values, feedback_first, when=_told, guarded=several_objects),),
    ),
    Kind(
        code="feedback_form", label="反馈表", title=lambda row: f"{row.round.name}问题反馈表", letter=False,
        asks=("signed", "dated"), own_fields=FEEDBACK, blocks=FORM_BLOCKS,
        sources=(Source("inspections.feedback", TEAM, feedback_values, feedback_first, when=_told, guarded=several_objects),),
    ),
    Kind(
        code="immediate_notice", label="立行立改通知", title=lambda _row: "立行立改通知书", asks=("addressee", "contact", "signed", "dated"),
        scheme="document", office="立改", own_fields=NOTICE, blocks=NOTICE_BLOCKS,
        sources=(Source("inspections.immediatenotice", TEAM, notice_values, notice_first),),
    ),
    Kind(
        code="handover_list", label="移交清单", title=lambda _row: "问题线索移交清单", letter=False, asks=("signed", "dated"),
        own_fields=LIST, blocks=LIST_BLOCKS,
        sources=(
            Source("cases.handover", frozenset({Role.CASE_MANAGER}), list_values, list_first),
            Source("inspections.round", TEAM, round_values, list_first, when=lambda row: not row.secret or row.finished_on is not None,
                   guarded=lambda _row: True),
        ),
    ),
)  # fmt: skip
