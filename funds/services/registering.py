"""登记违规使用资金. Money is in 分 (integer)."""

from datetime import date
from typing import Any

from django.db import transaction

from funds.models import FundKind, Misuse, MisuseKind
from funds.workflow import REGISTERS
from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, Unit, User


@transaction.atomic
def register_misuse(
    *,
    by: User,
    kind: MisuseKind,
    title: str,
    amount_fen: int,
    responsible_unit: Unit,
    how_found: str,
    description: str,
    found_on: date | None = None,
    region: Region | None = None,
    lead: Any = None,
    fund_kind: FundKind | None = None,
    note: str = "",
) -> Misuse:
    """登记违规使用资金 of `amount_fen` (分). The region is the unit's where none is given. Raises NotAllowed, RuleBroken."""
    post = by.post_as(REGISTERS)
    if post is None:
        raise NotAllowed("register_misuse.role", "违规使用资金由财政部门或者监督检查室登记。")
    place = region or responsible_unit.region
    if place.county_code() != responsible_unit.region.county_code():
        raise RuleBroken("register_misuse.region", "所属地区与责任单位不在同一个县，请核对。", field="region")
    day = found_on or moment.today()
    if day > moment.today():
        raise RuleBroken("register_misuse.future", "发现日期不能晚于今天，请核对。", field="found_on")
    then = MisuseKind.objects.of_day(kind, day)
    if then is None:
        raise RuleBroken(
            "register_misuse.kind", "该问题类型在发现之日尚未施行或者已经停用，请重新选择。", field="kind"
        )
    fund = _fund_kind_on(fund_kind, day)
    misuse = Misuse(
        kind=then, fund_kind=fund, title=title, amount_fen=amount_fen, responsible_unit=responsible_unit, found_on=day,
        how_found=how_found, description=description, region=place, lead=lead,
        number=numbering.take("misuse", place, post.unit.office_code),
    )  # fmt: skip
    return rows.create(misuse, verb="misuse.register_misuse", by=by, note=note)


def _fund_kind_on(kind: FundKind | None, day: date) -> FundKind | None:
    """The kind of money as it was called on the day. Raises RuleBroken where there was none of the kind."""
    then: FundKind | None = kind and FundKind.objects.of_day(kind, day)
    if kind is not None and then is None:
        text = "该资金种类在发现之日尚未设立或者已经停用，请重新选择。"
        raise RuleBroken("register_misuse.fund_kind", text, field="fund_kind")
    return then
