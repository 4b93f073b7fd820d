"""Reference data of the clocks: what the law and the party rules say, each row dated and sourced.

Numbers are those of domain §1.6 (`R…` those of §3.3). Confidence: S = wording seen, G = general knowledge,
U = not confirmed. Rules of hours (强制到案, 通知家属: numbers 14 and 15) are no clocks of a register and are not here;
"every quarter" (22, 25) counts as three months from the last report. A limit that changes is a new row: old matters
keep the old one. Loaded by migration as confirmed rows; later changes are made on the page by two persons.
"""

from dataclasses import dataclass
from typing import Any

from povertyaudit.core.reference_duties import DUTY_RULES
from povertyaudit.core.reference_effects import EFFECT_RULES
from povertyaudit.core.reference_laws import (
    DISCIPLINE,
    INSPECTION,
    INSPECTION_2015,
    LETTERS,
    LOCAL,
    OFFICIALS,
    PETITION,
    SANCTIONS,
    SUPERVISION,
    SUPERVISION_2018,
    SUPERVISION_RULES,
    TRIAL,
    WD,
    D,
    M,
    Rule,
)

# fmt: off
LEAD_RULES = (
    Rule(number="1", code="lead.send_up", name="属上级管辖的检举控告上送", amount=5, unit=WD, law=PETITION,
         article="第十五条", starts="收到检举控告", note="不录入平台，不复印，不摘抄。"),
    Rule(number="2", code="lead.accept_transferred", name="上级转送件受理或转办", amount=5, unit=WD, law=PETITION,
         article="第十六条", starts="收到上级转送件"),
    Rule(number="3", code="lead.forward", name="不属本级管辖的移送主管机关", amount=5, unit=WD,
         law=SUPERVISION_RULES, article="第一百六十九条、第一百七十一条", starts="收到问题线索"),
    Rule(number="4", code="lead.acknowledge", name="实名检举控告受理告知", amount=15, unit=WD, law=PETITION,
         starts="收到实名检举控告", note="重复件登记，不再告知。"),
    Rule(number="5", code="lead.propose", name="提出处置意见并报批", amount=30, unit=D, law=TRIAL, until=DISCIPLINE,
         confidence="G", starts="承办部门收到问题线索"),
    Rule(number="5", code="lead.propose", name="提出处置意见并报批", amount=1, unit=M, law=DISCIPLINE,
         article="第二十一条", starts="承办部门收到问题线索"),
    Rule(number="6", code="lead.inquiry_reply", name="函询回复", amount=15, unit=WD, law=DISCIPLINE,
         article="第二十八条", confidence="G", starts="被函询人收到函询通知"),
    Rule(number="7", code="lead.delegated_talk", name="委托谈话", amount=15, unit=WD, law=LOCAL, confidence="U",
         starts="收到委托谈话通知"),
    Rule(number="7b", code="lead.delegated_talk_return", name="委托谈话材料送回", amount=5, unit=WD, law=LOCAL,
         confidence="U", starts="谈话结束"),
    Rule(number="8", code="lead.talk", name="谈话函询办结（情况报告和处置建议）", amount=30, unit=D, law=TRIAL,
         until=DISCIPLINE, confidence="G", starts="谈话结束或者收到函询回复"),
    Rule(number="8", code="lead.talk", name="谈话函询办结（情况报告和处置建议）", amount=1, unit=M, law=DISCIPLINE,
         article="第二十九条、第三十条", confidence="G", starts="谈话结束或者收到函询回复"),
    Rule(number="9", code="lead.verify", name="初步核实", amount=3, unit=M, law=LOCAL, confidence="U",
         starts="初步核实方案批准", note="党内法规没有规定初步核实的办结期限，三个月是地方预警的做法，可按本地规定调整。"),
    Rule(number="9b", code="lead.hold_review", name="暂存待查复核", amount=30, unit=D, law=LOCAL, confidence="U",
         starts="转入暂存待查", note="到期再看一次是否具备核查条件；复核日期由承办部门在暂存时定下。"),
    Rule(number="10", code="lead.assigned", name="上级交办件办结", amount=3, unit=M, law=PETITION,
         article="第二十一条", starts="收到交办件", extra_amount=3, extra_unit=M, extra_times=1,
         extra_note="经本机关主要负责人批准可以延长三个月，并向上级报告；再需延长的报上级批准。"),
    Rule(number="24", code="lead.feedback", name="实名检举控告结果反馈", amount=15, unit=WD, law=PETITION,
         starts="办结", note="反馈情况和检举控告人的意见都要记录。"),
    Rule(number="24b", code="lead.tell_person", name="谈话函询采信后向本人反馈", amount=1, unit=M, law=LOCAL,
         confidence="U", starts="办结", note="规则要求函询采信后告知本人，没有写明期限；一个月可按本地规定调整。"),
    Rule(number="24c", code="lead.at_meeting", name="本人在民主生活会上说明", amount=12, unit=M, law=LOCAL,
         confidence="U", starts="办结", note="在办结后的最近一次民主生活会上说明；一般一年一次。"),
    Rule(number="24d", code="lead.tell_unit", name="查否后向所在单位党组织说明", amount=1, unit=M, law=LOCAL,
         confidence="U", starts="办结", note="没有写明期限；一个月可按本地规定调整。"),
    Rule(number="25", code="lead.report_quarter", name="向信访部门通报办结情况", amount=3, unit=M, law=PETITION,
         article="第十八条", starts="上次通报"),
    Rule(number="28", code="lead.round_feedback", name="巡察移交线索办理情况反馈", amount=3, unit=M,
         law=INSPECTION_2015, until=INSPECTION, starts="收到移交"),
    Rule(number="28", code="lead.round_feedback", name="巡察移交线索办理情况反馈", amount=3, unit=M, law=INSPECTION,
         confidence="U", starts="收到移交", note="2024 年修订后的期限未核对；有的地方为半年，最长一年。"),
    Rule(number="29", code="petition.route", name="一般信访事项转送", amount=15, unit=D, law=LETTERS,
         article="第二十二条", starts="收到信访事项"),
    Rule(number="29b", code="petition.answer", name="一般信访事项办结", amount=60, unit=D, law=LETTERS,
         article="第三十四条", starts="受理", extra_amount=30, extra_unit=D, extra_times=1,
         extra_note="情况复杂的，经本机关负责人批准可以延长，不超过三十日，并告知理由。"),
    Rule(number="29c", code="lead.hand_back", name="对转办提出异议", amount=5, unit=WD, law=LETTERS, confidence="G",
         starts="收到转办件"),
)

