"""Ledgers beside that of the items: measures, papers that brought items, reports of a period."""

from povertyaudit.core.ledger import Column, common_columns
from povertyaudit.core.ledger_columns import of_fields
from rectification.models import Measure, PeriodReport, SourcePaper

_OF_ITEM = (
    Column("item", "整改事项编号", "item__number"),
    Column("item_id", "整改事项标识", "item__public_id"),
)

MEASURE_COLUMNS = (
    Column("id", "标识", "public_id"),
    *_OF_ITEM,
    *of_fields(Measure, "no"),
    Column("version", "版本"),
    Column("region", "区划代码", "item__region_id"),
    Column("region_name", "所属地区", "item__region__path_name"),
    *of_fields(Measure, "state created_at updated_at text due_on unit person"),
    Column("item_due_on", "事项整改时限", "item__due_on"),
)
SOURCE_PAPER_COLUMNS = (
    *common_columns(SourcePaper._meta.get_field("state").choices or ()),
    *of_fields(SourcePaper, "kind title issuer document received_on registered_by"),
)
PERIOD_REPORT_COLUMNS = (
    *common_columns(PeriodReport._meta.get_field("state").choices or ()),
    *_OF_ITEM,
    *of_fields(
        PeriodReport,
        "unit cadence first_day last_day due_on text unchanged unchanged_reason filled_by filled_on signed_by signed_on "
        "returned_reason",
    ),
)
