"""Reference data of leads: the terms a new installation starts with (domain §11, §12). Dated rows; add, never rename."""

from collections.abc import Callable
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


# 审批权限 (domain §1.5): decision, level, approver, what it rests on. Dated rows; add, never rename.
_RULE, _LAW = "监督执纪工作规则", "监察法"
APPROVALS = (
    ("talk_inquiry", "any", "deputy", f"{_RULE}（2019）第二十七条"),
    ("talk_inquiry", "managed_head", "party", "市县办理谈话函询的做法，可按本地规定改变"),
    ("talk_inquiry", "principal", "secretary", f"{_RULE}（2019）第二十七条"),
    ("verify", "any", "deputy", f"{_RULE}（2019）第三十三条"),
    ("verify", "principal", "party", f"{_RULE}（2019）第三十三条"),
    ("hold", "any", "deputy", f"{_RULE}（2019）第二十一条"),
    ("hold", "principal", "secretary", f"{_RULE}（2019）第二十一条"),
    ("close", "any", "deputy", f"{_RULE}（2019）第二十一条"),
    ("close", "principal", "secretary", f"{_RULE}（2019）第二十一条"),
    ("file_case", "any", "secretary", f"{_LAW}第四十二条"),
    ("file_case", "managed", "party", f"{_LAW}第四十二条"),
    ("adjudicate", "any", "secretary", f"{_RULE}（2019）第五十六条"),
    ("after_check", "any", "secretary", f"{_LAW}第四十一条"),
)


def install_approvals(model: Any, named: Callable[[str, str, str], str]) -> None:
    """Insert the rows that are not there; `model` is ApprovalRule, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(
            code=f"{decision}_{level}", name=named(decision, level, approver), decision=decision, level=level,
            approver=approver, anchor=anchor, order=order, public_id=new_id(),
        )
        for order, (decision, level, approver, anchor) in enumerate(APPROVALS, 1)
        if f"{decision}_{level}" not in known
    )  # fmt: skip


# Calls of the 扶贫专线: the second axis never goes to the unit or place complained of.
CALL_CATEGORIES = (
    ("matter", "policy_question", "政策咨询"),
    ("matter", "subsidy_unpaid", "补助补贴未到位"),
    ("matter", "project_quality", "项目质量和进度"),
    ("matter", "household_relief", "困难求助"),
    ("matter", "suggestion_call", "意见建议"),
    ("complaint", "cadre_misconduct", "反映干部作风"),
    ("complaint", "fund_violation", "反映侵占挪用资金"),
    ("complaint", "favour_kin", "反映优亲厚友"),
)
DIGEST_HOURS = (("daily", "17:30"),)
# 移送机关: code, name. The bodies of the joint meeting; a county's own come by 分类目录.
PARTNER_BODIES = (
    ("police", "公安机关"),
    ("prosecution", "检察机关"),
    ("court", "审判机关"),
    ("audit", "审计机关"),
    ("finance", "财政部门"),
    ("rural", "扶贫（乡村振兴）部门"),
    ("civil_affairs", "民政部门"),
    ("education", "教育部门"),
    ("health", "卫生健康（医保）部门"),
    ("housing", "住房城乡建设部门"),
    ("agriculture", "农业农村部门"),
    ("water", "水利部门"),
    ("transport", "交通运输部门"),
    ("forestry", "林业部门"),
    ("labour", "人力资源社会保障部门"),
    ("petitions", "信访部门"),
    ("organisation", "组织部门"),
    ("inspection", "巡视巡察机构"),
    ("other", "其他机关"),
)


def install_partner_bodies(model: Any) -> None:
    """Insert the bodies that are not there; `model` is PartnerBody, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(code=code, name=name, order=order, public_id=new_id())
        for order, (code, name) in enumerate(PARTNER_BODIES, 1)
        if code not in known
    )


# Channels of bulletins: how names are written there.
BULLETIN_CHANNELS = (
    ("full", "internal", "内部通报"),
    ("full", "village_board", "村级公开栏"),
    ("surname", "public", "社会公开"),
    ("none", "training", "警示教育材料"),
)
# The checklist before 办结 (seed 001: 五个到位) and the ways a complainant is answered.
ENDING_TERMS = (
    ("check", "investigated", "调查到位"),
    ("check", "handled", "处理到位"),
    ("check", "answered", "反馈到位"),
    ("check", "filed", "归档到位"),
    ("check", "educated", "教育到位"),
    ("way", "by_phone", "电话"),
    ("way", "in_person", "当面"),
    ("way", "by_letter", "书面"),
    ("way", "online", "网络"),
    ("clear", "clear_in_writing", "书面说明"),
    ("clear", "clear_at_meeting", "会议通报"),
    ("clear", "clear_face_to_face", "当面说明"),
    ("clear", "clear_in_public", "公开栏公示"),
)
