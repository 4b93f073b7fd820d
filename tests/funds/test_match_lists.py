"""A match list comes in as one act: read from xlsx or CSV, wrong lines told in one go, nobody twice, voided as one."""

import pytest
from django.db import transaction

from funds.models import MatchLine, MatchList, Suspicion
from funds.services import match_lists, suspicions
from povertyaudit.core import jobs, tasks
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, Several
from povertyaudit.core.models import AuditEntry, Job
from povertyaudit.core.verify import verify
from tests import factories
from tests.funds import suspicion_makers as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", [make.sheet, make.table, lambda rows: make.table(rows, code="gb18030")])
def test_a_file_is_read_cell_by_cell_and_brought_in_as_one_act(people, form):
    rows = [make.cells(1, benefit="", amount_fen=""), make.cells(2, region="柳溪镇石桥坳村"), make.cells(2)]
    file = form(rows)
    row = match_lists.take_in(by=people.finance, file=file, **make.head())
    assert (row.number, row.state, row.rows_given, row.rows_doubled) == ("990101-BL-2026-001", "staged", 3, 1)
    assert len(row.file_sha256) == 64
    assert not Suspicion.objects.exists()
    row = match_lists.bring_in(row, by=people.finance)
    assert (row.state, row.rows_made, row.rows_doubled, MatchLine.objects.count()) == ("imported", 2, 1, 0)
    first, second = Suspicion.objects.order_by("pk")
    assert (first.number, first.benefit, first.amount_fen) == ("990101-BD-2026-000001", "", None)
    assert (second.region_id, second.amount_fen, second.masked_name) == (factories.VILLAGE, 360000, "陶某")
    assert suspicions.reveal(second, by=people.finance, reason="核对") == make.number(2)
    kept = AuditEntry.objects.filter(target_label__startswith="funds.").values_list("changes", flat=True)
    assert make.number(2) not in str(list(kept))
    assert verify().broken == []
    with pytest.raises(RuleBroken, match="已经导入过，见 990101-BL-2026-001"):
        match_lists.take_in(by=people.finance, file=file, **make.head())


def test_all_wrong_lines_are_told_at_once_and_no_number_among_them(people):
    bad = make.number(7)[:-1] + ("0" if make.number(7)[-1] != "0" else "1")
    rows = [
        make.cells(1, name=""),
        make.cells(2),
        make.cells(3, id_number=bad, region="没有村"),
        make.cells(4, id_number="9.9010119600101E+17"),
        make.cells(5, amount_fen="三千"),
        make.cells(6, says=f"与 {make.number(8)} 同户"),
    ]
    with pytest.raises(Several) as refused, transaction.atomic():
        match_lists.take_in(by=people.inspector1, file=make.sheet(rows), **make.head())
    told = [error.message for error in refused.value.errors]
    assert [text.partition("：")[0] for text in told] == [
        "第 2 行“姓名”", "第 4 行“身份证号”", "第 4 行“村”", "第 5 行“身份证号”", "第 6 行“金额”", "第 7 行",
    ]  # fmt: skip
    assert "末几位已经丢失" in told[3]
    assert not any(one in "".join(told) for one in (bad, make.number(8)))
    assert not MatchList.objects.exists()


REFUSED = (
    ({"as_of": make.date(2199, 1, 1)}, "as_of"),
    ({"rule": "CARS"}, "rule"),
    ({"lines": []}, "lines"),
    ({"lines": [make.line(1), {"name": "陶某"}]}, "lines"),
)


def test_what_does_not_fit_is_refused_at_its_field(people):
    for change, field in REFUSED:
        with pytest.raises(DomainError) as refused, transaction.atomic():
            make.taken(people, **change)
        assert refused.value.field == field, refused.value.message
    with pytest.raises(NotAllowed):
        make.taken(people, by=people.official)
    broken = make.SimpleUploadedFile("a.xlsx", b"nothing")
    with pytest.raises(RuleBroken, match="已损坏或不完整"):
        match_lists.take_in(by=people.inspector1, file=broken, **make.head())


def test_nobody_becomes_a_suspicion_twice_while_one_is_open_or_of_the_same_day(people):
    first, _ = make.imported(people)
    again = make.taken(people, [make.line(1), make.line(3)], as_of=make.date(2026, 3, 31))
    assert again.rows_doubled == 1
    meanwhile = make.taken(people, [make.line(3)], as_of=make.date(2026, 3, 31))
    assert match_lists.bring_in(again, by=people.inspector1).rows_made == 1
    late = match_lists.bring_in(meanwhile, by=people.inspector1)
    assert (late.rows_made, late.rows_doubled) == (0, 1)
    assert make.taken(people, [make.line(1)], rule="HAS_HOUSE").rows_doubled == 0
    row = make.cleared(people, make.checked(people, first), code="STALE")
    assert row.state == "cleared"
    assert make.taken(people, [make.line(1)]).rows_doubled == 1  # the same day
    assert make.taken(people, [make.line(1)], as_of=make.date(2026, 3, 31)).rows_doubled == 0


def test_a_list_is_voided_while_nothing_was_done_and_dropped_before(people):
    row = make.taken(people)
    assert match_lists.drop(row, by=people.finance).state == "dropped"
    assert not MatchLine.objects.exists()
    one, _ = make.imported(people)
    row = one.match_list
    row = match_lists.void(row, by=people.inspector1, note="平台给错了县")
    assert not Suspicion.objects.visible_to(people.inspector1).exists()
    with pytest.raises(RuleBroken, match="已经作废"):
        make.checked(people, one)
    one, _ = make.imported(people)  # what was voided doubles nothing
    make.checked(people, one)
    with pytest.raises(RuleBroken, match="已有 1 个疑点开始核查"):
        match_lists.void(one.match_list, by=people.inspector1, note="给错了")


def test_many_lines_are_brought_in_by_a_job_that_goes_on_where_it_was_killed(people, monkeypatch):
    monkeypatch.setattr(match_lists, "AT_ONCE", 2)
    monkeypatch.setattr(match_lists, "BATCH", 2)
    row = match_lists.bring_in(make.taken(people, [make.line(n) for n in range(1, 6)]), by=people.inspector1)
    assert (row.state, Suspicion.objects.count()) == ("importing", 0)
    job = Job.objects.get(kind="match_list")
    assert make.number(1) not in str(job.payload)
    some, calls = match_lists._some, []

    def killed(found):
        calls.append(found)
        if len(calls) == 2:
            raise OSError
        return some(found)

    monkeypatch.setattr(match_lists, "_some", killed)
    assert tasks.work(job.pk) == "again"
    assert Suspicion.objects.count() == 2
    Job.objects.update(run_after=job.created_at)
    assert tasks.work(job.pk) == "done"
    row.refresh_from_db()
    assert (row.state, row.rows_made, Suspicion.objects.count()) == ("imported", 5, 5)
    assert tasks.work(job.pk) == "not mine"
    assert jobs.Job.objects.get(pk=job.pk).result == {"made": 5}


def test_reported_figures_stand_beside_and_within_each_other(people):
    row = make.imported(people)[0].match_list
    said = {"reported_rows": 1130, "reported_filed": 35, "reported_handled": 122, "reported_fen": 5_200_000}
    row = match_lists.report(row, by=people.inspector1, **said)
    assert (row.reported_filed, row.rows_made) == (35, 2)
    with pytest.raises(RuleBroken) as refused:
        match_lists.report(row, by=people.inspector1, **said | {"reported_filed": 1131})
    assert refused.value.field == "reported_filed"
