"""What the database refuses of look-backs; every constraint of theirs is broken here once."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F

from funds import services as funds
from povertyaudit.core import moment
from rectification.models import LookBack, LookBackAnswer, LookBackCheck, LookBackQuestion, LookBackUnit
from tests.rectification import look_back_makers as make
from tests.rectification.makers import at, misuse
from tests.rectification.test_constraints_evidence import _copy, _of_terms

MODELS = ("lookback", "lookbackunit", "lookbackdraw", "lookbackcheck", "lookbackanswer", "lookbackquestion")


@pytest.fixture
def inspector(cast):
    """A plan with a chosen unit and two rows, one of them confirmed; who drafted it."""
    at(cast, "closed")
    make.check(cast, "confirmed", random_size=0, units=[{"unit": cast.town}])
    return cast.inspector1


def plans(**values):
    return lambda by: LookBack.objects.update(**values)


def rows(**values):
    return lambda by: LookBackCheck.objects.update(**values)


BROKEN = {
    "look_back_origin_is_whole": plans(origin="round"),
    "look_back_ends_after_start": plans(ends_on=date(2000, 1, 1)),
    "look_back_two_persons": plans(approver=F("drafted_by")),
    "look_back_number_only_at_the_end": plans(number="990101-HT-2026-999"),
    "look_back_approved_first": plans(approved_on=None),
    "look_back_finished_is_dated": plans(state="finished"),
    "look_back_amounts_sensible": plans(above_fen=0),
    "look_back_unit_once": lambda by: _copy(LookBackUnit),
    "look_back_check_seq_once": rows(seq=1),
    "look_back_check_item_once": lambda by: LookBackCheck.objects.update(
        item=LookBackCheck.objects.order_by("seq").first().item
    ),
    "look_back_check_one_thing": rows(kind="returned"),
    "look_back_check_state_is_whole": rows(finding=""),
    "look_back_check_relapse_has_reason": rows(state="relapsed"),
    "look_back_check_followed_by": rows(decided_on=date(2026, 1, 1)),
    "look_back_check_amount_in_range": rows(amount_fen=-1),
    "look_back_check_position_is_whole": rows(latitude=29),
    "look_back_answer_sum_where_paid": lambda by: LookBackAnswer.objects.update(paid="no"),
    **{f"lookbackquestion_{name}": breaks for name, breaks in _of_terms(LookBackQuestion).items()},
}


def test_the_database_refuses_each_constraint_and_none_is_left_out(inspector):
    models = [apps.get_model("rectification", name) for name in MODELS]
    named = {constraint.name for model in models for constraint in model._meta.constraints}
    assert named == {*BROKEN, "look_back_check_recovery_once"}  # of a return: below
    for name, breaks in BROKEN.items():
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            breaks(inspector)
        assert name in str(refused.value) or "UNIQUE" in str(refused.value), name


def test_a_return_is_looked_at_once_in_a_plan(cast):
    funds.record_returns(
        misuse(cast), by=cast.finance, voucher_no="表1", received_on=moment.today(),
        households=[{"household": "陶有田", "amount_fen": 90_000}],
    )  # fmt: skip
    make.plan(cast, closed=False, pool="returns")
    with pytest.raises(IntegrityError, match=r"UNIQUE|look_back_check_recovery_once"), transaction.atomic():
        _copy(LookBackCheck, seq=9)
