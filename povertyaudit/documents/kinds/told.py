"""What is told to many or to one: 通报, 快报, 约谈通知."""

from typing import Any

from cases.masking import Mask
from cases.models import Bulletin, BulletinState, CallDigest
from cases.services import bulletin_papers
from povertyaudit.core import moment
from povertyaudit.core.models import Role, User
from povertyaudit.core.papers import ordinal
from povertyaudit.documents.engine.fields import Field
from povertyaudit.documents.engine.layout import Each, Group, Heading, Sheet, Words
from povertyaudit.documents.kinds.base import (
    PARAGRAPH,
    Kind,
    Source,
    county_of,
    day,
    moment_words,
    paragraphs,
)
from povertyaudit.talks.models import Talk
from povertyaudit.talks.models.talks import NOTICED

CIRCULAR = (
    Field("期数", "第几期", "第12期"), Field("通报标题", "通报的标题", "关于五起典型案例的通报"), Field("开头语", "开头语，逐段", rows=PARAGRAPH),
    Field("起数", "案例的起数", "5"), Field("人数", "通报的人次", "8"), Field("印发日期", "印发的日期", "2026年10月9日"),
    Field("案例", "案例，逐起", rows=(
        Field("序号", "序号", "一"), Field("题目", "地点、单位、姓名、职务和问题", "石桥坳村党支部书记王某某虚报冒领问题"),
        Field("事实", "事实", "2025年，王某某虚报冒领危房改造补助1万元。"), Field("处理", "处理决定", "受到党内警告处分，违纪资金已退还。"),
    )),
)  # fmt: skip
CIRCULAR_BLOCKS = (
    Words("{{ 期数 }}"),
    Each("开头语", "{{ 行.内容 }}"),
    Group("案例", (("{{ 行.序号 }}、{{ 行.题目 }}", ""), ("{{ 行.事实 }}", ""), ("{{ 行.处理 }}", "处理"))),
    Each("要求", "{{ 行.内容 }}"),
)


def circular_values(row: Bulletin, _user: User) -> dict[str, Any]:
    """With full names, as the bulletin was approved; copies for channels that mask them are made on its own page."""
    cases = list(row.cases.prefetch_related("persons").order_by("ordinal"))
    return {
        "期数": row.issue_words, "通报标题": row.title, "开头语": paragraphs(row.preface), "起数": str(len(cases)),
        "人数": str(sum(one.persons.all().count() for one in cases)), "印发日期": day(row.issued_on),
        "案例": [
            {
                "序号": ordinal(place), "题目": bulletin_papers.heading(one, Mask.FULL), "事实": one.facts,
                "处理": one.decision,
            }
            for place, one in enumerate(cases, 1)
        ],
    }  # fmt: skip


def circular_first(row: Bulletin, _user: User) -> dict[str, Any]:
    return {
        "addressee": "各乡镇、县直各单位", "demand": "各单位要引以为戒，举一反三。", "signed": f"{county_of(row)}纪委监委",
        "dated": row.issued_on or moment.today(),
    }  # fmt: skip


EXPRESS = (
    Field("期数", "第几期", "12"), Field("汇编单位", "汇编的部门", "县纪委监委信访室"), Field("汇编时间", "汇编的时间", "2026年11月24日09时00分"),
    Field("件数", "来电的件数", "6"), Field("紧急件数", "其中紧急的件数", "1"), Field("已回复件数", "汇编时已回复来电人的件数", "4"),
    Field("来电", "来电，逐件", rows=(
        Field("序号", "序号", "1"), Field("编号", "来电编号", "990101-ZX-2026-0021"), Field("类别", "类别", "低保"),
        Field("紧急", "紧急的写“紧急”，否则为空", ""), Field("地方", "反映的地方", "白鹭镇石桥坳村"), Field("摘要", "摘要", "反映低保没有按时发放"),
        Field("情况", "汇编时的办理情况", "已转办"),
    )),
)  # fmt: skip
EXPRESS_BLOCKS = (
    Words("第{{ 期数 }}期　{{ 汇编时间 }}"),
    Words("本期汇总来电 {{ 件数 }}件，其中紧急 {{ 紧急件数 }}件；截至汇编时，已回复来电人 {{ 已回复件数 }}件。"),
    Sheet("来电", (
        ("序号", "序号", 14), ("编号", "编号", 34), ("类别", "类别", 20), ("地方", "地方", 30), ("摘要", "摘要", 36), ("情况", "情况", 22),
    )),
    Heading("报告的事项", given="正文"),
    Each("正文", "{{ 行.内容 }}"),
)  # fmt: skip