EXCHANGE_RULES = (
    Rule(number="30", code="lead.sign_for", name="承办部门签收分办件", amount=2, unit=WD, law=LOCAL, confidence="U",
         starts="分办"),
    Rule(number="31", code="batch.finish", name="交办批次办结", amount=3, unit=M, law=LOCAL, confidence="U",
         starts="收到交办批次", note="来文写明办结日期的，以来文为准。"),
    Rule(number="32", code="handover.receipt", name="移送回执", amount=5, unit=WD, law=LETTERS, confidence="G",
         starts="移送", note="不属于受移送机关职责的，在同一期限内说明理由退回。"),
    Rule(number="33", code="handover.answer", name="移送事项办理结果反馈", amount=3, unit=M, law=LOCAL,
         confidence="U", starts="出具回执"),
    Rule(number="34", code="resolution.done", name="会议议定事项落实", amount=1, unit=M, law=LOCAL, confidence="U",
         starts="会议召开", note="会议定有完成日期的，以会议为准。"),
)

CASE_RULES = (
    Rule(number="11", code="case.investigate", name="审查调查", amount=90, unit=D, law=TRIAL, until=DISCIPLINE,
         article="第二十八条", starts="立案", roll_over=False, extra_amount=90, extra_unit=D, extra_times=1,
         extra_note="经上一级批准可以延长一次，不超过九十日。", extra_by="superior"),
    Rule(number="11", code="case.investigate", name="审查调查", amount=90, unit=D, law=DISCIPLINE, confidence="U",
         starts="立案", roll_over=False, extra_amount=90, extra_unit=D, extra_times=1,
         extra_note="经上一级批准可以延长一次，不超过九十日。", extra_by="superior", note="2019 年规则的原文未核对，沿用试行规则的九十日。"),
    Rule(number="12", code="case.duty_offence", name="职务犯罪案件调查作出处理决定", amount=12, unit=M,
         law=SUPERVISION_RULES, article="第一百八十五条", confidence="G", starts="立案", extra_amount=6, extra_unit=M,
         extra_times=1, extra_note="经上一级监察机关批准可以延长，不超过六个月。", extra_by="superior"),
    Rule(number="13", code="case.detention", name="留置", amount=3, unit=M, law=SUPERVISION_2018, until=SUPERVISION,
         article="第四十三条", confidence="G", starts="执行留置", roll_over=False, extra_amount=3, extra_unit=M,
         extra_times=1, extra_note="报上一级监察机关批准，可以延长一次，不超过三个月。", extra_by="superior"),
    Rule(number="13", code="case.detention", name="留置", amount=3, unit=M, law=SUPERVISION, article="第四十八条",
         starts="执行留置", roll_over=False, extra_amount=3, extra_unit=M, extra_times=1,
         extra_note="报上一级监察机关批准，可以延长一次，不超过三个月；可能判处十年以上的另按规定报批。", extra_by="superior"),
    Rule(number="14", code="case.custody", name="管护", amount=7, unit=D, law=SUPERVISION, article="第四十六条",
         starts="执行管护", roll_over=False, extra_amount=3, extra_unit=D, extra_times=1,
         extra_note="可以延长一日至三日。"),
    Rule(number="14b", code="case.await_inquiry", name="责令候查", amount=12, unit=M, law=SUPERVISION,
         article="第四十六条", starts="执行责令候查", roll_over=False),
    Rule(number="16", code="case.adjudicate", name="审理", amount=1, unit=M, law=DISCIPLINE, article="第五十五条",
         starts="审理部门受理", extra_note="复杂疑难的经批准可以适当延长；补充调查的时间不计入。"),
    Rule(number="17", code="case.supplement", name="补充调查", amount=1, unit=M, law=SUPERVISION_2018,
         until=SUPERVISION, article="第四十七条", confidence="G", starts="检察机关退回", roll_over=False),
    Rule(number="17", code="case.supplement", name="补充调查", amount=1, unit=M, law=SUPERVISION,
         article="第五十四条", starts="检察机关退回", roll_over=False, note="以二次为限。"),
    Rule(number="18", code="case.release_property", name="与案件无关的查封扣押冻结财物解除退还", amount=3, unit=D,
         law=SUPERVISION_2018, until=SUPERVISION, article="第二十三条、第二十五条", confidence="G",
         starts="查明与案件无关"),
    Rule(number="18", code="case.release_property", name="与案件无关的查封扣押冻结财物解除退还", amount=3, unit=D,
         law=SUPERVISION, article="第二十六条、第二十八条", starts="查明与案件无关"),
    Rule(number="19", code="sanction.announce", name="宣布处分决定", amount=1, unit=M, law=SANCTIONS,
         starts="作出处分决定"),
    Rule(number="20", code="sanction.adjust", name="办理职务、工资等变更手续", amount=1, unit=M, law=OFFICIALS,
         article="第五十四条", starts="作出处分决定", extra_amount=5, extra_unit=M, extra_times=1,
         extra_note="特殊情况经批准可以适当延长，总期限不超过六个月。"),
    Rule(number="21", code="sanction.report", name="报告处分执行情况", amount=6, unit=M, law=SANCTIONS,
         starts="作出处分决定"),
    Rule(number="22", code="sanction.report_quarter", name="报告处分宣布情况", amount=3, unit=M, law=SANCTIONS,
         starts="上次报告"),
    Rule(number="23", code="property.settle", name="涉案款物处置", amount=60, unit=D, law=SANCTIONS,
         starts="收到审理部门通知"),
    Rule(number="26", code="review.apply", name="申请复审", amount=1, unit=M, law=SUPERVISION_2018,
         until=SUPERVISION, article="第四十九条", confidence="G", starts="收到处理决定"),
    Rule(number="26", code="review.apply", name="申请复审", amount=1, unit=M, law=SUPERVISION,
         article="第五十六条", starts="收到处理决定"),
    Rule(number="26b", code="review.decide", name="作出复审决定", amount=1, unit=M, law=SUPERVISION_2018,
         article="第四十九条；2024 年修正后为第五十六条", starts="收到复审申请"),
    Rule(number="27", code="recheck.apply", name="申请复核", amount=1, unit=M, law=SUPERVISION_2018,
         article="第四十九条；2024 年修正后为第五十六条", starts="收到复审决定"),
    Rule(number="27b", code="recheck.decide", name="作出复核决定", amount=2, unit=M, law=SUPERVISION_2018,
         article="第四十九条；2024 年修正后为第五十六条", starts="收到复核申请"),
)

