"""整改: items issued, crossed off, open and late; look-backs; measures. Split and merged items are not counted twice."""

from typing import Any

from django.db.models import Q

from inspections.models import Round
from povertyaudit.reporting.indicators import ways
from povertyaudit.reporting.indicators.base import Indicator
from povertyaudit.reporting.indicators.days import Between, at_end, from_to
from rectification import standing
from rectification.look_back_querysets import RELAPSES, RESULTS
from rectification.models import Item, LookBackCheck, Source

LOCAL = "本地决定（整改一项销号一项）"
REGULAR = "巡视工作条例（整改期限）、本地决定"
WAYS = (
    ways.named("round", "按轮次", Round, by="finding__round"),
    ways.chosen("source", "按问题来源", Source.choices),
    ways.unit("lead_unit", "按牵头单位", "lead_unit"),
)


def _known() -> Q:
    return standing.NOT_SECRET


def _standing(code: str, name: str, word: str, counts: str) -> Indicator:
    """As things stood when the last day of the period was over."""

    def days(span: Any) -> dict[str, str]:
        return {"as_of": span.last.isoformat()} if span.last else {}

    return Indicator(
        code=code, name=name, unit="项", counts=counts, period="期末那一天", source=REGULAR, model=Item, path="items",
        during=at_end(lambda day: standing.conditions(day)[word]), days=days, asked={"standing": word}, ways=WAYS,
        known=_known, standing=True,
    )  # fmt: skip


ISSUED = Indicator(
    code="items_issued", name="下发整改事项", unit="项", counts="期间内下发的整改事项数；拆分、并入以后的原事项不计。",
    period="按下发日期", source=LOCAL, model=Item, path="items", narrow=lambda: standing.ISSUED,
    during=Between("issued_on"), days=from_to("issued"), asked={"standing": "issued"}, ways=WAYS, known=_known,
)  # fmt: skip
CLOSED = Indicator(
    code="items_closed", name="销号", unit="项", counts="期间内复核签署销号、现在仍是已销号的事项数；重新打开的不计。",
    period="按销号日期", source=LOCAL, model=Item, path="items", narrow=lambda: Q(state="closed"),
    during=Between("closed_on"), days=from_to("closed"), asked={"standing": "closed"}, ways=WAYS, known=_known,
)  # fmt: skip
ALL = _standing(
    "items_all", "已下发整改事项（累计）", "issued", "到期末为止下发的全部整改事项数，含已销号和长期坚持。"
)
ALL_CLOSED = _standing("items_all_closed", "已销号（累计）", "closed", "到期末为止已经销号的整改事项数。")
OPEN = _standing("items_open", "未销号整改事项", "open", "期末没有销号的整改事项数；长期坚持的不计。")
LATE = _standing(
    "items_late", "超期未销号", "late", "期末没有销号并且已过整改时限的事项数；公示期间不算超期。"
)
CHECKS = Indicator(
    code="look_backs", name="回头看核查", unit="项", counts="有核查结果的回头看项数。", period="按核查日期", source=LOCAL,
    model=LookBackCheck, path="look-back-checks", narrow=lambda: Q(state__in=RESULTS),
    during=Between("visited_on"), days=from_to("visited"), asked={"standing": "result"},
)  # fmt: skip
RELAPSED = Indicator(
    code="look_backs_relapsed", name="回头看认定反弹", unit="项", counts="回头看核查认定反弹的项数。", period="按核查日期",
    source=LOCAL, model=LookBackCheck, path="look-back-checks", narrow=lambda: Q(state__in=RELAPSES),
    during=Between("visited_on"), days=from_to("visited"), asked={"standing": "relapsed"},
)  # fmt: skip
INDICATORS = (ISSUED, CLOSED, ALL, ALL_CLOSED, OPEN, LATE, CHECKS, RELAPSED)
