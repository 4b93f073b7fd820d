"""本周要做: what a unit owes by Sunday — items, measures, reports, what was sent back, letters — one list by day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from povertyaudit.core import few, keyset, moment
from povertyaudit.core.models import User
from rectification.models import Item, ItemSignature, ItemUnit, Measure, MeasureState, PeriodReport, State
from rectification.models.escalation import Escalation
from rectification.workflow import ITEM, UNIT, WORKING
from rectification.workflow.periods import PERIOD

AHEAD = 3  # days looked ahead at least, so that a Saturday is not empty
MOST = 100  # lines of one kind: nobody does more in a week
HEADS = ("日期", "要办什么", "内容", "类别", "编号", "期限")
DAYS = "一二三四五六日"


@dataclass(frozen=True)
class Duty:
    """One thing to do. `day`: None where it has none of its own (sent back: as soon as can be).

    Of items `what` and `url` are empty until `_worded`: which verb is offered asks for all that hangs on an item.
    """

    day: date | None
    kind: str  # 整改事项, 整改措施, 定期报告, 督办函
    row: Any  # what its state is shown of
    number: str
    title: str
    what: str = ""
    url: str = ""


def last_day(today: date) -> date:
    """Sunday, or three days ahead."""
    return today + timedelta(days=max(6 - today.weekday(), AHEAD))


def duties(user: User, shown: int | None = None) -> list[Duty]:
    """By day: what is overdue first, then what was sent back, then day by day. As many queries for one as for all.

    Only the first `shown` say what is to be done: the others are counted.
    """
    if not user.roles & UNIT:
        return []
    end = last_day(moment.today())
    measures = list(_measures(user, end))
    told = {duty.row.item_id for duty in measures}
    found: list[Duty] = [
        *measures,
        *(one for make in SOURCES for one in make(user, end) if not _said(one, told)),
    ]
    found.sort(key=_order)
    return [*_worded(found[:shown], user), *(found[shown:] if shown is not None else [])]


def _worded(found: list[Duty], user: User) -> list[Duty]:
    """Those about items with their verb and its address; the rows came through scope a moment ago."""
    items = Item.objects.for_list().in_bulk([one.row.pk for one in found if not one.what])
    return [one if one.what else replace(one, **_act(items[one.row.pk], user)) for one in found]


def _said(duty: Duty, told: set[int]) -> bool:
    """An item whose measure stands in the list already says nothing new, unless it was sent back."""
    return duty.kind == "整改事项" and isinstance(duty.row, Item) and duty.row.pk in told


def _order(duty: Duty) -> tuple[int, date, str]:
    today = moment.today()
    if duty.day is None:
        return 1, today, duty.number
    return (0 if duty.day < today else 2), duty.day, duty.number


def by_day(found: list[Duty]) -> list[tuple[str, list[Duty]]]:
    """`[(已过期限, [...]), (退回补充, [...]), (11月24日 周二, [...])]`."""
    return [(head, list(group)) for head, group in groupby(found, key=lambda one: _head(one.day))]


def _head(day: date | None) -> str:
    today = moment.today()
    if day is None:
        return "退回补充，请尽快办理"
    if day < today:
        return "已过期限"
    words = f"{day.month} 月 {day.day} 日 周{DAYS[day.weekday()]}"
    return f"今天（{words}）" if day == today else words


def finding(number: int) -> str:
    """What the list says, in a sentence."""
    return f"要办 {number} 件：本周日以前（至少三天之内）到期的，退回补充的，待回复的函件。"


def words(heading: str, one: Duty) -> list[str]:
    """A duty as a line of a table, under `HEADS`."""
    day = one.day or one.row.due_on
    return [heading, one.what, one.title, one.kind, one.number, f"{day}" if day else ""]


def _measures(user: User, end: date) -> Iterator[Duty]:
    """Measures of their own date, of items the unit works on."""
    main = ItemUnit.objects.filter(unit__in=user.unit_ids, is_main=True).order_by().values("item")
    ours = Q(unit__in=user.unit_ids) | Q(unit=None, item__in=main)
    keys = Item.objects.unfinished_keys(user)
    seen = (
        Measure.objects.visible_to(user)
        if keys is None
        else Measure.objects.filter(few.one_of(keys, "item_id"))
    )
    rows = seen.exclude(state=MeasureState.DONE).filter(ours, due_on__lte=end, item__state__in=WORKING)
    for row in rows.select_related("item").order_by("due_on", "pk")[:MOST]:
        what = "落实并拍照填报"
        url = f"{row.item.get_absolute_url()}report/?measure={row.public_id}"
        title = " ".join(row.text.split())
        yield Duty(row.due_on, "整改措施", row, str(row.number), title, what, url)


def _items(user: User, end: date) -> Iterator[Duty]:
    """Items whose date comes; long-term ones whose stage report does."""
    rows = Item.objects.unfinished_of(user)
    due = rows.waiting_for(user).filter(due_on__lte=end, state__in=(State.ISSUED, *WORKING))
    for row in keyset.take(due, "due_on", size=MOST).rows:
        yield Duty(row.due_on, "整改事项", row, str(row.number), row.title)
    kept = rows.to_report(user).filter(state=State.LONG_TERM, next_stage_on__lte=end)
    for row in kept.order_by("next_stage_on", "pk")[:MOST]:
        yield Duty(row.next_stage_on, "阶段报告", row, str(row.number), row.title)


def _sent_back(user: User, end: date) -> Iterator[Duty]:
    """Items back in hand because somebody sent them back; those with a date of this week stand there already."""
    back = ItemSignature.objects.filter(item=OuterRef("pk"), voided_verb="item.send_back").order_by(
        "-voided_at"
    )
    rows = Item.objects.unfinished_of(user).waiting_for(user).filter(state=State.RECTIFYING)
    since = rows.annotate(back_at=Subquery(back.values("voided_at")[:1])).filter(back_at__isnull=False)
    for row in since.in_hand().exclude(due_on__lte=end).order_by("-back_at")[:MOST]:
        if moment.day_of(row.back_at) >= row.in_hand_since:
            yield Duty(
                None,
                "退回补充",
                row,
                str(row.number),
                row.title,
                "按退回意见补充",
                f"{row.get_absolute_url()}report/",
            )


def _act(row: Item, user: User) -> dict[str, Any]:
    """What is to be done about the item, and where; with the row as it was read for it."""
    address = row.get_absolute_url()
    if row.state == State.ISSUED:
        return {"row": row, "what": "签收", "url": address}
    report = ITEM.transitions["report"]
    if row.state == State.LONG_TERM:
        step = ITEM.transitions["report_stage"]
        verb = step if step.offered(row, user) else report
        return {"row": row, "what": verb.label, "url": f"{address}{verb.name}/"}
    where = f"{address}report/" if report.offered(row, user) else address
    return {"row": row, "what": "整改并拍照填报", "url": where}


def _reports(user: User, end: date) -> Iterator[Duty]:
    rows = PeriodReport.objects.visible_to(user).waiting_for(user).this_week(moment.today())
    for row in rows.for_list().order_by("due_on", "pk")[:MOST]:
        step = next(iter(PERIOD.offered(row, user)), None)
        verb = "sign" if row.state == "submitted" else step.name if step else ""
        what = PERIOD.transitions[verb].label if verb else "查看"
        url = f"{row.get_absolute_url()}{verb}/" if verb else row.get_absolute_url()
        yield Duty(row.due_on, "定期报告", row, str(row.number), f"{row.title} {row.item.title}", what, url)


def _letters(user: User, end: date) -> Iterator[Duty]:
    """Every letter that waits for an answer, also one due after Sunday: it was sent because something is late already."""
    rows = Escalation.objects.visible_to(user).to_answer(user)
    for row in rows.for_list().order_by("reply_by", "pk")[:MOST]:
        title = f"{row.reply_by_words} 前回复：{row.item.title}"
        yield Duty(
            row.light,
            row.get_step_display(),
            row,
            row.letter_no,
            title,
            "回复",
            f"{row.get_absolute_url()}reply/",
        )


SOURCES: list[Callable[[User, date], Iterator[Duty]]] = [_items, _sent_back, _reports, _letters]
