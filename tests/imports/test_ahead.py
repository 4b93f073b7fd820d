"""The rows behind are read while the rows before are written: what comes of it is what one after the other would leave."""

import pytest
from django.db import IntegrityError, connection, transaction

from cases.models import Category, Lead
from povertyaudit.core import inserting, jobs, moment
from povertyaudit.core.meanwhile import Ahead, meanwhile
from povertyaudit.core.models import Change, Clock, Job, User
from povertyaudit.core.sideways import Sideways
from povertyaudit.core.verify import verify
from povertyaudit.sheets import services
from povertyaudit.sheets.models import SheetImport, SheetRow
from povertyaudit.sheets.services import bringing, taking, trying
from tests import factories
from tests.imports.makers import book

pytestmark = pytest.mark.django_db
HEADS = ("来源", "受理时间", "属地", "问题类别", "标题", "主要问题", "被反映人姓名")


@pytest.fixture
def by_three(monkeypatch):
    """Everything by a job, three rows a transaction."""
    monkeypatch.setattr(taking, "AT_ONCE", 0)
    monkeypatch.setattr(bringing, "AT_ONCE", 0)
    monkeypatch.setattr(trying, "MANY", 3)


def run(kind):
    job = Job.objects.filter(kind=kind).latest("pk")
    Job.objects.filter(pk=job.pk).update(run_after=moment.now())
    return jobs.run(job.pk)


def looked_through(people, *rows):
    row = services.take_in(by=factories.fresh(people.petition), kind="leads", file=book(HEADS, *rows))
    assert run("sheet_check") == "done"
    return SheetImport.objects.get(pk=row.pk)


def lines(count):
    """Later batches bring what none before had: a channel, a day, a place, a category."""
    first, second = Category.objects.on().filter(axis="corruption").values_list("name", flat=True)[:2]
    for n in range(count):
        late = n > count // 2
        yield (
            "来访" if late else "来信", f"2026-01-{5 + (n if late else 0):02}", factories.VILLAGE if late else "柳溪镇石桥坳村",
            second if late else first, f"反映第{n}件", f"文{n}", f"柏{n}、石{n}" if late else "",
        )  # fmt: skip


def test_leads_come_in_the_order_of_the_file_and_a_killed_job_goes_on_behind_the_last(
    people, by_three, monkeypatch
):
    row = looked_through(people, *lines(11))
    assert (row.rows_new, row.rows_refused) == (11, 0)
    services.bring_in(row, by=people.petition)
    real, calls = bringing.Writing.batch, []

    def killed(self):
        done = real(self)
        calls.append(done)
        if len(calls) == 3:
            raise MemoryError
        return done

    with monkeypatch.context() as context:
        context.setattr(bringing.Writing, "batch", killed)
        assert run("sheet_bring") == "again"
    assert list(Lead.objects.order_by("pk").values_list("title", flat=True)) == [
        f"反映第{n}件" for n in range(6)
    ]
    assert run("sheet_bring") == "done"
    leads = Lead.objects.order_by("pk").prefetch_related("subjects")
    assert [one.title for one in leads] == [f"反映第{n}件" for n in range(11)]
    numbers = [int(one.number.rsplit("-", 1)[1]) for one in leads]
    assert numbers == list(range(numbers[0], numbers[0] + 11))
    assert [[one.name for one in lead.subjects.all()] for lead in leads][4:7] == [[], [], ["柏6", "石6"]]
    assert {one.channel for one in leads} == {"letter", "visit"}
    clocks = Clock.objects.filter(target_label="cases.lead", code="lead.forward").order_by("target_id")
    assert [one.started_on for one in clocks] == [one.received_on for one in leads]
    assert verify().broken == []


def test_what_changed_since_a_row_was_read_still_counts(people, by_three):
    from cases.services import declaring

    row = looked_through(people, *lines(8))
    declaring.declare(by=factories.fresh(people.petition), kind="kin", name="石6", relation="兄")
    services.bring_in(row, by=people.petition)
    assert run("sheet_bring") == "done"
    row.refresh_from_db()
    assert (row.rows_new, row.rows_refused) == (7, 1)
    assert "应当回避" in str(row.rows.refused().get().problems)
    assert not Lead.objects.filter(title="反映第6件").exists()


def written(count):
    return Sideways(Change, count, {"row_id": [str(n) for n in range(count)]}, {"label": "x", "version": 1})


def test_what_asks_the_database_waits_until_it_may(people):
    asks = Ahead(lambda: [User.objects.count()])
    with meanwhile(asks):
        inserting.insert(written(500))
    assert Change.objects.filter(label="x").count() == 500
    assert asks.result() == [User.objects.count()]


def test_what_asks_nothing_is_done_while_the_database_writes_and_only_once(people):
    times = []
    quiet = Ahead(lambda: times.append(1) or "done")
    with meanwhile(quiet):
        inserting.insert(written(3))
        assert times == ([1] if connection.vendor == "postgresql" else [])
        inserting.insert(written(3))
    assert (quiet.result(), times) == ("done", [1])


def test_an_error_of_what_comes_next_is_not_one_of_what_is_written(people):
    wrong = Ahead(lambda: 1 // 0)
    with transaction.atomic(), meanwhile(wrong):
        inserting.insert(written(3))
    assert Change.objects.filter(label="x").count() == 3
    pytest.raises(ZeroDivisionError, wrong.result)


def of_no_import():
    return Sideways(SheetRow, 1, {"line": [1]}, {"sheet_id": 10**9, "outcome": "new"})


def checked(*tables):
    with transaction.atomic(), inserting.Lane() as lane:
        for table in tables:
            lane.put(table)
        lane.check()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite checks keys when it commits")
def test_keys_are_checked_on_the_lane_and_what_comes_after_may_be_late_again(people):
    pytest.raises(IntegrityError, checked, written(1), of_no_import())
    assert not Change.objects.filter(label="x").exists()
    checked(written(1))
    inserting.insert(of_no_import())
    assert SheetRow.objects.filter(sheet_id=10**9).delete()[0] == 1
