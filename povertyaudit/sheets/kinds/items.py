"""整改事项 with their measures: drafts, registered by whoever registers items of that source."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.forms import CleanTextField
from povertyaudit.sheets.columns import Column, numbered, of_form
from povertyaudit.sheets.kinds.base import Kind, Values, each
from rectification import services
from rectification.filters import ItemFilter
from rectification.forms.items import ItemForm
from rectification.models import Item
from rectification.services.creating_many import Creating
from rectification.workflow import REGISTRARS

NAMES = (
    "source", "paper", "finding", "lead", "misuses", "problem_class", "aspect", "problem", "goal", "main_unit",
    "other_units", "responsible_person", "lead_unit", "leading_leader", "due_on",
)  # fmt: skip
ALSO = {
    "source": ("来源",), "paper": ("反馈文件",), "finding": ("巡察问题",), "lead": ("线索编号",),
    "misuses": ("违规资金编号",), "problem_class": ("问题大类", "问题类别"), "aspect": ("问题方面",),
    "problem": ("问题", "存在问题", "反馈问题", "问题描述", "主要问题"), "goal": ("目标", "整改要求", "整改目标任务"),
    "main_unit": ("责任单位", "整改单位", "主体责任单位"), "other_units": ("配合单位", "协办单位"),
    "responsible_person": ("责任人员", "整改责任人"), "lead_unit": ("牵头部门", "行业主管部门"),
    "leading_leader": ("牵头领导", "包抓领导", "责任领导"), "due_on": ("完成时限", "整改期限", "时限", "整改完成时限"),
}  # fmt: skip
EXAMPLES = {
    "source": "本级自查", "problem_class": "资金使用", "aspect": "资金滞留", "problem": "2025 年公益林补偿资金滞留乡镇账户七个月。",
    "goal": "资金拨付到户，健全拨付制度。", "main_unit": "柳溪镇人民政府", "lead_unit": "县财政局", "responsible_person": "柏某（副镇长）",
}  # fmt: skip
MEASURES, MOST = "measures", 50
_NUMBERED = re.compile(r"^\s*(?:[（(]?\d{1,2}[)）.、．]|[①-⑳])\s*")


def columns() -> list[Column]:
    measures = CleanTextField(
        label="整改措施", required=False, help_text="一行一条；单元格内换行用 Alt+Enter。"
    )
    return [
        numbered("事项编号", "整改事项编号"), *of_form(ItemForm(), NAMES, also=ALSO, examples=EXAMPLES),
        Column(MEASURES, measures, ("措施", "具体措施", "整改举措"), "核对滞留资金，全部拨付到户。"),
    ]  # fmt: skip


def _lines(text: str) -> list[dict[str, str]]:
    found = [_NUMBERED.sub("", line).strip() for line in (text or "").split("\n")]
    said = [{"text": line} for line in found if line]
    if len(said) > MOST:
        raise RuleBroken("sheet.measures", f"一个事项最多写 {MOST} 条措施，请合并。", field=MEASURES)
    return said


def _arranged(values: Values) -> Values:
    """As `create_item` takes them. Raises RuleBroken."""
    blank = {name: values.get(name) or "" for name in ("goal", "responsible_person")}
    return {**values, **blank, "measures": _lines(values.get(MEASURES) or "")}


def create(*, by: Any, **values: Any) -> Item:
    return services.create_item(by=by, **_arranged(values))


class Together:
    def __init__(self, by: Any) -> None:
        self.creating = Creating(by)

    def judged(self, given: Sequence[Values]) -> list[Any]:
        return each(self.creating.judged, _arranged, given)

    def made(self, given: Sequence[Values]) -> list[Any]:
        return each(self.creating.made, _arranged, given)


def edit(row: Item, **values: Any) -> Item:
    if values.get("paper", "") is None:
        del values["paper"]
    return services.edit(row, **values)


def _read() -> dict[str, Callable[[Any], Any]]:
    return {
        "misuses": lambda row: [one.misuse for one in row.misuse_links.all()],
        "main_unit": lambda row: row.main_unit,
        "other_units": lambda row: [one.unit for one in row.units.all() if not one.is_main],
        MEASURES: lambda row: "\n".join(one.text for one in row.measures.all()),
    }


ITEMS = Kind(
    "items", "整改事项", "/items/", Item, columns, lambda user: bool(user.roles & REGISTRARS), create, edit, services.void, Together,
    fixed=frozenset({"source", "finding", "lead", MEASURES}), read=_read(), row_url="/items/", filters=ItemFilter,
    brief={"problem": lambda row: row.title},
    fetched=lambda rows: rows.select_related("paper", "finding", "lead", "lead_unit", "leading_leader").prefetch_related(
        "units__unit", "measures", "misuse_links__misuse"
    ),
    doubled=("main_unit", "problem"),
)  # fmt: skip
