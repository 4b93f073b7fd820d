"""Ledgers of misused money, its recoveries and the entries of its book. Money in 分; households are not named."""

from funds.models import Allocation, LedgerEntry, Misuse, Recovery, VillageSheet
from povertyaudit.core.ledger import Column, common_columns
from povertyaudit.core.ledger_columns import of_fields

_OF_MISUSE = (
    Column("id", "标识", "public_id"),
    Column("version", "版本"),
    Column("misuse", "违规资金编号", "misuse__number"),
    Column("misuse_id", "违规资金标识", "misuse__public_id"),
    Column("region", "区划代码", "misuse__region_id"),
    Column("region_name", "所属地区", "misuse__region__path_name"),
    Column("created_at", "登记时间"),
    Column("updated_at", "更新时间"),
)

MISUSE_COLUMNS = (
    *common_columns(Misuse.State.choices),
    *of_fields(Misuse, "title kind nature fund_kind amount_fen"),
    Column(
        "owed_fen",
        "应追缴（分）",
        lambda row: row["amount_fen"] + row["adjusted_fen"],
        needs=("amount_fen", "adjusted_fen"),
    ),
    *of_fields(Misuse, "recovered_fen"),
    Column(
        "outstanding_fen",
        "未追缴（分）",
        lambda row: row["amount_fen"] + row["adjusted_fen"] - row["recovered_fen"],
        needs=("amount_fen", "adjusted_fen", "recovered_fen"),
    ),
    *of_fields(Misuse, "responsible_unit found_on how_found period_from period_to description"),
    Column("anchor", "问题类型的依据", "kind__anchor"),
)
RECOVERY_COLUMNS = (
    *_OF_MISUSE,
    Column(
        "state",
        "状态代码",
        lambda row: "standing" if row["voided_at"] is None else "voided",
        needs=("voided_at",),
    ),
    Column(
        "state_display",
        "状态",
        lambda row: "有效" if row["voided_at"] is None else "已作废",
        needs=("voided_at",),
    ),
    *of_fields(Recovery, "kind amount_fen received_on voucher_no destination village voided_at"),
)
ENTRY_COLUMNS = (
    *_OF_MISUSE,
    *of_fields(
        LedgerEntry,
        "no debit credit amount_fen owed_after_fen settled_after_fen open_after_fen booked_on reason",
    ),
    Column("recovery", "追缴凭证号", "recovery__voucher_no"),
    Column("reverses", "冲正的分录序号", "reverses__no"),
)
ALLOCATION_COLUMNS = (
    *common_columns(Allocation._meta.get_field("state").choices or ()),
    *of_fields(
        Allocation, "title paper_no level fund_kind year amount_fen assigned_fen issued_on received_on"
    ),
)
VILLAGE_SHEET_COLUMNS = (
    *common_columns(VillageSheet._meta.get_field("state").choices or ()),
    *of_fields(
        VillageSheet,
        "month unit due_on gaps filled_by submitted_by submitted_on checked_by checked_on checked_text returned_reason",
    ),
)
