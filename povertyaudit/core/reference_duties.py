"""Clocks of what is done again and again: match lists, village sheets, assessments, look-backs, talks, bulletins in villages.

All of them local and unconfirmed: a county changes them on the page. See `reference_clocks`.
"""

from povertyaudit.core.reference_laws import LOCAL, WD, D, Rule

# fmt: off
MATCH_RULES = (
    Rule(number="Y1", code="suspicion.visit", name="疑点入户核查", amount=10, unit=WD, law=LOCAL, confidence="U",
         starts="案头核查后交办", note="各地交办时限不一，可按本地规定调整。"),
)
FUND_RULES = (
    Rule(number="F1", code="village.sheet", name="村务公开月度清单上报", amount=10, unit=D, law=LOCAL, confidence="U",
         starts="当月结束", note="次月十日前；各地不同，可按本地规定调整。"),
)
ASSESSMENT_RULES = (
    Rule(number="K1", code="assessment.score", name="考核评分", amount=5, unit=WD, law=LOCAL, confidence="U",
         starts="考核启动", note="指定单位评分和逆向考评；各地不同，可按本地规定调整。"),
    Rule(number="K2", code="inspection.duty", name="大督查、交叉互查", amount=90, unit=D, law=LOCAL, confidence="U",
         starts="一期开始", note="每次的时限由督查安排的规定按期算出。"),
)
LOOK_BACK_RULES = (
    Rule(number="H1", code="lookback.check", name="回头看核查", amount=30, unit=D, law=LOCAL, confidence="U",
         starts="回头看计划批准", note="从批准到登记核查结果；各地不同，可按本地规定调整。"),
)
TALK_RULES = (
    Rule(number="T1", code="talk.receive", name="约谈通知签收", amount=2, unit=WD, law=LOCAL, confidence="U",
         starts="发出通知"),
    Rule(number="T2", code="talk.follow_up", name="约谈承诺跟踪", amount=10, unit=WD, law=LOCAL, confidence="U",
         starts="承诺时限届满", note="纪要约定跟踪日期的，以约定的为准；各地要求不一，可按本地规定调整。"),
)
BULLETIN_RULES = (
    Rule(number="B1", code="bulletin.read", name="通报阅读传达", amount=5, unit=WD, law=LOCAL, confidence="U",
         starts="送达", note="各地要求不一，可按本地规定调整；乡镇代收的，村内传达以后停止计时。"),
)
# fmt: on

DUTY_RULES = MATCH_RULES + FUND_RULES + ASSESSMENT_RULES + LOOK_BACK_RULES + TALK_RULES + BULLETIN_RULES
