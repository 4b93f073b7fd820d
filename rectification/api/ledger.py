"""The ledger of items (整改台账): the columns most in use (domain §4.1 no. 2), one line an item."""

from typing import Any

from django.db.models import CharField, Count, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Concat

from povertyaudit.core.joined import Joined
from povertyaudit.core.ledger import Column, common_columns
from rectification.models import (
    Closing,
    Completion,
    Evidence,
    EvidenceKind,
    ItemMisuse,
    ItemSignature,
    ItemUnit,
    Measure,
    ProgressReport,
    Result,
    Source,
    Stage,
    State,
)


def _numbered(model: Any) -> Joined:
    """（1）…（2）… of the measures or the results."""
    line = Concat(Value("（"), Cast("no", CharField()), Value("）"), "text", output_field=CharField())
    return Joined(model.objects.filter(item=OuterRef("pk")).order_by("no").annotate(line=line).values("line"))


def _of_item(model: Any, path: str) -> QuerySet[Any]:
    named = model.objects.filter(item=OuterRef("pk"), **{f"{path}__isnull": False})
    lines: QuerySet[Any] = named.order_by(path).annotate(line=F(path)).values("line")
    return lines


def _count(rows: QuerySet[Any]) -> Any:
    found = rows.filter(item=OuterRef("pk")).order_by().values("item").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(found), 0)


def _sum(path: str) -> Any:
    rows = ItemMisuse.objects.filter(item=OuterRef("pk")).order_by().values("item")
    return Coalesce(Subquery(rows.annotate(n=Sum(path)).values("n")), 0)


def _last(rows: QuerySet[Any], path: str) -> Subquery:
    return Subquery(rows.filter(item=OuterRef("pk")).order_by("-pk").values(path)[:1])


def with_columns(items: QuerySet[Any]) -> QuerySet[Any]:
    """The items with what the ledger shows beside their own fields."""
    units = (
        ItemUnit.objects.filter(item=OuterRef("pk")).order_by("-is_main", "pk").annotate(line=F("unit__name"))
    )
    found: QuerySet[Any] = items.annotate(
        ledger_units=Joined(units.values("line")),
        ledger_measures=_numbered(Measure),
        ledger_results=_numbered(Result),
        ledger_measure_count=_count(Measure.objects.all()),
        ledger_measure_done=_count(Measure.objects.filter(state="done")),
        ledger_evidence=_count(Evidence.objects.all()),
        ledger_rules=_count(Evidence.objects.filter(kind=EvidenceKind.RULE)),
        ledger_progress=_last(ProgressReport.objects.all(), "text"),
        ledger_opinion=_last(ItemSignature.objects.filter(step="verify", voided_at=None), "opinion"),
        ledger_misused=_sum("misuse__amount_fen"),
        ledger_recovered=_sum("misuse__recovered_fen"),
        ledger_stages_met=_count(Stage.objects.filter(outcome="met")),
        ledger_stages=_count(Stage.objects.exclude(signed_by=None)),
        ledger_late=_count(Closing.objects.filter(late=True)),
        ledger_funds=Joined(_of_item(ItemMisuse, "misuse__fund_kind__name").distinct()),
    )
    return found


COLUMNS = (
    *common_columns(State.choices),
    Column("source", "问题来源代码"),
    Column("source_display", "问题来源", "source", choices=list(Source.choices)),
    Column("problem_class", "大类"),
    Column("aspect", "方面"),
    Column("problem", "具体问题"),
    Column("measures", "整改措施", "ledger_measures"),
    Column("measure_count", "措施数", "ledger_measure_count"),
    Column("measure_done", "已落实措施数", "ledger_measure_done"),
    Column("goal", "整改目标"),
    Column("leading_leader", "牵头县领导", "leading_leader__person__name"),
    Column("lead_unit", "牵头单位", "lead_unit__name"),
    Column("units", "责任单位", "ledger_units"),
    Column("responsible_person", "责任人"),
    Column("issued_on", "下发日期"),
    Column("accepted_on", "签收日期"),
    Column("due_on", "整改时限"),
    Column("original_due_on", "原定时限"),
    Column("progress", "进展情况", "ledger_progress"),
    Column("results", "整改成效", "ledger_results"),
    Column("completion", "完成情况代码"),
    Column("completion_display", "完成情况", "completion", choices=list(Completion.choices)),
    Column("unfinished_reason", "未完成原因"),
    Column("evidence_count", "佐证材料数", "ledger_evidence"),
    Column("rule_count", "建章立制数", "ledger_rules"),
    Column("misused_fen", "违规金额（分）", "ledger_misused"),
    Column("recovered_fen", "追缴清退金额（分）", "ledger_recovered"),
    Column("verify_opinion", "验收意见", "ledger_opinion"),
    Column("closed_on", "销号日期"),
    Column("closed_late", "逾期销号"),
    Column("reopened_count", "重新打开次数"),
    Column("stage_goal", "阶段目标"),
    Column("next_stage_on", "下次阶段报告日期"),
    Column("fund_kinds", "资金种类", "ledger_funds"),
    Column("paper", "反馈文件编号", "paper__number"),
    Column("late_closings", "逾期销号次数", "ledger_late"),
    Column("stages_met", "已达到阶段数", "ledger_stages_met"),
    Column("stages_reported", "已报告阶段数", "ledger_stages"),
)
