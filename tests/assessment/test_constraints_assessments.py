"""What the database refuses of assessments, whatever the services do."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from povertyaudit.assessment.models import Assessment, AssessmentScheme, Score, ScoreLine, UnitSheet
from tests.assessment import makers as make

pytestmark = pytest.mark.django_db


def test_what_is_signed_is_locked_in_the_database_too(cast):
    row = make.signed(cast)
    own = make.sheet(row)
    for rows, change in (
        (ScoreLine.objects.filter(sheet=own), {"points": 1}), (UnitSheet.objects.filter(pk=own.pk), {"total": 1}),
        (Score.objects.filter(unit_sheet=own), {"points": 1}), (Assessment.objects.filter(pk=row.pk), {"signed_by": cast.secretary}),
        (Assessment.objects.filter(pk=row.pk), {"state": "scoring", "signed_by": None, "signed_on": None}),
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        ScoreLine.objects.filter(sheet=own).delete()
    fresh_one = AssessmentScheme.objects.get()
    fresh_one.pk, fresh_one.code, fresh_one.weight_sum, fresh_one.public_id = None, "other", 99, "x" * 22
    with pytest.raises(IntegrityError, match="scheme_weights_add_up"), transaction.atomic():
        fresh_one.save()
    open_ = make.opened(cast, code="second", name="另一办法")
    with pytest.raises(IntegrityError, match="score_line_within_weight"), transaction.atomic():
        ScoreLine.objects.filter(sheet__assessment=open_, key="work").update(points=41)
