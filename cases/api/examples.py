"""Example bodies of the schema; each succeeds on the demo county."""

REGISTER = {
    "channel": "letter",
    "kind": "complaint",
    "identity_status": "claimed",
    "received_on": "2026-11-20",
    "title": "反映村干部虚报冒领危房改造补助",
    "text": "反映该村支部书记以他人名义申领危房改造补助。",
    "region": "990101101000",
    "category": "false_claim",
    "style": "misconduct",
    "amount_fen": 2600000,
    "subjects": [
        {"name": "王某某", "unit_text": "石桥坳村", "post_text": "支部书记", "kind": "village_cadre"}
    ],
    "complainant": {"name": "李四", "phone": "0744-123456"},
}
DISPATCH = {
    "mode": "self",
    "handling_unit": "第一监督检查室",
    "leader": "leader",
    "instruction": "请第一监督检查室核实，按期报结果。",
}
PROPOSE = {"method": "verify", "discussed_on": "2026-11-22", "proposal": "反映问题具体、可查，建议初步核实。"}
REPLY = {"replied_on": "2026-11-22"}
HOLD = {"review_on": "2027-03-01"}
CONCLUDE = {"close_kind": "untrue", "result_text": "经核查，反映问题不属实，已向其所在单位说明。"}
MERGE = {"into": "990101-XF-2026-0001", "note": "同一反映人重复来信。"}
EXTEND = {"clock": "lead.assigned", "months": 3, "note": "案情复杂，经主要负责人批准延长三个月。"}
