"""Who has a late item in hand, since which day it is late there, and why: the words of a letter and of a meeting's paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from povertyaudit.core.models import Clock
from povertyaudit.core.render import yuan
from rectification.models import Item, MeasureState, RequestState, State, Step
from rectification.models.escalation import Holder
from rectification.workflow import gaps
from rectification.workflow.who import PRESSED

REVIEW_CLOCK, VERIFY_CLOCK = "item.review", "item.verify"
# What `stand` and `why` read of an item: prefetched, a whole list costs as many questions as one.
BESIDE = (
    "units__unit", "measures", "results", "evidence", "signatures", "extension_requests", "misuse_links__misuse",
)  # fmt: skip


@dataclass(frozen=True)
class Stand:
    """`holder` has the item in hand; the day it missed is `due_on` (that of measure `measure_no`, where not the item's)."""

    holder: str
    due_on: date
    days: int
    measure_no: int | None = None


def stand(item: Any, clocks: Mapping[tuple[int, str], date], today: date) -> Stand:
    """Days count for whoever has it in hand: a reviewer by the date of the review, not by that of the unit.

    `clocks`: (item, code of the rule) → running date. Signatures, measures as prefetched.
    """
    holder = holder_of(item)
    if holder == Holder.MAIN:
        due_on, measure_no = _first_missed(item)
        return Stand(holder, due_on, (today - due_on).days, measure_no)
    code = REVIEW_CLOCK if holder == Holder.LEAD else VERIFY_CLOCK
    due_on = clocks.get((item.pk, code), item.due_on)
    return Stand(holder, due_on, (today - due_on).days)


def holder_of(item: Item) -> str:
    """The unit; the lead unit what was applied for, the body what was reviewed, while the signatures hold."""
    if item.state == State.CLOSURE_APPLIED and item.standing(Step.APPLY):
        return Holder.LEAD
    if item.state == State.SECTOR_REVIEWED and item.standing(Step.APPLY) and item.standing(Step.REVIEW):
        return Holder.BODY
    return Holder.MAIN


def _first_missed(item: Any) -> tuple[date, int | None]:
    """The earliest date among the item and its measures that are still to be carried out."""
    open_ones = [m for m in item.measures.all() if m.due_on is not None and m.state != MeasureState.DONE]
    first = min(open_ones, key=lambda m: (m.due_on, m.no), default=None)
    if first is None or item.due_on <= first.due_on:
        return item.due_on, None
    return first.due_on, first.no


def reasons(items: Sequence[Item], today: date) -> dict[int, str]:
    """Why each of these items (with BESIDE) is late, in one line, by its key. One query."""
    clocks = Clock.objects.running().filter(target_label=Item._meta.label_lower)
    found = clocks.filter(target_id__in=[item.pk for item in items], code__in=(REVIEW_CLOCK, VERIFY_CLOCK))
    due = {(clock.target_id, clock.code): clock.due_on for clock in found}
    return {item.pk: _line(item, due, today) for item in items}


def _line(item: Item, due: Mapping[tuple[int, str], date], today: date) -> str:
    if item.state not in PRESSED:  # late on a day past that a paper was asked for
        return f"现为“{item.get_state_display()}”。"
    return "".join(sentence for _, sentence in why(item, stand(item, due, today), today))


def why(item: Item, where: Stand, today: date) -> list[tuple[str, str]]:
    """(code, sentence) of everything that keeps the item from being done, as it is today."""
    found = [*_dates(item, where)]
    if item.state == State.ISSUED:
        found.append(("not_accepted", f"{item.issued_on} 下发，至今没有签收。"))
    elif where.holder == Holder.LEAD:
        found.append(_waits(item, Step.APPLY, today, "in_review", "主责单位已申请销号，等待牵头单位审核"))
    elif where.holder == Holder.BODY:
        found.append(
            _waits(item, Step.REVIEW, today, "in_verification", "牵头单位已审核，等待督办部门复核验收")
        )
    else:
        found += [*_sent_back(item), *_work(item)]
    return [*found, *_asked(item), *_money(item)]


def _dates(item: Item, where: Stand) -> Iterator[tuple[str, str]]:
    if where.measure_no is not None:
        yield "measure_due", f"第 {where.measure_no} 条措施的完成时限为 {where.due_on}，尚未落实。"
    elif where.holder != Holder.MAIN:
        yield "step_due", f"这一环节的办理时限为 {where.due_on}。"


def _waits(item: Item, step: str, today: date, code: str, words: str) -> tuple[str, str]:
    signature = item.standing(step)
    since = timezone.localtime(signature.signed_at).date() if signature else today
    return code, f"{words}，自 {since} 起已 {(today - since).days} 天。"


def _sent_back(item: Item) -> Iterator[tuple[str, str]]:
    """How often, and how long it lay with the reviewers meanwhile."""
    tried = [s for s in item.signatures.all() if s.step == Step.APPLY and s.voided_verb == "item.send_back"]
    if tried:
        days = sum((s.voided_at - s.signed_at).days for s in tried)
        last = timezone.localtime(max(s.voided_at for s in tried)).date()
        yield (
            "sent_back",
            f"销号申请被退回 {len(tried)} 次，最近一次在 {last}；审核、复核共用 {days} 天。",
        )
    if item.state in (State.CLOSURE_APPLIED, State.SECTOR_REVIEWED):
        yield "void", "申请销号以后内容有改动，签署已失效，等待重新签署申请。"


def _work(item: Item) -> Iterator[tuple[str, str]]:
    """Measures: none, none begun, without result, without evidence; or all shown and nothing applied for."""
    measures = list(item.measures.all())
    total, missing = len(measures), gaps(item)
    if not measures:
        yield "no_measures", "还没有制定整改措施。"
        return
    if not item.results.all() and all(m.state == MeasureState.NOT_STARTED for m in measures):
        yield "not_started", f"{total} 条措施均未启动。"
        return
    untold = set(missing["results"])
    unshown = [no for no in missing["evidence"] if no not in untold]
    if untold:
        yield "no_result", f"{total} 条措施中有 {len(untold)} 条没有成效（{_nos(sorted(untold))}）。"
    if unshown:
        yield "no_evidence", f"{len(unshown)} 条措施已有成效，等待上传佐证材料（{_nos(unshown)}）。"
    if not untold and not unshown and item.state in (State.ACCEPTED, State.RECTIFYING):
        yield "not_applied", "各条措施均有成效和佐证材料，尚未申请销号。"


def _nos(numbers: list[int]) -> str:
    return "、".join(f"第 {no} 条" for no in numbers[:5]) + ("等" if len(numbers) > 5 else "")


def _asked(item: Item) -> Iterator[tuple[str, str]]:
    """The last request for more time: refused, or still with those who decide."""
    asked: Any = max(item.extension_requests.all(), key=lambda one: one.pk, default=None)
    if asked is not None and asked.state == RequestState.REFUSED:
        yield "extension_refused", f"申请延期至 {asked.until}，{asked.decided_on} 未获同意。"
    elif asked is not None and asked.state == RequestState.PENDING:
        yield "extension_pending", f"{asked.asked_on} 申请延期至 {asked.until}，尚未批复。"


def _money(item: Item) -> Iterator[tuple[str, str]]:
    left = [link.misuse.left_fen for link in item.misuse_links.all() if link.misuse.left_fen > 0]
    if left:
        yield "money", f"关联的违规资金尚有 {len(left)} 笔共 {yuan(sum(left))} 元未追缴到位。"
