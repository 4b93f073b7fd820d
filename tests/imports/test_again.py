"""Jobs of an import that come again after their work is done, and what is voided or left as a whole."""

import pytest

from povertyaudit.core import jobs
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Job, User
from povertyaudit.sheets import services, working
from povertyaudit.sheets.models import SheetImport
from povertyaudit.sheets.services import bringing, taking, undoing
from tests.imports.makers import accounts

pytestmark = pytest.mark.django_db


def active():
    return User.objects.filter(username__startswith="sheet", is_active=True).count()


@pytest.mark.parametrize("kind", [taking.CHECK_JOB, bringing.JOB, undoing.JOB])
def test_a_job_that_comes_again_after_its_work_does_nothing(people, kind):
    row = accounts(people)
    services.bring_in(row, by=people.sysadmin)
    row = SheetImport.objects.get(pk=row.pk)
    job = Job.objects.create(kind=kind, key=f"again:{kind}", payload={"sheet": row.public_id, "note": "错"})
    assert jobs.run(job.pk) == "done"
    fresh = SheetImport.objects.get(pk=row.pk)
    assert (fresh.state, fresh.version, fresh.rows_new, active()) == ("imported", row.version, 2, 2)
    job.refresh_from_db()
    assert job.result == {}


@pytest.mark.parametrize("by_job", [False, True])
def test_where_one_cannot_be_voided_none_is(people, monkeypatch, by_job):
    row = accounts(people, "甲某", "乙某", "丙某")
    services.bring_in(row, by=people.sysadmin)
    User.objects.filter(username="sheet0").update(is_active=False)  # the last to be voided; its version stays
    row = SheetImport.objects.get(pk=row.pk)
    if by_job:
        monkeypatch.setattr(undoing, "AT_ONCE", 0)
        services.undo(row, by=people.sysadmin, note="错")
        assert jobs.run(Job.objects.get(kind=undoing.JOB).pk) == "done"
    else:
        with pytest.raises(RuleBroken, match="不能撤销"):
            services.undo(row, by=people.sysadmin, note="错")
    assert (SheetImport.objects.get(pk=row.pk).state, active()) == ("imported", 2)


def test_what_was_built_on_before_the_job_came_stops_it(people, monkeypatch):
    monkeypatch.setattr(undoing, "AT_ONCE", 0)
    row = accounts(people)
    services.bring_in(row, by=people.sysadmin)
    row = services.undo(SheetImport.objects.get(pk=row.pk), by=people.sysadmin, note="错")
    row.rows.update(version=99)
    assert jobs.run(Job.objects.get(kind=undoing.JOB).pk) == "done"
    assert (SheetImport.objects.get(pk=row.pk).state, active()) == ("imported", 2)


@pytest.mark.once
def test_a_row_sealed_in_a_sheet_of_one_kind_is_altered_in_one_of_another():
    base = working.Base("x" * 22, 1, {"title": "甲"})
    kept = [[working.SALT, "leads"], ["x" * 22, "1", working.seal("projects", base), '{"title": "甲"}']]
    assert working.bases("projects", kept)["x" * 22] == base
    with pytest.raises(RuleBroken, match="被改动过"):
        working.bases("leads", kept)
