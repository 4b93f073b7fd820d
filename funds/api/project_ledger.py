"""The ledger of projects (项目台账): the columns published tables and the store ask for (domain §5.3), one line a project."""

from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from funds.models import FundingLine, Project
from povertyaudit.core.joined import Joined
from povertyaudit.core.ledger import Column, common_columns


def with_columns(projects: QuerySet[Any]) -> QuerySet[Any]:
    """The projects with their sources, one per line: 文号 资金种类 分."""
    words = Concat(
        F("allocation__paper_no"), Value(" "), F("allocation__fund_kind__name"), Value(" "),
        Cast("amount_fen", CharField()), output_field=CharField(),
    )  # fmt: skip
    lines = (
        FundingLine.objects.filter(project=OuterRef("pk")).order_by("pk").annotate(line=words).values("line")
    )
    found: QuerySet[Any] = projects.annotate(ledger_sources=Joined(lines))
    return found


COLUMNS = (
    *common_columns(Project.State.choices),
    Column("title", "项目名称"),
    Column("kind", "项目类别代码", "kind__code"),
    Column("kind_display", "项目类别", "kind__name"),
    Column("year", "计划年度"),
    Column("sources", "资金来源（文号 种类 分）", "ledger_sources"),
    Column("place", "具体地点"),
    Column("content", "建设内容和规模"),
    Column("responsible_unit", "实施单位", "responsible_unit__name"),
    Column("sector_unit", "主管部门", "sector_unit__name"),
    Column("planned_fen", "计划投资（分）"),
    Column("approval_no", "批复文号"),
    Column("approved_on", "批复日期"),
    Column("approved_fen", "批复金额（分）"),
    Column("tender_fen", "中标金额（分）"),
    Column("contractor", "施工（供货）单位"),
    Column("contract_no", "合同编号"),
    Column("contract_fen", "合同金额（分）"),
    Column("retention_fen", "质保金（分）"),
    Column("settled_fen", "审定金额（分）"),
    Column("funded_fen", "安排资金（分）"),
    Column("paid_fen", "已拨付（分）"),
    Column("spent_fen", "已支出（分）"),
    Column("plan_start", "计划开工日期"),
    Column("plan_end", "计划完工日期"),
    Column("stored_on", "入库日期"),
    Column("started_on", "开工日期"),
    Column("completed_on", "完工日期"),
    Column("accepted_on", "验收日期"),
    Column("published_on", "竣工公示日期"),
    Column("asset_no", "资产登记号"),
    Column("households", "受益户数"),
    Column("persons", "受益人数"),
    Column("poor_households", "其中贫困户数"),
    Column("poor_persons", "其中贫困人数"),
    Column("targets", "绩效目标"),
)
