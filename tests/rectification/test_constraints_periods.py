"""What the database refuses of reports that are owed; every constraint of theirs is broken here once."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from povertyaudit.core import moment
from povertyaudit.core.models import SignatureBase
from rectification.models import (
    BoardRule,
    ExtensionRule,
    FigureKind,
    ItemRhythm,
    PeriodFigure,
    PeriodReport,
    PeriodSignature,
    ReportRhythm,
)
from rectification.services import periods, set_rhythm
from tests.rectification import makers

MODELS = (
    "reportrhythm", "figurekind", "itemrhythm", "periodreport", "periodfigure", "periodsignature",
    "extensionrule", "boardrule",
)  # fmt: skip


@pytest.fixture
def row(cast):
    item = makers.at(cast, "accepted")
    set_rhythm(item, by=cast.inspector1, cadence="month", note="照旧")
    report = makers.owed(item)
    kind = FigureKind.objects.get(code="trained")
    periods.fill(report, by=cast.official, text="进展", figures=[{"kind": kind, "value": 3}])
    return periods.sign(report, by=cast.unithead)


def _report(row, **changes):
    PeriodReport.objects.filter(pk=row.pk).update(**changes)


def _copy(model, **changes):
    """The first row once more, with an id of its own."""
    one = model.objects.first()
    one.pk, one.public_id = None, "x" * 22
    for name, value in changes.items():
        setattr(one, name, value)
    one.save()


def _two_proposals(model, row):
    for code in ("one", "two"):
        model.objects.create(code=code, name="x", changed_by=row.signed_by, state="draft")
    model.objects.filter(code="two").update(code="one")


def _of_terms(model):
    """The four constraints every table of terms has."""
    return {
        "one_proposal": lambda row: _two_proposals(model, row),
        "two_pairs_of_eyes": lambda row: model.objects.update(
            changed_by=row.signed_by, confirmed_by=row.signed_by, state="refused"
        ),
        "changed_ends_confirmed": lambda row: model.objects.update(changed_by=row.signed_by),
        "ends_after_start": lambda row: model.objects.update(valid_from="2026-01-02", valid_to="2026-01-01"),
    }


BROKEN = {
    "item_rhythm_once_a_day": lambda row: _copy(ItemRhythm),
    "item_rhythm_has_reason": lambda row: ItemRhythm.objects.update(reason=""),
    "period_has_cadence": lambda row: _report(row, cadence="none"),
    "period_unchanged_when_filled": lambda row: _report(
        row,
        state="waived",
        signed_by=None,
        signed_on=None,
        filled_on=None,
        unchanged=True,
        unchanged_reason="停工",
    ),
    "period_signed_after_filled": lambda row: _report(row, signed_on="2020-01-01"),
    "period_returned_has_reason": lambda row: _report(
        row, state="returned", signed_by=None, signed_on=None, returned_reason=""
    ),
    "period_lapsed_is_waived": lambda row: _report(row, lapsed=True),
    "period_report_once": lambda row: _copy(PeriodReport, number="990101-DQ-2026-99999"),
    "period_days_in_order": lambda row: _report(row, due_on=row.first_day, last_day=row.last_day),
    "period_filled_iff_told": lambda row: _report(row, text=""),
    "period_signed_by_somebody": lambda row: _report(row, signed_on=None),
    "period_unchanged_has_reason": lambda row: _report(row, unchanged=True),
    "period_figure_once": lambda row: _copy(PeriodFigure),
    "period_figure_not_negative": lambda row: PeriodFigure.objects.update(value=-1),
    "one_standing_period_signature": lambda row: _copy(PeriodSignature),
    **{
        f"{model._meta.model_name}_{name}": breaks
        for model in (ReportRhythm, FigureKind, ExtensionRule, BoardRule)
        for name, breaks in _of_terms(model).items()
    },
}


def test_every_constraint_is_here():
    named = {
        constraint.name
        for name in MODELS
        for constraint in apps.get_model("rectification", name)._meta.constraints
    }
    assert named == set(BROKEN)


def test_the_database_refuses_each(row):
    for name, breaks in BROKEN.items():
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            breaks(row)
        assert name in str(refused.value) or "UNIQUE" in str(refused.value), name
    with pytest.raises(IntegrityError), transaction.atomic():
        _report(row, state="owed", signed_by=None, signed_on=None)  # filled in, and said not to be


def test_a_signature_that_no_longer_covers_the_report_is_void(row, cast):
    """Only through the tables, beside every verb: the digest still tells."""
    from povertyaudit.core import signing

    signature: SignatureBase = row.signatures.get()
    assert signing.holds(signature, row)
    PeriodFigure.objects.update(value=30)
    assert not signing.holds(signature, PeriodReport.objects.get(pk=row.pk))
    assert row.signed_on == moment.today()
