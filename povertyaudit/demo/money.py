"""Misused money of the demonstration and what came back of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from funds import services
from funds.models import FundKind, MisuseKind, MisuseNature, Recovery, Relief
from povertyaudit.core import moment
from povertyaudit.core.models import Unit
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

WAN = 1_000_000  # 万元 in 分


@dataclass(frozen=True)
class Sum:
    """One misuse: kind, what happened, the sum in 分, the township, and what came back (分, how, days before today)."""

    key: str
    code: str
    title: str
    text: str
    fen: int
    town: int
    how: str
    ago: int
    back: tuple[tuple[int, str, int], ...] = ()
    fund: str = "LINKAGE"


SUMS = (
    Sum("loan", "DIVERT", "挪用产业资金出借周转", "把已下达的产业资金借给乡镇周转，借款到期没有归还。", 90 * WAN, 2,
        "inspection", 311, ((36 * WAN, Recovery.Kind.TREASURY, 180),), "POOLED"),
    Sum("lent", "NO_PLAN", "未经批复出借专项资金建示范点", "在没有批复计划的情况下，把专项资金借给乡镇建设示范点。", 150 * WAN, 3, "inspection", 310,
        ((150 * WAN, Recovery.Kind.TREASURY, 205),), "POOLED"),
    Sum("lent2", "NO_PLAN", "未经批复出借专项资金建示范点", "与另一乡镇同批出借，用于示范点道路硬化。", 150 * WAN, 9, "inspection", 310,
        ((150 * WAN, Recovery.Kind.TREASURY, 200),), "POOLED"),
    Sum("scope", "OUT_OF_SCOPE", "超范围使用整村推进资金", "四个村把整村推进资金用于村部装修和购置办公设备。", 42_500_000, 5, "audit", 305,
        ((42_500_000, Recovery.Kind.TREASURY, 210),)),
    Sum("bridge", "OUT_OF_SCOPE", "产业资金用于修建桥梁", "产业发展资金被用于乡镇新建桥梁工程。", 150 * WAN, 4, "audit", 305,
        ((100 * WAN, Recovery.Kind.TREASURY, 230), (50 * WAN, Recovery.Kind.REPURPOSED, 190)), "COUNTY"),
    Sum("roads", "NOT_BUILT", "十二条产业路项目无法实施", "项目选址与规划冲突，十二条产业路的资金一直闲置，取消计划另行安排。", 660 * WAN, 8, "inspection", 300,
        ((660 * WAN, Recovery.Kind.CANCELLED, 195),), "POOLED"),
    Sum("gifts", "EXTORT", "办理补助时收受礼金", "村干部在办理补助手续时收受群众礼金、香烟，自查时主动上交。", 26_890_000, 6, "self_check", 140,
        ((26_890_000, Recovery.Kind.VOLUNTEERED, 130),)),
    Sum("kin", "FAVORITISM", "不符合条件的亲属领取补助", "村干部的儿子有固定工作，仍以困难户名义领取补助。", 460_000, 7, "matching", 150,
        ((460_000, Recovery.Kind.RETURNED, 120),)),
    Sum("overpay", "OVERPAY", "产业路超进度支付工程款", "工程完成六成，已支付九成工程款，多付部分尚未扣回。", 8_600_000, 3, "finance", 24),
    Sum("dead", "FRAUD_CLAIM", "已故人员补贴未及时停发", "比对发现七人去世后补贴继续发放，部分已被取走。", 1_120_000, 2, "matching", 40,
        ((700_000, Recovery.Kind.COMPENSATED, 12),)),
)  # fmt: skip


NATURES = {"EXTORT": "CORRUPTION", "FRAUD_CLAIM": "CORRUPTION", "FAVORITISM": "CORRUPTION", "NOT_BUILT": "INACTION",
           "DELAY": "INACTION"}  # fmt: skip


def story(
    cast: Cast, one: Sum, diary: Diary, found: dict[str, Any], unit: Unit, desk: str = "finance"
) -> Iterator[datetime]:
    """Registered, then each recovery on its day; the bridge's second voucher is first entered wrongly and voided."""
    yield diary.ago(one.ago)
    by = cast.users[desk]
    found[one.key] = services.register_misuse(
        by=by, kind=MisuseKind.objects.get(code=one.code), title=one.title, amount_fen=one.fen, responsible_unit=unit,
        found_on=moment.today() - timedelta(days=3), how_found=one.how, description=one.text,
        fund_kind=FundKind.objects.get(code=one.fund), nature=MisuseNature.objects.get(code=NATURES.get(one.code, "MISCONDUCT")),
    )  # fmt: skip
    for number, (fen, kind, ago) in enumerate(one.back, start=1):
        yield diary.ago(ago)
        values: dict[str, Any] = {
            "kind": kind, "received_on": moment.today(), "destination": DESTINATIONS[kind]
        }  # fmt: skip
        if kind == Recovery.Kind.RETURNED:
            values |= {"household": "陶有田", "village": cast.places.villages_of(unit.region)[0]}
        voucher = f"QH{moment.today():%Y%m%d}-{number:02}"
        if one.key == "bridge" and number == 2:
            row = services.record_recovery(
                found[one.key], by=by, amount_fen=5 * WAN, voucher_no=f"{voucher}X", **values
            )
            wrong = row.recoveries.get(voucher_no=f"{voucher}X")
            services.void_recovery(row, by=by, recovery=wrong, note="金额少录一个零，重新登记。")
        found[one.key] = services.record_recovery(
            found[one.key], by=by, amount_fen=fen, voucher_no=voucher, **values
        )
    yield from after(cast, one, diary, found)


