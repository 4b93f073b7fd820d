"""Why an item is late, in words out of its rows: nothing begun, waiting for evidence, sent back, waiting for others."""

from typing import Any

from rectification.models import Item, MeasureState, State
from rectification.workflow import gaps, pending_request

BESIDE = ("measures", "results", "evidence", "signatures", "extension_requests", "units__unit")


def with_reasons(rows: Any) -> Any:
    """Items with all that `why` reads: a fixed number of questions for a whole list."""
    return rows.select_related("lead_unit").prefetch_related(*BESIDE)


def why(item: Item) -> str:
    """One line; the first words are about who has it in hand."""
    found = [_in_hand(item)]
    times = sum(
        1 for one in item.signatures.all() if one.step == "apply" and one.voided_verb == "item.send_back"
    )
    if times:
        found.append(f"已退回 {times} 次")
    if pending_request(item):
        found.append("已申请延期，待批")
    return "；".join(words for words in found if words)


def _in_hand(item: Item) -> str:
    if item.state == State.ISSUED:
        return "没有签收"
    if item.state == State.CLOSURE_APPLIED:
        return f"已申请销号，待{item.lead_unit.name}审核"
    if item.state == State.SECTOR_REVIEWED:
        return "牵头单位已审核，待复核"
    if item.state in (State.CLOSED, State.LONG_TERM):
        return f"现为{item.get_state_display()}"  # asked about a day past
    return _work(item)


def _work(item: Item) -> str:
    measures = list(item.measures.all())
    if not measures:
        return "没有整改措施"
    if all(one.state == MeasureState.NOT_STARTED for one in measures):
        return "措施没有启动"
    open_ = sum(one.state != MeasureState.DONE for one in measures)
    if open_:
        return f"{open_}/{len(measures)} 条措施没有落实"
    lacking = gaps(item)
    if lacking["evidence"]:
        return f"{len(lacking['evidence'])} 条措施缺佐证材料"
    return f"{len(lacking['results'])} 条措施缺成效" if lacking["results"] else "措施已落实，没有申请销号"
