"""What may be decided on a person: the kinds the statutes fix, and in which of the four forms each counts.

处分条例 (2023) art. 5, 8; 政务处分法 (2020) art. 7; 组织处理规定（试行）; the twelve measures are the indicator set of the
first form. How long each takes effect is a dated rule (`effect.*` in `core.reference_clocks`).
"""

from django.db import models


class OutcomeKind(models.TextChoices):
    PARTY = "party", "党纪处分"
    ADMIN = "admin", "政务处分"
    ORG = "org", "组织处理"
    FIRST = "first", "第一种形态措施"
    TRANSFER = "transfer", "移送检察机关"
    NONE = "none", "不予处分"


class Form(models.IntegerChoices):
    """四种形态."""

    NONE = 0, "不计入四种形态"
    FIRST = 1, "第一种形态"
    SECOND = 2, "第二种形态"
    THIRD = 3, "第三种形态"
    FOURTH = 4, "第四种形态"


class Measure(models.TextChoices):
    """In the order of weight within each form: who has several is counted once, at the heaviest."""

    NO_SANCTION = "none_no_sanction", "不予处分"
    EXEMPT = "none_exempt", "免予处分"
    DROPPED = "none_dropped", "撤销案件"
    REVOKED = "none_revoked", "撤销原处理决定"
    REMINDER = "first_reminder", "提醒谈话"
    WARNING_TALK = "first_warning_talk", "警示谈话"
    CRITICISM = "first_criticism", "批评教育"
    STOP = "first_stop", "纠正或者停止违纪行为"
    GIVE_BACK = "first_give_back", "责成退出违纪所得"
    DEADLINE = "first_deadline", "限期整改"
    SELF_EXAMINATION = "first_self_examination", "责令作出口头或者书面检查"
    MEETING = "first_meeting", "民主生活会批评帮助"
    APOLOGY = "first_apology", "责令公开道歉（检讨）"
    CIRCULAR = "first_circular", "通报（批评）"
    OTHER = "first_other", "其他第一种形态措施"
    ADMONITION = "first_admonition", "诫勉"
    ORG_SUSPENSION = "org_suspension", "停职检查"
    ORG_LATERAL = "org_lateral", "平职调整"
    ORG_RANK = "org_rank", "转任职级公务员"
    ORG_RESIGN = "org_resign", "责令辞职"
    ORG_REMOVE = "org_remove", "免职"
    ORG_RETIRE = "org_retire", "提前退休"
    ORG_DEMOTE = "org_demote", "降职"
    ADMIN_WARNING = "admin_warning", "政务警告"
    ADMIN_DEMERIT = "admin_demerit", "政务记过"
    ADMIN_MAJOR_DEMERIT = "admin_major_demerit", "政务记大过"
    ADMIN_DEMOTION = "admin_demotion", "政务降级"
    PARTY_WARNING = "party_warning", "党内警告"
    PARTY_SERIOUS_WARNING = "party_serious_warning", "党内严重警告"
    ADMIN_REMOVAL = "admin_removal", "政务撤职"
    PARTY_REMOVAL = "party_removal", "撤销党内职务"
    PARTY_PROBATION = "party_probation", "留党察看"
    ADMIN_DISMISSAL = "admin_dismissal", "政务开除"
    PARTY_EXPULSION = "party_expulsion", "开除党籍"
    TRANSFER = "transfer_prosecution", "移送检察机关审查起诉"


# 政务处分法 art. 22, 23: all that a supervision commission may give to those who hold no public post.
LIGHT_ADMIN = (Measure.ADMIN_WARNING, Measure.ADMIN_DEMERIT, Measure.ADMIN_MAJOR_DEMERIT)
HEAVY = (
    Measure.ORG_DEMOTE,
    Measure.PARTY_REMOVAL,
    Measure.PARTY_PROBATION,
    Measure.PARTY_EXPULSION,
    Measure.ADMIN_REMOVAL,
    Measure.ADMIN_DISMISSAL,
)
SANCTIONS = (OutcomeKind.PARTY, OutcomeKind.ADMIN)
WEIGHT = {measure: place for place, measure in enumerate(Measure.values)}


def kind_of(measure: str) -> str:
    """The kind a measure belongs to: the word before the first underscore."""
    return measure.split("_")[0]


def form_of(measure: str, *, no_party_post: bool = False, criminal: bool = False) -> int:
    """In which form the measure counts; a party member expelled for a crime counts in the fourth."""
    kind = kind_of(measure)
    if kind == OutcomeKind.TRANSFER or criminal:
        return Form.FOURTH
    if measure in HEAVY or no_party_post:
        return Form.THIRD
    return {OutcomeKind.NONE: Form.NONE, OutcomeKind.FIRST: Form.FIRST}.get(kind, Form.SECOND)  # type: ignore[call-overload,no-any-return]
