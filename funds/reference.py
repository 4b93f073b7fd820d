"""Lists a misuse is classed by: 问题类型, with the article each rests on (财政违法行为处罚处分条例 2011 and others), 资金种类."""

from datetime import date
from typing import Any

FINES = "《财政违法行为处罚处分条例》"
RULES_2011 = date(2011, 1, 8)  # the day the present wording of the 条例 took effect

# code, name, anchor. Where no article is named the anchor is a local or general rule and not verified.
MISUSE_KINDS = (
    ("FRAUD_CLAIM", "虚报冒领", f"{FINES}第六条第一项"),
    ("ARBITRAGE", "骗取套取", f"{FINES}第六条第一项、第十四条"),
    ("INTERCEPT", "截留私分", f"{FINES}第六条第二项"),
    ("DIVERT", "挤占挪用", f"{FINES}第六条第二项"),
    ("EMBEZZLE", "贪污侵占", "《中华人民共和国监察法》《中华人民共和国刑法》"),
    ("FAVORITISM", "优亲厚友", "《中国共产党纪律处分条例》群众纪律"),
    ("EXTORT", "吃拿卡要、违规收费", "《中国共产党纪律处分条例》群众纪律、廉洁纪律"),
    ("DELAY", "滞留闲置迟拨", f"{FINES}第六条第三项"),
    ("OUT_OF_SCOPE", "超范围使用", f"{FINES}第六条第四项"),
    ("NO_PLAN", "无批复计划动用", f"{FINES}第七条第三项"),
    ("OVERPAY", "超进度付款", "合同约定和县级报账制规定"),
    ("BID", "违规招投标", f"《中华人民共和国招标投标法》、{FINES}第九条"),
    ("DUP_APPLY", "重复申报、重复安排", "资金管理办法"),
    ("FAKE_ACCEPT", "验收失职多拨", "资金管理办法"),
    ("NO_PUBLIC", "未公告公示", "扶贫资金项目公告公示制度"),
    ("NOT_BUILT", "未开工或者无法实施", "项目管理办法"),
    ("SLUSH", "小金库", f"{FINES}第十七条"),
)


def install_misuse_kinds(model: Any) -> None:
    """Insert the kinds that are not there; `model` is MisuseKind, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    model.objects.bulk_create(
        model(code=code, name=name, anchor=anchor, valid_from=RULES_2011)
        for code, name, anchor in MISUSE_KINDS
        if code not in known
    )


DISCIPLINE = "《中国共产党纪律处分条例》"

# code, name, anchor: 腐败, and the four kinds of 作风 that reports count apart.
MISUSE_NATURES = (
    ("CORRUPTION", "腐败问题", f"{DISCIPLINE}廉洁纪律、《中华人民共和国监察法》"),
    ("FORMALISM", "作风问题：形式主义", f"{DISCIPLINE}工作纪律"),
    ("BUREAUCRACY", "作风问题：官僚主义", f"{DISCIPLINE}工作纪律"),
    ("INACTION", "作风问题：不作为", f"{DISCIPLINE}工作纪律"),
    ("MISCONDUCT", "作风问题：乱作为", f"{DISCIPLINE}群众纪律、工作纪律"),
)


def install_misuse_natures(model: Any) -> None:
    """Insert the natures that are not there; `model` is MisuseNature, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(code=code, name=name, anchor=anchor, order=order, public_id=new_id())
        for order, (code, name, anchor) in enumerate(MISUSE_NATURES, 1)
        if code not in known
    )


LINKAGE = date(2021, 3, 26)  # 财农〔2021〕19号; the older kinds stay: their money is still being found

# code, name, anchor, first day.
FUND_KINDS = (
    ("LINKAGE", "衔接推进乡村振兴补助资金", "财农〔2021〕19号", LINKAGE),
    ("CENTRAL_GROWTH", "中央专项（扶贫发展）", "", None),
    ("CENTRAL_WORK", "中央专项（以工代赈）", "", None),
    ("CENTRAL_MINORITY", "中央专项（少数民族发展）", "", None),
    ("CENTRAL_FOREST", "中央专项（国有欠发达林场）", "", None),
    ("CENTRAL_FARM", "中央专项（国有欠发达农场）", "", None),
    ("PROVINCE", "省级专项", "", None),
    ("CITY", "市级专项", "", None),
    ("COUNTY", "县级专项", "", None),
    ("RELOCATION", "易地搬迁资金", "", None),
    ("BOND", "债券资金", "", None),
    ("POOLED", "统筹整合涉农资金", "", None),
    ("LOTTERY", "彩票公益金", "", None),
    ("DONATION", "社会捐赠", "", None),
    ("EAST_WEST", "东西部协作资金", "", None),
    ("CARRIED_OVER", "结余结转资金", "", None),
)


def install_fund_kinds(model: Any) -> None:
    """Insert the kinds that are not there; `model` is FundKind, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(code=code, name=name, anchor=anchor, valid_from=begun, order=order, public_id=new_id())
        for order, (code, name, anchor, begun) in enumerate(FUND_KINDS, 1)
        if code not in known
    )
