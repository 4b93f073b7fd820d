"""资金: misuse found, and what was owed, taken, given back to people. Taken and given back are never added up."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, Sum

from funds.models import LedgerEntry, Misuse, MisuseKind, MisuseNature
from funds.querysets import GROUPS, sided
from povertyaudit.reporting.indicators import ways
from povertyaudit.reporting.indicators.base import Indicator
from povertyaudit.reporting.indicators.days import Between, from_to, through, up_to

LAW = "财政违法行为处罚处分条例、本地决定"
KIND = ways.termed("kind", "按问题类型", lambda: MisuseKind.objects.codes())
NATURE = ways.termed("nature", "按问题性质", lambda: MisuseNature.objects.codes())


def _misuse(code: str, name: str, unit: str, counts: str, **more: Any) -> Indicator:
    return Indicator(
        code=code, name=name, unit=unit, counts=counts, period="按发现日期", source=LAW, model=Misuse, path="misuses",
        narrow=lambda: ~Q(state=Misuse.State.VOIDED), during=Between("found_on"), days=from_to("found"),
        ways=(KIND, NATURE), **more,
    )  # fmt: skip


def _books(
    code: str, name: str, counts: str, accounts: tuple[str, ...], group: str, *, debit: bool = True
) -> Indicator:
    """A net sum of entries by the day they were booked: a reversal takes off what it reverses."""
    sign = 1 if debit else -1

    def total(among: Q) -> Any:
        return sign * sided(*accounts, among=among)

    def narrow() -> Q:
        return Q(debit__in=accounts) | Q(credit__in=accounts)

    by_kind = ways.termed("kind", "按问题类型", lambda: MisuseKind.objects.codes(), by="misuse__kind")
    return Indicator(
        code=code, name=name, unit="元", counts=counts, period="按记账日期", source=LAW, model=LedgerEntry,
        path="ledger-entries", narrow=narrow, during=Between("booked_on"), days=from_to("booked"),
        asked={"group": group}, total=total, region="misuse__region_id", ways=(by_kind,),
    )  # fmt: skip


FOUND = _misuse("misuses", "发现违规使用资金", "件", "登记的违规使用资金问题件数。")
FOUND_FEN: Callable[[Q], Any] = lambda among: Sum("amount_fen", filter=among)  # noqa: E731 — a column of the table below
AMOUNT = _misuse("misuse_money", "涉及金额", "元", "发现的违规使用资金问题涉及的金额合计。", total=FOUND_FEN)
OWED = _books("money_owed", "应追缴", "记入应追缴的金额，冲减的已扣除。", ("owed",), "owed", debit=False)
TAKEN = _books(
    "money_taken", "追缴", "收缴到账的金额，冲正的已扣除；退还群众的另计。", GROUPS["taken"], "taken"
)
RETURNED = _books(
    "money_returned",
    "退还群众",
    "退还到农户的金额，冲正的已扣除；不与追缴相加。",
    GROUPS["returned"],
    "returned",
)
OTHERWISE = _books(
    "money_otherwise", "其他处理", "调整用途、核销等其他方式处理的金额。", GROUPS["otherwise"], "otherwise"
)
LEFT = Indicator(
    code="money_open", name="期末未结", unit="元", counts="到期末为止记账的应追缴金额，减去追缴、退还和其他处理以后的余额。",
    period="期末那一天", source=LAW, model=LedgerEntry, path="ledger-entries", during=through("booked_on"),
    days=up_to("booked_to"), total=lambda among: sided("open", among=among), region="misuse__region_id", standing=True,
)  # fmt: skip
INDICATORS = (FOUND, AMOUNT, OWED, TAKEN, RETURNED, OTHERWISE, LEFT)
