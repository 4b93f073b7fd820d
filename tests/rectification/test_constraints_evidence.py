"""What the database refuses of evidence and its lists; every constraint of theirs is broken here once."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from rectification import services
from rectification.models import Evidence, EvidenceNeed, EvidenceSort, PastEvidence
from tests.rectification import makers
from tests.rectification.makers import photo

MODELS = ("evidence", "evidencesort", "evidenceneed", "pastevidence")


@pytest.fixture
def official(cast):
    """One photo uploaded, replaced, withdrawn, and another that stands; who did it."""
    item = makers.at(cast, "accepted")
    for colour in (1, 2):
        services.add_evidence(item, by=cast.official, files=[photo(colour=(colour, 0, 0))], kind="notice")
    one = item.evidence.first()
    services.replace_evidence(item, by=cast.official, evidence=one, file=photo(colour=(9, 9, 9)), note="模糊")
    services.remove_evidence(item, by=cast.official, evidence=one, note="重复")
    return cast.official


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


BROKEN = {
    "evidence_file_once": lambda by: _copy(Evidence),
    "evidence_pair_is_after": lambda by: Evidence.objects.update(before=Evidence.objects.get()),
    "past_evidence_file_once": lambda by: _copy(PastEvidence),
    "past_evidence_has_reason": lambda by: PastEvidence.objects.update(reason=""),
    "past_evidence_version_from_one": lambda by: PastEvidence.objects.update(version_no=0),
    "evidenceneed_key_where_chosen": lambda by: EvidenceNeed.objects.update(axis="class", key=""),
    **{
        f"{model._meta.model_name}_{name}": breaks
        for model in (EvidenceSort, EvidenceNeed)
        for name, breaks in _of_terms(model).items()
    },
}


def test_the_database_refuses_each_constraint_and_none_is_left_out(official):
    models = [apps.get_model("rectification", name) for name in MODELS]
    assert {constraint.name for model in models for constraint in model._meta.constraints} == set(BROKEN)
    for name, breaks in BROKEN.items():
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            breaks(official)
        assert name in str(refused.value) or "UNIQUE" in str(refused.value), name
