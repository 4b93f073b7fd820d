"""What the database refuses of money and projects whatever the code does; every constraint of theirs is broken once."""

import pytest
from django.db import IntegrityError, transaction

from funds.models import (
    Allocation,
    FundingLine,
    FundRule,
    ProgressReport,
    Project,
    ProjectDouble,
    ProjectKind,
    ProjectNotice,
    ProjectObjection,
)
from funds.services import notices
from povertyaudit.core import moment
from tests.funds import notice_makers as hung
from tests.funds import project_makers as makers
from tests.funds.project_makers import WAN

pytestmark = pytest.mark.django_db
MODELS = (
    Allocation,
    Project,
    FundingLine,
    ProjectDouble,
    FundRule,
    ProjectKind,
    ProjectNotice,
    ProjectObjection,
    ProgressReport,
)


def _copy(model, **changes):
    one = model.objects.first()
    one.pk, one.public_id = None, "x" * 22
    for name, value in changes.items():
        setattr(one, name, value)
    one.save()


def _two_proposals(model, by):
    one = model.objects.first()
    for number in (1, 2):
        one.pk, one.public_id, one.changed_by, one.state = None, f"{number}" * 22, by, "draft"
        one.save()


def _of_terms(model):
    """The four constraints every table of terms has."""
    return {
        "one_proposal": lambda by: _two_proposals(model, by),
        "two_pairs_of_eyes": lambda by: model.objects.update(changed_by=by, confirmed_by=by, state="refused"),
        "changed_ends_confirmed": lambda by: model.objects.update(changed_by=by),
        "ends_after_start": lambda by: model.objects.update(valid_from="2026-01-02", valid_to="2026-01-01"),
    }


def _set(model, **changes):
    return lambda by: model.objects.update(**changes)


ANSWER = {"finding": "upheld", "answer": "已更正", "told": "face", "answered_on": moment.today()}


def _answered(by, **changes):
    ProjectObjection.objects.update(answered_by=by, **{**ANSWER, **changes})


BROKEN = {
    "allocation_paper_once": lambda by: _copy(Allocation, number="990101-XD-2026-9999"),
    "allocation_amount_in_range": _set(Allocation, amount_fen=0, assigned_fen=0),
    "allocation_assigned_within_amount": _set(Allocation, assigned_fen=501 * WAN),
    "allocation_received_after_issue": _set(Allocation, received_on="2020-01-01"),
    "allocation_revoked_gives_nothing": _set(Allocation, state="revoked"),
    "project_sums_in_range": _set(Project, planned_fen=0),
    "project_plan_ends_after_start": _set(Project, plan_end="2020-01-01"),
    "project_dates_in_order": _set(Project, started_on="2020-01-01"),
    "project_approved_has_paper": _set(Project, approval_no=""),
    "project_state_has_day": lambda by: Project.objects.filter(state="approved").update(state="completed"),
    "project_retention_within_tenth": _set(Project, contract_fen=70 * WAN, retention_fen=7 * WAN + 1),
    "project_paid_within_funds": _set(Project, paid_fen=81 * WAN),
    "project_spent_within_paid": _set(Project, spent_fen=1),
    "project_paid_within_contract": _set(Project, contract_fen=10, paid_fen=11),
    "project_paid_within_settled": _set(Project, settled_fen=10, paid_fen=11),
    "project_cancelled_has_no_money": _set(Project, state="cancelled"),
    "project_poor_among_all": _set(Project, poor_persons=9999),
    "project_has_number": _set(Project, number=None),
    "line_allocation_once": lambda by: _copy(FundingLine),
    "line_amount_in_range": _set(FundingLine, amount_fen=0),
    "line_paid_within_amount": _set(FundingLine, paid_fen=81 * WAN),
    "double_once": lambda by: _copy(ProjectDouble),
    "double_of_another": lambda by: ProjectDouble.objects.update(other=ProjectDouble.objects.get().project),
    "double_answered_whole": _set(ProjectDouble, decision="different", answer="无"),
    "project_report_once_a_day": lambda by: _copy(ProgressReport),
    "project_report_percent": _set(ProgressReport, percent=101),
    "project_notice_place_once": lambda by: _copy(ProjectNotice),
    "project_notice_days_in_order": _set(ProjectNotice, down_on="2020-01-01"),
    "project_notice_voided_by_someone": _set(ProjectNotice, voided_on="2026-01-01"),
    "project_objection_answered_whole": _set(ProjectObjection, finding="upheld"),
    "project_objection_named_is_told": lambda by: _answered(by, told=""),
    "project_objection_answered_by_another": lambda by: ProjectObjection.objects.update(
        answered_by=ProjectObjection.objects.get().posted_by, **ANSWER
    ),
    "project_objection_result_after_answer": _set(ProjectObjection, result_on="2026-01-01", result_place="x"),
    **{
        f"{model._meta.model_name}_{name}": breaks
        for model in (FundRule, ProjectKind)
        for name, breaks in _of_terms(model).items()
    },
}


def test_the_database_refuses_each_constraint_and_none_is_left_out(people):
    paper = makers.allocation(people)
    row = makers.project(people, "approved", source=paper)
    notice = hung.posted(people, row)
    notices.record_objection(row, by=people.official, notice=notice, objector="陶有田", text="户数不对")
    ProgressReport.objects.create(
        project=row, reported_on=makers.DAY, percent=10, text="进场", reported_by=people.official
    )
    makers.project(people, "review")
    Project.objects.filter(state="review").update(year=2025)
    assert {constraint.name for model in MODELS for constraint in model._meta.constraints} == set(BROKEN)
    for name, breaks in BROKEN.items():
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            breaks(people.casemgr)
        assert name in str(refused.value) or "UNIQUE" in str(refused.value), (name, str(refused.value))
