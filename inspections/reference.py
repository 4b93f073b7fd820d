"""Reference data of inspections (domain §3, §5.2; seed 003). Dated rows; add, never rename."""

from typing import Any

TERMS = (
    ("class", "policy", "政策落实"),
    ("class", "funds", "资金使用"),
    ("class", "projects", "项目管理"),
    ("class", "duty", "责任落实"),
    ("class", "conduct", "干部作风"),
    ("class", "integrity", "廉洁自律"),
    ("category", "targeting", "对象识别和退出不精准"),
    ("category", "benefit_unpaid", "惠民政策落实不到位"),
    ("category", "funds_idle", "资金滞留闲置"),
    ("category", "funds_diverted", "挤占挪用资金"),
    ("category", "false_claims", "虚报冒领、骗取套取"),
    ("category", "accounts", "财务管理不规范"),
    ("category", "project_delay", "项目进度滞后"),
    ("category", "project_quality", "项目质量和管护问题"),
    ("category", "tendering", "招标采购不规范"),
    ("category", "publication", "公告公示不到位"),
    ("category", "main_duty", "主体责任、监督责任落实不到位"),
    ("category", "formalism", "形式主义、官僚主义"),
    ("category", "village_team", "驻村帮扶不力"),
    ("category", "favouring", "优亲厚友"),
    ("category", "extorting", "吃拿卡要、违规收费"),
    ("category", "other_finding", "其他问题"),
    ("reviewer", "discipline", "纪检监察机关"),
    ("reviewer", "organisation", "组织部门"),
    ("reviewer", "inspection_office", "巡察机构"),
    ("reviewer", "inspection_team", "巡察组"),
    ("reviewer", "publicity", "宣传部门"),
    ("reviewer", "sector_department", "行业主管部门"),
)


def install_terms(model: Any) -> None:
    """Insert the terms that are not there; `model` is InspectionTerm, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(axis=axis, code=code, name=name, order=order, public_id=new_id())
        for order, (axis, code, name) in enumerate(TERMS, 1)
        if code not in known
    )
