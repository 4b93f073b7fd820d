"""督办函 and 提醒函, of a lead or of an item of rectification."""

from datetime import datetime, time
from typing import Any

from django.utils import timezone

from cases.models import Lead
from cases.querysets import ENDED
from povertyaudit.core import clocks, moment
from povertyaudit.core.calendars import NationalCalendar
from povertyaudit.core.deadlines import Period, Unit, due
from povertyaudit.core.models import Role, User
from povertyaudit.documents.engine.fields import Field
from povertyaudit.documents.engine.layout import Each, Words
from povertyaudit.documents.kinds.base import Kind, Source, county_of, day
from rectification.models import UNCOUNTED, Item, State

PRESSERS = frozenset({Role.CASE_MANAGER, Role.SUPERVISION, Role.PATROL_OFFICE, Role.DEPUTY, Role.SECRETARY})
OF_LEADS = frozenset({Role.CASE_MANAGER, Role.DEPUTY, Role.SECRETARY})
REPLY_DAYS, REPLY_AT = 5, time(18)
FIELDS = (
    Field("事项", "事项（线索）的名称", "雨露计划补助没有按期发放"),
    Field("事项类别", "整改事项或者问题线索", "整改事项"),
    Field("承办单位", "主责单位或者承办部门", "白鹭镇"),
    Field("时限", "现在的时限；没有的为空", "2026年11月20日"),
    Field("超期天数", "超期的天数；没有超期的为空", "4"),
    Field("状态", "现在的状态", "整改中"),
)
ASKS = ("addressee", "demand", "reply_by", "contact", "signed", "dated")
MATTER = "你单位承办的{{ 事项类别 }}（{{ 编号 }}）“{{ 事项 }}”，目前{{ 状态 }}。"
DUE = "办理时限为 {{ 时限 }}{% if 超期天数 %}，至今已超期 {{ 超期天数 }} 天{% endif %}。"
REPLY = "请于 {{ 回复时限 }}前书面回复。{% if 联系人 %}联系人：{{ 联系人 }}。{% endif %}"
BLOCKS = (Words(MATTER), Words(DUE, given="时限"), Each("要求", "{{ 行.内容 }}"), Words(REPLY))
PRESS = "请主要负责人亲自督促，限期办理到位，并书面报告办理进展、未按期完成的原因、采取的措施和完成时间。"
REMIND = "请对照时限抓紧办理，有困难的及早说明；办理情况按时报告。"


def lead_values(row: Lead, _user: User) -> dict[str, Any]:
    clock = clocks.due_of(row)
    return _matter(row, "问题线索", row.acting_unit or row.handling_unit, clock.due_on if clock else None)


def item_values(row: Item, _user: User) -> dict[str, Any]:
    due_on = row.next_stage_on if row.state == State.LONG_TERM else row.due_on
    return _matter(row, "整改事项", row.main_unit, due_on)


def _matter(row: Any, what: str, unit: Any, due_on: Any) -> dict[str, Any]:
    late = (moment.today() - due_on).days if due_on else 0
    return {
        "事项": row.title.rstrip("。"), "事项类别": what, "承办单位": unit.name if unit else "", "时限": day(due_on),
        "超期天数": str(late) if late > 0 else "", "状态": row.get_state_display(),
    }  # fmt: skip


def _first(demand: str) -> Any:
    def first(row: Any, user: User) -> dict[str, Any]:
        unit = row.main_unit if isinstance(row, Item) else row.acting_unit or row.handling_unit
        home = user.home
        return {
            "addressee": unit.name if unit else "", "demand": demand, "reply_by": _reply_by(),
            "contact": home.unit.name if home else "", "signed": _sender(row), "dated": moment.today(),
        }  # fmt: skip

    return first


def _sender(row: Any) -> str:
    return str(row.body_unit.name) if isinstance(row, Item) else f"{county_of(row)}纪委监委"


def _reply_by() -> datetime:
    last = due(Period(amount=REPLY_DAYS, unit=Unit.WORKING_DAYS), moment.today(), NationalCalendar()).on
    return timezone.make_aware(datetime.combine(last, REPLY_AT))


def _lead_open(row: Lead) -> bool:
    return row.handling_unit_id is not None and row.state not in ENDED


def _item_open(row: Item) -> bool:
    return row.state not in (State.DRAFT, State.CLOSED, *UNCOUNTED)


def _letter(code: str, label: str, demand: str, *, scheme: str, office: str = "") -> Kind:
    first = _first(demand)
    return Kind(
        code=code, label=label, title=lambda row: f"关于{row._meta.verbose_name}{row}的{label}", own_fields=FIELDS, asks=ASKS, blocks=BLOCKS, scheme=scheme, office=office,
        sources=(
            Source("cases.lead", OF_LEADS, lead_values, first, when=_lead_open),
            Source("rectification.item", PRESSERS, item_values, first, when=_item_open),
        ),
    )  # fmt: skip


KINDS = (
    _letter("press_letter", "督办函", PRESS, scheme="press_letter"),
    _letter("reminder_letter", "提醒函", REMIND, scheme="document", office="提醒函"),
)
