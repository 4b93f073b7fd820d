"""What the database refuses of notices and comments; every constraint of theirs is broken here once."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from povertyaudit.core import moment
from rectification.models import NoticeComment, NoticeGround, NoticeLine, NoticeProblem, PublicNotice
from tests.rectification import makers
from tests.rectification.test_notices import told

MODELS = ("noticeground", "publicnotice", "noticeproblem", "noticeline", "noticecomment")


@pytest.fixture
def row(cast):
    finding = makers.finding(cast)
    item = makers.at(cast, "issued", source="finding", finding=finding, by=cast.patroloffice)
    return told(item, cast)[0]


def _notice(row, **changes):
    PublicNotice.objects.filter(pk=row.pk).update(**changes)


def _problem(row, **changes):
    NoticeProblem.objects.filter(notice=row).update(**changes)


def _another(row, **more):
    first = row.problems.first()
    said = {
        "notice": row,
        "item": first.item,
        "ordinal": 2,
        "problem_class": "资金",
        "text": "x",
        "standing": "完成",
    }
    NoticeProblem.objects.create(**said | more)


def _line(row, **more):
    NoticeLine.objects.create(**{"problem": row.problems.first(), "no": 9, "measure": "x"} | more)


def _kept(row):
    return {"ground": NoticeGround.objects.first(), "ground_note": "x", "withheld_by": row.drafted_by}


def _second_proposal(row):
    NoticeGround.objects.create(code="second", name="x", changed_by=row.drafted_by, state="draft")
    NoticeGround.objects.update(code="same", changed_by=row.drafted_by, state="draft")


BROKEN = {
    "notice_two_persons": lambda row: _notice(row, approved_by=row.drafted_by),
    "notice_published_is_approved": lambda row: _notice(row, ends_on=None),
    "notice_closed_is_dated": lambda row: _notice(row, state="closed"),
    "notice_days_sensible": lambda row: _notice(row, days=0),
    "notice_item_once": _another,
    "notice_ordinal_once": lambda row: _another(
        row, ordinal=1, item=makers.draft(makers.people(), source="audit")
    ),
    "notice_withheld_is_grounded": lambda row: _problem(row, **_kept(row) | {"withheld_by": None}),
    "notice_allowed_by_another": lambda row: _problem(
        row, **_kept(row), allowed_by=row.drafted_by, allowed_on=moment.today()
    ),
    "notice_line_once": lambda row: _line(row, no=1),
    "notice_line_says_something": lambda row: _line(row, measure=""),
    "notice_comment_registered_iff_lead": lambda row: NoticeComment.objects.update(state="registered"),
    "noticeground_one_proposal": _second_proposal,
    "noticeground_two_pairs_of_eyes": lambda row: NoticeGround.objects.update(
        changed_by=row.drafted_by, confirmed_by=row.drafted_by, state="refused"
    ),
    "noticeground_changed_ends_confirmed": lambda row: NoticeGround.objects.update(changed_by=row.drafted_by),
    "noticeground_ends_after_start": lambda row: NoticeGround.objects.update(
        valid_from="2026-01-02", valid_to="2026-01-01"
    ),
}


def test_every_constraint_is_here():
    named = {
        constraint.name
        for name in MODELS
        for constraint in apps.get_model("rectification", name)._meta.constraints
    }
    assert named == set(BROKEN)


def test_the_database_refuses_each(row):
    for breaks in BROKEN.values():
        with pytest.raises(IntegrityError), transaction.atomic():
            breaks(row)
