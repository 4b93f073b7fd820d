"""问题线索: registered by the desk whose channel it is. Who complained never comes in a list: such columns are not taken."""

from collections.abc import Sequence
from typing import Any

from cases import services
from cases.filters import LeadFilter
from cases.forms.people import PersonForm
from cases.forms.registering import RegisterForm
from cases.models import Lead
from cases.services import amending, registering
from cases.services.registering_many import Registering
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.forms import CleanLineField
from povertyaudit.core.models import User
from povertyaudit.sheets.columns import Column, numbered, of_form
from povertyaudit.sheets.kinds.base import Kind, Values

NAMES = (
    "channel", "kind", "received_on", "identity_status", "region", "category", "style", "amount_fen", "title", "text",
    "result_due_on", "check_note",
)  # fmt: skip
PERSON = ("unit_text", "post_text")
ALSO = {
    "channel": ("来源", "线索来源", "信访形式", "举报方式"), "kind": ("信访类型", "线索类型"),
    "received_on": ("受理时间", "来件日期", "收件日期", "登记日期", "举报时间"), "identity_status": ("是否实名", "署名", "实名匿名"),
    "region": ("属地", "问题发生地", "所属地区", "被反映人所在地"), "category": ("类别", "问题性质", "违纪类别"), "style": ("作风问题类别",),
    "amount_fen": ("涉及金额", "金额", "涉案金额"), "title": ("摘要", "问题摘要", "反映问题", "线索名称", "标题"),
    "text": ("主要问题", "反映内容", "问题内容", "反映的问题", "内容摘要", "主要内容"), "result_due_on": ("报结果日期", "要求报结果日期"),
    "check_note": ("核对情况",),
}  # fmt: skip
EXAMPLES = {
    "channel": "来信", "kind": "检举控告", "received_on": "2026-11-20", "identity_status": "匿名", "region": "柳溪镇石桥坳村",
    "amount_fen": "12000.00", "title": "反映虚报冒领公益岗位补助的问题", "text": "反映石桥坳村 2025 年有人虚报公益岗位三个，冒领补助。",
}  # fmt: skip
MOST_PERSONS = 20


def columns() -> list[Column]:
    form = RegisterForm()
    for name in ("kind", "identity_status"):
        form.fields[name].required = False
    person = PersonForm()
    persons = CleanLineField(
        label="被反映人", max_length=400, required=False, help_text="几个人的用顿号隔开；单位、职务填第一人的。",
    )  # fmt: skip
    return [
        numbered("线索编号"), *of_form(form, NAMES, also=ALSO, examples=EXAMPLES),
        Column("persons", persons, ("被反映人姓名", "被举报人", "被检举控告人"), "柏某"),
        Column("unit_text", person.fields["unit_text"], ("被反映人单位", "被反映人工作单位", "单位", "单位及职务")),
        Column("post_text", person.fields["post_text"], ("被反映人职务", "职务职级")),
    ]  # fmt: skip


def _arranged(values: Values) -> Values:
    """The persons as the register takes them; what is left open as the form leaves it."""
    said = dict(values)
    names = [
        one
        for one in (said.pop("persons", "") or "").replace("，", "、").replace(",", "、").split("、")
        if one.strip()
    ]
    more = {name: said.pop(name, "") or "" for name in PERSON}
    subjects: list[dict[str, Any]] = [{"name": one.strip()[:60]} for one in names[:MOST_PERSONS]]
    if subjects:
        subjects[0] |= more
    said["kind"], said["identity_status"] = (
        said.get("kind") or "complaint",
        said.get("identity_status") or "anonymous",
    )
    said["check_note"], said["text"] = said.get("check_note") or "", said.get("text") or ""
    return said | {"subjects": subjects}


def register(*, by: User, **values: Any) -> Lead:
    said = _arranged(values)
    note = said.pop("check_note")
    return registering.register(by=by, check_note=note or None, **said)


class Together:
    def __init__(self, by: User) -> None:
        self.registering = Registering(by)

    def ready(self, given: Sequence[Values]) -> Sequence[Any]:
        return self.registering.ready([_arranged(values) for values in given])

    def judged(self, given: Sequence[Values]) -> Sequence[Any]:
        return self.registering.judged([_arranged(values) for values in given])

    def made(self, given: Sequence[Values]) -> Sequence[Any]:
        return self.written(self.ready(given))

    def written(self, ready: Sequence[Any]) -> Sequence[Any]:
        return self.registering.written(ready)


def amend(row: Lead, **values: Any) -> Lead:
    if {"persons", *PERSON} & set(values):
        raise RuleBroken(
            "sheet.persons", "被反映人请在线索页面更正，或者用“被反映人”表格导入。", field="persons"
        )
    return amending.amend(row, **values)


def _persons(row: Lead) -> str:
    return "、".join(one.name for one in row.subjects.all())


def _first(name: str) -> Any:
    return lambda row: next((getattr(one, name) for one in row.subjects.all()), "")


LEADS = Kind(
    "leads", "问题线索", "/leads/", Lead, columns, lambda user: bool(user.roles & set(registering.CHANNELS)), register, amend,
    services.void, Together, fixed=frozenset({"channel", "received_on", "identity_status", "result_due_on"}),
    fetched=lambda rows: rows.select_related("region", "category", "style").prefetch_related("subjects"),
    read={"persons": _persons, **{name: _first(name) for name in PERSON}}, row_url="/leads/", filters=LeadFilter,
    doubled=("region", "received_on", "title", "persons"),
)  # fmt: skip
