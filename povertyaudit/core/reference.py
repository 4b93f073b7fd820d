"""Reference rows the kernel cannot work without: register-number schemes. Clock rules: `reference_clocks`."""

from typing import Any

# code, name, pattern, digits. {county} is the six-digit code, {office} the office's letters.
NUMBER_SCHEMES = (
    ("lead", "问题线索", "{county}-{office}-{year}-{seq}", 4),
    ("summary", "工作汇总", "{county}-HZ-{year}-{seq}", 3),
    ("superior_receipt", "上级管辖件", "{county}-SJ-{year}-{seq}", 4),
    ("round", "巡察轮次", "{county}-XC-{year}-{seq}", 2),
    ("campaign", "专题", "{county}-ZT-{year}-{seq}", 2),
    ("finding", "巡察发现问题", "{county}-WT-{year}-{seq}", 4),
    ("opinion", "巡察意见", "{county}-YJ-{year}-{seq}", 4),
    ("immediate_notice", "立行立改通知", "{county}-LG-{year}-{seq}", 3),
    ("feedback", "反馈表", "{county}-FK-{year}-{seq}", 3),
    ("rectification_plan", "整改方案和报告", "{county}-FA-{year}-{seq}", 3),
    ("visit_plan", "走访计划", "{county}-AF-{year}-{seq}", 3),
    ("visit", "走访记录", "{county}-ZF-{year}-{seq}", 4),
    ("worksheet", "问题底稿", "{county}-DG-{year}-{seq}", 4),
    ("village_person", "驻村人员", "{county}-ZC-{year}-{seq}", 4),
    ("attendance", "驻村考勤", "{county}-KQ-{year}-{seq}", 4),
    ("responsibility", "责任人任职", "{county}-ZR-{year}-{seq}", 5),
    ("duty_letter", "责任书", "{county}-ZS-{year}-{seq}", 4),
    ("team_list", "驻村任期名单", "{county}-DW-{year}-{seq}", 3),
    ("sheet_import", "表格导入", "{county}-DR-{year}-{seq}", 4),
    ("allocation", "资金下达", "{county}-XD-{year}-{seq}", 4),
    ("project", "项目", "{county}-XM-{year}-{seq}", 5),
    ("payment", "报账拨付", "{county}-BZ-{year}-{seq}", 5),
    ("match_list", "比对清单", "{county}-BL-{year}-{seq}", 3),
    ("suspicion", "疑点", "{county}-BD-{year}-{seq}", 6),
    ("village_sheet", "村务公开清单", "{county}-CW-{year}-{seq}", 5),
    ("local_duty", "自选公开事项", "{county}-GX-{year}-{seq}", 4),
    ("register", "名册", "{county}-MC-{year}-{seq}", 4),
    ("misuse", "资金问题", "{county}-ZJ-{year}-{seq}", 4),
    ("source_paper", "反馈文件", "{county}-LY-{year}-{seq}", 3),
    ("item", "整改事项", "{county}-ZG-{year}-{seq}", 4),
    ("period_report", "整改定期报告", "{county}-DQ-{year}-{seq}", 5),
    ("escalation", "督办", "{county}-DB-{year}-{seq}", 5),
    ("press_letter", "督办函", "督函〔{year}〕{seq}号", 1),
    ("talk", "约谈", "{county}-YT-{year}-{seq}", 4),
    ("look_back", "回头看计划", "{county}-HT-{year}-{seq}", 3),
    ("activity", "活动", "{county}-HD-{year}-{seq}", 5),
    ("activity_sheet", "活动导入表", "{county}-DR-{year}-{seq}", 4),
    ("commendation", "表彰", "{county}-BX-{year}-{seq}", 4),
    ("regulation", "方案制度", "{county}-ZD-{year}-{seq}", 4),
    ("notice", "整改情况公开", "{county}-GK-{year}-{seq}", 3),
    ("notice_comment", "公开后的群众意见", "{county}-QZ-{year}-{seq}", 4),
    ("handover", "线索移送", "{county}-YS-{year}-{seq}", 4),
    ("meeting", "联席会议", "{county}-LX-{year}-{seq}", 3),
    ("resolution", "会议议定事项", "{county}-YD-{year}-{seq}", 4),
    ("batch", "交办批次", "{county}-PC-{year}-{seq}", 3),
    ("call", "专线来电", "{county}-ZX-{year}-{seq}", 4),
    ("bulletin", "通报", "{county}-TB-{year}-{seq}", 3),
    ("digest", "专线快报", "{county}-KB-{year}-{seq}", 3),
    ("case", "立案", "{county}-LA-{year}-{seq}", 4),
    ("outcome", "处理结果", "{county}-CL-{year}-{seq}", 4),
    ("interference", "打听干预", "{county}-GY-{year}-{seq}", 3),
    ("partner_report", "部门报送", "{county}-BB-{year}-{seq}", 3),
    ("clarification", "澄清", "{county}-CQ-{year}-{seq}", 3),
    ("false_accusation", "诬告陷害认定", "{county}-WG-{year}-{seq}", 3),
    ("accountability", "问责", "{county}-WZ-{year}-{seq}", 3),
    ("assessment", "考核", "{county}-KH-{year}-{seq}", 3),
    ("unit_sheet", "单位得分表", "{county}-DF-{year}-{seq}", 4),
    ("score_sheet", "考核评分表", "{county}-PF-{year}-{seq}", 4),
    ("assessment_measure", "考核结果运用", "{county}-JG-{year}-{seq}", 3),
    ("inspection_duty", "督查安排", "{county}-DC-{year}-{seq}", 3),
    ("report", "报表", "{county}-BG-{year}-{seq}", 4),
    ("document", "文书", "{office}〔{year}〕{seq}号", 1),
)


