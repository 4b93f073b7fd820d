"""Ledgers of rounds and what they found. A secret round is in them for those alone who see it."""

from inspections.models import Finding, ImmediateNotice, Opinion, Round
from povertyaudit.core.ledger import Column, common_columns
from povertyaudit.core.ledger_columns import of_fields

_OF_ROUND = (
    Column("round", "巡察轮次编号", "round__number"),
    Column("round_name", "巡察轮次", "round__name"),
)

ROUND_COLUMNS = (
    *common_columns(Round.State.choices),
    *of_fields(
        Round,
        "name session ordinal kind body_kind run_by authorisation starts_on ends_on finished_on closed_on secret "
        "window_months window_rule plan_amount plan_unit report_amount report_unit periods_rule ordered_by "
        "approved_by campaign",
    ),
    Column("object_count", "巡察对象数"),
    Column("finding_count", "发现问题数"),
)
FINDING_COLUMNS = (
    *common_columns(Finding.State.choices),
    *_OF_ROUND,
    Column("object", "巡察对象", "object__name"),
    Column("point", "专题要点", "point__text"),
    *of_fields(
        Finding,
        "problem_class category aspect text articles unit lead_unit found_on amount_fen suggestion immediate",
    ),
)
OPINION_COLUMNS = (
    *common_columns(Opinion.State.choices),
    *_OF_ROUND,
    *of_fields(
        Opinion,
        "finding kind unit text sent_on answered_on answered_by answer_text accepted_on return_reason",
    ),
)
IMMEDIATE_COLUMNS = (
    *common_columns(ImmediateNotice.State.choices),
    *_OF_ROUND,
    *of_fields(
        ImmediateNotice,
        "finding unit text demand issued_by issued_on reported_on reported_by closing_text closed_on return_reason",
    ),
)