def after(cast: Cast, one: Sum, diary: Diary, found: dict[str, Any]) -> Iterator[datetime]:
    """A household that is asked, a request that waits, one that was granted."""
    if one.key == "kin":
        yield diary.ago(60)
        row = found[one.key].recoveries.get()
        services.confirm_return(
            found[one.key], by=cast.inspector2, recovery=row, result="received", way="home"
        )
    if one.key in RELIEFS:
        kind, fen, basis, reason = RELIEFS[one.key]
        yield diary.ago(9)
        found[one.key] = services.request_relief(
            found[one.key], by=cast.finance, kind=kind, amount_fen=fen, basis=basis, reason=reason
        )
    if one.key == "dead":
        yield diary.ago(6)
        row = services.decide_relief(
            found[one.key], by=cast.leader, granted=True, note="情况属实，同意核销。"
        )
        lines = [{"household": "荀守田", "amount_fen": 60_000}, {"household": "荀小满", "amount_fen": 45_000}]
        said = "退给同期被误停补贴的两户，发放前核对。"
        services.stage_returns(row, by=cast.finance, voucher_no="青财社发放表7", lines=lines, note=said)


RELIEFS = {
    "overpay": (Relief.Kind.REDUCTION, 600_000, "青建审〔2026〕4号", "经复核，已完工程的结算价高于原估，多付部分减少。"),
    "dead": (Relief.Kind.WRITE_OFF, 120_000, "青财会纪〔2026〕2号", "一户无继承人、无遗产，款项确实无法追回。"),
}  # fmt: skip


DESTINATIONS: dict[str, str] = {
    Recovery.Kind.TREASURY: "收回县财政，转为到户奖补和贷款贴息", Recovery.Kind.CLEARED: "清退回产业资金专户",
    Recovery.Kind.RETURNED: "退还应享受补助的农户", Recovery.Kind.REPURPOSED: "调整用于到户奖补和贷款贴息", 
    Recovery.Kind.CANCELLED: "取消项目计划，资金收回统筹安排", Recovery.Kind.VOLUNTEERED: "上交县纪委监委暂存款专户", Recovery.Kind.COMPENSATED: "责令经手人退赔，缴入县国库",
}  # fmt: skip


def stories(cast: Cast, diary: Diary, found: dict[str, Any]) -> list[Iterator[datetime]]:
    return [story(cast, one, diary, found, cast.town_unit(one.town)) for one in SUMS]


def neighbour_stories(cast: Cast, diary: Diary) -> list[Iterator[datetime]]:
    one = Sum(
        "theirs",
        "DELAY",
        "产业奖补资金滞留",
        "奖补资金在乡镇滞留五个月没有发放。",
        23 * WAN,
        2,
        "audit",
        30,
        ((9 * WAN, Recovery.Kind.RETURNED, 8),),
    )
    found: dict[str, Any] = {}
    return [story(cast, one, diary, found, cast.town_unit(2), "neighbourfinance")]