RECTIFICATION_RULES = (
    Rule(number="R1", code="item.rectify", name="集中整改", amount=2, unit=M, law=INSPECTION_2015, until=INSPECTION,
         article="第二十七条", starts="反馈", note="2024 年修订前开始的轮次仍按两个月。"),
    Rule(number="R1", code="item.rectify", name="集中整改", amount=6, unit=M, law=INSPECTION, starts="反馈",
         note="由两个月调整为六个月；各县常按三个月掌握，以轮次记载的期限为准。"),
    Rule(number="R2", code="item.plan", name="报送整改方案", amount=1, unit=M, law=LOCAL, confidence="U",
         starts="反馈", note="见于一地通知，2024 年条例的期限未核对。"),
    Rule(number="R3", code="item.round_reports", name="报送整改情况报告", amount=2, unit=M, law=INSPECTION_2015,
         until=INSPECTION, article="第二十七条", starts="反馈"),
    Rule(number="R3", code="item.round_reports", name="报送整改情况报告", amount=6, unit=M, law=INSPECTION,
         starts="反馈", note="包括整改情况报告和主要负责人组织落实情况报告。"),
    Rule(number="R4", code="item.accept", name="整改事项签收", amount=5, unit=WD, law=LOCAL, confidence="U",
         starts="下发"),
    Rule(number="R5", code="item.review", name="牵头单位审核销号申请", amount=10, unit=WD, law=LOCAL, confidence="U",
         starts="申请销号"),
    Rule(number="R6", code="item.verify", name="复核验收", amount=15, unit=WD, law=LOCAL, confidence="U",
         starts="牵头单位审核"),
    Rule(number="R7", code="item.stage", name="长期坚持事项阶段报告", amount=3, unit=M, law=LOCAL, confidence="U",
         starts="列入长期坚持或者上次阶段报告"),
    Rule(number="R8", code="item.period_report", name="整改定期报告报送", amount=3, unit=WD, law=LOCAL, confidence="U",
         starts="报告期结束", note="旬报、月报、周报相同；各地报送日不一，可按本地规定调整。"),
    Rule(number="R9", code="item.handover", name="接收变更的整改事项", amount=3, unit=WD, law=LOCAL, confidence="U",
         starts="批准变更", note="期限以内可以说明理由退回，过了期限视为接收。"),
    Rule(number="R10", code="item.publication", name="销号公示", amount=5, unit=WD, law=LOCAL, confidence="U",
         starts="复核签署", note="只用于确定要公示的事项；确定时另定天数的从其规定。"),
)