def express_values(row: CallDigest, user: User) -> dict[str, Any]:
    """As things stood when the digest was made. Nothing of it comes from the vault."""
    lines = list(
        row.lines.visible_to(user).select_related("call__category", "call__region").order_by("ordinal")
    )
    return {
        "期数": str(row.issue), "汇编单位": row.desk_unit.name, "汇编时间": moment_words(row.made_for), "件数": str(len(lines)),
        "紧急件数": str(sum(one.call.urgent for one in lines)), "已回复件数": str(sum(one.answered for one in lines)),
        "来电": [
            {
                "序号": str(one.ordinal), "编号": one.call.number or "", "类别": one.call.category.name,
                "紧急": "紧急" if one.call.urgent else "", "地方": one.call.region.name, "摘要": one.call.title, "情况": one.standing,
            }
            for one in lines
        ],
    }  # fmt: skip


def express_first(row: CallDigest, _user: User) -> dict[str, Any]:
    return {"addressee": "机关领导", "signed": row.desk_unit.name, "dated": moment.day_of(row.made_for)}


TALK = (
    Field("对象", "约谈对象：单位，或者单位、职务和姓名", "白鹭镇党委书记王某"), Field("单位", "约谈对象的单位", "白鹭镇"),
    Field("事由", "约谈事由，逐段", rows=PARAGRAPH), Field("约谈事项", "约谈的事项，逐段", rows=PARAGRAPH),
    Field("约谈时间", "约谈的时间", "2026年12月3日09时30分"), Field("约谈地点", "约谈的地点", "县纪委监委第一谈话室"),
    Field("约谈人", "约谈人", "李某"), Field("记录人", "记录人", "赵某"), Field("参加人员", "参加人员；没有的为空", "镇长"),
)  # fmt: skip
TALK_BLOCKS = (
    Words("经研究，决定对{{ 对象 }}进行约谈。现将有关事项通知如下。"),
    Heading("一、约谈事由"),
    Each("事由", "{{ 行.内容 }}"),
    Heading("二、约谈事项"),
    Each("约谈事项", "{{ 行.内容 }}"),
    Heading("三、时间和地点"),
    Words("{{ 约谈时间 }}，{{ 约谈地点 }}。"),
    Words("参加人员：{{ 参加人员 }}。", given="参加人员"),
    Words("请准时参加，准备书面说明。{% if 联系人 %}联系人：{{ 联系人 }}。{% endif %}"),
)


def talk_values(row: Talk, _user: User) -> dict[str, Any]:
    return {
        "对象": row.title.removeprefix("约谈"), "单位": row.unit.name, "事由": paragraphs(row.reason), "约谈事项": paragraphs(row.matters),
        "约谈时间": moment_words(row.talk_at) if row.talk_at else "", "约谈地点": row.place,
        "约谈人": row.talker.display_name if row.talker else "", "记录人": row.recorder.display_name if row.recorder else "",
        "参加人员": row.attendees,
    }  # fmt: skip


def talk_first(row: Talk, user: User) -> dict[str, Any]:
    home = user.home
    return {
        "addressee": row.unit.name, "contact": home.unit.name if home else "", "signed": f"{county_of(row)}纪委监委",
        "dated": moment.day_of(row.notified_at) if row.notified_at else moment.today(),
    }  # fmt: skip


INVITING = frozenset({Role.CASE_MANAGER, Role.SUPERVISION, Role.PATROL_OFFICE, Role.DEPUTY, Role.SECRETARY})
ISSUED = (BulletinState.ISSUED, BulletinState.CORRECTED)
KINDS = (
    Kind(
        code="circular", label="通报", title=lambda row: row.title, asks=("addressee", "demand", "signed", "dated"),
        own_fields=CIRCULAR, blocks=CIRCULAR_BLOCKS, scheme="document", office="通报",
        sources=(
            Source("cases.bulletin", frozenset({Role.CASE_MANAGER}), circular_values, circular_first,
                   when=lambda row: row.state in ISSUED),
        ),
    ),
    Kind(
        code="express", label="快报", title=lambda _row: "扶贫专线快报", asks=("addressee", "opening", "signed", "dated"),
        own_fields=EXPRESS, blocks=EXPRESS_BLOCKS,
        sources=(Source("cases.calldigest", frozenset({Role.PETITION, Role.CASE_MANAGER}), express_values, express_first),),
    ),
    Kind(
        code="talk_notice", label="约谈通知", title=lambda _row: "约谈通知书", asks=("addressee", "contact", "signed", "dated"),
        own_fields=TALK, blocks=TALK_BLOCKS, scheme="document", office="约谈",
        sources=(Source("talks.talk", INVITING, talk_values, talk_first, when=lambda row: row.state in NOTICED),),
    ),
)  # fmt: skip
