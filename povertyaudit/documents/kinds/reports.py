"""月报表 and 会议材料: figures and text of a report as it was signed. Nothing is counted here."""

from typing import Any

from django.utils import timezone

from povertyaudit.core import moment
from povertyaudit.core.models import Role, User
from povertyaudit.core.papers import day_words
from povertyaudit.documents.engine.fields import Field
from povertyaudit.documents.engine.layout import Each, Heading, Sheet, Words
from povertyaudit.documents.kinds.base import PARAGRAPH, Kind, Source, county_of, numbered, paragraphs
from povertyaudit.reporting.models import Report, ReportKind, ReportState
from povertyaudit.reporting.services.counting import written
from povertyaudit.reporting.services.report_papers import unit

MAKERS = frozenset({Role.CASE_MANAGER, Role.PATROL_OFFICE, Role.DEPUTY, Role.SECRETARY})
FIGURE = (
    Field("序号", "序号", "1"), Field("指标", "指标的名称", "问题线索受理"), Field("单位", "计量单位", "件"),
    Field("本期", "本期的数", "12"), Field("上期", "上期的数；没有的为空", "9"), Field("累计", "本年累计；没有的为空", "86"),
    Field("增减", "比上期增减；没有上期的为空", "增加3"),
)  # fmt: skip
FIELDS = (
    Field("期间", "报表的期间", "2026年10月"),
    Field("统计日期", "统计的日期", "2026年11月1日"),
    Field("签发人", "签发人的姓名", "李某"),
    Field("签发日期", "签发的日期", "2026年11月3日"),
    Field("文字", "报表的文字说明，逐段", rows=PARAGRAPH),
    Field("指标", "报表的数据，逐项", rows=FIGURE),
    Field("变化", "与上期不同的数据，逐项", rows=FIGURE),
)
NOTE = "以上数据统计于 {{ 统计日期 }}，{{ 签发人 }}于 {{ 签发日期 }}签发，编号 {{ 编号 }}；以后的更正在系统中另列。"
COLUMNS = (
    ("序号", "序号", 14), ("指标", "指标", 58), ("单位", "单位", 18), ("本期", "本期", 22), ("上期", "上期", 22),
    ("本年累计", "累计", 22),
)  # fmt: skip
MONTHLY = (Words("报告期：{{ 期间 }}。"), Sheet("指标", COLUMNS), Words(NOTE))
MEETING = (
    Heading("一、总体情况"),
    Each("文字", "{{ 行.内容 }}"),
    Heading("二、与上期相比", given="变化"),
    Each("变化", "{{ 行.指标 }} {{ 行.本期 }}{{ 行.单位 }}，比上期{{ 行.增减 }}{{ 行.单位 }}。"),
    Heading("三、提请研究的事项", given="正文"),
    Each("正文", "{{ 行.内容 }}"),
    Heading("附：数据"),
    Sheet("指标", COLUMNS),
    Words(NOTE),
)


def values(row: Report, _user: User) -> dict[str, Any]:
    """All from the frozen report: the rows may have moved on since."""
    figures = numbered([_figure(one) for one in row.figures.all()])
    return {
        "期间": row.period_words, "统计日期": day_words(timezone.localtime(row.counted_at).date()),
        "签发人": row.signed_by.display_name if row.signed_by else "",
        "签发日期": day_words(row.signed_on) if row.signed_on else "",
        "文字": paragraphs(row.text), "指标": figures,
        "变化": [one for one in figures if one["增减"] not in ("", "持平")],
    }  # fmt: skip


def _figure(one: Any) -> dict[str, str]:
    now, past, year = (written(one.unit, value) for value in (one.value, one.past_value, one.year_value))
    return {
        "指标": one.name,
        "单位": unit(one.unit),
        "本期": now,
        "上期": past,
        "累计": year,
        "增减": _moved(one),
    }


def _moved(one: Any) -> str:
    if one.past_value is None:
        return ""
    by = one.value - one.past_value
    return f"{'增加' if by > 0 else '减少'}{written(one.unit, abs(by))}" if by else "持平"


def first(row: Report, _user: User) -> dict[str, Any]:
    return {"signed": f"{county_of(row)}纪律检查委员会", "dated": row.signed_on or moment.today()}


def _signed(row: Report) -> bool:
    return row.state == ReportState.SIGNED


def _monthly(row: Report) -> bool:
    return _signed(row) and row.kind == ReportKind.MONTH


LABEL = "reporting.report"
KINDS = (
    Kind(
        code="monthly_report", label="月报表", title=lambda row: f"监督工作月报表（{row.period_words}）", letter=False,
        asks=("signed", "dated"), own_fields=FIELDS, blocks=MONTHLY,
        sources=(Source(LABEL, MAKERS, values, first, when=_monthly),),
    ),
    Kind(
        code="meeting_paper", label="会议材料", title=lambda row: f"{row.title}汇报材料", letter=False,
        asks=("opening", "signed", "dated"), own_fields=FIELDS, blocks=MEETING,
        sources=(Source(LABEL, MAKERS, values, first, when=_signed),),
    ),
)  # fmt: skip
