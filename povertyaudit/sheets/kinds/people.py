"""被反映人 of leads that are there, 账号, 单位."""

from typing import Any

from cases.forms.people import PersonForm
from cases.models import Lead, LeadSubject
from cases.services import people
from cases.workflow import LEAD
from povertyaudit.core import administering, unit_changes
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.forms import NumberField
from povertyaudit.core.forms.accounts import NewAccountForm
from povertyaudit.core.forms.places import FoundUnitForm
from povertyaudit.core.models import Role, UnitChange, User
from povertyaudit.sheets.columns import Column, of_form
from povertyaudit.sheets.kinds.base import Kind, Values

PERSON_NAMES = (
    "name", "unit_text", "post_text", "kind", "principal", "number_one", "category", "style", "rank_text", "rank_kind",
    "managed_by", "congress_seat", "cppcc_seat", "id_number", "gender", "birth_month", "ethnicity", "education",
    "political_status", "party_entry_month",
)  # fmt: skip
PERSON_ALSO = {
    "name": ("被反映人", "被反映人姓名"), "unit_text": ("单位", "所在单位", "工作单位及职务"), "post_text": ("现任职务",),
    "kind": ("人员类别",), "principal": ("是否一把手",), "rank_text": ("职务职级",), "id_number": ("身份证", "身份证号码", "公民身份号码"),
    "birth_month": ("出生日期", "出生时间"), "education": ("文化程度",), "party_entry_month": ("入党时间",),
}  # fmt: skip


def person_columns() -> list[Column]:
    form = PersonForm()
    form.fields["kind"].required = False
    lead = NumberField(
        Lead.objects.all(), label="线索编号", required=True, help_text="此人是哪一件线索的被反映人。",
        error_messages={"required": "请填写线索编号。"},
    )  # fmt: skip
    return [Column("lead", lead, ("编号", "问题线索编号")), *of_form(form, PERSON_NAMES, also=PERSON_ALSO, examples={
        "name": "柏某", "unit_text": "石桥坳村", "post_text": "村委会委员", "kind": "村（社区）干部",
    })]  # fmt: skip


def _filled(values: Values) -> Values:
    said = {
        name: "" if value is None and name not in ("category", "style", "managed_by") else value
        for name, value in values.items()
    }
    if not said.get("kind"):
        said.pop("kind", None)
    return said


def add_person(*, by: User, lead: Lead, **values: Any) -> LeadSubject:
    done = people.add_subject(lead, by=by, **_filled(values))
    return done.subjects.latest("pk")


def find_person(by: User, values: Values) -> LeadSubject | None:
    """The person of this name and unit the lead has already."""
    same = values["lead"].subjects.filter(name=values["name"])
    if values.get("unit_text"):
        same = same.filter(unit_text=values["unit_text"])
    found: LeadSubject | None = same.order_by("pk").first()
    return found


def amend_person(
    row: LeadSubject, *, by: User, expected_version: int | None = None, **values: Any
) -> LeadSubject:
    people.amend_subject(row.lead, by=by, subject=row, **_filled(values))
    row.refresh_from_db()
    return row


def remove_person(row: LeadSubject, *, by: User, note: str) -> Any:
    return people.remove_subject(row.lead, by=by, subject=row, note=note)


PERSONS = Kind(
    "persons", "被反映人", "/leads/", LeadSubject, person_columns,
    lambda user: bool(user.roles & LEAD.transitions["add_subject"].roles), add_person, amend_person, remove_person,
    find=find_person, fixed=frozenset({"lead"}), read={"id_number": lambda row: ""}, doubled=("lead", "name", "unit_text"),
)  # fmt: skip

ACCOUNT_NAMES = ("name", "username", "phone", "email")
ACCOUNT_ALSO = {
    "name": ("人员姓名",),
    "username": ("用户名", "登录名"),
    "phone": ("电话", "手机", "手机号"),
    "email": ("邮箱",),
}


def account_columns() -> list[Column]:
    found = of_form(
        NewAccountForm(), ACCOUNT_NAMES, also=ACCOUNT_ALSO, examples={"name": "柏某", "username": "baimou"}
    )
    return [Column(one.name, one.field, one.aliases, one.example, must=one.name == "name") for one in found]


def create_account(*, by: User, **values: Any) -> User:
    """The one-time password is known to nobody: it is reset when the account is handed to its person."""
    said: dict[str, Any] = {name: value or "" for name, value in values.items()}
    return administering.create_account(by=by, **said).account


def deactivate(row: User, *, by: User, note: str) -> Any:
    return administering.deactivate(row, by=by, note=note)


USERS = Kind(
    "users", "账号", "/accounts/", User, account_columns, lambda user: Role.SYSADMIN in user.roles, create_account,
    None, deactivate, doubled=("username",), row_url="/accounts/",
)  # fmt: skip

UNIT_NAMES = ("name", "kind", "region", "parent", "office_code", "effective_on", "basis")
UNIT_ALSO = {
    "name": ("名称", "单位全称"), "kind": ("单位类别", "类型"), "region": ("地区", "所在地区"), "parent": ("主管单位",),
    "office_code": ("代字",), "effective_on": ("设立日期", "启用日期"), "basis": ("依据", "文号"),
}  # fmt: skip


def unit_columns() -> list[Column]:
    return of_form(FoundUnitForm(), UNIT_NAMES, also=UNIT_ALSO, examples={
        "name": "县乡村振兴服务中心", "kind": "县直部门", "region": "青禾县", "effective_on": "2026-01-01",
    })  # fmt: skip


def found_unit(*, by: User, **values: Any) -> UnitChange:
    for name in ("office_code", "basis"):
        values[name] = values.get(name) or ""
    if not values["kind"]:
        raise RuleBroken("sheet.kind", "请填写类别。", field="kind")
    return unit_changes.found(by=by, **values)


UNITS = Kind(
    "units", "单位", "/units/", UnitChange, unit_columns, lambda user: Role.CASE_MANAGER in user.roles, found_unit,
    None, unit_changes.withdraw, doubled=("region", "name"), row_url="/unit-changes/",
)  # fmt: skip
