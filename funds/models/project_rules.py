"""What a row of a project must always keep, as the database holds it."""

from django.db import models
from django.db.models import F, Q

from povertyaudit.core.cleaning import MAX_FEN

DATES = ("stored_on", "approved_on", "started_on", "completed_on", "accepted_on", "published_on")
BEFORE_APPROVAL = ("stored", "review", "cancelled")
UNBUILT = (*BEFORE_APPROVAL, "approved", "stalled")


def _after(later: str, earlier: str) -> Q:
    return Q(**{later: None}) | Q(**{f"{earlier}__isnull": False, f"{later}__gte": F(earlier)})


def _sum(name: str) -> Q:
    return Q(**{name: None}) | Q(**{f"{name}__gte": 1, f"{name}__lte": MAX_FEN})


PROJECT_CONSTRAINTS = (
    models.CheckConstraint(
        name="project_sums_in_range",
        condition=Q(planned_fen__gte=1, planned_fen__lte=MAX_FEN)
        & _sum("approved_fen")
        & _sum("tender_fen")
        & _sum("contract_fen")
        & _sum("settled_fen"),
        violation_error_message="金额应大于 0，且不超过 10 万亿元。",
    ),
    models.CheckConstraint(
        name="project_plan_ends_after_start",
        condition=Q(plan_end__gte=F("plan_start")),
        violation_error_message="计划完工日期不能早于计划开工日期。",
    ),
    models.CheckConstraint(
        name="project_dates_in_order",
        condition=_after("approved_on", "stored_on")
        & _after("started_on", "approved_on")
        & _after("completed_on", "started_on")
        & _after("accepted_on", "completed_on")
        & _after("published_on", "accepted_on"),
        violation_error_message="日期应按批复、开工、完工、验收、竣工公示的先后。",
    ),
    models.CheckConstraint(
        name="project_approved_has_paper",
        condition=Q(state__in=BEFORE_APPROVAL)
        | Q(approved_on__isnull=False, approved_fen__isnull=False) & ~Q(approval_no=""),
        violation_error_message="已批复的项目应有批复文号、日期和金额。",
    ),
    models.CheckConstraint(
        name="project_state_has_day",
        condition=Q(state__in=UNBUILT)
        | Q(state="started", started_on__isnull=False)
        | Q(state="completed", completed_on__isnull=False)
        | Q(state="accepted", accepted_on__isnull=False, settled_fen__isnull=False)
        | Q(state="published", published_on__isnull=False, settled_fen__isnull=False),
        violation_error_message="项目到哪一步，就应有那一步的日期；已验收的应有审定金额。",
    ),
    models.CheckConstraint(
        name="project_retention_within_tenth",
        condition=Q(retention_fen=0)
        | Q(retention_fen__gte=0, contract_fen__isnull=False, retention_fen__lte=F("contract_fen") / 10),
        violation_error_message="质保金不能超过合同金额的 10 %。",
    ),
    models.CheckConstraint(
        name="project_paid_within_funds",
        condition=Q(paid_fen__gte=0, paid_fen__lte=F("funded_fen")),
        violation_error_message="拨付合计不能超过安排给项目的资金。",
    ),
    models.CheckConstraint(
        name="project_spent_within_paid",
        condition=Q(spent_fen__gte=0, spent_fen__lte=F("paid_fen")),
        violation_error_message="支出合计不能超过拨付合计。",
    ),
    models.CheckConstraint(
        name="project_paid_within_contract",
        condition=Q(contract_fen=None) | Q(paid_fen__lte=F("contract_fen")),
        violation_error_message="拨付合计不能超过合同金额。",
    ),
    models.CheckConstraint(
        name="project_paid_within_settled",
        condition=Q(settled_fen=None) | Q(paid_fen__lte=F("settled_fen")),
        violation_error_message="拨付合计不能超过验收审定金额。",
    ),
    models.CheckConstraint(
        name="project_cancelled_has_no_money",
        condition=~Q(state="cancelled") | Q(funded_fen=0, paid_fen=0),
        violation_error_message="取消的项目不能再有安排的资金。",
    ),
    models.CheckConstraint(
        name="project_poor_among_all",
        condition=Q(poor_households__lte=F("households"), poor_persons__lte=F("persons")),
        violation_error_message="其中贫困户数、人数不能超过受益户数、人数。",
    ),
    models.CheckConstraint(
        name="project_has_number",
        condition=Q(number__isnull=False),
        violation_error_message="项目应有编号。",
    ),
)