def install_number_schemes(model: Any) -> None:
    """Insert the schemes that are not there; `model` is NumberScheme, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    model.objects.bulk_create(
        model(code=code, name=name, pattern=pattern, width=width)
        for code, name, pattern, width in NUMBER_SCHEMES
        if code not in known
    )


# code, name, anchor: what a region may be marked as, year by year.
REGION_MARKS = (
    ("poor_village", "贫困村", "建档立卡"),
    ("deep_poor_village", "深度贫困村", "深度贫困地区脱贫攻坚部署"),
    ("extreme_poor_township", "极贫乡镇", "地方划定"),
)


def install_region_marks(model: Any) -> None:
    """Insert the marks that are not there; `model` is RegionMark, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(code=code, name=name, anchor=anchor, order=order, public_id=new_id())
        for order, (code, name, anchor) in enumerate(REGION_MARKS, 1)
        if code not in known
    )


# purpose, code, name. Codes are unique across all purposes: each begins with its own letters.
REASON_CODES = (
    ("send_back", "sb_no_figures", "没有数据和实例"),
    ("send_back", "sb_one_case_only", "就事论事，没有举一反三"),
    ("send_back", "sb_selective", "前紧后松，选择性整改"),
    ("send_back", "sb_on_paper", "文字整改、数字整改、形式整改"),
    ("send_back", "sb_evidence", "佐证材料不全或者不实"),
    ("send_back", "sb_grounds", "事实不清或者依据不足"),
    ("send_back", "sb_method", "处置方式不当"),
    ("extension", "ex_season", "受农时、季节影响"),
    ("extension", "ex_disaster", "自然灾害或者恶劣天气"),
    ("extension", "ex_procedure", "审批、招标等手续尚未办完"),
    ("extension", "ex_funds", "资金尚未到位"),
    ("extension", "ex_others", "需要其他单位配合"),
    ("extension", "ex_complex", "情况复杂，涉及面广"),
    ("extension", "ex_evidence", "关键证据、人员暂时无法取得"),
    ("hand_back", "hb_not_ours", "不属于本部门职责或者联系地区"),
    ("hand_back", "hb_superior", "属于上级管辖"),
    ("hand_back", "hb_incomplete", "材料不全，无法办理"),
    ("hand_back", "hb_repeat", "与在办线索重复"),
    ("hand_back", "hb_conflict", "本部门人员应当回避"),
    ("hold", "ho_vague", "线索笼统，暂不具备核查条件"),
    ("hold", "ho_person", "有关人员失去联系、在逃或者患重病"),
    ("hold", "ho_evidence", "关键证据暂时无法取得"),
    ("hold", "ho_other_case", "待关联案件查清"),
    ("hold", "ho_ruling", "待上级明确政策界限"),
)


def install_reason_codes(model: Any) -> None:
    """Insert the reasons that are not there; `model` is ReasonCode, also in its historical form."""
    known = set(model.objects.values_list("code", flat=True))
    new_id = model._meta.get_field("public_id").default
    model.objects.bulk_create(
        model(purpose=purpose, code=code, name=name, order=order, public_id=new_id())
        for order, (purpose, code, name) in enumerate(REASON_CODES, 1)
        if code not in known
    )
