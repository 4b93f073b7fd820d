"""Reference data of leads: the terms a new installation starts with (domain §11, §12). Dated rows; add, never rename."""

from typing import Any

CATEGORIES = (
    ("corruption", "false_claim", "虚报冒领"),
    ("corruption", "cheat_out", "套取骗取"),
    ("corruption", "intercept", "截留挪用"),
    ("corruption", "embezzle", "贪污侵占"),
    ("corruption", "favouritism", "优亲厚友"),
    ("corruption", "extortion", "吃拿卡要"),
    ("corruption", "bribery", "行贿受贿"),
    ("corruption", "fees", "违规收费摊派"),
    ("corruption", "private_gain", "违规插手工程项目"),
    ("corruption", "dereliction", "失职渎职"),
    ("corruption", "other_corruption", "其他违纪违法问题"),
    ("style", "formalism", "形式主义"),
    ("style", "bureaucratism", "官僚主义"),
    ("style", "inaction", "不作为"),
    ("style", "misconduct", "乱作为"),
)

# 干部管理权限: whose cadre a person is.
MANAGED_BY = (
    ("central", "中央管理"),
    ("province", "省管干部"),
    ("city", "市管干部"),
    ("county", "县管干部"),
    ("township", "乡镇（街道）管理"),
    ("village", "村（社区）人员"),
    ("outside", "不属于干部管理范围"),
)


def install_managed_by(model: Any) -> None:
    """Insert the terms that are not there; `model` is ManagedBy, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(code=code, name=name, order=order, public_id=new_id())
        for order, (code, name) in enumerate(MANAGED_BY, 1)
        if code not in known
    )


# The 56 ethnic groups of GB/T 3304.
ETHNICITIES = frozenset(
    [
        "汉族",
        "蒙古族",
        "回族",
        "藏族",
        "维吾尔族",
        "苗族",
        "彝族",
        "壮族",
        "布依族",
        "朝鲜族",
        "满族",
        "侗族",
        "瑶族",
        "白族",
        "土家族",
        "哈尼族",
        "哈萨克族",
        "傣族",
        "黎族",
        "傈僳族",
        "佤族",
        "畲族",
        "高山族",
        "拉祜族",
        "水族",
        "东乡族",
        "纳西族",
        "景颇族",
        "柯尔克孜族",
        "土族",
        "达斡尔族",
        "仫佬族",
        "羌族",
        "布朗族",
        "撒拉族",
        "毛南族",
        "仡佬族",
        "锡伯族",
        "阿昌族",
        "普米族",
        "塔吉克族",
        "怒族",
        "乌孜别克族",
        "俄罗斯族",
        "鄂温克族",
        "德昂族",
        "保安族",
        "裕固族",
        "京族",
        "塔塔尔族",
        "独龙族",
        "鄂伦春族",
        "赫哲族",
        "门巴族",
        "珞巴族",
        "基诺族",
    ]
)
