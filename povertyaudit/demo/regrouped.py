"""拆分、合并: one item was split, one goes on in another, and one request waits for its decision."""

from povertyaudit.demo import escalations
from povertyaudit.demo.people import Cast
from rectification import services
from rectification.models import Item

NOT_YET_DUE, TOWN = -20, 3
SPLIT = "灌溉渠道没有通水，管护人员报酬没有落实。"
KEPT, MERGED = "村级公益岗位考勤没有记录。", "公益岗位人员名单没有公示。"
WAITS = "扶贫车间闲置，租金没有收取。"
WHY_SPLIT = "前一项是工程整改，后一项是兑付报酬，责任人和进度都不同，分开销号。"
WHY_MERGED = "同为公益岗位管理问题，措施一并落实。"


def make(cast: Cast) -> None:
    unit = cast.town_unit(TOWN)
    made = {
        text: escalations.accepted(cast, unit, NOT_YET_DUE, text) for text in (SPLIT, KEPT, MERGED, WAITS)
    }
    _ask_split(cast, made[SPLIT])
    services.decide_regrouping(made[SPLIT], by=cast.leader, granted=True, note="同意拆分。")
    by = cast.holding("liaison", unit)
    services.request_merge(made[MERGED], by=by, into=made[KEPT], reason=WHY_MERGED)
    services.decide_regrouping(made[MERGED], by=cast.leader, granted=True, note="同意合并。")
    _ask_split(cast, made[WAITS])


def _ask_split(cast: Cast, item: Item) -> None:
    """Each of its two measures becomes an item, named by its half of the problem."""
    first, second = item.problem.rstrip("。").split("，")
    parts = [{"problem": f"{first}。", "measures": [1]}, {"problem": f"{second}。", "measures": [2]}]
    main = item.main_unit
    services.request_split(item, by=cast.holding("unit_head", main), parts=parts, reason=WHY_SPLIT)  # type: ignore[arg-type] # a standing item has one
