"""What a new installation says of data matching (大数据比对, domain §6): rules, registers, benefits, excuses. Add, never rename."""

from datetime import date
from typing import Any

SEEN, GENERAL = "各地大数据比对的公开做法", "常见情形，可按本地做法增改"
SINCE = date(2015, 1, 1)  # lists of earlier years are kept too

# kind, code, name, anchor, the department that keeps the data
MATCH_TERMS = (
    ("rule", "DEAD_PAID", "死亡仍领", SEEN, ""),
    ("rule", "PUBLIC_PAYROLL", "财政供养人员享受", SEEN, ""),
    ("rule", "CADRE_KIN", "村干部及亲属享受", SEEN, ""),
    ("rule", "HAS_CAR", "有车享受低保或者建档", SEEN, ""),
    ("rule", "HAS_HOUSE", "有商品房享受低保或者建档", SEEN, ""),
    ("rule", "HAS_FIRM", "有公司享受低保或者建档", SEEN, ""),
    ("rule", "TOWN_HUKOU", "城镇户口领农村低保", SEEN, ""),
    ("rule", "TWICE", "重复享受", SEEN, ""),
    ("rule", "ONE_ACCOUNT", "同一账户多人领取", GENERAL, ""),
    ("rule", "OVER_STANDARD", "金额超标准", GENERAL, ""),
    ("rule", "NOT_ENJOYED", "应享未享", SEEN, ""),
    ("source", "POOR", "建档立卡和监测对象", SEEN, "乡村振兴部门"),
    ("source", "DIBAO", "城乡低保", SEEN, "民政部门"),
    ("source", "WUBAO", "五保和特困供养", SEEN, "民政部门"),
    ("source", "HOUSING", "危房改造", SEEN, "住房城乡建设部门"),
    ("source", "RELOCATED", "易地搬迁", SEEN, "发展改革部门"),
    ("source", "SCHOOLING", "教育资助和雨露计划", SEEN, "教育部门"),
    ("source", "CREDIT", "小额信贷贴息", SEEN, "乡村振兴部门"),
    ("source", "FOREST", "退耕还林和生态补偿", SEEN, "林业部门"),
    ("source", "CARD", "一卡通发放", SEEN, "财政部门"),
    ("source", "RELIEF", "临时救助", GENERAL, "民政部门"),
    ("compared", "HUKOU", "户籍和死亡注销", SEEN, "公安部门"),
    ("compared", "CREMATION", "殡葬火化", SEEN, "民政部门"),
    ("compared", "PAYROLL", "财政供养人员", SEEN, "财政部门"),
    ("compared", "CADRES", "村干部及亲属名单", SEEN, "组织部门"),
    ("compared", "CARS", "机动车登记", SEEN, "公安交管部门"),
    ("compared", "HOUSES", "不动产登记", SEEN, "自然资源部门"),
    ("compared", "FIRMS", "市场主体登记", SEEN, "市场监管部门"),
    ("compared", "TAX", "纳税", SEEN, "税务部门"),
    ("compared", "INSURANCE", "社保医保", SEEN, "人社医保部门"),
    ("compared", "PUPILS", "学籍", GENERAL, "教育部门"),
    ("compared", "BANK", "银行账户", GENERAL, "金融机构"),
)
# code, name, whether a house visit is needed before it excuses
EXCUSES = (
    ("STALE", "数据滞后", "no"),
    ("SAME_NAME", "重名或者身份证号错", "no"),
    ("CAR_SOLD", "车辆已过户或者抵押", "yes"),
    ("FARM_CAR", "农用车、残疾人用车", "yes"),
    ("ATTACHED", "车辆挂靠", "yes"),
    ("FOR_OTHERS", "代购、代持", "yes"),
    ("UNFIT_HOUSE", "房屋为危房或者继承所得", "yes"),
    ("LEFT", "已经退出", "no"),
    ("NOT_SYNCED", "系统没有同步", "no"),
    ("POLICY", "政策允许", "yes"),
)


def install_match_terms(model: Any) -> None:
    """Insert the terms that are not there; `model` is MatchTerm, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(
            kind=kind, code=code, name=name, anchor=anchor, department=department, order=order,
            valid_from=SINCE, public_id=new_id(),
        )
        for order, (kind, code, name, anchor, department) in enumerate(MATCH_TERMS, 1)
        if code not in known
    )  # fmt: skip


def install_excuses(model: Any) -> None:
    """Insert the excuses that are not there; `model` is Excuse, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(
            code=code,
            name=name,
            anchor=GENERAL,
            visit=visit,
            order=order,
            valid_from=SINCE,
            public_id=new_id(),
        )
        for order, (code, name, visit) in enumerate(EXCUSES, 1)
        if code not in known
    )
