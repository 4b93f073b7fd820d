"""What a new installation says of projects: their kinds and the figures they are held to. Add, never rename."""

from typing import Any

PROJECT_KINDS = (
    ("INDUSTRY", "产业发展"),
    ("ROADS", "道路桥梁"),
    ("WATER", "饮水水利"),
    ("VILLAGE", "村庄整治"),
    ("POWER", "农村电网"),
    ("RELOCATION", "易地搬迁"),
    ("HOUSING", "危房改造"),
    ("TRAINING", "教育培训"),
    ("JOBS", "就业岗位"),
    ("HOUSEHOLD", "到户奖补"),
    ("INTEREST", "贷款贴息"),
    ("OTHER", "其他"),
)
KIND_ANCHOR = "县级项目库常用分类；各地不同，可停用、新增"
RULE_WORDS = {
    "change": "投资变动超过批复的 {} %，须重新会审批复",
    "lag": "支出率比序时进度低 {} 个百分点以上的，算滞后",
    "held_days": "收到、拨到账上满 {} 天没有安排、支出的，算滞留",
    "slip_times": "金额是同类中位数的 {} 倍以上、几分之一以下的，先核对是元还是万元",
    "retention_most": "质保金不超过合同金额的 {} %",
    "advance": "开工后的预付款不超过 {} %",
    "completion": "完工后再付 {} %",
    "final": "验收后再付 {} %，扣除质保金",
    "retention_months": "质保金在验收满 {} 个月后拨付",
    "bracket_1": "违规资金金额分档：第一档不超过 {} 万元",
    "bracket_2": "违规资金金额分档：第二档不超过 {} 万元",
    "bracket_3": "违规资金金额分档：第三档不到 {} 万元，达到的为第四档",
    "notice_days": "公示公告不少于 {} 天",
    "notice_gaps": "公示缺项超过 {} 处的，不能登记竣工公示、报验收款",
    "approval_county": "批复后 {} 天内县级公示（0：不要求）",
    "approval_township": "批复后 {} 天内乡级公示（0：不要求）",
    "approval_village": "批复后 {} 天内村级公示（0：不要求）",
    "start_county": "开工后 {} 天内县级公示（0：不要求）",
    "start_township": "开工后 {} 天内乡级公示（0：不要求）",
    "start_village": "开工后 {} 天内村级公示、设牌（0：不要求）",
    "completion_county": "完工后 {} 天内县级公示（0：不要求）",
    "completion_township": "完工后 {} 天内乡级公示（0：不要求）",
    "completion_village": "完工后 {} 天内村级公示（0：不要求）",
}
HENAN = "《河南省扶贫开发条例》：批复后十日内县、乡公告，开工十日内设公示牌；各地不同，可改变"
THREE_LEVELS = "三级公示公告制；层级和天数各地不同，可改变"
BRACKETED = "各地通报常用的分档（10 万、50 万、100 万元）；各地不同，可改变"
REIMBURSED = "地方县级报账制规定（预付四成、完工五成、验收一成）；各地不同，可改变"
# kind, amount, anchor: what was read of them stands in domain §5.5; other counties have other figures.
RULES = (
    ("change", "10", "地方项目管理办法：变动超过 10 % 须重新报批；各地不同，可改变"),
    ("lag", "5", "按月份计算序时进度见于各地通报；幅度各地不同，可改变"),
    ("held_days", "30", "《财政违法行为处罚处分条例》第六条第三项不得滞留；天数各地不同，可改变"),
    ("advance", "40", REIMBURSED),
    ("completion", "50", REIMBURSED),
    ("final", "10", REIMBURSED),
    ("retention_months", "12", "地方报账制规定：质保期一年；各地不同，可改变"),
    ("retention_most", "10", "地方报账制规定：质保金不超过 10 %；各地不同，可改变"),
    ("notice_days", "10", "扶贫资金项目公告公示制度的指导意见第四条：固定公示栏原则上不少于 10 天；可改变"),
    ("notice_gaps", "0", "公示公告制度落实的要求；设为 100 的只提示、不限制"),
    ("approval_county", "10", HENAN),
    ("approval_township", "10", HENAN),
    ("approval_village", "10", THREE_LEVELS),
    ("start_county", "0", THREE_LEVELS),
    ("start_township", "0", THREE_LEVELS),
    ("start_village", "10", HENAN),
    ("completion_county", "0", THREE_LEVELS),
    ("completion_township", "30", THREE_LEVELS),
    ("completion_village", "30", THREE_LEVELS),
)
# Brought by a later migration: the column of 0004 holds three digits.
SLIP_RULES = (("slip_times", "1000", "录入核对规则：同类金额一般相差百倍以内，元、万元相差一万倍；可改变"),)
BRACKET_RULES = (
    ("bracket_1", "10", BRACKETED),
    ("bracket_2", "50", BRACKETED),
    ("bracket_3", "100", BRACKETED),
)


def install_project_kinds(model: Any) -> None:
    """Insert the kinds that are not there; `model` is ProjectKind, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(code=code, name=name, anchor=KIND_ANCHOR, order=order, public_id=new_id())
        for order, (code, name) in enumerate(PROJECT_KINDS, 1)
        if code not in known
    )


def install_fund_rules(model: Any, rules: Any = RULES) -> None:
    """Insert the rules that are not there; `model` is FundRule, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(
            code=kind, kind=kind, amount=amount, name=RULE_WORDS[kind].format(amount), anchor=anchor, order=order,
            public_id=new_id(),
        )
        for order, (kind, amount, anchor) in enumerate(rules, 1)
        if kind not in known
    )  # fmt: skip


# code, name, the first payment it is asked for.
PAYMENT_PAPERS = (
    ("APPLICATION", "报账申请书", "advance"),
    ("CONTRACT", "合同或者责任书", "advance"),
    ("INVOICE", "发票或者收据", "advance"),
    ("DETAIL", "支出明细表", "completion"),
    ("SITE_PHOTO", "施工照片", "completion"),
    ("ACCEPTANCE", "验收表", "final"),
    ("NOTICE_PHOTO", "公示照片", "final"),
)
PAPER_ANCHOR = "地方县级报账制规定的报账材料；各地不同，可停用、新增"


def install_payment_papers(model: Any) -> None:
    """Insert the papers that are not there; `model` is PaperKind, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(code=code, name=name, since=since, anchor=PAPER_ANCHOR, order=order, public_id=new_id())
        for order, (code, name, since) in enumerate(PAYMENT_PAPERS, 1)
        if code not in known
    )
