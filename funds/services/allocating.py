"""The verbs of allocations: 登记下达, 作废. Money is in 分."""

from datetime import date

from django.db import transaction

from funds.models import Allocation, FundKind
from funds.services import slips
from funds.workflow.allocations import ALLOCATION, FUND_DESK
from povertyaudit.core import moment, numbering, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Region, User


@transaction.atomic
def register_allocation(
    *, by: User, title: str, paper_no: str, level: str, fund_kind: FundKind, amount_fen: int, issued_on: date,
    received_on: date | None = None, year: int | None = None, sum_checked: bool = False, note: str = "",
) -> Allocation:  # fmt: skip
    """登记资金下达 of `amount_fen` (分) to the county of the fund desk. Raises NotAllowed, RuleBroken."""
    post = by.post_as(FUND_DESK)
    if post is None:
        raise NotAllowed("register_allocation.role", "资金下达文件由财政部门登记。")
    county = Region.objects.get(code=post.region.county_code())
    received = received_on or moment.today()
    if received > moment.today():
        raise RuleBroken("allocation.future", "收到日期不能晚于今天，请核对。", field="received_on")
    if received < issued_on:
        raise RuleBroken("allocation.order", "收到日期不能早于下达日期，请核对。", field="received_on")
    then = FundKind.objects.of_day(fund_kind, issued_on)
    if then is None:
        text = "该资金种类在下达之日尚未设立或者已经停用，请重新选择。"
        raise RuleBroken("allocation.kind", text, field="fund_kind")
    same = Allocation.objects.open().filter(region=county, paper_no=paper_no, fund_kind__code=then.code)
    if same.exists():
        text = f"文号“{paper_no}”的{then}已经登记，请核对是否重复。"
        raise RuleBroken("allocation.twice", text, field="paper_no")
    usual = Allocation.objects.filter(region=county).order_by("-pk").values_list("amount_fen", flat=True)
    slips.ask(amount_fen, usual[: slips.MOST], checked=sum_checked, field="amount_fen")
    row = Allocation(
        region=county, title=title, paper_no=paper_no, level=level, fund_kind=then, amount_fen=amount_fen,
        issued_on=issued_on, received_on=received, year=year or issued_on.year,
        number=numbering.take("allocation", county, "XD"),
    )  # fmt: skip
    return rows.create(row, verb="allocation.register_allocation", by=by, note=note)


def revoke(
    allocation: Allocation, *, by: User, note: str = "", expected_version: int | None = None
) -> Allocation:
    """作废 a paper entered by mistake, with the reason; never one that gives money to a project."""
    done: Allocation = ALLOCATION.apply(
        allocation, "revoke", by=by, note=note, expected_version=expected_version
    )
    return done
