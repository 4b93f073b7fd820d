"""Reference data of 佐证材料: the kinds and the lists of what is asked for that an installation starts with (domain §4.3)."""

from typing import Any

# code, name: codes of the first release stay, whatever they are called later.
KINDS = (
    ("photo_before", "整改前照片"),
    ("photo_after", "整改后照片（同一角度）"),
    ("document", "文件、方案"),
    ("minutes", "会议记录"),
    ("receipt", "追缴票据、银行回单"),
    ("notice", "公示照片"),
    ("survey", "群众满意度调查"),
    ("rule", "新建制度"),
    ("execution", "处分、任免等执行证明"),
    ("appointment", "任免文件"),
    ("pay_change", "工资变动审批表"),
    ("delivery", "处分决定送达回执"),
    ("other", "其他"),
)
KIND_ANCHOR = "各地整改佐证材料常见类别，可停用、新增"
# axis, key, whom it concerns in words, kind, its name, level. Local practice; a county ends, changes and adds by 分类目录.
NEEDS = (
    ("class", "funds", "资金使用", "receipt", "追缴票据、银行回单", "item"),
    ("misuse", "", "关联违规资金的事项", "receipt", "追缴票据、银行回单", "item"),
    ("class", "projects", "项目管理", "pair", "整改前后同一角度对比照片", "item"),
    ("class", "duty", "责任落实", "minutes", "会议记录", "item"),
    ("class", "integrity", "廉洁自律", "execution", "处分、任免等执行证明", "item"),
)
NEED_ANCHOR = "整改销号佐证材料要求各地不同，可改变、停用、新增"
LEVELS = {"measure": "每条措施都要有", "item": "整个事项至少一份"}


def install_evidence(kinds: Any, needs: Any) -> None:
    """Insert the kinds and needs that are not there; the models may be in their historical form."""
    new_id = kinds._meta.get_field("public_id").default
    known = set(kinds.objects.values_list("code", flat=True))
    kinds.objects.bulk_create(
        kinds(code=code, name=name, anchor=KIND_ANCHOR, order=order, public_id=new_id())
        for order, (code, name) in enumerate(KINDS, 1)
        if code not in known
    )
    known = set(needs.objects.values_list("code", flat=True))
    needs.objects.bulk_create(
        needs(
            code=code_of(axis, key, kind), axis=axis, key=key, about=about, kind=kind, kind_name=kind_name, level=level,
            name=f"{about}：{kind_name}（{LEVELS[level]}）", anchor=NEED_ANCHOR, order=order, public_id=new_id(),
        )
        for order, (axis, key, about, kind, kind_name, level) in enumerate(NEEDS, 1)
        if code_of(axis, key, kind) not in known
    )  # fmt: skip


def code_of(axis: str, key: str, kind: str) -> str:
    """The code of a need follows from what it says, so that the same need stands once."""
    return "_".join(part for part in (axis, key, kind) if part)
