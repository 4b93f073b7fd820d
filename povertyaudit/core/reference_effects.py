"""Reference data of sanctions: how long each takes effect, and what its execution has time for. Loaded with the clocks."""

from povertyaudit.core.reference_laws import ADMONITION, LOCAL, OFFICIALS, SANCTIONS_2016, M, Rule

# fmt: off
# How long a sanction takes effect; no clocks run on these, the outcome keeps the day (`cases.services.effects`).
EFFECT_RULES = (
    Rule(number="P1", code="effect.party_warning", name="党内警告影响期", amount=12, unit=M, law=SANCTIONS_2016,
         starts="作出处分决定", roll_over=False),
    Rule(number="P2", code="effect.party_serious_warning", name="党内严重警告影响期", amount=18, unit=M,
         law=SANCTIONS_2016, starts="作出处分决定", roll_over=False),
    Rule(number="P2b", code="effect.no_party_post", name="应撤职但无党内职务的严重警告影响期", amount=24, unit=M,
         law=SANCTIONS_2016, starts="作出处分决定", roll_over=False),
    Rule(number="P3", code="effect.party_removal", name="撤销党内职务影响期", amount=24, unit=M, law=SANCTIONS_2016,
         confidence="G", starts="作出处分决定", roll_over=False),
    Rule(number="P4", code="effect.party_probation", name="留党察看影响期", amount=24, unit=M, law=SANCTIONS_2016,
         confidence="G", starts="恢复党员权利", roll_over=False),
    Rule(number="P5", code="effect.party_expulsion", name="开除党籍不得重新入党", amount=60, unit=M,
         law=SANCTIONS_2016, confidence="G", starts="作出处分决定", roll_over=False),
    Rule(number="Z1", code="effect.admin_warning", name="政务警告期间", amount=6, unit=M, law=OFFICIALS,
         article="第八条", starts="作出处分决定", roll_over=False),
    Rule(number="Z2", code="effect.admin_demerit", name="政务记过期间", amount=12, unit=M, law=OFFICIALS,
         article="第八条", starts="作出处分决定", roll_over=False),
    Rule(number="Z3", code="effect.admin_major_demerit", name="政务记大过期间", amount=18, unit=M, law=OFFICIALS,
         article="第八条", starts="作出处分决定", roll_over=False),
    Rule(number="Z4", code="effect.admin_demotion", name="政务降级期间", amount=24, unit=M, law=OFFICIALS,
         article="第八条", starts="作出处分决定", roll_over=False),
    Rule(number="Z5", code="effect.admin_removal", name="政务撤职期间", amount=24, unit=M, law=OFFICIALS,
         article="第八条", starts="作出处分决定", roll_over=False),
    Rule(number="J1", code="effect.first_admonition", name="诫勉影响期", amount=6, unit=M, law=ADMONITION,
         starts="作出决定", roll_over=False),
    Rule(number="19b", code="sanction.file", name="处分决定归入档案", amount=1, unit=M, law=LOCAL, confidence="U",
         starts="作出处分决定", note="政务处分法第五十四条要求存入本人档案，没有规定期限；一个月是产品默认，可按本地规定调整。"),
    Rule(number="P4b", code="sanction.probation", name="留党察看期满恢复党员权利", amount=12, unit=M,
         law=SANCTIONS_2016, starts="作出处分决定", roll_over=False, note="察看一年或者两年，以决定为准。"),
)
