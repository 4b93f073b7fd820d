"""Example bodies of the schema; each succeeds on the demo county."""

REGISTER = {
    "channel": "letter",
    "kind": "complaint",
    "identity_status": "claimed",
    "received_on": "2026-01-05",
    "title": "反映村干部虚报冒领危房改造补助",
    "text": "反映该村支部书记以他人名义申领危房改造补助。",
    "region": "990101102000",
    "category": "false_claim",
    "style": "misconduct",
    "amount_fen": 2600000,
    "subjects": [
        {"name": "王某某", "unit_text": "荻渚镇", "post_text": "村支部书记", "kind": "village_cadre"}
    ],
    "complainant": {"name": "李四", "phone": "0990-5123456"},
}
DISPATCH = {
    "mode": "self",
    "handling_unit": "第一监督检查室",
    "leader": "leader",
    "instruction": "请第一监督检查室核实，按期报结果。",
}
PROPOSE = {
    "method": "verify",
    "proposal": "反映问题具体、可查，建议初步核实。",
    "discussed_on": "2026-11-20",
    "present": "室主任、承办人员",
    "conclusion": "一致同意初步核实。",
    "plan": "调取补助发放资料，走访农户，谈话了解。",
}
REVIEW_HOLD = {"note": "当事人仍在外务工，暂不具备核查条件。", "review_on": "2028-06-30"}
DUTY = {"kind": "tell_unit", "text": "已向所在党组织书面说明核查情况。"}
REPLY = {"note": "已谈话，本人作出说明。"}
HOLD = {"review_on": "2028-06-30"}
CONCLUDE = {"close_kind": "answered", "result_text": "已当面答复政策依据和申请办法，咨询人表示清楚。"}
MERGE = {"into": "990101-XF-2026-0001", "note": "同一反映人重复来信。"}
EXTEND = {"due_on": "2028-06-30", "note": "上级重新指定报结果的日期。"}
# Verbs for many rows: each row answers for itself.
TWO = {"ids": ["990101-XF-2026-0001", "990101-XF-2026-0002"]}