ROUND_RULES = (
    Rule(number="X1", code="opinion.answer", name="答复巡察意见", amount=1, unit=M, law=LOCAL, confidence="U",
         starts="发出意见", note="发出时写明答复期限的，以写明的为准。"),
    Rule(number="X2", code="notice.done", name="立行立改", amount=15, unit=D, law=LOCAL, confidence="U",
         starts="发出通知", note="通知写明整改期限的，以写明的为准。"),
    Rule(number="X3", code="round.report", name="向书记专题会报告", amount=1, unit=M, law=LOCAL,
         starts="巡察组离开", note="见于一县的做法，可按本地规定调整。"),
    Rule(number="X4", code="plan.review", name="联审整改方案和报告", amount=10, unit=WD, law=LOCAL, confidence="U",
         starts="报送"),
    Rule(number="X5", code="plan.resubmit", name="退单回炉后重新报送", amount=10, unit=WD, law=LOCAL, confidence="U",
         starts="退回"),
)

HOTLINE_RULES = (
    Rule(number="Z1", code="call.answer", name="回复来电人", amount=10, unit=WD, law=LOCAL, confidence="U",
         starts="接到来电", note="件件有回音：办理单位没有答复的，也要把进展告诉来电人。"),
    Rule(number="Z2", code="call.handle", name="专线来电转办", amount=5, unit=WD, law=LOCAL, confidence="U",
         starts="转办"),
    Rule(number="Z3", code="call.handle_urgent", name="紧急来电转办", amount=1, unit=WD, law=LOCAL, confidence="U",
         starts="转办"),
    Rule(number="Z4", code="digest.instruction", name="报告快报批示落实情况", amount=5, unit=WD, law=LOCAL,
         confidence="U", starts="领导批示"),
)

# fmt: on

RULES = (
    LEAD_RULES
    + EXCHANGE_RULES
    + CASE_RULES
    + EFFECT_RULES
    + RECTIFICATION_RULES
    + ROUND_RULES
    + HOTLINE_RULES
    + DUTY_RULES
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """Who joins the circle of those reminded, and when: `days_left` before the date (negative: overdue)."""

    audience: str
    days_left: int
    note: str

    def fields(self) -> dict[str, object]:
        """Return the values of the LadderStep row."""
        return {
            "audience": self.audience,
            "days_left": self.days_left,
            "valid_from": LOCAL.since,
            "source": "产品默认的提醒阶梯",
            "note": self.note,
        }


LADDER = (
    Step(audience="person", days_left=7, note="到期前七日起提醒承办人。"),
    Step(audience="unit_head", days_left=1, note="到期前一日起同时提醒单位主要负责人。"),
    Step(audience="leader", days_left=-1, note="超期当日起同时提醒分管（包抓）领导。"),
    Step(audience="body", days_left=-8, note="超期满一周起同时提醒纪检监察机关督办部门。"),
)


def install(rule_model: Any, step_model: Any) -> None:
    """Insert the rows that are not there; also takes the historical models of a migration. Existing rows stay."""
    known = set(rule_model.objects.filter(region=None).values_list("code", "valid_from"))
    columns = {field.name for field in rule_model._meta.concrete_fields}
    rule_model.objects.bulk_create(
        rule_model(**{name: value for name, value in rule.fields().items() if name in columns})
        for rule in RULES
        if (rule.code, rule.law.since) not in known
    )
    if not step_model.objects.filter(region=None).exists():
        step_model.objects.bulk_create(step_model(**step.fields()) for step in LADDER)


def altered(rule_model: Any) -> list[str]:
    """Reference rules of the database that no longer say what stands here: "代码 施行日期 字段"."""
    expected = {(rule.code, rule.law.since): rule.fields() for rule in RULES}
    found = []
    for row in rule_model.objects.filter(changed_by=None):
        wanted = expected.get((row.code, row.valid_from))
        if wanted is None or row.region_id is not None:
            found.append(f"{row.code} {row.valid_from} 不是随产品提供的规则")
            continue
        found += [
            f"{row.code} {row.valid_from} 的“{row._meta.get_field(name).verbose_name}”"
            for name, value in wanted.items()
            if getattr(row, name) != value
        ]
    return found
